/*
 * promise_bind.c - which time belongs to what is promised, and which tells of something else.
 */
#include "matcher/promise_bind.h"

#include "matcher/scan.h"

#define YU 0x4E8E /* 于 */
#define ZAI 0x5728 /* 在 */

/* What stands behind it makes it the time of something else: 2027年度, 9月的工资; 2025年
 * 印发的, unless it says when that will be done. */
static bool is_of_other(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	static const char *const nouns[] = {"以来", "以前", "期间", "度", "的", "份工资", "工资",
		"预算", "欠", "收到", "规划编制", "标准", "雨季", "生活费", "低保金", "补贴",
		"补助", "绩效", "养老金", "租金", "过渡费", "救助金", "电费", "水费"};
	static const char *const acts[] = {
		"发布", "印发", "下发", "批复", "批准", "出台", "颁布", "签订"};

	if (p->grip == GRIP_LIMIT || scan_word_at(l->cp, l->n, p->to, "的时间"))
		return false;
	while (p + 1 < l->phrases + l->phrase_count && p[1].from == p->to + 1 &&
		scan_word_at(l->cp, l->n, p->to, "、"))
		p++; /* 6月、7月低保金 */
	if (ANY_WORD_AT(l->cp, l->n, p->to, nouns))
		return true;
	return (!c->will || p->from < c->will_at) && ANY_WORD_AT(l->cp, l->n, p->to, acts);
}

/* So does what stands before it: 自… (but for 自明年1月1日起), 截至…, 根据2025年…. 至 only tells
 * the end of a stretch where a clause opens with it. */
static bool is_from_other(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	static const char *const one[] = {"自", "距"};
	static const char *const two[] = {"自从", "截至", "截止", "根据", "按照", "依据", "依照",
		"已于", "已在", "在此", "从今", "早在"};

	if (p->from >= 1 && !p->length && ANY_WORD_AT(l->cp, l->n, p->from - 1, one))
		return !((scan_word_at(l->cp, l->n, p->to, "起") ||
				 scan_word_at(l->cp, l->n, p->to - 1, "起")) &&
			 p->due >= l->made);
	if (p->from > c->from + 1 && scan_word_at(l->cp, l->n, p->from - 1, "至"))
		return true;
	return p->from >= 2 && ANY_WORD_AT(l->cp, l->n, p->from - 2, two);
}

/* Told of as past in a clause that also promises: 已于9月…，将. */
static bool is_past_of(const struct promise_clause *c, const struct promise_phrase *p)
{
	return promise_clause_has(c, CUE_PAST) && p->grip != GRIP_LIMIT &&
	       c->at[CUE_PAST] < c->will_at && p->to < c->will_at;
}

/* 今年上半年X将于3月31日: the longer time only says which. */
static bool is_within(const struct promise_clause *c, const struct promise_phrase *p,
	const struct promise_phrase *q)
{
	if (p->grip != GRIP_TIME || p->to >= c->will_at || q->from <= c->will_at)
		return false;
	return q->grip >= GRIP_DAY ||
	       (q->grip == GRIP_TIME && q->due != PROMISE_NO_DAY && q->due <= p->due);
}

/* 今年X将在今年底前: the year only says which. */
static bool has_firmer(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	for (size_t i = 0; i < c->phrases; i++) {
		const struct promise_phrase *q = &l->phrases[c->first_phrase + i];
		if ((p->grip == GRIP_YEAR && q->grip > GRIP_YEAR) ||
			(c->will && is_within(c, p, q)))
			return true;
	}
	return false;
}

/* 力争2018年开始建设, 2019年开学: a later year goes on with the plan. */
static bool is_later_step(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	return p->from == c->from && p > l->phrases && p[-1].due != PROMISE_NO_DAY &&
	       p->due > p[-1].due && p->to < c->to;
}

/* 其中一处安排在2020年实施 */
static bool follows_preposition(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	return p->from > c->from && (l->cp[p->from - 1] == YU || l->cp[p->from - 1] == ZAI);
}

/* 将…, 并将此事纳入2018年建设计划 */
static bool is_listed(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	static const char *const words[] = {"纳入", "列入"};

	return p->from >= c->from + 2 && ANY_WORD_AT(l->cp, l->n, p->from - 2, words);
}

/* 已责令其春节前付清, 我局将跟踪: what we ordered by then, and follow. */
static bool is_ordered(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	static const char *const starts[] = {"起", "开始"};

	return promise_clause_has(c, CUE_ORDER) && !promise_clause_has(c, CUE_ASK) &&
	       !promise_clause_has(c, CUE_LAW) &&
	       (p->grip == GRIP_LIMIT || ANY_WORD_AT(l->cp, c->to, p->to, starts)) &&
	       p->from > c->at[CUE_ORDER] && promise_clause_is_coming(l, p);
}

bool promise_bind(const struct promise_line *l, size_t clause, size_t phrase)
{
	const struct promise_clause *c = &l->clauses[clause];
	const struct promise_phrase *p = &l->phrases[phrase];
	bool next = c->leads || (clause + 1 < l->clause_count && l->clauses[clause + 1].will);

	if (has_firmer(l, c, p))
		return false;
	if (is_listed(l, c, p) && !promise_clause_has(c, CUE_DROPPED) &&
		(p->ahead || (p->grip == GRIP_YEAR && promise_clause_is_coming(l, p))))
		return true;
	if (is_of_other(l, c, p) || is_from_other(l, c, p) || is_past_of(c, p))
		return false;
	if (c->will || is_ordered(l, c, p) || (next && promise_clause_is_filled(c, p)))
		return true;
	if (promise_clause_has(c, CUE_LAW) || promise_clause_has(c, CUE_PAST) ||
		promise_clause_is_theirs(c) || promise_clause_has(c, CUE_DROPPED) || !c->goes_on)
		return false;
	if ((promise_clause_has(c, CUE_ACT) || promise_clause_has(c, CUE_FINISH) ||
		    follows_preposition(l, c, p)) &&
		(p->grip >= GRIP_TIME || p->ahead) && promise_clause_is_coming(l, p))
		return true;
	return p->grip == GRIP_LIMIT || (p->grip >= GRIP_TIME && p->from <= c->from + 1) ||
	       (p->grip == GRIP_YEAR && (is_later_step(l, c, p) || is_listed(l, c, p)));
}
