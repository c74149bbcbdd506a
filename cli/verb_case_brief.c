/*
 * verb_case_brief.c - `huiying case brief`: the brief of a case (舆情专报) and, with
 * --order, the sheet for each unit (交办单), as plain text for paper.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/i18n.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/json_out.h"
#include "cli/paper.h"
#include "cli/session.h"
#include "cli/words.h"
#include "office/brief.h"
#include "office/due.h"
#include "office/units.h"

#define PAGE_MAX ((size_t)16 << 20)
#define FIELD_MAX ((size_t)4 << 20)

struct sheet {
	struct buf *page;
	const struct office *office;
	const struct brief *b;
	struct buf field; /* of one value */
};

static const char *or_erased(const char *words)
{
	return words_or_erased(words);
}

static const char *local(const struct sheet *s, int64_t t, char out[TIME_TEXT_SIZE])
{
	if (t == TIME_NONE)
		return "";
	time_format_local(t, s->office->settings.zone, out);
	return out;
}

static void field_time(struct sheet *s, const char *label, int64_t t)
{
	char text[TIME_TEXT_SIZE];

	paper_field(s->page, label, local(s, t, text));
}

/* What was gathered in s->field. */
static void end_field(struct sheet *s, const char *label)
{
	if (s->field.fault)
		s->page->fault = s->field.fault;
	paper_field(s->page, label, buf_str(&s->field));
	buf_clear(&s->field);
}

static void add_due(struct sheet *s, const struct clock_record *c)
{
	char due[TIME_TEXT_SIZE], met[TIME_TEXT_SIZE];

	if (strcmp(c->state, "paused") == 0)
		buf_addf(&s->field, "%s", _("stands still: a third party is asked"));
	else
		buf_addf(&s->field, "%s", local(s, c->due_at, due));
	buf_add_str(&s->field, due_mark(c->tentative));
	if (c->met_at != TIME_NONE)
		buf_addf(&s->field, _(", met %s"), local(s, c->met_at, met));
}

static void field_clock(struct sheet *s, const char *label, const char *clock, const char *who)
{
	const struct clock_record *c = brief_clock(s->b, clock, who);

	if (!c)
		return;
	add_due(s, c);
	buf_addf(&s->field, "\n%s", c->basis);
	end_field(s, label);
}

/* Every hotline order that the case has to answer, by its number. */
static void field_orders(struct sheet *s)
{
	for (size_t i = 0; i < s->b->clock_count; i++) {
		const char *ref = s->b->clocks[i].ref;
		if (strcmp(s->b->clocks[i].clock, "order") != 0 ||
			brief_clock_ref(s->b, "order", ref) != &s->b->clocks[i])
			continue;
		buf_addf(&s->field, "%s%s ", s->field.len ? "\n" : "", ref);
		add_due(s, &s->b->clocks[i]);
		buf_addf(&s->field, "\n%s", s->b->clocks[i].basis);
	}
	if (s->field.len)
		end_field(s, _("Orders due"));
}

/* The units that hold it in a role, with who has not signed. */
static void field_units(struct sheet *s, const char *label, bool lead, bool signs)
{
	const struct brief *b = s->b;

	for (size_t i = 0; i < b->unit_count; i++) {
		const struct case_unit *u = &b->units[i];
		if (u->until != TIME_NONE || u->lead != lead)
			continue;
		buf_addf(&s->field, "%s%s%s", s->field.len ? "、" : "", u->unit,
			signs && u->signed_at == TIME_NONE ? _(" (not signed)") : "");
	}
	end_field(s, label);
}

static void field_grade(struct sheet *s)
{
	const struct brief *b = s->b;
	const struct case_grade *g = b->grade_count ? &b->grades[b->grade_count - 1] : NULL;
	char at[TIME_TEXT_SIZE];

	buf_addf(&s->field, "%s", b->c.grade);
	if (*b->c.suggested)
		buf_addf(&s->field, _(" (suggested: %s)"), b->c.suggested);
	if (g)
		buf_addf(&s->field, _("; set by %s at %s"), g->by_name, local(s, g->at, at));
	if (g && g->reason)
		buf_addf(&s->field, _(": %s"), g->reason);
	end_field(s, _("Grade"));
}

