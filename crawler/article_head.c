/*
 * article_head.c - the title of an article: of its headline, what it says of itself, its text
 * and its window, the one to be believed.
 */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/utf8.h"
#include "crawler/article_headline.h"

#define SURE_WEIGHT 6 /* of a headline that needs no help from the text */

/* ---- meta elements ---- */

const char *article_meta(const struct page *p, const char *const *words)
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

/* ---- the window title without the names of site and column ---- */

static const char *const parts_between[] = {"_", "|", "｜", " - ", " – ", " — ", "--", "——", "-",
	"－", "–", "—", " : ", "«", "»", "::", " • ", " · ", NULL};

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

/* ---- a headline in the text ---- */

/* "某政发〔2026〕3号" */
static bool is_number_of_paper(struct str s)
{
	return str_has_suffix(s, "号") &&
	       (str_find(s, "〔", 0) < s.n || str_find(s, "[", 0) < s.n ||
		       str_find(s, "第", 0) < s.n);
}

/* The centred lines that open the text of a page whose window has the site's name only. */
static const char *headline_in_text(struct article *a)
{
	struct buf lines;
	const char *kept = NULL;

	buf_init(&lines, HEADLINE_BYTES_MAX);
	for (int i = a->body + 1; a->body >= 0 && i < page_node(a->page, a->body)->end; i++) {
		const struct page_node *node = page_node(a->page, i);
		if (node->hidden) {
			i = node->end - 1;
			continue;
		}
		if (node->tag == PAGE_TEXT && node->chars)
			break;
		if (!node->is_block || !node->chars || !headline_is_centred(a->page, i))
			continue;
		struct str line = str_of(headline_line(a, i, node->end));
		if (str_find(line, "。", 0) < line.n || article_is_field(line.p))
			break;
		if (!is_number_of_paper(line))
			buf_add(&lines, line.p, line.n);
		i = node->end - 1;
	}
	if (!lines.fault && headline_count_words(buf_str(&lines)) >= HEADLINE_COLUMN_CHARS_MAX &&
		utf8_count(buf_str(&lines), lines.len) <= HEADLINE_CHARS_MAX)
		kept = arena_strndup(a->arena, buf_str(&lines), lines.len);
	buf_fini(&lines);
	return kept;
}

/* The office's name that opens its paper's headline, as the window title says it too: the
 * whole headline. NULL when it is none. */
static const char *whole_of_paper(struct article *a, const struct headline_choice *c)
{
	const char *lines;

	if (!c->text || a->body < 0 || c->node <= a->body ||
		!article_is_name_of_source(str_of(c->text)))
		return NULL;
	lines = headline_in_text(a);
	return lines && str_has_prefix(str_of(lines), c->text) && strcmp(lines, c->text) != 0
		       ? lines
		       : NULL;
}

/* ---- the title ---- */

/* The element <title>, which is not shown and so has no shown text. */
static const char *window_title(struct article *a)
{
	int at = page_find(a->page, 0, 0, PAGE_TITLE);
	struct buf line;
	const char *kept;

	if (at < 0 || at + 1 >= page_count(a->page) || page_node(a->page, at + 1)->tag != PAGE_TEXT)
		return "";
	struct str s = page_node(a->page, at + 1)->text;
	buf_init(&line, HEADLINE_BYTES_MAX);
	text_add_collapsed(&line, s.p, s.n, false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&line);
	return kept ? kept : "";
}

static const char *meta_title(struct article *a)
{
	static const char *const words[] = {"ArticleTitle", "og:title", "twitter:title", NULL};
	const char *content = article_meta(a->page, words), *kept;
	struct buf line;

	if (!content)
		return "";
	buf_init(&line, HEADLINE_BYTES_MAX);
	text_add_collapsed(&line, content, strlen(content), false);
	kept = arena_strndup(a->arena, buf_str(&line), line.len);
	buf_fini(&line);
	return kept ? kept : "";
}

