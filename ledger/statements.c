/*
 * statements.c - the table of SQL statements, made from statements.def.
 */
#include "ledger/statements.h"

#include <stddef.h>

static const struct statement_text table[] = {
#define STATEMENT(name, params, columns, sql) {#name, params, columns, sql},
#include "ledger/statements.def"
#undef STATEMENT
};

const struct statement_text *statement_text(enum statement id)
{
	return (size_t)id < sizeof table / sizeof *table ? &table[id] : NULL;
}