static void head(struct sheet *s, const char *title)
{
	if (s->office->demo)
		paper_centre(s->page, _("DEMO - a demonstration, not a real ledger"));
	paper_centre(s->page, s->office->settings.name ? s->office->settings.name : "");
	paper_centre(s->page, title);
	buf_add_char(s->page, '\n');
}

static void field_source(struct sheet *s)
{
	const struct brief *b = s->b;

	paper_field(s->page, _("Title"), or_erased(b->c.title));
	paper_field(s->page, _("Source"), b->source);
	paper_field(s->page, _("Link"), b->link);
	field_time(s, _("Published"), b->c.published_at);
	field_time(s, _("Found"), b->c.discovered_at);
	paper_field(s->page, _("Place"), b->c.place);
	paper_field(s->page, _("Topics"), b->c.topics);
}

/* --- the brief --- */

static void field_answers(struct sheet *s)
{
	char at[TIME_TEXT_SIZE];

	for (size_t i = 0; i < s->b->response_count; i++) {
		const struct response_record *r = &s->b->responses[i];
		buf_addf(&s->field, "%s%s %s %s %s %s", i ? "\n" : "", r->id, r->unit,
			words_of("kind", r->kind), local(s, r->published_at, at),
			words_of("response", r->state));
	}
	if (!s->b->response_count)
		buf_addf(&s->field, "%s", _("none so far"));
	end_field(s, _("Responses"));
}

/* unit NULL: those of all, carried out or not. */
static void field_instructions(struct sheet *s, const char *unit)
{
	char ref[24];

	for (size_t i = 0; i < s->b->told_count; i++) {
		const struct case_instruction *x = &s->b->told[i];
		const struct clock_record *c;
		if (unit && (strcmp(x->unit, unit) != 0 || *x->done_on))
			continue;
		snprintf(ref, sizeof ref, "%lld", (long long)x->n);
		c = brief_clock_ref(s->b, "instruct", ref);
		buf_addf(&s->field, _("%s%s (%s): %s"), s->field.len ? "\n" : "", x->post, x->kind,
			or_erased(x->words));
		buf_addf(&s->field, "\n%s%s", x->unit, c ? _(", due ") : "");
		if (c)
			add_due(s, c);
	}
	if (s->field.len)
		end_field(s, _("Instructions"));
}

/* What its letters stand for (国办发〔2016〕61号 第二条). */
static void field_category(struct sheet *s)
{
	char letter[2] = "";

	for (const char *p = s->b->c.category; *p; p++) {
		if (*p == ',')
			continue;
		letter[0] = *p;
		buf_addf(&s->field, "%s%s %s", s->field.len ? "\n" : "", letter,
			words_of("category", letter));
	}
	if (s->field.len)
		end_field(s, _("Category"));
}

static void write_brief(struct sheet *s)
{
	const struct brief *b = s->b;

	head(s, _("Brief on a public matter"));
	paper_two(s->page, _("No. ______________"), _("Signed for issue ______________"));
	paper_rule(s->page);
	paper_field(s->page, _("Case"), b->c.id);
	paper_field(s->page, _("State"), words_of("case", b->c.state));
	field_source(s);
	if (b->copies) {
		buf_addf(&s->field,
			n_("%lld copy besides", "%lld copies besides", (unsigned long)b->copies),
			(long long)b->copies);
		end_field(s, _("Copies"));
	}
	field_grade(s);
	field_category(s);
	paper_rule(s->page);
	paper_paragraph(s->page, b->excerpt ? b->excerpt : _("(no text kept)"));
	paper_rule(s->page);
	field_units(s, _("Lead unit"), true, true);
	field_units(s, _("Helping"), false, true);
	paper_field(s->page, _("Coordinates"), b->c.coordinator);
	field_clock(s, _("Answer due"), "response", NULL);
	field_clock(s, _("Press due"), "press", NULL);
	field_orders(s);
	field_instructions(s, NULL);
	paper_field(s->page, _("Wording"), brief_wording(b));
	field_answers(s);
	paper_rule(s->page);
}

