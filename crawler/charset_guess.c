/*
 * charset_guess.c - which charset bytes without a (true) label are in.
 *
 * Each candidate decodes a sample; the text that holds the largest share of
 * characters that are common in that charset's language wins. Decoding with the
 * wrong table gives characters nobody uses, so the distance is wide.
 */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "crawler/charset.h"

#define SAMPLE ((size_t)64 << 10)

struct candidate {
	const char *name;
	const char *common; /* frequent characters, UTF-8 */
	uint32_t from, to; /* a whole range that counts as common; 0: none */
	bool latin; /* such characters stand alone between ASCII letters */
	bool own_words; /* and these never in one word with them */
	int weight; /* per cent: how much of a text such characters are */
};

#define SIMPLIFIED                                                                                                                             \
	"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之" \
	"年过发后作里"                                                                                                                   \
	"用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但" \
	"因只从想实"                                                                                                                      \
	"日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应" \
	"战向头文体"                                                                                                                      \
	"政美相见被利什二等产新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东" \
	"声提立及比"                                                                                                                      \
	"员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感" \
	"建务做接必"                                                                                                                      \
	"场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强" \
	"即像难且权"
#define TRADITIONAL                                                                                                                            \
	"的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之" \
	"年過發後作裡"                                                                                                                   \
	"用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但" \
	"因只從想實"                                                                                                                      \
	"日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應" \
	"戰向頭文體"                                                                                                                      \
	"政美相見被利什二等產新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東" \
	"聲提立及比"                                                                                                                      \
	"員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感" \
	"建務做接必"
#define KOREAN                                                                                                                                 \
	"이다는을의에가고를하지로서한기도은사시자아대정어인스리나해과일전부수으로게그있니들라주제" \
	"만상여보"                                                                                                                         \
	"구장신있화성공경원위생유면용었내년동것모조비관적되거오세트없소선발국무안연우방습마실계민" \
	"할물중요"                                                                                                                         \
	"치회까식업때영학문원"

static const struct candidate candidates[] = {
	{"gb18030", SIMPLIFIED, 0, 0, false, false, 100},
	{"big5", TRADITIONAL, 0, 0, false, false, 100},
	{"euc-jp", "の日本人年月大一", 0x3041, 0x30FE, false, false, 90},
	{"shift_jis", "の日本人年月大一", 0x3041, 0x30FE, false, false, 90},
	{"euc-kr", KOREAN, 0, 0, false, false, 100},
	{"windows-1251", "оеаинтсрвлкмдпу", 0, 0, false, true, 65},
	{"koi8-r", "оеаинтсрвлкмдпу", 0, 0, false, true, 65},
	{"iso-8859-5", "оеаинтсрвлкмдпу", 0, 0, false, true, 60},
	{"windows-1255", "יוהלאמשתרבנ", 0, 0, false, true, 65},
	{"windows-1253", "αοιετσνηυρπκμλ", 0, 0, false, true, 65},
	{"windows-1256", "اليمونتربةعدسف", 0, 0, false, true, 60},
	{"windows-1252", "éèàùâêîôûçäöüßñóáíúåøæãõ’“”–—…«»°€·©®", 0, 0, true, false, 60},
	{"windows-1250", "áéíóúýčďěňřšťůžąćęłńśźżőűöüä’“”„–…", 0, 0, true, false, 130},
};

static bool is_common(const struct candidate *c, uint32_t cp)
{
	char text[5] = {0};

	if (c->to && cp >= c->from && cp <= c->to)
		return true;
	size_t n = utf8_encode(cp, text);
	text[n] = '\0';
	return strstr(c->common, text) != NULL;
}

static bool is_letter_at(const char *s, size_t n, size_t i)
{
	return i < n && str_is_alpha((unsigned char)s[i]);
}

/* Parts per thousand of the characters beyond ASCII that are common; bad bytes
 * count against it. */
static long score(const struct candidate *c, const char *data, size_t n)
{
	struct buf text;
	size_t bad = 0, seen = 0, hits = 0;
	long result = -1;

	buf_init(&text, SAMPLE * 4);
	if (charset_decode(c->name, data, n, &text, &bad) && !text.fault) {
		const char *s = buf_str(&text);
		for (size_t i = 0, len; i < text.len; i += len) {
			len = 1;
			if ((unsigned char)s[i] < 0x80)
				continue;
			uint32_t cp = utf8_decode(s + i, text.len - i, &len);
			if (cp == UTF8_REPLACEMENT || (cp >= 0x3001 && cp <= 0x3011) ||
				(cp >= 0xFF01 && cp <= 0xFF5E))
				continue;
			seen++;
			bool alone = i == 0 || (unsigned char)s[i - 1] < 0x80;
			bool mixed = (i > 0 && is_letter_at(s, text.len, i - 1)) ||
				     is_letter_at(s, text.len, i + len);
			hits += (alone || !c->latin) && !(mixed && c->own_words) &&
				is_common(c, cp);
		}
		if (bad * 50 <= seen + 1 || bad <= 1)
			result = (long)((hits * 1000 + 1) / (seen + bad + 1)) * 100 / c->weight -
				 (long)bad;
	}
	/* Words of single-byte letters rarely pair up without a fault: a short text
	 * that does is in a charset of two bytes, whatever words it holds. */
	if (bad == 0 && result >= 50 && c->weight >= 90 && !c->latin)
		result += 300;
	buf_fini(&text);
	return result;
}

/* Nothing but GB2312 beyond ASCII, four characters in five of its first level (the 3,755
 * usual ones), and two of them at least. Single-byte text hardly ever falls into such pairs:
 * its words would all have even lengths. */
static bool is_plain_gb2312(const char *data, size_t n)
{
	const unsigned char *s = (const unsigned char *)data;
	size_t han = 0, usual = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < 0x80)
			continue;
		bool symbol = s[i] >= 0xA1 && s[i] <= 0xA3, is_han = s[i] >= 0xB0 && s[i] <= 0xF7;
		if ((!symbol && !is_han) || i + 1 >= n || s[i + 1] < 0xA1 || s[i + 1] > 0xFE)
			return false;
		han += is_han;
		usual += is_han && s[i] <= 0xD7;
		i++;
	}
	return usual >= 2 && usual * 5 >= han * 4;
}

const char *charset_guess(const char *data, size_t n)
{
	const char *best = "windows-1252";
	long top = 40; /* below that nothing is recognised */
	bool single_byte = true;

	/* Not in the middle of a character: cut at the last ASCII byte. */
	if (n > SAMPLE)
		for (n = SAMPLE; n > SAMPLE / 2 && (unsigned char)data[n - 1] >= 0x40;)
			n--;
	for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
		long s = score(&candidates[i], data, n);
		if (s > top) {
			top = s;
			best = candidates[i].name;
			single_byte = candidates[i].weight < 90 || candidates[i].latin;
		}
	}
	/* A few words that are not among the common ones. */
	return single_byte && is_plain_gb2312(data, n) ? "gb18030" : best;
}
