/*
 * suggest_test.c - making the text of a test.
 */
#include "office/suggest_test.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mask.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "office/suggest_past.h"

#define TEXT_MAX ((size_t)1 << 20)
#define TRIES 5

/* A blank before # would begin a comment. */
static void add_plain(struct buf *out, const char *s)
{
	for (; *s; s++)
		if (*s == '#')
			buf_add_str(out, "＃");
		else
			buf_add_char(out, *s);
}

/* On one line, without personal data. NULL: no memory, or longer than TEXT_MAX. */
static const char *clean(const char *s, struct arena *a)
{
	const char *kept = NULL;
	struct buf line, masked, plain;

	buf_init(&line, TEXT_MAX);
	buf_init(&masked, TEXT_MAX);
	buf_init(&plain, TEXT_MAX);
	text_add_collapsed(&line, s, strlen(s), false);
	mask_add(&masked, buf_str(&line), line.len, NULL, NULL);
	add_plain(&plain, buf_str(&masked));
	if (!line.fault && !masked.fault && !plain.fault)
		kept = arena_strdup(a, buf_str(&plain));
	buf_fini(&line);
	buf_fini(&masked);
	buf_fini(&plain);
	return kept;
}

static enum err_code alerts(const struct rules *r, const char *code, const char *text,
	struct arena *a, bool *out, struct err *e)
{
	struct match_input in = {.title = text, .text = text, .no_region = true};
	struct match_result m;
	enum err_code rc;

	in.title_size = in.text_size = strlen(text);
	rc = match_text(r, &in, a, &m, e);
	*out = !rc && suggest_past_topic(&m, code);
	return rc;
}

/* The sentence that holds the word; NULL: none. */
static const char *sentence_of(const struct suggest_test *t, struct arena *a)
{
	struct str text = str_of(t->text), s;
	size_t pos = 0;

	while (text_next_sentence(text, &pos, &s))
		if (str_find(s, t->word, 0) < s.n)
			return arena_strndup(a, s.p, s.n);
	return NULL;
}

/* Without the full stop that it ends in, if any. */
static struct str without_end(const char *s)
{
	static const char stop[] = "。";
	struct str out = str_trim(str_of(s));

	while (str_has_suffix(out, stop))
		out.n -= strlen(stop);
	return out;
}

/* One full stop between two; what is said twice stands once. */
static void add_sentence(struct buf *out, const char *s)
{
	struct str sentence = without_end(s ? s : "");

	if (!sentence.n || memmem(buf_str(out), out->len, sentence.p, sentence.n))
		return;
	if (out->len)
		buf_add_str(out, "。");
	buf_add(out, sentence.p, sentence.n);
}

/* n 0: the title; 1: the sentence; 2: both; 3: a sentence that the rules hit as well; 4: all
 * of these. */
static void compose(struct buf *out, const struct suggest_test *t, const char *sentence, size_t n)
{
	buf_clear(out);
	if (n != 1)
		add_sentence(out, t->title);
	if (n != 0)
		add_sentence(out, sentence);
	for (size_t i = 0; n >= 3 && i < t->told_count && (n == 4 || i == 0); i++)
		add_sentence(out, t->told[i]);
}

static enum err_code shows(const struct suggest_test *t, const struct rules *before,
	const struct rules *after, const char *text, struct arena *a, bool *out, struct err *e)
{
	bool with = false;
	enum err_code rc;

	*out = *text && utf8_count(text, strlen(text)) <= SUGGEST_TEST_MAX;
	if (!*out)
		return ERR_OK;
	rc = alerts(before, t->code, text, a, out, e);
	if (!rc && *out)
		rc = alerts(after, t->code, text, a, &with, e);
	*out = *out && !with;
	return rc;
}

enum err_code suggest_test_make(const struct suggest_test *t, const struct rules *before,
	const struct rules *after, struct arena *a, const char **out, struct err *e)
{
	const char *sentence = t->text ? sentence_of(t, a) : NULL;
	enum err_code rc = ERR_OK;
	bool found = false;
	struct buf b;

	*out = NULL;
	buf_init(&b, TEXT_MAX);
	for (size_t n = 0; !rc && !found && n < TRIES; n++) {
		compose(&b, t, sentence, n);
		const char *text = b.fault ? NULL : clean(buf_str(&b), a);
		if (arena_failed(a))
			rc = err_nomem(e);
		else if (!text)
			rc = err_set(e, ERR_LIMIT, _("the text is too long"));
		else
			rc = shows(t, before, after, text, a, &found, e);
		*out = found ? text : NULL;
	}
	buf_fini(&b);
	return rc;
}