/* --- the sheet of a unit --- */

static void write_outlets(struct sheet *s)
{
	if (s->b->together)
		buf_addf(&s->field, _("2. Publish on these kinds of outlet together: %s."),
			s->b->together);
	else
		buf_add_str(
			&s->field, _("2. Publish on a registered channel and report the link."));
	if (s->field.fault)
		s->page->fault = s->field.fault;
	paper_paragraph(s->page, buf_str(&s->field));
	buf_clear(&s->field);
}

static void write_demands(struct sheet *s, const struct case_unit *u)
{
	paper_paragraph(s->page,
		u->lead ? _("1. Check the facts, answer with concrete measures, and say in the "
			    "answer who does what by when. Reposting other news is no answer.")
			: _("1. Check your part of the facts and give it to the lead unit in time; "
			    "answer for your part in the same words."));
	write_outlets(s);
	paper_paragraph(s->page,
		_("3. What is promised is entered in the ledger, and what was done about it is "
		  "made public in time."));
	paper_paragraph(s->page,
		_("4. What is not your duty is given back with its reason within the limit; "
		  "later it stays with you."));
}

static void write_order(struct sheet *s, const struct case_unit *u, int n)
{
	const struct brief *b = s->b;

	head(s, _("Sheet for the responsible unit"));
	buf_addf(&s->field, _("No. %s-%d"), b->c.id, n);
	paper_two(s->page, buf_str(&s->field), _("Signed for issue ______________"));
	buf_clear(&s->field);
	paper_rule(s->page);
	buf_addf(&s->field, _("%s (%s)"), u->unit, u->lead ? _("lead unit") : _("helping unit"));
	end_field(s, _("To"));
	if (u->lead)
		field_units(s, _("Helping"), false, false);
	else
		field_units(s, _("Lead unit"), true, false);
	paper_field(s->page, _("Coordinates"), b->c.coordinator);
	field_time(s, _("Given"), u->since);
	paper_rule(s->page);
	field_source(s);
	paper_field(s->page, _("Grade"), b->c.grade);
	field_category(s);
	paper_paragraph(s->page, b->excerpt ? b->excerpt : _("(no text kept)"));
	paper_rule(s->page);
	field_instructions(s, u->unit);
	paper_field(s->page, _("Wording"), brief_wording(b));
	write_demands(s, u);
	paper_rule(s->page);
	field_clock(s, _("Sign by"), "sign", u->unit);
	field_clock(s, _("Give back by"), "return", u->unit);
	field_clock(s, _("Answer by"), "response", NULL);
	field_clock(s, _("Press by"), "press", NULL);
	field_orders(s);
	paper_rule(s->page);
	paper_two(s->page, _("Signed by (post) ______________"), _("at ______________"));
}

/* --- printing --- */

static enum err_code print_page(const struct call *call, const struct brief *b, const char *kind,
	const char *unit, const struct buf *page, struct err *e)
{
	struct json_out out;
	struct json_writer *w;
	enum err_code rc = buf_check(page, _("the page"), e);

	if (rc)
		return rc;
	if (!call->json) {
		fputs(buf_str(page), stdout);
		return ERR_OK;
	}
	w = json_out_begin(&out);
	json_put_str(w, "case", b->c.id);
	json_put_str(w, "kind", kind);
	json_put_str(w, "unit", unit);
	json_put_str(w, "text", buf_str(page));
	return json_out_end(&out, ERR_OK, e);
}

