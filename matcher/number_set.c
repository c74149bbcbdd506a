/*
 * number_set.c - see number_set.h.
 */
#include "matcher/number_set.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void number_set_settle(struct number_set *s)
{
	size_t n = 0;

	if (s->count)
		qsort(s->at, s->count, sizeof *s->at, by_value);
	for (size_t i = 0; i < s->count; i++)
		if (n == 0 || s->at[n - 1] != s->at[i])
			s->at[n++] = s->at[i];
	s->count = n;
}

bool number_set_has(const struct number_set *s, uint64_t number)
{
	return s->count && bsearch(&number, s->at, s->count, sizeof *s->at, by_value);
}
