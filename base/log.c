/*
 * log.c - one message, one line, one write.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/text.h"

#define MESSAGE_MAX ((size_t)64 << 10)
#define WIPE "\r\033[K"
#define CUT " [\xe2\x80\xa6]"

/* $JOURNAL_STREAM is "device:inode" of the stream that the journal reads; the
 * prefix is wanted only while `out` still is that stream. */
static bool is_journal(FILE *out)
{
	const char *stream = getenv("JOURNAL_STREAM");
	struct str rest = str_of(stream), device;
	int64_t dev, ino;
	struct stat st;

	if (!stream || !out || fileno(out) < 0 || fstat(fileno(out), &st) != 0)
		return false;
	device = str_split(&rest, ':');
	return str_to_int(device, 0, INT64_MAX, &dev) && str_to_int(rest, 0, INT64_MAX, &ino) &&
	       (uint64_t)dev == (uint64_t)st.st_dev && (uint64_t)ino == (uint64_t)st.st_ino;
}

void log_init(struct log *l, FILE *out, enum log_level level, const char *program)
{
	l->out = out;
	l->level = level;
	l->program = program;
	l->journal = is_journal(out);
	l->over_bar = false;
}

/* syslog(3) priorities. */
static const char *priority_of(enum log_level level)
{
	switch (level) {
	case LOG_LEVEL_ERROR:
		return "<3>";
	case LOG_LEVEL_WARNING:
		return "<4>";
	case LOG_LEVEL_NOTICE:
		return "<5>";
	case LOG_LEVEL_DEBUG:
		break;
	}
	return "<7>";
}

static void write_message(const struct log *l, enum log_level level, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

static void write_message(const struct log *l, enum log_level level, const char *fmt, va_list ap)
{
	char raw[8192];
	struct buf line;
	int n;

	if (!l || !l->out || level > l->level)
		return;
	n = vsnprintf(raw, sizeof raw, fmt, ap);
	if (n < 0)
		raw[0] = '\0';
	buf_init(&line, MESSAGE_MAX);
	if (l->over_bar)
		buf_add_str(&line, WIPE);
	if (l->journal)
		buf_add_str(&line, priority_of(level));
	if (l->program)
		buf_addf(&line, "%s: ", l->program);
	text_add_safe_str(&line, raw);
	if (n >= (int)sizeof raw)
		buf_add_str(&line, CUT);
	buf_add_char(&line, '\n');
	/* A message that cannot be written has nowhere to be reported. */
	fwrite(buf_str(&line), 1, line.len, l->out);
	fflush(l->out);
	buf_fini(&line);
}

void log_error(const struct log *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_message(l, LOG_LEVEL_ERROR, fmt, ap);
	va_end(ap);
}

void log_warning(const struct log *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_message(l, LOG_LEVEL_WARNING, fmt, ap);
	va_end(ap);
}

void log_notice(const struct log *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_message(l, LOG_LEVEL_NOTICE, fmt, ap);
	va_end(ap);
}

void log_debug(const struct log *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_message(l, LOG_LEVEL_DEBUG, fmt, ap);
	va_end(ap);
}
