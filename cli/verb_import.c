/*
 * verb_import.c - `huiying import`: tables that come as files.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/words.h"
#include "office/import.h"

#define MAPS_MAX 24

/* --- JSON --- */

static void put_notes(
	struct json_writer *w, const char *key, const struct document_note *notes, size_t n)
{
	json_key(w, key);
	json_begin_array(w);
	for (size_t i = 0; i < n; i++) {
		json_begin_object(w);
		json_put_int(w, "row", (int64_t)notes[i].row);
		json_put_str(w, "why", notes[i].why);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_columns(struct json_writer *w, const struct import_result *r)
{
	json_key(w, "columns");
	json_begin_array(w);
	for (size_t i = 0; i < r->column_count; i++) {
		json_begin_object(w);
		json_put_str(w, "head", r->columns[i].head);
		json_put_str(w, "field", r->columns[i].field);
		json_put_bool(w, "private", r->columns[i].is_private);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_masked(struct json_writer *w, const struct mask_counts *m)
{
	json_key(w, "masked");
	json_begin_object(w);
	for (size_t i = 0; i < MASK_KINDS; i++)
		if (m->of[i])
			json_put_int(w, mask_kind_name((enum mask_kind)i), (int64_t)m->of[i]);
	json_end_object(w);
}

static void put_queue(struct json_writer *w, const struct import_result *r, bool dry_run)
{
	json_key(w, "queue");
	json_begin_array(w);
	for (size_t i = 0; i < r->queue_count; i++) {
		const struct import_row *q = &r->queue[i];
		json_begin_object(w);
		/* A dry run's number is given to nothing. */
		if (!dry_run || !q->is_new)
			json_put_int(w, "story", q->story);
		json_put_bool(w, "new", q->is_new);
		json_put_str(w, "title", q->title);
		json_put_str(w, "grade", q->grade);
		json_put_int(w, "orders", (int64_t)q->orders);
		json_put_str(w, "numbers", q->numbers);
		json_end_object(w);
	}
	json_end_array(w);
}

static void put_answers(struct json_writer *w, const struct import_result *r)
{
	json_key(w, "responses");
	json_begin_array(w);
	for (size_t i = 0; i < r->answer_count; i++) {
		json_begin_object(w);
		json_put_int(w, "row", (int64_t)r->answers[i].row);
		json_put_str(w, "id", r->answers[i].id);
		json_put_str(w, "case", r->answers[i].case_id);
		json_put_str(w, "kind", r->answers[i].kind);
		json_put_str(w, "checks", r->answers[i].checks);
		json_end_object(w);
	}
	json_end_array(w);
}

static enum err_code print_json(const struct call *call, const struct import_result *r,
	const struct import_options *opt, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "file", r->file);
	json_put_str(w, "as", call_flag(call, "as"));
	json_put_str(w, "source", r->source);
	json_put_str(w, "sheet", r->sheet);
	json_put_str(w, "plan", r->plan);
	json_put_str(w, "made_on", r->made_on);
	json_put_bool(w, "dry_run", opt->dry_run);
	json_put_int(w, "head_row", (int64_t)r->head_row);
	put_columns(w, r);
	json_put_int(w, "rows", (int64_t)r->rows);
	json_put_int(w, "added", (int64_t)r->added);
	json_put_int(w, "changed", (int64_t)r->changed);
	json_put_int(w, "unchanged", (int64_t)r->same);
	json_put_int(w, "alerts", r->alerts);
	if (r->plan)
		json_put_int(w, "lines", (int64_t)r->lines);
	put_notes(w, "refused", r->refused, r->refused_count);
	put_notes(w, "remarks", r->remarks, r->remark_count);
	put_masked(w, &r->masked);
	if (r->answers)
		put_answers(w, r);
	else
		put_queue(w, r, opt->dry_run);
	return json_out_end(&out, ERR_OK, e);
}

/* --- for people --- */

static void say_columns(const struct import_result *r)
{
	output_printf(stdout, _("head: row %zu"), r->head_row);
	if (r->sheet)
		output_printf(stdout, _(" of sheet “%s”"), r->sheet);
	fputc('\n', stdout);
	for (size_t i = 0; i < r->column_count; i++) {
		const struct import_column *c = &r->columns[i];
		output_printf(stdout, "  %s: ", c->field ? c->field : "-");
		output_safe_line(stdout, c->head);
		fputs(c->is_private ? _(" (about a person; never taken in)")
			: c->field  ? ""
				    : _(" (not used)"),
			stdout);
		fputc('\n', stdout);
	}
}

static void say_notes(const struct document_note *notes, size_t n, bool refused)
{
	for (size_t i = 0; i < n; i++) {
		if (refused)
			fprintf(stderr, _("row %zu refused: "), notes[i].row);
		else
			fprintf(stderr, _("row %zu: "), notes[i].row);
		output_safe_line(stderr, notes[i].why);
		fputc('\n', stderr);
	}
}

static void say_queue(const struct import_result *r, bool dry_run)
{
	for (size_t i = 0; i < r->queue_count; i++) {
		const struct import_row *q = &r->queue[i];
		if (q->is_new && dry_run)
			output_safe_line(stdout, _("new row"));
		else
			output_printf(stdout, q->is_new ? "S%lld" : _("joins S%lld"),
				(long long)q->story);
		fputs("  ", stdout);
		output_printf(stdout, n_("%s  %zu order: ", "%s  %zu orders: ", q->orders),
			q->grade, q->orders);
		output_safe_line(stdout, q->title);
		fputs("  (", stdout);
		output_safe_line(stdout, q->numbers);
		fputs(")\n", stdout);
	}
}

/* Each answer, with what a person should look at before accepting it. */
static void say_answers(const struct import_result *r)
{
	for (size_t i = 0; i < r->answer_count; i++) {
		const struct import_answer *x = &r->answers[i];
		output_printf(stdout, _("row %zu: "), x->row);
		if (x->id)
			output_printf(stdout, "%s  ", x->id);
		output_printf(stdout, "%s  %s", x->case_id, words_of("kind", x->kind));
		if (*x->checks)
			output_printf(stdout, _("  check: %s"), x->checks);
		fputc('\n', stdout);
	}
}

static void say(
	const struct call *call, const struct import_result *r, const struct import_options *opt)
{
	if (opt->dry_run || call->verbose)
		say_columns(r);
	say_queue(r, opt->dry_run);
	say_answers(r);
	printf(n_("%zu row: %zu new, %zu changed, %zu unchanged, %zu refused",
		       "%zu rows: %zu new, %zu changed, %zu unchanged, %zu refused", r->rows),
		r->rows, r->added, r->changed, r->same, r->refused_count);
	if (mask_total(&r->masked))
		printf(n_("; %zu number or name of a person hidden",
			       "; %zu numbers or names of persons hidden", mask_total(&r->masked)),
			mask_total(&r->masked));
	if (r->plan)
		printf(n_("; plan %s of %s, %zu line for a unit",
			       "; plan %s of %s, %zu lines for units", r->lines),
			r->plan, r->made_on, r->lines);
	puts(opt->dry_run ? _(" - dry run, nothing was kept") : "");
	fflush(stdout);
	if (r->mapping_saved)
		done_note(call, _("the mapping is saved as “%s”"), opt->mapping);
	if (r->plan && !opt->dry_run)
		done_next(call, "task list --plan %s", r->plan);
	if (r->answer_count && !opt->dry_run)
		done_next(call, "show %s · due", r->answers[0].id);
	if (r->queue_count || r->alerts)
		done_next(call, opt->dry_run ? "import … --as …" : "alerts · orders --late");
}

/* --- the verb --- */

enum what { ORDERS, ITEMS, TASKS, RESPONSES };

/* What the file holds; with the flags that the others have no use for. */
static enum err_code read_kind(const struct call *call, enum what *out, struct err *e)
{
	static const char *const names[] = {[ORDERS] = "orders",
		[ITEMS] = "items",
		[TASKS] = "tasks",
		[RESPONSES] = "responses"};
	const char *as = call_flag(call, "as");
	size_t i = 0;

	while (as && i < sizeof names / sizeof *names && strcmp(names[i], as) != 0)
		i++;
	if (!as || i == sizeof names / sizeof *names)
		return err_set(
			e, ERR_USAGE, _("import needs --as orders, items, tasks or responses"));
	*out = (enum what)i;
	if (*out == ITEMS && !call_flag(call, "source"))
		return err_set(e, ERR_USAGE, _("import --as items needs --source ID"));
	if (*out != TASKS && (call_flag(call, "plan") || call_flag(call, "made")))
		return err_set(e, ERR_USAGE, _("--plan and --made go with --as tasks"));
	if (*out == TASKS &&
		(call_flag(call, "source") || call_flag(call, "mapping") || call_flag(call, "map")))
		return err_set(e, ERR_USAGE, _("a plan has no --source, --map and --mapping"));
	if (*out == RESPONSES && call_flag(call, "source"))
		return err_set(e, ERR_USAGE, _("answers have no --source"));
	return ERR_OK;
}

static enum err_code read_options(struct call *call, struct import_options *opt,
	const char *maps[MAPS_MAX], enum what *what, struct err *e)
{
	enum err_code rc = read_kind(call, what, e);

	if (rc)
		return rc;
	opt->path = call->argv[0];
	opt->source = call_flag(call, "source");
	opt->sheet = call_flag(call, "sheet");
	opt->charset = call_flag(call, "charset");
	opt->mapping = call_flag(call, "mapping");
	opt->dry_run = call_has(call, "dry-run");
	opt->maps = maps;
	return done_flags(call, "map", maps, MAPS_MAX, &opt->map_count, e);
}

static enum err_code tell(const struct call *call, const struct import_result *r,
	const struct import_options *opt, enum err_code rc, struct err *e)
{
	say_notes(r->refused, r->refused_count, true);
	say_notes(r->remarks, r->remark_count, false);
	/* The account of the rows is given also when all were refused or somebody stopped. */
	if (rc && !(r->rows && (rc == ERR_INPUT || rc == ERR_STOPPED)))
		return rc;
	if (call->json)
		return rc ? rc : print_json(call, r, opt, e);
	if (!call->quiet)
		say(call, r, opt);
	return rc;
}

static enum err_code take_in(const struct call *call, enum what what, struct office *o,
	const struct import_options *opt, struct import_result *r, struct err *e)
{
	switch (what) {
	case TASKS:
		return office_import_tasks(
			o, opt, call_flag(call, "plan"), call_flag(call, "made"), r, e);
	case RESPONSES:
		return office_import_responses(o, opt, r, e);
	case ITEMS:
		return office_import_items(o, opt, r, e);
	case ORDERS:
	default:
		return office_import_orders(o, opt, r, e);
	}
}

static enum err_code run_import(struct call *call, struct err *e)
{
	const char *maps[MAPS_MAX];
	struct import_options opt = {0};
	struct import_result r = {0};
	struct progress bar;
	struct sig sig = SIG_NONE;
	struct office *o = NULL;
	enum what what = ORDERS;
	enum err_code rc = read_options(call, &opt, maps, &what, e);

	progress_init(&bar, _("reading"), call->quiet);
	opt.on_progress = progress_count;
	opt.data = &bar;
	opt.sig = &sig;
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = sig_open(&sig, e);
	if (!rc) {
		rc = take_in(call, what, o, &opt, &r, e);
		progress_end(&bar);
		rc = tell(call, &r, &opt, rc, e);
	}
	import_result_fini(&r);
	sig_close(&sig);
	office_close(o);
	return rc;
}

static const struct command_flag flags[] = {
	{"as", N_("KIND"),
		N_("orders (12345, mailboxes), items (of a source that only exports), tasks (of "
		   "a yearly plan) or responses (answers of units)")},
	{"source", N_("ID"), N_("whose they are; default for orders: 12345")},
	{"dry-run", NULL, N_("show the columns and what would happen; keep nothing")},
	{"map", N_("FIELD=HEAD"), N_("the column with this head is this field; may be repeated")},
	{"mapping", N_("NAME"), N_("use the saved mapping; with --map, save it under this name")},
	{"plan", N_("NAME"), N_("tasks: the plan's name; default: the file's")},
	{"made", N_("DATE"), N_("tasks: the plan's day; default: the date above the table")},
	{"sheet", N_("NAME"), N_("this sheet of the workbook; default: the first with rows")},
	{"charset", N_("NAME"), N_("of a CSV file, where it is guessed wrong")},
	{NULL, NULL, NULL},
};

const struct command command_import = {
	.verb = "import",
	.args = N_("FILE --as orders|items|tasks|responses"),
	.summary = N_("take in a table: orders of a hotline, items of a source, tasks of a plan, "
		      "answers of units (CSV, XLSX)"),
	.help = N_(
		"The head of the table is found below its title rows by the words in it (工单编号, "
		"诉求内容, 事发地址, 承办单位, 办理时限 …); --map names what it does not know: "
		"number, "
		"title, content, type, place, unit, published, accepted, limit, finished, result, "
		"satisfaction, state, link, source. Columns of names, telephones and documents "
		"are never taken in, and such data in the text is hidden.\n\n"
		"Orders are known by source and number and updated when they come again. The rules "
		"run on them, but the queue gets a row only when three or more concern one "
		"matter or the suggested grade is 较大 or above. “huiying orders” lists them with "
		"their own limits.\n\n"
		"A plan's tasks (责任分解表) have the columns 序号, 任务, 牵头单位, 责任单位, 类型 "
		"(一次性, 持续, 定期, 触发), 时限, 周期, 触发 and 备注. Groups of units (各镇街) "
		"are "
		"opened to their units of today, a line each. A task without a day is looked at on "
		"31 December. The same plan may come again: its words and units are corrected, its "
		"dates are not moved. plan-2021.csv comes with the program as an example.\n\n"
		"Answers of units have the columns 舆情编号, 责任单位, 回应内容, 回应时间 and, if "
		"there "
		"are any, 回应链接 (several in a cell), 回应渠道 (of channels.conf) and 回应类型 "
		"(事实, 措施, 结果, 致歉, 澄清). Each row is entered as “huiying respond” would, "
		"with the same checks, and waits to be accepted (待认定); a day without an hour is "
		"the end of that day. The same words of the same unit to the same case are not "
		"entered again.\n\n"
		"Every row that is refused is told with its number and why; the rest is taken in. "
		"An "
		"interrupted import is simply run again. An old .xls must be saved as .xlsx."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_import,
};
