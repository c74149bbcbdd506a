/*
 * import_private.h - what the imports of orders, items, tasks and answers share.
 */
#ifndef OFFICE_IMPORT_PRIVATE_H
#define OFFICE_IMPORT_PRIVATE_H

#include "base/hash.h"
#include "crawler/table_rows.h"
#include "office/import.h"

struct import_job {
	struct office *office;
	const struct import_options *opt;
	struct import_result *out;
	struct arena *arena; /* out->arena */
	struct table_mapping mapping;
	struct table_sheet sheet;
	struct table_map map;
	struct table_rows rows;
	struct hash sha256; /* of the file */
	int64_t now;
	bool answers; /* of units: what counts of a row is its answer */
	bool whole; /* one act: all is kept or nothing */
	size_t refused_room, remark_room;
};

/* Role, file, mapping, head, records; fills the result's front part. */
enum err_code import_begin(struct import_job *j, const char *act, struct err *e);
/* Notes sorted, mapping saved; ERR_INPUT when nothing at all could be taken. */
enum err_code import_end(struct import_job *j, struct err *e);
/* The words of a time name an hour, not a day alone. */
bool import_has_clock(const char *s);
/* opt->path into `sheet` and `sha256`. */
enum err_code import_read_sheet(struct import_job *j, struct err *e);
enum err_code import_refuse(struct import_job *j, size_t row, const char *why, struct err *e);
enum err_code import_remark(struct import_job *j, size_t row, const char *why, struct err *e);
/* Transactions, all in one that is rolled back in a dry run. */
enum err_code import_write(struct import_job *j, struct err *e);
enum err_code import_commit(struct import_job *j, struct err *e);
/* Between two steps: progress, and ERR_STOPPED when a signal asks to stop. */
enum err_code import_step(struct import_job *j, size_t done, size_t total, struct err *e);

/* mappings/NAME.conf (office/import_mapping.c). */
enum err_code import_mapping_load(struct import_job *j, struct err *e);
enum err_code import_mapping_save(struct import_job *j, struct err *e);

#endif
