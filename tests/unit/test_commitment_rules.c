/* Which act a promise admits in which state: every cell of the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/time.h"
#include "office/commitment_rules.h"

struct facts {
	int64_t claimed, verified, evidence, published, cannot, cannot_public;
	enum commitment_state state;
};

#define NO TIME_NONE

static void test_state(void **state)
{
	static const struct facts rows[] = {
		{NO, NO, 0, NO, NO, NO, COMMITMENT_TAKEN},
		{NO, NO, 3, NO, NO, NO, COMMITMENT_TAKEN}, /* evidence alone says nothing */
		{NO, NO, 1, 5, NO, NO, COMMITMENT_TAKEN}, /* published before it was claimed */
		{1, NO, 0, NO, NO, NO, COMMITMENT_CLAIMED},
		{1, 2, 0, NO, NO, NO, COMMITMENT_VERIFIED},
		{1, 2, 1, NO, NO, NO, COMMITMENT_VERIFIED},
		{1, 2, 0, 5, NO, NO, COMMITMENT_VERIFIED},
		{1, 2, 1, 5, NO, NO, COMMITMENT_KEPT},
		{NO, NO, 0, NO, 3, NO, COMMITMENT_GIVING_UP},
		{1, NO, 0, NO, 3, NO, COMMITMENT_GIVING_UP},
		{NO, NO, 0, NO, 3, 4, COMMITMENT_GIVEN_UP},
		{1, NO, 0, NO, 3, 4, COMMITMENT_GIVEN_UP},
		/* Of ledgers from before this table: what was done outweighs what was said. */
		{1, 2, 0, NO, 3, NO, COMMITMENT_VERIFIED},
		{1, 2, 0, NO, 3, 4, COMMITMENT_GIVEN_UP},
		{1, 2, 1, NO, 3, 4, COMMITMENT_VERIFIED},
		{1, 2, 1, 5, 3, 4, COMMITMENT_KEPT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct commitment_record c = {.claimed_at = rows[i].claimed,
			.verified_at = rows[i].verified,
			.evidence = rows[i].evidence,
			.published_at = rows[i].published,
			.cannot_at = rows[i].cannot,
			.cannot_published_at = rows[i].cannot_public};
		assert_int_equal(commitment_state_of(&c), rows[i].state);
	}
}

/* As the rules read, not as the table does: a letter an act, in the order of the enum; m may,
 * c not claimed, v verified, p public, g given up, s nothing waits. */
static void test_may(void **state)
{
	static const char *const wanted[COMMITMENT_STATES] = {
		[COMMITMENT_TAKEN] = "mcmmmmms",
		[COMMITMENT_CLAIMED] = "mmmmmmms",
		[COMMITMENT_VERIFIED] = "vvmvvmvv",
		[COMMITMENT_KEPT] = "vvpvvvvv",
		[COMMITMENT_GIVING_UP] = "gggggmmm",
		[COMMITMENT_GIVEN_UP] = "gggggggg",
	};
	static const char letters[] = {
		[COMMITMENT_MAY] = 'm',
		[COMMITMENT_NOT_CLAIMED] = 'c',
		[COMMITMENT_IS_VERIFIED] = 'v',
		[COMMITMENT_IS_PUBLIC] = 'p',
		[COMMITMENT_IS_GIVEN_UP] = 'g',
		[COMMITMENT_NOT_GIVEN_UP] = 's',
	};

	(void)state;
	for (unsigned s = 0; s < COMMITMENT_STATES; s++)
		for (unsigned x = 0; x < COMMITMENT_ACTS; x++)
			assert_int_equal(letters[commitment_may(
						 (enum commitment_state)s, (enum commitment_act)x)],
				wanted[s][x]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_state),
		cmocka_unit_test(test_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
