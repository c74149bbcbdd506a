/*
 * wording.h - which parts of an appeal or an answer say something about the matter.
 *
 * A text is read in shadow B without white space, so that width, script, line breaks and
 * the cells of a table make no difference. Characters are *formal* when they belong to a
 * word that any letter has (问题, 部门, 收悉 …), to a set phrase (高度重视 …, on request),
 * to a name handed in, or join words (的, 了, 市 …). What is left is the content; it is
 * counted in pairs of neighbouring Han characters, because Chinese has no words to count.
 */
#ifndef MATCHER_WORDING_H
#define MATCHER_WORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "matcher/normalise.h"

struct wording { /* lives in the arena */
	size_t n; /* code points */
	const uint32_t *cp;
	const char *s; /* the same as UTF-8, NUL-terminated */
	const size_t *at; /* offset of a code point in s; [n] is the size */
	bool *formal;
	size_t phrases; /* set phrases found */
};

enum wording_how {
	WORDING_PLAIN,
	WORDING_PHRASES /* set phrases are formal too */
};

/* names: of units and places that both sides name; they are no content. t may be NULL
 * (slower). ERR_LIMIT beyond NORMALISE_INPUT_MAX. */
enum err_code wording_read(const struct normalise_table *t, struct str text,
	const struct str *names, size_t name_count, enum wording_how how, struct arena *a,
	struct wording *out, struct err *e);

/* cp[i] and cp[i + 1] are Han; and both are content. */
bool wording_is_pair(const struct wording *w, size_t i);
bool wording_is_content(const struct wording *w, size_t i);
size_t wording_content(const struct wording *w); /* pairs of content */
/* One number a pair, for sets of them. */
static inline uint64_t wording_pair(const struct wording *w, size_t i)
{
	return (uint64_t)w->cp[i] << 32 | w->cp[i + 1];
}

/* The different set phrases of at least 4 characters, in their order, joined with 、, at most
 * `max` of them. */
void wording_add_phrases(const struct wording *w, size_t max, struct buf *out);

#endif
