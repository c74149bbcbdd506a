/*
 * rules_lines.c - two sorted lists of (section, line), merged.
 */
#include "office/rules_lines.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/rulefile.h"

/* As UTF-8, without what nobody sees; as it is when it is no text. */
static struct str as_read(struct str text, struct arena *a)
{
	struct report silent = {.out = NULL};
	struct str out;

	return rulefile_decode("", text.p, text.n, a, &silent, &out) ? out : text;
}

static size_t count_lines(struct str text)
{
	size_t n = 1;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* Full-width brackets make a section too. */
static bool is_section(struct str line)
{
	return str_has_prefix(line, "[") || str_has_prefix(line, "［") ||
	       str_has_prefix(line, "【");
}

static bool read_lines(
	struct str text, bool added, struct arena *a, struct rules_line **out, size_t *count)
{
	struct str rest = text, section = {"", 0};
	int number = 0;

	*count = 0;
	*out = arena_array(a, count_lines(text), sizeof **out);
	while (*out && rest.n > 0) {
		struct str line = str_trim(str_split(&rest, '\n'));
		number++;
		if (line.n == 0)
			continue;
		if (is_section(line))
			section = line;
		(*out)[(*count)++] = (struct rules_line){added, number, section, line};
	}
	return *out != NULL;
}

static int compare(struct str a, struct str b)
{
	int c = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static int compare_lines(const struct rules_line *x, const struct rules_line *y)
{
	int c = compare(x->section, y->section);

	return c ? c : compare(x->text, y->text);
}

static int by_text(const void *a, const void *b)
{
	const struct rules_line *x = a, *y = b;
	int c = compare_lines(x, y);

	return c ? c : x->number - y->number;
}

static int by_place(const void *a, const void *b)
{
	const struct rules_line *x = a, *y = b;

	return x->added != y->added ? (int)x->added - (int)y->added : x->number - y->number;
}

enum err_code rules_lines_compare(
	struct str old, struct str new, struct arena *a, struct rules_lines *out, struct err *e)
{
	struct rules_line *x, *y, *change;
	size_t n, m, i = 0, k = 0;

	memset(out, 0, sizeof *out);
	if (!read_lines(as_read(old, a), false, a, &x, &n) ||
		!read_lines(as_read(new, a), true, a, &y, &m))
		return err_nomem(e);
	change = arena_failed(a) ? NULL : arena_array(a, n + m + 1, sizeof *change);
	if (!change)
		return err_nomem(e);
	qsort(x, n, sizeof *x, by_text);
	qsort(y, m, sizeof *y, by_text);
	while (i < n || k < m) {
		int c = i == n ? 1 : k == m ? -1 : compare_lines(&x[i], &y[k]);
		if (c < 0)
			change[out->count++] = x[i];
		else if (c > 0)
			change[out->count++] = y[k];
		out->removed += c < 0;
		out->added += c > 0;
		i += c <= 0;
		k += c >= 0;
	}
	qsort(change, out->count, sizeof *change, by_place);
	out->change = change;
	return ERR_OK;
}
