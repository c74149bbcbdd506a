/*
 * queue.c - decisions about queue rows that make no case.
 */
#include "office/queue.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/decisions.h"
#include "office/clock_rules.h"
#include "office/raise.h"
#include "office/typed.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)

static const char *const outcomes[] = {"转报", "线索移交", "知悉", "误报"};
static const struct {
	const char *name, *english;
} reasons[] = {
	{"广告", "advert"},
	{"文艺", "fiction"},
	{"外地", "other-place"},
	{"重名", "homonym"},
	{"宣传", "propaganda"},
	{"已解决", "resolved"},
	{"规则", "rule-error"},
};

const char *office_queue_outcome_at(size_t i)
{
	return i < sizeof outcomes / sizeof *outcomes ? outcomes[i] : NULL;
}

const char *office_queue_reason_at(size_t i)
{
	return i < sizeof reasons / sizeof *reasons ? reasons[i].name : NULL;
}

const char *office_queue_reason(const char *typed)
{
	for (size_t i = 0; typed && i < sizeof reasons / sizeof *reasons; i++)
		if (strcmp(typed, reasons[i].name) == 0 || strcmp(typed, reasons[i].english) == 0)
			return reasons[i].name;
	return NULL;
}

enum err_code office_queue_reason_read(const char *typed, const char **out, struct err *e)
{
	char known[256];
	size_t used = 0;

	*out = office_queue_reason(typed);
	if (*out)
		return ERR_OK;
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		used += (size_t)snprintf(known + used, sizeof known - used, "%s%s (%s)",
			i ? ", " : "", reasons[i].name, reasons[i].english);
	if (typed)
		return err_set(e, ERR_USAGE, _("--reason: no kind of 误报 is “%s”; there are %s"),
			typed, known);
	return err_set(e, ERR_USAGE, _("误报 needs --reason: %s"), known);
}

#define ROW_MEMORY ((size_t)16 << 20)

enum err_code office_queue_row(struct db *db, const char *typed, int64_t *story, struct err *e)
{
	struct arena *a;
	struct alert alert;
	struct ids id;
	enum err_code rc;

	if (!ids_parse(typed, &id) ||
		(id.type != IDS_PLAIN && id.type != IDS_STORY && id.type != IDS_ALERT))
		return err_set(
			e, ERR_USAGE, _("“%s” is no queue row: wanted is S12, 12 or A40"), typed);
	*story = id.number;
	if (id.type != IDS_ALERT)
		return ERR_OK;
	a = arena_new(ROW_MEMORY);
	rc = a ? alerts_get(db, id.number, a, &alert, e) : err_nomem(e);
	if (!rc)
		*story = alert.story;
	arena_free(a);
	return rc;
}

void office_queue_need_undecided(struct act *a, const char *typed, struct story *out)
{
	struct decisions_state d;
	int64_t story = 0;

	if (!a->rc)
		a->rc = office_queue_row(a->db, typed, &story, a->err);
	if (!a->rc)
		a->rc = alerts_get_story(a->db, story, a->arena, out, a->err);
	if (a->rc || strcmp(out->state, "decided") != 0)
		return;
	a->rc = decisions_get(a->db, story, a->arena, &d, a->err);
	if (d.case_id && *d.case_id)
		act_fail(a, ERR_REFUSED, _("S%lld was decided by %s at %s: %s, %s"),
			(long long)story, d.by_name, act_when(a, d.at), d.outcome, d.case_id);
	else
		act_fail(a, ERR_REFUSED, _("S%lld was decided by %s at %s: %s"), (long long)story,
			d.by_name, act_when(a, d.at), d.outcome);
}

void office_queue_need_open(struct act *a, const char *typed, struct story *out)
{
	office_queue_need_undecided(a, typed, out);
	if (!a->rc && *out->taken_by && strcmp(out->taken_by, a->key) != 0)
		act_fail(a, ERR_REFUSED, _("S%lld is taken by %s; ask them to release it"),
			(long long)out->id, out->taken_name);
}

void office_queue_need_no_case(struct act *a, const struct story *s)
{
	struct case_record c;

	if (a->rc || !*s->case_id)
		return;
	act_case(a, s->case_id, false, &c);
	if (!a->rc && strcmp(c.state, "closed") != 0)
		act_fail(a, ERR_REFUSED,
			_("S%lld came back but belongs to %s; merge it there: case merge S%lld "
			  "--into %s"),
			(long long)s->id, s->case_id, (long long)s->id, s->case_id);
}

static void append_story(struct act *a, const char *kind, int64_t story)
{
	char subject[IDS_SIZE];

	snprintf(subject, sizeof subject, "S%lld", (long long)story);
	act_append(a, kind, subject);
}

