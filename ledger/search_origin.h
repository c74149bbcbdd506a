/*
 * search_origin.h - what search.c and search_docs.c share; for no one else.
 */
#ifndef LEDGER_SEARCH_ORIGIN_H
#define LEDGER_SEARCH_ORIGIN_H

#include "ledger/search.h"

/* As the tables write it. */
const char *search_origin_name(enum search_origin o);
enum search_origin search_origin_of(const char *name);

#endif
