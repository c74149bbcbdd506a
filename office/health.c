/*
 * health.c - looking at the answers as they are taken in. What it means is judged in
 * health_report.c.
 */
#include "office/health.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "base/url.h"
#include "crawler/challenge.h"

#define SAME_MIN 4 /* titles that may not all be alike */
#define USUAL_MIN 5 /* entries below which "fewer" means nothing */
#define FEWER_PART 5
#define LEARNED 3 /* answers before "fewer" is judged */
#define DATED_MIN 5 /* dates that make a rhythm */
#define DAY 86400

struct look {
	struct office *office;
	const struct health_answer *answer;
	struct arena *arena;
	struct health_habit habit;
};

/* Sets or clears a finding. */
static enum err_code find(
	struct look *l, const char *finding, bool there, const char *detail, struct err *e)
{
	const struct health_answer *a = l->answer;

	if (!there)
		return health_finding_drop(l->office->db, a->source_id, finding, e);
	return health_finding_put(l->office->db, a->source_id, finding, a->date, detail, e);
}

/* --- walls --- */

static const char *wall_detail(const struct challenge *c)
{
	if (c->kind == CHALLENGE_SCRIPT)
		return _("nothing but a script");
	return c->mark;
}

static enum err_code look_for_wall(struct look *l, bool *wall, const char **detail, struct err *e)
{
	const struct health_answer *a = l->answer;
	struct challenge c = {CHALLENGE_NONE, NULL};
	enum err_code rc = ERR_OK;

	/* More entries than a wall has links: nothing to look for. */
	if (!a->doc || a->doc->count <= CHALLENGE_LINKS_MAX)
		rc = challenge_find(a->data, a->size, a->content_type, a->charset, &c, e);
	/* A page of which several entries were read is no wall of scripts. */
	*wall = !rc && c.kind != CHALLENGE_NONE &&
		!(c.kind == CHALLENGE_SCRIPT && a->doc && a->doc->count >= SAME_MIN);
	*detail = *wall ? arena_strdup(l->arena, wall_detail(&c)) : "";
	if (!rc && !*detail)
		rc = err_nomem(e);
	return rc ? rc : find(l, "challenge", *wall, *detail, e);
}

/* --- layout --- */

static bool has_same_titles(const struct document *d)
{
	if (d->count < SAME_MIN)
		return false;
	for (size_t i = 1; i < d->count; i++) {
		const char *a = d->items[0].title, *b = d->items[i].title;
		/* Sitemaps and short posts have none. */
		if (!a || !b || strcmp(a, b) != 0)
			return false;
	}
	return true;
}

static enum err_code look_at_unreadable(struct look *l, struct err *e)
{
	if (l->habit.rows_usual == 0)
		return ERR_OK;
	return find(l, "empty", true, l->answer->why ? l->answer->why : "", e);
}

static enum err_code look_at_rows(struct look *l, struct err *e)
{
	struct health_habit *h = &l->habit;
	int64_t rows = (int64_t)l->answer->doc->count, usual = h->rows_usual / HEALTH_ROWS_SCALE;
	bool same = has_same_titles(l->answer->doc);
	bool empty = rows == 0 && usual > 0;
	bool fewer = rows > 0 && usual >= USUAL_MIN && h->rows_answers >= LEARNED &&
		     rows * FEWER_PART <= usual;
	const char *first = same ? l->answer->doc->items[0].title : NULL;
	char *change = arena_printf(l->arena, "%lld → %lld", (long long)usual, (long long)rows);
	enum err_code rc = change ? find(l, "empty", empty, change, e) : err_nomem(e);

	if (!rc)
		rc = find(l, "same", same, first ? first : "", e);
	if (!rc)
		rc = find(l, "fewer", fewer, change, e);
	if (same || empty || fewer)
		return rc; /* nothing to learn from */
	if (h->rows_answers == 0)
		h->rows_usual = rows * HEALTH_ROWS_SCALE;
	else
		h->rows_usual = (h->rows_usual * 7 + rows * HEALTH_ROWS_SCALE) / 8;
	h->rows_answers++;
	return rc;
}

/* --- charset --- */

/* A page without a Chinese character is as good ASCII as it is anything. */
static bool is_flip(const char *was, const char *is)
{
	return *was && *is && strcmp(was, is) != 0 && strcmp(was, "us-ascii") != 0 &&
	       strcmp(is, "us-ascii") != 0;
}

static enum err_code look_at_charset(struct look *l, struct err *e)
{
	const char *is = l->answer->doc->feed.encoding, *was = l->habit.charset;
	enum err_code rc = ERR_OK;
	char *change;

	if (!is)
		return ERR_OK;
	if (is_flip(was, is)) {
		change = arena_printf(l->arena, "%s → %s", was, is);
		/* A new flip begins anew. */
		rc = find(l, "charset", false, "", e);
		if (!rc)
			rc = change ? find(l, "charset", true, change, e) : err_nomem(e);
	}
	if (!*was || strcmp(is, "us-ascii") != 0)
		l->habit.charset = is;
	return rc;
}

/* --- rhythm --- */

static int newest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x < y) - (x > y);
}

/* The newer half of the dates tells the rhythm; what is pinned on top is old. */
static enum err_code look_at_dates(struct look *l, struct err *e)
{
	const struct document *d = l->answer->doc;
	int64_t *dates = arena_array(l->arena, d->count ? d->count : 1, sizeof *dates);
	size_t n = 0;

	if (!dates)
		return err_nomem(e);
	for (size_t i = 0; i < d->count; i++) {
		int64_t at = d->items[i].published;
		if (at != TIME_NONE && at <= l->answer->date + DAY)
			dates[n++] = at;
	}
	if (n == 0)
		return ERR_OK;
	qsort(dates, n, sizeof *dates, newest_first);
	if (l->habit.newest == TIME_NONE || dates[0] > l->habit.newest)
		l->habit.newest = dates[0];
	if (n >= DATED_MIN)
		l->habit.dated_gap = (dates[0] - dates[n / 2]) / (int64_t)(n / 2);
	return ERR_OK;
}

static enum err_code look_at_document(struct look *l, struct err *e)
{
	enum err_code rc = look_at_rows(l, e);

	if (!rc)
		rc = look_at_charset(l, e);
	if (!rc)
		rc = look_at_dates(l, e);
	return rc ? rc : health_habit_put(l->office->db, &l->habit, e);
}

enum err_code health_look(struct office *o, const struct health_answer *answer, struct arena *a,
	bool *wall, const char **detail, struct err *e)
{
	struct look l = {.office = o, .answer = answer, .arena = a};
	enum err_code rc = health_habit_get(o->db, answer->source_id, a, &l.habit, e);

	*wall = false;
	*detail = "";
	if (!rc)
		rc = look_for_wall(&l, wall, detail, e);
	if (rc || *wall)
		return rc;
	return answer->doc ? look_at_document(&l, e) : look_at_unreadable(&l, e);
}

enum err_code health_note_certificate(struct office *o, const struct warc_metadata *meta,
	const char *url, int64_t date, struct err *e)
{
	struct url_parts u;
	struct err why = {ERR_OK, ""};
	enum err_code rc;

	if (!meta || !meta->source || meta->cert_expires == TIME_NONE || !url || date == TIME_NONE)
		return ERR_OK;
	rc = url_split(url, &u, &why);
	if (rc == ERR_NOMEM)
		return err_nomem(e);
	if (rc)
		return ERR_OK;
	rc = health_certificate(o->db, meta->source, u.host, meta->cert_expires, date, e);
	url_parts_fini(&u);
	return rc;
}
