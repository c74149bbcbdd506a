/*
 * split.c - one item leaves a story.
 */
#include "office/split.h"

#include <string.h>

#include "base/i18n.h"
#include "ledger/alerts.h"
#include "ledger/events.h"
#include "ledger/items.h"
#include "ledger/projection.h"
#include "office/act.h"
#include "office/raise.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)
#define JUDGE_MEMORY ((size_t)512 << 20)

struct split {
	struct act act;
	struct item_record item;
	struct intake in; /* of the item */
	struct judged judged;
	struct story story;
	struct alert *alerts; /* of the story */
	size_t alert_count;
	struct item_record *items; /* of the story */
	size_t item_count;
	bool *moves; /* by alert */
	int64_t *restored_by; /* by alert: the item that it rests on now, or 0 */
	struct arena *scratch; /* of one judgement */
};

/* --- what is there --- */

static void read_item(struct split *s, const char *typed)
{
	struct act *a = &s->act;
	struct ids id;

	if (a->rc)
		return;
	if (!ids_parse(typed, &id) || (id.type != IDS_ITEM && id.type != IDS_PLAIN)) {
		act_fail(a, ERR_USAGE, _("“%s” is no item: wanted is I12"), typed);
		return;
	}
	a->rc = items_get(a->db, id.number, a->arena, &s->item, a->err);
	if (!a->rc && !s->item.story)
		act_fail(a, ERR_REFUSED, _("I%lld belongs to no story"), (long long)s->item.id);
}

static void read_story(struct split *s)
{
	struct act *a = &s->act;

	if (!a->rc)
		a->rc = alerts_get_story(a->db, s->item.story, a->arena, &s->story, a->err);
	if (!a->rc)
		a->rc = alerts_of_story(
			a->db, s->item.story, a->arena, &s->alerts, &s->alert_count, a->err);
	if (!a->rc)
		a->rc = items_of_story(
			a->db, s->item.story, a->arena, &s->items, &s->item_count, a->err);
	if (!a->rc && *s->story.taken_by && strcmp(s->story.taken_by, a->key) != 0)
		act_fail(a, ERR_REFUSED, _("S%lld is taken by %s; ask them to release it"),
			(long long)s->story.id, s->story.taken_name);
}

/* The item that an alert was raised for first, whatever it was weighed for since. */
static int64_t raised_for(struct act *a, const struct alert *alert)
{
	struct json *payload = NULL;
	struct event ev;
	int64_t item = 0;

	if (!a->rc)
		a->rc = events_get(a->db, alert->raised_seq, a->arena, &ev, a->err);
	if (!a->rc)
		a->rc = json_read(ev.payload, strlen(ev.payload), &payload, a->err);
	if (!a->rc && !json_get_int(payload, "item", &item))
		act_fail(a, ERR_INTEGRITY, _("event %lld lacks “item”"), (long long)ev.seq);
	json_free(payload);
	return item;
}

static void refuse_lead(struct split *s)
{
	struct act *a = &s->act;

	for (size_t i = 0; !a->rc && i < s->alert_count; i++)
		if (s->alerts[i].id == s->story.first_alert &&
			raised_for(a, &s->alerts[i]) == s->item.id)
			act_fail(a, ERR_REFUSED,
				_("I%lld leads S%lld: take out the copies that do not belong to "
				  "it"),
				(long long)s->item.id, (long long)s->story.id);
}

/* --- what becomes of the alerts --- */

/* What is our own gives reason for no alert. */
static size_t topics_of(const struct judged *j)
{
	return j->own ? 0 : j->match.topic_count;
}

static const struct match_topic *topic_of(const struct judged *j, const char *code)
{
	for (size_t i = 0; i < topics_of(j); i++)
		if (strcmp(j->match.topics[i].topic.code, code) == 0)
			return &j->match.topics[i];
	return NULL;
}

static bool is_graver(const struct match_topic *t, int grade, int score)
{
	return (int)t->grade > grade || ((int)t->grade == grade && t->score > score);
}

/* The item that is left which gives the most reason for the alert; 0: none. */
static int64_t resting_on(struct split *s, const struct alert *alert)
{
	struct act *a = &s->act;
	int64_t best = 0;
	int grade = -1, score = 0;

	for (size_t i = 0; !a->rc && i < s->item_count; i++) {
		struct item_record r = s->items[i];
		struct judged j;
		if (r.id == s->item.id)
			continue;
		arena_reset(s->scratch);
		struct intake in;
		a->rc = intake_of_item(a->office, &r, s->scratch, &in, a->err);
		if (!a->rc)
			a->rc = raise_judge(&in, NULL, &r, &j, a->err);
		const struct match_topic *t = a->rc ? NULL : topic_of(&j, alert->code);
		if (t && is_graver(t, grade, score)) {
			best = r.id;
			grade = (int)t->grade;
			score = t->score;
		}
	}
	return best;
}

static void share_alerts(struct split *s)
{
	struct act *a = &s->act;

	if (a->rc)
		return;
	s->moves = arena_array(a->arena, s->alert_count + 1, sizeof *s->moves);
	s->restored_by = arena_array(a->arena, s->alert_count + 1, sizeof *s->restored_by);
	if (!s->moves || !s->restored_by)
		a->rc = err_nomem(a->err);
	for (size_t i = 0; !a->rc && i < s->alert_count; i++) {
		if (s->alerts[i].item != s->item.id)
			continue;
		s->restored_by[i] = resting_on(s, &s->alerts[i]);
		/* The first one holds the row together. */
		s->moves[i] = !s->restored_by[i] && s->alerts[i].id != s->story.first_alert;
	}
}

