/*
 * rules_then.h - what the rules said of a text when it came, beside what they say now.
 */
#ifndef CLI_RULES_THEN_H
#define CLI_RULES_THEN_H

#include <stdio.h>

#include "base/json.h"
#include "matcher/match.h"

struct rules_then {
	const char *hash; /* of the rules then; "" not known */
	const struct json *topics; /* array of {"topic","code","score","grade","why"} */
	const char *code; /* look at this topic alone; NULL: at all */
};

/* One line when nothing changed, else each topic that did, with the lines that hit then or
 * hit now only. */
enum err_code rules_then_print(FILE *f, const struct rules_then *then, const struct rules *now,
	const struct match_result *m, struct err *e);

#endif
