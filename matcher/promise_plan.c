/*
 * promise_plan.c - whether a clause tells of what is to come by its times: 预计 and 可 with
 * one, an act by a limit that is yet to come (12月底前拆除).
 */
#include "matcher/promise_plan.h"

#include "matcher/scan.h"

#define HOU 0x540E /* 后 */
#define QIAN 0x524D /* 前 */
#define BEGINS_MAX 45 /* days: further off, 6月16日起 is as often what began last year */
#define QUOTE_OPEN 0x201C /* “ */

/* The clause names a time from `at` on. */
bool promise_plan_has_time(const struct promise_state *s, enum promise_grip grip, size_t at)
{
	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase + i];
		if (p->grip >= grip && (p->from >= at || p->grip == GRIP_LIMIT))
			return true;
	}
	return false;
}

/* 汛期前, 节前: no day, but a limit by its own words. */
static bool is_named_limit(const struct promise_line *l, const struct promise_phrase *p)
{
	return p->grip == GRIP_LIMIT && p->due == PROMISE_NO_DAY && !p->length &&
	       l->cp[p->to - 1] == QIAN;
}

/* 正在布点, 9月底出具: what follows what is under way, or comes soon, is yet to come, though no
 * 前 says so. */
static bool is_next_step(const struct promise_state *s)
{
	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase + i];
		if (p->soon && (p->grip == GRIP_TIME || (p->grip == GRIP_DAY && s->said)))
			return true;
		if (s->now && p->grip == GRIP_TIME &&
			(p->season || promise_clause_is_coming(s->line, p)))
			return true;
	}
	return false;
}

/* 我局三日内派员, 对方答复两天内派人: by us or by their word, so that a length of time is a
 * limit, not a rule. */
static bool names_us(const struct promise_state *s)
{
	static const char *const words[] = {
		"我", "给您", "向您", "与您", "为您", "给你", "向社会", "给大家"};

	if (promise_clause_has(s->c, CUE_SAYS))
		return true;
	for (size_t i = s->c->from; i < s->c->to; i++)
		if (ANY_WORD_AT(s->line->cp, s->c->to, i, words))
			return true;
	return false;
}

/* 道路12月底前修复, 2027年6月通车: only what is yet to come. */
static bool is_timed(const struct promise_line *l, const struct promise_clause *c, bool lengths)
{
	for (size_t i = 0; i < c->phrases; i++) {
		const struct promise_phrase *p = &l->phrases[c->first_phrase + i];
		if (scan_word_at(l->cp, l->n, p->to, "的"))
			continue; /* 开学前的空档 */
		if (p->ahead || is_named_limit(l, p) || (p->later && lengths) ||
			(p->grip == GRIP_LIMIT && promise_clause_is_coming(l, p) &&
				(lengths || !p->length)))
			return true;
	}
	return false;
}

/* 今年计划: the time stands right before it. */
static bool follows_time(const struct promise_state *s, size_t at)
{
	if (!scan_word_at(s->line->cp, s->line->n, at, "计划"))
		return false;
	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase + i];
		if (p->to == at && p->grip >= GRIP_YEAR)
			return true;
	}
	return false;
}

/* Of this clause, or of the one before that is nothing else. */
static bool has_limit_ahead(const struct promise_state *s, bool lengths)
{
	return is_timed(s->line, s->c, lengths) || is_next_step(s) ||
	       (s->limit && is_timed(s->line, s->limit, lengths));
}

/* 到2030年, 绿化率将达到45%: an aim, by a limit that leads it. */
static bool is_aim(const struct promise_state *s)
{
	return promise_clause_has(s->c, CUE_REACH) && !promise_clause_has(s->c, CUE_EXPECT) &&
	       (promise_plan_has_time(s, GRIP_LIMIT, s->c->from) ||
		       (s->limit && is_timed(s->line, s->limit, false)));
}

/* 若12月底前仍开工, 明年通车后, 为保证明年开学: what else follows. */
static bool is_condition(const struct promise_state *s)
{
	static const char *const heads[] = {"若", "如果", "如在", "如未", "倘", "凡", "一旦",
		"只要", "为了", "为保", "为确保", "为使", "为让", "为迎接", "为做好", "为尽"};

	return s->line->cp[s->c->to - 1] == HOU ||
	       ANY_WORD_AT(s->line->cp, s->c->to, s->c->from, heads);
}

/* 明天起, 从3月12日开始, 自2027年1月1日起: what begins is yet to come. */
static bool begins_ahead(const struct promise_state *s)
{
	static const char *const law[] = {"施行", "生效", "实施"};
	static const char *const starts[] = {"起", "开始"};
	const struct promise_line *l = s->line;

	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &l->phrases[s->c->first_phrase + i];
		bool near = p->soon && p->due <= l->made + BEGINS_MAX;
		if ((p->ahead || p->due == l->made || near) &&
			ANY_WORD_AT(l->cp, s->c->to, p->to, starts))
			return !ANY_WORD_AT(l->cp, s->c->to, p->to + 1, law);
	}
	return false;
}

