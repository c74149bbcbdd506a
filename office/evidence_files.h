/*
 * evidence_files.h - are the files of evidence still what they were when they were taken
 * in? Each is compared with the SHA-256 in its event: a file or screenshot as a whole, of a
 * page the body that was captured.
 */
#ifndef OFFICE_EVIDENCE_FILES_H
#define OFFICE_EVIDENCE_FILES_H

#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

struct evidence_files {
	int64_t same;
	int64_t erased; /* by order of law */
};

/* ERR_INTEGRITY names every one that is gone or another. */
enum err_code evidence_files_verify(struct office *o, struct evidence_files *out, struct err *e);

#endif
