/*
 * date_relative.c - moments named in relation to now, in Chinese and English:
 * 3小时前, 1天2小时前, 刚刚, 昨天 14:20, 明早8点, 上周五; 2 hours ago, yesterday 3 pm.
 */
#include <string.h>

#include "crawler/date_private.h"

#define FEW 3 /* 几分钟前: as other readers of such dates count it */
#define TERMS_MAX 8 /* of "1年，1月，1周，…前" */
#define SPAN_MAX (INT64_C(1200) * 366 * 86400)

/* ---- so long ago ---- */

struct span {
	int64_t seconds;
	int months;
	bool calendar; /* 6月 right behind another term: the calendar's month, it may be */
};

struct unit {
	const char *text;
	struct span one;
};

/* A longer word stands before its own start. */
static const struct unit units[] = {
	{"秒钟", {.seconds = 1}},
	{"秒鐘", {.seconds = 1}},
	{"秒", {.seconds = 1}},
	{"分钟", {.seconds = 60}},
	{"分鐘", {.seconds = 60}},
	{"分", {.seconds = 60}},
	{"刻钟", {.seconds = 900}},
	{"刻鐘", {.seconds = 900}},
	{"小时", {.seconds = 3600}},
	{"小時", {.seconds = 3600}},
	{"钟头", {.seconds = 3600}},
	{"鐘頭", {.seconds = 3600}},
	{"天", {.seconds = 86400}},
	{"日", {.seconds = 86400}},
	{"周", {.seconds = 7 * 86400}},
	{"週", {.seconds = 7 * 86400}},
	{"星期", {.seconds = 7 * 86400}},
	{"礼拜", {.seconds = 7 * 86400}},
	{"禮拜", {.seconds = 7 * 86400}},
	{"月", {.months = 1}},
	{"年", {.months = 12}},
};

/* Whole words; a plural's s is taken off before. */
static const struct unit english_units[] = {
	{"second", {.seconds = 1}},
	{"sec", {.seconds = 1}},
	{"s", {.seconds = 1}},
	{"minute", {.seconds = 60}},
	{"min", {.seconds = 60}},
	{"m", {.seconds = 60}},
	{"hour", {.seconds = 3600}},
	{"hr", {.seconds = 3600}},
	{"h", {.seconds = 3600}},
	{"day", {.seconds = 86400}},
	{"d", {.seconds = 86400}},
	{"week", {.seconds = 7 * 86400}},
	{"wk", {.seconds = 7 * 86400}},
	{"w", {.seconds = 7 * 86400}},
	{"month", {.months = 1}},
	{"mo", {.months = 1}},
	{"year", {.months = 12}},
	{"yr", {.months = 12}},
	{"y", {.months = 12}},
};

static bool read_word(struct str *c, const char *word)
{
	size_t n = 0;

	while (n < c->n && str_is_alpha((unsigned char)c->p[n]))
		n++;
	if (!str_is_nocase(str_sub(*c, 0, n), word))
		return false;
	*c = str_sub(*c, n, c->n);
	return true;
}

static const struct unit *read_english_unit(struct str *c)
{
	size_t n = 0;

	while (n < c->n && str_is_alpha((unsigned char)c->p[n]))
		n++;
	size_t stem = n > 1 && str_lower(c->p[n - 1]) == 's' ? n - 1 : n;
	for (size_t i = 0; i < sizeof english_units / sizeof *english_units; i++)
		if (str_is_nocase(str_sub(*c, 0, stem), english_units[i].text)) {
			*c = str_sub(*c, n, c->n);
			return &english_units[i];
		}
	return NULL;
}

static const struct unit *read_unit(struct str *c)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (date_skip_text(c, units[i].text))
			return &units[i];
	return read_english_unit(c);
}

/* Half a month is 15 days. */
static void add_half(struct span *sum, const struct span *one)
{
	sum->seconds += one->months == 1 ? INT64_C(15) * 86400 : one->seconds / 2;
	sum->months += one->months / 2;
}

static bool read_amount(struct str *c, int *value)
{
	static const char *const few[] = {"几", "幾", "数", "數", NULL};
	int digits;

	*value = FEW;
	if (date_skip_any(c, few))
		return true;
	*value = 1;
	return read_word(c, "a") || read_word(c, "an") ||
	       date_read_any_number(c, 5, value, &digits);
}

