/*
 * festival.h - the days that people date their promises by: 春节, 清明, 五一, 国庆 …
 *
 * Lunar ones are known for the years FESTIVAL_FIRST to FESTIVAL_LAST; beyond them nobody
 * has promised anything yet, and a date is not guessed.
 */
#ifndef MATCHER_FESTIVAL_H
#define MATCHER_FESTIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FESTIVAL_FIRST 2000
#define FESTIVAL_LAST 2060

size_t festival_count(void);
const char *festival_name(size_t i); /* without 节: 春节 is the one that keeps it */
size_t festival_new_year(void); /* which is 春节 */
/* The day (since 1970-01-01) it falls on in a year; false: not known. */
bool festival_day(size_t i, int year, int64_t *day);

#endif
