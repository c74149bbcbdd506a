/*
 * ingest.c - one WARC file: its records in order, many in a transaction.
 */
#include "office/ingest.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "crawler/warc.h"
#include "ledger/intake_log.h"
#include "ledger/wants.h"
#include "office/ahead.h"
#include "office/answer.h"
#include "office/evidence.h"
#include "office/health.h"
#include "office/pages.h"

struct place { /* up to where a file was taken in */
	struct ingest_result result; /* with that */
	uint64_t offset; /* of the last record */
	bool is_begun; /* there is one */
};

struct reading { /* one file being read */
	struct office *office;
	const struct ingest_options *opt;
	struct ingest_result *result;
	const char *path, *name;
	struct hash sha256;
	struct answer_settings settings;
	struct draft_tools *tools; /* of the thread that reads ahead */
	struct ahead *records;
	int shared; /* records of the open transaction; 0: it has none yet, or none is open */
	int64_t began; /* it, in milliseconds of the monotonic clock */
	struct intake_step step; /* what it brings of the file */
	struct place last, kept; /* with the open transaction; without it */
	bool lost; /* records went with one that failed */
	bool alone; /* each has a transaction of its own now */
};

/* So long do others who want to write wait at the most, and for one record more; while nobody
 * does, more goes into one transaction. */
#define SHARED_MAX 256
#define SHARED_MS 100
#define SHARED_MS_MAX 1000

static enum err_code find_want(struct reading *g, struct answer *a, struct err *e)
{
	enum err_code rc;

	if (!a->meta || !a->meta->want)
		return ERR_OK;
	rc = wants_get(g->office->db, a->meta->want, a->arena, &a->want, e);
	a->wanted = rc == ERR_OK && strcmp(a->want.state, "open") == 0;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* --- what is in it --- */

/* Foreign data that cannot be read is a note about the record, not an end of the run. */
static bool is_foreign_fault(enum err_code rc)
{
	return rc == ERR_INPUT || rc == ERR_LIMIT;
}

static enum err_code note(
	struct reading *g, const struct answer *a, const char *problem, struct err *e)
{
	enum err_code rc = intake_log_problem(g->office->db, office_now(g->office), g->name,
		a->rec.offset, a->source_id ? a->source_id : "", problem, e);

	g->result->problems += !rc;
	return rc;
}

static bool is_source_answer(const struct answer *a)
{
	return !a->wanted && (!a->meta || !a->meta->want);
}

/* Something is wrong with the answer: noted, and counted against its source or wanted row. */
static enum err_code answer_failed(
	struct reading *g, struct answer *a, const char *kind, const char *detail, struct err *e)
{
	int64_t at = a->rec.date;
	enum err_code rc = note(g, a, detail, e);

	if (!rc && a->wanted)
		rc = wants_failed(g->office->db, a->want.id, kind, office_now(g->office), e);
	else if (!rc && is_source_answer(a))
		rc = intake_log_source_failed(g->office->db, a->source_id, at, kind, detail, e);
	return rc;
}

static bool is_wanted_as(const struct answer *a, const char *kind)
{
	return a->wanted && strcmp(a->want.kind, kind) == 0;
}

/* The rows of a table that are no items: none is left out in silence. */
static enum err_code note_refused(struct reading *g, const struct answer *a, struct err *e)
{
	const struct document *doc = &a->doc;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; i < doc->refused_count && !rc; i++) {
		const char *text = arena_printf(
			a->arena, _("row %zu: %s"), doc->refused[i].row, doc->refused[i].why);
		rc = text ? note(g, a, text, e) : err_nomem(e);
	}
	return rc;
}

/* What a source published, or a further page of it. */
static enum err_code take_items(
	struct reading *g, const struct answer *a, const struct intake *in, struct err *e)
{
	const struct document *doc = &a->doc;
	int64_t before = g->result->counts.items;
	enum err_code rc = ERR_OK;

	/* First the source's row, so that new items find it. */
	if (is_source_answer(a))
		rc = intake_log_source_ok(
			g->office->db, a->source_id, a->rec.date, (int64_t)doc->count, e);
	if (!rc && !doc->is_index)
		rc = intake_document(in, doc, a->drafts, &g->result->counts, e);
	ahead_expect_news(g->records, (size_t)(g->result->counts.items - before) * 2 > doc->count);
	if (!rc)
		rc = note_refused(g, a, e);
	return rc ? rc
		  : pages_want_more(in, doc, a->wanted ? a->want.depth : 0,
			    g->result->counts.items - before, e);
}

