/*
 * explain.c - from the JSON of a verdict to plain words.
 */
#include "matcher/explain.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

#define CONTEXT 12 /* code points beside a word */
#define PLACES_MAX 3 /* of one line that are quoted */
#define SPANS_MAX 64

/* --- places in the text ------------------------------------------------------ */

static const char *field_text(const struct explain_text *t, const char *field)
{
	const char *s = NULL;

	if (field && strcmp(field, "title") == 0)
		s = t->title;
	else if (field && strcmp(field, "text") == 0)
		s = t->text;
	else if (field && strcmp(field, "source") == 0)
		s = t->source;
	return s ? s : "";
}

static const char *field_words(const char *field)
{
	if (strcmp(field, "title") == 0)
		return _("title");
	return strcmp(field, "source") == 0 ? _("source") : _("text");
}

struct span {
	const char *field;
	size_t start, end; /* code points */
};

static size_t read_spans(const struct json *spans, struct span *out)
{
	size_t n = 0;

	for (size_t i = 0; i < json_size(spans) && n < SPANS_MAX; i++) {
		const struct json *s = json_at(spans, i);
		const char *field = json_get_str(s, "field");
		int64_t start, end;
		if (field && json_get_int(s, "start", &start) && json_get_int(s, "end", &end) &&
			start >= 0 && end > start)
			out[n++] = (struct span){field, (size_t)start, (size_t)end};
	}
	return n;
}

static void add_line_of(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_add_char(b, s[i] == '\n' || s[i] == '\r' ? ' ' : s[i]);
}

/* Single characters in a row and what overlaps are one mark: /./ hits each for itself. */
static size_t end_of_mark(const struct span *span, size_t count, size_t *at)
{
	size_t end = span[*at].end;

	while (*at + 1 < count) {
		const struct span *next = &span[*at + 1];
		bool single = next->end - next->start == 1 || span[*at].end - span[*at].start == 1;
		if (next->start > end || (next->start == end && !single))
			break;
		end = next->end > end ? next->end : end;
		++*at;
	}
	return end;
}

/* Spans of one field, near one another, in one line with what stands around. */
static void add_quote(struct buf *b, const char *s, const struct span *span, size_t count)
{
	size_t n = strlen(s), at;
	size_t start = span[0].start > CONTEXT ? span[0].start - CONTEXT : 0;
	size_t end = utf8_offset(s, n, span[count - 1].end + CONTEXT);

	at = utf8_offset(s, n, start);
	buf_add_str(b, at ? "…" : "");
	for (size_t i = 0; i < count; i++) {
		size_t from = utf8_offset(s, n, span[i].start);
		size_t to = utf8_offset(s, n, end_of_mark(span, count, &i));
		from = from > at ? from : at;
		if (to <= from)
			continue;
		add_line_of(b, s + at, from - at);
		buf_add_str(b, "«");
		add_line_of(b, s + from, to - from);
		buf_add_str(b, "»");
		at = to;
	}
	add_line_of(b, s + at, end > at ? end - at : 0);
	buf_add_str(b, end < n ? "…" : "");
}

/* How many spans from the first on stand near one another. */
static size_t near_spans(const struct span *span, size_t count)
{
	size_t n = 1, end = span[0].end;

	while (n < count && strcmp(span[n].field, span[0].field) == 0 &&
		span[n].start <= end + 2 * CONTEXT) {
		end = span[n].end > end ? span[n].end : end;
		n++;
	}
	return n;
}

static void add_places(struct buf *b, const struct explain_text *t, const struct json *spans)
{
	struct span span[SPANS_MAX];
	size_t count = read_spans(spans, span), quoted = 0;

	for (size_t i = 0, n; i < count; i += n) {
		const char *s = field_text(t, span[i].field);
		n = near_spans(span + i, count - i);
		if (utf8_offset(s, strlen(s), span[i].start) == strlen(s))
			continue; /* erased, or past what was kept */
		if (quoted++ == PLACES_MAX) {
			buf_addf(b, _("      … and %zu places more\n"), count - i);
			return;
		}
		buf_addf(b, _("      %s: "), field_words(span[i].field));
		add_quote(b, s, span + i, n);
		buf_add_char(b, '\n');
	}
}