/* On paper each sheet begins a page. */
static void next_sheet(const struct call *call, int n)
{
	if (n > 1 && !call->json)
		fputs(isatty(STDOUT_FILENO) ? "\n\n" : "\f", stdout);
}

static enum err_code print_orders(
	const struct call *call, struct sheet *s, const char *unit, struct err *e)
{
	const struct brief *b = s->b;
	enum err_code rc = ERR_OK;
	int n = 0, printed = 0;

	for (size_t i = 0; !rc && i < b->unit_count; i++) {
		const struct case_unit *u = &b->units[i];
		if (u->until != TIME_NONE)
			continue;
		n++;
		if (unit && strcmp(u->unit, unit) != 0)
			continue;
		buf_clear(s->page);
		write_order(s, u, n);
		next_sheet(call, ++printed);
		rc = print_page(call, b, "order", u->unit, s->page, e);
	}
	if (rc || printed)
		return rc;
	if (unit)
		return err_set(e, ERR_REFUSED, _("%s does not hold %s"), unit, b->c.id);
	return err_set(e, ERR_REFUSED, _("no unit holds %s: assign it first"), b->c.id);
}

/* The unit's own name for what was typed; NULL stays NULL. */
static enum err_code own_name(
	const struct office *o, struct arena *a, const char *typed, const char **out, struct err *e)
{
	struct units *units = NULL;
	const struct unit *u = NULL;
	char today[11];
	enum err_code rc;

	*out = NULL;
	if (!typed)
		return ERR_OK;
	calendar_date_of(office_now(o), o->settings.zone, today);
	rc = units_load(o->home, &units, e);
	if (!rc)
		rc = units_resolve(units, typed, today, &u, e);
	if (!rc && !(*out = arena_strdup(a, u->name)))
		rc = err_nomem(e);
	units_free(units);
	return rc;
}

static enum err_code print_all(struct call *call, struct office *o, struct arena *a, struct err *e)
{
	struct brief b;
	struct buf page;
	struct sheet s = {.page = &page, .office = o, .b = &b};
	const char *unit = NULL;
	enum err_code rc = own_name(o, a, call_flag(call, "unit"), &unit, e);

	buf_init(&page, PAGE_MAX);
	buf_init(&s.field, FIELD_MAX);
	if (!rc)
		rc = brief_case(o, call->argv[0], a, &b, e);
	if (!rc && call_has(call, "order")) {
		rc = print_orders(call, &s, unit, e);
	} else if (!rc) {
		write_brief(&s);
		rc = print_page(call, &b, "brief", NULL, &page, e);
	}
	if (!rc)
		rc = buf_check(&s.field, _("the page"), e);
	buf_fini(&page);
	buf_fini(&s.field);
	return rc;
}

static enum err_code run(struct call *call, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct office *o = NULL;
	enum err_code rc = a ? ERR_OK : err_nomem(e);

	if (!rc && call_has(call, "unit") && !call_has(call, "order"))
		rc = err_set(e, ERR_USAGE, _("--unit goes with --order"));
	if (!rc)
		rc = session_open(call, true, &o, e);
	if (!rc)
		rc = print_all(call, o, a, e);
	office_close(o);
	arena_free(a);
	return rc;
}

static const struct command_flag flags[] = {
	{"order", NULL, N_("the sheet for each unit that holds it (交办单)")},
	{"unit", N_("UNIT"), N_("with --order: only this one's")},
	{NULL, NULL, NULL},
};

const struct command command_case_brief = {
	.verb = "case brief",
	.args = N_("CASE [--order [--unit UNIT]]"),
	.summary = N_("the brief (舆情专报) or the units' sheets (交办单), to print"),
	.help = N_("Plain text of 72 columns; personal data is masked. Several sheets begin a page "
		   "each: huiying case brief 123 --order | lp"),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = COMMAND_ANYBODY,
	.run = run,
};
