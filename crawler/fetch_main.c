/*
 * fetch_main.c - huiying-fetch: the program that reads the net. It opens sockets and
 * the spool, never the ledger, and parses nothing of what it fetches.
 *
 * Order of a run: lock the spool, save what a killed run left, fetch, finish the WARC,
 * and only then move the state.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/log.h"
#include "base/path.h"
#include "base/sig.h"
#include "base/str.h"
#include "base/text.h"
#include "base/time.h"
#include "crawler/ca_file.h"
#include "crawler/fetch.h"
#include "crawler/fetch_options.h"

#define AGENT_MAX 400
#define DIR_MODE 02770
#define LOCK_WAIT_MS 3000
#define LOCK_STEP_MS 50

struct run {
	struct fetch_options options;
	struct fetch_config config;
	struct path_home home;
	struct log log;
	struct sig sig;
	struct sources *sources;
	struct wanted_list *wanted;
	struct state *state;
	struct warc_writer *warc;
	struct fetch *fetch;
	struct fetch_settings settings;
	struct time_zone *zone; /* the office's */
	char *spool, *state_path, *wanted_path;
	char *private_words; /* the words of [fetch] allow_private */
	char *agent;
	int lock_fd;
};

static void print_help(void)
{
	fputs(_("Usage: huiying-fetch [OPTION…]\n"
		"Fetches what sources.conf and the wanted list name, and writes WARC files into\n"
		"the spool. It never opens the ledger; “huiying ingest” reads what it wrote.\n"
		"\n"
		"  --home DIR             the instance: its configuration and its data\n"
		"  --spool DIR            where WARC files go (default: spool/ of the instance)\n"
		"  --state FILE           fetch state (default: state/fetch.json of the instance;\n"
		"                         with --spool and no --home: .fetch.json in the spool)\n"
		"  --wanted FILE          the wanted list (default: wanted.jsonl in the spool)\n"
		"  --source ID            only this source, due or not; may be repeated\n"
		"  --all                  all sources, due or not\n"
		"  --wanted-only          the wanted list only\n"
		"  --no-wanted            the sources only\n"
		"  --allow-private HOST:PORT\n"
		"                         admit a private address (demonstration instances only)\n"
		"  --progress-fd N        one JSON line a finished fetch to file descriptor N\n"
		"  -q, --quiet            no notices\n"
		"  -v, --verbose          say more\n"
		"  -h, --help             this text\n"
		"  --version              the version\n"
		"\n"
		"Exit status: 0 the run went through (a source that failed is recorded and does\n"
		"not count); 2 wrong command line or configuration; 3 the run could not be done.\n"
		"CURL_CA_BUNDLE or SSL_CERT_FILE name another bundle of certificates.\n"),
		stdout);
}

/* ---- preparing ---------------------------------------------------------- */

/* On the other side of an air gap: a spool of its own, and no instance to write into. */
static bool has_no_instance(const struct run *r)
{
	return r->options.spool && !r->home.home;
}

static enum err_code set_paths(struct run *r, struct err *e)
{
	const struct fetch_options *o = &r->options;
	enum err_code rc;

	r->spool = o->spool ? strdup(o->spool) : path_join(r->home.data, "spool");
	if (!r->spool)
		return err_nomem(e);
	if (o->state)
		r->state_path = strdup(o->state);
	else if (has_no_instance(r))
		r->state_path = path_join(r->spool, ".fetch.json");
	else
		r->state_path = path_join(r->home.data, "state/fetch.json");
	if (!r->state_path)
		return err_nomem(e);
	r->wanted_path = o->wanted ? strdup(o->wanted) : path_join(r->spool, "wanted.jsonl");
	if (!r->wanted_path)
		return err_nomem(e);
	rc = path_make_dirs(r->spool, DIR_MODE, e);
	if (!rc && !o->state && !has_no_instance(r)) {
		char *dir = path_join(r->home.data, "state");
		rc = dir ? path_make_dirs(dir, DIR_MODE, e) : err_nomem(e);
		free(dir);
	}
	return rc;
}

