/*
 * test_memory.c - memory, or the end of the program.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "tests/unit/starve.h"

static void test_there_is_some(void **state)
{
	char *p = memory_copy("abc");

	(void)state;
	assert_string_equal(p, "abc");
	p = memory_resize(p, 1000);
	assert_string_equal(p, "abc");
	free(memory_resize(p, 0));
	p = memory_get(0);
	assert_non_null(p);
	free(p);
}

static void get(void *text)
{
	(void)text;
	free(memory_get(STARVE_LARGE));
}

static void resize(void *text)
{
	free(memory_resize(text, 2 * STARVE_LARGE));
}

static void copy(void *text)
{
	free(memory_copy(text));
}

static void test_there_is_none(void **state)
{
	char *text = memory_get(STARVE_LARGE);

	(void)state;
	memset(text, 'a', STARVE_LARGE - 1);
	text[STARVE_LARGE - 1] = '\0';
	starve(get, text, "test_memory: out of memory\n");
	starve(resize, text, "test_memory: out of memory\n");
	starve(copy, text, "test_memory: out of memory\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_is_some),
		cmocka_unit_test(test_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
