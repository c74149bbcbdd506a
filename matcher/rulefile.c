/*
 * rulefile.c - encodings of rule files, over iconv(3).
 */
#include "matcher/rulefile.h"

#include <iconv.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

/* The place of a byte of UTF-8. */
static struct report_place place_of(const char *name, const char *text, size_t pos)
{
	struct report_place at = {name, 1, 1};
	size_t start = 0;

	for (size_t i = 0; i < pos; i++)
		if (text[i] == '\n') {
			at.line++;
			start = i + 1;
		}
	at.column += (int)utf8_count(text + start, pos - start);
	return at;
}

/* *bad is the byte that could not be converted. */
static bool convert(
	const char *from, const char *text, size_t n, struct arena *a, struct str *out, size_t *bad)
{
	iconv_t cd = iconv_open("UTF-8", from);
	size_t room = n * 2 + 16;
	char *target = arena_alloc(a, room), *to = target, *in = (char *)(size_t)text;
	size_t left = n, got;

	*bad = 0;
	if (cd == (iconv_t)-1 || !target)
		return false;
	got = iconv(cd, &in, &left, &to, &room);
	iconv_close(cd);
	*bad = n - left;
	out->p = target;
	out->n = (size_t)(to - target);
	return got != (size_t)-1 && left == 0;
}

static bool decode_foreign(const char *name, const char *text, size_t n, struct arena *a,
	struct report *r, struct str *out)
{
	bool wide =
		n >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0);
	const char *from = wide ? "UTF-16" : "GB18030";
	size_t bad, valid = utf8_valid_prefix(text, n);

	*out = (struct str){text, 0};
	if (convert(from, text, n, a, out, &bad)) {
		report_notice(r, (struct report_place){name, 0, 0},
			_("read as %s; saving it as UTF-8 is safer"), from);
		return true;
	}
	/* The encoding that got further is the one that was meant. */
	report_error(r,
		wide || bad > valid ? place_of(name, out->p, out->n) : place_of(name, text, valid),
		_("the text is neither UTF-8 nor %s"), from);
	report_hint(r, "%s", _("save the file as UTF-8 (Notepad: Save As, encoding UTF-8)"));
	return false;
}

/* Characters that nobody sees and that matching drops anyway. */
static bool is_invisible(uint32_t cp)
{
	return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
}

/* Takes them out: pasted from a page, or a byte order mark in the middle of joined files,
 * they would make a word of “3分”, “标题:” or [section]. */
static bool drop_invisible(struct str *s, struct arena *a)
{
	char *out = NULL;
	size_t n = 0, len;

	for (size_t pos = 0; pos < s->n; pos += len) {
		bool drop = is_invisible(utf8_decode(s->p + pos, s->n - pos, &len));
		if (drop && !out) {
			out = arena_alloc(a, s->n);
			if (!out)
				return false;
			memcpy(out, s->p, pos);
			n = pos;
		}
		if (out && !drop) {
			memcpy(out + n, s->p + pos, len);
			n += len;
		}
	}
	if (out)
		*s = (struct str){out, n};
	return true;
}

bool rulefile_decode(const char *name, const char *text, size_t n, struct arena *a,
	struct report *r, struct str *out)
{
	const char *nul;

	if (n > RULEFILE_MAX) {
		report_error(r, (struct report_place){name, 1, 1},
			_("a rule file has at most %zu bytes"), RULEFILE_MAX);
		report_hint(r, "%s", _("spread the rules over several files in local.d"));
		return false;
	}
	out->p = text;
	out->n = n;
	if (!utf8_is_valid(text, n) && !decode_foreign(name, text, n, a, r, out))
		return false;
	if (!drop_invisible(out, a)) {
		report_error(r, (struct report_place){name, 1, 1}, _("out of memory"));
		return false;
	}
	nul = out->n ? memchr(out->p, '\0', out->n) : NULL;
	if (nul) {
		report_error(r, place_of(name, out->p, (size_t)(nul - out->p)),
			_("a NUL byte: this is no text file"));
		report_hint(r, "%s", _("save it again as text, encoding UTF-8"));
		return false;
	}
	return true;
}
