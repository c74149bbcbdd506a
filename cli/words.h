/*
 * words.h - what the record's own words ("pending", "press", "measure") are called in
 * front of people. JSON and events keep the words themselves.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

/* of: "case", "response", "evidence" (their states), "kind" (of a response), "clock",
 * "start", "unit" (of time), "due" (what falls due). An unknown word is returned as it is. */
const char *words_of(const char *of, const char *word);

#endif
