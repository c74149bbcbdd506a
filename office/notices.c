/*
 * notices.c - one turn of telling people, and what people say to it.
 */
#include "office/notices.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/records.h"
#include "office/due.h"
#include "office/notices_private.h"

#define DIGEST_AHEAD 86400
#define CLOCK_SLACK 300 /* made later than that from now: the clock was set back since */
#define MEMORY ((size_t)16 << 20)

bool notices_add_to(struct notices *n, const struct notice *what, int64_t stage, const char *target)
{
	struct act *a = n->act;
	struct outbox_new row = {
		.target = target,
		.kind = what->kind,
		.subject = what->subject,
		.occasion = what->occasion,
		.title = what->title,
		.body = what->body,
		.stage = stage,
		.made_at = a->now,
		.next_at =
			notify_rules_when(n->rules, what->urgent, a->now, a->office->settings.zone),
		.urgent = what->urgent,
		.ack = what->ack,
	};
	bool added = false;

	row.expires = row.next_at + NOTICE_LIFE;
	if (!a->rc && arena_failed(a->arena))
		a->rc = err_nomem(a->err);
	if (!a->rc && row.target)
		a->rc = outbox_add(a->db, &row, &added, a->err);
	n->done->made += added;
	return added;
}

bool notices_add(struct notices *n, const struct notice *what, int64_t stage)
{
	return notices_add_to(n, what, stage, notify_rules_target(n->rules, stage, n->act->today));
}

/* --- the next one in line --- */

static void run(struct act *a, enum statement id, const struct db_value *args, size_t n)
{
	if (!a->rc)
		a->rc = db_run(a->db, id, args, n, a->err);
}

/* A stage without anybody is passed over. */
static void escalate(struct notices *n, const struct outbox_row *row)
{
	struct act *a = n->act;
	int64_t stage = row->stage + 1;

	while (stage <= NOTIFY_STAGES && !notify_rules_target(n->rules, stage, a->today))
		stage++;
	notices_add(n,
		&(struct notice){row->kind, row->subject,
			arena_printf(a->arena, "N%lld", (long long)row->id), row->title, row->body,
			row->urgent, row->ack},
		stage);
	run(a, ST_OUTBOX_ESCALATED, DB_ARGS(DB_INT(row->id)));
}

