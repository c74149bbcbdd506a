/*
 * line_hits.c - reading stored reasons. What match_add_why_json() writes is read in one pass
 * of our own, a tenth of what a JSON tree takes; whatever reads differently goes the long
 * way.
 */
#include "office/line_hits.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "matcher/rule_lines.h"

/* --- the short way ----------------------------------------------------------- */

/* Where the reader is; p NULL: this is not the usual form. */
struct cursor {
	const char *p;
	struct arena *arena;
};

/* The word stands here: steps behind it. */
static bool take(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	if (!c->p || strncmp(c->p, word, n) != 0)
		return false;
	c->p += n;
	return true;
}

static void need(struct cursor *c, const char *word)
{
	if (!take(c, word))
		c->p = NULL;
}

#define DIGITS_MAX 15 /* never too large for int64 */

static int64_t take_number(struct cursor *c)
{
	bool minus = take(c, "-");
	const char *from = c->p;
	int64_t v = 0;

	while (c->p && str_is_digit((unsigned char)*c->p) && c->p - from < DIGITS_MAX)
		v = v * 10 + (*c->p++ - '0');
	/* JSON writes no 01 and no -0. */
	if (!c->p || c->p == from || (*from == '0' && (c->p - from > 1 || minus)))
		c->p = NULL;
	return minus ? -v : v;
}

/* Behind the opening quote. Of the escapes only those of a regex are usual. */
static const char *take_string(struct cursor *c)
{
	size_t n = c->p ? strcspn(c->p, "\"") : 0;
	char *out, *to;

	/* The closing quote: the first that no backslash stands before. */
	while (c->p && c->p[n] == '"' && n && c->p[n - 1] == '\\')
		n += 1 + strcspn(c->p + n + 1, "\"");
	out = to = c->p && c->p[n] ? arena_strndup(c->arena, c->p, n) : NULL;
	for (size_t i = 0; out && i < n; i++) {
		if ((unsigned char)out[i] < 0x20 || out[i] == '"')
			out = NULL;
		else if (out[i] == '\\' && ++i < n && !strchr("\\\"", out[i]))
			out = NULL;
		else
			*to++ = out[i];
	}
	if (out)
		*to = '\0';
	c->p = out ? c->p + n + 1 : NULL;
	return out;
}

static void skip_span(struct cursor *c)
{
	need(c, "{\"field\":");
	if (!take(c, "\"text\"") && !take(c, "\"title\""))
		need(c, "\"source\"");
	need(c, ",\"start\":");
	(void)take_number(c);
	need(c, ",\"end\":");
	(void)take_number(c);
	need(c, "}");
}

static void take_hit(struct cursor *c, struct line_hit *out)
{
	need(c, "{");
	out->file = LINE_HITS_MAIN;
	if (take(c, "\"file\":\"")) {
		out->file = take_string(c);
		need(c, ",");
	}
	need(c, "\"line\":");
	out->line = take_number(c);
	need(c, ",\"rule\":\"");
	out->rule = take_string(c);
	need(c, ",\"points\":");
	out->points = take_number(c);
	need(c, ",\"spans\":[");
	if (!take(c, "]")) {
		do
			skip_span(c);
		while (take(c, ","));
		need(c, "]");
	}
	need(c, "}");
}

/* At most as many hits as there are rules named. */
static size_t count_at_most(const char *why)
{
	size_t n = 0;

	for (const char *p = why; (p = strstr(p, "\"rule\":")) != NULL; p++)
		n++;
	return n;
}

/* False: it has another form, or there is no memory. */
static bool read_usual(const char *why, struct arena *a, struct line_hit **out, size_t *count)
{
	struct cursor c = {why, a};
	size_t max = count_at_most(why);

	*count = 0;
	*out = arena_array(a, max + 1, sizeof **out);
	need(&c, "[");
	if (!*out || take(&c, "]"))
		return *out && c.p && !*c.p;
	do {
		if (*count == max)
			return false;
		take_hit(&c, &(*out)[(*count)++]);
	} while (take(&c, ","));
	need(&c, "]");
	return c.p && !*c.p;
}

/* --- the long way ------------------------------------------------------------ */

static enum err_code read_hit(
	const struct json *j, struct arena *a, struct line_hit *out, struct err *e)
{
	const char *file = json_get_str(j, "file"), *rule = json_get_str(j, "rule");

	out->file = file ? arena_strdup(a, file) : LINE_HITS_MAIN;
	out->rule = arena_strdup(a, rule ? rule : "");
	json_get_int(j, "line", &out->line);
	json_get_int(j, "points", &out->points);
	return out->file && out->rule ? ERR_OK : err_nomem(e);
}

enum err_code line_hits_read_tree(
	const char *why, struct arena *a, struct line_hit **out, size_t *count, struct err *e)
{
	struct json *all = NULL;
	enum err_code rc = *why ? json_read(why, strlen(why), &all, e) : ERR_OK;

	*count = json_size(all);
	*out = arena_array(a, *count + 1, sizeof **out);
	if (!rc && !*out)
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < *count; i++)
		rc = read_hit(json_at(all, i), a, &(*out)[i], e);
	json_free(all);
	return rc;
}

enum err_code line_hits_read(
	const char *why, struct arena *a, struct line_hit **out, size_t *count, struct err *e)
{
	if (read_usual(why, a, out, count))
		return ERR_OK;
	return line_hits_read_tree(why, a, out, count, e);
}

/* --- what hangs on a line ---------------------------------------------------- */

bool line_hits_weakens(const struct line_hit *h)
{
	return h->points < 0 && rule_lines_sign(h->rule) != '-';
}

/* What is left of an alert without one of its lines. */
struct rest {
	int64_t score;
	bool positive, plus; /* another line adds, another + line hit */
};

static struct rest without(
	const struct line_hit *hits, size_t count, const char *rule, int64_t score)
{
	struct rest r = {score, false, false};

	for (size_t i = 0; i < count; i++) {
		const struct line_hit *h = &hits[i];
		char sign = rule_lines_sign(h->rule);
		if (strcmp(h->rule, rule) == 0) {
			r.score -= h->points;
			continue;
		}
		r.positive |= sign != '-' && h->points >= 0;
		r.plus |= sign == '+';
	}
	return r;
}

static bool adds(const struct line_hit *hits, size_t count, const char *rule)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(hits[i].rule, rule) == 0)
			return hits[i].points >= 0;
	return false;
}

bool line_hits_needs(const struct line_hit *hits, size_t count, const char *rule, int64_t score,
	int64_t threshold)
{
	struct rest r = without(hits, count, rule, score);

	if (!adds(hits, count, rule))
		return false;
	if (rule_lines_sign(rule) == '+' && !r.plus)
		return true;
	return !r.positive || r.score < (threshold > 0 ? threshold : 1);
}

void line_hits_key(struct buf *key, const char *code, const char *rule)
{
	buf_clear(key);
	buf_add_str(key, code);
	buf_add_char(key, '\n');
	buf_add_str(key, rule);
}
