/*
 * fetch.c - the schedule: which transfer may begin now, and the loop over them.
 */
#include "crawler/fetch.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/time.h"
#include "base/url.h"
#include "crawler/fetch_private.h"
#include "crawler/robots.h"

#define JOBS_MAX ((size_t)1 << 20)
#define POLL_MS 1000
#define CONNECTIONS_KEPT 64L
#define ENDS_MAX ((size_t)64 << 10)

static const int usual_ports[] = {80, 443, 8080, 8443};

/* ---- jobs --------------------------------------------------------------- */

static void job_free(struct fetch_job *j)
{
	if (!j)
		return;
	transfer_free(j->transfer);
	free(j->url);
	free(j->origin);
	free(j->robots_for);
	free(j);
}

static enum err_code add_job(struct fetch *f, struct fetch_job **out, struct err *e)
{
	struct fetch_job *j = NULL;

	*out = NULL;
	if (f->count == JOBS_MAX)
		return err_set(e, ERR_LIMIT, _("more than %zu fetches in one run"), JOBS_MAX);
	if (f->count == f->room) {
		size_t room = f->room ? 2 * f->room : 256;
		struct fetch_job **jobs = realloc(f->jobs, room * sizeof(struct fetch_job *));
		if (!jobs)
			return err_nomem(e);
		f->jobs = jobs;
		f->room = room;
	}
	j = calloc(1, sizeof *j);
	if (!j)
		return err_nomem(e);
	f->jobs[f->count++] = j;
	*out = j;
	return ERR_OK;
}

static bool same_place(const char *url, const char *host, int port)
{
	struct url_parts u;
	bool same =
		url_split(url, &u, NULL) == ERR_OK && u.port == port && strcmp(u.host, host) == 0;

	url_parts_fini(&u);
	return same;
}

/* 80, 443, 8080, 8443, and what the office wrote into sources.conf itself. */
static bool is_port_allowed(
	const struct fetch *f, const struct fetch_job *j, const char *host, int port)
{
	for (size_t i = 0; i < sizeof usual_ports / sizeof *usual_ports; i++)
		if (usual_ports[i] == port)
			return true;
	if (j->source && same_place(j->source->url, host, port))
		return true;
	for (size_t i = 0; i < sources_count(f->sources); i++)
		if (same_place(sources_at(f->sources, i)->url, host, port))
			return true;
	return false;
}

static bool is_listed_private(const struct fetch *f, const char *host, int port)
{
	const char *const *p = f->settings->allow_private;
	char place[300];

	snprintf(place, sizeof place, "%s:%d", host, port);
	for (; p && *p; p++)
		if (strcmp(*p, place) == 0)
			return true;
	return false;
}

/* Only a source's own URL, as written, and its robots.txt; never a redirect. */
static bool may_be_private(
	const struct fetch *f, const struct fetch_job *j, const struct url_parts *u)
{
	if (j->hop > 0)
		return false;
	if (is_listed_private(f, u->host, u->port))
		return true;
	if (j->want || !j->source || !j->source->allow_private)
		return false;
	return same_place(j->source->url, u->host, u->port);
}

static enum err_code set_place(
	struct fetch *f, struct fetch_job *j, const struct url_parts *u, struct err *e)
{
	bool v6 = strchr(u->host, ':') != NULL;
	enum err_code rc;

	free(j->origin);
	j->origin = NULL;
	if (asprintf(&j->origin, "%s://%s%s%s:%d", u->scheme, v6 ? "[" : "", u->host, v6 ? "]" : "",
		    u->port) < 0)
		return err_nomem(e);
	rc = fetch_find_host(f, u->host, u->port, &j->host, e);
	if (rc)
		return rc;
	j->private_ok = may_be_private(f, j, u);
	if (!j->private_ok && !is_port_allowed(f, j, u->host, u->port))
		return err_set(e, ERR_INPUT, _("port %d is not allowed"), u->port);
	return ERR_OK;
}