static void escalate_all(struct notices *n)
{
	struct act *a = n->act;
	struct outbox_row *rows = NULL;
	size_t count = 0;

	run(a, ST_OUTBOX_SELF_ACK, DB_ARGS(DB_INT(a->now)));
	if (!a->rc)
		a->rc = outbox_rows(a->db, ST_OUTBOX_TO_ESCALATE,
			DB_ARGS(DB_INT(a->now - n->rules->ack_within + NOTICE_LIFE),
				DB_INT(a->now + CLOCK_SLACK)),
			a->arena, &rows, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		escalate(n, &rows[i]);
}

/* What waited too long, in quiet hours or behind refusals. */
static void expire(struct notices *n)
{
	struct act *a = n->act;
	struct outbox_row *rows = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = outbox_rows(a->db, ST_OUTBOX_EXPIRED, DB_ARGS(DB_INT(a->now)), a->arena,
			&rows, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		notices_give_up(n, &rows[i], "failed",
			*rows[i].error ? rows[i].error : _("it was too late to be sent"));
}

/* What was made before the quiet hours and is handed over in them, since the program slept,
 * waits for their end too. */
static void hold(struct notices *n)
{
	struct act *a = n->act;
	int64_t until;

	if (notify_rules_is_quiet(n->rules, a->now, a->office->settings.zone, &until))
		run(a, ST_OUTBOX_HOLD, DB_ARGS(DB_INT(until), DB_INT(until + NOTICE_LIFE)));
}

static void hand_over(struct notices *n)
{
	struct act *a = n->act;

	hold(n);
	run(a, ST_OUTBOX_HAND, DB_ARGS(DB_INT(a->now), DB_INT(a->now + CLOCK_SLACK)));
	if (!a->rc)
		n->done->handed = db_changes(a->db);
}

/* --- the turn --- */

static void tell(struct notices *n, const struct due_entry *due, size_t count)
{
	if (!n->rules->stage[1]) {
		notices_skip_events(n);
		return;
	}
	notices_tell_events(n);
	notices_tell_digest(n, due, count);
	notices_tell_alive(n);
}

static enum err_code turn(struct office *o, const struct notify_rules *rules,
	const struct due_entry *due, size_t count, struct notices_done *done, struct err *e)
{
	struct act a;
	struct notices n = {
		.act = &a, .rules = rules, .done = done, .dir = office_path(o, "outbox")};
	enum err_code rc;

	act_begin_system(&a, o, false, e);
	if (!a.rc && !n.dir)
		a.rc = err_nomem(e);
	notices_read_receipts(&n);
	tell(&n, due, count);
	expire(&n);
	escalate_all(&n);
	hand_over(&n);
	rc = act_end(&a);
	if (!rc)
		rc = notices_drop_receipts(&n, e);
	free(n.dir);
	return rc;
}

static enum err_code all_of_it(struct office *o, const struct notify_rules *rules, struct arena *a,
	struct notices_done *out, struct err *e)
{
	struct due_entry *due = NULL;
	size_t count = 0;
	enum err_code rc = ERR_OK;

	if (rules->stage[1] && rules->digest.count)
		rc = office_due(o, office_now(o) + DIGEST_AHEAD, a, &due, &count, e);
	if (!rc)
		rc = turn(o, rules, due, count, out, e);
	return rc ? rc : notices_write_files(o, out, e);
}

/* One turn at a time: a second one could write a file again that the sender has just taken
 * and whose receipt the first has just read. *busy: another one is at it. */
static enum err_code lock_file(const char *path, bool *busy, int *fd, struct err *e)
{
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
	if (*fd < 0)
		return err_errno(e, errno, _("cannot open %s"), path);
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return ERR_OK;
	*busy = errno == EWOULDBLOCK;
	return *busy ? ERR_OK : err_errno(e, errno, _("cannot lock %s"), path);
}

/* Where nobody was ever told of anything there is nothing to lock. */
static enum err_code lock(
	struct office *o, const struct notify_rules *rules, bool *busy, int *fd, struct err *e)
{
	char *dir = office_path(o, "outbox"), *path = office_path(o, "outbox/.turn");
	enum err_code rc = dir && path ? ERR_OK : err_nomem(e);

	if (!rc && rules->stage[1])
		rc = path_make_dirs(dir, 02770, e);
	if (!rc && path_exists(dir))
		rc = lock_file(path, busy, fd, e);
	free(dir);
	free(path);
	return rc;
}

enum err_code office_notices(struct office *o, struct notices_done *out, struct err *e)
{
	struct arena *a = arena_new(MEMORY);
	struct notify_rules rules;
	char today[11];
	bool busy = false;
	int fd = -1;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	calendar_date_of(office_now(o), o->settings.zone, today);
	rc = a ? notify_rules_load(o->home, today, a, &rules, e) : err_nomem(e);
	if (rc) {
		arena_free(a);
		return rc;
	}
	rc = lock(o, &rules, &busy, &fd, e);
	if (!rc && !busy)
		rc = all_of_it(o, &rules, a, out, e);
	if (fd >= 0)
		close(fd);
	notify_rules_fini(&rules);
	arena_free(a);
	return rc;
}

/* --- what people say --- */

static bool read_number(const char *typed, int64_t *id)
{
	struct str s = str_of(typed);

	if (s.n && (s.p[0] == 'N' || s.p[0] == 'n'))
		s = str_sub(s, 1, s.n);
	return str_to_int(s, 1, INT64_MAX, id);
}

/* What a message is about, as the record calls it: "s12", "A40", "db1" (DESIGN §6.8). */
static const char *subject_of(struct act *a, const char *typed)
{
	struct ids id = {IDS_PLAIN, 0, 0};
	char *out = arena_alloc(a->arena, IDS_SIZE);
	struct alert alert;

	if (!a->rc && !out)
		a->rc = err_nomem(a->err);
	if (a->rc || !ids_parse(typed, &id) || id.type == IDS_PLAIN)
		return typed;
	if (id.type == IDS_STORY) {
		ids_format(IDS_STORY, 0, id.number, out);
	} else if (id.type == IDS_ALERT) {
		a->rc = alerts_get(a->db, id.number, a->arena, &alert, a->err);
		ids_format(IDS_STORY, 0, a->rc ? 0 : alert.story, out);
	} else {
		a->rc = records_find(a->db, id.type, typed, out, a->err);
	}
	return out;
}

static void find(struct act *a, const char *typed, struct outbox_row **rows, size_t *count)
{
	int64_t id;

	if (a->rc)
		return;
	if (!read_number(typed, &id))
		typed = subject_of(a, typed);
	if (a->rc)
		return;
	if (read_number(typed, &id))
		a->rc = outbox_rows(
			a->db, ST_OUTBOX_GET, DB_ARGS(DB_INT(id)), a->arena, rows, count, a->err);
	else
		a->rc = outbox_rows(a->db, ST_OUTBOX_OF_SUBJECT, DB_ARGS(DB_TEXT(typed)), a->arena,
			rows, count, a->err);
	if (!a->rc && *count == 0)
		act_fail(a, ERR_NOT_FOUND, _("there is no open message %s"), typed);
}

static void acknowledge(struct act *a, const struct outbox_row *row)
{
	if (row->acked_at != TIME_NONE) {
		act_fail(a, ERR_REFUSED, _("N%lld was acknowledged by %s"), (long long)row->id,
			row->acked_name);
		return;
	}
	run(a, ST_OUTBOX_ACK,
		DB_ARGS(DB_INT(row->id), DB_INT(a->now), DB_TEXT(a->office->person.login)));
	act_event(a);
	act_int(a, "notice", row->id);
	act_append(a, "notice.acknowledged/1", row->subject);
}

enum err_code office_notices_ack(struct office *o, const char *typed, int64_t *count, struct err *e)
{
	struct outbox_row *rows = NULL;
	struct act a;
	size_t n = 0;

	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
		_("acknowledge a message"), e);
	find(&a, typed, &rows, &n);
	for (size_t i = 0; !a.rc && i < n; i++)
		acknowledge(&a, &rows[i]);
	*count = (int64_t)n;
	return act_end(&a);
}

static bool is_bad(const struct outbox_row *row)
{
	return strcmp(row->state, "failed") == 0 || strcmp(row->state, "unknown") == 0;
}

static void renew(struct act *a, const struct outbox_row *row)
{
	run(a, ST_OUTBOX_RENEW,
		DB_ARGS(DB_INT(row->id), DB_INT(a->now), DB_INT(a->now + NOTICE_LIFE)));
	act_event(a);
	act_int(a, "notice", row->id);
	act_str(a, "state", row->state);
	act_append(a, "notice.renewed/1", row->subject);
}

enum err_code office_notices_retry(struct office *o, const char *typed, int64_t *id, struct err *e)
{
	struct outbox_row *rows = NULL;
	struct act a;
	size_t n = 0, bad = 0;

	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN, _("send a message again"),
		e);
	find(&a, typed, &rows, &n);
	while (!a.rc && bad < n && !is_bad(&rows[bad]))
		bad++;
	if (!a.rc && bad == n)
		act_fail(&a, ERR_REFUSED,
			_("N%lld did not fail: only what failed or was perhaps delivered is sent "
			  "again"),
			(long long)rows[0].id);
	if (!a.rc) {
		*id = rows[bad].id;
		renew(&a, &rows[bad]);
	}
	return act_end(&a);
}

