/*
 * numerals.h - whole numbers in a shadow: 12, 1,200, 十二, 一百零五, 二〇二六.
 */
#ifndef MATCHER_NUMERALS_H
#define MATCHER_NUMERALS_H

#include <stddef.h>
#include <stdint.h>

#define NUMERALS_MAX INT64_C(999999999) /* a larger one is no number here */

/* The length of the number that cp[0 .. n) begins with, 0 when there is none. */
size_t numerals_digits(const uint32_t *cp, size_t n, int64_t *value);
/* Han numerals; the longest run that makes one number. */
size_t numerals_han(const uint32_t *cp, size_t n, int64_t *value);
/* Either. */
size_t numerals_read(const uint32_t *cp, size_t n, int64_t *value);

#endif