enum err_code fetch_aim(struct fetch *f, struct fetch_job *j, const char *url, struct err *e)
{
	struct url_parts u;
	char *canonical = NULL;
	enum err_code rc = url_canonical(url, NULL, &canonical, e);

	memset(&u, 0, sizeof u);
	if (rc) {
		if (!j->url && !(j->url = strdup(url)))
			rc = err_nomem(e);
		return rc;
	}
	free(j->url);
	j->url = canonical;
	rc = url_split(j->url, &u, e);
	if (!rc)
		rc = set_place(f, j, &u, e);
	url_parts_fini(&u);
	return rc;
}

enum err_code fetch_add_source(struct fetch *f, const struct source *s, struct err *e)
{
	struct fetch_job *j;
	struct err why = {ERR_OK, ""};
	enum err_code rc = add_job(f, &j, e);

	if (rc)
		return rc;
	f->total++;
	j->source = s;
	j->source_id = s->id;
	j->kind = source_kind_name(s->kind);
	j->obeys_robots = s->robots;
	j->conditional = true;
	rc = fetch_aim(f, j, s->url, &why);
	return rc ? fetch_give_up(f, j, "url", why.text, e) : ERR_OK;
}

/* Evidence is fetched because a person asked for exactly this page; robots.txt, which
 * speaks to crawlers (RFC 9309 §1), does not decide about it. */
enum err_code fetch_add_wanted(struct fetch *f, const struct wanted *w, struct err *e)
{
	struct fetch_job *j;
	struct err why = {ERR_OK, ""};
	enum err_code rc = add_job(f, &j, e);

	if (rc)
		return rc;
	f->total++;
	j->source = sources_find(f->sources, w->source);
	j->source_id = w->source;
	j->want = w->id;
	j->kind = w->kind;
	j->obeys_robots = strcmp(w->kind, "evidence") != 0 && (!j->source || j->source->robots);
	rc = fetch_aim(f, j, w->url, &why);
	return rc ? fetch_give_up(f, j, "url", why.text, e) : ERR_OK;
}

/* ---- robots.txt --------------------------------------------------------- */

static enum err_code ask_robots(
	struct fetch *f, const struct fetch_job *for_job, struct state_robots *row, struct err *e)
{
	struct fetch_job *j;
	char *url = NULL;
	enum err_code rc = add_job(f, &j, e);

	if (rc)
		return rc;
	/* The rights of the job decide: a source that may be private may be asked for
	 * its robots.txt too, on the same host and port. */
	j->source = for_job->source;
	j->source_id = for_job->source_id;
	j->want = NULL;
	j->kind = "robots";
	j->robots_for = strdup(row->origin);
	if (!j->robots_for || asprintf(&url, "%s/robots.txt", row->origin) < 0)
		return err_nomem(e);
	rc = fetch_aim(f, j, url, e);
	j->private_ok = for_job->private_ok;
	free(url);
	row->pending = true;
	return rc;
}

enum robots_answer { ROBOTS_YES, ROBOTS_NO, ROBOTS_LATER };

/* Once a run and origin; the host may have several. */
static void keep_delay(struct host *host, struct state_robots *row)
{
	if (row->delay_known)
		return;
	row->delay_known = true;
	hosts_slow_down(host, robots_crawl_delay_ms(row->text, row->size, FETCH_AGENT));
}

/* An older copy of the rules does not help against a pause that is asked for now. */
static bool is_denied(const struct state_robots *row)
{
	return row->verdict == STATE_ROBOTS_DENY || row->pause > 0;
}

static enum err_code judge(struct fetch *f, struct fetch_job *j, struct state_robots *row,
	enum robots_answer *out, struct err *e)
{
	*out = row->verdict == STATE_ROBOTS_ALLOW ? ROBOTS_YES : ROBOTS_NO;
	if (is_denied(row)) {
		*out = ROBOTS_NO;
		j->pause = row->pause;
		return fetch_give_up(f, j, row->error, row->detail, e);
	}
	if (row->verdict == STATE_ROBOTS_RULES) {
		keep_delay(j->host, row);
		if (robots_is_allowed(row->text, row->size, FETCH_AGENT, j->url))
			*out = ROBOTS_YES;
	}
	if (*out == ROBOTS_YES)
		return ERR_OK;
	return fetch_give_up(f, j, "robots", _("its robots.txt forbids it"), e);
}

