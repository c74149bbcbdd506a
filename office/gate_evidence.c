/*
 * gate_evidence.c - before 销号: what proves the case is still what was taken in.
 */
#include <string.h>

#include "base/i18n.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "ledger/responses.h"
#include "office/gate.h"

static void look_at(struct gate *g, const char *subject)
{
	struct act *a = g->act;
	struct evidence_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = evidence_of(a->db, subject, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (*list[i].file_state)
			gate_miss(g, "evidence-file", list[i].id,
				strcmp(list[i].file_state, "missing") == 0
					? _("the evidence file is missing")
					: _("the evidence file was altered after it was taken in"));
}

void gate_evidence(struct gate *g)
{
	struct act *a = g->act;
	struct commitment_record *promises = NULL;
	struct response_record *answers = NULL;
	size_t n = 0;

	look_at(g, g->c->id);
	if (!a->rc)
		a->rc = responses_of(a->db, g->c->id, a->arena, &answers, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		look_at(g, answers[i].id);
	if (!a->rc)
		a->rc = commitments_of(a->db, g->c->id, a->arena, &promises, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		look_at(g, promises[i].id);
}
