/*
 * register.c - entering a matter by hand.
 */
#include "office/register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "base/url_article.h"
#include "ledger/alerts.h"
#include "office/act.h"
#include "office/copies.h"
#include "office/typed.h"

#define REGISTER_SOURCE "manual"
#define REGISTER_NAME "人工登记"
#define KEY_MAX ((size_t)1 << 20)

struct matter {
	const struct office_registration *in;
	const struct rules *rules;
	const struct deadlines *deadlines;
	const char *text; /* what the rules look at */
	char *url; /* canonical, or NULL */
	struct buf key; /* by which stories know it */
	struct match_result match;
	int64_t story, first;
};

static void judge(struct act *a, struct matter *m)
{
	const struct office_registration *in = m->in;
	struct match_input mi = {0};

	if (!a->rc)
		a->rc = office_rules(a->office, &m->rules, a->err);
	if (!a->rc)
		a->rc = office_deadlines(a->office, &m->deadlines, a->err);
	if (a->rc)
		return;
	m->text = arena_printf(a->arena, "%s%s%s", in->place ? in->place : "",
		in->place ? "。" : "", in->text ? in->text : "");
	if (!m->text) {
		a->rc = err_nomem(a->err);
		return;
	}
	mi.title = in->title;
	mi.title_size = strlen(in->title);
	mi.text = m->text;
	mi.text_size = strlen(m->text);
	mi.source = REGISTER_NAME;
	mi.source_size = strlen(REGISTER_NAME);
	mi.local = true; /* it was told to this office */
	mi.no_region = true;
	a->rc = match_text(m->rules, &mi, a->arena, &m->match, a->err);
}

static void set_review(struct act *a, struct alert_snapshot *s, const struct matter *m)
{
	const struct deadline *d = deadlines_find(m->deadlines, DEADLINE_TRIAGE, s->grade_name);
	struct buf b;

	if (!d) {
		act_fail(a, ERR_CONFIG, _("deadlines.conf has no triage limit for the grade %s"),
			s->grade_name);
		return;
	}
	a->rc = calendar_due(a->now, &d->limit, a->office->settings.zone, &s->review_due, a->err);
	buf_init(&b, 256);
	buf_addf(&b, "%s ", d->rule);
	deadline_add_limit(&b, &d->limit);
	s->review_rule = arena_strdup(a->arena, buf_str(&b));
	buf_fini(&b);
	if (!a->rc && !s->review_rule)
		a->rc = err_nomem(a->err);
}

/* One alert; score, grade and reasons from the rules when they hit. */
static void raise_one(struct act *a, struct matter *m, const struct rules_topic *topic,
	const struct match_topic *hit)
{
	struct event_draft by = {.at = a->now, .for_whom = a->office->for_whom};
	enum match_grade grade = hit ? hit->grade : GRADE_GENERAL;
	struct alert_snapshot s = {0};
	struct buf actor, why;

	if (a->rc)
		return;
	buf_init(&actor, 4096);
	buf_init(&why, EVENTS_PAYLOAD_MAX / 2);
	if (m->in->grade)
		match_grade_from_name(m->in->grade, &grade);
	if (hit)
		match_add_why_json(&why, hit);
	s.story = m->story;
	s.title = m->in->title;
	s.link = m->url;
	s.excerpt = m->text;
	s.source = REGISTER_SOURCE;
	s.source_name = REGISTER_NAME;
	s.published = m->in->published_at;
	s.fetched = TIME_NONE;
	s.topic = topic->name;
	s.code = topic->code;
	s.lead = topic->lead;
	s.score = hit ? hit->score : 0;
	s.grade = (int)grade;
	s.grade_name = match_grade_name(grade);
	s.why = hit ? buf_str(&why) : "[]";
	s.rules_hash = rules_hash(m->rules);
	set_review(a, &s, m);
	if (!a->rc)
		a->rc = people_add_actor(&actor, &a->office->person, (unsigned)a->role, a->err);
	by.actor = buf_str(&actor);
	if (!a->rc)
		a->rc = alerts_raise(a->db, &by, &s, a->err);
	m->story = s.story;
	if (!m->first)
		m->first = s.alert;
	buf_fini(&actor);
	buf_fini(&why);
}

