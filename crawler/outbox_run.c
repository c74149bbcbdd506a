/*
 * outbox_run.c - from outbox/ over sending/ to receipts/.
 */
#include "crawler/outbox_run.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/time.h"
#include "crawler/message_merge.h"
#include "crawler/outbox_waiting.h"
#include "crawler/outbox_send.h"
#include "crawler/robot.h"
#include "crawler/send_pace.h"

#define DIR_MODE 02770
#define LOOK_AGAIN 1 /* seconds until the outbox is read anew: something urgent may have come */

struct run {
	struct outbox_run *r;
	struct outbox_sender sender;
	char *sending, *receipts, *refused;
	struct send_pace *pace;
	struct outbox_waiting *list;
	size_t count;
	char (*skipped)[MESSAGE_NAME_SIZE]; /* failed in this run; another one may succeed */
	size_t skipped_count;
	int64_t ready; /* when the next target may get something */
	struct err first; /* the first fault that did not end the run */
};

/* --- faults of single messages --- */

static bool is_skipped(const struct run *run, const char *name)
{
	for (size_t i = 0; i < run->skipped_count; i++)
		if (strcmp(run->skipped[i], name) == 0)
			return true;
	return false;
}

/* Goes on without it; the run ends with the first of these faults. */
static enum err_code skip(struct run *run, const char *name, const struct err *why, struct err *e)
{
	void *more = realloc(run->skipped, (run->skipped_count + 1) * sizeof *run->skipped);

	if (!more)
		return err_nomem(e);
	run->skipped = more;
	snprintf(run->skipped[run->skipped_count++], MESSAGE_NAME_SIZE, "%s", name);
	if (run->first.code == ERR_OK)
		run->first = *why;
	log_error(run->r->log, "%s: %s", name, why->text);
	return ERR_OK;
}

/* --- one request --- */

/* The messages that go out with that of list[i]: itself, and when more wait than the target
 * may get now, others to it, as long as no word of them is cut. */
static size_t choose(struct run *run, size_t i, int64_t room, const char **names)
{
	const struct target *t = run->list[i].target;
	size_t limit = robot_merges(t), size = 0, n = 0, waiting = 0;

	for (size_t k = i; k < run->count; k++)
		waiting += run->list[k].target == t && !run->list[k].done && !run->list[k].rc &&
			   !is_skipped(run, run->list[k].name);
	for (size_t k = i; k < run->count && n < OUTBOX_BATCH_MAX; k++) {
		struct outbox_waiting *w = &run->list[k];
		if (w->target != t || w->done || w->rc || is_skipped(run, w->name))
			continue;
		size += w->size + MESSAGE_MERGE_EXTRA;
		if (n > 0 && ((int64_t)waiting <= room || size > limit))
			break;
		w->done = true;
		names[n++] = w->name;
	}
	return n;
}

static enum err_code send_some(struct run *run, size_t i, int64_t room, struct err *e)
{
	const char *names[OUTBOX_BATCH_MAX];
	const struct target *t = run->list[i].target;
	size_t n = choose(run, i, room, names);
	struct err why = {ERR_OK, ""};
	struct receipt r = {0};
	bool settled = true;
	enum err_code rc = send_pace_count(run->pace, t, time_now(), e);

	if (rc)
		return rc;
	rc = outbox_send(&run->sender, names, n, t, &r, &settled, &why);
	send_pace_note(run->pace, t, time_now(), &r);
	if (rc && !settled)
		return err_set(e, rc, "%s", why.text);
	for (size_t k = 0; rc && k < n; k++)
		if (skip(run, names[k], &why, e) != ERR_OK)
			return ERR_NOMEM;
	return ERR_OK;
}

static bool is_expired(const struct outbox_waiting *w)
{
	return w->expires != TIME_NONE && w->expires < time_now();
}

/* What needs no request. False: it is to be sent. */
static bool take_without(struct run *run, struct outbox_waiting *w, struct err *why)
{
	if (w->rc == ERR_INPUT || w->rc == ERR_LIMIT) {
		outbox_put_aside(&run->sender, w->name, w->why, why);
	} else if (w->rc) {
		err_set(why, w->rc, "%s", w->why);
	} else if (is_expired(w)) {
		outbox_refuse(&run->sender, w->name, _("it was too late to be sent"), why);
	} else if (!w->target) {
		outbox_refuse(
			&run->sender, w->name, _("huiying.conf has no target of this name"), why);
	} else {
		return false;
	}
	w->done = true;
	return true;
}

static enum err_code take(struct run *run, size_t i, struct err *e)
{
	struct outbox_waiting *w = &run->list[i];
	struct err why = {ERR_OK, ""};
	int64_t now = time_now(), room;

	if (sig_stop_asked(run->r->sig))
		return err_set(e, ERR_STOPPED, _("stopped; the rest is sent the next time"));
	if (take_without(run, w, &why))
		return why.code ? skip(run, w->name, &why, e) : ERR_OK;
	room = send_pace_room(run->pace, w->target, now);
	if (room > 0)
		return send_some(run, i, room, e);
	run->r->left++;
	if (send_pace_ready(run->pace, w->target, now) < run->ready)
		run->ready = send_pace_ready(run->pace, w->target, now);
	return ERR_OK;
}

/* --- the outbox --- */

