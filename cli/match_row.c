/*
 * match_row.c - rows for the matcher, and its rules.
 */
#include "cli/match_row.h"

#include <string.h>

#include "base/i18n.h"
#include "cli/output.h"

/* A member that must be a string when it is there. */
static enum err_code take_str(const struct json *row, enum match_row_key key,
	struct match_row_members *out, struct err *e)
{
	const struct json *j = json_get(row, match_row_keys[key]);

	out->str[key] = json_str(j);
	if (j && !out->str[key] && json_type_of(j) != JSON_IS_NULL)
		return err_set(e, ERR_INPUT, _("“%s” is no text"), match_row_keys[key]);
	return ERR_OK;
}

/* Ids of other tools may be numbers. An answer without its id would be of no use. */
static enum err_code take_id(
	const struct json *row, struct arena *a, struct match_row_members *out, struct err *e)
{
	const struct json *j = json_get(row, match_row_keys[MATCH_ROW_ID]);
	int64_t number;

	out->str[MATCH_ROW_ID] = json_str(j);
	if (!j || json_str(j) || json_type_of(j) == JSON_IS_NULL)
		return ERR_OK;
	if (!json_int(j, &number))
		return err_set(e, ERR_INPUT, _("“%s” is neither a text nor a whole number"),
			match_row_keys[MATCH_ROW_ID]);
	out->str[MATCH_ROW_ID] = arena_printf(a, "%lld", (long long)number);
	return ERR_OK;
}

static enum err_code take_members(
	const struct json *row, struct arena *a, struct match_row_members *out, struct err *e)
{
	enum err_code rc = take_str(row, MATCH_ROW_TITLE, out, e);

	if (!rc)
		rc = take_str(row, MATCH_ROW_TEXT, out, e);
	if (!rc && !out->str[MATCH_ROW_TEXT])
		rc = take_str(row, MATCH_ROW_CONTENT, out, e);
	if (!rc && !out->str[MATCH_ROW_TEXT])
		rc = take_str(row, MATCH_ROW_SUMMARY, out, e);
	if (!rc)
		rc = take_str(row, MATCH_ROW_SOURCE, out, e);
	if (!rc)
		rc = take_id(row, a, out, e);
	out->local = json_is_true(json_get(row, match_row_keys[MATCH_ROW_LOCAL]));
	out->str[MATCH_ROW_KIND] = json_str(json_get(row, match_row_keys[MATCH_ROW_KIND]));
	return rc;
}

enum err_code match_row_read_tree(const char *s, size_t n, struct arena *a,
	struct match_row_members *out, struct json **root, struct err *e)
{
	bool repaired;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = json_read_foreign(s, n, root, &repaired, e);
	if (!rc && json_type_of(*root) != JSON_IS_OBJECT)
		rc = err_set(e, ERR_INPUT, _("no JSON object"));
	return rc ? rc : take_members(*root, a, out, e);
}

/* An item's text is its content and what of the summary is not in it. */
static const char *text_of(const struct match_row_members *m, struct arena *a)
{
	const char *content = m->str[MATCH_ROW_CONTENT], *summary = m->str[MATCH_ROW_SUMMARY];

	if (m->str[MATCH_ROW_TEXT])
		return m->str[MATCH_ROW_TEXT];
	if (content && summary && !strstr(content, summary))
		return arena_printf(a, "%s\n%s", content, summary);
	return content ? content : summary;
}

static void take_input(const struct match_row_members *m, struct arena *a, struct match_row *out)
{
	struct match_input *in = &out->input;

	in->title = m->str[MATCH_ROW_TITLE];
	in->text = text_of(m, a);
	in->source = m->str[MATCH_ROW_SOURCE];
	in->title_size = in->title ? strlen(in->title) : 0;
	in->text_size = in->text ? strlen(in->text) : 0;
	in->source_size = in->source ? strlen(in->source) : 0;
	in->local = m->local;
	out->id = m->str[MATCH_ROW_ID];
	out->is_feed = m->str[MATCH_ROW_KIND] && strcmp(m->str[MATCH_ROW_KIND], "feed") == 0;
}

enum err_code match_row_read(
	const char *s, size_t n, struct arena *a, struct match_row *out, struct err *e)
{
	struct match_row_members m;
	enum err_code rc = ERR_OK;

	memset(out, 0, sizeof *out);
	if (!match_row_read_usual(s, n, a, &m))
		rc = match_row_read_tree(s, n, a, &m, &out->root, e);
	if (!rc)
		take_input(&m, a, out);
	if (!rc && arena_failed(a))
		rc = err_nomem(e);
	if (rc)
		match_row_fini(out);
	return rc;
}

void match_row_fini(struct match_row *r)
{
	json_free(r->root);
	r->root = NULL;
}

enum err_code match_row_load_rules(
	struct call *call, const char *file, struct rules **out, struct buf *report, struct err *e)
{
	enum err_code rc = rules_load(&call->home, file, out, report, e);

	/* Errors are told even when quiet; notices alone are not. */
	if (rc || !call->quiet)
		output_lines(stderr, report);
	if (rc == ERR_NOT_FOUND || rc == ERR_IO || rc == ERR_LIMIT) {
		e->code = ERR_CONFIG;
		return ERR_CONFIG;
	}
	if (rc == ERR_CONFIG && report->len > 0)
		return err_set(e, ERR_CONFIG, _("the rules are not loaded"));
	return rc;
}
