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
	{"sign", N_("signing for it")},
	{"return", N_("giving it back")},
	{"verify", N_("verification")},
	{"instruct", N_("instruction")},
	{"report", N_("report of the result")},
	{"consult", N_("answer of the third party")},
	{"order", N_("order")},
	{"task", N_("task")},
	{"progress", N_("progress")},
	{"feedback", N_("feedback")},
	{"lookback", N_("look-back")},
	{"objection", N_("objection")},
	{"notice", N_("telling the decision")},
	{"inform", N_("telling whether it is taken up")},
	{"triage", N_("triage")},
	{"response", N_("response")},
	{"press", N_("press conference")},
	{"decide", N_("decide")},
	{"due", N_("promise")},
	{"review", N_("review")},
	{"capture", N_("capture")},
	{"confirm", N_("confirm")},
	{"approve", N_("approve")},
	{"failed", N_("capture failed")},
	{"propose", N_("confirm order")},
	{"settle", N_("settle order")},
	{"repair", N_("dead link")},
	{"file", N_("evidence file altered")},
};

const char *due_word(const char *what)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].what, what) == 0)
			return _(words[i].label);
	return what;
}

const char *due_mark(int64_t tentative)
{
	return tentative ? _(" (暂定)") : "";
}
