/*
 * redact.c - doing an erasure that was asked for, or refusing it.
 */
#include "office/redact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ledger/erase.h"
#include "ledger/outbox.h"
#include "ledger/search.h"
#include "ledger/texts.h"
#include "office/notices.h"
#include "office/redact_files.h"
#include "office/redact_plan.h"
#include "office/restore.h"
#include "office/typed.h"

#define PENDING "state/erase.pending"
#define LIST "redacted.jsonl"

void redact_counts_init(struct redact_counts *c)
{
	memset(c, 0, sizeof *c);
	buf_init(&c->evidence, 1 << 20);
}

void redact_counts_fini(struct redact_counts *c)
{
	buf_fini(&c->evidence);
}

/* --- doing it --- */

/* The text without the words: the mark stands for each. */
static void add_without(struct buf *out, const char *body, const struct redact_plan *p)
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

static void erase_text(struct redact_plan *p, const struct erase_text *t, bool named)
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

/* Before the words are looked for everywhere: it would hold them no more. */
static void erase_named_order(struct redact_plan *p)
{
	const char *const *words = p->order_words.items;
	const struct order_record *o = p->of.order;
	struct act *a = p->a;

	if (a->rc || !o)
		return;
	/* One that was purged does not come back with a file that is read again. */
	if (redact_plan_whole_order(p) || p->of.gone)
		a->rc = erase_order(a->db, o->source, o->number, a->now, a->err);
	for (size_t i = 0; !a->rc && i < p->order_words.count; i++)
		a->rc = erase_order_words(a->db, o->source, o->number, words[i], a->now, a->err);
	p->counts->orders += p->order_words.count > 0;
}

static void carry_out(struct redact_plan *p)
{
	struct redact_counts *c = p->counts;
	struct act *a = p->a;

	for (size_t i = 0; i < p->texts.count; i++)
		erase_text(p, (const struct erase_text *)p->texts.items + i, i < p->named);
	c->items = c->orders = 0;
	erase_named_order(p);
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
	struct redact_plan p;
	struct act a;
	enum err_code rc;

	begin_end(&a, o, seq, true, _("erase"), &r, e);
	if (!a.rc)
		redact_plan_make(&p, &a, &r, counts);
	db_rollback(a.db);
	if (!a.rc && p.words.count)
		a.rc = redact_files(o, p.words.items, p.words.count, counts, progress, data, a.err);
	if (!a.rc && !p.of.order && redact_has_file(r.subject) &&
		(!r.field[0] || strcmp(r.field, REDACT_FILE) == 0))
		a.rc = redact_evidence_file(o, r.subject, counts, a.err);
	rc = a.rc;
	act_leave(&a);
	return rc;
}

static enum err_code erase_in_ledger(struct office *o, int64_t seq, char id[REDACT_ID_SIZE],
	struct redact_counts *counts, struct err *e)
{
	struct redaction r;
	struct redact_plan p;
	struct act a;

	begin_end(&a, o, seq, true, _("erase"), &r, e);
	if (!a.rc) {
		redact_plan_make(&p, &a, &r, counts);
		snprintf(id, REDACT_ID_SIZE, "%s", r.subject);
		carry_out(&p);
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

enum err_code office_redact_confirm(struct office *o, int64_t seq, char id[REDACT_ID_SIZE],
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
	struct office *o, int64_t seq, const char *reason, char id[REDACT_ID_SIZE], struct err *e)
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
		snprintf(id, REDACT_ID_SIZE, "%s", r.subject);
	act_append(&a, "redaction.refused/1", id);
	return act_end(&a);
}
