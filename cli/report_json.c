/*
 * report_json.c - the list of a report, entry by entry.
 */
#include "cli/report_json.h"

#include "matcher/report.h"

static void put_view(struct json_writer *w, const char *key, struct str s)
{
	json_key(w, key);
	json_add_strn(w, s.p, s.n);
}

static void put_entry(struct json_writer *w, const struct report_entry *entry)
{
	static const char *const kinds[] = {"error", "warning", "notice"};

	json_begin_object(w);
	json_put_str(w, "kind", kinds[entry->kind]);
	if (entry->file.n)
		put_view(w, "file", entry->file);
	if (entry->line)
		json_put_int(w, "line", entry->line);
	if (entry->column)
		json_put_int(w, "column", entry->column);
	put_view(w, "text", entry->text);
	if (entry->hint.n)
		put_view(w, "hint", entry->hint);
	json_end_object(w);
}

void report_json_put(struct json_writer *w, const struct buf *report)
{
	struct str rest = {buf_str(report), report->len};
	struct report_entry entry;

	json_key(w, "messages");
	json_begin_array(w);
	while (report_read(&rest, &entry))
		put_entry(w, &entry);
	json_end_array(w);
}
