/*
 * json_write.c - the forward writer.
 *
 * Output goes to terminals as often as to programs, so that every character
 * which a terminal might obey or hide (controls, bidirectional controls,
 * zero-width and tag characters) is written as an escape: same value, safe text.
 */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/plain.h"
#include "base/time.h"
#include "base/utf8.h"

void json_writer_init(struct json_writer *w, struct buf *out)
{
	*w = (struct json_writer){.out = out};
}

/* A comma where one is due before a value or key. */
static void separate(struct json_writer *w)
{
	uint64_t bit = UINT64_C(1) << (w->depth & 63);

	if (w->after_key) {
		w->after_key = false;
		return;
	}
	if (w->depth > 0 && (w->has_member & bit) != 0)
		buf_add_char(w->out, ',');
	w->has_member |= bit;
}

static void begin(struct json_writer *w, char c)
{
	separate(w);
	buf_add_char(w->out, c);
	if (w->depth >= JSON_DEPTH_MAX - 1) {
		w->out->fault = ERR_LIMIT;
		return;
	}
	w->depth++;
	w->has_member &= ~(UINT64_C(1) << w->depth);
}

static void end(struct json_writer *w, char c)
{
	buf_add_char(w->out, c);
	if (w->depth > 0)
		w->depth--;
}

void json_begin_object(struct json_writer *w)
{
	begin(w, '{');
}

void json_end_object(struct json_writer *w)
{
	end(w, '}');
}

void json_begin_array(struct json_writer *w)
{
	begin(w, '[');
}

void json_end_array(struct json_writer *w)
{
	end(w, ']');
}

/* --- strings ------------------------------------------------------------- */

/* First and last of the characters that are escaped though JSON would not ask. */
static const uint32_t escaped[][2] = {
	{0x7F, 0x9F},
	{0xAD, 0xAD},
	{0x61C, 0x61C},
	{0x115F, 0x1160},
	{0x17B4, 0x17B5},
	{0x180B, 0x180F},
	{0x200B, 0x200F},
	{0x2028, 0x202E},
	{0x2060, 0x206F},
	{0x3164, 0x3164},
	{0xFEFF, 0xFEFF},
	{0xFFA0, 0xFFA0},
	{0xFFF0, 0xFFFB},
	{0x1BCA0, 0x1BCA3},
	{0x1D173, 0x1D17A},
	{0xE0000, 0xE0FFF},
};

static bool is_escaped(uint32_t cp)
{
	if (cp > 0x3164 && cp < 0xFEFF) /* nearly all of Chinese */
		return false;
	for (size_t i = 0; i < sizeof escaped / sizeof escaped[0]; i++) {
		if (cp >= escaped[i][0] && cp <= escaped[i][1])
			return true;
	}
	return false;
}

static void add_escape(struct buf *b, uint32_t cp)
{
	if (cp >= 0x10000) {
		uint32_t rest = cp - 0x10000;
		buf_addf(b, "\\u%04x\\u%04x", 0xD800u + (unsigned)(rest >> 10),
			0xDC00u + (unsigned)(rest & 0x3FF));
	} else {
		buf_addf(b, "\\u%04x", (unsigned)cp);
	}
}

static void add_ascii(struct buf *b, char c)
{
	static const char plain[] = "\b\f\n\r\t\"\\", letter[] = "bfnrt\"\\";
	const char *at = c == '\0' ? NULL : strchr(plain, c);

	if (at != NULL) {
		buf_add_char(b, '\\');
		buf_add_char(b, letter[at - plain]);
	} else if ((unsigned char)c < 0x20 || c == 0x7F) {
		add_escape(b, (unsigned char)c);
	} else {
		buf_add_char(b, c);
	}
}

