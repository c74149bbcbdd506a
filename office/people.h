/*
 * people.h - who acts, and what that person may do (DESIGN §6.2).
 *
 * The actor is the real uid as the initial user namespace sees it, with the audit
 * login uid when it is set; the role comes from the OS groups named in huiying.conf.
 * uid 0 is admin only. `--actor NAME --role R` is obeyed by demonstration instances
 * and refused by real ones.
 */
#ifndef OFFICE_PEOPLE_H
#define OFFICE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum people_role {
	PEOPLE_WATCH = 1,
	PEOPLE_UNIT = 2,
	PEOPLE_SUPERVISOR = 4,
	PEOPLE_ADMIN = 8,
	/* The program itself (ingest, tick), and whoever the instance belongs to: the account that
	 * its timers run as. */
	PEOPLE_SYSTEM = 16,
};

struct person {
	bool demo; /* named with --actor */
	int64_t uid; /* -1 in a demonstration */
	int64_t loginuid; /* -1: not set */
	char *login; /* login or demo name */
	unsigned roles; /* bits of enum people_role that the groups give */
	bool shared; /* a login of several people: may not verify, accept or approve */
};

struct settings;

/* Who runs this process. actor and role are the options' values or NULL. */
enum err_code people_identify(const struct settings *s, bool demo_instance, const char *actor,
	const char *role, struct person *out, struct err *e);
void people_fini(struct person *p);
/* The person is the account that the instance belongs to: it owns its ledger or directory. */
void people_note_owner(struct person *p, const char *ledger, const char *directory);

/* ERR_DENIED unless the person has one of the roles (bits or'ed); `act` names the act
 * in the message. Admin does not include the others. */
enum err_code people_require(
	const struct person *p, unsigned roles, const char *act, struct err *e);
/* As people_require, and refuses uid 0 and shared logins: for verifying, accepting,
 * approving, closing. */
enum err_code people_require_personal(
	const struct person *p, unsigned roles, const char *act, struct err *e);

/* "uid:1000" / "demo:<name>": equal keys are one person. Malloc'd. */
char *people_key(const struct person *p);
/* The JSON that events store as actor, with the one role that the act was done in
 * (a single bit; 0 picks the person's first). */
enum err_code people_add_actor(
	struct buf *out, const struct person *p, unsigned role, struct err *e);
/* The actor of what the program does by itself. */
#define PEOPLE_SYSTEM_ACTOR "{\"login\":\"huiying\",\"role\":\"system\"}"

/* Their names, joined: "watch, supervisor". */
void people_add_roles(struct buf *b, unsigned roles, const char *between);

const char *people_role_name(enum people_role role);
bool people_role_from_name(const char *name, enum people_role *out);

#endif
