/*
 * evidence.c - proof: what the fetcher shall capture, what it brought, files.
 */
#include "office/evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/warc.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "ledger/records.h"
#include "ledger/wants.h"
#include "office/evidence_add.h"
#include "office/evidence_check.h"
#include "office/evidence_copy.h"
#include "office/ingest.h"
#include "office/response_times.h"
#include "office/typed.h"

const char *evidence_source_of(struct act *a, const struct channel *channel)
{
	const struct sources *all = NULL;

	if (a->rc || !channel || office_sources(a->office, &all, NULL) != ERR_OK)
		return "";
	for (size_t i = 0; i < sources_count(all); i++) {
		const struct source *s = sources_at(all, i);
		if (s->channel && strcmp(s->channel, channel->name) == 0)
			return s->id;
	}
	return "";
}

static void put_head(struct act *a, const char *subject, const char *purpose, const char *kind,
	const char *url, const struct channel *channel, const char *note, char id[IDS_SIZE])
{
	act_event(a);
	act_new_id(a, IDS_EVIDENCE, id);
	act_str(a, "subject", subject);
	act_str(a, "purpose", purpose);
	act_str(a, "kind", kind);
	act_text(a, "url_text", url);
	act_str(a, "channel", channel ? channel->name : NULL);
	act_text(a, "note_text", note);
}

void evidence_add_page(struct act *a, const char *subject, const char *purpose, const char *url,
	const struct channel *channel, const char *note, char id[IDS_SIZE])
{
	put_head(a, subject, purpose, "page", url, channel, note, id);
	act_str(a, "state", "pending");
	act_append(a, "evidence.added/1", id);
	if (!a->rc)
		a->rc = wants_add(a->db, "evidence", url, evidence_source_of(a, channel), id, 0,
			a->now, NULL, NULL, a->err);
}

const char *evidence_extension(const char *path)
{
	const char *dot = strrchr(path, '.');

	if (!dot || strchr(dot, '/') || strlen(dot) > 6 || strlen(dot) < 2)
		return "";
	for (const char *p = dot + 1; *p; p++) {
		if (!str_is_alnum((unsigned char)*p))
			return "";
	}
	return dot;
}

static void copy_file(struct act *a, const char *id, const char *from, const struct buf *content)
{
	char name[IDS_SIZE + 16];
	char *dir, *to;

	if (a->rc)
		return;
	snprintf(name, sizeof name, "%s%s", id, evidence_extension(from));
	dir = office_path(a->office, "evidence");
	to = dir ? path_join(dir, name) : NULL;
	a->rc = to ? path_make_dirs(dir, 02770, a->err) : err_nomem(a->err);
	if (!a->rc)
		a->rc = path_write_atomic(to, buf_str(content), content->len, 0440, a->err);
	free(to);
	free(dir);
}

void evidence_add_file(struct act *a, const char *subject, const char *purpose, const char *path,
	const char *url, const struct channel *channel, const char *note, char id[IDS_SIZE])
{
	const char *slash = strrchr(path, '/');
	char hex[HASH_HEX_SIZE];
	struct buf content;
	struct hash digest;

	buf_init(&content, OFFICE_EVIDENCE_FILE_MAX);
	if (!a->rc)
		a->rc = path_read(path, &content, a->err);
	if (!a->rc && content.len == 0)
		act_fail(a, ERR_INPUT, _("%s is empty"), path);
	digest = hash_of(buf_str(&content), content.len);
	hash_to_hex(&digest, hex);
	put_head(a, subject, purpose, url ? "screenshot" : "file", url, channel, note, id);
	act_text(a, "file_text", slash ? slash + 1 : path);
	act_int(a, "size", (int64_t)content.len);
	act_str(a, "digest", hex);
	act_str(a, "state", url ? "pending" : "captured");
	act_int(a, "captured_at", url ? TIME_NONE : a->now);
	act_append(a, "evidence.added/1", id);
	copy_file(a, id, path, &content);
	buf_fini(&content);
}

void evidence_add_publication(struct act *a, const char *subject, const char *purpose,
	const char *url, const char *screenshot, char id[IDS_SIZE], bool *pending)
{
	struct channels *all = NULL;
	const struct channel *c = NULL;
	char *canonical = NULL;

	*pending = true;
	if (!a->rc)
		a->rc = channels_load(a->office->home, &all, a->err);
	if (!a->rc)
		a->rc = typed_url(url, &canonical, a->err);
	if (!a->rc)
		c = channels_of_url(all, canonical);
	if (!a->rc && !c)
		act_fail(a, ERR_REFUSED,
			_("%s is on no registered channel (channels.conf): it does not count as "
			  "published"),
			canonical);
	if (!a->rc && c->manual && !screenshot)
		act_fail(a, ERR_USAGE,
			_("%s cannot be captured: give a screenshot with --file, a second person "
			  "confirms it"),
			c->name);
	if (!a->rc && !c->manual && screenshot)
		act_fail(a, ERR_USAGE,
			_("%s is captured by the fetcher and needs no screenshot: leave --file "
			  "out"),
			c->name);
	if (!a->rc && c->manual)
		evidence_add_file(a, subject, purpose, screenshot, canonical, c, NULL, id);
	else if (!a->rc)
		evidence_add_page(a, subject, purpose, canonical, c, NULL, id);
	free(canonical);
	channels_free(all);
}