/* --- lines ------------------------------------------------------------------- */

/* "keywords.conf:12" */
static void add_ref(struct buf *b, const struct explain_text *t, const struct json *ref)
{
	const char *file = json_get_str(ref, "file");
	int64_t line = 0;

	json_get_int(ref, "line", &line);
	buf_addf(b, "%s:%lld",
		file           ? file
		: t->main_file ? t->main_file
			       : "keywords.conf",
		(long long)line);
}

static void add_reading(struct buf *b, const struct json *ref)
{
	const char *rule = json_get_str(ref, "rule");

	if (rule)
		explain_add_rule(b, rule);
}

static bool begins_with(const char *rule, const char *sign, const char *wide)
{
	return str_has_prefix(str_of(rule), sign) || str_has_prefix(str_of(rule), wide);
}

struct sum {
	int64_t threshold; /* 0: not known */
	int64_t score, added, taken;
	bool reached;
};

static void add_points(struct buf *b, struct sum *s, int64_t points)
{
	s->score += points;
	*(points < 0 ? &s->taken : &s->added) += points;
	buf_addf(b, points ? "  %+lld = %lld" : "  %lld = %lld", (long long)points,
		(long long)s->score);
	if (s->threshold && !s->reached && s->score >= s->threshold) {
		buf_addf(b, _(" (threshold %lld reached)"), (long long)s->threshold);
		s->reached = true;
	}
}

static void add_hit(
	struct buf *b, const struct explain_text *t, const struct json *hit, struct sum *sum)
{
	const char *rule = json_get_str(hit, "rule");
	int64_t points = 0;

	json_get_int(hit, "points", &points);
	buf_add_str(b, "  ");
	add_ref(b, t, hit);
	add_points(b, sum, points);
	buf_add_str(b, "  ");
	if (points < 0 && rule && !begins_with(rule, "-", "－"))
		buf_add_str(b, _("weakens every topic: "));
	add_reading(b, hit);
	buf_add_char(b, '\n');
	add_places(b, t, json_get(hit, "spans"));
}

static void add_hits(struct buf *b, const struct explain_text *t, const struct explain_topic *x)
{
	struct sum sum = {.threshold = 0};

	json_get_int(x->grounds, "threshold", &sum.threshold);
	for (size_t i = 0; i < json_size(x->why); i++)
		add_hit(b, t, json_at(x->why, i), &sum);
	if (sum.taken)
		buf_addf(b, _("  sum: %lld - %lld = %lld\n"), (long long)sum.added,
			(long long)-sum.taken, (long long)sum.score);
}

/* --- the region -------------------------------------------------------------- */

static void add_region_lines(
	struct buf *b, const struct explain_text *t, const struct json *lines, const char *before)
{
	for (size_t i = 0; i < json_size(lines); i++) {
		buf_add_str(b, before);
		add_ref(b, t, json_at(lines, i));
		buf_add_str(b, "  ");
		add_reading(b, json_at(lines, i));
		buf_add_char(b, '\n');
		add_places(b, t, json_get(json_at(lines, i), "spans"));
	}
}

static void add_region(struct buf *b, const struct explain_text *t, const struct json *region)
{
	static const struct {
		const char *by, *words;
	} words[] = {
		{"any", N_("  region: not asked for by this topic\n")},
		{"taken", N_("  region: taken as met\n")},
		{"local", N_("  region: ours, the source is local\n")},
		{"none", N_("  region: nothing says that it is ours\n")},
	};
	const char *by = json_get_str(region, "by");

	for (size_t i = 0; by && i < sizeof words / sizeof *words; i++)
		if (strcmp(by, words[i].by) == 0)
			buf_add_str(b, _(words[i].words));
	if (by && strcmp(by, "line") == 0)
		add_region_lines(b, t, json_get(region, "lines"), _("  region: ours by "));
	else if (by && strcmp(by, "undecided") == 0)
		add_region_lines(b, t, json_get(region, "lines"),
			_("  region: taken as ours, for it stayed undecided: "));
}

/* --- the grade, what is undecided -------------------------------------------- */

