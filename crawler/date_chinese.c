/*
 * date_chinese.c - dates as Chinese (and Korean) sites write them: with 年月日, with
 * the year left out, with a word in front or behind (发布时间：…, … 更新).
 */
#include <string.h>

#include "crawler/date_private.h"

/* ---- what stands around a date ---- */

static const char *const acts[] = {"发布", "發布", "发表", "發表", "更新", "发稿", "發稿", "发文",
	"發文", "成文", "印发", "公开", "公布", "公告", "公示", "生成", "刊登", "刊发", "出版",
	"上线", "上传", "编辑", "編輯", "修改", "创建", "来信", "写信", "留言", "提问", "咨询",
	"回复", "回覆", "答复", "回答", "受理", "办理", "办结", "提交", "推送", "收录", "采集",
	NULL};

static void skip_colon(struct str *c)
{
	while (c->n && (str_is_space((unsigned char)c->p[0]) || c->p[0] == ':'))
		*c = str_sub(*c, 1, c->n);
}

/* 发布时间：, 最后更新于, 日期:, and a colon whose label stands elsewhere. */
static void skip_lead(struct str *c)
{
	static const char *const which[] = {"最后", "最後", "最近", "上次", NULL};
	static const char *const nouns[] = {"时间", "時間", "日期", "于", "於", NULL};
	struct str rest;

	skip_colon(c);
	rest = *c;
	date_skip_any(&rest, which);
	bool act = date_skip_any(&rest, acts);
	bool noun = date_skip_any(&rest, nouns);
	if (!act && !noun)
		return;
	skip_colon(&rest);
	*c = rest;
}

/* "06-25 14:20 来自 某客户端": what sites put behind a date, cut off. */
static void cut_source(struct str *c)
{
	static const char *const words[] = {"来自", "來自", "来源", "來源", "发布于", "IP属地",
		"已编辑", "作者", "责任编辑", "阅读", "浏览", "点击", "访问", "字号", "字体", "·"};
	size_t end = c->n;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t at = str_find(*c, words[i], 0);
		if (at > 0 && at < end)
			end = at;
	}
	if (end == c->n)
		return;
	*c = str_sub(*c, 0, end);
	while (c->n && strchr(" \t|/,", c->p[c->n - 1]))
		c->n--;
}

/* "3小时前更新": the act behind the date. */
static void cut_tail(struct str *c)
{
	for (size_t i = 0; acts[i]; i++)
		if (str_has_suffix(*c, acts[i])) {
			*c = str_trim(str_sub(*c, 0, c->n - strlen(acts[i])));
			return;
		}
}

/* 星期五, （星期五） */
static void skip_weekday(struct str *c)
{
	struct str rest = *c;
	bool bracket = date_skip_text(&rest, "(");

	if ((!date_skip_weekday(&rest) && !(bracket && date_skip_bare_weekday(&rest))) ||
		(bracket && !date_skip_text(&rest, ")")))
		return;
	date_skip_space(&rest);
	*c = rest;
}

/* Two digits that end the text are an hour: 2月2日 09. */
static bool read_hour_alone(struct str c, struct date_parts *p)
{
	int digits;

	if (!date_read_number(&c, 2, &p->hour, &digits) || digits != 2 || !date_at_end(c))
		return false;
	p->has_time = true;
	return true;
}

/* 9时许: about nine. */
static void skip_about(struct str *c)
{
	static const char *const words[] = {"许", "許", "左右", NULL};

	(void)date_skip_any(c, words);
}

