/*
 * done.c - confirming acts and reading the flags that several of them share.
 */
#include "cli/done.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"
#include "cli/json_out.h"
#include "cli/output.h"

#define WORDS_MAX ((size_t)1 << 20)
#define LINE_MAX_BYTES ((size_t)64 << 10)

static enum err_code print_object(const char *id,
	void (*more)(struct json_writer *w, const void *data), const void *data, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_str(w, "id", id);
	if (more)
		more(w, data);
	return json_out_end(&out, ERR_OK, e);
}

enum err_code done_line(const struct call *call, const char *id,
	void (*more)(struct json_writer *w, const void *data), const void *data, struct err *e,
	const char *fmt, ...)
{
	struct buf b;
	enum err_code rc;
	va_list ap;

	if (call->json)
		return print_object(id, more, data, e);
	buf_init(&b, LINE_MAX_BYTES);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	output_safe_line(stdout, buf_str(&b));
	fputc('\n', stdout);
	fflush(stdout); /* before the remarks that follow on standard error */
	rc = buf_check(&b, _("a line"), e);
	buf_fini(&b);
	return rc;
}

static __attribute__((format(printf, 3, 0))) void say(
	const struct call *call, const char *before, const char *fmt, va_list ap)
{
	struct buf b;

	if (call->quiet)
		return;
	buf_init(&b, LINE_MAX_BYTES);
	buf_add_str(&b, before);
	buf_vaddf(&b, fmt, ap);
	output_safe_line(stderr, buf_str(&b));
	fputc('\n', stderr);
	buf_fini(&b);
}

void done_next(const struct call *call, const char *fmt, ...)
{
	va_list ap;

	if (call->json)
		return;
	va_start(ap, fmt);
	say(call, _("next: huiying "), fmt, ap);
	va_end(ap);
}

void done_note(const struct call *call, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(call, "", fmt, ap);
	va_end(ap);
}

enum err_code done_flags(const struct call *call, const char *name, const char **out, size_t max,
	size_t *count, struct err *e)
{
	const char *value;

	for (*count = 0; (value = call_flag_at(call, name, (int)*count)); (*count)++) {
		if (*count == max)
			return err_set(
				e, ERR_USAGE, _("--%s may be given at most %zu times"), name, max);
		out[*count] = value;
	}
	return ERR_OK;
}

enum err_code done_words(const struct call *call, struct buf *out, struct err *e)
{
	const char *text = call_flag(call, "text"), *file = call_flag(call, "file");
	enum err_code rc = ERR_OK;

	buf_init(out, WORDS_MAX);
	if (text && file)
		return err_set(e, ERR_USAGE, _("either --text or --file"));
	if (file)
		rc = path_read(file, out, e);
	else if (text)
		buf_add_str(out, text);
	if (!rc)
		rc = buf_check(out, _("the text"), e);
	if (!rc && strlen(buf_str(out)) != out->len)
		rc = err_set(e, ERR_INPUT, _("the text holds a NUL byte"));
	if (!rc && !utf8_is_valid(buf_str(out), out->len))
		rc = err_set(e, ERR_INPUT, _("the text is not valid UTF-8"));
	while (out->len && str_is_space((unsigned char)out->data[out->len - 1]))
		buf_truncate(out, out->len - 1);
	return rc;
}

enum err_code done_number(const struct call *call, const char *name, int64_t *out, struct err *e)
{
	const char *value = call_flag(call, name);

	*out = 0;
	if (value && !str_to_int(str_of(value), 1, 1000000000, out))
		return err_set(e, ERR_USAGE, _("--%s: “%s” is no whole number"), name, value);
	return ERR_OK;
}

enum err_code done_time(const struct call *call, const struct office *o, const char *name,
	int64_t *out, struct err *e)
{
	const char *value = call_flag(call, name);

	*out = TIME_NONE;
	if (value && !time_parse_option(value, o->settings.zone, out))
		return err_set(e, ERR_USAGE, _("--%s: “%s” is no time like “2026-09-30 14:20”"),
			name, value);
	return ERR_OK;
}