static bool is_plain_ascii(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* What stands for itself is copied in runs; `from` is where the present one begins. */
static void add_quoted(struct buf *b, const char *s, size_t n)
{
	size_t from = 0, length = 0;

	buf_add_char(b, '"');
	for (size_t i = 0; i < n; i += length) {
		i += plain_run(s + i, n - i, (struct plain_stops){0x20, '"', '\\', '\\'});
		if (i == n)
			break;
		uint32_t cp = utf8_decode(s + i, n - i, &length);
		if (cp < 0x80 ? is_plain_ascii((unsigned char)cp)
			      : cp != UTF8_BAD && !is_escaped(cp))
			continue;
		buf_add(b, s + from, i - from);
		from = i + length;
		if (cp == UTF8_BAD)
			utf8_add(b, UTF8_REPLACEMENT);
		else if (cp < 0x80)
			add_ascii(b, s[i]);
		else
			add_escape(b, cp);
	}
	buf_add(b, s + from, n - from);
	buf_add_char(b, '"');
}

/* --- values -------------------------------------------------------------- */

void json_key(struct json_writer *w, const char *key)
{
	separate(w);
	add_quoted(w->out, key, strlen(key));
	buf_add_char(w->out, ':');
	w->after_key = true;
}

void json_add_strn(struct json_writer *w, const char *s, size_t n)
{
	separate(w);
	add_quoted(w->out, s, n);
}

void json_add_str(struct json_writer *w, const char *s)
{
	if (s == NULL)
		json_add_null(w);
	else
		json_add_strn(w, s, strlen(s));
}

void json_add_int(struct json_writer *w, int64_t v)
{
	separate(w);
	buf_addf(w->out, "%lld", (long long)v);
}

void json_add_real(struct json_writer *w, double v)
{
	char text[JSON_REAL_SIZE];

	separate(w);
	json_format_real(v, text);
	buf_add_str(w->out, text);
}

void json_add_bool(struct json_writer *w, bool v)
{
	separate(w);
	buf_add_str(w->out, v ? "true" : "false");
}

void json_add_null(struct json_writer *w)
{
	separate(w);
	buf_add_str(w->out, "null");
}

void json_add_raw(struct json_writer *w, const char *json)
{
	separate(w);
	buf_add_str(w->out, json);
}

void json_put_str(struct json_writer *w, const char *key, const char *s)
{
	if (s == NULL)
		return;
	json_key(w, key);
	json_add_str(w, s);
}

void json_put_int(struct json_writer *w, const char *key, int64_t v)
{
	json_key(w, key);
	json_add_int(w, v);
}

void json_put_bool(struct json_writer *w, const char *key, bool v)
{
	json_key(w, key);
	json_add_bool(w, v);
}

void json_put_time(struct json_writer *w, const char *key, int64_t t)
{
	char text[TIME_TEXT_SIZE];

	time_format_rfc3339(t, text);
	if (strcmp(text, "-") != 0)
		json_put_str(w, key, text);
}

/* --- a tree, sorted ------------------------------------------------------ */

struct member {
	const char *key;
	const struct json *value;
};

static int compare_members(const void *a, const void *b)
{
	return strcmp(((const struct member *)a)->key, ((const struct member *)b)->key);
}

static void add_tree(struct json_writer *w, const struct json *j);

static void add_object(struct json_writer *w, const struct json *j)
{
	size_t n = json_size(j), count = 0;
	struct member *members = calloc(n + 1, sizeof *members);
	void *iter = NULL;
	const struct json *value = NULL;
	const char *key;

	if (members == NULL) {
		w->out->fault = ERR_NOMEM;
		return;
	}
	while ((key = json_next(j, &iter, &value)) != NULL && count < n)
		members[count++] = (struct member){key, value};
	qsort(members, count, sizeof *members, compare_members);
	json_begin_object(w);
	for (size_t i = 0; i < count && w->out->fault == ERR_OK; i++) {
		json_key(w, members[i].key);
		add_tree(w, members[i].value);
	}
	json_end_object(w);
	free(members);
}

static void add_number(struct json_writer *w, const struct json *j)
{
	int64_t whole = 0;
	double real = 0;

	if (json_int(j, &whole))
		json_add_int(w, whole);
	else if (json_num(j, &real))
		json_add_real(w, real);
}

/* Recursion ends at JSON_DEPTH_MAX: begin() then puts the buffer at fault. */
static void add_tree(struct json_writer *w, const struct json *j)
{
	switch (json_type_of(j)) {
	case JSON_IS_NULL:
		json_add_null(w);
		break;
	case JSON_IS_BOOL:
		json_add_bool(w, json_is_true(j));
		break;
	case JSON_IS_INT:
	case JSON_IS_REAL:
		add_number(w, j);
		break;
	case JSON_IS_STRING:
		json_add_str(w, json_str(j));
		break;
	case JSON_IS_ARRAY:
		json_begin_array(w);
		for (size_t i = 0; i < json_size(j) && w->out->fault == ERR_OK; i++)
			add_tree(w, json_at(j, i));
		json_end_array(w);
		break;
	case JSON_IS_OBJECT:
		add_object(w, j);
		break;
	}
}

void json_add_sorted(struct buf *b, const struct json *j)
{
	struct json_writer w;

	json_writer_init(&w, b);
	add_tree(&w, j);
}

void json_put_ints(struct json_writer *w, const char *key, const int64_t *v, size_t count)
{
	json_key(w, key);
	json_begin_array(w);
	for (size_t i = 0; i < count; i++)
		json_add_int(w, v[i]);
	json_end_array(w);
}