static bool follows(const struct split *s, const char *code)
{
	for (size_t i = 0; i < s->alert_count; i++)
		if (s->moves[i] && strcmp(s->alerts[i].code, code) == 0)
			return true;
	return false;
}

/* --- the events --- */

static void list_moved(struct split *s, struct buf *b, int64_t *count, const struct alert **gravest)
{
	*count = 0;
	*gravest = NULL;
	buf_add_char(b, '[');
	for (size_t i = 0; i < s->alert_count; i++) {
		if (!s->moves[i])
			continue;
		buf_addf(b, "%s%lld", *count ? "," : "", (long long)s->alerts[i].id);
		if (!*gravest || s->alerts[i].grade > (*gravest)->grade)
			*gravest = &s->alerts[i];
		++*count;
	}
	buf_add_char(b, ']');
}

static void append_split(struct split *s, const char *reason, struct split_result *out)
{
	struct act *a = &s->act;
	const struct alert *gravest;
	const char *rule;
	char subject[IDS_SIZE];
	int64_t due = a->now, moved;
	struct buf list;

	if (a->rc)
		return;
	buf_init(&list, EVENTS_PAYLOAD_MAX / 2);
	list_moved(s, &list, &moved, &gravest);
	a->rc = buf_check(&list, _("the alerts of a story"), a->err);
	if (!a->rc && (moved || topics_of(&s->judged)))
		a->rc = projection_id_next(a->db, "S", 0, &out->to, a->err);
	if (!a->rc && gravest)
		a->rc = raise_triage(s->in.office, s->in.arena, a->now, gravest->grade_name, &due,
			&rule, a->err);
	ids_format(IDS_STORY, 0, s->story.id, subject);
	act_event(a);
	act_int(a, "item", s->item.id);
	act_int(a, "to_story", out->to);
	act_str(a, "moved", buf_str(&list));
	act_int(a, "review_due", due);
	act_text(a, "reason_text", reason);
	act_append(a, "story.split/1", subject);
	out->alerts = moved;
	buf_fini(&list);
}

/* An alert that stays is weighed by what is left. */
static void restore(struct split *s, const struct alert *alert, int64_t item)
{
	struct act *a = &s->act;
	int64_t story = s->story.id;
	struct item_record r;
	struct judged j;
	struct intake in;

	if (!a->rc)
		a->rc = items_get(a->db, item, a->arena, &r, a->err);
	if (!a->rc)
		a->rc = intake_of_item(a->office, &r, a->arena, &in, a->err);
	if (!a->rc)
		a->rc = raise_judge(&in, NULL, &r, &j, a->err);
	if (!a->rc)
		a->rc = raise_alert(&in, &r, &j, topic_of(&j, alert->code), RAISE_RESTORED,
			alert->id, &story, a->err);
}

/* What was told by hand, for example: no item gives its reason. */
static void restore_first(struct split *s, const struct alert *alert)
{
	struct event_draft by = {s->act.now, PEOPLE_SYSTEM_ACTOR, "", NULL, NULL, NULL};

	s->act.rc = alerts_restore_first(s->act.db, &by, alert, s->act.err);
}

static void raise_own(struct split *s, struct split_result *out)
{
	struct act *a = &s->act;

	for (size_t i = 0; !a->rc && i < topics_of(&s->judged); i++) {
		const struct match_topic *t = &s->judged.match.topics[i];
		if (follows(s, t->topic.code))
			continue;
		a->rc = raise_alert(
			&s->in, &s->item, &s->judged, t, RAISE_NEW, 0, &out->to, a->err);
		out->alerts++;
	}
}

static void write_all(struct split *s, const char *reason, struct split_result *out)
{
	struct act *a = &s->act;

	append_split(s, reason, out);
	for (size_t i = 0; !a->rc && i < s->alert_count; i++)
		if (s->restored_by[i])
			restore(s, &s->alerts[i], s->restored_by[i]);
		else if (s->alerts[i].item == s->item.id && !s->moves[i])
			restore_first(s, &s->alerts[i]);
	raise_own(s, out);
	if (!a->rc)
		a->rc = out->to ? items_set_story(a->db, s->item.id, out->to, a->err)
				: db_run(a->db, ST_ITEM_LEAVE_STORY, DB_ARGS(DB_INT(s->item.id)),
					  a->err);
}

enum err_code office_split(struct office *o, const char *typed, const char *reason,
	struct split_result *out, struct err *e)
{
	struct split s = {.scratch = arena_new(JUDGE_MEMORY)};
	struct act *a = &s.act;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	act_begin(a, o, STAFF, _("split a story"), e);
	if (!a->rc && !s.scratch)
		a->rc = err_nomem(e);
	if (!a->rc && !(reason && *reason))
		act_fail(a, ERR_USAGE, _("splitting needs --reason: why it is another matter"));
	read_item(&s, typed);
	read_story(&s);
	refuse_lead(&s);
	if (!a->rc) {
		out->item = s.item.id;
		out->from = s.story.id;
		a->rc = intake_of_item(o, &s.item, a->arena, &s.in, e);
	}
	if (!a->rc)
		a->rc = raise_judge(&s.in, NULL, &s.item, &s.judged, e);
	share_alerts(&s);
	write_all(&s, reason, out);
	rc = act_end(a);
	arena_free(s.scratch);
	return rc;
}
