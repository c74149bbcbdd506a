/*
 * cases.c - the acts on a case, from opening to 办结.
 */
#include "office/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/time.h"
#include "crawler/warc.h"
#include "ledger/decisions.h"
#include "ledger/responses.h"
#include "matcher/match.h"
#include "office/act.h"
#include "office/clock_rules.h"
#include "office/lookbacks.h"
#include "office/queue.h"
#include "office/proposals.h"
#include "office/promised.h"
#include "office/typed.h"
#include "office/units.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)

/* --- units --- */

struct chosen {
	const struct unit *lead;
	const struct unit *co[OFFICE_CO_UNITS_MAX];
	size_t co_count;
};

static void choose_units(struct act *a, const struct units *all, const struct office_case_units *in,
	struct chosen *out)
{
	out->co_count = 0;
	out->lead = NULL;
	if (!a->rc)
		a->rc = units_resolve(all, in->lead, a->today, &out->lead, a->err);
	for (size_t i = 0; !a->rc && i < in->co_count; i++) {
		const struct unit *u;
		a->rc = units_resolve(all, in->co[i], a->today, &u, a->err);
		for (size_t k = 0; !a->rc && k < out->co_count; k++) {
			if (out->co[k] == u)
				act_fail(a, ERR_USAGE, _("%s is named twice"), u->name);
		}
		if (!a->rc && u == out->lead)
			act_fail(a, ERR_USAGE, _("%s cannot be lead and co-unit"), u->name);
		if (!a->rc)
			out->co[out->co_count++] = u;
	}
}

static void put_units(struct act *a, const struct chosen *c)
{
	struct json_writer w;
	struct buf list;

	if (a->rc)
		return;
	act_str(a, "lead", c->lead->name);
	act_str(a, "level", c->lead->level);
	buf_init(&list, 65536);
	json_writer_init(&w, &list);
	json_begin_array(&w);
	for (size_t i = 0; i < c->co_count; i++)
		json_add_str(&w, c->co[i]->name);
	json_end_array(&w);
	if (c->co_count)
		act_str(a, "co", buf_str(&list));
	a->rc = buf_check(&list, _("a list of units"), a->err);
	buf_fini(&list);
}

/* --- open --- */

static void need_grade(struct act *a, const char *grade)
{
	enum match_grade ignored;

	if (!a->rc && (!grade || !*grade || !match_grade_from_name(grade, &ignored)))
		act_fail(a, ERR_USAGE, _("the grade is one of 一般, 较大, 重大, 特别重大"));
}

/* Codes a-f of 国办发〔2016〕61号 第二条, each once. */
static void need_category(struct act *a, const char *category)
{
	for (const char *p = category; p && *p && !a->rc; p += p[1] ? 2 : 1) {
		if (*p < 'a' || *p > 'f' || (p[1] && p[1] != ',') ||
			memchr(category, *p, (size_t)(p - category)))
			act_fail(a, ERR_USAGE, _("--category is made of the letters a to f: b,d"));
	}
}

/* The archived file of an alert: where ingest put it on the day it was raised, or still
 * in the spool when that day's run has not ended. */
static char *find_warc(struct office *o, const struct alert *alert)
{
	struct time_civil day;
	char month[32];
	char *path, *dir;

	if (strchr(alert->warc, '/'))
		return NULL;
	time_to_civil(alert->raised_at, NULL, &day);
	snprintf(month, sizeof month, "archive/%04d/%02d", day.year, day.month);
	for (int i = 0; i < 2; i++) {
		dir = office_path(o, i ? "spool" : month);
		path = dir ? path_join(dir, alert->warc) : NULL;
		free(dir);
		if (path && path_exists(path))
			return path;
		free(path);
	}
	return NULL;
}

/* A copy that is never pruned; without the file (a foreign one) there is none. */
static void keep_records(struct act *a, const struct alert *alert, const char *id, bool *copied)
{
	char *from, *dir, *to = NULL;
	char name[IDS_SIZE + 16];
	uint64_t offset = (uint64_t)alert->warc_offset;

	*copied = false;
	if (a->rc || !*alert->warc)
		return;
	from = find_warc(a->office, alert);
	dir = office_path(a->office, "evidence");
	snprintf(name, sizeof name, "%s.warc.gz", id);
	if (from && dir)
		a->rc = path_make_dirs(dir, 02770, a->err);
	to = dir ? path_join(dir, name) : NULL;
	if (from && to && !a->rc) {
		a->rc = warc_copy_records(from, &offset, 1, to, a->err);
		*copied = a->rc == ERR_OK;
	}
	free(from);
	free(dir);
	free(to);
}

