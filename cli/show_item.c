/*
 * show_item.c - an item: what its source said, and what its page says where it was read.
 */
#include "cli/show_item.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/why.h"
#include "ledger/articles.h"
#include "ledger/items.h"
#include "matcher/explain.h"
#include "office/raise.h"

struct whole {
	struct item_record item;
	struct article_record page;
	bool has_page;
	struct item_record judged; /* with the title that the rules looked at */
	const char *judged_text;
};

static enum err_code read_whole(
	struct office *o, int64_t id, struct arena *a, struct whole *out, struct err *e)
{
	const struct sources *all;
	enum err_code rc = items_get(o->db, id, a, &out->item, e);

	if (rc)
		return rc;
	rc = articles_get(o->db, id, a, &out->page, e);
	out->has_page = rc == ERR_OK;
	if (rc && rc != ERR_NOT_FOUND)
		return rc;
	rc = office_sources(o, &all, e);
	out->judged = out->item;
	return rc ? rc : raise_text(o->db, a, &out->judged, &out->judged_text, e);
}

/* --- as JSON --- */

static void put_page(struct json_writer *w, const struct article_record *p)
{
	json_key(w, "page");
	json_begin_object(w);
	json_put_str(w, "url", p->url);
	json_put_str(w, "title", p->title);
	json_put_str(w, "content", p->content);
	json_put_time(w, "published", p->published);
	json_put_time(w, "fetched", p->fetched);
	json_put_int(w, "pages", p->pages);
	json_put_str(w, "warc", p->warc);
	json_put_int(w, "warc_offset", (int64_t)p->warc_offset);
	json_end_object(w);
}

static void put_item(struct json_writer *w, const struct whole *x)
{
	const struct item_record *it = &x->item;

	json_put_str(w, "kind", "item");
	json_put_int(w, "number", it->id);
	json_put_str(w, "source", it->source);
	json_put_str(w, "identity", it->identity);
	json_put_str(w, "link", it->link);
	json_put_str(w, "title", it->title);
	json_put_str(w, "summary", it->summary);
	json_put_str(w, "content", it->content);
	json_put_time(w, "published", it->published);
	json_put_time(w, "updated", it->updated);
	json_put_time(w, "fetched", it->fetched);
	json_put_int(w, "revision", it->revision);
	if (it->story)
		json_put_int(w, "story", it->story);
	json_put_str(w, "warc", it->warc);
	json_put_int(w, "warc_offset", (int64_t)it->warc_offset);
	json_put_str(w, "rules_hash", it->rules_hash);
	if (it->verdict && it->verdict[0]) {
		json_key(w, "verdict");
		json_add_raw(w, it->verdict);
	}
	if (x->has_page)
		put_page(w, &x->page);
}

/* --- for people --- */

static void print_text(const char *text)
{
	if (text && text[0])
		output_printf(stdout, "\n%s\n", text);
}

static void print_page(const struct office *o, const struct article_record *p)
{
	output_printf(stdout, "\n%s\n", _("its page:"));
	output_fact(stdout, _("title"), p->title);
	output_fact_time(stdout, _("published"), p->published, o->settings.zone);
	output_fact_time(stdout, _("fetched"), p->fetched, o->settings.zone);
	if (p->pages > 1)
		output_printf(stdout, _("of %lld pages\n"), (long long)p->pages);
	output_line(stdout, _("WARC record %s at %lld"), p->warc, (long long)p->warc_offset);
	print_text(p->content);
}

/* What the rules said when it was last read. */
static void print_verdict(const struct office *o, const struct whole *x)
{
	const char *verdict = x->item.verdict;
	struct explain_text text = {x->judged.title, x->judged_text, NULL, NULL};
	const struct sources *all = o->sources;
	const struct source *s = all ? sources_find(all, x->item.source) : NULL;
	struct json *j = NULL;
	struct buf b;

	if (!verdict || !verdict[0] || json_read(verdict, strlen(verdict), &j, NULL)) {
		output_printf(stdout, "%s\n", _("no rule hit it"));
		return;
	}
	text.source = s ? s->name : x->item.source;
	buf_init(&b, BUF_MAX_DEFAULT);
	explain_add_verdict(&b, &text, j);
	output_line(stdout, "%s", _("what the rules said:"));
	output_lines(stdout, &b);
	output_line(stdout, _("rules %.12s; today's: huiying rules why I%lld"),
		x->item.rules_hash ? x->item.rules_hash : "?", (long long)x->item.id);
	buf_fini(&b);
	json_free(j);
}

static void print_item(const struct office *o, const struct whole *x, bool why)
{
	const struct item_record *it = &x->item;

	output_printf(stdout, "I%lld  %s", (long long)it->id, it->source);
	if (it->story)
		output_printf(stdout, "  S%lld", (long long)it->story);
	output_printf(stdout, _("  revision %lld\n"), (long long)it->revision);
	output_fact(stdout, _("title"), it->title);
	output_fact(stdout, _("link"), it->link);
	output_fact_time(stdout, _("published"), it->published, o->settings.zone);
	output_fact_time(stdout, _("fetched"), it->fetched, o->settings.zone);
	output_printf(stdout, _("WARC record %s at %lld\n"), it->warc, (long long)it->warc_offset);
	if (why)
		print_verdict(o, x);
	print_text(it->summary);
	print_text(it->content);
	if (x->has_page)
		print_page(o, &x->page);
}

enum err_code show_item(
	const struct call *call, struct office *o, int64_t id, bool why, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct whole x;
	struct json_out out;
	enum err_code rc = a ? read_whole(o, id, a, &x, e) : err_nomem(e);

	if (!rc && !call->json)
		print_item(o, &x, why);
	if (!rc && call->json) {
		put_item(json_out_begin(&out), &x);
		rc = json_out_end(&out, ERR_OK, e);
	}
	arena_free(a);
	return rc;
}
