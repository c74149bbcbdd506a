/*
 * command.h - the command table: one row a verb, from which help, the man page
 * synopsis and shell completion are made.
 *
 * A verb may have two words ("case open"). Its function gets the parsed call and
 * returns ERR_OK or an error whose text main prints. Data goes to stdout,
 * messages and progress to stderr.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/path.h"
#include "base/sig.h"
#include "office/people.h"

struct command_flag {
	const char *name; /* long name without "--" */
	const char *arg; /* placeholder of its value, NULL for a switch */
	const char *help; /* N_() */
};

struct call;
struct listing;

/* For verbs that everybody may use who can read the files: listings, plumbing, what the
 * system itself runs. */
#define COMMAND_ANYBODY (~0u)

struct command {
	const char *verb; /* "match", "case open" */
	const char *args; /* "CASE… [--x]" for the synopsis; "" for none */
	const char *summary; /* N_(), one line without a full stop */
	const char *help; /* N_(), paragraphs; NULL: the summary */
	const struct command_flag *flags; /* ends with name NULL; NULL: none but the common ones */
	int min_args, max_args; /* positional; max -1: any number */
	unsigned roles; /* bits of enum people_role, any of them will do; or COMMAND_ANYBODY */
	/* It does what another may have done or undone meanwhile: what the terminal showed last is
	 * checked without --seen (cli/seen.h). */
	bool overwrites;
	bool personal; /* and a login of one's own, neither shared nor the super-user */
	enum err_code (*run)(struct call *call, struct err *e);
	const struct listing *listing; /* in the place of run: all that it does (cli/listing.h) */
};

/* Every command, in the order that help lists them (cli/commands.c). */
extern const struct command *const command_rows[];
extern const size_t command_row_count;

/* What a row asks of whoever uses it: "Needs the role watch or supervisor." or, for
 * COMMAND_ANYBODY, nothing. */
void command_add_needs(struct buf *b, const struct command *c);

/* Flags that every command knows; ends with name NULL. */
extern const struct command_flag command_common_flags[];

#define CALL_FLAGS_MAX 32

struct call {
	const struct command *command;
	int argc; /* positional arguments */
	const char **argv;
	struct {
		const char *name, *value;
	} flags[CALL_FLAGS_MAX];
	int flag_count;
	bool json, quiet, verbose; /* --json -q -v, known to every command */
	const char *home_option; /* --home */
	struct path_home home;
	struct log log;
};

/* The value of --name, or NULL when not given ("" for a switch). A flag given
 * twice is a usage error unless asked for with call_flag_at(). */
const char *call_flag(const struct call *c, const char *name);
bool call_has(const struct call *c, const char *name);
/* n-th occurrence, for flags that may be repeated. */
const char *call_flag_at(const struct call *c, const char *name, int n);

/* Finds the command and fills the call (not its home and log). argv must outlive it; the
 * positional words are gathered in `words`, which has room for argc pointers. -h gives the
 * command "help" with the verb as its words. */
enum err_code command_parse(
	int argc, char **argv, const char **words, struct call *out, struct err *e);

/* The row of a verb ("case open"), or NULL. */
const struct command *command_find(const char *verb);

#endif
