/*
 * json_split.c - one pass over the text, without a tree.
 */
#include "base/json_split.h"

/* Behind the string that begins at `at`; 0: it does not end. */
static size_t behind_string(struct str s, size_t at)
{
	for (size_t i = at + 1; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			return i + 1;
	}
	return 0;
}

/* The length of what stands before the next comma of this level; false: the brackets or
 * a string do not end. */
static bool measure_value(struct str s, size_t *out)
{
	size_t depth = 0, i = 0;

	while (i < s.n && (depth || s.p[i] != ',')) {
		char c = s.p[i];
		size_t next = c == '"' ? behind_string(s, i) : i + 1;
		if (!next || (depth == 0 && (c == '}' || c == ']')))
			return false;
		depth += c == '{' || c == '[';
		depth -= c == '}' || c == ']';
		i = next;
	}
	*out = i;
	return depth == 0;
}

bool json_split_open(struct str text, struct str *rest)
{
	text = str_trim(text);
	if (text.n < 2 || text.p[0] != '{' || text.p[text.n - 1] != '}')
		return false;
	*rest = str_trim(str_sub(text, 1, text.n - 1));
	return true;
}

enum err_code json_split_next(struct str *rest, struct str *key, struct str *value)
{
	struct str s = *rest;
	size_t n;

	if (s.n == 0)
		return ERR_NOT_FOUND;
	n = s.p[0] == '"' ? behind_string(s, 0) : 0;
	*key = str_sub(s, 0, n);
	s = str_trim(str_sub(s, n, s.n));
	if (n == 0 || s.n == 0 || s.p[0] != ':')
		return ERR_INPUT;
	s = str_sub(s, 1, s.n);
	if (!measure_value(s, &n))
		return ERR_INPUT;
	*value = str_trim(str_sub(s, 0, n));
	*rest = str_trim(str_sub(s, n + 1, s.n));
	/* Behind a comma something must follow. */
	return value->n == 0 || (n < s.n && rest->n == 0) ? ERR_INPUT : ERR_OK;
}
