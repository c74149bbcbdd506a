/*
 * rules_change.c - checking, trying, confirming and installing a rule file.
 */
#include "cli/rules_change.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/ask.h"
#include "cli/backtest_view.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/look_back.h"
#include "cli/output.h"
#include "cli/session.h"
#include "matcher/report.h"
#include "office/trial.h"

#define SURGE 3 /* times the alerts of today: more ask for their number */
#define LINES_SHOWN 40

enum err_code rules_change_open(
	struct call *call, const char *file, bool create, struct rules_change *x, struct err *e)
{
	enum err_code rc;

	memset(x, 0, sizeof *x);
	x->call = call;
	x->keep.lock = -1;
	rc = look_back_days(call, TRIAL_DAYS, &x->days, e);
	if (!rc)
		rc = session_open(call, false, &x->office, e);
	return rc ? rc : rulekeep_open(x->office, file, create, &x->keep, e);
}

static void forget(struct rules_change *x)
{
	backtest_free(x->test);
	x->test = NULL;
	rules_free(x->rules);
	x->rules = NULL;
}

void rules_change_fini(struct rules_change *x)
{
	forget(x);
	rulekeep_close(&x->keep);
	office_close(x->office);
}

bool rules_change_is_none(const struct rules_change *x, struct str text)
{
	return !x->keep.is_new && str_eq(text, x->keep.text);
}

/* --- check ---------------------------------------------------------------------------- */

/* Every fault stands in another file: a list that it used is gone. */
static bool is_elsewhere(const struct rules_change *x, const struct buf *report)
{
	struct str rest = {buf_str(report), report->len};
	struct report_entry entry;

	while (report_read(&rest, &entry))
		if (entry.kind == REPORT_ERROR && str_eq(entry.file, str_of(x->keep.name)))
			return false;
	return true;
}

enum err_code rules_change_check(struct rules_change *x, struct str text, struct err *e)
{
	struct check_result checked;
	struct buf report;
	enum err_code rc;

	forget(x);
	x->text = text;
	buf_init(&report, BUF_MAX_DEFAULT);
	rc = rulekeep_check(&x->keep, text, &x->rules, &report, &checked, e);
	if (rc || !x->call->quiet)
		output_lines(stderr, &report);
	if (rc == ERR_CONFIG && report.len && checked.failed)
		(void)err_set(e, rc, n_("%zu test failed", "%zu tests failed", checked.failed),
			checked.failed);
	else if (rc == ERR_CONFIG && report.len && is_elsewhere(x, &report))
		(void)err_set(
			e, rc, _("with this %s other rule files are not right"), x->keep.name);
	else if (rc == ERR_CONFIG && report.len)
		(void)err_set(e, rc, _("%s is not right"), x->keep.name);
	buf_fini(&report);
	if (!rc)
		rc = rules_lines_compare(x->keep.text, text, x->keep.arena, &x->lines, e);
	return rc;
}

/* --- try ------------------------------------------------------------------------------ */

static void print_lines(const struct rules_change *x)
{
	const struct rules_lines *l = &x->lines;

	if (!l->count)
		output_line(stdout, _("%s: the same lines, written in another way"), x->keep.name);
	else
		output_printf(stdout,
			n_("%s: %zu line added, %zu removed\n",
				"%s: %zu lines added, %zu removed\n", l->added),
			x->keep.name, l->added, l->removed);
	for (size_t i = 0; i < l->count && i < LINES_SHOWN; i++)
		output_line(stdout, "  %c %4d  %.*s", l->change[i].added ? '+' : '-',
			l->change[i].number, (int)l->change[i].text.n, l->change[i].text.p);
	if (l->count > LINES_SHOWN)
		output_printf(stdout,
			n_("  … and %zu more line\n", "  … and %zu more lines\n",
				l->count - LINES_SHOWN),
			l->count - LINES_SHOWN);
}

enum err_code rules_change_try(struct rules_change *x, struct err *e)
{
	enum err_code rc;

	if (!x->call->json) {
		print_lines(x);
		fflush(stdout);
	}
	if (!x->keep.rules)
		done_note(x->call, "%s",
			_("the rules in use cannot be loaded: every alert counts as gained"));
	x->test = backtest_new(x->keep.rules, x->rules);
	rc = x->test ? look_back_try(x->call, x->office, x->days, x->test, e) : err_nomem(e);
	if (!rc)
		rc = backtest_end(x->test, &x->result, e);
	if (!rc && !x->call->json) {
		backtest_view_print(stdout, &x->result, x->days);
		fflush(stdout);
	}
	return rc;
}

/* --- confirm -------------------------------------------------------------------------- */

static bool is_surge(const struct rules_change *x)
{
	return x->result.after > SURGE * x->result.before;
}

static bool is_number(struct str s, size_t want)
{
	int64_t n;

	return str_to_int(s, 0, INT64_MAX, &n) && (uint64_t)n == want;
}

static enum err_code confirm_by_flags(const struct rules_change *x, struct err *e)
{
	const char *alerts = call_flag(x->call, "alerts");

