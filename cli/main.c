/*
 * main.c - the huiying program: finds the command, prepares what every command
 * needs, runs it and turns the result into one message and an exit code.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/sig.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/listing.h"
#include "cli/output.h"
#include "crawler/document.h"

/* The language of messages: huiying.conf's [office] language. A file that cannot
 * be read is reported by the commands that need it, not here. */
static char *configured_language(const struct path_home *home)
{
	struct conf *conf = NULL;
	char *path = NULL, *language = NULL;

	if (path_find(home, "huiying.conf", &path, NULL) == ERR_OK &&
		conf_load(path, &conf, NULL) == ERR_OK) {
		const struct conf_section *office = conf_section_find(conf, "office");
		const char *value = office ? conf_get(office, "language", NULL) : NULL;
		if (value)
			language = strdup(value);
	}
	conf_free(conf);
	free(path);
	return language;
}

/* The home option decides whose huiying.conf, and so which language, is used: it
 * is looked for before the command line is understood, so that even its errors
 * come in that language. */
static const char *early_home(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], "--home=", 7) == 0)
			return argv[i] + 7;
		if (strcmp(argv[i], "--home") == 0 && i + 1 < argc)
			return argv[i + 1];
	}
	return NULL;
}

static enum err_code prepare(struct call *call, const struct path_home *home, struct err *e)
{
	enum log_level level = LOG_LEVEL_NOTICE;

	if (call->verbose)
		level = LOG_LEVEL_DEBUG;
	else if (call->quiet)
		level = LOG_LEVEL_WARNING;
	log_init(&call->log, stderr, level, "huiying");
	call->home = *home;
	return hash_init(e);
}

/* Under systemd the message carries its priority; elsewhere it may have several lines. */
static void report(enum err_code rc, const struct err *e)
{
	struct log log;

	if (!e->text[0])
		return;
	log_init(&log, stderr, LOG_LEVEL_ERROR, "huiying");
	if (log.journal)
		log_error(&log, "%s", e->text);
	else
		output_printf(stderr, "huiying: %s\n", e->text);
	if (rc == ERR_USAGE)
		output_printf(stderr, "%s\n", _("“huiying help VERB” explains a command."));
}

static enum err_code run(struct call *call, struct err *e)
{
	const struct command *c = call->command;

	return c->listing ? listing_run(call, c->listing, e) : c->run(call, e);
}

int main(int argc, char **argv)
{
	struct err e = {ERR_OK, ""};
	struct path_home home;
	struct call call;
	const char **words = calloc((size_t)argc + 1, sizeof *words);
	enum err_code rc;

	sig_ignore_file_size();
	json_init();
	document_init();
	memset(&home, 0, sizeof home);
	rc = words ? path_home_init(&home, early_home(argc, argv), &e) : err_nomem(&e);
	if (!rc) {
		char *language = configured_language(&home);
		i18n_init(language, home.locale);
		free(language);
		rc = command_parse(argc, argv, words, &call, &e);
	}
	if (!rc)
		rc = prepare(&call, &home, &e);
	if (!rc)
		rc = run(&call, &e);
	report(rc, &e);
	err_clear(&e);
	if (output_flush(stdout, &e) != ERR_OK && rc == ERR_OK) {
		rc = e.code;
		report(rc, &e);
	}
	path_home_fini(&home);
	free(words);
	return err_exit_code(rc);
}
