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
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/items.h"
#include "ledger/stories.h"
#include "office/act.h"
#include "office/by_whom.h"
#include "office/evidence_add.h"
#include "office/intake.h"
#include "office/raise.h"
#include "office/raise_told.h"
#include "office/typed.h"

#define KEY_MAX ((size_t)1 << 20)
#define WORDS_MAX ((size_t)4 << 20)

struct matter {
	const struct office_registration *in;
	struct office_registered *out;
	struct item item; /* masked */
	char *url; /* canonical, or NULL */
	int64_t item_id;
	struct event_draft by;
	struct buf actor;
	struct buf key; /* of its address, by which stories know it */
};

/* --- posts --- */

/* The first characters of the names of nine people in ten. */
static const char surnames[] = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程"
			       "蔡彭潘袁于董余苏叶吕魏蒋田"
			       "杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白"
			       "龙段郝孔邵史毛常万顾赖武康"
			       "贺严尹钱施牛洪龚";
static const char *const post_words[] = {"办", "局", "室", "科", "处", "股", "台", "岗", "班", "站",
	"所", "队", "部", "厅", "院", "会", "委", "中心", "街道", "镇", "乡", "村", "社区", "热线",
	"电话", "信箱", "领导", "书记", "市长", "州长", "县长", "镇长", "局长", "主任", "处长",
	"科长", "秘书", "值班", "网格", "群众", "市民", "媒体", "记者", NULL};

static bool is_surname(uint32_t cp)
{
	size_t len;

	for (size_t i = 0; i < sizeof surnames - 1; i += len)
		if (utf8_decode(surnames + i, sizeof surnames - 1 - i, &len) == cp)
			return true;
	return false;
}

static bool is_name(const char *s)
{
	size_t n = strlen(s), count = utf8_count(s, n), len;

	for (size_t i = 0; post_words[i]; i++)
		if (strstr(s, post_words[i]))
			return false;
	return (count == 2 || count == 3) && is_surname(utf8_decode(s, n, &len));
}

enum err_code office_register_check_post(const char *told_by, struct err *e)
{
	struct mask_counts found = {{0}};
	struct buf ignored;

	if (!told_by || !*told_by)
		return ERR_OK;
	buf_init(&ignored, WORDS_MAX);
	mask_add(&ignored, told_by, strlen(told_by), NULL, &found);
	buf_fini(&ignored);
	if (!mask_total(&found) && !is_name(told_by))
		return ERR_OK;
	return err_set(e, ERR_USAGE,
		_("“%s”: give the post that told it (值班电话, 市信访局), not a person or a "
		  "number"),
		told_by);
}

/* --- the item --- */

static const char *hide(struct act *a, const char *words, struct matter *m)
{
	struct buf b;
	const char *kept = NULL;

	if (a->rc || !words || !*words)
		return NULL;
	if (!utf8_is_valid(words, strlen(words))) {
		act_fail(a, ERR_INPUT, _("the text is not valid UTF-8"));
		return NULL;
	}
	buf_init(&b, WORDS_MAX);
	mask_add(&b, words, strlen(words), NULL, &m->out->masked);
	a->rc = buf_check(&b, _("the text"), a->err);
	if (!a->rc) {
		kept = arena_strdup(a->arena, buf_str(&b));
		a->rc = kept ? ERR_OK : err_nomem(a->err);
	}
	buf_fini(&b);
	return kept;
}

/* What is said twice by telephone is two calls: without a page the item has a name of
 * its own, and only the same-story rules join it to another. */
static void make_item(struct act *a, struct matter *m)
{
	const char *text, *place;
	unsigned char random[8];
	uint64_t number = 0;

	m->item.title = hide(a, m->in->title, m);
	text = hide(a, m->in->text, m);
	place = hide(a, m->in->place, m);
	if (a->rc)
		return;
	m->item.content = arena_printf(
		a->arena, "%s%s%s", place ? place : "", place ? "。" : "", text ? text : "");
	m->item.link = m->url;
	m->item.published = m->in->published_at;
	m->item.updated = m->item.fetched = TIME_NONE;
	hash_random(random, sizeof random);
	for (size_t i = 0; i < sizeof random; i++)
		number = number << 8 | random[i];
	if (!m->url)
		m->item.id = arena_printf(a->arena, "register-%lld-%016llx", (long long)a->now,
			(unsigned long long)number);
	if (!m->item.content || (!m->url && !m->item.id))
		a->rc = err_nomem(a->err);
	else if (!m->item.content[0])
		m->item.content = NULL;
}

