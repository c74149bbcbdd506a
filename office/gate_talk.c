/*
 * gate_talk.c - what was said about a case and waits before it is closed: instructions
 * (批示) that are not carried out or whose result is not reported, questions to third parties
 * without an answer.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/case_talk.h"
#include "ledger/clocks.h"
#include "office/deadlines.h"
#include "office/gate.h"

/* A limit for its report runs: deadlines.conf asks for one, and none came. */
static bool owes_report(struct gate *g, const struct case_instruction *x)
{
	struct clock_record *list = NULL;
	char ref[24];
	size_t count = 0;
	bool owes = false;

	if (x->reported_at != TIME_NONE)
		return false;
	snprintf(ref, sizeof ref, "%lld", (long long)x->n);
	if (!g->act->rc)
		g->act->rc =
			clocks_of(g->act->db, g->c->id, g->act->arena, &list, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++)
		owes = owes || (strcmp(list[i].clock, deadline_clock_name(DEADLINE_REPORT)) == 0 &&
				       strcmp(list[i].state, "running") == 0 &&
				       strcmp(list[i].ref, ref) == 0);
	return owes;
}

void gate_instructions(struct gate *g)
{
	struct case_instruction *list = NULL;
	char text[512];
	size_t count = 0;

	if (!g->act->rc)
		g->act->rc = case_instructions(
			g->act->db, g->c->id, g->act->arena, &list, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++) {
		bool done = *list[i].done_on != '\0';
		if (done && !owes_report(g, &list[i]))
			continue;
		snprintf(text, sizeof text,
			done ? _("instruction %lld of %s: its result is not reported")
			     : _("instruction %lld of %s is not carried out"),
			(long long)list[i].n, list[i].post);
		gate_miss(g, done ? "report" : "instruction", g->c->id, text);
	}
}

void gate_questions(struct gate *g)
{
	struct case_question *list = NULL;
	size_t count = 0;

	if (!g->act->rc)
		g->act->rc = case_questions(
			g->act->db, g->c->id, g->act->arena, &list, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++)
		if (list[i].answered_at == TIME_NONE)
			gate_miss(g, "question", g->c->id,
				_("a question to a third party is not answered"));
}