struct opening {
	struct story story;
	struct alert alert;
	struct case_record c; /* what the clocks need */
};

/* The clock starts when a person confirmed it, at the latest when somebody should
 * have: a late-found item must not look on time. */
static void read_opening(struct act *a, const char *row, struct opening *x)
{
	struct decisions_state d;

	office_queue_need_open(a, row, &x->story);
	office_queue_need_no_case(a, &x->story);
	if (!a->rc)
		a->rc = alerts_get(a->db, x->story.first_alert, a->arena, &x->alert, a->err);
	if (!a->rc)
		a->rc = decisions_get(a->db, x->story.id, a->arena, &d, a->err);
	if (a->rc)
		return;
	memset(&x->c, 0, sizeof x->c);
	x->c.raised_at = x->story.raised_at;
	x->c.published_at = x->story.published;
	x->c.discovered_at = d.discovered_at == TIME_NONE ? a->now : d.discovered_at;
	x->c.clock_start =
		x->c.discovered_at < x->alert.review_due ? x->c.discovered_at : x->alert.review_due;
}

static void append_opened(struct act *a, const struct office_case_open *in,
	const struct chosen *units, const struct opening *x, char id[IDS_SIZE])
{
	const char *title = typed_is_blank(in->title) ? x->story.title : in->title;

	act_event(a);
	act_new_id(a, IDS_CASE, id);
	act_int(a, "story", x->story.id);
	act_text(a, "title_text", title && *title ? title : _("(no title)"));
	act_str(a, "topics", x->story.topics);
	act_str(a, "grade", in->grade);
	act_str(a, "suggested", x->story.grade_name);
	act_str(a, "place", in->place);
	act_str(a, "category", in->category);
	put_units(a, units);
	act_int(a, "published_at", x->c.published_at);
	act_int(a, "raised_at", x->c.raised_at);
	act_int(a, "discovered_at", x->c.discovered_at);
	act_int(a, "clock_start", x->c.clock_start);
	act_text(a, "reason_text", in->reason);
	act_append(a, "case.opened/1", id);
}

void case_open_in_act(struct act *a, const struct units *all, const struct office_case_open *in,
	char id[IDS_SIZE], bool *copied)
{
	struct opening x = {0};
	struct chosen units;

	*copied = false;
	need_grade(a, in->grade);
	need_category(a, in->category);
	if (!a->rc)
		a->rc = typed_check("--title", in->title, TYPED_TITLE_MAX, a->err);
	if (!a->rc)
		a->rc = typed_check("--place", in->place, TYPED_WORD_MAX, a->err);
	if (!a->rc && !in->units.lead)
		act_fail(a, ERR_USAGE, _("a case needs --lead UNIT"));
	choose_units(a, all, &in->units, &units);
	read_opening(a, in->row, &x);
	append_opened(a, in, &units, &x, id);
	lookbacks_link_recurring(a, x.story.id, id);
	x.c.category = in->category;
	clock_rules_start(a, id, &x.c, in->grade);
	clock_rules_start_orders(a, id, x.story.id);
	keep_records(a, &x.alert, id, copied);
	if (!a->rc)
		a->rc = proposals_look_back(a->office, id, a->err);
}

