/*
 * promise_phrase.c - reads a deadline phrase: a vague word (近期), a length of time (15天
 * 内) or a period of the calendar (今年9月底前).
 */
#include "matcher/promise_phrase.h"

#include <string.h>

#include "base/utf8.h"
#include "matcher/promise_period.h"
#include "matcher/scan.h"

#define QIAN 0x524D /* 前 */
#define NEI 0x5185 /* 内 */
#define DAO 0x5230 /* 到 */
#define FEN 0x5206 /* 分 */
#define YONG 0x7528 /* 用 */
#define QI 0x8D77 /* 起 */
#define STRETCH_AHEAD 183 /* days; the end of a later one is a year that nobody meant */
#define AMOUNT_MAX 1000 /* days, months … that a promise may run */

/* --- words without a date --- */

static const struct {
	const char *word;
	enum promise_grip grip;
} vague[] = {
	{"近期内", GRIP_LIMIT},
	{"近日内", GRIP_LIMIT},
	{"几个工作日内", GRIP_LIMIT},
	{"几个月内", GRIP_LIMIT},
	{"几天内", GRIP_LIMIT},
	{"几日内", GRIP_LIMIT},
	{"数日内", GRIP_LIMIT},
	{"数天内", GRIP_LIMIT},
	{"短期内", GRIP_LIMIT},
	{"短时间内", GRIP_LIMIT},
	{"最短时间内", GRIP_LIMIT},
	{"最短的时间内", GRIP_LIMIT},
	{"约定时间内", GRIP_LIMIT},
	{"约定期限内", GRIP_LIMIT},
	{"法定时间内", GRIP_LIMIT},
	{"法定时限内", GRIP_LIMIT},
	{"法定期限内", GRIP_LIMIT},
	{"规定时限内", GRIP_LIMIT},
	{"规定时间内", GRIP_LIMIT},
	{"规定期限内", GRIP_LIMIT},
	{"承诺时限内", GRIP_LIMIT},
	{"承诺期限内", GRIP_LIMIT},
	{"合同工期内", GRIP_LIMIT},
	{"近期", GRIP_TIME},
	{"近日", GRIP_TIME},
	{"最近几天", GRIP_TIME},
	{"最近几日", GRIP_TIME},
	{"近几天", GRIP_TIME},
	{"近几日", GRIP_TIME},
	{"这几天", GRIP_TIME},
	{"过几天", GRIP_TIME},
	{"过两天", GRIP_TIME},
	{"过些天", GRIP_TIME},
	{"不日", GRIP_TIME},
	{"择日", GRIP_TIME},
	{"不久后", GRIP_TIME},
	{"稍后", GRIP_TIME},
	{"待条件成熟", GRIP_WEAK},
	{"条件成熟后", GRIP_WEAK},
	{"条件成熟时", GRIP_WEAK},
	{"条件具备后", GRIP_WEAK},
	{"条件具备时", GRIP_WEAK},
	{"条件成熟", GRIP_WEAK},
	{"时机成熟", GRIP_WEAK},
	{"第一时间", GRIP_WEAK},
	{"下一阶段", GRIP_WEAK},
	{"下阶段", GRIP_WEAK},
	{"下一步", GRIP_WEAK},
	{"下步", GRIP_WEAK},
	{"尽快", GRIP_WEAK},
	{"尽早", GRIP_WEAK},
	{"早日", GRIP_WEAK},
	{"及早", GRIP_WEAK},
	{"适时", GRIP_WEAK},
	{"择机", GRIP_WEAK},
	{"逐步", GRIP_WEAK},
};

/* --- where a phrase may begin --- */

static void add_begin(struct promise_begins *b, const char *word)
{
	size_t n;
	uint32_t cp = utf8_decode(word, strlen(word), &n);

	b->bits[cp / 8] |= (uint8_t)(1u << cp % 8);
}

/* Numerals, and the words that the readers of periods know; tables tell their own. */
void promise_begins_init(struct promise_begins *b)
{
	static const char firsts[] =
		"0123456789零〇一二两三四五六七八九十百千半\"“近短法规承合不择稍待条时第下尽早及"
		"适逐未今本当明次来后上年月这春夏秋冬元除大农过清劳端儿教中国新开汛主雨寒暑高供采入"
		"放学小腊周星礼村最约换交入封上枯农冰梅台迎夏用通园投即节正几数旺立霜这";
	size_t n;

	memset(b, 0, sizeof *b);
	for (size_t i = 0; i < sizeof firsts - 1; i += n) {
		(void)utf8_decode(firsts + i, sizeof firsts - 1 - i, &n);
		add_begin(b, firsts + i);
	}
	for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
		add_begin(b, vague[i].word);
	for (size_t i = 0; promise_period_anchor(i); i++)
		add_begin(b, promise_period_anchor(i));
}