/* False when another run held the lock all the while. The orphan of a program that was
 * killed ends within a moment; a run that is at work does not. */
static bool get_lock(int fd)
{
	for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; waited += LOCK_STEP_MS) {
		if (errno != EWOULDBLOCK)
			return true; /* no locks here, as on some file systems */
		if (waited >= LOCK_WAIT_MS)
			return false;
		poll(NULL, 0, LOCK_STEP_MS);
	}
	return true;
}

static enum err_code lock_spool(struct run *r, struct err *e)
{
	char *path = path_join(r->spool, ".lock");
	enum err_code rc = ERR_OK;

	if (!path)
		return err_nomem(e);
	r->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
	if (r->lock_fd < 0)
		rc = err_errno(e, errno, _("cannot open %s"), path);
	else if (!get_lock(r->lock_fd))
		rc = err_set(e, ERR_BUSY, _("another huiying-fetch is at work in %s"), r->spool);
	free(path);
	return rc;
}

/* Every word is "host:port". */
static enum err_code add_private_words(struct run *r, struct err *e)
{
	struct fetch_options *o = &r->options;
	char *save = NULL;

	if (!r->config.allow_private)
		return ERR_OK;
	r->private_words = strdup(r->config.allow_private);
	if (!r->private_words)
		return err_nomem(e);
	for (char *w = strtok_r(r->private_words, " \t", &save); w;
		w = strtok_r(NULL, " \t", &save)) {
		if (o->private_count == FETCH_OPTIONS_LIST_MAX)
			return err_set(e, ERR_CONFIG, _("[fetch] allow_private names more than %d"),
				FETCH_OPTIONS_LIST_MAX);
		o->allow_private[o->private_count++] = w;
	}
	return ERR_OK;
}

/* A real instance never fetches from a private address but for a source that says so
 * itself; a demonstration has no other place to capture evidence from. */
static enum err_code check_private(struct run *r, struct err *e)
{
	struct fetch_options *o = &r->options;
	enum err_code rc = add_private_words(r, e);
	char *marker;
	bool demo;

	if (rc || o->private_count == 0)
		return rc;
	marker = path_join(r->home.data, "demo");
	if (!marker)
		return err_nomem(e);
	demo = path_exists(marker);
	free(marker);
	if (!demo)
		return err_set(e, ERR_USAGE,
			_("private addresses are admitted in demonstration instances only"));
	for (size_t i = 0; i < o->private_count; i++)
		if (!strchr(o->allow_private[i], ':'))
			return err_set(
				e, ERR_USAGE, _("%s: wanted is HOST:PORT"), o->allow_private[i]);
	return ERR_OK;
}

/* Header values are ASCII: other characters are percent-encoded, so that a Chinese name
 * of the office can be read by whoever decodes it. Nothing may end the comment. */
static void add_comment(struct buf *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (c >= 0x80 || strchr("()\\%;", c))
			buf_addf(out, "%%%02X", (unsigned int)c);
		else if (c >= 0x20 && c < 0x7f)
			buf_add_char(out, (char)c);
	}
}

/* "huiying/0.1.0 (OFFICE; +CONTACT)": who reads, and whom to write to (RFC 9110 §10.1.5).
 * What is longer than the header may be is left out whole, the office first. */
static enum err_code set_agent(struct run *r, struct err *e)
{
	const char *office = r->config.office, *contact = r->config.contact;
	struct buf b;
	enum err_code rc;

	buf_init(&b, AGENT_MAX);
	for (int tries = 0; tries < 3; tries++) {
		buf_clear(&b);
		buf_add_str(&b, "huiying/" HUIYING_VERSION);
		if (office && *office) {
			buf_add_str(&b, " (");
			add_comment(&b, office);
		}
		if (contact && *contact) {
			buf_add_str(&b, office && *office ? "; +" : " (+");
			add_comment(&b, contact);
		}
		if ((office && *office) || (contact && *contact))
			buf_add_char(&b, ')');
		if (!b.fault)
			break;
		if (office)
			office = NULL;
		else
			contact = NULL;
	}
	rc = buf_check(&b, "User-Agent", e);
	r->agent = buf_detach(&b);
	buf_fini(&b);
	return rc || r->agent ? rc : err_nomem(e);
}