/* A headline cut short in the page ("…") gives way to the whole one. */
static const char *whole_of(const char *cut, const char *whole)
{
	size_t n = strlen(cut);

	for (size_t k = 3; k <= 6 && n > k; k += 3)
		if ((strcmp(cut + n - k, "...") == 0 || strcmp(cut + n - k, "…") == 0 ||
			    strcmp(cut + n - k, "……") == 0) &&
			strncmp(cut, whole, n - k) == 0 && strlen(whole) > n - k)
			return whole;
	return cut;
}

/* What the window title repeats is no headline when it names the site, and the page says
 * of itself that it is about something else. */
static bool is_site_headline(const char *text, const struct headline_hints *said)
{
	return *said->meta && headline_is_site_name(text) && !headline_is_site_name(said->meta) &&
	       headline_part_of(text, said->meta) == HEADLINE_PART_NONE;
}

/* A headline broken into lines is written in one where the page repeats it. */
static const char *unbroken(
	struct article *a, int node, const char *text, const struct headline_hints *said)
{
	const char *wholes[] = {said->meta, said->window};
	struct buf lines, joined;
	const char *kept = text;

	buf_init(&lines, HEADLINE_BYTES_MAX);
	buf_init(&joined, HEADLINE_BYTES_MAX);
	page_add_text_range(a->page, node, headline_end(a, node), &lines);
	for (size_t i = 0; i < lines.len; i++)
		if (lines.data[i] != '\n')
			buf_add_char(&joined, lines.data[i]);
	for (size_t i = 0; i < 2 && joined.len < lines.len && kept == text; i++)
		if (strstr(wholes[i], buf_str(&joined)))
			kept = arena_strndup(a->arena, buf_str(&joined), joined.len);
	buf_fini(&lines);
	buf_fini(&joined);
	return kept ? kept : text;
}

/* "headline - 2026-11-20": a template adds the day. */
static const char *without_day(struct article *a, const char *title)
{
	struct str s = str_of(title);
	size_t at = str_find(s, " - ", 0);
	struct date_found d;

	if (at >= s.n)
		return title;
	struct str rest = str_trim(str_sub(s, at + 3, s.n));
	if (!date_find(rest, 0, a->in->now, a->in->zone, &d) || d.start || d.end < rest.n ||
		!d.has_year || utf8_count(s.p, at) < HEADLINE_CHARS_MIN)
		return title;
	return arena_strndup(a->arena, s.p, at);
}

/* What the page shows as its headline and says elsewhere too; else what it says of itself;
 * else its first heading; else the window title. */
enum err_code article_find_title(struct article *a, struct err *e)
{
	struct headline_hints said = {window_title(a), meta_title(a)};
	struct headline_choice headline = headline_best(a, &said);
	const char *in_text;

	a->title = NULL;
	a->title_node = headline.node;
	a->title_confirmed = headline.confirmed;
	if ((in_text = whole_of_paper(a, &headline)))
		a->title = in_text;
	else if (headline.confirmed && is_site_headline(headline.text, &said))
		a->title = said.meta;
	else if (headline.confirmed)
		a->title = unbroken(a, headline.node, whole_of(headline.text, said.meta), &said);
	else if (*said.meta)
		a->title = said.meta;
	else if (headline.weight < SURE_WEIGHT && (in_text = headline_in_text(a)))
		a->title = in_text;
	else if (headline.text)
		a->title = headline.text;
	else if (*said.window)
		a->title = without_site(a, said.window);
	if (a->title)
		a->title = without_day(a, a->title);
	return arena_failed(a->arena) ? err_nomem(e) : ERR_OK;
}

void article_take_held_title(struct article *a, const char *title)
{
	struct headline_hints said = {window_title(a), meta_title(a)};
	bool said_so = headline_part_of(title, said.window) != HEADLINE_PART_NONE ||
		       headline_part_of(title, said.meta) != HEADLINE_PART_NONE;
	/* The window says nothing but where it is. */
	bool unsaid = !*said.meta &&
		      (headline_is_site(said.window) ||
			      headline_count_words(said.window) < HEADLINE_COLUMN_CHARS_MAX);

	if (!a->title_confirmed && headline_count_words(title) >= HEADLINE_CHARS_MIN &&
		(said_so || unsaid))
		a->title = title;
}
