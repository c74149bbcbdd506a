/*
 * report_json.h - a list of faults, warnings and notices (matcher/report.h) as JSON.
 */
#ifndef CLI_REPORT_JSON_H
#define CLI_REPORT_JSON_H

#include "base/buf.h"
#include "base/json.h"

/* "messages": [{"kind": "error" | "warning" | "notice", "file", "line", "column", "text",
 * "hint"}]; what is not known is absent. */
void report_json_put(struct json_writer *w, const struct buf *report);

#endif
