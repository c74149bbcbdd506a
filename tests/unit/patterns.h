/*
 * patterns.h - random patterns of few letters, which meet in many ways, and texts with
 * long runs of them. Functions are inline because several tests use them.
 */
#ifndef PATTERNS_H
#define PATTERNS_H

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "matcher/regex.h"

static inline uint32_t patterns_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

#define PATTERNS_PICK(seed, list) (list)[patterns_random(seed) % (sizeof(list) / sizeof *(list))]

static inline void patterns_add_part(struct buf *b, uint64_t *seed, int depth);

static inline void patterns_add_atom(struct buf *b, uint64_t *seed, int depth)
{
	static const char *const atoms[] = {"哈", "哈", "薪", "薪", "工", "哈薪", "薪工", "x", "1",
		".", "[哈薪]", "[^哈]", "[^，。]", "[0-9]", "[x工]", "\\d", "\\D", "\\w", "\\s"};
	static const char *const open[] = {"(", "(", "(?:", "(?:", "(?=", "(?!", "(?<!"};

	if (depth == 0 || patterns_random(seed) % 4) {
		buf_add_str(b, PATTERNS_PICK(seed, atoms));
		return;
	}
	buf_add_str(b, PATTERNS_PICK(seed, open));
	patterns_add_part(b, seed, depth - 1);
	while (patterns_random(seed) % 2) {
		buf_add_char(b, '|');
		patterns_add_part(b, seed, depth - 1);
	}
	buf_add_char(b, ')');
}

static inline void patterns_add_part(struct buf *b, uint64_t *seed, int depth)
{
	static const char *const repeats[] = {"?", "*", "+", "+", "{0,3}", "{2}", "{1,}", "{0,20}",
		"{2,9}", "{0,60}", "*?", "+?", "++", "{0,4}?"};

	for (uint32_t n = 1 + patterns_random(seed) % 4; n > 0; n--) {
		patterns_add_atom(b, seed, depth);
		if (patterns_random(seed) % 3 == 0)
			buf_add_str(b, PATTERNS_PICK(seed, repeats));
	}
}

/* Long runs: what makes a pattern try much. `without` is left out. */
static inline void patterns_add_runs(struct buf *b, uint64_t *seed, const char *without)
{
	static const char *const letters[] = {"哈", "哈", "薪", "工", "x", "1", "，", " "};
	size_t left = patterns_random(seed) % (4 * REGEX_SHORT);

	buf_clear(b);
	while (left > 0) {
		const char *c = PATTERNS_PICK(seed, letters);
		size_t n = patterns_random(seed) % 3 ? patterns_random(seed) % 3
						     : patterns_random(seed) % REGEX_SHORT;
		for (n = n < left ? n : left; n > 0; n--, left--)
			buf_add_str(b, strcmp(c, without) == 0 ? "x" : c);
		left -= left > 0;
	}
}

#endif
