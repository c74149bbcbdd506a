/*
 * draft.c - record, digest, judgement and sketch of an item.
 */
#include "office/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "base/url_article.h"
#include "base/utf8.h"
#include "ledger/title_key.h"
#include "matcher/explain.h"
#include "matcher/match.h"
#include "matcher/normalise.h"
#include "office/copies.h"

#define TITLE_KEY_MIN 8 /* code points: shorter titles say too little */
#define IDENTITY_MAX ((size_t)4 << 20)
#define DRAFTS_MAX 4096 /* of a document */
#define DRAFTS_MEMORY ((size_t)32 << 20)

struct draft_tools {
	const struct rules *rules;
	struct match_work *work;
	struct neardup_look *look;
	struct explain_grounds *grounds; /* NULL until an alert is raised */
	/* Of a title: */
	struct shadow title;
	struct buf key;
};

static enum err_code make_tools(struct office *o, struct draft_tools *t, struct err *e)
{
	const struct channels *channels;
	enum err_code rc = office_rules(o, &t->rules, e);

	if (!rc)
		rc = office_channels(o, &channels, e);
	if (rc)
		return rc;
	t->work = match_work_new(t->rules);
	t->look = neardup_look_new(rules_shadows(t->rules));
	return t->work && t->look ? ERR_OK : err_nomem(e);
}

enum err_code draft_tools_new(struct office *o, struct draft_tools **out, struct err *e)
{
	struct draft_tools *t = calloc(1, sizeof *t);
	enum err_code rc;

	*out = NULL;
	if (!t)
		return err_nomem(e);
	normalise_shadow_init(&t->title);
	buf_init(&t->key, BUF_MAX_DEFAULT);
	rc = make_tools(o, t, e);
	if (rc)
		draft_tools_free(t);
	else
		*out = t;
	return rc;
}

void draft_tools_free(struct draft_tools *t)
{
	if (!t)
		return;
	match_work_free(t->work);
	neardup_look_free(t->look);
	explain_grounds_free(t->grounds);
	normalise_shadow_fini(&t->title);
	buf_fini(&t->key);
	free(t);
}

struct neardup_look *draft_tools_look(const struct draft_tools *t)
{
	return t->look;
}

struct match_work *draft_tools_work(const struct draft_tools *t)
{
	return t->work;
}

enum err_code draft_tools_grounds(struct draft_tools *t, const struct match_input *in,
	const struct match_result *m, struct explain_grounds **out, struct err *e)
{
	if (!t->grounds)
		t->grounds = explain_grounds_new(t->rules);
	*out = t->grounds;
	return t->grounds ? explain_grounds_begin(t->grounds, in, m, e) : err_nomem(e);
}

/* --- from a parsed item to a record --- */

/* By which stories know an address; NULL: it is none, or not the item's own. */
static const char *article_key(const struct intake *in, const struct item *it)
{
	const char *link = it->shared_link ? NULL : it->link;
	const char *key = NULL;
	enum err_code rc = ERR_INPUT;
	struct buf b;

	buf_init(&b, IDENTITY_MAX);
	if (link && !url_article_is_front(link))
		rc = url_add_article_key(&b, link, NULL);
	if (!rc)
		key = arena_strdup(in->arena, buf_str(&b));
	if (rc == ERR_NOMEM)
		arena_fail(in->arena);
	buf_fini(&b);
	return key;
}

static enum err_code title_key(const struct intake *in, struct draft_tools *t, const char *title,
	const char **out, struct err *e)
{
	char key[TITLE_KEY_SIZE];
	enum err_code rc;

	*out = NULL;
	if (!title)
		return ERR_OK;
	buf_clear(&t->key);
	rc = normalise_read(rules_shadows(t->rules), title, strlen(title), &t->title, e);
	if (rc)
		return rc;
	match_add_title_key(&t->title, &t->key);
	if (utf8_count(buf_str(&t->key), t->key.len) < TITLE_KEY_MIN)
		return buf_check(&t->key, N_("title"), e);
	title_key_make(buf_str(&t->key), t->key.len, key);
	*out = arena_strdup(in->arena, key);
	return buf_check(&t->key, N_("title"), e);
}

static enum err_code make_record(const struct intake *in, struct draft_tools *t,
	const struct item *it, struct item_record *r, struct err *e)
{
	struct item named = *it;
	struct buf b;
	enum err_code rc;

	memset(r, 0, sizeof *r);
	named.source = in->source_id;
	buf_init(&b, IDENTITY_MAX);
	item_add_identity(&b, &named);
	rc = buf_check(&b, N_("an item's identity"), e);
	r->identity = arena_strdup(in->arena, buf_str(&b));
	buf_fini(&b);
	if (rc)
		return rc;
	r->source = in->source_id;
	r->link = it->link;
	r->url = article_key(in, it);
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
	rc = title_key(in, t, it->title, &r->title_key, e);
	return rc ? rc : arena_failed(in->arena) ? err_nomem(e) : ERR_OK;
}

enum err_code draft_make(const struct intake *in, struct draft_tools *t, const struct item *it,
	struct draft *out, struct err *e)
{
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = make_record(in, t, it, &out->record, e);
	return rc ? rc : items_digest(&out->record, &out->digest, e);
}

/* --- what the rules and the index of texts want to know --- */

enum err_code draft_judge(
	const struct intake *in, struct draft_tools *t, struct draft *d, struct err *e)
{
	enum err_code rc =
		d->is_judged ? ERR_OK : raise_judge(in, t->work, &d->record, &d->judged, e);

	if (!rc && !d->is_judged && !d->judged.own)
		rc = copies_sketch_judged(t, d->record.title, d->judged.text, &d->sketch, e);
	d->is_judged = !rc;
	return rc;
}

/* How much the drafts of one document may take: those of very many items would fill the arena,
 * and several documents wait at once. */
static bool is_too_much(const struct intake *in, size_t before)
{
	return arena_used(in->arena) > before + DRAFTS_MEMORY;
}

enum err_code draft_all(const struct intake *in, struct draft_tools *t, const struct document *doc,
	struct draft **out, struct err *e)
{
	size_t before = arena_used(in->arena);
	bool is_possible = doc->count <= DRAFTS_MAX;
	struct draft *all =
		is_possible ? arena_array(in->arena, doc->count + 1, sizeof *all) : NULL;
	enum err_code rc = all || !is_possible ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && is_possible && i < doc->count; i++) {
		rc = draft_make(in, t, &doc->items[i], &all[i], e);
		if (!rc)
			rc = draft_judge(in, t, &all[i], e);
		is_possible = !is_too_much(in, before);
	}
	*out = rc || !is_possible ? NULL : all;
	return rc;
}
