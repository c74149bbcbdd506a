/*
 * import_orders.c - orders into the ledger, and what of them reaches the queue.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/url.h"
#include "base/utf8.h"
#include "crawler/date.h"
#include "ledger/items.h"
#include "ledger/orders.h"
#include "matcher/match.h"
#include "office/act.h"
#include "office/import_matter.h"
#include "office/import_private.h"
#include "office/intake.h"
#include "office/raise_told.h"

#define BATCH 200 /* orders in one transaction */
#define NUMBER_MAX 64 /* characters */
#define NUMBERS_SHOWN 20
#define TITLE_FROM_TEXT 40
#define MANY_NAME "群众集中诉求"
#define MANY_CODE "many-orders"
#define KEY_BYTES ((size_t)64 << 10)

struct order { /* one record on its way */
	const struct table_record *from;
	struct order_record r;
	struct hash digest;
	enum order_change change;
	bool refused;
};

struct run {
	struct import_job *job;
	const char *source_name;
	const struct rules *rules;
	struct order *orders;
	size_t count;
	struct order **touched; /* new, changed, or in no row yet; in the file's order */
	size_t touched_count;
	struct arena *scratch; /* for one order */
};

/* --- the number --- */

static const char *bad_number(const struct table_record *r)
{
	const char *number = r->field[TABLE_NUMBER];
	bool digit = false;

	if (!number)
		return _("it has no order number");
	if (utf8_count(number, strlen(number)) > NUMBER_MAX)
		return _("its order number is too long");
	for (const char *p = number; *p; p++) {
		if (str_is_space((unsigned char)*p))
			return _("its order number holds blanks");
		digit = digit || str_is_digit((unsigned char)*p);
	}
	return digit ? NULL : _("its order number holds no digit");
}

static int by_number(const void *a, const void *b)
{
	const struct order *const *x = a, *const *y = b;
	int c = strcmp((*x)->r.number, (*y)->r.number);

	return c ? c : ((*x)->r.row > (*y)->r.row) - ((*x)->r.row < (*y)->r.row);
}

/* Of rows with one number the first is taken. */
static enum err_code refuse_twins(struct run *r, struct err *e)
{
	struct arena *a = r->job->arena;
	struct order **sorted = arena_array(a, r->count + 1, sizeof(struct order *));
	size_t n = 0;
	enum err_code rc = sorted ? ERR_OK : err_nomem(e);

	for (size_t i = 0; sorted && i < r->count; i++)
		if (!r->orders[i].refused)
			sorted[n++] = &r->orders[i];
	if (n)
		qsort(sorted, n, sizeof(struct order *), by_number);
	for (size_t i = 1, first = 0; !rc && i < n; i++) {
		if (strcmp(sorted[i]->r.number, sorted[first]->r.number) != 0) {
			first = i;
			continue;
		}
		sorted[i]->refused = true;
		rc = import_refuse(r->job, (size_t)sorted[i]->r.row,
			arena_printf(a, _("order %s stands in row %lld already"),
				sorted[i]->r.number, (long long)sorted[first]->r.row),
			e);
	}
	return rc;
}

/* --- the limit --- */

static bool has_clock(const char *s)
{
	return strchr(s, ':') || strstr(s, "：") || strstr(s, "时") || strstr(s, "点");
}

/* "5" under 办理时限（工作日） says its unit in the head. */
static const char *with_unit(const struct run *r, const char *text)
{
	static const char *const units[] = {"工作日", "小时", "天", "日", NULL};
	const char *head = table_map_head(&r->job->sheet, &r->job->map, TABLE_LIMIT);
	int64_t ignored;

	for (size_t i = 0; units[i] && str_to_int(str_of(text), 1, 1000, &ignored); i++)
		if (strstr(head, units[i]))
			return arena_printf(r->job->arena, "%s %s", text,
				strcmp(units[i], "日") == 0 ? "天" : units[i]);
	return text;
}

