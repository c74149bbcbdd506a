/*
 * rounds.c - opening, marking and closing a round of checking.
 */
#include "office/rounds.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/commitments.h"
#include "ledger/records.h"
#include "office/bulletin.h"
#include "office/supervised.h"
#include "office/typed.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)

static const struct {
	const char *name, *typed;
} results[ROUND_RESULTS] = {
	[ROUND_DONE] = {"完成", "done"},
	[ROUND_GOING] = {"推进中", "going"},
	[ROUND_LATE] = {"滞后", "late"},
	[ROUND_NONE] = {"未启动", "none"},
	[ROUND_CANNOT] = {"无法完成", "cannot"},
};

const char *round_result_name(enum round_result r)
{
	return results[r].name;
}

bool round_result_read(const char *typed, enum round_result *out)
{
	for (int i = 0; typed && i < ROUND_RESULTS; i++) {
		*out = (enum round_result)i;
		if (strcmp(typed, results[i].name) == 0 || strcmp(typed, results[i].typed) == 0)
			return true;
	}
	return false;
}

/* --- what is listed --- */

static const struct {
	enum ids_type type;
	void (*list)(struct act *a, struct list *out);
	void (*look)(struct act *a, const struct round_line *x, struct round_look *out);
} sources[] = {
#define ROUND_SOURCE(type, name) {type, round_list_##name, round_look_##name},
#include "office/round_sources.def"
#undef ROUND_SOURCE
};

void round_look(struct act *a, const struct round_line *x, struct round_look *out)
{
	struct ids id;

	*out = (struct round_look){"", false, false};
	if (a->rc || !ids_parse(x->subject, &id))
		return;
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		if (sources[i].type == id.type)
			sources[i].look(a, x, out);
}

/* The date that counts: the last later one that was public in time, else the original. */
static const char *date_of(const struct commitment_record *c)
{
	return *c->extended_date ? c->extended_date : c->due_date;
}

void round_list_promises(struct act *a, struct list *out)
{
	struct commitment_record *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = commitments_of(a->db, NULL, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		struct round_open_line *x = commitments_is_settled(&list[i]) ? NULL : list_add(out);
		if (x)
			*x = (struct round_open_line){list[i].id, list[i].unit, date_of(&list[i])};
		else if (!commitments_is_settled(&list[i]))
			a->rc = err_nomem(a->err);
	}
}

void round_look_promises(struct act *a, const struct round_line *x, struct round_look *out)
{
	struct commitment_record c;

	if (!a->rc)
		a->rc = commitments_get(a->db, x->subject, a->arena, &c, a->err);
	if (a->rc)
		return;
	out->about = c.quote;
	out->done = commitments_is_done(&c);
	out->cannot = !out->done && c.cannot_published_at != TIME_NONE;
}

/* --- opening --- */

/* One member of the lists, as JSON text. */
static void put_list(struct act *a, const char *key, const struct round_open_line *lines,
	size_t count, const char *(*member)(const struct round_open_line *))
{
	struct json_writer w;
	struct buf list;

	buf_init(&list, EVENTS_PAYLOAD_MAX);
	json_writer_init(&w, &list);
	json_begin_array(&w);
	for (size_t i = 0; i < count; i++)
		json_add_str(&w, member(&lines[i]));
	json_end_array(&w);
	if (!a->rc)
		a->rc = buf_check(&list, _("the lines of a round"), a->err);
	if (!a->rc)
		act_str(a, key, buf_str(&list));
	buf_fini(&list);
}

static const char *subject_of(const struct round_open_line *x)
{
	return x->subject;
}

static const char *unit_of(const struct round_open_line *x)
{
	return x->unit;
}

static const char *due_date_of(const struct round_open_line *x)
{
	return x->due_date;
}

enum err_code office_round_open(
	struct office *o, const char *name, char id[IDS_SIZE], int64_t *lines, struct err *e)
{
	struct list all;
	struct act a;