/* Stored, judged by the rules, joined to the story that it is a copy of. */
static void take_in(struct act *a, struct matter *m)
{
	/* It was told to this office: region tests are met. */
	const struct source source = {.id = INTAKE_TOLD_SOURCE,
		.name = INTAKE_TOLD_NAME,
		.kind = DOCUMENT_AUTO,
		.local = true};
	const struct document doc = {.items = &m->item, .count = 1};
	const struct intake in = {.office = a->office,
		.source = &source,
		.source_id = INTAKE_TOLD_SOURCE,
		.warc = "",
		.fetched = a->now,
		.arena = a->arena};
	struct intake_counts counts = {0};
	struct buf identity;

	if (a->rc)
		return;
	a->rc = intake_document(&in, &doc, NULL, &counts, a->err);
	buf_init(&identity, WORDS_MAX);
	item_add_identity(&identity, &m->item);
	if (!a->rc)
		a->rc = buf_check(&identity, N_("an item's identity"), a->err);
	if (!a->rc)
		a->rc = raise_told_find_item(a->office, INTAKE_TOLD_SOURCE, buf_str(&identity),
			&m->item_id, &m->out->story, a->err);
	buf_fini(&identity);
}

/* --- what the person says besides the rules --- */

static void raise_topic(
	struct act *a, struct matter *m, const struct rules_topic *topic, enum match_grade grade)
{
	const struct raise_told what = {.item = m->item_id,
		.title = m->item.title,
		.link = m->url,
		.text = m->item.content,
		.source = INTAKE_TOLD_SOURCE,
		.source_name = INTAKE_TOLD_NAME,
		.published = m->item.published,
		.fetched = a->now};

	if (!a->rc)
		a->rc = raise_told_alert(a->office, &m->by, &what, topic, NULL, grade, a->arena,
			&m->out->story, &m->out->alert, a->err);
}

static void add_topic(struct act *a, struct matter *m, enum match_grade grade)
{
	struct rules_topic topic = {INTAKE_TOLD_NAME, "manual", NULL, false, 1};
	const struct rules *rules;

	if (!a->rc)
		a->rc = office_rules(a->office, &rules, a->err);
	if (a->rc || (m->out->story && !m->in->topic))
		return;
	if (m->in->topic && !rules_topic_find(rules, m->in->topic, &topic))
		act_fail(a, ERR_NOT_FOUND, _("no topic “%s” in keywords.conf"), m->in->topic);
	raise_topic(a, m, &topic, grade);
}

/* The gravest alert of the story gets the grade that the person gave, if that is more. */
static void lift_grade(struct act *a, struct matter *m, enum match_grade grade)
{
	struct alert *all;
	size_t n, best = 0;

	if (!a->rc)
		a->rc = alerts_of_story(a->db, m->out->story, a->arena, &all, &n, a->err);
	if (a->rc || !n)
		return;
	for (size_t i = 1; i < n; i++)
		if (all[i].grade > all[best].grade)
			best = i;
	m->out->alert = all[0].id;
	if (all[best].grade < (int)grade) {
		const struct rules_topic topic = {
			all[best].topic, all[best].code, all[best].lead, false, 1};
		int64_t first = m->out->alert;
		raise_topic(a, m, &topic, grade);
		m->out->alert = first;
	}
}

static void join_story(struct act *a, struct matter *m)
{
	const struct item_record r = {
		.id = m->item_id, .url = m->key.len ? buf_str(&m->key) : NULL};

	if (!a->rc)
		a->rc = items_join_story(a->db, &r, m->out->story, a->err);
}

/* --- checks --- */

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