static enum err_code set_due(struct run *r, struct order *o, struct err *e)
{
	const struct time_zone *zone = r->job->office->settings.zone;
	const char *text = o->r.limit;
	struct calendar_limit limit;
	struct err why = {ERR_OK, ""};
	int64_t start = o->r.accepted != TIME_NONE ? o->r.accepted : o->r.published, t;
	enum err_code rc;

	o->r.due = TIME_NONE;
	if (!text)
		return ERR_OK;
	if (date_parse(text, strlen(text), r->job->now, zone, &t)) {
		/* A date alone ends with its day. */
		o->r.due = has_clock(text) ? t : t + 86399;
		return ERR_OK;
	}
	text = with_unit(r, text);
	rc = text ? calendar_parse_limit(text, &limit, &why) : err_nomem(e);
	if (!rc && start == TIME_NONE)
		rc = err_set(&why, ERR_CONFIG, _("the order has no time that it could count from"));
	if (!rc)
		rc = calendar_due(start, &limit, zone, &o->r.due, &why);
	if (!rc || rc == ERR_NOMEM)
		return rc;
	o->r.due = TIME_NONE;
	return import_remark(r->job, o->from->row,
		arena_printf(
			r->job->arena, _("limit “%s” is kept as text: %s"), o->r.limit, why.text),
		e);
}

/* --- what the rules say --- */

static const char *text_of(const struct order_record *o, struct arena *a)
{
	return arena_printf(a, "%s%s%s", o->content ? o->content : "",
		o->content && o->place ? "\n" : "", o->place ? o->place : "");
}

static enum err_code match_order(const struct run *r, const struct order_record *o, struct arena *a,
	struct match_result *out, struct err *e)
{
	const char *text = text_of(o, a);
	struct match_input in = {.title = o->title ? o->title : "",
		.text = text,
		.source = r->source_name,
		.source_size = strlen(r->source_name),
		.local = true}; /* it was told to this office */

	if (!text)
		return err_nomem(e);
	in.title_size = strlen(in.title);
	in.text_size = strlen(text);
	return match_text(r->rules, &in, a, out, e);
}

static enum err_code judge(struct run *r, struct order *o, struct err *e)
{
	struct match_result m;
	struct buf codes;
	enum err_code rc = match_order(r, &o->r, r->scratch, &m, e);

	if (rc)
		return rc;
	buf_init(&codes, KEY_BYTES);
	for (size_t i = 0; i < m.topic_count; i++) {
		buf_addf(&codes, "%s%s|", i ? "" : "|", m.topics[i].topic.code);
		if ((int64_t)m.topics[i].grade > o->r.grade)
			o->r.grade = (int64_t)m.topics[i].grade;
		if (m.topics[i].score > o->r.score)
			o->r.score = m.topics[i].score;
	}
	rc = buf_check(&codes, _("the topics of an order"), e);
	o->r.codes = arena_strdup(r->job->arena, buf_str(&codes));
	o->r.rules_hash = rules_hash(r->rules);
	buf_fini(&codes);
	return rc || o->r.codes ? rc : err_nomem(e);
}

static enum err_code set_keys(struct run *r, struct order *o, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, KEY_BYTES * 16);
	rc = matter_title_key(&b, o->r.title, o->r.content, e);
	o->r.title_key = arena_strdup(r->job->arena, buf_str(&b));
	buf_clear(&b);
	if (!rc)
		rc = matter_place_key(&b, o->r.place, e);
	o->r.place_key = arena_strdup(r->job->arena, buf_str(&b));
	buf_fini(&b);
	return rc || (o->r.title_key && o->r.place_key) ? rc : err_nomem(e);
}

/* --- from record to order --- */

