/*
 * notify_rules.h - who is told, when: the section [notify] of huiying.conf, and
 * [leader FROM..TO], the leaders on duty.
 *
 *   first, second   targets (target.h): told at once, and when nobody acknowledged
 *   supervisor      who confirms orders of supervision, and is told of them; default first
 *   leader          the third; [leader 2026-11-23..2026-11-29] target = NAME goes before it
 *   ack_within      "15m": how long each has to acknowledge
 *   quiet           "22:00-07:00": hours in which only what cannot wait is sent: a row
 *                   suggested 重大 or above, an overdue triage
 *   digest          "08:30、17:30": what is due, in one message
 *   alive           "08:00": a message a day, so that silence is not taken for calm
 *   detail          id (default): numbers only, since robots are other people's servers;
 *                   title: the titles too, personal data hidden
 *
 * No [notify] or no first: nobody is told. What goes to a unit goes to the target whose `units`
 * names it, otherwise to first, who passes it on.
 */
#ifndef OFFICE_NOTIFY_RULES_H
#define OFFICE_NOTIFY_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/path.h"
#include "crawler/night.h"
#include "crawler/target.h"

#define NOTIFY_STAGES 3
#define NOTIFY_TIMES_MAX 24

struct notify_times {
	int minutes[NOTIFY_TIMES_MAX]; /* of the day */
	size_t count;
};

struct notify_leader {
	char from[11], to[11]; /* YYYY-MM-DD, both included */
	const char *target;
};

struct notify_unit {
	const char *name; /* as units.conf calls it today */
	const char *target;
};

struct notify_rules {
	const char *stage[NOTIFY_STAGES + 1]; /* [1] first … [3] leader; NULL: none */
	struct notify_leader *leaders;
	size_t leader_count;
	const char *supervisor; /* NULL: first */
	struct notify_unit *units;
	size_t unit_count;
	int64_t ack_within; /* seconds */
	bool has_quiet, titles;
	struct night quiet;
	struct notify_times digest, alive;
	struct targets *targets; /* what the names mean */
};

/* today: the office's date, for the names of units. Strings live in the arena; every target and
 * unit named exists. Free the targets with
 * notify_rules_fini(). */
enum err_code notify_rules_load(const struct path_home *home, const char *today, struct arena *a,
	struct notify_rules *out, struct err *e);
void notify_rules_fini(struct notify_rules *r);
/* The target of a stage on a day, NULL: nobody. */
const char *notify_rules_target(const struct notify_rules *r, int64_t stage, const char *today);
/* The target of a role of supervision.conf (LADDER_TOLD_…); first when it has none of its own. */
const char *notify_rules_role(
	const struct notify_rules *r, const char *role, const char *unit, const char *today);
/* Whether messages that can wait are held back now; *until: the end of these hours. */
bool notify_rules_is_quiet(
	const struct notify_rules *r, int64_t now, const struct time_zone *zone, int64_t *until);
/* When something made now may be sent: now, or the end of the quiet hours. */
int64_t notify_rules_when(
	const struct notify_rules *r, bool urgent, int64_t now, const struct time_zone *zone);
/* The last of these moments at or before now, today's or yesterday's; TIME_NONE: there is none. */
int64_t notify_times_last(const struct notify_times *t, int64_t now, const struct time_zone *zone);

extern const struct conf_key notify_keys[]; /* for the man page */

#endif
