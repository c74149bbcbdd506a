/*
 * order_view.c - prints orders of supervision.
 */
#include "cli/order_view.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "base/utf8.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/words.h"
#include "office/due.h"
#include "ledger/cases.h"
#include "ledger/commitments.h"
#include "ledger/ids.h"
#include "ledger/tasks.h"

#define TENTATIVE "（暂定）"
#define ERASED "（已依法删除）"

const char *order_unit(const char *unit)
{
	return *unit ? unit : _("(the office)");
}

void order_put(struct json_writer *w, const struct supervision_order *x, int64_t now)
{
	bool waits = strcmp(x->state, "issued") == 0;

	json_put_str(w, "id", x->id);
	json_put_str(w, "subject", x->subject);
	json_put_str(w, "case", json_out_or_null(x->case_id));
	json_put_str(w, "clock", json_out_or_null(x->clock));
	json_put_str(w, "level", x->level);
	json_put_str(w, "unit", json_out_or_null(x->unit));
	json_put_str(w, "told", x->told);
	json_put_str(w, "state", x->state);
	json_put_time(w, "matter_due", x->matter_due);
	json_put_bool(w, "matter_tentative", x->matter_tentative != 0);
	json_put_str(w, "basis", x->basis);
	json_put_str(w, "reason", x->reason);
	json_put_time(w, "issued", x->issued_at);
	json_put_str(w, "issued_by", json_out_or_null(x->issued_name));
	json_put_time(w, "feedback_due", x->feedback_due);
	json_put_bool(w, "overdue", waits && x->feedback_due != TIME_NONE && x->feedback_due < now);
	json_put_bool(w, "tentative", x->feedback_tentative != 0);
	json_put_time(w, "answered", x->answered_at);
	json_put_str(w, "answer", x->answer);
	json_put_time(w, "ended", x->ended_at);
	json_put_str(w, "ended_by", json_out_or_null(x->ended_name));
	json_put_str(w, "result", json_out_or_null(x->result));
	json_put_str(w, "note", x->note);
}

static void put_line(struct json_writer *w, const struct supervision_matter *m)
{
	json_begin_object(w);
	json_put_str(w, "subject", m->subject);
	json_put_str(w, "clock", json_out_or_null(m->clock));
	json_put_str(w, "ref", json_out_or_null(m->ref));
	json_put_time(w, "due", m->due);
	json_end_object(w);
}

enum err_code order_put_lines(struct json_writer *w, struct office *o, struct arena *a,
	const struct supervision_order *x, struct err *e)
{
	struct supervision_matter *list = NULL;
	size_t count = 0;
	enum err_code rc = ERR_OK;

	if (x->lines > 1)
		rc = supervision_lines(o->db, x->id, a, &list, &count, e);
	if (rc || !count)
		return rc;
	json_key(w, "lines");
	json_begin_array(w);
	for (size_t i = 0; i < count; i++)
		put_line(w, &list[i]);
	json_end_array(w);
	return ERR_OK;
}

/* --- what acts tell --- */

void order_format_subject(const char *subject, int64_t lines, char out[ORDER_SUBJECT_SIZE])
{
	long long more = lines - 1;

	if (more <= 0)
		snprintf(out, ORDER_SUBJECT_SIZE, "%s", subject);
	else
		snprintf(out, ORDER_SUBJECT_SIZE, n_("%s and %lld more", "%s and %lld more", more),
			subject, more);
}

void order_put_told(struct json_writer *w, const void *ordered)
{
	const struct office_ordered *x = ordered;

	json_put_str(w, "subject", x->subject);
	json_put_int(w, "lines", x->lines);
	json_put_str(w, "level", x->level);
	json_put_str(w, "unit", json_out_or_null(x->unit));
	json_put_time(w, "feedback_due", x->due);
	json_put_bool(w, "tentative", x->tentative != 0);
}

