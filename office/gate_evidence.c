/*
 * gate_evidence.c - before 销号: what proves the case is still what was taken in.
 */
#include <string.h>

#include "base/i18n.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "ledger/redactions.h"
#include "ledger/responses.h"
#include "office/evidence_copy.h"
#include "office/gate.h"

/* Nothing is kept of it that could be another: not captured, or erased by order of law. */
static bool has_no_copy(struct act *a, const struct evidence_record *x)
{
	bool erased = false;

	if (strcmp(x->kind, "page") == 0 ? strcmp(x->state, "captured") != 0 : !x->file)
		return true;
	if (!a->rc)
		a->rc = redactions_of_file(a->db, x->id, &erased, a->err);
	return erased;
}

/* Now, and not as of the last weekly check: what closes a case is looked at. */
static void look_at_one(struct gate *g, const struct evidence_record *x)
{
	enum evidence_copy_state state = EVIDENCE_COPY_SAME;
	struct act *a = g->act;

	if (has_no_copy(a, x) || a->rc)
		return;
	a->rc = evidence_copy_look(a->office, x, &state, a->err);
	if (a->rc || state == EVIDENCE_COPY_SAME)
		return;
	gate_miss(g, "evidence-file", x->id,
		state == EVIDENCE_COPY_MISSING
			? _("the evidence file is missing")
			: _("the evidence file was altered after it was taken in"));
}

static void look_at(struct gate *g, const char *subject)
{
	struct act *a = g->act;
	struct evidence_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = evidence_of(a->db, subject, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		look_at_one(g, &list[i]);
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