	*lines = 0;
	act_begin(&a, o, PEOPLE_SUPERVISOR, _("open a round of checking"), e);
	if (!a.rc && typed_is_blank(name))
		act_fail(&a, ERR_USAGE, _("a round needs --name"));
	if (!a.rc)
		a.rc = typed_check("--name", name, TYPED_TITLE_MAX, e);
	list_init(&all, a.arena, sizeof(struct round_open_line));
	for (size_t i = 0; !a.rc && i < sizeof sources / sizeof *sources; i++)
		sources[i].list(&a, &all);
	if (a.rc)
		return act_end(&a);
	act_event(&a);
	act_new_id(&a, IDS_ROUND, id);
	act_text(&a, "name_text", name);
	put_list(&a, "lines", all.items, all.count, subject_of);
	put_list(&a, "units", all.items, all.count, unit_of);
	put_list(&a, "dates", all.items, all.count, due_date_of);
	act_append(&a, "round.opened/1", id);
	*lines = (int64_t)all.count;
	return act_end(&a);
}

/* --- marking --- */

struct round {
	struct round_record record;
	struct round_line *lines;
	size_t count;
};

static void read_round(struct act *a, const char *typed, struct round *r, char id[IDS_SIZE])
{
	memset(r, 0, sizeof *r);
	if (!a->rc)
		a->rc = records_find(a->db, IDS_ROUND, typed, id, a->err);
	if (!a->rc)
		a->rc = rounds_get(a->db, id, a->arena, &r->record, a->err);
	if (!a->rc && r->record.closed_at != TIME_NONE)
		act_fail(a, ERR_REFUSED, _("%s was closed by %s at %s"), id, r->record.closed_name,
			act_when(a, r->record.closed_at));
	if (!a->rc)
		a->rc = rounds_lines(a->db, id, a->arena, &r->lines, &r->count, a->err);
}

static void mark(struct act *a, struct round *r, struct round_line *x, enum round_result result,
	const char *note)
{
	if (!*x->result)
		r->record.blank--;
	x->result = round_result_name(result);
	act_event(a);
	act_int(a, "line", x->n);
	act_str(a, "result", x->result);
	act_text(a, "note_text", note);
	act_append(a, "round.marked/1", r->record.id);
}

/* "3" and "7-9"; false: it is neither. */
static bool read_span(const char *typed, int64_t *from, int64_t *to)
{
	struct str s = str_of(typed);
	size_t dash = str_find(s, "-", 0);

	if (!str_to_int(str_sub(s, 0, dash), 1, INT32_MAX, from))
		return false;
	*to = *from;
	return dash == s.n || str_to_int(str_sub(s, dash + 1, s.n), *from, INT32_MAX, to);
}

/* Lines of a promise or task, whichever way its id is typed. */
static int64_t mark_subject(struct act *a, struct round *r, const char *typed,
	enum round_result result, const char *note)
{
	char id[IDS_SIZE];
	struct ids parsed;
	int64_t n = 0;

	if (!a->rc && (!ids_parse(typed, &parsed) || parsed.type < IDS_CASE))
		act_fail(a, ERR_USAGE, _("“%s” is no line: 3, 7-9 or the id of what it is about"),
			typed);
	if (!a->rc)
		a->rc = records_find(a->db, parsed.type, typed, id, a->err);
	for (size_t i = 0; !a->rc && i < r->count; i++) {
		if (strcmp(r->lines[i].subject, id) != 0)
			continue;
		mark(a, r, &r->lines[i], result, note);
		n++;
	}
	if (!a->rc && !n)
		act_fail(a, ERR_NOT_FOUND, _("%s is no line of %s"), id, r->record.id);
	return n;
}

static int64_t mark_one(struct act *a, struct round *r, const char *typed, enum round_result result,
	const char *note)
{
	int64_t from, to, n = 0;

	if (a->rc)
		return 0;
	if (!read_span(typed, &from, &to))
		return mark_subject(a, r, typed, result, note);
	if (to > (int64_t)r->count)
		act_fail(a, ERR_NOT_FOUND,
			n_("%s has %zu line, not %s", "%s has %zu lines, not %s", r->count),
			r->record.id, r->count, typed);
	for (int64_t i = from; !a->rc && i <= to; i++, n++)
		mark(a, r, &r->lines[i - 1], result, note);
	return n;
}

