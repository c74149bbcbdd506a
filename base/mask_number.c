/*
 * mask_number.c - numbers that belong to a person: identity, telephone, bank card.
 *
 * A number may be written in groups. It must begin and end where a group does: eleven
 * digits out of the middle of an order number are no telephone.
 */
#include <string.h>

#include "base/mask_private.h"
#include "base/time.h"

#define DIGITS_MAX 24
#define GAP_MAX 2 /* characters between two groups */

struct digits {
	char d[DIGITS_MAX + 1];
	size_t end[DIGITS_MAX]; /* index behind each digit */
	bool first[DIGITS_MAX + 1]; /* it begins a group; [n]: the text goes on without digit */
	size_t n;
	bool dotted; /* a dot stands between groups */
};

static bool is_gap(uint32_t cp, bool brackets)
{
	return cp == ' ' || cp == '-' || cp == '.' || cp == '\t' ||
	       (brackets && (cp == '(' || cp == ')'));
}

/* Characters between the digit before i and the next one; 0: none follows. */
static size_t gap_at(const struct mask_text *t, size_t i, bool brackets)
{
	for (size_t k = 0; k <= GAP_MAX; k++) {
		if (mask_is_digit(mask_at(t, i + k)))
			return k;
		if (!is_gap(mask_at(t, i + k), brackets))
			break;
	}
	return 0;
}

/* The digits from i on, as many as there may be in one number. */
static void read_digits(const struct mask_text *t, size_t i, bool brackets, struct digits *out)
{
	memset(out, 0, sizeof *out);
	out->first[0] = true;
	while (out->n < DIGITS_MAX && mask_is_digit(mask_at(t, i))) {
		out->d[out->n] = (char)mask_at(t, i);
		out->end[out->n++] = ++i;
		size_t gap = gap_at(t, i, brackets);
		for (size_t k = 0; k < gap; k++)
			out->dotted = out->dotted || mask_at(t, i + k) == '.';
		out->first[out->n] = gap > 0 || !mask_is_digit(mask_at(t, i));
		i += gap;
	}
}

static const char *const phone_words[] = {
	"tel", "phone", "mobile", "mob", "call", "wx", "vx", "qq", "weixin", "wechat", "v", NULL};

/* A number begins here, not in the middle of a code or of another number. */
static bool begins(const struct mask_text *t, size_t i)
{
	uint32_t before = i ? mask_at(t, i - 1) : 0;

	if (mask_is_digit(before) || before == '_')
		return false;
	if (before == '.' && i > 1 && mask_is_digit(mask_at(t, i - 2)))
		return false;
	return !mask_is_alpha(before) || mask_follows(t, i, 0, phone_words);
}

static bool keeps(const struct mask_text *t, const struct digits *d, size_t n)
{
	for (size_t k = 0; t->keep && k < t->keep->count; k++) {
		size_t have = 0;
		const char *p = t->keep->numbers[k];
		for (; *p && have <= n; p++) {
			if (!mask_is_digit((unsigned char)*p))
				continue;
			if (have == n || d->d[have] != *p)
				break;
			have++;
		}
		if (!*p && have == n)
			return true;
	}
	return false;
}

/* Sizes of the groups in the first n digits: smallest and largest. */
static void group_sizes(const struct digits *d, size_t n, size_t *smallest, size_t *largest)
{
	size_t size = 0;

	*smallest = n;
	*largest = 0;
	for (size_t k = 0; k < n; k++) {
		size++;
		if (!d->first[k + 1])
			continue;
		*smallest = size < *smallest ? size : *smallest;
		*largest = size > *largest ? size : *largest;
		size = 0;
	}
}

/* Digit by digit, or in groups: a list of small numbers is neither. */
static bool is_grouped(const struct digits *d, size_t n)
{
	size_t smallest, largest;

	group_sizes(d, n, &smallest, &largest);
	return largest == 1 || smallest >= 2;
}

/* --- identity numbers --- */

