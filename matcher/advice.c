/*
 * advice.c - gathering warnings about a rule set and telling them in order.
 */
#include "matcher/advice.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "matcher/advice_private.h"

#define TEXT_MAX 4096

static void __attribute__((format(printf, 5, 0))) keep(struct advice *a, uint32_t file,
	struct report_place at, const char *hint, const char *fmt, va_list ap)
{
	struct advice_note *n;
	struct buf b;

	if (!ruleset_reserve(a->arena, &a->note, &a->cap, a->count, sizeof *a->note))
		return;
	buf_init(&b, TEXT_MAX);
	buf_vaddf(&b, fmt, ap);
	n = &a->note[a->count++];
	*n = (struct advice_note){at, file, arena_strdup(a->arena, buf_str(&b)), hint};
	buf_fini(&b);
}

void advice_note(struct advice *a, uint32_t file, int line, int column, const char *hint,
	const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	keep(a, file, ruleset_place(a->r, file, line, column), hint, fmt, ap);
	va_end(ap);
}

void advice_note_line(struct advice *a, const struct ruleset_line *l, int column, const char *hint,
	const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	keep(a, l->file, ruleset_place(a->r, l->file, l->number, column), hint, fmt, ap);
	va_end(ap);
}

const char *advice_place(struct advice *a, const struct ruleset_line *l)
{
	return arena_printf(a->arena, "%s:%d", a->r->file[l->file], l->number);
}

static int by_place(const void *x, const void *y)
{
	const struct advice_note *a = x, *b = y;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	return (a->at.column > b->at.column) - (a->at.column < b->at.column);
}

static void tell(struct advice *a, struct report *report)
{
	if (a->count)
		qsort(a->note, a->count, sizeof *a->note, by_place);
	for (size_t i = 0; i < a->count; i++) {
		report_warning(report, a->note[i].at, "%s", a->note[i].text);
		report_hint(report, "%s", a->note[i].hint);
	}
}

enum err_code advice_give(const struct rules *r, struct report *report, struct err *e)
{
	struct advice a = {.r = r, .arena = arena_new(ARENA_MAX_DEFAULT)};
	enum err_code rc = ERR_OK;

	a.compare = compare_new(r);
	a.told = a.arena ? arena_array(a.arena, r->line_count + 1, sizeof *a.told) : NULL;
	if (!a.compare || !a.told)
		rc = err_nomem(e);
	if (!rc) {
		advice_words(&a);
		advice_regexes(&a);
		rc = advice_sample(&a, e);
	}
	if (!rc)
		advice_lines(&a);
	if (!rc && arena_failed(a.arena))
		rc = err_nomem(e);
	if (!rc)
		tell(&a, report);
	compare_free(a.compare);
	arena_free(a.arena);
	return rc;
}
