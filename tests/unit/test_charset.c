/*
 * Charsets: each text is encoded here by iconv and must come back, labelled,
 * mislabelled and not labelled at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <iconv.h>

#include "base/utf8.h"
#include "crawler/charset.h"

#define CHINESE                                                                                                                                \
	"某市人民政府关于加强城市供水管理工作的通知，要求各部门认真落实，对群众反映的问题及时处理" \
	"并向社会公开结果。"
#define TAIWAN                                                                                     \
	"某市政府關於加強供水管理工作的通知，要求各單位對民眾反映的問題及時處理並向社會公開結果。"
#define JAPANESE "これは日本語の文章です。水道の管理についてのお知らせをここに書きます。"
#define KOREAN "이것은 한국어로 쓴 글입니다. 시민의 의견을 듣고 그 결과를 알려 드리고자 합니다."
#define RUSSIAN                                                                                    \
	"Администрация города сообщает жителям о порядке подачи воды и ответах на обращения."
#define HEBREW "האם תושבי העיר יקבלו תשובה על הפנייה שלהם בעניין המים? העירייה מודיעה שכן."
#define GREEK "Ανακοινώσεις του δήμου για τα έργα ύδρευσης"
#define SPANISH "El niño español comió piña mañana. ¿Qué pasó en la reunión? Sí, señor, así fue."
#define DANISH "Blåbærgrød på Ærø, øl og årsøse æbler i København; smørrebrød på gården."
#define FRENCH "La réponse à été donnée par l'intéressé: déjà réglé, près de l'école, très bientôt."

static size_t encode(const char *to, const char *text, char *out, size_t room)
{
	iconv_t cd = iconv_open(to, "UTF-8");
	char *in = (char *)text, *at = out;
	size_t n = strlen(text), left = room;

	assert_true(cd != (iconv_t)-1);
	assert_true(iconv(cd, &in, &n, &at, &left) != (size_t)-1);
	assert_true(iconv(cd, NULL, NULL, &at, &left) != (size_t)-1);
	iconv_close(cd);
	return room - left;
}

struct charset_case {
	const char *text, *encoded_as, *declared, *content_type, *want;
};

static const struct charset_case cases[] = {
	/* true labels */
	{CHINESE, "UTF-8", "utf-8", NULL, "utf-8"},
	{CHINESE, "GBK", "gb2312", NULL, "gb18030"},
	{CHINESE, "GBK", NULL, "text/xml; charset=GBK", "gb18030"},
	{CHINESE, "GB18030", "gb18030", NULL, "gb18030"},
	{TAIWAN, "BIG5", "big5", NULL, "big5"},
	{TAIWAN, "EUC-TW", "euc-tw", NULL, "euc-tw"},
	{JAPANESE, "EUC-JP", "euc-jp", NULL, "euc-jp"},
	{JAPANESE, "SHIFT_JIS", "Shift_JIS", NULL, "shift_jis"},
	{JAPANESE, "ISO-2022-JP", "iso-2022-jp", NULL, "iso-2022-jp"},
	{KOREAN, "EUC-KR", "ks_c_5601-1987", NULL, "euc-kr"},
	{RUSSIAN, "KOI8-R", "koi8-r", NULL, "koi8-r"},
	{GREEK, "CP875", "cp875", NULL, "cp875"},
	{"Notice!", "CP500", "ibm500", NULL, "ibm500"},
	{"Notice", "CP037", "utf-8", NULL, "cp037"},
	{"Notice", "CP037", "no-such-charset", NULL, "cp037"},
	{RUSSIAN, "WINDOWS-1251", "cp1251", NULL, "windows-1251"},
	{RUSSIAN, "ISO-8859-5", "iso8859_5", NULL, "iso-8859-5"},
	{HEBREW, "WINDOWS-1255", "windows-1255", NULL, "windows-1255"},
	{FRENCH, "ISO-8859-1", "latin1", NULL, "iso-8859-1"},
	{CHINESE, "UTF-16LE", NULL, NULL, "utf-16le"},
	{CHINESE, "UTF-16BE", "utf-16", NULL, "utf-16be"},
	{CHINESE, "UTF-32LE", NULL, NULL, "utf-32le"},
	{CHINESE, "UTF-32BE", NULL, NULL, "utf-32be"},
	/* false ones */
	{CHINESE, "GBK", "utf-8", NULL, "gb18030"},
	{CHINESE, "UTF-8", "gb2312", NULL, "utf-8"},
	{"某", "UTF-8", "gb2312", NULL, "utf-8"},
	{"某市", "UTF-8", NULL, "text/xml; charset=gbk", "utf-8"},
	{"某市", "GBK", "gb2312", NULL, "gb18030"},
	{CHINESE, "UTF-8", "iso-8859-1", NULL, "utf-8"},
	{CHINESE, "UTF-8", NULL, "text/xml; charset=iso-8859-1", "utf-8"},
	{CHINESE, "GBK", "gbk", "text/xml; charset=iso-8859-1", "gb18030"},
	{CHINESE, "GBK", NULL, "text/xml; charset=us-ascii", "gb18030"},
	{CHINESE, "GBK", "utf-16", NULL, "gb18030"},
	{CHINESE, "GBK", "iso-8859-1", NULL, "gb18030"},
	{CHINESE, "GBK", "windows-1252", "text/xml; charset=iso-8859-1", "gb18030"},
	{KOREAN, "EUC-KR", "latin1", NULL, "euc-kr"},
	{CHINESE, "GBK", "no-such-charset", NULL, "gb18030"},
	{TAIWAN, "BIG5", "utf-8", NULL, "big5"},
	{FRENCH, "ISO-8859-1", "utf-8", NULL, "windows-1252"},
	/* none */
	{CHINESE, "GBK", NULL, NULL, "gb18030"},
	{"群众反映", "GBK", NULL, NULL, "gb18030"},
	{"测试", "GBK", NULL, NULL, "gb18030"},
	{"简讯：欠薪；讨薪", "GBK", NULL, NULL, "gb18030"},
	{"Привет, мир", "KOI8-R", NULL, NULL, "koi8-r"},
	{"Привет, мир", "WINDOWS-1251", NULL, NULL, "windows-1251"},
	{CHINESE, "UTF-8", NULL, NULL, "utf-8"},
	{"网友：请", "GBK", NULL, NULL, "gb18030"},
	{"梅洋送到", "GBK", NULL, NULL, "gb18030"},
	{"Ф", "KOI8-R", "koi8-r", NULL, "koi8-r"},
	{TAIWAN, "BIG5", NULL, NULL, "big5"},
	{JAPANESE, "EUC-JP", NULL, NULL, "euc-jp"},
	{JAPANESE, "SHIFT_JIS", NULL, NULL, "shift_jis"},
	{KOREAN, "EUC-KR", NULL, NULL, "euc-kr"},
	{RUSSIAN, "KOI8-R", NULL, NULL, "koi8-r"},
	{RUSSIAN, "WINDOWS-1251", NULL, NULL, "windows-1251"},
	{HEBREW, "WINDOWS-1255", NULL, NULL, "windows-1255"},
	{FRENCH, "ISO-8859-1", NULL, NULL, "windows-1252"},
	{SPANISH, "ISO-8859-1", NULL, NULL, "windows-1252"},
	{SPANISH, "ISO-8859-1", "iso-8859-1", NULL, "iso-8859-1"},
	{DANISH, "ISO-8859-1", NULL, NULL, "windows-1252"},
	{DANISH, "ISO-8859-1", "iso-8859-1", NULL, "iso-8859-1"},
};

