/*
 * intake.c - one item on its way from the parser into the ledger and the queue.
 */
#include "office/intake.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "base/url.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/articles.h"
#include "ledger/intake_log.h"
#include "ledger/items.h"
#include "matcher/match.h"
#include "office/pages.h"
#include "office/proposals.h"

#define TITLE_KEY_MIN 8 /* code points: shorter titles say too little */
#define EXCERPT_MAX ((size_t)64 << 10) /* bytes of text that an alert keeps */
#define TITLE_FROM_TEXT 40 /* code points, for an item without a title */
#define IDENTITY_MAX ((size_t)4 << 20)

/* --- from a parsed item to a record --- */

static const char *canonical(const struct intake *in, const char *link)
{
	char *url = NULL;
	const char *kept = NULL;

	if (link && url_canonical(link, NULL, &url, NULL) == ERR_OK)
		kept = arena_strdup(in->arena, url);
	free(url);
	return kept;
}

static enum err_code title_key(
	const struct intake *in, const char *title, const char **out, struct err *e)
{
	struct buf b;
	enum err_code rc = ERR_OK;

	*out = NULL;
	if (!title)
		return ERR_OK;
	buf_init(&b, BUF_MAX_DEFAULT);
	rc = match_title_key(&b, title, strlen(title), e);
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
	r->url = canonical(in, it->link);
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

/* What the rules look at besides the title: the long text, and the summary where it
 * says something else. The page behind the item, where it was read, is its long text. */
static const char *text_of(
	const struct intake *in, const struct item_record *r, const struct article_record *page)
{
	const char *content = page && page->content[0] ? page->content : r->content;

	if (!content || !content[0])
		return r->summary ? r->summary : "";
	if (!r->summary || !r->summary[0] || strstr(content, r->summary))
		return content;
	return arena_printf(in->arena, "%s\n%s", r->summary, content);
}

static enum err_code page_of(const struct intake *in, const struct item_record *r,
	struct article_record *page, bool *known, struct err *e)
{
	enum err_code rc =
		r->id ? articles_get(in->office->db, r->id, in->arena, page, e) : ERR_NOT_FOUND;

	*known = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* --- matching --- */

struct judged {
	struct match_result match;
	const char *text;
};

static enum err_code judge(
	const struct intake *in, struct item_record *r, struct judged *out, struct err *e)
{
	const struct rules *rules;
	struct article_record page;
	struct match_input mi;
	struct buf b;
	bool has_page = false;
	enum err_code rc = office_rules(in->office, &rules, e);

	if (!rc)
		rc = page_of(in, r, &page, &has_page, e);
	if (rc)
		return rc;
	out->text = text_of(in, r, has_page ? &page : NULL);
	if (!out->text)
		return err_nomem(e);
	if (has_page && page.title && !(r->title && r->title[0]))
		r->title = page.title;
	memset(&mi, 0, sizeof mi);
	mi.title = r->title ? r->title : "";
	mi.title_size = strlen(mi.title);
	mi.text = out->text;
	mi.text_size = strlen(mi.text);
	mi.source = in->source ? in->source->name : in->source_id;
	mi.source_size = strlen(mi.source);
	mi.local = in->source && in->source->local;
	rc = match_text(rules, &mi, in->arena, &out->match, e);
	if (rc)
		return rc;
	r->rules_hash = rules_hash(rules);
	r->topics = (int64_t)out->match.topic_count;
	r->verdict = "";
	if (!out->match.topic_count && !out->match.suppressed_count && !out->match.undecided_count)
		return ERR_OK;
	buf_init(&b, BUF_MAX_DEFAULT);
	match_add_json(&b, NULL, &out->match);
	rc = buf_check(&b, _("a verdict"), e);
	r->verdict = arena_strdup(in->arena, buf_str(&b));
	buf_fini(&b);
	return rc || r->verdict ? rc : err_nomem(e);
}

/* --- alerts --- */

static const char *shown_title(
	const struct intake *in, const struct item_record *r, const char *text)
{
	size_t n = strlen(text);

	if (r->title && r->title[0])
		return r->title;
	if (n > 0)
		return arena_strndup(in->arena, text, utf8_offset(text, n, TITLE_FROM_TEXT));
	return r->link ? r->link : r->identity;
}

/* When somebody must have looked at it, counted from `start`, and by which rule. */
static enum err_code set_review(
	const struct intake *in, int64_t start, struct alert_snapshot *s, struct err *e)
{
	const struct deadlines *all;
	const struct deadline *d;
	struct buf b;
	enum err_code rc = office_deadlines(in->office, &all, e);

	if (rc)
		return rc;
	d = deadlines_find(all, DEADLINE_TRIAGE, s->grade_name);
	if (!d)
		return err_set(e, ERR_CONFIG,
			_("deadlines.conf has no triage limit for the grade %s"), s->grade_name);
	rc = calendar_due(start, &d->limit, in->office->settings.zone, &s->review_due, e);
	buf_init(&b, 256);
	buf_addf(&b, "%s ", d->rule);
	deadline_add_limit(&b, &d->limit);
	s->review_rule = arena_strdup(in->arena, buf_str(&b));
	buf_fini(&b);
	return rc || s->review_rule ? rc : err_nomem(e);
}

static void fill_snapshot(const struct intake *in, const struct item_record *r,
	const struct judged *j, const struct match_topic *t, struct alert_snapshot *s)
{
	size_t n = strlen(j->text);

	memset(s, 0, sizeof *s);
	s->item = r->id;
	s->title = shown_title(in, r, j->text);
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

/* A new alert of the story (0: of a new one), or with `alert` that one weighed anew. */
static enum err_code raise_one(const struct intake *in, const struct item_record *r,
	const struct judged *j, const struct match_topic *t, int64_t alert, int64_t *story,
	struct err *e)
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
	rc = buf_check(&why, _("the reasons of an alert"), e);
	s.why = buf_str(&why);
	if (!rc && alert)
		rc = first_raised(in, alert, &start, e);
	if (!rc)
		rc = set_review(in, start, &s, e);
	if (!rc && !(s.title && s.excerpt))
		rc = err_nomem(e);
	if (!rc)
		rc = alert ? alerts_regrade(in->office->db, &by, &s, e)
			   : alerts_raise(in->office->db, &by, &s, e);
	buf_fini(&why);
	*story = s.story;
	return rc;
}

/* A topic that the story has not had yet is a new alert, a graver one changes its alert. */
static enum err_code raise_topic(const struct intake *in, const struct item_record *r,
	const struct judged *j, const struct match_topic *t, int64_t *story,
	struct intake_counts *counts, struct err *e)
{
	int64_t alert = 0;
	int grade = 0;
	enum err_code rc =
		*story ? alerts_find(in->office->db, *story, t->topic.code, &alert, &grade, e)
		       : ERR_NOT_FOUND;

	if (rc == ERR_NOT_FOUND) {
		rc = raise_one(in, r, j, t, 0, story, e);
		counts->alerts += !rc;
	} else if (!rc && (int)t->grade > grade) {
		rc = raise_one(in, r, j, t, alert, story, e);
	}
	return rc;
}

static enum err_code propose(
	const struct intake *in, const struct item_record *r, const struct judged *j, struct err *e)
{
	const char *text = arena_printf(in->arena, "%s\n%s", r->title ? r->title : "", j->text);

	return text ? proposals_consider(in, r, text, e) : err_nomem(e);
}

static enum err_code raise_all(const struct intake *in, struct item_record *r,
	const struct judged *j, struct intake_counts *counts, struct err *e)
{
	struct db *db = in->office->db;
	int64_t story = r->story, had = story;
	bool own = false;
	enum err_code rc = propose(in, r, j, e);

	/* What we publish ourselves is an answer, not a complaint. */
	if (!rc)
		rc = proposals_is_own(in->office, in->source, &own, e);
	if (rc || own)
		return rc;
	rc = story ? ERR_OK : items_find_story(db, r, &story, e);

	for (size_t i = 0; !rc && i < j->match.topic_count; i++)
		rc = raise_topic(in, r, j, &j->match.topics[i], &story, counts, e);
	if (!rc && story && story != had)
		rc = items_join_story(db, r, story, e);
	return rc;
}

/* --- items --- */

static enum err_code take_new(const struct intake *in, struct item_record *r,
	const struct hash *digest, struct intake_counts *counts, struct err *e)
{
	struct judged j;
	enum err_code rc = judge(in, r, &j, e);

	if (!rc)
		rc = items_add(in->office->db, r, digest, e);
	if (!rc)
		rc = raise_all(in, r, &j, counts, e);
	if (!rc)
		rc = pages_want_article(in, r, e);
	if (!rc)
		rc = intake_log_source_new(in->office->db, in->source_id, in->fetched, e);
	counts->items += !rc;
	return rc;
}

static enum err_code story_of(struct db *db, struct item_record *r, struct err *e)
{
	int64_t story = INT64_MIN;
	enum err_code rc = db_get_int(db, ST_ITEM_STORY, DB_ARGS(DB_INT(r->id)), &story, e);

	r->story = story == INT64_MIN ? 0 : story;
	return rc;
}

/* The item says something else now than it did. */
static enum err_code take_revision(const struct intake *in, struct item_record *r,
	const struct hash *digest, struct intake_counts *counts, struct err *e)
{
	struct judged j;
	enum err_code rc = story_of(in->office->db, r, e);

	if (!rc)
		rc = judge(in, r, &j, e);
	if (!rc)
		rc = items_revise(in->office->db, r, digest, e);
	if (!rc)
		rc = raise_all(in, r, &j, counts, e);
	counts->revisions += !rc;
	return rc;
}

enum err_code intake_weigh(
	const struct intake *in, int64_t item, struct intake_counts *counts, struct err *e)
{
	struct item_record r;
	struct judged j;
	enum err_code rc = items_get(in->office->db, item, in->arena, &r, e);

	if (!rc)
		rc = judge(in, &r, &j, e);
	if (!rc)
		rc = items_judged(in->office->db, &r, e);
	return rc ? rc : raise_all(in, &r, &j, counts, e);
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
	bool *skip;
	enum err_code rc = find_twins(in, doc, &skip, e);

	for (size_t i = 0; !rc && i < doc->count; i++)
		if (!skip[i])
			rc = take_item(in, &doc->items[i], counts, e);
	return rc;
}