static void check(struct act *a, struct matter *m, enum match_grade *grade)
{
	*grade = GRADE_GENERAL;
	check_words(a, m->in);
	if (!a->rc && m->in->published_at != TIME_NONE && m->in->published_at > a->now)
		act_fail(a, ERR_USAGE, _("a publication time in the future: %s"),
			act_when(a, m->in->published_at));
	if (!a->rc && m->in->grade && !match_grade_from_name(m->in->grade, grade))
		act_fail(a, ERR_USAGE, _("the grade is one of 一般, 较大, 重大, 特别重大"));
	if (!a->rc)
		a->rc = office_register_check_post(m->in->told_by, a->err);
	if (!a->rc && m->in->url)
		a->rc = typed_url(m->in->url, &m->url, a->err);
	refuse_known(a, m);
}

static void set_actor(struct act *a, struct matter *m)
{
	if (!a->rc)
		a->rc = by_whom_need(a->office, a->err);
	if (!a->rc)
		a->rc = people_add_actor(&m->actor, &a->office->person, (unsigned)a->role, a->err);
	m->by = (struct event_draft){
		.at = a->now, .actor = buf_str(&m->actor), .for_whom = a->office->for_whom};
}

/* Who tells of it again thinks that it matters after all: a decided row comes back. One
 * that has become a case stays with it. */
static void bring_back(struct act *a, struct matter *m, const struct story *s)
{
	const struct stories_change told = {.what = STORIES_TOLD, .after = m->in->told_by};
	struct stories_return back = {
		.story = s->id, .item = m->item_id, .change = &told, .count = 1};

	if (strcmp(s->state, "open") == 0 || s->case_id[0])
		return;
	a->rc = raise_triage(a->office, a->arena, a->now, s->grade_name, &back.review_due,
		&back.review_rule, a->err);
	if (!a->rc)
		a->rc = stories_return(a->db, &m->by, &back, a->err);
	m->out->back = !a->rc;
}

/* A story of before: what was decided about it. */
static void note_joined(struct act *a, struct matter *m)
{
	struct story s;
	struct alert first;

	if (a->rc || !m->out->story)
		return;
	a->rc = alerts_get_story(a->db, m->out->story, a->arena, &s, a->err);
	if (!a->rc)
		a->rc = alerts_get(a->db, s.first_alert, a->arena, &first, a->err);
	if (a->rc)
		return;
	m->out->joined = first.item != m->item_id;
	snprintf(m->out->outcome, sizeof m->out->outcome, "%s%s%s",
		strcmp(s.state, "open") == 0 ? "" : s.outcome, s.case_id[0] ? " " : "", s.case_id);
	bring_back(a, m, &s);
}

static void append(struct act *a, struct matter *m)
{
	char subject[IDS_SIZE];

	snprintf(subject, sizeof subject, "S%lld", (long long)m->out->story);
	act_event(a);
	act_int(a, "discovered_at", a->now);
	act_text(a, "told_by_text", m->in->told_by);
	act_append(a, "story.registered/1", subject);
	if (!a->rc && m->in->screenshot)
		evidence_add_file(a, subject, "proof", m->in->screenshot, m->url, NULL, NULL,
			m->out->evidence);
}

void register_in_act(
	struct act *a, const struct office_registration *in, struct office_registered *out)
{
	struct matter m = {.in = in, .out = out};
	enum match_grade grade;

	memset(out, 0, sizeof *out);
	buf_init(&m.actor, 4096);
	buf_init(&m.key, KEY_MAX);
	check(a, &m, &grade);
	set_actor(a, &m);
	make_item(a, &m);
	take_in(a, &m);
	note_joined(a, &m);
	add_topic(a, &m, grade);
	lift_grade(a, &m, grade);
	join_story(a, &m);
	append(a, &m);
	free(m.url);
	buf_fini(&m.actor);
	buf_fini(&m.key);
}

enum err_code office_register(struct office *o, const struct office_registration *in,
	struct office_registered *out, struct err *e)
{
	struct act a;

	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("register a matter"), e);
	register_in_act(&a, in, out);
	return act_end(&a);
}
