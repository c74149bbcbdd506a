/*
 * verb_rules_why.c - `huiying rules why`: what today's rules make of a text, an item or an
 * alert, in plain words; of the latter two also what is other than when they came.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/match_row.h"
#include "cli/output.h"
#include "cli/rules_then.h"
#include "cli/session.h"
#include "cli/why_live.h"
#include "ledger/ids.h"
#include "office/rejudge.h"

#define INPUT_MAX ((size_t)64 << 20)
#define ARENA_SIZE ((size_t)1 << 30)

struct asking {
	struct call *call;
	struct rules *rules;
	struct arena *arena;
};

/* --- texts ------------------------------------------------------------------- */

static enum err_code print_match_json(const char *id, const struct match_result *m, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, BUF_MAX_DEFAULT);
	match_add_json(&b, id, m);
	rc = buf_check(&b, "JSON", e);
	if (!rc)
		puts(buf_str(&b));
	buf_fini(&b);
	return rc;
}

static enum err_code explain(
	struct asking *q, struct match_input *in, const char *id, struct err *e)
{
	struct match_result m;
	enum err_code rc;

	in->no_region = call_has(q->call, "no-region");
	in->local |= call_has(q->call, "local");
	rc = match_text(q->rules, in, q->arena, &m, e);
	if (rc)
		return rc;
	if (q->call->json)
		return print_match_json(id, &m, e);
	return why_live_print(stdout, q->rules, in, &m, call_flag(q->call, "rules"), e);
}

static enum err_code explain_rows(struct asking *q, struct str rest, struct err *e)
{
	enum err_code rc = ERR_OK;

	while (!rc && rest.n > 0) {
		struct str line = str_trim(str_split(&rest, '\n'));
		struct match_row row;
		if (line.n == 0)
			continue;
		arena_reset(q->arena);
		rc = match_row_read(line.p, line.n, q->arena, &row, e);
		if (rc)
			break;
		if (row.id && !q->call->json)
			output_line(stdout, "%s", row.id);
		rc = explain(q, &row.input, row.id, e);
		match_row_fini(&row);
	}
	return rc;
}

static enum err_code explain_plain(struct asking *q, struct str text, struct err *e)
{
	struct match_input in = {.title = call_flag(q->call, "title"),
		.text = arena_strndup(q->arena, text.p ? text.p : "", text.n),
		.source = call_flag(q->call, "source")};

	if (!in.text)
		return err_nomem(e);
	in.text_size = text.n;
	in.title_size = in.title ? strlen(in.title) : 0;
	in.source_size = in.source ? strlen(in.source) : 0;
	return explain(q, &in, NULL, e);
}

/* --- items and alerts -------------------------------------------------------- */

static enum err_code print_then_json(
	struct asking *q, const char *id, const struct rejudged *r, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);
	struct buf now;
	enum err_code rc;

	buf_init(&now, BUF_MAX_DEFAULT);
	match_add_json(&now, NULL, &r->match);
	json_put_str(w, "id", id);
	json_put_str(w, "rules_hash", rules_hash(q->rules));
	json_put_str(w, "then_hash", r->then_hash);
	json_key(w, "now");
	json_add_raw(w, buf_str(&now));
	json_key(w, "then");
	json_add_raw(w, r->then);
	rc = json_out_end(&out, buf_check(&now, _("result"), e), e);
	buf_fini(&now);
	return rc;
}

static enum err_code tell_then(struct asking *q, const struct rejudged *r, struct err *e)
{
	struct rules_then then = {r->then_hash, NULL, r->code};
	struct json *topics = NULL;
	enum err_code rc = json_read(r->then, strlen(r->then), &topics, e);

	then.topics = topics;
	if (!rc)
		rc = rules_then_print(stdout, &then, q->rules, &r->match, e);
	json_free(topics);
	return rc;
}

/* What an item or an alert brings along itself cannot be given as well. */
static enum err_code refuse_own(const struct asking *q, struct err *e)
{
	static const char *const names[] = {"title", "source", "local", "no-region"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (call_has(q->call, names[i]))
			return err_set(e, ERR_USAGE,
				_("--%s is for a text that you give; %s has its own"), names[i],
				q->call->argv[0]);
	return ERR_OK;
}

static enum err_code explain_id(struct asking *q, const struct ids *id, struct err *e)
{
	struct office *o = NULL;
	struct rejudged r;
	enum err_code rc = refuse_own(q, e);

