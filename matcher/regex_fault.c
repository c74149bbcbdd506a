/*
 * regex_fault.c - PCRE2's messages in plain words.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "matcher/regex_fault.h"

#include <pcre2.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "matcher/regex.h"

#define OPEN_MAX 256 /* PCRE2 itself refuses more parentheses inside one another */

/* Where a person has to look, seen from PCRE2's offset. */
enum where { HERE, BACKSLASH, BRACE, PAREN, CLASS };

/* TRANSLATORS: the texts go on from nothing: "keywords.conf:12:5: this regex …". */
static const struct {
	int code;
	enum where where;
	const char *text, *hint;
} words[] = {
	{PCRE2_ERROR_END_BACKSLASH, BACKSLASH, N_("this regex ends in a single \\"),
		N_("take it away, or write \\\\ when the text has one")},
	{PCRE2_ERROR_UNKNOWN_ESCAPE, BACKSLASH, N_("a regex knows no such letter behind \\"),
		N_("known are \\d digit, \\w letter, \\s blank, \\D \\W \\S the opposites, \\b "
		   "edge of a word; take the \\ away when the letter itself is meant")},
	{PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE, BACKSLASH,
		N_("a regex knows no such letter behind \\"),
		N_("write a character itself, or \\x{4E2D} by its number")},
	{PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER, BRACE, N_("the numbers in {} are in the wrong order"),
		N_("the smaller one comes first: {0,12}")},
	{PCRE2_ERROR_QUANTIFIER_TOO_BIG, BRACE, N_("the number in {} is too big"),
		N_("write one below 65536; 30 is usually enough: .{0,30}")},
	{PCRE2_ERROR_MISSING_SQUARE_BRACKET, CLASS, N_("this [ is not closed: a ] is missing"),
		N_("put a ] behind the last character of the choice; write \\[ when a bracket is "
		   "meant")},
	{PCRE2_ERROR_CLASS_RANGE_ORDER, HERE, N_("this range runs backwards"),
		N_("the smaller one comes first: [0-9]; write \\- when a hyphen is meant")},
	{PCRE2_ERROR_CLASS_INVALID_RANGE, HERE, N_("this range has no beginning or end"),
		N_("write \\- when a hyphen is meant: [\\d\\-]")},
	{PCRE2_ERROR_QUANTIFIER_INVALID, HERE, N_("nothing stands before this to be repeated"),
		N_("put a character or a group in front of * + ? {}, or a \\ when the sign itself "
		   "is meant")},
	{PCRE2_ERROR_INVALID_AFTER_PARENS_QUERY, HERE, N_("what stands behind (? is not known"),
		N_("known are (?:…) group, (?=…) (?!…) what follows, (?<=…) (?<!…) what stands "
		   "before; write \\? when a question mark is meant")},
	{PCRE2_ERROR_POSIX_CLASS_NOT_IN_CLASS, HERE, N_("this belongs inside another [ ]"),
		N_("write [[:alpha:]]")},
	{PCRE2_ERROR_UNKNOWN_POSIX_CLASS, HERE, N_("there is no class of this name"),
		N_("known are [:alpha:] [:digit:] [:alnum:] [:space:] [:punct:]")},
	{PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS, PAREN, N_("this ( is not closed: a ) is missing"),
		N_("put a ) at the end of the group; write \\( when a bracket is meant")},
	{PCRE2_ERROR_MISSING_COMMENT_CLOSING, PAREN, N_("this ( is not closed: a ) is missing"),
		N_("put a ) at the end of the group; write \\( when a bracket is meant")},
	{PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS, HERE, N_("this ) was never opened"),
		N_("take it away, or put a ( at the beginning of the group; write \\) when a "
		   "bracket is meant")},
	{PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, HERE,
		N_("what stands in (?<=…) or (?<!…) must have a fixed length"),
		N_("take * + ? and {} out of it; alternatives may differ in length: (?<!甲|乙乙)")},
	{PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE, BACKSLASH, N_("there is no group of this number"),
		N_("\\1 means what the first ( ) has found; count the brackets")},
	{PCRE2_ERROR_MISSING_NAME_TERMINATOR, HERE, N_("the name of this group is not closed"),
		N_("write (?<name>…); a plain group is (?:…)")},
	{PCRE2_ERROR_INVALID_SUBPATTERN_NAME, HERE, N_("the name of a group begins with a letter"),
		N_("a plain group is (?:…)")},
	{PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME, HERE, N_("two groups have the same name"),
		N_("a plain group is (?:…)")},
	{PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY, BACKSLASH, N_("\\p needs a kind of character"),
		N_("write \\p{Han} for Chinese characters, \\p{L} for letters")},
	{PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY, BACKSLASH, N_("there is no such kind of character"),
		N_("write \\p{Han} for Chinese characters, \\p{L} for letters")},
	{PCRE2_ERROR_CODE_POINT_TOO_BIG, BACKSLASH, N_("there is no character of this number"),
		N_("write the character itself")},
	{PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED, BACKSLASH,
		N_("\\C is not allowed in a rule's regex"), N_("write . for any character")},
	{PCRE2_ERROR_VERB_UNKNOWN, HERE, N_("what stands behind (* is not known"),
		N_("write \\* when an asterisk is meant")},
	{PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP, HERE, N_("too many brackets inside one another"),
		N_("make several lines of this regex")},
	{PCRE2_ERROR_PATTERN_TOO_LARGE, HERE, N_("this regex is too large"),
		N_("make the numbers in {} smaller, or several lines of it")},
};

