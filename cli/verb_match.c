/*
 * verb_match.c - `huiying match`: items in, topics out, line by line, no ledger
 * (DESIGN §7).
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/filter.h"
#include "cli/match_row.h"
#include "matcher/match.h"

#define LINE_MAX_BYTES ((size_t)64 << 20)
#define ARENA_SIZE ((size_t)1 << 30)

struct run {
	struct match_work *work;
	struct arena *arena;
	struct buf out;
	bool no_region;
};

/* One row; a fault is told with its line number and the run goes on. */
static enum err_code match_line(void *data, const char *s, size_t n, struct err *e)
{
	struct run *r = data;
	struct match_row row;
	struct match_result result;
	enum err_code rc;

	arena_reset(r->arena);
	buf_clear(&r->out);
	if (n > LINE_MAX_BYTES)
		return err_set(e, ERR_LIMIT, _("a line of more than %zu bytes"), LINE_MAX_BYTES);
	rc = match_row_read(s, n, r->arena, &row, e);
	if (rc)
		return rc;
	row.input.no_region = r->no_region;
	rc = match_text_with(r->work, &row.input, r->arena, &result, e);
	if (!rc) {
		match_add_json(&r->out, row.id, &result);
		buf_add_char(&r->out, '\n');
		rc = filter_print(&r->out, e);
	}
	match_row_fini(&row);
	return rc;
}

static enum err_code run_match(struct call *call, struct err *e)
{
	struct run r = {.no_region = call_has(call, "no-region")};
	struct filter filter = {.call = call, .take = match_line, .data = &r};
	struct rules *rules = NULL;
	struct buf report;
	enum err_code rc;

	buf_init(&report, BUF_MAX_DEFAULT);
	buf_init(&r.out, BUF_MAX_DEFAULT);
	rc = match_row_load_rules(call, call_flag(call, "rules"), &rules, &report, e);
	if (!rc && (!(r.arena = arena_new(ARENA_SIZE)) || !(r.work = match_work_new(rules))))
		rc = err_nomem(e);
	if (!rc)
		rc = filter_lines(&filter, e);
	arena_free(r.arena);
	match_work_free(r.work);
	rules_free(rules);
	buf_fini(&r.out);
	buf_fini(&report);
	return rc;
}

static const struct command_flag flags[] = {
	{"rules", "FILE", N_("use this rule file alone")},
	{"no-region", NULL, N_("take every region test as met")},
	{NULL, NULL, NULL},
};

const struct command command_match = {
	.verb = "match",
	.args = N_("[--rules FILE] [--no-region]"),
	.summary = N_("tell which topics texts belong to, and why"),
	.help = N_(
		"Reads a JSON object a line from standard input, either {\"id\",\"title\","
		"\"text\",\"source\",\"local\"} or an item as `huiying parse` writes it (its text "
		"is "
		"the content, or else the summary; a summary that the content does "
		"not hold is put behind it on a line of its own). Writes a JSON object a line: the "
		"topics that would alert with every "
		"rule line that hit and where (in code points), the topics that did not and why, "
		"and "
		"the lines that stayed undecided because a regex reached its limits. A line that "
		"cannot be read is told on standard error and the rest go on; the exit code is "
		"then 3."),
	.flags = flags,
	.roles = COMMAND_ANYBODY,
	.run = run_match,
};
