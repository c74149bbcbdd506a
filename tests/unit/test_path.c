/*
 * test_path.c - look-up order, reading within bounds, atomic writing.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* The test's own directory; its path in *state. */
static int make_temp(void **state)
{
	const char *parent = getenv("TMPDIR");
	char *dir = path_join(parent != NULL ? parent : "/tmp", "huiying-path-XXXXXX");

	*state = dir != NULL ? mkdtemp(dir) : NULL;
	return *state == NULL ? -1 : 0;
}

/* Removes a flat or one-level-deep list of what the tests make. */
static int remove_temp(void **state)
{
	static const char *const names[] = {"f", "g", "d/f", "d/e/f", "d/e", "d", "home/x", "home",
		"cfg/huiying/x", "cfg/huiying/y", "cfg/huiying", "cfg", "shipped/x", "shipped/y",
		"shipped/z", "shipped", "data/huiying", "data"};

	for (size_t i = 0; i < COUNT(names); i++) {
		char *p = path_join(*state, names[i]);
		(void)remove(p);
		free(p);
	}
	assert_int_equal(rmdir(*state), 0); /* nothing else was left behind */
	free(*state);
	return 0;
}

static char *in(void **state, const char *name)
{
	char *p = path_join(*state, name);

	assert_non_null(p);
	return p;
}

static void write_text(const char *path, const char *text)
{
	struct err e = {0};

	if (path_write_atomic(path, text, strlen(text), 0644, &e) != ERR_OK)
		fail_msg("%s", e.text);
}