/* Without a copy the same text comes out, with the same words about it. */
static void check_view(const char *bytes, size_t n, const struct charset_hints *hints,
	const struct buf *want, const struct charset_result *told)
{
	struct charset_result r;
	struct str text;
	struct buf room;

	buf_init(&room, BUF_MAX_DEFAULT);
	buf_add_str(&room, "before");
	assert_int_equal(charset_view_utf8(bytes, n, hints, &room, &text, &r, NULL), ERR_OK);
	assert_int_equal(text.n, want->len);
	assert_memory_equal(text.p, buf_str(want), text.n);
	assert_string_equal(r.name, told->name);
	assert_int_equal(r.replaced, told->replaced);
	assert_int_equal(r.contradicted, told->contradicted);
	assert_true(text.p != bytes || room.len == strlen("before"));
	buf_fini(&room);
}

static bool check_case(const struct charset_case *c)
{
	struct charset_hints hints = {.content_type = c->content_type};
	struct charset_result r;
	struct buf doc, out;
	char bytes[8192];
	bool ok;

	buf_init(&doc, BUF_MAX_DEFAULT);
	buf_init(&out, BUF_MAX_DEFAULT);
	if (c->declared)
		buf_addf(&doc, "<?xml version=\"1.0\" encoding=\"%s\"?>", c->declared);
	buf_addf(&doc, "<a>%s</a>", c->text);
	size_t n = encode(c->encoded_as, buf_str(&doc), bytes, sizeof bytes);
	assert_int_equal(charset_to_utf8(bytes, n, &hints, &out, &r, NULL), ERR_OK);
	check_view(bytes, n, &hints, &out, &r);
	ok = strcmp(r.name, c->want) == 0 && strcmp(buf_str(&out), buf_str(&doc)) == 0;
	if (!ok)
		print_error("%s declared %s, header %s: read as %s\n  %s\n", c->encoded_as,
			c->declared ? c->declared : "-", c->content_type ? c->content_type : "-",
			r.name, buf_str(&out));
	buf_fini(&doc);
	buf_fini(&out);
	return ok;
}

static void test_table(void **state)
{
	int failed = 0;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		failed += !check_case(&cases[i]);
	assert_int_equal(failed, 0);
}

/* What iconv's table of Big5 leaves out, and pairs that mean nothing: what follows stays
 * in step. */
