/*
 * import_responses.c - answers of units that come as a table, a row an answer.
 *
 * Each row is what `respond` makes of what is typed: looked at, its promises found, waiting to be
 * accepted; together they are one act. An answer of the same unit to the same case in the same
 * words is the same answer.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "ledger/records.h"
#include "ledger/responses.h"
#include "office/act.h"
#include "office/channels.h"
#include "office/evidence_add.h"
#include "office/import_private.h"
#include "office/response_enter.h"
#include "office/responses.h"
#include "office/units.h"

/* What stands under 回应类型 or 回应方式, and what it is. */
static const struct {
	const char *typed;
	const char *kind; /* NULL: says nothing of it */
	bool press;
} kind_words[] = {
	{"事实", "fact", false},
	{"通报", "fact", false},
	{"措施", "measure", false},
	{"结果", "result", false},
	{"处理结果", "result", false},
	{"致歉", "apology", false},
	{"道歉", "apology", false},
	{"澄清", "clarification", false},
	{"辟谣", "clarification", false},
	{"fact", "fact", false},
	{"measure", "measure", false},
	{"result", "result", false},
	{"apology", "apology", false},
	{"clarification", "clarification", false},
	{"发布会", NULL, true},
	{"新闻发布会", NULL, true},
	{"通稿", NULL, false},
	{"网站", NULL, false},
	{"新媒体", NULL, false},
	{"采访", NULL, false},
	{"答复", NULL, false},
};

struct answer_row {
	size_t row;
	struct office_response in;
	char case_id[IDS_SIZE]; /* "" until it was found */
};

struct run {
	struct import_job *job;
	struct act *a; /* its arena is of one row */
	struct units *units;
	struct channels *channels;
	struct answer_row *taken; /* rows of this table, in their order */
	size_t taken_count;
	int captures; /* pages that the fetcher shall get */
};

/* --- a row as an answer --- */

static enum err_code read_kind(
	struct run *r, const struct table_record *from, struct answer_row *out, struct err *e)
{
	const char *typed = from->field[TABLE_TYPE];

	for (size_t i = 0; typed && i < sizeof kind_words / sizeof *kind_words; i++) {
		if (strcmp(kind_words[i].typed, typed) != 0)
			continue;
		out->in.kind = kind_words[i].kind;
		out->in.press = kind_words[i].press;
		return ERR_OK;
	}
	if (!typed)
		return ERR_OK;
	return import_remark(r->job, from->row,
		arena_printf(r->job->arena,
			_("“%s” is no kind of answer; the kind is taken from its words"), typed),
		e);
}

static enum err_code read_channel(
	struct run *r, const struct table_record *from, struct answer_row *out, struct err *e)
{
	const char *name = from->field[TABLE_SOURCE];

	if (!name)
		return ERR_OK;
	if (channels_find(r->channels, name)) {
		out->in.channel = name;
		return ERR_OK;
	}
	return import_remark(r->job, from->row,
		arena_printf(r->job->arena, _("channels.conf has no channel “%s”"), name), e);
}

/* Several addresses stand one after the other. */
static bool read_links(struct run *r, const struct table_record *from, struct answer_row *out)
{
	static const char *const marks[] = {"、", "；", "，"};
	char *text = arena_strdup(r->job->arena, from->field[TABLE_LINK]);
	struct str rest;

	for (size_t i = 0; text && i < sizeof marks / sizeof *marks; i++)
		for (char *at; (at = strstr(text, marks[i]));)
			memset(at, ' ', strlen(marks[i]));
	rest = str_of(text ? text : "");
	while (rest.p && rest.n) {
		struct str one = str_trim(str_split(&rest, ' '));
		if (!one.n)
			continue;
		if (out->in.url_count == OFFICE_LINKS_MAX)
			return false;
		out->in.urls[out->in.url_count++] = arena_strndup(r->job->arena, one.p, one.n);
	}
	return true;
}

/* A day alone ends with its day, but not later than now. */
static int64_t published_of(const struct run *r, const struct table_record *from)
{
	bool finished = from->finished != TIME_NONE;
	int64_t t = finished ? from->finished : from->published;
	const char *text = from->field[finished ? TABLE_FINISHED : TABLE_PUBLISHED];

	if (t == TIME_NONE || import_has_clock(text) || t > r->job->now)
		return t;
	return t + 86399 < r->job->now ? t + 86399 : r->job->now;
}

