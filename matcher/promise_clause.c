/*
 * promise_clause.c - who says in a clause that something will be done.
 *
 * Words are read from left to right; what was asked of others (要求, 请) holds to the end of
 * its clause and on, until a clause names somebody again; 下一步 opens what is to come.
 */
#include "matcher/promise_clause.h"

#include "matcher/scan.h"

#define WE 0x6211 /* 我 */
#define YU 0x4E8E /* 于 */
#define ZAI 0x5728 /* 在 */
#define HOU 0x540E /* 后 */
#define QIAN 0x524D /* 前 */
#define CENG 0x66FE /* 曾 */
#define JIANG 0x5C06 /* 将 */
#define DE 0x7684 /* 的 */
#define TITLE_OPEN 0x300A /* 《 */
#define TITLE_CLOSE 0x300B
#define QUOTE_OPEN 0x201C /* “ */
#define QUOTE_CLOSE 0x201D

/* What the clauses read so far leave behind. */
struct state {
	const struct promise_line *line;
	struct promise_clause *c;
	size_t hidden; /* 《, or “ of what somebody else wrote, that are open */
	bool frame, wait, ask, past, will;
	bool said; /* …答复: what follows is their word */
	bool waited; /* the clause before waits for something */
	bool urged; /* 强调…: what a leader wants, not what was promised */
	bool ordered; /* `ask` is an order of ours, not a request */
	struct promise_clause *limit; /* the one before, if it is a time limit and nothing else */
	bool when; /* … or a time yet to come */
	bool now; /* … tells what is under way */
	bool promised; /* the clauses since one that promised go on with it */
};

static bool has(const struct promise_clause *c, enum promise_cue cue)
{
	return c->at[cue] != PROMISE_NOWHERE;
}

/* Somebody else is to do what the clause says. */
static bool is_theirs(const struct promise_clause *c)
{
	return has(c, CUE_ASK) || has(c, CUE_ORDER);
}

/* Somebody or something stands before `at` in the clause; 并, 也, 还 name nobody. */
static bool has_subject(const struct state *s, size_t at)
{
	static const char *const nobody[] = {" ", "并", "也", "还", "再", "均", "都", "则", "另",
		"同时", "且", "后", "现", "就", "即", "而", "又", "仍"};
	size_t count = 0;

	for (size_t i = s->c->from; i < at && count < 2; i++)
		count += !ANY_WORD_AT(s->line->cp, at, i, nobody);
	return count >= 2;
}

/* --- when a word counts --- */

/* Nobody else was asked to do it. */
static bool is_ours(const struct state *s, size_t at)
{
	if (has(s->c, CUE_DROPPED) || (is_theirs(s->c) && !s->frame))
		return false;
	return !s->ask || s->frame || has_subject(s, at);
}

/* A time ends (年底前将) or begins here. */
static bool is_time_edge(const struct state *s, size_t at, bool end)
{
	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase + i];
		if ((end ? p->to : p->from) == at && p->grip >= GRIP_TIME)
			return true;
	}
	return false;
}

/* 经营者逾期未改正的, */
static bool ends_in_those(const struct promise_line *l, const struct promise_clause *c)
{
	static const char *const words[] = {"未", "逾期", "拒不", "违反"};

	for (size_t i = c->from; l->cp[c->to - 1] == DE && i < c->to; i++)
		if (ANY_WORD_AT(l->cp, c->to, i, words))
			return true;
	return false;
}

/* 未按时认证的将暂停发放: what befalls those who do not, unless it is us who will do it. */
static bool is_for_those(const struct state *s, size_t at)
{
	static const char *const heads[] = {"未", "逾期", "不", "拒"};

	const struct promise_clause *c = s->c;

	for (size_t i = 0; i < at; i++)
		if (s->line->cp[i] == WE)
			return false;
	if (at > c->from && s->line->cp[at - 1] == DE)
		return ANY_WORD_AT(s->line->cp, at, c->from, heads);
	return c > s->line->clauses && ends_in_those(s->line, c - 1);
}

/* 要求其整改, 并将于期满后复查: who ordered goes on. So does who asked, 将于3日内 being theirs. */
static bool is_willed(const struct state *s, size_t at)
{
	if (is_for_those(s, at))
		return false;
	if (is_ours(s, at))
		return true;
	return !is_theirs(s->c) && !has(s->c, CUE_DROPPED) && s->line->cp[at] == JIANG &&
	       (s->ordered || is_time_edge(s, at + 2, false));
}

