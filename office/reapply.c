/*
 * reapply.c - two passes: every item is weighed as ingest would weigh it today, then the
 * open alerts of the stories that were met are looked at for their reason.
 */
#include "office/reapply.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/alerts.h"
#include "ledger/doubts.h"
#include "ledger/items.h"
#include "ledger/list.h"
#include "office/act.h"
#include "office/changes.h"
#include "office/intake.h"
#include "office/raise.h"

#define KEEPERS (PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN)
#define BATCH_ITEMS 64 /* of one transaction */
#define BATCH_MS 50
#define SCRATCH_MAX ((size_t)512 << 20)

struct met { /* a story, or an alert that would be raised */
	int64_t story;
	struct hash key;
	size_t order;
};

struct job {
	struct office *office;
	bool dry;
	struct arena *arena; /* of the result */
	struct arena *scratch; /* of one story, of one item beside the walk's own */
	const struct rules *rules;
	struct match_work *work;
	struct list raised, doubted, upheld; /* struct reapply_alert */
	struct list stories, keys; /* struct met */
	int64_t items;
	int64_t begun; /* ms, of the open transaction */
	int in_batch;
};

static enum err_code add_alert(struct job *j, struct list *l, int64_t alert, int64_t story,
	const char *topic, const char *title, struct err *e)
{
	struct reapply_alert *new = list_add(l);

	if (!new)
		return err_nomem(e);
	*new = (struct reapply_alert){
		alert, story, arena_strdup(j->arena, topic), arena_strdup(j->arena, title)};
	return arena_failed(j->arena) ? err_nomem(e) : ERR_OK;
}

static enum err_code meet(struct list *l, int64_t story, struct hash key, struct err *e)
{
	struct met *new = list_add(l);

	if (!new)
		return err_nomem(e);
	*new = (struct met){story, key, l->count};
	return ERR_OK;
}

/* --- the first pass, for real -------------------------------------------------------- */

static enum err_code begin_batch(struct job *j, struct err *e)
{
	if (db_is_writing(j->office->db))
		return ERR_OK;
	db_yield(j->office->db);
	j->in_batch = 0;
	j->begun = time_monotonic_ms();
	return db_begin_write(j->office->db, e);
}

static enum err_code end_batch(struct job *j, struct err *e)
{
	return db_is_writing(j->office->db) ? db_commit(j->office->db, e) : ERR_OK;
}

static bool is_batch_full(const struct job *j)
{
	return j->in_batch >= BATCH_ITEMS || time_monotonic_ms() - j->begun >= BATCH_MS;
}

static enum err_code last_alert(struct job *j, int64_t *out, struct err *e)
{
	enum err_code rc =
		db_get_int(j->office->db, ST_ID_LAST, DB_ARGS(DB_TEXT("A"), DB_INT(0)), out, e);

	if (rc == ERR_NOT_FOUND)
		*out = 0;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err_code list_raised(struct job *j, int64_t after, struct arena *a, struct err *e)
{
	struct alert alert;
	int64_t last = 0;
	enum err_code rc = last_alert(j, &last, e);

	for (int64_t id = after + 1; !rc && id <= last; id++) {
		rc = alerts_get(j->office->db, id, a, &alert, e);
		if (!rc)
			rc = add_alert(j, &j->raised, id, alert.story, alert.topic, alert.title, e);
	}
	return rc;
}

static enum err_code end_item(struct job *j, struct err *e)
{
	j->in_batch++;
	return is_batch_full(j) ? end_batch(j, e) : ERR_OK;
}

/* Its words are what they were: nothing but the rules can have changed what it means. */
static enum err_code weigh(struct job *j, struct item_record *r, struct arena *a, struct err *e)
{
	struct intake_counts counts = {0, 0, 0};
	struct intake in;
	const char *words;
	int64_t last = 0;
	enum err_code rc = begin_batch(j, e);

