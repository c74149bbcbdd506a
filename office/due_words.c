/*
 * due_words.c - what falls due, in words.
 */
#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "office/due.h"

static const struct {
	const char *what, *label;
} words[] = {
	{"triage", N_("triage")},
	{"response", N_("response")},
	{"press", N_("press conference")},
	{"decide", N_("decide")},
	{"due", N_("promise")},
	{"review", N_("review")},
	{"capture", N_("capture")},
	{"confirm", N_("confirm")},
	{"failed", N_("capture failed")},
};

const char *due_word(const char *what)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].what, what) == 0)
			return _(words[i].label);
	return what;
}
