/*
 * fetch_due.c - when: which source and which host may be asked at this hour.
 */
#include "crawler/fetch_private.h"

#include <string.h>

#include "base/time.h"
#include "base/url.h"

#define CLOCK_JUMP_MAX 86400 /* a pause further ahead was noted by another clock */

static bool is_night(const struct fetch_settings *s, const struct host_rule *rule, int64_t now)
{
	return night_is_at(rule && rule->has_hours ? &rule->hours : &s->night_hours, now, s->zone);
}

/* The nearest word counts: the source's, the host's, the office's. */
static enum night_mode mode_of(
	const struct fetch_settings *s, const struct host_rule *rule, const struct source *source)
{
	if (source && source->night != NIGHT_UNSET)
		return source->night;
	return rule && rule->night != NIGHT_UNSET ? rule->night : s->night;
}

static const struct host_rule *rule_of_url(const struct fetch_settings *s, const char *url)
{
	const struct host_rule *rule = NULL;
	struct url_parts u;

	if (s->host_count && url_split(url, &u, NULL) == ERR_OK) {
		rule = hosts_rule(s->hosts, s->host_count, u.host);
		url_parts_fini(&u);
	}
	return rule;
}

struct state_terms fetch_terms(const struct fetch *f, const struct source *s)
{
	struct state_terms fixed = {s->url, s->reading, {s->every, s->every, s->every}};
	struct state_terms free = {s->url, s->reading, {s->every, s->every_min, s->every_max}};

	return f->settings->adaptive ? free : fixed;
}

enum fetch_due fetch_source_due(
	struct fetch *f, const struct source *s, int64_t now, bool all, int64_t *until)
{
	const struct state_source *row = state_source_find(f->state, s->id);
	const struct host_rule *rule = rule_of_url(f->settings, s->url);
	enum night_mode mode = mode_of(f->settings, rule, s);
	bool night = is_night(f->settings, rule, now);
	struct state_terms terms = fetch_terms(f, s);
	int64_t later = 0;

	*until = row ? row->retry_after : 0;
	if (*until > now && *until - now <= STATE_BACKOFF_MAX)
		return FETCH_PAUSED;
	if (all)
		return FETCH_DUE;
	if (!night_allows(mode, night))
		return FETCH_HELD;
	if (!row)
		return FETCH_DUE;
	if (mode == NIGHT_SLOW && night)
		later = (NIGHT_FACTOR - 1) * (row->interval ? row->interval : s->every);
	return state_is_due(row, &terms, later, now) ? FETCH_DUE : FETCH_EARLY;
}

bool fetch_wanted_held(struct fetch *f, const struct wanted *w, int64_t now)
{
	const struct host_rule *rule = rule_of_url(f->settings, w->url);
	const struct source *source = sources_find(f->sources, w->source);

	if (strcmp(w->kind, "evidence") == 0)
		return false;
	return !night_allows(mode_of(f->settings, rule, source), is_night(f->settings, rule, now));
}

/* What an earlier run left: the host's pause may reach into this one. */
static void take_state(struct host *host, const struct state_host *row, int64_t now)
{
	int64_t wait = row->ready - now;

	host->troubled = row->streak > 0;
	host->resting = row->rest > now && row->rest - now <= 2 * CLOCK_JUMP_MAX;
	if (wait > 0 && wait <= CLOCK_JUMP_MAX)
		host->ready_ms = time_monotonic_ms() + wait * 1000;
}

enum err_code fetch_find_host(
	struct fetch *f, const char *name, int port, struct host **out, struct err *e)
{
	const struct fetch_settings *s = f->settings;
	const struct host_rule *rule;
	const struct state_host *row;
	int64_t now = time_now();
	struct host *host = hosts_get(f->hosts, name, port);

	*out = host;
	if (!host)
		return err_nomem(e);
	if (host->known)
		return ERR_OK;
	rule = hosts_rule(s->hosts, s->host_count, name);
	host->interval_ms =
		rule && rule->interval_ms >= 0 ? rule->interval_ms : s->host_interval_ms;
	if (mode_of(s, rule, NULL) == NIGHT_SLOW && is_night(s, rule, now))
		host->interval_ms *= NIGHT_FACTOR;
	row = state_host_find(f->state, host->name);
	if (row)
		take_state(host, row, now);
	host->known = true;
	return ERR_OK;
}

/* Rounded up, so that the pause is kept by whoever reads whole seconds. */
static int64_t ready_at(const struct host *h, int64_t now_ms, int64_t now)
{
	return h->ready_ms > now_ms ? now + (h->ready_ms - now_ms + 999) / 1000 : 0;
}

enum err_code fetch_keep_pace(struct fetch *f, int64_t now, struct err *e)
{
	int64_t now_ms = time_monotonic_ms();

	for (size_t i = 0; i < hosts_count(f->hosts); i++) {
		const struct host *h = hosts_at(f->hosts, i);
		int64_t ready = ready_at(h, now_ms, now);
		struct state_host *row;
		if (!ready)
			continue;
		row = state_host(f->state, h->name);
		if (!row)
			return err_nomem(e);
		row->ready = ready;
	}
	return ERR_OK;
}
