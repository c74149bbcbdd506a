/*
 * task_sheet.c - the cells of a plan's table.
 */
#include "office/task_sheet.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "crawler/date.h"
#include "crawler/table_map.h"
#include "matcher/promise.h"

#define HEAD_SEARCH 30 /* rows that may stand above the table */
#define CELL_MAX ((size_t)64 << 10)

static const char *const fields[] = {
	[TASK_ITEM] = "item",
	[TASK_WORDS] = "words",
	[TASK_LEAD] = "lead",
	[TASK_CO] = "units",
	[TASK_KIND] = "kind",
	[TASK_DUE] = "due",
	[TASK_PERIOD] = "period",
	[TASK_TRIGGER] = "trigger",
	[TASK_NOTE] = "note",
};

static const struct {
	const char *head;
	enum task_column column;
} heads[] = {
	{"序号", TASK_ITEM},
	{"编号", TASK_ITEM},
	{"项号", TASK_ITEM},
	{"任务", TASK_WORDS},
	{"工作任务", TASK_WORDS},
	{"任务内容", TASK_WORDS},
	{"重点任务", TASK_WORDS},
	{"主要任务", TASK_WORDS},
	{"工作内容", TASK_WORDS},
	{"内容", TASK_WORDS},
	{"牵头单位", TASK_LEAD},
	{"牵头部门", TASK_LEAD},
	{"责任单位", TASK_CO},
	{"责任部门", TASK_CO},
	{"协办单位", TASK_CO},
	{"配合单位", TASK_CO},
	{"类型", TASK_KIND},
	{"任务类型", TASK_KIND},
	{"时限", TASK_DUE},
	{"完成时限", TASK_DUE},
	{"完成时间", TASK_DUE},
	{"办理时限", TASK_DUE},
	{"周期", TASK_PERIOD},
	{"报送周期", TASK_PERIOD},
	{"触发", TASK_TRIGGER},
	{"触发条件", TASK_TRIGGER},
	{"备注", TASK_NOTE},
};

static const struct {
	const char *typed, *word;
} kind_words[] =
	{
		{"一次性", "once"},
		{"once", "once"},
		{"持续", "continuous"},
		{"长期", "continuous"},
		{"continuous", "continuous"},
		{"定期", "recurring"},
		{"周期", "recurring"},
		{"recurring", "recurring"},
		{"触发", "triggered"},
		{"triggered", "triggered"},
},
  period_words[] = {
	  {"月", "month"},
	  {"每月", "month"},
	  {"month", "month"},
	  {"季度", "quarter"},
	  {"季", "quarter"},
	  {"每季度", "quarter"},
	  {"quarter", "quarter"},
	  {"半年", "half"},
	  {"每半年", "half"},
	  {"half", "half"},
	  {"年", "year"},
	  {"年度", "year"},
	  {"每年", "year"},
	  {"year", "year"},
};

const char *task_sheet_field(enum task_column c)
{
	return fields[c];
}

/* --- the head --- */

/* The words of a head without blanks: 牵 头 单 位. */
static void squeeze(const char *from, char out[64])
{
	size_t n = 0;

	for (; *from && n + 1 < 64; from++)
		if (!str_is_space((unsigned char)*from))
			out[n++] = *from;
	out[n] = '\0';
}

static bool column_of(const char *head, enum task_column *out)
{
	char words[64];

	squeeze(head, words);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		if (strcmp(heads[i].head, words) != 0)
			continue;
		*out = heads[i].column;
		return true;
	}
	return false;
}

static bool read_head(const struct table_row *row, struct task_sheet *s)
{
	for (size_t i = 0; i < TASK_COLUMNS_COUNT; i++)
		s->column[i] = -1;
	for (size_t i = 0; i < row->count; i++) {
		const char *head = row->cells[i].text;
		enum task_column c;
		if (head && !table_map_is_private(head) && column_of(head, &c) && s->column[c] < 0)
			s->column[c] = (int)i;
	}
	return s->column[TASK_ITEM] >= 0 && s->column[TASK_WORDS] >= 0 && s->column[TASK_LEAD] >= 0;
}

static const char *join(struct arena *a, const char *left, const char *right)
{
	if (!right)
		return left;
	return *left ? arena_printf(a, "%s %s", left, right) : right;
}

enum err_code task_sheet_find(
	const struct table_sheet *sheet, struct arena *a, struct task_sheet *out, struct err *e)
{
	out->title = "";
	for (size_t i = 0; i < sheet->count && i < HEAD_SEARCH; i++) {
		out->head = i;
		if (read_head(&sheet->rows[i], out))
			return ERR_OK;
		for (size_t k = 0; out->title && k < sheet->rows[i].count; k++)
			out->title = join(a, out->title, sheet->rows[i].cells[k].text);
		if (!out->title)
			return err_nomem(e);
	}
	return err_set(e, ERR_INPUT, _("there is no head with 序号, 任务 and 牵头单位"));
}

/* --- a row --- */

struct reading {
	const struct task_sheet *s;
	const struct table_row *row;
	struct arena *a;
	struct mask_counts *masked;
	int64_t made;
	const char *why; /* the first fault */
};

static const char *raw(const struct reading *r, enum task_column c)
{
	int k = r->s->column[c];
	const char *text = k >= 0 && (size_t)k < r->row->count ? r->row->cells[k].text : NULL;

	return text ? text : "";
}

