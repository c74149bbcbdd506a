/*
 * act.h - what every act of the office has in common: the person is allowed to, one
 * write transaction, events with typed members, commit or nothing.
 *
 *	struct act a;
 *	act_begin(&a, o, PEOPLE_WATCH | PEOPLE_SUPERVISOR, _("open a case"), e);
 *	… checks that read what is there; act_fail() or a->rc on a refusal …
 *	act_event(&a);
 *	act_str(&a, "grade", grade);
 *	act_append(&a, "case.graded/1", id);
 *	return act_end(&a);
 *
 * The first failure sticks in `rc`; later calls do nothing, so that an act is written
 * from top to bottom. Everything read lives in the act's arena until act_end().
 */
#ifndef OFFICE_ACT_H
#define OFFICE_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "ledger/cases.h"
#include "ledger/ids.h"
#include "ledger/responses.h"
#include "office/office.h"

struct act {
	struct office *office;
	struct db *db;
	struct arena *arena;
	struct err *err;
	enum err_code rc;
	enum people_role role; /* the one the act is done in */
	char *key; /* people_key() */
	int64_t now;
	int year; /* of now, in the office's zone */
	char today[11];
	struct buf payload;
	struct json_writer w;
	bool system; /* appended in the program's own name */
	struct act_touched { /* the case and the commitment that it is about, before it */
		char id[IDS_SIZE];
		int64_t version;
	} touched[2];
	char subject[IDS_SIZE]; /* what the act is about, as a refusal names it; "" */
};

/* roles: any of them allows the act; `what` names it in refusals. */
void act_begin(struct act *a, struct office *o, unsigned roles, const char *what, struct err *e);
/* As act_begin for acts that need a login of one's own (verify, accept, approve, close). */
void act_begin_personal(
	struct act *a, struct office *o, unsigned roles, const char *what, struct err *e);
/* What the program does by itself. `in_transaction`: the caller has begun one and ends it. */
void act_begin_system(struct act *a, struct office *o, bool in_transaction, struct err *e);
/* What a refusal of the act is about; act_case() and act_response() say it themselves. */
void act_subject(struct act *a, const char *id);
/* Commits when all went well, else rolls back; returns rc. A person who may not do it is
 * recorded (office/refusal.h). */
enum err_code act_end(struct act *a);
/* Frees without touching the caller's transaction (act_begin_system in_transaction). */
enum err_code act_leave(struct act *a);

/* Sets rc unless it is set already. */
void act_fail(struct act *a, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

void act_event(struct act *a); /* a new payload */
void act_str(struct act *a, const char *key, const char *value); /* NULL and "" write nothing */
void act_str_always(struct act *a, const char *key, const char *value);
void act_int(struct act *a, const char *key, int64_t value); /* TIME_NONE writes nothing */
/* Stores the words in `texts`, writes their digest. NULL and "" write nothing. */
void act_text(struct act *a, const char *key, const char *words);
void act_append(struct act *a, const char *kind, const char *subject);

/* The next id of a type; writes "year" and "number" into the payload. */
void act_new_id(struct act *a, enum ids_type type, char id[IDS_SIZE]);

/* The case that was typed, as it is now. check: the act is on the case or its answers, and is
 * refused when that is not the version any more which the person looked at: two people must
 * not overwrite each other unknowingly. It is --seen, else, of acts that overwrite, what the
 * terminal showed last. */
void act_case(struct act *a, const char *typed, bool check, struct case_record *c);
/* The same for a commitment (c) or another record whose version is known. */
void act_need_seen(struct act *a, const char *id, int64_t version);
/* Finds a response. */
void act_response(struct act *a, const char *typed, struct response_record *r);
/* Refuses when it is closed, and with finished_too also when it is finished. */
void act_need_open(struct act *a, const struct case_record *c, bool finished_too);
/* Local date and time, for messages; lives in the arena. */
const char *act_when(struct act *a, int64_t t);

#endif
