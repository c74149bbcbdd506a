/*
 * neardup_text.h - a text as tokens; inside matcher/neardup*.c only.
 */
#ifndef MATCHER_NEARDUP_TEXT_H
#define MATCHER_NEARDUP_TEXT_H

#include "matcher/neardup.h"

enum neardup_kind { NEARDUP_HAN, NEARDUP_WORD, NEARDUP_NUMBER };

struct neardup_token {
	uint32_t id; /* code point, or a hash with the top bit set */
	uint32_t sentence; /* from 0 */
	enum neardup_kind kind;
};

struct neardup_text {
	const struct neardup_token *token;
	size_t count;
	size_t sentences;
};

#endif