static void add_test(struct act *a, const char *target, int64_t *id)
{
	const char *occasion = arena_printf(a->arena, "%lld", (long long)a->now);
	struct outbox_new row = {.target = target,
		.kind = "test",
		.subject = "",
		.occasion = occasion,
		.title = _("a test message of Huiying"),
		.body = _("If you read this, messages reach you. Nothing is to be done."),
		.stage = 1,
		.made_at = a->now,
		.next_at = a->now,
		.expires = a->now + NOTICE_LIFE};
	bool added = false;

	if (!a->rc && !occasion)
		a->rc = err_nomem(a->err);
	if (!a->rc)
		a->rc = outbox_add(a->db, &row, &added, a->err);
	if (!a->rc && !added)
		act_fail(a, ERR_REFUSED, _("%s was sent a test this very second"), target);
	*id = db_last_id(a->db);
}

enum err_code office_notices_test(struct office *o, const char *target, int64_t *id, struct err *e)
{
	struct targets *all = NULL;
	struct act a;
	enum err_code rc = targets_load(o->home, &all, e);

	*id = 0;
	if (rc)
		return rc;
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN, _("send a test"), e);
	if (!a.rc && !targets_find(all, target))
		act_fail(&a, ERR_NOT_FOUND, _("huiying.conf has no [target %s]"), target);
	add_test(&a, target, id);
	rc = act_end(&a);
	targets_free(all);
	return rc;
}
