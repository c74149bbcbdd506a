/*
 * brief.c - gathers what the papers about a case say, and masks it.
 */
#include "office/brief.h"

#include <string.h>

#include "base/mask.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/records.h"

#define MASKED_MAX ((size_t)8 << 20)

static enum err_code hide(struct arena *a, const char **text, struct err *e)
{
	struct buf b;

	if (!*text)
		return ERR_OK;
	buf_init(&b, MASKED_MAX);
	mask_add(&b, *text, strlen(*text), NULL, NULL);
	*text = b.fault ? NULL : arena_strdup(a, buf_str(&b));
	buf_fini(&b);
	return *text ? ERR_OK : err_nomem(e);
}

/* The first characters, "…" when there are more. */
static enum err_code shorten(struct arena *a, const char **text, struct err *e)
{
	size_t n = *text ? strlen(*text) : 0;
	size_t cut = utf8_offset(*text ? *text : "", n, BRIEF_EXCERPT_MAX);

	if (cut >= n)
		return ERR_OK;
	*text = arena_printf(a, "%.*s…", (int)cut, *text);
	return *text ? ERR_OK : err_nomem(e);
}

static enum err_code read_source(struct office *o, struct arena *a, struct brief *b, struct err *e)
{
	struct story s;
	struct alert first;
	enum err_code rc = alerts_get_story(o->db, b->c.story, a, &s, e);

	if (!rc)
		rc = alerts_get(o->db, s.first_alert, a, &first, e);
	if (rc)
		return rc;
	b->source = first.source_name;
	b->link = first.link;
	b->excerpt = first.excerpt;
	rc = hide(a, &b->excerpt, e); /* before it is cut: half a number is no number */
	return rc ? rc : shorten(a, &b->excerpt, e);
}

static enum err_code count_copies(struct office *o, struct arena *a, struct brief *b, struct err *e)
{
	int64_t *stories = NULL;
	size_t n = 0;
	enum err_code rc = cases_stories(o->db, b->c.id, a, &stories, &n, e);

	b->copies = n ? (int64_t)n - 1 : 0;
	for (size_t i = 0; !rc && i < n; i++) {
		struct story s;
		rc = alerts_get_story(o->db, stories[i], a, &s, e);
		if (!rc)
			b->copies += s.copies;
	}
	return rc;
}

static enum err_code hide_all(struct arena *a, struct brief *b, struct err *e)
{
	enum err_code rc = hide(a, &b->c.title, e);

	if (!rc)
		rc = hide(a, &b->c.place, e);
	for (size_t i = 0; !rc && i < b->grade_count; i++)
		rc = hide(a, &b->grades[i].reason, e);
	for (size_t i = 0; !rc && i < b->met_count; i++) {
		rc = hide(a, &b->met[i].conclusion, e);
		if (!rc)
			rc = hide(a, &b->met[i].wording, e);
	}
	for (size_t i = 0; !rc && i < b->told_count; i++)
		rc = hide(a, &b->told[i].words, e);
	return rc;
}

static enum err_code read_rest(struct office *o, struct arena *a, struct brief *b, struct err *e)
{
	const char *id = b->c.id;
	enum err_code rc = cases_units(o->db, id, a, &b->units, &b->unit_count, e);

	if (!rc)
		rc = cases_grades(o->db, id, a, &b->grades, &b->grade_count, e);
	if (!rc)
		rc = clocks_of(o->db, id, a, &b->clocks, &b->clock_count, e);
	if (!rc)
		rc = responses_of(o->db, id, a, &b->responses, &b->response_count, e);
	if (!rc)
		rc = case_consultations(o->db, id, a, &b->met, &b->met_count, e);
	if (!rc)
		rc = case_instructions(o->db, id, a, &b->told, &b->told_count, e);
	return rc;
}

/* Which classes of channels its grade demands. */
static enum err_code read_together(
	struct office *o, struct arena *a, struct brief *out, struct err *e)
{
	const struct procedure *rules = NULL;
	enum err_code rc = office_procedure(o, &rules, e);

	if (rc || !procedure_classes(rules, out->c.grade))
		return rc;
	out->together = "";
	for (int i = 0; out->together && i < CHANNEL_CLASSES; i++)
		if (rules->class[i])
			out->together =
				arena_printf(a, "%s%s%s", out->together, *out->together ? "、" : "",
					channel_class_name((enum channel_class)i));
	return out->together ? ERR_OK : err_nomem(e);
}

enum err_code brief_case(
	struct office *o, const char *typed, struct arena *a, struct brief *out, struct err *e)
{
	char id[IDS_SIZE];
	enum err_code rc = db_begin_read(o->db, e);

	memset(out, 0, sizeof *out);
	if (!rc)
		rc = records_find(o->db, IDS_CASE, typed, id, e);
	if (!rc)
		rc = cases_get(o->db, id, a, &out->c, e);
	if (!rc)
		rc = read_source(o, a, out, e);
	if (!rc)
		rc = count_copies(o, a, out, e);
	if (!rc)
		rc = read_rest(o, a, out, e);
	if (!rc)
		rc = read_together(o, a, out, e);
	db_rollback(o->db);
	return rc ? rc : hide_all(a, out, e);
}

static bool counts(const struct clock_record *c, const char *clock)
{
	return strcmp(c->clock, clock) == 0 && strcmp(c->state, "replaced") != 0 &&
	       strcmp(c->state, "void") != 0;
}

const struct clock_record *brief_clock(const struct brief *b, const char *clock, const char *who)
{
	const struct clock_record *found = NULL;

	for (size_t i = 0; i < b->clock_count; i++) {
		const struct clock_record *c = &b->clocks[i];
		if (counts(c, clock) && (!who || strcmp(c->who, who) == 0))
			found = c;
	}
	return found;
}

const struct clock_record *brief_clock_ref(
	const struct brief *b, const char *clock, const char *ref)
{
	for (size_t i = 0; i < b->clock_count; i++)
		if (counts(&b->clocks[i], clock) && strcmp(b->clocks[i].ref, ref) == 0)
			return &b->clocks[i];
	return NULL;
}

const char *brief_wording(const struct brief *b)
{
	for (size_t i = b->met_count; i-- > 0;)
		if (b->met[i].wording)
			return b->met[i].wording;
	return NULL;
}
