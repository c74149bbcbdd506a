/*
 * commitment_rules.h - which acts a promise admits in which state: one table (DESIGN §6.6).
 * Three facts are kept apart - claimed, verified, published - and what two persons decided is
 * not undone by a later entry of one.
 */
#ifndef OFFICE_COMMITMENT_RULES_H
#define OFFICE_COMMITMENT_RULES_H

#include "ledger/commitments.h"
#include "office/act.h"

enum commitment_state {
	COMMITMENT_TAKEN, /* nobody says that it is done */
	COMMITMENT_CLAIMED, /* the unit does */
	COMMITMENT_VERIFIED, /* a supervisor too; evidence or publication is missing */
	COMMITMENT_KEPT, /* verified, with evidence, and public */
	COMMITMENT_GIVING_UP, /* 无法兑现, the page with the reason is not captured yet */
	COMMITMENT_GIVEN_UP, /* and it is */
};
#define COMMITMENT_STATES (COMMITMENT_GIVEN_UP + 1)

enum commitment_act {
	COMMITMENT_CLAIM,
	COMMITMENT_VERIFY, /* or refusing the claim */
	COMMITMENT_PUBLISH,
	COMMITMENT_PROGRESS,
	COMMITMENT_EXTEND, /* proposing it and approving it */
	COMMITMENT_REVIEW,
	COMMITMENT_GIVE_UP, /* the same */
	COMMITMENT_TAKE_BACK, /* that it was given up */
};
#define COMMITMENT_ACTS (COMMITMENT_TAKE_BACK + 1)

enum commitment_answer {
	COMMITMENT_MAY,
	COMMITMENT_NOT_CLAIMED,
	COMMITMENT_IS_VERIFIED,
	COMMITMENT_IS_PUBLIC,
	COMMITMENT_IS_GIVEN_UP,
	COMMITMENT_NOT_GIVEN_UP,
};

enum commitment_state commitment_state_of(const struct commitment_record *c);
enum commitment_answer commitment_may(enum commitment_state state, enum commitment_act act);
/* Inside an act: refused with the reason when the state does not admit it. */
void commitment_need(struct act *a, const struct commitment_record *c, enum commitment_act act);

#endif
