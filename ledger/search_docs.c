/*
 * search_docs.c - what the index is made of: items, orders and the texts of events.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "ledger/ids.h"
#include "ledger/search.h"
#include "ledger/search_origin.h"
#include "ledger/texts.h"

static const char *const origins[SEARCH_ORIGINS] = {"item", "order", "event"};

const char *search_origin_name(enum search_origin o)
{
	return origins[o];
}

enum search_origin search_origin_of(const char *name)
{
	for (int i = 0; i < SEARCH_ORIGINS; i++)
		if (strcmp(name, origins[i]) == 0)
			return (enum search_origin)i;
	return SEARCH_EVENT;
}

/* What an event is about, by its subject. */
static const struct {
	enum ids_type type;
	const char *kind;
} kinds[] = {
	{IDS_ITEM, "item"},
	{IDS_ALERT, "alert"},
	{IDS_STORY, "alert"},
	{IDS_CASE, "case"},
	{IDS_RESPONSE, "response"},
	{IDS_COMMITMENT, "promise"},
	{IDS_EVIDENCE, "evidence"},
	{IDS_TASK, "task"},
	{IDS_ORDER, "supervision"},
	{IDS_ROUND, "round"},
	{IDS_OBJECTION, "objection"},
	{IDS_PLAIN, "order"},
	{IDS_PLAIN, "other"},
};
#define KINDS (sizeof kinds / sizeof *kinds)

/* "alert" stands twice: a story's events are told with its alerts. */
const char *search_kind_at(size_t i)
{
	if (i >= 2)
		i++;
	return i < KINDS ? kinds[i].kind : NULL;
}

static const char *kind_of(const char *subject)
{
	struct ids id;

	if (ids_parse(subject, &id) && id.type != IDS_PLAIN)
		for (size_t i = 0; i < KINDS; i++)
			if (kinds[i].type == id.type)
				return kinds[i].kind;
	return "other";
}

static const char *copy(struct arena *a, const char *s)
{
	return s ? arena_strdup(a, s) : "";
}

/* Parts that are there, each on a line of its own. */
static const char *join(struct arena *a, const char *const *parts, size_t n)
{
	const char *all = "";

	for (size_t i = 0; all && i < n; i++)
		if (parts[i] && *parts[i])
			all = *all ? arena_printf(a, "%s\n%s", all, parts[i])
				   : arena_strdup(a, parts[i]);
	return all;
}

static bool is_whole(const struct search_doc *d)
{
	return d->subject && d->case_id && d->unit && d->title && d->body;
}

/* --- items and orders --- */

static void read_item(struct db_rows *q, struct arena *a, struct search_doc *d)
{
	const char *const titles[] = {db_text(q, 3), db_text(q, 4)};
	const char *const bodies[] = {db_text(q, 5), db_text(q, 6), db_text(q, 7)};
	bool same = titles[0] && titles[1] && strcmp(titles[0], titles[1]) == 0;

	d->kind = "item";
	d->subject = arena_printf(a, "I%lld", (long long)d->key);
	d->title = join(a, titles, same ? 1 : 2);
	d->body = join(a, bodies, 3);
	d->unit = d->case_id = "";
}

static void read_order(struct db_rows *q, struct arena *a, struct search_doc *d)
{
	const char *const bodies[] = {db_text(q, 5), db_text(q, 6), db_text(q, 8)};

	d->kind = "order";
	d->subject = copy(a, db_text(q, 3));
	d->title = copy(a, db_text(q, 4));
	d->body = join(a, bodies, 3);
	d->unit = copy(a, db_text(q, 7));
	d->case_id = "";
}

/* --- events --- */

/* The texts that a payload names: the title, and all others. Erased ones are not there. */
static enum err_code read_texts(struct db *db, const struct json *payload, struct arena *a,
	struct search_doc *d, struct err *e)
{
	const struct json *value;
	const char *key, *text;
	void *at = NULL;
	enum err_code rc = ERR_OK;

	while (!rc && (key = json_next(payload, &at, &value)) != NULL) {
		size_t n = strlen(key);
		if (n < 5 || strcmp(key + n - 5, "_text") != 0)
			continue;
		rc = texts_get(db, json_str(value), a, &text, e);
		if (rc || !text)
			continue;
		if (strcmp(key, "title_text") == 0)
			d->title = text;
		else
			d->body = *d->body ? arena_printf(a, "%s\n%s", d->body, text) : text;
		if (!d->body)
			rc = err_nomem(e);
	}
	return rc;
}

/* Later events of a record do not repeat the case: its first one does. */
static enum err_code read_case(struct db *db, const struct json *payload, struct arena *a,
	struct search_doc *d, struct err *e)
{
	const char *named = json_get_str(payload, "case_id");
	struct json *first = NULL;
	char *text = NULL;
	enum err_code rc = ERR_OK;

	if (strcmp(d->kind, "case") == 0)
		named = d->subject;
	if (!named && *d->subject) {
		rc = db_get_text(db, ST_SEARCH_FIRST_EVENT, DB_ARGS(DB_TEXT(d->subject)), &text, e);
		if (!rc)
			rc = json_read(text, strlen(text), &first, e);
		named = rc ? NULL : json_get_str(first, "case_id");
	}
	d->case_id = copy(a, named);
	json_free(first);
	free(text);
	return rc;
}

static enum err_code read_event(
	struct db *db, struct db_rows *q, struct arena *a, struct search_doc *d, struct err *e)
{
	struct json *payload = NULL;
	const char *text = db_text(q, 4);
	enum err_code rc = json_read(text, db_size(q, 4), &payload, e);

	d->subject = copy(a, db_text(q, 3));
	d->title = d->body = d->case_id = d->unit = "";
	if (!rc && !d->subject)
		rc = err_nomem(e);
	if (!rc) {
		d->kind = kind_of(d->subject);
		d->unit = copy(a, json_get_str(payload, "unit"));
		rc = read_texts(db, payload, a, d, e);
	}
	if (!rc)
		rc = read_case(db, payload, a, d, e);
	json_free(payload);
	return rc;
}

/* --- all of them --- */

enum err_code search_docs_read(struct db *db, enum search_origin origin, int64_t from, int64_t to,
	int64_t limit, struct list *out, int64_t *last, struct err *e)
{
	static const enum statement statements[SEARCH_ORIGINS] = {
		ST_SEARCH_ITEMS, ST_SEARCH_ORDERS, ST_SEARCH_EVENTS};
	struct db_rows q = DB_ROWS_NONE;
	int64_t count = 0;
	enum err_code rc = db_query(
		db, statements[origin], DB_ARGS(DB_INT(from), DB_INT(to), DB_INT(limit)), &q, e);

	*last = to;
	for (; !rc && db_next(&q); count++) {
		struct search_doc *d = list_add(out);
		if (!d) {
			rc = err_nomem(e);
			break;
		}
		d->origin = origin;
		d->key = db_int(&q, 0);
		d->at = db_int(&q, 1);
		d->taken = db_int(&q, 2);
		if (origin == SEARCH_ITEM)
			read_item(&q, out->arena, d);
		else if (origin == SEARCH_ORDER)
			read_order(&q, out->arena, d);
		else
			rc = read_event(db, &q, out->arena, d, e);
		if (!rc && !is_whole(d))
			rc = err_nomem(e);
		if (count + 1 == limit)
			*last = d->key;
	}
	return db_end(&q, rc, e);
}
