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
	{"response", "accepted", N_("accepted (认定)")},
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
	{"task", "once", N_("once")},
	{"task", "continuous", N_("goes on")},
	{"task", "recurring", N_("each time")},
	{"task", "triggered", N_("when set off")},
	{"task", "open", N_("in hand")},
	{"task", "closed", N_("closed")},
	{"clock", "response", N_("response")},
	{"clock", "press", N_("press conference")},
	{"clock", "undated", N_("review of the undated promise")},
	{"start", "discovered", N_("discovered")},
	{"start", "triage-limit", N_("end of the triage limit")},
	{"start", "published", N_("publication")},
	{"clock", "sign", N_("signing for it")},
	{"clock", "return", N_("giving it back")},
	{"clock", "verify", N_("verification")},
	{"clock", "instruct", N_("instruction")},
	{"clock", "report", N_("report of the result")},
	{"clock", "consult", N_("answer of the third party")},
	{"clock", "order", N_("order")},
	{"clock", "task", N_("task")},
	{"clock", "progress", N_("progress")},
	{"clock", "feedback", N_("feedback")},
	{"clock", "lookback", N_("look-back")},
	{"clock", "objection", N_("objection")},
	{"clock", "notice", N_("telling the decision")},
	{"clock", "inform", N_("telling whether it is taken up")},
	{"start", "raised", N_("raising")},
	{"start", "assigned", N_("assignment")},
	{"start", "signed", N_("signing for it")},
	{"start", "returned", N_("return")},
	{"start", "claimed", N_("claim")},
	{"start", "instructed", N_("instruction")},
	{"start", "consulted", N_("question to the third party")},
	{"start", "done", N_("completion")},
	{"start", "accepted", N_("acceptance")},
	{"start", "made", N_("making of the plan")},
	{"start", "trigger", N_("trigger")},
	{"start", "period", N_("end of the period")},
	{"start", "ordered", N_("order of supervision")},
	{"start", "closed", N_("closing")},
	{"start", "decided", N_("decision")},
	{"category", "a", N_("a policy is misread")},
	{"category", "b", N_("it touches the interests of many")},
	{"category", "c", N_("it offends against common decency")},
	{"category", "d", N_("an emergency or natural disaster")},
	{"category", "e", N_("the level above demands an answer")},
	{"category", "f", N_("a matter of wide public attention")},
	{"unit", "hours", N_("hours")},
	{"unit", "minutes", N_("minutes")},
	{"unit", "days", N_("days")},
	{"unit", "working days", N_("working days")},
	{"unit", "year end", N_("year end")},
	{"purpose", "proof", N_("proof that it was done")},
	{"purpose", "publication", N_("tells the public that it was done")},
	{"purpose", "reason", N_("tells the public why it is not done, or not in time")},
	{"purpose", "response", N_("page of the answer")},
	{"search", "item", N_("item")},
	{"search", "order", N_("hotline order")},
	{"search", "alert", N_("alert")},
	{"search", "case", N_("case")},
	{"search", "response", N_("answer")},
	{"search", "promise", N_("promise")},
	{"search", "evidence", N_("evidence")},
	{"search", "task", N_("plan task")},
	{"search", "supervision", N_("order of supervision")},
	{"search", "round", N_("checking round")},
	{"search", "objection", N_("objection")},
	{"search", "other", N_("other")},
	{"wanted", "article", N_("article")},
	{"wanted", "page", N_("next page")},
	{"wanted", "evidence", N_("evidence")},
	{"notice", "waiting", N_("waits to be sent")},
	{"notice", "handed", N_("on its way")},
	{"notice", "sent", N_("sent")},
	{"notice", "unknown", N_("perhaps delivered")},
	{"notice", "failed", N_("failed")},
	{"order", "proposed", N_("proposed")},
	{"order", "issued", N_("issued")},
	{"order", "answered", N_("answered, to be settled")},
	{"order", "settled", N_("concluded")},
	{"order", "withdrawn", N_("withdrawn")},
	{"order", "lapsed", N_("lapsed")},
	{"order", "done", N_("done")},
	{"order", "explained", N_("explained")},
	{"order", "talked", N_("talked to")},
	{"order", "circulated", N_("circulated")},
	{"order", "moved", N_("its date was moved")},
	{"order", "higher", N_("a higher level took its place")},
	{"told", "unit", N_("unit")},
	{"told", "supervisor", N_("supervisor")},
	{"told", "leader", N_("leader")},
	{"objection", "public", N_("the public")},
	{"objection", "unit", N_("a unit")},
	{"objection", "open", N_("undecided")},
	{"objection", "upheld", N_("upheld")},
	{"objection", "rejected", N_("not upheld")},
	{"link", "rebound", N_("relapse found at a look-back")},
	{"link", "recurring", N_("the matter came back")},
	{"clock", "promise", N_("promise")},
	{"clock", "triage", N_("triage")},
	{"link", "dead", N_("link dead")},
	{"link", "changed", N_("page changed")},
	{"link", "lost", N_("promise gone from the page")},
	{"copy", "changed", N_("evidence file altered")},
	{"copy", "missing", N_("evidence file missing")},
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

const char *words_or_erased(const char *words)
{
	return words ? words : _("(erased by order of law)");
}