/* 曾口头答应 is not to come. */
static bool is_planned(const struct state *s, size_t at)
{
	if (has(s->c, CUE_PAST) && s->line->cp[s->c->at[CUE_PAST]] == CENG)
		return false;
	if (has(s->c, CUE_DROPPED) || (is_theirs(s->c) && !s->frame))
		return false;
	return !s->urged || has_subject(s, at);
}

static bool is_plain(const struct state *s, size_t at)
{
	return is_ours(s, at) && !has(s->c, CUE_PAST) && !has(s->c, CUE_LAW) && !has(s->c, CUE_NOT);
}

/* 将 that means "take": 由社区将…上报, 我部将…进行了回复, 2016年8月1日将…. */
static bool is_taken(const struct state *s, size_t at)
{
	const struct promise_line *l = s->line;
	const struct promise_clause *c = s->c;

	if (at + 1 < c->to && (l->cp[at + 1] == TITLE_OPEN || l->cp[at + 1] == QUOTE_OPEN))
		return true;
	for (size_t i = c->from; i < c->to; i++)
		if (scan_word_at(l->cp, c->to, i, i < at ? "由" : "了"))
			return true;
	for (size_t i = c->first_phrase; i < c->first_phrase + c->phrases; i++)
		if (l->phrases[i].to <= at && l->phrases[i].grip == GRIP_DAY)
			return true;
	return false;
}

/* 我局将 …, 年底前将 …, 也将 …: what follows is yet to come. */
static bool is_to_come(const struct state *s, size_t at)
{
	static const char *const too[] = {"也", "还", "仍"};
	const struct promise_line *l = s->line;
	const struct promise_clause *c = s->c;

	if (s->limit || s->when || is_time_edge(s, at, true))
		return true;
	if (at > c->from && ANY_WORD_AT(l->cp, at, at - 1, too))
		return true;
	for (size_t i = c->from; i < at; i++)
		if (l->cp[i] == WE)
			return !s->past;
	return false;
}

/* Nothing behind 将 tells what it means. */
static bool is_bare_will(const struct state *s, size_t at)
{
	return at + 1 < s->c->to && is_plain(s, at) && !is_taken(s, at) &&
	       (s->will || s->frame || s->wait || is_to_come(s, at));
}

static bool is_can(const struct state *s, size_t at)
{
	static const char *const words[] = {"可", "能", "即可", "就可"};

	return ANY_WORD_AT(s->line->cp, s->c->to, at, words);
}

/* 6月中旬可打入您的账户; 15日内可申请 is a right. */
static bool is_dated_can(const struct state *s, size_t at)
{
	static const char *const rights[] = {
		"申请", "提出", "登录", "拨打", "到", "向", "凭", "持"};
	const struct promise_phrase *p;

	for (size_t i = at; i < s->c->to && i < at + 5; i++)
		if (ANY_WORD_AT(s->line->cp, s->c->to, i, rights))
			return false;
	for (size_t i = 0; i < s->c->phrases; i++) {
		p = &s->line->phrases[s->c->first_phrase + i];
		if (p->to == at)
			return !p->length && (p->soon || p->ahead || p->grip == GRIP_LIMIT ||
						     p->kind == PROMISE_UNDATED);
	}
	return false;
}

/* 已联系厂家近期会: elsewhere 会 is as often a meeting, or what can happen. */
static bool is_due_will(const struct state *s, size_t at)
{
	return is_ours(s, at) && !has(s->c, CUE_LAW) && !has(s->c, CUE_NOT) &&
	       is_time_edge(s, at, true) && (!is_can(s, at) || is_dated_can(s, at));
}

/* 关于您建议的: what the answer is about. */
static bool is_topic(const struct state *s)
{
	static const char *const heads[] = {"关于", "针对", "对于", "对您", "就您"};

	return ANY_WORD_AT(s->line->cp, s->c->to, s->c->from, heads);
}

static bool is_soon(const struct state *s, size_t at)
{
	return is_plain(s, at) && !is_topic(s) && ((!s->ask && !s->urged) || s->frame) &&
	       (has_subject(s, at) || s->will || s->frame || s->wait || !s->past);
}

