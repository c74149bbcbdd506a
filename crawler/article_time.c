/*
 * article_time.c - when an article was published.
 *
 * The page's own statements (meta, <time>, scripts) and what stands under the headline;
 * then a labelled date below the text, the address, the signature. A date within a
 * sentence tells of the matter, not of the page, and is never taken.
 */
#include <string.h>

#include "base/utf8.h"
#include "crawler/article_private.h"
#include "crawler/date.h"

#define ZONE_TEXT_MAX ((size_t)256 << 10)
#define HEAD_CHARS 150 /* of the text, within which a head may stand */
#define NODES_ABOVE 200
#define NODES_BELOW 80
#define NODES_OF_SIGNATURE 60
#define NODES_BEHIND 12 /* the text */
#define LINES_BEHIND 2
#define SMALL_WORDS 4 /* in the line of a date: a sentence */
#define SENTENCE_BYTES 2000 /* on either side of a date, at most */
#define EPOCH_MIN 946684800 /* 2000-01-01 */

/* What a date's label is worth; a time of day adds TIME_SCORE. */
#define STRONG_LABEL 4
#define WEAK_LABEL 1
#define WRONG_LABEL (-5)
#define NO_DATE_OF_ARTICLE (-100)
#define TIME_SCORE 2

struct moment {
	bool known, has_time;
	bool vague; /* without a year of its own */
	int64_t at;
	int label; /* what the label is worth */
	int score; /* label and time of day */
};

static const struct moment no_moment = {false, false, false, 0, 0, 0};

/* ---- what the page says to programs ---- */

static struct moment read_moment(const struct article *a, const char *s)
{
	struct moment m = no_moment;
	struct date_found d;
	int64_t t;

	if (!s)
		return m;
	struct str v = str_trim(str_of(s));
	if (v.n && date_parse(v.p, v.n, a->in->now, a->in->zone, &t))
		m = (struct moment){true, v.n > 10, false, t, 0, 0};
	else if (date_find(v, 0, a->in->now, a->in->zone, &d))
		m = (struct moment){true, d.has_time, false, d.moment, 0, 0};
	return m;
}

static struct moment time_by_meta(const struct article *a)
{
	static const char *const words[] = {"article:published_time", "PubDate", "publishdate",
		"pubtime", "publish_time", "og:published_time", "og:release_date", "datePublished",
		"firstpublishedtime", "weibo: article:create_at", "article:create_at",
		"DC.date.issued", "publication_date", "release_date", "publishtime",
		"sailthru.date", "bytedance:published_time", "pub_date", "publish-date",
		"dateUpdate", NULL};

	return read_moment(a, article_meta(a->page, words));
}

/* Seconds since 1970 in quotes or not, within a few bytes. */
static bool read_epoch(struct str s, int64_t now, int64_t *out)
{
	size_t from = 0, to;

	while (from < s.n && from < 6 && !str_is_digit((unsigned char)s.p[from]))
		from++;
	for (to = from; to < s.n && str_is_digit((unsigned char)s.p[to]); to++)
		;
	return to - from == 10 && str_to_int(str_sub(s, from, to), EPOCH_MIN, now, out);
}

static bool read_script_value(const struct article *a, struct str value, struct moment *m)
{
	struct date_found d;

	if (date_find(value, 0, a->in->now, a->in->zone, &d) && d.has_year && d.start < 8)
		*m = (struct moment){true, d.has_time, false, d.moment, 0, 0};
	else if (read_epoch(value, a->in->now, &m->at))
		*m = (struct moment){true, true, false, m->at, 0, 0};
	return m->known;
}

/* "datePublished":"2019-…" in a script of type ld+json, or as pages write it elsewhere. */
static struct moment time_by_script(const struct article *a)
{
	static const char *const keys[] = {"\"datePublished\"", "\"pubDate\"", "\"publishTime\"",
		"\"publish_time\"", "\"newsTime\"", "\"pubTime\"", "\"pub_time\"",
		"\"publishDate\"", "\"publish_date\"", "\"ptime\"", "var ct =", "var publishdate =",
		"var publish_time =", "var createTime =", "\"ctime\"", " time:", NULL};
	struct moment m = no_moment;

