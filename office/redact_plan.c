/*
 * redact_plan.c - what an erasure takes away.
 */
#include "office/redact_plan.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "base/utf8.h"
#include "ledger/erase.h"
#include "ledger/items.h"
#include "ledger/texts.h"

bool redact_has_file(const char *id)
{
	struct ids in;

	return ids_parse(id, &in) && (in.type == IDS_EVIDENCE || in.type == IDS_CASE);
}

static bool add_word(struct redact_plan *p, const char *word)
{
	const char **slot;

	for (size_t i = 0; i < p->words.count; i++)
		if (strcmp(((const char **)p->words.items)[i], word) == 0)
			return true;
	slot = list_add(&p->words);
	if (slot)
		*slot = word;
	return slot != NULL;
}

static bool add_text(struct redact_plan *p, const char *digest, const char *body)
{
	struct erase_text *t = p->texts.items;

	for (size_t i = 0; i < p->texts.count; i++)
		if (strcmp(t[i].digest, digest) == 0)
			return true;
	t = list_add(&p->texts);
	if (t)
		*t = (struct erase_text){digest, body};
	return t != NULL;
}

/* The words of one text that go. */
static const char *words_of_text(struct redact_plan *p, const char *body, bool *whole)
{
	size_t n = strlen(body), from, to;

	*whole = p->r->span_start == TIME_NONE;
	if (*whole)
		return body;
	from = utf8_offset(body, n, (size_t)p->r->span_start);
	to = utf8_offset(body, n, (size_t)p->r->span_end);
	*whole = from == 0 && to == n;
	return arena_strndup(p->a->arena, body + from, to - from);
}

/* Places are counted in the words that there were: in others they name something else. */
static void need_unchanged(struct redact_plan *p, bool changed)
{
	const long long seq = p->r->seq;

	if (!p->a->rc && changed && p->r->span_start != TIME_NONE)
		act_fail(p->a, ERR_REFUSED,
			_("%s has other words since erasure %lld was asked for, by another erasure "
			  "or by being read in anew: refuse that one (redact --refuse %lld "
			  "--reason TEXT) and ask again"),
			p->r->subject, seq, seq);
}

static void look_elsewhere(struct redact_plan *p, const char *words, bool whole)
{
	size_t least = whole ? REDACT_FIELD_MIN : REDACT_SPAN_MIN;

	/* One address is the beginning of others: it is not looked for. */
	if (p->r->only_here || (whole && strstr(words, "://")))
		return;
	if (utf8_count(words, strlen(words)) < least)
		p->counts->unlooked++;
	else if (!add_word(p, words))
		p->a->rc = err_nomem(p->a->err);
}

static void plan_text(struct redact_plan *p, const char *digest)
{
	struct act *a = p->a;
	const char *body = NULL, *words;
	bool whole = false;
	int64_t since = 0;

	if (!a->rc)
		a->rc = db_get_int(a->db, ST_ERASED_SINCE,
			DB_ARGS(DB_TEXT(digest), DB_INT(p->r->seq)), &since, a->err);
	need_unchanged(p, since > 0);
	if (!a->rc)
		a->rc = texts_follow(a->db, &digest, a->arena, &body, a->err);
	if (a->rc || !body || strcmp(body, ERASE_MARK) == 0)
		return;
	words = words_of_text(p, body, &whole);
	if (!words || !add_text(p, arena_strdup(a->arena, digest), body)) {
		a->rc = err_nomem(a->err);
		return;
	}
	look_elsewhere(p, words, whole);
}

static void plan_digests(struct redact_plan *p)
{
	struct json *j = NULL;

	p->a->rc = json_read(p->r->digests, strlen(p->r->digests), &j, p->a->err);
	for (size_t i = 0; !p->a->rc && i < json_size(j); i++) {
		const char *digest = json_str(json_at(j, i));
		if (digest)
			plan_text(p, arena_strdup(p->a->arena, digest));
	}
	json_free(j);
}

static void plan_found(struct redact_plan *p)
{
	struct act *a = p->a;

	for (size_t i = 0; !a->rc && i < p->words.count; i++) {
		struct erase_text *found;
		size_t count;
		a->rc = erase_find_texts(a->db, ((const char **)p->words.items)[i], a->arena,
			&found, &count, a->err);
		for (size_t k = 0; !a->rc && k < count; k++)
			if (!add_text(p, found[k].digest, found[k].body))
				a->rc = err_nomem(a->err);
	}
}