static void add_grade(struct buf *b, const struct explain_text *t, const struct explain_topic *x)
{
	const struct json *grade = json_get(x->grounds, "grade");
	const char *by = json_get_str(grade, "by");
	int64_t from = 0;

	if (!by || !x->grade_name)
		return;
	json_get_int(grade, "from", &from);
	if (strcmp(by, "score") == 0) {
		buf_addf(b, _("  grade %s: it begins at %lld points\n"), x->grade_name,
			(long long)from);
	} else if (strcmp(by, "line") == 0) {
		buf_addf(b, _("  grade %s: suggested outright by "), x->grade_name);
		add_ref(b, t, grade);
		buf_add_char(b, '\n');
	} else {
		buf_addf(b, _("  grade %s: no higher one was reached\n"), x->grade_name);
	}
}

static const char *limit_words(const char *why)
{
	static const struct {
		const char *why, *words;
	} words[] = {
		{"match-limit", N_("its regex took too many steps")},
		{"depth-limit", N_("its regex went too deep")},
		{"heap-limit", N_("its regex took too much memory")},
		{"too-many-matches", N_("its regex hit too often")},
		{"too-many-places", N_("its words stand too often")},
	};

	for (size_t i = 0; why && i < sizeof words / sizeof *words; i++)
		if (strcmp(why, words[i].why) == 0)
			return _(words[i].words);
	return _("its regex could not be run");
}

/* Undecided + lines and lines of 地域 hold: a topic is not lost because of them. */
static bool is_taken_as_met(const struct json *u)
{
	const char *rule = json_get_str(u, "rule"), *topic = json_get_str(u, "topic");

	return (rule && begins_with(rule, "+", "＋")) || (topic && strcmp(topic, "地域") == 0);
}

static void add_undecided(struct buf *b, const struct explain_text *t, const struct json *undecided)
{
	for (size_t i = 0; i < json_size(undecided); i++) {
		const struct json *u = json_at(undecided, i);
		const char *topic = json_get_str(u, "topic");
		buf_add_str(b, _("  undecided: "));
		add_ref(b, t, u);
		buf_addf(b, _(" of [%s]: %s in this text, so the line "), topic ? topic : "",
			limit_words(json_get_str(u, "why")));
		buf_add_str(b, is_taken_as_met(u) ? _("is taken as met") : _("does not count"));
		if (json_get_str(u, "rule"))
			buf_add_str(b, _("; it looks for "));
		add_reading(b, u);
		buf_add_char(b, '\n');
	}
}

/* --- topics that do not alert ------------------------------------------------ */

static void add_out_reason(struct buf *b, const struct explain_text *t, const struct json *o,
	int64_t score, int64_t threshold)
{
	const char *by = json_get_str(o, "by");

	by = by ? by : json_get_str(o, "reason");
	if (!by)
		return;
	if (strcmp(by, "threshold") == 0 && threshold)
		buf_addf(b, _("score %lld is below the threshold %lld"), (long long)score,
			(long long)threshold);
	else if (strcmp(by, "threshold") == 0)
		buf_addf(b, _("score %lld is below the threshold"), (long long)score);
	else if (strcmp(by, "region") == 0)
		buf_add_str(b, _("nothing says that it is about our region"));
	else {
		buf_add_str(b, strcmp(by, "global") == 0    ? _("excluded for all topics by ")
			       : strcmp(by, "exclude") == 0 ? _("excluded by the ! line ")
							    : _("none of its + lines hits, "
								"the first is "));
		add_ref(b, t, o);
	}
}

static void add_out_line(struct buf *b, const struct explain_text *t, const struct json *o)
{
	if (!json_get_str(o, "rule"))
		return;
	buf_add_str(b, "  ");
	add_ref(b, t, o);
	buf_add_str(b, "  ");
	add_reading(b, o);
	buf_add_char(b, '\n');
	add_places(b, t, json_get(o, "spans"));
}

static void add_other(struct buf *b, const struct explain_text *t, const struct json *o)
{
	const char *topic = json_get_str(o, "topic");
	int64_t score = 0, threshold = 0;

	json_get_int(o, "score", &score);
	json_get_int(o, "threshold", &threshold);
	buf_addf(b, _("  besides, [%s] does not alert: "), topic ? topic : "");
	add_out_reason(b, t, o, score, threshold);
	buf_add_char(b, '\n');
	add_places(b, t, json_get(o, "spans"));
}

