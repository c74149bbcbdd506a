/*
 * import_orders.c - orders into the ledger.
 */
#include "office/import_orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "crawler/date.h"
#include "office/act.h"
#include "office/import_matter.h"
#include "office/order_limits.h"
#include "office/raise.h"

#define BATCH 200 /* orders in one transaction */
#define NUMBER_MAX 64 /* characters */

/* --- the number --- */

static const char *bad_number(const struct table_record *r)
{
	const char *number = r->field[TABLE_NUMBER];
	bool digit = false;

	if (!number)
		return _("it has no order number");
	if (utf8_count(number, strlen(number)) > NUMBER_MAX)
		return _("its order number is too long");
	for (const char *p = number; *p; p++) {
		if (str_is_space((unsigned char)*p))
			return _("its order number holds blanks");
		digit = digit || str_is_digit((unsigned char)*p);
	}
	return digit ? NULL : _("its order number holds no digit");
}

int import_order_by_number(const void *a, const void *b)
{
	const struct import_order *const *x = a, *const *y = b;
	int c = strcmp((*x)->r.number, (*y)->r.number);

	return c ? c : ((*x)->r.row > (*y)->r.row) - ((*x)->r.row < (*y)->r.row);
}

/* Of rows with one number the first is taken. */
static enum err_code refuse_twins(struct import_orders *r, struct err *e)
{
	struct arena *a = r->job->arena;
	struct import_order **sorted = arena_array(a, r->count + 1, sizeof(struct import_order *));
	size_t n = 0;
	enum err_code rc = sorted ? ERR_OK : err_nomem(e);

	for (size_t i = 0; sorted && i < r->count; i++)
		if (!r->orders[i].refused)
			sorted[n++] = &r->orders[i];
	if (n)
		qsort(sorted, n, sizeof(struct import_order *), import_order_by_number);
	for (size_t i = 1, first = 0; !rc && i < n; i++) {
		if (strcmp(sorted[i]->r.number, sorted[first]->r.number) != 0) {
			first = i;
			continue;
		}
		sorted[i]->refused = true;
		rc = import_refuse(r->job, (size_t)sorted[i]->r.row,
			arena_printf(a, _("order %s stands in row %lld already"),
				sorted[i]->r.number, (long long)sorted[first]->r.row),
			e);
	}
	return rc;
}

/* --- the limit --- */

/* "5" under 办理时限（工作日） says its unit in the head. */
static const char *with_unit(const struct import_orders *r, const char *text)
{
	static const char *const units[] = {"工作日", "小时", "天", "日", NULL};
	const char *head = table_map_head(&r->job->map, TABLE_LIMIT);
	int64_t ignored;

	for (size_t i = 0; units[i] && str_to_int(str_of(text), 1, 1000, &ignored); i++)
		if (strstr(head, units[i]))
			return arena_printf(r->job->arena, "%s %s", text,
				strcmp(units[i], "日") == 0 ? "天" : units[i]);
	return text;
}

/* What the import has to say about a limit; text NULL: nothing. */
static enum err_code remark_limit(
	struct import_orders *r, const struct import_order *o, const char *text, struct err *e)
{
	return text ? import_remark(r->job, o->from->row, text, e) : err_nomem(e);
}

static enum err_code remark_tentative(
	struct import_orders *r, const struct import_order *o, struct err *e)
{
	if (!o->r.tentative)
		return ERR_OK;
	return remark_limit(r, o,
		arena_printf(r->job->arena,
			_("its limit is reckoned without the holidays of %d, which are not listed "
			  "yet (暂定)"),
			(int)o->r.tentative),
		e);
}

/* The sheet gives none: the one for orders of this kind, when there is one. */
static enum err_code limit_by_type(struct import_orders *r, struct import_order *o, struct err *e)
{
	const struct deadline *d = NULL;
	struct office *office = r->job->office;
	enum err_code rc = order_limits_of_type(office, o->r.type, &d, e);

	if (rc || !d || order_limits_start(&o->r) == TIME_NONE)
		return rc;
	rc = order_limits_reckon(
		office, &o->r, &(struct calendar_rule){d->limit, d->roll}, d->rule, e);
	return rc ? rc : remark_tentative(r, o, e);
}

static enum err_code set_due(struct import_orders *r, struct import_order *o, struct err *e)
{
	const struct time_zone *zone = r->job->office->settings.zone;
	const char *text = o->r.limit;
	struct calendar_rule rule = {.roll = CALENDAR_NO_ROLL};
	const struct holidays *h = NULL;
	struct err why = {ERR_OK, ""};
	int64_t t;
	enum err_code rc;

