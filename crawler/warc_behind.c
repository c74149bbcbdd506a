/*
 * warc_behind.c - batches of steps, filled by the caller and done by the thread.
 */
#include "crawler/warc_behind.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/thread.h"
#include "crawler/warc_member.h"
#include "crawler/warc_parts.h"

#define BATCH_SIZE ((size_t)256 << 10)
#define BATCHES 8
#define RECORD_MAX (BATCH_SIZE / 2) /* of one that is handed over whole */
#define LATE (BATCHES - 2) /* wait: one is at work, one is being filled */

enum what {
	RECORD_PACKED,
	RECORD_STORED,
	BEGIN_PACKED,
	BEGIN_STORED,
	ADD,
	END,
	END_GROUP,
	DROP_GROUP
};

/* In a batch, and behind it n bytes of text; of a record, `head` of them are its head. */
struct step {
	enum what what;
	uint32_t n, head;
};

struct batch {
	size_t len;
	unsigned char steps[BATCH_SIZE];
};

struct warc_behind {
	struct warc_members *members; /* the thread's while it has work, else the caller's */
	bool started;
	pthread_t thread;
	struct batch *filling; /* the caller's; NULL: none */
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t changed;
	struct batch *queue[BATCHES], *spare[BATCHES];
	size_t queued, spares;
	bool busy, stop;
	bool late; /* the thread, since nothing was free to be filled */
	struct err fault; /* of this file */
	uint64_t size;
};

/* ---- doing -------------------------------------------------------------- */

/* Packing takes as long as fetching from next door: as soon as the caller would have to wait
 * for it, records are stored as they are until the thread has caught up. */
static bool is_late(struct warc_behind *b)
{
	bool late;

	if (!b->started)
		return false;
	pthread_mutex_lock(&b->lock);
	late = b->late = b->queued >= LATE || (b->late && b->queued);
	pthread_mutex_unlock(&b->lock);
	return late;
}

static enum err_code add_record(
	struct warc_behind *b, struct str head, struct str block, struct err *e)
{
	struct hash digest = hash_of(block.p, block.n);
	struct buf rest;
	enum err_code rc = warc_member_add(b->members, head.p, head.n, e);

	buf_init(&rest, 256);
	warc_head_end(&rest, &digest, block.n);
	if (!rc)
		rc = buf_check(&rest, "WARC header", e);
	if (!rc)
		rc = warc_member_add(b->members, buf_str(&rest), rest.len, e);
	buf_fini(&rest);
	if (!rc)
		rc = warc_member_add(b->members, block.p, block.n, e);
	return rc ? rc : warc_member_add(b->members, WARC_RECORD_END, strlen(WARC_RECORD_END), e);
}

static enum err_code do_record(struct warc_behind *b, bool stored, const unsigned char *data,
	const struct step *s, struct err *e)
{
	struct str head = {(const char *)data, s->head};
	struct str block = {(const char *)data + s->head, s->n - s->head};
	enum err_code rc = warc_member_begin(b->members, stored || is_late(b), e);

	if (!rc)
		rc = add_record(b, head, block, e);
	return rc ? rc : warc_member_end(b->members, e);
}

static enum err_code do_step(
	struct warc_behind *b, enum what what, const void *data, size_t n, struct err *e)
{
	switch (what) {
	case RECORD_PACKED:
	case RECORD_STORED:
		break; /* do_record() */
	case BEGIN_PACKED:
		return warc_member_begin(b->members, is_late(b), e);
	case BEGIN_STORED:
		return warc_member_begin(b->members, true, e);
	case ADD:
		return warc_member_add(b->members, data, n, e);
	case END:
		return warc_member_end(b->members, e);
	case END_GROUP:
		return warc_members_flush(b->members, e);
	case DROP_GROUP:
		return warc_members_cut(b->members, e);
	}
	return ERR_OK;
}

