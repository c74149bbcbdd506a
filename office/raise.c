/*
 * raise.c - judging an item by the rules, and raising what it alerts on.
 */
#include "office/raise.h"

#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/articles.h"
#include "matcher/explain.h"
#include "office/draft.h"
#include "office/proposals.h"

#define EXCERPT_MAX ((size_t)64 << 10) /* bytes of text that an alert keeps */
#define GROUNDS_MAX (EVENTS_PAYLOAD_MAX / 4)
#define TITLE_FROM_TEXT 40 /* code points, for an item without a title */

static bool says_something(const char *s)
{
	return s && *s;
}

static const char *add_summary(struct arena *a, const char *content, const char *summary)
{
	if (!says_something(content))
		return summary ? summary : "";
	if (!says_something(summary) || strstr(content, summary))
		return content;
	return arena_printf(a, "%s\n%s", summary, content);
}

enum err_code raise_text(
	struct db *db, struct arena *a, struct item_record *r, const char **out, struct err *e)
{
	struct article_record page = {.content = ""};
	enum err_code rc = r->id ? articles_get(db, r->id, a, &page, e) : ERR_NOT_FOUND;

	if (rc && rc != ERR_NOT_FOUND)
		return rc;
	if (page.title && !says_something(r->title))
		r->title = page.title;
	*out = add_summary(a, *page.content ? page.content : r->content, r->summary);
	return *out ? ERR_OK : err_nomem(e);
}

/* --- matching --- */

void raise_input(const struct intake *in, const struct item_record *r, const char *text,
	struct match_input *out)
{
	memset(out, 0, sizeof *out);
	out->title = r->title ? r->title : "";
	out->title_size = strlen(out->title);
	out->text = text;
	out->text_size = strlen(text);
	out->source = in->source ? in->source->name : in->source_id;
	out->source_size = strlen(out->source);
	out->local = in->source && in->source->local;
}

enum err_code raise_judge(const struct intake *in, struct match_work *work, struct item_record *r,
	struct judged *out, struct err *e)
{
	const struct rules *rules;
	struct match_input mi;
	struct buf b;
	enum err_code rc = office_rules(in->office, &rules, e);

	if (!rc)
		rc = raise_text(in->office->db, in->arena, r, &out->text, e);
	if (!rc)
		rc = proposals_is_own(in->office, in->source, &out->own, e);
	if (rc)
		return rc;
	raise_input(in, r, out->text, &mi);
	rc = work ? match_text_with(work, &mi, in->arena, &out->match, e)
		  : match_text(rules, &mi, in->arena, &out->match, e);
	if (rc)
		return rc;
	r->rules_hash = rules_hash(rules);
	r->topics = (int64_t)out->match.topic_count;
	r->verdict = "";
	if (!out->match.topic_count && !out->match.suppressed_count && !out->match.undecided_count)
		return ERR_OK;
	buf_init(&b, BUF_MAX_DEFAULT);
	match_add_json(&b, NULL, &out->match);
	rc = buf_check(&b, N_("a verdict"), e);
	r->verdict = arena_strdup(in->arena, buf_str(&b));
	buf_fini(&b);
	return rc || r->verdict ? rc : err_nomem(e);
}

/* --- alerts --- */

const char *raise_title(const struct intake *in, const struct item_record *r, const char *text)
{
	size_t n = strlen(text);

	if (r->title && r->title[0])
		return r->title;
	if (n > 0)
		return arena_strndup(in->arena, text, utf8_offset(text, n, TITLE_FROM_TEXT));
	return r->link ? r->link : r->identity;
}

enum err_code raise_triage(struct office *o, struct arena *a, int64_t start, const char *grade_name,
	int64_t *due, const char **rule, struct err *e)
{
	const struct deadlines *all;
	const struct deadline *d;
	struct buf b;
	enum err_code rc = office_deadlines(o, &all, e);

	if (rc)
		return rc;
	d = deadlines_find(all, DEADLINE_TRIAGE, grade_name);
	if (!d)
		return err_set(e, ERR_CONFIG,
			_("deadlines.conf has no triage limit for the grade %s"), grade_name);
	rc = calendar_due(start, &d->limit, o->settings.zone, due, e);
	buf_init(&b, 256);
	buf_addf(&b, "%s ", d->rule);
	deadline_add_limit(&b, &d->limit);
	*rule = arena_strdup(a, buf_str(&b));
	buf_fini(&b);
	return rc || *rule ? rc : err_nomem(e);
}

