/*
 * scratch.h - the temporary folder of a benchmark, removed with all that is in it.
 */
#ifndef TESTS_BENCH_SCRATCH_H
#define TESTS_BENCH_SCRATCH_H

#include <ftw.h>
#include <stdio.h>

static inline int scratch_remove_one(
	const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

/* 0, or what remove() said. */
static inline int scratch_remove(const char *dir)
{
	return nftw(dir, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