enum err_code office_round_mark(struct office *o, const char *typed, const struct round_marks *m,
	char id[IDS_SIZE], int64_t *marked, int64_t *blank, struct err *e)
{
	enum round_result result = ROUND_DONE;
	struct round r;
	struct act a;

	*marked = 0;
	act_begin(&a, o, STAFF, _("mark lines of a round"), e);
	if (!a.rc && !round_result_read(m->result, &result))
		act_fail(&a, ERR_USAGE,
			_("--result is one of 完成 (done), 推进中 (going), 滞后 (late), 未启动 "
			  "(none), 无法完成 (cannot)"));
	read_round(&a, typed, &r, id);
	for (size_t i = 0; !a.rc && i < m->count; i++)
		*marked += mark_one(&a, &r, m->lines[i], result, m->note);
	*blank = r.record.blank;
	return act_end(&a);
}

enum err_code office_round_mark_settled(struct office *o, const char *typed, char id[IDS_SIZE],
	int64_t *marked, int64_t *blank, struct err *e)
{
	struct round r;
	struct act a;

	*marked = 0;
	act_begin(&a, o, STAFF, _("mark lines of a round"), e);
	read_round(&a, typed, &r, id);
	for (size_t i = 0; !a.rc && i < r.count; i++) {
		struct round_look look;
		round_look(&a, &r.lines[i], &look);
		if (a.rc || *r.lines[i].result || (!look.done && !look.cannot))
			continue;
		mark(&a, &r, &r.lines[i], look.done ? ROUND_DONE : ROUND_CANNOT, NULL);
		(*marked)++;
	}
	*blank = r.record.blank;
	return act_end(&a);
}

/* --- closing --- */

static void keep_blank(
	struct act *a, const struct round *r, struct arena *arena, struct round_closed *out)
{
	struct list l;

	list_init(&l, arena, sizeof *out->blank);
	for (size_t i = 0; !a->rc && i < r->count; i++) {
		struct round_line *x = *r->lines[i].result ? NULL : list_add(&l);
		if (x) {
			x->n = r->lines[i].n;
			x->subject = arena_strdup(arena, r->lines[i].subject);
			x->unit = arena_strdup(arena, r->lines[i].unit);
			x->due_date = arena_strdup(arena, r->lines[i].due_date);
		}
		if (!*r->lines[i].result && (!x || arena_failed(arena)))
			a->rc = err_nomem(a->err);
	}
	out->blank = l.items;
	out->blank_count = a->rc ? 0 : l.count;
	if (!a->rc && l.count)
		act_fail(a, ERR_REFUSED,
			n_("%s cannot be closed: %zu line stands blank",
				"%s cannot be closed: %zu lines stand blank", l.count),
			r->record.id, l.count);
}

static void count_results(const struct round *r, struct round_closed *out)
{
	out->lines = (int64_t)r->count;
	for (size_t i = 0; i < r->count; i++)
		for (int k = 0; k < ROUND_RESULTS; k++)
			out->counts[k] += strcmp(r->lines[i].result, results[k].name) == 0;
}

enum err_code office_round_close(struct office *o, const char *typed, struct arena *arena,
	struct round_closed *out, struct buf *text, struct err *e)
{
	struct bulletin b;
	struct round r;
	struct act a;

	memset(out, 0, sizeof *out);
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("close a round of checking"), e);
	read_round(&a, typed, &r, out->id);
	keep_blank(&a, &r, arena, out);
	if (!a.rc) {
		count_results(&r, out);
		b = (struct bulletin){&r.record, r.lines, r.count, out->counts};
		bulletin_write(&a, &b, text);
	}
	act_event(&a);
	act_text(&a, "bulletin_text", a.rc ? NULL : buf_str(text));
	act_int(&a, "total", out->lines);
	for (int k = 0; k < ROUND_RESULTS; k++)
		act_int(&a, results[k].typed, out->counts[k]);
	act_append(&a, "round.closed/1", out->id);
	return act_end(&a);
}
