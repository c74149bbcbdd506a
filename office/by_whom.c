/*
 * by_whom.c - the unit, the post and the way of an act that the office enters.
 */
#include "office/by_whom.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"

static const struct {
	const char *typed, *kept;
} ways[] = {
	{"phone", "phone"},
	{"paper", "paper"},
	{"OA", "OA"},
	{"电话", "phone"},
	{"纸质", "paper"},
};

/* NULL: not a way that a message reaches the office. */
static const char *way_of(const char *typed)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (strcasecmp(ways[i].typed, typed) == 0)
			return ways[i].kept;
	return NULL;
}

enum err_code by_whom_set(struct office *o, const char *unit, struct err *e)
{
	struct json_writer w;
	struct buf b;
	char *text;
	enum err_code rc;

	buf_init(&b, 4096);
	if (unit || o->post || o->how || o->document) {
		json_writer_init(&w, &b);
		json_begin_object(&w);
		json_put_str(&w, "document", o->document);
		json_put_str(&w, "how", o->how);
		json_put_str(&w, "post", o->post);
		json_put_str(&w, "unit", unit);
		json_end_object(&w);
	}
	rc = buf_check(&b, "--for", e);
	text = rc ? NULL : strdup(buf_str(&b));
	buf_fini(&b);
	if (!text)
		return rc ? rc : err_nomem(e);
	free(o->for_whom);
	o->for_whom = text;
	o->for_unit = unit != NULL;
	return ERR_OK;
}

enum err_code by_whom_resolve(struct office *o, const char *today, struct err *e)
{
	struct units *all = NULL;
	const struct unit *u;
	enum err_code rc;

	if (o->how && !way_of(o->how))
		return err_set(e, ERR_USAGE, _("--how is phone, paper or OA"));
	if (o->how)
		o->how = way_of(o->how);
	if (!o->unit)
		return o->how ? by_whom_set(o, NULL, e) : ERR_OK;
	rc = units_load(o->home, &all, e);
	if (!rc)
		rc = units_resolve(all, o->unit, today, &u, e);
	if (!rc)
		rc = by_whom_set(o, u->name, e);
	units_free(all);
	return rc;
}

enum err_code by_whom_need(const struct office *o, struct err *e)
{
	if (!o->post || o->for_unit)
		return ERR_OK;
	return err_set(
		e, ERR_USAGE, _("the post %s belongs to which unit? Say --for UNIT"), o->post);
}

void act_unit(struct act *a, const struct units *all, const char *typed, const char *what,
	const struct unit **out)
{
	const char *name = typed ? typed : a->office->unit;

	*out = NULL;
	if (a->rc)
		return;
	if (!name) {
		act_fail(a, ERR_USAGE, "%s", what);
		return;
	}
	a->rc = units_resolve(all, name, a->today, out, a->err);
	if (!a->rc)
		act_of_unit(a, (*out)->name);
}

void act_of_unit(struct act *a, const char *unit)
{
	if (!a->rc && a->office->post && !a->office->for_unit)
		a->rc = by_whom_set(a->office, unit, a->err);
}
