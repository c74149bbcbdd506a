/*
 * date_numeral.c - numbers of dates in Han numerals: 二〇二一, 二十五, 廿五, 贰拾伍; 二O二一
 * and 二0二一, as they are typed.
 */
#include "base/utf8.h"
#include "crawler/date_private.h"

static int numeral(uint32_t cp)
{
	static const char digits[] = "〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖";

	if (cp == 0x25CB) /* ○ */
		return 0;
	if (cp == 0x4E24 || cp == 0x5169) /* 两 兩 */
		return 2;
	for (size_t i = 0, len; digits[i]; i += len)
		if (utf8_decode(digits + i, sizeof digits - 1 - i, &len) == cp)
			return (int)(i / 3 % 10);
	return -1;
}

/* 十 拾 ten, 廿 twenty, 卅 thirty; 0 none. */
static int tens_of(uint32_t cp)
{
	return cp == 0x5341 || cp == 0x62FE ? 1 : cp == 0x5EFF ? 2 : cp == 0x5345 ? 3 : 0;
}

bool date_read_han(struct str *c, int *value, int *digits)
{
	struct str rest = *c;
	int v = 0, n = 0, tens = -1;

	while (rest.n) {
		size_t len;
		uint32_t cp = utf8_decode(rest.p, rest.n, &len);
		int d = numeral(cp), t = tens_of(cp);
		if (n > 0 && tens < 0 && (cp == '0' || cp == 'O' || cp == 'o'))
			d = 0;
		if (t && tens < 0 && (n == 0 || (t == 1 && n == 1))) {
			tens = n ? v : t;
			v = 0;
		} else if (d >= 0 && n < 4) {
			v = v * 10 + d;
		} else {
			break;
		}
		n++;
		rest = str_sub(rest, len, rest.n);
	}
	if (n == 0)
		return false;
	*value = tens >= 0 ? tens * 10 + v : v;
	*digits = n;
	*c = rest;
	return true;
}

bool date_read_any_number(struct str *c, int max_digits, int *value, int *digits)
{
	return date_read_number(c, max_digits, value, digits) || date_read_han(c, value, digits);
}