/* 待天气好转后开始修复, 待批复后10日内给您答复 */
static bool waits_to_act(const struct promise_state *s)
{
	const struct promise_clause *c = s->c;

	if (!(promise_clause_has(c, CUE_WAIT) || s->waited) || promise_clause_is_theirs(c) ||
		promise_clause_has(c, CUE_LAW))
		return false;
	if (promise_clause_has(c, CUE_ACT) || promise_clause_has(c, CUE_FINISH))
		return true;
	for (size_t i = 0; i < c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[c->first_phrase + i];
		if (p->from_event && c->to - p->to >= 3)
			return true;
	}
	return false;
}

/* 您须12月底前缴费, 报名时间12月底前: what the reader is to do, or a term that is named. */
static bool is_for_readers(const struct promise_state *s)
{
	static const char *const words[] = {"您", "你", "申请", "报名", "考生", "家长", "居民",
		"用户", "参保", "业主", "有效", "时间", "期限", "截止", "缴", "提交", "办理",
		"登录", "拨打"};

	for (size_t i = s->c->from; i < s->c->to; i++)
		if (ANY_WORD_AT(s->line->cp, s->c->to, i, words))
			return true;
	return false;
}

/* 明年春节前统一购买: whatever the act, a limit yet to come tells that it will be done. */
static bool is_limited_act(const struct promise_state *s)
{
	const struct promise_clause *c = s->c;

	if (promise_clause_has(c, CUE_LAW) || promise_clause_has(c, CUE_DROPPED) ||
		promise_clause_has(c, CUE_HARM) || promise_clause_has(c, CUE_NOW) ||
		promise_clause_is_theirs(c) || is_for_readers(s))
		return false;
	for (size_t i = 0; i < c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[c->first_phrase + i];
		if (p->grip == GRIP_LIMIT && !p->length && promise_clause_is_coming(s->line, p) &&
			c->to - p->to >= 3 && !(p->from && s->line->cp[p->from - 1] == QUOTE_OPEN))
			return true;
	}
	return false;
}

/* 2027年, 重点抓好以下工作: what a report plans for the time that stands before it. */
static bool is_program(const struct promise_state *s)
{
	static const char *const words[] = {"重点", "着力", "抓好", "做好", "推进", "新建", "改造",
		"实施", "建设", "启动", "完善", "提升", "扩大", "推动", "加快", "办好", "建成",
		"新增"};

	if (!s->when || promise_clause_is_theirs(s->c) || promise_clause_has(s->c, CUE_LAW) ||
		promise_clause_has(s->c, CUE_NOW))
		return false;
	for (size_t i = s->c->from; i < s->c->to && i < s->c->from + 8; i++)
		if (ANY_WORD_AT(s->line->cp, s->c->to, i, words))
			return true;
	return false;
}

/* 12月底前拆除: the act and its limit tell that it will be done. */
static bool is_dated_act(const struct promise_state *s)
{
	const struct promise_clause *c = s->c;

	if ((s->ask && !names_us(s)) || promise_clause_has(c, CUE_PAST) ||
		promise_clause_has(c, CUE_NOT) || is_condition(s))
		return false;
	return is_aim(s) || is_program(s) || begins_ahead(s) || waits_to_act(s) ||
	       is_limited_act(s) ||
	       (promise_clause_has(c, CUE_FINISH) && has_limit_ahead(s, true)) ||
	       (promise_clause_has(c, CUE_ACT) && has_limit_ahead(s, s->us || names_us(s)));
}

/* 预计2027年用气量将达到: what is told beforehand, not planned. */
static bool is_forecast(const struct promise_state *s)
{
	static const char *const guesses[] = {"预", "估"};
	const struct promise_clause *c = s->c;

	return promise_clause_has(c, CUE_REACH) && promise_clause_has(c, CUE_EXPECT) &&
	       ANY_WORD_AT(s->line->cp, c->to, c->at[CUE_EXPECT], guesses);
}

/* 预计 and 可 promise when they come with a time. */
bool promise_plan_is_expected(const struct promise_state *s)
{
	const struct promise_clause *c = s->c;

	if (promise_clause_has(c, CUE_NOT) || promise_clause_has(c, CUE_DROPPED) ||
		promise_clause_has(c, CUE_LAW))
		return false;
	if (is_dated_act(s))
		return true;
	if (is_forecast(s))
		return false;
	if (promise_clause_has(c, CUE_MAY) && promise_clause_has(c, CUE_FINISH) &&
		promise_plan_has_time(s, GRIP_TIME, c->at[CUE_MAY]))
		return true;
	return (promise_clause_has(c, CUE_EXPECT) &&
		       (s->limit || promise_plan_has_time(s, GRIP_YEAR, c->at[CUE_EXPECT]) ||
			       follows_time(s, c->at[CUE_EXPECT]))) ||
	       (promise_clause_has(c, CUE_ABLE) &&
		       (s->limit || s->when || promise_plan_has_time(s, GRIP_YEAR, c->from)));
}
