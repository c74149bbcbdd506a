/*
 * transfer.c - the act that moves open duties from unit to unit, and who still needs it.
 */
#include "office/transfer.h"

#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/list.h"
#include "office/act.h"
#include "office/typed.h"
#include "office/units.h"

static bool has_duties(const struct unit_duties *d)
{
	return d->cases || d->promises || d->orders || d->tasks;
}

/* The section that a name belongs to on whatever day, NULL when none. */
static const struct unit *section_of(const struct units *all, const char *name)
{
	for (size_t i = 0; i < units_count(all); i++) {
		const struct unit *u = units_at(all, i);
		if (strcmp(u->name, name) == 0 || (u->full && strcmp(u->full, name) == 0) ||
			namelist_has(&u->also, name))
			return u;
	}
	return NULL;
}

static bool was_called(const struct unit *u, const char *name)
{
	for (size_t i = 0; i < u->former_count; i++)
		if (strcmp(u->former[i].name, name) == 0)
			return true;
	return false;
}

struct moving {
	const struct units *all;
	const struct transfer *in;
	const struct unit *to;
	const char *from, *topic;
	char on[11];
	struct unit_duties duties;
	bool planned; /* the day is one to come */
};

static void read_day(struct act *a, struct moving *m)
{
	struct err ignored;
	int64_t end;

	if (a->rc)
		return;
	memcpy(m->on, a->today, sizeof m->on);
	if (!m->in->on)
		return;
	if (strlen(m->in->on) != 10 ||
		calendar_end_of_date(m->in->on, a->office->settings.zone, &end, &ignored))
		act_fail(a, ERR_USAGE, _("%s: “%s” is no date like 2026-09-30"), "--from",
			m->in->on);
	else
		memcpy(m->on, m->in->on, sizeof m->on);
	m->planned = strcmp(m->on, a->today) > 0;
}

/* The name as the record has it; another name of the same section will do. */
static void find_from(struct act *a, struct moving *m)
{
	const struct unit *section = section_of(m->all, m->in->from);

	m->from = m->in->from;
	if (!a->rc)
		a->rc = unit_moves_duties(a->db, m->from, m->topic, &m->duties, a->err);
	if (!a->rc && !has_duties(&m->duties) && section) {
		m->from = section->name;
		a->rc = unit_moves_duties(a->db, m->from, m->topic, &m->duties, a->err);
	}
	if (!a->rc && m->to && strcmp(m->from, m->to->name) == 0)
		act_fail(a, ERR_USAGE, _("%s and %s are one unit"), m->in->from, m->in->to);
	if (!a->rc && !has_duties(&m->duties))
		act_fail(a, ERR_REFUSED, _("%s has no open duty"), m->in->from);
}

/* What was planned before from this unit; NULL: nothing. */
static const struct unit_plan *find_plan(struct act *a, const char *from, const char *topic)
{
	struct unit_plan *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = unit_moves_planned(a->db, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (strcmp(list[i].from, from) == 0 &&
			(!topic || strcmp(list[i].topic, topic) == 0))
			return &list[i];
	return NULL;
}

static void need_unplanned(struct act *a, const struct moving *m)
{
	const struct unit_plan *p = a->rc ? NULL : find_plan(a, m->from, m->topic);

	if (p)
		act_fail(a, ERR_REFUSED,
			_("it is planned already that %s goes over to %s on %s: --withdraw takes "
			  "that back"),
			p->from, p->to, p->on);
}

static const char *why_of(const struct units *all, const char *from, const struct unit *to)
{
	const struct unit *section = section_of(all, from);

	if (was_called(to, from))
		return "renamed";
	return section && section->successor && strcmp(section->successor, to->name) == 0 ? "merged"
											  : "moved";
}

static void put_members(struct act *a, const struct transfer_event *x)
{
	act_str(a, "from", x->from);
	act_str(a, "to", x->to);
	act_str(a, "on", x->on);
	act_str(a, "topic", x->topic);
	act_str(a, "document", x->document);
	act_text(a, "note_text", x->note);
}

void transfer_append(struct act *a, const struct units *all, const struct transfer_event *x)
{
	const struct unit *to = a->rc ? NULL : section_of(all, x->to);

	act_event(a);
	put_members(a, x);
	if (to) {
		act_str(a, "level", to->level);
		act_str(a, "why", why_of(all, x->from, to));
	}
	act_int(a, "plan", x->plan ? x->plan : TIME_NONE);
	act_append(a, UNIT_TRANSFERRED, "");
}

static void append_move(struct act *a, const struct moving *m)
{
	const struct transfer_event x = {.from = m->from,
		.to = a->rc ? "" : m->to->name,
		.on = m->on,
		.topic = m->topic,
		.document = a->office->document,
		.note = m->in->note};

	if (!m->planned) {
		transfer_append(a, m->all, &x);
		return;
	}
	need_unplanned(a, m);
	act_event(a);
	put_members(a, &x);
	act_append(a, "unit.planned/1", "");
}

static void tell(
	struct act *a, const struct moving *m, struct arena *arena, struct transferred *out)
{
	const struct unit *section = section_of(m->all, m->from);

	if (a->rc)
		return;
	out->from = arena_strdup(arena, m->from);
	out->to = arena_strdup(arena, m->to->name);
	out->on = arena_strdup(arena, m->on);
	out->moved = m->duties;
	out->still_listed = section && !section->until && !*m->topic;
	out->planned = m->planned;
	if (arena_failed(arena))
		a->rc = err_nomem(a->err);
}

enum err_code transfer_unit(struct office *o, const struct transfer *in, struct arena *arena,
	struct transferred *out, struct err *e)
{
	struct moving m = {.in = in, .topic = in->topic ? in->topic : ""};
	struct units *all = NULL;
	struct act a;
	enum err_code rc = typed_check("--topic", in->topic, TYPED_WORD_MAX, e);

	if (!rc)
		rc = units_load(o->home, &all, e);
	if (rc)
		return rc;
	m.all = all;
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("transfer duties"), e);
	read_day(&a, &m);
	if (!a.rc)
		a.rc = units_resolve(all, in->to, m.on, &m.to, e);
	find_from(&a, &m);
	append_move(&a, &m);
	tell(&a, &m, arena, out);
	rc = act_end(&a);
	units_free(all);
	return rc;
}

