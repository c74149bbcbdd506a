/*
 * charset.c - which charset a document is in, and its text in UTF-8. The decoding
 * is iconv's, one table says which of its converters each label means.
 */
#include "crawler/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define DECLARATION_MAX 1024
#define META_MAX 4096
#define CHUNK 16384
#define HIGH_BYTES_MIN 8 /* fewer do not show a language */

struct label {
	const char *label, *name;
};

/* Lower case, '_' as '-'. What is not listed is tried under its own name. */
static const struct label labels[] = {
	{"utf8", "utf-8"},
	{"u8", "utf-8"},
	{"unicode-1-1-utf-8", "utf-8"},
	{"x-utf-8", "utf-8"},
	{"utf-8-sig", "utf-8"},
	{"gb2312", "gb18030"},
	{"gbk", "gb18030"},
	{"x-gbk", "gb18030"},
	{"gb-2312-80", "gb18030"},
	{"gb2312-80", "gb18030"},
	{"gb-2312", "gb18030"},
	{"csgb2312", "gb18030"},
	{"chinese", "gb18030"},
	{"cp936", "gb18030"},
	{"936", "gb18030"},
	{"ms936", "gb18030"},
	{"windows-936", "gb18030"},
	{"euc-cn", "gb18030"},
	{"euccn", "gb18030"},
	{"eucgb2312-cn", "gb18030"},
	{"iso-ir-58", "gb18030"},
	{"gb-18030", "gb18030"},
	{"gb18030-2000", "gb18030"},
	{"gb18030-2005", "gb18030"},
	{"csgb18030", "gb18030"},
	{"big-5", "big5"},
	{"big5-hkscs", "big5"},
	{"big5hkscs", "big5"},
	{"big5-tw", "big5"},
	{"cn-big5", "big5"},
	{"csbig5", "big5"},
	{"x-x-big5", "big5"},
	{"cp950", "big5"},
	{"ms950", "big5"},
	{"big5-eten", "big5"},
	{"windows-950", "big5"},
	{"hkscs", "big5"},
	{"euctw", "euc-tw"},
	{"cns11643", "euc-tw"},
	{"x-euc-tw", "euc-tw"},
	{"eucjp", "euc-jp"},
	{"x-euc-jp", "euc-jp"},
	{"ujis", "euc-jp"},
	{"cseucpkdfmtjapanese", "euc-jp"},
	{"u-jis", "euc-jp"},
	{"sjis", "shift_jis"},
	{"x-sjis", "shift_jis"},
	{"shift-jis", "shift_jis"},
	{"shiftjis", "shift_jis"},
	{"s-jis", "shift_jis"},
	{"csshiftjis", "shift_jis"},
	{"ms-kanji", "shift_jis"},
	{"cp932", "shift_jis"},
	{"ms932", "shift_jis"},
	{"windows-31j", "shift_jis"},
	{"windows-932", "shift_jis"},
	{"euckr", "euc-kr"},
	{"korean", "euc-kr"},
	{"ksc5601", "euc-kr"},
	{"ks-c-5601", "euc-kr"},
	{"ks-c-5601-1987", "euc-kr"},
	{"ksx1001", "euc-kr"},
	{"ks-x-1001", "euc-kr"},
	{"ksc-5601", "euc-kr"},
	{"cp949", "euc-kr"},
	{"ms949", "euc-kr"},
	{"uhc", "euc-kr"},
	{"windows-949", "euc-kr"},
	{"cseuckr", "euc-kr"},
	{"ascii", "us-ascii"},
	{"646", "us-ascii"},
	{"ansi-x3.4-1968", "us-ascii"},
	{"iso646-us", "us-ascii"},
	{"latin1", "iso-8859-1"},
	{"latin-1", "iso-8859-1"},
	{"l1", "iso-8859-1"},
	{"latin", "iso-8859-1"},
	{"8859", "iso-8859-1"},
	{"iso8859", "iso-8859-1"},
	{"csisolatin1", "iso-8859-1"},
	{"iso-ir-100", "iso-8859-1"},
	{"ibm819", "iso-8859-1"},
	{"cp819", "iso-8859-1"},
	{"latin2", "iso-8859-2"},
	{"l2", "iso-8859-2"},
	{"csisolatin2", "iso-8859-2"},
	{"latin5", "iso-8859-9"},
	{"l5", "iso-8859-9"},
	{"latin9", "iso-8859-15"},
	{"cyrillic", "iso-8859-5"},
	{"greek", "iso-8859-7"},
	{"hebrew", "iso-8859-8"},
	{"iso-8859-8-i", "iso-8859-8"},
	{"logical", "iso-8859-8"},
	{"arabic", "iso-8859-6"},
	{"koi8r", "koi8-r"},
	{"koi8", "koi8-r"},
	{"koi", "koi8-r"},
	{"cskoi8r", "koi8-r"},
	{"koi8u", "koi8-u"},
	{"koi8-ru", "koi8-u"},
	{"ansi", "windows-1252"},
	{"x-ansi", "windows-1252"},
	{"macroman", "macintosh"},
	{"mac-roman", "macintosh"},
	{"mac", "macintosh"},
	{"x-mac-roman", "macintosh"},
	{"mac-cyrillic", "x-mac-cyrillic"},
	{"tis620", "tis-620"},
	{"cp874", "windows-874"},
	{"u16", "utf-16"},
	{"utf16", "utf-16"},
	{"ucs-2", "utf-16"},
	{"ucs2", "utf-16"},
	{"iso-10646-ucs-2", "utf-16"},
	{"csunicode", "utf-16"},
	{"unicode", "utf-16"},
	{"u32", "utf-32"},
	{"utf32", "utf-32"},
	{"ucs-4", "utf-32"},
	{"ucs4", "utf-32"},
	{"iso-10646-ucs-4", "utf-32"},
	{"csucs4", "utf-32"},
	{"utf-16-le", "utf-16le"},
	{"utf-16-be", "utf-16be"},
	{"utf-32-le", "utf-32le"},
	{"utf-32-be", "utf-32be"},
	{"ebcdic-cp-us", "cp037"},
	{"ibm037", "cp037"},
	{"ibm-037", "cp037"},
	{"cp-is", "cp861"},
	{"csibm861", "cp861"},
	{"maccentraleurope", "x-mac-ce"},
	{"maclatin2", "x-mac-ce"},
	{"mac-latin2", "x-mac-ce"},
	{"maciceland", "x-mac-is"},
	{"ptcp154", "pt154"},
	{"cp154", "pt154"},
};

