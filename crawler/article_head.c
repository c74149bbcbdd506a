/*
 * article_head.c - the title of an article and when it was published.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crawler/article_private.h"
#include "crawler/date.h"

#define TITLE_BYTES_MAX ((size_t)2048)
#define TITLE_CHARS_MIN 4
#define TITLE_CHARS_MAX 150
#define HEAD_TEXT_MAX ((size_t)64 << 10)

/* ---- meta elements ---- */

/* The content of the first meta whose name, property or itemprop is one of the words, in
 * the order of the words; NULL when there is none. */
static const char *meta_of(const struct page *p, const char *const *words)
{
	static const char *const keys[] = {"name", "property", "itemprop"};

	for (; *words; words++) {
		for (int i = 0; (i = page_find(p, 0, i, PAGE_META)) >= 0; i++) {
			const char *content = page_attr(p, i, "content");
			for (size_t k = 0; k < 3 && content && *content; k++) {
				const char *name = page_attr(p, i, keys[k]);
				if (name && strcasecmp(name, *words) == 0)
					return content;
			}
		}
	}
	return NULL;
}

/* ---- comparing titles ---- */

/* Without white space and with one kind of quotation mark: pages write the same title in
 * several places, not always alike. */
static void add_key(struct buf *out, const char *s)
{
	for (size_t n = strlen(s), len; n; s += len, n -= len) {
		uint32_t cp = utf8_decode(s, n, &len);
		if (utf8_is_space(cp) || utf8_is_hidden(cp))
			continue;
		if (cp == 0x201C || cp == 0x201D || cp == 0xFF02)
			cp = '"';
		utf8_add(out, cp);
	}
}

/* Is the candidate the beginning of the window title, or somewhere in it? */
static bool is_part_of(const char *candidate, const char *whole)
{
	struct buf a, b;
	bool part;

	buf_init(&a, TITLE_BYTES_MAX);
	buf_init(&b, TITLE_BYTES_MAX);
	add_key(&a, candidate);
	add_key(&b, whole);
	part = a.len && strstr(buf_str(&b), buf_str(&a)) != NULL;
	buf_fini(&a);
	buf_fini(&b);
	return part;
}

/* ---- candidates ---- */

static const char *line_of(struct article *a, int node)
{
	struct buf text, line;
	const char *kept;

	buf_init(&text, TITLE_BYTES_MAX);
	buf_init(&line, TITLE_BYTES_MAX);
	page_add_text(a->page, node, &text);
	text_add_collapsed(&line, buf_str(&text), text.len, false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&text);
	buf_fini(&line);
	return kept ? kept : "";
}

/* The element <title>, which is not shown and so has no shown text. */
static const char *window_title(struct article *a)
{
	int at = page_find(a->page, 0, 0, PAGE_TITLE);
	struct buf line;
	const char *kept;

	if (at < 0 || at + 1 >= page_count(a->page) || page_node(a->page, at + 1)->tag != PAGE_TEXT)
		return "";
	struct str s = page_node(a->page, at + 1)->text;
	buf_init(&line, TITLE_BYTES_MAX);
	text_add_collapsed(&line, s.p, s.n, false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&line);
	return kept ? kept : "";
}

static int heading_level(const struct page_node *node)
{
	return node->tag == PAGE_HEADING ? node->name[1] - '0' : 7;
}

struct choice {
	int node;
	const char *text;
	double weight;
	bool confirmed; /* the window title or a meta element says the same */
};

