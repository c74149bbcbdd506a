/*
 * date_months.c - the names of months, as publishing programs write them in the
 * place where RFC 822 has English ones.
 */
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "crawler/date_private.h"

#define NAME_MAX_BYTES 40

static const char *const english[] = {"january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december"};

struct month_row {
	const char *start; /* a name that begins so, in small letters */
	int month;
};

/* German, French, Spanish, Italian, Portuguese, Dutch, Polish; Russian; Greek
 * (μάώ is no slip of ours). A longer start stands before its own beginning. */
/* clang-format off */
static const struct month_row starts[] = {
	{"jan", 1}, {"ene", 1}, {"gen", 1}, {"sty", 1}, {"янв", 1}, {"ιαν", 1},
	{"feb", 2}, {"fév", 2}, {"fev", 2}, {"lut", 2}, {"фев", 2}, {"φεβ", 2},
	{"mar", 3}, {"mär", 3}, {"mrz", 3}, {"maa", 3}, {"mrt", 3}, {"мар", 3}, {"μάρ", 3}, {"μαρ", 3},
	{"apr", 4}, {"avr", 4}, {"abr", 4}, {"kwi", 4}, {"апр", 4}, {"απρ", 4},
	{"mai", 5}, {"may", 5}, {"mag", 5}, {"mei", 5}, {"maj", 5}, {"мая", 5}, {"май", 5},
	{"μάι", 5}, {"μαϊ", 5}, {"μαι", 5}, {"μάώ", 5}, {"μαώ", 5},
	{"juin", 6}, {"jun", 6}, {"giu", 6}, {"cze", 6}, {"июн", 6}, {"ιούν", 6}, {"ιουν", 6}, {"ιον", 6},
	{"jul", 7}, {"juil", 7}, {"lug", 7}, {"lip", 7}, {"июл", 7}, {"ιούλ", 7}, {"ιουλ", 7}, {"ιολ", 7},
	{"aug", 8}, {"aoû", 8}, {"aou", 8}, {"ago", 8}, {"sie", 8}, {"авг", 8}, {"αύγ", 8}, {"αυγ", 8},
	{"sep", 9}, {"set", 9}, {"wrz", 9}, {"сен", 9}, {"σεπ", 9},
	{"oct", 10}, {"okt", 10}, {"ott", 10}, {"out", 10}, {"paź", 10}, {"окт", 10}, {"οκτ", 10},
	{"nov", 11}, {"lis", 11}, {"ноя", 11}, {"νοέ", 11}, {"νοε", 11},
	{"dec", 12}, {"déc", 12}, {"dez", 12}, {"dic", 12}, {"gru", 12}, {"дек", 12}, {"δεκ", 12},
};

/* Whole words; a digit's 月 is read with the digit. */
static const struct month_row chinese[] = {
	{"一月", 1}, {"二月", 2}, {"三月", 3}, {"四月", 4}, {"五月", 5}, {"六月", 6}, {"七月", 7},
	{"八月", 8}, {"九月", 9}, {"十月", 10}, {"十一月", 11}, {"十二月", 12},
};
/* clang-format on */

/* Latin, Greek and Cyrillic capitals without accents of their own. */
static uint32_t fold(uint32_t cp)
{
	bool is_capital = (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) ||
			  (cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F);

	return is_capital ? cp + 32 : cp;
}

static void add_folded(struct buf *out, struct str word)
{
	for (size_t i = 0, len; i < word.n; i += len) {
		uint32_t cp = utf8_decode(word.p + i, word.n - i, &len);
		utf8_add(out, fold(cp));
	}
}

static int month_by_start(struct str folded)
{
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_has_prefix(folded, starts[i].start))
			return starts[i].month;
	for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
		if (str_is(folded, chinese[i].start))
			return chinese[i].month;
	return 0;
}

int date_english_month_of(struct str word)
{
	for (int i = 0; i < 12; i++)
		if (word.n >= 3 && word.n <= strlen(english[i]) &&
			strncasecmp(word.p, english[i], word.n) == 0)
			return i + 1;
	return 0;
}

int date_month_of(struct str word)
{
	struct buf folded;
	int known = date_english_month_of(word);

	if (known || word.n < 3 || word.n > NAME_MAX_BYTES)
		return known;
	buf_init(&folded, (size_t)NAME_MAX_BYTES * 2);
	add_folded(&folded, word);
	int month = month_by_start((struct str){buf_str(&folded), folded.len});
	buf_fini(&folded);
	return month;
}
