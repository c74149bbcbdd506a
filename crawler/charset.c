/*
 * charset.c - which charset a document is in, and its text in UTF-8.
 */
#include "crawler/charset.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "crawler/charset_private.h"

#define DECLARATION_MAX 1024
#define META_MAX 4096
#define HIGH_BYTES_MIN 8 /* fewer do not show a language */

/* ---- what the document says of itself ---- */

/* The value behind `key` and '=' within s, quoted or not. */
static struct str value_after(struct str s, const char *key)
{
	size_t at = 0, len = strlen(key);

	for (; at + len < s.n; at++)
		if (str_is_nocase(str_sub(s, at, at + len), key))
			break;
	s = str_trim(str_sub(s, at + len, s.n));
	if (s.n == 0 || s.p[0] != '=')
		return (struct str){NULL, 0};
	s = str_trim(str_sub(s, 1, s.n));
	size_t end = 0;
	if (s.n && (s.p[0] == '"' || s.p[0] == '\'')) {
		char quote = s.p[0];
		s = str_sub(s, 1, s.n);
		while (end < s.n && s.p[end] != quote)
			end++;
	} else {
		while (end < s.n && !strchr(" \t\r\n;\"'>?/", s.p[end]))
			end++;
	}
	return str_sub(s, 0, end);
}

static bool declared_in_document(const char *data, size_t n, char out[CHARSET_NAME_MAX])
{
	struct str head = {data, n < DECLARATION_MAX ? n : DECLARATION_MAX};
	size_t at = str_find(head, "<?xml", 0);
	struct str value = {NULL, 0};

	if (at < head.n) {
		size_t end = str_find(head, ">", at);
		value = value_after(str_sub(head, at, end), "encoding");
	}
	if (value.n == 0) {
		head.n = n < META_MAX ? n : META_MAX;
		for (at = 0; (at = str_find(head, "<", at)) < head.n && value.n == 0; at++)
			if (str_is_nocase(str_sub(head, at + 1, at + 5), "meta"))
				value = value_after(
					str_sub(head, at, str_find(head, ">", at)), "charset");
	}
	return value.n && charset_normalise(value.p, value.n, out);
}

static bool declared_in_header(const char *content_type, char out[CHARSET_NAME_MAX])
{
	struct str value = value_after(str_of(content_type), "charset");

	return value.n && charset_normalise(value.p, value.n, out);
}

/* ---- byte order marks and zero bytes ---- */

struct mark {
	const char *bytes;
	size_t n, skip;
	const char *name;
};

/* Longest first, because FF FE begins two of them. */
static const struct mark marks[] = {
	{"\0\0\xFE\xFF", 4, 4, "utf-32be"},
	{"\xFF\xFE\0\0", 4, 4, "utf-32le"},
	{"\xFE\xFF", 2, 2, "utf-16be"},
	{"\xFF\xFE", 2, 2, "utf-16le"},
	{"\xEF\xBB\xBF", 3, 3, "utf-8"},
	{"\0\0\0<", 4, 0, "utf-32be"},
	{"<\0\0\0", 4, 0, "utf-32le"},
	{"\0<\0", 3, 0, "utf-16be"},
	{"<\0", 2, 0, "utf-16le"},
	{"\x4C\x6F\xA7\x94", 4, 0, "cp037"},
	{"\0{\0", 3, 0, "utf-16be"},
	{"{\0", 2, 0, "utf-16le"},
};

static const struct mark *find_mark(const char *data, size_t n)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (n >= marks[i].n && memcmp(data, marks[i].bytes, marks[i].n) == 0)
			return &marks[i];
	return NULL;
}

/* The code pages of EBCDIC agree in the letters of a declaration: it is read with
 * one of them and says which one the rest is in. */
static void read_ebcdic_label(const char *data, size_t n, char out[CHARSET_NAME_MAX])
{
	struct buf head;
	size_t bad;

	memcpy(out, "cp037", 6);
	buf_init(&head, (size_t)DECLARATION_MAX * 4);
	if (charset_decode(out, data, n < DECLARATION_MAX ? n : DECLARATION_MAX, &head, &bad) &&
		!declared_in_document(buf_str(&head), head.len, out))
		memcpy(out, "cp037", 6);
	buf_fini(&head);
}

