/*
 * intake.c - one item on its way from the parser into the ledger and the queue.
 */
#include "office/intake.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/intake_log.h"
#include "ledger/items.h"
#include "ledger/stories.h"
#include "office/changes.h"
#include "office/copies.h"
#include "office/draft.h"
#include "office/pages.h"
#include "office/proposals.h"
#include "office/raise.h"

#define IDENTITY_MAX ((size_t)4 << 20)
#define ITEMS_MEMORY ((size_t)4 << 20) /* kept from item to item */

enum err_code intake_is_told(struct office *o, const char *source, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc = ERR_OK;

	*out = strcmp(source, INTAKE_TOLD_SOURCE) == 0;
	if (!*out) {
		rc = db_get_int(o->db, ST_ORDER_SOURCE, DB_ARGS(DB_TEXT(source)), &one, e);
		*out = rc == ERR_OK;
	}
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* The source as it was when the item was told. */
static enum err_code source_told(const struct intake *in, const struct source *known,
	const struct source **out, struct err *e)
{
	bool by_hand = strcmp(in->source_id, INTAKE_TOLD_SOURCE) == 0;
	struct source *s = arena_alloc(in->arena, sizeof *s);

	if (!s)
		return err_nomem(e);
	if (known)
		*s = *known;
	s->id = in->source_id;
	s->name = known ? known->name : by_hand ? INTAKE_TOLD_NAME : in->source_id;
	s->local = true;
	*out = s;
	return ERR_OK;
}

enum err_code intake_of_item(struct office *o, const struct item_record *r, struct arena *a,
	struct intake *out, struct err *e)
{
	const struct sources *all;
	bool told = false;
	enum err_code rc = office_sources(o, &all, e);

	*out = (struct intake){.office = o,
		.source = rc ? NULL : sources_find(all, r->source),
		.source_id = r->source,
		.warc = r->warc,
		.warc_offset = r->warc_offset,
		.fetched = r->fetched,
		.arena = a};
	if (!rc && !*r->warc)
		rc = intake_is_told(o, r->source, &told, e);
	return rc || !told ? rc : source_told(out, out->source, &out->source, e);
}

/* One item being taken in. */
struct taking {
	const struct intake *in;
	struct draft *draft;
	struct item_record *item; /* its record */
	bool is_new; /* it was not in the ledger before */
	const char *before; /* all that the item said before; NULL: it is new */
	struct copies copies; /* of its text */
	struct changes changes; /* against what its story was decided on */
	int64_t story; /* 0: none yet */
};

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
		rc = raise_alert(
			t->in, t->item, &t->draft->judged, topic, RAISE_NEW, 0, &t->story, e);
		counts->alerts += !rc;
		changes_add(&t->changes, STORIES_TOPIC, NULL, NULL, name);
	} else if (!rc && (int)topic->grade > before) {
		rc = raise_alert(t->in, t->item, &t->draft->judged, topic, RAISE_GRAVER, alert,
			&t->story, e);
		changes_add(&t->changes, STORIES_GRADE, name,
			match_grade_name((enum match_grade)before), grade);
	}
	return rc;
}

static enum err_code raise_topics(struct taking *t, struct intake_counts *counts, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < t->draft->judged.match.topic_count; i++)
		rc = raise_topic(t, &t->draft->judged.match.topics[i], counts, e);
	return rc;
}

/* --- which story --- */

/* Copies of its text: by them it finds its story when neither URL nor title tell. */
static enum err_code find_copies(struct taking *t, struct err *e)
{
	bool alerts = t->draft->judged.match.topic_count > 0;
	int how = (t->is_new ? COPIES_NEW : 0) | (t->story ? 0 : COPIES_FIND) |
		  (alerts ? 0 : COPIES_OF_STORIES);
	enum err_code rc = copies_take(t->in, t->draft, how, &t->copies, e);

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
		rc = alerts_is_decided(t->in->office->db, t->story, &decided, e);
	/* Against what was known before: first the figures, then the alerts. */
	if (!rc && decided)
		rc = changes_in_text(
			t->in, t->item, t->draft->judged.text, t->before, t->story, &t->changes, e);
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
	text = arena_printf(t->in->arena, "%s\n%s", title, t->draft->judged.text);
	return text ? proposals_consider(t->in, t->item, text, e) : err_nomem(e);
}

/* The item is stored and judged. What is our own may be an answer to a story and is none; of
 * the rest the story must be known first: a copy of the complaint is no answer to it. */
static enum err_code settle(struct taking *t, struct intake_counts *counts, struct err *e)
{
	enum err_code rc = t->draft->judged.own ? ERR_OK : weigh(t, counts, e);

