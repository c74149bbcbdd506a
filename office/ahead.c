/*
 * ahead.c - a ring of answers between the thread that makes them and the one that takes
 * them in.
 */
#include "office/ahead.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread.h"

#define WEIGHT_MAX ((size_t)64 << 20) /* bytes that wait, when more than one waits */
#define WEIGHT_KEPT ((size_t)4 << 20) /* bytes of a slot that are kept for the next */

struct slot {
	struct arena *arena;
	struct buf block; /* of the record */
	struct exchange exchange;
	struct answer answer;
	enum err_code rc; /* of reading the record */
	struct err why;
	size_t weight; /* bytes that it holds */
};

struct ahead {
	const struct answer_settings *settings;
	struct draft_tools *tools;
	struct warc_reader *reader;
	struct exchanges *exchanges;
	struct slot slot[AHEAD_SLOTS];
	pthread_t thread;
	bool is_running;
	bool is_given; /* the oldest slot was handed out */
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t changed;
	size_t made, taken; /* slots, since the beginning */
	size_t weight; /* of those between */
	bool is_stopped; /* nobody will take more */
	bool expects_news;
};

/* --- in the thread --- */

static bool is_interesting(const struct warc_record *rec)
{
	return rec->type == WARC_RESPONSE || rec->type == WARC_METADATA ||
	       rec->type == WARC_REVISIT;
}

/* The reader's own text is gone with its next record. */
static enum err_code copy_record(
	struct slot *s, const struct warc_record *from, struct warc_record *to, struct err *e)
{
	const char **texts[] = {&to->id, &to->concurrent_to, &to->target_uri, &to->content_type,
		&to->truncated, &to->type_name, &to->block_digest, &to->payload_digest};

	*to = *from;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (*texts[i])
			*texts[i] = arena_strdup(s->arena, *texts[i]);
	buf_clear(&s->block);
	buf_add(&s->block, from->block, from->block_size);
	to->block = buf_str(&s->block);
	return arena_failed(s->arena) || s->block.fault ? err_nomem(e) : ERR_OK;
}

static enum err_code copy_exchange(struct slot *s, const struct exchange *from, struct err *e)
{
	struct warc_metadata *meta = NULL;

	s->exchange = *from;
	s->exchange.id = arena_strdup(s->arena, from->id);
	if (from->meta) {
		meta = arena_alloc(s->arena, sizeof *meta);
		if (!meta)
			return err_nomem(e);
		*meta = *from->meta;
		const char **texts[] = {
			&meta->source, &meta->want, &meta->kind, &meta->error, &meta->detail};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			if (*texts[i])
				*texts[i] = arena_strdup(s->arena, *texts[i]);
		s->exchange.meta = meta;
	}
	return arena_failed(s->arena) ? err_nomem(e) : ERR_OK;
}

/* The next record that is wanted, into the slot. */
static enum err_code read_next(struct ahead *a, struct slot *s, struct err *e)
{
	const struct exchange *exchange = NULL;
	struct warc_record rec, copy;
	enum err_code rc;

	do {
		memset(&rec, 0, sizeof rec);
		rc = warc_reader_next(a->reader, &rec, e);
		if (rc == ERR_OK)
			rc = exchanges_note(a->exchanges, &rec, &exchange, e);
	} while (rc == ERR_OK && !is_interesting(&rec));
	s->answer.rec.offset = rec.offset;
	if (!rc)
		rc = copy_record(s, &rec, &copy, e);
	if (!rc && exchange)
		rc = copy_exchange(s, exchange, e);
	if (!rc)
		answer_begin(&s->answer, &copy, exchange ? &s->exchange : NULL, a->settings);
	return rc;
}

static size_t weigh(const struct slot *s)
{
	return s->block.len + s->answer.body.len + arena_used(s->arena);
}

static void make(struct ahead *a, struct slot *s, bool drafts_too)
{
	arena_reset(s->arena);
	s->why = (struct err){ERR_OK, ""};
	s->rc = read_next(a, s, &s->why);
	if (!s->rc)
		answer_prepare(&s->answer, a->settings);
	if (!s->rc && drafts_too)
		answer_draft(&s->answer, a->settings, a->tools);
	s->weight = weigh(s);
}

/* Large records wait in smaller numbers: eight of 64 MiB would not fit. */
static bool is_full(const struct ahead *a)
{
	size_t waiting = a->made - a->taken;

	return waiting == AHEAD_SLOTS || (waiting && a->weight >= WEIGHT_MAX);
}

/* A free slot, or NULL: it is over. */
static struct slot *wait_for_room(struct ahead *a, bool *drafts_too)
{
	struct slot *s;

