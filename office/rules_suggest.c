/*
 * rules_suggest.c - a false alarm, its words, the lines they make, and what these would do.
 */
#include "office/rules_suggest.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ledger/alerts.h"
#include "ledger/decisions.h"
#include "ledger/ids.h"
#include "matcher/rule_lines.h"
#include "office/suggest_past.h"
#include "office/suggest_test.h"

#define SCRATCH_MEMORY ((size_t)256 << 20)
#define TRIES 24 /* words that are tried on the rules */
#define PIECES_MAX 40 /* sentences that give words */
#define SENTENCE_MAX 200 /* code points of one */
#define ITEMS_MAX 3000 /* the newest that raised nothing: how words are used */
#define TOPICS_MANY 3 /* from so many topics on a word is no matter of one */
#define TRUE_SHARE 5 /* one true alert to so many false alarms: weaken, not exclude */
#define POINTS_MAX 99

struct work {
	struct office *office;
	struct arena *arena, *scratch;
	const struct rules *rules;
	struct alert alert;
	struct rules_topic topic; /* as the rules have it today */
	int score; /* by today's rules */
	struct suggest_pasts pasts;
	struct suggest_words *words;
	const char *told[PIECES_MAX]; /* sentences that the rules hit */
	size_t told_count;
	struct rules_suggest *out;
};

/* --- the alert --- */

static enum err_code find_alert(struct work *w, const char *typed, struct err *e)
{
	struct alert *all;
	struct ids id;
	size_t n = 0;
	enum err_code rc;

	if (!ids_parse(typed, &id) ||
		(id.type != IDS_ALERT && id.type != IDS_STORY && id.type != IDS_PLAIN))
		return err_set(e, ERR_USAGE, _("“%s” is no alert: wanted is A40 or S12"), typed);
	if (id.type == IDS_ALERT)
		return alerts_get(w->office->db, id.number, w->arena, &w->alert, e);
	rc = alerts_of_story(w->office->db, id.number, w->arena, &all, &n, e);
	if (!rc && n == 0)
		return err_set(
			e, ERR_NOT_FOUND, _("there is no story S%lld"), (long long)id.number);
	if (!rc && n > 1)
		return err_set(e, ERR_USAGE,
			_("S%lld has %zu alerts, A%lld [%s] and others; say which"),
			(long long)id.number, n, (long long)all[0].id, all[0].topic);
	if (!rc)
		w->alert = all[0];
	return rc;
}

static enum err_code need_false_alarm(struct work *w, struct err *e)
{
	struct decisions_state d;
	const struct alert *a = &w->alert;
	enum err_code rc = decisions_get(w->office->db, a->story, w->arena, &d, e);

	if (rc)
		return rc;
	if (!d.decided || strcmp(d.outcome, "误报") != 0)
		return err_set(e, ERR_REFUSED, _("A%lld was not dismissed as 误报: it is %s"),
			(long long)a->id, d.decided ? d.outcome : _("open"));
	if (!a->title && !a->excerpt)
		return err_set(e, ERR_REFUSED, _("the text of A%lld was erased by order of law"),
			(long long)a->id);
	return ERR_OK;
}

static struct match_input input_of(const struct alert *a)
{
	struct match_input in = {
		.title = a->title, .text = a->excerpt, .source = a->source_name, .no_region = true};

	in.title_size = a->title ? strlen(a->title) : 0;
	in.text_size = a->excerpt ? strlen(a->excerpt) : 0;
	in.source_size = strlen(a->source_name);
	return in;
}

/* *m: what today's rules say of it. */
static enum err_code need_raised_today(struct work *w, struct match_result *m, struct err *e)
{
	struct match_input in = input_of(&w->alert);
	enum err_code rc = match_text(w->rules, &in, w->arena, m, e);

	const struct match_topic *t = rc ? NULL : suggest_past_topic(m, w->alert.code);

	if (rc)
		return rc;
	if (t) {
		w->topic = t->topic;
		w->score = t->score;
		return ERR_OK;
	}
	return err_set(e, ERR_REFUSED, _("today's rules do not raise A%lld any more"),
		(long long)w->alert.id);
}

/* --- its words --- */

struct barred { /* by code point: what no suggested word may touch */
	bool *title, *text;
};

static void bar(struct barred *b, const struct match_span *s)
{
	bool *in = s->field == MATCH_TITLE ? b->title : s->field == MATCH_TEXT ? b->text : NULL;

	for (uint32_t i = s->start; in && i < s->end; i++)
		in[i] = true;
}

