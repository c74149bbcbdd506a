/*
 * health_report.c - what is wrong with which source now, in words.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "office/health.h"

#define DAY 86400
#define HOUR 3600
#define FAILING 3
#define SILENT_TIMES 8
#define SILENT_LIVELY (2 * HOUR) /* rhythm of a source that never sleeps for a day */
#define SILENT_LIVELY_MIN DAY
#define SILENT_MIN (5 * DAY)
#define SILENT_MAX (180 * DAY)
#define SILENT_ANSWERS 200
#define SILENT_UNKNOWN (14 * DAY)
#define CHARSET_SHOWN (7 * DAY)
#define CERTIFICATE_SOON (14 * DAY)

static const struct {
	const char *name, *word;
} kinds[HEALTH_KINDS] = {
	[HEALTH_FAILING] = {"failing", N_("failing")},
	[HEALTH_CHALLENGE] = {"challenge", N_("blocked")},
	[HEALTH_EMPTY] = {"empty", N_("empty")},
	[HEALTH_SAME] = {"same", N_("layout changed")},
	[HEALTH_FEWER] = {"fewer", N_("fewer entries")},
	[HEALTH_CHARSET] = {"charset", N_("charset changed")},
	[HEALTH_SILENT] = {"silent", N_("silent")},
	[HEALTH_CERTIFICATE] = {"certificate", N_("certificate ends")},
};

const char *health_name(enum health_kind kind)
{
	return kinds[kind].name;
}

const char *health_word(enum health_kind kind)
{
	return _(kinds[kind].word);
}

/* --- judging --- */

int64_t health_silence_limit(const struct health_habit *h)
{
	int64_t usual = h->dated_gap ? h->dated_gap : h->gap;
	int64_t limit, least = usual < SILENT_LIVELY ? SILENT_LIVELY_MIN : SILENT_MIN;

	if (usual <= 0)
		return h->quiet >= SILENT_ANSWERS ? SILENT_UNKNOWN : 0;
	limit = usual > SILENT_MAX / SILENT_TIMES ? SILENT_MAX : usual * SILENT_TIMES;
	return limit < least ? least : limit;
}

static void add(struct health_report *r, enum health_kind kind, int64_t since, int64_t number,
	const char *detail)
{
	r->states[r->count++] = (struct health_state){kind, since, number, detail};
}

/* Measured up to the last good answer: a source that fails is not called silent. */
static void judge_silence(struct health_report *r)
{
	const struct health_habit *h = r->habit;
	int64_t since = r->log->last_new, limit = health_silence_limit(h);

	if (h->newest != TIME_NONE)
		since = h->newest;
	if (since == TIME_NONE || r->log->last_ok == TIME_NONE || limit == 0)
		return;
	if (r->log->last_ok - since > limit)
		add(r, HEALTH_SILENT, since, h->dated_gap ? h->dated_gap : h->gap, "");
}

static bool kind_of_finding(const char *finding, enum health_kind *out)
{
	for (int i = 0; i < HEALTH_KINDS; i++) {
		if (strcmp(kinds[i].name, finding) == 0) {
			*out = (enum health_kind)i;
			return true;
		}
	}
	return false;
}

static void judge_finding(struct health_report *r, const struct health_finding *f, int64_t now)
{
	enum health_kind kind;

	if (!kind_of_finding(f->finding, &kind))
		return;
	if (kind == HEALTH_CHARSET && now - f->since > CHARSET_SHOWN)
		return;
	add(r, kind, f->since, f->times, f->detail);
}

struct reports {
	struct source_health *logs;
	struct health_habit *habits;
	struct health_finding *findings;
	size_t log_count, habit_count, finding_count;
	int64_t now;
	struct arena *arena;
};

/* Every row begins with the source's id, and the ledger gives them in its order. */
static int by_source(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static const void *find_row(const void *rows, size_t count, size_t size, const char *id)
{
	return count ? bsearch(id, rows, count, size, by_source) : NULL;
}

static void judge_findings(struct health_report *r, const struct reports *all)
{
	const struct health_finding *f =
		find_row(all->findings, all->finding_count, sizeof *f, r->source->id);

	while (f && f > all->findings && strcmp(f[-1].source, r->source->id) == 0)
		f--;
	for (; f && f < all->findings + all->finding_count; f++) {
		if (strcmp(f->source, r->source->id) != 0)
			break;
		judge_finding(r, f, all->now);
	}
}

/* "timeout (nothing came for 20 seconds)"; NULL: no memory. */
static const char *failure(const struct health_report *r, const struct reports *all)
{
	if (!r->log->detail[0])
		return r->log->error;
	return arena_printf(all->arena, "%s (%s)", r->log->error, r->log->detail);
}

static void judge(struct health_report *r, const struct reports *all)
{
	if (r->log && r->log->failures >= FAILING)
		add(r, HEALTH_FAILING, r->log->last_ok, r->log->failures, failure(r, all));
	judge_findings(r, all);
	if (r->log && r->habit)
		judge_silence(r);
	if (r->habit && r->habit->cert_expires != TIME_NONE &&
		r->habit->cert_expires - all->now < CERTIFICATE_SOON)
		add(r, HEALTH_CERTIFICATE, r->habit->cert_expires, 0, r->habit->host);
}

enum err_code health_reports(
	struct office *o, struct arena *a, struct health_report **out, size_t *count, struct err *e)
{
	const struct sources *sources = NULL;
	struct reports all = {.now = office_now(o), .arena = a};
	enum err_code rc = office_sources(o, &sources, e);

	*out = NULL;
	*count = 0;
	if (!rc)
		rc = intake_log_health(o->db, a, &all.logs, &all.log_count, e);
	if (!rc)
		rc = health_habits(o->db, a, &all.habits, &all.habit_count, e);
	if (!rc)
		rc = health_findings(o->db, a, &all.findings, &all.finding_count, e);
	if (rc)
		return rc;
	*out = arena_array(a, sources_count(sources) + 1, sizeof **out);
	if (!*out)
		return err_nomem(e);
	*count = sources_count(sources);
	for (size_t i = 0; i < *count; i++) {
		struct health_report *r = &(*out)[i];
		r->source = sources_at(sources, i);
		r->log = find_row(all.logs, all.log_count, sizeof *r->log, r->source->id);
		r->habit = find_row(all.habits, all.habit_count, sizeof *r->habit, r->source->id);
		if (r->source->enabled)
			judge(r, &all);
	}
	return arena_failed(a) ? err_nomem(e) : ERR_OK;
}