bool date_read_day_rest(struct str c, struct date_parts *p)
{
	date_skip_space(&c);
	skip_weekday(&c);
	/* 2021年6月25日 农历五月十六: the same day twice. */
	if (c.n == 0 || str_has_prefix(c, "农历") || str_has_prefix(c, "(农历"))
		return true;
	if (date_skip_text(&c, ",") || date_skip_text(&c, "at "))
		date_skip_space(&c);
	struct str half = c;
	if (date_skip_half(&half, p) && date_at_end(half))
		return true;
	p->has_time = false;
	if (read_hour_alone(c, p))
		return true;
	if (!date_read_clock(&c, p, false))
		return false;
	skip_about(&c);
	date_skip_space(&c);
	skip_weekday(&c);
	if (c.n && c.p[0] == '-')
		return false; /* 9:30-10:30 is a span, not a zone */
	return date_read_zone(&c, p) && date_at_end(c);
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

enum era { ERA_NONE, ERA_COMMON, ERA_REPUBLIC };

static enum era read_era(struct str *c)
{
	static const char *const republic[] = {"中华民国", "中華民國", "民国", "民國", NULL};
	static const char *const common[] = {"公元", "西元", NULL};
	enum era era = date_skip_any(c, republic) ? ERA_REPUBLIC
		       : date_skip_any(c, common) ? ERA_COMMON
						  : ERA_NONE;

	date_skip_space(c);
	return era;
}

/* 今年, 去年, or the number in front of 年, of so many digits; *digits 0: no year stands
 * there, which is well unless an era does. */
static bool read_year(
	struct str *c, const struct date_context *x, struct date_parts *p, int *digits)
{
	static const char *const words[] = {"今年", "去年", "前年"};
	enum era era = read_era(c);
	struct str rest = *c;
	int value;

	for (int i = 0; i < 3; i++)
		if (date_skip_text(c, words[i])) {
			p->year = x->today.year - i;
			*digits = 1;
			return true;
		}
	*digits = 0;
	if (!date_read_any_number(&rest, 4, &value, digits) ||
		!skip_either(&rest, "年", "년", NULL)) {
		*digits = 0;
		return era == ERA_NONE;
	}
	if (era != ERA_REPUBLIC && (*digits == 3 || (*digits < 4 && value < 10)))
		return false;
	p->year = era == ERA_REPUBLIC ? value + 1911
		  : *digits == 4      ? value
				      : value + (value < 70 ? 2000 : 1900);
	*c = rest;
	return true;
}

/* 25日, 25号; with a year the unit may be left out. 廿 without it is the old calendar's. */
static bool read_day(struct str *c, bool has_year, struct date_parts *p)
{
	static const char *const old[] = {"廿", "卅", NULL};
	struct str rest = *c, first = *c;
	int digits;

	p->day = 1;
	if (!date_read_any_number(&rest, 2, &p->day, &digits))
		return has_year;
	bool unit = skip_either(&rest, "日", "号", "號") || date_skip_text(&rest, "일");
	if (!unit && (date_skip_any(&first, old) || (rest.n && !has_year)))
		return false;
	*c = rest;
	return true;
}

/* 6, 六, 元: what stands in front of 月. */
static bool read_month(struct str *c, int *month)
{
	int digits;

	*month = 1;
	return date_skip_text(c, "元") || date_read_any_number(c, 2, month, &digits);
}

static bool read_calendar(struct str c, const struct date_context *x, struct date_parts *p)
{
	bool korean = str_find(c, "년", 0) < c.n;
	int year_digits;

	skip_weekday(&c);
	if (!read_year(&c, x, p, &year_digits))
		return false;
	if (year_digits == 4 && date_at_end(c)) {
		p->month = p->day = 1; /* 2021年 */
		return p->year >= 1000;
	}
	bool has_year = year_digits > 0;
	if (!read_month(&c, &p->month) || !skip_either(&c, "月", "월", NULL) ||
		!read_day(&c, has_year, p))
		return false;
	if (!has_year)
		date_guess_year(x, p);
	if (!date_read_day_rest(c, p))
		return false;
	if (korean && !p->has_zone) {
		p->has_zone = true;
		p->offset = 9 * 3600;
	}
	return true;
}

/* 本月25日, 上个月25号 */
static bool read_month_word(struct str c, const struct date_context *x, struct date_parts *p)
{
	static const char *const this[] = {"本月", "这个月", "這個月", "当月", NULL};
	static const char *const last[] = {"上月", "上个月", "上個月", NULL};
	bool back = date_skip_any(&c, last);

	if (!back && !date_skip_any(&c, this))
		return false;
	p->year = x->today.year;
	p->month = x->today.month - back;
	if (p->month == 0) {
		p->month = 12;
		p->year--;
	}
	return c.n && read_day(&c, false, p) && date_read_day_rest(c, p);
}

/* 3:2 is a score and "3:" a label: a clock that stands alone has two digits of minutes. */
static bool is_short_of_minutes(struct str c)
{
	size_t colon = str_find(c, ":", 0), n = 0;

	if (colon == c.n)
		return false;
	c = str_sub(c, colon + 1, c.n);
	date_skip_space(&c);
	while (n < c.n && str_is_digit((unsigned char)c.p[n]))
		n++;
	return n < 2;
}

/* A clock alone is today's, as lists show what is fresh. */
static bool read_clock_alone(struct str c, const struct date_context *x, struct date_parts *p)
{
	struct str half = c;

	p->year = x->today.year;
	p->month = x->today.month;
	p->day = x->today.day;
	if (date_skip_half(&half, p) && date_at_end(half))
		return true;
	if (is_short_of_minutes(c) || !date_read_clock(&c, p, false))
		return false;
	date_skip_space(&c);
	if (c.n && c.p[0] == '-')
		return false; /* 9:00-12:00 are hours of opening */
	return date_read_zone(&c, p) && date_at_end(c);
}

/* 09:30 2021年6月25日: the clock in front of a day that has none. */
static bool read_clock_first(struct str c, const struct date_context *x, struct date_parts *p)
{
	struct date_parts clock = *p, day = *p;

	if (!date_read_clock(&c, &clock, false) || clock.has_zone)
		return false;
	date_skip_space(&c);
	if (date_skip_text(&c, ","))
		date_skip_space(&c);
	if (!read_calendar(c, x, &day) || day.has_time) {
		day = *p;
		if (!date_read_iso(c, x, &day) || day.has_time || day.moment_known)
			return false;
	}
	*p = day;
	p->hour = clock.hour;
	p->minute = clock.minute;
	p->second = clock.second;
	p->next_day = clock.next_day;
	return true;
}

bool date_read_chinese(struct str c, const struct date_context *x, struct date_parts *p)
{
	struct date_parts empty = *p;
	bool (*const forms[])(struct str, const struct date_context *, struct date_parts *) = {
		date_read_relative, read_calendar, read_month_word, read_clock_alone, date_read_iso,
		read_clock_first};

	skip_lead(&c);
	cut_source(&c);
	cut_tail(&c);
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
	return false;
}