void evidence_write_wanted(struct office *o)
{
	struct err why;

	if (ingest_write_wanted(o, false, &why) != ERR_OK)
		log_warning(
			&o->log, _("the list of pages to capture was not written: %s"), why.text);
}

/* --- the acts --- */

static void find_subject(struct act *a, const char *typed, char out[IDS_SIZE])
{
	struct ids id;

	if (a->rc)
		return;
	if (!ids_parse(typed, &id))
		act_fail(a, ERR_USAGE, _("“%s” is no id"), typed);
	else if (id.type == IDS_COMMITMENT || id.type == IDS_RESPONSE || id.type == IDS_TASK)
		a->rc = records_find(a->db, id.type, typed, out, a->err);
	else
		a->rc = records_find(a->db, IDS_CASE, typed, out, a->err);
}

enum err_code office_evidence_add(struct office *o, const struct office_evidence *in,
	char id[IDS_SIZE], char subject[IDS_SIZE], bool *pending, struct err *e)
{
	struct channels *all = NULL;
	char *canonical = NULL;
	struct act a;
	enum err_code rc;

	if (!in->url == !in->file)
		return err_set(e, ERR_USAGE, _("evidence is a URL or a --file"));
	rc = channels_load(o->home, &all, e);
	if (!rc && in->url)
		rc = typed_url(in->url, &canonical, e);
	if (!rc) {
		act_begin(&a, o, PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR, _("add evidence"),
			e);
		find_subject(&a, in->subject, subject);
		*pending = in->url != NULL;
		if (!a.rc && in->url)
			evidence_add_page(&a, subject, "proof", canonical,
				channels_of_url(all, canonical), in->note, id);
		else if (!a.rc)
			evidence_add_file(&a, subject, "proof", in->file, NULL, NULL, in->note, id);
		rc = act_end(&a);
		if (!rc && *pending)
			evidence_write_wanted(o);
	}
	free(canonical);
	channels_free(all);
	return rc;
}

enum err_code office_evidence_confirm(
	struct office *o, const char *typed, char id[IDS_SIZE], struct err *e)
{
	struct evidence_record x;
	struct act a;

	act_begin_personal(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("confirm evidence"), e);
	if (!a.rc)
		a.rc = records_find(a.db, IDS_EVIDENCE, typed, id, e);
	if (!a.rc)
		a.rc = evidence_get(a.db, id, a.arena, &x, e);
	if (!a.rc && strcmp(x.kind, "screenshot") != 0)
		act_fail(&a, ERR_REFUSED, _("%s is no screenshot"), id);
	if (!a.rc && strcmp(x.state, "pending") != 0)
		act_fail(&a, ERR_REFUSED, _("%s was confirmed by %s at %s"), id, x.confirmed_name,
			act_when(&a, x.captured_at));
	if (!a.rc && strcmp(x.added_by, a.key) == 0)
		act_fail(&a, ERR_DENIED, _("%s added %s; another person must confirm it"),
			x.added_name, id);
	act_event(&a);
	act_int(&a, "captured_at", a.now);
	act_append(&a, "evidence.confirmed/1", id);
	return act_end(&a);
}

/* --- what the fetcher brought --- */

/* The second capture and later ones are looked at, the first stands. */
enum err_code office_evidence_captured(
	struct office *o, const char *id, const struct evidence_capture *c, struct err *e)
{
	struct evidence_record x;
	struct act a;

	act_begin_system(&a, o, true, e);
	if (!a.rc)
		a.rc = evidence_get(a.db, id, a.arena, &x, e);
	if (a.rc)
		return act_leave(&a);
	if (strcmp(x.state, "captured") == 0) {
		evidence_check_page(&a, &x, c);
		return act_leave(&a);
	}
	act_event(&a);
	act_int(&a, "captured_at", c->date);
	act_int(&a, "size", (int64_t)c->body_size);
	act_str(&a, "digest", c->sha256);
	act_str(&a, "warc", c->warc);
	act_int(&a, "warc_offset", (int64_t)c->warc_offset);
	act_append(&a, "evidence.captured/1", id);
	evidence_copy_records(&a, &x, "", c);
	response_times_captured(&a, &x, c);
	return act_leave(&a);
}
