/*
 * response_times.c - what the pages of an answer say of when it was published.
 */
#include "office/response_times.h"

#include <string.h>

#include "base/i18n.h"
#include "base/url_article.h"
#include "ledger/articles.h"
#include "ledger/items.h"
#include "ledger/responses.h"
#include "office/check_words.h"
#include "office/evidence_copy.h"
#include "office/page_time.h"

static void add_reason(struct act *a, struct buf *out, const struct page_time *page,
	const struct page_time *typed, const char *url)
{
	const struct time_zone *z = a->office->settings.zone;

	if (a->rc || !page_time_differs(page, typed))
		return;
	buf_add_str(out, out->len ? "; " : "");
	page_time_add(out, page, z);
	buf_add_str(out, "/");
	page_time_add(out, typed, z);
	buf_addf(out, " %s", url);
}

/* --- when it is entered --- */

static int64_t find_item(struct act *a, const char *url)
{
	struct db_rows q = DB_ROWS_NONE;
	struct buf key;
	int64_t id = 0;

	buf_init(&key, BUF_MAX_DEFAULT);
	if (!a->rc)
		a->rc = url_add_article_key(&key, url, a->err);
	if (!a->rc)
		a->rc = db_query(a->db, ST_ITEM_OF_PAGE,
			DB_ARGS(DB_TEXT(buf_str(&key)), DB_INT(a->now)), &q, a->err);
	if (!a->rc && db_next(&q))
		id = db_int(&q, 0);
	a->rc = db_end(&q, a->rc, a->err);
	buf_fini(&key);
	return id;
}

/* What the page itself says goes before what a feed or list said of it. */
static int64_t published_of_item(struct act *a, int64_t id)
{
	struct article_record page = {.published = TIME_NONE};
	struct item_record item = {.published = TIME_NONE};
	enum err_code rc;

	if (a->rc || !id)
		return TIME_NONE;
	rc = articles_get(a->db, id, a->arena, &page, a->err);
	if (!rc && page.published != TIME_NONE)
		return page.published;
	a->rc = rc && rc != ERR_NOT_FOUND ? rc : items_get(a->db, id, a->arena, &item, a->err);
	return a->rc ? TIME_NONE : item.published;
}

static void read_copy(struct act *a, const struct evidence_record *x, struct page_time *out)
{
	struct buf body, type;
	bool found = false;

	a->rc = evidence_copy_page(a->office, x, &body, &type, &found, a->err);
	if (!a->rc && found)
		a->rc = page_time_read(
			&(struct page_time_page){body.data, body.len,
				type.len ? buf_str(&type) : NULL, x->url, x->captured_at},
			a->office->settings.zone, out, a->err);
	buf_fini(&body);
	buf_fini(&type);
}

/* A page that was captured for the case, as `evidence add` does. */
static void find_evidence(
	struct act *a, const char *case_id, const char *url, struct page_time *out)
{
	struct evidence_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = evidence_of(a->db, case_id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (strcmp(list[i].kind, "page") == 0 && strcmp(list[i].state, "captured") == 0 &&
			list[i].url && strcmp(list[i].url, url) == 0)
			read_copy(a, &list[i], out);
}

void response_times_check(struct act *a, const struct response_entry *x, struct buf *reason)
{
	const struct time_zone *z = a->office->settings.zone;
	const struct page_time typed = page_time_of(x->published_at, z);

	for (size_t i = 0; !a->rc && i < x->in->url_count; i++) {
		struct page_time page =
			page_time_of(published_of_item(a, find_item(a, x->urls[i])), z);
		if (page.from == TIME_NONE)
			find_evidence(a, x->c.id, x->urls[i], &page);
		add_reason(a, reason, &page, &typed, x->urls[i]);
	}
}

/* --- when a page is captured --- */

/* The page is one of those that the answer was published on. An address that was erased from the
 * answer does not come back with its page. */
static bool is_linked(struct act *a, const struct evidence_record *x)
{
	struct response_link *links = NULL;
	size_t count = 0;
	bool linked = false;

	a->rc = responses_links(a->db, x->subject, a->arena, &links, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		linked = linked || (links[i].url && x->url && strcmp(links[i].url, x->url) == 0);
	return !a->rc && linked;
}

/* Where there is no room for the reason the check is told without it: a page is captured whatever
 * is noticed about it. */
static void join_found(
	struct act *a, const struct response_record *r, const char *reason, struct buf *out)
{
	check_words_join_reason(out, r->found, RESPONSE_TIMES_CHECK, reason);
	if (out->fault == ERR_LIMIT) {
		buf_clear(out);
		buf_add_str(out, r->found ? r->found : "");
	}
	a->rc = buf_check(out, _("what the checks rest on"), a->err);
}

static void append_noticed(struct act *a, const struct response_record *r, const char *reason)
{
	struct buf checks, found;

	buf_init(&checks, sizeof((struct office_recorded *)0)->checks - 1);
	buf_init(&found, sizeof((struct office_recorded *)0)->found - 1);
	check_words_join(&checks, r->checks, RESPONSE_TIMES_CHECK);
	join_found(a, r, reason, &found);
	if (!a->rc)
		a->rc = buf_check(&checks, _("the checks"), a->err);
	act_event(a);
	act_str(a, "checks", buf_str(&checks));
	act_text(a, "found_text", buf_str(&found));
	act_append(a, "response.noticed/1", r->id);
	buf_fini(&checks);
	buf_fini(&found);
}

static void compare(struct act *a, const struct evidence_record *x,
	const struct evidence_capture *c, const struct response_record *r)
{
	const struct time_zone *z = a->office->settings.zone;
	const struct page_time typed = page_time_of(r->published_at, z);
	struct page_time page;
	struct buf reason;

	a->rc = page_time_read(
		&(struct page_time_page){c->body, c->body_size, c->content_type, c->url, c->date},
		z, &page, a->err);
	buf_init(&reason, BUF_MAX_DEFAULT);
	add_reason(a, &reason, &page, &typed, x->url);
	if (!a->rc)
		a->rc = buf_check(&reason, _("what the checks rest on"), a->err);
	if (!a->rc && reason.len && (!r->found || !strstr(r->found, buf_str(&reason))))
		append_noticed(a, r, buf_str(&reason));
	buf_fini(&reason);
}

void response_times_captured(
	struct act *a, const struct evidence_record *x, const struct evidence_capture *c)
{
	struct response_record r;
	struct ids id;

	if (a->rc || !c->body || !ids_parse(x->subject, &id) || id.type != IDS_RESPONSE ||
		!is_linked(a, x) || a->rc)
		return;
	a->rc = responses_get(a->db, x->subject, a->arena, &r, a->err);
	/* Of one that is erased nothing is noticed any more; a rejection may be taken back. */
	if (!a->rc && r.body)
		compare(a, x, c, &r);
}
