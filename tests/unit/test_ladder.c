/* supervision.conf: what is refused, when a level is reached, and that over weekends,
 * holidays and moved dates every level comes once, in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "office/holidays.h"
#include "office/ladder.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define LEVEL(name, when)                                                                          \
	"[" name "]\nof = promise\nwhen = " when                                                   \
	"\nissue = auto\nfeedback = 1 working days\nbasis = b\n"

static struct ladder *parse(const char *s, struct err *e)
{
	struct ladder *l = NULL;

	ladder_parse("supervision.conf", s, strlen(s), &l, e);
	return l;
}

static struct ladder *shipped(void)
{
	struct ladder *l;
	struct err e = {ERR_OK, ""};
	struct buf b;

	buf_init(&b, 1 << 20);
	assert_int_equal(path_read("rules/supervision.conf", &b, &e), ERR_OK);
	l = parse(buf_str(&b), &e);
	if (!l)
		fail_msg("%s", e.text);
	buf_fini(&b);
	return l;
}

static int64_t at(const char *text)
{
	int64_t t = 0;

	assert_true(time_parse_rfc3339(str_of(text), &t));
	return t;
}

static void test_shipped(void **state)
{
	static const char *const names[] = {"提醒", "蓝", "黄", "红"};
	struct ladder *l = shipped();
	struct arena *a = arena_new(4096);

	(void)state;
	assert_int_equal(ladder_count(l), COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_string_equal(ladder_at(l, i)->name, names[i]);
		assert_ptr_equal(ladder_find(l, names[i]), ladder_at(l, i));
		assert_true(ladder_at(l, i)->basis[0] != '\0');
	}
	assert_null(ladder_at(l, COUNT(names)));
	assert_null(ladder_find(l, "紫"));
	assert_string_equal(ladder_names(l, a), "提醒, 蓝, 黄, 红");
	assert_null(ladder_display(l));
	assert_true(ladder_at(l, 0)->settles_auto && !ladder_at(l, 0)->by_person);
	assert_true(ladder_at(l, 3)->by_person && !ladder_at(l, 3)->settles_auto);
	arena_free(a);
	ladder_free(l);
}

static void test_display(void **state)
{
	struct err e = {ERR_OK, ""};
	struct ladder *l = parse("[closing]\ndisplay = 5 working days\nbasis = b\n", &e);

	(void)state;
	assert_non_null(l);
	assert_int_equal(ladder_display(l)->limit.amount, 5);
	assert_int_equal(ladder_display(l)->limit.unit, CALENDAR_WORKING_DAYS);
	assert_int_equal(ladder_count(l), 0);
	ladder_free(l);
}

static void test_refused(void **state)
{
	static const char *const bad[] = {
		"[蓝]\nof = promise\nwhen = at\nissue = auto\nfeedback = 1 days\n", /* no basis */
		"[蓝]\nof = \nwhen = at\nissue = auto\nfeedback = 1 days\nbasis = b\n",
		"[蓝]\nof = promises\nwhen = at\nissue = auto\nfeedback = 1 days\nbasis = b\n",
		"[蓝]\nof = promise\nwhen = at\nissue = maybe\nfeedback = 1 days\nbasis = b\n",
		"[蓝]\nof = promise\nwhen = at\nissue = auto\nfeedback = soon\nbasis = b\n",
		"[蓝]\nof = promise\nwhen = at\nissue = auto\nfeedback = 1 hours\n"
		"roll = next-workday\nbasis = b\n",
		"[蓝]\nof = promise\nwhen = at\nissue = auto\nfeedback = 1 days\nbasis = b\nx = "
		"y\n",
		LEVEL("a", "at") "told = unit、mayor\n",
		LEVEL("a", "at") "told = 、\n",
		LEVEL("a", "now"),
		LEVEL("a", "100% before"),
		LEVEL("a", "0% before"),
		LEVEL("a", "20% after"),
		LEVEL("a", "1 working days before"),
		LEVEL("a", "year end after"),
		LEVEL("a", "at") LEVEL("b", "at"),
		LEVEL("a", "at") LEVEL("b", "20% before"),
		LEVEL("a", "20% before") LEVEL("b", "30% before"),
		LEVEL("a", "2 days after") LEVEL("b", "24 hours after"),
		LEVEL("a", "1 hours before") LEVEL("b", "2 hours before"),
		LEVEL("a", "at") LEVEL("a", "1 days after"),
		"[closing]\ndisplay = 5 working days\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err e = {ERR_OK, ""};
		struct ladder *l = parse(bad[i], &e);
		if (l || e.code != ERR_CONFIG)
			fail_msg("row %zu was taken: %s", i, e.text);
		assert_non_null(strstr(e.text, "supervision.conf:"));
	}
}

/* --- moments --- */

struct world {
	struct ladder *ladder;
	struct holidays *holidays;
	struct time_zone *zone;
	struct calendar with;
};