static bool read_vague(struct scan *c, struct promise_phrase *p)
{
	for (size_t i = 0; i < sizeof vague / sizeof *vague; i++) {
		if (!scan_take(c, vague[i].word))
			continue;
		p->kind = PROMISE_UNDATED;
		p->due = PROMISE_NO_DAY;
		p->grip = vague[i].grip;
		return true;
	}
	return false;
}

/* --- lengths of time --- */

enum length { HOURS, DAYS, WEEKS, MONTHS, MONTHS_HALF, QUARTERS, YEARS, YEARS_HALF, WORKDAYS };

static const struct scan_choice lengths[] = {
	{"个工作日", WORKDAYS},
	{"工作日", WORKDAYS},
	{"个小时", HOURS},
	{"小时", HOURS},
	{"个半月", MONTHS_HALF},
	{"个月", MONTHS},
	{"个星期", WEEKS},
	{"星期", WEEKS},
	{"个礼拜", WEEKS},
	{"周", WEEKS},
	{"个季度", QUARTERS},
	{"年半", YEARS_HALF},
	{"年", YEARS},
	{"天", DAYS},
	{"日", DAYS},
};

/* 三五天, 两三个月: the larger, not thirty-five. */
static int64_t of_two_digits(const struct scan *c, size_t from, int64_t value)
{
	bool han = c->at == from + 2 && c->cp[from] > 0x7F;

	return han && value > 11 && value < 100 && value % 10 > value / 10 &&
			       c->cp[from] != 0x5341 && c->cp[from + 1] != 0x5341
		       ? value % 10
		       : value;
}

/* 15, 3-5, 三至五; 半 is half of the unit and given as 0. */
static bool take_amount(struct scan *c, int64_t *amount)
{
	size_t from = c->at;

	if (scan_take(c, "半")) {
		*amount = 0;
		return true;
	}
	if (!scan_number(c, AMOUNT_MAX, amount))
		return false;
	*amount = of_two_digits(c, from, *amount);
	from = c->at;
	if (scan_range_mark(c) && scan_number(c, AMOUNT_MAX, amount))
		return true;
	c->at = from;
	return true;
}

static int64_t add_length(int64_t amount, enum length unit, const struct promise_reckon *r)
{
	bool half = amount == 0;

	switch (unit) {
	case HOURS:
		return r->made + (amount + 23) / 24;
	case DAYS:
		return r->made + (half ? 1 : amount);
	case WEEKS:
		return r->made + (half ? 4 : 7 * amount);
	case MONTHS:
		return half ? r->made + 15 : promise_add_months(r->made, amount);
	case MONTHS_HALF:
		return promise_add_months(r->made, amount) + 15;
	case QUARTERS:
		return promise_add_months(r->made, 3 * amount);
	case YEARS:
		return promise_add_months(r->made, half ? 6 : 12 * amount);
	case YEARS_HALF:
		return promise_add_months(r->made, 12 * amount + 6);
	case WORKDAYS:
		return calendar_add_workdays(r->workdays, r->made, half ? 1 : (int)amount);
	}
	return PROMISE_NO_DAY;
}

/* It runs from an event: …后3日内, 之日起3日内. Publication has nothing to do with it. */
static bool follows_event(const struct scan *c, size_t i)
{
	uint32_t before = i ? c->cp[i - 1] : 0;

	return before == 0x540E || before == 0x8D77; /* 后, 起 */
}

/* 用两年时间, 分三年 */
static bool is_used(const struct scan *c, size_t from, bool takes)
{
	return from && ((takes && c->cp[from - 1] == YONG) || c->cp[from - 1] == FEN);
}

/* 预计2至3个月 */
static bool is_estimated(const struct scan *c, size_t from)
{
	return from > 1 && scan_word_at(c->cp, c->n, from - 2, "预计");
}

/* 三天后, 一个月以后; 后续, 后期 are other words. */
static bool take_later(struct scan *c)
{
	static const struct scan_choice words[] = {
		{"以后", 1}, {"之后", 1}, {"后续", 0}, {"后期", 0}, {"后面", 0}, {"后", 1}};
	struct scan at = *c;
	int is = 0;

	if (!SCAN_ONE(&at, words, &is) || !is)
		return false;
	*c = at;
	return true;
}