/* *why when the row cannot be an answer. */
static enum err_code read_row(struct run *r, const struct table_record *from,
	struct answer_row *out, const char **why, struct err *e)
{
	enum err_code rc;

	memset(out, 0, sizeof *out);
	out->row = from->row;
	out->in.case_typed = from->field[TABLE_NUMBER];
	out->in.unit = from->field[TABLE_UNIT];
	out->in.text = from->field[TABLE_RESULT];
	out->in.published_at = published_of(r, from);
	if (!out->in.case_typed)
		*why = _("it names no case");
	else if (!out->in.unit && !r->job->office->unit)
		*why = _("it names no unit");
	else if (out->in.published_at == TIME_NONE)
		*why = _("it has no time of publication");
	else if (from->field[TABLE_LINK] && !read_links(r, from, out))
		*why = _("it has too many addresses");
	rc = *why ? ERR_OK : read_kind(r, from, out, e);
	return rc || *why ? rc : read_channel(r, from, out, e);
}

/* --- the same answer --- */

static bool is_same_words(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static const char *unit_of(struct run *r, const struct answer_row *row)
{
	const char *typed = row->in.unit ? row->in.unit : r->job->office->unit;
	const struct unit *u = NULL;
	struct err ignored;

	return units_resolve(r->units, typed, r->a->today, &u, &ignored) == ERR_OK ? u->name
										   : typed;
}

/* A row of this table says it already. */
static const char *twin_of(struct run *r, const struct answer_row *row)
{
	for (size_t i = 0; i < r->taken_count; i++) {
		const struct answer_row *t = &r->taken[i];
		if (strcmp(t->case_id, row->case_id) == 0 &&
			strcmp(unit_of(r, t), unit_of(r, row)) == 0 &&
			is_same_words(t->in.text, row->in.text))
			return arena_printf(
				r->job->arena, _("it stands in row %zu already"), t->row);
	}
	return NULL;
}

/* The ledger has it already. A case that is not there is the act's to refuse. */
static enum err_code find_known(struct run *r, struct answer_row *row, bool *known, struct err *e)
{
	struct db *db = r->job->office->db;
	struct response_record *list = NULL;
	struct err ignored;
	size_t count = 0;
	enum err_code rc = records_find(db, IDS_CASE, row->in.case_typed, row->case_id, &ignored);

	if (rc) {
		*row->case_id = '\0';
		return rc == ERR_NOMEM ? err_nomem(e) : ERR_OK;
	}
	rc = responses_of(db, row->case_id, r->a->arena, &list, &count, e);
	for (size_t i = 0; !rc && !*known && i < count; i++)
		*known = strcmp(list[i].unit, unit_of(r, row)) == 0 &&
			 is_same_words(list[i].body, row->in.text);
	return rc;
}

/* --- entering --- */

/* What is the row's own fault; everything else ends the run. */
static bool is_refusal(enum err_code rc)
{
	return rc == ERR_USAGE || rc == ERR_NOT_FOUND || rc == ERR_REFUSED || rc == ERR_INPUT;
}

static enum err_code note_entered(struct run *r, const struct answer_row *row,
	const struct office_recorded *rec, struct err *e)
{
	struct import_result *out = r->job->out;
	struct arena *a = r->job->arena;

	out->answers[out->answer_count++] = (struct import_answer){.row = row->row,
		.id = r->job->opt->dry_run ? NULL : arena_strdup(a, rec->id),
		.case_id = arena_strdup(a, rec->case_id),
		.kind = arena_strdup(a, rec->kind),
		.checks = arena_strdup(a, rec->checks)};
	out->added++;
	r->captures += rec->captures;
	r->taken[r->taken_count++] = *row;
	return arena_failed(a) ? err_nomem(e) : ERR_OK;
}

/* What is refused is so before anything of it was written: the act goes on. */
static enum err_code enter(struct run *r, struct answer_row *row, const char **why, struct err *e)
{
	struct act *a = r->a;
	struct office_recorded *rec = arena_alloc(a->arena, sizeof *rec);
	struct response_entry x;

	if (!rec)
		return err_nomem(e);
	a->office->for_unit = a->office->unit != NULL; /* a post is one of each row's unit */
	response_enter_init(&x, &row->in, r->units, r->channels);
	response_enter_check(a, &x);
	if (is_refusal(a->rc)) {
		*why = arena_strdup(r->job->arena, a->err->text);
		a->rc = *why ? ERR_OK : err_nomem(e);
		err_clear(e);
	} else {
		response_enter_append(a, &x, rec);
		if (!a->rc)
			a->rc = note_entered(r, row, rec, e);
	}
	response_enter_fini(&x);
	return a->rc;
}

static enum err_code take_row(struct run *r, const struct table_record *from, struct err *e)
{
	struct answer_row row;
	const char *why = NULL;
	bool known = false;
	enum err_code rc = read_row(r, from, &row, &why, e);

	if (!rc && !why)
		rc = find_known(r, &row, &known, e);
	if (!rc && !why && *row.case_id)
		why = twin_of(r, &row);
	if (!rc && !why && known) {
		r->job->out->same++;
		r->taken[r->taken_count++] = row;
	} else if (!rc && !why) {
		rc = enter(r, &row, &why, e);
	}
	return rc || !why ? rc : import_refuse(r->job, from->row, why, e);
}

static enum err_code take_rows(struct run *r, struct err *e)
{
	struct import_job *j = r->job;
	enum err_code rc = ERR_OK;

	r->taken = arena_array(j->arena, j->rows.count + 1, sizeof *r->taken);
	j->out->answers = arena_array(j->arena, j->rows.count + 1, sizeof *j->out->answers);
	if (!r->taken || !j->out->answers)
		return err_nomem(e);
	for (size_t i = 0; !rc && i < j->rows.count; i++) {
		rc = import_step(j, i, j->rows.count, e);
		if (!rc)
			rc = take_row(r, &j->rows.records[i], e);
		arena_reset(r->a->arena);
	}
	return rc;
}

/* --- the whole --- */

static void append_event(struct run *r)
{
	const struct import_result *out = r->job->out;
	struct act *a = r->a;
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&r->job->sha256, hex);
	act_event(a);
	act_int(a, "added", (int64_t)out->added);
	act_str(a, "digest", hex);
	act_text(a, "file_text", out->file);
	act_int(a, "refused", (int64_t)out->refused_count);
	act_int(a, "rows", (int64_t)out->rows);
	act_int(a, "unchanged", (int64_t)out->same);
	act_append(a, "responses.imported/1", "responses");
}

