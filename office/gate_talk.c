/*
 * gate_talk.c - what was said about a case and waits before it is closed: instructions
 * (批示) that are not carried out, questions to third parties without an answer.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/case_talk.h"
#include "office/gate.h"

void gate_instructions(struct gate *g)
{
	struct case_instruction *list = NULL;
	char text[512];
	size_t count = 0;

	if (!g->act->rc)
		g->act->rc = case_instructions(
			g->act->db, g->c->id, g->act->arena, &list, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++) {
		if (*list[i].done_on)
			continue;
		snprintf(text, sizeof text, _("instruction %lld of %s is not carried out"),
			(long long)list[i].n, list[i].post);
		gate_miss(g, "instruction", g->c->id, text);
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
