/*
 * charset_decode.c - labels and texts in their charsets. The decoding is iconv's, one table
 * says which of its converters each label means.
 */
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "crawler/charset.h"
#include "crawler/charset_private.h"

#define CHUNK 16384

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
void charset_add_without_nul(struct buf *out, const char *s, size_t n, size_t *bad)
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
		charset_add_without_nul(out, chunk, sizeof chunk - room, bad);
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

bool charset_decode_up_to(
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
	return charset_decode_up_to(name, (struct str){data, n}, SIZE_MAX, out, bad);
}