static void copy_fields(struct run *r, struct order *o)
{
	const char *const *f = o->from->field;

	o->r.source = r->job->out->source;
	o->r.number = f[TABLE_NUMBER];
	o->r.type = f[TABLE_TYPE];
	o->r.title = f[TABLE_TITLE];
	o->r.content = f[TABLE_CONTENT];
	o->r.place = f[TABLE_PLACE];
	o->r.unit = f[TABLE_UNIT];
	o->r.channel = f[TABLE_SOURCE];
	o->r.state = f[TABLE_STATE];
	o->r.result = f[TABLE_RESULT];
	o->r.satisfaction = f[TABLE_SATISFACTION];
	o->r.link = f[TABLE_LINK];
	o->r.limit = f[TABLE_LIMIT];
	o->r.published = o->from->published;
	o->r.accepted = o->from->accepted;
	o->r.finished = o->from->finished;
	o->r.at = o->r.published != TIME_NONE  ? o->r.published
		  : o->r.accepted != TIME_NONE ? o->r.accepted
					       : r->job->now;
	o->r.imported = r->job->now;
	o->r.file = r->job->out->file;
	o->r.row = (int64_t)o->from->row;
}

static enum err_code make_order(struct run *r, struct order *o, struct err *e)
{
	const char *why = bad_number(o->from);
	enum err_code rc;

	if (why) {
		o->refused = true;
		return import_refuse(r->job, o->from->row, arena_strdup(r->job->arena, why), e);
	}
	copy_fields(r, o);
	rc = set_due(r, o, e);
	if (!rc)
		rc = judge(r, o, e);
	if (!rc)
		rc = set_keys(r, o, e);
	return rc ? rc : orders_digest(&o->r, &o->digest, e);
}

static enum err_code make_orders(struct run *r, struct err *e)
{
	size_t n = r->job->rows.count;
	enum err_code rc = ERR_OK;

	r->orders = arena_array(r->job->arena, n + 1, sizeof *r->orders);
	r->touched = arena_array(r->job->arena, n + 1, sizeof(struct order *));
	if (!r->orders || !r->touched)
		return err_nomem(e);
	r->count = n;
	for (size_t i = 0; !rc && i < n; i++) {
		r->orders[i].from = &r->job->rows.records[i];
		rc = import_step(r->job, i, n * 2, e);
		if (!rc)
			rc = make_order(r, &r->orders[i], e);
		arena_reset(r->scratch);
	}
	return rc ? rc : refuse_twins(r, e);
}

/* --- storing --- */

static enum err_code put_order(struct run *r, struct order *o, struct err *e)
{
	struct import_result *out = r->job->out;
	enum err_code rc = orders_put(r->job->office->db, &o->r, &o->digest, &o->change, e);

	if (rc)
		return rc;
	out->added += o->change == ORDER_NEW;
	out->changed += o->change == ORDER_CHANGED;
	out->same += o->change == ORDER_SAME;
	/* A run that was interrupted may have stored what it did not group. */
	if (o->change != ORDER_SAME || !o->r.story)
		r->touched[r->touched_count++] = o;
	return ERR_OK;
}

static enum err_code put_orders(struct run *r, struct err *e)
{
	size_t n = r->count;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < n; i += BATCH) {
		rc = import_step(r->job, n + i, n * 2, e);
		if (!rc)
			rc = import_write(r->job, e);
		for (size_t k = i; !rc && k < n && k < i + BATCH; k++)
			if (!r->orders[k].refused)
				rc = put_order(r, &r->orders[k], e);
		if (!rc)
			rc = import_commit(r->job, e);
	}
	return rc;
}

/* --- one matter --- */

struct member {
	const struct order_record *r; /* touched: whole, else as orders_window() gives it */
	struct order *touched; /* NULL: it was there before */
};

struct matters {
	struct member *members;
	size_t count, *group;
};

struct group { /* one matter */
	const struct matters *all;
	size_t first; /* the group's number */
	size_t count, joining; /* joining: those touched that have no story yet */
	struct order *lead; /* the gravest of those touched */
	int64_t story; /* 0: none yet */
};

