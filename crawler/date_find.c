/*
 * date_find.c - where in a text a date may stand; what it means says date.c.
 */
#include "crawler/date_find.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "crawler/date.h"
#include "crawler/date_private.h"

#define YEAR_MIN 1990 /* of a date in an address */
#define PARTED_BYTES_MAX 128
#define TERMS_MAX 3 /* of an age, in front of its last one */

/* ---- a cursor ---- */

static bool skip_text(struct str *c, const char *text)
{
	if (!str_has_prefix(*c, text))
		return false;
	*c = str_sub(*c, strlen(text), c->n);
	return true;
}

static bool skip_any(struct str *c, const char *const *texts)
{
	for (; *texts; texts++)
		if (skip_text(c, *texts))
			return true;
	return false;
}

static bool skip_blanks(struct str *c)
{
	bool any = false;

	while (c->n) {
		size_t len;
		uint32_t cp = utf8_decode(c->p, c->n, &len);
		if (!utf8_is_space(cp))
			break;
		*c = str_sub(*c, len, c->n);
		any = true;
	}
	return any;
}

/* min to max digits, not followed by another one. */
static bool read_digits(struct str *c, size_t min, size_t max, int *value)
{
	size_t n = 0;
	int v = 0;

	while (n < c->n && n <= max && str_is_digit((unsigned char)c->p[n]))
		v = v * 10 + (c->p[n++] - '0');
	if (n < min || n > max)
		return false;
	*c = str_sub(*c, n, c->n);
	*value = v;
	return true;
}

static bool is_han_at(struct str c)
{
	size_t len;

	return c.n && utf8_is_han(utf8_decode(c.p, c.n, &len));
}

