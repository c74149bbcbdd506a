/*
 * statements.h - every SQL statement of the program, in one table.
 *
 * STATEMENT(NAME, params, columns, sql) in statements.def. `params` has one letter
 * for each of ?1 ?2 …, `columns` one for each result column:
 *   i integer   I integer or NULL   t text   T text or NULL   b blob   B blob or NULL
 * db.c checks every bound value and every column read against them. A test
 * prepares all of them on a fresh schema and on every older one migrated up.
 */
#ifndef LEDGER_STATEMENTS_H
#define LEDGER_STATEMENTS_H

enum statement {
#define STATEMENT(name, params, columns, sql) ST_##name,
#include "ledger/statements.def"
#undef STATEMENT
	STATEMENT_COUNT
};

struct statement_text {
	const char *name, *params, *columns, *sql;
};

const struct statement_text *statement_text(enum statement id);

#endif
