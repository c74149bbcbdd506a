/*
 * slogan.h - does an answer say anything that can be held against it?
 *
 * An answer is a mere slogan when it has no *sign* of substance - a counted number, a date,
 * a rule cited, a measure taken, a unit charged with the matter - and hardly any content
 * beside set phrases. Numbers of letters, hotlines and the date under a letter are no signs.
 * Measured on 150 answers that were published and on slogans made for the purpose.
 */
#ifndef MATCHER_SLOGAN_H
#define MATCHER_SLOGAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "matcher/normalise.h"

enum slogan_sign {
	SLOGAN_NO_SIGN,
	SLOGAN_NUMBER,
	SLOGAN_DATE,
	SLOGAN_RULE,
	SLOGAN_MEASURE,
	SLOGAN_UNIT,
};

struct slogan {
	bool is;
	enum slogan_sign sign; /* the first found */
	size_t content; /* pairs of content, wording.h */
	const char *phrases; /* set phrases found, joined with 、; "" when none */
};

#define SLOGAN_PHRASES_SHOWN 6
/* So much content is too little without a sign: 8 pairs and one for each 40 characters. */
#define SLOGAN_CONTENT 8
#define SLOGAN_CONTENT_EACH 40

/* units: names of the units that there are. t may be NULL (slower); what *out points to
 * lives in the arena. ERR_LIMIT beyond NORMALISE_INPUT_MAX. */
enum err_code slogan_judge(const struct normalise_table *t, struct str text,
	const struct str *units, size_t unit_count, struct arena *a, struct slogan *out,
	struct err *e);

#endif
