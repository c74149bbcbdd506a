/*
 * office.h - one running instance: its ledger, settings, clock and the person who acts.
 *
 * Every act of office/ takes a `struct office *`. Nothing here is global; tests hand in
 * their own clock.
 */
#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "base/path.h"
#include "crawler/source.h"
#include "ledger/db.h"
#include "ledger/events.h"
#include "ledger/similar.h"
#include "matcher/match.h"
#include "matcher/rules_files.h"
#include "office/channels.h"
#include "office/deadlines.h"
#include "office/holidays.h"
#include "office/people.h"
#include "office/procedure.h"
#include "office/ladder.h"
#include "office/settings.h"

struct office_options {
	const struct path_home *home;
	const struct log *log; /* may be NULL */
	const char *actor, *role; /* --actor --role, or NULL */
	const char *unit, *post, *how, *document; /* --for --post --how --document, or NULL */
	int64_t seen; /* --seen: the version that the person looked at; 0: not said */
	const char *verb; /* what is done, as a refusal names it; NULL: "" */
	bool read_only; /* listings: nothing will be written */
	int64_t (*now)(void *data); /* NULL: the system's clock, or $HUIYING_NOW (RFC 3339),
				     * which only demonstration instances obey */
	void *now_data;
};

struct office_shown {
	const char *id;
	int64_t version;
};

/* What the person was shown last, where somebody sits at a terminal. */
struct office_memory {
	void *data;
	int64_t (*recall)(void *data, const char *id); /* a version; 0: never shown */
	void (*note)(void *data, const struct office_shown *list, size_t count);
	void (*end)(void *data); /* by office_close() */
};

struct office {
	const struct path_home *home;
	struct log log;
	struct db *db;
	struct settings settings;
	struct person person;
	bool demo; /* the first event says so */
	char *for_whom; /* JSON for events, "" when nobody else acted (by_whom.h) */
	bool for_unit; /* it names a unit */
	const char *unit, *post, *how, *document; /* as given, or NULL */
	const char *verb; /* never NULL */
	int64_t seen; /* version that the person looked at, of what the act changes; 0 */
	const struct office_memory *memory; /* or NULL */
	bool overwrites; /* the act does what another may have done or undone meanwhile */
	struct sources *sources; /* NULL until office_sources() */
	struct rules *rules; /* NULL until office_rules() */
	struct rules_files *rules_files; /* what they were made of */
	struct deadlines *deadlines; /* NULL until office_deadlines() */
	struct ladder *ladder; /* NULL until office_ladder() */
	struct procedure *procedure; /* NULL until office_procedure() */
	struct holidays *holidays; /* NULL until office_holidays() */
	struct channels *channels; /* NULL until office_channels() */
	struct similar *similar; /* NULL until office_similar() */
	struct draft_tools *tools; /* NULL until office_tools() */
	const char *sessions; /* $HUIYING_SESSIONS, instead of what the system knows of logins, or
			       * NULL; only of demonstrations, as $HUIYING_NOW */
	int64_t fixed_now;
	int64_t (*now)(void *data);
	void *now_data;
};

enum err_code office_open(const struct office_options *opt, struct office **out, struct err *e);
void office_close(struct office *o); /* NULL is fine */
int64_t office_now(const struct office *o);

/* The path of a file or directory of the instance, malloc'd: "ledger.db", "spool",
 * "archive", "evidence", "state". NULL when out of memory. */
char *office_path(const struct office *o, const char *name);

/* Loaded once and kept. */
enum err_code office_sources(struct office *o, const struct sources **out, struct err *e);
enum err_code office_rules(struct office *o, const struct rules **out, struct err *e);
/* Inside db_begin_write(): the rules' files stand in the archive (ledger/rulebook.h). Who
 * writes their hash into an event says so before. */
enum err_code office_keep_rules(struct office *o, struct err *e);
enum err_code office_deadlines(struct office *o, const struct deadlines **out, struct err *e);
enum err_code office_holidays(struct office *o, const struct holidays **out, struct err *e);
enum err_code office_procedure(struct office *o, const struct procedure **out, struct err *e);
enum err_code office_ladder(struct office *o, const struct ladder **out, struct err *e);
enum err_code office_channels(struct office *o, const struct channels **out, struct err *e);
enum err_code office_similar(struct office *o, struct similar **out, struct err *e);
/* For the thread that writes to the ledger (office/draft.h). */
struct draft_tools;
enum err_code office_tools(struct office *o, struct draft_tools **out, struct err *e);

/* Inside db_begin_write(): appends an event of the office's person, clock and --for.
 * `role` is the one bit of enum people_role that the act was done in. */
enum err_code office_append(struct office *o, enum people_role role, const char *kind,
	const char *subject, const char *payload, int64_t *seq, struct err *e);
/* As office_append, by the program itself. */
enum err_code office_append_system(struct office *o, const char *kind, const char *subject,
	const char *payload, int64_t *seq, struct err *e);

/* A new instance in `dir` (`init`): directories, ledger with its first event
 * instance.created/1, configuration templates where absent. Never overwrites. *fresh is
 * false when the ledger was there already. */
enum err_code office_create(
	const struct path_home *home, const char *dir, bool demo, bool *fresh, struct err *e);

#endif
