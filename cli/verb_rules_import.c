/*
 * verb_rules_import.c - `huiying rules import`: a word list of another program as a rule file.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/report_json.h"
#include "matcher/match.h"
#include "matcher/trendradar.h"

#define LIST_MAX ((size_t)4 << 20)
#define FILE_MODE 0640

struct import {
	struct call *call;
	const char *file;
	struct buf list, rules, notes;
	struct report report;
	struct trendradar_result result;
};

static enum err_code read_options(struct import *m, struct err *e)
{
	const char *from = call_flag(m->call, "from"), *out = call_flag(m->call, "output");

	m->file = m->call->argv[0];
	if (!from || strcmp(from, "trendradar") != 0)
		return err_set(e, ERR_USAGE,
			_("from what? Known is --from trendradar (its frequency_words.txt)"));
	if (out && !call_has(m->call, "force") && path_exists(out))
		return err_set(e, ERR_USAGE,
			_("%s is there already; --force writes over it, another name does not"),
			out);
	return ERR_OK;
}

/* What was written must be a rule file. */
static enum err_code check_rules_made(const struct import *m, struct err *e)
{
	struct rules_file f = {m->file, buf_str(&m->rules), m->rules.len};
	struct rules *r = NULL;
	enum err_code rc = rules_compile(&f, 1, &r, NULL, e);

	rules_free(r);
	return rc;
}

static enum err_code convert(struct import *m, struct err *e)
{
	const struct trendradar_options o = {
		.name = strcmp(m->file, "-") == 0 ? _("(standard input)") : m->file,
		.topic = call_flag(m->call, "topic"),
		.titles_only = call_has(m->call, "titles-only")};
	enum err_code rc = path_read(m->file, &m->list, e);

	m->report.out = &m->notes;
	m->report.max = SIZE_MAX; /* nothing of the list is left out in silence */
	m->report.e = e;
	if (!rc)
		rc = trendradar_convert(
			buf_str(&m->list), m->list.len, &o, &m->rules, &m->report, &m->result, e);
	if (!rc && !report_sort(&m->report, 0))
		rc = err_nomem(e);
	return rc ? rc : check_rules_made(m, e);
}

/* With --json and no file the rules are a member. */
static enum err_code print_json(const struct import *m, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_int(w, "topics", (int64_t)m->result.topics);
	json_put_int(w, "words", (int64_t)m->result.words);
	json_put_int(w, "excluded", (int64_t)m->result.excluded);
	report_json_put(w, &m->notes);
	if (!call_has(m->call, "output"))
		json_put_str(w, "rules", buf_str(&m->rules));
	return json_out_end(&out, ERR_OK, e);
}

static enum err_code write_rules(const struct import *m, struct err *e)
{
	const char *out = call_flag(m->call, "output");

	if (out)
		return path_write_atomic(out, buf_str(&m->rules), m->rules.len, FILE_MODE, e);
	if (m->call->json)
		return ERR_OK;
	if (fwrite(buf_str(&m->rules), 1, m->rules.len, stdout) != m->rules.len)
		return err_errno(e, errno, _("standard output"));
	return ERR_OK;
}

static void print_figures(const struct import *m)
{
	size_t topics = m->result.topics, words = m->result.words;
	size_t notices = m->report.notices;

	/* TRANSLATORS: the parts of one line, in this order. */
	output_printf(stderr, n_("%zu topic, ", "%zu topics, ", topics), topics);
	output_printf(stderr,
		n_("%zu word, %zu of them out for all; ", "%zu words, %zu of them out for all; ",
			words),
		words, m->result.excluded);
	output_printf(stderr, n_("%zu notice\n", "%zu notices\n", notices), notices);
}

static void tell(const struct import *m)
{
	const char *out = call_flag(m->call, "output");

	if (m->call->quiet || m->call->json)
		return;
	output_lines(stderr, &m->notes);
	print_figures(m);
	if (out)
		output_line(stderr,
			_("next: huiying rules check %s · rules why --rules %s TEXT · rules edit "
			  "--new NAME.conf --from %s"),
			out, out, out);
}

static enum err_code run_import(struct call *call, struct err *e)
{
	struct import m = {.call = call};
	enum err_code rc = read_options(&m, e);

	buf_init(&m.list, LIST_MAX);
	buf_init(&m.rules, LIST_MAX * 16);
	buf_init(&m.notes, BUF_MAX_DEFAULT);
	if (!rc)
		rc = convert(&m, e);
	if (!rc)
		rc = write_rules(&m, e);
	if (!rc && call->json)
		rc = print_json(&m, e);
	if (!rc)
		tell(&m);
	buf_fini(&m.list);
	buf_fini(&m.rules);
	buf_fini(&m.notes);
	return rc ? rc : output_flush(stdout, e);
}

static const struct command_flag flags[] = {
	{"from", N_("PROGRAM"), N_("whose list it is: trendradar")},
	{"topic", N_("TOPIC"), N_("one topic of all groups, with this name")},
	{"titles-only", NULL, N_("look at titles alone, as TrendRadar does")},
	{"output", "FILE", N_("write the rules here (-o); else to standard output")},
	{"force", NULL, N_("write over a file that is there")},
	{NULL, NULL, NULL},
};

const struct command command_rules_import = {
	.verb = "rules import",
	.args = N_("--from trendradar [--topic TOPIC] [--titles-only] [-o FILE [--force]] FILE|-"),
	.summary = N_("make a rule file of another program's word list"),
	.help = N_(
		"Reads TrendRadar's frequency_words.txt. Each group becomes a topic with a 代码 "
		"that stays while its name does, each word a line; + words become one + line, ! "
		"words ! lines, [GLOBAL_FILTER] becomes 全局排除. What has no counterpart, or "
		"means something else here, is told line by line; nothing is left out in silence. "
		"Titles and texts are looked at, unless --titles-only.\n\n"
		"The rules are written to standard output or with -o to a file; put it into "
		"local.d when `huiying rules check` is content with it."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_import,
};