	if (!rc)
		rc = last_alert(j, &last, e);
	if (!rc)
		rc = intake_of_item(j->office, r, a, &in, e);
	if (!rc)
		rc = changes_words(j->office->db, a, r, &words, e);
	if (!rc)
		rc = intake_weigh(&in, r->id, words, &counts, e);
	if (!rc && counts.alerts)
		rc = list_raised(j, last, a, e);
	return rc ? rc : end_item(j, e);
}

static enum err_code judge(
	struct job *j, struct item_record *r, struct arena *a, struct judged *out, struct err *e)
{
	struct intake in;
	enum err_code rc = intake_of_item(j->office, r, a, &in, e);

	return rc ? rc : raise_judge(&in, j->work, r, out, e);
}

/* Most items: the rules of today say of it, to the letter, what was said before, and what that
 * meant was done then. One without a story is weighed all the same when these rules are new to
 * it: a copy of it may have begun one. */
static enum err_code weigh_changed(
	struct job *j, struct item_record *r, struct arena *a, struct err *e)
{
	struct item_record now = *r;
	struct judged judged;
	enum err_code rc = judge(j, &now, a, &judged, e);
	bool is_known = !rc && strcmp(now.rules_hash, r->rules_hash) == 0;

	if (rc || strcmp(now.verdict, r->verdict) != 0 || (!is_known && !r->story))
		return rc ? rc : weigh(j, r, a, e);
	if (is_known)
		return ERR_OK;
	rc = begin_batch(j, e);
	if (!rc)
		rc = items_judged(j->office->db, &now, e);
	return rc ? rc : end_item(j, e);
}

static enum err_code story_of(struct job *j, int64_t item, int64_t *out, struct err *e)
{
	enum err_code rc = db_get_int(j->office->db, ST_ITEM_STORY, DB_ARGS(DB_INT(item)), out, e);

	if (*out == TIME_NONE) /* NULL */
		*out = 0;
	return rc;
}

/* --- the first pass, only looking ------------------------------------------------------ */

static struct hash key_of(const struct item_record *r, const char *code, struct arena *a)
{
	const char *group = trial_group(r, a);
	const char *key = group ? arena_printf(a, "%s %s", code, group)
				: arena_printf(a, "%s I%lld", code, (long long)r->id);

	return hash_of(key ? key : "", key ? strlen(key) : 0);
}

static enum err_code would_raise(struct job *j, const struct item_record *r,
	const struct match_topic *t, struct arena *a, struct err *e)
{
	int64_t alert;
	int grade;
	enum err_code rc =
		r->story ? alerts_find(j->office->db, r->story, t->topic.code, &alert, &grade, e)
			 : ERR_NOT_FOUND;

	if (rc != ERR_NOT_FOUND)
		return rc;
	rc = add_alert(j, &j->raised, 0, r->story, t->topic.name, r->title, e);
	return rc ? rc : meet(&j->keys, 0, key_of(r, t->topic.code, a), e);
}

static enum err_code look_at(struct job *j, struct item_record *r, struct arena *a, struct err *e)
{
	struct judged judged;
	enum err_code rc = judge(j, r, a, &judged, e);

	if (!rc && !r->story)
		rc = items_find_story(j->office->db, r, &r->story, e);
	for (size_t i = 0; !rc && !judged.own && i < judged.match.topic_count; i++)
		rc = would_raise(j, r, &judged.match.topics[i], a, e);
	return arena_failed(a) ? err_nomem(e) : rc;
}

static int by_key(const void *a, const void *b)
{
	const struct met *x = a, *y = b;
	int c = memcmp(x->key.byte, y->key.byte, sizeof x->key.byte);

	return c ? c : (x->order > y->order) - (x->order < y->order);
}

/* Copies make one alert: the first of each key stays. */
static void drop_copies(struct job *j)
{
	struct met *keys = j->keys.items;
	struct reapply_alert *all = j->raised.items;
	size_t kept = 0;

	if (!j->keys.count)
		return;
	qsort(keys, j->keys.count, sizeof *keys, by_key);
	for (size_t i = 1; i < j->keys.count; i++)
		if (hash_eq(&keys[i].key, &keys[i - 1].key))
			all[keys[i].order - 1].topic = NULL;
	for (size_t i = 0; i < j->raised.count; i++)
		if (all[i].topic)
			all[kept++] = all[i];
	j->raised.count = kept;
}

/* --- each item --- */

static enum err_code take(void *data, struct item_record *r, struct arena *a, struct err *e)
{
	struct job *j = data;
	int64_t story = r->story;
	struct hash none = {{0}};
	enum err_code rc = j->dry ? look_at(j, r, a, e) : weigh_changed(j, r, a, e);

