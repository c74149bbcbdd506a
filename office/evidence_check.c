/*
 * evidence_check.c - looking at files, asking for pages, judging what came.
 */
#include "office/evidence_check.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "ledger/commitments.h"
#include "ledger/evidence_checks.h"
#include "ledger/promises.h"
#include "ledger/records.h"
#include "ledger/responses.h"
#include "ledger/wants.h"
#include "office/evidence_add.h"
#include "office/evidence_copy.h"
#include "office/page_text.h"
#include "office/tick_steps.h"

#define PAGE_MEMORY ((size_t)512 << 20)

/* --- files --- */

struct looked { /* what was found of one piece */
	enum evidence_copy_state state;
	bool known; /* false: not looked at */
};

static const char *const state_names[] = {
	[EVIDENCE_COPY_SAME] = "",
	[EVIDENCE_COPY_CHANGED] = "changed",
	[EVIDENCE_COPY_MISSING] = "missing",
};

static void count_state(struct evidence_checkup *out, enum evidence_copy_state state)
{
	out->files++;
	out->same += state == EVIDENCE_COPY_SAME;
	out->changed += state == EVIDENCE_COPY_CHANGED;
	out->missing += state == EVIDENCE_COPY_MISSING;
}

static void look(const struct office *o, const struct evidence_record *x, struct looked *l,
	struct evidence_checkup *out)
{
	struct err why = {ERR_OK, ""};

	*l = (struct looked){EVIDENCE_COPY_SAME, false};
	if (strcmp(x->kind, "page") != 0 && !x->file) {
		out->nameless++;
		return;
	}
	if (evidence_copy_look(o, x, &l->state, &why) == ERR_OK) {
		l->known = true;
		count_state(out, l->state);
	} else if (out->unread++ == 0)
		snprintf(out->why, sizeof out->why, "%s", why.text);
}

/* Said when it changes, not each week anew. */
static void append_file(struct act *a, const struct evidence_record *x, const struct looked *l)
{
	const char *state = state_names[l->state];

	if (a->rc || !l->known || strcmp(state, x->file_state) == 0)
		return;
	act_event(a);
	act_str(a, "of", "file");
	act_str(a, "result", *state ? state : EVIDENCE_SAME);
	act_int(a, "checked_at", a->now);
	act_append(a, "evidence.checked/1", x->id);
}

/* --- pages --- */

static bool is_published(const struct evidence_record *x)
{
	return strcmp(x->purpose, "proof") != 0;
}

static void ask_again(struct act *a, const struct evidence_record *x, bool named, int64_t *queued)
{
	const struct channels *all = NULL;

	if (a->rc || strcmp(x->kind, "page") != 0 || strcmp(x->state, "captured") != 0 || !x->url ||
		!(named || is_published(x)))
		return;
	a->rc = office_channels(a->office, &all, a->err);
	if (!a->rc)
		a->rc = wants_again(a->db, "evidence", x->url,
			evidence_source_of(a, channels_of_url(all, x->url)), x->id, a->now, a->err);
	*queued += !a->rc;
}

/* --- the act --- */

static enum err_code read_named(struct office *o, const char *const *ids, size_t count,
	struct arena *a, struct evidence_record **out, struct err *e)
{
	char id[IDS_SIZE];
	enum err_code rc = ERR_OK;

	*out = arena_array(a, count + 1, sizeof **out);
	if (!*out)
		return err_nomem(e);
	for (size_t i = 0; !rc && i < count; i++) {
		rc = records_find(o->db, IDS_EVIDENCE, ids[i], id, e);
		if (!rc)
			rc = evidence_get(o->db, id, a, &(*out)[i], e);
	}
	return rc;
}

static bool has_copy(const struct evidence_record *x)
{
	return strcmp(x->kind, "page") != 0 || strcmp(x->state, "captured") == 0;
}

static enum err_code record(struct office *o, const struct evidence_record *list, size_t count,
	bool named, const struct looked *seen, int64_t *queued, struct err *e)
{
	struct act a;

	act_begin_system(&a, o, false, e);
	for (size_t i = 0; !a.rc && i < count; i++) {
		append_file(&a, &list[i], &seen[i]);
		ask_again(&a, &list[i], named, queued);
	}
	return act_end(&a);
}

enum err_code office_evidence_check(struct office *o, const char *const *ids, size_t count,
	struct arena *a, struct evidence_checkup *out, struct err *e)
{
	struct evidence_record *list = NULL;
	struct looked *seen;
	size_t n = count;
	enum err_code rc = count ? read_named(o, ids, count, a, &list, e)
				 : evidence_to_check(o->db, a, &list, &n, e);

	memset(out, 0, sizeof *out);
	seen = rc ? NULL : arena_array(a, n + 1, sizeof *seen);
	if (!rc && !seen)
		rc = err_nomem(e);
	/* Before the transaction: others write while we read gigabytes. */
	for (size_t i = 0; !rc && i < n; i++) {
		seen[i] = (struct looked){EVIDENCE_COPY_SAME, false};
		if (has_copy(&list[i]))
			look(o, &list[i], &seen[i], out);
	}
	if (!rc)
		rc = record(o, list, n, count != 0, seen, &out->queued, e);
	if (!rc && out->queued)
		evidence_write_wanted(o);
	return rc ? rc : evidence_to_repair(o->db, a, &out->wrong, &out->wrong_count, e);
}

/* --- a page that came again --- */

struct compared {
	struct act *act;
	const struct evidence_record *x;
	struct arena *arena;
	struct page_text before, after;
	bool lost;
};