static void plan_item(struct redact_plan *p, int64_t item)
{
	struct act *a = p->a;
	struct item_record it;
	int64_t *slot;
	enum err_code rc = items_get(a->db, item, a->arena, &it, a->err);

	if (rc == ERR_NOT_FOUND) /* purged, or of a ledger that was lost */
		return;
	a->rc = rc;
	slot = rc ? NULL : list_add(&p->items);
	if (!rc && !slot)
		a->rc = err_nomem(a->err);
	if (slot)
		*slot = item;
	/* By its title the other answers that brought it are found. */
	if (!a->rc && it.title && utf8_count(it.title, strlen(it.title)) >= REDACT_FIELD_MIN &&
		strcmp(it.title, ERASE_MARK) != 0 && !add_word(p, it.title))
		a->rc = err_nomem(a->err);
}

/* An alert or story that goes as a whole takes the items behind it along. */
static void plan_items(struct redact_plan *p)
{
	struct db_rows q = DB_ROWS_NONE;
	struct act *a = p->a;
	struct list l;
	struct ids in;

	list_init(&l, a->arena, sizeof(int64_t));
	if (a->rc || p->r->only_here || p->of.order)
		return;
	if (strcmp(p->r->field, REDACT_ITEM) == 0 && ids_parse(p->r->subject, &in))
		plan_item(p, in.number);
	if (p->r->field[0])
		return;
	a->rc = db_query(a->db, ST_ALERT_ITEMS, DB_ARGS(DB_TEXT(p->r->subject)), &q, a->err);
	while (!a->rc && db_next(&q)) {
		int64_t *slot = list_add(&l);
		if (slot)
			*slot = db_int(&q, 0);
	}
	a->rc = db_end(&q, a->rc, a->err);
	for (size_t i = 0; !a->rc && i < l.count; i++)
		plan_item(p, ((int64_t *)l.items)[i]);
}

bool redact_plan_whole_order(const struct redact_plan *p)
{
	return p->of.order && !p->r->field[0] && p->r->span_start == TIME_NONE;
}

static void plan_order_field(struct redact_plan *p, size_t i)
{
	const char *body = redact_order_body(p->of.order, i), *words, **slot;
	bool whole = false;

	if (p->a->rc || !body)
		return;
	words = words_of_text(p, body, &whole);
	slot = words ? list_add(&p->order_words) : NULL;
	if (!slot) {
		p->a->rc = err_nomem(p->a->err);
		return;
	}
	*slot = words;
	if (p->r->field[0] || redact_order_is_own(i))
		look_elsewhere(p, words, whole);
}

/* As a whole it takes along the item that stands for it in the queue. */
static void plan_order(struct redact_plan *p)
{
	int64_t item = 0;
	const char *name;

	redact_order_asked(p->a, p->r->seq, &p->of);
	need_unchanged(p, p->of.changed);
	for (size_t i = 0; p->of.order && (name = redact_order_field(i)) != NULL; i++)
		if (!p->r->field[0] || strcmp(p->r->field, name) == 0)
			plan_order_field(p, i);
	if (!p->a->rc && redact_plan_whole_order(p) && !p->r->only_here)
		item = redact_order_item(p->a, p->of.order);
	if (!p->a->rc && item)
		plan_item(p, item);
}

void redact_plan_make(struct redact_plan *p, struct act *a, const struct redaction *r,
	struct redact_counts *counts)
{
	*p = (struct redact_plan){.a = a, .r = r, .counts = counts};
	list_init(&p->texts, a->arena, sizeof(struct erase_text));
	list_init(&p->words, a->arena, sizeof(char *));
	list_init(&p->items, a->arena, sizeof(int64_t));
	list_init(&p->order_words, a->arena, sizeof(char *));
	counts->unlooked = 0;
	if (a->rc)
		return;
	plan_digests(p);
	p->named = p->texts.count;
	plan_order(p);
	plan_items(p);
	plan_found(p);
	counts->texts = (int64_t)p->texts.count;
}