static void bar_hits(struct barred *b, const struct match_result *m)
{
	for (size_t t = 0; t < m->topic_count; t++)
		for (size_t h = 0; h < m->topics[t].hit_count; h++)
			for (size_t i = 0; i < m->topics[t].hits[h].span_count; i++)
				bar(b, &m->topics[t].hits[h].spans[i]);
}

/* The words of the rules, and the places that are ours: without them nothing alerts. */
static enum err_code make_barred(
	struct work *w, const struct match_result *m, struct barred *out, struct err *e)
{
	struct match_input in = input_of(&w->alert);
	struct match_span *ours;
	size_t n = 0;
	enum err_code rc;

	out->title = arena_array(w->arena, in.title_size + 1, sizeof *out->title);
	out->text = arena_array(w->arena, in.text_size + 1, sizeof *out->text);
	if (!out->title || !out->text)
		return err_nomem(e);
	bar_hits(out, m);
	rc = rule_lines_region(w->rules, &in, w->arena, &ours, &n, e);
	for (size_t i = 0; i < n; i++)
		bar(out, &ours[i]);
	return rc;
}

static bool is_told(const bool *barred, size_t from, size_t count)
{
	for (size_t i = from; i < from + count; i++)
		if (barred[i])
			return true;
	return false;
}

/* The sentences that the rules hit: what the alert is about. Without one, the first. */
static bool offer_text(struct work *w, const struct barred *b)
{
	struct str text = str_of(w->alert.excerpt), s, first = {NULL, 0};
	size_t pos = 0, pieces = 0;
	bool fine = true;

	while (fine && pieces < PIECES_MAX && text_next_sentence(text, &pos, &s)) {
		size_t from = utf8_count(text.p, (size_t)(s.p - text.p));
		size_t count = utf8_count(s.p, s.n);
		first = first.p ? first : s;
		if (count > SENTENCE_MAX || !is_told(b->text, from, count))
			continue;
		w->told[pieces] = arena_strndup(w->arena, s.p, s.n);
		fine = w->told[pieces++] &&
		       suggest_words_offer(w->words, s.p, s.n, b->text + from, false);
	}
	w->told_count = pieces;
	if (fine && !pieces && first.p)
		fine = suggest_words_offer(w->words, first.p, first.n,
			b->text + utf8_count(text.p, (size_t)(first.p - text.p)), false);
	return fine;
}

static enum err_code offer_words(struct work *w, const struct match_result *m, struct err *e)
{
	const char *title = w->alert.title;
	struct barred b;
	enum err_code rc = make_barred(w, m, &b, e);

	if (rc)
		return rc;
	w->words = suggest_words_new(w->arena);
	if (!w->words ||
		(title && !suggest_words_offer(w->words, title, strlen(title), b.title, true)) ||
		(w->alert.excerpt && !offer_text(w, &b)))
		return err_nomem(e);
	return ERR_OK;
}

static enum err_code count_items(struct work *w, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		db_query(w->office->db, ST_LINE_ITEM_TEXTS, DB_ARGS(DB_INT(ITEMS_MAX)), &q, e);

	while (!rc && db_next(&q))
		if (!suggest_words_count(
			    w->words, SUGGEST_QUIET, 0, db_text(&q, 0), db_text(&q, 1), w->scratch))
			rc = err_nomem(e);
	return db_end(&q, rc, e);
}

static enum err_code count_words(struct work *w, struct err *e)
{
	enum err_code rc = count_items(w, e);

	for (size_t i = 0; !rc && i < w->pasts.count; i++) {
		const struct suggest_past *p = &w->pasts.past[i];
		if (!suggest_words_count(
			    w->words, p->class, p->topic_number, p->title, p->text, w->scratch))
			rc = err_nomem(e);
	}
	return rc;
}

/* --- a word as a line --- */

static size_t count_bits(uint64_t bits)
{
	size_t n = 0;

	for (; bits; bits &= bits - 1)
		n++;
	return n;
}

static bool is_global(enum rules_suggest_form f)
{
	return f == RULES_SUGGEST_EXCLUDE_ALL || f == RULES_SUGGEST_WEAKEN_ALL;
}

