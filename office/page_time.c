/*
 * page_time.c - reading and comparing times of pages.
 */
#include "office/page_time.h"

#include "base/arena.h"
#include "base/calendar.h"
#include "crawler/document.h"

#define PAGE_MEMORY ((size_t)256 << 20)
#define DAY INT64_C(86400)

struct page_time page_time_of(int64_t at, const struct time_zone *z)
{
	struct page_time out = {at, at};
	char date[11];
	int64_t end;

	if (at == TIME_NONE)
		return out;
	calendar_date_of(at, z, date);
	if (calendar_end_of_date(date, z, &end, NULL) == ERR_OK && end - at == DAY - 1)
		out.to = end;
	return out;
}

enum err_code page_time_read(const struct page_time_page *page, const struct time_zone *z,
	struct page_time *out, struct err *e)
{
	const struct document_input in = {
		.data = page->data,
		.size = page->size,
		.type = DOCUMENT_ARTICLE,
		.url = page->url,
		.content_type = page->content_type,
		.now = page->captured_at,
		.zone = z,
	};
	struct arena *a = arena_new(PAGE_MEMORY);
	struct err why = {ERR_OK, ""};
	struct document doc = {.count = 0};
	enum err_code rc = a ? document_parse(&in, a, &doc, &why) : err_nomem(&why);

	*out = page_time_of(rc || !doc.count ? TIME_NONE : doc.items[0].published, z);
	arena_free(a);
	if (rc && rc != ERR_INPUT && rc != ERR_LIMIT)
		return err_set(e, rc, "%s", why.text);
	return ERR_OK;
}

bool page_time_differs(const struct page_time *page, const struct page_time *typed)
{
	if (page->from == TIME_NONE || typed->from == TIME_NONE)
		return false;
	return page->from - typed->to > PAGE_TIME_LATER ||
	       typed->from - page->to > PAGE_TIME_EARLIER;
}

void page_time_add(struct buf *out, const struct page_time *t, const struct time_zone *z)
{
	char text[TIME_TEXT_SIZE];

	if (t->from != t->to)
		calendar_date_of(t->from, z, text);
	else
		time_format_local(t->from, z, text);
	buf_add_str(out, text);
}