	if (!rc && !j->dry)
		rc = story_of(j, r->id, &story, e);
	if (!rc && story)
		rc = meet(&j->stories, story, none, e);
	j->items += !rc;
	return rc;
}

/* --- the second pass --------------------------------------------------------------------- */

static bool has_topic(const struct judged *judged, const char *code)
{
	for (size_t i = 0; !judged->own && i < judged->match.topic_count; i++)
		if (strcmp(judged->match.topics[i].topic.code, code) == 0)
			return true;
	return false;
}

/* Rules gave reason for it, and the item they gave it for can still be judged. What people told
 * the office is not for rules to doubt. */
static enum err_code is_by_rules(struct job *j, const struct alert *alert,
	const struct item_record *items, size_t count, bool *out, struct err *e)
{
	bool there = false, told = false;
	enum err_code rc = intake_is_told(j->office, alert->source, &told, e);

	for (size_t i = 0; i < count; i++)
		there |= items[i].id == alert->item;
	*out = there && !told && strcmp(alert->why, "[]") != 0;
	return rc;
}

/* Which of the alerts an item of the story gives reason for. */
static enum err_code find_reasons(struct job *j, const struct alert *alerts, size_t n,
	const struct item_record *items, size_t count, bool *has_reason, struct err *e)
{
	size_t missing = n;
	enum err_code rc = ERR_OK;

	for (size_t k = 0; !rc && k < n; k++) {
		bool by_rules = false;
		rc = is_by_rules(j, &alerts[k], items, count, &by_rules, e);
		has_reason[k] = !by_rules;
		missing -= has_reason[k];
	}
	for (size_t i = 0; !rc && missing && i < count; i++) {
		struct item_record r = items[i];
		struct judged judged;
		rc = judge(j, &r, j->scratch, &judged, e);
		for (size_t k = 0; !rc && k < n; k++)
			if (!has_reason[k] && has_topic(&judged, alerts[k].code)) {
				has_reason[k] = true;
				missing--;
			}
	}
	return rc;
}

static enum err_code mark(struct job *j, const struct alert *alert, bool has_reason, struct err *e)
{
	struct event_draft by = {office_now(j->office), PEOPLE_SYSTEM_ACTOR, "", NULL, NULL, NULL};
	bool doubted = alert->doubted_at != TIME_NONE;
	enum err_code rc;

	if (has_reason && !doubted)
		return ERR_OK;
	rc = add_alert(j, has_reason ? &j->upheld : &j->doubted, alert->id, alert->story,
		alert->topic, alert->title, e);
	if (rc || j->dry || doubted == !has_reason)
		return rc;
	return doubts_set(j->office->db, &by, alert->id, !has_reason, rules_hash(j->rules), e);
}

static enum err_code weigh_story(struct job *j, int64_t story, struct err *e)
{
	struct db *db = j->office->db;
	struct item_record *items;
	struct alert *alerts = NULL;
	struct story s;
	size_t n = 0, count = 0;
	bool *has_reason = NULL;
	enum err_code rc = alerts_get_story(db, story, j->scratch, &s, e);

	if (rc || strcmp(s.state, "open") != 0)
		return rc;
	rc = alerts_of_story(db, story, j->scratch, &alerts, &n, e);
	if (!rc)
		rc = items_of_story(db, story, j->scratch, &items, &count, e);
	if (!rc && !(has_reason = arena_array(j->scratch, n + 1, sizeof *has_reason)))
		rc = err_nomem(e);
	if (!rc)
		rc = find_reasons(j, alerts, n, items, count, has_reason, e);
	for (size_t k = 0; !rc && k < n; k++)
		rc = mark(j, &alerts[k], has_reason[k], e);
	return rc;
}

static int by_story(const void *a, const void *b)
{
	const struct met *x = a, *y = b;

	return (x->story > y->story) - (x->story < y->story);
}

/* A story a transaction: it may have very many items. */
static enum err_code weigh_stories(struct job *j, const struct trial_watch *watch, struct err *e)
{
	struct met *all = j->stories.items;
	enum err_code rc = ERR_OK;

