/*
 * raise_told.c - raising an alert for a topic, or making the one that is there graver.
 */
#include "office/raise_told.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/items.h"
#include "office/raise.h"

#define EXCERPT_MAX ((size_t)64 << 10) /* bytes of text that an alert keeps */

static enum err_code fill(struct office *o, const struct raise_told *m,
	const struct rules_topic *topic, const struct match_topic *hit, enum match_grade grade,
	struct arena *a, struct alert_snapshot *s, struct err *e)
{
	const struct rules *rules;
	const char *text = m->text ? m->text : "";
	size_t n = strlen(text);
	struct buf why;
	enum err_code rc = office_rules(o, &rules, e);

	if (rc)
		return rc;
	buf_init(&why, EVENTS_PAYLOAD_MAX / 2);
	if (hit)
		match_add_why_json(&why, hit);
	rc = buf_check(&why, _("the reasons of an alert"), e);
	s->item = m->item;
	s->title = m->title;
	s->link = m->link;
	s->excerpt = arena_strndup(a, text, n <= EXCERPT_MAX ? n : utf8_floor(text, EXCERPT_MAX));
	s->source = m->source;
	s->source_name = m->source_name;
	s->published = m->published;
	s->fetched = m->fetched;
	s->topic = topic->name;
	s->code = topic->code;
	s->lead = topic->lead;
	s->score = hit ? hit->score : 0;
	s->threshold = hit ? topic->threshold : 0;
	s->grade = (int)grade;
	s->grade_name = match_grade_name(grade);
	s->why = hit ? arena_strdup(a, buf_str(&why)) : "[]";
	s->rules_hash = rules_hash(rules);
	buf_fini(&why);
	return rc || (s->excerpt && s->why) ? rc : err_nomem(e);
}

/* When the alert was first raised: a limit that gets tighter counts from then. */
static enum err_code first_raised(
	struct office *o, int64_t alert, struct arena *a, int64_t *out, struct err *e)
{
	struct alert there;
	enum err_code rc = alerts_get(o->db, alert, a, &there, e);

	if (!rc)
		*out = there.raised_at;
	return rc;
}

enum err_code raise_told_alert(struct office *o, const struct event_draft *by,
	const struct raise_told *m, const struct rules_topic *topic, const struct match_topic *hit,
	enum match_grade grade, struct arena *a, int64_t *story, int64_t *alert, struct err *e)
{
	struct alert_snapshot s = {.story = *story};
	int64_t start = by->at;
	int had = 0;
	enum err_code rc =
		*story ? alerts_find(o->db, *story, topic->code, alert, &had, e) : ERR_NOT_FOUND;

	if (rc == ERR_OK && (int)grade <= had)
		return ERR_OK;
	if (rc == ERR_OK) {
		s.alert = *alert;
		rc = first_raised(o, *alert, a, &start, e);
	} else if (rc == ERR_NOT_FOUND) {
		rc = ERR_OK;
	}
	if (!rc)
		rc = fill(o, m, topic, hit, grade, a, &s, e);
	if (!rc)
		rc = raise_triage(o, a, start, s.grade_name, &s.review_due, &s.review_rule, e);
	if (!rc)
		rc = s.alert ? alerts_regrade(o->db, by, &s, e) : alerts_raise(o->db, by, &s, e);
	*story = s.story;
	*alert = s.alert;
	return rc;
}

enum err_code raise_told_find_item(struct office *o, const char *source, const char *identity,
	int64_t *item, int64_t *story, struct err *e)
{
	const struct item_record wanted = {.source = source, .identity = identity};
	struct item_known known;
	int64_t of = INT64_MIN;
	enum err_code rc = items_find(o->db, &wanted, &known, e);

	*item = *story = 0;
	if (rc)
		return rc == ERR_NOT_FOUND ? ERR_OK : rc;
	*item = known.id;
	rc = db_get_int(o->db, ST_ITEM_STORY, DB_ARGS(DB_INT(known.id)), &of, e);
	*story = of == INT64_MIN ? 0 : of;
	return rc;
}
