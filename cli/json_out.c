/*
 * json_out.c - one JSON object on standard output.
 */
#include "cli/json_out.h"

#include <stdio.h>

struct json_writer *json_out_begin(struct json_out *out)
{
	buf_init(&out->text, JSON_OUT_MAX);
	json_writer_init(&out->w, &out->text);
	json_begin_object(&out->w);
	return &out->w;
}

enum err_code json_out_end(struct json_out *out, enum err_code rc, struct err *e)
{
	json_end_object(&out->w);
	if (!rc)
		rc = buf_check(&out->text, "JSON", e);
	if (!rc)
		puts(buf_str(&out->text));
	buf_fini(&out->text);
	return rc;
}

const char *json_out_or_null(const char *s)
{
	return s && *s ? s : NULL;
}
