/*
 * when.c - lengths of time for tables.
 */
#include "cli/when.h"

#include <stdio.h>

#include "base/i18n.h"
#include "office/due.h"

static void format_span(int64_t seconds, char *out, size_t size)
{
	long long s = seconds < 0 ? 0 : (long long)seconds;

	/* TRANSLATORS: minutes; hours and minutes; days and hours. */
	if (s < 3600)
		snprintf(out, size, _("%lldm"), s / 60);
	else if (s < 86400)
		snprintf(out, size, _("%lldh%02lldm"), s / 3600, s % 3600 / 60);
	else
		snprintf(out, size, _("%lldd%lldh"), s / 86400, s % 86400 / 3600);
}

void when_format_span(int64_t seconds, char out[WHEN_SIZE])
{
	format_span(seconds, out, WHEN_SIZE);
}

void when_format_due(int64_t due, int64_t now, char out[WHEN_SIZE])
{
	char span[WHEN_SIZE - 32]; /* room for the words around it */

	format_span(due >= now ? due - now : now - due, span, sizeof span);
	/* TRANSLATORS: a table cell; %s is a length of time such as 3h20m. */
	snprintf(out, WHEN_SIZE, due >= now ? _("in %s") : _("late %s"), span);
}

void when_format_limit(int64_t due, int64_t tentative, int64_t now, char out[WHEN_SIZE])
{
	char left[WHEN_SIZE];
	int n;

	when_format_due(due, now, left);
	n = snprintf(out, WHEN_SIZE, "%s%s", left, due_mark(tentative));
	if (n < 0 || n >= WHEN_SIZE)
		snprintf(out, WHEN_SIZE, "%s", left);
}
