/*
 * why.c - reading the `why` array of an alert and marking its spans in the text.
 */
#include "cli/why.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "matcher/explain.h"

#define MARKS_MAX 2000
#define MARK_ON "\033[1;33m"
#define MARK_OFF "\033[0m"

static const char *field_text(const struct alert *a, const char *field)
{
	const char *s = NULL;

	if (field && strcmp(field, "title") == 0)
		s = a->title;
	else if (field && strcmp(field, "text") == 0)
		s = a->excerpt;
	else if (field && strcmp(field, "source") == 0)
		s = a->source_name;
	return s ? s : "";
}

/* The words of a span as a view into its field; n 0 when it lies outside. */
static struct str span_words(const struct alert *a, const struct json *span)
{
	const char *s = field_text(a, json_get_str(span, "field"));
	size_t n = strlen(s), from, to;
	int64_t start = 0, end = 0;

	if (!json_get_int(span, "start", &start) || !json_get_int(span, "end", &end) || start < 0 ||
		end <= start)
		return (struct str){s, 0};
	from = utf8_offset(s, n, (size_t)start);
	to = utf8_offset(s, n, (size_t)end);
	return (struct str){s + from, to - from};
}

static struct json *read_why(const struct alert *a)
{
	struct json *j = NULL;

	if (!a->why || json_read(a->why, strlen(a->why), &j, NULL) != ERR_OK)
		return NULL;
	return j;
}

void why_add_short(struct buf *out, const struct alert *a, size_t columns)
{
	struct json *j = read_why(a);
	size_t used = 0, from = out->len;

	for (size_t i = 0; i < json_size(j); i++) {
		const struct json *hit = json_at(j, i);
		struct str w = span_words(a, json_at(json_get(hit, "spans"), 0));
		size_t width = utf8_width(w.p, w.n);
		/* Several lines often hit by the same word: once is enough. */
		if (w.n == 0 || used + width + 1 > columns ||
			memmem(buf_str(out) + from, out->len - from, w.p, w.n))
			continue;
		if (used)
			buf_add_char(out, ' ');
		buf_add(out, w.p, w.n);
		used += width + 1;
	}
	json_free(j);
}

void why_print(FILE *f, const struct alert *a, const char *grounds)
{
	const struct explain_text text = {a->title, a->excerpt, a->source_name, NULL};
	struct explain_topic topic = {a->topic, a->grade_name, a->score, NULL, NULL};
	struct json *why = read_why(a), *kept = NULL;
	struct buf b;

	if (grounds && json_read(grounds, strlen(grounds), &kept, NULL) != ERR_OK) {
		output_line(f, "  %s", _("what was kept beside the rule lines cannot be read"));
		kept = NULL;
	}
	topic.why = why;
	topic.grounds = kept;
	buf_init(&b, BUF_MAX_DEFAULT);
	explain_add_reasons(&b, &text, &topic);
	if (!b.len)
		buf_addf(&b, "  %s\n", _("no rule raised it, a person entered it"));
	output_lines(f, &b);
	buf_fini(&b);
	json_free(kept);
	json_free(why);
}

/* --- marking --- */

struct mark {
	size_t start, end; /* bytes */
};

static int by_start(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Words that touch or overlap are marked as one. They are sorted by start. */
static size_t join_marks(struct mark *marks, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (kept && marks[i].start <= marks[kept - 1].end) {
			if (marks[i].end > marks[kept - 1].end)
				marks[kept - 1].end = marks[i].end;
			continue;
		}
		marks[kept++] = marks[i];
	}
	return kept;
}

static size_t collect_marks(
	const struct alert *a, const struct json *j, const char *text, struct mark *marks)
{
	size_t n = 0;

	for (size_t i = 0; i < json_size(j); i++) {
		const struct json *spans = json_get(json_at(j, i), "spans");
		for (size_t k = 0; k < json_size(spans) && n < MARKS_MAX; k++) {
			const struct json *span = json_at(spans, k);
			struct str w = span_words(a, span);
			if (w.n == 0 || field_text(a, json_get_str(span, "field")) != text)
				continue;
			marks[n].start = (size_t)(w.p - text);
			marks[n++].end = (size_t)(w.p - text) + w.n;
		}
	}
	qsort(marks, n, sizeof *marks, by_start);
	return join_marks(marks, n);
}

static void print_piece(FILE *f, const char *s, size_t n)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	text_add_safe(&b, s, n, TEXT_KEEP_LINES);
	fwrite(buf_str(&b), 1, b.len, f);
	buf_fini(&b);
}

static void print_text(FILE *f, const struct alert *a, const struct json *j, const char *text,
	struct mark *marks, bool colour)
{
	size_t count = marks ? collect_marks(a, j, text, marks) : 0, at = 0;

	for (size_t i = 0; i < count; i++) {
		print_piece(f, text + at, marks[i].start - at);
		fputs(colour ? MARK_ON : "【", f);
		print_piece(f, text + marks[i].start, marks[i].end - marks[i].start);
		fputs(colour ? MARK_OFF : "】", f);
		at = marks[i].end;
	}
	print_piece(f, text + at, strlen(text) - at);
	fputc('\n', f);
}

void why_print_marked(FILE *f, const struct alert *a, bool colour)
{
	struct json *j = read_why(a);
	/* Without memory the text is shown all the same, without marks. */
	struct mark *marks = calloc(MARKS_MAX, sizeof *marks);

	if (a->title)
		print_text(f, a, j, a->title, marks, colour);
	if (a->excerpt)
		print_text(f, a, j, a->excerpt, marks, colour);
	if (!a->title && !a->excerpt)
		fprintf(f, "%s\n", _("(erased by order of law)"));
	free(marks);
	json_free(j);
}
