/*
 * supervision_json.h - objections, looks back, links and rounds as members of JSON objects.
 */
#ifndef CLI_SUPERVISION_JSON_H
#define CLI_SUPERVISION_JSON_H

#include <stddef.h>

#include "base/json.h"
#include "ledger/lookbacks.h"
#include "ledger/objections.h"
#include "ledger/rounds.h"

void supervision_put_objection(struct json_writer *w, const struct objection_record *x);
void supervision_put_lookback(struct json_writer *w, const struct lookback *x);
void supervision_put_link(struct json_writer *w, const struct case_link *x);
void supervision_put_round(struct json_writer *w, const struct round_record *x);
/* "lines": one object each. */
void supervision_put_lines(struct json_writer *w, const struct round_line *list, size_t count);

#endif
