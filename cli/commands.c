/*
 * commands.c - the command table: every verb, in the order that help lists them.
 * A verb is described and carried out in its verb_*.c.
 */
#include "cli/command.h"

extern const struct command command_help;
extern const struct command command_robots;
extern const struct command command_safe;
extern const struct command command_version;

const struct command *const command_rows[] = {
	/* everyday */
	/* rules and sources */
	/* the chain */
	/* plumbing */
	&command_robots,
	&command_safe,
	/* about */
	&command_help,
	&command_version,
};

const size_t command_row_count = sizeof command_rows / sizeof *command_rows;
