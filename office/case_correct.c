/*
 * case_correct.c - correcting the place and the category of a case.
 */
#include "office/case_correct.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "office/act.h"
#include "office/case_units.h"
#include "office/cases.h"
#include "office/clock_rules.h"
#include "office/route.h"
#include "office/typed.h"
#include "office/units.h"

static void check_words(struct act *a, const struct office_correction *in)
{
	if (!a->rc && typed_is_blank(in->place) && typed_is_blank(in->category))
		act_fail(a, ERR_USAGE, _("a correction needs --place or --category"));
	if (!a->rc && typed_is_blank(in->reason))
		act_fail(a, ERR_USAGE, _("a correction needs --reason"));
	if (!a->rc)
		a->rc = typed_check("--place", in->place, TYPED_WORD_MAX, a->err);
	cases_need_category(a, in->category);
}

static void compare(struct act *a, const struct office_correction *in, const struct case_record *c,
	struct office_corrected *out)
{
	if (a->rc)
		return;
	out->place = !typed_is_blank(in->place) && strcmp(in->place, c->place) != 0;
	out->category = !typed_is_blank(in->category) && strcmp(in->category, c->category) != 0;
	if (!out->place && !out->category)
		act_fail(a, ERR_REFUSED, _("%s has this place and category already"), c->id);
	out->limits = !a->rc && out->category && clock_rules_differ(a, c, in->category);
	if (!a->rc && out->limits)
		a->rc = people_require(&a->office->person, PEOPLE_SUPERVISOR,
			_("set a category for which other limits hold"), a->err);
}

static void append(struct act *a, const struct office_correction *in, const struct case_record *c,
	const struct office_corrected *out)
{
	struct case_record now = *c;
	const char *kept = "";
	int64_t due = TIME_NONE;

	now.category = in->category;
	if (!a->rc && out->limits)
		kept = clock_rules_kept(a, &now, c->grade, &due);
	if (a->rc)
		return;
	act_event(a);
	act_str(a, "place", out->place ? in->place : NULL);
	act_str(a, "from_place", out->place ? c->place : NULL);
	act_str(a, "category", out->category ? in->category : NULL);
	act_str(a, "from_category", out->category ? c->category : NULL);
	act_int(a, "limits", out->limits ? 1 : TIME_NONE);
	act_str(a, "kept", kept);
	act_text(a, "reason_text", in->reason);
	act_append(a, "case.corrected/1", c->id);
	if (out->limits)
		clock_rules_start(a, c->id, &now, c->grade, kept);
}

/* Where it would go now; a person assigns it. What was settled (--final) stays. */
static void suggest(struct act *a, const struct office_correction *in, const struct units *all,
	const struct case_record *c, struct office_corrected *out)
{
	struct route r = {0};

	if (a->rc || !out->place || *c->final_unit)
		return;
	a->rc = route_story(a->office, all, c->story, in->place, c->grade, a->arena, &r, a->err);
	if (!a->rc && r.lead && strcmp(r.lead->name, c->lead) != 0)
		snprintf(out->lead, sizeof out->lead, "%s", r.lead->name);
}

enum err_code office_case_correct(struct office *o, const struct office_correction *in,
	struct office_corrected *out, struct err *e)
{
	struct units *all = NULL;
	struct case_record c;
	struct act a;
	enum err_code rc = units_load(o->home, &all, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("correct a case"), e);
	check_words(&a, in);
	act_case(&a, in->case_typed, true, &c);
	act_need_open(&a, &c, false);
	if (!a.rc)
		snprintf(out->id, sizeof out->id, "%s", c.id);
	compare(&a, in, &c, out);
	append(&a, in, &c, out);
	suggest(&a, in, all, &c, out);
	rc = act_end(&a);
	units_free(all);
	return rc;
}
