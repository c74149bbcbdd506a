/*
 * test_log.c - messages: one safe line each, levels, the journal's prefix.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/utf8.h"

static void read_back(FILE *f, char *text, size_t size)
{
	rewind(f);
	text[fread(text, 1, size - 1, f)] = '\0';
}

static void a_bar_is_wiped(void **state)
{
	FILE *f = tmpfile();
	char text[1000];
	struct log l;

	(void)state;
	unsetenv("JOURNAL_STREAM");
	log_init(&l, f, LOG_LEVEL_NOTICE, "huiying");
	l.over_bar = true;
	log_notice(&l, "a\033[Kb");
	read_back(f, text, sizeof text);
	assert_string_equal(text, "\r\033[Khuiying: a^[[Kb\n");
	fclose(f);
}

static void levels_and_prefix(void **state)
{
	FILE *f = tmpfile();
	char text[1000];
	struct log l;

	(void)state;
	unsetenv("JOURNAL_STREAM");
	log_init(&l, f, LOG_LEVEL_NOTICE, "huiying");
	log_error(&l, "no %s", "disk");
	log_warning(&l, "%d left", 3);
	log_notice(&l, "done");
	log_debug(&l, "not seen");
	read_back(f, text, sizeof text);
	assert_string_equal(text, "huiying: no disk\nhuiying: 3 left\nhuiying: done\n");
	fclose(f);
}

static void silence_is_possible(void **state)
{
	struct log l;

	(void)state;
	log_init(&l, NULL, LOG_LEVEL_DEBUG, NULL);
	log_error(&l, "x");
	log_error(NULL, "x");
}

/* A title must not write a second line, colour it or turn it round. */
static void a_message_is_one_safe_line(void **state)
{
	FILE *f = tmpfile();
	char text[1000];
	struct log l;

	(void)state;
	unsetenv("JOURNAL_STREAM");
	log_init(&l, f, LOG_LEVEL_DEBUG, NULL);
	log_debug(&l, "%s", "a\nhuiying: b\x1b[31m\xE2\x80\xAE\x9b\r");
	read_back(f, text, sizeof text);
	assert_string_equal(text, "a^Jhuiying: b^[[31m<U+202E>\xEF\xBF\xBD^M\n");
	fclose(f);
}

static void a_huge_message_is_cut_with_a_mark(void **state)
{
	FILE *f = tmpfile();
	char *huge = malloc(100001), *text = malloc(100001);
	struct log l;
	size_t n;

	(void)state;
	memset(huge, 'x', 100000);
	huge[100000] = '\0';
	unsetenv("JOURNAL_STREAM");
	log_init(&l, f, LOG_LEVEL_DEBUG, "p");
	log_error(&l, "%s", huge);
	read_back(f, text, 100000);
	n = strlen(text);
	assert_true(n > 4000 && n < 100000);
	assert_string_equal(text + n - 7, " [\xE2\x80\xA6]\n");
	free(huge);
	free(text);
	fclose(f);
}

static void priorities_only_for_the_journal(void **state)
{
	FILE *f = tmpfile();
	char stream[64], text[1000];
	struct stat st;
	struct log l;

	(void)state;
	assert_int_equal(fstat(fileno(f), &st), 0);
	snprintf(stream, sizeof stream, "%llu:%llu", (unsigned long long)st.st_dev,
		(unsigned long long)st.st_ino + 1);
	setenv("JOURNAL_STREAM", stream, 1);
	log_init(&l, f, LOG_LEVEL_DEBUG, "p");
	assert_false(l.journal);
	setenv("JOURNAL_STREAM", "rubbish", 1);
	log_init(&l, f, LOG_LEVEL_DEBUG, "p");
	assert_false(l.journal);
	snprintf(stream, sizeof stream, "%llu:%llu", (unsigned long long)st.st_dev,
		(unsigned long long)st.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	log_init(&l, f, LOG_LEVEL_DEBUG, "p");
	unsetenv("JOURNAL_STREAM");
	log_error(&l, "a");
	log_warning(&l, "b");
	log_notice(&l, "c");
	log_debug(&l, "d");
	read_back(f, text, sizeof text);
	assert_string_equal(text, "<3>p: a\n<4>p: b\n<5>p: c\n<7>p: d\n");
	fclose(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_and_prefix),
		cmocka_unit_test(a_bar_is_wiped),
		cmocka_unit_test(silence_is_possible),
		cmocka_unit_test(a_message_is_one_safe_line),
		cmocka_unit_test(a_huge_message_is_cut_with_a_mark),
		cmocka_unit_test(priorities_only_for_the_journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
