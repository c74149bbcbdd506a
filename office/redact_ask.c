/*
 * redact_ask.c - asking for an erasure: which words of which record.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/items.h"
#include "ledger/texts.h"
#include "office/record_named.h"
#include "office/redact_plan.h"
#include "office/typed.h"

/* --- which texts a record has --- */

struct named_text {
	const char *field, *digest; /* the digest as its event has it */
	const char *body; /* of an order, which has no digest */
};

struct gather {
	struct act *a;
	const char *field; /* NULL: all */
	struct list texts;
	struct buf fields; /* that there are, for whoever named another one */
	int64_t item; /* of which alone, where alerts are looked through */
};

static enum err_code gather_event(void *data, const struct event *ev, struct err *e)
{
	struct gather *g = data;
	const struct json *v;
	const char *key;
	void *iter = NULL;

	while ((key = json_next(ev->data, &iter, &v)) != NULL) {
		struct str k = str_of(key);
		const char *digest = json_str(v);
		struct named_text *t;
		if (!digest || !digest[0] || !str_has_suffix(k, "_text"))
			continue;
		k = str_sub(k, 0, k.n - 5);
		buf_addf(&g->fields, "%s%.*s", g->fields.len ? " " : "", (int)k.n, k.p);
		if (g->field && !str_is(k, g->field))
			continue;
		t = list_add(&g->texts);
		if (!t)
			return err_nomem(e);
		t->field = arena_strndup(g->a->arena, k.p, k.n);
		t->digest = arena_strdup(g->a->arena, digest);
	}
	return ERR_OK;
}

/* What an alert's events say of one item: they are copies of it. */
static enum err_code gather_snapshot(void *data, const struct event *ev, struct err *e)
{
	struct gather *g = data;

	return events_int(ev, "item") == g->item ? gather_event(g, ev, e) : ERR_OK;
}

static void gather_item(struct act *a, struct gather *g, const char *id)
{
	struct item_record it;
	struct alert *alerts = NULL;
	struct ids in = {IDS_PLAIN, 0, 0};
	char alert[IDS_SIZE];
	size_t count = 0;

	if (a->rc || !ids_parse(id, &in))
		return;
	g->item = in.number;
	a->rc = items_get(a->db, in.number, a->arena, &it, a->err);
	if (!a->rc && it.story)
		a->rc = alerts_of_story(a->db, it.story, a->arena, &alerts, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		ids_format(IDS_ALERT, 0, alerts[i].id, alert);
		a->rc = events_each(a->db, alert, gather_snapshot, g, a->err);
	}
}

static void gather_order(struct act *a, struct gather *g, const struct order_record *o)
{
	const char *name, *body;

	for (size_t i = 0; !a->rc && (name = redact_order_field(i)) != NULL; i++) {
		struct named_text *t;
		body = redact_order_body(o, i);
		if (!body)
			continue;
		buf_addf(&g->fields, "%s%s", g->fields.len ? " " : "", name);
		if (g->field && strcmp(name, g->field) != 0)
			continue;
		t = list_add(&g->texts);
		if (t)
			*t = (struct named_text){.field = name, .body = body};
		else
			a->rc = err_nomem(a->err);
	}
}

/* Of fields that go as a whole: what alerts copied of them is a part, which would not be found by
 * the words of the whole. */
static void gather_copies(
	struct act *a, struct gather *g, const struct order_record *o, const struct redact_ask *in)
{
	const char *const field = g->field;
	char item[IDS_SIZE];
	int64_t id;

	if (a->rc || !g->texts.count || in->words || in->start != TIME_NONE || in->only_here)
		return;
	id = redact_order_item(a, o);
	if (!id || (field && strcmp(field, "content") != 0 && strcmp(field, "title") != 0))
		return;
	if (field && strcmp(field, "content") == 0)
		g->field = "excerpt";
	ids_format(IDS_ITEM, 0, id, item);
	gather_item(a, g, item);
	g->field = field;
}

static void gather(struct act *a, struct gather *g, const char *id, const struct redact_ask *in,
	const struct order_record *order)
{
	const char *const field = in->field;
	bool item = !order && field && strcmp(field, REDACT_ITEM) == 0;

	memset(g, 0, sizeof *g);
	g->a = a;
	g->field = item ? NULL : field;
	list_init(&g->texts, a->arena, sizeof(struct named_text));
	buf_init(&g->fields, 65536);
	if (order) {
		gather_order(a, g, order);
		gather_copies(a, g, order, in);
	} else if (item)
		gather_item(a, g, id);
	else if (!a->rc)
		a->rc = events_each(a->db, id, gather_event, g, a->err);
}

