/*
 * words.h - what the record's own words ("pending", "press", "measure") are called in
 * front of people. JSON and events keep the words themselves.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stdint.h>

/* of: "case", "response", "evidence" (their states), "kind" (of a response), "clock",
 * "start", "due" (what falls due). An unknown word is returned as it is. */
const char *words_of(const char *of, const char *word);
/* What the record calls "hours", "minutes", "days" or "working days", as n of them are
 * called. An unknown word is returned as it is. */
const char *words_unit(const char *word, int64_t n);
/* Words that the record holds; NULL: what stands where an order of law erased them. */
const char *words_or_erased(const char *words);

#endif
