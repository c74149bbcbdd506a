/*
 * verb_robots.c - `huiying robots`: may an agent fetch a URL under a robots.txt?
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/output.h"
#include "crawler/fetch.h"
#include "crawler/robots.h"

#define LINE_MAX_BYTES ((size_t)8 << 20)

/* False at the end of input; a line over the limit leaves its fault in the buffer. */
static bool read_line(FILE *in, struct buf *line)
{
	int c = getc_unlocked(in);

	buf_clear(line);
	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getc_unlocked(in))
		buf_add_char(line, (char)c);
	return true;
}

static enum err_code judge_line(
	const struct buf *line, const char *agent, bool *allowed, struct err *e)
{
	struct json *root = NULL;
	const char *text, *url, *row_agent;
	bool repaired;
	enum err_code rc = buf_check(line, _("a line"), e);

	if (!rc)
		rc = json_read_foreign(buf_str(line), line->len, &root, &repaired, e);
	if (rc)
		return rc;
	text = json_get_str(root, "robots");
	url = json_get_str(root, "url");
	row_agent = json_get_str(root, "agent");
	if (!text || !url)
		rc = err_set(e, ERR_INPUT, _("wanted is an object with “robots” and “url”"));
	else
		*allowed =
			robots_is_allowed(text, strlen(text), row_agent ? row_agent : agent, url);
	json_free(root);
	return rc;
}

static bool is_blank(const struct buf *line)
{
	return !line->fault && str_trim((struct str){buf_str(line), line->len}).n == 0;
}

static void print_verdict(bool allowed, const char *error, struct buf *out)
{
	struct json_writer w;

	buf_clear(out);
	json_writer_init(&w, out);
	json_begin_object(&w);
	if (error)
		json_put_str(&w, "error", error);
	else
		json_put_bool(&w, "allowed", allowed);
	json_end_object(&w);
	puts(buf_str(out));
}

static enum err_code run_robots(struct call *call, struct err *e)
{
	const char *agent = call_flag(call, "agent");
	struct err why = {ERR_OK, ""};
	struct buf line, out;
	size_t number = 0, bad = 0;

	buf_init(&line, LINE_MAX_BYTES);
	buf_init(&out, 8192);
	while (read_line(stdin, &line)) {
		bool allowed = false;
		enum err_code rc;
		number++;
		if (is_blank(&line))
			continue;
		rc = judge_line(&line, agent ? agent : FETCH_AGENT, &allowed, &why);
		print_verdict(allowed, rc ? why.text : NULL, &out);
		if (rc && bad++ == 0)
			(void)err_set(e, ERR_INPUT, _("line %zu: %s"), number, why.text);
	}
	buf_fini(&line);
	buf_fini(&out);
	if (ferror(stdin))
		return err_set(e, ERR_IO, _("cannot read standard input"));
	return bad ? ERR_INPUT : output_flush(stdout, e);
}

static const struct command_flag flags[] = {
	{"agent", N_("NAME"), N_("the product token that robots.txt may name (default: huiying)")},
	{NULL, NULL, NULL},
};

const struct command command_robots = {
	.verb = "robots",
	.args = N_("[--agent NAME]"),
	.summary = N_("judge URLs by robots.txt rules (RFC 9309)"),
	.help = N_(
		"Reads a JSON object a line from standard input, "
		"{\"robots\":TEXT,\"agent\":NAME,\"url\":URL}, and writes {\"allowed\":true} or "
		"{\"allowed\":false} for each. The agent of the line, when there is one, wins "
		"over --agent. A line that cannot be judged yields {\"error\":…}, the others are "
		"judged all the same, and the exit status is 3."),
	.flags = flags,
	.min_args = 0,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_robots,
};