static bool is_then(const struct state *s, size_t at)
{
	return (s->wait || s->frame) && is_plain(s, at);
}

/* 后 stands between the two. */
static bool is_after_event(const struct state *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (s->line->cp[i] == HOU)
			return true;
	return false;
}

/* 待资金拨付到位后发放: 拨付 is what is waited for. */
static bool is_act(const struct state *s, size_t at)
{
	return is_plain(s, at) &&
	       (!has(s->c, CUE_WAIT) || is_after_event(s, s->c->at[CUE_WAIT], at));
}

/* 对方答复两天之内派人 */
static bool says_when(const struct state *s, size_t at)
{
	return is_plain(s, at) && is_time_edge(s, at + 2, false);
}

/* 预计 tells what who answers expects, whoever was asked before. */
static bool is_foreseen(const struct state *s, size_t at)
{
	static const char *const views[] = {"预计", "估计", "预期", "有望"};
	bool view = ANY_WORD_AT(s->line->cp, s->c->to, at, views) && !is_theirs(s->c) &&
		    !has(s->c, CUE_DROPPED);

	return (view || is_ours(s, at)) && !has(s->c, CUE_PAST);
}

static bool opens_clause(const struct state *s, size_t at)
{
	return at < s->c->from + 4 && !has(s->c, CUE_PAST);
}

static bool stands_early(const struct state *s, size_t at)
{
	return at < s->c->from + 6;
}

static bool asks_others(const struct state *s, size_t at)
{
	(void)at;
	return !s->c->will && !is_topic(s);
}

/* …将…，并于10月底前督促…: to order it is what is promised. */
static bool orders_others(const struct state *s, size_t at)
{
	return asks_others(s, at) && !s->will;
}

/* counts NULL: wherever it stands. */
static const struct {
	bool (*counts)(const struct state *s, size_t at);
	bool promises;
} cues[CUES] = {
	[CUE_WILL] = {is_willed, true},
	[CUE_PLAN] = {is_planned, true},
	[CUE_JIANG] = {is_bare_will, true},
	[CUE_SOON] = {is_soon, true},
	[CUE_THEN] = {is_then, true},
	[CUE_SHALL] = {is_due_will, true},
	[CUE_EXPECT] = {is_foreseen, false},
	[CUE_ABLE] = {is_plain, false},
	[CUE_FINISH] = {is_act, false},
	[CUE_ACT] = {is_act, false},
	[CUE_SAYS] = {says_when, false},
	[CUE_REACH] = {is_plain, false},
	[CUE_FRAME] = {opens_clause, false},
	[CUE_WAIT] = {stands_early, false},
	[CUE_ASK] = {asks_others, false},
	[CUE_ORDER] = {orders_others, false},
};

static void promise(struct promise_clause *c, size_t at)
{
	if (!c->will)
		c->will_at = at;
	c->will = true;
}

static void take_cue(struct state *s, enum promise_cue cue, size_t at)
{
	struct promise_clause *c = s->c;

	if (cues[cue].counts && !cues[cue].counts(s, at))
		return;
	if (!has(c, cue))
		c->at[cue] = at;
	if (cues[cue].promises)
		promise(c, at);
	s->frame = s->frame || cue == CUE_FRAME;
	s->wait = s->wait || cue == CUE_WAIT;
	s->urged = s->urged || cue == CUE_URGE;
}

/* --- a clause as a whole --- */

/* 通报要求, 会议要求: by whom. */
static bool is_said(const struct state *s, size_t at)
{
	static const char *const by[] = {"通报", "会议", "通知", "明确", "领导", "上级", "方案"};

	return at >= s->c->from + 2 && ANY_WORD_AT(s->line->cp, at, at - 2, by);
}

/* 承诺, 要求 at the end of a clause: a noun, unless what follows is what was promised. */
static bool is_noun(const struct state *s, enum promise_cue cue, size_t end)
{
	const struct promise_line *l = s->line;

	if (end != s->c->to)
		return false;
	if (cue == CUE_ORDER)
		return scan_word_at(l->cp, end, end - 2, "要求") &&
		       !(end < l->n && l->cp[end] == ':') && !is_said(s, end - 2);
	if (cue != CUE_PLAN)
		return false;
	return (has(s->c, CUE_PAST) || has(s->c, CUE_NOT)) && !(end < l->n && l->cp[end] == ':');
}