static size_t back_to(const char *s, size_t n, size_t at, char sign)
{
	for (size_t i = at < n ? at + 1 : n; i-- > 0;)
		if (s[i] == sign)
			return i;
	return at;
}

size_t regex_fault_class_end(const char *s, size_t n, size_t i)
{
	i++;
	if (i < n && s[i] == '^')
		i++;
	if (i < n && s[i] == ']')
		i++;
	while (i < n && s[i] != ']')
		i += s[i] == '\\' ? 2 : 1;
	return i < n ? i : n;
}

/* The innermost ( that is not closed, or (`class`) the [; n when there is none. */
static size_t find_open(const char *s, size_t n, bool class)
{
	size_t open[OPEN_MAX], depth = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\\') {
			i++;
		} else if (s[i] == '[') {
			size_t end = regex_fault_class_end(s, n, i);
			if (end == n && class)
				return i;
			i = end;
		} else if (s[i] == '(' && depth < OPEN_MAX) {
			open[depth++] = i;
		} else if (s[i] == ')' && depth) {
			depth--;
		}
	}
	return depth && !class ? open[depth - 1] : n;
}

static size_t place_of(enum where where, const char *s, size_t n, size_t at)
{
	switch (where) {
	case BACKSLASH:
		return back_to(s, n, at, '\\');
	case BRACE:
		return back_to(s, n, at, '{');
	case PAREN:
		return find_open(s, n, false);
	case CLASS:
		return find_open(s, n, true);
	case HERE:
		break;
	}
	return at;
}

static void tell(const char *s, size_t n, int code, size_t at, struct regex_fault *out)
{
	PCRE2_UCHAR text[256] = "";

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i].code != code)
			continue;
		out->at = place_of(words[i].where, s, n, at);
		out->hint = _(words[i].hint);
		(void)err_set(&out->text, ERR_CONFIG, "%s", _(words[i].text));
		return;
	}
	(void)pcre2_get_error_message(code, text, sizeof text);
	out->at = at;
	out->hint = _("man pcre2pattern tells what a regex may hold; words with |, blanks and ~12 "
		      "do without one");
	(void)err_set(
		&out->text, ERR_CONFIG, _("this regex is not understood: %s"), (const char *)text);
}

/* Refused before PCRE2 sees it: \K, callouts, its length. */
static void tell_refused(const char *s, size_t n, struct regex_fault *out)
{
	const char *at = s + (out->at < n ? out->at : n);
	size_t left = n - (size_t)(at - s);

	if (n > REGEX_PATTERN_MAX)
		out->hint = _("make several lines of it");
	else if (left > 1 && at[0] == '\\')
		out->hint = _("take it away; what must stand before is written (?<=…)");
	else
		out->hint = _("take it away; write \\( when a bracket is meant");
}

static size_t origin_of(const struct buf *map, size_t offset, size_t n)
{
	uint32_t v;

	if (offset >= map->len / sizeof v)
		return n;
	memcpy(&v, map->data + offset * sizeof v, sizeof v);
	return v;
}

static bool compile(const struct buf *text, const struct buf *map, const char *s, size_t n,
	struct regex_fault *out)
{
	const uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
	size_t offset = 0;
	uint32_t empty = 0;
	int code = 0;
	pcre2_code *p =
		pcre2_compile((PCRE2_SPTR)buf_str(text), text->len, flags, &code, &offset, NULL);

	if (!p) {
		tell(s, n, code, origin_of(map, offset, n), out);
		return true;
	}
	(void)pcre2_pattern_info(p, PCRE2_INFO_MATCHEMPTY, &empty);
	pcre2_code_free(p);
	out->at = 0;
	out->hint = _("let it ask for one character at least: {1,20} for *, and no | at an end");
	(void)err_set(&out->text, ERR_CONFIG, "%s",
		_("this regex can match the empty string, so it would hit every text"));
	out->is_empty = empty != 0;
	return out->is_empty;
}

bool regex_fault_find(const char *pattern, size_t n, struct regex_fault *out)
{
	struct buf text, map;
	bool found = true;

	memset(out, 0, sizeof *out);
	out->hint = "";
	buf_init(&text, REGEX_PATTERN_MAX * 16);
	buf_init(&map, REGEX_PATTERN_MAX * 64);
	if (regex_normalise_pattern(pattern, n, &text, &map, &out->at, &out->text))
		tell_refused(pattern, n, out);
	else
		found = compile(&text, &map, pattern, n, out);
	buf_fini(&text);
	buf_fini(&map);
	return found;
}
