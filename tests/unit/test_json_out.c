/* One JSON object on standard output: whole with its newline, or nothing at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/json_out.h"

/* Ends the object with standard output in a file; the file's text, for free(). */
static char *end(struct json_out *out, enum err_code before, enum err_code want, struct err *e)
{
	FILE *f = tmpfile();
	int terminal = dup(STDOUT_FILENO);
	char *text = calloc(1, 4096);

	assert_non_null(f);
	assert_non_null(text);
	fflush(stdout);
	assert_true(terminal >= 0 && dup2(fileno(f), STDOUT_FILENO) >= 0);
	enum err_code rc = json_out_end(out, before, e);
	fflush(stdout);
	assert_true(dup2(terminal, STDOUT_FILENO) >= 0);
	close(terminal);
	rewind(f);
	assert_true(fread(text, 1, 4095, f) < 4095);
	fclose(f);
	assert_int_equal(rc, want);
	return text;
}

static void test_object_is_a_line(void **state)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	struct err e;

	(void)state;
	json_put_str(w, "id", "欠薪\n\"");
	json_put_int(w, "n", 7);
	char *text = end(&out, ERR_OK, ERR_OK, &e);
	assert_string_equal(text, "{\"id\":\"欠薪\\n\\\"\",\"n\":7}\n");
	free(text);
	json_out_begin(&out);
	text = end(&out, ERR_OK, ERR_OK, &e);
	assert_string_equal(text, "{}\n");
	free(text);
}

static void test_an_error_prints_nothing(void **state)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	struct err e;

	(void)state;
	err_set(&e, ERR_NOT_FOUND, "gone");
	json_put_str(w, "id", "S1");
	char *text = end(&out, ERR_NOT_FOUND, ERR_NOT_FOUND, &e);
	assert_string_equal(text, "");
	assert_string_equal(e.text, "gone");
	free(text);
}

static void test_a_fault_of_the_text_is_an_error(void **state)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	struct err e;

	(void)state;
	out.text.max = 8;
	json_put_str(w, "id", "longer than that");
	char *text = end(&out, ERR_OK, ERR_LIMIT, &e);
	assert_string_equal(text, "");
	assert_non_null(strstr(e.text, "JSON"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_object_is_a_line),
		cmocka_unit_test(test_an_error_prints_nothing),
		cmocka_unit_test(test_a_fault_of_the_text_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
