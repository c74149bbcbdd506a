/*
 * rules_suggest.h - from one false alarm to rule lines that would have spared it.
 *
 * A suggestion is a word of the text that tells past false alarms from true alerts
 * (suggest_words.h), written as a line for an overlay with the test that keeps it, and what
 * it would have done to past alerts, judged by the matcher. Nothing is installed.
 */
#ifndef OFFICE_RULES_SUGGEST_H
#define OFFICE_RULES_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/office.h"

#define RULES_SUGGEST_MAX 3

enum rules_suggest_form {
	RULES_SUGGEST_EXCLUDE, /* ! in the topic: no true alert holds the word */
	RULES_SUGGEST_SUBTRACT, /* - in the topic: few do */
	RULES_SUGGEST_EXCLUDE_ALL, /* 全局排除: false alarms of many topics hold it */
	RULES_SUGGEST_WEAKEN_ALL, /* 全局扣分: and few true alerts */
};

struct rules_suggestion { /* strings live in the arena */
	const char *word;
	enum rules_suggest_form form;
	const char *line; /* as it would stand in the file */
	const char *test; /* what its test says, personal data hidden; NULL: none was found */
	const char *overlay; /* section, line and test, to paste */
	size_t false_with, false_of; /* false alarms that hold the word, of how many … */
	size_t true_with, true_of; /* … of the topic, or of all topics for the last two forms */
	int64_t *spared, *lost; /* alerts that today's rules raise and would not with the line */
	size_t spared_count, lost_count;
};

struct rules_suggest {
	int64_t alert, story;
	const char *topic, *title; /* title NULL: erased */
	struct rules_suggestion suggestion[RULES_SUGGEST_MAX];
	size_t count; /* may be 0 */
	bool cut; /* only the newest alerts were looked at */
};

/* typed: A12, or the row of one alert, S12. ERR_REFUSED: it was not dismissed as 误报,
 * today's rules do not raise it any more, or its text was erased. */
enum err_code office_rules_suggest(struct office *o, const char *typed, struct arena *a,
	struct rules_suggest *out, struct err *e);

#endif
