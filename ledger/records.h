/*
 * records.h - finding a case, response, commitment or evidence by what people type
 * (DESIGN §6.8): "YQ-2026-000123", "yq-123", "c45", "123".
 */
#ifndef LEDGER_RECORDS_H
#define LEDGER_RECORDS_H

#include "base/err.h"
#include "ledger/db.h"
#include "ledger/ids.h"

/* `want` is what a bare number means and the only type accepted. ERR_USAGE: no id of
 * that type; ERR_NOT_FOUND: no such record; ERR_REFUSED: several years have this
 * number (the message lists them). */
enum err_code records_find(
	struct db *db, enum ids_type want, const char *typed, char out[IDS_SIZE], struct err *e);

/* The next free id of a type in the year that `now` has in the office's zone; inside
 * db_begin_write(). */
enum err_code records_next(struct db *db, enum ids_type type, int year, int64_t *number,
	char out[IDS_SIZE], struct err *e);

#endif
