/*
 * challenge.h - is this answer a wall instead of the page that was asked for?
 *
 * Firewalls and anti-bot services answer 200 with a page of their own: a script that a
 * browser must run, a captcha, a slider, a refusal. Such a page has little to read and
 * hardly a link; it carries its maker's marks or says what it wants. A page with real
 * content is never taken for one, whatever scripts it loads. Feeds and other XML, JSON
 * and tables are not judged.
 */
#ifndef CRAWLER_CHALLENGE_H
#define CRAWLER_CHALLENGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define CHALLENGE_BYTES_MAX ((size_t)512 << 10) /* larger pages are no walls */
#define CHALLENGE_CHARS_MAX 800 /* shown characters */
#define CHALLENGE_LINKS_MAX 15

enum challenge_kind {
	CHALLENGE_NONE,
	CHALLENGE_MAKER, /* carries the marks of a known maker */
	CHALLENGE_WORDS, /* asks for a captcha, a slider, JavaScript; or refuses */
	CHALLENGE_SCRIPT, /* nothing to read, nothing to follow, only a script */
};

struct challenge {
	enum challenge_kind kind;
	const char *mark; /* the maker's name or the words that were found; NULL else */
};

/* content_type and charset may be NULL. Only ERR_NOMEM fails; what cannot be read as a
 * page is none. */
enum err_code challenge_find(const char *data, size_t n, const char *content_type,
	const char *charset, struct challenge *out, struct err *e);

#endif
