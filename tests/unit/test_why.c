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
		"{\"line\":5,\"rule\":\"拖欠\",\"points\":-1,\"spans\":["
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
	why_print(f, &a);
	fclose(f);
	assert_string_equal(text, "  keywords.conf:3  +2  征地 | 补偿  « 征地 补偿 »\n"
				  "  keywords.conf:4  +1  征地  « 征地 »\n"
				  "  keywords.conf:5  -1  拖欠  « 拖欠 »\n"
				  "  keywords.conf:6  +1  x\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
