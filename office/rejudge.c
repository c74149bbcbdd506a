/*
 * rejudge.c - an item or an alert before the rules once more.
 */
#include "office/rejudge.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "ledger/alerts.h"
#include "ledger/items.h"
#include "office/intake.h"
#include "office/raise.h"

/* --- items ------------------------------------------------------------------- */

/* The "topics" of a verdict, as text. */
static enum err_code topics_of(
	const char *verdict, struct arena *a, const char **out, struct err *e)
{
	struct json *j = NULL;
	struct buf b;
	enum err_code rc = ERR_OK;

	*out = "[]";
	if (!verdict || !verdict[0])
		return ERR_OK;
	buf_init(&b, BUF_MAX_DEFAULT);
	rc = json_read(verdict, strlen(verdict), &j, e);
	if (!rc && json_get(j, "topics")) {
		json_add_sorted(&b, json_get(j, "topics"));
		rc = buf_check(&b, _("a verdict"), e);
		*out = rc ? NULL : arena_strdup(a, buf_str(&b));
	}
	json_free(j);
	buf_fini(&b);
	return rc || *out ? rc : err_nomem(e);
}

enum err_code rejudge_item(struct office *o, const struct rules *rules, int64_t item,
	struct arena *a, struct rejudged *out, struct err *e)
{
	struct item_record r;
	struct intake in;
	const char *text = "";
	enum err_code rc = items_get(o->db, item, a, &r, e);

	memset(out, 0, sizeof *out);
	if (!rc)
		rc = intake_of_item(o, &r, a, &in, e);
	if (rc)
		return rc;
	out->then_hash = r.rules_hash ? r.rules_hash : "";
	rc = topics_of(r.verdict, a, &out->then, e);
	if (!rc)
		rc = raise_text(o->db, a, &r, &text, e);
	raise_input(&in, &r, text ? text : "", &out->input);
	return rc ? rc : match_text(rules, &out->input, a, &out->match, e);
}

/* --- alerts ------------------------------------------------------------------ */

static enum err_code then_of(
	const struct alert *alert, struct arena *a, const char **out, struct err *e)
{
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	buf_init(&b, BUF_MAX_DEFAULT);
	json_writer_init(&w, &b);
	json_begin_array(&w);
	json_begin_object(&w);
	json_put_str(&w, "topic", alert->topic);
	json_put_str(&w, "code", alert->code);
	json_put_int(&w, "score", alert->score);
	json_put_str(&w, "grade", alert->grade_name);
	json_key(&w, "why");
	json_add_raw(&w, alert->why[0] ? alert->why : "[]");
	json_end_object(&w);
	json_end_array(&w);
	rc = buf_check(&b, _("a verdict"), e);
	*out = rc ? NULL : arena_strdup(a, buf_str(&b));
	buf_fini(&b);
	return rc || *out ? rc : err_nomem(e);
}

/* Local is what was local then, or is today. */
static enum err_code is_local(
	struct office *o, const struct alert *alert, struct arena *a, bool *out, struct err *e)
{
	const struct sources *all = NULL;
	const struct source *s;
	const char *grounds = NULL;
	struct json *j = NULL;
	const char *by;
	enum err_code rc = office_sources(o, &all, e);

	if (!rc)
		rc = alerts_grounds(o->db, alert->id, a, &grounds, e);
	if (!rc && grounds)
		rc = json_read(grounds, strlen(grounds), &j, e);
	if (rc)
		return rc;
	by = json_get_str(json_get(j, "region"), "by");
	s = sources_find(all, alert->source);
	*out = (by && strcmp(by, "local") == 0) || (s && s->local);
	json_free(j);
	return ERR_OK;
}

enum err_code rejudge_alert(struct office *o, const struct rules *rules, int64_t alert,
	struct arena *a, struct rejudged *out, struct err *e)
{
	struct match_input *in = &out->input;
	struct alert r;
	enum err_code rc = alerts_get(o->db, alert, a, &r, e);

	memset(out, 0, sizeof *out);
	if (!rc && !r.title && !r.excerpt)
		rc = err_set(e, ERR_INPUT, _("A%lld: its text was erased by order of law"),
			(long long)alert);
	if (!rc)
		rc = is_local(o, &r, a, &in->local, e);
	if (!rc)
		rc = then_of(&r, a, &out->then, e);
	if (rc)
		return rc;
	in->title = r.title ? r.title : "";
	in->title_size = strlen(in->title);
	in->text = r.excerpt ? r.excerpt : "";
	in->text_size = strlen(in->text);
	in->source = r.source_name;
	in->source_size = strlen(in->source);
	out->then_hash = r.rules_hash;
	out->code = r.code;
	return match_text(rules, in, a, &out->match, e);
}
