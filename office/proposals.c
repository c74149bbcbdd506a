/*
 * proposals.c - items of our own channels against open cases and promises.
 */
#include "office/proposals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/articles.h"
#include "ledger/cases.h"
#include "ledger/commitments.h"
#include "matcher/closeness.h"
#include "office/channels.h"
#include "office/commitments.h"
#include "office/responses.h"

/* How close an item must be to a case's title, and when it is about the same topic. */
#define CLOSE 0.60
#define CLOSE_SAME_TOPIC 0.45
#define CLOSE_PROMISE 0.45
#define UNNOTICED_MAX (7 * 86400) /* a matter may be out so long before we raise it */
#define DAY INT64_C(86400)

/* ---- whose channel ---- */

static const struct channel *channel_of(const struct channels *all, const struct source *s)
{
	return s && s->channel ? channels_find(all, s->channel) : NULL;
}

static bool is_own(const struct channel *c)
{
	return c && (c->class == CHANNEL_SITE || c->class == CHANNEL_MEDIA);
}

enum err_code proposals_is_own(struct office *o, const struct source *s, bool *out, struct err *e)
{
	const struct channels *all;
	enum err_code rc = ERR_OK;

	*out = false;
	if (!s || !s->channel)
		return ERR_OK;
	rc = office_channels(o, &all, e);
	*out = !rc && is_own(channel_of(all, s));
	return rc;
}

/* ---- noticing ---- */

struct look {
	struct office *office;
	struct arena *arena;
	const struct item_record *item;
	const char *text, *channel;
};

/* The rules found the topic in the item, whether it would alert or not. */
static bool has_code(const struct item_record *r, const char *code)
{
	char member[128];

	snprintf(member, sizeof member, "\"code\":\"%s\"", code);
	return r->verdict && strstr(r->verdict, member) != NULL;
}

/* A topic of the case's alerts was found in the item too. */
static enum err_code shares_topic(
	const struct look *l, const struct case_record *c, bool *out, struct err *e)
{
	struct alert *alerts;
	size_t count;
	enum err_code rc = alerts_of_story(l->office->db, c->story, l->arena, &alerts, &count, e);

	*out = false;
	for (size_t i = 0; !rc && i < count; i++)
		*out = *out || has_code(l->item, alerts[i].code);
	return rc;
}

static enum err_code propose(const struct look *l, const char *kind, const char *case_id,
	const char *commitment, double closeness, struct err *e)
{
	struct proposal p = {
		.at = office_now(l->office),
		.item = l->item->id,
		.kind = kind,
		.case_id = case_id,
		.commitment = commitment,
		.channel = l->channel,
		.closeness = (int64_t)(closeness * 100 + 0.5),
	};
	bool added;

	return proposals_add(l->office->db, &p, &added, e);
}

/* The complaint itself, or a copy of it, is no answer to it. */
static bool is_the_story(const struct look *l, const struct case_record *c)
{
	return l->item->story && l->item->story == c->story;
}

/* When the item was published at the latest: a list often gives the day alone. */
static int64_t latest_of(const struct look *l)
{
	struct time_civil c;

	time_to_civil(l->item->at, l->office->settings.zone, &c);
	return c.hour || c.minute || c.second ? l->item->at : l->item->at + DAY - 1;
}

/* Nobody answers before the matter is out. When that was is not always known. */
static bool is_older(const struct look *l, const struct case_record *c)
{
	int64_t from =
		c->published_at != TIME_NONE ? c->published_at : c->raised_at - UNNOTICED_MAX;

	return latest_of(l) < from;
}

static enum err_code look_at_case(const struct look *l, const struct case_record *c, struct err *e)
{
	bool same_topic = false;
	double close = 0;
	enum err_code rc;

	if (strcmp(c->state, "open") != 0 || !c->title || is_the_story(l, c) || is_older(l, c))
		return ERR_OK;
	rc = closeness_of(str_of(c->title), str_of(l->text), &close, e);
	if (!rc && close >= CLOSE_SAME_TOPIC)
		rc = shares_topic(l, c, &same_topic, e);
	if (rc || close < (same_topic ? CLOSE_SAME_TOPIC : CLOSE))
		return rc;
	return propose(l, "response", c->id, "", close, e);
}

