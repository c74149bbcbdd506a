/*
 * import_orders_queue.c - which orders concern one matter, and what of that reaches the
 * queue.
 */
#include "office/import_orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/url_article.h"
#include "base/utf8.h"
#include "ledger/items.h"
#include "ledger/title_key.h"
#include "office/act.h"
#include "office/import_matter.h"
#include "office/intake.h"
#include "office/raise_told.h"

#define NUMBERS_SHOWN 20
#define TITLE_FROM_TEXT 40
#define MANY_NAME "群众集中诉求"
#define MANY_CODE "many-orders"

/* --- one matter --- */

struct member {
	const struct order_record *r; /* touched: whole, else as orders_window() gives it */
	struct import_order *touched; /* NULL: it was there before */
};

struct matters {
	struct member *members;
	size_t count, *group;
};

struct group { /* one matter */
	const struct matters *all;
	size_t first; /* the group's number */
	size_t count, joining; /* joining: those touched that have no story yet */
	struct import_order *lead; /* the gravest of those touched */
	int64_t story; /* 0: none yet */
};

static bool is_touched(
	const struct import_orders *r, struct import_order **sorted, const struct order_record *o)
{
	struct import_order key = {.r = {.number = o->number}};
	size_t low = 0, high = r->touched_count;

	if (strcmp(o->source, r->job->out->source) != 0)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = strcmp(sorted[middle]->r.number, key.r.number);
		if (c == 0)
			return true;
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void span_of(const struct import_orders *r, int64_t *from, int64_t *to)
{
	*from = INT64_MAX;
	*to = INT64_MIN;
	for (size_t i = 0; i < r->touched_count; i++) {
		int64_t at = r->touched[i]->r.at;
		*from = at < *from ? at : *from;
		*to = at > *to ? at : *to;
	}
	*from -= (int64_t)MATTER_DAYS * 86400;
	*to += (int64_t)MATTER_DAYS * 86400;
}

static enum err_code gather(struct import_orders *r, struct matters *m, struct err *e)
{
	struct arena *a = r->job->arena;
	struct import_order **sorted =
		arena_array(a, r->touched_count + 1, sizeof(struct import_order *));
	struct order_record *there;
	size_t n;
	int64_t from, to;
	enum err_code rc;

	if (!sorted)
		return err_nomem(e);
	memcpy(sorted, r->touched, r->touched_count * sizeof(struct import_order *));
	qsort(sorted, r->touched_count, sizeof(struct import_order *), import_order_by_number);
	span_of(r, &from, &to);
	rc = orders_window(r->job->office->db, from, to, a, &there, &n, e);
	if (rc)
		return rc;
	m->members = arena_array(a, n + r->touched_count + 1, sizeof *m->members);
	m->group = arena_array(a, n + r->touched_count + 1, sizeof *m->group);
	if (!m->members || !m->group)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		if (!is_touched(r, sorted, &there[i]))
			m->members[m->count++] = (struct member){&there[i], NULL};
	for (size_t i = 0; i < r->touched_count; i++)
		m->members[m->count++] = (struct member){&r->touched[i]->r, r->touched[i]};
	return ERR_OK;
}

static enum err_code group_members(struct import_orders *r, struct matters *m, struct err *e)
{
	struct arena *a = r->job->arena;
	struct matter *list = arena_array(a, m->count + 1, sizeof *list);

	if (!list)
		return err_nomem(e);
	for (size_t i = 0; i < m->count; i++) {
		const struct order_record *o = m->members[i].r;
		list[i] = (struct matter){o->at, o->title_key, o->place_key, o->codes};
	}
	return matter_group(list, m->count, a, m->group, e);
}

static bool is_graver(const struct order_record *x, const struct order_record *y)
{
	if (x->grade != y->grade)
		return x->grade > y->grade;
	return x->score > y->score;
}

/* --- the queue --- */

static const char *title_of(const struct import_orders *r, const struct order_record *o)
{
	const char *text = o->content ? o->content : o->number;

	if (o->title)
		return o->title;
	return arena_strndup(r->job->arena, text, utf8_offset(text, strlen(text), TITLE_FROM_TEXT));
}

/* "GD-1、GD-2 …" of the group; all of them when they are few. */
static const char *numbers_of(const struct import_orders *r, const struct group *g)
{
	struct buf b;
	size_t shown = 0;
	const char *kept;

	buf_init(&b, IMPORT_KEY_BYTES);
	for (size_t i = 0; i < g->all->count && shown < NUMBERS_SHOWN; i++)
		if (g->all->group[i] == g->first)
			buf_addf(&b, "%s%s", shown++ ? "、" : "", g->all->members[i].r->number);
	if (g->count > shown)
		buf_add_str(&b, "……");
	kept = arena_strdup(r->job->arena, buf_str(&b));
	buf_fini(&b);
	return kept;
}

static enum err_code tell_queue(
	struct import_orders *r, const struct group *g, int64_t story, bool is_new, struct err *e)
{
	struct import_result *out = r->job->out;
	struct import_row *row = &out->queue[out->queue_count];
	int64_t grade = g->lead->r.grade ? g->lead->r.grade : GRADE_GENERAL;

	row->story = story;
	row->is_new = is_new;
	row->title = title_of(r, &g->lead->r);
	row->grade = match_grade_name((enum match_grade)grade);
	row->numbers = numbers_of(r, g);
	row->orders = g->count;
	out->queue_count++;
	return row->title && row->numbers ? ERR_OK : err_nomem(e);
}

/* The gravest order stands for the matter; the others are named in its summary. */
static enum err_code make_item(
	struct import_orders *r, const struct group *g, struct item *out, struct err *e)
{
	struct arena *a = r->job->arena;
	const struct order_record *o = &g->lead->r;
	enum err_code rc = table_rows_item(&r->job->map, g->lead->from, a, out, e);

	if (rc)
		return rc;
	out->id = arena_printf(a, IMPORT_ORDER_ITEM "%s", o->number);
	if (g->count > 1)
		out->summary =
			arena_printf(a, "%s%s同类工单%zu件：%s", out->summary ? out->summary : "",
				out->summary ? "\n" : "", g->count, numbers_of(r, g));
	return out->id ? ERR_OK : err_nomem(e);
}

static enum err_code take_in(struct import_orders *r, const struct group *g, int64_t *item,
	int64_t *story, struct err *e)
{
	const struct source source = {.id = r->job->out->source,
		.name = r->source_name,
		.kind = DOCUMENT_TABLE,
		.local = true};
	const struct intake in = {.office = r->job->office,
		.source = &source,
		.source_id = source.id,
		.warc = "",
		.fetched = r->job->now,
		.arena = r->job->arena};
	struct item one;
	const struct document doc = {.items = &one, .count = 1};
	struct intake_counts counts = {0};
	struct buf identity;
	enum err_code rc = make_item(r, g, &one, e);

	if (!rc)
		rc = intake_document(&in, &doc, NULL, &counts, e);
	buf_init(&identity, IMPORT_KEY_BYTES);
	item_add_identity(&identity, &one);
	if (!rc)
		rc = buf_check(&identity, N_("an item's identity"), e);
	if (!rc)
		rc = raise_told_find_item(
			r->job->office, source.id, buf_str(&identity), item, story, e);
	buf_fini(&identity);
	return rc;
}

/* What the rules say of the lead, as alerts of a story that is there; without rules one
 * alert says that many complain of one thing. */
static enum err_code raise_into(
	struct import_orders *r, const struct group *g, int64_t item, int64_t *story, struct err *e)
{
	struct arena *a = r->job->arena;
	const struct order_record *o = &g->lead->r;
	const struct event_draft by = {
		.at = r->job->now, .actor = PEOPLE_SYSTEM_ACTOR, .for_whom = ""};
	const struct rules_topic many = {MANY_NAME, MANY_CODE, NULL, false, 1};
	struct raise_told what = {item, title_of(r, o), o->link, import_order_text(o, a), o->source,
		r->source_name, o->published, r->job->now, NULL};
	struct match_result m;
	int64_t alert;
	enum err_code rc = import_order_match(r, o, a, &m, e);

	if (!rc && !(what.title && what.text))
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < m.topic_count; i++) {
		const struct match_topic *t = &m.topics[i];
		rc = import_order_grounds(r, o, &m, t, a, &what.grounds, e);
		if (!rc)
			rc = raise_told_alert(r->job->office, &by, &what, &t->topic, t, t->grade, a,
				story, &alert, e);
	}
	if (!rc && !m.topic_count)
		rc = raise_told_alert(r->job->office, &by, &what, &many, NULL, GRADE_GENERAL, a,
			story, &alert, e);
	return rc;
}