/* Names whose converter in iconv has another name. */
static const struct label converters[] = {
	{"us-ascii", "WINDOWS-1252"},
	{"iso-8859-1", "WINDOWS-1252"},
	{"shift_jis", "CP932"},
	{"euc-kr", "UHC"},
	{"big5", "BIG5-HKSCS"},
	{"windows-874", "CP874"},
	{"iso-8859-9", "CP1254"},
	{"x-mac-cyrillic", "MAC-CYRILLIC"},
	{"x-mac-ce", "MAC-CENTRALEUROPE"},
	{"x-mac-is", "MAC-IS"},
};

static const char *look_up(const struct label *table, size_t rows, const char *label)
{
	for (size_t i = 0; i < rows; i++)
		if (strcmp(table[i].label, label) == 0)
			return table[i].name;
	return NULL;
}

/* "cp1251", "x-cp1251", "win1251" -> "windows-1251"; "iso8859-5" -> "iso-8859-5". */
static bool by_family(const char *low, char out[CHARSET_NAME_MAX])
{
	static const char *const windows[] = {
		"windows-", "windows", "x-cp", "cp-", "cp", "win-", "win"};
	static const char *const iso[] = {"iso-8859-", "iso8859-", "iso8859", "iso-8859", "8859-"};
	struct str s = str_of(low);
	struct str tail = {NULL, 0};
	const char *family = "windows-";
	int64_t number;

	for (size_t i = 0; i < sizeof windows / sizeof *windows && !tail.p; i++)
		if (str_has_prefix(s, windows[i]))
			tail = str_sub(s, strlen(windows[i]), s.n);
	if (!tail.p || !str_to_int(tail, 1250, 1258, &number)) {
		tail.p = NULL;
		family = "iso-8859-";
		for (size_t i = 0; i < sizeof iso / sizeof *iso && !tail.p; i++)
			if (str_has_prefix(s, iso[i]))
				tail = str_sub(s, strlen(iso[i]), s.n);
		size_t colon = tail.p ? str_find(tail, ":", 0) : 0;
		if (!tail.p || !str_to_int(str_sub(tail, 0, colon), 1, 16, &number))
			return false;
	}
	struct buf b;
	buf_init(&b, CHARSET_NAME_MAX);
	buf_addf(&b, "%s%lld", family, (long long)number);
	bool fits = !b.fault && b.len < CHARSET_NAME_MAX;
	if (fits)
		memcpy(out, buf_str(&b), b.len + 1);
	buf_fini(&b);
	return fits;
}

bool charset_normalise(const char *label, size_t n, char out[CHARSET_NAME_MAX])
{
	struct str s = {label, n};
	char low[CHARSET_NAME_MAX];

	s = str_trim(s);
	while (s.n && (s.p[0] == '"' || s.p[0] == '\''))
		s = str_sub(s, 1, s.n);
	while (s.n && (s.p[s.n - 1] == '"' || s.p[s.n - 1] == '\''))
		s = str_sub(s, 0, s.n - 1);
	s = str_trim(s);
	if (s.n == 0 || s.n >= CHARSET_NAME_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (!str_is_alnum(c) && !strchr("-_.:+", c))
			return false;
		low[i] = c == '_' ? '-' : str_lower((char)c);
	}
	low[s.n] = '\0';
	const char *known = look_up(labels, sizeof labels / sizeof *labels, low);
	if (!known && by_family(low, out))
		return true;
	if (!known)
		known = low;
	memcpy(out, known, strlen(known) + 1);
	return true;
}

