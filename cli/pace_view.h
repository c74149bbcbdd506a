/*
 * pace_view.h - how often each source is asked at present, for `sources list` and
 * `status`: read from the fetch state, which only huiying-fetch writes.
 */
#ifndef CLI_PACE_VIEW_H
#define CLI_PACE_VIEW_H

#include "base/json.h"
#include "base/path.h"
#include "cli/output.h"
#include "crawler/source.h"
#include "crawler/state.h"

/* NULL when there is none or it may not be read: then nothing is known of the pace.
 * Free with state_free(). */
struct state *pace_view_load(const struct path_home *home);
/* Members of an open object: "interval" in seconds, "next" as a time, "quiet" and, after
 * failures, "streak"; none when nothing is known. */
void pace_view_put_json(struct json_writer *w, const struct state *state, const struct source *s);
/* A cell with the present interval in minutes, "-" when nothing is known. */
void pace_view_cell(struct table *t, const struct state *state, const struct source *s);

#endif
