/*
 * world.h - a temporary ledger for one test: open for writing, gone with the test.
 * For cmocka_unit_test_setup_teardown(); *state is a struct world.
 */
#ifndef TESTS_UNIT_WORLD_H
#define TESTS_UNIT_WORLD_H

#include <stdlib.h>

#include "base/arena.h"
#include "ledger/db.h"
#include "ledger/events.h"
#include "ledger/instance.h"

#define WORLD_ACTOR "{\"login\":\"huiying\",\"role\":\"system\"}"

struct world {
	struct db *db;
	struct arena *arena;
	struct err e;
};

/* Tables only. */
static inline int world_open(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	*state = w;
	if (!w)
		return -1;
	w->arena = arena_new(ARENA_MAX_DEFAULT);
	if (!w->arena)
		return -1;
	return db_open_temporary(0, &w->db, &w->e) || db_begin_write(w->db, &w->e) ? -1 : 0;
}

/* With the event that every ledger begins with. */
static inline int world_open_begun(void **state)
{
	struct event_draft by = {1000, WORLD_ACTOR, "", NULL, NULL, NULL};
	struct world *w;

	if (world_open(state))
		return -1;
	w = *state;
	return instance_create(w->db, &by, true, "", &w->e) ? -1 : 0;
}

static inline int world_close(void **state)
{
	struct world *w = *state;

	db_close(w->db);
	arena_free(w->arena);
	free(w);
	return 0;
}

#endif
