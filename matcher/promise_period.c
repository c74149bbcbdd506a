/*
 * promise_period.c - years, halves, quarters, months, weeks, days, seasons and feasts.
 */
#include "matcher/promise_period.h"

#include "base/time.h"
#include "matcher/festival.h"
#include "matcher/numerals.h"

#define YEAR_MIN 1990
#define YEAR_MAX 2099

static const struct scan_choice years_ahead[] = {{"今年", 0}, {"本年", 0}, {"当年", 0},
	{"明后年", 2}, {"今明两年", 1}, {"明后两年", 2}, {"明年", 1}, {"次年", 1}, {"来年", 1},
	{"后年", 2}, {"下一年度", 1}, {"下年度", 1}};

static bool take_named_year(struct scan *c, const struct promise_reckon *r, int *year)
{
	size_t from = c->at;
	int64_t value;
	int ahead;

	if (SCAN_ONE(c, years_ahead, &ahead)) {
		*year = r->year + ahead;
		return true;
	}
	if (numerals_read(c->cp + c->at, c->n - c->at, &value) >= 2 &&
		scan_number(c, YEAR_MAX, &value) && scan_take(c, "年")) {
		if (value >= 10 && value < 100 && c->at == from + 3)
			value += 2000; /* 19年9月 */
		*year = (int)value;
		if (value >= YEAR_MIN)
			return true;
	}
	*year = 0;
	c->at = from;
	return false;
}

static bool set(struct promise_when *w, enum promise_period period, int index)
{
	w->period = period;
	w->index = index;
	return true;
}

/* 年底, 一季度末: the last days of a month, so that 前 does not leave that month out. */
static bool set_end(struct promise_when *w, int month)
{
	w->month = month;
	return set(w, PERIOD_THIRD, 2);
}

static bool take_end(struct scan *c)
{
	return scan_take(c, "底") || scan_take(c, "末") || scan_take(c, "终");
}

/* 年 itself has been read, or stands here (年底). */
static bool read_in_year(struct scan *c, struct promise_when *w)
{
	static const struct scan_choice halves[] = {{"上半年", 0}, {"下半年", 1}};
	size_t from = c->at;
	int half;

	if (SCAN_ONE(c, halves, &half))
		return take_end(c) ? set_end(w, 6 * half + 6) : set(w, PERIOD_HALF, half);
	if (scan_take(c, "年初"))
		return set(w, PERIOD_YEAR_START, 0);
	if (scan_take(c, "年中"))
		return set_end(w, 6);
	if (scan_take(c, "年") && take_end(c))
		return set_end(w, 12);
	c->at = from;
	return false;
}

/* 2019年底: the year's own 年 does for both. */
static bool read_year_end(struct scan *c, struct promise_when *w)
{
	size_t from = c->at;

	if (w->year && c->at > 0) {
		c->at--;
		if (read_in_year(c, w))
			return true;
		c->at = from;
	}
	return read_in_year(c, w);
}

/* 本季度, 下个季度: the fifth is the next year's first. */
static bool take_quarter_ahead(
	struct scan *c, const struct promise_reckon *r, struct promise_when *w, int64_t *number)
{
	static const struct scan_choice ahead[] = {{"本季度", 0}, {"这个季度", 0}, {"下季度", 1},
		{"下个季度", 1}, {"下一季度", 1}, {"下一个季度", 1}};
	int step;

	if (!SCAN_ONE(c, ahead, &step))
		return false;
	w->year = r->year;
	*number = (r->month - 1) / 3 + 1 + step;
	return true;
}

static bool take_quarter(struct scan *c, int64_t *number)
{
	scan_take(c, "第");
	if (!scan_number(c, 4, number))
		return false;
	scan_take(c, "个");
	return scan_take(c, "季度");
}

static bool read_quarter(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	int64_t number;

	if (!take_quarter_ahead(c, r, w, &number) && !take_quarter(c, &number))
		return false;
	return take_end(c) ? set_end(w, 3 * (int)number) : set(w, PERIOD_QUARTER, (int)number - 1);
}

/* 本月, 下个月, 元月, 9月, 9-10月, 9月至10月; with nothing named the month of 月底. 本月 is
 * of this year, be it past. */
