/*
 * handover.c - the lines of a hand-over.
 */
#include "office/handover.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/text.h"
#include "base/time.h"

#define TENTATIVE "~" /* behind a due time that is 暂定; one character */

/* --- writing --- */

static void write_balance(struct buf *out, const struct balance *b)
{
	buf_addf(out, "balance\t%lld\t%lld\t", (long long)b->carried, (long long)balance_new(b));
	for (int i = 0; i < BALANCE_OUTCOMES; i++)
		buf_addf(out, "%s%lld", i ? " " : "", (long long)b->out[i]);
	buf_addf(out, "\t%lld\n", (long long)b->open);
}

/* A field must not look like two, or like a line of its own. */
static void write_field(struct buf *out, const char *s)
{
	buf_add_str(out, "\t");
	if (s)
		text_add_collapsed(out, s, strlen(s), false);
}

static void write_due(struct buf *out, const struct due_entry *d)
{
	buf_add_str(out, "due");
	write_field(out, d->subject);
	write_field(out, d->what);
	buf_add_str(out, "\t");
	if (d->due_at != TIME_NONE)
		buf_addf(out, "%lld%s", (long long)d->due_at, d->tentative ? TENTATIVE : "");
	write_field(out, d->unit);
	write_field(out, d->about);
	buf_add_str(out, "\n");
}

void handover_write(
	struct buf *out, const struct balance *b, const struct due_entry *list, size_t count)
{
	size_t shown = count < HANDOVER_LINES ? count : HANDOVER_LINES;

	write_balance(out, b);
	for (size_t i = 0; i < shown; i++)
		write_due(out, &list[i]);
	if (shown < count)
		buf_addf(out, "more\t%zu\n", count - shown);
}

/* --- reading --- */

static bool read_number(struct str *line, char end, int64_t *out)
{
	return str_to_int(str_split(line, end), 0, INT64_MAX, out);
}

static bool read_balance(struct str line, struct handover *h)
{
	bool good = read_number(&line, '\t', &h->carried) && read_number(&line, '\t', &h->fresh);
	struct str outcomes = str_split(&line, '\t');

	for (int i = 0; good && i < BALANCE_OUTCOMES; i++)
		good = read_number(&outcomes, ' ', &h->out[i]);
	return good && read_number(&line, '\t', &h->open);
}

static const char *keep(struct arena *a, struct str s)
{
	return arena_strndup(a, s.p ? s.p : "", s.n);
}

static bool read_due(struct str line, struct arena *a, struct due_entry *d)
{
	struct str due;

	d->subject = keep(a, str_split(&line, '\t'));
	d->what = keep(a, str_split(&line, '\t'));
	due = str_split(&line, '\t');
	d->unit = keep(a, str_split(&line, '\t'));
	d->about = keep(a, line);
	d->rule = "";
	d->due_at = TIME_NONE;
	d->tentative = 0;
	if (due.n > 1 && due.p[due.n - 1] == *TENTATIVE) {
		d->tentative = 1;
		due.n--;
	}
	return !due.n || str_to_int(due, 0, INT64_MAX, &d->due_at);
}

static bool read_line(struct str line, struct arena *a, struct handover *h)
{
	struct str word = str_split(&line, '\t');

	if (str_is(word, "balance"))
		return read_balance(line, h);
	if (str_is(word, "more"))
		return read_number(&line, '\t', &h->more);
	return str_is(word, "due") && h->count < HANDOVER_LINES &&
	       read_due(line, a, &h->lines[h->count++]);
}

enum err_code handover_read(const char *text, struct arena *a, struct handover *out, struct err *e)
{
	struct str rest = str_of(text);

	*out = (struct handover){.lines = arena_array(a, HANDOVER_LINES, sizeof *out->lines)};
	if (!out->lines)
		return err_nomem(e);
	while (rest.n > 0)
		if (!read_line(str_split(&rest, '\n'), a, out))
			return err_set(e, ERR_INTEGRITY, _("the list of a hand-over is damaged"));
	return arena_failed(a) ? err_nomem(e) : ERR_OK;
}