/* 3小时, 半年, 两个半小时, 一年半, 2 hours. `joined`: right behind another term, where 25日
 * is the calendar's. */
static bool read_term(struct str *c, bool joined, struct span *sum)
{
	static const char *const counters[] = {"个", "個", NULL};
	struct str rest = *c;
	int value = 0;
	bool half = date_skip_text(&rest, "半");

	if (!half && !read_amount(&rest, &value))
		return false;
	date_skip_space(&rest);
	bool counted = date_skip_any(&rest, counters);
	half = half || date_skip_text(&rest, "半");
	const struct unit *u = read_unit(&rest);
	if (!u || (u->one.months && value > 1200) || (joined && strcmp(u->text, "日") == 0))
		return false;
	sum->calendar = sum->calendar || (joined && !counted && strcmp(u->text, "月") == 0);
	half = half || date_skip_text(&rest, "半");
	sum->seconds += value * u->one.seconds;
	sum->months += value * u->one.months;
	if (half)
		add_half(sum, &u->one);
	*c = rest;
	return true;
}

/* How many terms; 0: none, or too long ago. */
static int read_span(struct str *c, struct span *sum)
{
	static const char *const between[] = {",", "、", "零", "又", "and ", NULL};
	bool joined = false;
	int terms = 0;

	*sum = (struct span){.seconds = 0};
	for (; terms < TERMS_MAX && read_term(c, joined, sum); terms++) {
		date_skip_space(c);
		joined = !date_skip_any(c, between);
		if (!joined)
			date_skip_space(c);
	}
	if (sum->calendar && terms < 3) /* 21年6月前 */
		return 0;
	return sum->seconds <= SPAN_MAX && sum->months <= 12 * 1200 ? terms : 0;
}

/* As many months away, and on the last day of the month where it has not that many. */
static int64_t months_away(const struct date_context *x, int months)
{
	struct time_civil c = x->today;
	int index = c.year * 12 + c.month - 1 + months;
	int64_t t = x->now;

	c.year = index / 12;
	c.month = index % 12 + 1;
	while (c.day > 28 && !time_is_date(c.year, c.month, c.day))
		c.day--;
	time_from_civil(&c, x->zone, &t);
	return t;
}

/* 3小时前 and 3小时后, "in 3 hours" and "3 hours ago"; 2小时30分 is an age too, while 2小时
 * alone may be any duration. */
static bool read_away(struct str c, const struct date_context *x, struct date_parts *p)
{
	static const char *const about[] = {
		"大约", "大約", "大概", "约", "約", "近", "about ", NULL};
	static const char *const past[] = {"前", "以前", "之前", "ago", NULL};
	static const char *const future[] = {
		"后", "後", "以后", "以後", "之后", "之後", "later", NULL};
	struct span sum;

	bool to_come = date_skip_text(&c, "in ");
	if (date_skip_any(&c, about))
		date_skip_space(&c);
	int terms = read_span(&c, &sum);
	bool ago = !to_come && date_skip_any(&c, past);
	to_come = to_come || (!ago && date_skip_any(&c, future));
	if (terms == 0 || !date_at_end(c) || (!ago && !to_come && terms < 2))
		return false;
	p->moment_known = true;
	p->moment = sum.months ? months_away(x, to_come ? sum.months : -sum.months) : x->now;
	p->moment += to_come ? sum.seconds : -sum.seconds;
	return true;
}

static bool read_just_now(struct str c, const struct date_context *x, struct date_parts *p)
{
	static const char *const words[] = {"刚刚", "剛剛", "刚才", "剛才", "方才", "刚", "剛",
		"现在", "現在", "此刻", "just now", "now", NULL};

	if (!date_skip_any(&c, words) || !date_at_end(c))
		return false;
	p->moment_known = true;
	p->moment = x->now;
	return true;
}

/* ---- 今天 昨天 前天 明早 ---- */

static void set_day(const struct date_context *x, int ahead, struct date_parts *p)
{
	int64_t today = time_days_from_civil(x->today.year, x->today.month, x->today.day);

	time_civil_from_days(today + ahead, &p->year, &p->month, &p->day);
}

