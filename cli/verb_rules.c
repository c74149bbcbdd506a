/*
 * verb_rules.c - `huiying rules check`: are the rules right.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/report_json.h"
#include "matcher/check.h"
#include "matcher/match.h"

#define FILES_MAX 64

/* --- rules check ------------------------------------------------------------- */

/* Every named file, read; the first is the main one, the others overlay it. */
static enum err_code compile_named(
	struct call *call, struct rules **out, struct buf *report, struct err *e)
{
	struct rules_file files[FILES_MAX];
	struct buf text[FILES_MAX];
	size_t n = 0;
	enum err_code rc = ERR_OK;

	while (!rc && n < (size_t)call->argc) {
		if (n == FILES_MAX) {
			rc = err_set(e, ERR_USAGE, _("more than %d rule files"), FILES_MAX);
			break;
		}
		buf_init(&text[n], BUF_MAX_DEFAULT);
		rc = path_read(call->argv[n], &text[n], e);
		files[n] = (struct rules_file){call->argv[n], buf_str(&text[n]), text[n].len};
		n++;
	}
	if (rc == ERR_NOT_FOUND || rc == ERR_IO)
		rc = e->code = ERR_CONFIG;
	if (!rc)
		rc = rules_compile(files, n, out, report, e);
	while (n > 0)
		buf_fini(&text[--n]);
	return rc;
}

static enum err_code print_check_json(const struct rules *r, const struct check_result *c,
	const struct buf *report, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_bool(w, "ok", r && !c->failed);
	json_put_str(w, "hash", r ? rules_hash(r) : NULL);
	json_put_int(w, "topics", r ? (int64_t)rules_topic_count(r) : 0);
	json_put_int(w, "lines", (int64_t)c->lines);
	json_put_int(w, "tests", (int64_t)c->tests);
	json_put_int(w, "failed", (int64_t)c->failed);
	json_put_int(w, "warnings", (int64_t)c->warnings);
	report_json_put(w, report);
	return json_out_end(&out, ERR_OK, e);
}

static void print_figures(const struct rules *r, const struct check_result *c)
{
	size_t topics = rules_topic_count(r);

	/* TRANSLATORS: the parts of one line, in this order. */
	output_printf(stdout, n_("%zu topic, ", "%zu topics, ", topics), topics);
	output_printf(stdout, n_("%zu line, ", "%zu lines, ", c->lines), c->lines);
	output_printf(stdout, n_("%zu test passed, ", "%zu tests passed, ", c->tests), c->tests);
	output_printf(stdout, n_("%zu warning\n", "%zu warnings\n", c->warnings), c->warnings);
}

static enum err_code tell_check(struct call *call, const struct rules *r,
	const struct check_result *c, const struct buf *report, struct err *e)
{
	if (call->json)
		return print_check_json(r, c, report, e);
	output_lines(stderr, report);
	if (r && !call->quiet && !c->failed)
		print_figures(r, c);
	return ERR_OK;
}

static enum err_code run_check(struct call *call, struct err *e)
{
	struct rules *r = NULL;
	struct check_result c = {0, 0, 0, 0};
	struct buf report;
	enum err_code rc, told;

	buf_init(&report, BUF_MAX_DEFAULT);
	rc = call->argc ? compile_named(call, &r, &report, e)
			: rules_load(&call->home, NULL, &r, &report, e);
	if (!rc)
		rc = check_rules(r, &report, &c, e);
	if (!rc || report.len) {
		told = tell_check(call, r, &c, &report, rc ? NULL : e);
		rc = rc ? rc : told;
	}
	if (rc == ERR_CONFIG && report.len)
		(void)err_set(e, ERR_CONFIG,
			c.failed ? n_("%zu test failed", "%zu tests failed", c.failed)
				 : _("the rules are not right; nothing is loaded"),
			c.failed);
	rules_free(r);
	buf_fini(&report);
	return rc ? rc : output_flush(stdout, e);
}

const struct command command_rules_check = {
	.verb = "rules check",
	.args = N_("[FILE…]"),
	.summary = N_("check rule files and run the tests in them"),
	.help = N_(
		"Reads the rules in use, or the named files (the first is the main one, the others "
		"overlay it), lists every error as file:line:column with a hint how to mend it, "
		"and runs the 应中/不中 tests of every section. Columns are counted in characters, "
		"as editors do. Warnings tell what is allowed and regretted later: words of one "
		"character, lines that hit nearly everything, slow regexes, lines that stand there "
		"twice or can never count, thresholds and grades out of reach, 停用 lines that "
		"find no line. Exit code 0: all is well (warnings are), 2: an error or a failing "
		"test."),
	.max_args = -1,
	.roles = COMMAND_ANYBODY,
	.run = run_check,
};
