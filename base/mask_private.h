/*
 * mask_private.h - what mask.c shares with the recognisers: the text as folded
 * characters, and the answer of a recogniser.
 */
#ifndef BASE_MASK_PRIVATE_H
#define BASE_MASK_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mask.h"

/* Full-width forms are folded to ASCII, invisible characters are left out. */
struct mask_char {
	uint32_t cp;
	size_t at; /* byte offset in the text */
};

struct mask_text {
	const struct mask_char *c;
	size_t n;
	const struct mask_keep *keep;
};

/* What shall be hidden: characters [from, to). */
struct mask_span {
	size_t from, to;
};

uint32_t mask_at(const struct mask_text *t, size_t i); /* 0 beyond the end */
bool mask_is_digit(uint32_t cp);
bool mask_is_alpha(uint32_t cp);
bool mask_is_alnum(uint32_t cp);
/* One of the words (NULL-terminated, ASCII in lower case) ends right before i, with at
 * most `gap` other characters between. */
bool mask_follows(const struct mask_text *t, size_t i, size_t gap, const char *const *words);
/* Length in characters of the word that stands at i; 0: none of them. */
size_t mask_word_at(const struct mask_text *t, size_t i, const char *const *words);

/* Does something to hide begin at i? */
bool mask_email(const struct mask_text *t, size_t i, struct mask_span *out);
bool mask_identity(const struct mask_text *t, size_t i, struct mask_span *out);
bool mask_mobile(const struct mask_text *t, size_t i, struct mask_span *out);
bool mask_landline(const struct mask_text *t, size_t i, struct mask_span *out);
bool mask_card(const struct mask_text *t, size_t i, struct mask_span *out);
bool mask_plate(const struct mask_text *t, size_t i, struct mask_span *out);
bool mask_account(const struct mask_text *t, size_t i, struct mask_span *out);
bool mask_passport(const struct mask_text *t, size_t i, struct mask_span *out);
bool mask_name(const struct mask_text *t, size_t i, struct mask_span *out);

#endif
