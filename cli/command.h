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

#include "base/err.h"
#include "base/log.h"
#include "base/path.h"
#include "base/sig.h"

struct command_flag {
	const char *name; /* long name without "--" */
	const char *arg;  /* placeholder of its value, NULL for a switch */
	const char *help; /* N_() */
};

struct call;

struct command {
	const char *verb;    /* "match", "case open" */
	const char *args;    /* "CASE… [--x]" for the synopsis; "" for none */
	const char *summary; /* N_(), one line without a full stop */
	const char *help;    /* N_(), paragraphs; NULL: the summary */
	const struct command_flag *flags; /* ends with name NULL; NULL: none but the common ones */
	int min_args, max_args;           /* positional; max -1: any number */
	enum err_code (*run)(struct call *call, struct err *e);
};

/* Every command, in the order that help lists them. */
extern const struct command *const command_rows[];
extern const size_t command_row_count;

#define CALL_FLAGS_MAX 32

struct call {
	const struct command *command;
	int argc;            /* positional arguments */
	const char **argv;
	struct { const char *name, *value; } flags[CALL_FLAGS_MAX];
	int flag_count;
	bool json, quiet, verbose; /* --json -q -v, known to every command */
	const char *home_option;   /* --home */
	struct path_home home;
	struct log log;
	const char *program_path;  /* argv[0] */
};

/* The value of --name, or NULL when not given ("" for a switch). A flag given
 * twice is a usage error unless asked for with call_flag_at(). */
const char *call_flag(const struct call *c, const char *name);
bool call_has(const struct call *c, const char *name);
/* n-th occurrence, for flags that may be repeated. */
const char *call_flag_at(const struct call *c, const char *name, int n);

/* Parses argv, finds the command and fills the call. */
enum err_code command_parse(int argc, const char **argv, struct call *out, struct err *e);

#endif