static bool is_region(const char *d)
{
	static const char regions[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 "
				      "46 50 51 52 53 54 61 62 63 64 65 71 81 82 83";
	for (const char *p = regions; *p; p += p[2] ? 3 : 2)
		if (p[0] == d[0] && p[1] == d[1])
			return true;
	return false;
}

static int number(const char *d, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (d[i] - '0');
	return v;
}

static bool is_birth(int year, const char *month_day)
{
	return year >= 1880 && year <= 2099 &&
	       time_is_date(year, number(month_day, 2), number(month_day + 2, 2));
}

/* GB 11643-1999: ISO 7064 MOD 11-2. */
static bool has_check_digit(const char *d)
{
	static const int weight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;

	for (size_t i = 0; i < 17; i++)
		sum += weight[i] * (d[i] - '0');
	return "10X98765432"[sum % 11] == d[17];
}

bool mask_is_identity(const char *d, size_t n)
{
	if (n == 15)
		return is_region(d) && is_birth(1900 + number(d + 6, 2), d + 8);
	return n == 18 && is_region(d) && is_birth(number(d + 6, 4), d + 10) && has_check_digit(d);
}

static const char *const identity_words[] = {"身份证", "证件", "公民号码", "idcard", NULL};

/* 17 digits and an X: the eighteenth character. */
static size_t take_x(const struct mask_text *t, struct digits *d)
{
	size_t i = d->end[16];

	while (is_gap(mask_at(t, i), false) && i < d->end[16] + GAP_MAX)
		i++;
	if (mask_at(t, i) != 'X' && mask_at(t, i) != 'x')
		return 0;
	d->d[17] = 'X';
	return i + 1;
}

bool mask_identity(const struct mask_text *t, size_t i, struct mask_span *out)
{
	struct digits d;
	size_t n, end;

	if (!mask_is_digit(mask_at(t, i)) || !begins(t, i))
		return false;
	read_digits(t, i, false, &d);
	if (d.n == 17 && (end = take_x(t, &d)) > 0)
		n = 18;
	else if (d.n >= 18 && d.first[18])
		n = 18, end = d.end[17];
	else if (d.n >= 15 && d.first[15])
		n = 15, end = d.end[14];
	else
		return false;
	if (d.dotted || !is_grouped(&d, n - 1))
		return false;
	*out = (struct mask_span){i, end};
	/* One that was mistyped is still somebody's when the text says what it is. */
	return mask_is_identity(d.d, n) ||
	       (d.n <= 18 && is_region(d.d) && mask_follows(t, i, 4, identity_words));
}

/* --- telephones --- */

static bool is_money(const struct mask_text *t, size_t i, size_t end)
{
	static const char *const units[] = {
		"元", "万", "亿", "吨", "块", "人", "平方", "立方", "株", "kwh", NULL};
	static const char *const signs[] = {"￥", "¥", "$", "rmb", "人民币", NULL};

	while (mask_at(t, end) == ' ')
		end++;
	return mask_word_at(t, end, units) > 0 || mask_follows(t, i, 1, signs);
}

/* +86, 0086, 86 before a mobile number: where the number itself begins. */
static size_t skip_country(const struct mask_text *t, size_t i)
{
	size_t k = i;

	if (mask_at(t, k) == '+')
		k++;
	else if (mask_at(t, k) == '0' && mask_at(t, k + 1) == '0')
		k += 2;
	while (mask_at(t, k) == ' ')
		k++;
	if (mask_at(t, k) != '8' || mask_at(t, k + 1) != '6')
		return i;
	for (k += 2; is_gap(mask_at(t, k), true); k++)
		;
	return k;
}

static bool is_mobile(const struct digits *d)
{
	if (d->n < 11 || !d->first[11] || d->d[0] != '1' || d->d[1] < '3')
		return false;
	if (d->dotted && !(d->first[3] && d->first[7]))
		return false;
	return is_grouped(d, 11);
}

bool mask_mobile(const struct mask_text *t, size_t i, struct mask_span *out)
{
	struct digits d;
	size_t at;

	if ((!mask_is_digit(mask_at(t, i)) && mask_at(t, i) != '+') || !begins(t, i))
		return false;
	at = skip_country(t, i);
	read_digits(t, at, false, &d);
	if (!is_mobile(&d) && at != i) {
		at = i;
		read_digits(t, at, false, &d);
	}
	if (!is_mobile(&d) || keeps(t, &d, 11) || is_money(t, i, d.end[10]))
		return false;
	*out = (struct mask_span){i, d.end[10]};
	return true;
}

static size_t area_length(const char *d)
{
	if (d[0] != '0' || d[1] == '0' || d[1] == '\0')
		return 0;
	if (d[1] == '1')
		return d[2] == '0' ? 3 : 0;
	return d[1] == '2' ? 3 : 4;
}

static bool is_subscriber(char first)
{
	return first >= '2' && first <= '8';
}

/* Without an area code only the words before it tell a number from a count. */
static bool is_bare_landline(const struct mask_text *t, size_t i, const struct digits *d, size_t *n)
{
	static const char *const words[] = {
		"电话", "座机", "固话", "致电", "拨打", "号码", "tel", NULL};

	*n = d->n >= 8 && d->first[8] ? 8 : d->n >= 7 && d->first[7] ? 7 : 0;
	if (!*n || !is_subscriber(d->d[0]) || !mask_follows(t, i, 3, words))
		return false;
	return *n == 7 || !time_is_date(number(d->d, 4), number(d->d + 4, 2), number(d->d + 6, 2));
}

bool mask_landline(const struct mask_text *t, size_t i, struct mask_span *out)
{
	struct digits d;
	size_t at = i + (mask_at(t, i) == '('), area, n = 0;

	if (!mask_is_digit(mask_at(t, at)) || !begins(t, i))
		return false;
	read_digits(t, at, true, &d);
	area = d.dotted ? 0 : area_length(d.d);
	for (size_t k = 8; area && !n && k >= 7; k--)
		if (d.n >= area + k && d.first[area + k] && is_subscriber(d.d[area]) &&
			(area == 4 || k == 8))
			n = area + k;
	if (!n && !(at == i && is_bare_landline(t, i, &d, &n)))
		return false;
	if (keeps(t, &d, n) || is_money(t, i, d.end[n - 1]))
		return false;
	*out = (struct mask_span){i, d.end[n - 1]};
	return true;
}

/* --- bank cards --- */

static bool passes_luhn(const char *d, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int v = d[n - 1 - i] - '0';
		if (i % 2)
			v = v > 4 ? v * 2 - 9 : v * 2;
		sum += v;
	}
	return sum % 10 == 0;
}

/* Banks' prefixes: 3-6, 9 and the old 84-88; none begins like a year. */
static bool is_issuer(const char *d)
{
	return (d[0] >= '3' && d[0] <= '6') || d[0] == '9' ||
	       (d[0] == '8' && d[1] >= '4' && d[1] <= '8');
}

bool mask_card(const struct mask_text *t, size_t i, struct mask_span *out)
{
	struct digits d;
	size_t smallest, largest;

	if (!mask_is_digit(mask_at(t, i)) || !begins(t, i))
		return false;
	read_digits(t, i, false, &d);
	if (d.dotted || d.n < 16 || !is_issuer(d.d))
		return false;
	for (size_t n = d.n < 19 ? d.n : 19; n >= 16; n--) {
		if (!d.first[n] || !passes_luhn(d.d, n) || keeps(t, &d, n))
			continue;
		group_sizes(&d, n, &smallest, &largest);
		if (smallest < 2 || mask_is_alpha(mask_at(t, d.end[n - 1])))
			continue;
		*out = (struct mask_span){i, d.end[n - 1]};
		return true;
	}
	return false;
}
