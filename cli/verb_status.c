/*
 * verb_status.c - `huiying status`: how the instance is doing, and with --check whether
 * somebody must look after it.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/pace_view.h"
#include "cli/session.h"
#include "cli/status_parts.h"
#include "ledger/alerts.h"
#include "ledger/events.h"
#include "ledger/intake_log.h"
#include "ledger/items.h"
#include "ledger/wants.h"
#include "office/health.h"
#include "office/upkeep.h"

#define UNPOLLED (INT64_C(6) * 3600) /* without a try of any source */
#define BACKLOG 50 /* files in the spool that nobody ingests */

struct status {
	struct call *call;
	struct office *office;
	struct arena *arena;
	struct health_report *reports;
	size_t report_count;
	struct upkeep *channels;
	size_t channel_count;
	struct state *pace; /* NULL: not known */
	int64_t events, items, alerts, stories, open, late, wanted, later, files, problems, spool;
	struct hash head, digest;
	unsigned long long free_bytes;
	struct buf told, wrong; /* one line each */
};

static void complain(struct status *s, const char *text)
{
	buf_addf(&s->wrong, "%s\n", text);
}

/* --- gathering --- */

static enum err_code count_spool(struct status *s, struct err *e)
{
	char *path = office_path(s->office, "spool");
	DIR *d = path ? opendir(path) : NULL;
	const struct dirent *entry;
	enum err_code rc = ERR_OK;

	if (!path)
		rc = err_nomem(e);
	else if (!d)
		rc = err_errno(e, errno, _("cannot read the spool %s"), path);
	while (d && (entry = readdir(d)) != NULL) {
		const char *dot = strstr(entry->d_name, ".warc.gz");
		s->spool += dot && strcmp(dot, ".warc.gz") == 0;
	}
	if (d)
		closedir(d);
	if (!rc)
		rc = path_free_bytes(path, &s->free_bytes, e);
	free(path);
	return rc;
}

static enum err_code two(struct db *db, enum statement id, int64_t *a, int64_t *b, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, id, DB_NO_ARGS, &q, e);

	if (!rc && db_next(&q)) {
		*a = db_int(&q, 0);
		*b = db_int(&q, 1);
	}
	return db_end(&q, rc, e);
}

static enum err_code gather(struct status *s, struct err *e)
{
	struct db *db = s->office->db;
	enum err_code rc = db_begin_read(db, e);

	if (!rc)
		rc = events_head(db, &s->events, &s->head, e);
	if (!rc)
		rc = items_summary(db, &s->items, &s->digest, e);
	if (!rc)
		rc = two(db, ST_ALERT_COUNTS, &s->stories, &s->open, e);
	if (!rc)
		rc = db_get_int(db, ST_ALERT_TOTAL, DB_NO_ARGS, &s->alerts, e);
	if (!rc)
		rc = db_get_int(
			db, ST_ALERT_LATE, DB_ARGS(DB_INT(office_now(s->office))), &s->late, e);
	if (!rc)
		rc = wants_open_count(db, &s->wanted, e);
	if (!rc)
		rc = wants_later_count(db, &s->later, e);
	if (!rc)
		rc = two(db, ST_INGESTED_COUNT, &s->files, &s->problems, e);
	if (!rc)
		rc = health_reports(s->office, s->arena, &s->reports, &s->report_count, e);
	if (!rc)
		rc = upkeep_list(s->office, s->arena, &s->channels, &s->channel_count, e);
	db_rollback(db);
	return rc ? rc : count_spool(s, e);
}

/* What is the matter with a source and what to do, a line each. */
static void judge_source(struct status *s, const struct health_report *r)
{
	for (size_t i = 0; i < r->count; i++) {
		buf_addf(&s->wrong,
			r->states[i].kind == HEALTH_FAILING ? _("source %s has ")
							    : _("source %s: "),
			r->source->id);
		health_add_what(&s->wrong, &r->states[i], s->office->settings.zone);
		buf_addf(&s->wrong, " - %s\n", health_advice(r, &r->states[i]));
	}
}

/* Sources that nobody polls look as calm as quiet ones. */
static void judge_polling(struct status *s)
{
	int64_t last = TIME_NONE, every = INT64_MAX;
	char text[TIME_TEXT_SIZE];
	size_t on = 0;

	for (size_t i = 0; i < s->report_count; i++) {
		const struct health_report *r = &s->reports[i];
		on += r->source->enabled;
		if (!r->source->enabled || !r->log)
			continue;
		last = r->log->last_try > last ? r->log->last_try : last;
		every = r->source->every_max < every ? r->source->every_max : every;
	}
	if (!on)
		complain(s, _("no source is on, so nothing is watched: huiying sources enable ID"));
	if (last == TIME_NONE || office_now(s->office) - last <= UNPOLLED ||
		(office_now(s->office) - last) / 3 <= every)
		return;
	time_format_local(last, s->office->settings.zone, text);
	buf_addf(&s->wrong, _("no source has been fetched since %s: does the fetch timer run?\n"),
		text);
}