enum err_code raise_grounds(struct office *o, const struct match_input *in,
	const struct match_result *m, const struct match_topic *t, struct arena *a,
	const char **out, struct err *e)
{
	struct draft_tools *tools;
	struct explain_grounds *g = NULL;
	struct buf b;
	enum err_code rc = office_tools(o, &tools, e);

	*out = NULL;
	buf_init(&b, GROUNDS_MAX);
	if (!rc)
		rc = draft_tools_grounds(tools, in, m, &g, e);
	if (!rc)
		rc = explain_add_grounds(g, t, true, &b, e);
	*out = rc ? NULL : arena_strdup(a, buf_str(&b));
	buf_fini(&b);
	return rc || *out ? rc : err_nomem(e);
}

/* Those of an alert that an item raises. */
static enum err_code grounds_of(const struct intake *in, const struct item_record *r,
	const struct judged *j, const struct match_topic *t, const char **out, struct err *e)
{
	struct match_input mi;

	raise_input(in, r, j->text, &mi);
	return raise_grounds(in->office, &mi, &j->match, t, in->arena, out, e);
}

static void fill_snapshot(const struct intake *in, const struct item_record *r,
	const struct judged *j, const struct match_topic *t, struct alert_snapshot *s)
{
	size_t n = strlen(j->text);

	memset(s, 0, sizeof *s);
	s->item = r->id;
	s->title = raise_title(in, r, j->text);
	s->link = r->link;
	s->excerpt = arena_strndup(
		in->arena, j->text, n <= EXCERPT_MAX ? n : utf8_floor(j->text, EXCERPT_MAX));
	s->source = in->source_id;
	s->source_name = in->source ? in->source->name : in->source_id;
	s->published = r->published;
	s->fetched = r->fetched;
	s->topic = t->topic.name;
	s->code = t->topic.code;
	s->lead = t->topic.lead;
	s->score = t->score;
	s->threshold = t->topic.threshold;
	s->grade = (int)t->grade;
	s->grade_name = match_grade_name(t->grade);
	s->rules_hash = r->rules_hash;
	s->warc = in->warc;
	s->warc_offset = in->warc_offset;
}

/* When the alert was first raised: a limit that gets tighter counts from then. */
static enum err_code first_raised(
	const struct intake *in, int64_t alert, int64_t *out, struct err *e)
{
	struct alert a;
	enum err_code rc = alerts_get(in->office->db, alert, in->arena, &a, e);

	*out = rc ? 0 : a.raised_at;
	return rc;
}

/* How the snapshot becomes an event: a new alert, a graver one, or what is left of one. */
static enum err_code (*const writers[])(
	struct db *db, const struct event_draft *by, struct alert_snapshot *s, struct err *e) = {
	[RAISE_NEW] = alerts_raise,
	[RAISE_GRAVER] = alerts_regrade,
	[RAISE_RESTORED] = alerts_restore,
};

enum err_code raise_alert(const struct intake *in, const struct item_record *r,
	const struct judged *j, const struct match_topic *t, enum raise_kind kind, int64_t alert,
	int64_t *story, struct err *e)
{
	struct event_draft by = {office_now(in->office), PEOPLE_SYSTEM_ACTOR, "", NULL, NULL, NULL};
	struct alert_snapshot s;
	int64_t start = by.at;
	struct buf why;
	enum err_code rc;

	fill_snapshot(in, r, j, t, &s);
	s.alert = alert;
	s.story = *story;
	buf_init(&why, EVENTS_PAYLOAD_MAX / 2);
	match_add_why_json(&why, t);
	rc = buf_check(&why, N_("the reasons of an alert"), e);
	s.why = buf_str(&why);
	if (!rc)
		rc = grounds_of(in, r, j, t, &s.grounds, e);
	if (!rc && alert)
		rc = first_raised(in, alert, &start, e);
	if (!rc)
		rc = raise_triage(in->office, in->arena, start, s.grade_name, &s.review_due,
			&s.review_rule, e);
	if (!rc && !(s.title && s.excerpt))
		rc = err_nomem(e);
	if (!rc)
		rc = office_keep_rules(in->office, e);
	if (!rc)
		rc = writers[kind](in->office->db, &by, &s, e);
	buf_fini(&why);
	*story = s.story;
	return rc;
}