	o->r.due = TIME_NONE;
	if (!text)
		return limit_by_type(r, o, e);
	if (date_parse(text, strlen(text), r->job->now, zone, &t)) {
		/* A date alone ends with its day. */
		o->r.due = import_has_clock(text) ? t : t + 86399;
		return ERR_OK;
	}
	text = with_unit(r, text);
	if (!text)
		return err_nomem(e);
	rc = office_holidays(r->job->office, &h, e);
	if (rc)
		return rc;
	rc = calendar_parse_limit(text, &rule.limit, &why);
	if (!rc)
		rc = order_limits_reckon(r->job->office, &o->r, &rule, "", &why);
	if (!rc)
		return remark_tentative(r, o, e);
	return remark_limit(r, o,
		arena_printf(
			r->job->arena, _("limit “%s” is kept as text: %s"), o->r.limit, why.text),
		e);
}

/* --- what the rules say --- */

const char *import_order_text(const struct order_record *o, struct arena *a)
{
	return arena_printf(a, "%s%s%s", o->content ? o->content : "",
		o->content && o->place ? "\n" : "", o->place ? o->place : "");
}

static enum err_code order_input(const struct import_orders *r, const struct order_record *o,
	struct arena *a, struct match_input *out, struct err *e)
{
	const char *text = import_order_text(o, a);

	if (!text)
		return err_nomem(e);
	*out = (struct match_input){.title = o->title ? o->title : "",
		.text = text,
		.text_size = strlen(text),
		.source = r->source_name,
		.source_size = strlen(r->source_name),
		.local = true}; /* it was told to this office */
	out->title_size = strlen(out->title);
	return ERR_OK;
}

enum err_code import_order_match(const struct import_orders *r, const struct order_record *o,
	struct arena *a, struct match_result *out, struct err *e)
{
	struct match_input in;
	enum err_code rc = order_input(r, o, a, &in, e);

	return rc ? rc : match_text(r->rules, &in, a, out, e);
}

enum err_code import_order_grounds(const struct import_orders *r, const struct order_record *o,
	const struct match_result *m, const struct match_topic *t, struct arena *a,
	const char **out, struct err *e)
{
	struct match_input in;
	enum err_code rc = order_input(r, o, a, &in, e);

	return rc ? rc : raise_grounds(r->job->office, &in, m, t, a, out, e);
}

static enum err_code judge(struct import_orders *r, struct import_order *o, struct err *e)
{
	struct match_result m;
	struct buf codes;
	enum err_code rc = import_order_match(r, &o->r, r->scratch, &m, e);

	if (rc)
		return rc;
	buf_init(&codes, IMPORT_KEY_BYTES);
	for (size_t i = 0; i < m.topic_count; i++) {
		buf_addf(&codes, "%s%s|", i ? "" : "|", m.topics[i].topic.code);
		if ((int64_t)m.topics[i].grade > o->r.grade)
			o->r.grade = (int64_t)m.topics[i].grade;
		if (m.topics[i].score > o->r.score)
			o->r.score = m.topics[i].score;
	}
	rc = buf_check(&codes, _("the topics of an order"), e);
	o->r.codes = arena_strdup(r->job->arena, buf_str(&codes));
	o->r.rules_hash = rules_hash(r->rules);
	buf_fini(&codes);
	return rc || o->r.codes ? rc : err_nomem(e);
}

static enum err_code set_keys(struct import_orders *r, struct import_order *o, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, IMPORT_KEY_BYTES * 16);
	rc = matter_title_key(&b, o->r.title, o->r.content, e);
	o->r.title_key = arena_strdup(r->job->arena, buf_str(&b));
	buf_clear(&b);
	if (!rc)
		rc = matter_place_key(&b, o->r.place, e);
	o->r.place_key = arena_strdup(r->job->arena, buf_str(&b));
	buf_fini(&b);
	return rc || (o->r.title_key && o->r.place_key) ? rc : err_nomem(e);
}

/* --- from record to order --- */

static void copy_fields(struct import_orders *r, struct import_order *o)
{
	const char *const *f = o->from->field;

	o->r.source = r->job->out->source;
	o->r.number = f[TABLE_NUMBER];
	o->r.type = f[TABLE_TYPE];
	o->r.title = f[TABLE_TITLE];
	o->r.content = f[TABLE_CONTENT];
	o->r.place = f[TABLE_PLACE];
	o->r.unit = f[TABLE_UNIT];
	o->r.channel = f[TABLE_SOURCE];
	o->r.state = f[TABLE_STATE];
	o->r.result = f[TABLE_RESULT];
	o->r.satisfaction = f[TABLE_SATISFACTION];
	o->r.link = f[TABLE_LINK];
	o->r.limit = f[TABLE_LIMIT];
	o->r.published = o->from->published;
	o->r.accepted = o->from->accepted;
	o->r.finished = o->from->finished;
	o->r.at = o->r.published != TIME_NONE  ? o->r.published
		  : o->r.accepted != TIME_NONE ? o->r.accepted
					       : r->job->now;
	o->r.imported = r->job->now;
	o->r.file = r->job->out->file;
	o->r.row = (int64_t)o->from->row;
}

static enum err_code make_order(struct import_orders *r, struct import_order *o, struct err *e)
{
	const char *why = bad_number(o->from);
	enum err_code rc;

