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
#include "ledger/stories.h"
#include "matcher/match.h"
#include "office/act.h"
#include "office/case_units.h"
#include "office/clock_rules.h"
#include "office/lookbacks.h"
#include "office/queue.h"
#include "office/proposals.h"
#include "office/promised.h"
#include "office/typed.h"
#include "office/units.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)

/* --- open --- */

static void need_grade(struct act *a, const char *grade)
{
	enum match_grade ignored;

	if (!a->rc && (!grade || !*grade || !match_grade_from_name(grade, &ignored)))
		act_fail(a, ERR_USAGE, _("the grade is one of 一般, 较大, 重大, 特别重大"));
}

void cases_need_category(struct act *a, const char *category)
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

/* The last decision that stands; NULL: none does. A row that is open in spite of one came
 * back by itself (▲). One that a person took back or opened again keeps its first clock: our
 * own mistake must not look on time. */
static const struct decision *standing(struct act *a, int64_t story, const struct decision **next)
{
	struct decision *list = NULL;
	const struct decision *last = NULL;
	size_t n = 0;

	*next = NULL;
	if (!a->rc)
		a->rc = decisions_of(a->db, story, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++) {
		bool stands = list[i].undone == TIME_NONE && list[i].reopened == TIME_NONE;
		if (stands) {
			last = &list[i];
			*next = NULL;
		} else if (last && !*next) {
			*next = &list[i];
		}
	}
	return last;
}

/* A row that came back is found when somebody told of it, else when it was looked at. */
static void read_return(
	struct act *a, const struct decision *last, const struct decision *next, struct opening *x)
{
	struct stories_came_back *list = NULL;
	size_t n = 0;

	x->c.discovered_at = next ? next->at : a->now;
	a->rc = stories_returns(a->db, x->story.id, a->arena, &list, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++) {
		if (list[i].seq < last->seq || !strstr(list[i].changes, "\"" STORIES_TOLD "\""))
			continue;
		if (list[i].at < x->c.discovered_at)
			x->c.discovered_at = list[i].at;
	}
	x->c.clock_start = x->story.review_due;
}

/* The clock starts when a person confirmed it, at the latest when somebody should
 * have: a late-found item must not look on time. */
static void read_opening(struct act *a, const char *row, struct opening *x)
{
	const struct decision *last, *next;
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
	x->c.clock_start = x->alert.review_due;
	last = standing(a, x->story.id, &next);
	if (last)
		read_return(a, last, next, x);
	if (x->c.discovered_at < x->c.clock_start)
		x->c.clock_start = x->c.discovered_at;
}

static void append_opened(struct act *a, const struct office_case_open *in,
	const struct case_units *units, const struct opening *x, char id[IDS_SIZE])
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
	case_units_put(a, units);
	act_int(a, "published_at", x->c.published_at);
	act_int(a, "raised_at", x->c.raised_at);
	act_int(a, "discovered_at", x->c.discovered_at);
	act_int(a, "clock_start", x->c.clock_start);
	act_text(a, "reason_text", in->reason);
	act_append(a, "case.opened/2", id);
}