/* From the day in *r on. */
static bool measure_length(struct scan *c, const struct promise_reckon *r, struct promise_phrase *p)
{
	static const char *const soon[] = {"就", "将", "会", "可", "能", "我", "安排"};
	size_t from = c->at;
	int64_t amount;
	int unit = MONTHS;
	bool ahead, near, within, about, takes;

	ahead = scan_take(c, "未来") || scan_take(c, "今后");
	near = !ahead && (scan_take(c, "近") || scan_take(c, "这"));
	if (!take_amount(c, &amount))
		return false;
	if (!(amount == 0 && scan_take(c, "月")) && !SCAN_ONE(c, lengths, &unit))
		return false;
	takes = scan_take(c, "时间");
	about = scan_take(c, "左右");
	within = scan_within(c);
	p->later = !within && !about && take_later(c);
	/* 未来三天: the weather. */
	near = near && unit <= WEEKS && ANY_WORD_AT(c->cp, c->n, c->at, soon);
	ahead = ahead ? unit >= MONTHS : is_estimated(c, from) && (unit == MONTHS || unit == WEEKS);
	if (!within && !about && !ahead && !near && !p->later && unit != WORKDAYS &&
		!is_used(c, from, takes))
		return false;
	p->kind = unit == WORKDAYS ? PROMISE_WORKDAYS : PROMISE_DATE;
	p->due = add_length(amount, (enum length)unit, r);
	p->workdays = unit != WORKDAYS ? 0 : amount == 0 ? 1 : (int)amount;
	p->grip = within ? GRIP_LIMIT : GRIP_TIME;
	p->ahead = ahead && unit >= MONTHS;
	p->length = true;
	return true;
}

/* … or from an event, whose day is not known. */
static bool read_length(struct scan *c, const struct promise_reckon *r, struct promise_phrase *p)
{
	size_t from = c->at;

	if (!measure_length(c, r, p))
		return false;
	p->from_event = follows_event(c, from);
	if (p->from_event) {
		p->due = PROMISE_NO_DAY;
		p->workdays = 0;
		if (p->kind == PROMISE_DATE)
			p->kind = PROMISE_UNDATED;
	}
	return true;
}

/* --- periods of the calendar --- */

/* 4月10日至20日: the last of them. */
static bool read_day_range(struct scan *c, struct promise_when *w)
{
	size_t from = c->at;
	int64_t day;

	if (scan_range_mark(c) && scan_number(c, 31, &day) &&
		(scan_take(c, "日") || scan_take(c, "号"))) {
		w->day = (int)day;
		w->stretch = true;
		return true;
	}
	c->at = from;
	return false;
}

static bool is_in_month(const struct promise_when *w)
{
	return w->period == PERIOD_DAY || w->period == PERIOD_MONTH || w->period == PERIOD_THIRD;
}

/* 12月28日至明年1月10日, 3月底至4月中旬: the last of them. */
static bool read_other_end(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	struct promise_when to = {0};
	size_t from = c->at;

	scan_take(c, "起");
	if (!scan_range_mark(c) || !promise_period_read(c, r, &to) || !is_in_month(&to)) {
		c->at = from;
		return false;
	}
	if (!to.month) /* 12月1日至月底 */
		to.month = w->month;
	if (w->year && !to.year)
		to.year = w->year + (to.month < w->month);
	*w = to;
	w->stretch = true;
	return true;
}

/* 30分, 半 */
static void skip_minute(struct scan *c)
{
	struct scan at = *c;
	int64_t minute;

	if (scan_take(c, "半"))
		return;
	if (scan_number(&at, 59, &minute) && scan_take(&at, "分"))
		*c = at;
}

static bool take_hour_number(struct scan *c)
{
	int64_t hour;

	if (scan_take(c, "零") || scan_number(c, 24, &hour))
		return true;
	return scan_take(c, "00") || scan_take(c, "0");
}

/* 24:00, 5时, 9点半 */
static bool take_hour(struct scan *c)
{
	static const struct scan_choice hours[] = {{"时", 0}, {"点钟", 0}, {"点", 0}};
	struct scan at = *c;
	int64_t minute;
	int ignored;

	if (!take_hour_number(&at))
		return false;
	if (scan_take(&at, ":")) {
		while (scan_take(&at, "0"))
			;
		scan_number(&at, 59, &minute);
	} else if (!SCAN_ONE(&at, hours, &ignored)) {
		return false;
	} else {
		skip_minute(&at);
	}
	*c = at;
	return true;
}

