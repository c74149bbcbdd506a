/*
 * init_ask.h - where `init` learns of the city, its towns and units: flags, else the
 * person at the terminal, else nobody.
 */
#ifndef CLI_INIT_ASK_H
#define CLI_INIT_ASK_H

#include "base/arena.h"
#include "base/err.h"
#include "cli/command.h"
#include "office/answers.h"

/* --city, --towns, --units; `asks` says whether a person may be asked for what no flag
 * says. An answer that cannot be is asked for again; a flag's is ERR_USAGE. */
enum err_code init_ask(
	const struct call *call, bool asks, struct arena *a, struct answers *out, struct err *e);

#endif
