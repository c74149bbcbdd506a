/*
 * t2s.c - the generated table and its look-up by bisection.
 */
#include "matcher/t2s.h"

const struct t2s_pair t2s_pairs[] = {
#include "matcher/t2s_table.inc"
};

const size_t t2s_pair_count = sizeof t2s_pairs / sizeof *t2s_pairs;

uint32_t t2s_char(uint32_t cp)
{
	size_t low = 0, high = t2s_pair_count;

	if (cp < 0x2E80)
		return cp;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (t2s_pairs[mid].from == cp)
			return t2s_pairs[mid].to;
		if (t2s_pairs[mid].from < cp)
			low = mid + 1;
		else
			high = mid;
	}
	return cp;
}