/* A row of its own, or one that the news have brought already. */
static enum err_code raise_group(
	struct import_orders *r, const struct group *g, int64_t *story, struct err *e)
{
	struct db *db = r->job->office->db;
	int64_t before = 0, now, item;
	enum err_code rc = db_get_int(db, ST_ALERT_TOTAL, DB_NO_ARGS, &before, e);

	if (!rc)
		rc = take_in(r, g, &item, story, e);
	if (!rc && !*story) {
		const struct item_record joining = {.id = item};
		rc = raise_into(r, g, item, story, e);
		if (!rc)
			rc = items_join_story(db, &joining, *story, e);
	}
	if (!rc)
		rc = db_get_int(db, ST_ALERT_TOTAL, DB_NO_ARGS, &now, e);
	return rc ? rc : tell_queue(r, g, *story, now > before, e);
}

static enum err_code set_stories(
	struct import_orders *r, const struct group *g, int64_t story, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < g->all->count; i++) {
		const struct order_record *o = g->all->members[i].r;
		if (g->all->group[i] == g->first && o->story == 0)
			rc = orders_set_story(r->job->office->db, o->source, o->number, story, e);
	}
	return rc;
}

/* A story that news or earlier orders made and that this single order is a copy of. */
static enum err_code find_story(
	struct import_orders *r, const struct group *g, int64_t *story, struct err *e)
{
	const struct order_record *o = &g->lead->r;
	char key[TITLE_KEY_SIZE];
	struct item_record like = {
		.at = o->at, .title_key = o->title && o->title_key[0] ? key : NULL};
	enum err_code rc = ERR_OK;
	struct buf article;