/* How much an element looks like the headline. */
static double headline_weight(const struct article *a, int i, const char *text, const char *window,
	const char *meta, bool *confirmed)
{
	static const char *const names[] = {"title", "tit", "headline", "bt", "biaoti", "h1", NULL};
	const struct page_node *node = page_node(a->page, i);
	size_t chars = utf8_count(text, strlen(text));
	bool named = page_is_named(a->page, i, names);
	double weight = 0;

	*confirmed = false;
	if (chars < TITLE_CHARS_MIN || chars > TITLE_CHARS_MAX || node->linked * 2 > node->chars)
		return 0;
	if (node->tag == PAGE_HEADING)
		weight = 8 - heading_level(node);
	else if (named)
		weight = 3;
	*confirmed = (*window && is_part_of(text, window)) || (meta && is_part_of(text, meta));
	if (*confirmed)
		weight += 6 + (double)chars / 20;
	else if (node->tag != PAGE_HEADING)
		return 0;
	if (a->body >= 0 && i > page_node(a->page, a->body)->end)
		weight *= 0.3; /* below the text: something else's headline */
	return weight;
}

/* Elements that hold a line of their own: headings, and short blocks. */
static bool may_be_headline(const struct page_node *node)
{
	if (node->hidden || node->tag == PAGE_TEXT || node->chars == 0 ||
		node->chars > TITLE_CHARS_MAX)
		return false;
	return node->tag == PAGE_HEADING || node->is_block || node->tag == PAGE_CELL ||
	       strcmp(node->name, "span") == 0 || strcmp(node->name, "strong") == 0 ||
	       strcmp(node->name, "b") == 0 || strcmp(node->name, "font") == 0;
}

static struct choice best_headline(struct article *a, const char *window, const char *meta)
{
	struct choice best = {-1, NULL, 0, false};

	for (int i = 0; i < page_count(a->page); i++) {
		const struct page_node *node = page_node(a->page, i);
		if (node->hidden) {
			i = node->end - 1;
			continue;
		}
		if (!may_be_headline(node))
			continue;
		const char *text = line_of(a, i);
		bool confirmed;
		double weight = headline_weight(a, i, text, window, meta, &confirmed);
		if (weight > best.weight)
			best = (struct choice){i, text, weight, confirmed};
	}
	return best;
}

/* ---- the window title without the names of site and column ---- */

static const char *const parts_between[] = {"_", "|", "｜", " - ", " – ", " — ", "--", "——", "-",
	"－", "–", "—", " : ", "«", "»", "::", NULL};

/* Where the first separator stands at or behind `from`; n when none. */
static size_t separator_at(struct str s, size_t from, size_t *length)
{
	size_t best = s.n;

	*length = 0;
	for (size_t i = 0; parts_between[i]; i++) {
		size_t at = str_find(s, parts_between[i], from);
		size_t n = strlen(parts_between[i]);
		if (at < best || (at == best && at < s.n && n > *length)) {
			best = at;
			*length = n;
		}
	}
	return best;
}

/* The part in front of the first separator, if it is long enough to be a title; else the
 * longest part. */
static const char *without_site(struct article *a, const char *window)
{
	struct str s = str_of(window), best = {"", 0}, first = {"", 0};
	size_t from = 0, length;

	while (from <= s.n) {
		size_t at = separator_at(s, from, &length);
		struct str part = str_trim(str_sub(s, from, at));
		size_t chars = utf8_count(part.p, part.n);
		if (from == 0 && chars >= 8)
			first = part;
		if (chars > utf8_count(best.p, best.n))
			best = part;
		if (at >= s.n)
			break;
		from = at + length;
	}
	if (first.n)
		best = first;
	return arena_strndup(a->arena, best.p, best.n);
}

/* ---- the title ---- */

static const char *meta_title(struct article *a)
{
	static const char *const words[] = {"ArticleTitle", "og:title", "twitter:title", NULL};
	const char *content = meta_of(a->page, words), *kept;
	struct buf line;

	if (!content)
		return NULL;
	buf_init(&line, TITLE_BYTES_MAX);
	text_add_collapsed(&line, content, strlen(content), false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&line);
	return kept && *kept ? kept : NULL;
}

