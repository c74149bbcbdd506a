/*
 * output.c - tables, safe printing and the progress bar of the commands.
 */
#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/text.h"
#include "base/time.h"
#include "base/utf8.h"

#define LABEL_WIDTH 9 /* "published" */

struct table {
	size_t columns;
	const struct table_column *heads; /* NULL: bare */
	char **cells; /* rows * columns, safe text */
	size_t rows, room, column;
	bool failed; /* no memory: said once, by table_print */
};

struct table *table_new(const struct table_column *columns, size_t count)
{
	struct table *t = calloc(1, sizeof *t);

	if (t) {
		t->columns = count;
		t->heads = columns;
	}
	return t;
}

struct table *table_new_bare(size_t columns)
{
	return table_new(NULL, columns);
}

void table_free(struct table *t)
{
	if (!t)
		return;
	for (size_t i = 0; t->cells && i < t->room * t->columns; i++)
		free(t->cells[i]);
	free(t->cells);
	free(t);
}

static bool make_room(struct table *t)
{
	size_t room = t->room ? t->room * 2 : 16;
	char **cells;

	if (t->rows < t->room)
		return true;
	cells = reallocarray(t->cells, room * t->columns, sizeof *cells);
	if (!cells) {
		t->failed = true;
		return false;
	}
	memset(cells + t->room * t->columns, 0, (room - t->room) * t->columns * sizeof *cells);
	t->cells = cells;
	t->room = room;
	return true;
}

void table_cell(struct table *t, const char *text)
{
	struct buf b;

	if (t->failed || t->column >= t->columns || !make_room(t))
		return;
	buf_init(&b, BUF_MAX_DEFAULT);
	text_add_safe_str(&b, text ? text : "-");
	char *cell = b.data ? buf_detach(&b) : strdup("");
	if (!cell)
		t->failed = true;
	t->cells[t->rows * t->columns + t->column++] = cell;
	buf_fini(&b);
}

void table_cellf(struct table *t, const char *fmt, ...)
{
	struct buf b;
	va_list ap;

	buf_init(&b, BUF_MAX_DEFAULT);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	if (b.fault)
		t->failed = true;
	else
		table_cell(t, buf_str(&b));
	buf_fini(&b);
}

void table_cell_time(struct table *t, int64_t at, const struct time_zone *zone)
{
	char text[TIME_TEXT_SIZE];

	if (at != TIME_NONE)
		time_format_local(at, zone, text);
	table_cell(t, at == TIME_NONE ? NULL : text);
}

void table_end_row(struct table *t)
{
	if (t->failed || !make_room(t))
		return;
	t->rows++;
	t->column = 0;
}

size_t table_rows(const struct table *t)
{
	return t->rows;
}

static const char *cell_at(const struct table *t, size_t row, size_t column)
{
	const char *s = t->cells[row * t->columns + column];

	return s ? s : "";
}

static const char *title_of(const struct table *t, size_t column)
{
	return t->heads ? _(t->heads[column].title) : "";
}

static enum table_align align_of(const struct table *t, size_t column)
{
	return t->heads ? t->heads[column].align : TABLE_LEFT;
}

static size_t column_width(const struct table *t, size_t column)
{
	const char *title = title_of(t, column);
	size_t widest = utf8_width(title, strlen(title));

	for (size_t r = 0; r < t->rows; r++) {
		const char *s = cell_at(t, r, column);
		size_t w = utf8_width(s, strlen(s));
		if (w > widest)
			widest = w;
	}
	return widest;
}

static void pad(struct buf *line, size_t n)
{
	while (n-- > 0)
		buf_add_char(line, ' ');
}

#define GAP 2 /* blanks between columns */
#define COLUMN_MIN 8 /* of one that was made narrower */
#define LAST_MIN 24 /* what is left for the last column, where that can be */

/* The widest of the columns that may be cut; columns: none. */
static size_t widest_to_cut(const struct table *t, const size_t *widths)
{
	size_t best = t->columns;

	for (size_t c = 0; c + 1 < t->columns; c++)
		if (align_of(t, c) == TABLE_CUT && widths[c] > COLUMN_MIN &&
			(best == t->columns || widths[c] > widths[best]))
			best = c;
	return best;
}

/* Makes columns narrower until the last one has room; false when it has none even so. */
static bool cut_to_fit(const struct table *t, size_t *widths, size_t terminal)
{
	size_t last = widths[t->columns - 1], used = 0, c;

	for (size_t i = 0; i + 1 < t->columns; i++)
		used += widths[i] ? widths[i] + GAP : 0;
	used += last < LAST_MIN ? last : LAST_MIN;
	for (; used > terminal && (c = widest_to_cut(t, widths)) < t->columns; used--)
		widths[c]--;
	return used <= terminal;
}

