/*
 * test_conf_object.c - an object of a configuration file: from a text, a file, a home; none of
 * a file that is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/conf_object.h"

struct thing {
	struct arena *arena;
	const char *name;
	char *room;
};

static enum err_code read_thing(const struct conf *c, void *object, struct err *e)
{
	const struct conf_section *s = conf_section_find(c, "thing");
	struct thing *t = object;

	assert_null(t->name);
	assert_non_null(t->arena);
	t->name = arena_strdup(t->arena, conf_get(s, "name", "none"));
	t->room = arena_alloc(t->arena, strlen(t->name) * 1000);
	if (!t->name || !t->room)
		return err_nomem(e);
	return s ? ERR_OK : conf_error(c, 1, 1, e, "no [thing]");
}

static const struct conf_object kind = {sizeof(struct thing), 8192, read_thing};

static enum err_code parse(const char *text, void **out, struct err *e)
{
	*out = e; /* what stood there before is not taken for an object */
	return conf_object_parse(&kind, "x.conf", text, strlen(text), out, e);
}

static void test_text(void **state)
{
	struct err e = {0};
	void *made;

	(void)state;
	assert_int_equal(parse("[thing]\nname = abc\n", &made, &e), ERR_OK);
	assert_string_equal(((struct thing *)made)->name, "abc");
	conf_object_free(made);
	conf_object_free(NULL);
}

static void test_refused(void **state)
{
	const struct {
		const char *text, *says;
		enum err_code rc;
	} cases[] = {
		{"[thing\n", "x.conf:1:", ERR_CONFIG},
		{"[other]\n", "x.conf:1:1: no [thing]", ERR_CONFIG},
		{"[thing]\nname = ten bytes!\n", "memory", ERR_NOMEM},
	};
	void *made;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err e = {0};
		assert_int_equal(parse(cases[i].text, &made, &e), cases[i].rc);
		assert_null(made);
		assert_non_null(strstr(e.text, cases[i].says));
	}
}

static void test_file_and_home(void **state)
{
	char dir[] = "/tmp/huiying-test.XXXXXX", path[64];
	struct path_home home = {0};
	struct err e = {0};
	void *made;
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/thing.conf", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("[thing]\nname = here\n", f);
	fclose(f);
	assert_int_equal(conf_object_read(&kind, path, &made, &e), ERR_OK);
	assert_string_equal(((struct thing *)made)->name, "here");
	conf_object_free(made);
	home.home = dir;
	assert_int_equal(conf_object_load(&kind, &home, "thing.conf", &made, &e), ERR_OK);
	assert_string_equal(((struct thing *)made)->name, "here");
	conf_object_free(made);
	unlink(path);
	rmdir(dir);
	assert_int_equal(conf_object_read(&kind, path, &made, &e), ERR_NOT_FOUND);
	assert_null(made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_file_and_home),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
