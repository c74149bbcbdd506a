/*
 * verb_notify_check.c - `huiying notify check`: whether every target could be sent to, as far as
 * that can be seen without sending. No socket is opened.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "cli/session.h"
#include "office/notify_rules.h"

#define CREDENTIAL "credential:"

struct checking {
	const struct notify_rules *rules;
	char today[11];
	bool bad;
};

/* What messages come here: stages, supervisors, units. */
static void add_uses(const struct checking *c, const struct target *t, struct buf *out)
{
	static const char *const stages[] = {NULL, "first", "second", "leader"};

	for (int64_t i = 1; i <= NOTIFY_STAGES; i++) {
		const char *name = notify_rules_target(c->rules, i, c->today);
		if (name && strcmp(name, t->name) == 0)
			buf_addf(out, "%s%s", out->len ? " " : "", stages[i]);
	}
	if (c->rules->supervisor && strcmp(c->rules->supervisor, t->name) == 0)
		buf_addf(out, "%ssupervisor", out->len ? " " : "");
	if (t->units)
		buf_addf(out, "%sunits", out->len ? " " : "");
}

/* A credential is given to the sender's service alone: it cannot be looked at from here. */
static bool is_elsewhere(const char *value)
{
	return strncmp(value, CREDENTIAL, sizeof CREDENTIAL - 1) == 0 &&
	       !getenv("CREDENTIALS_DIRECTORY");
}

/* ERR_OK with *elsewhere, or what is wrong in *why. */
static enum err_code look_at(const struct target *t, bool *elsewhere, struct err *why)
{
	const struct {
		const char *key, *value;
	} values[] = {{"url", t->url}, {"secret", t->secret}, {"user", t->user},
		{"password", t->password}};
	enum err_code rc = ERR_OK;

	*elsewhere = false;
	for (size_t i = 0; !rc && i < sizeof values / sizeof *values; i++) {
		struct buf b;
		if (!values[i].value)
			continue;
		if (is_elsewhere(values[i].value)) {
			*elsewhere = true;
			continue;
		}
		buf_init(&b, TARGET_SECRET_MAX);
		rc = target_value(t, values[i].key, values[i].value, &b, why);
		if (b.data)
			explicit_bzero(b.data, b.cap);
		buf_fini(&b);
	}
	return rc;
}

static void put_row(const struct target *t, const char *uses, const char *state, const char *why,
	struct json_writer *w)
{
	json_put_str(w, "target", t->name);
	json_put_str(w, "kind", target_kind_name(t->kind));
	json_put_str(w, "uses", *uses ? uses : NULL);
	json_put_str(w, "keyword", t->keyword);
	json_put_str(w, "state", state);
	json_put_str(w, "error", *why ? why : NULL);
}

static void add_row(struct table *table, const struct target *t, const char *uses,
	const char *words, const char *why)
{
	table_cell(table, t->name);
	table_cell(table, target_kind_name(t->kind));
	table_cell(table, *uses ? uses : NULL);
	table_cell(table, t->keyword);
	table_cell(table, *why ? why : words);
	table_end_row(table);
}

static enum err_code check_one(
	struct checking *c, const struct target *t, struct table *table, struct err *e)
{
	struct err why = {ERR_OK, ""};
	bool elsewhere = false;
	struct buf uses;
	enum err_code rc, found = look_at(t, &elsewhere, &why);

	if (found == ERR_NOMEM)
		return err_nomem(e);
	buf_init(&uses, 4096);
	add_uses(c, t, &uses);
	rc = buf_check(&uses, N_("a target"), e);
	c->bad = c->bad || found;
	if (!rc && table) {
		add_row(table, t, buf_str(&uses),
			elsewhere ? _("its secrets are the service's alone") : _("good"), why.text);
	} else if (!rc) {
		struct json_out out;
		put_row(t, buf_str(&uses),
			found       ? "bad"
			: elsewhere ? "elsewhere"
				    : "good",
			why.text, json_out_begin(&out));
		rc = json_out_end(&out, ERR_OK, e);
	}
	buf_fini(&uses);
	return rc;
}

static enum err_code check_all(struct checking *c, bool json, struct err *e)
{
	static const struct table_column columns[] = {
		{N_("TARGET"), TABLE_LEFT, 0},
		{N_("KIND"), TABLE_LEFT, 0},
		{N_("USE"), TABLE_LEFT, 2},
		{N_("KEYWORD"), TABLE_LEFT, 1},
		{N_("STATE"), TABLE_CUT, 0},
	};
	const struct targets *all = c->rules->targets;
	struct table *t = json ? NULL : table_new(columns, sizeof columns / sizeof *columns);
	enum err_code rc = json || t ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < targets_count(all); i++)
		rc = check_one(c, targets_at(all, i), t, e);
	if (!rc && t && targets_count(all))
		rc = table_print(t, stdout, output_width(stdout), e);
	table_free(t);
	return rc;
}

static enum err_code run_check(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct notify_rules rules = {.targets = NULL};
	struct checking c = {.rules = &rules};
	struct office *o = NULL;
	enum err_code rc = a ? session_open(call, true, &o, e) : err_nomem(e);

	if (!rc) {
		calendar_date_of(office_now(o), o->settings.zone, c.today);
		rc = notify_rules_load(o->home, c.today, a, &rules, e);
	}
	if (!rc)
		rc = check_all(&c, call->json, e);
	if (!rc && !targets_count(rules.targets))
		done_note(call, "%s", _("huiying.conf has no target: nobody is told of anything"));
	else if (!rc && !rules.stage[1])
		done_note(call, "%s", _("[notify] names no “first”: nobody is told of anything"));
	else if (!rc)
		done_next(call, "notify test TARGET");
	if (rules.targets)
		notify_rules_fini(&rules);
	office_close(o);
	arena_free(a);
	return !rc && c.bad ? ERR_NO : rc;
}

const struct command command_notify_check = {
	.verb = "notify check",
	.args = "",
	.summary = N_("whether the targets of huiying.conf can be used, without sending anything"),
	.help = N_(
		"Reads [notify] and every target, follows the references to their secrets as the "
		"person who asks may (those of systemd's credentials only the service reads), and "
		"says which messages each is for and which keyword stands in all that a robot "
		"gets. Exit 1 when one cannot be used."),
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN,
	.run = run_check,
};
