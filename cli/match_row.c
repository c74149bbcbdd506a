/*
 * match_row.c - rows for the matcher, and its rules.
 */
#include "cli/match_row.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "cli/output.h"

/* A member that must be a string when it is there. */
static enum err_code take_str(
	const struct json *row, const char *key, const char **out, struct err *e)
{
	const struct json *j = json_get(row, key);

	*out = json_str(j);
	if (j && !*out && json_type_of(j) != JSON_IS_NULL)
		return err_set(e, ERR_INPUT, _("“%s” is no text"), key);
	return ERR_OK;
}

/* Ids of other tools may be numbers. */
static const char *take_id(const struct json *row, struct arena *a)
{
	const struct json *j = json_get(row, "id");
	int64_t number;

	if (json_str(j))
		return json_str(j);
	return json_int(j, &number) ? arena_printf(a, "%lld", (long long)number) : NULL;
}

static enum err_code take_text(
	const struct json *row, struct arena *a, const char **out, struct err *e)
{
	const char *summary = NULL, *content = NULL;
	enum err_code rc = take_str(row, "text", out, e);

	if (!rc && !*out)
		rc = take_str(row, "content", &content, e);
	if (!rc && !*out)
		rc = take_str(row, "summary", &summary, e);
	if (rc || *out)
		return rc;
	if (content && summary && !strstr(content, summary))
		*out = arena_printf(a, "%s\n%s", content, summary);
	else
		*out = content ? content : summary;
	return arena_failed(a) ? err_nomem(e) : ERR_OK;
}

enum err_code match_row_read(
	const char *s, size_t n, struct arena *a, struct match_row *out, struct err *e)
{
	struct match_input *in = &out->input;
	bool repaired;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = json_read_foreign(s, n, &out->root, &repaired, e);
	if (!rc && json_type_of(out->root) != JSON_IS_OBJECT)
		rc = err_set(e, ERR_INPUT, _("no JSON object"));
	if (!rc)
		rc = take_str(out->root, "title", &in->title, e);
	if (!rc)
		rc = take_text(out->root, a, &in->text, e);
	if (!rc)
		rc = take_str(out->root, "source", &in->source, e);
	if (rc) {
		match_row_fini(out);
		return rc;
	}
	in->title_size = in->title ? strlen(in->title) : 0;
	in->text_size = in->text ? strlen(in->text) : 0;
	in->source_size = in->source ? strlen(in->source) : 0;
	in->local = json_is_true(json_get(out->root, "local"));
	out->id = take_id(out->root, a);
	return ERR_OK;
}

void match_row_fini(struct match_row *r)
{
	json_free(r->root);
	r->root = NULL;
}

/* Errors are told even when quiet; notices alone are not. */
static void print_report(const struct buf *report, bool quiet)
{
	struct str rest = {buf_str(report), report->len};

	while (rest.n > 0) {
		struct str line = str_split(&rest, '\n');
		if (line.n && !quiet)
			output_printf(stderr, "%.*s\n", (int)line.n, line.p);
	}
}

enum err_code match_row_load_rules(
	struct call *call, const char *file, struct rules **out, struct buf *report, struct err *e)
{
	enum err_code rc = rules_load(&call->home, file, out, report, e);

	print_report(report, call->quiet && rc == ERR_OK);
	if (rc == ERR_NOT_FOUND || rc == ERR_IO || rc == ERR_LIMIT) {
		e->code = ERR_CONFIG;
		return ERR_CONFIG;
	}
	if (rc == ERR_CONFIG && report->len > 0)
		return err_set(e, ERR_CONFIG, _("the rules are not loaded"));
	return rc;
}
