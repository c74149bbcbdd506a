/*
 * pagekind.c - points for a list, points for an article.
 */
#include "crawler/pagekind.h"

#include <string.h>

#include "base/utf8.h"
#include "crawler/article.h"
#include "crawler/date_find.h"
#include "crawler/listpage.h"

#define CLEAR 2 /* points between them and none */
#define ROWS_LEAST 3
#define ROWS_FEW 5
#define ROWS_MANY 10
#define TITLE_SHORT 8 /* characters */
#define TITLE_LONG 11
#define DATE_BYTES_MAX ((size_t)40)
#define TEXT_NONE 80 /* characters */
#define TEXT_SHORT 300
#define TEXT_LONG 600

/* The last part of the path with the query. */
static struct str last_part(const char *url)
{
	struct str s = str_of(url);
	size_t from = str_find(s, "://", 0), slash;

	s = str_sub(s, from < s.n ? from + 3 : 0, s.n);
	while ((slash = str_find(s, "/", 0)) < s.n && slash < str_find(s, "?", 0))
		s = str_sub(s, slash + 1, s.n);
	return s;
}

/* "…/tzgg/", "index_2.html" against "t20201127_653.html", "show?id=12345". */
static int by_address(const char *url)
{
	struct str s = last_part(url ? url : "");
	size_t digits = 0;

	if (!url)
		return 0;
	if (s.n == 0 || str_has_prefix(s, "index") || str_has_prefix(s, "list"))
		return 2;
	for (size_t i = 0; i < s.n; i++)
		digits += str_is_digit((unsigned char)s.p[i]);
	return digits >= 4 ? -2 : 0;
}

static int by_rows(const struct document *list)
{
	size_t dated = 0;

	for (size_t i = 0; i < list->count; i++)
		dated += list->items[i].published != TIME_NONE;
	return (dated >= ROWS_FEW) + (dated >= ROWS_MANY) + (list->next != NULL);
}

/* Lines of the text that are a date and nothing else: rows have such, paragraphs have not. */
static int count_dates(const struct document_input *in, const char *text)
{
	struct str rest = str_of(text);
	struct date_found d;
	int dates = 0;

	while (rest.n) {
		struct str line = str_split(&rest, '\n');
		dates += line.n <= DATE_BYTES_MAX && date_find(line, 0, in->now, in->zone, &d) &&
			 d.start == 0 && d.end == line.n;
	}
	return dates;
}

static int by_text(const struct document_input *in, const struct document *article)
{
	const struct item *it = article->items;
	size_t chars = it && it->content ? utf8_count(it->content, strlen(it->content)) : 0;
	int points;

	if (it && it->content && count_dates(in, it->content) >= ROWS_LEAST)
		return 1;
	points = chars < TEXT_NONE ? 2 : chars < TEXT_SHORT ? 1 : chars < TEXT_LONG ? -1 : -2;

	if (it && it->title && it->published != TIME_NONE && chars >= TEXT_NONE)
		points--;
	return points;
}

/* A column's name is short, a headline is not. */
static int by_title(const struct document *article)
{
	const char *title = article->items ? article->items->title : NULL;
	size_t chars = title ? utf8_count(title, strlen(title)) : 0;

	return chars < TITLE_SHORT ? 1 : chars < TITLE_LONG ? 0 : -1;
}

/* A reader that does not find its kind is no failure. */
static enum err_code try(enum err_code rc, struct document *got)
{
	if (rc)
		memset(got, 0, sizeof *got);
	return rc == ERR_INPUT ? ERR_OK : rc;
}

enum err_code pagekind_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, bool *found, struct err *e)
{
	struct document list, article;
	enum err_code rc;
	int points;

	*found = false;
	memset(&list, 0, sizeof list);
	memset(&article, 0, sizeof article);
	rc = try(listpage_parse(in, text, n, arena, &list, e), &list);
	if (!rc)
		rc = try(article_parse(in, text, n, arena, &article, e), &article);
	if (rc)
		return rc;
	points = by_address(in->url) + by_rows(&list) + by_text(in, &article) + by_title(&article);
	if (points >= CLEAR && list.count >= ROWS_LEAST)
		*out = list;
	else if (points <= -CLEAR && article.count)
		*out = article;
	else
		return ERR_OK;
	*found = true;
	return ERR_OK;
}
