/*
 * head_key.h - the key by which this office signs the head of its chain: made by `init`,
 * another one by `audit key --new`.
 *
 * The secret is keys/head.key of the home (a directory of mode 0700, the file 0400), or
 * head.key of $CREDENTIALS_DIRECTORY, which then comes first. It is in no backup: whoever
 * holds a backup must not be able to sign. The public key stands in the ledger
 * (ledger/head_keys.h) and in head.pub beside it. Which key is ours says the ledger.
 */
#ifndef OFFICE_HEAD_KEY_H
#define OFFICE_HEAD_KEY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/sign.h"
#include "ledger/head_keys.h"
#include "office/office.h"

/* Before the ledger is made: a pair in `dir`, the one that is there when there is one. */
enum err_code head_key_prepare(const char *dir, char key[SIGN_KEY_HEX], struct err *e);
/* The newest key of the ledger. ERR_NOT_FOUND tells how to make one. */
enum err_code office_head_key(struct office *o, struct head_key *out, struct err *e);
/* Makes another one, or the first of an older ledger, and enters it: an admin's act. The
 * secret that it replaces is gone; what it signed can still be checked. */
enum err_code office_head_key_new(struct office *o, struct head_key *out, struct err *e);
/* The signed head of now (ledger/head.h). ERR_DENIED when this login may not read the
 * secret. */
enum err_code office_head_sign(struct office *o, struct buf *out, struct err *e);

#endif
