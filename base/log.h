/*
 * log.h - messages to standard error: one line each, safe text, never on stdout.
 *
 * A `struct log` is passed where messages are written; there is no global one.
 * Under systemd (JOURNAL_STREAM set) lines carry the <N> priority prefix.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stdio.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE, LOG_LEVEL_DEBUG };

struct log {
	FILE *out; /* NULL: silent */
	enum log_level level; /* messages above it are dropped */
	const char *program; /* prefix "huiying: " or NULL */
	bool journal;
	bool over_bar; /* a progress bar may stand in the line: it is wiped first */
};

void log_init(struct log *l, FILE *out, enum log_level level, const char *program);
void log_error(const struct log *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_warning(const struct log *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_notice(const struct log *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_debug(const struct log *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