/* 31日24时前, 15日晚10点前, 今天下午5时, 8:00至18:00: the hour belongs to the phrase. */
static bool skip_hour(struct scan *c)
{
	static const struct scan_choice parts[] = {{"上午", 1}, {"中午", 1}, {"下午", 1},
		{"晚上", 1}, {"晚间", 1}, {"夜间", 1}, {"凌晨", 1}, {"早上", 1}, {"傍晚", 1},
		{"晚", 0}, {"早", 0}};
	struct scan at = *c, end;
	int whole = 0;

	SCAN_ONE(&at, parts, &whole);
	if (take_hour(&at)) {
		end = at;
		*c = scan_range_mark(&end) && take_hour(&end) ? end : at;
		return true;
	}
	if (whole)
		*c = at;
	return whole;
}

/* 自即日起10日内, 今天起一周内: a length of time from a day that is known. */
static bool read_length_from(struct scan *c, const struct promise_when *w,
	const struct promise_reckon *r, struct promise_phrase *p)
{
	struct promise_reckon from = *r;
	struct scan at = *c;

	if (w->period != PERIOD_DAYS || (at.cp[at.at - 1] != QI && !scan_take(&at, "起")))
		return false;
	from.made += w->index;
	if (!measure_length(&at, &from, p))
		return false;
	*c = at;
	p->from_day = true;
	return true;
}

/* 开学后一周内: a length of time from the end of a period. */
static bool read_length_after(struct scan *c, const struct promise_when *w,
	const struct promise_reckon *r, struct promise_phrase *p)
{
	struct promise_reckon from = *r;
	size_t start = c->at;

	from.made = promise_when_due(w, r);
	if (scan_take(c, "后") && measure_length(c, &from, p)) {
		p->kind = PROMISE_UNDATED;
		p->due = PROMISE_NO_DAY;
		p->workdays = 0;
		return true;
	}
	c->at = start;
	return false;
}

static enum promise_grip grip_of(const struct promise_when *w, bool within)
{
	if ((w->before || within) && !w->bare)
		return GRIP_LIMIT;
	if (w->bare)
		return GRIP_TIME;
	if (w->period == PERIOD_DAY)
		return GRIP_DAY;
	return w->period == PERIOD_YEAR && !w->during ? GRIP_YEAR : GRIP_TIME;
}

/* 12月20日以前; where that is past, it tells what was before. */
static bool read_until(struct scan *c, const struct promise_reckon *r, const struct promise_when *w)
{
	struct promise_when until = *w;
	size_t from = c->at;

	until.before = true;
	if (is_in_month(w) && scan_take(c, "以前") && promise_when_due(&until, r) >= r->made)
		return true;
	c->at = from;
	return false;
}

/* 今年前11个月, 2024年前三季度: the first months of it. */
static bool counts_months(const struct scan *c, const struct promise_when *w)
{
	struct scan at = *c;
	int64_t count;

	return w->period == PERIOD_YEAR && scan_take(&at, "前") && scan_number(&at, 12, &count);
}

/* What follows the period's name and tells how it limits. */
static bool read_limit(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	static const struct scan_choice during[] = {{"期间", 0}, {"里", 0}, {"时", 0}};
	int ignored;

	if (w->period == PERIOD_MONTH && scan_take(c, "开学") && !scan_before(c))
		c->at -= 2;
	else if (w->period == PERIOD_MONTH && c->cp[c->at - 1] == QIAN)
		w->before = true;
	if (w->period == PERIOD_UNKNOWN)
		w->during = SCAN_ONE(c, during, &ignored) || w->during;
	if (!w->before)
		w->before = (!counts_months(c, w) && scan_before(c)) || read_until(c, r, w);
	return !w->before && (scan_within(c) || c->cp[c->at - 1] == NEI);
}

static void read_last_end(struct scan *c, const struct promise_reckon *r, struct promise_when *w)
{
	if (is_in_month(w) &&
		(read_other_end(c, r, w) || (w->period == PERIOD_DAY && read_day_range(c, w))))
		scan_take(c, "期间");
	if (w->period == PERIOD_DAY || w->period == PERIOD_DAYS || w->period == PERIOD_WEEK)
		skip_hour(c);
	if (is_in_month(w) && !scan_take(c, "左右"))
		scan_take(c, "前后");
}

