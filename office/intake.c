/*
 * intake.c - one item on its way from the parser into the ledger and the queue.
 */
#include "office/intake.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "base/url_article.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/intake_log.h"
#include "ledger/items.h"
#include "ledger/stories.h"
#include "matcher/match.h"
#include "office/changes.h"
#include "office/copies.h"
#include "office/pages.h"
#include "office/proposals.h"
#include "office/raise.h"

#define TITLE_KEY_MIN 8 /* code points: shorter titles say too little */
#define IDENTITY_MAX ((size_t)4 << 20)

/* One item being taken in. */
struct taking {
	const struct intake *in;
	struct item_record *item;
	struct judged judged;
	bool is_new; /* it was not in the ledger before */
	const char *before; /* all that the item said before; NULL: it is new */
	struct copies copies; /* of its text */
	struct changes changes; /* against what its story was decided on */
	int64_t story; /* 0: none yet */
};

/* --- from a parsed item to a record --- */

/* By which stories know an address; NULL: it is none. */
static const char *article_key(const struct intake *in, const char *link)
{
	const char *key = NULL;
	struct buf b;

	buf_init(&b, IDENTITY_MAX);
	if (link && url_add_article_key(&b, link, NULL) == ERR_OK)
		key = arena_strdup(in->arena, buf_str(&b));
	buf_fini(&b);
	return key;
}

static enum err_code title_key(
	const struct intake *in, const char *title, const char **out, struct err *e)
{
	const struct rules *rules;
	struct buf b;
	enum err_code rc;

	*out = NULL;
	if (!title)
		return ERR_OK;
	buf_init(&b, BUF_MAX_DEFAULT);
	rc = office_rules(in->office, &rules, e);
	if (!rc)
		rc = match_title_key(rules_shadows(rules), &b, title, strlen(title), e);
	if (!rc && utf8_count(buf_str(&b), b.len) >= TITLE_KEY_MIN)
		*out = arena_strdup(in->arena, buf_str(&b));
	buf_fini(&b);
	return rc;
}

static enum err_code make_record(
	const struct intake *in, const struct item *it, struct item_record *r, struct err *e)
{
	struct item named = *it;
	struct buf b;
	enum err_code rc;

	memset(r, 0, sizeof *r);
	named.source = in->source_id;
	buf_init(&b, IDENTITY_MAX);
	item_add_identity(&b, &named);
	rc = buf_check(&b, _("an item's identity"), e);
	r->identity = arena_strdup(in->arena, buf_str(&b));
	buf_fini(&b);
	if (rc)
		return rc;
	r->source = in->source_id;
	r->link = it->link;
	r->url = article_key(in, it->link);
	r->title = it->title;
	r->summary = it->summary;
	r->content = it->content;
	r->published = it->published;
	r->updated = it->updated;
	r->fetched = in->fetched;
	/* A date in the future is kept as evidence, but does not sort first. */
	r->at = it->published != TIME_NONE && it->published <= in->fetched ? it->published
									   : in->fetched;
	r->warc = in->warc;
	r->warc_offset = in->warc_offset;
	rc = title_key(in, it->title, &r->title_key, e);
	return rc ? rc : arena_failed(in->arena) ? err_nomem(e) : ERR_OK;
}

/* --- alerts --- */

/* A topic that the story has not had yet is a new alert, a graver one changes its alert. A
 * story that was decided comes back with either. */
static enum err_code raise_topic(struct taking *t, const struct match_topic *topic,
	struct intake_counts *counts, struct err *e)
{
	struct db *db = t->in->office->db;
	const char *name = topic->topic.name, *grade = match_grade_name(topic->grade);
	int64_t alert = 0;
	int before = 0;
	enum err_code rc =
		t->story ? alerts_find(db, t->story, topic->topic.code, &alert, &before, e)
			 : ERR_NOT_FOUND;

	if (rc == ERR_NOT_FOUND) {
		rc = raise_alert(t->in, t->item, &t->judged, topic, RAISE_NEW, 0, &t->story, e);
		counts->alerts += !rc;
		changes_add(&t->changes, STORIES_TOPIC, NULL, NULL, name);
	} else if (!rc && (int)topic->grade > before) {
		rc = raise_alert(
			t->in, t->item, &t->judged, topic, RAISE_GRAVER, alert, &t->story, e);
		changes_add(&t->changes, STORIES_GRADE, name,
			match_grade_name((enum match_grade)before), grade);
	}
	return rc;
}

