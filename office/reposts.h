/*
 * reposts.h - was the text of an answer published before, and by whom (DESIGN §6.5)?
 *
 * An answer that is mostly the words of an item that another publisher brought earlier is a
 * repost: found by the index of texts (office/copies.h), or because the answer's own link is
 * the page of such an item. What a registered channel of ours published is none. The index
 * reaches back as far as [stories] text_days; older items are not found by their text.
 */
#ifndef OFFICE_REPOSTS_H
#define OFFICE_REPOSTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/ids.h"
#include "office/channels.h"
#include "office/office.h"

/* So much of an answer in an earlier text: it is that text. */
#define REPOSTS_SHARE 0.8
/* Of answers of the last so many days, the latest that is the same text is told. */
#define REPOSTS_ANSWER_DAYS 365

struct reposts_answer {
	const char *text;
	char *const *urls; /* of its publications, canonical */
	size_t url_count;
	int64_t published_at;
	const struct channels *channels;
};

struct repost {
	int64_t item; /* 0: none */
	const char *link; /* of the item; "" when it has none */
	double share; /* of the answer's words; 1 when found by its link */
};

/* The earliest item of another publisher that has the answer's text. What *out points to
 * lives in the arena. */
enum err_code reposts_find(struct office *o, const struct reposts_answer *in, struct arena *a,
	struct repost *out, struct err *e);
/* The latest earlier answer, of any unit, that is the same text; "" when there is none. */
enum err_code reposts_find_answer(
	struct office *o, const char *text, char id[IDS_SIZE], struct err *e);
/* Is the answer (of at least COPIES_TOKENS_MIN words) mostly the words of `other`? */
enum err_code reposts_is_quote(
	struct office *o, const char *text, const char *other, bool *out, struct err *e);

#endif