static bool is_month_day(int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* ---- the day ---- */

static const char *const day_units[] = {"日", "号", "號", NULL};

/* "年9月22日" or "-09-22" behind the year. */
static bool skip_month_day(struct str *c)
{
	static const char *const seps[] = {"-", "/", ".", "－", "／", "—", NULL};
	struct str rest = *c;
	int month, day;

	skip_blanks(&rest);
	if (skip_text(&rest, "年")) {
		skip_blanks(&rest);
		if (!read_digits(&rest, 1, 2, &month))
			return false;
		skip_blanks(&rest);
		if (!skip_text(&rest, "月"))
			return false;
		skip_blanks(&rest);
		if (!read_digits(&rest, 1, 2, &day))
			return false;
		skip_any(&rest, day_units);
	} else {
		rest = *c;
		const char *sep = rest.p;
		if (!skip_any(&rest, seps) || !read_digits(&rest, 1, 2, &month))
			return false;
		size_t len = 0;
		utf8_decode(sep, 4, &len);
		if (rest.n < len || memcmp(rest.p, sep, len) != 0)
			return false;
		rest = str_sub(rest, len, rest.n);
		if (!read_digits(&rest, 1, 2, &day))
			return false;
		skip_text(&rest, "日");
	}
	if (!is_month_day(month, day))
		return false;
	*c = rest;
	return true;
}

/* 2020-09-22, 20-09-22, 2020年9月22日 */
static bool skip_full_day(struct str *c)
{
	struct str rest = *c;
	int year;

	if (read_digits(&rest, 4, 4, &year) && (year < 1900 || year > 2100))
		return false;
	if (rest.n == c->n && !read_digits(&rest, 2, 2, &year))
		return false;
	if (!skip_month_day(&rest))
		return false;
	*c = rest;
	return true;
}

/* "2022 03/24", as the large numbers of a calendar leaf give it. */
static bool skip_parted_day(struct str *c, int *year, struct str *behind_year)
{
	struct str rest = *c;
	int month, day;

	if (!read_digits(&rest, 4, 4, year) || *year < 1900 || *year > 2100 || !skip_blanks(&rest))
		return false;
	*behind_year = rest;
	if (!read_digits(&rest, 2, 2, &month) || !skip_text(&rest, "/") ||
		!read_digits(&rest, 2, 2, &day) || !is_month_day(month, day))
		return false;
	*c = rest;
	return true;
}

/* " 10:20" */
static bool begins_clock(struct str s)
{
	int v;

	return skip_blanks(&s) && read_digits(&s, 1, 2, &v) && skip_text(&s, ":") &&
	       read_digits(&s, 2, 2, &v);
}

/* 9月22日, 09-22, 09/22, 9-22 10:20 */
static bool skip_short_day(struct str *c)
{
	struct str rest = *c, chinese;
	int month, day;

	if (!read_digits(&rest, 1, 2, &month))
		return false;
	chinese = rest;
	skip_blanks(&chinese);
	if (skip_text(&chinese, "月")) {
		rest = chinese;
		skip_blanks(&rest);
		if (!read_digits(&rest, 1, 2, &day) || !skip_any(&rest, day_units))
			return false;
	} else {
		bool two = c->n - rest.n == 2;
		if (!skip_text(&rest, "-") && !skip_text(&rest, "/"))
			return false;
		two = two && rest.n > 1 && str_is_digit((unsigned char)rest.p[1]);
		if (!read_digits(&rest, 1, 2, &day) || (!two && !begins_clock(rest)))
			return false;
		/* "12-15岁", "09-22-3": not a day. */
		if (rest.n && (strchr("-/.%", rest.p[0]) ||
				      str_is_alpha((unsigned char)rest.p[0]) || is_han_at(rest)))
			return false;
	}
	if (!is_month_day(month, day))
		return false;
	*c = rest;
	return true;
}

/* ---- the clock behind it ---- */

/* 星期五, 周五, （五） */
static void skip_weekday(struct str *c)
{
	static const char *const words[] = {"星期", "周", "礼拜", NULL};
	static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天", NULL};
	struct str rest = *c;

	skip_blanks(&rest);
	bool bracket = skip_text(&rest, "(") || skip_text(&rest, "（");
	if ((!skip_any(&rest, words) && !bracket) || !skip_any(&rest, days))
		return;
	if (bracket && !skip_text(&rest, ")") && !skip_text(&rest, "）"))
		return;
	*c = rest;
}

/* "10:20-11:20" is a span: only behind seconds a dash begins a zone. */
static void skip_zone(struct str *c, bool has_seconds)
{
	struct str rest = *c;
	int v;

	if (rest.n && (rest.p[0] == 'Z' || rest.p[0] == 'z')) {
		*c = str_sub(rest, 1, rest.n);
		return;
	}
	if (!skip_text(&rest, "+") && !(has_seconds && skip_text(&rest, "-")))
		return;
	if (read_digits(&rest, 4, 4, &v) ||
		(read_digits(&rest, 2, 2, &v) && skip_text(&rest, ":") &&
			read_digits(&rest, 2, 2, &v)))
		*c = rest;
}

/* Two digits, of more: "16:14:445次" is a time with seconds and a count. */
static bool read_two_digits(struct str *c, int *value)
{
	struct str two = str_sub(*c, 0, 2);

	if (!read_digits(&two, 2, 2, value))
		return false;
	*c = str_sub(*c, 2, c->n);
	return true;
}

/* ":33[.0]" and "分33秒" behind the minutes. False: it belongs to something else. */
static bool skip_seconds(struct str *c, bool *found)
{
	static const char *const inner[] = {":", "：", "分", NULL};
	struct str rest = *c, more;
	int second;

	*found = false;
	if (!skip_any(&rest, inner))
		return true;
	more = rest;
	if (read_two_digits(&more, &second) && second <= 60) {
		*found = true;
		rest = more;
		skip_text(&rest, "秒");
		more = rest;
		if (skip_text(&more, ".") && read_digits(&more, 1, 9, &second))
			rest = more;
	} else if (rest.p[-1] == ':') {
		return false; /* "10:20:" */
	}
	*c = rest;
	return true;
}

/* The hour alone: 下午3点, 9时; "3点意见" and "9时，某车" are parts of a sentence. */
static bool skip_whole_hour(struct str *c)
{
	static const char *const hours[] = {"时", "時", "点", "點", NULL};
	static const char *const ends[] = {"半", "整", NULL};
	struct str rest = *c;

	if (!skip_any(&rest, hours))
		return false;
	skip_any(&rest, ends);
	if ((rest.n && str_is_digit((unsigned char)rest.p[0])) || is_han_at(rest) ||
		str_has_prefix(rest, "，"))
		return false;
	*c = rest;
	return true;
}

/* 10:20[:33[.0]], 下午3时20分, 下午3点 */
static bool skip_clock(struct str *c)
{
	static const char *const halves[] = {"上午", "下午", "凌晨", "清晨", "早上", "早晨", "中午",
		"傍晚", "晚上", "晚间", "夜间", NULL};
	static const char *const colons[] = {":", "：", "时", "時", "点", NULL};
	struct str rest = *c, whole;
	int hour, minute;
	bool has_seconds;

	skip_any(&rest, halves);
	skip_blanks(&rest);
	if (!read_digits(&rest, 1, 2, &hour) || hour > 24)
		return false;
	whole = rest;
	if (skip_whole_hour(&whole)) {
		*c = whole;
		return true;
	}
	if (!skip_any(&rest, colons) || !read_digits(&rest, 2, 2, &minute) || minute > 59 ||
		!skip_seconds(&rest, &has_seconds))
		return false;
	skip_zone(&rest, has_seconds);
	*c = rest;
	return true;
}

static bool skip_clock_behind(struct str *c)
{
	struct str rest = *c;

	skip_weekday(&rest);
	if (!skip_text(&rest, "T") && !skip_text(&rest, "|"))
		skip_blanks(&rest);
	skip_weekday(&rest);
	skip_blanks(&rest);
	if (!skip_clock(&rest))
		return false;
	*c = rest;
	return true;
}

/* ---- in relation to now ---- */

/* "今天小编告诉大家" is no date, "今天发布" is one. */
static bool goes_on_as_sentence(struct str behind)
{
	static const char *const verbs[] = {"发布", "发表", "更新", "上传", "来源", NULL};

	return is_han_at(behind) && !skip_any(&behind, verbs);
}

/* "2小时" of 2小时30分钟前, up to the number of the next term. */
static void skip_larger_terms(struct str *c)
{
	static const char *const units[] = {"天", "小时", "小時", "个小时", "個小時", NULL};
	struct str rest = *c;
	int v;

	for (int terms = 0; terms < TERMS_MAX && skip_any(&rest, units); terms++) {
		skip_blanks(&rest);
		if (!read_digits(&rest, 1, 3, &v))
			return;
		*c = rest;
	}
}

static bool skip_relative(struct str *c, bool *has_time)
{
	static const char *const moments[] = {"刚刚", "刚才", NULL};
	static const char *const days[] = {"今天", "昨天", "前天", "今日", "昨日", NULL};
	static const char *const units[] = {"秒钟前", "秒前", "分钟前", "分鐘前", "小时前",
		"小時前", "个小时前", "個小時前", "天前", "周前", "个月前", "年前", NULL};
	struct str rest = *c;
	int v;

	*has_time = true;
	if (skip_any(&rest, moments)) {
		*c = rest;
		return !goes_on_as_sentence(rest);
	}
	if (skip_any(&rest, days)) {
		*has_time = skip_clock_behind(&rest);
		*c = rest;
		return *has_time || !goes_on_as_sentence(rest);
	}
	if (!read_digits(&rest, 1, 3, &v))
		return false;
	skip_larger_terms(&rest);
	skip_blanks(&rest);
	if (!skip_any(&rest, units))
		return false;
	*c = rest;
	return true;
}

/* ---- looking ---- */

/* The day of skip_parted_day() as date.c reads it: "2022/03/24 09:15:21". */
static bool read_parted(
	struct str *c, int64_t now, const struct time_zone *zone, bool *has_time, int64_t *moment)
{
	struct str rest = *c, month;
	struct buf day;
	int year;
	bool good;

	if (!skip_parted_day(&rest, &year, &month))
		return false;
	*has_time = skip_clock_behind(&rest);
	buf_init(&day, PARTED_BYTES_MAX);
	buf_addf(&day, "%d/", year);
	buf_add(&day, month.p, month.n - rest.n);
	good = !day.fault && date_parse(buf_str(&day), day.len, now, zone, moment);
	buf_fini(&day);
	*c = good ? rest : *c;
	return good;
}

/* A digit or letter before a number makes it part of something else. */
static bool may_begin(struct str text, size_t at)
{
	unsigned char before;

	if (at == 0)
		return true;
	before = (unsigned char)text.p[at - 1];
	if (str_is_alpha((unsigned char)text.p[at]))
		return !str_is_alnum(before);
	if (!str_is_digit((unsigned char)text.p[at]))
		return true;
	if (str_is_alnum(before) || before == '_')
		return false;
	/* "3.2020-01-01"? A point, dash or slash behind a digit continues a number. */
	return !(strchr("-./:", before) && at > 1 && str_is_digit((unsigned char)text.p[at - 2]));
}

static bool try_at(struct str text, size_t at, int64_t now, const struct time_zone *zone,
	struct date_found *out)
{
	struct str start = str_sub(text, at, text.n), c = start;
	bool has_year = true, has_time = false, relative = false, parted = false;

	if (skip_full_day(&c)) {
		has_time = skip_clock_behind(&c);
	} else if (read_parted(&c, now, zone, &has_time, &out->moment)) {
		parted = true;
	} else if (date_read_foreign(&c, now, zone, &has_time, &out->moment)) {
		parted = true;
	} else if (skip_relative(&c, &has_time)) {
		relative = true;
	} else if (skip_short_day(&c)) {
		has_year = false;
		has_time = skip_clock_behind(&c);
	} else {
		return false;
	}
	if (!has_time && c.n && str_is_digit((unsigned char)c.p[0]))
		return false;
	out->start = at;
	out->end = at + (start.n - c.n);
	out->has_year = has_year || relative;
	out->has_time = has_time;
	out->is_relative = relative;
	return parted || date_parse(start.p, start.n - c.n, now, zone, &out->moment);
}

/* 刚 今 昨 前: the words of skip_relative() that begin without a digit; and the months
 * that date_foreign.c reads. */
static bool begins_word(struct str s)
{
	static const char *const begins[] = {
		"刚", "今", "昨", "前", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

	for (size_t i = 0; s.n >= 3 && i < sizeof begins / sizeof *begins; i++)
		if (memcmp(s.p, begins[i], 3) == 0)
			return true;
	return false;
}

static bool begins_month(unsigned char c)
{
	return c && strchr("JFMASONDjfmasond", c);
}

bool date_find(struct str text, size_t from, int64_t now, const struct time_zone *zone,
	struct date_found *out)
{
	for (size_t at = from; at < text.n; at++) {
		unsigned char c = (unsigned char)text.p[at];
		if (!str_is_digit(c) && !begins_month(c) &&
			(c < 0xE4 || c > 0xE6 || !begins_word(str_sub(text, at, text.n))))
			continue;
		if (may_begin(text, at) && try_at(text, at, now, zone, out))
			return true;
	}
	return false;
}

/* ---- addresses ---- */

/* A longer number may go on with the time of day: 201909251301, 20190925130112. */
static bool goes_on_as_clock(struct str rest)
{
	size_t n = 0;
	int hour, minute;

	while (n < rest.n && str_is_digit((unsigned char)rest.p[n]))
		n++;
	if (n == 0)
		return true;
	if (n != 4 && n != 6 && n < 9)
		return false;
	hour = (rest.p[0] - '0') * 10 + (rest.p[1] - '0');
	minute = (rest.p[2] - '0') * 10 + (rest.p[3] - '0');
	return n <= 12 && hour < 24 && minute < 60;
}

/* YYYYMMDD, YYYY/MM/DD, YYYY/MMDD, YYYYMM/DD, YYYY-MM-DD, YYYY-MM/DD at c. */
static bool read_url_day(struct str c, struct time_civil *out)
{
	int digits[8];
	size_t n = 0, i = 0;
	bool parted = false;

	memset(out, 0, sizeof *out);
	for (; i < c.n && n < 8; i++) {
		if (str_is_digit((unsigned char)c.p[i]))
			digits[n++] = c.p[i] - '0';
		else if ((n == 4 || n == 6) && strchr("-/_", c.p[i]) &&
			 str_is_digit((unsigned char)c.p[i - 1]))
			parted = true;
		else
			break;
	}
	struct str rest = str_sub(c, i, c.n);
	if (n < 8 || (parted && rest.n && str_is_digit((unsigned char)rest.p[0])) ||
		!goes_on_as_clock(rest))
		return false;
	out->year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
	out->month = digits[4] * 10 + digits[5];
	out->day = digits[6] * 10 + digits[7];
	return out->year >= YEAR_MIN && time_is_date(out->year, out->month, out->day);
}

static bool read_short_url_day(struct str c, struct time_civil *out)
{
	memset(out, 0, sizeof *out);
	if (!read_digits(&c, 4, 4, &out->year) || !skip_text(&c, "/") ||
		!read_digits(&c, 1, 2, &out->month) || !skip_text(&c, "/") ||
		!read_digits(&c, 1, 2, &out->day))
		return false;
	return out->year >= YEAR_MIN && time_is_date(out->year, out->month, out->day);
}

bool date_in_url(const char *url, int64_t now, const struct time_zone *zone, int64_t *out)
{
	struct str u = str_of(url);
	size_t host = str_find(u, "://", 0);
	size_t at = host < u.n ? str_find(u, "/", host + 3) : 0;
	bool found = false;

	for (; at < u.n; at++) {
		struct time_civil day;
		struct str here = str_sub(u, at, u.n);
		if (!str_is_digit((unsigned char)u.p[at]) ||
			(at && str_is_digit((unsigned char)u.p[at - 1])))
			continue;
		if (!read_url_day(here, &day) && !read_short_url_day(here, &day))
			continue;
		int64_t t;
		if (!time_from_civil(&day, zone, &t) || t > now)
			continue;
		*out = t; /* the last one is the nearest to the article */
		found = true;
	}
	return found;
}

int64_t date_in_year_of(int64_t shown, int64_t named, const struct time_zone *zone)
{
	struct time_civil day, whole;

	time_to_civil(shown, zone, &day);
	time_to_civil(named, zone, &whole);
	if (day.month == whole.month && day.day == whole.day) {
		day.year = whole.year;
		time_from_civil(&day, zone, &shown);
	}
	return shown;
}