static void raise_all(struct act *a, struct matter *m)
{
	struct rules_topic topic = {REGISTER_NAME, "manual", NULL, false, 1};

	if (a->rc)
		return;
	if (m->in->topic) {
		if (!rules_topic_find(m->rules, m->in->topic, &topic))
			act_fail(a, ERR_NOT_FOUND, _("no topic “%s” in keywords.conf"),
				m->in->topic);
		raise_one(a, m, &topic, NULL);
		return;
	}
	for (size_t i = 0; i < m->match.topic_count; i++)
		raise_one(a, m, &m->match.topics[i].topic, &m->match.topics[i]);
	if (!m->match.topic_count)
		raise_one(a, m, &topic, NULL);
}

/* The same page must not stand in the queue twice. A dismissed row is no hindrance: who
 * enters the page again thinks that it matters after all. */
static void refuse_known(struct act *a, struct matter *m)
{
	int64_t story = 0;
	enum err_code rc;

	if (a->rc || !m->url)
		return;
	a->rc = url_add_article_key(&m->key, m->url, a->err);
	if (a->rc)
		return;
	rc = db_get_int(a->db, ST_STORY_BY_LINK,
		DB_ARGS(DB_TEXT(buf_str(&m->key)), DB_TEXT(m->url)), &story, a->err);
	if (rc == ERR_OK)
		act_fail(a, ERR_REFUSED, _("this page is known already: S%lld"), (long long)story);
	else if (rc != ERR_NOT_FOUND)
		a->rc = rc;
}

/* Later copies of its text belong to it. */
static void index_text(struct act *a, const struct matter *m)
{
	int64_t at = m->in->published_at;

	if (!a->rc)
		a->rc = copies_take_registered(a->office, m->story, m->in->title, m->text,
			at == TIME_NONE ? a->now : at, a->err);
}

static void check_words(struct act *a, const struct office_registration *in)
{
	if (!a->rc && typed_is_blank(in->title))
		act_fail(a, ERR_USAGE, _("registering needs --title"));
	if (!a->rc)
		a->rc = typed_check("--title", in->title, TYPED_TITLE_MAX, a->err);
	if (!a->rc)
		a->rc = typed_check("--place", in->place, TYPED_WORD_MAX, a->err);
	if (!a->rc)
		a->rc = typed_check("--told-by", in->told_by, TYPED_WORD_MAX, a->err);
}

static void check(struct act *a, struct matter *m)
{
	enum match_grade ignored;

	check_words(a, m->in);
	if (!a->rc && m->in->published_at != TIME_NONE && m->in->published_at > a->now)
		act_fail(a, ERR_USAGE, _("a publication time in the future: %s"),
			act_when(a, m->in->published_at));
	if (!a->rc && m->in->grade && !match_grade_from_name(m->in->grade, &ignored))
		act_fail(a, ERR_USAGE, _("the grade is one of 一般, 较大, 重大, 特别重大"));
	if (!a->rc && m->in->url)
		a->rc = typed_url(m->in->url, &m->url, a->err);
	refuse_known(a, m);
}

enum err_code office_register(struct office *o, const struct office_registration *in,
	int64_t *story, int64_t *first_alert, struct err *e)
{
	struct matter m = {.in = in};
	char subject[IDS_SIZE];
	struct act a;

	buf_init(&m.key, KEY_MAX);
	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("register a matter"), e);
	check(&a, &m);
	judge(&a, &m);
	raise_all(&a, &m);
	index_text(&a, &m);
	*story = m.story;
	*first_alert = m.first;
	snprintf(subject, sizeof subject, "S%lld", (long long)m.story);
	act_event(&a);
	act_int(&a, "discovered_at", a.now);
	act_text(&a, "told_by_text", in->told_by);
	act_append(&a, "story.registered/1", subject);
	free(m.url);
	buf_fini(&m.key);
	return act_end(&a);
}