/* False: it tells nothing, true alerts hold it as often. */
static bool choose_form(const struct suggest_word *x, enum rules_suggest_form *out)
{
	size_t here = x->texts[SUGGEST_FALSE], true_here = x->texts[SUGGEST_TRUE];
	size_t all = here + x->texts[SUGGEST_FALSE_ELSEWHERE];
	size_t true_all = true_here + x->texts[SUGGEST_TRUE_ELSEWHERE];

	if (count_bits(x->topics) >= TOPICS_MANY && true_all * TRUE_SHARE <= all) {
		*out = true_all ? RULES_SUGGEST_WEAKEN_ALL : RULES_SUGGEST_EXCLUDE_ALL;
		return true;
	}
	*out = true_here ? RULES_SUGGEST_SUBTRACT : RULES_SUGGEST_EXCLUDE;
	return here && true_here * TRUE_SHARE <= here;
}

/* As many points as bring this alert below its threshold. */
static int points_needed(const struct work *w)
{
	int points = w->score - w->topic.threshold + 1;

	return points > POINTS_MAX ? POINTS_MAX : points;
}

static void write_line(struct work *w, struct rules_suggestion *s)
{
	if (s->form == RULES_SUGGEST_EXCLUDE)
		s->line = arena_printf(w->arena, "!%s", s->word);
	else if (s->form == RULES_SUGGEST_EXCLUDE_ALL)
		s->line = s->word;
	else
		s->line = arena_printf(w->arena, "%s%s  %d分",
			s->form == RULES_SUGGEST_SUBTRACT ? "-" : "", s->word, points_needed(w));
}

static void write_overlay(struct work *w, struct rules_suggestion *s)
{
	const char *section = s->form == RULES_SUGGEST_EXCLUDE_ALL  ? "全局排除"
			      : s->form == RULES_SUGGEST_WEAKEN_ALL ? RULE_LINES_WEAKEN
								    : w->topic.name;
	struct buf b;

	buf_init(&b, 64 << 10);
	buf_addf(&b, "[%s]\n%s\n", section, s->line);
	if (s->test && is_global(s->form))
		buf_addf(&b, "\n[%s]\n", w->topic.name);
	if (s->test)
		buf_addf(&b, "不中: %s\n", s->test);
	s->overlay = b.fault ? NULL : arena_strdup(w->arena, buf_str(&b));
	buf_fini(&b);
}

static void write_counts(
	const struct work *w, const struct suggest_word *x, struct rules_suggestion *s)
{
	bool all = is_global(s->form);
	const size_t *in = x->texts, *of = w->pasts.of;

	s->false_with = in[SUGGEST_FALSE] + (all ? in[SUGGEST_FALSE_ELSEWHERE] : 0);
	s->false_of = of[SUGGEST_FALSE] + (all ? of[SUGGEST_FALSE_ELSEWHERE] : 0);
	s->true_with = in[SUGGEST_TRUE] + (all ? in[SUGGEST_TRUE_ELSEWHERE] : 0);
	s->true_of = of[SUGGEST_TRUE] + (all ? of[SUGGEST_TRUE_ELSEWHERE] : 0);
}

/* --- what it would do --- */

static enum err_code load_with(
	struct work *w, const struct rules_suggestion *s, struct rules **out, struct err *e)
{
	const struct rules_file more = {"local.d/~", s->overlay, strlen(s->overlay)};

	return rules_load_with(w->office->home, &more, out, e);
}

static enum err_code judge_today(struct work *w, struct err *e)
{
	struct match_work *m = match_work_new(w->rules);
	enum err_code rc = m ? ERR_OK : err_nomem(e);

	for (size_t i = 0; !rc && i < w->pasts.count; i++)
		if (w->pasts.past[i].class != SUGGEST_OPEN)
			rc = suggest_past_judge(
				m, &w->pasts.past[i], w->scratch, &w->pasts.past[i].today, e);
	match_work_free(m);
	return rc;
}

static bool is_false(const struct suggest_past *p)
{
	return p->class == SUGGEST_FALSE || p->class == SUGGEST_FALSE_ELSEWHERE;
}

static enum err_code judge_with(
	struct work *w, const struct rules *with, struct rules_suggestion *s, struct err *e)
{
	struct match_work *m = match_work_new(with);
	enum err_code rc = m ? ERR_OK : err_nomem(e);