/* --- asking --- */

static bool is_type(const char *id, enum ids_type type)
{
	struct ids in;

	return ids_parse(id, &in) && in.type == type;
}

/* Where in the text the words stand, in code points. */
static bool find_span(const char *body, const char *words, int64_t *start, int64_t *end)
{
	const char *at = body ? strstr(body, words) : NULL;

	if (!at)
		return false;
	*start = (int64_t)utf8_count(body, (size_t)(at - body));
	*end = *start + (int64_t)utf8_count(words, strlen(words));
	return true;
}

/* The one text that the words or the span are of becomes the only one. */
static void choose_text(
	struct act *a, struct gather *g, const struct redact_ask *in, int64_t *start, int64_t *end)
{
	struct named_text *texts = g->texts.items;
	const char *body, *digest;

	*start = in->start;
	*end = in->end;
	for (size_t i = 0; !a->rc && i < g->texts.count; i++) {
		digest = texts[i].digest;
		body = texts[i].body;
		if (!body)
			a->rc = texts_follow(a->db, &digest, a->arena, &body, a->err);
		if (a->rc || !body)
			continue;
		if (in->words ? find_span(body, in->words, start, end)
			      : in->end <= (int64_t)utf8_count(body, strlen(body))) {
			texts[0] = texts[i];
			g->texts.count = 1;
			return;
		}
	}
	act_fail(a, ERR_NOT_FOUND,
		in->words ? _("these words stand in no text of the record")
			  : _("no text of the record is that long"));
}

static void check_ask(struct act *a, const struct redact_ask *in)
{
	bool span = in->start != TIME_NONE;

	if (typed_is_blank(in->reason))
		act_fail(a, ERR_USAGE, _("say by what order: --reason"));
	if (span && in->words)
		act_fail(a, ERR_USAGE, _("--words and --span exclude each other"));
	if (in->words && typed_is_blank(in->words))
		act_fail(a, ERR_USAGE, _("--words is empty"));
	if (span && (in->start < 0 || in->end <= in->start))
		act_fail(a, ERR_USAGE, _("--span is FROM-TO in characters, counted from 0"));
	if (in->words && in->reason && strstr(in->reason, in->words))
		act_fail(a, ERR_REFUSED,
			_("the reason repeats the words that are to be erased: say it without "
			  "them"));
}

static void put_ask(struct act *a, const struct redact_ask *in, const struct gather *g,
	int64_t start, int64_t end, const char *id, const struct order_record *order)
{
	const struct named_text *texts = g->texts.items;
	struct json_writer w;
	struct buf b;

	buf_init(&b, EVENTS_PAYLOAD_MAX / 2);
	json_writer_init(&w, &b);
	json_begin_array(&w);
	for (size_t i = 0; i < g->texts.count; i++)
		if (texts[i].digest)
			json_add_str(&w, texts[i].digest);
	json_end_array(&w);
	if (!a->rc)
		a->rc = buf_check(&b, N_("an erasure"), a->err);
	act_event(a);
	act_str_always(a, "field", in->field);
	act_str(a, "digests", buf_str(&b));
	act_int(a, "span_start", start);
	act_int(a, "span_end", end);
	act_int(a, "only_here", in->only_here);
	act_text(a, "reason_text", in->reason);
	act_str(a, "document", in->document);
	act_str(a, "source", order ? order->source : NULL);
	if (order)
		act_int(a, "revision", order->revision);
	act_append(a, order ? "redaction.asked/2" : "redaction.asked/1", id);
	buf_fini(&b);
}

/* --- the act --- */

/* The most that one of the words stands in. */
static void count_holding(
	struct act *a, const struct redact_plan *p, enum statement which, int64_t *count)
{
	for (size_t i = 0; !a->rc && i < p->words.count; i++) {
		int64_t holding = 0;
		a->rc = db_get_int(a->db, which,
			DB_ARGS(DB_TEXT(((const char **)p->words.items)[i])), &holding, a->err);
		if (holding > *count)
			*count = holding;
	}
}

