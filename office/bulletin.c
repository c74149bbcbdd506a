/*
 * bulletin.c - writes the 通报 of a round.
 */
#include "office/bulletin.h"

#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/supervision.h"
#include "office/rounds.h"

/* "15.8%"; nothing can be said of nothing. */
static void add_share(struct buf *out, int64_t n, int64_t of)
{
	if (of)
		buf_addf(out, "%lld.%lld%%", (long long)(n * 1000 / of / 10),
			(long long)(n * 1000 / of % 10));
	else
		buf_add_str(out, "—");
}

static void add_head(struct act *a, const struct bulletin *b, size_t unverified, struct buf *out)
{
	const int64_t *n = b->counts;

	buf_addf(out, "关于“%s”的通报\n", b->round->name ? b->round->name : "（已依法删除）");
	buf_addf(out, "检查编号 %s　截至 %s\n\n", b->round->id, act_when(a, a->now));
	buf_addf(out, "本次检查共列入 %zu 项：完成 %lld 项（", b->count, (long long)n[ROUND_DONE]);
	add_share(out, n[ROUND_DONE], (int64_t)b->count);
	buf_add_str(out, "）");
	if (unverified)
		buf_addf(out, "，其中台账未核验 %zu 项", unverified);
	buf_addf(out, "，推进中 %lld 项，滞后 %lld 项，未启动 %lld 项，无法完成 %lld 项。\n",
		(long long)n[ROUND_GOING], (long long)n[ROUND_LATE], (long long)n[ROUND_NONE],
		(long long)n[ROUND_CANNOT]);
}

static void add_lateness(struct act *a, const struct round_line *x, struct buf *out)
{
	int64_t end, days;

	if (!*x->due_date) {
		buf_add_str(out, "　未明确时限");
		return;
	}
	buf_addf(out, "　时限 %s%s", x->due_date, x->tentative ? "（暂定）" : "");
	if (!a->rc)
		a->rc = calendar_end_of_date(x->due_date, a->office->settings.zone, &end, a->err);
	if (a->rc)
		return;
	days = calendar_day_of(a->now, a->office->settings.zone) -
	       calendar_day_of(end, a->office->settings.zone);
	if (days > 0)
		buf_addf(out, "，逾期 %lld 天", (long long)days);
}

/* A task has a line for each of its units, and orders to each. */
static bool concerns(const struct supervision_order *o, const struct round_line *x)
{
	struct ids id;

	return !ids_parse(x->subject, &id) || id.type != IDS_TASK || strcmp(o->unit, x->unit) == 0;
}

static void add_orders(struct act *a, const struct round_line *x, struct buf *out)
{
	struct supervision_order *list = NULL;
	size_t count = 0, n = 0;

	if (!a->rc)
		a->rc = supervision_of_subject(a->db, x->subject, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (list[i].issued_at == TIME_NONE || strcmp(list[i].state, "withdrawn") == 0 ||
			!concerns(&list[i], x))
			continue;
		buf_addf(out, "%s%s（%s）", n++ ? "、" : "      督办：", list[i].id, list[i].level);
	}
	if (n)
		buf_add_str(out, "\n");
}

static void add_line(struct act *a, const struct round_line *x, struct buf *out)
{
	struct round_look look;

	round_look(a, x, &look);
	buf_addf(out, "  第 %lld 项　%s　%s", (long long)x->n, x->subject, x->result);
	add_lateness(a, x, out);
	buf_addf(out, "\n      %s\n", look.about ? look.about : "（已依法删除）");
	if (x->note)
		buf_addf(out, "      说明：%s\n", x->note);
	add_orders(a, x, out);
}

/* --- which lines --- */

static bool is_marked(const struct round_line *x, enum round_result r)
{
	return strcmp(x->result, round_result_name(r)) == 0;
}

/* 推进中 beyond its date lags too, whoever marked it. */
static bool lags(struct act *a, const struct round_line *x)
{
	if (is_marked(x, ROUND_GOING))
		return *x->due_date && strcmp(x->due_date, a->today) < 0;
	return is_marked(x, ROUND_LATE) || is_marked(x, ROUND_NONE);
}

static bool cannot(struct act *a, const struct round_line *x)
{
	(void)a;
	return is_marked(x, ROUND_CANNOT);
}

/* Marked 完成 while the ledger knows no verified fulfilment. */
static bool is_unverified(struct act *a, const struct round_line *x)
{
	struct round_look look;

	if (!is_marked(x, ROUND_DONE))
		return false;
	round_look(a, x, &look);
	return !a->rc && !look.done;
}

static size_t count_wanted(struct act *a, const struct bulletin *b, const char *unit,
	bool (*wanted)(struct act *, const struct round_line *))
{
	size_t n = 0;

	for (size_t i = 0; !a->rc && i < b->count; i++)
		n += wanted(a, &b->lines[i]) && (!unit || strcmp(b->lines[i].unit, unit) == 0);
	return n;
}

/* The lines of one unit, under its name. */
static void add_unit(struct act *a, const struct bulletin *b, const char *unit,
	bool (*wanted)(struct act *, const struct round_line *), struct buf *out)
{
	buf_addf(out, "%s（%zu 项）\n", unit, count_wanted(a, b, unit, wanted));
	for (size_t i = 0; i < b->count; i++)
		if (wanted(a, &b->lines[i]) && strcmp(b->lines[i].unit, unit) == 0)
			add_line(a, &b->lines[i], out);
}

static bool has(const struct list *l, const char *unit)
{
	const char *const *names = l->items;

	for (size_t i = 0; i < l->count; i++)
		if (strcmp(names[i], unit) == 0)
			return true;
	return false;
}

/* By unit, in the order in which the units come. */
static void add_part(struct act *a, const struct bulletin *b, const char *title,
	bool (*wanted)(struct act *, const struct round_line *), struct buf *out)
{
	struct list units;

	list_init(&units, a->arena, sizeof(const char *));
	buf_addf(out, "\n%s\n", title);
	for (size_t i = 0; !a->rc && i < b->count; i++) {
		const char **unit;
		if (!wanted(a, &b->lines[i]) || has(&units, b->lines[i].unit))
			continue;
		unit = list_add(&units);
		if (!unit) {
			a->rc = err_nomem(a->err);
			break;
		}
		*unit = b->lines[i].unit;
		add_unit(a, b, *unit, wanted, out);
	}
	if (!units.count)
		buf_add_str(out, "  无。\n");
}

void bulletin_write(struct act *a, const struct bulletin *b, struct buf *out)
{
	size_t unverified = count_wanted(a, b, NULL, is_unverified);

	if (a->rc)
		return;
	add_head(a, b, unverified, out);
	add_part(a, b, "一、滞后、未启动和推进中已逾期事项", lags, out);
	add_part(a, b, "二、无法完成事项", cannot, out);
	if (unverified)
		add_part(a, b, "三、标记完成、台账尚无核验的事项（以台账核验为准）", is_unverified,
			out);
	if (!a->rc)
		a->rc = buf_check(out, _("the bulletin"), a->err);
}
