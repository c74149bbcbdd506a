/*
 * flood_queue.c - reading floods and the rows of a line out of the ledger.
 */
#include "office/flood_queue.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/list.h"
#include "ledger/ranges.h"

/* Today's places of lines; *out stays NULL when the rules do not load. */
static enum err_code read_places(struct office *o, struct line_places **out, struct err *e)
{
	const struct rules *rules;
	struct err why = {ERR_OK, ""};

	*out = NULL;
	if (office_rules(o, &rules, &why) == ERR_OK)
		return line_places_new(rules, out, e);
	log_warning(&o->log, "%s", why.text);
	return ERR_OK;
}

static enum err_code possible(struct office *o, struct arena *a, bool *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list times;
	enum err_code rc = db_query(o->db, ST_STORY_RAISED_OPEN, DB_NO_ARGS, &q, e);

	list_init(&times, a, sizeof(int64_t));
	while (!rc && db_next(&q)) {
		int64_t *at = list_add(&times);
		if (at)
			*at = db_int(&q, 0);
		else
			rc = err_nomem(e);
	}
	*out = flood_is_possible(times.items, times.count, o->settings.flood_an_hour);
	return db_end(&q, rc, e);
}

enum err_code office_floods(struct office *o, struct arena *a, struct floods *out, struct err *e)
{
	struct line_places *places = NULL;
	struct line_queue q;
	bool any = false;
	enum err_code rc = possible(o, a, &any, e);

	*out = (struct floods){NULL, 0};
	if (rc || !any)
		return rc;
	rc = line_queue_read(o->db, INT64_MIN, a, &q, e);
	if (!rc)
		rc = read_places(o, &places, e);
	if (!rc)
		rc = flood_find(&q, places, o->settings.flood_an_hour, office_now(o), a, out, e);
	line_places_free(places);
	return rc;
}

static enum err_code collect(
	const struct line_queue *q, struct arena *a, struct line_rows *out, struct err *e)
{
	out->count = 0;
	out->stories = arena_array(a, q->count + 1, sizeof *out->stories);
	for (size_t i = 0; out->stories && i < q->count; i++) {
		enum line_row_state s = line_queue_state(q, &q->rows[i], &out->line, NULL);
		if (s == LINE_ROW_ALONE || s == LINE_ROW_TAKEN)
			out->stories[out->count++] = q->rows[i].story;
	}
	return out->stories ? ERR_OK : err_nomem(e);
}

enum err_code office_line_rows(
	struct office *o, const char *typed, struct arena *a, struct line_rows *out, struct err *e)
{
	struct line_places *places = NULL;
	struct line_queue q;
	enum err_code rc = read_places(o, &places, e);

	if (!rc)
		rc = line_queue_read(o->db, INT64_MIN, a, &q, e);
	if (!rc)
		rc = line_queue_find(&q, places, typed, a, &out->line, e);
	if (!rc)
		rc = collect(&q, a, out, e);
	line_places_free(places);
	return rc;
}

bool office_line_rows_has(const struct line_rows *r, int64_t story)
{
	return r->count && bsearch(&story, r->stories, r->count, sizeof story, ranges_order);
}