static bool is_empty(const struct table *t, size_t column)
{
	for (size_t r = 0; r < t->rows; r++)
		if (*cell_at(t, r, column))
			return false;
	return true;
}

/* Width 0: left out. At step 0 nothing is, then first the columns without a cell. */
static bool is_left_out(const struct table *t, size_t column, int step)
{
	int leave = t->heads ? t->heads[column].leave : 0;

	return step > 0 && column + 1 < t->columns &&
	       (is_empty(t, column) || (leave && leave < step));
}

static int last_step(const struct table *t)
{
	int last = 0;

	for (size_t c = 0; t->heads && c < t->columns; c++)
		if (t->heads[c].leave > last)
			last = t->heads[c].leave;
	return last + 1;
}

/* Leaves out one column more at a time, so that no more is cut than must be. terminal 0:
 * no limit. */
static void lay_out(const struct table *t, size_t *widths, size_t terminal)
{
	int last = last_step(t);
	bool fits = false;

	for (int step = 0; !fits && step <= last; step++) {
		for (size_t c = 0; c < t->columns; c++)
			widths[c] = is_left_out(t, c, step) ? 0 : column_width(t, c);
		fits = !terminal || cut_to_fit(t, widths, terminal);
	}
}

static void add_cell(struct buf *line, const char *s, size_t width, enum table_align align)
{
	size_t w = utf8_width(s, strlen(s));

	if (align == TABLE_RIGHT && w < width)
		pad(line, width - w);
	if (w > width)
		text_add_column(line, s, strlen(s), width);
	else
		buf_add_str(line, s);
	if (align != TABLE_RIGHT && w < width)
		pad(line, width - w);
}

static void trim(struct buf *b)
{
	while (b->len > 0 && b->data[b->len - 1] == ' ')
		buf_truncate(b, b->len - 1);
}

#define HEADING SIZE_MAX /* instead of a row */

static void make_line(const struct table *t, const size_t *widths, size_t row, struct buf *line)
{
	for (size_t c = 0; c < t->columns; c++) {
		if (!widths[c])
			continue;
		add_cell(line, row == HEADING ? title_of(t, c) : cell_at(t, row, c), widths[c],
			align_of(t, c));
		if (c + 1 < t->columns)
			pad(line, GAP);
	}
	trim(line);
}

/* One line whatever the terminal: the last column gives what it must. */
static void add_line(struct buf *out, const struct buf *line, size_t terminal)
{
	if (terminal && utf8_width(buf_str(line), line->len) > terminal) {
		text_add_column(out, buf_str(line), line->len, terminal);
		trim(out);
	} else {
		buf_add(out, buf_str(line), line->len);
	}
	buf_add_char(out, '\n');
}

static enum err_code add_lines(const struct table *t, const size_t *widths, size_t terminal,
	struct buf *out, struct err *e)
{
	struct buf line;
	enum err_code rc;

	buf_init(&line, BUF_MAX_DEFAULT);
	if (t->heads) {
		make_line(t, widths, HEADING, &line);
		add_line(out, &line, terminal);
	}
	for (size_t r = 0; r < t->rows && !line.fault; r++) {
		buf_clear(&line);
		make_line(t, widths, r, &line);
		add_line(out, &line, terminal);
	}
	rc = buf_check(&line, _("a table"), e);
	buf_fini(&line);
	return rc ? rc : buf_check(out, _("a table"), e);
}

enum err_code table_print(const struct table *t, FILE *out, size_t width, struct err *e)
{
	size_t *widths = calloc(t->columns, sizeof *widths);
	struct buf text;
	enum err_code rc;

	if (!widths || t->failed) {
		free(widths);
		return err_nomem(e);
	}
	buf_init(&text, BUF_MAX_DEFAULT);
	lay_out(t, widths, width);
	rc = add_lines(t, widths, width, &text, e);
	if (!rc && fwrite(buf_str(&text), 1, text.len, out) != text.len)
		rc = err_errno(e, errno, _("cannot write"));
	buf_fini(&text);
	free(widths);
	return rc;
}

size_t output_width(FILE *f)
{
	struct winsize ws;

	if (!isatty(fileno(f)) || ioctl(fileno(f), TIOCGWINSZ, &ws) != 0)
		return 0;
	return ws.ws_col;
}

