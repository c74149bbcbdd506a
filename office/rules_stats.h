/*
 * rules_stats.h - what each rule line brought: alerts, and false alarms among those that
 * staff have decided about. Only the outcome 误报 counts against a line (DESIGN §6.3).
 *
 * A line is known by topic and text: moving it keeps its figures, changing it starts anew.
 */
#ifndef OFFICE_RULES_STATS_H
#define OFFICE_RULES_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/line_queue.h"
#include "office/office.h"

#define RULES_STATS_REASONS 7 /* kinds of 误报, office_queue_reason_at() */

struct rules_stats_line {
	struct line_ref line; /* gone: it stands in the rules no more */
	const char *file; /* of its place */
	int64_t number;
	char hash[LINE_HASH_SHOWN + 1]; /* of a line that is gone: the rule set of its place */
	int64_t hits; /* alerts in which it hit */
	int64_t decided; /* of these, whose row is decided */
	int64_t false_alarms; /* of these, decided as 误报 */
	int64_t last_false; /* the newest of these alerts, 0: none */
	bool takes; /* it takes points: what it hits it keeps away from the queue */
	int64_t reasons[RULES_STATS_REASONS];
};

/* Of alerts raised since then (INT64_MIN: all) of a topic (name or code; NULL: all). Most
 * false alarms first, then most hits; behind them lines that take points, for which a false
 * alarm is no fault; lines that never hit come last, as they stand. `!` lines, which no alert can
 * name, are not among them. Everything in the arena or with the office's rules. ERR_NOT_FOUND: no
 * such topic, neither in the rules nor among alerts. */
enum err_code office_rules_stats(struct office *o, int64_t since, const char *topic,
	struct arena *a, struct rules_stats_line **out, size_t *count, struct err *e);

#endif
