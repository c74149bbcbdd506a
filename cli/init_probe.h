/*
 * init_probe.h - the first look at the shipped sources: each is fetched once, what came is
 * taken in, and those that answered are switched on.
 */
#ifndef CLI_INIT_PROBE_H
#define CLI_INIT_PROBE_H

#include "base/err.h"
#include "cli/command.h"

/* dir: an instance. Prints a line a source. ERR_NET, ERR_STOPPED …: what came before is
 * kept, and so is everything else in the instance. */
enum err_code init_probe(const struct call *call, const char *dir, struct err *e);

#endif
