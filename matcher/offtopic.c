/*
 * offtopic.c - what an answer and an appeal have in common, counted and named.
 */
#include "matcher/offtopic.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/number_set.h"
#include "matcher/wording.h"

#define TITLE_WEIGHT 3
#define CODE_WEIGHT 4 /* 107国道, a7: letters and digits */
#define SMOOTH 10.0
#define CODE_MIN 2 /* characters */
#define CODE_MAX 4
#define WORD_SHOWN 16 /* characters of a run of content */
#define MISSING_MAX ((size_t)4 << 10)

/* --- sets of pairs and codes --- */

typedef bool pair_test(const struct wording *w, size_t i);

static enum err_code pairs_of(const struct wording *w, pair_test *counts, struct arena *a,
	struct number_set *out, struct err *e)
{
	*out = (struct number_set){arena_array(a, w->n + 1, sizeof *out->at), 0};
	if (!out->at)
		return err_nomem(e);
	for (size_t i = 0; i < w->n; i++)
		if (counts(w, i))
			out->at[out->count++] = wording_pair(w, i);
	number_set_settle(out);
	return ERR_OK;
}

/* The code that begins with code point i: letters, then digits, CODE_MIN … CODE_MAX of them
 * and none beside; its length, 0 when there is none. Times and amounts are no codes. */
static size_t code_at(const struct wording *w, size_t i, uint64_t *value)
{
	static const char not [] = "年月日时分条.-";
	bool has_digit = false;
	size_t n = 0;
	char next[5] = "";

	if (i > 0 && (normalise_is_word(w->cp[i - 1]) || w->cp[i - 1] == '-'))
		return 0;
	for (*value = 0; i + n < w->n && normalise_is_word(w->cp[i + n]); n++) {
		*value = *value << 8 | w->cp[i + n];
		has_digit |= w->cp[i + n] <= '9';
	}
	if (i + n < w->n)
		next[utf8_encode(w->cp[i + n], next)] = '\0';
	return has_digit && n >= CODE_MIN && n <= CODE_MAX && !(next[0] && strstr(not, next)) ? n
											      : 0;
}

static enum err_code codes_of(
	const struct wording *w, struct arena *a, struct number_set *out, struct err *e)
{
	uint64_t value;

	*out = (struct number_set){arena_array(a, w->n + 1, sizeof *out->at), 0};
	if (!out->at)
		return err_nomem(e);
	for (size_t i = 0; i < w->n; i++)
		if (code_at(w, i, &value))
			out->at[out->count++] = value;
	number_set_settle(out);
	return ERR_OK;
}

static size_t common(
	const struct number_set *x, const struct number_set *y, const struct number_set *but)
{
	size_t count = 0;

	for (size_t i = 0; i < x->count; i++)
		count += number_set_has(y, x->at[i]) && !(but && number_set_has(but, x->at[i]));
	return count;
}

static size_t beyond(const struct number_set *x, const struct number_set *but)
{
	size_t count = 0;

	for (size_t i = 0; i < x->count; i++)
		count += !number_set_has(but, x->at[i]);
	return count;
}

/* --- the two sides --- */

struct side {
	struct wording w;
	struct number_set content, codes;
};

static enum err_code read_side(const struct normalise_table *t, const struct offtopic_sides *in,
	struct str text, struct arena *a, struct side *out, struct err *e)
{
	enum err_code rc =
		wording_read(t, text, in->names, in->name_count, WORDING_PLAIN, a, &out->w, e);

	if (!rc)
		rc = pairs_of(&out->w, wording_is_content, a, &out->content, e);
	return rc ? rc : codes_of(&out->w, a, &out->codes, e);
}

static double closeness(const struct side *answer, const struct number_set *all,
	const struct side *title, const struct side *about)
{
	double appeal = (double)(title->content.count + beyond(&about->content, &title->content));
	size_t codes = common(&title->codes, &answer->codes, NULL) +
		       common(&about->codes, &answer->codes, &title->codes);
	size_t shared = TITLE_WEIGHT * common(&title->content, all, NULL) +
			common(&about->content, all, &title->content) + CODE_WEIGHT * codes;

	return (double)shared /
	       (pow(SMOOTH + (double)answer->content.count, 0.75) * pow(SMOOTH + appeal, 0.25));
}

/* --- what is missing --- */

/* The end of the run of content that begins with code point i; i when there is none. */
static size_t run_end(const struct wording *w, size_t i)
{
	size_t end = i;

	while (wording_is_content(w, end))
		end++;
	return end > i ? end + 1 : i;
}

static bool is_mentioned(
	const struct wording *w, size_t from, size_t end, const struct number_set *all)
{
	for (size_t i = from; i + 1 < end; i++)
		if (number_set_has(all, wording_pair(w, i)))
			return true;
	return false;
}

static size_t add_missing(
	const struct wording *w, const struct number_set *all, size_t max, struct buf *b)
{
	size_t added = 0;

	for (size_t i = 0, end; i < w->n && added < max; i = end + (end == i)) {
		end = run_end(w, i);
		if (end == i || is_mentioned(w, i, end, all))
			continue;
		size_t shown = end - i <= WORD_SHOWN ? end : i + WORD_SHOWN;
		if (b->len)
			buf_add_str(b, "、");
		buf_add(b, w->s + w->at[i], w->at[shown] - w->at[i]);
		if (shown < end)
			buf_add_str(b, "…");
		added++;
	}
	return added;
}

static enum err_code name_missing(const struct wording *title, const struct wording *about,
	const struct number_set *all, struct arena *a, struct offtopic *out, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, MISSING_MAX);
	if (!add_missing(title, all, OFFTOPIC_MISSING_SHOWN, &b))
		add_missing(about, all, OFFTOPIC_MISSING_SHOWN, &b);
	rc = buf_check(&b, _("the words that are missing"), e);
	out->missing = rc ? NULL : arena_strdup(a, buf_str(&b));
	buf_fini(&b);
	return rc || out->missing ? rc : err_nomem(e);
}

enum err_code offtopic_judge(const struct normalise_table *t, const struct offtopic_sides *in,
	struct arena *a, struct offtopic *out, struct err *e)
{
	struct side answer, title, about;
	struct number_set all;
	enum err_code rc = read_side(t, in, in->answer, a, &answer, e);

	memset(out, 0, sizeof *out);
	if (!rc)
		rc = read_side(t, in, in->title, a, &title, e);
	if (!rc)
		rc = read_side(t, in, in->about, a, &about, e);
	if (!rc)
		rc = pairs_of(&answer.w, wording_is_pair, a, &all, e);
	if (!rc)
		rc = name_missing(&title.w, &about.w, &all, a, out, e);
	if (rc)
		return rc;
	out->closeness = closeness(&answer, &all, &title, &about);
	out->told = answer.content.count >= OFFTOPIC_CONTENT_MIN &&
		    title.content.count + about.content.count > 0;
	out->is = out->told && out->closeness < OFFTOPIC_BELOW;
	return ERR_OK;
}
