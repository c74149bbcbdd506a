/*
 * evidence_files.h - are the files of evidence still what they were when they were taken
 * in? Each is compared with the SHA-256 in its event: a file or screenshot as a whole, of a
 * page the body that was captured.
 *
 * Verifying reads them all. A glance looks at what the system says of each - is it there, has
 * it its size, was it written to since - and reads only what that makes doubtful; who alters
 * a file and sets its time back is found by the weekly `evidence check` and by verifying.
 */
#ifndef OFFICE_EVIDENCE_FILES_H
#define OFFICE_EVIDENCE_FILES_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "office/office.h"

struct evidence_files {
	int64_t same;
	int64_t erased; /* by order of law, or their name is: not looked at */
	int64_t read; /* of a glance: those that had to be read */
	int64_t wrong;
	struct buf names; /* "ZJ-2026-000001 is gone, ZJ-…", a prefix of them when they are many */
};

/* Either begins *out, which is ended by evidence_files_fini() whatever comes back. */
enum err_code evidence_files_verify(struct office *o, struct evidence_files *out, struct err *e);
enum err_code evidence_files_glance(struct office *o, struct evidence_files *out, struct err *e);
void evidence_files_fini(struct evidence_files *f);
/* ERR_INTEGRITY names what is wrong. */
enum err_code evidence_files_judge(const struct evidence_files *f, struct err *e);

#endif
