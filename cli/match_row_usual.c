/*
 * match_row_usual.c - see the header. A string without escapes is copied as it stands;
 * plain text is checked 16 bytes at a time (base/plain.h).
 */
#include "cli/match_row_usual.h"

#include <string.h>

#include "base/plain.h"
#include "base/str.h"
#include "base/utf8.h"

const char *const match_row_keys[MATCH_ROW_KEYS] = {
	"id", "title", "text", "content", "summary", "source", "kind", "local"};

#define NUMBER_DIGITS 18 /* what always fits an int64 */
#define KEYS_MAX 16 /* members of a row that is still usual */

struct row {
	const char *s;
	size_t n, at;
	struct arena *a;
	struct str seen[KEYS_MAX]; /* keys as they stand */
	size_t count;
};

static bool take(struct row *r, char c)
{
	if (r->at == r->n || r->s[r->at] != c)
		return false;
	r->at++;
	return true;
}

static void skip_space(struct row *r)
{
	while (r->at < r->n && (r->s[r->at] == ' ' || r->s[r->at] == '\t'))
		r->at++;
}

static bool take_word(struct row *r, const char *word)
{
	size_t n = strlen(word);

	if (r->n - r->at < n || memcmp(r->s + r->at, word, n) != 0)
		return false;
	r->at += n;
	return true;
}

/* --- strings ------------------------------------------------------------------- */

/* The length of a character that needs no repair, 0: it does, or begins nothing. */
static size_t clean_length(const struct row *r)
{
	size_t len;

	if ((unsigned char)r->s[r->at] < 0x20)
		return 0;
	return utf8_decode(r->s + r->at, r->n - r->at, &len) == UTF8_BAD ? 0 : len;
}

static bool is_usual_escape(char c)
{
	return c && strchr("\"\\/bfnrt", c);
}

/* Behind the opening quote: what stands before the closing one. */
static bool take_raw(struct row *r, struct str *out, bool *escaped)
{
	const struct plain_stops stops = {0x20, '"', '\\', '\\'};
	size_t from = r->at, len;

	*escaped = false;
	for (;;) {
		r->at += plain_run(r->s + r->at, r->n - r->at, stops);
		if (r->at == r->n)
			return false;
		if (r->s[r->at] == '"')
			break;
		if (r->s[r->at] == '\\') {
			if (r->n - r->at < 2 || !is_usual_escape(r->s[r->at + 1]))
				return false;
			*escaped = true;
			r->at += 2;
			continue;
		}
		len = clean_length(r);
		if (len == 0)
			return false;
		r->at += len;
	}
	*out = (struct str){r->s + from, r->at++ - from};
	return true;
}

static char unescaped(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c;
	}
}

static void unescape(char *s)
{
	char *to = strchr(s, '\\');

	for (const char *from = to; *from; from++) {
		if (*from == '\\')
			*to++ = unescaped(*++from);
		else
			*to++ = *from;
	}
	*to = '\0';
}

static const char *copy(struct row *r, struct str raw, bool escaped)
{
	char *s = arena_strndup(r->a, raw.p, raw.n);

	if (s && escaped)
		unescape(s);
	return s;
}

/* --- members ------------------------------------------------------------------- */

/* An integer that is printed as it stands. */
static bool take_number(struct row *r, struct str *out)
{
	size_t from = r->at, digits;

	(void)take(r, '-');
	digits = r->at;
	while (r->at < r->n && str_is_digit((unsigned char)r->s[r->at]))
		r->at++;
	*out = (struct str){r->s + from, r->at - from};
	return r->at > digits && r->at - digits <= NUMBER_DIGITS &&
	       (r->s[digits] != '0' || out->n == 1);
}

/* MATCH_ROW_KEYS: one that the matcher does not know. False: it was there before. */
static bool note_key(struct row *r, struct str key, enum match_row_key *which)
{
	int k = 0;

	if (r->count == KEYS_MAX)
		return false;
	for (size_t i = 0; i < r->count; i++)
		if (str_eq(r->seen[i], key))
			return false;
	r->seen[r->count++] = key;
	while (k < MATCH_ROW_KEYS && !str_is(key, match_row_keys[k]))
		k++;
	*which = (enum match_row_key)k;
	return true;
}

static bool take_string_value(struct row *r, enum match_row_key k, struct match_row_members *out)
{
	struct str raw;
	bool escaped;

	if (!take_raw(r, &raw, &escaped))
		return false;
	if (k == MATCH_ROW_KEYS || k == MATCH_ROW_LOCAL)
		return true;
	out->str[k] = copy(r, raw, escaped);
	return out->str[k] != NULL;
}

/* What is no string: a text that is none is a fault, which the tree tells. */
static bool take_other_value(struct row *r, enum match_row_key k, struct match_row_members *out)
{
	bool known = k != MATCH_ROW_KEYS && k != MATCH_ROW_LOCAL;
	struct str number;

	if (take_word(r, "null"))
		return true;
	if (take_word(r, "true")) {
		out->local |= k == MATCH_ROW_LOCAL;
		return !known;
	}
	if (take_word(r, "false"))
		return !known;
	if ((known && k != MATCH_ROW_ID) || !take_number(r, &number))
		return false;
	if (k == MATCH_ROW_ID)
		out->str[k] = copy(r, number, false);
	return k != MATCH_ROW_ID || out->str[k];
}

static bool take_member(struct row *r, struct match_row_members *out)
{
	enum match_row_key k;
	struct str key;
	bool escaped;

	skip_space(r);
	if (!take(r, '"') || !take_raw(r, &key, &escaped) || escaped || !note_key(r, key, &k))
		return false;
	skip_space(r);
	if (!take(r, ':'))
		return false;
	skip_space(r);
	if (!(take(r, '"') ? take_string_value(r, k, out) : take_other_value(r, k, out)))
		return false;
	skip_space(r);
	return true;
}

bool match_row_read_usual(const char *s, size_t n, struct arena *a, struct match_row_members *out)
{
	struct row r = {.s = s, .n = n, .a = a};

	memset(out, 0, sizeof *out);
	if (!take(&r, '{'))
		return false;
	do {
		if (!take_member(&r, out))
			return false;
	} while (take(&r, ','));
	return take(&r, '}') && r.at == n;
}
