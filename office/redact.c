/*
 * redact.c - asking for an erasure, and doing it.
 */
#include "office/redact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "base/path.h"
#include "ledger/alerts.h"
#include "ledger/erase.h"
#include "ledger/items.h"
#include "ledger/list.h"
#include "ledger/outbox.h"
#include "ledger/search.h"
#include "ledger/texts.h"
#include "office/act.h"
#include "office/ingest.h"
#include "office/notices.h"
#include "office/record_named.h"
#include "office/redact_files.h"
#include "office/restore.h"
#include "office/typed.h"

#define PENDING "state/erase.pending"
#define LIST "redacted.jsonl"
#define FIELD_ITEM "item"
#define FIELD_FILE "file"

void redact_counts_init(struct redact_counts *c)
{
	memset(c, 0, sizeof *c);
	buf_init(&c->evidence, 1 << 20);
}

void redact_counts_fini(struct redact_counts *c)
{
	buf_fini(&c->evidence);
}

/* --- which texts a record has --- */

struct named_text {
	const char *field, *digest; /* the digest as its event has it */
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

static void gather(struct act *a, struct gather *g, const char *id, const char *field)
{
	bool item = field && strcmp(field, FIELD_ITEM) == 0;

	memset(g, 0, sizeof *g);
	g->a = a;
	g->field = item ? NULL : field;
	list_init(&g->texts, a->arena, sizeof(struct named_text));
	buf_init(&g->fields, 65536);
	if (item)
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

/* Evidence, and a case: what it was opened on is kept beside (DESIGN §5.4). */
static bool has_file(const char *id)
{
	return is_type(id, IDS_EVIDENCE) || is_type(id, IDS_CASE);
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
	int64_t start, int64_t end, const char *id)
{
	const struct named_text *texts = g->texts.items;
	struct json_writer w;
	struct buf b;

	buf_init(&b, EVENTS_PAYLOAD_MAX / 2);
	json_writer_init(&w, &b);
	json_begin_array(&w);
	for (size_t i = 0; i < g->texts.count; i++)
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
	act_append(a, "redaction.asked/1", id);
	buf_fini(&b);
}

/* --- what is to go --- */

struct plan {
	struct act *a;
	const struct redaction *r;
	struct list texts; /* struct erase_text: named and found, current ones */
	struct list words; /* const char *: to be looked for everywhere */
	struct list items; /* int64_t: to be blanked whole */
	struct redact_counts *counts;
};

static bool add_word(struct plan *p, const char *word)
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

static bool add_text(struct plan *p, const char *digest, const char *body)
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
static const char *words_of_text(struct plan *p, const char *body, bool *whole)
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

static void plan_text(struct plan *p, const char *digest)
{
	struct act *a = p->a;
	const char *body = NULL, *words;
	bool whole = false;
	size_t least;

	if (!a->rc)
		a->rc = texts_follow(a->db, &digest, a->arena, &body, a->err);
	if (a->rc || !body || strcmp(body, ERASE_MARK) == 0)
		return;
	words = words_of_text(p, body, &whole);
	if (!words || !add_text(p, arena_strdup(a->arena, digest), body)) {
		a->rc = err_nomem(a->err);
		return;
	}
	least = whole ? REDACT_FIELD_MIN : REDACT_SPAN_MIN;
	/* One address is the beginning of others: it is not looked for. */
	if (p->r->only_here || (whole && strstr(words, "://")))
		return;
	if (utf8_count(words, strlen(words)) < least)
		p->counts->unlooked++;
	else if (!add_word(p, words))
		a->rc = err_nomem(a->err);
}

static void plan_digests(struct plan *p)
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

static void plan_found(struct plan *p)
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

static void plan_item(struct plan *p, int64_t item)
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
static void plan_items(struct plan *p)
{
	struct db_rows q = DB_ROWS_NONE;
	struct act *a = p->a;
	struct list l;
	struct ids in;

	list_init(&l, a->arena, sizeof(int64_t));
	if (a->rc || p->r->only_here)
		return;
	if (strcmp(p->r->field, FIELD_ITEM) == 0 && ids_parse(p->r->subject, &in))
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

static void make_plan(
	struct plan *p, struct act *a, const struct redaction *r, struct redact_counts *counts)
{
	*p = (struct plan){.a = a, .r = r, .counts = counts};
	list_init(&p->texts, a->arena, sizeof(struct erase_text));
	list_init(&p->words, a->arena, sizeof(char *));
	list_init(&p->items, a->arena, sizeof(int64_t));
	counts->unlooked = 0;
	if (a->rc)
		return;
	plan_digests(p);
	plan_items(p);
	plan_found(p);
	counts->texts = (int64_t)p->texts.count;
}

/* --- asking, on --- */

static void count_asked(struct act *a, int64_t seq, struct redact_counts *counts)
{
	struct redaction r;
	struct plan p;

	if (!a->rc)
		a->rc = redactions_get(a->db, seq, a->arena, &r, a->err);
	make_plan(&p, a, &r, counts);
	for (size_t i = 0; !a->rc && i < p.words.count; i++)
		a->rc = db_get_int(a->db, ST_ITEM_HOLDING_COUNT,
			DB_ARGS(DB_TEXT(((const char **)p.words.items)[i])), &counts->items,
			a->err);
	if (!a->rc && counts->items < (int64_t)p.items.count)
		counts->items = (int64_t)p.items.count;
	if (!a->rc && !counts->texts && !counts->items && strcmp(r.field, FIELD_FILE) != 0)
		act_fail(a, ERR_REFUSED, _("nothing is left to erase there"));
}

static void check_field(struct act *a, const struct gather *g, const struct redact_ask *in,
	const char *id, const char *field)
{
	if (a->rc || g->texts.count || (!in->field && !in->words && in->start == TIME_NONE))
		return;
	if (field && (strcmp(field, FIELD_ITEM) == 0 || strcmp(field, FIELD_FILE) == 0))
		return;
	act_fail(a, ERR_NOT_FOUND, _("%s has no text “%s”; it has: %s"), id,
		in->field ? in->field : "", g->fields.len ? buf_str(&g->fields) : "-");
}

enum err_code office_redact_ask(struct office *o, const struct redact_ask *in, char id[IDS_SIZE],
	int64_t *seq, struct redact_counts *counts, struct err *e)
{
	struct redact_ask ask = *in;
	struct gather g;
	struct hash head;
	struct act a;
	int64_t start = TIME_NONE, end = TIME_NONE;

	act_begin(
		&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN, _("ask for an erasure"), e);
	check_ask(&a, in);
	act_record_named(&a, in->subject, true, id);
	if (is_type(id, IDS_ITEM))
		ask.field = FIELD_ITEM;
	gather(&a, &g, id, ask.field);
	check_field(&a, &g, in, id, ask.field);
	if (ask.field && strcmp(ask.field, FIELD_FILE) == 0 && !has_file(id))
		act_fail(&a, ERR_USAGE, _("only evidence and cases have files"));
	if (!a.rc && (in->words || in->start != TIME_NONE))
		choose_text(&a, &g, in, &start, &end);
	put_ask(&a, &ask, &g, start, end, id);
	if (!a.rc)
		a.rc = events_head(a.db, seq, &head, a.err);
	count_asked(&a, *seq, counts);
	buf_fini(&g.fields);
	return act_end(&a);
}

/* --- doing it --- */

/* The text without the words: the mark stands for each. */
static void add_without(struct buf *out, const char *body, const struct plan *p)
{
	while (*body) {
		size_t hit = 0;
		for (size_t i = 0; i < p->words.count; i++) {
			const char *w = ((const char **)p->words.items)[i];
			size_t n = strlen(w);
			if (n > hit && strncmp(body, w, n) == 0)
				hit = n;
		}
		if (hit)
			buf_add_str(out, ERASE_MARK);
		else
			buf_add_char(out, *body);
		body += hit ? hit : 1;
	}
}

/* A named text whose words are looked for nowhere else. */
static void add_without_span(struct buf *out, const char *body, const struct redaction *r)
{
	size_t n = strlen(body), from = 0, to = n;

	if (r->span_start != TIME_NONE) {
		from = utf8_offset(body, n, (size_t)r->span_start);
		to = utf8_offset(body, n, (size_t)r->span_end);
	}
	buf_add(out, body, from);
	buf_add_str(out, ERASE_MARK);
	buf_add(out, body + to, n - to);
}

static void erase_text(struct plan *p, const struct erase_text *t, bool named)
{
	struct act *a = p->a;
	struct buf b;

	if (a->rc)
		return;
	buf_init(&b, 2 * TEXTS_BODY_MAX);
	if (named && (p->r->span_start == TIME_NONE || !p->words.count))
		add_without_span(&b, t->body, p->r);
	else
		add_without(&b, t->body, p);
	a->rc = buf_check(&b, N_("a text"), a->err);
	act_event(a);
	act_int(a, "ask", p->r->seq);
	act_str(a, "digest", t->digest);
	act_text(a, "replacement_text", buf_str(&b));
	act_append(a, "text.erased/1", p->r->subject);
	if (!a->rc)
		a->rc = texts_erase(a->db, t->digest, a->err);
	buf_fini(&b);
}

static void carry_out(struct plan *p, size_t named)
{
	struct redact_counts *c = p->counts;
	struct act *a = p->a;

	for (size_t i = 0; i < p->texts.count; i++)
		erase_text(p, (const struct erase_text *)p->texts.items + i, i < named);
	c->items = c->orders = 0;
	for (size_t i = 0; !a->rc && i < p->items.count; i++) {
		a->rc = erase_item(a->db, ((int64_t *)p->items.items)[i], a->now, a->err);
		c->items++;
	}
	for (size_t i = 0; !a->rc && i < p->words.count; i++)
		a->rc = erase_words(a->db, ((const char **)p->words.items)[i], a->now, a->arena,
			&c->items, &c->orders, a->err);
	if (!a->rc)
		a->rc = search_forget_all(a->db, a->err);
	if (!a->rc)
		a->rc = outbox_forget_words(a->db, a->err);
	act_event(a);
	act_int(a, "ask", p->r->seq);
	act_int(a, "texts", c->texts);
	act_int(a, "items", c->items);
	act_int(a, "records", c->records);
	act_append(a, "redaction.done/1", p->r->subject);
}

/* How many of the plan's texts the ask itself names: they come first. */
static size_t count_named(struct act *a, const struct redaction *r)
{
	struct redact_counts none;
	struct plan p = {.a = a, .r = r, .counts = &none};

	memset(&none, 0, sizeof none);
	list_init(&p.texts, a->arena, sizeof(struct erase_text));
	list_init(&p.words, a->arena, sizeof(char *));
	if (!a->rc)
		plan_digests(&p);
	return p.texts.count;
}

static void begin_end(struct act *a, struct office *o, int64_t seq, bool personal, const char *what,
	struct redaction *r, struct err *e)
{
	if (personal)
		act_begin_personal(a, o, PEOPLE_SUPERVISOR | PEOPLE_ADMIN, what, e);
	else
		act_begin(a, o, PEOPLE_SUPERVISOR | PEOPLE_ADMIN, what, e);
	if (!a->rc)
		a->rc = redactions_get(a->db, seq, a->arena, r, a->err);
	if (!a->rc && strcmp(r->state, "asked") != 0)
		act_fail(a, ERR_REFUSED, _("erasure %lld was %s by %s already"), (long long)seq,
			strcmp(r->state, "done") == 0 ? _("done") : _("refused"), r->done_name);
	if (!a->rc && personal && strcmp(r->asked_by, a->key) == 0)
		act_fail(a, ERR_DENIED, _("%s asked for erasure %lld; another person confirms it"),
			r->asked_name, (long long)seq);
}

/* Files first: if it is cut short, the ledger still knows the words, and the person
 * confirms again. Looks and lets the ledger go while files are read. */
static enum err_code look_first(struct office *o, int64_t seq, struct redact_counts *counts,
	void (*progress)(void *data, size_t done, size_t total), void *data, struct err *e)
{
	struct redaction r;
	struct plan p;
	struct act a;
	enum err_code rc;

	begin_end(&a, o, seq, true, _("erase"), &r, e);
	if (!a.rc)
		make_plan(&p, &a, &r, counts);
	db_rollback(a.db);
	if (!a.rc && p.words.count)
		a.rc = redact_files(o, p.words.items, p.words.count, counts, progress, data, a.err);
	if (!a.rc && has_file(r.subject) && (!r.field[0] || strcmp(r.field, FIELD_FILE) == 0))
		a.rc = redact_evidence_file(o, r.subject, counts, a.err);
	rc = a.rc;
	act_leave(&a);
	return rc;
}

static enum err_code erase_in_ledger(struct office *o, int64_t seq, char id[IDS_SIZE],
	struct redact_counts *counts, struct err *e)
{
	struct redaction r;
	struct plan p;
	struct act a;
	size_t named;

	begin_end(&a, o, seq, true, _("erase"), &r, e);
	named = count_named(&a, &r);
	if (!a.rc) {
		make_plan(&p, &a, &r, counts);
		snprintf(id, IDS_SIZE, "%s", r.subject);
		carry_out(&p, named);
	}
	return act_end(&a);
}

static enum err_code write_list(struct office *o, struct err *e)
{
	char *path = office_path(o, LIST);
	enum err_code rc = path ? redact_write_list(o, path, e) : err_nomem(e);

	free(path);
	return rc;
}

static enum err_code count_retired(struct office *o, struct redact_counts *counts, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct list l;
	enum err_code rc;

	list_init(&l, a, sizeof(char *));
	rc = a ? restore_retired(o, &l, e) : err_nomem(e);
	counts->retired = (int64_t)l.count;
	arena_free(a);
	return rc;
}

static enum err_code mark_pending(struct office *o, struct err *e)
{
	char *path = office_path(o, PENDING);
	enum err_code rc = path ? path_write_atomic(path, "", 0, 0660, e) : err_nomem(e);

	free(path);
	return rc;
}

enum err_code office_redact_settle(struct office *o, struct err *e)
{
	char *path = office_path(o, PENDING);
	bool whole = false;
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	if (!rc && path_exists(path)) {
		rc = write_list(o, e);
		if (!rc)
			rc = db_empty_log(o->db, &whole, e);
		if (!rc && whole)
			(void)unlink(path);
	}
	free(path);
	return rc;
}

static bool is_pending(struct office *o)
{
	char *path = office_path(o, PENDING);
	bool is = path && path_exists(path);

	free(path);
	return is;
}

enum err_code office_redact_confirm(struct office *o, int64_t seq, char id[IDS_SIZE],
	struct redact_counts *counts, void (*progress)(void *data, size_t done, size_t total),
	void *data, struct err *e)
{
	int lock = -1;
	enum err_code rc = ingest_lock(o, &lock, e);

	if (!rc)
		rc = look_first(o, seq, counts, progress, data, e);
	if (!rc)
		rc = mark_pending(o, e);
	if (!rc)
		rc = db_overwrite_deleted(o->db, e);
	if (!rc)
		rc = erase_in_ledger(o, seq, id, counts, e);
	if (!rc)
		rc = office_notices_write_anew(o, e);
	if (!rc)
		rc = ingest_write_wanted(o, false, e);
	if (lock >= 0)
		close(lock);
	if (!rc)
		rc = office_redact_settle(o, e);
	if (!rc)
		rc = count_retired(o, counts, e);
	counts->in_log = !rc && is_pending(o);
	return rc;
}

enum err_code office_redact_refuse(
	struct office *o, int64_t seq, const char *reason, char id[IDS_SIZE], struct err *e)
{
	struct redaction r;
	struct act a;

	begin_end(&a, o, seq, false, _("refuse an erasure"), &r, e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("say why: --reason"));
	act_event(&a);
	act_int(&a, "ask", seq);
	act_text(&a, "reason_text", reason);
	if (!a.rc)
		snprintf(id, IDS_SIZE, "%s", r.subject);
	act_append(&a, "redaction.refused/1", id);
	return act_end(&a);
}