static bool is_touched(const struct run *r, struct order **sorted, const struct order_record *o)
{
	struct order key = {.r = {.number = o->number}};
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

static void span_of(const struct run *r, int64_t *from, int64_t *to)
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

static enum err_code gather(struct run *r, struct matters *m, struct err *e)
{
	struct arena *a = r->job->arena;
	struct order **sorted = arena_array(a, r->touched_count + 1, sizeof(struct order *));
	struct order_record *there;
	size_t n;
	int64_t from, to;
	enum err_code rc;

	if (!sorted)
		return err_nomem(e);
	memcpy(sorted, r->touched, r->touched_count * sizeof(struct order *));
	qsort(sorted, r->touched_count, sizeof(struct order *), by_number);
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

static enum err_code group_members(struct run *r, struct matters *m, struct err *e)
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

static const char *title_of(const struct run *r, const struct order_record *o)
{
	const char *text = o->content ? o->content : o->number;

	if (o->title)
		return o->title;
	return arena_strndup(r->job->arena, text, utf8_offset(text, strlen(text), TITLE_FROM_TEXT));
}

/* "GD-1、GD-2 …" of the group; all of them when they are few. */
static const char *numbers_of(const struct run *r, const struct group *g)
{
	struct buf b;
	size_t shown = 0;
	const char *kept;

	buf_init(&b, KEY_BYTES);
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
	struct run *r, const struct group *g, int64_t story, bool is_new, struct err *e)
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
	struct run *r, const struct group *g, struct item *out, struct err *e)
{
	struct arena *a = r->job->arena;
	const struct order_record *o = &g->lead->r;
	enum err_code rc = table_rows_item(&r->job->sheet, &r->job->map, g->lead->from, a, out, e);

	if (rc)
		return rc;
	out->id = arena_printf(a, "order:%s", o->number);
	if (g->count > 1)
		out->summary =
			arena_printf(a, "%s%s同类工单%zu件：%s", out->summary ? out->summary : "",
				out->summary ? "\n" : "", g->count, numbers_of(r, g));
	return out->id ? ERR_OK : err_nomem(e);
}

static enum err_code take_in(
	struct run *r, const struct group *g, int64_t *item, int64_t *story, struct err *e)
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
		rc = intake_document(&in, &doc, &counts, e);
	buf_init(&identity, KEY_BYTES);
	item_add_identity(&identity, &one);
	if (!rc)
		rc = raise_told_find_item(
			r->job->office, source.id, buf_str(&identity), item, story, e);
	buf_fini(&identity);
	return rc;
}

/* What the rules say of the lead, as alerts of a story that is there; without rules one
 * alert says that many complain of one thing. */
static enum err_code raise_into(
	struct run *r, const struct group *g, int64_t item, int64_t *story, struct err *e)
{
	struct arena *a = r->job->arena;
	const struct order_record *o = &g->lead->r;
	const struct event_draft by = {
		.at = r->job->now, .actor = PEOPLE_SYSTEM_ACTOR, .for_whom = ""};
	const struct rules_topic many = {MANY_NAME, MANY_CODE, NULL, false, 1};
	const struct raise_told what = {item, title_of(r, o), o->link, text_of(o, a), o->source,
		r->source_name, o->published, r->job->now};
	struct match_result m;
	int64_t alert;
	enum err_code rc = match_order(r, o, a, &m, e);

	if (!rc && !(what.title && what.text))
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < m.topic_count; i++)
		rc = raise_told_alert(r->job->office, &by, &what, &m.topics[i].topic, &m.topics[i],
			m.topics[i].grade, a, story, &alert, e);
	if (!rc && !m.topic_count)
		rc = raise_told_alert(r->job->office, &by, &what, &many, NULL, GRADE_GENERAL, a,
			story, &alert, e);
	return rc;
}

/* A row of its own, or one that the news have brought already. */
static enum err_code raise_group(
	struct run *r, const struct group *g, int64_t *story, struct err *e)
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

