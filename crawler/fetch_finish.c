/*
 * fetch_finish.c - what became of a transfer: redirect, robots.txt, answer or failure;
 * its WARC records, the fetch state and the line for whoever watches.
 */
#include "crawler/fetch_private.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "crawler/robots.h"
#include "crawler/warc.h"

#define HEADER_VALUE_MAX ((size_t)16 << 10)
#define DETAIL_MAX 400
#define FINGERPRINT_SIZE 32
#define ENDS_TOLD ((size_t)4 << 10) /* so many bytes of lines are not held back any longer */
#define GONE_WAIT 86400 /* a 410 is asked again once a day */

/* ---- records ------------------------------------------------------------ */

static enum err_code record(struct fetch *f, const struct fetch_job *j,
	const struct transfer_result *r, const char *error, const char *detail, struct err *e)
{
	struct warc_exchange x;

	memset(&x, 0, sizeof x);
	x.url = j->url;
	x.date = r->date;
	x.body_fd = -1;
	if (r->status && r->headers && r->headers->len) {
		x.request = buf_str(r->request);
		x.request_size = r->request->len;
		x.headers = buf_str(r->headers);
		x.headers_size = r->headers->len;
		x.body_fd = r->body_fd;
		x.body = r->body;
		x.body_size = r->body_size;
		x.truncated = r->truncated;
		x.not_modified = r->status == 304 && !error;
		x.ip = r->ip;
	}
	x.meta.source = j->source_id;
	x.meta.want = j->want;
	x.meta.kind = j->kind;
	x.meta.error = error;
	x.meta.detail = detail;
	x.meta.hop = j->hop;
	x.meta.ms = r->ms;
	x.meta.cert_expires = r->cert_expires == TIME_NONE ? 0 : r->cert_expires;
	return warc_writer_add(f->warc, &x, e);
}

/* ---- watchers ----------------------------------------------------------- */

/* The line waits until the answer is in the spool: see fetch_tell(). */
static enum err_code note_end(
	struct fetch *f, const struct fetch_job *j, const char *error, struct err *e)
{
	struct json_writer w;

	if (f->settings->progress_fd < 0)
		return ERR_OK;
	json_writer_init(&w, &f->ends);
	json_begin_object(&w);
	json_put_int(&w, "done", (int64_t)f->done);
	json_put_int(&w, "total", (int64_t)f->total);
	json_put_str(&w, "source", j->source_id);
	json_put_str(&w, "want", j->want);
	json_put_str(&w, "error", error);
	json_end_object(&w);
	buf_add_char(&f->ends, '\n');
	if (f->ends.len < ENDS_TOLD)
		return buf_check(&f->ends, "progress", e);
	return fetch_tell(f, e);
}

/* That a reader went away is seen by the loop, which ends the run in good order. */
enum err_code fetch_tell(struct fetch *f, struct err *e)
{
	const char *p = f->ends.data;
	size_t left = f->ends.len;
	enum err_code rc = left ? buf_check(&f->ends, "progress", e) : ERR_OK;

	if (!rc && left)
		rc = warc_writer_wait(f->warc, e);
	while (!rc && left) {
		ssize_t put = write(f->settings->progress_fd, p, left);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			break;
		p += put;
		left -= (size_t)put;
	}
	buf_clear(&f->ends);
	return rc;
}

static enum err_code end_job(
	struct fetch *f, struct fetch_job *j, const char *error, const char *detail, struct err *e)
{
	j->phase = FETCH_DONE;
	if (j->robots_for)
		return ERR_OK;
	f->done++;
	if (error) {
		f->failed++;
		log_notice(f->log, _("%s: %s: %s"), j->source ? j->source->id : j->url, error,
			detail ? detail : "");
	} else {
		log_debug(f->log, _("%s: fetched %s"), j->source ? j->source->id : j->kind, j->url);
	}
	return note_end(f, j, error, e);
}

/* ---- state -------------------------------------------------------------- */

static void add_header(const struct transfer_result *r, const char *name, struct buf *out)
{
	struct warc_record rec;
	struct warc_http h;

	memset(&rec, 0, sizeof rec);
	rec.block = buf_str(r->headers);
	rec.block_size = r->headers->len;
	buf_clear(out);
	if (warc_http_parse(&rec, &h))
		warc_http_header(&h, name, out);
}

static const char *or_none(const struct buf *b)
{
	return b->len && !b->fault ? buf_str(b) : NULL;
}

