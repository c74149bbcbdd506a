/*
 * closing.c - the gate before 销号, and closing.
 */
#include "office/closing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/commitment_proposals.h"
#include "ledger/commitments.h"
#include "ledger/evidence.h"
#include "ledger/responses.h"
#include "office/channels.h"
#include "office/gate.h"
#include "office/lookbacks.h"
#include "office/typed.h"

void gate_miss(struct gate *g, const char *code, const char *subject, const char *text)
{
	struct closing_missing *m = g->act->rc ? NULL : list_add(&g->missing);

	if (!m) {
		if (!g->act->rc)
			g->act->rc = err_nomem(g->act->err);
		return;
	}
	m->code = code;
	m->subject = arena_strdup(g->arena, subject);
	m->text = arena_strdup(g->arena, text);
	if (!m->subject || !m->text)
		g->act->rc = err_nomem(g->act->err);
}

void gate_state(struct gate *g)
{
	if (strcmp(g->c->state, "finished") != 0)
		gate_miss(g, "finish", g->c->id, _("the case is not finished (办结)"));
	else if (strcmp(g->c->finished_by, g->act->key) == 0)
		gate_miss(g, "person", g->c->id,
			_("the person who finished it may not close it: another one must"));
}

static bool on_site(struct gate *g, const char *response)
{
	struct response_link *links = NULL;
	size_t count = 0;

	if (!g->act->rc)
		g->act->rc = responses_links(
			g->act->db, response, g->act->arena, &links, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++) {
		if (strcmp(links[i].class, channel_class_name(CHANNEL_SITE)) == 0)
			return true;
	}
	return false;
}

void gate_answers(struct gate *g)
{
	struct response_record *list = NULL;
	size_t count = 0;
	bool substance = false, site = false;

	if (!g->act->rc)
		g->act->rc = responses_of(
			g->act->db, g->c->id, g->act->arena, &list, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++) {
		if (strcmp(list[i].state, "pending") == 0)
			gate_miss(g, "pending", list[i].id,
				_("the answer waits to be accepted or rejected (待认定)"));
		if (strcmp(list[i].state, "accepted") != 0)
			continue;
		substance = substance || strcmp(list[i].kind, "measure") == 0 ||
			    strcmp(list[i].kind, "result") == 0;
		site = site || on_site(g, list[i].id);
	}
	if (!substance)
		gate_miss(g, "answer", g->c->id,
			_("no accepted answer brings a measure or a result"));
	if (!site)
		gate_miss(g, "site", g->c->id,
			_("no accepted answer stands on a registered government site"));
}

void gate_channels(struct gate *g)
{
	const struct procedure *rules = NULL;
	const char **names = NULL;
	bool reached[CHANNEL_CLASSES] = {false};
	char text[256];
	size_t count = 0, wanted, missing;

	if (!g->act->rc)
		g->act->rc = office_procedure(g->act->office, &rules, g->act->err);
	if (!g->act->rc)
		g->act->rc = responses_classes(
			g->act->db, g->c->id, g->act->arena, &names, &count, g->act->err);
	if (g->act->rc)
		return;
	channels_mark_classes(names, count, reached);
	wanted = procedure_classes(rules, g->c->grade);
	missing = procedure_classes_missing(rules, g->c->grade, reached);
	if (!missing || !typed_is_blank(g->fewer_channels))
		return;
	snprintf(text, sizeof text,
		_("a %s case needs answers on %zu classes of channels, there are %zu "
		  "(or --fewer-channels REASON)"),
		g->c->grade, wanted, wanted - missing);
	gate_miss(g, "channels", g->c->id, text);
}

static void check_publication(struct gate *g, const struct commitment_record *c)
{
	struct evidence_record x;

	if (c->published_at != TIME_NONE)
		return;
	if (!*c->publish_evidence) {
		gate_miss(g, "publish", c->id, _("its fulfilment is not published"));
		return;
	}
	if (!g->act->rc)
		g->act->rc = evidence_get(
			g->act->db, c->publish_evidence, g->act->arena, &x, g->act->err);
	if (!g->act->rc)
		gate_miss(g, "capture", c->id,
			strcmp(x.kind, "screenshot") == 0
				? _("the screenshot of its publication waits for a second person")
			: strcmp(x.state, "failed") == 0
				? _("the page that should tell of it cannot be captured")
				: _("its publication is not captured yet"));
}