static uint32_t random_bits(void *arg)
{
	uint32_t n;

	(void)arg;
	hash_random(&n, sizeof n);
	return n;
}

static void set_pace(struct run *r)
{
	struct fetch_settings *s = &r->settings;
	const struct fetch_config *c = &r->config;

	s->host_interval_ms = c->host_interval_ms;
	s->hosts = c->hosts;
	s->host_count = c->host_count;
	s->night = c->night;
	s->night_hours = c->night_hours;
	s->zone = r->zone;
	s->adaptive = c->adaptive;
	s->patience = c->patience;
	s->deadline = c->deadline;
	s->roll = random_bits;
}

/* A machine across an air gap may have no table of zones. */
static enum err_code open_zone(struct run *r, struct err *e)
{
	if (r->config.zone && *r->config.zone)
		return time_zone_open(r->config.zone, &r->zone, e);
	if (time_zone_open("Asia/Shanghai", &r->zone, NULL) == ERR_OK)
		return ERR_OK;
	return time_zone_open("+08:00", &r->zone, e);
}

static enum err_code set_settings(struct run *r, struct err *e)
{
	struct fetch_settings *s = &r->settings;
	const struct fetch_config *c = &r->config;
	enum err_code rc = set_agent(r, e);

	if (!rc)
		rc = open_zone(r, e);
	if (rc)
		return rc;
	set_pace(r);
	s->transfer.user_agent = r->agent;
	s->transfer.ca_file = ca_file_find();
	s->transfer.temp_dir = r->spool;
	s->transfer.connect_timeout = (long)c->connect_timeout;
	s->transfer.timeout = (long)c->timeout;
	s->transfer.low_speed_time = (long)c->low_speed_time;
	s->concurrency = (int)c->concurrency;
	s->free_floor = (uint64_t)c->free_mib << 20;
	s->spool = r->spool;
	s->allow_private = r->options.allow_private;
	s->progress_fd = r->options.progress_fd;
	return ERR_OK;
}

static enum err_code load_state(struct run *r, struct err *e)
{
	bool damaged = false;
	enum err_code rc = state_load(r->state_path, &r->state, &damaged, e);

	if (!rc && damaged)
		log_warning(
			&r->log, _("%s cannot be read; everything is fetched anew"), r->state_path);
	return rc;
}

static enum err_code open_all(struct run *r, struct err *e)
{
	size_t saved = 0;
	enum err_code rc = fetch_config_load(&r->home, &r->config, e);

	if (!rc)
		rc = check_private(r, e);
	if (!rc)
		rc = sources_load(&r->home, &r->sources, e);
	if (!rc)
		rc = set_paths(r, e);
	if (!rc)
		rc = lock_spool(r, e);
	if (!rc)
		rc = warc_salvage(r->spool, &saved, e);
	if (!rc && saved)
		log_notice(&r->log,
			n_("%zu file of an interrupted run was completed",
				"%zu files of interrupted runs were completed", saved),
			saved);
	if (!rc)
		rc = load_state(r, e);
	if (!rc && !r->options.no_wanted && (!r->options.source_count || r->options.wanted))
		rc = wanted_load(r->wanted_path, &r->wanted, e);
	if (!rc)
		rc = set_settings(r, e);
	if (!rc)
		rc = warc_writer_open(r->spool, "huiying-fetch " HUIYING_VERSION, &r->warc, e);
	if (!rc)
		rc = warc_writer_behind(r->warc, e);
	if (!rc)
		rc = fetch_new(&r->settings, r->sources, r->state, r->warc, &r->log, &r->fetch, e);
	return rc;
}

/* ---- what to fetch ------------------------------------------------------ */

static bool is_due(struct run *r, const struct source *s, int64_t now)
{
	int64_t until = 0;
	enum fetch_due due = fetch_source_due(r->fetch, s, now, r->options.all, &until);

	if (due == FETCH_PAUSED)
		log_notice(&r->log,
			n_("%s: its server asked for a pause of %lld more second",
				"%s: its server asked for a pause of %lld more seconds",
				until - now),
			s->id, (long long)(until - now));
	if (due == FETCH_HELD)
		log_debug(&r->log, _("%s: not at this hour"), s->id);
	return due == FETCH_DUE;
}

