/*
 * buf.c - the growing byte buffer with a sticky fault.
 */
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define FIRST_CAP 64

void buf_init(struct buf *b, size_t max)
{
	memset(b, 0, sizeof *b);
	b->max = max < SIZE_MAX ? max : SIZE_MAX - 1;
}

void buf_fini(struct buf *b)
{
	size_t max = b->max;

	free(b->data);
	buf_init(b, max);
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->fault = ERR_OK;
	if (b->data)
		b->data[0] = '\0';
}

/* Room for n more bytes and the NUL. */
static bool reserve(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : FIRST_CAP;
	char *data;

	if (b->fault)
		return false;
	if (n > b->max - b->len) {
		b->fault = ERR_LIMIT;
		return false;
	}
	if (buf_fits(b, n))
		return true;
	while (cap <= b->len + n)
		cap = cap > b->max / 2 ? b->max + 1 : cap * 2;
	data = realloc(b->data, cap);
	if (!data) {
		b->fault = ERR_NOMEM;
		return false;
	}
	b->data = data;
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	if (len == 0 || (!buf_fits(b, len) && !reserve(b, len)))
		return;
	memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

char *buf_room(struct buf *b, size_t n)
{
	if (!reserve(b, n))
		return NULL;
	b->data[b->len] = '\0';
	return b->data + b->len;
}

void buf_grow(struct buf *b, size_t n)
{
	b->len += n;
	b->data[b->len] = '\0';
}

void buf_add_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(b, fmt, ap);
	va_end(ap);
}

/* Into the room that is there; a second time when it was too small. */
void buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	size_t room = b->data && !b->fault ? b->cap - b->len : 0;
	char *end = room ? b->data + b->len : NULL;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(end, room, fmt, again);
	va_end(again);
	if (n >= 0 && (size_t)n < room) {
		b->len += (size_t)n;
		return;
	}
	if (room)
		*end = '\0';
	if (n < 0) {
		/* Only a length over INT_MAX fails: %ls is not used. */
		b->fault = b->fault ? b->fault : ERR_LIMIT;
		return;
	}
	if (n == 0 || !reserve(b, (size_t)n))
		return;
	vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
	b->len += (size_t)n;
}

void buf_truncate(struct buf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->data[len] = '\0';
}

const char *buf_str(const struct buf *b)
{
	return b->data ? b->data : "";
}

char *buf_detach(struct buf *b)
{
	char *data = NULL;

	if (!b->fault)
		data = b->data ? b->data : calloc(1, 1);
	if (data == b->data)
		b->data = NULL;
	buf_fini(b);
	return data;
}

enum err_code buf_check(const struct buf *b, const char *what, struct err *e)
{
	if (b->fault == ERR_LIMIT)
		return err_set(e, ERR_LIMIT, _("%s is larger than %zu bytes"), _(what), b->max);
	if (b->fault)
		return err_nomem(e);
	return ERR_OK;
}
