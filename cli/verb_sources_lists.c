/*
 * verb_sources_lists.c - `huiying sources import | export`: subscription lists of other
 * readers and tables in, and ours out.
 */
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/time.h"
#include "base/url.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/sources_file.h"
#include "crawler/charset.h"
#include "crawler/opml.h"
#include "crawler/source_edit.h"
#include "crawler/source_table.h"

#define REASON_MAX ERR_TEXT_MAX

struct import {
	struct call *call;
	struct arena *arena;
	struct opml opml;
	struct sources_file file;
	void *urls, *ids; /* trees of strings: what is taken */
	size_t added, known, refused;
	struct buf report; /* JSON lines or text, an entry each */
};

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static enum err_code remember(void **tree, const char *s, bool *is_new, struct err *e)
{
	void *at = tsearch(s, tree, by_text);

	if (!at)
		return err_nomem(e);
	*is_new = *(const char **)at == s;
	return ERR_OK;
}

static bool is_taken(const char *id, const void *arg)
{
	const struct import *m = arg;

	return tfind(id, (void *const *)&m->ids, by_text) != NULL;
}

static void keep_text(void *text)
{
	(void)text; /* it lives in the arena */
}

/* In the arena; NULL with the reason when it is no address that is read. */
static enum err_code canonical(
	struct import *m, const char *url, const char **out, char why[REASON_MAX], struct err *e)
{
	struct err bad = {ERR_OK, ""};
	char *text = NULL;
	enum err_code rc = url_canonical(url, NULL, &text, &bad);

	*out = NULL;
	if (rc == ERR_NOMEM)
		return err_nomem(e);
	if (rc) {
		snprintf(why, REASON_MAX, "%s", bad.text);
		return ERR_OK;
	}
	*out = arena_strdup(m->arena, text);
	free(text);
	return *out ? ERR_OK : err_nomem(e);
}

static enum err_code learn_known(struct import *m, struct err *e)
{
	char why[REASON_MAX];
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sources_count(m->file.sources); i++) {
		const struct source *s = sources_at(m->file.sources, i);
		const char *url = NULL;
		bool is_new;
		rc = canonical(m, s->url, &url, why, e);
		if (!rc && url)
			rc = remember(&m->urls, url, &is_new, e);
		if (!rc)
			rc = remember(&m->ids, s->id, &is_new, e);
	}
	return rc;
}

/* ---- one entry ---------------------------------------------------------- */

static void report(struct import *m, const struct opml_entry *entry, const char *state,
	const char *word, const char *detail)
{
	struct json_writer w;

	if (!m->call->json) {
		if (*detail)
			buf_addf(&m->report, _("line %d: %s: %s (%s): %s\n"), entry->line, word,
				entry->title, entry->url ? entry->url : "-", detail);
		return;
	}
	json_writer_init(&w, &m->report);
	json_begin_object(&w);
	json_put_int(&w, "line", entry->line);
	json_put_str(&w, "state", state);
	json_put_str(&w, "title", *entry->title ? entry->title : NULL);
	json_put_str(&w, "url", entry->url);
	json_put_str(&w, "category", *entry->category ? entry->category : NULL);
	json_put_str(&w, *state == 'a' ? "id" : "reason", detail);
	json_end_object(&w);
	buf_add_char(&m->report, '\n');
}

static void refuse(struct import *m, const struct opml_entry *entry, const char *why)
{
	m->refused++;
	report(m, entry, "refused", _("refused"), why);
}

static enum document_type kind_of(const struct opml_entry *entry)
{
	enum document_type kind;

	if (entry->kind && document_type_from_name(entry->kind, &kind) && kind != DOCUMENT_AUTO &&
		kind != DOCUMENT_ARTICLE)
		return kind;
	return DOCUMENT_FEED;
}

static bool is_usable_id(const char *id)
{
	return id && *id && strlen(id) <= SOURCE_EDIT_ID_MAX &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id);
}