/* Once over what waits; *again: there may be more for now. */
static enum err_code pass(struct run *run, bool *again, struct err *e)
{
	int64_t since = time_now();
	enum err_code rc;

	*again = false;
	free(run->list);
	rc = outbox_waiting_list(run->r->dir, run->r->targets, &run->list, &run->count, e);
	run->ready = INT64_MAX;
	run->r->left = run->skipped_count;
	for (size_t i = 0; !rc && !*again && i < run->count; i++) {
		if (run->list[i].done || is_skipped(run, run->list[i].name))
			continue;
		rc = take(run, i, e);
		*again = time_now() - since >= LOOK_AGAIN || time_now() < since;
	}
	return rc;
}

static void wait_for(const struct run *run, int64_t until)
{
	struct pollfd p = {run->r->sig ? run->r->sig->fd : -1, POLLIN, 0};
	int64_t seconds = until - time_now();

	if (seconds > 0)
		poll(&p, 1, 1000 * (int)(seconds < LOOK_AGAIN ? seconds : LOOK_AGAIN));
}

static enum err_code send_all(struct run *run, struct err *e)
{
	int64_t start = time_monotonic_ms();
	bool again = true;
	enum err_code rc = ERR_OK;

	while (!rc && again) {
		rc = pass(run, &again, e);
		if (rc || again || run->ready == INT64_MAX)
			continue;
		again = time_monotonic_ms() - start < 1000 * run->r->patience;
		if (again)
			wait_for(run, run->ready);
	}
	return rc;
}

/* --- what a killed run left --- */

static bool has_receipt(struct run *run, const char *name)
{
	char *path = path_join(run->receipts, name);
	bool found = path && path_exists(path);

	free(path);
	return found;
}

/* The target that a message in sending/ may be sent to once more; NULL: none. */
static const struct target *safe_target(struct run *run, const char *name)
{
	const struct target *t = NULL;
	struct message m;

	if (message_load(run->sending, name, &m, NULL) != ERR_OK)
		return NULL; /* its name is enough for a receipt */
	t = targets_find(run->r->targets, m.target);
	if (t && (!t->repeat_safe || (m.expires != TIME_NONE && m.expires < time_now())))
		t = NULL;
	message_fini(&m);
	return t;
}

static enum err_code recover(void *data, const char *name, struct err *e)
{
	struct run *run = data;
	struct receipt receipt = {.result = MESSAGE_UNKNOWN, .at = time_now()};
	const struct target *t;

	if (has_receipt(run, name))
		return outbox_forget(&run->sender, name, e);
	t = safe_target(run, name);
	if (t)
		return outbox_resend(&run->sender, name, t, &receipt, e);
	message_copy(receipt.error, sizeof receipt.error,
		_("the sender ended while it was sent: it may have arrived"));
	return outbox_settle(&run->sender, name, &receipt, e);
}

/* --- the run --- */

static enum err_code make_dirs(struct run *run, struct err *e)
{
	const char *const dirs[] = {run->r->dir, run->sending, run->receipts, run->refused};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sizeof dirs / sizeof *dirs; i++)
		rc = dirs[i] ? path_make_dirs(dirs[i], DIR_MODE, e) : err_nomem(e);
	return rc;
}

static enum err_code lock(const char *dir, int *fd, struct err *e)
{
	char *path = path_join(dir, ".lock");
	enum err_code rc = path ? path_lock(path, fd, e) : err_nomem(e);

	if (rc == ERR_BUSY)
		rc = err_set(e, rc, _("another huiying-send is at work in %s"), dir);
	free(path);
	return rc;
}

/* The pace is kept whatever happened; a run that was stopped ends well but for that. */
static enum err_code work(struct run *run, struct err *e)
{
	struct err later = {ERR_OK, ""};
	enum err_code rc = send_pace_load(run->r->dir, &run->pace, e);

	if (!rc)
		rc = message_each(run->sending, recover, run, e);
	if (!rc)
		rc = send_all(run, e);
	if (!rc && run->first.code)
		rc = err_set(e, run->first.code, "%s", run->first.text);
	if (run->pace && send_pace_save(run->pace, run->r->dir, time_now(), &later) && !rc)
		rc = err_set(e, later.code, "%s", later.text);
	return rc;
}

static void begin(struct run *run)
{
	struct outbox_run *r = run->r;

	run->sending = path_join(r->dir, "sending");
	run->receipts = path_join(r->dir, "receipts");
	run->refused = path_join(r->dir, "refused");
	run->sender = (struct outbox_sender){
		.at = {r->dir, run->sending, run->receipts, run->refused},
		.settings = r->settings,
		.log = r->log,
	};
}

enum err_code outbox_run(struct outbox_run *r, struct err *e)
{
	struct run run = {.r = r};
	int fd = -1;
	enum err_code rc;

	begin(&run);
	rc = make_dirs(&run, e);
	if (!rc)
		rc = lock(r->dir, &fd, e);
	if (!rc)
		rc = work(&run, e);
	if (fd >= 0)
		close(fd);
	r->sent = run.sender.sent;
	r->failed = run.sender.failed;
	send_pace_free(run.pace);
	free(run.list);
	free(run.skipped);
	free(run.sending);
	free(run.receipts);
	free(run.refused);
	return rc;
}
