/*
 * words.c - the table of the record's words and their translations.
 */
#include "cli/words.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"

static const struct {
	const char *of, *word, *label;
} labels[] = {
	{"case", "open", N_("in hand")},
	{"case", "finished", N_("finished")},
	{"case", "closed", N_("closed")},
	{"response", "pending", N_("waiting")},
	{"response", "accepted", N_("accepted")},
	{"response", "rejected", N_("rejected")},
	{"promise", "open", N_("taken or refused?")},
	{"promise", "taken", N_("taken")},
	{"promise", "refused", N_("no promise")},
	{"promise", "void", N_("the answer was rejected")},
	{"evidence", "pending", N_("capture pending")},
	{"evidence", "captured", N_("captured")},
	{"evidence", "failed", N_("capture failed")},
	{"evidence", "page", N_("web page")},
	{"evidence", "file", N_("file copy")},
	{"evidence", "screenshot", N_("screenshot")},
	{"kind", "fact", N_("fact")},
	{"kind", "measure", N_("measure")},
	{"kind", "result", N_("result")},
	{"kind", "apology", N_("apology")},
	{"kind", "clarification", N_("clarification")},
	{"clock", "response", N_("response")},
	{"clock", "press", N_("press conference")},
	{"clock", "undated", N_("review of the undated promise")},
	{"start", "discovered", N_("discovered")},
	{"start", "triage-limit", N_("end of the triage limit")},
	{"start", "published", N_("publication")},
	{"purpose", "proof", N_("proof that it was done")},
	{"purpose", "publication", N_("tells the public that it was done")},
	{"purpose", "reason", N_("tells the public why it cannot be done")},
	{"purpose", "response", N_("page of the answer")},
	{"notice", "waiting", N_("waiting")},
	{"notice", "handed", N_("on its way")},
	{"notice", "sent", N_("sent")},
	{"notice", "unknown", N_("unknown")},
	{"notice", "failed", N_("failed")},
	{"due", "triage", N_("triage")},
	{"due", "response", N_("response")},
	{"due", "press", N_("press conference")},
	{"due", "decide", N_("decide")},
	{"due", "due", N_("promise")},
	{"due", "review", N_("review")},
	{"due", "capture", N_("capture")},
	{"due", "confirm", N_("confirm")},
	{"due", "failed", N_("capture failed")},
};

const char *words_of(const char *of, const char *word)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		if (strcmp(labels[i].of, of) == 0 && strcmp(labels[i].word, word) == 0)
			return _(labels[i].label);
	}
	return word;
}

const char *words_unit(const char *word, int64_t n)
{
	if (strcmp(word, "hours") == 0)
		return n_("hour", "hours", n);
	if (strcmp(word, "minutes") == 0)
		return n_("minute", "minutes", n);
	if (strcmp(word, "days") == 0)
		return n_("day", "days", n);
	if (strcmp(word, "working days") == 0)
		return n_("working day", "working days", n);
	return word;
}