static enum err_code check_robots(
	struct fetch *f, struct fetch_job *j, enum robots_answer *out, struct err *e)
{
	struct state_robots *row;
	int64_t age;

	*out = ROBOTS_YES;
	if (!j->obeys_robots)
		return ERR_OK;
	row = state_robots(f->state, j->origin);
	if (!row)
		return err_nomem(e);
	*out = ROBOTS_LATER;
	if (row->pending)
		return ERR_OK;
	if (row->left)
		return fetch_give_up(f, j, NULL, NULL, e);
	age = time_now() - row->fetched;
	if (!row->tried &&
		(row->verdict == STATE_ROBOTS_UNKNOWN || age < 0 || age > STATE_ROBOTS_FRESH))
		return ask_robots(f, j, row, e);
	return judge(f, j, row, out, e);
}

/* ---- starting ----------------------------------------------------------- */

/* A source's first fetch of a (UTC) day also asks when the certificate ends. */
static bool is_first_of_day(const struct state_source *row)
{
	return row->succeeded / 86400 != time_now() / 86400;
}

static enum err_code begin_transfer(struct fetch *f, struct fetch_job *j, struct err *e)
{
	struct transfer_request r = {j->url, j->private_ok, NULL, NULL, false};
	enum err_code rc;

	if (j->source && !j->want) {
		struct state_source *row = state_source(f->state, j->source->id);
		if (!row)
			return err_nomem(e);
		r.certificate = is_first_of_day(row);
	}
	if (j->conditional && j->source) {
		struct state_source *row = state_source(f->state, j->source->id);
		if (!row)
			return err_nomem(e);
		if (state_may_ask_if_modified(row, j->url, j->source->reading)) {
			r.etag = row->etag;
			r.last_modified = row->last_modified;
		}
	}
	j->asked_if_modified = r.etag || r.last_modified;
	rc = transfer_new(f->pool, &r, &j->transfer, e);
	if (rc)
		return rc;
	transfer_set_private(j->transfer, j);
	if (curl_multi_add_handle(f->multi, transfer_handle(j->transfer)) != CURLM_OK)
		return err_set(e, ERR_NET, _("cannot begin a transfer"));
	j->phase = FETCH_ACTIVE;
	f->active++;
	hosts_begin(j->host);
	return ERR_OK;
}

static enum err_code check_space(const struct fetch *f, struct err *e)
{
	unsigned long long left = 0;
	enum err_code rc = path_free_bytes(f->settings->spool, &left, e);

	if (!rc && left < f->settings->free_floor)
		rc = err_set(e, ERR_LIMIT,
			_("only %llu MiB are free in %s; crawling stops below %llu MiB"),
			left >> 20, f->settings->spool,
			(unsigned long long)f->settings->free_floor >> 20);
	return rc;
}

/* Hosts that want long pauses must not hold up the whole run, and with it the next. */
static bool is_beyond(const struct fetch *f, const struct host *h)
{
	return !h->busy && h->ready_ms > f->patience_ms;
}

/* The pause was asked for by robots.txt itself: that is a failure of the source, to be
 * recorded, or nobody would ever learn why nothing comes from there. Nothing is sent, so
 * the host's own pause does not matter. */
static bool is_refused(const struct fetch *f, const struct fetch_job *j)
{
	const struct state_robots *row;

	/* All jobs that wait are asked at each turn: no look into the table without need. */
	if (!f->robots_failed || !j->obeys_robots)
		return false;
	row = state_robots(f->state, j->origin);
	return row && row->tried && is_denied(row);
}