static bool take_month(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	static const struct scan_choice ahead[] = {
		{"本月", 0}, {"当月", 0}, {"这个月", 0}, {"下个月", 1}, {"下月", 1}, {"次月", 1}};
	int64_t number, to;
	struct scan range;
	bool named;
	int step;

	if (SCAN_ONE(c, ahead, &step)) {
		w->month = r->month + step;
		w->year = r->year;
		return true;
	}
	if (scan_take(c, "元月")) {
		w->month = 1;
		scan_take(c, "份");
		return true;
	}
	if (!scan_number(c, 12, &number))
		return false;
	named = scan_take(c, "月");
	range = *c;
	if (scan_range_mark(&range) && scan_number(&range, 12, &to) && to > number &&
		scan_take(&range, "月")) {
		*c = range;
		w->sum = number == 1;
		number = to;
		named = true;
	}
	w->month = (int)number;
	if (named)
		scan_take(c, "份");
	return named;
}

static bool read_month_part(struct scan *c, struct promise_when *w)
{
	static const struct scan_choice parts[] = {{"上中旬", 1}, {"中下旬", 2}, {"上旬", 0},
		{"中旬", 1}, {"下旬", 2}, {"初", 0}, {"中", 1}, {"底", 3}, {"末", 3}};
	size_t from = c->at;
	int64_t day;
	int part;

	if (scan_number(c, 31, &day) && (scan_take(c, "日") || scan_take(c, "号"))) {
		w->day = (int)day;
		return set(w, PERIOD_DAY, 0);
	}
	c->at = from;
	if (!SCAN_ONE(c, parts, &part))
		return set(w, PERIOD_MONTH, 0);
	if (part == 3) { /* 月底前 is the last day, not the day before the month */
		w->day = 0;
		return set(w, PERIOD_THIRD, 2);
	}
	return set(w, PERIOD_THIRD, part);
}

/* What stands before it tells that it is the time of an act: 于, 计划, 力争. */
static bool is_time_of_act(const struct scan *c)
{
	static const uint32_t heads[] = {0x4E8E /* 于 */, 0x5728 /* 在 */, 0x5212 /* 划 */,
		0x8BA1 /* 计 */, 0x5B9A /* 定 */, 0x8BFA /* 诺 */, 0x5E94 /* 应 */, 0x4FDD /* 保 */,
		0x53D6 /* 取 */, 0x4E89 /* 争 */, 0x5C06 /* 将 */, 0x671B /* 望 */};

	for (size_t i = 0; c->at && i < sizeof heads / sizeof *heads; i++)
		if (c->cp[c->at - 1] == heads[i])
			return true;
	return false;
}

static bool read_month(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	size_t from = c->at;
	int part = 0;
	static const struct scan_choice bare[] = {{"月上旬", 0}, {"月中旬", 1}, {"月下旬", 2},
		{"月底", 2}, {"月末", 2}, {"月内", 2}, {"月初", 0}};
	static const struct scan_choice thirds[] = {{"上旬", 0}, {"中旬", 1}, {"下旬", 2}};

	if (!w->year &&
		(SCAN_ONE(c, bare, &part) || (is_time_of_act(c) && SCAN_ONE(c, thirds, &part))))
		return set(w, PERIOD_THIRD, part);
	if (take_month(c, r, w))
		return read_month_part(c, w);
	c->at = from;
	w->month = 0;
	return false;
}

/* 端午, 农历端午; 农历年 is a name of its own. */
static bool take_feast(struct scan *c, const char *name)
{
	struct scan at = *c;

	if (scan_take(c, name))
		return true;
	if (!scan_take(&at, "农历") || !scan_take(&at, name))
		return false;
	*c = at;
	return true;
}

static bool take_any_feast(struct scan *c, int *index)
{
	for (size_t i = 0; i < festival_count(); i++) {
		if (!take_feast(c, festival_name(i)))
			continue;
		scan_take(c, "节");
		*index = (int)i;
		return true;
	}
	return false;
}

/* 元旦、春节: the last of them. */
static bool take_feasts(struct scan *c, int *index)
{
	static const struct scan_choice marks[] = {{"、", 0}, {"和", 0}, {"及", 0}};
	struct scan at;
	int ignored;

	if (!take_any_feast(c, index))
		return false;
	for (at = *c;; *c = at) {
		SCAN_ONE(&at, marks, &ignored);
		if (!take_any_feast(&at, index))
			return true;
	}
}

static bool read_festival(struct scan *c, struct promise_when *w)
{
	size_t from = c->at;

	if (take_feasts(c, &w->index)) {
		w->period = PERIOD_FESTIVAL;
		/* 五一路, 十一月: names of other things */
		w->before = scan_before(c);
		if (w->before || scan_take(c, "期间") || scan_take(c, "假期") ||
			scan_take(c, "前后"))
			return true;
		w->after = scan_take(c, "过后") || scan_take(c, "后");
		if (w->after)
			return true;
	}
	*w = (struct promise_when){.year = w->year};
	c->at = from;
	return false;
}

