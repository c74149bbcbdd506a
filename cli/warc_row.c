/*
 * warc_row.c - reading a record for people.
 */
#include "cli/warc_row.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/time.h"

static bool holds_http(const struct warc_record *rec)
{
	if (rec->type != WARC_RESPONSE && rec->type != WARC_REVISIT)
		return false;
	return !rec->content_type ||
	       str_is_nocase(str_sub(str_of(rec->content_type), 0, 16), "application/http");
}

void warc_row_read(const struct warc_record *rec, struct arena *a, struct warc_row *out)
{
	memset(out, 0, sizeof *out);
	out->rec = rec;
	out->is_http = holds_http(rec) && warc_http_parse(rec, &out->http);
	out->has_meta = rec->type == WARC_METADATA &&
			warc_metadata_parse(rec, a, &out->meta, NULL) == ERR_OK && out->meta.kind;
}

void warc_offset_format(uint64_t offset, char out[WARC_OFFSET_SIZE])
{
	snprintf(out, WARC_OFFSET_SIZE, "%s%llu", offset & WARC_OFFSET_INNER ? "@" : "",
		(unsigned long long)(offset & ~WARC_OFFSET_INNER));
}

bool warc_offset_parse(const char *text, uint64_t *out)
{
	bool inner = *text == '@';
	int64_t n;

	if (!str_to_int(str_of(text + inner), 0, (int64_t)(WARC_OFFSET_INNER - 1), &n))
		return false;
	*out = (uint64_t)n | (inner ? WARC_OFFSET_INNER : 0);
	return true;
}

void warc_row_put_json(struct json_writer *w, const char *file, const struct warc_row *row)
{
	const struct warc_record *rec = row->rec;
	char offset[WARC_OFFSET_SIZE];

	warc_offset_format(rec->offset, offset);
	json_put_str(w, "file", file);
	json_put_str(w, "offset", offset);
	json_put_str(w, "type", rec->type_name);
	json_put_time(w, "date", rec->date);
	if (row->is_http)
		json_put_int(w, "status", row->http.status);
	json_put_int(w, "size", (int64_t)rec->block_size);
	json_put_str(w, "url", rec->target_uri);
	json_put_str(w, "id", *rec->id ? rec->id : NULL);
	json_put_str(w, "truncated", rec->truncated);
	if (!row->has_meta)
		return;
	json_put_str(w, "source", row->meta.source);
	json_put_str(w, "want", row->meta.want);
	json_put_str(w, "kind", row->meta.kind);
	json_put_str(w, "error", row->meta.error);
	json_put_str(w, "detail", row->meta.detail);
}