static enum err_code raise_topics(struct taking *t, struct intake_counts *counts, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < t->judged.match.topic_count; i++)
		rc = raise_topic(t, &t->judged.match.topics[i], counts, e);
	return rc;
}

/* --- which story --- */

/* Copies of its text: by them it finds its story when neither URL nor title tell. */
static enum err_code find_copies(struct taking *t, struct err *e)
{
	int how = (t->is_new ? COPIES_NEW : 0) | (t->story ? 0 : COPIES_FIND);
	enum err_code rc = copies_take(t->in, t->item, t->judged.text, how, &t->copies, e);

	for (size_t i = 0; !rc && !t->story && i < t->copies.count; i++)
		if (t->copies.copy[i].story)
			rc = copies_story(t->in->office->db, t->item->id, t->copies.copy[i].story,
				&t->story, e);
	return rc;
}

static enum err_code find_story(struct taking *t, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (!t->story)
		rc = items_find_story(t->in->office->db, t->item, &t->story, e);
	return rc ? rc : find_copies(t, e);
}

/* The item, and every copy of it that has no story yet, belong to the story now. */
static enum err_code join(struct taking *t, struct err *e)
{
	struct db *db = t->in->office->db;
	enum err_code rc = items_join_story(db, t->item, t->story, e);

	for (size_t i = 0; !rc && i < t->copies.count; i++)
		if (!t->copies.copy[i].story)
			rc = copies_join(db, t->copies.copy[i].item, t->story, e);
	t->item->story = t->story;
	return rc;
}

/* --- a decided story --- */

static enum err_code is_decided(const struct taking *t, bool *out, struct err *e)
{
	struct story s;
	enum err_code rc = alerts_get_story(t->in->office->db, t->story, t->in->arena, &s, e);

	*out = !rc && strcmp(s.state, "decided") == 0;
	return rc;
}

static enum err_code come_back(struct taking *t, struct err *e)
{
	struct event_draft by = {
		office_now(t->in->office), PEOPLE_SYSTEM_ACTOR, "", NULL, NULL, NULL};
	struct stories_return ret = {.story = t->story,
		.item = t->item->id,
		.change = t->changes.change,
		.count = t->changes.count};
	struct story s;
	enum err_code rc = alerts_get_story(t->in->office->db, t->story, t->in->arena, &s, e);

	if (!rc)
		rc = raise_triage(t->in->office, t->in->arena, by.at, s.grade_name, &ret.review_due,
			&ret.review_rule, e);
	return rc ? rc : stories_return(t->in->office->db, &by, &ret, e);
}

/* Which story is it of, what does it raise, what does it change? */
static enum err_code weigh(struct taking *t, struct intake_counts *counts, struct err *e)
{
	int64_t had = t->item->story;
	bool decided = false;
	enum err_code rc;

	t->story = had;
	rc = find_story(t, e);
	if (!rc && t->story)
		rc = is_decided(t, &decided, e);
	/* Against what was known before: first the figures, then the alerts. */
	if (!rc && decided)
		rc = changes_in_text(
			t->in, t->item, t->judged.text, t->before, t->story, &t->changes, e);
	if (!rc)
		rc = raise_topics(t, counts, e);
	if (!rc && t->story && t->story != had)
		rc = join(t, e);
	if (!rc && decided && t->story != had)
		rc = changes_in_copies(t->in, t->item, t->story, &t->changes, e);
	return rc || !decided || !t->changes.count ? rc : come_back(t, e);
}

static enum err_code propose(const struct taking *t, struct err *e)
{
	const char *title = t->item->title ? t->item->title : "";
	const char *text;

	if (!t->in->source || !t->in->source->channel)
		return ERR_OK;
	text = arena_printf(t->in->arena, "%s\n%s", title, t->judged.text);
	return text ? proposals_consider(t->in, t->item, text, e) : err_nomem(e);
}

/* The item is stored and judged. What is our own may be an answer to a story and is none; of
 * the rest the story must be known first: a copy of the complaint is no answer to it. */
static enum err_code settle(struct taking *t, struct intake_counts *counts, struct err *e)
{
	enum err_code rc = t->judged.own ? ERR_OK : weigh(t, counts, e);

	return rc ? rc : propose(t, e);
}

/* --- items --- */

static enum err_code take_new(const struct intake *in, struct item_record *r,
	const struct hash *digest, struct intake_counts *counts, struct err *e)
{
	struct taking t = {.in = in, .item = r, .is_new = true};
	enum err_code rc = raise_judge(in, r, &t.judged, e);

	if (!rc)
		rc = items_add(in->office->db, r, digest, e);
	if (!rc)
		rc = settle(&t, counts, e);
	if (!rc)
		rc = pages_want_article(in, r, e);
	counts->items += !rc;
	return rc;
}

