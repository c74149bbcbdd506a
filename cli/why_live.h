/*
 * why_live.h - a verdict in plain words while the rules that made it are at hand.
 */
#ifndef CLI_WHY_LIVE_H
#define CLI_WHY_LIVE_H

#include <stdio.h>

#include "base/err.h"
#include "matcher/match.h"

/* Every topic of the result, those that alert first; in's texts end with NUL. main_file is
 * how the first rule file is called; NULL: keywords.conf. */
enum err_code why_live_print(FILE *f, const struct rules *r, const struct match_input *in,
	const struct match_result *m, const char *main_file, struct err *e);

#endif