static enum err_code set_stories(struct run *r, const struct group *g, int64_t story, struct err *e)
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
static enum err_code find_story(struct run *r, const struct group *g, int64_t *story, struct err *e)
{
	const struct order_record *o = &g->lead->r;
	struct item_record like = {
		.at = o->at, .title_key = o->title && o->title_key[0] ? o->title_key : NULL};
	char *url = NULL;
	enum err_code rc = ERR_OK;

	if (o->link && url_canonical(o->link, NULL, &url, NULL) != ERR_OK)
		url = NULL;
	like.url = url;
	if (url || like.title_key)
		rc = items_find_story(r->job->office->db, &like, story, e);
	free(url);
	return rc;
}

static bool deserves_row(const struct group *g)
{
	return g->count >= IMPORT_ORDERS_MIN || g->lead->r.grade >= GRADE_LARGER;
}

/* The row is there; a graver order makes it graver, nothing else. */
static enum err_code add_to_row(struct run *r, struct group *g, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (g->lead->r.grade >= GRADE_LARGER)
		rc = raise_into(r, g, 0, &g->story, e);
	if (!rc && g->joining)
		rc = tell_queue(r, g, g->story, false, e);
	return rc;
}

static enum err_code settle(struct run *r, struct group *g, struct err *e)
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
static enum err_code settle_all(struct run *r, const struct matters *m, struct err *e)
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

static enum err_code to_queue(struct run *r, struct err *e)
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

/* --- the whole --- */

static enum err_code append_event(struct run *r, struct err *e)
{
	const struct import_result *out = r->job->out;
	char hex[HASH_HEX_SIZE];
	struct act a;

	if (r->job->opt->dry_run)
		return ERR_OK;
	hash_to_hex(&r->job->sha256, hex);
	act_begin(&a, r->job->office, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("import orders"), e);
	act_event(&a);
	act_int(&a, "added", (int64_t)out->added);
	act_str(&a, "digest", hex);
	act_text(&a, "file_text", out->file);
	act_int(&a, "refused", (int64_t)out->refused_count);
	act_int(&a, "revised", (int64_t)out->changed);
	act_int(&a, "rows", (int64_t)out->rows);
	act_str(&a, "source", out->source);
	act_int(&a, "unchanged", (int64_t)out->same);
	act_append(&a, "orders.imported/1", "orders");
	return act_end(&a);
}

static enum err_code set_source(struct run *r, struct err *e)
{
	const struct sources *all;
	const struct source *s;
	enum err_code rc = office_sources(r->job->office, &all, e);

	if (rc)
		return rc;
	s = sources_find(all, r->job->out->source);
	r->source_name = s ? s->name : r->job->out->source;
	return office_rules(r->job->office, &r->rules, e);
}

static enum err_code import_orders(struct run *r, struct err *e)
{
	enum err_code rc = set_source(r, e);

	if (!rc && r->job->map.column[TABLE_NUMBER] < 0)
		rc = err_set(e, ERR_INPUT,
			_("%s: no column with the number of the order; name it: --map number=HEAD"),
			r->job->opt->path);
	if (!rc)
		rc = make_orders(r, e);
	if (!rc)
		rc = put_orders(r, e);
	if (!rc)
		rc = to_queue(r, e);
	if (!rc)
		rc = append_event(r, e);
	return rc ? rc : import_end(r->job, e);
}

enum err_code office_import_orders(struct office *o, const struct import_options *opt,
	struct import_result *out, struct err *e)
{
	struct import_job *j = calloc(1, sizeof *j);
	struct run r = {.job = j, .scratch = arena_new(ARENA_MAX_DEFAULT)};
	enum err_code rc = j && r.scratch ? ERR_OK : err_nomem(e);

	memset(out, 0, sizeof *out);
	if (!rc) {
		*j = (struct import_job){.office = o, .opt = opt, .out = out};
		rc = import_begin(j, _("import orders"), e);
	}
	if (!rc)
		rc = import_orders(&r, e);
	db_rollback(o->db);
	arena_free(r.scratch);
	free(j);
	return rc;
}