static const struct {
	const char *text;
	int ahead;
} day_words[] = {
	{"大前", -3},
	{"前", -2},
	{"昨", -1},
	{"今", 0},
	{"本", 0},
	{"明", 1},
	{"后", 2},
	{"後", 2},
	{"大后", 3},
	{"大後", 3},
};

/* 天 and 日 end the word; 晚 and 早 also say which half of the day, so they stay. */
static bool skip_day_ending(struct str *c)
{
	static const char *const whole[] = {"天", "日", NULL};
	static const char *const halves[] = {"晚", "早", "晨", "夜", NULL};
	struct str half = *c;

	return date_skip_any(c, whole) || date_skip_any(&half, halves);
}

static bool read_day_word(struct str c, const struct date_context *x, struct date_parts *p)
{
	for (size_t i = 0; i < sizeof day_words / sizeof *day_words; i++) {
		struct str rest = c;
		if (!date_skip_text(&rest, day_words[i].text) || !skip_day_ending(&rest))
			continue;
		set_day(x, day_words[i].ahead, p);
		return date_read_day_rest(rest, p);
	}
	return false;
}

static bool read_english_day(struct str c, const struct date_context *x, struct date_parts *p)
{
	static const char *const words[] = {"yesterday", "today", "tomorrow"};

	for (int i = 0; i < 3; i++) {
		struct str rest = c;
		if (!read_word(&rest, words[i]))
			continue;
		set_day(x, i - 1, p);
		return date_read_day_rest(rest, p);
	}
	return false;
}

/* ---- 周三 上周五 本周一 ---- */

/* The day of the week behind 周, 星期 or 礼拜: 1 is Monday, 7 Sunday; 0 none. */
static int read_weekday(struct str *c)
{
	static const char *const week[] = {"星期", "礼拜", "禮拜", "周", "週", NULL};
	static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日"};
	static const char *const english[][2] = {{"monday", "mon"}, {"tuesday", "tue"},
		{"wednesday", "wed"}, {"thursday", "thu"}, {"friday", "fri"}, {"saturday", "sat"},
		{"sunday", "sun"}};

	for (int i = 0; i < 7; i++)
		if (read_word(c, english[i][0]) || read_word(c, english[i][1]))
			return i + 1;
	if (!date_skip_any(c, week))
		return 0;
	for (int i = 0; i < 7; i++)
		if (date_skip_text(c, days[i]))
			return i + 1;
	return date_skip_text(c, "天") ? 7 : 0;
}

/* How many weeks back the word in front says; -1: there is none. */
static int read_weeks_back(struct str *c)
{
	static const char *const last[] = {"上个", "上個", "上", NULL};
	static const char *const this[] = {"本", "这个", "這個", "这", "這", NULL};

	if (date_skip_text(c, "上上"))
		return 2;
	return date_skip_any(c, last) ? 1 : date_skip_any(c, this) ? 0 : -1;
}

/* Later today by the clock that was read. */
static bool is_later(const struct date_context *x, const struct date_parts *p)
{
	return p->has_time && !p->has_zone &&
	       p->hour * 60 + p->minute > x->today.hour * 60 + x->today.minute;
}

/* Weeks begin on Monday. Without 上 or 本 the last such day, today's included unless its
 * clock is still to come. */
static bool read_day_of_week(struct str c, const struct date_context *x, struct date_parts *p)
{
	int64_t today = time_days_from_civil(x->today.year, x->today.month, x->today.day);
	int now = (time_weekday(today) + 6) % 7 + 1; /* 1 Monday … 7 Sunday */
	int weeks = read_weeks_back(&c);
	int day = read_weekday(&c), back;

	if (day == 0 || !date_read_day_rest(c, p))
		return false;
	back = now - day + (weeks > 0 ? 7 * weeks : 0);
	if (weeks < 0 && (back < 0 || (back == 0 && is_later(x, p))))
		back += 7;
	if (back < 0)
		return false; /* still to come */
	set_day(x, -back, p);
	return true;
}

bool date_read_relative(struct str c, const struct date_context *x, struct date_parts *p)
{
	const struct date_parts empty = *p;
	bool (*const forms[])(struct str, const struct date_context *, struct date_parts *) = {
		read_just_now, read_away, read_day_word, read_english_day, read_day_of_week};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		*p = empty;
		if (forms[i](c, x, p))
			return true;
	}
	*p = empty;
	return false;
}
