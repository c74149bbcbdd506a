/*
 * send_main.c - huiying-send: the program that tells people. It opens sockets and the
 * outbox, never the ledger.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#include <curl/curl.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/log.h"
#include "base/path.h"
#include "base/sig.h"
#include "base/str.h"
#include "crawler/ca_file.h"
#include "crawler/fetch_options.h"
#include "crawler/outbox_run.h"

#define REST_AFTER_FAULT 10 /* seconds */

struct options {
	const char *home, *outbox, *timeout, *patience;
	bool quiet, help, version;
};

struct program {
	struct options options;
	struct path_home home;
	struct log log;
	struct sig sig;
	struct targets *targets;
	char *outbox;
};

static void print_help(void)
{
	fputs(_("Usage: huiying-send [OPTION…]\n"
		"Sends what “huiying tick” has put into the outbox to the targets of "
		"huiying.conf,\n"
		"and leaves a receipt for each. It never opens the ledger.\n"
		"\n"
		"  --home DIR      the instance: its configuration and its data\n"
		"  --outbox DIR    the outbox (default: outbox/ of the instance)\n"
		"  --timeout N     seconds that a message may take (default: 20)\n"
		"  --patience N    seconds to wait for targets that may not be sent more just now\n"
		"                  (default: 0, they are left for the next run)\n"
		"  -q, --quiet     no notices\n"
		"  -h, --help      this text\n"
		"  --version       the version\n"
		"\n"
		"Exit status: 0 the run went through (a message that failed has its receipt and\n"
		"does not count); 2 wrong command line or configuration; 3 the run could not be\n"
		"done. Secrets are read from $CREDENTIALS_DIRECTORY and from files.\n"),
		stdout);
}

static enum err_code parse(int argc, char **argv, struct options *o, struct err *e)
{
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];
		const char **value = strcmp(word, "--home") == 0       ? &o->home
				     : strcmp(word, "--outbox") == 0   ? &o->outbox
				     : strcmp(word, "--timeout") == 0  ? &o->timeout
				     : strcmp(word, "--patience") == 0 ? &o->patience
								       : NULL;
		if (value && i + 1 < argc)
			*value = argv[++i];
		else if (value)
			return err_set(e, ERR_USAGE, _("%s needs a value"), word);
		else if (strcmp(word, "-q") == 0 || strcmp(word, "--quiet") == 0)
			o->quiet = true;
		else if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0)
			o->help = true;
		else if (strcmp(word, "--version") == 0)
			o->version = true;
		else
			return err_set(e, ERR_USAGE, _("unknown argument %s"), word);
	}
	return ERR_OK;
}

/* The language of the office, so that messages can be read. */
static void speak(struct program *p)
{
	struct fetch_config config;

	if (fetch_config_load(&p->home, &config, NULL) != ERR_OK)
		memset(&config, 0, sizeof config);
	i18n_init(config.language, p->home.locale);
	fetch_config_fini(&config);
}

static enum err_code begin(struct program *p, int argc, char **argv, struct err *e)
{
	enum err_code rc = parse(argc, argv, &p->options, e);

	if (!rc)
		rc = path_home_init(&p->home, p->options.home, e);
	if (!rc)
		rc = hash_init(e);
	if (!rc)
		speak(p);
	if (p->options.quiet)
		p->log.level = LOG_LEVEL_WARNING;
	return rc;
}

static enum err_code set_timeout(const struct options *o, struct send_settings *s, struct err *e)
{
	int64_t seconds;

	if (!o->timeout)
		return ERR_OK;
	if (!str_to_int(str_of(o->timeout), 1, 600, &seconds))
		return err_set(e, ERR_USAGE, _("--timeout needs seconds from 1 to 600"));
	s->timeout = (long)seconds;
	s->connect_timeout = s->timeout < s->connect_timeout ? s->timeout : s->connect_timeout;
	return ERR_OK;
}

static enum err_code read_patience(const struct options *o, int64_t *out, struct err *e)
{
	*out = 0;
	if (!o->patience || str_to_int(str_of(o->patience), 0, 86400, out))
		return ERR_OK;
	return err_set(e, ERR_USAGE, _("--patience needs seconds from 0 to 86400"));
}

static enum err_code run(struct program *p, struct err *e)
{
	struct send_settings settings = {ca_file_find(), "huiying-send/" HUIYING_VERSION,
		SEND_TIMEOUT, SEND_CONNECT_TIMEOUT};
	struct outbox_run r = {.settings = &settings, .log = &p->log, .sig = &p->sig};
	enum err_code rc = set_timeout(&p->options, &settings, e);

	if (!rc)
		rc = read_patience(&p->options, &r.patience, e);
	if (!rc)
		rc = targets_load(&p->home, &p->targets, e);
	p->outbox =
		p->options.outbox ? strdup(p->options.outbox) : path_join(p->home.data, "outbox");
	if (!rc && !p->outbox)
		rc = err_nomem(e);
	if (!rc && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		rc = err_nomem(e);
	if (!rc)
		rc = sig_open(&p->sig, e);
	r.dir = p->outbox;
	r.targets = p->targets;
	if (!rc)
		rc = outbox_run(&r, e);
	if (r.sent || r.failed || r.left)
		log_notice(&p->log, _("%zu sent, %zu failed, %zu left for the next run"), r.sent,
			r.failed, r.left);
	return rc;
}

static void end(struct program *p)
{
	targets_free(p->targets);
	sig_close(&p->sig);
	path_home_fini(&p->home);
	free(p->outbox);
	curl_global_cleanup();
}

/* What is in memory are keys. */
static void leave_no_core(void)
{
	const struct rlimit none = {0, 0};

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_DUMPABLE, 0);
}

/* Who starts it again as long as something waits, as the path unit does, must not spin. */
static void rest(const struct options *o, enum err_code rc)
{
	const struct timespec pause = {REST_AFTER_FAULT, 0};
	int64_t patience = 0;

	if (rc && rc != ERR_STOPPED && read_patience(o, &patience, NULL) == ERR_OK &&
		patience >= REST_AFTER_FAULT)
		(void)nanosleep(&pause, NULL);
}

int main(int argc, char **argv)
{
	struct program p = {.sig = SIG_NONE};
	struct err e = {ERR_OK, ""};
	enum err_code rc;

	sig_ignore_file_size();
	json_init();
	leave_no_core();
	log_init(&p.log, stderr, LOG_LEVEL_NOTICE, "huiying-send");
	rc = begin(&p, argc, argv, &e);
	if (!rc && p.options.help)
		print_help();
	else if (!rc && p.options.version)
		puts("huiying-send " HUIYING_VERSION);
	else if (!rc)
		rc = run(&p, &e);
	if (rc)
		log_error(&p.log, "%s", e.text);
	end(&p);
	rest(&p.options, rc);
	return err_exit_code(rc);
}