	buf_init(&article, BUF_MAX_DEFAULT);
	title_key_make(o->title_key, strlen(o->title_key), key);
	if (o->link && !url_article_is_front(o->link))
		rc = url_add_article_key(&article, o->link, e);
	if (rc == ERR_INPUT) /* no address of ours */
		rc = ERR_OK;
	else if (!rc && article.len)
		like.url = buf_str(&article);
	if (!rc && (like.url || like.title_key))
		rc = items_find_story(r->job->office->db, &like, story, e);
	buf_fini(&article);
	return rc;
}

static bool deserves_row(const struct group *g)
{
	return g->count >= IMPORT_ORDERS_MIN || g->lead->r.grade >= GRADE_LARGER;
}

/* The row is there; a graver order makes it graver, nothing else. */
static enum err_code add_to_row(struct import_orders *r, struct group *g, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (g->lead->r.grade >= GRADE_LARGER)
		rc = raise_into(r, g, 0, &g->story, e);
	if (!rc && g->joining)
		rc = tell_queue(r, g, g->story, false, e);
	return rc;
}

static enum err_code settle(struct import_orders *r, struct group *g, struct err *e)
{
	enum err_code rc = g->story ? ERR_OK : find_story(r, g, &g->story, e);

	if (rc || (!g->story && !deserves_row(g)))
		return rc;
	rc = import_write(r->job, e);
	if (!rc)
		rc = g->story ? add_to_row(r, g, e) : raise_group(r, g, &g->story, e);
	if (!rc)
		rc = set_stories(r, g, g->story, e);
	return rc ? rc : import_commit(r->job, e);
}

/* One pass gathers what is known of every group, then each is settled. */
static enum err_code settle_all(struct import_orders *r, const struct matters *m, struct err *e)
{
	struct group *groups = arena_array(r->job->arena, m->count + 1, sizeof *groups);
	struct import_result *out = r->job->out;
	enum err_code rc = groups ? ERR_OK : err_nomem(e);

	out->queue = arena_array(r->job->arena, r->touched_count + 1, sizeof *out->queue);
	if (!out->queue)
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < m->count; i++) {
		struct group *g = &groups[m->group[i]];
		const struct member *x = &m->members[i];
		g->all = m;
		g->first = m->group[i];
		g->count++;
		if (x->r->story && (!g->story || x->r->story < g->story))
			g->story = x->r->story;
		g->joining += x->touched && !x->r->story;
		if (x->touched && (!g->lead || is_graver(x->r, &g->lead->r)))
			g->lead = x->touched;
	}
	for (size_t i = 0; !rc && i < m->count; i++) {
		if (groups[i].lead)
			rc = settle(r, &groups[i], e);
		if (!rc && groups[i].lead)
			rc = import_step(r->job, r->count * 2, r->count * 2, e);
	}
	return rc;
}

enum err_code import_orders_queue(struct import_orders *r, struct err *e)
{
	struct matters m = {NULL, 0, NULL};
	enum err_code rc;

	if (!r->touched_count)
		return ERR_OK;
	rc = gather(r, &m, e);
	if (!rc)
		rc = group_members(r, &m, e);
	return rc ? rc : settle_all(r, &m, e);
}