static enum err_code add_named(struct run *r, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; i < r->options.source_count && !rc; i++) {
		const struct source *s = sources_find(r->sources, r->options.sources[i]);
		if (!s)
			return err_set(e, ERR_USAGE, _("%s has no source “%s”"),
				sources_path(r->sources), r->options.sources[i]);
		rc = fetch_add_source(r->fetch, s, e);
	}
	return rc;
}

static bool has_failed(const struct run *r, const struct source *s)
{
	const struct state_source *row = state_source_find(r->state, s->id);

	return row && row->streak > 0;
}

/* Those that failed the last time come last: they may take long to fail again. */
static enum err_code add_due(struct run *r, struct err *e)
{
	int64_t now = time_now();
	enum err_code rc = ERR_OK;

	for (int failed = 0; failed <= 1; failed++) {
		for (size_t i = 0; i < sources_count(r->sources) && !rc; i++) {
			const struct source *s = sources_at(r->sources, i);
			if (s->enabled && has_failed(r, s) == (failed == 1) && is_due(r, s, now))
				rc = fetch_add_source(r->fetch, s, e);
		}
	}
	return rc;
}

static enum err_code add_wanted(struct run *r, struct err *e)
{
	int64_t now = time_now();
	size_t held = 0;
	enum err_code rc = ERR_OK;

	if (!r->wanted)
		return ERR_OK;
	if (wanted_bad(r->wanted))
		log_warning(&r->log,
			n_("%s: %zu line cannot be understood",
				"%s: %zu lines cannot be understood", wanted_bad(r->wanted)),
			r->wanted_path, wanted_bad(r->wanted));
	if (wanted_left(r->wanted))
		log_notice(&r->log,
			n_("%s: %zu row is left for the next run",
				"%s: %zu rows are left for the next run", wanted_left(r->wanted)),
			r->wanted_path, wanted_left(r->wanted));
	for (size_t i = 0; i < wanted_count(r->wanted) && !rc; i++) {
		const struct wanted *w = wanted_at(r->wanted, i);
		if (fetch_wanted_held(r->fetch, w, now))
			held++;
		else
			rc = fetch_add_wanted(r->fetch, w, e);
	}
	if (held)
		log_notice(&r->log,
			n_("%zu wanted address waits for other hours",
				"%zu wanted addresses wait for other hours", held),
			held);
	return rc;
}

static enum err_code add_jobs(struct run *r, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (r->options.source_count)
		rc = add_named(r, e);
	else if (!r->options.wanted_only)
		rc = add_due(r, e);
	return rc ? rc : add_wanted(r, e);
}

/* ---- the run ------------------------------------------------------------ */

static bool is_known(const char *id, const void *arg)
{
	return sources_find(arg, id) != NULL;
}

/* Also after a failure: what is complete is kept, and only then the state moves. */
static enum err_code finish(struct run *r, struct err *e)
{
	enum err_code rc = warc_writer_finish(r->warc, e);

	if (!rc)
		rc = fetch_keep_pace(r->fetch, time_now(), e);
	if (!rc)
		rc = state_save(r->state, r->state_path, time_now(), is_known, r->sources, e);
	return rc;
}

/* The units go round from fetching what is wanted to ingest and back while something is
 * wanted. When all of it must wait for its hour or its host, this file stops them; the
 * next run that looks at the sources too takes it away. */
static enum err_code mark_waiting(struct run *r, struct err *e)
{
	bool waits = r->options.wanted_only && wanted_count(r->wanted) > 0 &&
		     fetch_done(r->fetch) == fetch_left(r->fetch);
	char *path = path_join(r->spool, ".waiting");
	enum err_code rc = ERR_OK;

	if (!path)
		return err_nomem(e);
	if (waits)
		rc = path_write_atomic(path, "", 0, 0660, e);
	else if (unlink(path) != 0 && errno != ENOENT)
		rc = err_errno(e, errno, _("cannot remove %s"), path);
	free(path);
	return rc;
}

