/*
 * notices_post.c - files for huiying-send, and what its receipts say.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/time.h"
#include "crawler/message.h"
#include "office/notices_private.h"

#define MEMORY ((size_t)16 << 20)

/* Seconds until the next try, by how often it was tried. */
static int64_t pause_after(int64_t tries)
{
	static const int64_t minutes[] = {1, 2, 4, 8, 15};
	size_t last = sizeof minutes / sizeof *minutes - 1;
	size_t i = tries < 1 ? 0 : (size_t)(tries - 1);

	return 60 * minutes[i < last ? i : last];
}

/* --- receipts --- */

static void settle(
	struct act *a, const struct outbox_row *row, const char *state, const char *error)
{
	if (!a->rc)
		a->rc = db_run(a->db, ST_OUTBOX_SETTLE,
			DB_ARGS(DB_INT(row->id), DB_TEXT(state), DB_TEXT(error), DB_INT(a->now)),
			a->err);
}

/* What its last receivers did not get: the others have it. */
static void settle_partly(
	struct act *a, const struct outbox_row *row, const char *error, int64_t gone)
{
	const char *words = error;

	if (!*words && gone)
		words = arena_printf(a->arena,
			n_("%lld receiver was refused", "%lld receivers were refused", gone),
			(long long)gone);
	if (!a->rc && !words)
		a->rc = err_nomem(a->err);
	settle(a, row, "sent", words);
}

void notices_give_up(
	struct notices *n, const struct outbox_row *row, const char *state, const char *error)
{
	struct act *a = n->act;

	if (*row->receivers && strcmp(state, "failed") == 0) {
		settle_partly(a, row, error, row->gone);
		n->done->bad++;
		return;
	}
	settle(a, row, state, error);
	act_event(a);
	act_int(a, "notice", row->id);
	act_str(a, "notice_kind", row->kind);
	act_str(a, "state", state);
	act_str(a, "target", row->target);
	act_append(a, "notice.failed/1", row->subject);
	n->done->bad++;
}

static int64_t next_try(
	const struct notices *n, const struct outbox_row *row, const struct receipt *r)
{
	int64_t pause = pause_after(row->tries);

	return notify_rules_when(n->rules, row->urgent,
		n->act->now + (r->retry_after > pause ? r->retry_after : pause),
		n->act->office->settings.zone);
}

static void try_again(struct notices *n, const struct outbox_row *row, const struct receipt *r)
{
	struct act *a = n->act;
	int64_t next = next_try(n, row, r);

	if (next > row->expires) {
		notices_give_up(n, row, "failed", r->error);
		return;
	}
	if (!a->rc)
		a->rc = db_run(a->db, ST_OUTBOX_AGAIN,
			DB_ARGS(DB_INT(row->id), DB_INT(next), DB_TEXT(r->error)), a->err);
}

/* Some have it; the others are asked again, as long as there is time. */
static void try_rest(struct notices *n, const struct outbox_row *row, const struct receipt *r)
{
	struct act *a = n->act;
	int64_t next = next_try(n, row, r);

	if (next > row->expires)
		settle_partly(a, row, r->error, row->gone + r->gone);
	else if (!a->rc)
		a->rc = db_run(a->db, ST_OUTBOX_REST,
			DB_ARGS(DB_INT(row->id), DB_INT(next), DB_TEXT(r->error), DB_TEXT(r->later),
				DB_INT(r->gone)),
			a->err);
}

static void apply_receipt(struct notices *n, const struct outbox_row *row, const struct receipt *r)
{
	switch (r->result) {
	case MESSAGE_SENT:
		if (*r->later)
			try_rest(n, row, r);
		else
			settle_partly(n->act, row, r->error, row->gone + r->gone);
		n->done->sent++;
		break;
	case MESSAGE_RETRY:
		try_again(n, row, r);
		break;
	case MESSAGE_UNKNOWN:
		notices_give_up(n, row, "unknown", r->error);
		break;
	case MESSAGE_REFUSED:
	default:
		notices_give_up(n, row, "failed", r->error);
		break;
	}
}

/* One that cannot be read must not hold up the others: whether its message arrived is unknown. */
static enum err_code load_receipt(
	const char *dir, const char *name, struct receipt *r, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc = receipt_load(dir, name, r, &why);

	if (rc == ERR_OK || rc == ERR_NOMEM)
		return rc ? err_nomem(e) : ERR_OK;
	memset(r, 0, sizeof *r);
	message_name_read(name, &r->id, &r->tries);
	r->result = MESSAGE_UNKNOWN;
	message_copy(r->error, sizeof r->error, why.text);
	return ERR_OK;
}

/* One that was read before a crash, or of an older try, says nothing new. */
static enum err_code read_receipt(void *data, const char *name, struct err *e)
{
	struct notices *n = data;
	struct act *a = n->act;
	char *dir = path_join(n->dir, "receipts");
	struct outbox_row row;
	struct receipt r;

