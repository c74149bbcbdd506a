/*
 * closeness.c - sets of character pairs, compared.
 */
#include "matcher/closeness.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "matcher/match.h"
#include "matcher/number_set.h"

#define TEXT_MAX ((size_t)64 << 10) /* bytes of the text that are looked at */

static enum err_code make_pairs(struct str s, struct number_set *out, struct err *e)
{
	struct buf key;
	uint32_t before = 0;
	enum err_code rc;

	buf_init(&key, TEXT_MAX * 4);
	rc = match_title_key(NULL, &key, s.p, s.n <= TEXT_MAX ? s.n : utf8_floor(s.p, TEXT_MAX), e);
	out->count = 0;
	out->at = rc ? NULL : calloc(key.len + 1, sizeof *out->at);
	if (!rc && !out->at)
		rc = err_nomem(e);
	for (size_t i = 0, len; !rc && i < key.len; i += len) {
		uint32_t cp = utf8_decode(key.data + i, key.len - i, &len);
		if (before)
			out->at[out->count++] = (uint64_t)before << 32 | cp;
		before = cp;
	}
	buf_fini(&key);
	number_set_settle(out);
	return rc;
}

enum err_code closeness_of(struct str matter, struct str text, double *out, struct err *e)
{
	struct number_set a = {NULL, 0}, b = {NULL, 0};
	size_t common = 0;
	enum err_code rc = make_pairs(matter, &a, e);

	*out = 0;
	if (!rc)
		rc = make_pairs(text, &b, e);
	for (size_t i = 0; !rc && i < a.count; i++)
		common += number_set_has(&b, a.at[i]);
	if (!rc && a.count >= CLOSENESS_PAIRS_MIN)
		*out = (double)common / (double)a.count;
	free(a.at);
	free(b.at);
	return rc;
}