/* A column of ours that stands still. */
static void judge_channels(struct status *s)
{
	for (size_t i = 0; i < s->channel_count; i++) {
		const struct upkeep *u = &s->channels[i];
		char last[TIME_TEXT_SIZE];
		if (u->state != UPKEEP_STALE)
			continue;
		time_format_local(u->newest, s->office->settings.zone, last);
		buf_addf(&s->wrong,
			n_("channel %s: nothing new since %s, %lld day is allowed\n",
				"channel %s: nothing new since %s, %lld days are allowed\n",
				u->channel->upkeep / 86400),
			u->channel->name, last, (long long)(u->channel->upkeep / 86400));
	}
}

/* What other rooms of the office have to say. */
static enum err_code judge_parts(struct status *s, struct err *e)
{
	static enum err_code (*const parts[])(struct status_part *, struct err *) = {
#define STATUS_PART(name) status_##name,
#include "cli/status.def"
#undef STATUS_PART
		NULL,
	};
	struct status_part p = {s->office, s->arena, &s->told, &s->wrong};
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && parts[i]; i++)
		rc = parts[i](&p, e);
	return rc;
}

static enum err_code judge(struct status *s, struct err *e)
{
	char text[512];

	judge_polling(s);
	judge_channels(s);
	for (size_t i = 0; i < s->report_count; i++)
		judge_source(s, &s->reports[i]);
	if (s->late) {
		snprintf(text, sizeof text,
			n_("%lld story is past its review limit",
				"%lld stories are past their review limit", s->late),
			(long long)s->late);
		complain(s, text);
	}
	if (s->free_bytes < (unsigned long long)s->office->settings.free_floor) {
		snprintf(text, sizeof text, _("only %llu MiB are free; crawling stops below %lld"),
			s->free_bytes >> 20, (long long)(s->office->settings.free_floor >> 20));
		complain(s, text);
	}
	if (s->spool > BACKLOG) {
		snprintf(text, sizeof text,
			n_("%lld file waits in the spool: does ingest run?",
				"%lld files wait in the spool: does ingest run?", s->spool),
			(long long)s->spool);
		complain(s, text);
	}
	return judge_parts(s, e);
}

/* --- showing --- */

static void put_source(
	struct json_writer *w, const struct health_report *r, const struct state *pace)
{
	const struct source *src = r->source;
	const struct source_health *h = r->log;

	json_begin_object(w);
	json_put_str(w, "id", src->id);
	json_put_str(w, "name", src->name);
	json_put_bool(w, "enabled", src->enabled);
	json_put_int(w, "every", src->every);
	pace_view_put_json(w, pace, src);
	json_key(w, "states");
	json_begin_array(w);
	for (size_t i = 0; i < r->count; i++)
		json_add_str(w, health_name(r->states[i].kind));
	json_end_array(w);
	if (h) {
		json_put_time(w, "last_try", h->last_try);
		json_put_time(w, "last_ok", h->last_ok);
		json_put_time(w, "last_new", h->last_new);
		json_put_str(w, "error", h->error[0] ? h->error : NULL);
		json_put_str(w, "detail", h->detail[0] ? h->detail : NULL);
		json_put_int(w, "failures", h->failures);
		json_put_int(w, "items", h->items);
	}
	json_end_object(w);
}

static void put_wrong(struct json_writer *w, struct str rest)
{
	json_key(w, "wrong");
	json_begin_array(w);
	while (rest.n > 0) {
		struct str one = str_split(&rest, '\n');
		if (one.n)
			json_add_strn(w, one.p, one.n);
	}
	json_end_array(w);
}

static void put_hash(struct json_writer *w, const char *key, const struct hash *h)
{
	char hex[HASH_HEX_SIZE];

	hash_to_hex(h, hex);
	json_put_str(w, key, hex);
}