	s->spared = arena_array(w->arena, w->pasts.count + 1, sizeof *s->spared);
	s->lost = arena_array(w->arena, w->pasts.count + 1, sizeof *s->lost);
	if (!s->spared || !s->lost)
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < w->pasts.count; i++) {
		const struct suggest_past *p = &w->pasts.past[i];
		bool still;
		if (!p->today)
			continue;
		rc = suggest_past_judge(m, p, w->scratch, &still, e);
		if (!rc && !still && is_false(p))
			s->spared[s->spared_count++] = p->id;
		else if (!rc && !still)
			s->lost[s->lost_count++] = p->id;
	}
	match_work_free(m);
	return rc;
}

static bool spares_this(const struct work *w, const struct rules_suggestion *s)
{
	for (size_t i = 0; i < s->spared_count; i++)
		if (s->spared[i] == w->alert.id)
			return true;
	return false;
}

static enum err_code add_test(
	struct work *w, const struct rules *with, struct rules_suggestion *s, struct err *e)
{
	const struct suggest_test t = {
		w->alert.title, w->alert.excerpt, s->word, w->told, w->told_count, w->alert.code};
	enum err_code rc = suggest_test_make(&t, w->rules, with, w->arena, &s->test, e);

	if (!rc)
		write_overlay(w, s);
	return rc || s->overlay ? rc : err_nomem(e);
}

/* *good: the word keeps this alert out and loses few others. */
static enum err_code try_word(struct work *w, const struct suggest_word *x,
	struct rules_suggestion *s, bool *good, struct err *e)
{
	struct rules *with = NULL;
	enum err_code rc;

	*s = (struct rules_suggestion){.word = x->text};
	*good = choose_form(x, &s->form);
	if (!*good)
		return ERR_OK;
	write_line(w, s);
	write_counts(w, x, s);
	write_overlay(w, s);
	if (arena_failed(w->arena) || !s->overlay)
		return err_nomem(e);
	rc = load_with(w, s, &with, e);
	if (!rc)
		rc = judge_with(w, with, s, e);
	*good = !rc && spares_this(w, s) && s->lost_count * TRUE_SHARE <= s->spared_count;
	if (*good)
		rc = add_test(w, with, s, e);
	rules_free(with);
	return rc;
}

/* The end of x is the beginning of y: pieces of one phrase. */
static bool runs_into(const char *x, const char *y)
{
	for (size_t i = 1; x[i]; i++)
		if (strncmp(y, x + i, strlen(x + i)) == 0)
			return true;
	return false;
}

/* It says what an earlier suggestion says: a piece of it, or it of this one. */
static bool is_said(const struct rules_suggest *out, const char *word)
{
	for (size_t i = 0; i < out->count; i++) {
		const char *said = out->suggestion[i].word;
		if (strstr(said, word) || strstr(word, said) || runs_into(said, word) ||
			runs_into(word, said))
			return true;
	}
	return false;
}

static enum err_code try_words(struct work *w, struct err *e)
{
	struct rules_suggest *out = w->out;
	size_t n = 0;
	const struct suggest_word **ranked = suggest_words_rank(w->words, &n);
	enum err_code rc = ranked ? judge_today(w, e) : err_nomem(e);

	for (size_t i = 0; !rc && i < n && i < TRIES && out->count < RULES_SUGGEST_MAX; i++) {
		bool good = false;
		if (is_said(out, ranked[i]->text))
			continue;
		rc = try_word(w, ranked[i], &out->suggestion[out->count], &good, e);
		out->count += !rc && good;
	}
	return rc;
}

static enum err_code suggest(struct work *w, const char *typed, struct err *e)
{
	struct match_result m;
	enum err_code rc = find_alert(w, typed, e);

	if (!rc)
		rc = need_false_alarm(w, e);
	if (!rc)
		rc = office_rules(w->office, &w->rules, e);
	if (!rc)
		rc = need_raised_today(w, &m, e);
	if (!rc)
		rc = offer_words(w, &m, e);
	if (!rc)
		rc = suggest_past_read(w->office->db, w->alert.code, w->arena, &w->pasts, e);
	if (!rc)
		rc = count_words(w, e);
	return rc ? rc : try_words(w, e);
}

enum err_code office_rules_suggest(struct office *o, const char *typed, struct arena *a,
	struct rules_suggest *out, struct err *e)
{
	struct work w = {.office = o, .arena = a, .scratch = arena_new(SCRATCH_MEMORY), .out = out};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = w.scratch ? suggest(&w, typed, e) : err_nomem(e);
	out->alert = w.alert.id;
	out->story = w.alert.story;
	out->topic = w.topic.name;
	out->title = w.alert.title;
	out->cut = w.pasts.cut;
	arena_free(w.scratch);
	return rc;
}
