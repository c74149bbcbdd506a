/*
 * act.c - beginning, writing and ending an act.
 */
#include "office/act.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "base/utf8.h"
#include "ledger/commitments.h"
#include "ledger/records.h"
#include "ledger/texts.h"
#include "office/by_whom.h"
#include "office/refusal.h"
#include "office/typed.h"

#define ACT_MEMORY ((size_t)64 << 20)

/* The one role an act is done in: the first that both the act and the person have. */
static enum people_role choose_role(unsigned both)
{
	unsigned bit = 1;

	while (bit < PEOPLE_SYSTEM && !(both & bit))
		bit <<= 1;
	return (enum people_role)bit;
}

static void prepare(struct act *a, struct office *o, struct err *e)
{
	struct time_civil civil;

	memset(a, 0, sizeof *a);
	a->office = o;
	a->db = o->db;
	a->err = e;
	a->now = office_now(o);
	time_to_civil(a->now, o->settings.zone, &civil);
	a->year = civil.year;
	calendar_date_of(a->now, o->settings.zone, a->today);
	buf_init(&a->payload, EVENTS_PAYLOAD_MAX);
	a->arena = arena_new(ACT_MEMORY);
	if (!a->arena)
		a->rc = err_nomem(e);
}

static void begin(struct act *a, unsigned roles)
{
	if (a->rc)
		return;
	a->role = choose_role(a->office->person.roles & roles);
	a->key = people_key(&a->office->person);
	if (!a->key)
		a->rc = err_nomem(a->err);
	if (!a->rc)
		a->rc = by_whom_resolve(a->office, a->today, a->err);
	if (!a->rc)
		a->rc = db_begin_write(a->db, a->err);
}

void act_begin(struct act *a, struct office *o, unsigned roles, const char *what, struct err *e)
{
	prepare(a, o, e);
	if (!a->rc)
		a->rc = people_require(&o->person, roles, what, e);
	begin(a, roles);
}

void act_begin_personal(
	struct act *a, struct office *o, unsigned roles, const char *what, struct err *e)
{
	prepare(a, o, e);
	if (!a->rc)
		a->rc = people_require_personal(&o->person, roles, what, e);
	begin(a, roles);
}

void act_begin_system(struct act *a, struct office *o, bool in_transaction, struct err *e)
{
	prepare(a, o, e);
	a->system = true;
	a->role = PEOPLE_SYSTEM;
	if (!a->rc && !in_transaction)
		a->rc = db_begin_write(a->db, e);
}

void act_subject(struct act *a, const char *id)
{
	if (!a->rc)
		snprintf(a->subject, sizeof a->subject, "%s", id);
}

enum err_code act_leave(struct act *a)
{
	buf_fini(&a->payload);
	arena_free(a->arena);
	free(a->key);
	return a->rc;
}

static enum err_code version_now(struct act *a, const char *id, int64_t *out)
{
	struct commitment_record p;
	struct case_record c;
	struct ids parsed;
	enum err_code rc = ERR_OK;

	if (!ids_parse(id, &parsed))
		return ERR_OK;
	if (parsed.type == IDS_CASE && !(rc = cases_get(a->db, id, a->arena, &c, a->err)))
		*out = c.version;
	if (parsed.type == IDS_COMMITMENT &&
		!(rc = commitments_get(a->db, id, a->arena, &p, a->err)))
		*out = p.version;
	return rc;
}

/* Who had seen how things were has also seen what he did himself. now[i] 0: nothing to note. */
static void read_own_changes(struct act *a, int64_t now[2])
{
	const struct office_memory *m = a->office->memory;

	for (int i = 0; i < 2; i++) {
		now[i] = 0;
		if (!a->rc && m && *a->touched[i].id &&
			m->recall(m->data, a->touched[i].id) == a->touched[i].version)
			a->rc = version_now(a, a->touched[i].id, &now[i]);
	}
}

static void note_own_changes(const struct act *a, const int64_t now[2])
{
	const struct office_memory *m = a->office->memory;

	struct office_shown list[2];
	size_t n = 0;

	for (int i = 0; i < 2; i++)
		if (now[i])
			list[n++] = (struct office_shown){a->touched[i].id, now[i]};
	if (!a->rc && n)
		m->note(m->data, list, n);
}

enum err_code act_end(struct act *a)
{
	int64_t now[2];

	if (!a->rc && arena_failed(a->arena))
		a->rc = err_nomem(a->err);
	read_own_changes(a, now);
	if (!a->rc)
		a->rc = db_commit(a->db, a->err);
	note_own_changes(a, now);
	db_rollback(a->db);
	if (a->rc == ERR_DENIED && !a->system)
		refusal_record(a->office, a->subject, a->err->text);
	return act_leave(a);
}

void act_fail(struct act *a, enum err_code code, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	if (a->rc)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	a->rc = err_set(a->err, code, "%s", text);
}