/* A source's answer is compared with what is usual. *done: it is no good, and that was
 * noted. `parsed` is what the parser said of it. */
static enum err_code judge_answer(struct reading *g, struct answer *a, enum err_code parsed,
	const char *why, bool *done, struct err *e)
{
	struct health_answer h = {
		.source_id = a->source_id,
		.date = a->rec.date,
		.data = buf_str(&a->body),
		.size = a->body.len,
		.content_type = a->content_type.len ? buf_str(&a->content_type) : NULL,
		.charset = a->source ? a->source->charset : NULL,
		.doc = parsed ? NULL : &a->doc,
		.why = why,
	};
	const char *whose = "";
	bool wall = false;
	enum err_code rc = ERR_OK;

	*done = false;
	if (parsed && !is_foreign_fault(parsed))
		return err_set(e, parsed, "%s", why);
	if (is_source_answer(a) && !g->opt->again)
		rc = health_look(g->office, &h, a->arena, &wall, &whose, e);
	*done = wall || parsed;
	if (rc || !*done)
		return rc;
	return answer_failed(g, a, wall ? "challenge" : "parse", wall ? whose : why, e);
}

static enum err_code take_document(struct reading *g, struct answer *a, struct err *e)
{
	struct intake in = answer_intake(a, &g->settings);
	struct err why = {ERR_OK, ""};
	bool is_article = is_wanted_as(a, "article"), done = false;
	enum err_code rc =
		answer_parse(a, &g->settings, is_article ? DOCUMENT_ARTICLE : answer_type(a), &why);

	rc = judge_answer(g, a, rc, why.text, &done, e);
	if (rc || done)
		return rc;
	rc = is_article ? pages_take_article(&in, &a->want, &a->doc, &g->result->counts, e)
			: take_items(g, a, &in, e);
	if (!rc && a->wanted)
		rc = wants_done(g->office->db, a->want.id, office_now(g->office), e);
	return rc;
}

static enum err_code take_evidence(struct reading *g, struct answer *a, struct err *e)
{
	struct evidence_capture c;
	struct hash digest = hash_of(a->http.body, a->http.body_size);
	char hex[HASH_HEX_SIZE];
	enum err_code rc;

	hash_to_hex(&digest, hex);
	memset(&c, 0, sizeof c);
	c.url = a->want.url;
	c.status = a->http.status;
	c.date = a->rec.date;
	c.sha256 = hex;
	c.warc = g->name;
	c.warc_path = g->path;
	c.warc_offset = a->rec.offset;
	c.offsets = a->exchange ? a->exchange->offsets : &a->rec.offset;
	c.offset_count = a->exchange ? a->exchange->offset_count : 1;
	c.body = a->body.data;
	c.body_size = a->body.len;
	c.content_type = a->content_type.len ? buf_str(&a->content_type) : NULL;
	rc = office_evidence_captured(g->office, a->want.subject, &c, e);
	return rc ? rc : wants_done(g->office->db, a->want.id, office_now(g->office), e);
}

/* The body of an answer that is worth reading. */
static enum err_code take_answer(struct reading *g, struct answer *a, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc = answer_decode(a, &why);

	if (is_foreign_fault(rc))
		return answer_failed(g, a, rc == ERR_LIMIT ? "too-large" : "encoding", why.text, e);
	if (rc)
		return err_set(e, rc, "%s", why.text);
	if (is_wanted_as(a, "evidence"))
		return take_evidence(g, a, e);
	return take_document(g, a, e);
}

static enum err_code take_response(struct reading *g, struct answer *a, struct err *e)
{
	enum err_code rc;

	if (answer_is_robots(a))
		return ERR_OK;
	if (a->rec.date == TIME_NONE || !a->has_http)
		return note(g, a, _("the record holds no answer that can be read"), e);
	if (a->rec.truncated && warc_http_is_whole(a->http.status) && !(a->meta && a->meta->error))
		return answer_failed(g, a, "too-large", _("the answer was cut; it is not read"), e);
	if (!answer_is_whole(a))
		return ERR_OK;
	rc = find_want(g, a, e);
	/* An answer to a wanted row that is closed already: nobody waits for it. */
	if (rc || (a->meta && a->meta->want && !a->wanted))
		return rc;
	return take_answer(g, a, e);
}

/* --- the other records --- */