	if (!rc)
		rc = session_open(q->call, true, &o, e);
	if (!rc && id->type == IDS_ITEM)
		rc = rejudge_item(o, q->rules, id->number, q->arena, &r, e);
	else if (!rc)
		rc = rejudge_alert(o, q->rules, id->number, q->arena, &r, e);
	if (!rc && q->call->json)
		rc = print_then_json(q, q->call->argv[0], &r, e);
	else if (!rc)
		rc = why_live_print(
			stdout, q->rules, &r.input, &r.match, call_flag(q->call, "rules"), e);
	if (!rc && !q->call->json)
		rc = tell_then(q, &r, e);
	office_close(o);
	return rc;
}

/* --- the verb ---------------------------------------------------------------- */

static bool is_id(const char *word, struct ids *id)
{
	return word && ids_parse(word, id) && (id->type == IDS_ITEM || id->type == IDS_ALERT);
}

static enum err_code ask(struct asking *q, struct err *e)
{
	const char *word = q->call->argc ? q->call->argv[0] : call_flag(q->call, "text");
	struct str text = str_of(word ? word : "");
	struct ids id;
	struct buf input;
	enum err_code rc = ERR_OK;

	if (q->call->argc && is_id(word, &id))
		return explain_id(q, &id, e);
	buf_init(&input, INPUT_MAX);
	if (q->call->argc && str_is(text, "-")) {
		rc = path_read("-", &input, e);
		text = str_trim((struct str){buf_str(&input), input.len});
	}
	if (!rc)
		rc = q->call->argc && str_has_prefix(text, "{") ? explain_rows(q, text, e)
								: explain_plain(q, text, e);
	buf_fini(&input);
	return rc;
}

static enum err_code run_why(struct call *call, struct err *e)
{
	struct asking q = {.call = call};
	struct buf report;
	enum err_code rc;

	if (!call->argc && !call_has(call, "title") && !call_has(call, "text"))
		return err_set(e, ERR_USAGE,
			_("what text? Give it, or --title, --text, I12, A12, or - for standard "
			  "input"));
	if (call->argc && call_has(call, "text"))
		return err_set(e, ERR_USAGE, _("the text is given twice"));
	buf_init(&report, BUF_MAX_DEFAULT);
	rc = match_row_load_rules(call, call_flag(call, "rules"), &q.rules, &report, e);
	if (!rc && !(q.arena = arena_new(ARENA_SIZE)))
		rc = err_nomem(e);
	if (!rc)
		rc = ask(&q, e);
	arena_free(q.arena);
	rules_free(q.rules);
	buf_fini(&report);
	return rc ? rc : output_flush(stdout, e);
}

static const struct command_flag flags[] = {
	{"rules", "FILE", N_("use this rule file alone")},
	{"title", "TITLE", N_("the item's title")},
	{"text", "TEXT", N_("its text, in place of the argument")},
	{"source", "NAME", N_("the name of its source")},
	{"local", NULL, N_("its source is marked local")},
	{"no-region", NULL, N_("take every region test as met")},
	{NULL, NULL, NULL},
};

const struct command command_rules_why = {
	.verb = "rules why",
	.args = N_("[--rules FILE] [--title T] [--text T] [--source NAME] [--local] [--no-region] "
		   "[TEXT|-|I12|A12]"),
	.summary = N_("say in plain words what the rules make of a text"),
	.help = N_(
		"Reads the decision back line by line: why the region holds or not, which rule "
		"lines hit, what they ask for, with which words («marked») and the running score "
		"until the threshold, what was subtracted, why this grade, which line keeps a "
		"topic from alerting, and what stayed undecided. \"-\" reads standard input; a "
		"text that begins with { is taken as JSON rows, as `huiying match` reads them. "
		"I12 (an item) and A12 (an alert) are judged by today's rules, and what is other "
		"than when they came is told; `huiying show A12 --why` tells why the alert was "
		"raised then."),
	.flags = flags,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run_why,
};