/* The answer of 200 replaces both validators; a 304 only freshens them. */
static enum err_code move_validators(struct state_source *row, const struct fetch_job *j,
	const struct transfer_result *r, struct err *e)
{
	struct buf etag, modified;
	enum err_code rc;

	buf_init(&etag, HEADER_VALUE_MAX);
	buf_init(&modified, HEADER_VALUE_MAX);
	add_header(r, "ETag", &etag);
	add_header(r, "Last-Modified", &modified);
	if (r->status == 304)
		rc = state_freshen_validators(row, or_none(&etag), or_none(&modified), e);
	else
		rc = state_set_validators(row, j->url, or_none(&etag), or_none(&modified), e);
	buf_fini(&etag);
	buf_fini(&modified);
	return rc;
}

static uint32_t roll(const struct fetch *f)
{
	return f->settings->roll ? f->settings->roll(f->settings->roll_arg) : 0;
}

static enum err_code crc_of_body(const struct transfer_result *r, uint32_t *out, struct err *e)
{
	unsigned char chunk[8192];
	off_t at = 0;
	ssize_t got = 0;

	*out = 0;
	if (r->body_fd < 0)
		*out = hash_crc32(0, r->body, r->body_size);
	while (r->body_fd >= 0 && (got = pread(r->body_fd, chunk, sizeof chunk, at)) > 0) {
		*out = hash_crc32(*out, chunk, (size_t)got);
		at += got;
	}
	return got < 0 ? err_errno(e, errno, _("cannot read back a temporary file")) : ERR_OK;
}

/* Nothing new: a 304, or the bytes of the last time. Only the pace depends on it. */
static enum err_code see_change(
	struct state_source *row, const struct transfer_result *r, bool *unchanged, struct err *e)
{
	char print[FINGERPRINT_SIZE];
	uint32_t crc;
	enum err_code rc;

	*unchanged = r->status == 304;
	if (*unchanged)
		return ERR_OK;
	rc = crc_of_body(r, &crc, e);
	if (rc)
		return rc;
	snprintf(print, sizeof print, "%08" PRIx32 "-%zu", crc, r->body_size);
	*unchanged = row->body && strcmp(row->body, print) == 0;
	if (*unchanged)
		return ERR_OK;
	free(row->body);
	row->body = strdup(print);
	return row->body ? ERR_OK : err_nomem(e);
}

/* Cache-Control: max-age less Age, RFC 9111 §4.2; 0 when it says nothing. */
static int64_t fresh_seconds(const struct transfer_result *r)
{
	struct buf value;
	struct str rest;
	int64_t fresh = 0, age = 0;

	buf_init(&value, HEADER_VALUE_MAX);
	add_header(r, "Cache-Control", &value);
	rest = str_of(buf_str(&value));
	while (rest.p) {
		struct str one = str_trim(str_split(&rest, ','));
		if (str_is_nocase(str_sub(one, 0, 8), "max-age="))
			(void)str_to_int(str_sub(one, 8, one.n), 0, INT32_MAX, &fresh);
	}
	add_header(r, "Age", &value);
	(void)str_to_int(str_of(buf_str(&value)), 0, INT32_MAX, &age);
	buf_fini(&value);
	return fresh > age ? fresh - age : 0;
}

/* What a server in trouble asks for; Retry-After of other answers means other things. */
static int64_t pause_of(const struct transfer_result *r)
{
	return r->status == 429 || r->status == 503 ? r->retry_after : 0;
}

static enum err_code move_state(struct fetch *f, const struct fetch_job *j,
	const struct transfer_result *r, const char *error, struct err *e)
{
	struct state_source *row;
	struct state_outcome o;
	enum err_code rc = ERR_OK;

	if (!j->source || j->want || j->robots_for)
		return ERR_OK;
	row = state_source(f->state, j->source->id);
	if (!row)
		return err_nomem(e);
	memset(&o, 0, sizeof o);
	o.now = time_now();
	o.terms = fetch_terms(f, j->source);
	o.error = error;
	o.retry_after = j->pause ? j->pause : pause_of(r);
	o.roll = roll(f);
	if (!error)
		rc = move_validators(row, j, r, e);
	if (!rc && !error)
		rc = see_change(row, r, &o.unchanged, e);
	if (!rc && !error)
		o.fresh = fresh_seconds(r);
	if (!rc)
		rc = state_set_outcome(row, &o, e);
	if (!rc && r->status == 410 && row->next < o.now + GONE_WAIT)
		row->next = o.now + GONE_WAIT;
	return rc;
}

/* A server in trouble is left alone, now and in the next runs. A robots.txt without
 * Retry-After is not: nothing is fetched then anyhow, and it is asked for once a run. */
static enum err_code move_host(
	struct fetch *f, struct fetch_job *j, const struct transfer_result *r, struct err *e)
{
	bool asked = r->status == 429 || r->status == 503;
	struct state_host *row;