/* Within 《 》 words name a paper; within 反映“ ” the reader speaks. */
static void note_quotes(struct state *s, size_t i)
{
	static const char *const heads[] = {"映", "于", "诉", "疑", "问", "到", "及", "称"};
	static const char *const tails[] = {"说的", "到的", "提的", "及的"};
	const uint32_t *cp = s->line->cp;

	if (cp[i] == TITLE_OPEN ||
		(cp[i] == QUOTE_OPEN && ((i && ANY_WORD_AT(cp, i, i - 1, heads)) ||
						(i > 1 && ANY_WORD_AT(cp, i, i - 2, tails)))))
		s->hidden++;
	else if ((cp[i] == TITLE_CLOSE || cp[i] == QUOTE_CLOSE) && s->hidden)
		s->hidden--;
}

/* 改造计划三年内完成, 同意于9月底前付清: a time behind 计划 or 同意 makes it a verb, whatever
 * word it ended. The characters up to it, or n as it was. */
static size_t plan_with_time(const struct state *s, size_t i, size_t n, enum promise_cue *cue)
{
	static const char *const verbs[] = {"计划", "同意"};
	const struct promise_line *l = s->line;

	for (size_t k = i + 1; k < i + n; k++) {
		size_t time = k + 1;
		if (!ANY_WORD_AT(l->cp, i + n, k - 1, verbs))
			continue;
		time += time < l->n && (l->cp[time] == YU || l->cp[time] == ZAI);
		if (!is_time_edge(s, time, false))
			continue;
		*cue = CUE_EXPECT;
		return k + 1 - i;
	}
	return n;
}

static void read_cues(struct state *s, const struct promise_words *w)
{
	const struct promise_clause *c = s->c;
	enum promise_cue cue = CUE_NONE;
	size_t n;

	for (size_t i = c->from; i < c->to; i += n ? n : 1) {
		note_quotes(s, i);
		n = promise_words_at(w, s->line->cp, c->to, i, &cue);
		if (n && cue == CUE_NONE)
			n = plan_with_time(s, i, n, &cue);
		if (n && !s->hidden && !is_noun(s, cue, i + n))
			take_cue(s, cue, i);
	}
	if (has(c, CUE_MAY) && !has(c, CUE_FINISH))
		s->c->at[CUE_LAW] = c->at[CUE_MAY];
}

/* The clause names a time from `at` on. */
static bool has_time(const struct state *s, enum promise_grip grip, size_t at)
{
	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase + i];
		if (p->grip >= grip && (p->from >= at || p->grip == GRIP_LIMIT))
			return true;
	}
	return false;
}

static bool is_coming(const struct promise_line *l, const struct promise_phrase *p)
{
	return p->due != PROMISE_NO_DAY && p->due >= l->made;
}

/* 汛期前, 节前: no day, but a limit by its own words. */
static bool is_named_limit(const struct promise_line *l, const struct promise_phrase *p)
{
	return p->grip == GRIP_LIMIT && p->due == PROMISE_NO_DAY && !p->length &&
	       l->cp[p->to - 1] == QIAN;
}

/* 正在布点, 9月底出具: what follows what is under way, or comes soon, is yet to come, though no
 * 前 says so. */
static bool is_next_step(const struct state *s)
{
	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase + i];
		if (p->soon && (p->grip == GRIP_TIME || (p->grip == GRIP_DAY && s->said)))
			return true;
		if (s->now && p->grip == GRIP_TIME && is_coming(s->line, p))
			return true;
	}
	return false;
}

/* 我局三日内派员, 对方答复两天内派人: by us or by their word, so that a length of time is a
 * limit, not a rule. */
static bool names_us(const struct state *s)
{
	static const char *const words[] = {
		"我", "给您", "向您", "与您", "为您", "给你", "向社会", "给大家"};

	if (has(s->c, CUE_SAYS))
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
		if (p->ahead || is_named_limit(l, p) || (p->later && lengths) ||
			(p->grip == GRIP_LIMIT && is_coming(l, p) && (lengths || !p->length)))
			return true;
	}
	return false;
}

/* 今年计划: the time stands right before it. */
static bool follows_time(const struct state *s, size_t at)
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
static bool has_limit_ahead(const struct state *s, bool lengths)
{
	return is_timed(s->line, s->c, lengths) || is_next_step(s) ||
	       (s->limit && is_timed(s->line, s->limit, lengths));
}