	for (int i = 0; (i = page_find(a->page, 0, i, PAGE_SCRIPT)) >= 0; i++) {
		if (i + 1 >= page_node(a->page, i)->end)
			continue;
		struct str s = page_node(a->page, i + 1)->text;
		for (size_t k = 0; keys[k]; k++) {
			size_t at = str_find(s, keys[k], 0), behind = at + strlen(keys[k]);
			if (at < s.n && read_script_value(a, str_sub(s, behind, behind + 40), &m))
				return m;
		}
	}
	return m;
}

/* The first <time>; one that says it is of a change is worth less than any other. */
static struct moment time_by_element(const struct article *a)
{
	struct moment first = no_moment, changed = no_moment;

	for (int i = 0; (i = page_find(a->page, 0, i, PAGE_TIME)) >= 0 && !first.known; i++) {
		const char *value = page_attr(a->page, i, "datetime");
		const char *what = page_attr(a->page, i, "itemprop");
		struct moment m = value && *value ? read_moment(a, value) : no_moment;
		if (what && str_is(str_of(what), "dateModified"))
			changed = changed.known ? changed : m;
		else
			first = m;
	}
	return first.known ? first : changed;
}

/* ---- what the page says to people ---- */

static bool ends_with(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_has_suffix(s, *words))
			return true;
	return false;
}

/* Without any of the marks at its end. */
static struct str without_endings(struct str s, const char *const *marks)
{
	for (size_t k = 0; marks[k];) {
		if (str_has_suffix(s, marks[k])) {
			s = str_sub(s, 0, s.n - strlen(marks[k]));
			k = 0;
		} else {
			k++;
		}
	}
	return s;
}

/* The label that ends directly before a date. */
static int label_score(struct str before)
{
	static const char *const between[] = {"：", ":", " ", "\n", "|", "（", "(", "[", "【", ",",
		"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mon",
		"Tue", "Wed", "Thu", "Fri", "Sat", "Sun", NULL};
	static const char *const wrong[] = {"更新时间", "更新日期", "更新于", "成文日期",
		"成文时间", "生成日期", "实施日期", "施行日期", "生效日期", "失效日期", "截止时间",
		"截止日期", "答复时间", "答复日期", "回复时间", "办结时间", "报名时间", "考试时间",
		"活动时间", "停电时间", "停水时间", "开庭时间", "开标时间", "会议时间", "办理时间",
		"服务时间", "营业时间", "有效期", "页面生成时间", "收录时间", NULL};
	static const char *const today[] = {
		"今天是", "今日是", "今天", "现在时间", "当前时间", "北京时间", "系统时间", NULL};
	static const char *const strong[] = {"发布时间", "发布日期", "发布于", "发表于", "发表时间",
		"发表日期", "发稿时间", "发布", "发表", "公开时间", "公开日期", "刊发时间",
		"来信时间", "来信日期", "写信时间", "提交时间", "录入时间", "发文时间", "发布时间 ",
		"Posted on", "Posted", "Published", "Published on", "published on", "Publié le",
		NULL};
	static const char *const weak[] = {"时间", "日期", "时 间", "日 期", "date", "Date", NULL};

	before = without_endings(before, between);
	if (ends_with(before, today))
		return NO_DATE_OF_ARTICLE;
	if (ends_with(before, wrong))
		return WRONG_LABEL;
	return ends_with(before, strong) ? STRONG_LABEL : ends_with(before, weak) ? WEAK_LABEL : 0;
}

/* So many words of small letters: a date in a sentence of a language with an alphabet.
 * Names, labels and lines of date and source have capitals. */
static bool has_small_words(struct str s)
{
	int words = 0;

	for (size_t i = 0; i < s.n && words < SMALL_WORDS; i++)
		words += s.p[i] >= 'a' && s.p[i] <= 'z' && (i == 0 || s.p[i - 1] == ' ');
	return words == SMALL_WORDS;
}

static bool tells(struct str s)
{
	s = str_sub(s, 0, str_find(s, "未经", 0)); /* 授权，禁止转载: beside the date of a video */
	return str_find(s, "，", 0) < s.n || str_find(s, "。", 0) < s.n || has_small_words(s);
}

