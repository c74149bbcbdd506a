/*
 * backtest.h - what two rule sets make of the same items: alerts gained and lost, graver
 * and milder, and the rule lines that make the difference.
 *
 * An alert is one topic of one group of items (copies of one event): it is gained when an
 * item of the group alerts by the new rules and none did by the old ones. A difference is
 * put down to every line that made it, so that the figures of lines may add up to more than
 * the alerts: a line that hits on the side that alerts and not on the other; one that
 * subtracts or excludes on the other side alone; else the topic's settings or the region.
 *
 * Strings of the rules are borrowed: both sets must outlive the backtest. Everything that
 * backtest_end() gives lives in it.
 */
#ifndef MATCHER_BACKTEST_H
#define MATCHER_BACKTEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "matcher/match.h"

struct backtest;

/* before NULL: there were no rules that could be loaded, all alerts are gained. */
struct backtest *backtest_new(const struct rules *before, const struct rules *after);
void backtest_free(struct backtest *b); /* NULL is fine */

struct backtest_item { /* copied as far as needed */
	const char *id, *title, *source; /* for examples; NULL allowed */
	const char *group; /* what its copies share; NULL: it has none */
	bool muted; /* it alerts by no rules: only counted */
};

/* Judges the item by both sets. scratch holds the results and may be reset afterwards. */
enum err_code backtest_add(struct backtest *b, const struct backtest_item *item,
	const struct match_input *in, struct arena *scratch, struct err *e);

enum backtest_change { BACKTEST_GAINED, BACKTEST_LOST, BACKTEST_GRAVER, BACKTEST_MILDER };

/* Which of the rule sets have the line (switched off counts as not). */
enum backtest_side { BACKTEST_BOTH, BACKTEST_NEW, BACKTEST_OLD };

struct backtest_line {
	const char *file; /* NULL: no line, but the settings of the topic or the region */
	const char *rule; /* the line as written; without a line "[topic]" or "[地域]" */
	int number; /* in the new rules, else in the old ones; 0 without a line */
	enum backtest_side side;
	size_t gained, lost;
	const struct backtest_alert **alerts; /* those two, in the order of the items */
	size_t alert_count;
};

struct backtest_alert { /* what differs; id, title and source of the item that shows it */
	enum backtest_change change;
	const char *id, *title, *source;
	const char *topic, *code;
	enum match_grade before, after; /* GRADE_NONE: no alert */
	const struct backtest_line **lines; /* what it is put down to */
	size_t line_count;
};

struct backtest_result {
	size_t items;
	size_t before, after; /* alerts */
	size_t gained, lost, graver, milder;
	size_t undecided; /* items with a line that stayed undecided by the new rules */
	const struct backtest_alert *alerts; /* in the order of the items */
	size_t alert_count;
	const struct backtest_line *lines; /* the most alerts first */
	size_t line_count;
};

enum err_code backtest_end(struct backtest *b, struct backtest_result *out, struct err *e);

/* Nothing gained, lost, graver or milder. */
bool backtest_is_same(const struct backtest_result *r);

#endif
