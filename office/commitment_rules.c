/*
 * commitment_rules.c - the table of states and acts, and its refusals in words.
 */
#include "office/commitment_rules.h"

#include "base/i18n.h"
#include "base/time.h"

/* Old ledgers know promises that were verified after they had been given up: a verification
 * with evidence outweighs it, as in commitments_outcome(). */
enum commitment_state commitment_state_of(const struct commitment_record *c)
{
	if (commitments_is_done(c) && c->published_at != TIME_NONE)
		return COMMITMENT_KEPT;
	if (commitments_is_done(c))
		return COMMITMENT_VERIFIED;
	if (c->cannot_published_at != TIME_NONE)
		return COMMITMENT_GIVEN_UP;
	if (c->verified_at != TIME_NONE)
		return COMMITMENT_VERIFIED;
	if (c->cannot_at != TIME_NONE)
		return COMMITMENT_GIVING_UP;
	return c->claimed_at != TIME_NONE ? COMMITMENT_CLAIMED : COMMITMENT_TAKEN;
}

/* clang-format off */
#define MAY    COMMITMENT_MAY
#define UNSAID COMMITMENT_NOT_CLAIMED
#define DONE   COMMITMENT_IS_VERIFIED
#define PUBLIC COMMITMENT_IS_PUBLIC
#define GONE   COMMITMENT_IS_GIVEN_UP
#define STANDS COMMITMENT_NOT_GIVEN_UP
static const enum commitment_answer table[COMMITMENT_STATES][COMMITMENT_ACTS] = {
	/*                         claim verify  publish progress extend review give up take back */
	[COMMITMENT_TAKEN]     = { MAY,  UNSAID, MAY,    MAY,     MAY,   MAY,   MAY,    STANDS },
	[COMMITMENT_CLAIMED]   = { MAY,  MAY,    MAY,    MAY,     MAY,   MAY,   MAY,    STANDS },
	[COMMITMENT_VERIFIED]  = { DONE, DONE,   MAY,    DONE,    DONE,  MAY,   DONE,   DONE },
	[COMMITMENT_KEPT]      = { DONE, DONE,   PUBLIC, DONE,    DONE,  DONE,  DONE,   DONE },
	[COMMITMENT_GIVING_UP] = { GONE, GONE,   GONE,   GONE,    GONE,  MAY,   MAY,    MAY },
	[COMMITMENT_GIVEN_UP]  = { GONE, GONE,   GONE,   GONE,    GONE,  GONE,  GONE,   GONE },
};
/* clang-format on */

enum commitment_answer commitment_may(enum commitment_state state, enum commitment_act act)
{
	return table[state][act];
}

void commitment_need(struct act *a, const struct commitment_record *c, enum commitment_act act)
{
	if (a->rc)
		return;
	switch (commitment_may(commitment_state_of(c), act)) {
	case COMMITMENT_MAY:
		return;
	case COMMITMENT_NOT_CLAIMED:
		act_fail(a, ERR_REFUSED, _("%s has not been claimed as done"), c->id);
		return;
	case COMMITMENT_IS_VERIFIED:
		act_fail(a, ERR_REFUSED, _("%s was verified as done by %s at %s"), c->id,
			c->verified_name, act_when(a, c->verified_at));
		return;
	case COMMITMENT_IS_PUBLIC:
		act_fail(a, ERR_REFUSED, _("%s is public already: %s, captured at %s"), c->id,
			c->publish_evidence, act_when(a, c->published_at));
		return;
	case COMMITMENT_IS_GIVEN_UP:
		act_fail(a, ERR_REFUSED, _("%s was given up (无法兑现) by %s at %s"), c->id,
			c->cannot_name, act_when(a, c->cannot_at));
		return;
	case COMMITMENT_NOT_GIVEN_UP:
		act_fail(a, ERR_REFUSED, _("nothing about %s waits to be approved"), c->id);
		return;
	}
}
