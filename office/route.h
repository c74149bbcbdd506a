/*
 * route.h - which units a matter goes to, suggested from units.conf by topic, place and
 * 垂直管理 (DESIGN §6.3; 国办发〔2016〕61号 第一条, 80号 第三). A person decides.
 *
 * 1. The unit that leads the gravest topic leads (谁主管谁负责); those that lead the other
 *    topics help. units.conf is asked before the 牵头 of keywords.conf.
 * 2. Towns that are named (属地管理) help; without a topic's unit a single town leads. Of
 *    several the topic's unit is the first to answer, each town for its part.
 * 3. A unit under 垂直管理 is coordinated by the unit above it; what several units answer
 *    by those that coordinate (coordinates = yes).
 * A unit past its last day is replaced by its successor. A town's name behind another
 * county's (织金县龙场镇) is not ours.
 */
#ifndef OFFICE_ROUTE_H
#define OFFICE_ROUTE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/office.h"
#include "office/units.h"

#define ROUTE_AUTO "auto" /* as --lead: the suggestion is taken */
#define ROUTE_CO_MAX 32
#define ROUTE_WHY_MAX 64

struct route_topic { /* the gravest first */
	const char *name, *code;
	const char *lead; /* 牵头 of keywords.conf, or NULL */
};

struct route_ask {
	const struct route_topic *topics;
	size_t topic_count;
	const char *place; /* typed: towns joined with 、, or NULL */
	const char *text; /* in which places are looked for, or NULL */
	const char *grade; /* or NULL */
	const char *director; /* who directs a matter of this grade in person, or NULL */
	const char *date; /* "YYYY-MM-DD", of today */
};

struct route_why {
	const char *rule; /* "topic" "place" "places" "vertical" "several" "successor" "grade" */
	const char *text; /* one line for people */
};

struct route { /* points into the units and the arena */
	const struct unit *lead; /* NULL: none can be suggested */
	const struct unit *co[ROUTE_CO_MAX];
	size_t co_count;
	const char *coordinator; /* joined with 、; "" */
	struct route_why why[ROUTE_WHY_MAX];
	size_t why_count;
};

enum err_code route_suggest(const struct units *u, const struct route_ask *ask, struct arena *a,
	struct route *out, struct err *e);

/* Who sees that these units say the same; "" when one unit of ours answers alone. */
enum err_code route_coordinator(const struct units *u, const struct unit *lead, size_t co_count,
	struct arena *a, const char **out, struct err *e);

/* For a queue row: its topics, and places in the words of its alerts and items. place and
 * grade may be NULL. Inside a transaction. */
enum err_code route_story(struct office *o, const struct units *u, int64_t story, const char *place,
	const char *grade, struct arena *a, struct route *out, struct err *e);
/* The suggestion for a row ("S12", "12", "A40") or a case; units must outlive it. */
enum err_code office_route(struct office *o, const struct units *u, const char *typed,
	struct arena *a, struct route *out, struct err *e);

#endif