enum err_code order_tell_issued(
	const struct call *call, struct office *o, const struct office_ordered *x, struct err *e)
{
	char due[TIME_TEXT_SIZE], about[ORDER_SUBJECT_SIZE];

	time_format_local(x->due, o->settings.zone, due);
	order_format_subject(x->subject, x->lines, about);
	return done_line(call, x->id, order_put_told, x, e,
		_("%s issued to %s about %s (level %s), feedback until %s%s"), x->id,
		order_unit(x->unit), about, x->level, due, due_mark(x->tentative));
}

void order_print_line(struct office *o, const struct supervision_order *x)
{
	char at[TIME_TEXT_SIZE] = "";

	if (strcmp(x->state, "issued") == 0 && x->feedback_due != TIME_NONE) {
		time_format_local(x->feedback_due, o->settings.zone, at);
		output_line(stdout, _("%s  %s  %s  %s, feedback until %s%s"), x->id, x->level,
			order_unit(x->unit), words_of("order", x->state), at,
			due_mark(x->feedback_tentative));
		return;
	}
	output_line(stdout, "%s  %s  %s  %s%s%s", x->id, x->level, order_unit(x->unit),
		words_of("order", x->state), *x->result ? "  " : "",
		*x->result ? words_of("order", x->result) : "");
}

/* --- the paper --- */

static enum err_code add_about(struct office *o, struct arena *a, const struct supervision_order *x,
	const char **title, const char **quote, struct err *e)
{
	struct commitment_record p;
	struct case_record c;
	struct ids id = {IDS_PLAIN, 0, 0};
	enum err_code rc = ERR_OK;

	*title = *quote = NULL;
	if (*x->case_id)
		rc = cases_get(o->db, x->case_id, a, &c, e);
	if (!rc && *x->case_id)
		*title = c.title ? c.title : ERASED;
	ids_parse(x->subject, &id);
	if (!rc && id.type == IDS_COMMITMENT)
		rc = commitments_get(o->db, x->subject, a, &p, e);
	if (!rc && id.type == IDS_COMMITMENT)
		*quote = p.quote ? p.quote : ERASED;
	return rc;
}

/* The limit that the order is about, in words of the paper; numbered: it is one of several. */
static const struct {
	const char *clock, *words;
	bool numbered;
} limits[] = {
	{"response", "回应", false},
	{"press", "新闻发布会", false},
	{"sign", "签收", false},
	{"inform", "告知受理", true},
	{"instruct", "批示办理", true},
	{"report", "反馈办理结果", true},
	{"order", "工单", true},
	{"verify", "核验", false},
	{"objection", "异议", false},
	{"lookback", "回头看", true},
};

/* "（批示办理 2）"; "" where the matter itself says it. The number is the last word of ref. */
static void format_limit(const struct supervision_order *x, char out[128])
{
	const char *space = strrchr(x->ref, ' '), *ref = space ? space + 1 : x->ref;

	*out = '\0';
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		if (strcmp(limits[i].clock, x->clock) == 0)
			snprintf(out, 128, "（%s%s%s）", limits[i].words,
				limits[i].numbered && *ref ? " " : "",
				limits[i].numbered ? ref : "");
}

static void print_matter(struct office *o, const struct supervision_order *x)
{
	int64_t at = x->issued_at == TIME_NONE ? office_now(o) : x->issued_at, days;
	char due[TIME_TEXT_SIZE], limit[128];
	const char *tentative;

	if (x->matter_due == TIME_NONE)
		return;
	format_limit(x, limit);
	time_format_local(x->matter_due, o->settings.zone, due);
	tentative = x->matter_tentative ? TENTATIVE : "";
	days = calendar_day_of(at, o->settings.zone) -
	       calendar_day_of(x->matter_due, o->settings.zone);
	if (at <= x->matter_due)
		output_line(stdout, "　　办理时限%s：%s%s，即将到期。", limit, due, tentative);
	else if (days > 0)
		output_line(stdout, "　　办理时限%s：%s%s，已逾期 %lld 天。", limit, due, tentative,
			(long long)days);
	else
		output_line(stdout, "　　办理时限%s：%s%s，已到期。", limit, due, tentative);
}