/* A headline cut short in the page ("…") gives way to the whole one. */
static const char *whole_of(const char *cut, const char *whole)
{
	size_t n = strlen(cut);

	for (size_t k = 3; k <= 6 && n > k; k += 3)
		if (whole &&
			(strcmp(cut + n - k, "...") == 0 || strcmp(cut + n - k, "…") == 0 ||
				strcmp(cut + n - k, "……") == 0) &&
			strncmp(cut, whole, n - k) == 0 && strlen(whole) > n - k)
			return whole;
	return cut;
}

/* What the page shows as its headline and says elsewhere too; else what it says of itself;
 * else its first heading; else the window title. */
enum err_code article_find_title(struct article *a, struct err *e)
{
	const char *window = window_title(a), *meta = meta_title(a);
	struct choice headline = best_headline(a, window, meta);

	a->title_node = headline.node;
	if (headline.confirmed)
		a->title = whole_of(headline.text, meta);
	else if (meta)
		a->title = meta;
	else if (headline.text)
		a->title = headline.text;
	else if (*window)
		a->title = without_site(a, window);
	return arena_failed(a->arena) ? err_nomem(e) : ERR_OK;
}

/* ---- the time ---- */

struct moment {
	bool known, has_time;
	int64_t at;
};

static const struct moment no_moment = {false, false, 0};

static void consider(struct moment *m, bool has_time, int64_t at)
{
	if (!m->known || (has_time && !m->has_time))
		*m = (struct moment){true, has_time, at};
}

static struct moment read_moment(const struct article *a, const char *s)
{
	struct moment m = no_moment;
	struct date_found d;
	int64_t t;

	if (!s)
		return m;
	struct str v = str_trim(str_of(s));
	if (v.n && date_parse(v.p, v.n, a->in->now, a->in->zone, &t))
		m = (struct moment){true, v.n > 10, t};
	else if (date_find(v, 0, a->in->now, a->in->zone, &d))
		m = (struct moment){true, d.has_time, d.moment};
	return m;
}

static struct moment time_by_meta(const struct article *a)
{
	static const char *const words[] = {"article:published_time", "PubDate", "publishdate",
		"pubtime", "publish_time", "og:published_time", "og:release_date", "datePublished",
		"weibo: article:create_at", "article:create_at", "DC.date.issued",
		"publication_date", "release_date", "publishtime", "sailthru.date",
		"bytedance:published_time", NULL};

	return read_moment(a, meta_of(a->page, words));
}

/* "datePublished":"2019-…" in a script of type ld+json, or as pages write it elsewhere. */
static struct moment time_by_script(const struct article *a)
{
	static const char *const keys[] = {"\"datePublished\"", "\"pubDate\"", "\"publishTime\"",
		"\"publish_time\"", "\"newsTime\"", NULL};
	struct moment m = no_moment;

	for (int i = 0; (i = page_find(a->page, 0, i, PAGE_SCRIPT)) >= 0; i++) {
		struct str s = {"", 0};
		if (i + 1 < page_node(a->page, i)->end)
			s = page_node(a->page, i + 1)->text;
		for (size_t k = 0; keys[k] && !m.known; k++) {
			size_t at = str_find(s, keys[k], 0);
			struct str value =
				str_sub(s, at + strlen(keys[k]), at + strlen(keys[k]) + 40);
			struct date_found d;
			if (at < s.n && date_find(value, 0, a->in->now, a->in->zone, &d) &&
				d.has_year && d.start < 8)
				m = (struct moment){true, d.has_time, d.moment};
		}
	}
	return m;
}

static struct moment time_by_element(const struct article *a)
{
	struct moment m = no_moment;

	for (int i = 0; (i = page_find(a->page, 0, i, PAGE_TIME)) >= 0 && !m.known; i++) {
		const char *value = page_attr(a->page, i, "datetime");
		if (value && *value)
			m = read_moment(a, value);
	}
	return m;
}

/* The best date in the text of [from, to): one with a label before it, else the first
 * with a year; a time of day is worth more than none. */
