/*
 * state_private.h - what state.c and state_file.c share; for no one else.
 */
#ifndef CRAWLER_STATE_PRIVATE_H
#define CRAWLER_STATE_PRIVATE_H

#include <stddef.h>

#include "base/err.h"
#include "base/name_index.h"
#include "crawler/state.h"

#define STATE_STREAK_MAX 1000000

struct state {
	struct state_source *sources;
	size_t source_count, source_room;
	struct state_robots *robots;
	size_t robots_count, robots_room;
	struct state_host *hosts;
	size_t host_count, host_room;
	struct name_index by_id, by_origin, by_name;
};

/* A copy of value in the place of *field; NULL stays NULL. */
enum err_code state_replace(char **field, const char *value, struct err *e);

#endif
