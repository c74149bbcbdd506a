/*
 * share.c - reading and writing shares.
 */
#include "base/share.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

/* "60%" without its sign; false when it has none. */
static bool is_percentage(struct str s, struct str *number)
{
	static const char *const signs[] = {"%", "％"};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (!str_has_suffix(s, signs[i]))
			continue;
		*number = str_trim(str_sub(s, 0, s.n - strlen(signs[i])));
		return true;
	}
	return false;
}

bool share_parse(const char *s, struct share *out)
{
	struct str all = str_of(s), number;
	size_t slash = str_find(all, "/", 0);

	out->of = 100;
	if (is_percentage(all, &number))
		return str_to_int(number, 0, 100, &out->done);
	if (!str_to_int(str_trim(str_sub(all, slash + 1, all.n)), 1, SHARE_MAX, &out->of))
		return false;
	return str_to_int(str_trim(str_sub(all, 0, slash)), 0, out->of, &out->done);
}

void share_format(const struct share *s, char out[SHARE_SIZE])
{
	long long done = s->done, of = s->of;

	out[0] = '\0';
	if (of == 100)
		snprintf(out, SHARE_SIZE, "%lld %%", done);
	else if (of > 0)
		snprintf(out, SHARE_SIZE, "%lld/%lld (%lld %%)", done, of, done * 100 / of);
}

void share_format_short(const struct share *s, char out[SHARE_SIZE])
{
	long long done = s->done, of = s->of;

	out[0] = '\0';
	if (of == 100)
		snprintf(out, SHARE_SIZE, "%lld%%", done);
	else if (of > 0)
		snprintf(out, SHARE_SIZE, "%lld/%lld", done, of);
}

bool share_is_less(const struct share *a, const struct share *b)
{
	return a->done * b->of < b->done * a->of;
}
