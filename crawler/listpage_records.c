/*
 * listpage_records.c - rows that stand in a script until the browser shows them.
 */
#include <string.h>

#include "crawler/listpage_private.h"

static const char store_start[] = "<datastore>";
static const char store_end[] = "</datastore>";
static const char record_start[] = "<record>";
static const char cdata_start[] = "<![CDATA[";
static const char cdata_end[] = "]]>";

/* The last "<script" before `at`, or `at`. */
static size_t script_before(struct str s, size_t at)
{
	size_t found = at;

	for (size_t i = at > 200 ? at - 200 : 0; i < at; i++)
		if (str_is_nocase(str_sub(s, i, i + 7), "<script"))
			found = i;
	return found;
}

static void add_records(struct str store, struct buf *out)
{
	for (size_t at = 0; (at = str_find(store, record_start, at)) < store.n;) {
		size_t from = str_find(store, cdata_start, at);
		size_t to = str_find(store, cdata_end, from);
		if (to >= store.n)
			return;
		from += sizeof cdata_start - 1;
		buf_add(out, store.p + from, to - from);
		at = to;
	}
}

bool listpage_unpack_records(struct str page, struct buf *out)
{
	size_t done = 0, at;
	bool any = false;

	while ((at = str_find(page, store_start, done)) < page.n) {
		size_t end = str_find(page, store_end, at);
		size_t script = script_before(page, at);
		size_t behind = str_find(page, "</script>", end);
		buf_add(out, page.p + done, script > done ? script - done : 0);
		add_records(str_sub(page, at, end), out);
		done = behind < page.n ? behind + strlen("</script>") : page.n;
		any = true;
	}
	if (any)
		buf_add(out, page.p + done, page.n - done);
	return any;
}