void act_event(struct act *a)
{
	buf_clear(&a->payload);
	json_writer_init(&a->w, &a->payload);
	json_begin_object(&a->w);
}

void act_str(struct act *a, const char *key, const char *value)
{
	if (!a->rc && value && *value)
		json_put_str(&a->w, key, value);
}

void act_str_always(struct act *a, const char *key, const char *value)
{
	if (!a->rc)
		json_put_str(&a->w, key, value ? value : "");
}

void act_int(struct act *a, const char *key, int64_t value)
{
	if (!a->rc && value != TIME_NONE)
		json_put_int(&a->w, key, value);
}

void act_text(struct act *a, const char *key, const char *words)
{
	char digest[HASH_HEX_SIZE];

	if (a->rc || typed_is_blank(words))
		return;
	if (!utf8_is_valid(words, strlen(words))) {
		act_fail(a, ERR_INPUT, _("the text is not valid UTF-8"));
		return;
	}
	a->rc = texts_put(a->db, words, strlen(words), digest, a->err);
	if (!a->rc)
		json_put_str(&a->w, key, digest);
}

void act_append(struct act *a, const char *kind, const char *subject)
{
	if (a->rc)
		return;
	json_end_object(&a->w);
	a->rc = buf_check(&a->payload, _("an event"), a->err);
	if (a->rc)
		return;
	if (a->system)
		a->rc = office_append_system(
			a->office, kind, subject, buf_str(&a->payload), NULL, a->err);
	else
		a->rc = office_append(
			a->office, a->role, kind, subject, buf_str(&a->payload), NULL, a->err);
}

void act_new_id(struct act *a, enum ids_type type, char id[IDS_SIZE])
{
	int64_t number = 0;

	if (a->rc)
		return;
	a->rc = records_next(a->db, type, a->year, &number, id, a->err);
	act_int(a, "year", a->year);
	act_int(a, "number", number);
}

const char *act_when(struct act *a, int64_t t)
{
	char text[TIME_TEXT_SIZE];
	const char *kept;

	if (t == TIME_NONE)
		return "-";
	time_format_local(t, a->office->settings.zone, text);
	kept = arena_strdup(a->arena, text);
	return kept ? kept : "-";
}

/* The version that the person looked at; 0: not known. */
static int64_t seen_of(const struct act *a, const char *id)
{
	const struct office_memory *m = a->office->memory;

	if (a->office->seen || !m || !a->office->overwrites)
		return a->office->seen;
	return m->recall(m->data, id);
}

static void touch(struct act *a, int which, const char *id, int64_t version)
{
	snprintf(a->touched[which].id, sizeof a->touched[which].id, "%s", id);
	a->touched[which].version = version;
}

void act_case(struct act *a, const char *typed, bool check, struct case_record *c)
{
	char id[IDS_SIZE];
	int64_t seen;

	memset(c, 0, sizeof *c);
	if (!a->rc)
		a->rc = records_find(a->db, IDS_CASE, typed, id, a->err);
	if (!a->rc)
		a->rc = cases_get(a->db, id, a->arena, c, a->err);
	act_subject(a, id);
	if (a->rc)
		return;
	touch(a, 0, id, c->version);
	seen = check ? seen_of(a, id) : 0;
	if (seen && seen != c->version)
		act_fail(a, ERR_REFUSED,
			_("%s changed meanwhile: %s by %s at %s (version %lld, you saw %lld); look "
			  "again"),
			c->id, c->changed_kind, c->changed_name, act_when(a, c->changed_at),
			(long long)c->version, (long long)seen);
}

void act_need_seen(struct act *a, const char *id, int64_t version)
{
	int64_t seen = a->rc ? 0 : seen_of(a, id);

	if (!a->rc)
		touch(a, 1, id, version);
	if (!a->rc && seen && seen != version)
		act_fail(a, ERR_REFUSED,
			_("%s changed meanwhile (version %lld, you saw %lld); look again"), id,
			(long long)version, (long long)seen);
}

void act_response(struct act *a, const char *typed, struct response_record *r)
{
	char id[IDS_SIZE];

	memset(r, 0, sizeof *r);
	if (!a->rc)
		a->rc = records_find(a->db, IDS_RESPONSE, typed, id, a->err);
	if (!a->rc)
		a->rc = responses_get(a->db, id, a->arena, r, a->err);
	act_subject(a, id);
}

void act_need_open(struct act *a, const struct case_record *c, bool finished_too)
{
	if (a->rc)
		return;
	if (strcmp(c->state, "closed") == 0)
		act_fail(a, ERR_REFUSED, _("%s was closed (销号) by %s at %s"), c->id,
			c->closed_name, act_when(a, c->closed_at));
	else if (finished_too && strcmp(c->state, "finished") == 0)
		act_fail(a, ERR_REFUSED, _("%s was finished (办结) by %s at %s"), c->id,
			c->finished_name, act_when(a, c->finished_at));
}
