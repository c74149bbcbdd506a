/*
 * rows.c - entries for people and as JSON.
 */
#include "cli/rows.h"

#include <stdio.h>

#include "base/i18n.h"
#include "cli/output.h"

void rows_print(const struct document *d, const struct time_zone *zone)
{
	if (d->has_feed)
		output_printf(stdout, "%s  %s  %s%s\n", feed_format_name(d->feed.format),
			d->feed.encoding ? d->feed.encoding : "-",
			d->feed.title ? d->feed.title : "-",
			d->feed.malformed ? _("  (malformed, but readable)") : "");
	for (size_t i = 0; i < d->count && i < ROWS_SHOWN; i++) {
		const struct item *it = &d->items[i];
		char when[TIME_TEXT_SIZE] = "-";
		int64_t at = it->published != TIME_NONE ? it->published : it->updated;
		if (at != TIME_NONE)
			time_format_local(at, zone, when);
		output_printf(stdout, "%s  %s\n    %s\n", when, it->title ? it->title : "-",
			it->link ? it->link : "-");
	}
	if (d->count > ROWS_SHOWN)
		output_printf(stdout, _("… and %zu more\n"), d->count - ROWS_SHOWN);
}

enum err_code rows_print_json(struct document *d, const char *source, struct err *e)
{
	struct buf b;
	enum err_code rc = ERR_OK;

	buf_init(&b, (size_t)64 << 20);
	if (d->has_feed)
		feed_add_json(&b, &d->feed);
	for (size_t i = 0; i < d->count && !rc; i++) {
		d->items[i].source = source;
		item_add_json(&b, &d->items[i]);
		rc = buf_check(&b, "JSON", e);
		if (!rc)
			fputs(buf_str(&b), stdout);
		buf_clear(&b);
	}
	rc = rc ? rc : buf_check(&b, "JSON", e);
	if (!rc)
		fputs(buf_str(&b), stdout);
	buf_fini(&b);
	return rc;
}
