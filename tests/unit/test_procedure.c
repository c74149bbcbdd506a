/*
 * procedure.conf: what ships, what is refused and where, and what a grade demands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/path.h"
#include "office/procedure.h"

#define TOGETHER "[together]\ngrades = 重大\nclasses = 政府网站、新闻媒体\nbasis = x\n"
#define DIRECTS "[directs]\ngrades = 特别重大\nwho = 某领导\nbasis = x\n"
#define FINAL "[final]\nreturns = 3\nbasis = x\n"
#define EARLY "[early]\ndays = 10\nbasis = x\n"
#define HOLIDAYS "[holidays]\nlisted_by = 12-01\nbasis = x\n"

static struct procedure *parse(const char *text, struct err *e)
{
	struct procedure *p = NULL;

	procedure_parse(PROCEDURE_FILE, text, strlen(text), &p, e);
	return p;
}

static void test_shipped(void **state)
{
	const bool all[CHANNEL_CLASSES] = {true, true, true, true}, site[CHANNEL_CLASSES] = {true};
	struct err e = {ERR_OK, ""};
	struct procedure *p;
	struct buf b;

	(void)state;
	buf_init(&b, 65536);
	assert_int_equal(path_read("rules/procedure.conf", &b, &e), ERR_OK);
	p = parse(buf_str(&b), &e);
	assert_string_equal(e.text, "");
	assert_non_null(p);
	assert_int_equal(procedure_classes(p, "重大"), 4);
	assert_int_equal(procedure_classes(p, "特别重大"), 4);
	assert_int_equal(procedure_classes(p, "较大"), 0);
	assert_int_equal(procedure_classes_missing(p, "重大", site), 3);
	assert_int_equal(procedure_classes_missing(p, "重大", all), 0);
	assert_true(namelist_has(&p->directs, "特别重大"));
	assert_false(namelist_has(&p->directs, "重大"));
	assert_int_equal(p->returns, 2);
	assert_int_equal(p->early_days, 30);
	assert_int_equal(p->listed_month * 100 + p->listed_day, 1115);
	procedure_free(p);
	buf_fini(&b);
}

static void test_own(void **state)
{
	struct err e = {ERR_OK, ""};
	struct procedure *p = parse(TOGETHER DIRECTS FINAL EARLY HOLIDAYS, &e);
	const bool news[CHANNEL_CLASSES] = {[CHANNEL_NEWS] = true, [CHANNEL_PORTAL] = true};

	(void)state;
	assert_non_null(p);
	assert_int_equal(procedure_classes(p, "重大"), 2);
	assert_int_equal(procedure_classes(p, "特别重大"), 0);
	assert_int_equal(procedure_classes_missing(p, "重大", news), 1);
	assert_string_equal(p->who, "某领导");
	assert_int_equal(p->returns, 3);
	procedure_free(p);
	procedure_free(NULL);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{TOGETHER DIRECTS FINAL EARLY, "procedure.conf has no [holidays]"},
		{TOGETHER "[lunch]\n", "procedure.conf:5:1: expected [together]"},
		{"x = 1\n", "procedure.conf:"},
		{DIRECTS FINAL EARLY HOLIDAYS
			"[together]\ngrades = 巨大\nclasses = 政府网站\nbasis = x\n",
			":15:10: expected 一般"},
		{DIRECTS FINAL EARLY HOLIDAYS
			"[together]\ngrades = 重大\nclasses = 报纸\nbasis = x\n",
			":16:11: expected 政府网站"},
		{TOGETHER DIRECTS "[final]\nreturns = 0\nbasis = x\n", ":10:11:"},
		{TOGETHER DIRECTS "[final]\nreturns = 2\n", "basis"},
		{TOGETHER DIRECTS FINAL EARLY "[holidays]\nlisted_by = 02-30\nbasis = x\n",
			":16:13: expected a day as MM-DD"},
		{TOGETHER DIRECTS FINAL EARLY "[holidays]\nlisted_by = 0230\nbasis = x\n", "MM-DD"},
		{TOGETHER DIRECTS FINAL EARLY "[holidays]\nlisted_by = 13-01\nbasis = x\n",
			"MM-DD"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err e = {ERR_OK, ""};
		assert_null(parse(rows[i].text, &e));
		assert_int_equal(e.code, ERR_CONFIG);
		if (!strstr(e.text, rows[i].want))
			fail_msg("row %zu: %s", i, e.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