/* 前, 期间, or 后 and a length of time: without them 开学 is no limit. */
static bool limits(const struct scan *c)
{
	struct scan ahead = *c;

	return scan_take(&ahead, "后") || scan_take(&ahead, "期间") || scan_take(&ahead, "里") ||
	       scan_take(&ahead, "时") || scan_before(&ahead) || scan_within(&ahead);
}

static bool ends_it(const struct scan *c)
{
	return c->cp[c->at - 1] == 0x672B /* 末 */ || c->cp[c->at - 1] == 0x5E95 /* 底 */;
}

/* 利用暑期 */
static bool is_made_use_of(const struct scan *c, size_t from)
{
	return from && c->cp[from - 1] == 0x7528 /* 用 */;
}

/* Behind these 后 tells when as well. */
static const char *const seasons_named[] = {"春季开学", "秋季开学", "春季学期开学", "秋季学期开学",
	"新学期开学", "下学期开学", "下个学期开学", "新学期", "开学", "汛期", "主汛期", "雨季",
	"寒假", "暑假", "暑期", "高考", "中考", "供暖季", "供暖期", "采暖季", "采暖期", "供暖",
	"供热", "采暖", "入冬", "入夏", "入汛", "春运", "放假", "本学期结束", "学期结束",
	"本学期末", "学期末", "小年", "年关", "腊月底", "腊月", "冬季枯水期", "枯水期", "冬季来临",
	"夏季来临", "梅雨季", "台风季", "高温季节", "用水高峰", "用电高峰", "夏季高峰", "冬季高峰",
	"用气高峰", "旅游旺季", "旺季", "迎峰度夏", "封冻", "上冻", "冰冻期", "农闲", "农忙",
	"春耕", "期中考试", "期末考试", "秋收", "秋种", "开春", "入秋", "立春", "立夏", "立秋",
	"立冬", "霜降", "冬至"};
