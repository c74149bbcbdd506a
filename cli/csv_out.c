/*
 * csv_out.c - cells and records of CSV.
 */
#include "cli/csv_out.h"

#include <stdbool.h>
#include <string.h>

static bool begins_formula(const char *s)
{
	static const char *const marks[] = {
		"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};

	while (*s == ' ' || strncmp(s, "　", strlen("　")) == 0)
		s += *s == ' ' ? 1 : strlen("　");
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

static void begin_cell(struct csv_out *c)
{
	if (c->column++)
		buf_add_char(c->out, ',');
}

void csv_out_text(struct csv_out *c, const char *s)
{
	const char *guard = s && begins_formula(s) ? "'" : "";

	begin_cell(c);
	if (!s || (!strpbrk(s, ",\"\r\n") && !*guard)) {
		buf_add_str(c->out, s ? s : "");
		return;
	}
	buf_addf(c->out, "\"%s", guard);
	for (; *s; s++) {
		if (*s == '"')
			buf_add_char(c->out, '"');
		buf_add_char(c->out, *s);
	}
	buf_add_char(c->out, '"');
}

void csv_out_int(struct csv_out *c, int64_t v)
{
	begin_cell(c);
	buf_addf(c->out, "%lld", (long long)v);
}

void csv_out_end(struct csv_out *c)
{
	buf_add_str(c->out, "\r\n");
	c->column = 0;
}
