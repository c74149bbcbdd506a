/* The command line: verbs of one and two words, options before and after, mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/command.h"

#define WORDS_MAX 64

/* Splits a line at blanks and parses it as argv. */
static enum err_code parse(const char *line, struct call *call, struct err *e)
{
	static char text[512];
	static char *argv[WORDS_MAX];
	static const char *words[WORDS_MAX];
	int argc = 0;

	assert_true(strlen(line) < sizeof text);
	strcpy(text, line);
	for (char *p = strtok(text, " "); p && argc < WORDS_MAX - 1; p = strtok(NULL, " "))
		argv[argc++] = p;
	argv[argc] = NULL;
	memset(e, 0, sizeof *e);
	return command_parse(argc, argv, words, call, e);
}

static void test_verbs(void **state)
{
	static const struct {
		const char *line, *verb;
		int argc;
	} rows[] = {
		{"huiying", "help", 0},
		{"huiying help", "help", 0},
		{"huiying -h", "help", 0},
		{"huiying --version", "version", 0},
		{"huiying parse x.xml", "parse", 1},
		{"huiying parse -", "parse", 1},
		{"huiying parse -- --odd", "parse", 1},
		{"huiying parse -h", "help", 1},
		{"huiying --home /x match", "match", 0},
		{"huiying respond accept 7", "respond accept", 1},
		{"huiying respond 123", "respond", 1},
		{"huiying case open 12", "case open", 1},
	};
	struct call call;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(parse(rows[i].line, &call, &e), ERR_OK);
		assert_string_equal(call.command->verb, rows[i].verb);
		assert_int_equal(call.argc, rows[i].argc);
	}
}

static void test_options(void **state)
{
	struct call call;
	struct err e;

	(void)state;
	assert_int_equal(
		parse("huiying --json match --rules=a.conf -qv --no-region --home h", &call, &e),
		ERR_OK);
	assert_true(call.json && call.quiet && call.verbose);
	assert_string_equal(call.home_option, "h");
	assert_string_equal(call_flag(&call, "rules"), "a.conf");
	assert_true(call_has(&call, "no-region"));
	assert_false(call_has(&call, "actor"));
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *line, *says;
	} rows[] = {
		{"huiying mach", "match"},
		{"huiying case", "which?"},
		{"huiying nonsense-verb", "unknown command"},
		{"huiying match --nope", "unknown option --nope"},
		{"huiying match -z", "unknown option -z"},
		{"huiying match --rules", "needs a value"},
		{"huiying match --no-region=1", "takes no value"},
		{"huiying parse", "too few"},
		{"huiying parse a b", "too many"},
	};
	struct call call;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(parse(rows[i].line, &call, &e), ERR_USAGE);
		assert_non_null(strstr(e.text, rows[i].says));
	}
}

static void test_table_is_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_row_count; i++) {
		const struct command *c = command_rows[i];
		assert_true((c->run == NULL) == (c->listing != NULL));
		assert_true(c->verb[0] && c->summary[0]);
		assert_ptr_equal(command_find(c->verb), c);
		for (const struct command_flag *f = c->flags; f && f->name; f++) {
			assert_true(f->help && f->help[0]);
			for (const struct command_flag *k = command_common_flags; k->name; k++)
				assert_string_not_equal(f->name, k->name);
		}
	}
}

/* A verb that says nothing about who may use it is a mistake: everybody is a word of its own. */
static void test_roles(void **state)
{
	static const struct {
		const char *verb, *needs;
	} rows[] = {
		{"alerts", ""},
		{"take", "Needs the role watch or supervisor."},
		{"case close", "Needs the role supervisor and a login of one's own."},
	};
	struct buf b;

	(void)state;
	for (size_t i = 0; i < command_row_count; i++) {
		if (!command_rows[i]->roles)
			fail_msg("%s declares no roles", command_rows[i]->verb);
	}
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_init(&b, 256);
		command_add_needs(&b, command_find(rows[i].verb));
		assert_string_equal(buf_str(&b), rows[i].needs);
		buf_fini(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verbs),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_table_is_sound),
		cmocka_unit_test(test_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
