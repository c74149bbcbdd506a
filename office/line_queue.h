/*
 * line_queue.h - the open rows of the queue with the rule lines that raised them: which of
 * them stand there because of one line alone.
 */
#ifndef OFFICE_LINE_QUEUE_H
#define OFFICE_LINE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ledger/db.h"
#include "office/line_hits.h"
#include "office/line_places.h"

/* A line by what it says. Strings live as long as the arena and the rules do. */
struct line_ref {
	/* Today's, "keywords.conf:57"; of a line that is gone the one that it had in an earlier
	 * rule set, "keywords.conf:57@3fa9c1": the beginning of that set's hash. */
	const char *place;
	const char *rule, *topic, *code;
	bool gone; /* it stands in the rules no more */
};

#define LINE_HASH_SHOWN 6 /* hex digits */

struct line_alert {
	int64_t id, score, threshold;
	const char *topic, *code, *rules_hash;
	struct line_hit *hits;
	size_t hit_count;
};

struct line_row {
	int64_t story, raised_at;
	int grade; /* enum match_grade */
	const char *taken_by, *taken_name; /* "": nobody */
	bool again; /* it came back after a decision */
	bool told; /* a person entered or confirmed it */
	bool orders; /* citizens' orders stand behind it */
	size_t first, count; /* of the queue's alerts */
};

struct line_queue { /* in the arena */
	struct line_row *rows; /* by story, ascending */
	struct line_alert *alerts;
	size_t count, alert_count;
};

/* Rows raised at `since` or later; INT64_MIN: all. */
enum err_code line_queue_read(
	struct db *db, int64_t since, struct arena *a, struct line_queue *out, struct err *e);

enum line_row_state {
	LINE_ROW_NO_HIT, /* the line has nothing to do with it */
	LINE_ROW_ALONE, /* without this line it would not be there */
	LINE_ROW_OTHERS, /* other lines suffice */
	LINE_ROW_BACK, /* … or it came back, */
	LINE_ROW_TOLD, /* a person entered it, */
	LINE_ROW_ORDERS, /* orders stand behind it, */
	LINE_ROW_TAKEN, /* somebody (else than `actor`) works on it */
	LINE_ROW_TOUCHED, /* of a dismissal that is taken back: somebody did something since */
};

/* actor: key of a person whose own rows are free, or NULL. */
enum line_row_state line_queue_state(const struct line_queue *q, const struct line_row *row,
	const struct line_ref *line, const char *actor);

/* The line that a person named: "57" or "keywords.conf:57", "local.d/kaili.conf:12",
 * "kaili.conf:12". It is today's line at that place; when there is none, the one that alerts
 * place there; with "@3fa9c1" behind it, the line that stood there in that rule set. ERR_USAGE: no
 * place; ERR_NOT_FOUND: no open row was raised by it; ERR_REFUSED: several lines stood there. */
enum err_code line_queue_find(const struct line_queue *q, const struct line_places *places,
	const char *typed, struct arena *a, struct line_ref *out, struct err *e);

/* What is known of the line of a hit. */
enum err_code line_queue_ref(const struct line_places *places, const struct line_alert *alert,
	const struct line_hit *hit, struct arena *a, struct line_ref *out, struct err *e);

#endif