/* Words with which a fulfilment is reported. */
static bool says_done(const char *text)
{
	static const char *const words[] = {"已完成", "已全部", "全部完成", "整改到位", "已发放",
		"已支付", "已拨付", "已退还", "已恢复", "已修复", "已拆除", "已兑现", "已解决",
		"已落实", "落实情况", "完工", "竣工", "通车", "通水", "通电", "发放到位",
		"支付到位", "办理完毕", "进展情况", NULL};

	for (size_t i = 0; words[i]; i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

static enum err_code look_at_promise(
	const struct look *l, const struct commitment_record *c, struct err *e)
{
	double close = 0;
	enum err_code rc;

	if (commitments_is_settled(c) || !c->quote || latest_of(l) < c->made_at)
		return ERR_OK;
	rc = closeness_of(str_of(c->quote), str_of(l->text), &close, e);
	if (rc || close < CLOSE_PROMISE)
		return rc;
	return propose(l, "fulfilment", c->case_id, c->id, close, e);
}

static enum err_code look_at_all(const struct look *l, struct err *e)
{
	struct db *db = l->office->db;
	struct case_record *cases;
	struct commitment_record *promises;
	size_t case_count = 0, promise_count = 0;
	enum err_code rc = cases_list(db, false, NULL, l->arena, &cases, &case_count, e);

	for (size_t i = 0; !rc && i < case_count; i++)
		rc = look_at_case(l, &cases[i], e);
	if (rc || !says_done(l->text))
		return rc;
	rc = commitments_of(db, NULL, l->arena, &promises, &promise_count, e);
	for (size_t i = 0; !rc && i < promise_count; i++)
		rc = look_at_promise(l, &promises[i], e);
	return rc;
}

enum err_code proposals_consider(
	const struct intake *in, const struct item_record *r, const char *text, struct err *e)
{
	const struct channels *all;
	struct look l = {.office = in->office, .arena = in->arena, .item = r, .text = text};
	enum err_code rc = ERR_OK;

	if (!in->source || !in->source->channel)
		return ERR_OK;
	rc = office_channels(in->office, &all, e);
	if (rc || !channel_of(all, in->source))
		return rc;
	l.channel = in->source->channel;
	return look_at_all(&l, e);
}

/* ---- looking back ---- */

static enum err_code text_of_item(struct look *l, const struct item_record *r, struct err *e)
{
	struct article_record page;
	enum err_code rc = articles_get(l->office->db, r->id, l->arena, &page, e);
	const char *more = rc ? "" : page.content;

	if (rc && rc != ERR_NOT_FOUND)
		return rc;
	l->text = arena_printf(l->arena, "%s\n%s\n%s\n%s", r->title ? r->title : "",
		r->summary ? r->summary : "", r->content ? r->content : "", more);
	return l->text ? ERR_OK : err_nomem(e);
}

static enum err_code look_back_at(
	struct look *l, const struct case_record *c, const struct source *s, struct err *e)
{
	struct item_record *items;
	size_t count = 0;
	int64_t since = office_now(l->office) - (int64_t)PROPOSALS_LOOK_BACK_DAYS * 86400;
	enum err_code rc =
		items_of_source(l->office->db, s->id, since, l->arena, &items, &count, e);

	l->channel = s->channel;
	for (size_t i = 0; !rc && i < count; i++) {
		l->item = &items[i];
		rc = text_of_item(l, &items[i], e);
		if (!rc)
			rc = look_at_case(l, c, e);
	}
	return rc;
}

static enum err_code look_back(struct look *l, const char *case_id, struct err *e)
{
	const struct channels *all;
	const struct sources *sources;
	struct case_record c;
	enum err_code rc = cases_get(l->office->db, case_id, l->arena, &c, e);

	if (!rc)
		rc = office_channels(l->office, &all, e);
	if (!rc)
		rc = office_sources(l->office, &sources, e);
	for (size_t i = 0; !rc && i < sources_count(sources); i++) {
		const struct source *s = sources_at(sources, i);
		if (channel_of(all, s))
			rc = look_back_at(l, &c, s, e);
	}
	return rc;
}

enum err_code proposals_look_back(struct office *o, const char *case_id, struct err *e)
{
	struct look l = {.office = o, .arena = arena_new(ARENA_MAX_DEFAULT)};
	enum err_code rc = l.arena ? look_back(&l, case_id, e) : err_nomem(e);

	arena_free(l.arena);
	return rc;
}

/* ---- taking and dismissing ---- */

static enum err_code set_state(struct office *o, int64_t id, const char *state, struct err *e)
{
	enum err_code rc = db_begin_write(o->db, e);

	if (!rc)
		rc = proposals_set_state(o->db, id, state, e);
	if (!rc)
		rc = db_commit(o->db, e);
	db_rollback(o->db);
	return rc;
}

/* The words of the item: those of its page where it was read. */
static enum err_code words_of_item(
	struct office *o, int64_t id, struct arena *a, const char **out, struct err *e)
{
	struct item_record it;
	struct article_record page;
	enum err_code rc = items_get(o->db, id, a, &it, e);

	if (rc)
		return rc;
	*out = it.content && *it.content ? it.content : it.summary;
	rc = articles_get(o->db, id, a, &page, e);
	if (!rc && page.content[0])
		*out = page.content;
	if (rc == ERR_NOT_FOUND)
		rc = ERR_OK;
	if (!rc && (!*out || !**out))
		*out = it.title;
	if (!rc && !*out)
		return err_set(e, ERR_INPUT, _("the item I%lld has no text"), (long long)id);
	return rc;
}

static enum err_code enter_response(struct office *o, const struct proposal *p, const char *unit,
	struct arena *a, struct proposal_taken *out, struct err *e)
{
	const struct channels *all;
	const struct channel *c;
	struct case_record matter;
	struct office_response in = {.case_typed = p->case_id, .channel = p->channel};
	struct office_recorded entered;
	enum err_code rc = office_channels(o, &all, e);

	if (!rc)
		rc = cases_get(o->db, p->case_id, a, &matter, e);
	if (!rc)
		rc = words_of_item(o, p->item, a, &in.text, e);
	if (rc)
		return rc;
	c = channels_find(all, p->channel);
	in.unit = unit ? unit : c && c->unit ? c->unit : matter.lead;
	in.published_at = p->published;
	if (p->link)
		in.urls[in.url_count++] = p->link;
	rc = office_respond(o, &in, &entered, e);
	if (!rc) {
		snprintf(out->id, sizeof out->id, "%s", entered.id);
		snprintf(out->case_id, sizeof out->case_id, "%s", entered.case_id);
	}
	return rc;
}

static enum err_code name_page(
	struct office *o, const struct proposal *p, struct proposal_taken *out, struct err *e)
{
	char evidence[IDS_SIZE];

	if (!p->link)
		return err_set(e, ERR_REFUSED, _("the item has no link to name as the page"));
	snprintf(out->case_id, sizeof out->case_id, "%s", p->case_id);
	return office_commitment_publish(o, p->commitment, p->link, NULL, out->id, evidence, e);
}

static enum err_code open_proposal(
	struct office *o, int64_t id, struct arena *a, struct proposal *out, struct err *e)
{
	enum err_code rc = proposals_get(o->db, id, a, out, e);

	if (!rc && strcmp(out->state, "open") != 0)
		rc = err_set(
			e, ERR_REFUSED, _("the proposal %lld is settled already"), (long long)id);
	return rc;
}

enum err_code office_proposal_take(
	struct office *o, int64_t id, const char *unit, struct proposal_taken *out, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct proposal p;
	enum err_code rc = a ? open_proposal(o, id, a, &p, e) : err_nomem(e);

	memset(out, 0, sizeof *out);
	if (!rc)
		rc = strcmp(p.kind, "response") == 0 ? enter_response(o, &p, unit, a, out, e)
						     : name_page(o, &p, out, e);
	if (!rc)
		rc = set_state(o, id, "taken", e);
	arena_free(a);
	return rc;
}

enum err_code office_proposal_dismiss(struct office *o, int64_t id, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct proposal p;
	enum err_code rc = people_require(
		&o->person, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("dismiss a proposal"), e);

	if (!rc)
		rc = a ? open_proposal(o, id, a, &p, e) : err_nomem(e);
	if (!rc)
		rc = set_state(o, id, "dismissed", e);
	arena_free(a);
	return rc;
}
