/*
 * share.h - how much of something is done: "60%" or "38/45", as people write it.
 */
#ifndef BASE_SHARE_H
#define BASE_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#define SHARE_MAX 1000000000
#define SHARE_SIZE 40

struct share {
	int64_t done, of; /* "60%" is 60 of 100; of 0: none was said */
};

/* Whole numbers, done at most `of`, `of` from 1 to SHARE_MAX; % or ％. False: neither form. */
bool share_parse(const char *s, struct share *out);
/* "38/45 (84 %)", "60 %" when of is 100; "" for none. Rounded down: 100 % is all. */
void share_format(const struct share *s, char out[SHARE_SIZE]);
/* "38/45", "60%". */
void share_format_short(const struct share *s, char out[SHARE_SIZE]);
/* Whether a is less than b; both said. */
bool share_is_less(const struct share *a, const struct share *b);

#endif
