/*
 * duty.c - the acts of a shift.
 */
#include "office/duty.h"

#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/balance.h"
#include "office/act.h"
#include "office/handover.h"
#include "office/taking.h"
#include "office/typed.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)
#define LIST_MAX ((size_t)16 << 20)

/* The shift that the person is in; NULL: none. */
static const struct duty_shift *own_shift(struct act *a)
{
	struct duty_shift *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = duty_list(a->db, DUTY_ON, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++)
		if (strcmp(list[i].actor, a->key) == 0)
			return &list[i];
	return NULL;
}

enum err_code office_duty_on(struct office *o, const char *post, int64_t *number, struct err *e)
{
	const struct duty_shift *s;
	struct act a;
	enum err_code rc = typed_check("--as", post, TYPED_WORD_MAX, e);

	if (rc)
		return rc;
	act_begin(&a, o, STAFF, _("go on duty"), e);
	s = own_shift(&a);
	if (s)
		act_fail(&a, ERR_REFUSED, _("you are on duty since %s; end it first: duty off"),
			act_when(&a, s->started_at));
	act_event(&a);
	act_str(&a, "post", post);
	act_append(&a, "duty.started/1", "");
	s = own_shift(&a);
	if (s)
		*number = s->number;
	return act_end(&a);
}

/* --- going off --- */

/* The list was made while the person still had the row. */
static void forget_holder(struct due_entry *list, size_t count, int64_t story)
{
	char id[IDS_SIZE];

	ids_format(IDS_STORY, 0, story, id);
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].subject, id) == 0)
			list[i].unit = "";
}

static void free_taken(struct act *a, struct due_entry *list, size_t count, int64_t *taken)
{
	struct take *own = NULL;
	size_t n = 0;

	if (!a->rc)
		a->rc = takes_of(a->db, a->key, a->arena, &own, &n, a->err);
	for (size_t i = 0; !a->rc && i < n; i++) {
		taking_end(a, &own[i], "duty-off");
		forget_holder(list, count, own[i].story);
	}
	*taken = (int64_t)n;
}

static void add_list(struct act *a, const struct duty_shift *s, const struct due_entry *list,
	size_t count, struct duty_end *out)
{
	struct balance b;
	struct buf text;

	buf_init(&text, LIST_MAX);
	if (!a->rc)
		a->rc = balance_between(a->db, s->started_at, a->now + 1, &b, a->err);
	if (!a->rc)
		a->rc = db_get_int(
			a->db, ST_ALERT_LATE, DB_ARGS(DB_INT(a->now)), &out->late, a->err);
	if (!a->rc) {
		out->open = b.open;
		handover_write(&text, &b, list, count);
		a->rc = buf_check(&text, _("the list of a hand-over"), a->err);
	}
	act_text(a, "handover_text", buf_str(&text));
	buf_fini(&text);
}

static void end_shift(struct act *a, const char *note, const char *to, struct due_entry *list,
	size_t count, struct duty_end *out)
{
	const struct duty_shift *s = own_shift(a);

	if (!a->rc && !s)
		act_fail(a, ERR_REFUSED, _("you are not on duty: there is nothing to hand over"));
	free_taken(a, list, count, &out->taken);
	if (a->rc || !s)
		return;
	out->number = s->number;
	act_event(a);
	add_list(a, s, list, count, out);
	act_int(a, "started", s->number);
	act_text(a, "note_text", note);
	act_str(a, "to", to);
	act_int(a, "open", out->open);
	act_int(a, "late", out->late);
	act_int(a, "taken", out->taken);
	act_append(a, "duty.ended/1", "");
}

enum err_code office_duty_off(
	struct office *o, const char *note, const char *to, struct duty_end *out, struct err *e)
{
	struct arena *arena = arena_new(ARENA_MAX_DEFAULT);
	struct due_entry *list = NULL;
	size_t count = 0;
	struct act a;
	enum err_code rc = arena ? typed_check("--to", to, TYPED_WORD_MAX, e) : err_nomem(e);

	*out = (struct duty_end){0};
	if (!rc)
		rc = office_due(o, office_now(o) + HANDOVER_AHEAD, arena, &list, &count, e);
	if (!rc) {
		act_begin(&a, o, STAFF, _("go off duty"), e);
		end_shift(&a, note, to, list, count, out);
		rc = act_end(&a);
	}
	arena_free(arena);
	return rc;
}

/* --- taking note --- */

/* Of a login that several share the post tells them apart. */
static bool is_same_person(
	const struct act *a, const struct duty_shift *mine, const struct duty_shift *of)
{
	if (strcmp(of->actor, a->key) != 0)
		return false;
	return !a->office->person.shared || strcmp(mine->post, of->post) == 0;
}

/* False: it waits for somebody else, or it failed. */
static bool confirm_one(
	struct act *a, const struct duty_shift *mine, const struct duty_shift *of, bool named)
{
	bool same = !a->rc && is_same_person(a, mine, of);

	if (a->rc || (same && !named))
		return false;
	if (of->ended_at == TIME_NONE)
		act_fail(a, ERR_REFUSED, _("shift %lld has not ended"), (long long)of->number);
	if (of->confirmed_at != TIME_NONE)
		act_fail(a, ERR_REFUSED, _("%s took note of the hand-over of shift %lld at %s"),
			of->confirmed_name, (long long)of->number, act_when(a, of->confirmed_at));
	if (same)
		act_fail(a, ERR_DENIED,
			_("%s handed over; the successor takes note of it, not they"), of->name);
	act_event(a);
	act_int(a, "started", of->number);
	act_append(a, "duty.confirmed/1", "");
	return !a->rc;
}

static void find_waiting(struct act *a, int64_t number, struct duty_shift **list, size_t *count)
{
	*list = arena_alloc(a->arena, sizeof **list);
	*count = 1;
	if (!a->rc && !*list)
		a->rc = err_nomem(a->err);
	if (!a->rc && number)
		a->rc = duty_get(a->db, number, a->arena, *list, a->err);
	else if (!a->rc)
		a->rc = duty_list(a->db, DUTY_WAITING, a->arena, list, count, a->err);
}

enum err_code office_duty_confirm(
	struct office *o, int64_t number, int64_t *count, int64_t *last, struct err *e)
{
	const struct duty_shift *mine;
	struct duty_shift *list = NULL;
	size_t n = 0;
	struct act a;

	act_begin(&a, o, STAFF, _("take note of a hand-over"), e);
	mine = own_shift(&a);
	if (!a.rc && !mine)
		act_fail(&a, ERR_REFUSED, _("you are not on duty: duty on first"));
	find_waiting(&a, number, &list, &n);
	*count = 0;
	for (size_t i = 0; !a.rc && i < n; i++) {
		if (!confirm_one(&a, mine, &list[i], number != 0))
			continue;
		++*count;
		*last = list[i].number;
	}
	if (!a.rc && !*count)
		act_fail(&a, ERR_REFUSED, _("no hand-over waits for you"));
	return act_end(&a);
}
