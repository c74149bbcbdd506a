/*
 * backtest_view.c - a backtest on the screen and as JSON.
 */
#include "cli/backtest_view.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "cli/output.h"

#define LINES_SHOWN 20
#define EXAMPLES_SHOWN 3
#define TITLE_SHOWN 60 /* code points; what has no title is shown by its text */
#define LINE_MAX_BYTES ((size_t)64 << 10)

static const struct {
	const char *mark, *name;
} changes[] = {
	[BACKTEST_GAINED] = {"+", "gained"},
	[BACKTEST_LOST] = {"-", "lost"},
	[BACKTEST_GRAVER] = {"↑", "graver"},
	[BACKTEST_MILDER] = {"↓", "milder"},
};

/* --- for people --- */

static void print_figures(FILE *f, const struct backtest_result *r, int64_t days)
{
	double per = days ? 1.0 / (double)days : 0;

	if (days) {
		output_printf(
			f, n_("tried on %zu item", "tried on the %zu items", r->items), r->items);
		output_printf(f, n_(" of the last day: ", " of the last %lld days: ", days),
			(long long)days);
	} else {
		output_printf(
			f, n_("tried on %zu item: ", "tried on %zu items: ", r->items), r->items);
	}
	output_printf(f,
		n_("%zu alert before, %zu after", "%zu alerts before, %zu after", r->before),
		r->before, r->after);
	if (days)
		output_printf(f, _(" (%.1f and %.1f a day)"), (double)r->before * per,
			(double)r->after * per);
	fputc('\n', f);
	if (backtest_is_same(r))
		output_printf(f, "%s\n", _("no alert differs"));
	else
		output_printf(f, _("gained %zu, lost %zu, graver %zu, milder %zu\n"), r->gained,
			r->lost, r->graver, r->milder);
	if (r->undecided)
		output_printf(f,
			n_("%zu item stayed undecided: a regex reached its limits\n",
				"%zu items stayed undecided: a regex reached its limits\n",
				r->undecided),
			r->undecided);
}

static void print_alert(FILE *f, const struct backtest_alert *a)
{
	const char *source = a->source ? a->source : "", *title = a->title ? a->title : "";
	struct buf b;

	buf_init(&b, LINE_MAX_BYTES);
	buf_addf(&b, "    %s [%s]", changes[a->change].mark, a->topic);
	if (a->before && a->after)
		buf_addf(&b, " %s→%s", match_grade_name(a->before), match_grade_name(a->after));
	buf_addf(&b, "  %.*s", (int)utf8_offset(title, strlen(title), TITLE_SHOWN), title);
	if (*source)
		buf_addf(&b, _(" (%s)"), source);
	output_line_cut(f, "%s", buf_str(&b));
	buf_fini(&b);
}

static void print_line(FILE *f, const struct backtest_line *l)
{
	static const char *const sides[] = {[BACKTEST_BOTH] = "",
		[BACKTEST_NEW] = N_(" (new)"),
		[BACKTEST_OLD] = N_(" (gone)")};
	const char *side = l->side == BACKTEST_BOTH ? "" : _(sides[l->side]);

	if (l->file)
		output_line(f, "+%zu -%zu  %s:%d%s  %s", l->gained, l->lost, l->file, l->number,
			side, l->rule);
	else
		output_line(f, _("+%zu -%zu  settings of %s"), l->gained, l->lost, l->rule);
	for (size_t i = 0; i < l->alert_count && i < EXAMPLES_SHOWN; i++)
		print_alert(f, l->alerts[i]);
	if (l->alert_count > EXAMPLES_SHOWN)
		output_printf(f, _("    … and %zu more\n"), l->alert_count - EXAMPLES_SHOWN);
}

void backtest_view_print(FILE *f, const struct backtest_result *r, int64_t days)
{
	print_figures(f, r, days);
	for (size_t i = 0; i < r->line_count && i < LINES_SHOWN; i++)
		print_line(f, &r->lines[i]);
	if (r->line_count > LINES_SHOWN)
		output_printf(f,
			n_("… and %zu more line; --json has all\n",
				"… and %zu more lines; --json has all\n",
				r->line_count - LINES_SHOWN),
			r->line_count - LINES_SHOWN);
}

/* --- as JSON --- */

static void put_line(struct json_writer *w, const struct backtest_line *l)
{
	static const char *const sides[] = {
		[BACKTEST_BOTH] = "both", [BACKTEST_NEW] = "new", [BACKTEST_OLD] = "old"};

	json_begin_object(w);
	json_put_str(w, "file", l->file);
	if (l->file) {
		json_put_int(w, "line", l->number);
		json_put_str(w, "side", sides[l->side]);
	}
	json_put_str(w, "rule", l->rule);
	json_put_int(w, "gained", (int64_t)l->gained);
	json_put_int(w, "lost", (int64_t)l->lost);
	json_end_object(w);
}

static void put_alert(
	struct json_writer *w, const struct backtest_alert *a, const struct backtest_line *first)
{
	json_begin_object(w);
	json_put_str(w, "change", changes[a->change].name);
	json_put_str(w, "topic", a->topic);
	json_put_str(w, "code", a->code);
	json_put_str(w, "id", a->id);
	json_put_str(w, "title", a->title);
	json_put_str(w, "source", a->source);
	json_put_str(w, "before", a->before ? match_grade_name(a->before) : NULL);
	json_put_str(w, "after", a->after ? match_grade_name(a->after) : NULL);
	json_key(w, "lines"); /* places in "lines" above */
	json_begin_array(w);
	for (size_t i = 0; i < a->line_count; i++)
		json_add_int(w, a->lines[i] - first);
	json_end_array(w);
	json_end_object(w);
}

void backtest_view_put(struct json_writer *w, const struct backtest_result *r, int64_t days)
{
	if (days)
		json_put_int(w, "days", days);
	json_put_int(w, "items", (int64_t)r->items);
	json_put_int(w, "before", (int64_t)r->before);
	json_put_int(w, "after", (int64_t)r->after);
	json_put_int(w, "gained", (int64_t)r->gained);
	json_put_int(w, "lost", (int64_t)r->lost);
	json_put_int(w, "graver", (int64_t)r->graver);
	json_put_int(w, "milder", (int64_t)r->milder);
	json_put_int(w, "undecided", (int64_t)r->undecided);
	json_key(w, "lines");
	json_begin_array(w);
	for (size_t i = 0; i < r->line_count; i++)
		put_line(w, &r->lines[i]);
	json_end_array(w);
	json_key(w, "alerts");
	json_begin_array(w);
	for (size_t i = 0; i < r->alert_count; i++)
		put_alert(w, &r->alerts[i], r->lines);
	json_end_array(w);
}
