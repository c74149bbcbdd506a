/*
 * outbox_send.c - moves files, sends, writes receipts.
 */
#include "crawler/outbox_send.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/time.h"
#include "crawler/message_merge.h"

/* --- files --- */

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

static bool lies_in(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool there = path && path_exists(path);

	free(path);
	return there;
}

/* For people; a receipt's own words stand in message.h. */
static const char *word_of(enum message_result r)
{
	static const char *const words[] = {[MESSAGE_SENT] = N_("delivered"),
		[MESSAGE_RETRY] = N_("not delivered, to be tried again"),
		[MESSAGE_REFUSED] = N_("not delivered"),
		[MESSAGE_UNKNOWN] = N_("perhaps delivered")};

	return _(words[r]);
}

/* The receipt first, then the message goes: a crash between them leaves both, and the next
 * run finds the receipt. */
enum err_code outbox_settle(
	struct outbox_sender *s, const char *name, struct receipt *r, struct err *e)
{
	enum err_code rc;

	message_name_read(name, &r->id, &r->tries);
	rc = receipt_save(s->at.receipts, r, e);
	if (!rc)
		rc = drop(s->at.sending, name, e);
	if (rc)
		return rc;
	s->sent += r->result == MESSAGE_SENT;
	s->failed += r->result != MESSAGE_SENT;
	if (r->result != MESSAGE_SENT || *r->error)
		log_warning(
			s->log, "N%lld: %s: %s", (long long)r->id, word_of(r->result), r->error);
	return ERR_OK;
}

enum err_code outbox_forget(struct outbox_sender *s, const char *name, struct err *e)
{
	return drop(s->at.sending, name, e);
}

static enum err_code settle_all(struct outbox_sender *s, const char *const *names, size_t n,
	struct receipt *r, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < n; i++)
		rc = outbox_settle(s, names[i], r, e);
	return rc;
}

/* Nothing went out: what was moved already is tried again. What says why is kept. */
static enum err_code take_back(struct outbox_sender *s, const char *const *names, size_t n,
	struct receipt *r, const struct err *why, struct err *e)
{
	enum err_code rc = why->code;
	struct err ignored;

	r->result = MESSAGE_RETRY;
	r->at = time_now();
	message_copy(r->error, sizeof r->error, why->text);
	for (size_t i = 0; i < n; i++)
		if (lies_in(s->at.sending, names[i]))
			(void)outbox_settle(s, names[i], r, &ignored);
	return err_set(e, rc, "%s", why->text);
}

/* --- sending --- */

static enum err_code load_all(struct outbox_sender *s, const char *const *names, size_t n,
	struct message *list, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < n; i++)
		rc = message_load(s->at.sending, names[i], &list[i], e);
	return rc;
}

/* What may have arrived is sent again where the other side knows it. */
static void judge_unknown(const struct target *t, struct receipt *r)
{
	if (r->result == MESSAGE_UNKNOWN && t->repeat_safe)
		r->result = MESSAGE_RETRY;
}

static enum err_code request(struct outbox_sender *s, const char *const *names, size_t n,
	const struct target *t, struct receipt *r, struct err *e)
{
	struct message list[OUTBOX_BATCH_MAX], one;
	enum err_code rc;
	struct buf text;

	memset(list, 0, n * sizeof *list);
	buf_init(&text, MESSAGE_FILE_MAX);
	rc = load_all(s, names, n, list, e);
	if (!rc)
		rc = message_merge(list, n, &text, &one, e);
	if (!rc)
		rc = send_message(s->settings, t, &one, r, e);
	if (!rc)
		judge_unknown(t, r);
	for (size_t i = 0; i < n; i++)
		message_fini(&list[i]);
	buf_fini(&text);
	return rc;
}

enum err_code outbox_send(struct outbox_sender *s, const char *const *names, size_t n,
	const struct target *t, struct receipt *r, bool *settled, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc = ERR_OK;

	*settled = true;
	for (size_t i = 0; !rc && i < n; i++)
		rc = move(s->at.dir, s->at.sending, names[i], &why);
	if (!rc)
		rc = request(s, names, n, t, r, &why);
	if (rc)
		return take_back(s, names, n, r, &why, e);
	rc = settle_all(s, names, n, r, e);
	*settled = rc == ERR_OK;
	return rc;
}

enum err_code outbox_resend(struct outbox_sender *s, const char *name, const struct target *t,
	struct receipt *r, struct err *e)
{
	enum err_code rc = request(s, &name, 1, t, r, e);

	return rc ? rc : outbox_settle(s, name, r, e);
}

enum err_code outbox_refuse(
	struct outbox_sender *s, const char *name, const char *why, struct err *e)
{
	struct receipt r = {.result = MESSAGE_REFUSED, .at = time_now()};
	enum err_code rc = move(s->at.dir, s->at.sending, name, e);

	message_copy(r.error, sizeof r.error, why);
	return rc ? rc : outbox_settle(s, name, &r, e);
}

enum err_code outbox_put_aside(
	struct outbox_sender *s, const char *name, const char *why, struct err *e)
{
	log_error(s->log, "%s: %s", name, why);
	s->failed++;
	return move(s->at.dir, s->at.refused, name, e);
}
