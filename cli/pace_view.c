/*
 * pace_view.c - the pace of sources, as the fetch state has it.
 */
#include "cli/pace_view.h"

#include <stdlib.h>

struct state *pace_view_load(const struct path_home *home)
{
	char *path = path_join(home->data, "state/fetch.json");
	struct state *state = NULL;
	bool damaged;

	if (!path || state_load(path, &state, &damaged, NULL) != ERR_OK)
		state = NULL;
	free(path);
	return state;
}

static const struct state_source *row_of(const struct state *state, const struct source *s)
{
	const struct state_source *row = state ? state_source_find(state, s->id) : NULL;

	return row && row->checked ? row : NULL;
}

void pace_view_put_json(struct json_writer *w, const struct state *state, const struct source *s)
{
	const struct state_source *row = row_of(state, s);

	if (!row)
		return;
	if (row->interval)
		json_put_int(w, "interval", row->interval);
	json_put_time(w, "next", row->next);
	json_put_int(w, "quiet", row->quiet);
	if (row->streak)
		json_put_int(w, "streak", row->streak);
}

void pace_view_cell(struct table *t, const struct state *state, const struct source *s)
{
	const struct state_source *row = row_of(state, s);

	if (row && row->interval)
		table_cellf(t, "%lld", (long long)((row->interval + 30) / 60));
	else
		table_cell(t, NULL);
}
