/*
 * rules_change.h - from a new text of a rule file to its install: what `rules edit` and
 * `rules revert` share. Checked, tried on the items of late, confirmed, installed.
 *
 * Confirming is a person's answer at the terminal or --yes; rules that would give more than
 * three times the alerts of today ask for their number, or --alerts N. Both commands know
 * --yes, --alerts, --since and --dry-run.
 */
#ifndef CLI_RULES_CHANGE_H
#define CLI_RULES_CHANGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/command.h"
#include "office/rulekeep.h"

struct rules_change {
	struct call *call;
	struct office *office;
	struct rulekeep keep;
	int64_t days;
	struct str text; /* borrowed from the caller */
	struct rules *rules; /* of it */
	struct rules_lines lines;
	struct backtest *test;
	struct backtest_result result;
};

/* Opens the office and the file; both are closed by rules_change_fini() on every path. */
enum err_code rules_change_open(
	struct call *call, const char *file, bool create, struct rules_change *x, struct err *e);
void rules_change_fini(struct rules_change *x);

/* The text is what is in use already. */
bool rules_change_is_none(const struct rules_change *x, struct str text);
/* Faults are told on stderr: ERR_CONFIG. `text` must live until it is installed. */
enum err_code rules_change_check(struct rules_change *x, struct str text, struct err *e);
/* The changed lines and what they change, on stdout. */
enum err_code rules_change_try(struct rules_change *x, struct err *e);

enum rules_change_answer { RULES_INSTALL, RULES_EDIT, RULES_GIVE_UP };

/* can_edit: there is an editor to go back to. */
enum err_code rules_change_confirm(
	struct rules_change *x, bool can_edit, enum rules_change_answer *out, struct err *e);
/* 再改 or 放弃? of rules that are not right; the end of input gives up. */
enum err_code rules_change_ask_again(enum rules_change_answer *out, struct err *e);
enum err_code rules_change_install(struct rules_change *x, const char *how, struct err *e);
/* --json: the one object of the command; installed false: --dry-run or nothing changed. */
enum err_code rules_change_print_json(const struct rules_change *x, bool installed, struct err *e);

#endif