static enum err_code do_batch(struct warc_behind *b, const struct batch *batch, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t at = 0; at < batch->len && !rc;) {
		struct step step;
		memcpy(&step, batch->steps + at, sizeof step);
		at += sizeof step;
		rc = step.what <= RECORD_STORED
			     ? do_record(b, step.what == RECORD_STORED, batch->steps + at, &step, e)
			     : do_step(b, step.what, batch->steps + at, step.n, e);
		at += step.n;
	}
	if (rc && warc_members_cut(b->members, NULL))
		err_prefix(e, "%s", _("and it cannot be cut back"));
	return rc;
}

static struct batch *next_batch(struct warc_behind *b)
{
	struct batch *batch;

	while (!b->queued && !b->stop)
		pthread_cond_wait(&b->changed, &b->lock);
	if (!b->queued)
		return NULL;
	batch = b->queue[0];
	b->queued--;
	memmove(b->queue, b->queue + 1, b->queued * sizeof(struct batch *));
	return batch;
}

static void *work(void *arg)
{
	struct warc_behind *b = arg;
	struct batch *batch;

	pthread_mutex_lock(&b->lock);
	while ((batch = next_batch(b)) != NULL) {
		struct err e = b->fault;
		b->busy = true;
		pthread_mutex_unlock(&b->lock);
		if (!e.code)
			do_batch(b, batch, &e);
		batch->len = 0;
		pthread_mutex_lock(&b->lock);
		b->fault = e;
		b->size = warc_members_size(b->members);
		b->spare[b->spares++] = batch;
		b->busy = false;
		pthread_cond_broadcast(&b->changed);
	}
	pthread_mutex_unlock(&b->lock);
	return NULL;
}

/* ---- handing over ------------------------------------------------------- */

static void hand_over(struct warc_behind *b)
{
	if (!b->filling)
		return;
	pthread_mutex_lock(&b->lock);
	b->queue[b->queued++] = b->filling;
	pthread_cond_broadcast(&b->changed);
	pthread_mutex_unlock(&b->lock);
	b->filling = NULL;
}

static struct batch *filling(struct warc_behind *b)
{
	if (b->filling && BATCH_SIZE - b->filling->len <= sizeof(struct step))
		hand_over(b);
	if (b->filling)
		return b->filling;
	pthread_mutex_lock(&b->lock);
	while (!b->spares)
		pthread_cond_wait(&b->changed, &b->lock);
	b->filling = b->spare[--b->spares];
	pthread_mutex_unlock(&b->lock);
	return b->filling;
}

/* A text that does not fit becomes several steps. */
static void put_step(struct warc_behind *b, enum what what, const unsigned char *p, size_t n)
{
	do {
		struct batch *to = filling(b);
		size_t room = BATCH_SIZE - to->len - sizeof(struct step);
		struct step step = {what, (uint32_t)(n < room ? n : room), 0};
		memcpy(to->steps + to->len, &step, sizeof step);
		to->len += sizeof step;
		if (step.n)
			memcpy(to->steps + to->len, p, step.n);
		to->len += step.n;
		p += step.n;
		n -= step.n;
	} while (n);
}

static enum err_code put(
	struct warc_behind *b, enum what what, const void *data, size_t n, struct err *e)
{
	if (!b->started)
		return do_step(b, what, data, n, e);
	put_step(b, what, data, n);
	return ERR_OK;
}

bool warc_behind_takes(const struct warc_behind *b, size_t size)
{
	return b->started && size <= RECORD_MAX;
}

/* In one batch, so that the thread sees all of it. */
enum err_code warc_behind_record(struct warc_behind *b, bool stored, struct str head,
	const struct str block[2], struct err *e)
{
	size_t n = head.n + block[0].n + block[1].n;
	const struct str part[3] = {head, block[0], block[1]};
	struct step step = {stored ? RECORD_STORED : RECORD_PACKED, (uint32_t)n, (uint32_t)head.n};
	struct batch *to = filling(b);

	if (n > RECORD_MAX)
		return err_set(e, ERR_LIMIT, "a WARC record of %zu bytes in one batch", n);
	if (BATCH_SIZE - to->len < sizeof step + n) {
		hand_over(b);
		to = filling(b);
	}
	memcpy(to->steps + to->len, &step, sizeof step);
	to->len += sizeof step;
	for (int i = 0; i < 3; i++) {
		if (part[i].n)
			memcpy(to->steps + to->len, part[i].p, part[i].n);
		to->len += part[i].n;
	}
	return ERR_OK;
}