static void test_join(void **state)
{
	static const struct {
		const char *dir, *name, *want;
	} rows[] = {
		{"/a", "b", "/a/b"},
		{"/a/", "b", "/a/b"},
		{"/", "b", "/b"},
		{".", "b", "./b"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *p = path_join(rows[i].dir, rows[i].name);
		assert_string_equal(p, rows[i].want);
		free(p);
	}
}

static void test_write_and_read(void **state)
{
	char *f = in(state, "f");
	struct buf b;
	struct stat st;
	struct err e = {0};

	buf_init(&b, 16);
	write_text(f, "one");
	assert_int_equal(path_write_atomic(f, "two\0three", 9, 0640, &e), ERR_OK);
	assert_int_equal(stat(f, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(path_read(f, &b, &e), ERR_OK);
	assert_int_equal(b.len, 9);
	assert_memory_equal(b.data, "two\0three", 9);
	buf_clear(&b);
	assert_int_equal(path_write_atomic(f, "sixteen bytes...", 16, 0640, &e), ERR_OK);
	assert_int_equal(path_read(f, &b, &e), ERR_OK);
	buf_clear(&b);
	assert_int_equal(path_write_atomic(f, "seventeen bytes..", 17, 0640, &e), ERR_OK);
	assert_int_equal(path_read(f, &b, &e), ERR_LIMIT);
	assert_non_null(strstr(e.text, f));
	buf_clear(&b);
	assert_int_equal(path_write_atomic(f, NULL, 0, 0600, &e), ERR_OK);
	assert_int_equal(path_read(f, &b, &e), ERR_OK);
	assert_int_equal(b.len, 0);
	assert_int_equal(path_read(*state, &b, &e), ERR_IO); /* a directory */
	buf_fini(&b);
	free(f);
	f = in(state, "absent/f");
	buf_init(&b, 16);
	assert_int_equal(path_read(f, &b, &e), ERR_NOT_FOUND);
	assert_int_equal(path_write_atomic(f, "x", 1, 0600, &e), ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, f));
	buf_fini(&b);
	free(f);
}

/* A write that cannot be finished leaves the old file and no temporary one. */
/* Around the sizes that are read at once: all of a file, unless it is more than may be. */
static void test_read_sizes(void **state)
{
	static const size_t sizes[] = {1, 16383, 16384, 16385, 40000, 3 << 20};
	char *f = in(state, "f"), *text = malloc(3 << 20);
	struct err e = {0};
	struct buf b;

	assert_non_null(text);
	for (size_t i = 0; i < 3 << 20; i++)
		text[i] = (char)(i * 7 + i / 251);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		assert_int_equal(path_write_atomic(f, text, sizes[i], 0640, &e), ERR_OK);
		for (size_t more = 0; more < 3; more++) {
			buf_init(&b, sizes[i] + more - 1);
			enum err_code rc = path_read(f, &b, &e);
			assert_int_equal(rc, more ? ERR_OK : ERR_LIMIT);
			assert_int_equal(b.len, more ? sizes[i] : sizes[i] - 1);
			assert_memory_equal(buf_str(&b), text, b.len);
			buf_fini(&b);
		}
	}
	free(text);
	free(f);
}

static void test_write_onto_directory(void **state)
{
	char *d = in(state, "d");
	struct err e = {0};

	assert_int_equal(path_make_dirs(d, 0755, &e), ERR_OK);
	assert_int_equal(path_write_atomic(d, "x", 1, 0600, &e), ERR_IO);
	assert_int_equal(rmdir(d), 0);
	free(d);
}

static void test_make_dirs(void **state)
{
	char *e2 = in(state, "d/e"), *f = in(state, "d/f"), *below = in(state, "d/f/x");
	struct stat st;
	struct err e = {0};
	mode_t old = umask(0022);

	assert_int_equal(path_make_dirs(e2, 02770, &e), ERR_OK);
	assert_int_equal(path_make_dirs(e2, 0700, &e), ERR_OK); /* there already: left alone */
	assert_int_equal(stat(e2, &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	assert_int_equal(st.st_mode & 07777, 02770);
	write_text(f, "x");
	assert_int_equal(path_make_dirs(below, 0755, &e), ERR_IO);
	assert_int_equal(path_make_dirs(f, 0755, &e), ERR_IO);
	assert_int_equal(path_make_dirs("/", 0755, &e), ERR_OK);
	(void)umask(old);
	free(e2);
	free(f);
	free(below);
}

static void test_move(void **state)
{
	char *f = in(state, "f"), *to = in(state, "d/e/f"), *dir = in(state, "d/e");
	struct err e = {0};

	assert_int_equal(path_make_dirs(dir, 0755, &e), ERR_OK);
	write_text(f, "x");
	assert_int_equal(path_move(f, to, &e), ERR_OK);
	assert_false(path_exists(f));
	assert_true(path_exists(to));
	assert_int_equal(path_move(f, to, &e), ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, f));
	free(f);
	free(to);
	free(dir);
}

static void set_env(const char *name, const char *value)
{
	if (value != NULL)
		assert_int_equal(setenv(name, value, 1), 0);
	else
		assert_int_equal(unsetenv(name), 0);
}

static void make_file(void **state, const char *name)
{
	char *f = in(state, name), *dir = strdup(f);
	struct err e = {0};

	assert_non_null(dir);
	*strrchr(dir, '/') = '\0';
	assert_int_equal(path_make_dirs(dir, 0755, &e), ERR_OK);
	write_text(f, "x");
	free(dir);
	free(f);
}

static void assert_found(
	void **state, const struct path_home *h, const char *name, const char *want)
{
	char *found = NULL, *place = in(state, want);
	struct err e = {0};

	if (path_find(h, name, &found, &e) != ERR_OK)
		fail_msg("%s", e.text);
	assert_string_equal(found, place);
	free(found);
	free(place);
}

static void test_home(void **state)
{
	char *home = in(state, "home"), *cfg = in(state, "cfg"), *shipped = in(state, "shipped");
	char *data = in(state, "data"), *found = NULL;
	struct path_home h;
	struct err e = {0};

	make_file(state, "home/x");
	make_file(state, "cfg/huiying/x");
	make_file(state, "cfg/huiying/y");
	make_file(state, "shipped/x");
	make_file(state, "shipped/y");
	make_file(state, "shipped/z");
	set_env("HUIYING_HOME", NULL);
	set_env("XDG_CONFIG_HOME", cfg);
	set_env("XDG_DATA_HOME", data);
	set_env("HUIYING_SHIPPED", shipped);
	/* the option, then the variable; the data lives there too */
	assert_int_equal(path_home_init(&h, home, &e), ERR_OK);
	assert_string_equal(h.data, home);
	assert_found(state, &h, "x", "home/x");
	assert_found(state, &h, "y", "cfg/huiying/y");
	assert_found(state, &h, "z", "shipped/z");
	assert_int_equal(path_find(&h, "absent", &found, &e), ERR_NOT_FOUND);
	assert_null(found);
	assert_non_null(strstr(e.text, home));
	assert_non_null(strstr(e.text, "/etc/huiying"));
	assert_non_null(strstr(e.text, shipped));
	path_home_fini(&h);
	set_env("HUIYING_HOME", home);
	assert_int_equal(path_home_init(&h, NULL, &e), ERR_OK);
	assert_string_equal(h.home, home);
	path_home_fini(&h);
	assert_int_equal(path_home_init(&h, "", &e), ERR_USAGE);
	set_env("HUIYING_SHIPPED", NULL);
	free(home);
	free(cfg);
	free(shipped);
	free(data);
}

static void test_no_home(void **state)
{
	char *cfg = in(state, "cfg"), *shipped = in(state, "shipped");
	char *data = in(state, "data"), *data_dir = in(state, "data/huiying");
	struct path_home h;
	struct err e = {0};

	make_file(state, "cfg/huiying/x");
	make_file(state, "shipped/x");
	set_env("XDG_CONFIG_HOME", cfg);
	set_env("XDG_DATA_HOME", data);
	set_env("HUIYING_SHIPPED", shipped);
	set_env("HUIYING_HOME", "");
	assert_int_equal(path_home_init(&h, NULL, &e), ERR_OK);
	assert_null(h.home);
	assert_string_equal(h.data, "/var/lib/huiying");
	assert_found(state, &h, "x", "cfg/huiying/x");
	path_home_fini(&h);
	assert_int_equal(path_make_dirs(data_dir, 0755, &e), ERR_OK);
	assert_int_equal(path_home_init(&h, NULL, &e), ERR_OK);
	assert_string_equal(h.data, data_dir);
	path_home_fini(&h);
	/* relative XDG directories are ignored */
	set_env("XDG_CONFIG_HOME", "cfg");
	set_env("HOME", NULL);
	assert_int_equal(path_home_init(&h, NULL, &e), ERR_OK);
	assert_null(h.user);
	assert_found(state, &h, "x", "shipped/x");
	path_home_fini(&h);
	set_env("HUIYING_SHIPPED", NULL);
	free(cfg);
	free(shipped);
	free(data);
	free(data_dir);
}

static void test_file_system(void **state)
{
	char *deep = in(state, "not/there/yet");
	struct err e = {0};
	unsigned long long bytes = 0;

	assert_int_equal(path_free_bytes(*state, &bytes, &e), ERR_OK);
	assert_true(bytes > 0);
	assert_int_equal(path_free_bytes(deep, &bytes, &e), ERR_NOT_FOUND);
	/* what is not there yet lies where its parent lies */
	assert_int_equal(path_refuse_network_fs(deep, &e), path_refuse_network_fs(*state, NULL));
	assert_int_equal(path_refuse_network_fs("/proc", &e), ERR_OK);
	assert_int_equal(path_refuse_network_fs("", &e), path_refuse_network_fs(".", NULL));
	assert_int_equal(path_sync_dir(*state, &e), ERR_OK);
	assert_int_equal(path_sync_dir(deep, &e), ERR_NOT_FOUND);
	free(deep);
}

/* A temporary file of path_write_atomic(), as a killed writer leaves it. */
static void leave(const char *path, int64_t at)
{
	const struct timespec times[2] = {{at, 0}, {at, 0}};

	write_text(path, "half");
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_sweep(void **state)
{
	const int64_t now = 1000000000;
	char *f = in(state, ".huiying-AbC123"), *other = in(state, ".huiying-AbC1234");
	char *absent = in(state, "absent");
	struct err e = {0};
	int64_t removed = 0;
	int fd;

	leave(f, now - PATH_SWEEP_AFTER + 1);
	leave(other, now - 10 * PATH_SWEEP_AFTER);
	assert_int_equal(path_sweep(*state, now, &removed, &e), ERR_OK);
	assert_int_equal(removed, 0); /* young; of another name */
	leave(f, now - PATH_SWEEP_AFTER);
	fd = open(f, O_RDONLY | O_CLOEXEC);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(path_sweep(*state, now, &removed, &e), ERR_OK);
	assert_true(path_exists(f)); /* somebody writes it */
	close(fd);
	assert_int_equal(path_sweep(*state, now, &removed, &e), ERR_OK);
	assert_int_equal(removed, 1);
	assert_false(path_exists(f));
	assert_true(path_exists(other));
	assert_int_equal(path_sweep(absent, now, &removed, &e), ERR_OK);
	unlink(other);
	free(f);
	free(other);
	free(absent);
}

/* One has it; the other is told, and may read what the one wrote. */
static void test_lock(void **state)
{
	char *path = in(state, "f");
	struct err e = {0};
	int one, other;

	assert_int_equal(path_lock(path, &one, &e), ERR_OK);
	assert_int_equal(write(one, "7", 1), 1);
	assert_int_equal(path_lock(path, &other, &e), ERR_BUSY);
	assert_true(other >= 0);
	close(one);
	close(other);
	assert_int_equal(path_lock(path, &one, &e), ERR_OK);
	close(one);
	unlink(path);
	assert_int_equal(symlink("elsewhere", path), 0);
	assert_int_equal(path_lock(path, &one, &e), ERR_IO);
	assert_int_equal(one, -1);
	unlink(path);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join),
		cmocka_unit_test_setup_teardown(test_write_and_read, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_read_sizes, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_write_onto_directory, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_make_dirs, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_lock, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_move, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_sweep, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_home, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_no_home, make_temp, remove_temp),
		cmocka_unit_test_setup_teardown(test_file_system, make_temp, remove_temp),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