static void begin(struct world *w)
{
	struct err e = {ERR_OK, ""};

	w->ladder = shipped();
	assert_int_equal(holidays_read("rules/holidays.conf", &w->holidays, &e), ERR_OK);
	assert_int_equal(time_zone_open("Asia/Shanghai", &w->zone, &e), ERR_OK);
	w->with = (struct calendar){.workdays = holidays_workdays(w->holidays), .zone = w->zone};
}

static void end(struct world *w)
{
	ladder_free(w->ladder);
	holidays_free(w->holidays);
	time_zone_close(w->zone);
}

static int64_t moment(struct world *w, size_t level, const char *of, int64_t start, int64_t due)
{
	const struct ladder_limit limit = {of, start, due};
	struct err e = {ERR_OK, ""};
	int64_t t = 0;

	assert_int_equal(
		ladder_moment(ladder_at(w->ladder, level), &limit, &w->with, &t, &e), ERR_OK);
	return t;
}

static void test_moments(void **state)
{
	/* 2026-09-20 and 10-10 are worked; 09-25 to 09-27 and 10-01 to 10-07 are off. */
	static const struct {
		const char *due, *yellow, *red; /* ends of local days */
	} rows[] = {
		{"2026-09-16T15:59:59Z", "2026-09-17T15:59:59Z", "2026-09-20T15:59:59Z"},
		{"2026-09-18T02:00:00Z", "2026-09-20T15:59:59Z", "2026-09-22T15:59:59Z"},
		{"2026-09-24T15:59:59Z", "2026-09-28T15:59:59Z", "2026-09-30T15:59:59Z"},
		{"2026-09-30T15:59:59Z", "2026-10-08T15:59:59Z", "2026-10-10T15:59:59Z"},
		{"2026-10-03T15:59:59Z", "2026-10-08T15:59:59Z", "2026-10-10T15:59:59Z"},
		/* 07-23 and 07-24 are the prefecture's own */
		{"2026-07-22T15:59:59Z", "2026-07-27T15:59:59Z", "2026-07-29T15:59:59Z"},
	};
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t due = at(rows[i].due);
		assert_int_equal(moment(&w, 0, "promise", due - 1000, due), due - 200);
		assert_int_equal(moment(&w, 1, "promise", due - 1000, due), due);
		assert_int_equal(moment(&w, 2, "promise", due - 1000, due), at(rows[i].yellow));
		assert_int_equal(moment(&w, 3, "promise", due - 1000, due), at(rows[i].red));
	}
	assert_int_equal(moment(&w, 0, "promise", TIME_NONE, 1000), TIME_NONE);
	assert_int_equal(moment(&w, 0, "promise", 1000, 1000), TIME_NONE);
	assert_int_equal(moment(&w, 1, "triage", 0, 1000), TIME_NONE);
	end(&w);
}

static const struct ladder_level *reached(struct world *w, int64_t start, int64_t due, int64_t now)
{
	const struct ladder_limit limit = {"promise", start, due};
	const struct ladder_level *level = NULL;
	struct err e = {ERR_OK, ""};

	assert_int_equal(ladder_reached(w->ladder, &limit, now, &w->with, &level, &e), ERR_OK);
	return level;
}

/* Steps of ten minutes from the promise on: each level is met in order, none is left out, none
 * comes twice; on the day `moved` the date becomes another one, and the ladder begins anew. */
static void walk(struct world *w, int64_t start, int64_t due, int64_t moved, int64_t later)
{
	int last = -1, seen = 0, after_move = 0;

	for (int64_t now = start; now < later + INT64_C(20) * 86400; now += 600) {
		int64_t stands = now < moved ? due : later;
		const struct ladder_level *level = reached(w, start, stands, now);
		int rank = level ? (int)(level - ladder_at(w->ladder, 0)) : -1;
		if (now >= moved && now - 600 < moved) {
			last = rank; /* the new date's ladder: below what is due */
			assert_true(rank <= 0);
			after_move = rank + 1;
		}
		assert_true(rank == last || rank == last + 1);
		if (rank == last + 1) {
			seen++;
			after_move += now >= moved;
		}
		last = rank;
	}
	assert_int_equal(last, 3);
	assert_int_equal(after_move, 4);
	assert_true(seen >= 4);
}

static void test_no_double_no_gap(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	/* Every day of six weeks over 中秋, 国庆 and their make-up days as due date; moved before
	 * it is due, on the day, a working day later, in the middle of the holiday. */
	for (int day = 0; day < 42; day += 3) {
		int64_t due = at("2026-09-10T15:59:59Z") + day * INT64_C(86400);
		int64_t start = due - INT64_C(10) * 86400;
		for (int shift = -2; shift <= 6; shift += 4)
			walk(&w, start, due, due + shift * INT64_C(86400),
				due + INT64_C(30) * 86400);
	}
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_display),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_moments),
		cmocka_unit_test(test_no_double_no_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
