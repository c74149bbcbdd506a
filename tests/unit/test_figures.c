/*
 * How many killed and hurt a text names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "matcher/figures.h"

static void test_figures(void **state)
{
	static const struct {
		const char *text;
		int64_t dead, hurt;
	} rows[] = {
		{"事故造成2人死亡、5人受伤。", 2, 5},
		{"事故造成两名工人当场死亡，十二人不同程度受伤", 2, 12},
		{"死亡人数升至12人", 12, 0},
		{"遇难者增至１５名，另有30余人受伤", 15, 30},
		{"3死5伤", 3, 5},
		{"已致３人遇難", 3, 0},
		{"死亡3人，重伤1人，轻伤4人", 3, 4},
		{"一百零五人丧生", 105, 0},
		{"32名消防员赶赴现场，无人员死亡", 0, 0},
		{"王某等34名工人反映", 0, 0},
		{"因伤人被拘5日，损失3000元", 0, 0},
		{"死亡证明办理3天", 0, 0},
		{"先报2人死亡，后核实为4人死亡", 4, 0},
		{"", 0, 0},
	};
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct figures f;
	struct shadow s;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(
			normalise_text(NULL, rows[i].text, strlen(rows[i].text), a, &s, &e),
			ERR_OK);
		figures_read(&s, &f);
		if (f.dead != rows[i].dead || f.hurt != rows[i].hurt)
			fail_msg("%s: %d dead, %d hurt", rows[i].text, (int)f.dead, (int)f.hurt);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_figures)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