static void print_safe(FILE *f, const char *s, enum text_lines lines)
{
	struct buf b;

	buf_init(&b, BUF_MAX_DEFAULT);
	text_add_safe(&b, s, strlen(s), lines);
	/* A lost write is found by output_flush through ferror. */
	fwrite(buf_str(&b), 1, b.len, f);
	buf_fini(&b);
}

void output_safe(FILE *f, const char *s)
{
	print_safe(f, s, TEXT_KEEP_LINES);
}

void output_safe_line(FILE *f, const char *s)
{
	print_safe(f, s, TEXT_ONE_LINE);
}

void output_label(FILE *f, const char *label)
{
	size_t w = utf8_width(label, strlen(label));

	output_printf(f, "%s%*s", label, (int)(w < LABEL_WIDTH ? LABEL_WIDTH - w : 0) + 2, "");
}

void output_fact(FILE *f, const char *label, const char *value)
{
	if (!value || !value[0])
		return;
	output_label(f, label);
	output_safe_line(f, value);
	fputc('\n', f);
}

void output_fact_time(FILE *f, const char *label, int64_t at, const struct time_zone *zone)
{
	char text[TIME_TEXT_SIZE];

	if (at == TIME_NONE)
		return;
	time_format_local(at, zone, text);
	output_fact(f, label, text);
}

void output_printf(FILE *f, const char *fmt, ...)
{
	struct buf b;
	va_list ap;

	buf_init(&b, BUF_MAX_DEFAULT);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	output_safe(f, buf_str(&b));
	buf_fini(&b);
}

void output_line(FILE *f, const char *fmt, ...)
{
	struct buf b;
	va_list ap;

	buf_init(&b, BUF_MAX_DEFAULT);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	output_safe_line(f, buf_str(&b));
	fputc('\n', f);
	buf_fini(&b);
}

void output_lines(FILE *f, const struct buf *text)
{
	struct str rest = {buf_str(text), text->len};

	while (rest.n > 0) {
		struct str line = str_split(&rest, '\n');
		output_line(f, "%.*s", (int)line.n, line.p);
	}
}

void output_line_cut(FILE *f, const char *fmt, ...)
{
	size_t width = output_width(f);
	struct buf b, safe;
	va_list ap;

	buf_init(&b, BUF_MAX_DEFAULT);
	buf_init(&safe, BUF_MAX_DEFAULT);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	text_add_safe_str(&safe, buf_str(&b));
	if (width && utf8_width(buf_str(&safe), safe.len) > width) {
		buf_clear(&b);
		text_add_column(&b, buf_str(&safe), safe.len, width);
		fputs(buf_str(&b), f);
	} else {
		fputs(buf_str(&safe), f);
	}
	fputc('\n', f);
	buf_fini(&safe);
	buf_fini(&b);
}

enum err_code output_flush(FILE *f, struct err *e)
{
	if (fflush(f) != 0 || ferror(f))
		return err_errno(e, errno ? errno : EIO, _("cannot write the output"));
	return ERR_OK;
}

void progress_init(struct progress *p, const char *label, bool quiet)
{
	memset(p, 0, sizeof *p);
	p->label = label;
	p->out = !quiet && isatty(STDERR_FILENO) ? stderr : NULL;
}

#define PROGRESS_BAR 24

void progress_update(struct progress *p, size_t done, size_t total, const char *note)
{
	int64_t now;
	size_t width, filled;
	struct buf line;

	if (!p->out)
		return;
	now = time_monotonic_ms();
	if (p->shown && done < total && now - p->last_ms < 100)
		return;
	p->last_ms = now;
	p->shown = true;
	width = output_width(p->out);
	filled = total ? done * PROGRESS_BAR / total : 0;
	buf_init(&line, 4096);
	buf_addf(&line, "%s [", p->label);
	for (size_t i = 0; i < PROGRESS_BAR; i++)
		buf_add_char(&line, i < filled ? '#' : '.');
	buf_addf(&line, "] %zu/%zu ", done, total);
	if (note)
		text_add_safe_str(&line, note);
	fputc('\r', p->out);
	if (width > 1) {
		struct buf cut;
		buf_init(&cut, 8192);
		text_add_column(&cut, buf_str(&line), line.len, width - 1);
		fputs(buf_str(&cut), p->out);
		buf_fini(&cut);
	} else {
		fputs(buf_str(&line), p->out);
	}
	fflush(p->out);
	buf_fini(&line);
}

void progress_count(void *progress, size_t done, size_t total)
{
	progress_update(progress, done, total, NULL);
}

void progress_end(struct progress *p)
{
	if (!p->out || !p->shown)
		return;
	fputs("\r\033[K", p->out);
	fflush(p->out);
	p->shown = false;
}
