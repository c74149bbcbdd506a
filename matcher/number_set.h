/*
 * number_set.h - sets of numbers that stand for pairs of characters: filled, settled once,
 * then asked.
 */
#ifndef MATCHER_NUMBER_SET_H
#define MATCHER_NUMBER_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct number_set {
	uint64_t *at; /* the caller's memory */
	size_t count;
};

/* Sorts, and keeps each number once. */
void number_set_settle(struct number_set *s);
/* s is settled. */
bool number_set_has(const struct number_set *s, uint64_t number);

#endif