static enum err_code do_run(struct run *r, struct err *e)
{
	struct err late = {ERR_OK, ""};
	enum err_code rc = open_all(r, e), end;

	if (!rc)
		rc = sig_open(&r->sig, e);
	if (!rc)
		rc = add_jobs(r, e);
	if (!r->fetch || rc == ERR_USAGE)
		return rc;
	if (!rc)
		rc = fetch_run(r->fetch, &r->sig, e);
	if (!rc)
		rc = mark_waiting(r, e);
	end = finish(r, &late);
	if (end && !rc) {
		rc = end;
		*e = late;
	} else if (end) {
		log_error(&r->log, "%s", late.text);
	}
	if (fetch_left(r->fetch))
		log_notice(&r->log,
			n_("%zu fetch was left for later, its host wants a pause",
				"%zu fetches were left for later, their hosts want a pause",
				fetch_left(r->fetch)),
			fetch_left(r->fetch));
	log_notice(&r->log, _("%zu fetched, %zu of them failed"),
		fetch_done(r->fetch) - fetch_left(r->fetch), fetch_failed(r->fetch));
	return rc;
}

static void close_all(struct run *r)
{
	fetch_free(r->fetch);
	warc_writer_close(r->warc);
	state_free(r->state);
	wanted_free(r->wanted);
	sources_free(r->sources);
	fetch_config_fini(&r->config);
	sig_close(&r->sig);
	if (r->lock_fd >= 0)
		close(r->lock_fd);
	free(r->spool);
	free(r->state_path);
	free(r->wanted_path);
	free(r->private_words);
	free(r->agent);
	time_zone_close(r->zone);
	path_home_fini(&r->home);
}

static enum err_code prepare(struct run *r, struct err *e)
{
	enum log_level level = LOG_LEVEL_NOTICE;
	enum err_code rc;

	if (r->options.quiet)
		level = LOG_LEVEL_WARNING;
	if (r->options.verbose)
		level = LOG_LEVEL_DEBUG;
	log_init(&r->log, stderr, level, "huiying-fetch");
	/* Whoever reads the progress draws it on the same terminal. */
	r->log.over_bar = r->options.progress_fd >= 0 && isatty(STDERR_FILENO);
	umask(0007);
	rc = hash_init(e);
	if (!rc && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		rc = err_set(e, ERR_NET, _("libcurl cannot be initialised"));
	return rc;
}

/* The language stands in huiying.conf; even a wrong command line is answered in it. A
 * huiying.conf that cannot be read is reported later. */
static enum err_code begin(struct run *r, int argc, char **argv, struct err *e)
{
	struct fetch_config config;
	enum err_code rc;

	(void)fetch_options_parse(argc, argv, &r->options, NULL);
	rc = path_home_init(&r->home, r->options.home, e);
	if (rc)
		return rc;
	(void)fetch_config_load(&r->home, &config, NULL);
	i18n_init(config.language, r->home.locale);
	fetch_config_fini(&config);
	return fetch_options_parse(argc, argv, &r->options, e);
}

int main(int argc, char **argv)
{
	struct err e = {ERR_OK, ""};
	struct run *r = calloc(1, sizeof *r);
	enum err_code rc;

	sig_ignore_file_size();
	json_init();
	if (!r)
		return err_exit_code(ERR_NOMEM);
	r->lock_fd = -1;
	r->sig.fd = -1;
	log_init(&r->log, stderr, LOG_LEVEL_NOTICE, "huiying-fetch");
	rc = begin(r, argc, argv, &e);
	if (!rc && r->options.help) {
		print_help();
	} else if (!rc && r->options.version) {
		puts("huiying-fetch " HUIYING_VERSION);
	} else {
		if (!rc)
			rc = prepare(r, &e);
		if (!rc)
			rc = do_run(r, &e);
	}
	if (rc)
		log_error(&r->log, "%s", e.text);
	close_all(r);
	curl_global_cleanup();
	free(r);
	return err_exit_code(rc);
}
