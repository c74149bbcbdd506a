/*
 * feedtext.c - the last step of every field of a feed.
 */
#include "crawler/feedtext.h"

#include <string.h>

#include "base/i18n.h"
#include "base/plain.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crawler/entity.h"
#include "crawler/htmltext.h"

void feedtext_init(struct feedtext *t)
{
	/* Normalisation can lengthen a text, three times at the worst. */
	buf_init(&t->text, FEEDTEXT_MAX * 3);
	buf_init(&t->tidy, FEEDTEXT_MAX * 3);
}

void feedtext_fini(struct feedtext *t)
{
	buf_fini(&t->text);
	buf_fini(&t->tidy);
}

/* Nothing that most texts hold needs mending or normalising. */
static bool is_plain(const char *s, size_t n)
{
	size_t i = 0;

	while (i += plain_run(s + i, n - i, PLAIN_TEXT), i < n && s[i] == '\n')
		i++;
	return i == n;
}

/* U+0000-U+001F but white space, U+007F-U+009F, noncharacters and stray byte
 * order marks are the ones to mend; all but the first begin with these bytes. */
static bool needs_mending(const char *s, size_t n)
{
	for (size_t i = 0; i += plain_run(s + i, n - i, PLAIN_TEXT), i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if ((c < 0x20 && c != '\n') || c == 0x7F)
			return true;
		if (i + 1 < n && c == 0xC2 && (unsigned char)s[i + 1] < 0xA0)
			return true;
		if (c == 0xEF && i + 2 < n && ((unsigned char)s[i + 1] & 0xFEu) == 0xBE &&
			((unsigned char)s[i + 2] >= 0xBE))
			return true;
		if (c == 0xEF && i + 2 < n && (unsigned char)s[i + 1] == 0xBB)
			return true;
	}
	return false;
}

static void add_mended(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0, len; i < n; i += len) {
		uint32_t cp = utf8_decode(s + i, n - i, &len);
		if (cp == '\n' || cp == '\t' || cp == '\r')
			buf_add_char(out, (char)cp);
		if (cp < 0x20 || cp == 0x7F || cp == 0xFEFF || (cp & 0xFFFEu) == 0xFFFE)
			continue;
		cp = entity_from_c1(cp);
		if (cp)
			utf8_add(out, cp);
	}
}

/* Text whose characters, taken as Latin-1 bytes, are UTF-8 was encoded twice. */
static bool is_doubly_encoded(const char *s, size_t n)
{
	bool high = false;
	char byte[4];
	size_t have = 0, want = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c < 0x80) {
			if (have)
				return false;
			continue;
		}
		if ((c != 0xC2 && c != 0xC3) || i + 1 >= n)
			return false;
		high = true;
		byte[have++] = (char)(((c & 3u) << 6) | ((unsigned char)s[++i] & 0x3Fu));
		unsigned char lead = (unsigned char)byte[0];
		want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
		if (want == 0)
			return false;
		if (have == want) {
			if (!utf8_is_valid(byte, have))
				return false;
			have = 0;
		}
	}
	return high && have == 0;
}

static void undo_double(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c >= 0x80)
			buf_add_char(
				out, (char)(((c & 3u) << 6) | ((unsigned char)s[++i] & 0x3Fu)));
		else
			buf_add_char(out, (char)c);
	}
}

/* The step from the field's own form to text; result in t->text. True: it is plain. */
static bool resolve(
	struct feedtext *t, const char *s, size_t n, enum feedtext_form form, bool one_line)
{
	enum htmltext_mode mode = one_line ? HTMLTEXT_TITLE : HTMLTEXT_MARKUP;

	buf_clear(&t->text);
	if (form == FEEDTEXT_GUESS)
		form = htmltext_is_likely(s, n, mode) ? FEEDTEXT_HTML : FEEDTEXT_PLAIN;
	if (form != FEEDTEXT_HTML) {
		text_add_collapsed(&t->text, s, n, form == FEEDTEXT_LINES);
		return is_plain(buf_str(&t->text), t->text.len);
	}
	bool plain = htmltext_add(&t->text, s, n, mode);
	/* Escaped twice: there was no tag, and now the whole text is one. */
	if (!one_line && !memchr(s, '<', n) &&
		htmltext_is_wrapped(buf_str(&t->text), t->text.len)) {
		buf_clear(&t->tidy);
		plain = htmltext_add(&t->tidy, buf_str(&t->text), t->text.len, mode);
		buf_clear(&t->text);
		buf_add(&t->text, buf_str(&t->tidy), t->tidy.len);
	}
	return plain;
}

static void swap(struct feedtext *t)
{
	struct buf b = t->text;

	t->text = t->tidy;
	t->tidy = b;
}

/* Mends and normalises t->text. */
static enum err_code tidy(struct feedtext *t, bool one_line, struct err *e)
{
	enum err_code rc;

	if (is_doubly_encoded(buf_str(&t->text), t->text.len)) {
		buf_clear(&t->tidy);
		undo_double(&t->tidy, buf_str(&t->text), t->text.len);
		swap(t);
	}
	if (needs_mending(buf_str(&t->text), t->text.len)) {
		buf_clear(&t->tidy);
		add_mended(&t->tidy, buf_str(&t->text), t->text.len);
		/* What is gone may leave blanks at the ends. */
		buf_clear(&t->text);
		text_add_collapsed(&t->text, buf_str(&t->tidy), t->tidy.len, !one_line);
	}
	rc = buf_check(&t->text, "field", e);
	buf_clear(&t->tidy);
	if (!rc)
		rc = utf8_add_nfc(&t->tidy, buf_str(&t->text), t->text.len, e);
	swap(t);
	return rc;
}

enum err_code feedtext_make(struct feedtext *t, struct arena *arena, const char *s, size_t n,
	enum feedtext_form form, bool one_line, const char **out, struct err *e)
{
	enum err_code rc = ERR_OK;

	*out = NULL;
	if (n > FEEDTEXT_MAX)
		return err_set(e, ERR_LIMIT, _("a field of the feed is longer than %zu bytes"),
			FEEDTEXT_MAX);
	if (!resolve(t, s, n, form, one_line))
		rc = tidy(t, one_line, e);
	if (!rc)
		rc = buf_check(&t->text, "field", e);
	if (rc || t->text.len == 0)
		return rc;
	if (one_line)
		for (char *p = t->text.data; (p = strchr(p, '\n')); p++)
			*p = ' ';
	*out = arena_strndup(arena, buf_str(&t->text), t->text.len);
	return *out ? ERR_OK : err_nomem(e);
}
