/*
 * promise_cue.c - the words of a clause, and which of them count there.
 */
#include "matcher/promise_cue.h"

#include "matcher/scan.h"

#define YU 0x4E8E /* 于 */
#define ZAI 0x5728 /* 在 */
#define HOU 0x540E /* 后 */
#define JIANG 0x5C06 /* 将 */
#define DE 0x7684 /* 的 */
#define TITLE_OPEN 0x300A /* 《 */
#define TITLE_CLOSE 0x300B
#define QUOTE_OPEN 0x201C /* “ */
#define QUOTE_CLOSE 0x201D

/* Somebody or something stands before `at` in the clause; 并, 也, 还 name nobody. */
static bool has_subject(const struct promise_state *s, size_t at)
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
static bool is_ours(const struct promise_state *s, size_t at)
{
	if (promise_clause_has(s->c, CUE_DROPPED) || (promise_clause_is_theirs(s->c) && !s->frame))
		return false;
	return !s->ask || s->frame || has_subject(s, at);
}

/* A time ends (年底前将) or begins here. */
static bool is_time_edge(const struct promise_state *s, size_t at, bool end)
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
static bool is_for_those(const struct promise_state *s, size_t at)
{
	static const char *const heads[] = {"未", "逾期", "不", "拒"};

	const struct promise_clause *c = s->c;

	if (s->us || promise_state_names_us(s, at))
		return false;
	if (at > c->from && s->line->cp[at - 1] == DE)
		return ANY_WORD_AT(s->line->cp, at, c->from, heads);
	return c > s->line->clauses && ends_in_those(s->line, c - 1);
}

/* 要求其整改, 并将于期满后复查: who ordered goes on. So does who asked, 将于3日内 being theirs. */
static bool is_willed(const struct promise_state *s, size_t at)
{
	if (is_for_those(s, at))
		return false;
	if (is_ours(s, at))
		return true;
	return !promise_clause_is_theirs(s->c) && !promise_clause_has(s->c, CUE_DROPPED) &&
	       s->line->cp[at] == JIANG && (s->ordered || is_time_edge(s, at + 2, false));
}

/* 曾口头答应, 去年就答应 is not to come. */
static bool is_planned(const struct promise_state *s, size_t at)
{
	static const char *const then[] = {"曾", "去年"};
	const uint32_t *cp = s->line->cp;

	if (promise_clause_has(s->c, CUE_PAST) && ANY_WORD_AT(cp, at, s->c->at[CUE_PAST], then))
		return false;
	if (promise_clause_has(s->c, CUE_DROPPED) || (promise_clause_is_theirs(s->c) && !s->frame))
		return false;
	return !s->urged || has_subject(s, at);
}

static bool is_plain(const struct promise_state *s, size_t at)
{
	return is_ours(s, at) && !promise_clause_has(s->c, CUE_PAST) &&
	       !promise_clause_has(s->c, CUE_LAW) && !promise_clause_has(s->c, CUE_NOT);
}

/* 将 that means "take": 由社区将…上报, 我部将…进行了回复, 2016年8月1日将…. */
static bool is_taken(const struct promise_state *s, size_t at)
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
static bool is_to_come(const struct promise_state *s, size_t at)
{
	static const char *const too[] = {"也", "还", "仍"};
	const struct promise_line *l = s->line;
	const struct promise_clause *c = s->c;

	if (s->limit || s->when || is_time_edge(s, at, true))
		return true;
	if (at > c->from && ANY_WORD_AT(l->cp, at, at - 1, too))
		return true;
	return promise_state_names_us(s, at) && !s->past;
}

/* Nothing behind 将 tells what it means. */
static bool is_bare_will(const struct promise_state *s, size_t at)
{
	return at + 1 < s->c->to && is_plain(s, at) && !is_taken(s, at) &&
	       (s->will || s->frame || s->wait || is_to_come(s, at));
}

static bool is_can(const struct promise_state *s, size_t at)
{
	static const char *const words[] = {"可", "能", "即可", "就可"};

	return ANY_WORD_AT(s->line->cp, s->c->to, at, words);
}

/* 6月中旬可打入您的账户; 15日内可申请 is a right. */
static bool is_dated_can(const struct promise_state *s, size_t at)
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
static bool is_due_will(const struct promise_state *s, size_t at)
{
	return is_ours(s, at) && !promise_clause_has(s->c, CUE_LAW) &&
	       !promise_clause_has(s->c, CUE_NOT) && is_time_edge(s, at, true) &&
	       (!is_can(s, at) || is_dated_can(s, at));
}