static void add_left_out(struct buf *b, const struct json *grounds)
{
	int64_t left = 0;

	if (json_get_int(grounds, "too_long", &left))
		buf_add_str(b, _("  region, grade and other topics: too long to be kept\n"));
}

static void add_others(struct buf *b, const struct explain_text *t, const struct json *grounds)
{
	const struct json *others = json_get(grounds, "others");
	int64_t left = 0;

	for (size_t i = 0; i < json_size(others); i++)
		add_other(b, t, json_at(others, i));
	if (json_get_int(grounds, "others_left", &left))
		buf_addf(b, _("  and %lld topics more do not alert\n"), (long long)left);
}

/* --- the whole --------------------------------------------------------------- */

void explain_add_reasons(struct buf *b, const struct explain_text *t, const struct explain_topic *x)
{
	const struct json *out = json_get(x->grounds, "out");

	add_region(b, t, json_get(x->grounds, "region"));
	add_hits(b, t, x);
	if (out)
		add_out_line(b, t, out);
	else
		add_grade(b, t, x);
	add_undecided(b, t, json_get(x->grounds, "undecided"));
	add_others(b, t, x->grounds);
	add_left_out(b, x->grounds);
}

void explain_add_topic(struct buf *b, const struct explain_text *t, const struct explain_topic *x)
{
	const struct json *out = json_get(x->grounds, "out");
	int64_t threshold = 0;

	json_get_int(x->grounds, "threshold", &threshold);
	if (out) {
		buf_addf(b, _("[%s] does not alert: "), x->topic);
		add_out_reason(b, t, out, x->score, threshold);
		buf_add_char(b, '\n');
	} else if (threshold) {
		buf_addf(b, _("[%s] alerts: score %lld, threshold %lld, suggested grade %s\n"),
			x->topic, (long long)x->score, (long long)threshold, x->grade_name);
	} else {
		buf_addf(b, _("[%s] alerts: score %lld, suggested grade %s\n"), x->topic,
			(long long)x->score, x->grade_name);
	}
	explain_add_reasons(b, t, x);
}

static void add_silent(struct buf *b, const struct explain_text *t, const struct json *s)
{
	const char *topic = json_get_str(s, "topic");
	int64_t score = 0;

	json_get_int(s, "score", &score);
	buf_addf(b, _("[%s] does not alert: "), topic ? topic : "");
	add_out_reason(b, t, s, score, 0);
	buf_add_char(b, '\n');
}

void explain_add_verdict(struct buf *b, const struct explain_text *t, const struct json *verdict)
{
	const struct json *topics = json_get(verdict, "topics"),
			  *silent = json_get(verdict, "suppressed");

	for (size_t i = 0; i < json_size(topics); i++) {
		const struct json *j = json_at(topics, i);
		struct explain_topic x = {json_get_str(j, "topic"), json_get_str(j, "grade"), 0,
			json_get(j, "why"), NULL};
		json_get_int(j, "score", &x.score);
		explain_add_topic(b, t, &x);
	}
	for (size_t i = 0; i < json_size(silent); i++)
		add_silent(b, t, json_at(silent, i));
	add_undecided(b, t, json_get(verdict, "undecided"));
}

void explain_add_reason(struct buf *out, const struct match_suppressed *s)
{
	switch (s->reason) {
	case MATCH_GLOBAL:
		buf_addf(out, _("excluded for all topics by %s:%d"), s->file, s->line);
		break;
	case MATCH_EXCLUDE:
		buf_addf(out, _("excluded by the ! line %s:%d"), s->file, s->line);
		break;
	case MATCH_REQUIRED:
		buf_addf(out, _("none of its + lines hits (the first is %s:%d)"), s->file, s->line);
		break;
	case MATCH_REGION:
		buf_add_str(out, _("nothing says that it is about our region"));
		break;
	case MATCH_THRESHOLD:
		buf_addf(out, _("score %d is below the threshold %d"), s->match.score,
			s->match.topic.threshold);
		break;
	}
}