/* 春季, 汛期 alone only tell which. */
static bool names_no_time(const struct promise_when *w, bool within)
{
	if (w->before || w->during || w->after)
		return false;
	return (w->period == PERIOD_UNKNOWN && !within) || (w->period == PERIOD_SEASON && !w->year);
}

/* Nobody tells of 明年, of the end of a stretch, of a month or a day yet to come of this year, but
 * as of a plan. */
static bool is_ahead(const struct promise_when *w, const struct promise_phrase *p,
	const struct promise_reckon *r)
{
	if (w->period == PERIOD_DAYS || w->period == PERIOD_WEEK)
		return w->index > 0 && p->due > r->made;
	if (w->stretch && p->due >= r->made && p->due <= r->made + STRETCH_AHEAD)
		return true;
	if (!w->year || w->sum || p->due == PROMISE_NO_DAY || p->due < r->made)
		return false;
	return w->year > r->year || w->month > r->month || w->period == PERIOD_DAY;
}

/* What lies in a year. */
static bool is_of_calendar(const struct promise_when *w)
{
	return w->period != PERIOD_YEAR && w->period != PERIOD_DAYS && w->period != PERIOD_WEEK &&
	       w->period != PERIOD_UNKNOWN;
}

static bool is_mark(uint32_t cp)
{
	return cp == ',' || cp == ';' || cp == ':' || cp == ' ' || cp == 0x3002;
}

/* 到2030年, … at the head of a clause: the end of what is to be reached. */
static bool is_until(const struct scan *c, size_t from)
{
	return from && c->cp[from - 1] == DAO && (from == 1 || is_mark(c->cp[from - 2]));
}

/* 春节前一周, 高考前三天: how many days before. */
static int64_t take_earlier(struct scan *c)
{
	static const struct scan_choice units[] = {
		{"个星期", 7}, {"周", 7}, {"个月", 30}, {"天", 1}, {"日", 1}};
	struct scan at = *c;
	int64_t amount;
	int days;

	if (!scan_number(&at, 30, &amount) || !SCAN_ONE(&at, units, &days))
		return 0;
	*c = at;
	return amount * days;
}

static bool read_calendar(struct scan *c, const struct promise_reckon *r, struct promise_phrase *p)
{
	struct promise_when w = {0};
	size_t from = c->at;
	int64_t earlier = 0;
	bool within;

	if (!promise_period_read(c, r, &w))
		return false;
	read_last_end(c, r, &w);
	if (read_length_after(c, &w, r, p) || read_length_from(c, &w, r, p))
		return true;
	within = read_limit(c, r, &w);
	if ((w.season || w.period == PERIOD_FESTIVAL) && !w.before && !within && !w.after)
		w.after = scan_take(c, "后");
	if (names_no_time(&w, within))
		return false;
	if (w.before)
		earlier = take_earlier(c);
	/* "10年" alone is a length of time. */
	if (w.period == PERIOD_YEAR && !w.before && c->at < from + 4 && c->cp[from] < 0x80)
		return false;
	p->due = promise_when_due(&w, r);
	if (earlier && p->due != PROMISE_NO_DAY)
		p->due -= earlier - 1;
	p->kind = p->due == PROMISE_NO_DAY ? PROMISE_UNDATED : PROMISE_DATE;
	p->ahead = is_ahead(&w, p, r);
	p->calendar = is_of_calendar(&w);
	p->yearless = p->calendar && !w.year && !w.sum;
	p->bare = w.bare;
	p->lasting = w.period == PERIOD_HALF || w.period == PERIOD_QUARTER;
	p->unbegun = p->calendar && !promise_when_has_begun(&w, r);
	p->season = (w.period == PERIOD_UNKNOWN && !w.before) || w.after;
	p->grip = p->ahead && is_until(c, from) ? GRIP_LIMIT : grip_of(&w, within);
	return true;
}

bool promise_phrase_at(const uint32_t *cp, size_t n, size_t i, const struct promise_reckon *r,
	struct promise_phrase *out)
{
	struct scan c = {cp, n, i};

	*out = (struct promise_phrase){.from = i};
	if (cp[i] == ' ')
		return false;
	if (!read_vague(&c, out)) {
		c.at = i;
		if (!read_length(&c, r, out)) {
			c.at = i;
			if (!read_calendar(&c, r, out))
				return false;
		}
	}
	out->to = c.at;
	return true;
}
