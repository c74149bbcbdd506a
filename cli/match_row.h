/*
 * match_row.h - what `match` and `rules why` share: a JSON row as the matcher's
 * input, and loading rules with every fault told.
 */
#ifndef CLI_MATCH_ROW_H
#define CLI_MATCH_ROW_H

#include "base/arena.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/match_row_usual.h"
#include "matcher/match.h"

struct match_row {
	struct match_input input; /* borrows from root and the arena */
	const char *id; /* NULL when the row has none */
	bool is_feed; /* what `huiying parse` writes before a feed's items: no item */
	struct json *root;
};

/* A row of DESIGN §7 or an item of §5.1; ERR_INPUT says what is wrong with it. */
enum err_code match_row_read(
	const char *s, size_t n, struct arena *a, struct match_row *out, struct err *e);
/* The long way alone, which match_row_read() goes where match_row_read_usual() gives up:
 * strings are borrowed from *root, which is NULL or to be freed, on error too. */
enum err_code match_row_read_tree(const char *s, size_t n, struct arena *a,
	struct match_row_members *out, struct json **root, struct err *e);
void match_row_fini(struct match_row *r);

/* rules_load() for a command: faults and notices go to stderr, e then only counts
 * them. ERR_CONFIG also for a file that cannot be read. */
enum err_code match_row_load_rules(
	struct call *call, const char *file, struct rules **out, struct buf *report, struct err *e);

#endif
