/*
 * warc_check.c - one pass over the records, and a look at their ids at the end.
 */
#include "crawler/warc_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/sig.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/warc.h"
#include "crawler/warc_parts.h"

#define IDS_MAX ((size_t)4 << 20)
#define TEXT_SIZE 500
#define LENGTH_MAX 64

struct seen { /* an id, or the id that a metadata record promises */
	const char *id;
	uint64_t offset;
	size_t place; /* the how-many-eth record */
};

struct seen_list {
	struct seen *rows;
	size_t count, room;
};

struct check {
	void (*tell)(void *arg, const struct warc_finding *finding);
	void *arg;
	struct warc_tally *tally;
	struct arena *arena;
	struct seen_list ids, promises;
	bool shared_member_told;
};

/* ---- telling ------------------------------------------------------------ */

static void report(struct check *c, bool damage, uint64_t offset, const char *text)
{
	struct warc_finding f = {damage, offset, text};

	if (damage)
		c->tally->damages++;
	else
		c->tally->notes++;
	c->tell(c->arg, &f);
}

static void damage(struct check *c, uint64_t offset, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void damage(struct check *c, uint64_t offset, const char *fmt, ...)
{
	char text[TEXT_SIZE];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	report(c, true, offset, text);
}

/* ---- ids ---------------------------------------------------------------- */

static enum err_code remember(
	struct check *c, struct seen_list *l, const char *id, uint64_t offset, struct err *e)
{
	if (l->count == IDS_MAX)
		return err_set(e, ERR_LIMIT, _("more than %zu records in one file"), IDS_MAX);
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 256;
		struct seen *rows = realloc(l->rows, room * sizeof *rows);
		if (!rows)
			return err_nomem(e);
		l->rows = rows;
		l->room = room;
	}
	l->rows[l->count].id = arena_strdup(c->arena, id);
	l->rows[l->count].offset = offset;
	l->rows[l->count].place = (size_t)c->tally->records;
	if (!l->rows[l->count].id)
		return err_nomem(e);
	l->count++;
	return ERR_OK;
}