/* What the ledger has of the item: its story, and its words until now. */
static enum err_code read_known(struct taking *t, struct err *e)
{
	struct item_record old;
	enum err_code rc = items_get(t->in->office->db, t->item->id, t->in->arena, &old, e);

	if (rc)
		return rc;
	t->item->story = old.story;
	return changes_words(t->in->office->db, t->in->arena, &old, &t->before, e);
}

/* The item says something else now than it did. */
static enum err_code take_revision(const struct intake *in, struct item_record *r,
	const struct hash *digest, struct intake_counts *counts, struct err *e)
{
	struct taking t = {.in = in, .item = r};
	enum err_code rc = read_known(&t, e);

	if (!rc)
		rc = raise_judge(in, r, &t.judged, e);
	if (!rc)
		rc = items_revise(in->office->db, r, digest, e);
	if (!rc)
		rc = settle(&t, counts, e);
	counts->revisions += !rc;
	return rc;
}

enum err_code intake_weigh(const struct intake *in, int64_t item, const char *before,
	struct intake_counts *counts, struct err *e)
{
	struct item_record r;
	struct taking t = {.in = in, .item = &r, .before = before};
	enum err_code rc = items_get(in->office->db, item, in->arena, &r, e);

	if (!rc)
		rc = raise_judge(in, &r, &t.judged, e);
	if (!rc)
		rc = items_judged(in->office->db, &r, e);
	return rc ? rc : settle(&t, counts, e);
}

static enum err_code take_item(
	const struct intake *in, const struct item *it, struct intake_counts *counts, struct err *e)
{
	struct item_record r;
	struct item_known known;
	struct hash digest;
	enum err_code rc = make_record(in, it, &r, e);

	if (!rc)
		rc = items_digest(&r, &digest, e);
	if (rc)
		return rc;
	rc = items_find(in->office->db, &r, &known, e);
	if (rc == ERR_NOT_FOUND)
		return take_new(in, &r, &digest, counts, e);
	if (rc || hash_eq(&digest, &known.digest))
		return rc;
	/* An answer older than what we have says nothing new; one as old is the same
	 * answer, read by a better parser or not at all. */
	if (r.fetched < known.fetched || (r.fetched == known.fetched && !in->again))
		return ERR_OK;
	r.id = known.id;
	return take_revision(in, &r, &digest, counts, e);
}

/* --- documents --- */

struct named {
	const char *identity;
	size_t index;
};

static int by_identity(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = strcmp(x->identity, y->identity);

	return c ? c : (x->index > y->index) - (x->index < y->index);
}

/* skip[i] is set for every item but the first of an identity: two entries with one guid
 * would revise each other at every poll. */
static enum err_code find_twins(
	const struct intake *in, const struct document *doc, bool **skip, struct err *e)
{
	struct named *names = arena_array(in->arena, doc->count + 1, sizeof *names);
	struct buf b;

	*skip = arena_array(in->arena, doc->count + 1, sizeof **skip);
	if (!names || !*skip)
		return err_nomem(e);
	buf_init(&b, IDENTITY_MAX);
	for (size_t i = 0; i < doc->count; i++) {
		buf_clear(&b);
		item_add_identity(&b, &doc->items[i]);
		names[i].identity = arena_strdup(in->arena, buf_str(&b));
		names[i].index = i;
		if (!names[i].identity) {
			buf_fini(&b);
			return err_nomem(e);
		}
	}
	buf_fini(&b);
	qsort(names, doc->count, sizeof *names, by_identity);
	for (size_t i = 1; i < doc->count; i++)
		if (strcmp(names[i].identity, names[i - 1].identity) == 0)
			(*skip)[names[i].index] = true;
	return ERR_OK;
}

enum err_code intake_document(const struct intake *in, const struct document *doc,
	struct intake_counts *counts, struct err *e)
{
	int64_t before = counts->items;
	bool *skip;
	enum err_code rc = find_twins(in, doc, &skip, e);

	for (size_t i = 0; !rc && i < doc->count; i++)
		if (!skip[i])
			rc = take_item(in, &doc->items[i], counts, e);
	if (!rc && counts->items > before)
		rc = intake_log_source_new(in->office->db, in->source_id, in->fetched, e);
	return rc;
}