static void count_asked(struct act *a, int64_t seq, struct redact_counts *counts)
{
	struct redaction r;
	struct redact_plan p;

	if (!a->rc)
		a->rc = redactions_get(a->db, seq, a->arena, &r, a->err);
	redact_plan_make(&p, a, &r, counts);
	counts->items = (int64_t)p.items.count;
	counts->orders = p.order_words.count > 0;
	count_holding(a, &p, ST_ITEM_HOLDING_COUNT, &counts->items);
	count_holding(a, &p, ST_ORDER_HOLDING_COUNT, &counts->orders);
	if (!a->rc && !counts->texts && !counts->items && !counts->orders &&
		strcmp(r.field, REDACT_FILE) != 0)
		act_fail(a, ERR_REFUSED, _("nothing is left to erase there"));
}

static void check_field(struct act *a, const struct gather *g, const struct redact_ask *in,
	const char *id, const char *field, const struct order_record *order)
{
	if (a->rc || g->texts.count || (!in->field && !in->words && in->start == TIME_NONE))
		return;
	if (!order && field && (strcmp(field, REDACT_ITEM) == 0 || strcmp(field, REDACT_FILE) == 0))
		return;
	act_fail(a, ERR_NOT_FOUND, _("%s has no text “%s”; it has: %s"), id,
		in->field ? in->field : "", g->fields.len ? buf_str(&g->fields) : "-");
}

/* What is no record may be the number of an order. */
static const struct order_record *order_instead(struct act *a, const char *number)
{
	const enum err_code was = a->rc;
	struct err *const told = a->err;
	const struct err before = *told;
	const struct order_record *o;

	a->rc = ERR_OK;
	o = redact_order_find(a, NULL, number);
	if (o)
		*told = (struct err){ERR_OK, ""};
	else if (a->rc == ERR_NOT_FOUND && was == ERR_USAGE)
		a->rc = err_set(told, ERR_USAGE,
			_("“%s” is no id of a record and no number of an order"), number);
	else if (a->rc == ERR_NOT_FOUND) {
		a->rc = was;
		*told = before;
	}
	return o;
}

/* A record by its id, else an order by its number; NULL: it is no order. */
static const struct order_record *find_subject(
	struct act *a, const struct redact_ask *in, char id[REDACT_ID_SIZE])
{
	const struct order_record *o = NULL;
	char record[IDS_SIZE] = "";

	id[0] = '\0';
	if (a->rc)
		return NULL;
	if (in->hotline)
		o = redact_order_find(a, in->hotline, in->subject);
	else
		act_record_named(a, in->subject, true, record);
	if (!in->hotline && (a->rc == ERR_NOT_FOUND || a->rc == ERR_USAGE))
		o = order_instead(a, in->subject);
	snprintf(id, REDACT_ID_SIZE, "%s", o ? o->number : record);
	return o;
}

/* What is to be erased, as the event will name it. */
static void find_texts(struct act *a, struct redact_ask *ask, struct gather *g, const char *id,
	const struct order_record *order, int64_t span[2])
{
	const struct named_text *texts;

	if (!order && is_type(id, IDS_ITEM))
		ask->field = REDACT_ITEM;
	gather(a, g, id, ask, order);
	check_field(a, g, ask, id, ask->field, order);
	if (!order && ask->field && strcmp(ask->field, REDACT_FILE) == 0 && !redact_has_file(id))
		act_fail(a, ERR_USAGE, _("only evidence and cases have files"));
	if (a->rc || (!ask->words && ask->start == TIME_NONE))
		return;
	choose_text(a, g, ask, &span[0], &span[1]);
	texts = g->texts.items;
	if (!a->rc && order)
		ask->field = texts[0].field;
}

enum err_code office_redact_ask(struct office *o, const struct redact_ask *in,
	char id[REDACT_ID_SIZE], int64_t *seq, struct redact_counts *counts, struct err *e)
{
	struct redact_ask ask = *in;
	const struct order_record *order;
	int64_t span[2] = {TIME_NONE, TIME_NONE};
	struct gather g;
	struct hash head;
	struct act a;

	act_begin(
		&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN, _("ask for an erasure"), e);
	check_ask(&a, in);
	order = find_subject(&a, in, id);
	find_texts(&a, &ask, &g, id, order, span);
	put_ask(&a, &ask, &g, span[0], span[1], id, order);
	if (!a.rc)
		a.rc = events_head(a.db, seq, &head, a.err);
	count_asked(&a, *seq, counts);
	buf_fini(&g.fields);
	return act_end(&a);
}