static enum err_code take_failure(struct reading *g, struct answer *a, struct err *e)
{
	struct warc_metadata *m = arena_alloc(a->arena, sizeof *m);
	enum err_code rc;

	if (!m)
		return err_nomem(e);
	rc = warc_metadata_parse(&a->rec, a->arena, m, NULL);
	if (rc)
		return is_foreign_fault(rc) ? ERR_OK : err_nomem(e);
	a->meta = m;
	if (!m->error || answer_is_robots(a))
		return ERR_OK;
	g->result->failures++;
	rc = find_want(g, a, e);
	if (!rc && a->wanted)
		rc = wants_failed(g->office->db, a->want.id, m->error, office_now(g->office), e);
	else if (!rc && !m->want && m->source)
		rc = intake_log_source_failed(
			g->office->db, m->source, a->rec.date, m->error, m->detail, e);
	return rc;
}

static enum err_code take_unchanged(struct reading *g, struct answer *a, struct err *e)
{
	if (!a->meta || !a->meta->source || a->meta->want || a->rec.date == TIME_NONE)
		return ERR_OK;
	return intake_log_source_ok(g->office->db, a->meta->source, a->rec.date, -1, e);
}

static enum err_code take_by_type(struct reading *g, struct answer *a, struct err *e)
{
	enum err_code rc =
		health_note_certificate(g->office, a->meta, a->rec.target_uri, a->rec.date, e);

	if (rc)
		return rc;
	if (a->rec.type == WARC_RESPONSE)
		return take_response(g, a, e);
	if (a->rec.type == WARC_METADATA)
		return take_failure(g, a, e);
	if (a->rec.type == WARC_REVISIT)
		return take_unchanged(g, a, e);
	return ERR_OK;
}

/* The metadata of an answer is taken in with the answer. */
static bool brings_nothing(const struct answer *a)
{
	return a->rec.type == WARC_METADATA && a->meta && !a->meta->error;
}

/* What was not committed is undone, and told of as if it had not been read. */
static void undo_shared(struct reading *g)
{
	db_rollback(g->office->db);
	g->lost |= g->shared > 0;
	g->shared = 0;
	g->step = (struct intake_step){0, 0, 0, 0};
	g->last = g->kept;
	*g->result = g->kept.result;
}

/* The records that share the open transaction are in the ledger now, or none of them is. */
static enum err_code end_shared(struct reading *g, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (!g->shared)
		return ERR_OK;
	if (g->step.records)
		rc = intake_log_step(g->office->db, &g->sha256, &g->step, e);
	if (!rc)
		rc = db_commit(g->office->db, e);
	if (rc) {
		undo_shared(g);
		return rc;
	}
	g->kept = g->last;
	db_yield(g->office->db);
	g->shared = 0;
	g->step = (struct intake_step){0, 0, 0, 0};
	return ERR_OK;
}

static bool is_full(const struct reading *g)
{
	int64_t ms = time_monotonic_ms() - g->began;

	if (g->alone || g->shared == SHARED_MAX || ms >= SHARED_MS_MAX)
		return true;
	return ms >= SHARED_MS && db_is_waited_for(g->office->db);
}

/* Records share a transaction, so that a poll of a thousand sources does not wait for the
 * disk a thousand times and writes a page of the ledger once for many. A crash costs reading
 * the last few again, and so does one that fails: then each gets a transaction of its own,
 * and it is the only one that is not kept. Savepoints would do it at once, and copy every
 * page before it is changed. */
static enum err_code begin_record(struct reading *g, struct err *e)
{
	enum err_code rc = g->shared && is_full(g) ? end_shared(g, e) : ERR_OK;

	if (!rc && !g->shared) {
		rc = db_begin_write(g->office->db, e);
		g->began = time_monotonic_ms();
	}
	return rc;
}

/* All that the record brings. */
static enum err_code take_answer_record(struct reading *g, struct answer *a, struct err *e)
{
	struct intake_counts before = g->result->counts;
	int64_t problems = g->result->problems;
	enum err_code rc = begin_record(g, e);

	if (!rc)
		rc = take_by_type(g, a, e);
	if (rc) {
		undo_shared(g);
		return rc;
	}
	g->shared++;
	g->result->records++;
	g->step.offset = a->rec.offset;
	g->step.records++;
	g->step.items += g->result->counts.items - before.items;
	g->step.problems += g->result->problems - problems;
	g->last = (struct place){*g->result, a->rec.offset, true};
	return ERR_OK;
}

