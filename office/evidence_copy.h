/*
 * evidence_copy.h - what we keep of a piece of evidence: evidence/ID.warc.gz of a page,
 * evidence/ID.<extension> of a file or screenshot.
 */
#ifndef OFFICE_EVIDENCE_COPY_H
#define OFFICE_EVIDENCE_COPY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "ledger/evidence.h"
#include "office/act.h"
#include "office/evidence.h"

enum evidence_copy_state {
	EVIDENCE_COPY_SAME, /* its SHA-256 is the ledger's */
	EVIDENCE_COPY_CHANGED, /* 证据文件被改动 */
	EVIDENCE_COPY_MISSING,
};

/* Its path, malloc'd, whether it is there or not. `what` is added to the id of a page's: "" the
 * capture,
 * ".2" the second of a page that changed. */
enum err_code evidence_copy_path(const struct office *o, const struct evidence_record *x,
	const char *what, char **out, struct err *e);
/* Inside an act: the records of a capture, as evidence_copy_path() says. */
void evidence_copy_records(struct act *a, const struct evidence_record *x, const char *what,
	const struct evidence_capture *c);

/* Reads it and compares. */
enum err_code evidence_copy_look(const struct office *o, const struct evidence_record *x,
	enum evidence_copy_state *out, struct err *e);

/* The page that was captured: its body, decoded, and the value of Content-Type. Both are begun
 * here and the caller's to end. *found is false when the copy is not what the ledger says. */
enum err_code evidence_copy_page(const struct office *o, const struct evidence_record *x,
	struct buf *body, struct buf *content_type, bool *found, struct err *e);

#endif