/* Behind these 后 tells of an event. */
static const char *const events_named[] = {
	"村委会换届", "换届", "交房", "交付使用", "入住", "通车", "投运", "开园"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

const char *promise_period_anchor(size_t i)
{
	if (i < COUNT(seasons_named))
		return seasons_named[i];
	i -= COUNT(seasons_named);
	return i < COUNT(events_named) ? events_named[i] : NULL;
}

static bool take_any(struct scan *c, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (scan_take(c, names[i]))
			return true;
	return false;
}

/* 汛期来临, 春运开始, 腊月二十 */
static void skip_turn(struct scan *c)
{
	static const struct scan_choice turns[] = {
		{"来临", 0}, {"到来", 0}, {"结束", 0}, {"开始", 0}, {"启动", 0}};
	int64_t day;
	int ignored;

	SCAN_ONE(c, turns, &ignored);
	scan_number(c, 30, &day);
}

/* 春季开学, 汛期: days that only the place itself knows; and events. */
static bool read_unknown(struct scan *c, struct promise_when *w)
{
	static const struct scan_choice which[] = {{"下一个", 0}, {"下个", 0}, {"这个", 0}};
	size_t from = c->at;
	int ignored;

	SCAN_ONE(c, which, &ignored);
	w->season = take_any(c, seasons_named, COUNT(seasons_named));
	if (!w->season && !take_any(c, events_named, COUNT(events_named))) {
		c->at = from;
		return false;
	}
	w->during = ends_it(c) || is_made_use_of(c, from);
	skip_turn(c);
	return set(w, PERIOD_UNKNOWN, 0);
}

/* 秋季开学将启用, 秋季学期起: where it is the time of an act. */
static bool take_school_season(struct scan *c)
{
	static const struct scan_choice names[] = {{"学期", 0}, {"开学", 0}};
	static const struct scan_choice acts[] = {{"将", 0}, {"会", 0}, {"起", 0}, {"投入", 0}};
	struct scan at = *c, act;
	int ignored;

	if (!SCAN_ONE(&at, names, &ignored))
		return false;
	act = at;
	if (!SCAN_ONE(&act, acts, &ignored))
		return false;
	*c = at;
	return true;
}

static bool read_season(struct scan *c, struct promise_when *w)
{
	static const struct scan_choice seasons[] = {{"春季", 0}, {"夏季", 1}, {"秋季", 2},
		{"冬季", 3}, {"春天", 0}, {"夏天", 1}, {"秋天", 2}, {"冬天", 3}};
	bool act = is_time_of_act(c);
	int season;

	if (!SCAN_ONE(c, seasons, &season))
		return false;
	if (w->year && !scan_take(c, "学期"))
		scan_take(c, "开学");
	if (!w->year)
		w->during = take_school_season(c);
	if (w->during)
		return set(w, PERIOD_UNKNOWN, season);
	w->during = act && !w->year;
	return set(w, PERIOD_SEASON, season);
}

/* 今冬明春: to the end of the spring that comes. */
static bool read_winter(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	if (!scan_take(c, "今冬明春"))
		return false;
	w->year = r->year + (r->month > 5);
	w->during = true;
	return set(w, PERIOD_SEASON, 0);
}

/* 2026-2027学年第二学期 */
static bool read_school_year(struct scan *c)
{
	struct scan at = *c;
	int64_t number;

	if (!scan_number(&at, YEAR_MAX, &number) || number < YEAR_MIN || !scan_range_mark(&at) ||
		!scan_number(&at, YEAR_MAX, &number) || !scan_take(&at, "学年"))
		return false;
	*c = at;
	if (scan_take(&at, "第") && scan_number(&at, 2, &number) && scan_take(&at, "学期"))
		*c = at;
	return true;
}

/* 下学期将…: where it is the time of an act, not what is spoken of. */
static bool read_term(struct scan *c, struct promise_when *w)
{
	static const struct scan_choice names[] = {{"下个学期", 0}, {"下学期", 0}, {"下学年", 0},
		{"本学期", 0}, {"本学年", 0}, {"新学期", 0}, {"新学年", 0}};
	static const struct scan_choice acts[] = {{"将", 0}, {"会", 0}, {"起", 0}, {"开始", 0}};
	struct scan at;
	int ignored;
	bool act;

	act = is_time_of_act(c);
	w->during = read_school_year(c);
	if (w->during)
		return set(w, PERIOD_UNKNOWN, 0);
	if (!SCAN_ONE(c, names, &ignored))
		return false;
	w->during = true;
	at = *c;
	if (act || limits(&at) || SCAN_ONE(&at, acts, &ignored))
		return set(w, PERIOD_UNKNOWN, 0);
	w->during = false;
	return false;
}

static const struct scan_choice weekdays[] = {{"一", 1}, {"二", 2}, {"三", 3}, {"四", 4}, {"五", 5},
	{"六", 6}, {"日", 7}, {"天", 7}, {"末", 7}};

/* 周五前: this week's, or the next one's when that is past. */
static bool read_weekday(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	static const struct scan_choice names[] = {{"星期", 0}, {"礼拜", 0}, {"周", 0}};
	size_t from = c->at;
	int ignored;
	struct scan ahead;

	if (SCAN_ONE(c, names, &ignored) && SCAN_ONE(c, weekdays, &w->day)) {
		ahead = *c;
		w->index = w->day < (time_weekday(r->made) + 6) % 7 + 1;
		if (scan_before(&ahead))
			return set(w, PERIOD_WEEK, w->index);
	}
	w->day = w->index = 0;
	c->at = from;
	return false;
}

static bool read_week(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	static const struct scan_choice weeks[] = {{"下下周", 2}, {"下个星期", 1}, {"下星期", 1},
		{"下个周", 1}, {"下周", 1}, {"本星期", 0}, {"这个星期", 0}, {"本周", 0},
		{"这周", 0}};

	if (!SCAN_ONE(c, weeks, &w->index))
		return read_weekday(c, r, w);
	w->period = PERIOD_WEEK;
	SCAN_ONE(c, weekdays, &w->day);
	return true;
}

/* 2026-12-31, 2026.12.31 */
static bool read_numeric(struct scan *c, struct promise_when *w)
{
	static const char *const marks[] = {"-", ".", "/"};
	int64_t year, month, day;
	struct scan at;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		at = *c;
		if (!scan_number(&at, YEAR_MAX, &year) || year < YEAR_MIN)
			return false;
		if (!scan_take(&at, marks[i]) || !scan_number(&at, 12, &month) ||
			!scan_take(&at, marks[i]) || !scan_number(&at, 31, &day))
			continue;
		scan_take(&at, "日");
		*c = at;
		w->year = (int)year;
		w->month = (int)month;
		w->day = (int)day;
		return set(w, PERIOD_DAY, 0);
	}
	return false;
}

