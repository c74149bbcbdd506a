/*
 * health_words.c - the sentences about a source: what is the matter, what to do next.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/time.h"
#include "office/health.h"

#define HOUR 3600
#define DAY 86400

/* What to do about a failure, by its kind in the WARC metadata. */
static const struct {
	const char *error, *advice;
} failures[] = {
	{"dns", N_("check the host's name in a browser; if the site has moved, change url in "
		   "sources.conf")},
	{"connect", N_("open the address in a browser; if it works there, ask whether this "
		       "server's network is blocked")},
	{"timeout", N_("the site is slow or blocks this server; poll it less often (every = 2h) "
		       "or ask its office")},
	{"tls", N_("the site's certificate is not valid (expired or for another name): tell its "
		   "office, it must be renewed there")},
	{"address", N_("the name leads into a private network; if that is right, the site must be "
		       "reached under a public address")},
	{"robots", N_("the site's robots.txt forbids reading it; ask its office for permission, "
		      "or switch the source off")},
	{"redirect", N_("the address leads elsewhere; open it in a browser and enter the new "
			"address as url")},
	{"too-large", N_("the page is larger than what is read; choose a list page or feed that "
			 "is smaller")},
	{"parse", N_("the page is no longer what it was; run “huiying sources test” and add the "
		     "right address anew")},
	{"challenge", N_("the site shows a wall instead of its page; ask its office for a feed "
			 "or to admit this server, or register by hand")},
	{"http", N_("open the address in a browser; if it is gone there too, add the new address "
		    "with “huiying sources add” and switch this one off")},
};

static const char *const advices[HEALTH_KINDS] = {
	[HEALTH_FAILING] = N_("run “huiying sources test” and read what the site answers"),
	[HEALTH_CHALLENGE] = N_("ask the site's office for a feed or to admit this server; until "
				"then look at the page in a browser and use “huiying register”"),
	[HEALTH_EMPTY] = N_("open the page in a browser; if its address or layout has changed, "
			    "add it anew with “huiying sources add”"),
	[HEALTH_SAME] = N_("the layout has changed: run “huiying sources test” and set title and "
			   "items in sources.conf"),
	[HEALTH_FEWER] = N_("compare with the page in a browser; if it is right so, run “huiying "
			    "sources health --accept”"),
	[HEALTH_CHARSET] = N_("look whether titles are readable; if not, set charset in "
			      "sources.conf"),
	[HEALTH_SILENT] = N_("look at the page in a browser: if news stand there, the address is "
			     "the wrong one; if not, the site itself stands still"),
	[HEALTH_CERTIFICATE] = N_("tell the site's office: once the certificate has ended, the "
				  "site cannot be read"),
};

const char *health_advice(const struct health_report *r, const struct health_state *s)
{
	for (size_t i = 0; s->kind == HEALTH_FAILING && i < sizeof failures / sizeof *failures; i++)
		if (strcmp(failures[i].error, r->log->error) == 0)
			return _(failures[i].advice);
	return _(advices[s->kind]);
}

static void format_day(int64_t at, const struct time_zone *zone, char out[TIME_TEXT_SIZE])
{
	time_format_local(at, zone, out);
	out[10] = '\0';
}

static void add_span(struct buf *b, int64_t seconds)
{
	if (seconds >= 2 * DAY)
		buf_addf(b, n_("%lld day", "%lld days", seconds / DAY), (long long)(seconds / DAY));
	else if (seconds >= 2 * HOUR)
		buf_addf(b, n_("%lld hour", "%lld hours", seconds / HOUR),
			(long long)(seconds / HOUR));
	else
		buf_addf(b, n_("%lld minute", "%lld minutes", seconds / 60),
			(long long)(seconds < 60 ? 1 : seconds / 60));
}

static void add_silence(struct buf *b, const struct health_state *s, const char *day)
{
	struct buf span;

	buf_init(&span, 256);
	add_span(&span, s->number);
	if (s->number > 0)
		buf_addf(b, _("nothing new since %s; it usually has something new every %s"), day,
			buf_str(&span));
	else
		buf_addf(b, _("nothing new since %s"), day);
	buf_fini(&span);
}

void health_add_what(struct buf *b, const struct health_state *s, const struct time_zone *zone)
{
	char day[TIME_TEXT_SIZE] = "-";

	if (s->since != TIME_NONE)
		format_day(s->since, zone, day);
	switch (s->kind) {
	case HEALTH_FAILING:
		buf_addf(b,
			n_("failed %lld time in a row: %s", "failed %lld times in a row: %s",
				s->number),
			(long long)s->number, s->detail);
		break;
	case HEALTH_CHALLENGE:
		buf_addf(b, _("the site answers with a wall instead of its page (%s)"), s->detail);
		break;
	case HEALTH_EMPTY:
		buf_addf(b, _("no entries are found any more (%s)"), s->detail);
		break;
	case HEALTH_SAME:
		buf_addf(b, _("all titles are the same: “%s”"), s->detail);
		break;
	case HEALTH_FEWER:
		buf_addf(b, _("far fewer entries than usual (%s)"), s->detail);
		break;
	case HEALTH_CHARSET:
		buf_addf(b, _("the character set has changed (%s)"), s->detail);
		break;
	case HEALTH_SILENT:
		add_silence(b, s, day);
		break;
	case HEALTH_CERTIFICATE:
		buf_addf(b, _("the certificate of %s ends on %s"), s->detail, day);
		break;
	case HEALTH_KINDS:
		break;
	}
}
