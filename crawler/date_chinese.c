/*
 * date_chinese.c - dates as Chinese (and Korean) sites write them: with 年月日, with
 * the year left out, or in relation to now.
 */
#include <string.h>

#include "base/utf8.h"
#include "crawler/date_private.h"

static const char *const leads[] = {"发布时间", "发布日期", "发表时间", "更新时间", "更新日期",
	"发布于", "发表于", "更新于", "发稿时间", "时间", "日期", "发布", "发表", "发稿", "更新"};

static void skip_lead(struct str *c)
{
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (date_skip_text(c, leads[i]))
			break;
	while (c->n && (str_is_space((unsigned char)c->p[0]) || c->p[0] == ':'))
		*c = str_sub(*c, 1, c->n);
}

/* ---- numbers, also written out ---- */

static int numeral(uint32_t cp)
{
	static const char digits[] = "〇一二三四五六七八九";

	if (cp == 0x96F6 || cp == 0x25CB) /* 零 ○ */
		return 0;
	if (cp == 0x4E24) /* 两 */
		return 2;
	for (size_t i = 0, len; digits[i]; i += len)
		if (utf8_decode(digits + i, sizeof digits - 1 - i, &len) == cp)
			return (int)(i / 3);
	return -1;
}

/* 二〇二一 digit by digit, 二十五 with tens. */
static bool read_numeral(struct str *c, int *value, int *digits)
{
	struct str rest = *c;
	int v = 0, n = 0, tens = -1;

	while (rest.n) {
		size_t len;
		uint32_t cp = utf8_decode(rest.p, rest.n, &len);
		int d = numeral(cp);
		if (cp == 0x5341 && tens < 0) { /* 十 */
			tens = n ? v : 1;
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

static bool read_any(struct str *c, int max_digits, int *value, int *digits)
{
	return date_read_number(c, max_digits, value, digits) || read_numeral(c, value, digits);
}

/* ---- relative ---- */

static bool at_end(struct str c)
{
	date_skip_space(&c);
	return c.n == 0;
}

struct unit {
	const char *text;
	int64_t seconds;
	int months;
};

static const struct unit units[] = {
	{"秒钟", 1, 0},
	{"秒", 1, 0},
	{"分钟", 60, 0},
	{"分", 60, 0},
	{"分鐘", 60, 0},
	{"小时", 3600, 0},
	{"小時", 3600, 0},
	{"个小时", 3600, 0},
	{"個小時", 3600, 0},
	{"钟头", 3600, 0},
	{"天", 86400, 0},
	{"日", 86400, 0},
	{"周", 7 * 86400, 0},
	{"星期", 7 * 86400, 0},
	{"个星期", 7 * 86400, 0},
	{"个月", 0, 1},
	{"月", 0, 1},
	{"年", 0, 12},
};

static int64_t months_ago(const struct date_context *x, int months)
{
	struct time_civil c = x->today;
	int index = c.year * 12 + c.month - 1 - months;
	int64_t t = x->now;

	c.year = index / 12;
	c.month = index % 12 + 1;
	while (c.day > 28 && !time_is_date(c.year, c.month, c.day))
		c.day--;
	time_from_civil(&c, x->zone, &t);
	return t;
}

/* 半年前, 半个月前, 半小时前 */
static int64_t half_ago(const struct date_context *x, const struct unit *u)
{
	if (u->months == 1)
		return x->now - INT64_C(15) * 86400;
	return u->months ? months_ago(x, u->months / 2) : x->now - u->seconds / 2;
}

static bool read_ago(struct str c, const struct date_context *x, struct date_parts *p)
{
	int value = 0, digits;
	bool half = date_skip_text(&c, "半");

	if (!half && !read_any(&c, 5, &value, &digits))
		return false;
	date_skip_space(&c);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct str rest = c;
		if (!date_skip_text(&rest, units[i].text))
			continue;
		date_skip_space(&rest);
		if (!date_skip_text(&rest, "前") && !date_skip_text(&rest, "以前") &&
			!date_skip_text(&rest, "之前"))
			continue;
		if (!at_end(rest) || (units[i].months && value > 1200))
			return false;
		p->moment_known = true;
		p->moment = half              ? half_ago(x, &units[i])
			    : units[i].months ? months_ago(x, value * units[i].months)
					      : x->now - value * units[i].seconds;
		return true;
	}
	return false;
}

static bool read_just_now(struct str c, const struct date_context *x, struct date_parts *p)
{
	static const char *const words[] = {"刚刚", "刚才", "方才", "just now", "now"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct str rest = c;
		if (date_skip_text(&rest, words[i]) && at_end(rest)) {
			p->moment_known = true;
			p->moment = x->now;
			return true;
		}
	}
	return false;
}

/* ---- 今天 昨天 前天 ---- */

static const struct {
	const char *text;
	int back;
} day_words[] = {
	{"今天", 0},
	{"今日", 0},
	{"昨天", 1},
	{"昨日", 1},
	{"前天", 2},
	{"前日", 2},
	{"大前天", 3},
	{"今晚", 0},
	{"昨晚", 1},
	{"今早", 0},
};

/* 星期五, （星期五） */
static void skip_weekday(struct str *c)
{
	struct str rest = *c;
	bool bracket = date_skip_text(&rest, "(");

	if (!date_skip_weekday(&rest) || (bracket && !date_skip_text(&rest, ")")))
		return;
	date_skip_space(&rest);
	*c = rest;
}

static bool read_clock_and_end(struct str c, struct date_parts *p)
{
	date_skip_space(&c);
	skip_weekday(&c);
	if (c.n == 0)
		return true;
	if (date_skip_text(&c, ","))
		date_skip_space(&c);
	return date_read_clock(&c, p, false) && date_read_zone(&c, p) && at_end(c);
}

static bool read_day_word(struct str c, const struct date_context *x, struct date_parts *p)
{
	for (size_t i = 0; i < sizeof day_words / sizeof *day_words; i++) {
		struct str rest = c;
		if (!date_skip_text(&rest, day_words[i].text))
			continue;
		/* 今晚8点: the second character also says which half of the day. */
		if (!str_is(str_sub(str_of(day_words[i].text), 3, 6), "天") &&
			!str_is(str_sub(str_of(day_words[i].text), 3, 6), "日") &&
			str_of(day_words[i].text).n == 6)
			rest = str_sub(c, 3, c.n);
		int64_t days = time_days_from_civil(x->today.year, x->today.month, x->today.day) -
			       day_words[i].back;
		time_civil_from_days(days, &p->year, &p->month, &p->day);
		return read_clock_and_end(rest, p);
	}
	return false;
}

/* ---- 周三 上周五 本周一 ---- */

/* The day of the week behind 周, 星期 or 礼拜: 1 is Monday, 7 Sunday; 0 none. */
static int read_weekday(struct str *c)
{
	static const char *const week[] = {"星期", "礼拜", "周", "週"};
	static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日"};
	bool led = false;

	for (size_t i = 0; i < sizeof week / sizeof *week && !led; i++)
		led = date_skip_text(c, week[i]);
	for (int i = 0; led && i < 7; i++)
		if (date_skip_text(c, days[i]))
			return i + 1;
	return led && date_skip_text(c, "天") ? 7 : 0;
}

/* Weeks begin on Monday. Without 上 or 本 the last such day, today's included. */
static bool read_day_of_week(struct str c, const struct date_context *x, struct date_parts *p)
{
	int64_t today = time_days_from_civil(x->today.year, x->today.month, x->today.day);
	int now = (time_weekday(today) + 6) % 7 + 1; /* 1 Monday … 7 Sunday */
	bool last = date_skip_text(&c, "上");
	bool this = !last && (date_skip_text(&c, "本") || date_skip_text(&c, "这"));
	int day = read_weekday(&c), back;

	if (day == 0)
		return false;
	back = now - day;
	if (last)
		back += 7;
	else if (!this && back < 0)
		back += 7;
	if (back < 0)
		return false; /* still to come */
	time_civil_from_days(today - back, &p->year, &p->month, &p->day);
	return read_clock_and_end(c, p);
}

/* ---- 年 月 日 ---- */

static bool skip_either(struct str *c, const char *a, const char *b, const char *d)
{
	date_skip_space(c);
	bool found = date_skip_text(c, a) || date_skip_text(c, b) || (d && date_skip_text(c, d));
	if (found)
		date_skip_space(c);
	return found;
}

/* Without a year the nearest one that is not in the future. */
static void guess_year(const struct date_context *x, struct date_parts *p)
{
	int64_t today = time_days_from_civil(x->today.year, x->today.month, x->today.day);

	p->year = x->today.year;
	if (time_is_date(p->year, p->month, p->day) &&
		time_days_from_civil(p->year, p->month, p->day) > today + 1)
		p->year--;
}

static bool read_calendar(struct str c, const struct date_context *x, struct date_parts *p)
{
	int first, digits;
	bool korean = str_find(c, "년", 0) < c.n;
	bool has_year = true;
	bool republic = date_skip_text(&c, "民国") || date_skip_text(&c, "民國");

	if (!republic)
		date_skip_text(&c, "公元");

	if (date_skip_text(&c, "今年"))
		p->year = x->today.year;
	else if (date_skip_text(&c, "去年"))
		p->year = x->today.year - 1;
	else
		has_year = false;
	if (!read_any(&c, 4, &first, &digits))
		return false;
	if (!has_year && skip_either(&c, "年", "년", NULL)) {
		if (!republic && (digits == 3 || (digits < 4 && first < 10)))
			return false;
		p->year = republic      ? first + 1911
			  : digits == 4 ? first
					: first + (first < 70 ? 2000 : 1900);
		has_year = true;
		if (!read_any(&c, 2, &first, &digits))
			return false;
	}
	if (!skip_either(&c, "月", "월", NULL))
		return false;
	p->month = first;
	p->day = 1;
	if (read_any(&c, 2, &p->day, &digits)) {
		if (!skip_either(&c, "日", "号", "일") && c.n && !has_year)
			return false;
	} else if (!has_year) {
		return false;
	}
	if (!has_year)
		guess_year(x, p);
	if (!read_clock_and_end(c, p))
		return false;
	if (korean && !p->has_zone) {
		p->has_zone = true;
		p->offset = 9 * 3600;
	}
	return true;
}

/* A clock alone is today's, as lists show what is fresh. */
static bool read_clock_alone(struct str c, const struct date_context *x, struct date_parts *p)
{
	p->year = x->today.year;
	p->month = x->today.month;
	p->day = x->today.day;
	return date_read_clock(&c, p, false) && at_end(c);
}

bool date_read_chinese(struct str c, const struct date_context *x, struct date_parts *p)
{
	struct date_parts empty = *p;
	bool (*const forms[])(struct str, const struct date_context *, struct date_parts *) = {
		read_just_now, read_ago, read_day_word, read_day_of_week, read_calendar,
		read_clock_alone};

	skip_lead(&c);
	if (date_skip_text(&c, "北京时间")) {
		empty.has_zone = true;
		empty.offset = 8 * 3600;
		date_skip_space(&c);
	}
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		*p = empty;
		if (forms[i](c, x, p))
			return true;
	}
	*p = empty;
	return date_read_iso(c, x, p);
}