static enum err_code note_bad_record(
	struct reading *g, uint64_t offset, const char *text, struct err *e)
{
	enum err_code rc = begin_record(g, e);

	if (!rc)
		rc = intake_log_problem(
			g->office->db, office_now(g->office), g->name, offset, "", text, e);
	if (rc) {
		undo_shared(g);
		return rc;
	}
	g->shared++;
	g->result->problems++;
	return ERR_OK;
}

static enum err_code read_record(struct reading *g, bool *over, struct err *e)
{
	struct answer *a = NULL;
	struct err why = {ERR_OK, ""};
	enum err_code rc = ahead_next(g->records, &a, &why);

	*over = rc == ERR_NOT_FOUND;
	if (*over)
		return ERR_OK;
	if (is_foreign_fault(rc))
		return note_bad_record(g, a->rec.offset, why.text, e);
	if (rc)
		return err_set(e, rc, "%s", why.text);
	if (!brings_nothing(a))
		return take_answer_record(g, a, e);
	g->result->records++;
	return ERR_OK;
}

static enum err_code read_records(struct reading *g, struct err *e)
{
	bool over = false, stopped = false;
	struct err why = {ERR_OK, ""};
	enum err_code rc = ERR_OK;

	while (!rc && !over && !(stopped = sig_stop_asked(g->opt->sig)))
		rc = read_record(g, &over, e);
	if (rc) { /* which is what is told; what came before it is kept, if it can be */
		(void)end_shared(g, &why);
		return rc;
	}
	rc = end_shared(g, e);
	if (!rc && stopped)
		rc = err_set(e, ERR_STOPPED, _("stopped; what was read is kept"));
	return rc;
}

static enum err_code in_transaction(
	struct db *db, const struct hash *sha256, const char *name, int64_t finished, struct err *e)
{
	enum err_code rc = db_begin_write(db, e);

	if (!rc && name)
		rc = intake_log_start(db, sha256, name, e);
	if (!rc && !name)
		rc = intake_log_finish(db, sha256, finished, e);
	if (!rc)
		rc = db_commit(db, e);
	db_rollback(db);
	return rc;
}

/* From the beginning, or behind the last record that was taken in. */
static enum err_code open_file(struct reading *g, struct err *e)
{
	enum err_code rc = office_sources(g->office, &g->settings.sources, e);

	if (!rc)
		rc = draft_tools_new(g->office, &g->tools, e);
	return rc ? rc
		  : ahead_open(g->path, &g->settings, g->tools,
			    g->kept.is_begun ? &g->kept.offset : NULL, &g->records, e);
}

static void close_file(struct reading *g)
{
	ahead_close(g->records);
	draft_tools_free(g->tools);
	g->records = NULL;
	g->tools = NULL;
}

static enum err_code read_once(struct reading *g, struct err *e)
{
	enum err_code rc = open_file(g, e);

	if (!rc)
		rc = in_transaction(g->office->db, &g->sha256, g->name, 0, e);
	if (!rc)
		rc = read_records(g, e);
	if (!rc)
		rc = in_transaction(g->office->db, &g->sha256, NULL, office_now(g->office), e);
	close_file(g);
	return rc;
}

/* What went with a record that failed is kept without it. */
static enum err_code read_file(struct reading *g, const struct intake_file *file, struct err *e)
{
	enum err_code rc;

	g->kept = (struct place){*g->result, file->done_offset,
		file->resumed && !file->finished}; /* finished: --again */
	g->last = g->kept;
	rc = read_once(g, e);
	if (!rc || !g->lost)
		return rc;
	g->alone = true;
	return read_once(g, e);
}

enum err_code ingest_file(struct office *o, const char *path, const struct ingest_options *opt,
	struct ingest_result *result, struct err *e)
{
	const char *slash = strrchr(path, '/');
	struct intake_file file;
	struct reading g = {
		.office = o,
		.opt = opt,
		.result = result,
		.path = path,
		.name = slash ? slash + 1 : path,
		.settings = {.office = o, .source = opt->source, .again = opt->again},
	};
	enum err_code rc = hash_file(path, &g.sha256, e);

	g.settings.file = g.name;
	if (!rc)
		rc = intake_log_file(o->db, &g.sha256, &file, e);
	if (rc)
		return rc;
	if (file.finished && !opt->again) {
		result->known++;
		return ERR_OK;
	}
	rc = read_file(&g, &file, e);
	result->files += !rc;
	return rc;
}