/* 到2030年, 绿化率将达到45%: an aim, by a limit that leads it. */
static bool is_aim(const struct state *s)
{
	return has(s->c, CUE_REACH) && !has(s->c, CUE_EXPECT) &&
	       (has_time(s, GRIP_LIMIT, s->c->from) ||
		       (s->limit && is_timed(s->line, s->limit, false)));
}

/* 若12月底前仍开工, 明年通车后, 为保证明年开学: what else follows. */
static bool is_condition(const struct state *s)
{
	static const char *const heads[] = {"若", "如果", "如在", "如未", "倘", "凡", "一旦",
		"只要", "为了", "为保", "为确保", "为使", "为让", "为迎接", "为做好", "为尽"};

	return s->line->cp[s->c->to - 1] == HOU ||
	       ANY_WORD_AT(s->line->cp, s->c->to, s->c->from, heads);
}

/* 明天起, 从3月12日开始, 自2027年1月1日起: what begins is yet to come. */
static bool begins_ahead(const struct state *s)
{
	static const char *const law[] = {"施行", "生效", "实施"};
	static const char *const starts[] = {"起", "开始"};
	const struct promise_line *l = s->line;

	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &l->phrases[s->c->first_phrase + i];
		if ((p->ahead || p->due == l->made || p->soon) &&
			ANY_WORD_AT(l->cp, s->c->to, p->to, starts))
			return !ANY_WORD_AT(l->cp, s->c->to, p->to + 1, law);
	}
	return false;
}

/* 待天气好转后开始修复, 待批复后10日内给您答复 */
static bool waits_to_act(const struct state *s)
{
	const struct promise_clause *c = s->c;

	if (!(has(c, CUE_WAIT) || s->waited) || is_theirs(c) || has(c, CUE_LAW))
		return false;
	if (has(c, CUE_ACT) || has(c, CUE_FINISH))
		return true;
	for (size_t i = 0; i < c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[c->first_phrase + i];
		if (p->from_event && c->to - p->to >= 3)
			return true;
	}
	return false;
}

/* 您须12月底前缴费, 报名时间12月底前: what the reader is to do, or a term that is named. */
static bool is_for_readers(const struct state *s)
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
static bool is_limited_act(const struct state *s)
{
	const struct promise_clause *c = s->c;

	if (has(c, CUE_LAW) || has(c, CUE_DROPPED) || has(c, CUE_HARM) || has(c, CUE_NOW) ||
		is_theirs(c) || is_for_readers(s))
		return false;
	for (size_t i = 0; i < c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[c->first_phrase + i];
		if (p->grip == GRIP_LIMIT && !p->length && is_coming(s->line, p) &&
			c->to - p->to >= 3 && !(p->from && s->line->cp[p->from - 1] == QUOTE_OPEN))
			return true;
	}
	return false;
}

/* 2027年, 重点抓好以下工作: what a report plans for the time that stands before it. */
static bool is_program(const struct state *s)
{
	static const char *const words[] = {"重点", "着力", "抓好", "做好", "推进", "新建", "改造",
		"实施", "建设", "启动", "完善", "提升", "扩大", "推动", "加快", "办好", "建成",
		"新增"};

	if (!s->when || is_theirs(s->c) || has(s->c, CUE_LAW) || has(s->c, CUE_NOW))
		return false;
	for (size_t i = s->c->from; i < s->c->to && i < s->c->from + 8; i++)
		if (ANY_WORD_AT(s->line->cp, s->c->to, i, words))
			return true;
	return false;
}

/* 12月底前拆除: the act and its limit tell that it will be done. */
static bool is_dated_act(const struct state *s)
{
	const struct promise_clause *c = s->c;

	if ((s->ask && !names_us(s)) || has(c, CUE_PAST) || has(c, CUE_NOT) || is_condition(s))
		return false;
	return is_aim(s) || is_program(s) || begins_ahead(s) || waits_to_act(s) ||
	       is_limited_act(s) || (has(c, CUE_FINISH) && has_limit_ahead(s, true)) ||
	       (has(c, CUE_ACT) && has_limit_ahead(s, names_us(s)));
}

