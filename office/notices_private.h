/*
 * notices_private.h - one turn of telling people, between notices.c (the turn),
 * notices_tell.c (what is told) and notices_post.c (files and receipts).
 */
#ifndef OFFICE_NOTICES_PRIVATE_H
#define OFFICE_NOTICES_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "ledger/outbox.h"
#include "office/act.h"
#include "office/notices.h"
#include "office/notify_rules.h"

#define NOTICE_LIFE ((int64_t)86400) /* seconds until a message is of no use any more */

/* What cannot wait is told first, however much lies before it: each lane has its own mark in the
 * events. */
enum notice_lane { NOTICE_URGENT, NOTICE_USUAL, NOTICE_LANES };

struct notices {
	struct act *act; /* a failure goes into act->rc */
	enum notice_lane lane;
	int64_t grave; /* the story that was told of last in this turn */
	const struct notify_rules *rules;
	struct notices_done *done;
	char *dir; /* outbox/ */
};

struct notice {
	const char *kind, *subject, *occasion, *title, *body;
	bool urgent, ack;
};

/* To the target of a stage; nobody when it has none. True: it was not told before. */
bool notices_add(struct notices *n, const struct notice *what, int64_t stage);
/* To a target of huiying.conf, NULL: nobody. */
bool notices_add_to(
	struct notices *n, const struct notice *what, int64_t stage, const char *target);

/* notices_tell.c: from the events since the last time; a digest and the day's sign of life. */
void notices_tell_events(struct notices *n);
/* `list`: what is due, gathered before the transaction. */
struct due_entry;
void notices_tell_digest(struct notices *n, const struct due_entry *list, size_t count);
void notices_tell_alive(struct notices *n);
/* Nobody is told of what was before there was anybody to tell. */
void notices_skip_events(struct notices *n);

/* notices_post.c */
/* Receipts into states; the names of those that were read are kept for the end. */
void notices_read_receipts(struct notices *n);
void notices_give_up(
	struct notices *n, const struct outbox_row *row, const char *state, const char *error);
/* After the commit: their files go; those of handed rows that nobody has are written. */
enum err_code notices_drop_receipts(struct notices *n, struct err *e);
enum err_code notices_write_files(struct office *o, struct notices_done *done, struct err *e);

#endif
