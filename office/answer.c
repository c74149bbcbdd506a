/*
 * answer.c - whose a record is, and what is in it.
 */
#include "office/answer.h"

#include <string.h>

#include "base/time.h"

void answer_init(struct answer *a, struct arena *arena)
{
	memset(a, 0, sizeof *a);
	a->arena = arena;
	buf_init(&a->body, DOCUMENT_BYTES_MAX);
	buf_init(&a->content_type, 1024);
}

void answer_fini(struct answer *a)
{
	buf_fini(&a->body);
	buf_fini(&a->content_type);
}

/* --- whose is it --- */

static bool is_prefix_of(const char *prefix, const char *url)
{
	return strncmp(prefix, url, strlen(prefix)) == 0;
}

/* A foreign file: the source whose URL it is, or whose URL it begins with. */
static const struct source *source_by_url(const struct sources *all, const char *url)
{
	const struct source *best = NULL;

	for (size_t i = 0; url && i < sources_count(all); i++) {
		const struct source *s = sources_at(all, i);
		if (is_prefix_of(s->url, url) && (!best || strlen(s->url) > strlen(best->url)))
			best = s;
	}
	return best;
}

static void find_source(struct answer *a, const struct answer_settings *s)
{
	const char *named = a->meta && a->meta->source ? a->meta->source : s->source;

	a->source = named ? sources_find(s->sources, named)
			  : source_by_url(s->sources, a->rec.target_uri);
	a->source_id = a->source ? a->source->id : named ? named : "import";
}

/* What is borrowed from the last record goes; the buffers stay for the next. */
static void forget(struct answer *a)
{
	struct arena *arena = a->arena;
	struct buf body = a->body, content_type = a->content_type;

	memset(a, 0, sizeof *a);
	a->arena = arena;
	a->body = body;
	a->content_type = content_type;
	buf_clear(&a->body);
	buf_clear(&a->content_type);
}

void answer_begin(struct answer *a, const struct warc_record *rec, const struct exchange *exchange,
	const struct answer_settings *s)
{
	forget(a);
	a->rec = *rec;
	a->exchange = exchange;
	a->meta = exchange ? exchange->meta : NULL;
	find_source(a, s);
	a->has_http = rec->type == WARC_RESPONSE && warc_http_parse(rec, &a->http);
}

bool answer_is_robots(const struct answer *a)
{
	return a->meta && a->meta->kind && strcmp(a->meta->kind, "robots") == 0;
}

/* Redirects on the way, parts, and failures that the metadata record tells of, are not. */
bool answer_is_whole(const struct answer *a)
{
	return a->has_http && a->rec.date != TIME_NONE && warc_http_is_whole(a->http.status) &&
	       !(a->meta && a->meta->error) && !a->rec.truncated;
}

/* --- what is in it --- */

enum err_code answer_decode(struct answer *a, struct err *e)
{
	if (!a->is_decoded) {
		a->is_decoded = true;
		warc_http_header(&a->http, "Content-Type", &a->content_type);
		a->decoded = warc_http_body(&a->http, &a->body, &a->decoding);
	}
	return a->decoded ? err_set(e, a->decoded, "%s", a->decoding.text) : ERR_OK;
}

/* Where its parts stand, by what sources.conf says of the source. */
static struct document_paths paths_of(const struct answer *a, enum document_type type)
{
	const struct source *s = a->source;
	struct document_paths p = {NULL, NULL, NULL, NULL};

	if (s && type == DOCUMENT_ARTICLE && strcmp(s->article, "no") != 0 &&
		strcmp(s->article, "yes") != 0)
		p.items = s->article;
	else if (s && type != DOCUMENT_ARTICLE)
		p = (struct document_paths){s->items, s->link, s->title, s->date};
	return p;
}

static enum err_code parse(struct answer *a, const struct answer_settings *s, struct err *e)
{
	struct document_input in;

	memset(&in, 0, sizeof in);
	in.data = buf_str(&a->body);
	in.size = a->body.len;
	in.type = a->type;
	in.url = a->rec.target_uri;
	in.content_type = a->content_type.len ? buf_str(&a->content_type) : NULL;
	in.charset = a->source ? a->source->charset : NULL;
	in.paths = paths_of(a, a->type);
	in.now = a->rec.date;
	in.zone = s->office->settings.zone;
	memset(&a->doc, 0, sizeof a->doc);
	return document_parse(&in, a->arena, &a->doc, e);
}

enum err_code answer_parse(
	struct answer *a, const struct answer_settings *s, enum document_type type, struct err *e)
{
	if (!a->is_parsed || a->type != type) {
		a->is_parsed = true;
		a->type = type;
		a->parsed = parse(a, s, &a->parsing);
	}
	return a->parsed ? err_set(e, a->parsed, "%s", a->parsing.text) : ERR_OK;
}

enum document_type answer_type(const struct answer *a)
{
	return a->source ? a->source->kind : DOCUMENT_AUTO;
}

void answer_prepare(struct answer *a, const struct answer_settings *s)
{
	if (answer_is_robots(a) || !answer_is_whole(a) || (a->meta && a->meta->want))
		return;
	if (answer_decode(a, NULL) == ERR_OK)
		(void)answer_parse(a, s, answer_type(a), NULL);
}

struct intake answer_intake(const struct answer *a, const struct answer_settings *s)
{
	struct intake in = {
		.office = s->office,
		.source = a->source,
		.source_id = a->source_id,
		.warc = s->file,
		.warc_offset = a->rec.offset,
		.fetched = a->rec.date,
		.again = s->again,
		.arena = a->arena,
	};

	return in;
}

void answer_draft(struct answer *a, const struct answer_settings *s, struct draft_tools *t)
{
	struct intake in = answer_intake(a, s);

	if (a->is_parsed && a->parsed == ERR_OK && !a->doc.is_index)
		(void)draft_all(&in, t, &a->doc, &a->drafts, NULL); /* or they are made later */
}