/* 预计2027年用气量将达到: what is told beforehand, not planned. */
static bool is_forecast(const struct state *s)
{
	static const char *const guesses[] = {"预", "估"};
	const struct promise_clause *c = s->c;

	return has(c, CUE_REACH) && has(c, CUE_EXPECT) &&
	       ANY_WORD_AT(s->line->cp, c->to, c->at[CUE_EXPECT], guesses);
}

/* 预计 and 可 promise when they come with a time. */
static bool is_expected(const struct state *s)
{
	const struct promise_clause *c = s->c;

	if (has(c, CUE_NOT) || has(c, CUE_DROPPED) || has(c, CUE_LAW))
		return false;
	if (is_dated_act(s))
		return true;
	if (is_forecast(s))
		return false;
	if (has(c, CUE_MAY) && has(c, CUE_FINISH) && has_time(s, GRIP_TIME, c->at[CUE_MAY]))
		return true;
	return (has(c, CUE_EXPECT) && (s->limit || has_time(s, GRIP_YEAR, c->at[CUE_EXPECT]) ||
					      follows_time(s, c->at[CUE_EXPECT]))) ||
	       (has(c, CUE_ABLE) && (s->limit || s->when || has_time(s, GRIP_YEAR, c->from)));
}

static bool stands_alone(const struct promise_clause *c, const struct promise_phrase *p)
{
	return c->to - c->from - (p->to - p->from) <= 3;
}

/* 12月底前，某局（某科）负责…: a bracket does not end what the limit is for. */
static bool is_bracket(const struct promise_line *l, size_t i)
{
	return i < l->n && (l->cp[i] == '(' || l->cp[i] == ')');
}

static bool is_limit(const struct state *s)
{
	for (size_t i = 0; i < s->c->phrases; i++) {
		const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase + i];
		if (p->grip == GRIP_LIMIT && stands_alone(s->c, p))
			return true;
	}
	return false;
}

/* 镇政府答复:, 负责人表示, */
static bool ends_in_saying(const struct state *s)
{
	static const char *const words[] = {"答复", "回应", "表示", "表态", "介绍", "透露", "坦言"};

	return s->c->to >= s->c->from + 2 &&
	       ANY_WORD_AT(s->line->cp, s->c->to, s->c->to - 2, words);
}

static bool is_when(const struct state *s)
{
	const struct promise_phrase *p = &s->line->phrases[s->c->first_phrase];

	return s->c->phrases && (p->ahead || p->season || (p->soon && p->unbegun)) &&
	       stands_alone(s->c, p);
}

static void judge_clause(struct state *s, const struct promise_words *w)
{
	struct promise_clause *c = s->c;
	bool framed = s->frame, past, asks;

	c->goes_on = s->promised;
	read_cues(s, w);
	past = has(c, CUE_PAST);
	asks = is_theirs(c);
	if ((has(c, CUE_HARM) && !has(c, CUE_PLAN)) || (past && c->will_at == c->at[CUE_THEN]))
		c->will = false;
	if (is_expected(s) ||
		(framed && !has(c, CUE_LAW) && !past && has_time(s, GRIP_TIME, c->from)))
		promise(c, c->from);
	if (c->to < s->line->n && s->line->cp[c->to] == '?')
		c->will = false;
	s->ordered = asks ? !has(c, CUE_ASK) : s->ordered;
	s->ask = asks || (s->ask && !c->will);
	s->past = past || s->past;
	if (s->limit && c->will)
		s->limit->leads = true;
	if (!s->limit || !is_bracket(s->line, c->to))
		s->limit = is_limit(s) ? c : NULL;
	s->when = is_when(s);
	s->said = s->said || ends_in_saying(s);
	s->waited = has(c, CUE_WAIT);
	s->now = has(c, CUE_NOW) || past;
	s->will = c->will || (s->will && !past && !asks);
	s->promised = c->will || (s->promised && !past && !asks && !has(c, CUE_LAW));
}

/* 承诺…, 但至今没有…: the word was not kept. */
static bool is_broken(const struct promise_line *l, const struct promise_clause *c)
{
	static const char *const heads[] = {"但", "可是", "却", "然而", "结果", "至今"};
	static const char *const ends[] = {
		"没有", "没能", "未", "拒", "反悔", "不了了之", "落空", "无人", "没人", "不见"};

	if (c->will || !ANY_WORD_AT(l->cp, c->to, c->from, heads))
		return false;
	for (size_t i = c->from; i < c->to; i++)
		if (ANY_WORD_AT(l->cp, c->to, i, ends))
			return true;
	return false;
}

