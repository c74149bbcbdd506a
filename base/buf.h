/*
 * buf.h - a growing byte buffer with a maximum declared at birth.
 *
 * Hostile input cannot grow memory: an append that would pass `max` or finds no
 * memory adds nothing and sets `fault`; the fault sticks, later appends are
 * ignored, and the caller asks once, with buf_check(), before using the result.
 * `data` is NUL-terminated whenever it is not NULL; the NUL is not counted.
 * buf_str() never returns NULL.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct buf {
	char *data;
	size_t len;
	size_t cap;
	size_t max;
	enum err_code fault;
};

#define BUF_MAX_DEFAULT ((size_t)64 << 20)

void buf_init(struct buf *b, size_t max);
void buf_fini(struct buf *b);
void buf_clear(struct buf *b); /* empty, memory kept, fault forgotten */

void buf_add(struct buf *b, const void *data, size_t len);
void buf_add_str(struct buf *b, const char *s);
/* Where n bytes may be written that are to be added, NULL at fault; then buf_grow() says
 * how many of them were. Nothing may be appended in between. */
char *buf_room(struct buf *b, size_t n);
void buf_grow(struct buf *b, size_t n);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void buf_truncate(struct buf *b, size_t len); /* no effect if already shorter */

/* n more bytes and the NUL go in without growing. */
static inline bool buf_fits(const struct buf *b, size_t n)
{
	return b->data && !b->fault && n < b->cap - b->len && n <= b->max - b->len;
}

static inline void buf_add_char(struct buf *b, char c)
{
	if (!buf_fits(b, 1)) {
		buf_add(b, &c, 1);
		return;
	}
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

/* The text so far, "" when nothing was added. Valid until the next append. */
const char *buf_str(const struct buf *b);

/* Takes the NUL-terminated text out (free() it); b is empty afterwards. NULL
 * when the buffer is at fault. */
char *buf_detach(struct buf *b);

/* ERR_OK, or e filled with ERR_LIMIT / ERR_NOMEM; `what` names the content. It is translated
 * only then: who asks for every text says N_(), because looking a word up takes its time. */
enum err_code buf_check(const struct buf *b, const char *what, struct err *e);

#endif