enum err_code office_case_open(struct office *o, const struct office_case_open *in,
	char id[IDS_SIZE], bool *copied, struct err *e)
{
	struct units *all = NULL;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	*copied = false;
	if (rc)
		return rc;
	act_begin(&a, o, STAFF, _("open a case"), e);
	case_open_in_act(&a, all, in, id, copied);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

/* --- later acts --- */

static void keep_id(const struct act *a, const struct case_record *c, char id[IDS_SIZE])
{
	if (!a->rc)
		snprintf(id, IDS_SIZE, "%s", c->id);
}

enum err_code office_case_assign(struct office *o, const char *typed, int64_t seen,
	const struct office_case_units *in, const char *reason, char id[IDS_SIZE], struct err *e)
{
	struct units *all = NULL;
	struct chosen units;
	struct case_record c;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	if (rc)
		return rc;
	act_begin(&a, o, STAFF, _("assign a case"), e);
	if (!a.rc && !in->lead)
		act_fail(&a, ERR_USAGE, _("assigning needs --lead UNIT"));
	choose_units(&a, all, in, &units);
	act_case(&a, typed, seen, &c);
	act_need_open(&a, &c, true);
	keep_id(&a, &c, id);
	act_event(&a);
	put_units(&a, &units);
	act_text(&a, "reason_text", reason);
	act_append(&a, "case.assigned/1", id);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

enum err_code office_case_grade(struct office *o, const char *typed, int64_t seen,
	const char *grade, const char *reason, char id[IDS_SIZE], struct err *e)
{
	struct case_record c;
	struct act a;

	act_begin(&a, o, STAFF, _("grade a case"), e);
	need_grade(&a, grade);
	act_case(&a, typed, seen, &c);
	act_need_open(&a, &c, false);
	keep_id(&a, &c, id);
	if (!a.rc && strcmp(c.grade, grade) == 0)
		act_fail(&a, ERR_REFUSED, _("%s is %s already"), c.id, grade);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("a changed grade needs --reason"));
	act_event(&a);
	act_str(&a, "grade", grade);
	act_str(&a, "from", c.grade);
	act_text(&a, "reason_text", reason);
	act_append(&a, "case.graded/1", id);
	clock_rules_start(&a, id, &c, grade);
	return act_end(&a);
}

enum err_code office_case_return(struct office *o, const char *typed, const char *unit,
	const char *reason, char id[IDS_SIZE], struct err *e)
{
	struct units *all = NULL;
	const struct unit *u = NULL;
	struct case_record c;
	struct act a;
	bool holds = false;
	enum err_code rc = units_load(o->home, &all, e);

	if (rc)
		return rc;
	act_begin(&a, o, STAFF | PEOPLE_UNIT, _("return a case"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("a return (退回) needs --reason"));
	if (!a.rc)
		a.rc = units_resolve(all, unit, a.today, &u, e);
	act_case(&a, typed, 0, &c);
	act_need_open(&a, &c, true);
	keep_id(&a, &c, id);
	if (!a.rc)
		a.rc = cases_holds(a.db, c.id, u->name, &holds, e);
	if (!a.rc && !holds)
		act_fail(&a, ERR_REFUSED, _("%s does not hold %s"), u->name, c.id);
	act_event(&a);
	act_str(&a, "unit", u ? u->name : NULL);
	act_text(&a, "reason_text", reason);
	act_append(&a, "case.returned/1", id);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

/* An accepted answer; nothing still waits for somebody's word. */
static void need_answered(struct act *a, const struct case_record *c)
{
	struct response_record *list = NULL;
	size_t count = 0, accepted = 0;

	if (!a->rc)
		a->rc = responses_of(a->db, c->id, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (strcmp(list[i].state, "pending") == 0)
			act_fail(a, ERR_REFUSED,
				_("%s still waits to be accepted or rejected (待认定)"),
				list[i].id);
		accepted += strcmp(list[i].state, "accepted") == 0;
	}
	if (!a->rc && !accepted)
		act_fail(a, ERR_REFUSED, _("%s has no accepted response"), c->id);
}

enum err_code office_case_finish(struct office *o, const char *typed, int64_t seen,
	const char *note, char id[IDS_SIZE], struct err *e)
{
	struct case_record c;
	struct act a;

	act_begin(&a, o, STAFF, _("finish a case"), e);
	act_case(&a, typed, seen, &c);
	act_need_open(&a, &c, true);
	need_answered(&a, &c);
	promised_need_decided(&a, c.id);
	keep_id(&a, &c, id);
	act_event(&a);
	act_text(&a, "note_text", note);
	act_append(&a, "case.finished/1", id);
	return act_end(&a);
}

enum err_code office_case_reopen(
	struct office *o, const char *typed, const char *reason, char id[IDS_SIZE], struct err *e)
{
	struct case_record c;
	struct act a;

	act_begin(&a, o, PEOPLE_SUPERVISOR, _("reopen a case"), e);
	if (!a.rc && typed_is_blank(reason))
		act_fail(&a, ERR_USAGE, _("reopening needs --reason"));
	act_case(&a, typed, 0, &c);
	act_need_open(&a, &c, false); /* a closed one stays closed: open a new case */
	if (!a.rc && strcmp(c.state, "open") == 0)
		act_fail(&a, ERR_REFUSED, _("%s is open"), c.id);
	keep_id(&a, &c, id);
	act_event(&a);
	act_text(&a, "reason_text", reason);
	act_append(&a, "case.reopened/1", id);
	return act_end(&a);
}
