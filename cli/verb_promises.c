/*
 * verb_promises.c - `huiying promises`: answers in, the commitments in them out, sentence
 * by sentence, no ledger (DESIGN §7).
 */
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "cli/command.h"
#include "cli/filter.h"
#include "matcher/promise.h"
#include "office/holidays.h"

#define ARENA_SIZE ((size_t)2 << 30)
#define DEFAULT_ZONE "Asia/Shanghai"

struct run {
	struct promise_finder *finder;
	struct arena *arena;
	struct buf out;
	struct holidays *holidays;
	int64_t made; /* days since 1970-01-01 */
};

static void put_promise(struct json_writer *w, const struct promise *p)
{
	json_begin_object(w);
	json_put_int(w, "start", (int64_t)p->start);
	json_put_int(w, "end", (int64_t)p->end);
	json_put_str(w, "phrase", p->phrase);
	json_put_str(w, "due", p->due[0] ? p->due : NULL);
	json_put_str(w, "due_kind", promise_due_name(p->kind));
	json_end_object(w);
}

static void put_sentence(struct run *r, const struct json *row, const struct promise_sentence *s)
{
	struct json_writer w;

	json_writer_init(&w, &r->out);
	json_begin_object(&w);
	filter_put_id(&w, row);
	json_key(&w, "sentence");
	json_add_str(&w, arena_strndup(r->arena, s->text.p, s->text.n));
	json_put_bool(&w, "commitment", s->commitment);
	json_key(&w, "promises");
	json_begin_array(&w);
	for (size_t i = 0; i < s->count; i++)
		put_promise(&w, &s->promises[i]);
	json_end_array(&w);
	json_end_object(&w);
	buf_add_char(&r->out, '\n');
}

static enum err_code find_promises(struct run *r, const struct json *row, struct err *e)
{
	const char *text = json_get_str(row, "text");
	struct promise_sentence *list = NULL;
	size_t count = 0;
	enum err_code rc;

	if (!text)
		return err_set(e, ERR_INPUT, _("wanted is an object with “id” and “text”"));
	rc = promise_read(r->finder, str_of(text), r->made, holidays_workdays(r->holidays),
		r->arena, &list, &count, e);
	for (size_t i = 0; !rc && i < count; i++)
		put_sentence(r, row, &list[i]);
	if (!rc && arena_failed(r->arena))
		rc = err_nomem(e);
	return rc ? rc : filter_print(&r->out, e);
}

static enum err_code promises_line(void *data, const char *s, size_t n, struct err *e)
{
	struct run *r = data;
	struct json *row = NULL;
	enum err_code rc;

	arena_reset(r->arena);
	buf_clear(&r->out);
	rc = filter_read_row(s, n, &row, e);
	if (!rc)
		rc = find_promises(r, row, e);
	json_free(row);
	return rc;
}

/* The day that --made names, or today in China. */
static enum err_code read_made(const struct call *call, int64_t *day, struct err *e)
{
	const char *made = call_flag(call, "made");
	struct time_zone *zone = NULL;
	struct time_civil c;
	int64_t t = time_now();
	enum err_code rc = ERR_OK;

	if (made && (strlen(made) != 10 || !time_parse_option(made, NULL, &t)))
		return err_set(e, ERR_USAGE, _("--made: “%s” is no date like 2026-09-30"), made);
	if (!made)
		rc = time_zone_open(DEFAULT_ZONE, &zone, e);
	if (rc)
		return rc;
	time_to_civil(t, zone, &c);
	*day = time_days_from_civil(c.year, c.month, c.day);
	time_zone_close(zone);
	return ERR_OK;
}

static enum err_code run_promises(struct call *call, struct err *e)
{
	struct run r = {.made = 0};
	struct filter filter = {.call = call, .take = promises_line, .data = &r};
	enum err_code rc = read_made(call, &r.made, e);

	buf_init(&r.out, BUF_MAX_DEFAULT);
	if (!rc)
		rc = holidays_load(&call->home, &r.holidays, e);
	if (!rc) {
		r.finder = promise_finder_new();
		r.arena = arena_new(ARENA_SIZE);
		rc = r.finder && r.arena ? filter_lines(&filter, e) : err_nomem(e);
	}
	holidays_free(r.holidays);
	arena_free(r.arena);
	promise_finder_free(r.finder);
	buf_fini(&r.out);
	return rc;
}

static const struct command_flag flags[] = {
	{"made", N_("DATE"), N_("the day the text was published, YYYY-MM-DD; default: today")},
	{NULL, NULL, NULL},
};

const struct command command_promises = {
	.verb = "promises",
	.args = N_("[--made DATE]"),
	.summary = N_("find the commitments in answers, and when they fall due"),
	.help = N_(
		"Reads a JSON object a line from standard input, {\"id\",\"text\"}, and writes a "
		"line for each sentence: {\"id\",\"sentence\",\"commitment\",\"promises\"}. A "
		"sentence is a commitment when somebody says in it that something will be done; "
		"what was done, what the law prescribes and what the reader is asked to do is "
		"none. promises are the deadline phrases in it: start and end count code points "
		"of the text from 0, end is the first behind the phrase; due is the last day that "
		"keeps the promise and is absent where the words name none; due_kind is date, "
		"workdays or undated. 9月底前 and 9月30日前 include that day, 10月前 does not "
		"reach "
		"into October; N天内 and N个工作日内 begin on the day after publication; a phrase "
		"without a year means the next such day. Working days are those of "
		"holidays.conf(5). "
		"尽快, 下一步 and the like are told only where the sentence names no better limit. "
		"A "
		"line that cannot be read is told on standard error and the rest go on; the exit "
		"code is then 3."),
	.flags = flags,
	.min_args = 0,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_promises,
};
