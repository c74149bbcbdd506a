/*
 * show_holding.c - how long each unit has had a case, and whose lateness it is.
 */
#include "base/i18n.h"
#include "base/time.h"
#include "cli/output.h"
#include "cli/show_case_json.h"
#include "cli/when.h"
#include "ledger/case_holding.h"

static const char *name_of(const struct case_holding *h)
{
	return *h->unit ? h->unit : _("(the office)");
}

static void add_signing(struct buf *b, const struct case_holding *h)
{
	char span[WHEN_SIZE];

	if (h->to_sign != TIME_NONE) {
		when_format_span(h->to_sign, span);
		buf_addf(b, _(", signed after %s"), span);
	} else if (h->holds && *h->unit) {
		buf_addf(b, "%s", _(", not signed yet"));
	}
}

static void print_one(const struct show *s, const struct case_holding *h)
{
	char span[WHEN_SIZE], at[TIME_TEXT_SIZE];
	struct buf b;

	buf_init(&b, 4096);
	when_format_span(h->held, span);
	buf_addf(&b, _("%s: held %s"), name_of(h), span);
	add_signing(&b, h);
	if (h->returns)
		buf_addf(&b,
			n_(", gave it back %lld time", ", gave it back %lld times",
				(unsigned long)h->returns),
			(long long)h->returns);
	if (h->answered_at != TIME_NONE) {
		time_format_local(h->answered_at, s->office->settings.zone, at);
		buf_addf(&b, _(", answered %s"), at);
	}
	if (h->late)
		buf_addf(&b, "%s", _(" - late"));
	output_fact(stdout, _("holding"), buf_str(&b));
	buf_fini(&b);
}

static void put_one(struct json_writer *w, const struct case_holding *h)
{
	json_begin_object(w);
	json_put_str(w, "unit", *h->unit ? h->unit : NULL);
	json_put_str(w, "role", !*h->unit ? "office" : h->lead ? "lead" : "co");
	json_put_bool(w, "holds", h->holds);
	json_put_int(w, "held_seconds", h->held);
	json_put_time(w, "since", h->since);
	json_put_time(w, "until", h->until);
	json_put_time(w, "signed", h->signed_at);
	if (h->to_sign != TIME_NONE)
		json_put_int(w, "seconds_to_sign", h->to_sign);
	json_put_int(w, "returns", h->returns);
	json_put_time(w, "answered", h->answered_at);
	json_put_bool(w, "late", h->late);
	json_end_object(w);
}

static void put_all(struct json_writer *w, const struct case_record *c,
	const struct case_holding *list, size_t n)
{
	json_put_str(w, "holder", *c->holder ? c->holder : NULL);
	json_put_int(w, "returns", c->returns);
	json_put_str(w, "final", *c->final_unit ? c->final_unit : NULL);
	json_put_str(w, "coordinator", *c->coordinator ? c->coordinator : NULL);
	json_key(w, "holding");
	json_begin_array(w);
	for (size_t i = 0; i < n; i++)
		put_one(w, &list[i]);
	json_end_array(w);
}

/* After a return nobody has it but the office. */
static void print_office(const struct show *s, const struct case_record *c,
	const struct case_holding *list, size_t n)
{
	char at[TIME_TEXT_SIZE];

	for (size_t i = 0; i < n; i++) {
		if (*list[i].unit || !list[i].holds || *c->holder)
			continue;
		time_format_local(list[i].since, s->office->settings.zone, at);
		output_label(stdout, _("held by"));
		output_line(stdout, _("the office since %s; assign it: huiying case assign %s"), at,
			c->id);
	}
}

static void print_unsigned(const struct case_record *c, const struct case_holding *list, size_t n)
{
	struct buf b;

	buf_init(&b, 65536);
	for (size_t i = 0; i < n; i++)
		if (list[i].holds && *list[i].unit && list[i].signed_at == TIME_NONE)
			buf_addf(&b, "%s%s", b.len ? "、" : "", list[i].unit);
	if (c->state[0] == 'o')
		output_fact(stdout, _("unsigned"), buf_str(&b));
	buf_fini(&b);
}

enum err_code show_holding(
	const struct show *s, const struct case_record *c, struct json_writer *w, struct err *e)
{
	struct case_holding *list = NULL;
	size_t n = 0;
	enum err_code rc =
		case_holding_of(s->office->db, c, office_now(s->office), s->arena, &list, &n, e);

	if (rc)
		return rc;
	if (w) {
		put_all(w, c, list, n);
		return ERR_OK;
	}
	print_office(s, c, list, n);
	print_unsigned(c, list, n);
	output_fact(stdout, _("settled"), c->final_unit);
	output_fact(stdout, _("steered by"), c->coordinator);
	for (size_t i = 0; s->why && i < n; i++)
		print_one(s, &list[i]);
	return ERR_OK;
}
