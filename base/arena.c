/*
 * arena.c - a list of chunks; the newest is carved from its front, and what is handed
 * out is zeroed then. A large request gets a chunk of its own, put behind the current one
 * so that the rest of that one is not lost. A reset keeps some chunks for what comes next:
 * one document after the other goes through the same memory.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)32 << 10)
#define ALIGNMENT alignof(max_align_t)
/* Under AddressSanitizer nothing is kept, so that it sees uses after a reset. */
#ifdef __SANITIZE_ADDRESS__
#define SPARE_MAX 0
#else
#define SPARE_MAX 32 /* chunks, 1 MiB */
#endif

struct chunk {
	struct chunk *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

struct arena {
	struct chunk *chunks, *spare;
	size_t spare_count;
	size_t max, used; /* used: bytes asked for, rounded up to the alignment */
	bool failed;
};

struct arena *arena_new(size_t max)
{
	struct arena *a = calloc(1, sizeof *a);

	if (a)
		a->max = max;
	return a;
}

static void free_list(struct chunk *c)
{
	struct chunk *next;

	for (; c; c = next) {
		next = c->next;
		free(c);
	}
}

void arena_reset(struct arena *a)
{
	struct chunk *c = a->chunks, *next;

	for (; c; c = next) {
		next = c->next;
		if (c->size != CHUNK_SIZE || a->spare_count == SPARE_MAX) {
			free(c);
			continue;
		}
		c->next = a->spare;
		a->spare = c;
		a->spare_count++;
	}
	a->chunks = NULL;
	a->used = 0;
	a->failed = false;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	free_list(a->chunks);
	free_list(a->spare);
	free(a);
}

static void *take(struct chunk *c, size_t size)
{
	void *p = c->data + c->used;

	c->used += size;
	return p;
}

static struct chunk *add_chunk(struct arena *a, size_t size)
{
	bool alone = size > CHUNK_SIZE / 4;
	size_t room = alone ? size : CHUNK_SIZE;
	struct chunk *c;

	if (!alone && a->spare) {
		c = a->spare;
		a->spare = c->next;
		a->spare_count--;
	} else {
		c = malloc(sizeof *c + room);
	}
	if (!c)
		return NULL;
	c->size = room;
	c->used = 0;
	if (alone && a->chunks) {
		c->next = a->chunks->next;
		a->chunks->next = c;
	} else {
		c->next = a->chunks;
		a->chunks = c;
	}
	return c;
}

static void *fail(struct arena *a)
{
	arena_fail(a);
	return NULL;
}

/* Not zeroed. */
static void *carve(struct arena *a, size_t size)
{
	struct chunk *c = a ? a->chunks : NULL;

	if (!a || size > SIZE_MAX / 2)
		return fail(a);
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (a->max < a->used || size > a->max - a->used)
		return fail(a);
	if (!c || size > c->size - c->used)
		c = add_chunk(a, size);
	if (!c)
		return fail(a);
	a->used += size;
	return take(c, size);
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p;

	if (size == 0)
		size = 1;
	p = carve(a, size);
	if (p)
		memset(p, 0, size);
	return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return fail(a);
	return arena_alloc(a, count * size);
}

void *arena_room(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return fail(a);
	return carve(a, count * size > 0 ? count * size : 1);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy;

	if (!s)
		return NULL;
	copy = n < SIZE_MAX ? carve(a, n + 1) : fail(a);
	if (copy) {
		memcpy(copy, s, n);
		copy[n] = '\0';
	}
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return fail(a);
	s = arena_alloc(a, (size_t)n + 1);
	if (!s)
		return NULL;
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}

bool arena_failed(const struct arena *a)
{
	return !a || a->failed;
}

void arena_fail(struct arena *a)
{
	if (a)
		a->failed = true;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
