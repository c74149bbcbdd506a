/*
 * due_clocks.c - running clocks, what they are about and who must act.
 */
#include "office/due_clocks.h"

#include <string.h>

#include "ledger/answerable.h"
#include "base/time.h"
#include "ledger/cases.h"
#include "ledger/commitments.h"
#include "ledger/ids.h"
#include "office/due.h"
#include "office/duties.h"

static const struct {
	enum ids_type type;
	enum err_code (*find)(struct db *db, const char *id, int64_t at, struct arena *a,
		struct due_clock *out, struct err *e);
} subjects[] = {
#define CLOCK_SUBJECT(type, name) {type, clock_subject_##name},
#include "office/due_clocks.def"
#undef CLOCK_SUBJECT
};

enum err_code clock_subject_case(struct db *db, const char *id, int64_t at, struct arena *a,
	struct due_clock *out, struct err *e)
{
	const struct answerable_holder *lead;
	struct answerable who;
	struct case_record c;
	enum err_code rc = cases_get(db, id, a, &c, e);

	if (rc)
		return rc;
	out->about = c.title;
	out->finished = strcmp(c.state, "finished") == 0;
	out->live = strcmp(c.state, "open") == 0;
	out->over_at = c.finished_at != TIME_NONE ? c.finished_at : c.closed_at;
	out->closed_at = c.closed_at;
	rc = answerable_read(db, id, a, &who, e);
	if (rc)
		return rc;
	who.now = at;
	lead = answerable_lead(&who);
	out->unit = lead ? lead->unit : "";
	out->addressee = answerable_addressee(&who);
	return ERR_OK;
}

enum err_code clock_subject_commitment(struct db *db, const char *id, int64_t at, struct arena *a,
	struct due_clock *out, struct err *e)
{
	struct commitment_record c;
	enum err_code rc = commitments_get(db, id, a, &c, e);

	(void)at;
	if (rc)
		return rc;
	out->about = c.quote;
	out->unit = c.unit;
	out->live = !commitments_is_settled(&c);
	out->over_at = c.cannot_published_at != TIME_NONE ? c.cannot_published_at : c.published_at;
	return ERR_OK;
}

/* An instruction (批示) is not met by an answer to the public. */
static bool outlives_answer(const struct clock_record *c)
{
	return strcmp(c->clock, deadline_clock_name(DEADLINE_INSTRUCT)) == 0 ||
	       strcmp(c->clock, deadline_clock_name(DEADLINE_REPORT)) == 0;
}

static void name_unit(const struct clock_record *c, struct due_clock *out)
{
	const struct duty *d = duties_find(c->clock);
	enum duty_whose whose = d ? d->whose : DUTY_HOLDER;

	if (whose == DUTY_OFFICE)
		out->unit = out->addressee = "";
	else if (whose == DUTY_HOLDER && *c->who)
		out->unit = out->addressee = c->who;
	else if (!out->addressee)
		out->addressee = out->unit;
}

enum err_code due_clock_of(struct db *db, const struct clock_record *c, int64_t at, struct arena *a,
	struct due_clock *out, struct err *e)
{
	struct ids id;
	enum err_code rc = ERR_OK;

	*out = (struct due_clock){.about = "",
		.unit = "",
		.live = true,
		.over_at = TIME_NONE,
		.closed_at = TIME_NONE};
	if (!ids_parse(c->subject, &id))
		return ERR_OK;
	for (size_t i = 0; !rc && i < sizeof subjects / sizeof *subjects; i++)
		if (subjects[i].type == id.type)
			rc = subjects[i].find(db, c->subject, at, a, out, e);
	if (!rc)
		name_unit(c, out);
	if (out->finished && outlives_answer(c))
		out->live = true;
	if (outlives_answer(c) && out->closed_at != TIME_NONE)
		out->over_at = out->closed_at;
	return rc;
}

/* Review dates come with their commitments, limits of tasks with their lines; to give a case
 * back is nothing that must be done. */
static bool is_told_elsewhere(const struct clock_record *c)
{
	static const enum deadline_clock clocks[] = {
		DEADLINE_UNDATED, DEADLINE_TASK, DEADLINE_PROGRESS, DEADLINE_RETURN};

	for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
		if (strcmp(c->clock, deadline_clock_name(clocks[i])) == 0)
			return true;
	return false;
}

enum err_code due_clocks(struct due *d)
{
	struct clock_record *list = NULL;
	size_t count = 0;
	enum err_code rc = clocks_running(d->db, d->until, d->arena, &list, &count, d->err);

	for (size_t i = 0; !rc && i < count; i++) {
		struct due_clock of;
		if (is_told_elsewhere(&list[i]))
			continue;
		rc = due_clock_of(d->db, &list[i], office_now(d->office), d->arena, &of, d->err);
		if (!rc && of.live)
			rc = due_add(d,
				(struct due_entry){list[i].subject, list[i].clock, of.about,
					of.unit, list[i].rule, list[i].due_at, list[i].tentative});
	}
	return rc;
}