/* Personal data in a text is hidden. NULL: no memory, or the cell is too long. */
static const char *masked(const struct reading *r, enum task_column c)
{
	const char *text = raw(r, c), *kept;
	struct err ignored;
	struct buf b;

	buf_init(&b, CELL_MAX);
	mask_add(&b, text, strlen(text), NULL, r->masked);
	kept = buf_check(&b, _("a cell"), &ignored) == ERR_OK ? arena_strdup(r->a, buf_str(&b))
							      : NULL;
	buf_fini(&b);
	return kept;
}

static void fault(struct reading *r, const char *why)
{
	if (!r->why)
		r->why = why;
}

static void read_kind(struct reading *r, struct task_row *out)
{
	const char *typed = raw(r, TASK_KIND);

	out->kind = *raw(r, TASK_TRIGGER)  ? "triggered"
		    : *raw(r, TASK_PERIOD) ? "recurring"
					   : "once";
	if (!*typed)
		return;
	for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++) {
		if (strcmp(kind_words[i].typed, typed) != 0)
			continue;
		out->kind = kind_words[i].word;
		return;
	}
	fault(r, arena_printf(r->a, _("its kind “%s” is none of 一次性, 持续, 定期, 触发"), typed));
}

static bool has_period(const struct task_row *t)
{
	return strcmp(t->kind, "continuous") == 0 || strcmp(t->kind, "recurring") == 0;
}

static void read_period(struct reading *r, struct task_row *out)
{
	const char *typed = raw(r, TASK_PERIOD);

	out->period = strcmp(out->kind, "continuous") == 0 ? "quarter" : "";
	if (*typed && !has_period(out))
		fault(r, _("only 持续 and 定期 have a period"));
	else if (!*typed && strcmp(out->kind, "recurring") == 0)
		fault(r, _("it has no period (月, 季度, 半年, 年)"));
	if (!*typed)
		return;
	for (size_t i = 0; i < sizeof period_words / sizeof *period_words; i++) {
		if (strcmp(period_words[i].typed, typed) != 0)
			continue;
		out->period = period_words[i].word;
		return;
	}
	fault(r, arena_printf(r->a, _("its period “%s” is none of 月, 季度, 半年, 年"), typed));
}

/* 2021年9月底前 is read as the promise that it is. */
static enum err_code read_promised(
	struct reading *r, const char *typed, struct task_row *out, struct err *e)
{
	struct promise_finder *f = promise_finder_new();
	const char *sentence = arena_printf(r->a, "我局将于%s完成。", typed);
	struct promise_sentence *list = NULL;
	size_t count = 0;
	enum err_code rc = f && sentence ? ERR_OK : err_nomem(e);

	if (!rc)
		rc = promise_read(f, str_of(sentence), r->made, NULL, r->a, &list, &count, e);
	if (!rc && count == 1 && list[0].count == 1 && list[0].promises[0].kind == PROMISE_DATE)
		out->due_date = arena_strdup(r->a, list[0].promises[0].due);
	promise_finder_free(f);
	return rc;
}

/* From the end of a period, from what sets the task off, else from the plan's day. */
static void read_limit(const char *typed, struct task_row *out)
{
	struct err ignored;

	if (calendar_parse_limit(typed, &out->limit, &ignored) == ERR_OK)
		return;
	out->limit.amount = 0;
	out->undated = typed;
}

static enum err_code read_due(struct reading *r, struct task_row *out, struct err *e)
{
	const char *typed = raw(r, TASK_DUE);
	char day[11];
	int64_t at;
	enum err_code rc = ERR_OK;

	out->due_date = out->undated = "";
	if (!*typed)
		return ERR_OK;
	if (date_parse(typed, strlen(typed), r->made * 86400, NULL, &at)) {
		calendar_date_of(at, NULL, day);
		out->due_date = arena_strdup(r->a, day);
	} else {
		rc = read_promised(r, typed, out, e);
	}
	if (!rc && !*out->due_date)
		read_limit(typed, out);
	return rc;
}

static bool read_units(struct reading *r, struct task_row *out)
{
	if (!namelist_split(r->a, raw(r, TASK_LEAD), &out->leads) ||
		!namelist_split(r->a, raw(r, TASK_CO), &out->cos))
		return false;
	if (!out->leads.count)
		fault(r, _("it names no 牵头单位"));
	return true;
}

enum err_code task_sheet_read(const struct task_sheet *s, const struct table_row *row, int64_t made,
	struct arena *a, struct mask_counts *masked_counts, struct task_row *out, const char **why,
	struct err *e)
{
	struct reading r = {s, row, a, masked_counts, made, NULL};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	out->row = row->number;
	out->item = raw(&r, TASK_ITEM);
	out->words = masked(&r, TASK_WORDS);
	out->trigger = masked(&r, TASK_TRIGGER);
	out->note = masked(&r, TASK_NOTE);
	if (row->damaged)
		fault(&r, _("its quotes do not match"));
	if (!*out->item)
		fault(&r, _("it has no number (序号)"));
	read_kind(&r, out);
	read_period(&r, out);
	rc = read_due(&r, out, e);
	if (rc)
		return rc;
	if (!read_units(&r, out) || !out->words || !out->trigger || !out->note || arena_failed(a))
		return err_nomem(e);
	if (!*out->words)
		fault(&r, _("it has no words (任务)"));
	*why = r.why;
	return ERR_OK;
}