	if (asked && j->robots_for && !r->retry_after)
		return ERR_OK;
	if (!asked && (!j->host->troubled || r->status < 200 || r->status > 399))
		return ERR_OK;
	row = state_host(f->state, j->host->name);
	if (!row)
		return err_nomem(e);
	j->host->troubled = j->host->resting = asked;
	if (asked)
		state_set_rest(row, time_now(), r->retry_after, roll(f));
	else
		row->streak = 0;
	return ERR_OK;
}

/* ---- robots.txt --------------------------------------------------------- */

static enum err_code read_rules(
	const struct transfer_result *r, struct state_robots *row, struct err *e)
{
	struct warc_record rec;
	struct warc_http h;
	struct buf all, text;
	unsigned char chunk[8192];
	size_t at = 0, body = r->body_size < ROBOTS_TEXT_MAX ? r->body_size : ROBOTS_TEXT_MAX;
	enum err_code rc = ERR_OK;

	buf_init(&all, TRANSFER_BODY_MAX);
	buf_init(&text, TRANSFER_BODY_MAX);
	buf_add(&all, buf_str(r->headers), r->headers->len);
	if (r->body_fd < 0)
		buf_add(&all, r->body, body);
	while (r->body_fd >= 0 && at < body) {
		ssize_t got = pread(r->body_fd, chunk, sizeof chunk, (off_t)at);
		if (got <= 0)
			break;
		buf_add(&all, chunk, (size_t)got);
		at += (size_t)got;
	}
	memset(&rec, 0, sizeof rec);
	rec.block = buf_str(&all);
	rec.block_size = all.len;
	if (!warc_http_parse(&rec, &h) || warc_http_body(&h, &text, NULL) != ERR_OK)
		buf_clear(&text); /* unreadable rules are no rules */
	row->size = text.len < ROBOTS_TEXT_MAX ? text.len : ROBOTS_TEXT_MAX;
	free(row->text);
	row->text = strndup(buf_str(&text), row->size);
	if (!row->text)
		rc = err_nomem(e);
	else
		row->size = strlen(row->text);
	row->verdict = STATE_ROBOTS_RULES;
	buf_fini(&all);
	buf_fini(&text);
	return rc;
}

/* RFC 9309 §2.3.1: 4xx means there are no rules; no answer or 5xx forbids all. A 429
 * is a server in trouble, not one without rules. */
static enum err_code take_robots(struct fetch *f, struct fetch_job *j,
	const struct transfer_result *r, const char *error, const char *detail, struct err *e)
{
	struct state_robots *row = state_robots(f->state, j->robots_for);
	char text[DETAIL_MAX];

	if (!row)
		return err_nomem(e);
	row->pending = false;
	row->tried = true;
	if (warc_http_is_whole(r->status) && (!error || r->truncated)) {
		row->fetched = time_now();
		return read_rules(r, row, e);
	}
	if (r->status >= 300 && r->status < 500 && r->status != 429) {
		row->fetched = time_now();
		row->verdict = STATE_ROBOTS_ALLOW;
		return ERR_OK;
	}
	f->robots_failed = true;
	row->pause = pause_of(r);
	/* §2.3.1.4 lets an older copy stand in for a server that fails. */
	if (row->verdict == STATE_ROBOTS_UNKNOWN)
		row->verdict = STATE_ROBOTS_DENY;
	else if (row->verdict != STATE_ROBOTS_DENY && !row->pause)
		return ERR_OK;
	snprintf(text, sizeof text, "robots.txt: %s", detail ? detail : "");
	free(row->error);
	free(row->detail);
	row->error = strdup(r->status || !error ? "robots" : error);
	row->detail = strdup(text);
	return row->error && row->detail ? ERR_OK : err_nomem(e);
}

/* ---- redirects ---------------------------------------------------------- */

static bool is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Servers send blanks and bytes of their own charset; curl and browsers escape both.
 * UTF-8 stays: a host may be written in it. */
static void escape_location(const struct buf *location, struct buf *out)
{
	bool utf8 = utf8_is_valid(location->data, location->len);

	for (size_t i = 0; i < location->len; i++) {
		unsigned char c = (unsigned char)location->data[i];
		if (c == ' ' || (c >= 0x80 && !utf8))
			buf_addf(out, "%%%02X", (unsigned int)c);
		else
			buf_add_char(out, (char)c);
	}
}

