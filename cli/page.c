/*
 * page.c - breaks text into lines of a page.
 */
#include "cli/page.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define LABEL_WIDTH 14
#define PARAGRAPH_IN 4
#define SAFE_MAX ((size_t)8 << 20)

static void spaces(struct buf *b, size_t n)
{
	while (n--)
		buf_add_char(b, ' ');
}

void page_centre(struct buf *b, const char *text)
{
	size_t width = utf8_width(text, strlen(text));

	spaces(b, width < PAGE_WIDTH ? (PAGE_WIDTH - width) / 2 : 0);
	text_add_safe_str(b, text);
	buf_add_char(b, '\n');
}

void page_rule(struct buf *b)
{
	for (int i = 0; i < PAGE_WIDTH; i++)
		buf_add_char(b, '-');
	buf_add_char(b, '\n');
}

static bool closes(uint32_t cp)
{
	static const uint32_t marks[] = {0x3001, 0x3002, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F,
		0xFF01, 0xFF09, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x201D, 0x2019, ',', '.',
		')', ';', ':', '?', '!'};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (marks[i] == cp)
			return true;
	return false;
}

static bool opens(uint32_t cp)
{
	static const uint32_t marks[] = {
		0xFF08, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x201C, 0x2018, '('};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (marks[i] == cp)
			return true;
	return false;
}

/* What must not be torn: a character, or a word of narrow ones, with what opens and closes
 * it. */
static size_t piece(const char *s, size_t n, bool *blank)
{
	size_t len, at = 0;
	uint32_t cp = utf8_decode(s, n, &len);
	bool narrow = cp != UTF8_BAD && utf8_cp_width(cp) < 2, open = opens(cp);

	*blank = utf8_is_space(cp);
	at = len;
	while (!*blank && at < n) {
		cp = utf8_decode(s + at, n - at, &len);
		bool goes_on = narrow && !utf8_is_space(cp) && utf8_cp_width(cp) < 2;
		if (!goes_on && !closes(cp) && (!open || utf8_is_space(cp)))
			break;
		open = open && opens(cp);
		at += len;
	}
	return at;
}

/* A word wider than the line is torn after all. */
static size_t fit(const char *s, size_t n, size_t room)
{
	size_t at = 0, width = 0, len;

	while (at < n) {
		uint32_t cp = utf8_decode(s + at, n - at, &len);
		int w = cp == UTF8_BAD ? 1 : utf8_cp_width(cp);
		if (at && width + (size_t)(w > 0 ? w : 0) > room)
			break;
		width += (size_t)(w > 0 ? w : 0);
		at += len;
	}
	return at;
}

/* Lines of the text; the first begins at column `at`, later ones at `indent`. */
static void wrap(struct buf *b, const char *s, size_t n, size_t at, size_t indent)
{
	while (n) {
		bool blank;
		size_t len = piece(s, n, &blank), width = utf8_width(s, len);
		if (*s == '\n' || (at > indent && at + width > PAGE_WIDTH)) {
			while (b->len && b->data[b->len - 1] == ' ')
				buf_truncate(b, b->len - 1);
			buf_add_char(b, '\n');
			spaces(b, indent);
			at = indent;
			if (blank) {
				s += len;
				n -= len;
				continue;
			}
		}
		if (at + width > PAGE_WIDTH)
			len = fit(s, len, PAGE_WIDTH - at);
		buf_add(b, s, len);
		at += utf8_width(s, len);
		s += len;
		n -= len;
	}
	buf_add_char(b, '\n');
}

static void wrap_safe(struct buf *b, const char *text, size_t at, size_t indent)
{
	struct buf safe;

	buf_init(&safe, SAFE_MAX);
	text_add_safe(&safe, text, strlen(text), TEXT_KEEP_LINES);
	if (safe.fault)
		b->fault = safe.fault;
	else
		wrap(b, buf_str(&safe), safe.len, at, indent);
	buf_fini(&safe);
}

void page_field(struct buf *b, const char *label, const char *value)
{
	size_t width = utf8_width(label, strlen(label));

	if (!value || !*value)
		return;
	text_add_safe_str(b, label);
	spaces(b, width < LABEL_WIDTH ? LABEL_WIDTH - width : 1);
	wrap_safe(b, value, width < LABEL_WIDTH ? LABEL_WIDTH : width + 1, LABEL_WIDTH);
}

void page_paragraph(struct buf *b, const char *text)
{
	spaces(b, PARAGRAPH_IN);
	wrap_safe(b, text, PARAGRAPH_IN, 0);
}

void page_two(struct buf *b, const char *left, const char *right)
{
	size_t width = utf8_width(left, strlen(left)) + utf8_width(right, strlen(right));

	text_add_safe_str(b, left);
	spaces(b, width < PAGE_WIDTH ? PAGE_WIDTH - width : 1);
	text_add_safe_str(b, right);
	buf_add_char(b, '\n');
}