/* Is the date part of a sentence? Beside the title, which may be one, it is not. */
static bool is_in_sentence(const struct article *a, struct str text, const struct date_found *d)
{
	struct str near = str_sub(text, 0, d->end + SENTENCE_BYTES), line;
	size_t from = d->start, to = str_find(near, "\n", d->end), title;

	while (from > 0 && text.p[from - 1] != '\n' && d->start - from < SENTENCE_BYTES)
		from--;
	line = str_sub(text, from, to);
	title = a->title && *a->title ? str_find(line, a->title, 0) : line.n;
	if (title >= line.n)
		return tells(line);
	return tells(str_sub(line, 0, title)) ||
	       tells(str_sub(line, title + strlen(a->title), line.n));
}

/* The best date in the nodes [from, to) that is worth at least `least`. Vague ones have no
 * year, or tell the distance from now. */
static struct moment time_in(const struct article *a, int from, int to, int least, bool take_vague)
{
	struct moment best = no_moment;
	struct date_found d;
	struct buf text;
	size_t at = 0, label_from = 0;

	buf_init(&text, ZONE_TEXT_MAX);
	if (from < to)
		article_add_text(a->page, from, to, &text);
	struct str s = {buf_str(&text), text.len};
	for (; date_find(s, at, a->in->now, a->in->zone, &d); at = d.end) {
		int label = label_score(str_sub(s, label_from, d.start));
		/* 今天 of "今天是2026年11月22日" is part of a label. */
		label_from = d.is_relative ? label_from : d.end;
		int score = label + (d.has_time ? TIME_SCORE : 0);
		if (d.moment > a->in->now + 86400 || score < least ||
			(!take_vague && (d.is_relative || !d.has_year)) ||
			(label <= 0 && is_in_sentence(a, s, &d)))
			continue;
		if (!best.known || score > best.score)
			best = (struct moment){
				true, d.has_time, !d.has_year, d.moment, label, score};
	}
	buf_fini(&text);
	return best;
}

/* Are there dates of several moments in the nodes, as in a list of other articles? */
static bool are_several(const struct article *a, int from, int to)
{
	struct date_found d, first;
	struct buf text;
	bool several = false;

	buf_init(&text, ZONE_TEXT_MAX);
	if (from < to)
		article_add_text(a->page, from, to, &text);
	struct str s = {buf_str(&text), text.len};
	if (date_find(s, 0, a->in->now, a->in->zone, &first))
		for (d = first; !several && date_find(s, d.end, a->in->now, a->in->zone, &d);)
			several = d.moment != first.moment;
	buf_fini(&text);
	return several;
}

/* The only date below the text, or one with a label. */
static struct moment time_below(const struct article *a, int from, int to)
{
	struct moment m = time_in(a, from, to, WEAK_LABEL, false);

	return m.known && m.label <= 0 && are_several(a, from, to) ? no_moment : m;
}

static bool same_day(const struct article *a, int64_t x, int64_t y)
{
	struct time_civil p, q;

	time_to_civil(x, a->in->zone, &p);
	time_to_civil(y, a->in->zone, &q);
	return p.year == q.year && p.month == q.month && p.day == q.day;
}

/* The date of the head, or one from the first lines of the text: its time of day, or a
 * better labelled one. That a letter was written at four is no reason to take its day. */
static struct moment refined(const struct article *a, struct moment head, struct moment inner)
{
	int from, to;

	if (!head.known || !inner.known)
		return head.known ? head : inner;
	if (inner.has_time && same_day(a, head.at, inner.at))
		return inner;
	if (inner.label < STRONG_LABEL && article_line_of_date(a, &from, &to) && to <= a->body)
		return head;
	if (head.label > 0)
		return inner.label > head.label ? inner : head;
	return inner.score > head.score ? inner : head;
}

/* Behind the first HEAD_CHARS characters of the text: its head may lie within. */
static int end_of_inner_head(const struct article *a)
{
	int chars = 0, i = a->body;

	for (; i < page_node(a->page, a->body)->end && chars < HEAD_CHARS; i++)
		if (page_node(a->page, i)->tag == PAGE_TEXT && !page_node(a->page, i)->hidden)
			chars += page_node(a->page, i)->chars;
	return i;
}

static int at_most(const struct article *a, int node)
{
	return node < page_count(a->page) ? node : page_count(a->page);
}

