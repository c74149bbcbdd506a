/*
 * suggest_past.h - past alerts with their texts and what became of them: what a new rule
 * line is tried on before anybody installs it.
 */
#ifndef OFFICE_SUGGEST_PAST_H
#define OFFICE_SUGGEST_PAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "matcher/match.h"
#include "office/suggest_words.h"

#define SUGGEST_PAST_MAX 20000 /* alerts, the newest */
#define SUGGEST_PAST_BYTES ((size_t)256 << 20) /* of memory */

struct suggest_past { /* strings live in the arena */
	int64_t id;
	const char *topic, *code, *source_name;
	const char *title, *text; /* NULL: erased or absent */
	enum suggest_class class;
	unsigned topic_number; /* its topics are numbered as they come */
	bool today; /* today's rules raise it */
};

struct suggest_pasts {
	struct suggest_past *past; /* the newest first */
	size_t count;
	size_t of[SUGGEST_CLASSES]; /* how many of each class */
	bool cut; /* there are more than were read */
};

/* Classes are seen from the topic `code`. */
enum err_code suggest_past_read(
	struct db *db, const char *code, struct arena *a, struct suggest_pasts *out, struct err *e);

/* The topic `code` among those that alert, or NULL. */
const struct match_topic *suggest_past_topic(const struct match_result *m, const char *code);

/* Do these rules raise it, under its own topic? Region tests are taken as met: they were.
 * scratch is reset. */
enum err_code suggest_past_judge(struct match_work *w, const struct suggest_past *p,
	struct arena *scratch, bool *out, struct err *e);

#endif
