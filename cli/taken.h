/*
 * taken.h - what an ingest brought, said the same way by `ingest` and `crawl`.
 */
#ifndef CLI_TAKEN_H
#define CLI_TAKEN_H

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "office/ingest.h"

/* The members of an open object. */
void taken_put_json(struct json_writer *w, const struct ingest_result *r);
/* "3 new items, 1 changed, 2 alerts, 0 failures, 0 problems" and a newline on stdout. */
void taken_print(const struct ingest_result *r);

#endif
