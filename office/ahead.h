/*
 * ahead.h - the records of a WARC file in their order, read, decoded and parsed by a thread
 * of its own a few records ahead of who takes them in.
 *
 * Parsing needs no ledger, storing nothing else: each has one processor. The thread sees
 * nothing that changes - the file, the sources, the settings - and hands over one answer at
 * a time; it holds at most AHEAD_SLOTS of them, and of large ones fewer. As long as most items turn
 * out to be new it judges them too; of known ones that would be in vain.
 */
#ifndef OFFICE_AHEAD_H
#define OFFICE_AHEAD_H

#include "base/err.h"
#include "office/answer.h"

#define AHEAD_SLOTS 8

struct ahead;

/* The file at `path`, behind the record at *behind (NULL: from its beginning). What is
 * borrowed must live until ahead_close(); the tools are the thread's until then. ERR_INPUT:
 * it is no WARC. */
enum err_code ahead_open(const char *path, const struct answer_settings *s,
	struct draft_tools *tools, const uint64_t *behind, struct ahead **out, struct err *e);
/* Whether most of what comes now will be new. Not, until it is said. */
void ahead_expect_news(struct ahead *a, bool on);
/* The next response, metadata or revisit record; *out is valid until the next call.
 * ERR_NOT_FOUND: there is none. ERR_INPUT, ERR_LIMIT: a record that cannot be read, at
 * (*out)->rec.offset; call again to go on. */
enum err_code ahead_next(struct ahead *a, struct answer **out, struct err *e);
void ahead_close(struct ahead *a); /* NULL is fine */

#endif