static enum err_code tell_fault(struct warc_behind *b, struct err *e)
{
	if (b->fault.code && e)
		*e = b->fault;
	return b->fault.code;
}

enum err_code warc_behind_begin(struct warc_behind *b, bool stored, struct err *e)
{
	return put(b, stored ? BEGIN_STORED : BEGIN_PACKED, "", 0, e);
}

enum err_code warc_behind_add(struct warc_behind *b, const void *data, size_t n, struct err *e)
{
	return n ? put(b, ADD, data, n, e) : ERR_OK;
}

enum err_code warc_behind_end(struct warc_behind *b, struct err *e)
{
	return put(b, END, "", 0, e);
}

enum err_code warc_behind_end_group(struct warc_behind *b, struct err *e)
{
	enum err_code rc = put(b, END_GROUP, "", 0, e);

	if (!b->started)
		return rc;
	hand_over(b);
	pthread_mutex_lock(&b->lock);
	rc = tell_fault(b, e);
	pthread_mutex_unlock(&b->lock);
	return rc;
}

enum err_code warc_behind_drop_group(struct warc_behind *b, struct err *e)
{
	return put(b, DROP_GROUP, "", 0, e);
}

enum err_code warc_behind_wait(struct warc_behind *b, struct err *e)
{
	enum err_code rc;

	if (!b->started)
		return ERR_OK;
	hand_over(b);
	pthread_mutex_lock(&b->lock);
	while (b->queued || b->busy)
		pthread_cond_wait(&b->changed, &b->lock);
	rc = tell_fault(b, e);
	pthread_mutex_unlock(&b->lock);
	return rc;
}

uint64_t warc_behind_size(struct warc_behind *b)
{
	uint64_t size;

	if (!b->started)
		return warc_members_size(b->members);
	pthread_mutex_lock(&b->lock);
	size = b->size;
	pthread_mutex_unlock(&b->lock);
	return size;
}

/* ---- life --------------------------------------------------------------- */

void warc_behind_to(struct warc_behind *b, int fd, const char *path)
{
	(void)warc_behind_wait(b, NULL); /* a fault of the last file has been told */
	warc_members_to(b->members, fd, path);
	b->size = 0;
	b->fault = (struct err){ERR_OK, ""};
}

struct warc_behind *warc_behind_new(void)
{
	struct warc_behind *b = calloc(1, sizeof *b);

	if (!b)
		return NULL;
	b->members = warc_members_new();
	if (b->members)
		return b;
	free(b);
	return NULL;
}

static enum err_code make_batches(struct warc_behind *b, struct err *e)
{
	while (b->spares < BATCHES) {
		struct batch *batch = malloc(sizeof *batch);
		if (!batch)
			return err_nomem(e);
		batch->len = 0;
		b->spare[b->spares++] = batch;
	}
	return ERR_OK;
}

enum err_code warc_behind_start(struct warc_behind *b, struct err *e)
{
	enum err_code rc = make_batches(b, e);

	if (rc)
		return rc;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->changed, NULL);
	rc = thread_start(&b->thread, work, b, e);
	b->started = !rc;
	if (rc) {
		pthread_cond_destroy(&b->changed);
		pthread_mutex_destroy(&b->lock);
	}
	return rc;
}

static void stop_thread(struct warc_behind *b)
{
	hand_over(b);
	pthread_mutex_lock(&b->lock);
	b->stop = true;
	pthread_cond_broadcast(&b->changed);
	pthread_mutex_unlock(&b->lock);
	pthread_join(b->thread, NULL);
	pthread_cond_destroy(&b->changed);
	pthread_mutex_destroy(&b->lock);
}

void warc_behind_free(struct warc_behind *b)
{
	if (!b)
		return;
	if (b->started)
		stop_thread(b);
	for (size_t i = 0; i < b->spares; i++)
		free(b->spare[i]);
	warc_members_free(b->members);
	free(b);
}
