/*
 * test_i18n.c - which language is chosen. gettext remembers what it has looked up,
 * so each case has a process of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/i18n.h"

#define HEADER "Content-Type: text/plain; charset=UTF-8\n"
#define CHINESE "\xE5\x9B\x9E\xE5\xBA\x94"

struct place {
	char root[64], lang[96], messages[128], file[160];
};

static void put_word(FILE *f, uint32_t v)
{
	fwrite(&v, sizeof v, 1, f);
}

/* The format of GNU .mo files: two tables of (length, offset), then the strings. */
static void write_catalogue(const char *path)
{
	const char *strings[] = {"", "response", HEADER, CHINESE};
	uint32_t at = 28 + 4 * 8;
	FILE *f = fopen(path, "wb");
	const uint32_t head[] = {0x950412DE, 0, 2, 28, 28 + 16, 0, 0};

	assert_non_null(f);
	for (size_t i = 0; i < 7; i++)
		put_word(f, head[i]);
	for (size_t i = 0; i < 4; i++) {
		put_word(f, (uint32_t)strlen(strings[i]));
		put_word(f, at);
		at += (uint32_t)strlen(strings[i]) + 1;
	}
	for (size_t i = 0; i < 4; i++)
		fwrite(strings[i], 1, strlen(strings[i]) + 1, f);
	fclose(f);
}

static int make_place(void **state)
{
	static const char template[] = "/tmp/huiying-i18n-XXXXXX";
	struct place *p = calloc(1, sizeof *p);

	memcpy(p->root, template, sizeof template);
	if (!mkdtemp(p->root))
		return -1;
	snprintf(p->lang, sizeof p->lang, "%s/zh_CN", p->root);
	snprintf(p->messages, sizeof p->messages, "%s/LC_MESSAGES", p->lang);
	snprintf(p->file, sizeof p->file, "%s/huiying.mo", p->messages);
	if (mkdir(p->lang, 0700) != 0 || mkdir(p->messages, 0700) != 0)
		return -1;
	write_catalogue(p->file);
	*state = p;
	return 0;
}

static int remove_place(void **state)
{
	struct place *p = *state;

	unlink(p->file);
	rmdir(p->messages);
	rmdir(p->lang);
	rmdir(p->root);
	free(p);
	return 0;
}

/* The message in a new process: 'c' Chinese, 'e' English, '?' neither. */
static char ask(const struct place *p, const char *env, const char *conf)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		setenv("LANG", "en_US.UTF-8", 1);
		setenv("LC_ALL", "C", 1);
		if (env)
			setenv("LANGUAGE", env, 1);
		else
			unsetenv("LANGUAGE");
		i18n_init(conf, p->root);
		const char *said = _("response");
		_exit(strcmp(said, CHINESE) == 0 ? 'c' : strcmp(said, "response") == 0 ? 'e' : '?');
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return (char)WEXITSTATUS(status);
}

static void languages(void **state)
{
	const struct place *p = *state;

	assert_int_equal(ask(p, NULL, NULL), 'c');
	assert_int_equal(ask(p, NULL, ""), 'c');
	assert_int_equal(ask(p, "", NULL), 'c');
	assert_int_equal(ask(p, NULL, "zh_CN"), 'c');
	assert_int_equal(ask(p, NULL, "zh_CN.UTF-8"), 'c');
	assert_int_equal(ask(p, NULL, "en"), 'e');
	assert_int_equal(ask(p, "en", NULL), 'e');
	assert_int_equal(ask(p, "en", "zh_CN"), 'e');
	assert_int_equal(ask(p, "zh_CN", "en"), 'c');
	assert_int_equal(ask(p, "fr:zh_CN", NULL), 'c');
	assert_int_equal(ask(p, NULL, "xx"), 'e');
}

static void a_missing_catalogue_is_english(void **state)
{
	struct place nowhere = {"/nonexistent", "", "", ""};

	(void)state;
	assert_int_equal(ask(&nowhere, NULL, NULL), 'e');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(languages, make_place, remove_place),
		cmocka_unit_test(a_missing_catalogue_is_english),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
