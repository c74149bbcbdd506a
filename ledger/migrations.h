/*
 * migrations.h - the steps that bring a ledger's schema up to today's, made from
 * ledger/sql/NNNN_*.sql when the program is built. Once landed they never change.
 */
#ifndef LEDGER_MIGRATIONS_H
#define LEDGER_MIGRATIONS_H

struct migration {
	int version; /* 1, 2, 3 … without a gap; PRAGMA user_version after it */
	const char *name; /* the file's name without .sql */
	const char *sql;
};

extern const struct migration migrations[];
extern const int migration_count;

#endif