static enum err_code print_json(struct status *s, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "home", s->office->home->data);
	json_put_bool(w, "demo", s->office->demo);
	json_put_int(w, "schema", db_schema_version(s->office->db));
	json_put_int(w, "events", s->events);
	put_hash(w, "head", &s->head);
	json_put_int(w, "items", s->items);
	put_hash(w, "items_digest", &s->digest);
	json_put_int(w, "alerts", s->alerts);
	json_put_int(w, "stories", s->stories);
	json_put_int(w, "open", s->open);
	json_put_int(w, "late", s->late);
	json_put_int(w, "wanted", s->wanted);
	json_put_int(w, "wanted_later", s->later);
	json_put_int(w, "files", s->files);
	json_put_int(w, "problems", s->problems);
	json_put_int(w, "spool", s->spool);
	json_put_int(w, "free_mib", (int64_t)(s->free_bytes >> 20));
	json_key(w, "sources");
	json_begin_array(w);
	for (size_t i = 0; i < s->report_count; i++)
		put_source(w, &s->reports[i], s->pace);
	json_end_array(w);
	put_wrong(w, (struct str){buf_str(&s->wrong), s->wrong.len});
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code print_sources(const struct status *s, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("SOURCE"), TABLE_LEFT, 0},
		{N_("STATE"), TABLE_LEFT, 0},
		{N_("LAST GOOD"), TABLE_LEFT, 0},
		{N_("LAST NEW"), TABLE_LEFT, 2},
		{N_("ITEMS"), TABLE_RIGHT, 3},
		{N_("MIN"), TABLE_RIGHT, 1},
		{N_("DETAIL"), TABLE_LEFT, 0},
	};
	struct table *t = table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc;

	if (!t)
		return err_nomem(e);
	for (size_t i = 0; i < s->report_count; i++) {
		const struct source *src = s->reports[i].source;
		const struct source_health *h = s->reports[i].log;
		table_cell(t, src->id);
		if (!src->enabled)
			table_cell(t, _("off"));
		else if (!h)
			table_cell(t, _("not yet"));
		else if (h->error[0])
			table_cellf(t, "%s ×%lld", h->error, (long long)h->failures);
		else if (s->reports[i].count)
			table_cell(t, health_word(s->reports[i].states[0].kind));
		else
			table_cell(t, _("good"));
		table_cell_time(t, h ? h->last_ok : TIME_NONE, s->office->settings.zone);
		table_cell_time(t, h ? h->last_new : TIME_NONE, s->office->settings.zone);
		table_cellf(t, "%lld", h ? (long long)h->items : 0LL);
		pace_view_cell(t, s->pace, src);
		table_cell(t, h ? h->detail : "");
		table_end_row(t);
	}
	rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code print_problems(const struct status *s, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(s->office->db, ST_PROBLEM_LAST, DB_ARGS(DB_INT(5)), &q, e);

	while (!rc && db_next(&q))
		output_printf(stdout, "  %s %s %lld: %s\n", db_text(&q, 3), db_text(&q, 1),
			(long long)db_int(&q, 2), db_text(&q, 4));
	return db_end(&q, rc, e);
}

static void print_figures(const struct status *s)
{
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&s->head, hex);
	output_printf(stdout, _("instance  %s\n"), s->office->home->data);
	printf(n_("chain     %lld event\n", "chain     %lld events\n", s->events),
		(long long)s->events);
	printf(_("head      %s\n"), hex);
	printf(n_("items     %lld, from %lld file; ", "items     %lld, from %lld files; ",
		       s->files),
		(long long)s->items, (long long)s->files);
	printf(n_("%lld record could not be read\n", "%lld records could not be read\n",
		       s->problems),
		(long long)s->problems);
	printf(n_("queue     %lld story open (%lld late) of %lld, ",
		       "queue     %lld stories open (%lld late) of %lld, ", s->open),
		(long long)s->open, (long long)s->late, (long long)s->stories);
	printf(n_("%lld alert\n", "%lld alerts\n", s->alerts), (long long)s->alerts);
	printf(n_("backlog   %lld file in the spool, ", "backlog   %lld files in the spool, ",
		       s->spool),
		(long long)s->spool);
	printf(n_("%lld address wanted\n", "%lld addresses wanted\n", s->wanted),
		(long long)s->wanted);
	if (s->later)
		printf(n_("          %lld more waits for room: %d a source and hour\n",
			       "          %lld more wait for room: %d a source and hour\n",
			       s->later),
			(long long)s->later, WANTS_NEW_MAX);
	printf(_("disk      %llu MiB free\n"), s->free_bytes >> 20);
	output_printf(stdout, "%s\n", buf_str(&s->told));
}

static enum err_code print_words(struct status *s, struct err *e)
{
	enum err_code rc;

	print_figures(s);
	rc = print_sources(s, e);
	if (!rc && s->problems) {
		printf("\n%s\n", _("last problems:"));
		rc = print_problems(s, e);
	}
	if (!rc && s->wrong.len)
		output_printf(stdout, "\n%s", buf_str(&s->wrong));
	return rc;
}

static enum err_code run_status(struct call *call, struct err *e)
{
	struct status s = {.call = call};
	enum err_code rc;

	buf_init(&s.told, 1 << 20);
	buf_init(&s.wrong, 1 << 20);
	s.arena = arena_new(ARENA_MAX_DEFAULT);
	rc = s.arena ? session_open(call, true, &s.office, e) : err_nomem(e);
	if (!rc && call_has(call, "check"))
		rc = db_check_file(s.office->db, true, e);
	if (!rc)
		rc = gather(&s, e);
	if (!rc)
		s.pace = pace_view_load(&call->home);
	if (!rc)
		rc = judge(&s, e);
	if (!rc)
		rc = call->json ? print_json(&s, e) : print_words(&s, e);
	if (!rc && call_has(call, "check") && s.wrong.len)
		rc = ERR_NO;
	buf_fini(&s.told);
	buf_fini(&s.wrong);
	office_close(s.office);
	arena_free(s.arena);
	state_free(s.pace);
	return rc;
}

static const struct command_flag flags[] = {
	{"check", NULL, N_("exit 1 when something needs a person; also checks the ledger's file")},
	{NULL, NULL, NULL},
};

const struct command command_status = {
	.verb = "status",
	.args = "",
	.summary = N_("health of the sources, backlog, disk, head of the chain"),
	.flags = flags,
	.roles = COMMAND_ANYBODY,
	.run = run_status,
};
