/*
 * opml_write.c - sources as OPML.
 */
#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "crawler/opml.h"

static const char *const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char *const months[] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static void add_escaped(struct buf *b, const char *s)
{
	for (; *s; s++) {
		switch (*s) {
		case '&':
			buf_add_str(b, "&amp;");
			break;
		case '<':
			buf_add_str(b, "&lt;");
			break;
		case '>':
			buf_add_str(b, "&gt;");
			break;
		case '"':
			buf_add_str(b, "&quot;");
			break;
		default:
			buf_add_char(b, (unsigned char)*s < 0x20 ? ' ' : *s);
		}
	}
}

static void add_attr(struct buf *b, const char *name, const char *value)
{
	if (!value)
		return;
	buf_addf(b, " %s=\"", name);
	add_escaped(b, value);
	buf_add_char(b, '"');
}

/* RFC 822 with a four-digit year, as OPML wants it. */
static void add_date(struct buf *b, int64_t at)
{
	struct time_civil c;

	time_to_civil(at, NULL, &c);
	buf_addf(b, "%s, %02d %s %04d %02d:%02d:%02d GMT",
		weekdays[time_weekday(time_days_from_civil(c.year, c.month, c.day))], c.day,
		months[c.month - 1], c.year, c.hour, c.minute, c.second);
}

static void add_own(struct buf *b, const struct source *s)
{
	buf_addf(b, " huiying:id=\"%s\" huiying:kind=\"%s\" huiying:every=\"%llds\"", s->id,
		source_kind_name(s->kind), (long long)s->every);
	add_attr(b, "huiying:charset", s->charset);
	if (s->local)
		add_attr(b, "huiying:local", "yes");
	if (!s->enabled)
		add_attr(b, "huiying:enabled", "no");
}

static void add_source(struct buf *b, const struct source *s, bool version1)
{
	bool feed = s->kind == DOCUMENT_FEED;

	buf_add_str(b, "    <outline");
	add_attr(b, "type", feed ? "rss" : "link");
	add_attr(b, "text", s->name);
	add_attr(b, "title", s->name);
	add_attr(b, feed ? "xmlUrl" : "url", s->url);
	if (!version1)
		add_own(b, s);
	buf_add_str(b, "/>\n");
}

enum err_code opml_write(const struct sources *s, const char *title, int64_t created, bool version1,
	struct buf *out, struct err *e)
{
	buf_add_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	if (version1)
		buf_add_str(out, "<opml version=\"1.0\">\n");
	else
		buf_addf(out, "<opml version=\"2.0\" xmlns:huiying=\"%s\">\n", OPML_NAMESPACE);
	buf_add_str(out, "  <head>\n    <title>");
	add_escaped(out, title);
	buf_add_str(out, "</title>\n    <dateCreated>");
	add_date(out, created);
	buf_add_str(out, "</dateCreated>\n  </head>\n  <body>\n");
	for (size_t i = 0; i < sources_count(s); i++)
		add_source(out, sources_at(s, i), version1);
	buf_add_str(out, "  </body>\n</opml>\n");
	return buf_check(out, "OPML", e);
}