static enum err_code consider(struct fetch *f, struct fetch_job *j, int64_t now_ms, struct err *e)
{
	enum robots_answer answer = ROBOTS_YES;
	bool refused = is_refused(f, j);
	enum err_code rc;

	if (!refused && (j->host->resting || is_beyond(f, j->host)))
		return fetch_give_up(f, j, NULL, NULL, e);
	if (!refused && !hosts_is_ready(j->host, now_ms))
		return ERR_OK;
	rc = check_robots(f, j, &answer, e);
	/* Its robots.txt may just have asked for a longer pause. */
	if (rc || answer != ROBOTS_YES || j->phase != FETCH_WAITING ||
		!hosts_is_ready(j->host, now_ms))
		return rc;
	rc = check_space(f, e);
	return rc ? rc : begin_transfer(f, j, e);
}

/* Begins what may begin. *waiting: jobs that may not yet, 0 only when there are none.
 * *wake_ms: when to look again. */
static enum err_code begin_some(struct fetch *f, size_t *waiting, int64_t *wake_ms, struct err *e)
{
	int64_t now_ms = time_monotonic_ms();
	size_t asked;
	enum err_code rc = ERR_OK;

	*waiting = 0;
	*wake_ms = now_ms + POLL_MS;
	while (f->first < f->count && f->jobs[f->first]->phase == FETCH_DONE)
		f->first++;
	/* f->count may grow while robots.txt are asked for: they are met in this pass. */
	for (size_t i = f->first; i < f->count && !rc; i++) {
		struct fetch_job *j = f->jobs[i];
		if (j->phase != FETCH_WAITING)
			continue;
		if (f->active >= (size_t)f->settings->concurrency) {
			*waiting = f->count - i; /* at most; the end of a transfer wakes us */
			break;
		}
		asked = f->count;
		rc = consider(f, j, now_ms, e);
		/* Its robots.txt first, or all of that host would be looked at again and again. */
		if (!rc && f->count > asked)
			rc = consider(f, f->jobs[asked], now_ms, e);
		if (j->phase != FETCH_WAITING)
			continue;
		(*waiting)++;
		if (!j->host->busy && j->host->ready_ms > now_ms && j->host->ready_ms < *wake_ms)
			*wake_ms = j->host->ready_ms;
	}
	return rc;
}

/* ---- the loop ----------------------------------------------------------- */

static enum err_code end_transfer(struct fetch *f, CURLMsg *m, struct err *e)
{
	char *owner = NULL;
	struct fetch_job *j;
	int code = (int)m->data.result;
	enum err_code rc;

	curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &owner);
	j = (struct fetch_job *)(void *)owner;
	curl_multi_remove_handle(f->multi, transfer_handle(j->transfer));
	f->active--;
	hosts_end(j->host, time_monotonic_ms());
	rc = fetch_finish(f, j, code, e);
	transfer_free(j->transfer);
	j->transfer = NULL;
	return rc;
}

/* One that is over. The others wait until the next requests are under way: a server works
 * while we do. */
static enum err_code collect(struct fetch *f, struct err *e)
{
	int left = 0;
	CURLMsg *m;

	do {
		m = curl_multi_info_read(f->multi, &left);
	} while (m && m->msg != CURLMSG_DONE);
	f->more_over = left > 0;
	return m ? end_transfer(f, m, e) : ERR_OK;
}

/* Whoever reads the progress of this run started it and waits for its end. When that
 * program is killed, an orphan must not hold the spool against the next one. */
static bool is_orphaned(const struct fetch *f)
{
	struct pollfd p = {f->settings->progress_fd, 0, 0};

	return p.fd >= 0 && poll(&p, 1, 0) > 0 && (p.revents & POLLERR);
}

static enum err_code wait_for_any(struct fetch *f, struct sig *sig, int64_t wake_ms, struct err *e)
{
	struct curl_waitfd extra[2];
	int64_t ms = wake_ms - time_monotonic_ms();
	unsigned int count = 0;
	int running, events;
	CURLMcode m;