/* Counted anew from now; the row's case, if it becomes one, counts from when it was found. */
static void reopen(struct act *a, const struct story *s, const char *reason)
{
	const char *rule = NULL;
	int64_t due = 0;

	if (!a->rc)
		a->rc = raise_triage(
			a->office, a->arena, a->now, s->grade_name, &due, &rule, a->err);
	act_event(a);
	act_text(a, "reason_text", reason);
	act_int(a, "review_due", due);
	act_str_always(a, "review_rule", rule);
	append_story(a, "story.reopened/1", a->rc ? 0 : s->id);
}

enum err_code office_queue_reopen(
	struct office *o, const char *typed, const char *reason, int64_t *story, struct err *e)
{
	struct story s;
	struct act a;

	if (typed_is_blank(reason))
		return err_set(e, ERR_USAGE, _("opening a row again needs --reason"));
	act_begin(&a, o, STAFF, _("open a row again"), e);
	if (!a.rc)
		a.rc = office_queue_row(a.db, typed, story, e);
	if (!a.rc)
		a.rc = alerts_get_story(a.db, *story, a.arena, &s, e);
	if (!a.rc && strcmp(s.state, "open") == 0)
		act_fail(&a, ERR_REFUSED, _("S%lld is open"), (long long)s.id);
	if (!a.rc && *s.case_id)
		act_fail(&a, ERR_REFUSED,
			_("S%lld belongs to %s; an item that is another matter leaves it by story "
			  "split"),
			(long long)s.id, s.case_id);
	reopen(&a, &s, reason);
	return act_end(&a);
}

static bool is_outcome(const char *word)
{
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
		if (strcmp(word, outcomes[i]) == 0)
			return true;
	return false;
}

static enum err_code check_dismissal(const struct queue_dismissal *d, struct err *e)
{
	if (!d->outcome || !is_outcome(d->outcome))
		return err_set(e, ERR_USAGE, _("--outcome is one of 转报, 线索移交, 知悉, 误报"));
	if (d->reason && strcmp(d->outcome, "误报") != 0)
		return err_set(e, ERR_USAGE, _("--reason goes with 误报 only; use --note"));
	if (strcmp(d->outcome, "误报") == 0) {
		const char *reason;
		enum err_code rc = office_queue_reason_read(d->reason, &reason, e);
		if (rc)
			return rc;
	}
	if (strcmp(d->outcome, "知悉") == 0 && typed_is_blank(d->note))
		return err_set(e, ERR_USAGE, _("知悉 needs --note: why no answer is needed"));
	if (strcmp(d->outcome, "线索移交") == 0 && typed_is_blank(d->unit))
		return err_set(e, ERR_USAGE, _("线索移交 needs --to: who took it over"));
	return typed_check("--to", d->unit, TYPED_WORD_MAX, e);
}

enum err_code office_queue_dismiss(struct office *o, const char *typed,
	const struct queue_dismissal *d, int64_t *story, struct err *e)
{
	struct story s;
	struct act a;
	enum err_code rc = check_dismissal(d, e);

	if (rc)
		return rc;
	act_begin(&a, o, STAFF, _("dismiss an alert"), e);
	office_queue_need_open(&a, typed, &s);
	office_queue_need_no_case(&a, &s);
	if (!a.rc)
		*story = s.id;
	act_event(&a);
	act_str(&a, "outcome", d->outcome);
	act_str(&a, "reason", office_queue_reason(d->reason));
	act_str(&a, "unit", d->unit);
	act_text(&a, "note_text", d->note);
	append_story(&a, "story.dismissed/1", a.rc ? 0 : s.id);
	return act_end(&a);
}

enum err_code office_queue_merge(struct office *o, const char *typed, const char *case_typed,
	const char *note, int64_t *story, char case_id[IDS_SIZE], struct err *e)
{
	struct case_record c;
	struct story s;
	struct act a;

	act_begin(&a, o, STAFF, _("merge an alert into a case"), e);
	office_queue_need_open(&a, typed, &s);
	act_case(&a, case_typed, true, &c);
	act_need_open(&a, &c, false);
	if (!a.rc) {
		*story = s.id;
		snprintf(case_id, IDS_SIZE, "%s", c.id);
	}
	act_event(&a);
	act_str(&a, "case_id", c.id);
	act_text(&a, "note_text", note);
	append_story(&a, "story.merged/1", a.rc ? 0 : s.id);
	if (!a.rc && strcmp(c.state, "open") == 0)
		clock_rules_start_orders(&a, c.id, s.id);
	return act_end(&a);
}
