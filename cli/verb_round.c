/*
 * verb_round.c - `huiying round open, mark, close`. Showing is in verb_round_show.c.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/path.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/supervision_json.h"
#include "office/rounds.h"

#define ROUND_MEMORY ((size_t)64 << 20)
#define BULLETIN_MAX ((size_t)4 << 20)

/* --- open --- */

static void put_number(struct json_writer *w, const void *data)
{
	json_put_int(w, "lines", *(const int64_t *)data);
}

static enum err_code run_open(struct call *call, struct err *e)
{
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	int64_t lines = 0;
	enum err_code rc = session_open(call, false, &o, e);

	if (!rc)
		rc = office_round_open(o, call_flag(call, "name"), id, &lines, e);
	if (!rc)
		rc = done_line(call, id, put_number, &lines, e,
			n_("%s opened: %lld line", "%s opened: %lld lines", lines), id,
			(long long)lines);
	if (!rc)
		done_next(call,
			"round show %s · round mark %s LINE --result 推进中 · round mark %s "
			"--settled",
			id, id, id);
	office_close(o);
	return rc;
}

static const struct command_flag open_flags[] = {
	{"name", N_("TEXT"), N_("what the round is called")},
	{NULL, NULL, NULL},
};

const struct command command_round_open = {
	.verb = "round open",
	.args = N_("--name TEXT"),
	.summary = N_("open a round of checking: everything that is open, line by line"),
	.help = N_("Every promise that is not publicly kept or given up, and every open task of a "
		   "plan, becomes a line. It is closed when no line stands blank."),
	.flags = open_flags,
	.roles = PEOPLE_SUPERVISOR,
	.run = run_open,
};

/* --- mark --- */

struct marked {
	int64_t lines, blank;
};

static void put_marked(struct json_writer *w, const void *data)
{
	const struct marked *m = data;

	json_put_int(w, "marked", m->lines);
	json_put_int(w, "blank", m->blank);
}

static enum err_code mark(
	struct call *call, struct office *o, char id[IDS_SIZE], struct marked *m, struct err *e)
{
	const struct round_marks marks = {
		.lines = call->argv + 1,
		.count = (size_t)(call->argc - 1),
		.result = call_flag(call, "result"),
		.note = call_flag(call, "note"),
	};

	if (call_has(call, "settled"))
		return office_round_mark_settled(o, call->argv[0], id, &m->lines, &m->blank, e);
	return office_round_mark(o, call->argv[0], &marks, id, &m->lines, &m->blank, e);
}

static enum err_code run_mark(struct call *call, struct err *e)
{
	bool settled = call_has(call, "settled");
	struct marked m = {0, 0};
	struct office *o = NULL;
	char id[IDS_SIZE] = "";
	enum err_code rc = ERR_OK;

	if (settled == (call->argc > 1))
		rc = err_set(e, ERR_USAGE, _("give lines (3, 7-9, c12) or --settled"));
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = mark(call, o, id, &m, e);
	if (!rc)
		rc = done_line(call, id, put_marked, &m, e,
			n_("%s: %lld line marked, %lld blank", "%s: %lld lines marked, %lld blank",
				m.lines),
			id, (long long)m.lines, (long long)m.blank);
	if (!rc && !m.blank)
		done_next(call, "round close %s", id);
	office_close(o);
	return rc;
}

static const struct command_flag mark_flags[] = {
	{"result", N_("RESULT"),
		N_("完成 (done), 推进中 (going), 滞后 (late), 未启动 (none), 无法完成 (cannot)")},
	{"note", N_("TEXT"), N_("what was found")},
	{"settled", NULL, N_("all blank lines about which nothing is left to do")},
	{NULL, NULL, NULL},
};

const struct command command_round_mark = {
	.verb = "round mark",
	.args = N_("ROUND LINE… --result RESULT | ROUND --settled"),
	.summary = N_("say what was found at lines of a round"),
	.help = N_("LINE is a number (3), a span (7-9) or the id of what the line is about (c12). "
		   "A line may be marked again until the round is closed."),
	.flags = mark_flags,
	.min_args = 1,
	.max_args = -1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_mark,
};

/* --- close --- */

static enum err_code print_blank(
	const struct call *call, const struct round_closed *c, struct err *e)
{
	struct json_writer *w;
	struct json_out out;

	if (!call->json) {
		for (size_t i = 0; i < c->blank_count; i++)
			output_line(stdout, _("line %lld  %s  %s"), (long long)c->blank[i].n,
				c->blank[i].subject, c->blank[i].unit);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	json_put_str(w, "id", c->id);
	json_put_bool(w, "closed", false);
	supervision_put_lines(w, c->blank, c->blank_count);
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code print_closed(const struct call *call, const struct round_closed *c,
	const struct buf *text, struct err *e)
{
	static const char *const keys[ROUND_RESULTS] = {"done", "going", "late", "none", "cannot"};
	const char *file = call_flag(call, "file");
	struct json_writer *w;
	struct json_out out;
	enum err_code rc = ERR_OK;

	if (file)
		rc = path_write_atomic(file, buf_str(text), text->len, 0660, e);
	if (rc)
		return rc;
	if (!call->json) {
		if (!file)
			output_lines(stdout, text);
		done_note(call, _("%s closed"), c->id);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	json_put_str(w, "id", c->id);
	json_put_bool(w, "closed", true);
	json_put_int(w, "total", c->lines);
	for (int k = 0; k < ROUND_RESULTS; k++)
		json_put_int(w, keys[k], c->counts[k]);
	json_put_str(w, "bulletin", buf_str(text));
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code run_close(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ROUND_MEMORY);
	struct round_closed c;
	struct office *o = NULL;
	struct err ignored;
	struct buf text;
	enum err_code rc = a ? session_open(call, false, &o, e) : err_nomem(e);

	buf_init(&text, BULLETIN_MAX);
	memset(&c, 0, sizeof c);
	if (!rc)
		rc = office_round_close(o, call->argv[0], a, &c, &text, e);
	/* The list is data; the reason for exit 1 is still the refusal. */
	if (rc == ERR_REFUSED && c.blank_count)
		print_blank(call, &c, &ignored);
	if (!rc)
		rc = print_closed(call, &c, &text, e);
	buf_fini(&text);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag close_flags[] = {
	{"file", N_("FILE"), N_("where to write the bulletin; default standard output")},
	{NULL, NULL, NULL},
};

const struct command command_round_close = {
	.verb = "round close",
	.args = N_("ROUND"),
	.summary = N_("close a round and print its bulletin (通报)"),
	.help = N_("Refuses with exit 1 and lists every line that stands blank. The bulletin has "
		   "the totals and names the laggards by unit and number, with the orders of "
		   "supervision that stand about them."),
	.flags = close_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_SUPERVISOR,
	.personal = true,
	.run = run_close,
};
