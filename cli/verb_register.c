/*
 * verb_register.c - `huiying register`: a matter that came by phone, paper or a link.
 *
 * At a terminal it asks for what the options do not say.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/done.h"
#include "cli/session.h"
#include "office/register.h"

#define ANSWER_MAX 2000 /* bytes of a typed line */

struct answers {
	char *title, *place, *told_by; /* malloc'd; NULL: not asked */
};

/* One line from the terminal, trimmed; NULL when it is empty. */
static enum err_code ask(const char *question, char **out, struct err *e)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	struct str s;

	*out = NULL;
	fprintf(stderr, "%s: ", question);
	fflush(stderr);
	n = getline(&line, &room, stdin);
	s = n > 0 ? str_trim((struct str){line, (size_t)n}) : (struct str){"", 0};
	if (n < 0 && !feof(stdin)) {
		free(line);
		return err_errno(e, errno, _("cannot read the answer"));
	}
	if (s.n > ANSWER_MAX || !utf8_is_valid(s.p, s.n)) {
		free(line);
		return err_set(e, ERR_INPUT, _("the answer is too long or not valid UTF-8"));
	}
	if (s.n)
		*out = strndup(s.p, s.n);
	free(line);
	return s.n && !*out ? err_nomem(e) : ERR_OK;
}

/* Asks again until it is no person's name. */
static enum err_code ask_post(char **out, struct err *e)
{
	struct err why = {ERR_OK, ""};
	enum err_code rc;

	for (;;) {
		rc = ask(_("Who told us? The post, no person's name (值班电话, 市信访局)"), out, e);
		if (rc || office_register_check_post(*out, &why) == ERR_OK)
			return rc;
		fprintf(stderr, "%s\n", why.text);
		free(*out);
		*out = NULL;
	}
}

static enum err_code ask_missing(struct office_registration *in, struct answers *a, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (!isatty(STDIN_FILENO))
		return ERR_OK;
	if (!in->title) {
		rc = ask(_("What is it about, in one line?"), &a->title, e);
		in->title = a->title;
	}
	if (!rc && !in->place) {
		rc = ask(_("Where? Town, street or village"), &a->place, e);
		in->place = a->place;
	}
	if (!rc && !in->told_by) {
		rc = ask_post(&a->told_by, e);
		in->told_by = a->told_by;
	}
	return rc;
}

static void put_more(struct json_writer *w, const void *data)
{
	const struct office_registered *r = data;

	json_put_int(w, "alert", r->alert);
	json_put_bool(w, "joined", r->joined);
	json_put_str(w, "outcome", r->outcome[0] ? r->outcome : NULL);
	json_put_str(w, "evidence", r->evidence[0] ? r->evidence : NULL);
	json_put_int(w, "masked", (int64_t)mask_total(&r->masked));
}

static enum err_code say(const struct call *call, const struct office_registered *r, struct err *e)
{
	char id[IDS_SIZE];
	enum err_code rc;

	snprintf(id, sizeof id, "S%lld", (long long)r->story);
	rc = done_line(call, id, put_more, r, e,
		r->joined ? _("%s registered (A%lld): a copy of what is there already")
			  : _("%s registered (A%lld)"),
		id, (long long)r->alert);
	if (rc)
		return rc;
	if (r->outcome[0])
		done_note(call,
			r->back ? _("%s was decided before: %s; it is back in the queue")
				: _("%s was decided before: %s; it did not come back"),
			id, r->outcome);
	if (mask_total(&r->masked))
		done_note(call,
			n_("%zu number or name of a person was hidden",
				"%zu numbers or names of persons were hidden",
				mask_total(&r->masked)),
			mask_total(&r->masked));
	if (r->evidence[0])
		done_note(call, _("the screenshot is evidence %s"), r->evidence);
	if (r->outcome[0] && !r->back)
		done_next(call, "show %s", id); /* nothing of it waits in the queue */
	else
		done_next(call, "take %s · case open %s --grade G --lead U", id, id);
	return ERR_OK;
}

static enum err_code run_register(struct call *call, struct err *e)
{
	struct office_registration in = {
		.url = strcmp(call->argv[0], "-") == 0 ? NULL : call->argv[0],
		.title = call_flag(call, "title"),
		.place = call_flag(call, "place"),
		.told_by = call_flag(call, "told-by"),
		.grade = call_flag(call, "grade"),
		.topic = call_flag(call, "topic"),
		.screenshot = call_flag(call, "screenshot"),
	};
	struct office_registered r;
	struct answers answers = {NULL, NULL, NULL};
	struct office *o = NULL;
	struct buf text;
	enum err_code rc = done_words(call, &text, e);

	in.text = buf_str(&text);
	if (!rc)
		rc = session_open(call, false, &o, e);
	if (!rc)
		rc = done_time(call, o, "published", &in.published_at, e);
	if (!rc)
		rc = ask_missing(&in, &answers, e);
	if (!rc)
		rc = office_register(o, &in, &r, e);
	if (!rc)
		rc = say(call, &r, e);
	office_close(o);
	buf_fini(&text);
	free(answers.title);
	free(answers.place);
	free(answers.told_by);
	return rc;
}

static const struct command_flag flags[] = {
	{"title", N_("TEXT"), N_("what it is about, in one line")},
	{"text", N_("TEXT"), N_("what was said or written")},
	{"file", N_("FILE"), N_("the same from a file (- for standard input)")},
	{"place", N_("PLACE"), N_("the town or street")},
	{"told-by", N_("POST"), N_("the post that told it; no names of private persons")},
	{"screenshot", N_("FILE"), N_("a picture that shows it; kept as evidence")},
	{"grade", N_("GRADE"), N_("suggest at least this grade")},
	{"topic", N_("TOPIC"), N_("this topic (name or code) besides those of the rules")},
	{"published", N_("TIME"), N_("when it was published")},
	{NULL, NULL, NULL},
};

const struct command command_register = {
	.verb = "register",
	.args = N_("URL|-"),
	.summary = N_("enter a matter that no source brings (人工登记)"),
	.help = N_(
		"URL is its page, - when there is none: a call, a letter. At a terminal it asks "
		"for "
		"title, place and who told us, where the options do not say. The rules run on it "
		"and a copy of a story that is there joins that story; it counts as discovered "
		"now. Telephone numbers, identity numbers and the like are hidden in title and "
		"text. A --screenshot is copied into evidence/ with its SHA-256; with a URL it "
		"counts when a second person confirms it."),
	.flags = flags,
	.min_args = 1,
	.max_args = 1,
	.roles = PEOPLE_WATCH | PEOPLE_SUPERVISOR,
	.run = run_register,
};