/* Decodes by the mark. False: by nothing it says. */
static bool decode_marked(const struct mark *mark, const char *data, size_t n, struct buf *out,
	struct charset_result *r)
{
	size_t bad = 0, before = out->len;

	memcpy(r->name, mark->name, strlen(mark->name) + 1);
	if (strcmp(mark->name, "cp037") == 0)
		read_ebcdic_label(data, n, r->name);
	bool known = charset_decode(r->name, data + mark->skip, n - mark->skip, out, &bad);
	/* "<?xml" is what the mark was known by. */
	if (known && mark->skip == 0 && strcmp(r->name, mark->name) != 0 &&
		(out->len == before || buf_str(out)[before] != '<')) {
		buf_truncate(out, before);
		known = false;
	}
	if (!known) {
		memcpy(r->name, mark->name, strlen(mark->name) + 1);
		known = charset_decode(mark->name, data + mark->skip, n - mark->skip, out, &bad);
	}
	r->replaced = bad > 0;
	return known;
}

/* ---- the decision ---- */

/* Two bytes may fit UTF-8 by chance (通知 in GBK do), three hardly ever. */
#define SURE_AT 3

/* Valid, and too much of it beyond ASCII to be so by chance. */
static bool is_surely_utf8(const char *s, size_t n)
{
	size_t good = 0;

	if (!utf8_is_valid(s, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		good += (unsigned char)s[i] >= 0xC0;
		if (good >= SURE_AT || (unsigned char)s[i] >= 0xE0)
			return true;
	}
	return false;
}

#define GOOD_FOR_BAD 4 /* characters beyond ASCII for each part that means nothing */
#define WIDE_FOR_BAD 2 /* or so many of three bytes and more, which hardly occur by chance */

/* Valid, or no more than damaged: a text cut in the middle of a character is UTF-8 still.
 * Looks no further than where it is decided: each good character to come has two bytes at
 * least, a wide one three. */
static bool is_mostly_utf8(const char *s, size_t n)
{
	size_t good = 0, wide = 0, bad = 0, len;

	for (size_t i = 0; i < n; i += len) {
		len = 1;
		if ((unsigned char)s[i] < 0x80)
			continue;
		if (utf8_decode(s + i, n - i, &len) == UTF8_BAD) {
			bad++;
		} else {
			good++;
			wide += len >= 3;
		}
		size_t left = n - i - len;
		if (bad * GOOD_FOR_BAD > good + left / 2 && bad * WIDE_FOR_BAD > wide + left / 3)
			return false;
	}
	return good >= bad * GOOD_FOR_BAD || (wide >= 2 && wide >= bad * WIDE_FOR_BAD);
}

static bool is_single_byte_western(const char *name)
{
	return strcmp(name, "us-ascii") == 0 || strcmp(name, "iso-8859-1") == 0 ||
	       strcmp(name, "windows-1252") == 0;
}

static bool is_east_asian(const char *name)
{
	static const char *const names[] = {
		"gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "euc-tw"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* The decoded document begins like one: a label of another family (UTF-16,
 * EBCDIC) on plain bytes gives garbage at once. */
static bool begins_well(struct str text)
{
	text = str_trim(text);
	return text.n == 0 || (unsigned char)text.p[0] < 0x80;
}

/* Tries a label on the bytes; keeps the result when it fits well enough. */
static bool try_label(
	const char *name, const char *data, size_t n, struct buf *out, struct charset_result *r)
{
	size_t bad = 0, before = out->len;
	bool has_high = false, utf8 = strcmp(name, "utf-8") == 0;

	for (size_t i = 0; i < n && !has_high; i++)
		has_high = (unsigned char)data[i] >= 0x80;
	if (strcmp(name, "us-ascii") == 0 && has_high)
		return false;
	if (utf8 && !is_mostly_utf8(data, n))
		return false;
	/* A stray bad byte is damage, many are the wrong charset. */
	size_t allowed = is_east_asian(name) ? 1 + n / 1000 : n / 200;
	if (!charset_decode_up_to(name, (struct str){data, n}, allowed, out, &bad))
		return false;
	struct str text = {buf_str(out) + before, out->len - before};
	if ((bad > allowed && !utf8) || !begins_well(text)) {
		buf_truncate(out, before);
		return false;
	}
	memcpy(r->name, name, strlen(name) + 1);
	r->replaced = bad > 0;
	return true;
}

/* A western label fits any bytes: pages written in East Asia carry it when their
 * author never chose one. It gives way when most of the text beyond ASCII is in
 * pairs of bytes that are common words there. */
static bool is_western_by_default(const char *name, const char *data, size_t n)
{
	size_t high = 0;

	if (!is_single_byte_western(name))
		return false;
	for (size_t i = 0; i < n && high < HIGH_BYTES_MIN; i++)
		high += (unsigned char)data[i] >= 0x80;
	return high >= HIGH_BYTES_MIN && is_east_asian(charset_guess(data, n));
}

/* Where a western label comes with the server's default configuration and the
 * document itself names an East Asian charset, the document is right. */
static void order_labels(char labels_out[3][CHARSET_NAME_MAX], size_t *count,
	const struct charset_hints *h, const char *data, size_t n)
{
	char http[CHARSET_NAME_MAX] = "", own[CHARSET_NAME_MAX] = "";
	char first[CHARSET_NAME_MAX] = "";

	if (h->override)
		charset_normalise(h->override, strlen(h->override), first);
	if (h->content_type)
		declared_in_header(h->content_type, http);
	if (!h->json)
		declared_in_document(data, n, own);
	bool swap = is_single_byte_western(http) && is_east_asian(own);
	const char *order[3] = {first, swap ? own : http, swap ? http : own};
	*count = 0;
	for (size_t i = 0; i < 3; i++)
		if (order[i][0])
			memcpy(labels_out[(*count)++], order[i], strlen(order[i]) + 1);
}

static void set_name(struct charset_result *r, const char *name)
{
	memcpy(r->name, name, strlen(name) + 1);
}

/* True: the data is the text. False: the text was added to out. */
static bool decode_unmarked(const char *data, size_t n, const struct charset_hints *h,
	struct buf *out, struct charset_result *r)
{
	char names[3][CHARSET_NAME_MAX];
	size_t count, bad = 0;

	order_labels(names, &count, h, data, n);
	if (is_surely_utf8(data, n)) {
		set_name(r, "utf-8");
		r->contradicted = count > 0 && strcmp(names[0], "utf-8") != 0;
		if (!memchr(data, '\0', n))
			return true;
		charset_add_without_nul(out, data, n, &bad);
		r->replaced = bad > 0;
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (is_western_by_default(names[i], data, n))
			continue;
		if (try_label(names[i], data, n, out, r)) {
			r->contradicted = i > 0;
			return false;
		}
	}
	const char *name = is_mostly_utf8(data, n) ? "utf-8" : charset_guess(data, n);
	if (!charset_decode(name, data, n, out, &bad)) {
		name = "utf-8";
		charset_decode(name, data, n, out, &bad);
	}
	set_name(r, name);
	r->replaced = bad > 0;
	r->contradicted = count > 0;
	return false;
}

/* True: the data is the text. False: the text was added to out. */
static bool decode(const char *data, size_t n, const struct charset_hints *hints, struct buf *out,
	struct charset_result *result)
{
	const struct mark *mark = n ? find_mark(data, n) : NULL;

	memset(result, 0, sizeof *result);
	if (n == 0)
		set_name(result, "utf-8");
	else if (!mark || !decode_marked(mark, data, n, out, result))
		return decode_unmarked(data, n, hints, out, result);
	return false;
}

enum err_code charset_to_utf8(const char *data, size_t n, const struct charset_hints *hints,
	struct buf *out, struct charset_result *result, struct err *e)
{
	if (decode(data, n, hints, out, result))
		buf_add(out, data, n);
	return buf_check(out, "document", e);
}

enum err_code charset_view_utf8(const char *data, size_t n, const struct charset_hints *hints,
	struct buf *room, struct str *text, struct charset_result *result, struct err *e)
{
	size_t before = room->len;

	if (decode(data, n, hints, room, result))
		*text = (struct str){data, n};
	else
		*text = (struct str){buf_str(room) + before, room->len - before};
	return buf_check(room, "document", e);
}
