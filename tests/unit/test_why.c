/* The words that decided: each once, however many lines they hit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/why.h"

static struct alert sample(void)
{
	struct alert a = {0};

	a.title = "征地补偿";
	a.excerpt = "征地拖欠";
	a.why = "[{\"line\":3,\"rule\":\"征地 | 补偿\",\"points\":2,\"spans\":["
		"{\"field\":\"title\",\"start\":0,\"end\":2},"
		"{\"field\":\"title\",\"start\":2,\"end\":4},"
		"{\"field\":\"text\",\"start\":0,\"end\":2}]},"
		"{\"line\":4,\"rule\":\"征地\",\"points\":1,\"spans\":["
		"{\"field\":\"title\",\"start\":0,\"end\":2}]},"
		"{\"line\":5,\"rule\":\"-拖欠\",\"points\":-1,\"spans\":["
		"{\"field\":\"text\",\"start\":2,\"end\":4}]},"
		"{\"line\":6,\"rule\":\"x\",\"points\":1,\"spans\":["
		"{\"field\":\"text\",\"start\":9,\"end\":12}]}]";
	return a;
}

static void test_short(void **state)
{
	struct alert a = sample();
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	buf_add_str(&b, "征地：");
	why_add_short(&b, &a, 20);
	assert_string_equal(buf_str(&b), "征地：征地 拖欠");
	buf_clear(&b);
	why_add_short(&b, &a, 7);
	assert_string_equal(buf_str(&b), "征地");
	buf_fini(&b);
}

static void test_lines(void **state)
{
	struct alert a = sample();
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	why_print(f, &a, NULL);
	fclose(f);
	assert_string_equal(text, "  keywords.conf:3  +2 = 2  “征地” or “补偿”\n"
				  "      title: «征地»«补偿»\n"
				  "      text: «征地»拖欠\n"
				  "  keywords.conf:4  +1 = 3  “征地”\n"
				  "      title: «征地»补偿\n"
				  "  keywords.conf:5  -1 = 2  speaks against it: “拖欠”\n"
				  "      text: 征地«拖欠»\n"
				  "  keywords.conf:6  +1 = 3  “x”\n"
				  "  sum: 4 - 1 = 3\n");
	free(text);
}

/* What was kept beside the lines. */
static void test_grounds(void **state)
{
	struct alert a = sample();
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	a.why = "[{\"line\":4,\"rule\":\"征地\",\"points\":3,\"spans\":[]}]";
	a.grade_name = "较大";
	why_print(f, &a,
		"{\"grade\":{\"by\":\"line\",\"file\":\"local.d/x.conf\",\"line\":7},"
		"\"others\":[{\"by\":\"exclude\",\"line\":9,\"rule\":\"!补偿\",\"score\":2,"
		"\"spans\":[{\"end\":4,\"field\":\"title\",\"start\":2}],\"threshold\":1,"
		"\"topic\":\"乙\"}],\"others_left\":3,"
		"\"region\":{\"by\":\"local\"},\"threshold\":3,"
		"\"undecided\":[{\"line\":5,\"rule\":\"+/a+/"
		"\",\"topic\":\"甲\",\"why\":\"depth-limit\"}]}");
	fclose(f);
	assert_string_equal(text,
		"  region: ours, the source is local\n"
		"  keywords.conf:4  +3 = 3 (threshold 3 reached)  “征地”\n"
		"  grade 较大: suggested outright by local.d/x.conf:7\n"
		"  undecided: keywords.conf:5 of [甲]: its regex went too deep in this text, so "
		"the "
		"line is taken as met; it looks for necessary: the pattern /a+/\n"
		"  besides, [乙] does not alert: excluded by the ! line keywords.conf:9\n"
		"      title: 征地«补偿»\n"
		"  and 3 topics more do not alert\n");
	free(text);
}

/* What cannot be read is told, and the lines are shown all the same. */
static void test_broken_grounds(void **state)
{
	struct alert a = sample();
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	why_print(f, &a, "{broken");
	fclose(f);
	assert_non_null(strstr(text, "cannot be read"));
	assert_non_null(strstr(text, "keywords.conf:4  +1"));
	free(text);
}

/* Words that touch or overlap are one mark. */
static void test_marked(void **state)
{
	struct alert a = sample();
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	a.excerpt = "多次吃出虫子，征地";
	a.why = "[{\"spans\":[{\"field\":\"text\",\"start\":2,\"end\":5},"
		"{\"field\":\"text\",\"start\":7,\"end\":9}]},"
		"{\"spans\":[{\"field\":\"text\",\"start\":4,\"end\":6},"
		"{\"field\":\"title\",\"start\":0,\"end\":2},"
		"{\"field\":\"title\",\"start\":2,\"end\":4}]}]";
	why_print_marked(f, &a, false);
	fclose(f);
	assert_string_equal(text, "【征地补偿】\n多次【吃出虫子】，【征地】\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_grounds),
		cmocka_unit_test(test_broken_grounds),
		cmocka_unit_test(test_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