	if (why) {
		o->refused = true;
		return import_refuse(r->job, o->from->row, arena_strdup(r->job->arena, why), e);
	}
	copy_fields(r, o);
	rc = orders_keep_erased(r->job->office->db, &o->r, r->job->arena, e);
	if (!rc)
		rc = set_due(r, o, e);
	if (!rc)
		rc = judge(r, o, e);
	if (!rc)
		rc = set_keys(r, o, e);
	return rc ? rc : orders_digest(&o->r, &o->digest, e);
}

static enum err_code make_orders(struct import_orders *r, struct err *e)
{
	size_t n = r->job->rows.count;
	enum err_code rc = ERR_OK;

	r->orders = arena_array(r->job->arena, n + 1, sizeof *r->orders);
	r->touched = arena_array(r->job->arena, n + 1, sizeof(struct import_order *));
	if (!r->orders || !r->touched)
		return err_nomem(e);
	r->count = n;
	for (size_t i = 0; !rc && i < n; i++) {
		r->orders[i].from = &r->job->rows.records[i];
		rc = import_step(r->job, i, n * 2, e);
		if (!rc)
			rc = make_order(r, &r->orders[i], e);
		arena_reset(r->scratch);
	}
	return rc ? rc : refuse_twins(r, e);
}

/* --- storing --- */

static enum err_code put_order(struct import_orders *r, struct import_order *o, struct err *e)
{
	struct import_result *out = r->job->out;
	enum err_code rc = orders_put(r->job->office->db, &o->r, &o->digest, &o->change, e);

	if (rc)
		return rc;
	out->added += o->change == ORDER_NEW;
	out->changed += o->change == ORDER_CHANGED;
	out->same += o->change == ORDER_SAME;
	/* A run that was interrupted may have stored what it did not group. */
	if (o->change != ORDER_SAME || !o->r.story)
		r->touched[r->touched_count++] = o;
	return ERR_OK;
}

static enum err_code put_orders(struct import_orders *r, struct err *e)
{
	size_t n = r->count;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < n; i += BATCH) {
		rc = import_step(r->job, n + i, n * 2, e);
		if (!rc)
			rc = import_write(r->job, e);
		for (size_t k = i; !rc && k < n && k < i + BATCH; k++)
			if (!r->orders[k].refused)
				rc = put_order(r, &r->orders[k], e);
		if (!rc)
			rc = import_commit(r->job, e);
	}
	return rc;
}

/* --- the whole --- */

static enum err_code append_event(struct import_orders *r, struct err *e)
{
	const struct import_result *out = r->job->out;
	char hex[HASH_HEX_SIZE];
	struct act a;

	if (r->job->opt->dry_run)
		return ERR_OK;
	hash_to_hex(&r->job->sha256, hex);
	act_begin(&a, r->job->office, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("import orders"), e);
	act_event(&a);
	act_int(&a, "added", (int64_t)out->added);
	act_str(&a, "digest", hex);
	act_text(&a, "file_text", out->file);
	act_int(&a, "refused", (int64_t)out->refused_count);
	act_int(&a, "revised", (int64_t)out->changed);
	act_int(&a, "rows", (int64_t)out->rows);
	act_str(&a, "source", out->source);
	act_int(&a, "unchanged", (int64_t)out->same);
	act_append(&a, "orders.imported/1", "orders");
	return act_end(&a);
}

static enum err_code set_source(struct import_orders *r, struct err *e)
{
	const struct sources *all;
	const struct source *s;
	enum err_code rc = office_sources(r->job->office, &all, e);

	if (rc)
		return rc;
	s = sources_find(all, r->job->out->source);
	r->source_name = s ? s->name : r->job->out->source;
	return office_rules(r->job->office, &r->rules, e);
}

static enum err_code import_orders(struct import_orders *r, struct err *e)
{
	enum err_code rc = set_source(r, e);

	if (!rc && r->job->map.column[TABLE_NUMBER] < 0)
		rc = err_set(e, ERR_INPUT,
			_("%s: no column with the number of the order; name it: --map number=HEAD"),
			r->job->opt->path);
	if (!rc)
		rc = make_orders(r, e);
	if (!rc)
		rc = put_orders(r, e);
	if (!rc)
		rc = import_orders_queue(r, e);
	if (!rc)
		rc = append_event(r, e);
	return rc ? rc : import_end(r->job, e);
}

enum err_code office_import_orders(struct office *o, const struct import_options *opt,
	struct import_result *out, struct err *e)
{
	struct import_job *j = calloc(1, sizeof *j);
	struct import_orders r = {.job = j, .scratch = arena_new(ARENA_MAX_DEFAULT)};
	enum err_code rc = j && r.scratch ? ERR_OK : err_nomem(e);

	memset(out, 0, sizeof *out);
	if (!rc) {
		*j = (struct import_job){.office = o, .opt = opt, .out = out};
		rc = import_begin(j, _("import orders"), e);
	}
	if (!rc)
		rc = import_orders(&r, e);
	db_rollback(o->db);
	arena_free(r.scratch);
	free(j);
	return rc;
}