static void print_request(struct office *o, const struct supervision_order *x)
{
	char due[TIME_TEXT_SIZE];

	if (x->feedback_due == TIME_NONE) {
		output_line(stdout, "　　（拟稿，待督查人员确认后发出）");
		return;
	}
	time_format_local(x->feedback_due, o->settings.zone, due);
	output_line(stdout,
		x->matter_due != TIME_NONE && x->issued_at <= x->matter_due
			? "　　请按期办结，并于 %s%s 前书面反馈办理情况。"
			: "　　请于 %s%s 前书面反馈办理情况、未按期办结的原因和下一步办理时限。",
		due, x->feedback_tentative ? TENTATIVE : "");
}

/* A task by its words; anything else by its number. */
static enum err_code print_task(struct office *o, struct arena *a, const char *before,
	const char *subject, const char *ref, int64_t due, struct err *e)
{
	char until[TIME_TEXT_SIZE] = "";
	struct task_record t = {.words = subject};
	struct ids id = {IDS_PLAIN, 0, 0};
	enum err_code rc = ERR_OK;

	ids_parse(subject, &id);
	if (id.type == IDS_TASK)
		rc = tasks_get(o->db, subject, a, &t, e);
	if (rc)
		return rc;
	if (due != TIME_NONE)
		time_format_local(due, o->settings.zone, until);
	output_line(stdout, "%s%s（%s%s%s）%s%s", before, t.words ? t.words : ERASED, subject,
		*ref ? " " : "", ref, *until ? "　时限 " : "", until);
	return ERR_OK;
}

static enum err_code print_lines(
	struct office *o, struct arena *a, const struct supervision_order *x, struct err *e)
{
	struct supervision_matter *list = NULL;
	char before[64];
	size_t count = 0;
	enum err_code rc = supervision_lines(o->db, x->id, a, &list, &count, e);

	output_line(stdout, "　　事项（%zu 项）：", count);
	for (size_t i = 0; !rc && i < count; i++) {
		snprintf(before, sizeof before, "　　%zu．", i + 1);
		rc = print_task(o, a, before, list[i].subject, list[i].ref, list[i].due, e);
	}
	return rc;
}

enum err_code order_print_paper(
	struct office *o, struct arena *a, const struct supervision_order *x, struct err *e)
{
	const char *title, *quote;
	char at[TIME_TEXT_SIZE] = "　　　　";
	enum err_code rc = add_about(o, a, x, &title, &quote, e);

	if (rc)
		return rc;
	if (x->issued_at != TIME_NONE)
		time_format_local(x->issued_at, o->settings.zone, at);
	/* 蓝单, 黄单, 红单; 提醒 */
	output_line(stdout, "督查催办通知（%s%s）", x->level,
		utf8_count(x->level, strlen(x->level)) == 1 ? "单" : "");
	output_line(stdout, "编号：%s　　发出：%s", x->id, at);
	puts("");
	output_line(stdout, "%s：",
		*x->unit           ? x->unit
		: o->settings.name ? o->settings.name
				   : "本办");
	if (title)
		output_line(stdout, "　　事项：%s（%s）", title, x->case_id);
	if (quote)
		output_line(stdout, "　　承诺：%s（%s）", quote, x->subject);
	if (x->lines > 1)
		rc = print_lines(o, a, x, e);
	else if (!title)
		rc = print_task(o, a, "　　事项：", x->subject, x->ref, TIME_NONE, e);
	if (rc)
		return rc;
	print_matter(o, x);
	if (x->reason)
		output_line(stdout, "　　事由：%s", x->reason);
	print_request(o, x);
	output_line(stdout, "　　依据：%s", x->basis);
	puts("");
	output_line(stdout, "　　　　　　　　　　　　　　　　%s（盖章）",
		o->settings.name ? o->settings.name : "");
	return ERR_OK;
}