static void test_pairs(void **state)
{
	static const struct {
		const char *name, *bytes, *text;
		size_t bad;
	} rows[] = {
		{"big5",
			"2021\xA1\xFE"
			"06\xA1\xFE"
			"25 \xA2\x40 \xA1\xC3",
			"2021／06／25 ＼ ￣", 0},
		{"big5", "\xA2\xCC\xA2\xCE", "十卅", 0},
		{"big5", "\x81\xA1\xA4\xA4\xA4\xE5", "\xEF\xBF\xBD中文", 1},
		{"big5", "\x81<\xA4\xA4", "\xEF\xBF\xBD<中", 1},
		{"euc-kr", "\xC9\xA1\xB0\xA1", "\xEF\xBF\xBD가", 1},
		{"gb18030", "\x80\xD6\xD0\xFF\xCE\xC4", "€中\xEF\xBF\xBD文", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out;
		size_t bad = 0;
		buf_init(&out, BUF_MAX_DEFAULT);
		assert_true(charset_decode(
			rows[i].name, rows[i].bytes, strlen(rows[i].bytes), &out, &bad));
		assert_string_equal(buf_str(&out), rows[i].text);
		assert_int_equal(bad, rows[i].bad);
		buf_fini(&out);
	}
}

static void test_marks_and_damage(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *text, *name;
		bool replaced;
	} rows[] = {
		{"\xEF\xBB\xBF<a/>", 7, "<a/>", "utf-8", false},
		{"\xFF\xFE<\0a\0", 6, "<a", "utf-16le", false},
		{"\xFE\xFF\0<\0a", 6, "<a", "utf-16be", false},
		{"\xFF\xFE\0\0<\0\0\0", 8, "<", "utf-32le", false},
		{"\xFE\xFF\0<\xD8", 5, "<\xEF\xBF\xBD", "utf-16be", true},
		{"<a>\xE6\x9F\x90\xE5\xB8\x82\xE6\x96</a>", 15,
			"<a>\xE6\x9F\x90\xE5\xB8\x82\xEF\xBF\xBD</a>", "utf-8", true},
		{"<a>\0</a>", 8, "<a>\xEF\xBF\xBD</a>", "utf-8", true},
		{"", 0, "", "utf-8", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct charset_hints none = {.override = NULL};
		struct charset_result r;
		struct buf out;
		buf_init(&out, BUF_MAX_DEFAULT);
		assert_int_equal(
			charset_to_utf8(rows[i].bytes, rows[i].n, &none, &out, &r, NULL), ERR_OK);
		check_view(rows[i].bytes, rows[i].n, &none, &out, &r);
		assert_string_equal(buf_str(&out), rows[i].text);
		assert_string_equal(r.name, rows[i].name);
		assert_int_equal(r.replaced, rows[i].replaced);
		buf_fini(&out);
	}
}

static void test_labels(void **state)
{
	char name[CHARSET_NAME_MAX];

	(void)state;
	assert_true(charset_normalise(" \"GB_2312-80\" ", 14, name));
	assert_string_equal(name, "gb18030");
	assert_true(charset_normalise("x-cp1250", 8, name));
	assert_string_equal(name, "windows-1250");
	assert_true(charset_normalise("ISO_8859-2:1987", 15, name));
	assert_string_equal(name, "iso-8859-2");
	assert_true(charset_normalise("cp_is", 5, name));
	assert_string_equal(name, "cp861");
	assert_true(charset_normalise("maclatin2", 9, name));
	assert_string_equal(name, "x-mac-ce");
	assert_false(charset_normalise("", 0, name));
	assert_false(charset_normalise("utf-8//TRANSLIT", 15, name));
}

/* A label that does not fit leaves nothing of its try behind. */
static void test_wrong_label(void **state)
{
	static const char head[] = "<?xml version=\"1.0\" encoding=\"gbk\"?><a>";
	struct charset_hints none = {.override = NULL};
	char bytes[4096];
	struct charset_result r;
	struct buf out;

	(void)state;
	memset(bytes, 0xFF, sizeof bytes);
	memcpy(bytes, head, sizeof head - 1);
	buf_init(&out, BUF_MAX_DEFAULT);
	assert_int_equal(charset_to_utf8(bytes, sizeof bytes, &none, &out, &r, NULL), ERR_OK);
	assert_string_equal(r.name, "windows-1252");
	assert_true(r.contradicted);
	assert_memory_equal(buf_str(&out), head, sizeof head - 1);
	assert_memory_equal(buf_str(&out) + sizeof head - 1, "\xC3\xBF\xC3\xBF", 4);
	buf_fini(&out);
}

/* Random bytes: valid UTF-8 comes out, whatever went in. */
static void test_random(void **state)
{
	uint64_t rng = 88172645463325252u;
	char bytes[200];

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct charset_hints none = {.override = round % 3 ? NULL : "gbk"};
		struct charset_result r;
		struct buf out;
		for (size_t i = 0; i < sizeof bytes; i++) {
			rng ^= rng << 13;
			rng ^= rng >> 7;
			rng ^= rng << 17;
			bytes[i] = (char)rng;
		}
		buf_init(&out, BUF_MAX_DEFAULT);
		assert_int_equal(
			charset_to_utf8(bytes, sizeof bytes, &none, &out, &r, NULL), ERR_OK);
		assert_true(utf8_is_valid(buf_str(&out), out.len));
		buf_fini(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_marks_and_damage),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_wrong_label),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