static void drop_broken(struct promise_line *l, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (has(&l->clauses[i], CUE_PLAN) || has(&l->clauses[i], CUE_EXPECT))
			l->clauses[i].will = false;
}

/* 今年完成一期, 2027年完成二期: the later step tells that the earlier one is a plan too. */
static void reach_back(struct promise_line *l)
{
	for (size_t i = l->clause_count; i-- > 1;) {
		struct promise_clause *c = &l->clauses[i - 1];
		const struct promise_clause *next = c + 1;
		if (c->will || !next->will || !next->phrases || !c->phrases)
			continue;
		if ((has(c, CUE_FINISH) || has(c, CUE_ACT)) &&
			l->phrases[next->first_phrase].ahead && !has(c, CUE_PAST) &&
			!is_theirs(c) && is_coming(l, &l->phrases[c->first_phrase]))
			promise(c, c->from);
	}
}

bool promise_clause_judge(struct promise_line *l, const struct promise_words *w)
{
	struct state s = {.line = l};
	bool any = false;

	if (l->n && l->cp[l->n - 1] == '?')
		return false;
	for (size_t i = 0; i < l->clause_count; i++) {
		s.c = &l->clauses[i];
		/* 现回复如下: what follows begins anew, but for what is asked: 要求: 一是 */
		if (i && l->cp[s.c->from - 1] == ':' && !is_theirs(s.c - 1))
			s.ask = s.past = false;
		judge_clause(&s, w);
		if (is_broken(l, s.c))
			drop_broken(l, i);
	}
	reach_back(l);
	for (size_t i = 0; i < l->clause_count; i++)
		any = any || l->clauses[i].will;
	return any;
}

/* --- phrases --- */

/* What stands behind it makes it the time of something else: 2027年度, 9月的工资; 2025年
 * 印发的, unless it says when that will be done. */
static bool is_of_other(const struct promise_line *l, const struct promise_clause *c,
	const struct promise_phrase *p)
{
	static const char *const nouns[] = {"以来", "以前", "期间", "度", "的", "份工资", "工资",
		"预算", "欠", "收到", "规划编制", "标准", "雨季", "生活费"};
	static const char *const acts[] = {
		"发布", "印发", "下发", "批复", "批准", "出台", "颁布", "签订"};

	if (p->grip == GRIP_LIMIT || scan_word_at(l->cp, l->n, p->to, "的时间"))
		return false;
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
	return has(c, CUE_PAST) && p->grip != GRIP_LIMIT && c->at[CUE_PAST] < c->will_at &&
	       p->to < c->will_at;
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

	return has(c, CUE_ORDER) && !has(c, CUE_ASK) && !has(c, CUE_LAW) &&
	       (p->grip == GRIP_LIMIT || ANY_WORD_AT(l->cp, c->to, p->to, starts)) &&
	       p->from > c->at[CUE_ORDER] && is_coming(l, p);
}

bool promise_clause_binds(const struct promise_line *l, size_t clause, size_t phrase)
{
	const struct promise_clause *c = &l->clauses[clause];
	const struct promise_phrase *p = &l->phrases[phrase];
	bool next = c->leads || (clause + 1 < l->clause_count && l->clauses[clause + 1].will);

	if (has_firmer(l, c, p))
		return false;
	if (is_listed(l, c, p) && !has(c, CUE_DROPPED) &&
		(p->ahead || (p->grip == GRIP_YEAR && is_coming(l, p))))
		return true;
	if (is_of_other(l, c, p) || is_from_other(l, c, p) || is_past_of(c, p))
		return false;
	if (c->will || is_ordered(l, c, p) || (next && stands_alone(c, p)))
		return true;
	if (has(c, CUE_LAW) || has(c, CUE_PAST) || is_theirs(c) || has(c, CUE_DROPPED) ||
		!c->goes_on)
		return false;
	if ((has(c, CUE_ACT) || has(c, CUE_FINISH) || follows_preposition(l, c, p)) &&
		(p->grip >= GRIP_TIME || p->ahead) && is_coming(l, p))
		return true;
	return p->grip == GRIP_LIMIT || (p->grip >= GRIP_TIME && p->from <= c->from + 1) ||
	       (p->grip == GRIP_YEAR && (is_later_step(l, c, p) || is_listed(l, c, p)));
}