	if (!dir)
		return err_nomem(e);
	a->rc = load_receipt(dir, name, &r, e);
	free(dir);
	if (a->rc)
		return a->rc;
	a->rc = outbox_get(a->db, r.id, a->arena, &row, e);
	if (a->rc == ERR_NOT_FOUND) { /* of a ledger that was replaced by an older copy */
		err_clear(e);
		return a->rc = ERR_OK;
	}
	if (!a->rc && row.tries == r.tries && strcmp(row.state, "handed") == 0)
		apply_receipt(n, &row, &r);
	return a->rc;
}

void notices_read_receipts(struct notices *n)
{
	char *dir = n->act->rc ? NULL : path_join(n->dir, "receipts");

	if (n->act->rc)
		return;
	n->act->rc = dir ? message_each(dir, read_receipt, n, n->act->err) : err_nomem(n->act->err);
	free(dir);
}

static enum err_code drop_file(void *data, const char *name, struct err *e)
{
	char *path = path_join(data, name);
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	if (!rc && unlink(path) != 0 && errno != ENOENT)
		rc = err_errno(e, errno, _("cannot remove %s"), path);
	free(path);
	return rc;
}

/* Every receipt whose try is no longer handed has been read. */
struct dropping {
	struct notices *n;
	struct arena *arena;
	char *dir;
};

static enum err_code drop_receipt(void *data, const char *name, struct err *e)
{
	struct dropping *d = data;
	struct outbox_row row;
	int64_t id = 0, tries = 0;
	enum err_code rc;

	message_name_read(name, &id, &tries);
	rc = outbox_get(d->n->act->db, id, d->arena, &row, e);
	if (rc == ERR_NOT_FOUND)
		rc = ERR_OK;
	else if (!rc && row.tries == tries && strcmp(row.state, "handed") == 0)
		return ERR_OK; /* came meanwhile: for the next turn */
	return rc ? rc : drop_file(d->dir, name, e);
}

enum err_code notices_drop_receipts(struct notices *n, struct err *e)
{
	struct dropping d = {n, arena_new(MEMORY), path_join(n->dir, "receipts")};
	enum err_code rc =
		d.arena && d.dir ? message_each(d.dir, drop_receipt, &d, e) : err_nomem(e);

	arena_free(d.arena);
	free(d.dir);
	return rc;
}

/* --- files --- */

/* On its way a message only moves forward, so that looking in this order misses none. */
static bool is_on_its_way(const char *dir, const char *name, bool *refused)
{
	static const char *const places[] = {".", "sending", "receipts", "refused"};

	*refused = false;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		char *place = path_join(dir, places[i]);
		char *path = place ? path_join(place, name) : NULL;
		bool there = path && path_exists(path);
		free(place);
		free(path);
		if (there) {
			*refused = i == 3;
			return true;
		}
	}
	return false;
}

static enum err_code write_file(const char *dir, const struct outbox_row *row, struct err *e)
{
	struct message m = {
		.target = row->target,
		.kind = row->kind,
		.title = row->title,
		.text = row->body,
		.tries = row->tries,
		.made = row->made_at,
		.expires = row->expires,
		.urgent = row->urgent,
		.to = *row->receivers ? row->receivers : NULL,
	};

	return message_save(dir, row->id, &m, e);
}

/* The sender put it aside because it could not read it. */
static enum err_code note_refused(
	struct office *o, const struct outbox_row *row, struct notices_done *done, struct err *e)
{
	struct act a;
	struct notices n = {.act = &a, .done = done};

	act_begin_system(&a, o, false, e);
	if (!a.rc)
		notices_give_up(&n, row, "failed", _("huiying-send could not read it"));
	return act_end(&a);
}

enum err_code notices_write_files(struct office *o, struct notices_done *done, struct err *e)
{
	struct arena *a = arena_new(MEMORY);
	char *dir = office_path(o, "outbox");
	struct outbox_row *rows = NULL;
	size_t count = 0;
	enum err_code rc = a && dir ? ERR_OK : err_nomem(e);

	if (!rc)
		rc = outbox_rows(o->db, ST_OUTBOX_HANDED, DB_NO_ARGS, a, &rows, &count, e);
	if (!rc && count)
		rc = path_make_dirs(dir, 02770, e);
	for (size_t i = 0; !rc && i < count; i++) {
		char name[MESSAGE_NAME_SIZE];
		bool refused;
		message_name(rows[i].id, rows[i].tries, name);
		if (!is_on_its_way(dir, name, &refused))
			rc = write_file(dir, &rows[i], e);
		else if (refused)
			rc = note_refused(o, &rows[i], done, e);
	}
	arena_free(a);
	free(dir);
	return rc;
}

enum err_code office_notices_write_anew(struct office *o, struct err *e)
{
	static const char *const places[] = {"outbox", "outbox/refused"};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sizeof places / sizeof *places; i++) {
		char *dir = office_path(o, places[i]);
		rc = dir ? message_each(dir, drop_file, dir, e) : err_nomem(e);
		free(dir);
	}
	return rc;
}
