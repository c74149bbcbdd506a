/*
 * outbox_run.c - from outbox/ over sending/ to receipts/.
 */
#include "crawler/outbox_run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/time.h"
#include "crawler/message.h"

#define DIR_MODE 02770
#define PACE_MAX 256 /* targets that are counted */

struct pace {
	const struct target *target;
	int64_t minute;
	int64_t count;
};

struct run {
	struct outbox_run *r;
	char *sending, *receipts, *refused;
	struct pace pace[PACE_MAX];
};

/* --- pace --- */

static bool may_send_now(struct run *run, const struct target *t)
{
	int64_t minute = time_now() / 60;

	for (size_t i = 0; i < PACE_MAX; i++) {
		struct pace *p = &run->pace[i];
		if (p->target && p->target != t)
			continue;
		if (!p->target || p->minute != minute)
			*p = (struct pace){t, minute, 0};
		return p->count++ < t->a_minute;
	}
	return true;
}

/* --- one message --- */

static enum err_code drop(const char *dir, const char *name, struct err *e)
{
	char *path = path_join(dir, name);
	enum err_code rc = ERR_OK;

	if (!path)
		return err_nomem(e);
	if (unlink(path) != 0 && errno != ENOENT)
		rc = err_errno(e, errno, _("cannot remove %s"), path);
	free(path);
	return rc ? rc : path_sync_dir(dir, e);
}

static enum err_code move(const char *from, const char *to, const char *name, struct err *e)
{
	char *a = path_join(from, name), *b = path_join(to, name);
	enum err_code rc = a && b ? path_move(a, b, e) : err_nomem(e);

	free(a);
	free(b);
	return rc;
}

/* The receipt first, then the message goes: a crash between them leaves both, and the next
 * run finds the receipt. */
static enum err_code settle(struct run *run, const char *name, struct receipt *r, struct err *e)
{
	struct outbox_run *o = run->r;
	enum err_code rc = receipt_save(run->receipts, r, e);

	if (!rc)
		rc = drop(run->sending, name, e);
	if (r->result == MESSAGE_SENT)
		o->sent++;
	else
		o->failed++;
	if (!rc && r->result != MESSAGE_SENT)
		log_warning(o->log, "N%lld: %s: %s", (long long)r->id,
			message_result_name(r->result), r->error);
	return rc;
}

static enum err_code send_one(struct run *run, const char *name, const struct message *m,
	const struct target *t, struct receipt *receipt, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (m->expires != TIME_NONE && m->expires < time_now()) {
		receipt->result = MESSAGE_REFUSED;
		snprintf(receipt->error, sizeof receipt->error, "%s",
			_("it was too late to be sent"));
		receipt->at = time_now();
	} else {
		rc = send_message(run->r->settings, t, m, receipt, e);
	}
	return rc ? rc : settle(run, name, receipt, e);
}

/* No message at all: put aside, so that it is neither lost nor met again. */
static enum err_code put_aside(struct run *run, const char *name, const char *why, struct err *e)
{
	log_error(run->r->log, "%s: %s", name, why);
	run->r->failed++;
	return move(run->r->dir, run->refused, name, e);
}

static enum err_code unknown_target(struct run *run, const char *name, const struct message *m,
	struct receipt *receipt, struct err *e)
{
	receipt->result = MESSAGE_REFUSED;
	receipt->at = time_now();
	snprintf(receipt->error, sizeof receipt->error, _("huiying.conf has no [target %.100s]"),
		m->target);
	return settle(run, name, receipt, e);
}

static enum err_code take(void *data, const char *name, struct err *e)
{
	struct run *run = data;
	struct receipt receipt = {0};
	struct message m;
	struct err why = {ERR_OK, ""};
	const struct target *t;
	enum err_code rc;

	if (sig_stop_asked(run->r->sig))
		return err_set(e, ERR_STOPPED, _("stopped; the rest is sent the next time"));
	rc = message_load(run->r->dir, name, &m, &why);
	if (rc == ERR_INPUT || rc == ERR_LIMIT)
		return put_aside(run, name, why.text, e);
	if (rc)
		return err_set(e, rc, "%s", why.text);
	message_name_read(name, &receipt.id, &receipt.tries);
	t = targets_find(run->r->targets, m.target);
	if (t && !may_send_now(run, t)) {
		run->r->left++;
	} else {
		rc = move(run->r->dir, run->sending, name, e);
		if (!rc)
			rc = t ? send_one(run, name, &m, t, &receipt, e)
			       : unknown_target(run, name, &m, &receipt, e);
	}
	message_fini(&m);
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

static enum err_code recover(void *data, const char *name, struct err *e)
{
	struct run *run = data;
	struct receipt receipt = {.result = MESSAGE_UNKNOWN, .at = time_now()};
	const struct target *t;
	struct message m;
	enum err_code rc;

	if (has_receipt(run, name))
		return drop(run->sending, name, e);
	rc = message_load(run->sending, name, &m, e);
	if (rc)
		return rc;
	t = targets_find(run->r->targets, m.target);
	message_name_read(name, &receipt.id, &receipt.tries);
	if (t && t->repeat_safe) {
		rc = move(run->sending, run->r->dir, name, e);
	} else {
		snprintf(receipt.error, sizeof receipt.error, "%s",
			_("the sender ended while it was sent: it may have arrived"));
		rc = settle(run, name, &receipt, e);
	}
	message_fini(&m);
	return rc;
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
	enum err_code rc = ERR_OK;

	if (!path)
		return err_nomem(e);
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
	if (*fd < 0)
		rc = err_errno(e, errno, _("cannot open %s"), path);
	else if (flock(*fd, LOCK_EX | LOCK_NB) != 0)
		rc = errno == EWOULDBLOCK
			     ? err_set(e, ERR_BUSY, _("another huiying-send is at work in %s"), dir)
			     : err_errno(e, errno, _("cannot lock %s"), path);
	free(path);
	return rc;
}

enum err_code outbox_run(struct outbox_run *r, struct err *e)
{
	struct run run = {.r = r};
	int fd = -1;
	enum err_code rc;

	run.sending = path_join(r->dir, "sending");
	run.receipts = path_join(r->dir, "receipts");
	run.refused = path_join(r->dir, "refused");
	rc = make_dirs(&run, e);
	if (!rc)
		rc = lock(r->dir, &fd, e);
	if (!rc)
		rc = message_each(run.sending, recover, &run, e);
	if (!rc)
		rc = message_each(r->dir, take, &run, e);
	if (fd >= 0)
		close(fd);
	free(run.sending);
	free(run.receipts);
	free(run.refused);
	return rc;
}
