/*
 * err.h - how every module reports a failure.
 *
 * A function that can fail returns enum err_code (ERR_OK is 0) and takes a
 * `struct err *` as its last argument.  The caller owns that struct; the text
 * is written once, where the fault is known, and prefixed on the way up
 * ("sources.conf:12:5: …").  Texts are for people: whole, translated with _(),
 * without a final newline.  Text from outside may be put in raw; whoever prints
 * the text makes it safe (base/text.h).  A text over the limit ends in "…".
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_code {
	ERR_OK,
	ERR_NO, /* the answer is no, or something is overdue; nothing failed */
	ERR_REFUSED, /* an act that the rules of the office do not allow */
	ERR_DENIED, /* an act that this person may not do */
	ERR_USAGE, /* wrong command line */
	ERR_CONFIG, /* a configuration or rule file is wrong */
	ERR_NOT_FOUND, /* no such record, file or name */
	ERR_INPUT, /* foreign data that cannot be read */
	ERR_LIMIT, /* a declared maximum was reached */
	ERR_BUSY, /* somebody else holds the lock */
	ERR_IO, /* the system refused: file, disk, database */
	ERR_NET, /* a fetch failed */
	ERR_NOMEM,
	ERR_STOPPED, /* a signal asked us to stop; what was done is kept */
	ERR_INTEGRITY, /* the record of account does not verify */
};

#define ERR_TEXT_MAX 2048

struct err {
	enum err_code code;
	char text[ERR_TEXT_MAX];
};

/* Fills e (may be NULL) and returns code, so that `return err_set(…)` reads well. */
enum err_code err_set(struct err *e, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* As err_set for a failed system call: appends ": strerror(errnum)". ENOMEM
 * becomes ERR_NOMEM, ENOENT ERR_NOT_FOUND, everything else ERR_IO. */
enum err_code err_errno(struct err *e, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts text in front of the one there is; returns e->code (ERR_IO when e is NULL). */
enum err_code err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Always ERR_NOMEM, with its standard text. */
enum err_code err_nomem(struct err *e);

void err_clear(struct err *e);

/* The process exit code of DESIGN §7: 0 done, 1 no or refused, 2 usage or
 * config, 3 runtime failure, 4 integrity failure. */
int err_exit_code(enum err_code code);

#endif