void case_open_in_act(struct act *a, const struct units *all, const struct office_case_open *in,
	char id[IDS_SIZE], bool *copied)
{
	struct opening x = {0};
	struct case_units units;

	*copied = false;
	need_grade(a, in->grade);
	cases_need_category(a, in->category);
	if (!a->rc)
		a->rc = typed_check("--title", in->title, TYPED_TITLE_MAX, a->err);
	if (!a->rc)
		a->rc = typed_check("--place", in->place, TYPED_WORD_MAX, a->err);
	read_opening(a, in->row, &x);
	case_units_choose(a, all, &in->units,
		&(struct case_matter){
			_("a case needs --lead UNIT"), x.story.id, in->place, in->grade},
		&units);
	append_opened(a, in, &units, &x, id);
	lookbacks_link_recurring(a, x.story.id, id);
	x.c.category = in->category;
	clock_rules_start(a, id, &x.c, in->grade, "");
	clock_rules_start_orders(a, id, x.story.id);
	case_units_start(a, id, &units);
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

static void need_reason_for_final(struct act *a, const char *reason)
{
	if (!a->rc)
		a->rc = people_require_personal(&a->office->person, PEOPLE_SUPERVISOR,
			_("settle where a case stays (--final)"), a->err);
	if (!a->rc && typed_is_blank(reason))
		act_fail(a, ERR_USAGE, _("--final needs --reason"));
}

/* A unit that gave the case back is not handed it again without a word, and after
 * some returns (procedure.conf) nobody is: a supervisor settles it. */
static void need_final(struct act *a, const struct case_record *c, const struct case_units *units)
{
	const struct procedure *rules = NULL;
	const char *again = NULL;

	if (!a->rc)
		a->rc = office_procedure(a->office, &rules, a->err);
	if (!a->rc)
		a->rc = case_units_came_back(a, c->id, units, &again);
	if (!a->rc && again)
		act_fail(a, ERR_REFUSED,
			_("%s gave %s back before; a supervisor settles it: --final --reason"),
			again, c->id);
	if (!a->rc && c->returns >= rules->returns)
		act_fail(a, ERR_REFUSED,
			_("%s came back %lld times; a supervisor settles it: --final --reason"),
			c->id, (long long)c->returns);
	if (!a->rc && *c->final_unit)
		act_fail(a, ERR_REFUSED,
			_("%s was settled by %s: %s; another word needs --final --reason"), c->id,
			c->final_name, c->final_unit);
}

void cases_assign(struct act *a, const struct case_record *c, struct case_units *units, bool final,
	const char *reason)
{
	if (final)
		need_reason_for_final(a, reason);
	else
		need_final(a, c, units);
	units->final = final;
	case_units_end_others(a, c->id, units);
	act_event(a);
	case_units_put(a, units);
	act_int(a, "final", final ? 1 : TIME_NONE);
	act_text(a, "reason_text", reason);
	act_append(a, "case.assigned/2", a->rc ? "" : c->id);
	case_units_start(a, a->rc ? "" : c->id, units);
	case_units_move_instructions(a, a->rc ? "" : c->id, units);
}

enum err_code office_case_assign(struct office *o, const char *typed,
	const struct office_case_units *in, bool final, const char *reason, char id[IDS_SIZE],
	struct err *e)
{
	struct units *all = NULL;
	struct case_units units;
	struct case_record c;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	if (rc)
		return rc;
	act_begin(&a, o, STAFF, _("assign a case"), e);
	act_case(&a, typed, true, &c);
	act_need_open(&a, &c, true);
	keep_id(&a, &c, id);
	case_units_choose(&a, all, in,
		&(struct case_matter){_("assigning needs --lead UNIT"), c.story, c.place, c.grade},
		&units);
	cases_assign(&a, &c, &units, final, reason);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

static bool is_lower(const char *grade, const char *than)
{
	enum match_grade x, y;

	return match_grade_from_name(grade, &x) && match_grade_from_name(than, &y) && x < y;
}

/* A grade that is lowered after its limit passed would excuse whoever was late: a supervisor
 * does it, and not the person who gave the grade. */
static void need_other_supervisor(struct act *a, const struct case_record *c, int64_t due)
{
	struct case_grade *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = people_require_personal(&a->office->person, PEOPLE_SUPERVISOR,
			_("lower a grade after its limit passed"), a->err);
	if (!a->rc)
		a->rc = cases_grades(a->db, c->id, a->arena, &list, &count, a->err);
	if (!a->rc && count && strcmp(list[count - 1].by, a->key) == 0)
		act_fail(a, ERR_DENIED,
			_("%s graded %s %s; its limit passed at %s, so another supervisor must "
			  "lower it"),
			a->office->person.login, c->id, c->grade, act_when(a, due));
}

void cases_grade(struct act *a, const struct case_record *c, const char *grade, const char *reason)
{
	const char *kept;
	int64_t due = TIME_NONE;

	need_grade(a, grade);
	if (!a->rc && strcmp(c->grade, grade) == 0)
		act_fail(a, ERR_REFUSED, _("%s is %s already"), c->id, grade);
	if (!a->rc && typed_is_blank(reason))
		act_fail(a, ERR_USAGE, _("a changed grade needs --reason"));
	kept = a->rc ? "" : clock_rules_kept(a, c, grade, &due);
	if (*kept && is_lower(grade, c->grade))
		need_other_supervisor(a, c, due);
	if (a->rc)
		return;
	act_event(a);
	act_str(a, "grade", grade);
	act_str(a, "from", c->grade);
	act_str(a, "kept", kept);
	act_text(a, "reason_text", reason);
	act_append(a, "case.graded/2", c->id);
	clock_rules_start(a, c->id, c, grade, kept);
}

enum err_code office_case_grade(struct office *o, const char *typed, const char *grade,
	const char *reason, char id[IDS_SIZE], struct err *e)
{
	struct case_record c;
	struct act a;

	act_begin(&a, o, STAFF, _("grade a case"), e);
	need_grade(&a, grade);
	act_case(&a, typed, true, &c);
	act_need_open(&a, &c, false);
	keep_id(&a, &c, id);
	cases_grade(&a, &c, grade, reason);
	return act_end(&a);
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

enum err_code office_case_finish(
	struct office *o, const char *typed, const char *note, char id[IDS_SIZE], struct err *e)
{
	struct case_record c;
	struct act a;

	act_begin(&a, o, STAFF, _("finish a case"), e);
	act_case(&a, typed, true, &c);
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
	act_case(&a, typed, true, &c);
	act_need_open(&a, &c, false); /* a closed one stays closed: open a new case */
	if (!a.rc && strcmp(c.state, "open") == 0)
		act_fail(&a, ERR_REFUSED, _("%s is open"), c.id);
	keep_id(&a, &c, id);
	act_event(&a);
	act_text(&a, "reason_text", reason);
	act_append(&a, "case.reopened/1", id);
	return act_end(&a);
}