static enum err_code take_table(struct run *r, struct err *e)
{
	struct import_job *j = r->job;
	struct act a;
	enum err_code rc;

	r->a = &a;
	act_begin(&a, j->office, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("import responses"), e);
	if (!a.rc)
		a.rc = take_rows(r, e);
	if (!a.rc && j->out->rows && j->out->refused_count == j->out->rows)
		act_fail(&a, ERR_INPUT, _("%s: every row was refused"), j->opt->path);
	append_event(r);
	if (!a.rc && j->opt->dry_run) {
		db_rollback(j->office->db);
		return act_leave(&a);
	}
	rc = act_end(&a);
	if (!rc && r->captures)
		evidence_write_wanted(j->office);
	return rc;
}

static enum err_code need_columns(const struct import_job *j, struct err *e)
{
	if (j->map.column[TABLE_NUMBER] < 0)
		return err_set(e, ERR_INPUT,
			_("%s: no column with the number of the case; name it: --map number=HEAD"),
			j->opt->path);
	if (j->map.column[TABLE_RESULT] < 0)
		return err_set(e, ERR_INPUT,
			_("%s: no column with the words of the answer; name it: --map "
			  "result=HEAD"),
			j->opt->path);
	return ERR_OK;
}

static enum err_code import_responses(struct run *r, struct err *e)
{
	struct import_job *j = r->job;
	enum err_code rc = need_columns(j, e);

	if (!rc)
		rc = units_load(j->office->home, &r->units, e);
	if (!rc)
		rc = channels_load(j->office->home, &r->channels, e);
	if (!rc)
		rc = take_table(r, e);
	return rc ? rc : import_end(j, e);
}

enum err_code office_import_responses(struct office *o, const struct import_options *opt,
	struct import_result *out, struct err *e)
{
	struct import_job *j = calloc(1, sizeof *j);
	struct run r = {.job = j};
	enum err_code rc = j ? ERR_OK : err_nomem(e);

	memset(out, 0, sizeof *out);
	if (!rc) {
		*j = (struct import_job){
			.office = o, .opt = opt, .out = out, .answers = true, .whole = true};
		rc = import_begin(j, _("import responses"), e);
	}
	if (!rc)
		rc = import_responses(&r, e);
	if (rc == ERR_STOPPED)
		out->rows = 0; /* there is nothing to give an account of */
	channels_free(r.channels);
	units_free(r.units);
	free(j);
	return rc;
}