static void check_promise(struct gate *g, const struct commitment_record *c)
{
	if (commitments_is_settled(c))
		return;
	if (*c->proposed)
		gate_miss(g, "approve", c->id,
			strcmp(c->proposed, PROPOSED_CANNOT) == 0
				? _("that it cannot be kept waits for another person's approval")
				: _("an extension waits for another person's approval"));
	if (c->cannot_at != TIME_NONE) {
		gate_miss(g, "capture", c->id, _("the page with the reason is not captured yet"));
		return;
	}
	if (c->claimed_at == TIME_NONE)
		gate_miss(g, "claim", c->id, _("the unit has not said that it is done"));
	if (c->verified_at == TIME_NONE)
		gate_miss(g, "verify", c->id, _("no supervisor has verified it"));
	if (c->evidence == 0)
		gate_miss(g, "evidence", c->id, _("there is no evidence"));
	check_publication(g, c);
}

void gate_promises(struct gate *g)
{
	struct commitment_record *list = NULL;
	size_t count = 0;

	if (!g->act->rc)
		g->act->rc = commitments_of(
			g->act->db, g->c->id, g->act->arena, &list, &count, g->act->err);
	for (size_t i = 0; !g->act->rc && i < count; i++)
		check_promise(g, &list[i]);
}

static void (*const checks[])(struct gate *) = {
#define GATE(name) gate_##name,
#include "office/gate.def"
#undef GATE
};

static void run_checks(struct gate *g, const char *typed, char id[IDS_SIZE])
{
	struct case_record *c = arena_alloc(g->arena, sizeof *c);
	struct act *a = g->act;

	if (!a->rc && !c)
		a->rc = err_nomem(a->err);
	if (a->rc)
		return;
	g->c = c;
	act_case(a, typed, true, c);
	act_need_open(a, c, false);
	if (a->rc)
		return;
	snprintf(id, IDS_SIZE, "%s", c->id);
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		checks[i](g);
}

static void refuse_missing(struct gate *g, const struct closing_missing **missing, size_t *count)
{
	if (!g->act->rc && g->missing.count)
		act_fail(g->act, ERR_REFUSED,
			n_("%s cannot be closed, %zu thing is missing",
				"%s cannot be closed, %zu things are missing", g->missing.count),
			g->c->id, g->missing.count);
	*missing = g->missing.items;
	*count = g->missing.count;
}

enum err_code office_case_check(struct office *o, const char *typed, const char *fewer_channels,
	struct arena *arena, char id[IDS_SIZE], const struct closing_missing **missing,
	size_t *count, struct err *e)
{
	struct act a;
	struct gate g = {.act = &a, .arena = arena, .fewer_channels = fewer_channels};

	list_init(&g.missing, arena, sizeof **missing);
	act_begin(&a, o, PEOPLE_SUPERVISOR, _("check a case"), e);
	run_checks(&g, typed, id);
	refuse_missing(&g, missing, count);
	return act_end(&a);
}

enum err_code office_case_close(struct office *o, const char *typed, const char *fewer_channels,
	struct arena *arena, char id[IDS_SIZE], const struct closing_missing **missing,
	size_t *count, struct err *e)
{
	struct act a;
	struct gate g = {.act = &a, .arena = arena, .fewer_channels = fewer_channels};

	list_init(&g.missing, arena, sizeof **missing);
	act_begin_personal(&a, o, PEOPLE_SUPERVISOR, _("close a case"), e);
	run_checks(&g, typed, id);
	refuse_missing(&g, missing, count);
	act_event(&a);
	act_text(&a, "fewer_channels_text", fewer_channels);
	act_append(&a, "case.closed/1", id);
	lookbacks_plan(&a, id);
	return act_end(&a);
}