static struct moment time_in(const struct article *a, int from, int to, bool take_relative)
{
	static const char *const labels[] = {"发布", "发表", "时间", "日期", "发稿", NULL};
	struct moment best = no_moment, labelled = no_moment;
	struct date_found d;
	struct buf text;

	buf_init(&text, HEAD_TEXT_MAX);
	if (from < to)
		page_add_text_range(a->page, from, to, &text);
	struct str s = {buf_str(&text), text.len};
	for (size_t at = 0; date_find(s, at, a->in->now, a->in->zone, &d); at = d.end) {
		size_t back = d.start > 30 ? d.start - 30 : 0;
		struct str before = str_sub(s, back, d.start);
		bool has_label = false;
		for (size_t k = 0; labels[k]; k++)
			has_label = has_label || str_find(before, labels[k], 0) < before.n;
		if (!d.has_year || d.moment > a->in->now + 86400 ||
			(d.is_relative && !take_relative))
			continue;
		consider(&best, d.has_time, d.moment);
		if (has_label)
			consider(&labelled, d.has_time, d.moment);
	}
	buf_fini(&text);
	return labelled.known && (labelled.has_time || !best.has_time) ? labelled : best;
}

/* Where the head of the article stands: from its title (or some way above the text) to a
 * little way into the text. */
static struct moment time_by_head(const struct article *a)
{
	const struct page *p = a->page;
	int body = a->body, from = a->title_node, to;
	struct moment m = no_moment;

	if (body < 0)
		return m;
	if (from < 0 || from > body + 40)
		from = body;
	to = from < body ? body : from;
	m = time_in(a, from, to, false);
	if (!m.known || !m.has_time) {
		/* The head may lie in the holder of the text. */
		int end = page_node(p, body)->end, into = body;
		int chars = 0;
		for (; into < end && chars < 150; into++)
			if (page_node(p, into)->tag == PAGE_TEXT && !page_node(p, into)->hidden)
				chars += page_node(p, into)->chars;
		struct moment inner = time_in(a, to, into, false);
		if (inner.known)
			consider(&m, inner.has_time, inner.at);
	}
	if (!m.known)
		m = time_in(a, from > 200 ? from - 200 : 0, from, false);
	if (!m.known)
		m = time_in(a, from, to, true);
	return m;
}

/* The foot of the text: "2020年6月29日" under the signature. */
static struct moment time_by_foot(const struct article *a)
{
	struct moment m = no_moment;
	int end;

	if (a->body < 0)
		return m;
	end = page_node(a->page, a->body)->end;
	int from = end - 60 > a->body ? end - 60 : a->body;
	m = time_in(a, from, end, false);
	return m;
}

static bool same_day(const struct article *a, int64_t x, int64_t y)
{
	struct time_civil p, q;

	time_to_civil(x, a->in->zone, &p);
	time_to_civil(y, a->in->zone, &q);
	return p.year == q.year && p.month == q.month && p.day == q.day;
}

void article_find_time(struct article *a)
{
	struct moment head = time_by_head(a), meta = time_by_meta(a), best;
	int64_t by_url;
	bool in_url = a->in->url && date_in_url(a->in->url, a->in->now, a->in->zone, &by_url);

	if (!meta.known)
		meta = time_by_element(a);
	if (!meta.known)
		meta = time_by_script(a);
	best = meta;
	/* What people see beside the title counts; meta may add the seconds. */
	if (head.known && (!best.known || head.has_time) &&
		!(best.known && best.at / 60 == head.at / 60))
		best = head;
	/* A day that the address confirms beats one that it denies. */
	if (in_url && best.known && !best.has_time && !same_day(a, best.at, by_url))
		best = (struct moment){true, false, by_url};
	if (!best.known && in_url)
		best = (struct moment){true, false, by_url};
	if (!best.known)
		best = time_by_foot(a);
	a->published = best.known ? best.at : TIME_NONE;
}
