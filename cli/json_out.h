/*
 * json_out.h - one JSON object on standard output: what --json prints for one thing, and
 * for each row of a listing.
 *
 *	struct json_out out;
 *	struct json_writer *w = json_out_begin(&out);
 *
 *	json_put_str(w, "id", id);
 *	return json_out_end(&out, ERR_OK, e);
 *
 * Nothing is printed before the object is whole: one that is too long, or that could not
 * be made, leaves no half line behind. Every begin has its end.
 */
#ifndef CLI_JSON_OUT_H
#define CLI_JSON_OUT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

struct json_out {
	struct buf text; /* at most JSON_OUT_MAX bytes */
	struct json_writer w; /* writes to text: the struct does not move */
};

#define JSON_OUT_MAX ((size_t)512 << 20) /* the longest: a body of 64 MiB, escaped */

/* The writer to put members with; it lives in out. */
struct json_writer *json_out_begin(struct json_out *out);
/* Closes the object, prints it and a newline unless rc is an error, frees it. Returns rc,
 * or the fault of the text. */
enum err_code json_out_end(struct json_out *out, enum err_code rc, struct err *e);

/* "" is no value: NULL, which is written as null. */
const char *json_out_or_null(const char *s);

#endif