static int by_id(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	if (order)
		return order;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int match_id(const void *key, const void *row)
{
	return strcmp(key, ((const struct seen *)row)->id);
}

static void check_ids(struct check *c)
{
	struct seen_list *l = &c->ids;

	if (l->count)
		qsort(l->rows, l->count, sizeof *l->rows, by_id);
	for (size_t i = 1; i < l->count; i++)
		if (strcmp(l->rows[i].id, l->rows[i - 1].id) == 0)
			damage(c, l->rows[i].offset, _("its WARC-Record-ID stands there twice: %s"),
				l->rows[i].id);
	for (size_t i = 0; i < c->promises.count; i++) {
		const struct seen *p = &c->promises.rows[i];
		const struct seen *at =
			l->count ? bsearch(p->id, l->rows, l->count, sizeof *l->rows, match_id)
				 : NULL;
		if (!at)
			damage(c, p->offset, _("the answer that it tells of is not in the file"));
		else if (at->place < p->place)
			damage(c, p->offset, _("it stands behind the answer that it tells of"));
	}
}

/* ---- one record --------------------------------------------------------- */

static void check_digest(
	struct check *c, const struct warc_record *rec, const char *label, bool agrees)
{
	if (!warc_digest_is_known(label))
		c->tally->unchecked++;
	else if (agrees)
		c->tally->digests++;
	else
		damage(c, rec->offset, _("its payload does not agree with its digest"));
}

static bool is_http(const struct warc_record *rec)
{
	return rec->type == WARC_RESPONSE && rec->content_type &&
	       str_is_nocase(str_sub(str_of(rec->content_type), 0, 16), "application/http");
}

/* Bodies are archived with or without their chunks; the digest is of either. */
static bool payload_agrees(
	const struct warc_record *rec, const struct warc_http *h, struct buf *text)
{
	struct warc_http plain = *h;

	if (warc_digest_agrees(rec->payload_digest, h->body, h->body_size))
		return true;
	buf_clear(text);
	return warc_http_unchunked(&plain, text, NULL) == ERR_OK &&
	       warc_digest_agrees(rec->payload_digest, buf_str(text), text->len);
}

static void check_length(struct check *c, const struct warc_record *rec, const struct warc_http *h)
{
	struct buf value;
	int64_t n;

	buf_init(&value, LENGTH_MAX);
	if (!rec->truncated && warc_http_header(h, "Content-Length", &value) &&
		str_to_int(str_of(buf_str(&value)), 0, INT64_MAX, &n) &&
		(uint64_t)n != h->body_size)
		report(c, false, rec->offset,
			_("its body is not as long as the server's Content-Length says"));
	buf_fini(&value);
}

static void check_http(struct check *c, const struct warc_record *rec)
{
	struct warc_http h;
	struct buf text;

	if (!warc_http_parse(rec, &h)) {
		damage(c, rec->offset, _("its block is no HTTP answer"));
		return;
	}
	check_length(c, rec, &h);
	buf_init(&text, WARC_BLOCK_MAX);
	if (rec->payload_digest)
		check_digest(c, rec, rec->payload_digest, payload_agrees(rec, &h, &text));
	buf_fini(&text);
}

static void check_form(struct check *c, const struct warc_record *rec)
{
	bool inner = (rec->offset & WARC_OFFSET_INNER) != 0;

	if (!*rec->type_name)
		damage(c, rec->offset, _("it has no WARC-Type"));
	if (!*rec->id)
		damage(c, rec->offset, _("it has no WARC-Record-ID"));
	if (rec->date == TIME_NONE)
		damage(c, rec->offset, _("it has no WARC-Date that can be read"));
	if (!rec->ended)
		damage(c, rec->offset,
			_("its Content-Length is not its length: no end of record behind it"));
	if (!rec->target_uri && (rec->type == WARC_RESPONSE || rec->type == WARC_REQUEST ||
					rec->type == WARC_REVISIT || rec->type == WARC_RESOURCE))
		damage(c, rec->offset, _("it has no WARC-Target-URI"));
	if (c->tally->records == 1 && rec->type != WARC_WARCINFO)
		report(c, false, rec->offset, _("the file does not begin with warcinfo"));
	if (inner && !c->shared_member_told)
		report(c, false, rec->offset,
			_("several records stand in one gzip member: none can be read alone"));
	c->shared_member_told = c->shared_member_told || inner;
}

static enum err_code check_record(struct check *c, const struct warc_record *rec, struct err *e)
{
	struct warc_metadata meta;
	enum err_code rc = ERR_OK;

	c->tally->records++;
	check_form(c, rec);
	if (rec->block_digest && warc_digest_is_known(rec->block_digest))
		c->tally->digests++; /* the reader compared it */
	else
		c->tally->unchecked++;
	if (is_http(rec))
		check_http(c, rec);
	if (*rec->id)
		rc = remember(c, &c->ids, rec->id, rec->offset, e);
	if (!rc && rec->type == WARC_METADATA && rec->concurrent_to &&
		warc_metadata_parse(rec, c->arena, &meta, NULL) == ERR_OK && meta.kind)
		rc = remember(c, &c->promises, rec->concurrent_to, rec->offset, e);
	return rc;
}

/* ---- the file ----------------------------------------------------------- */

static enum err_code check_records(
	struct check *c, struct warc_reader *r, struct sig *sig, struct err *e)
{
	uint64_t last = 0;

	for (;;) {
		struct warc_record rec;
		struct err why = {ERR_OK, ""};
		enum err_code rc = warc_reader_next(r, &rec, &why);
		if (sig_stop_asked(sig))
			return err_set(e, ERR_STOPPED, _("stopped by a signal"));
		if (rc == ERR_NOT_FOUND)
			return ERR_OK;
		if (rc == ERR_INPUT || rc == ERR_LIMIT) {
			report(c, true, rec.offset ? rec.offset : last, why.text);
			continue;
		}
		if (!rc)
			rc = check_record(c, &rec, &why);
		if (rc)
			return err_set(e, rc, "%s", why.text);
		last = rec.offset;
	}
}

enum err_code warc_check(const char *path, struct sig *sig,
	void (*tell)(void *arg, const struct warc_finding *finding), void *arg,
	struct warc_tally *out, struct err *e)
{
	struct check c = {.tell = tell, .arg = arg, .tally = out};
	struct warc_reader *r = NULL;
	enum err_code rc = warc_reader_open(path, &r, e);

	memset(out, 0, sizeof *out);
	c.arena = arena_new(ARENA_MAX_DEFAULT);
	if (!rc && !c.arena)
		rc = err_nomem(e);
	if (!rc)
		rc = check_records(&c, r, sig, e);
	if (!rc)
		check_ids(&c);
	if (!rc && out->records == 0 && out->damages == 0)
		report(&c, true, 0, _("there is no record in it"));
	warc_reader_close(r);
	arena_free(c.arena);
	free(c.ids.rows);
	free(c.promises.rows);
	return rc;
}