/* “十五五”期间: five years, the name alone is that of a paper. */
static bool read_plan(struct scan *c, struct promise_when *w)
{
	static const struct scan_choice plans[] = {
		{"十三五", 2020}, {"十四五", 2025}, {"十五五", 2030}, {"十六五", 2035}};
	static const struct scan_choice ends[] = {
		{"期间", 0}, {"时期", 0}, {"规划期内", 0}, {"期末", 0}, {"末", 0}};
	struct scan at = *c;
	int last, ignored;

	if (!scan_take(&at, "“"))
		scan_take(&at, "\"");
	if (!SCAN_ONE(&at, plans, &last))
		return false;
	if (!scan_take(&at, "”"))
		scan_take(&at, "\"");
	if (!SCAN_ONE(&at, ends, &ignored))
		return false;
	*c = at;
	w->year = last;
	w->during = true;
	return set(w, PERIOD_YEAR, 0);
}

static bool read_day_word(struct scan *c, struct promise_when *w)
{
	static const struct scan_choice words[] = {{"即日起", 0}, {"今天", 0}, {"今日", 0},
		{"今晚", 0}, {"明天", 1}, {"明日", 1}, {"后天", 2}, {"今明两天", 1},
		{"今明两日", 1}, {"明后两天", 2}, {"明后天", 2}};

	return SCAN_ONE(c, words, &w->index) && set(w, PERIOD_DAYS, w->index);
}

/* 2019年至2021年: the last of them. */
static void read_year_range(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	size_t from = c->at;
	int year;

	if (scan_range_mark(c) && take_named_year(c, r, &year) && year > w->year)
		w->year = year;
	else
		c->at = from;
}

/* A clause begins here. */
static bool opens_clause(const struct scan *c)
{
	return c->at == 0 || c->cp[c->at - 1] == ',' || c->cp[c->at - 1] == ':' ||
	       c->cp[c->at - 1] == ';';
}

/* 31日, 20日前: a day of this month or the next. Where a clause opens with it, 前 or 起 must
 * say so, and it may still be that many days ago. */
static bool read_bare_day(struct scan *c, struct promise_when *w)
{
	struct scan at = *c, limit;
	int64_t day;

	bool bare = !is_time_of_act(c);

	if ((bare && !opens_clause(c)) || at.at >= at.n || at.cp[at.at] > '9' ||
		!scan_number(&at, 31, &day))
		return false;
	if ((!scan_take(&at, "日") && !scan_take(&at, "号")) ||
		scan_word_at(at.cp, at.n, at.at, "后"))
		return false;
	limit = at;
	if (bare && !scan_before(&limit) && !scan_take(&limit, "起"))
		return false;
	*c = at;
	w->bare = bare;
	w->day = (int)day;
	return set(w, PERIOD_DAY, 0);
}

/* 年前, 年后: of the lunar year that is to come; 节前, 节后: of a feast that the reader knows. */
static bool read_new_year(struct scan *c, struct promise_when *w)
{
	static const struct scan_choice names[] = {{"年", PERIOD_FESTIVAL}, {"节", PERIOD_UNKNOWN}};
	struct scan at = *c;
	int period;

	if (!(opens_clause(c) || is_time_of_act(c)) || !SCAN_ONE(&at, names, &period))
		return false;
	w->before = scan_before(&at);
	w->after = !w->before && scan_take(&at, "后");
	if (!w->before && !w->after)
		return false;
	*c = at;
	w->during = w->after;
	return set(w, (enum promise_period)period, (int)festival_new_year());
}

/* 年内, 年度内; also behind a year: 今年年内, 本年度内. */
static bool take_in_year(struct scan *c, bool named)
{
	size_t from = c->at;

	if (scan_take(c, "年内"))
		return true;
	if ((scan_take(c, "年") || named) && scan_take(c, "度") && scan_within(c))
		return true;
	c->at = from;
	return false;
}

bool promise_period_read(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	size_t from;

	if (read_numeric(c, w) || read_plan(c, w) || read_week(c, r, w) || read_day_word(c, w))
		return true;
	take_named_year(c, r, &w->year);
	from = c->at;
	if (read_year_end(c, w) || (read_unknown(c, w) && (w->during || limits(c))))
		return true;
	w->during = false;
	c->at = from;
	if (read_winter(c, r, w))
		return true;
	if (read_season(c, w) || read_term(c, w))
		return true;
	c->at = from;
	if (read_quarter(c, r, w))
		return true;
	c->at = from;
	if (read_month(c, r, w) || read_festival(c, w) ||
		(!w->year && (read_bare_day(c, w) || read_new_year(c, w))))
		return true;
	c->at = from;
	if (!take_in_year(c, w->year) && !w->year)
		return false;
	read_year_range(c, r, w);
	return set(w, PERIOD_YEAR, 0);
}