/* From the title (or some way above the text) to a little way into the text; then the
 * lines above the title; then what is labelled below. */
static struct moment time_by_head(const struct article *a)
{
	int body = a->body, from = a->title_node, to, end;
	struct moment m, head, above = no_moment;

	if (body < 0)
		return time_in(a, 0, page_count(a->page), WRONG_LABEL, false);
	if (from < 0 || from > body + 40)
		from = body;
	to = from < body ? body : from;
	m = head = time_in(a, from, to, WRONG_LABEL, false);
	if (!m.known || !m.has_time)
		m = refined(a, m, time_in(a, to, end_of_inner_head(a), WRONG_LABEL, false));
	/* Over a paper's head its fields; a day that its first words hold is of the matter. */
	if (!head.known && m.label <= 0)
		above = time_in(a, from > NODES_ABOVE ? from - NODES_ABOVE : 0, from,
			m.known ? STRONG_LABEL : 0, false);
	if (above.known)
		m = above;
	end = at_most(a, page_node(a->page, body)->end + NODES_BELOW);
	if (!m.known)
		m = time_in(a, body, end, STRONG_LABEL, false);
	if (!m.known)
		m = time_below(a, page_node(a->page, body)->end, end);
	if (!m.known)
		m = time_in(a, from, to, WRONG_LABEL, true);
	return m;
}

/* The foot of the text: "2020年6月29日" under the signature. */
static struct moment time_by_foot(const struct article *a)
{
	int end, from;

	if (a->body < 0)
		return no_moment;
	end = page_node(a->page, a->body)->end;
	from = end - NODES_OF_SIGNATURE > a->body ? end - NODES_OF_SIGNATURE : a->body;
	return time_in(a, from, end, WRONG_LABEL, false);
}

/* The next line of *rest that is not empty. */
static struct str next_line(struct str *rest)
{
	struct str line = {"", 0};

	while (!line.n && rest->p && rest->n)
		line = str_trim(str_split(rest, '\n'));
	return line;
}

/* A line behind the text, or below who signs it, that is a date in digits and nothing else:
 * pages that have no line of date and source end so. */
static struct moment time_behind(const struct article *a)
{
	struct moment m = no_moment;
	struct date_found d;
	struct buf text;
	int end = a->body < 0 ? 0 : page_node(a->page, a->body)->end;

	buf_init(&text, ZONE_TEXT_MAX);
	if (end)
		article_add_text(a->page, end, at_most(a, end + NODES_BEHIND), &text);
	struct str rest = {buf_str(&text), text.len};
	for (int n = 0; n < LINES_BEHIND && !m.known; n++) {
		struct str line = next_line(&rest);
		if (line.n && date_find(line, 0, a->in->now, a->in->zone, &d) && d.has_year &&
			d.start == 0 && d.end == line.n && d.moment <= a->in->now + 86400)
			m = (struct moment){true, d.has_time, false, d.moment, 0, 0};
	}
	buf_fini(&text);
	return m;
}

/* ---- the choice ---- */

/* Does the line under the headline say this day, or a label that it is the right one? */
static bool is_sure(const struct article *a, struct moment m)
{
	int from, to;
	struct moment beside;

	if (m.label >= STRONG_LABEL)
		return true;
	if (a->title_node < 0 || !article_head_behind(a, a->title_node, &from, &to))
		return false;
	beside = time_in(a, from, to, 0, false);
	return beside.known && same_day(a, beside.at, m.at);
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
	if (head.known && (!best.known || (head.has_time && !head.vague)) &&
		!(best.known && best.at / 60 == head.at / 60))
		best = head;
	if (in_url && best.known && best.vague)
		best.at = date_in_year_of(best.at, by_url, a->in->zone);
	/* A day that the address confirms beats one that it denies. */
	if (in_url && best.known && (!best.has_time || best.vague) &&
		!same_day(a, best.at, by_url) && !is_sure(a, best))
		best = (struct moment){true, false, false, by_url, 0, 0};
	if (!best.known && in_url)
		best = (struct moment){true, false, false, by_url, 0, 0};
	if (!best.known)
		best = time_by_foot(a);
	if (!best.known)
		best = time_behind(a);
	a->published = best.known ? best.at : TIME_NONE;
}