/* Gone is what was there: words that were never on the page are not missing from it. */
static void look_for(struct compared *c, const char *sentence)
{
	struct act *a = c->act;
	bool before = false, after = false;

	if (a->rc || c->lost || !sentence)
		return;
	a->rc = page_text_has(&c->before.whole, sentence, c->arena, &before, a->err);
	if (!a->rc && before)
		a->rc = page_text_has(&c->after.whole, sentence, c->arena, &after, a->err);
	c->lost = before && !after;
}

/* What was promised in an answer, whether somebody took it or not yet. */
static void look_for_promises(struct compared *c, const char *response)
{
	struct act *a = c->act;
	struct promise_record *found = NULL;
	struct commitment_record *taken = NULL;
	struct response_record r;
	size_t n = 0;

	if (!a->rc)
		a->rc = promises_of(a->db, response, a->arena, &found, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		if (strcmp(found[i].state, "refused") != 0)
			look_for(c, found[i].quote);
	if (!a->rc)
		a->rc = responses_get(a->db, response, a->arena, &r, a->err);
	if (!a->rc)
		a->rc = commitments_of(a->db, r.case_id, a->arena, &taken, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++)
		if (strcmp(taken[i].response, response) == 0)
			look_for(c, taken[i].quote);
}

static void look_for_quotes(struct compared *c)
{
	struct act *a = c->act;
	struct commitment_record p;
	struct ids id;

	if (a->rc || !ids_parse(c->x->subject, &id))
		return;
	if (id.type == IDS_RESPONSE)
		look_for_promises(c, c->x->subject);
	if (id.type != IDS_COMMITMENT)
		return;
	a->rc = commitments_get(a->db, c->x->subject, a->arena, &p, a->err);
	if (!a->rc)
		look_for(c, p.quote);
}

/* A page from outside that cannot be read has no words; it is no end of the run. */
static void read_page(
	struct compared *c, const char *data, size_t size, const char *type, struct page_text *out)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc =
		page_text_read(data ? data : "", size, type, c->x->url, c->arena, out, &why);

	if (rc == ERR_INPUT || rc == ERR_LIMIT)
		*out = (struct page_text){{NULL, 0}, {NULL, 0}};
	else if (rc)
		c->act->rc = err_set(c->act->err, rc, "%s", why.text);
}

static void read_pages(struct compared *c, const struct evidence_capture *now)
{
	struct act *a = c->act;
	struct buf body, type;
	bool found = false;

	a->rc = evidence_copy_page(a->office, c->x, &body, &type, &found, a->err);
	if (!a->rc && found)
		read_page(c, body.data, body.len, type.len ? buf_str(&type) : NULL, &c->before);
	if (!a->rc)
		read_page(c, now->body, now->body_size, now->content_type, &c->after);
	buf_fini(&body);
	buf_fini(&type);
}

/* Other bytes; the same text? */
static const char *compare(
	struct act *a, const struct evidence_record *x, const struct evidence_capture *now)
{
	struct compared c = {.act = a, .x = x, .arena = arena_new(PAGE_MEMORY)};
	bool equal;

	if (!c.arena) {
		a->rc = err_nomem(a->err);
		return EVIDENCE_SAME;
	}
	read_pages(&c, now);
	look_for_quotes(&c);
	equal = !a->rc && c.before.main.count && page_text_equal(&c.before.main, &c.after.main);
	arena_free(c.arena);
	return c.lost ? "lost" : equal ? EVIDENCE_SAME : "changed";
}

/* The last answer was these bytes: its verdict stands, and it is kept already. NULL: it was
 * not. *n: how many checks there were. */
static const char *judged_before(
	struct act *a, const struct evidence_record *x, const char *sha256, size_t *n)
{
	struct evidence_check *list = NULL;
	const char *verdict = NULL;

	*n = 0;
	if (!a->rc)
		a->rc = evidence_checks_of(a->db, x->id, a->arena, &list, n, a->err);
	for (size_t i = 0; !a->rc && i < *n; i++)
		if (strcmp(list[i].of, "link") == 0 && *list[i].sha256)
			verdict = strcmp(list[i].sha256, sha256) == 0 ? list[i].result : NULL;
	return verdict;
}

static void append_link(struct act *a, const struct evidence_record *x,
	const struct evidence_capture *c, const char *result, const char *copy)
{
	act_event(a);
	act_str(a, "of", "link");
	act_str(a, "result", result);
	act_int(a, "checked_at", c->date);
	act_int(a, "status", c->status);
	act_str(a, "digest", c->sha256);
	act_str(a, "warc", copy);
	act_append(a, "evidence.checked/1", x->id);
}

void evidence_check_page(
	struct act *a, const struct evidence_record *x, const struct evidence_capture *c)
{
	char what[32] = "", copy[IDS_SIZE + 64] = "";
	const char *result;
	size_t checks = 0;

	if (a->rc)
		return;
	result = strcmp(c->sha256, x->sha256) == 0 ? EVIDENCE_SAME
						   : judged_before(a, x, c->sha256, &checks);
	if (!a->rc && !result) {
		result = compare(a, x, c);
		if (!a->rc && strcmp(result, EVIDENCE_SAME) != 0) {
			snprintf(what, sizeof what, ".%zu", checks + 2);
			snprintf(copy, sizeof copy, "%s%s.warc.gz", x->id, what);
			evidence_copy_records(a, x, what, c);
		}
	}
	append_link(a, x, c, result, copy);
}

/* --- pages that are given up --- */

void tick_links(struct act *a, int64_t *done)
{
	struct evidence_lost_page *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = evidence_checks_given_up(a->db, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		act_event(a);
		act_str(a, "of", "link");
		act_str(a, "result", "dead");
		act_int(a, "checked_at", a->now);
		act_str(a, "error", list[i].error);
		act_append(a, "evidence.checked/1", list[i].id);
		++*done;
	}
}