/* An id in the arena that nobody has. */
static enum err_code choose_id(
	struct import *m, const struct opml_entry *entry, const char **out, struct err *e)
{
	struct buf b;
	bool is_new;

	buf_init(&b, 4096);
	if (is_usable_id(entry->id) && !is_taken(entry->id, m))
		buf_add_str(&b, entry->id);
	else
		source_edit_propose_id(entry->url, is_taken, m, &b);
	*out = arena_strdup(m->arena, buf_str(&b));
	buf_fini(&b);
	return *out ? remember(&m->ids, *out, &is_new, e) : err_nomem(e);
}

static enum err_code add_section(struct import *m, const struct opml_entry *entry, struct err *e)
{
	const char *charset = entry->charset;
	struct source_new s = {
		.url = entry->url,
		.name = entry->title,
		.charset = charset && strspn(charset, "abcdefghijklmnopqrstuvwxyz"
						      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
						   strlen(charset)
				   ? charset
				   : NULL,
		.comment = entry->category,
		.kind = kind_of(entry),
		.local = entry->local,
		.off = entry->off || call_has(m->call, "off"),
	};
	int64_t every;
	enum err_code rc = choose_id(m, entry, &s.id, e);

	if (rc)
		return rc;
	if (entry->every && time_parse_span(entry->every, &every) && every >= 60 &&
		every <= INT64_C(31) * 86400)
		s.every = every;
	source_edit_add(&m->file.text, &s);
	m->added++;
	report(m, entry, "added", "", m->call->json ? s.id : "");
	return buf_check(&m->file.text, "sources.conf", e);
}

static enum err_code take_entry(struct import *m, const struct opml_entry *entry, struct err *e)
{
	char why[REASON_MAX] = "";
	const char *url = NULL;
	bool is_new = false;
	enum err_code rc = ERR_OK;

	if (!entry->url) {
		refuse(m, entry, _("it has no address"));
		return ERR_OK;
	}
	rc = canonical(m, entry->url, &url, why, e);
	if (!rc && !url)
		refuse(m, entry, why);
	if (rc || !url)
		return rc;
	rc = remember(&m->urls, url, &is_new, e);
	if (!rc && !is_new) {
		m->known++;
		report(m, entry, "known", _("left out"), _("it is there already"));
	}
	return rc || !is_new ? rc : add_section(m, entry, e);
}

/* ---- import ------------------------------------------------------------- */

/* What begins with a "<" is OPML, anything else a table. */
static enum err_code parse(struct import *m, const struct buf *text, struct err *e)
{
	struct str s = {buf_str(text), text->len};

	if (str_has_prefix(s, "\xef\xbb\xbf"))
		s = str_sub(s, 3, s.n);
	if (str_has_prefix(str_trim(s), "<"))
		return opml_parse(s.p, s.n, m->arena, &m->opml, e);
	return source_table_parse(s.p, s.n, m->arena, &m->opml, e);
}

static enum err_code read_list(struct import *m, struct err *e)
{
	const struct charset_hints hints = {.override = NULL};
	struct charset_result charset;
	struct buf raw, text;
	enum err_code rc;

	buf_init(&raw, OPML_BYTES_MAX);
	buf_init(&text, OPML_BYTES_MAX * 4);
	rc = path_read(m->call->argv[0], &raw, e);
	if (!rc)
		rc = charset_to_utf8(buf_str(&raw), raw.len, &hints, &text, &charset, e);
	if (!rc)
		rc = parse(m, &text, e);
	if (rc)
		err_prefix(e, "%s: ", m->call->argv[0]);
	buf_fini(&raw);
	buf_fini(&text);
	return rc;
}

static enum err_code print_result(const struct import *m, struct err *e)
{
	enum err_code rc = buf_check(&m->report, "report", e);

