/*
 * warc_row.h - one WARC record as `warc list` and `warc show` tell of it.
 */
#ifndef CLI_WARC_ROW_H
#define CLI_WARC_ROW_H

#include "base/arena.h"
#include "base/json.h"
#include "crawler/warc.h"

#define WARC_OFFSET_SIZE 24

struct warc_row {
	const struct warc_record *rec;
	bool is_http; /* then http is filled */
	struct warc_http http;
	bool has_meta; /* one of our metadata records */
	struct warc_metadata meta;
};

/* Strings live in the record and in the arena. */
void warc_row_read(const struct warc_record *rec, struct arena *a, struct warc_row *out);
/* "4711"; "@4711" for a place in the inflated text of a longer gzip member. */
void warc_offset_format(uint64_t offset, char out[WARC_OFFSET_SIZE]);
bool warc_offset_parse(const char *text, uint64_t *out);
/* Members of an open object. */
void warc_row_put_json(struct json_writer *w, const char *file, const struct warc_row *row);

#endif