/* A converter's output without NULs; NUL becomes U+FFFD. */
static void add_without_nul(struct buf *out, const char *s, size_t n, size_t *bad)
{
	const char *nul;

	while (n && (nul = memchr(s, '\0', n))) {
		buf_add(out, s, (size_t)(nul - s));
		utf8_add(out, UTF8_REPLACEMENT);
		++*bad;
		n -= (size_t)(nul - s) + 1;
		s = nul + 1;
	}
	buf_add(out, s, n);
}

/* Characters of Big5 that this converter leaves out (WHATWG Encoding, index Big5). */
static const struct {
	unsigned char pair[2];
	uint32_t cp;
} big5_rest[] = {
	{{0xA1, 0x5A}, 0x2574},
	{{0xA1, 0xC3}, 0xFFE3},
	{{0xA1, 0xC5}, 0x02CD},
	{{0xA1, 0xFE}, 0xFF0F}, /* ／ */
	{{0xA2, 0x40}, 0xFF3C}, /* ＼ */
	{{0xA2, 0xCC}, 0x5341},
	{{0xA2, 0xCE}, 0x5345},
};

/* What iconv refuses and browsers read. How many bytes it was; 0: nothing known. */
static size_t add_known(const char *name, const unsigned char *s, size_t n, struct buf *out)
{
	if (strcmp(name, "gb18030") == 0 && s[0] == 0x80) {
		utf8_add(out, 0x20AC);
		return 1;
	}
	if (strcmp(name, "big5") != 0 || n < 2)
		return 0;
	for (size_t i = 0; i < sizeof big5_rest / sizeof *big5_rest; i++)
		if (memcmp(s, big5_rest[i].pair, 2) == 0) {
			utf8_add(out, big5_rest[i].cp);
			return 2;
		}
	return 0;
}

/* A pair that means nothing is passed over whole, or all that follows is read out of
 * step; not where its second byte is ASCII (WHATWG Encoding §10, §12, §14). */
static size_t refused_length(const char *name, const unsigned char *s, size_t n, size_t unit)
{
	bool pairs = strcmp(name, "big5") == 0 || strcmp(name, "euc-kr") == 0 ||
		     strcmp(name, "gb18030") == 0;
	size_t length = pairs && s[0] >= 0x81 && s[0] <= 0xFE && n > 1 && s[1] >= 0x80 ? 2 : unit;

	return n < length ? n : length;
}

static size_t unit_of(const char *name)
{
	if (strncmp(name, "utf-16", 6) == 0)
		return 2;
	return strncmp(name, "utf-32", 6) == 0 ? 4 : 1;
}

/* Stops when more than max_bad bytes mean nothing. */
static void run_converter(
	iconv_t cd, const char *name, struct str data, size_t max_bad, struct buf *out, size_t *bad)
{
	char *in = (char *)data.p; /* iconv's prototype; it does not write there */
	size_t n = data.n;
	char chunk[CHUNK];
	size_t unit = unit_of(name);

	while (n && !out->fault && *bad <= max_bad) {
		char *to = chunk;
		size_t room = sizeof chunk;
		size_t rc = iconv(cd, &in, &n, &to, &room);
		int why = errno;
		add_without_nul(out, chunk, sizeof chunk - room, bad);
		if (rc != (size_t)-1 || n == 0)
			break;
		if (why == E2BIG)
			continue;
		size_t skip = add_known(name, (const unsigned char *)in, n, out);
		if (skip == 0) {
			utf8_add(out, UTF8_REPLACEMENT);
			++*bad;
			skip = refused_length(name, (const unsigned char *)in, n, unit);
		}
		in += skip;
		n -= skip;
		iconv(cd, NULL, NULL, NULL, NULL);
	}
}

static bool decode_up_to(
	const char *name, struct str data, size_t max_bad, struct buf *out, size_t *bad)
{
	*bad = 0;
	if (strcmp(name, "utf-8") == 0) {
		if (!utf8_is_valid(data.p, data.n) || memchr(data.p, '\0', data.n))
			*bad = 1;
		utf8_add_repaired(out, data.p, data.n);
		return true;
	}
	const char *converter = look_up(converters, sizeof converters / sizeof *converters, name);
	iconv_t cd = iconv_open("UTF-8", converter ? converter : name);
	if (cd == (iconv_t)-1)
		return false;
	run_converter(cd, name, data, max_bad, out, bad);
	iconv_close(cd);
	return true;
}

bool charset_decode(const char *name, const char *data, size_t n, struct buf *out, size_t *bad)
{
	return decode_up_to(name, (struct str){data, n}, SIZE_MAX, out, bad);
}

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
	if (!decode_up_to(name, (struct str){data, n}, allowed, out, &bad))
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
		add_without_nul(out, data, n, &bad);
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
