/*
 * init_ask.c - three questions.
 */
#include "cli/init_ask.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "cli/ask.h"
#include "cli/output.h"

#define TRIES 3

/* Takes one answer: a word, a list or the name of a file. */
typedef enum err_code take_fn(struct answers *w, struct arena *a, const char *word, struct err *e);

static enum err_code take_city(struct answers *w, struct arena *a, const char *word, struct err *e)
{
	return answers_set_city(w, a, word, e);
}

static enum err_code add_towns(
	struct answers *w, struct arena *a, const struct buf *b, struct err *e)
{
	return answers_add_towns(w, a, buf_str(b), e);
}

static enum err_code add_units(
	struct answers *w, struct arena *a, const struct buf *b, struct err *e)
{
	return answers_add_unit_table(w, a, buf_str(b), b->len, e);
}

/* What is wrong in a file is told with its name. */
static enum err_code take_file(struct answers *w, struct arena *a, const char *path,
	enum err_code (*add)(
		struct answers *w, struct arena *a, const struct buf *b, struct err *e),
	struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, ANSWERS_FILE_MAX * 4);
	rc = answers_read_file(path, &b, e);
	if (!rc)
		rc = add(w, a, &b, e);
	if (rc == ERR_USAGE || rc == ERR_INPUT)
		err_prefix(e, "%s: ", path);
	buf_fini(&b);
	return rc;
}

static enum err_code take_towns_file(
	struct answers *w, struct arena *a, const char *word, struct err *e)
{
	return take_file(w, a, word, add_towns, e);
}

static enum err_code take_units_file(
	struct answers *w, struct arena *a, const char *word, struct err *e)
{
	return take_file(w, a, word, add_units, e);
}

static bool is_file(const char *word)
{
	return strchr(word, '/') || str_has_suffix(str_of(word), ".csv") ||
	       str_has_suffix(str_of(word), ".txt");
}

static enum err_code take_towns(struct answers *w, struct arena *a, const char *word, struct err *e)
{
	return is_file(word) ? take_towns_file(w, a, word, e) : answers_add_towns(w, a, word, e);
}

static enum err_code take_units(struct answers *w, struct arena *a, const char *word, struct err *e)
{
	return is_file(word) ? take_units_file(w, a, word, e)
			     : answers_add_unit_names(w, a, word, e);
}

static const struct question {
	const char *flag, *text;
	take_fn *by_flag, *by_answer;
} questions[] = {
	{"city", N_("City or county, e.g. 某某市 (Enter: as shipped, 凯里市):"), take_city,
		take_city},
	{"towns", N_("Its towns and streets, separated by 、, or a file (Enter: as shipped):"),
		take_towns_file, take_towns},
	{"units", N_("Units that answer, separated by 、, or a CSV file (Enter: as shipped):"),
		take_units_file, take_units},
};

static enum err_code ask(
	const struct question *q, struct arena *a, struct answers *out, struct err *e)
{
	struct err why = {ERR_OK, ""};
	struct buf line;
	enum err_code rc = ERR_OK;

	buf_init(&line, 65536);
	for (int i = 0; !rc && i < TRIES; i++) {
		struct answers before = *out;
		enum err_code taken;
		rc = ask_line(_(q->text), &line, e);
		if (rc || line.len == 0)
			break;
		taken = q->by_answer(out, a, buf_str(&line), &why);
		if (!taken)
			break;
		*out = before;
		if (taken == ERR_NOMEM || i + 1 == TRIES)
			rc = err_set(e, taken, "%s", why.text);
		else
			output_printf(stderr, "%s\n", why.text);
	}
	buf_fini(&line);
	return rc;
}

enum err_code init_ask(
	const struct call *call, bool asks, struct arena *a, struct answers *out, struct err *e)
{
	enum err_code rc = ERR_OK;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; !rc && i < sizeof questions / sizeof *questions; i++) {
		const struct question *q = &questions[i];
		const char *given = call_flag(call, q->flag);
		if (given)
			rc = q->by_flag(out, a, given, e);
		else if (asks)
			rc = ask(q, a, out, e);
	}
	return rc;
}