	if (j->stories.count)
		qsort(all, j->stories.count, sizeof *all, by_story);
	for (size_t i = 0; !rc && i < j->stories.count; i++) {
		if (i && all[i].story == all[i - 1].story)
			continue;
		if (watch && sig_stop_asked(watch->sig))
			return err_set(e, ERR_STOPPED, _("stopped"));
		rc = j->dry ? ERR_OK : db_begin_write(j->office->db, e);
		if (!rc)
			rc = weigh_story(j, all[i].story, e);
		if (!rc && !j->dry)
			rc = db_commit(j->office->db, e);
		db_rollback(j->office->db);
		db_yield(j->office->db);
		arena_reset(j->scratch);
	}
	return rc;
}

/* --- all of it ------------------------------------------------------------------------------ */

static enum err_code record(
	struct job *j, int64_t since, const struct reapply_result *r, bool stopped, struct err *e)
{
	struct act a;

	act_begin(&a, j->office, KEEPERS, _("apply the rules"), e);
	act_event(&a);
	act_int(&a, "since", since);
	act_str(&a, "rules_hash", rules_hash(j->rules));
	act_int(&a, "items", r->items);
	act_int(&a, "raised", (int64_t)r->raised.count);
	act_int(&a, "doubted", (int64_t)r->doubted.count);
	act_int(&a, "upheld", (int64_t)r->upheld.count);
	act_int(&a, "stopped", stopped);
	act_append(&a, "rules.applied/1", "");
	return act_end(&a);
}

static struct reapply_list list_of(const struct list *l)
{
	return (struct reapply_list){l->items, l->count};
}

static enum err_code prepare(struct job *j, struct err *e)
{
	enum err_code rc = people_require(&j->office->person, KEEPERS, _("apply the rules"), e);

	if (!rc)
		rc = office_rules(j->office, &j->rules, e);
	if (rc)
		return rc;
	j->scratch = arena_new(SCRATCH_MAX);
	j->work = match_work_new(j->rules);
	list_init(&j->raised, j->arena, sizeof(struct reapply_alert));
	list_init(&j->doubted, j->arena, sizeof(struct reapply_alert));
	list_init(&j->upheld, j->arena, sizeof(struct reapply_alert));
	list_init(&j->stories, j->arena, sizeof(struct met));
	list_init(&j->keys, j->arena, sizeof(struct met));
	return j->scratch && j->work ? ERR_OK : err_nomem(e);
}

enum err_code office_reapply(struct office *o, int64_t since, bool dry,
	const struct trial_watch *watch, struct arena *a, struct reapply_result *out, struct err *e)
{
	struct job j = {.office = o, .dry = dry, .arena = a};
	struct err stop;
	enum err_code rc = prepare(&j, e);

	memset(out, 0, sizeof *out);
	if (!rc)
		rc = trial_items(o, since, watch, take, &j, e);
	/* What a stop interrupts is whole items: they are kept. */
	if (!rc || rc == ERR_STOPPED) {
		enum err_code kept = end_batch(&j, &stop);
		if (kept)
			rc = err_set(e, kept, "%s", stop.text);
	}
	db_rollback(o->db);
	if (!rc)
		rc = weigh_stories(&j, watch, e);
	drop_copies(&j);
	*out = (struct reapply_result){
		j.items, list_of(&j.raised), list_of(&j.doubted), list_of(&j.upheld)};
	if (!dry && (!rc || rc == ERR_STOPPED)) {
		enum err_code told = record(&j, since, out, rc == ERR_STOPPED, &stop);
		if (told)
			rc = err_set(e, told, "%s", stop.text);
	}
	match_work_free(j.work);
	arena_free(j.scratch);
	return rc;
}