	return rc ? rc : propose(t, e);
}

/* --- items --- */

static enum err_code take_new(const struct intake *in, struct draft_tools *tools, struct draft *d,
	struct intake_counts *counts, struct err *e)
{
	struct taking t = {.in = in, .draft = d, .item = &d->record, .is_new = true};
	enum err_code rc;

	if (pages_is_history(in, &d->record))
		return ERR_OK;
	rc = draft_judge(in, tools, d, e);

	if (!rc)
		rc = items_add(in->office->db, &d->record, &d->digest, e);
	if (!rc)
		rc = settle(&t, counts, e);
	if (!rc)
		rc = pages_want_article(in, &d->record, e);
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

/* The item says something else now than it did; its page, if there is one, did not change. */
static enum err_code take_revision(const struct intake *in, struct draft_tools *tools,
	struct draft *d, struct intake_counts *counts, struct err *e)
{
	struct taking t = {.in = in, .draft = d, .item = &d->record};
	enum err_code rc = read_known(&t, e);

	d->is_judged = false;
	if (!rc)
		rc = draft_judge(in, tools, d, e);
	if (!rc)
		rc = items_revise(in->office->db, &d->record, &d->digest, e);
	if (!rc)
		rc = settle(&t, counts, e);
	counts->revisions += !rc;
	return rc;
}

enum err_code intake_weigh(const struct intake *in, int64_t item, const char *before,
	struct intake_counts *counts, struct err *e)
{
	struct draft d = {.is_judged = false};
	struct taking t = {.in = in, .draft = &d, .item = &d.record, .before = before};
	struct draft_tools *tools;
	enum err_code rc = office_tools(in->office, &tools, e);

	if (!rc)
		rc = items_get(in->office->db, item, in->arena, &d.record, e);
	if (!rc)
		rc = draft_judge(in, tools, &d, e);
	if (!rc)
		rc = items_judged(in->office->db, &d.record, e);
	return rc ? rc : settle(&t, counts, e);
}

static enum err_code take_item(const struct intake *in, struct draft_tools *tools, struct draft *d,
	struct intake_counts *counts, struct err *e)
{
	struct item_known known;
	bool erased = false;
	enum err_code rc =
		in->none_erased ? ERR_OK : items_is_erased(in->office->db, &d->record, &erased, e);

	if (rc || erased)
		return rc;
	rc = items_find(in->office->db, &d->record, &known, e);
	if (rc == ERR_NOT_FOUND)
		return take_new(in, tools, d, counts, e);
	if (rc || hash_eq(&d->digest, &known.digest))
		return rc;
	/* An answer older than what we have says nothing new; one as old is the same
	 * answer, read by a better parser or not at all. */
	if (in->fetched < known.fetched || (in->fetched == known.fetched && !in->again))
		return ERR_OK;
	d->record.id = known.id;
	return take_revision(in, tools, d, counts, e);
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
		if (!names[i].identity || b.fault == ERR_NOMEM) {
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

/* The item, with memory that is given back behind it: of a document with very many items the
 * judgements together would not fit into in->arena. */
static enum err_code take_one(const struct intake *in, struct draft_tools *tools,
	const struct item *it, struct draft *made, struct intake_counts *counts, struct err *e)
{
	struct draft one;
	enum err_code rc = made ? ERR_OK : draft_make(in, tools, it, &one, e);

	if (!rc)
		rc = take_item(in, tools, made ? made : &one, counts, e);
	if (arena_used(in->arena) > ITEMS_MEMORY)
		arena_reset(in->arena);
	return rc;
}

enum err_code intake_document(const struct intake *in, const struct document *doc,
	struct draft *drafts, struct intake_counts *counts, struct err *e)
{
	int64_t before = counts->items;
	struct intake each = *in;
	struct draft_tools *tools;
	bool *skip, any_erased = true;
	enum err_code rc = office_tools(in->office, &tools, e);

	if (!rc)
		rc = items_any_erased(in->office->db, &any_erased, e);
	each.none_erased = !any_erased;
	if (!rc)
		rc = find_twins(in, doc, &skip, e);
	each.arena = rc ? NULL : arena_new(ARENA_MAX_DEFAULT);
	if (!rc && !each.arena)
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < doc->count; i++)
		if (!skip[i])
			rc = take_one(&each, tools, &doc->items[i], drafts ? &drafts[i] : NULL,
				counts, e);
	arena_free(each.arena);
	if (!rc && counts->items > before)
		rc = intake_log_source_new(in->office->db, in->source_id, in->fetched, e);
	return rc;
}
