/*
 * upkeep.c - the newest item of each channel against its limit.
 */
#include "office/upkeep.h"

#include <string.h>

#include "base/time.h"

static enum err_code look_at_source(
	struct office *o, const struct source *s, struct upkeep *u, struct err *e)
{
	int64_t newest = TIME_NONE;
	enum err_code rc = db_get_int(o->db, ST_SOURCE_NEWEST, DB_ARGS(DB_TEXT(s->id)), &newest, e);

	u->sources++;
	if (!rc && newest != TIME_NONE && (u->newest == TIME_NONE || newest > u->newest))
		u->newest = newest;
	return rc;
}

static enum upkeep_state judge(const struct office *o, const struct upkeep *u)
{
	if (u->channel->upkeep == 0)
		return UPKEEP_KEPT;
	if (u->sources == 0 || u->newest == TIME_NONE)
		return UPKEEP_UNSEEN;
	return office_now(o) - u->newest > u->channel->upkeep ? UPKEEP_STALE : UPKEEP_KEPT;
}

enum err_code upkeep_list(
	struct office *o, struct arena *a, struct upkeep **out, size_t *count, struct err *e)
{
	const struct channels *all;
	const struct sources *sources;
	enum err_code rc = office_channels(o, &all, e);

	*count = 0;
	if (!rc)
		rc = office_sources(o, &sources, e);
	if (rc)
		return rc;
	*out = arena_array(a, channels_count(all) + 1, sizeof **out);
	if (!*out)
		return err_nomem(e);
	for (size_t i = 0; i < channels_count(all) && !rc; i++) {
		struct upkeep *u = &(*out)[(*count)++];
		u->channel = channels_at(all, i);
		u->newest = TIME_NONE;
		for (size_t k = 0; k < sources_count(sources) && !rc; k++) {
			const struct source *s = sources_at(sources, k);
			if (s->enabled && s->channel && strcmp(s->channel, u->channel->name) == 0)
				rc = look_at_source(o, s, u, e);
		}
		u->state = judge(o, u);
	}
	return rc;
}