	if (!call_has(x->call, "yes"))
		return err_set(
			e, ERR_USAGE, _("nobody is there to be asked: say --yes to install"));
	if (is_surge(x) && !alerts)
		return err_set(e, ERR_REFUSED,
			_("the alerts would be more than three times those of today: say "
			  "--alerts %zu to install all the same"),
			x->result.after);
	if (alerts && !is_number(str_of(alerts), x->result.after))
		return err_set(e, ERR_REFUSED, _("--alerts says %s, but it would be %zu"), alerts,
			x->result.after);
	return ERR_OK;
}

static bool is_edit(struct str s)
{
	return str_is_nocase(s, "e") || str_is(s, "改") || str_is(s, "再改");
}

static bool is_give_up(struct str s)
{
	return str_is_nocase(s, "x") || str_is_nocase(s, "n") || str_is(s, "放弃") ||
	       str_is(s, "否");
}

static bool is_yes(const struct rules_change *x, struct str s)
{
	if (is_surge(x))
		return is_number(s, x->result.after);
	return str_is_nocase(s, "y") || str_is_nocase(s, "yes") || str_is(s, "是") ||
	       str_is(s, "安装");
}

static void add_question(const struct rules_change *x, bool can_edit, struct buf *b)
{
	if (is_surge(x))
		buf_addf(b,
			_("That is more than three times the alerts of today. Install? Type the "
			  "number %zu to install"),
			x->result.after);
	else
		buf_add_str(b, _("Install? (y) install"));
	if (can_edit)
		buf_add_str(b, _(", (e) edit again"));
	buf_add_str(b, _(", (x) give up:"));
}

/* Until it is one of the answers; the end of input gives up. */
static enum err_code ask_install(
	const struct rules_change *x, bool can_edit, enum rules_change_answer *out, struct err *e)
{
	struct buf question, line;
	enum err_code rc;
	bool answered = false;

	buf_init(&question, 4096);
	buf_init(&line, 4096);
	add_question(x, can_edit, &question);
	rc = buf_check(&question, _("a line"), e);
	while (!rc && !answered) {
		rc = ask_line(buf_str(&question), &line, e);
		struct str s = {buf_str(&line), line.len};
		answered = is_yes(x, s) || (can_edit && is_edit(s)) || is_give_up(s) ||
			   (s.n == 0 && feof(stdin));
		*out = is_yes(x, s) ? RULES_INSTALL : is_edit(s) ? RULES_EDIT : RULES_GIVE_UP;
	}
	buf_fini(&question);
	buf_fini(&line);
	return rc;
}

enum err_code rules_change_confirm(
	struct rules_change *x, bool can_edit, enum rules_change_answer *out, struct err *e)
{
	*out = RULES_INSTALL;
	if (call_has(x->call, "yes") || !ask_is_possible(x->call))
		return confirm_by_flags(x, e);
	return ask_install(x, can_edit, out, e);
}

enum err_code rules_change_ask_again(enum rules_change_answer *out, struct err *e)
{
	struct buf line;
	enum err_code rc = ERR_OK;
	bool answered = false;

	buf_init(&line, 4096);
	while (!rc && !answered) {
		rc = ask_line(
			_("What now? (e) edit again, (x) give up, the draft is kept:"), &line, e);
		struct str s = {buf_str(&line), line.len};
		*out = is_edit(s) ? RULES_EDIT : RULES_GIVE_UP;
		answered = is_edit(s) || is_give_up(s) || (s.n == 0 && feof(stdin));
	}
	buf_fini(&line);
	return rc;
}

/* --- install -------------------------------------------------------------------------- */

enum err_code rules_change_install(struct rules_change *x, const char *how, struct err *e)
{
	struct rulekeep_change c = {.how = how,
		.text = x->text,
		.rules = x->rules,
		.lines = &x->lines,
		.result = &x->result,
		.days = x->days};
	enum err_code rc = rulekeep_install(&x->keep, &c, e);

	if (rc || x->call->json)
		return rc;
	output_line(stdout, _("%s is installed: rules %.12s"), x->keep.path, rules_hash(x->rules));
	fflush(stdout);
	done_next(x->call, "rules apply --since %lldd · rules revert · rules versions",
		(long long)x->days);
	return ERR_OK;
}

enum err_code rules_change_print_json(const struct rules_change *x, bool installed, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "file", x->keep.name);
	json_put_str(w, "path", x->keep.path);
	json_put_bool(w, "installed", installed);
	json_put_str(w, "rules_before", x->keep.rules ? rules_hash(x->keep.rules) : NULL);
	json_put_str(w, "rules_after", x->rules ? rules_hash(x->rules) : NULL);
	json_put_int(w, "lines_added", (int64_t)x->lines.added);
	json_put_int(w, "lines_removed", (int64_t)x->lines.removed);
	if (x->test) {
		json_key(w, "backtest");
		json_begin_object(w);
		backtest_view_put(w, &x->result, x->days);
		json_end_object(w);
	}
	return json_out_end(&out, ERR_OK, e);
}