/* 关于您建议的: what the answer is about. */
static bool is_topic(const struct promise_state *s)
{
	static const char *const heads[] = {"关于", "针对", "对于", "对您", "就您"};

	return ANY_WORD_AT(s->line->cp, s->c->to, s->c->from, heads);
}

static bool is_soon(const struct promise_state *s, size_t at)
{
	return is_plain(s, at) && !is_topic(s) && ((!s->ask && !s->urged) || s->frame) &&
	       (has_subject(s, at) || s->will || s->frame || s->wait || !s->past);
}

static bool is_then(const struct promise_state *s, size_t at)
{
	return (s->wait || s->frame) && is_plain(s, at);
}

/* 后 stands between the two. */
static bool is_after_event(const struct promise_state *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (s->line->cp[i] == HOU)
			return true;
	return false;
}

/* 待资金拨付到位后发放: 拨付 is what is waited for. */
static bool is_act(const struct promise_state *s, size_t at)
{
	return is_plain(s, at) &&
	       (!promise_clause_has(s->c, CUE_WAIT) || is_after_event(s, s->c->at[CUE_WAIT], at));
}

/* 对方答复两天之内派人 */
static bool says_when(const struct promise_state *s, size_t at)
{
	return is_plain(s, at) && is_time_edge(s, at + 2, false);
}

/* 预计 tells what who answers expects, whoever was asked before. */
static bool is_foreseen(const struct promise_state *s, size_t at)
{
	static const char *const views[] = {"预计", "估计", "预期", "有望"};
	bool view = ANY_WORD_AT(s->line->cp, s->c->to, at, views) &&
		    !promise_clause_is_theirs(s->c) && !promise_clause_has(s->c, CUE_DROPPED);

	return (view || is_ours(s, at)) && !promise_clause_has(s->c, CUE_PAST);
}

static bool opens_clause(const struct promise_state *s, size_t at)
{
	return at < s->c->from + 4 && !promise_clause_has(s->c, CUE_PAST);
}

static bool stands_early(const struct promise_state *s, size_t at)
{
	return at < s->c->from + 6;
}

static bool asks_others(const struct promise_state *s, size_t at)
{
	(void)at;
	return !s->c->will && !is_topic(s);
}

/* …将…，并于10月底前督促…: to order it is what is promised. */
static bool orders_others(const struct promise_state *s, size_t at)
{
	return asks_others(s, at) && !s->will;
}

/* counts NULL: wherever it stands. */
static const struct {
	bool (*counts)(const struct promise_state *s, size_t at);
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

static void take_cue(struct promise_state *s, enum promise_cue cue, size_t at)
{
	struct promise_clause *c = s->c;

	if (cues[cue].counts && !cues[cue].counts(s, at))
		return;
	if (!promise_clause_has(c, cue))
		c->at[cue] = at;
	if (cues[cue].promises)
		promise_clause_promise(c, at);
	s->frame = s->frame || cue == CUE_FRAME;
	s->wait = s->wait || cue == CUE_WAIT;
	s->urged = s->urged || cue == CUE_URGE;
}

/* --- reading them --- */

/* 通报要求, 会议要求: by whom. */
static bool is_said(const struct promise_state *s, size_t at)
{
	static const char *const by[] = {"通报", "会议", "通知", "明确", "领导", "上级", "方案"};

	return at >= s->c->from + 2 && ANY_WORD_AT(s->line->cp, at, at - 2, by);
}

/* 承诺, 要求 at the end of a clause: a noun, unless what follows is what was promised. */
static bool is_noun(const struct promise_state *s, enum promise_cue cue, size_t end)
{
	const struct promise_line *l = s->line;

	if (end != s->c->to)
		return false;
	if (cue == CUE_ORDER)
		return scan_word_at(l->cp, end, end - 2, "要求") &&
		       !(end < l->n && l->cp[end] == ':') && !is_said(s, end - 2);
	if (cue != CUE_PLAN)
		return false;
	return (promise_clause_has(s->c, CUE_PAST) || promise_clause_has(s->c, CUE_NOT)) &&
	       !(end < l->n && l->cp[end] == ':');
}

/* Within 《 》 words name a paper; within 反映“ ” the reader speaks. */
static void note_quotes(struct promise_state *s, size_t i)
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
static size_t plan_with_time(
	const struct promise_state *s, size_t i, size_t n, enum promise_cue *cue)
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

void promise_cue_read(struct promise_state *s, const struct promise_words *w)
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
	if (promise_clause_has(c, CUE_MAY) && !promise_clause_has(c, CUE_FINISH))
		s->c->at[CUE_LAW] = c->at[CUE_MAY];
}