enum err_code transfer_withdraw(struct office *o, const char *from, const char *note,
	struct arena *arena, struct transferred *out, struct err *e)
{
	const struct unit_plan *p;
	struct act a;

	memset(out, 0, sizeof *out);
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("take a planned transfer back"), e);
	p = find_plan(&a, from, NULL);
	if (!a.rc && !p)
		act_fail(&a, ERR_REFUSED, _("nothing is planned for %s"), from);
	act_event(&a);
	if (p) {
		act_int(&a, "plan", p->seq);
		out->from = arena_strdup(arena, p->from);
		out->to = arena_strdup(arena, p->to);
		out->on = arena_strdup(arena, p->on);
	}
	act_text(&a, "note_text", note);
	act_append(&a, "unit.unplanned/1", "");
	if (!a.rc && arena_failed(arena))
		a.rc = err_nomem(e);
	return act_end(&a);
}

/* --- who still needs it --- */

static enum err_code look_at(struct office *o, const struct units *all, const char *today,
	const char *name, struct list *out, struct arena *a, struct err *e)
{
	const struct unit *u = NULL, *section = section_of(all, name);
	struct orphan *x;

	if (units_resolve(all, name, today, &u, NULL) == ERR_OK && strcmp(u->name, name) == 0)
		return ERR_OK;
	x = list_add(out);
	if (!x)
		return err_nomem(e);
	x->unit = name;
	x->successor = NULL;
	if (section && section->successor)
		x->successor = arena_strdup(a, section->successor);
	for (size_t i = 0; !section && i < units_count(all); i++)
		if (was_called(units_at(all, i), name))
			x->successor = arena_strdup(a, units_at(all, i)->name);
	return unit_moves_duties(o->db, name, "", &x->duties, e);
}

/* Orders of before that went to the office itself: it is no unit. */
static bool is_office(const struct office *o, const char *name)
{
	return strcmp(name, "本办") == 0 ||
	       (o->settings.name && strcmp(name, o->settings.name) == 0);
}

enum err_code transfer_orphans(
	struct office *o, struct arena *a, struct orphan **out, size_t *count, struct err *e)
{
	const char **names = NULL;
	size_t holders = 0;
	struct units *all = NULL;
	struct list l;
	char today[11];
	enum err_code rc = unit_moves_holders(o->db, a, &names, &holders, e);

	list_init(&l, a, sizeof **out);
	calendar_date_of(office_now(o), o->settings.zone, today);
	if (!rc && holders)
		rc = units_load(o->home, &all, e);
	for (size_t i = 0; !rc && i < holders; i++)
		if (!is_office(o, names[i]))
			rc = look_at(o, all, today, names[i], &l, a, e);
	units_free(all);
	*out = l.items;
	*count = l.count;
	return rc || !arena_failed(a) ? rc : err_nomem(e);
}