	if (rc)
		return rc;
	if (m->call->json)
		fputs(buf_str(&m->report), stdout);
	else
		output_safe(stdout, buf_str(&m->report));
	if (!m->opml.complete)
		log_warning(&m->call->log,
			_("%s ends too early or is not well formed; what could "
			  "be read was taken"),
			m->call->argv[0]);
	log_notice(&m->call->log,
		call_has(m->call, "dry-run")
			? _("%zu would be added, %zu are there already, %zu refused")
			: _("%zu added, %zu were there already, %zu refused"),
		m->added, m->known, m->refused);
	return output_flush(stdout, e);
}

static enum err_code import_all(struct import *m, struct err *e)
{
	enum err_code rc = read_list(m, e);

	if (!rc)
		rc = sources_file_open(&m->call->home, &m->file, e);
	if (!rc)
		rc = learn_known(m, e);
	for (size_t i = 0; !rc && i < m->opml.count; i++)
		rc = take_entry(m, &m->opml.entries[i], e);
	if (!rc)
		rc = m->added && !call_has(m->call, "dry-run")
			     ? sources_file_save(m->call, NULL, &m->file, "import", e)
			     : sources_file_check(&m->file, e);
	if (!rc)
		rc = print_result(m, e);
	return !rc && m->refused ? ERR_NO : rc;
}

static enum err_code run_import(struct call *call, struct err *e)
{
	struct import m = {.call = call, .file = {.lock = -1}};
	enum err_code rc;

	m.arena = arena_new(ARENA_MAX_DEFAULT);
	buf_init(&m.report, BUF_MAX_DEFAULT);
	rc = m.arena ? session_may(call, e) : err_nomem(e);
	if (!rc)
		rc = import_all(&m, e);
	tdestroy(m.urls, keep_text);
	tdestroy(m.ids, keep_text);
	sources_file_close(&m.file);
	buf_fini(&m.report);
	arena_free(m.arena);
	return rc;
}

/* ---- export ------------------------------------------------------------- */

static enum err_code run_export(struct call *call, struct err *e)
{
	struct sources *s = NULL;
	struct buf b;
	enum err_code rc = sources_load(&call->home, &s, e);

	buf_init(&b, BUF_MAX_DEFAULT);
	if (!rc && call_has(call, "csv"))
		rc = source_table_write(s, &b, e);
	else if (!rc)
		rc = opml_write(
			s, _("sources of Huiying"), time_now(), call_has(call, "opml1"), &b, e);
	if (!rc && fwrite(buf_str(&b), 1, b.len, stdout) != b.len)
		rc = err_set(e, ERR_IO, _("cannot write to standard output"));
	if (!rc)
		rc = output_flush(stdout, e);
	sources_free(s);
	buf_fini(&b);
	return rc;
}

static const struct command_flag import_flags[] = {
	{"off", NULL, N_("write them switched off")},
	{"dry-run", NULL, N_("say what would be done")},
	{NULL, NULL, NULL},
};

const struct command command_sources_import = {
	.verb = "sources import",
	.args = N_("FILE.opml|FILE.csv"),
	.summary = N_("take over the subscription list of another reader"),
	.help = N_("Reads OPML 1.0, 1.1 and 2.0; the outlines round an entry become a comment "
		   "above its section. What is there already is left out, what is no address "
		   "is listed with its line and the reason, and the exit status is then 1; all "
		   "others are added.\n\n"
		   "A table (CSV) names its columns in the first line: 网址, and as there are any "
		   "编号 名称 类型 间隔 编码 本市 启用 分类."),
	.flags = import_flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_ADMIN | PEOPLE_SYSTEM,
	.run = run_import,
};

static const struct command_flag export_flags[] = {
	{"csv", NULL, N_("a table for a spreadsheet")},
	{"opml1", NULL, N_("OPML 1.0 for old readers (without kind, id and the like)")},
	{NULL, NULL, NULL},
};

const struct command command_sources_export = {
	.verb = "sources export",
	.args = "",
	.summary = N_("write the sources as OPML for other readers, or as a table"),
	.flags = export_flags,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_export,
};