	memset(extra, 0, sizeof extra);
	if (sig && sig->fd >= 0) {
		extra[count].fd = sig->fd;
		extra[count++].events = CURL_WAIT_POLLIN;
	}
	if (f->settings->progress_fd >= 0) /* its end wakes us without being asked for */
		extra[count++].fd = f->settings->progress_fd;
	if (ms < 0 || f->more_over)
		ms = 0;
	m = curl_multi_poll(f->multi, extra, count, ms > POLL_MS ? POLL_MS : (int)ms, &events);
	if (m == CURLM_OK)
		m = curl_multi_perform(f->multi, &running);
	if (m != CURLM_OK)
		return err_set(e, ERR_NET, "%s", curl_multi_strerror(m));
	return ERR_OK;
}

/* Whether the run must end before everything is done. */
static enum err_code check_end(const struct fetch *f, struct sig *sig, struct err *e)
{
	if (sig_stop_asked(sig))
		return err_set(e, ERR_STOPPED, _("stopped by a signal; what was complete is kept"));
	if (is_orphaned(f))
		return err_set(e, ERR_STOPPED,
			_("the program that started this run is gone; what was complete "
			  "is kept"));
	if (time_monotonic_ms() > f->end_ms)
		return err_set(e, ERR_LIMIT,
			_("the run ended at its deadline of %lld s with fetches left"),
			(long long)f->settings->deadline);
	return ERR_OK;
}

enum err_code fetch_run(struct fetch *f, struct sig *sig, struct err *e)
{
	enum err_code rc = ERR_OK;

	f->end_ms = time_monotonic_ms() + f->settings->deadline * 1000;
	f->patience_ms = time_monotonic_ms() + f->settings->patience * 1000;
	while (!rc) {
		size_t waiting = 0;
		int64_t wake_ms = 0;
		rc = check_end(f, sig, e);
		if (!rc)
			rc = begin_some(f, &waiting, &wake_ms, e);
		if (!rc && !f->more_over)
			rc = fetch_tell(f, e);
		if (rc || (f->active == 0 && waiting == 0))
			break;
		rc = wait_for_any(f, sig, wake_ms < f->end_ms ? wake_ms : f->end_ms, e);
		if (!rc)
			rc = collect(f, e);
	}
	if (rc)
		(void)fetch_tell(f, NULL);
	return rc;
}

/* ---- life --------------------------------------------------------------- */

enum err_code fetch_new(const struct fetch_settings *settings, const struct sources *sources,
	struct state *state, struct warc_writer *warc, const struct log *log, struct fetch **out,
	struct err *e)
{
	struct fetch *f = calloc(1, sizeof *f);

	*out = NULL;
	if (!f)
		return err_nomem(e);
	f->settings = settings;
	f->sources = sources;
	f->state = state;
	f->warc = warc;
	f->log = log;
	buf_init(&f->ends, ENDS_MAX);
	f->hosts = hosts_new();
	f->multi = curl_multi_init();
	f->pool = transfer_pool_new(&settings->transfer);
	if (!f->hosts || !f->multi || !f->pool ||
		curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, CONNECTIONS_KEPT) != CURLM_OK) {
		fetch_free(f);
		return err_nomem(e);
	}
	*out = f;
	return ERR_OK;
}

void fetch_free(struct fetch *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->count; i++) {
		if (f->jobs[i]->transfer)
			curl_multi_remove_handle(f->multi, transfer_handle(f->jobs[i]->transfer));
		job_free(f->jobs[i]);
	}
	if (f->multi)
		curl_multi_cleanup(f->multi);
	transfer_pool_free(f->pool);
	hosts_free(f->hosts);
	buf_fini(&f->ends);
	free(f->jobs);
	free(f);
}

size_t fetch_done(const struct fetch *f)
{
	return f->done;
}

size_t fetch_left(const struct fetch *f)
{
	return f->left;
}

size_t fetch_failed(const struct fetch *f)
{
	return f->failed;
}
