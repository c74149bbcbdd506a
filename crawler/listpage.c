/*
 * listpage.c - rows by XPath; where none is given listpage_find.c looks for them.
 */
#include "crawler/listpage.h"

#include <string.h>

#include "base/i18n.h"
#include "crawler/date.h"
#include "crawler/feedtext.h"
#include "crawler/listpage_private.h"
#include "crawler/pagedate.h"

/* ---- one row ---- */

enum err_code listpage_make_item(struct listpage *l, const struct listpage_row *row, struct err *e)
{
	struct item *it = &l->out->items[l->out->count];
	enum err_code rc = feedtext_make(&l->words, l->arena, row->title, strlen(row->title),
		FEEDTEXT_PLAIN, true, &it->title, e);

	if (rc)
		return rc;
	it->link = row->link;
	it->published = row->published;
	it->updated = it->fetched = TIME_NONE;
	l->out->count++;
	return ERR_OK;
}

/* ---- by XPath ---- */

/* The first match of an expression within a row: a node, or a text. */
static enum err_code first_match(
	struct listpage *l, int row, const char *xpath, struct page_match *out, struct err *e)
{
	struct page_matches found;
	enum err_code rc = page_select(l->page, row, xpath, &found, e);

	out->node = -1;
	out->text = NULL;
	if (!rc && found.count)
		*out = found.at[0];
	return rc;
}

static enum err_code match_text(
	struct listpage *l, const struct page_match *m, const char **out, struct err *e)
{
	struct buf b;
	enum err_code rc;

	*out = m->text ? m->text : "";
	if (m->node < 0)
		return ERR_OK;
	buf_init(&b, FEEDTEXT_MAX);
	page_add_text(l->page, m->node, &b);
	rc = buf_check(&b, _("a field of a list"), e);
	*out = arena_strndup(l->arena, buf_str(&b), b.len);
	buf_fini(&b);
	return rc || *out ? rc : err_nomem(e);
}

static int first_link(const struct page *p, int top)
{
	return page_find(p, top, top, PAGE_A);
}

static enum err_code read_link(
	struct listpage *l, int row, struct listpage_row *out, int *node, struct err *e)
{
	struct page_match m = {first_link(l->page, row), NULL};
	enum err_code rc = ERR_OK;

	if (l->in->paths.link)
		rc = first_match(l, row, l->in->paths.link, &m, e);
	*node = m.node;
	if (!rc && m.node >= 0)
		out->link = pagelink_address(l->page, m.node, l->base, l->arena);
	else if (!rc && m.text)
		out->link = pagelink_resolve(m.text, l->base, l->arena);
	return rc;
}

static enum err_code read_title(
	struct listpage *l, int row, int link, struct listpage_row *out, struct err *e)
{
	struct page_match m = {-1, NULL};
	enum err_code rc = ERR_OK;

	if (l->in->paths.title) {
		rc = first_match(l, row, l->in->paths.title, &m, e);
		return rc ? rc : match_text(l, &m, &out->title, e);
	}
	out->title = link >= 0 ? pagelink_title(l->page, link, l->in, l->arena) : "";
	return out->title ? ERR_OK : err_nomem(e);
}

static enum err_code read_date(
	struct listpage *l, int row, int link, struct listpage_row *out, struct err *e)
{
	struct page_match m = {-1, NULL};
	struct date_found d;
	const char *text;
	enum err_code rc;

	if (!l->in->paths.date) {
		if (pagedate_find(l->page, row, page_node(l->page, row)->end, link, l->in, &d))
			out->published = d.moment;
		return ERR_OK;
	}
	rc = first_match(l, row, l->in->paths.date, &m, e);
	if (!rc)
		rc = match_text(l, &m, &text, e);
	if (rc)
		return rc;
	if (date_find(str_of(text), 0, l->in->now, l->in->zone, &d))
		out->published = d.moment;
	else
		date_parse(text, strlen(text), l->in->now, l->in->zone, &out->published);
	return ERR_OK;
}

static enum err_code take_row(struct listpage *l, int row, struct err *e)
{
	struct listpage_row r = {NULL, "", TIME_NONE};
	int link = -1;
	enum err_code rc = read_link(l, row, &r, &link, e);

	if (!rc)
		rc = read_title(l, row, link, &r, e);
	if (!rc)
		rc = read_date(l, row, link, &r, e);
	if (rc || (!r.link && !*r.title))
		return rc;
	if (r.published == TIME_NONE && r.link)
		date_in_url(r.link, l->in->now, l->in->zone, &r.published);
	return listpage_make_item(l, &r, e);
}

static enum err_code rows_by_path(struct listpage *l, struct err *e)
{
	struct page_matches rows;
	enum err_code rc = page_select(l->page, -1, l->in->paths.items, &rows, e);

	if (!rc && rows.count > DOCUMENT_ITEMS_MAX)
		rc = err_set(e, ERR_LIMIT, _("more than %d items"), DOCUMENT_ITEMS_MAX);
	if (!rc)
		rc = listpage_make_room(l, rows.count, e);
	for (size_t i = 0; !rc && i < rows.count; i++)
		if (rows.at[i].node >= 0)
			rc = take_row(l, rows.at[i].node, e);
	if (!rc && l->out->count == 0)
		rc = err_set(e, ERR_INPUT, _("the XPath %s finds no rows in this page"),
			l->in->paths.items);
	return rc;
}

/* ---- the whole ---- */

enum err_code listpage_make_room(struct listpage *l, size_t rows, struct err *e)
{
	l->out->items = arena_array(l->arena, rows + 1, sizeof *l->out->items);
	return l->out->items ? ERR_OK : err_nomem(e);
}

static enum err_code parse_page(struct listpage *l, struct str text, struct err *e)
{
	enum err_code rc = page_parse(text.p, text.n, &l->page, e);

	if (rc)
		return rc;
	feedtext_init(&l->words);
	l->base = pagelink_base(l->in, l->page, l->arena);
	rc = l->in->paths.items ? rows_by_path(l, e) : listpage_find_rows(l, e);
	if (!rc)
		l->out->next = pagelink_next(l->page, l->in, l->base, l->arena);
	feedtext_fini(&l->words);
	page_free(l->page);
	return rc;
}

enum err_code listpage_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e)
{
	struct listpage l = {.in = in, .arena = arena, .out = out};
	struct str page = {text, n};
	struct buf unpacked;
	enum err_code rc;

	buf_init(&unpacked, n + 1);
	if (listpage_unpack_records(page, &unpacked))
		page = (struct str){buf_str(&unpacked), unpacked.len};
	rc = buf_check(&unpacked, _("a page"), e);
	if (!rc)
		rc = parse_page(&l, page, e);
	buf_fini(&unpacked);
	return rc;
}