	pthread_mutex_lock(&a->lock);
	while (!a->is_stopped && is_full(a))
		pthread_cond_wait(&a->changed, &a->lock);
	s = a->is_stopped ? NULL : &a->slot[a->made % AHEAD_SLOTS];
	*drafts_too = a->expects_news;
	pthread_mutex_unlock(&a->lock);
	return s;
}

static bool is_the_last(enum err_code rc)
{
	return rc != ERR_OK && rc != ERR_INPUT && rc != ERR_LIMIT;
}

static void *run(void *data)
{
	struct ahead *a = data;
	struct slot *s;
	bool is_last = false, drafts_too;

	while (!is_last && (s = wait_for_room(a, &drafts_too)) != NULL) {
		make(a, s, drafts_too);
		is_last = is_the_last(s->rc);
		pthread_mutex_lock(&a->lock);
		a->made++;
		a->weight += s->weight;
		pthread_cond_broadcast(&a->changed);
		pthread_mutex_unlock(&a->lock);
	}
	return NULL;
}

/* --- in the other --- */

static enum err_code go_behind(struct warc_reader *r, uint64_t offset, struct err *e)
{
	struct warc_record rec;
	enum err_code rc = warc_reader_seek(r, offset, e);

	memset(&rec, 0, sizeof rec);
	if (!rc)
		rc = warc_reader_next(r, &rec, e);
	return rc == ERR_INPUT || rc == ERR_LIMIT || rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err_code make_slots(struct ahead *a, struct err *e)
{
	for (size_t i = 0; i < AHEAD_SLOTS; i++) {
		a->slot[i].arena = arena_new(ARENA_MAX_DEFAULT);
		if (!a->slot[i].arena)
			return err_nomem(e);
		buf_init(&a->slot[i].block, WARC_BLOCK_MAX + 1);
		answer_init(&a->slot[i].answer, a->slot[i].arena);
	}
	return ERR_OK;
}

enum err_code ahead_open(const char *path, const struct answer_settings *s,
	struct draft_tools *tools, const uint64_t *behind, struct ahead **out, struct err *e)
{
	struct ahead *a = calloc(1, sizeof *a);
	enum err_code rc;

	*out = NULL;
	if (!a)
		return err_nomem(e);
	a->settings = s;
	a->tools = tools;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->changed, NULL);
	rc = make_slots(a, e);
	if (!rc)
		rc = warc_reader_open(path, &a->reader, e);
	if (!rc)
		rc = exchanges_new(path, &a->exchanges, e);
	if (!rc && behind)
		rc = go_behind(a->reader, *behind, e);
	if (!rc)
		rc = thread_start(&a->thread, run, a, e);
	a->is_running = !rc;
	if (rc)
		ahead_close(a);
	else
		*out = a;
	return rc;
}

/* Much memory is given back. */
static void empty(struct slot *s)
{
	if (weigh(s) <= WEIGHT_KEPT)
		return;
	answer_fini(&s->answer);
	arena_reset(s->arena);
	answer_init(&s->answer, s->arena);
	buf_fini(&s->block);
	buf_init(&s->block, WARC_BLOCK_MAX + 1);
}

/* The slot that was handed out is free again when the next is asked for; the last stays. */
enum err_code ahead_next(struct ahead *a, struct answer **out, struct err *e)
{
	struct slot *s = &a->slot[a->taken % AHEAD_SLOTS]; /* no one else counts it on */

	if (a->is_given)
		empty(s);
	pthread_mutex_lock(&a->lock);
	if (a->is_given) {
		a->weight -= s->weight;
		a->taken++;
		pthread_cond_broadcast(&a->changed);
	}
	while (a->made == a->taken)
		pthread_cond_wait(&a->changed, &a->lock);
	s = &a->slot[a->taken % AHEAD_SLOTS];
	pthread_mutex_unlock(&a->lock);
	a->is_given = !is_the_last(s->rc);
	*out = &s->answer;
	return s->rc ? err_set(e, s->rc, "%s", s->why.text) : ERR_OK;
}

void ahead_expect_news(struct ahead *a, bool on)
{
	pthread_mutex_lock(&a->lock);
	a->expects_news = on;
	pthread_mutex_unlock(&a->lock);
}

void ahead_close(struct ahead *a)
{
	if (!a)
		return;
	pthread_mutex_lock(&a->lock);
	a->is_stopped = true;
	pthread_cond_broadcast(&a->changed);
	pthread_mutex_unlock(&a->lock);
	if (a->is_running)
		pthread_join(a->thread, NULL);
	for (size_t i = 0; i < AHEAD_SLOTS && a->slot[i].arena; i++) {
		answer_fini(&a->slot[i].answer);
		buf_fini(&a->slot[i].block);
		arena_free(a->slot[i].arena);
	}
	exchanges_free(a->exchanges);
	warc_reader_close(a->reader);
	pthread_cond_destroy(&a->changed);
	pthread_mutex_destroy(&a->lock);
	free(a);
}