/* The address that the answer names, made absolute. */
static enum err_code read_location(
	const struct fetch_job *j, const struct transfer_result *r, char **target, struct err *e)
{
	struct buf location, escaped;
	enum err_code rc;

	buf_init(&location, HEADER_VALUE_MAX);
	buf_init(&escaped, 3 * HEADER_VALUE_MAX);
	add_header(r, "Location", &location);
	if (or_none(&location)) {
		escape_location(&location, &escaped);
		rc = buf_check(&escaped, _("a URL"), e);
		if (!rc)
			rc = url_canonical(buf_str(&escaped), j->url, target, e);
	} else {
		rc = err_set(e, ERR_INPUT, _("the answer names none"));
	}
	buf_fini(&location);
	buf_fini(&escaped);
	return rc;
}

/* Where to, or why not. Leaves *target NULL when the redirect is refused. */
static enum err_code redirect_target(const struct fetch_job *j, const struct transfer_result *r,
	char **target, char why[DETAIL_MAX], struct err *e)
{
	struct err bad = {ERR_OK, ""};
	enum err_code rc;

	*target = NULL;
	rc = read_location(j, r, target, &bad);
	if (rc == ERR_NOMEM)
		return err_nomem(e);
	if (rc) {
		snprintf(why, DETAIL_MAX, _("redirected to no usable address: %.300s"), bad.text);
		return ERR_OK;
	}
	if (j->hop >= FETCH_HOPS_MAX)
		snprintf(why, DETAIL_MAX, _("more than %d redirects"), FETCH_HOPS_MAX);
	else if (strncmp(j->url, "https:", 6) == 0 && strncmp(*target, "https:", 6) != 0)
		snprintf(why, DETAIL_MAX, "%s", _("redirected from https to http"));
	else
		return ERR_OK;
	free(*target);
	*target = NULL;
	return ERR_OK;
}

/* The job goes on at the target; a target that is not for us ends it as its next hop. */
static enum err_code follow(struct fetch *f, struct fetch_job *j, const char *target, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc;

	j->hop++;
	j->phase = FETCH_WAITING;
	rc = fetch_aim(f, j, target, &why);
	if (rc == ERR_NOMEM)
		return err_nomem(e);
	return rc ? fetch_give_up(f, j, "url", why.text, e) : ERR_OK;
}

/* ---- ends --------------------------------------------------------------- */

static enum err_code conclude(struct fetch *f, struct fetch_job *j, const struct transfer_result *r,
	const char *error, const char *detail, struct err *e)
{
	enum err_code rc = record(f, j, r, error, detail, e);

	if (!rc && j->robots_for)
		rc = take_robots(f, j, r, error, detail, e);
	if (!rc)
		rc = move_state(f, j, r, error, e);
	return rc ? rc : end_job(f, j, error, detail, e);
}

enum err_code fetch_finish(struct fetch *f, struct fetch_job *j, int curl_code, struct err *e)
{
	struct transfer_result r;
	char detail[DETAIL_MAX] = "";
	char *target = NULL;
	enum err_code rc = transfer_finish(j->transfer, curl_code, &r, e);

	if (rc)
		return rc;
	if (r.error)
		return conclude(f, j, &r, r.error, r.detail, e);
	rc = move_host(f, j, &r, e);
	if (rc)
		return rc;
	if (is_redirect(r.status)) {
		rc = redirect_target(j, &r, &target, detail, e);
		if (!rc && !target)
			return conclude(f, j, &r, "redirect", detail, e);
		if (!rc)
			rc = record(f, j, &r, NULL, NULL, e);
		if (!rc)
			rc = follow(f, j, target, e);
		free(target);
		return rc;
	}
	if (warc_http_is_whole(r.status) || (r.status == 304 && j->asked_if_modified))
		return conclude(f, j, &r, NULL, NULL, e);
	snprintf(detail, sizeof detail, _("HTTP status %d"), r.status);
	return conclude(f, j, &r, "http", detail, e);
}

/* Nothing was tried, so nothing is recorded: a wanted row stays wanted and a source
 * stays due. */
static enum err_code leave(struct fetch *f, struct fetch_job *j, struct err *e)
{
	struct state_robots *row;

	j->phase = FETCH_DONE;
	if (j->robots_for) {
		row = state_robots(f->state, j->robots_for);
		if (!row)
			return err_nomem(e);
		row->pending = false;
		row->left = true;
		return ERR_OK;
	}
	f->done++;
	f->left++;
	log_debug(f->log, _("%s: left for later, its host wants a pause"),
		j->source_id ? j->source_id : j->url);
	return note_end(f, j, "later", e);
}

/* error NULL: left to a later run. */
enum err_code fetch_give_up(
	struct fetch *f, struct fetch_job *j, const char *error, const char *detail, struct err *e)
{
	struct transfer_result r;

	if (!error)
		return leave(f, j, e);
	memset(&r, 0, sizeof r);
	r.date = time_now();
	r.body_fd = -1;
	r.cert_expires = TIME_NONE;
	return conclude(f, j, &r, error, detail, e);
}
