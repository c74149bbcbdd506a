/*
 * One search, two executors: FTS5 over the index and a reading of the texts find the same,
 * and a word is found exactly where SQLite's instr() finds it. What cannot be read is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "base/time.h"
#include "ledger/db.h"
#include "ledger/search.h"
#include "office/search_query.h"

#define DOCS 300
#define QUERIES 400

struct corpus {
	struct db *db;
	struct arena *arena, *scratch;
	struct normalise_table *table;
	struct search_text title[DOCS + 1], body[DOCS + 1];
	uint64_t seed;
	struct err e;
};

static uint32_t draw(struct corpus *c, uint32_t below)
{
	c->seed = c->seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(c->seed >> 33) % below;
}

/* Few characters, so that much is found; of two forms that are one; that mean something to
 * FTS5. */
static void add_random(struct corpus *c, struct buf *b, uint32_t most, bool word)
{
	static const char *const letters[] = {"甲", "乙", "丙", "鎮", "镇", "a", "Ａ", "b", "1",
		"，", "。", "*", "'", "𠀀", "é", ":", "^", "{", "「", "」", "“", "”", "\n", " ",
		"　", "\"", "(", ")", "|"};
	const uint32_t all = sizeof letters / sizeof *letters;
	uint32_t n = 1 + draw(c, most);

	for (uint32_t i = 0; i < n; i++)
		buf_add_str(b, letters[draw(c, draw(c, 2) ? 6 : word ? all - 9 : all)]);
}

static void form(struct corpus *c, struct arena *a, const char *s, struct search_text *out)
{
	assert_int_equal(search_text_read(c->table, s, a, out, &c->e), ERR_OK);
}

static void add_doc(struct corpus *c, int64_t i)
{
	struct search_doc d = {SEARCH_EVENT, i, "other", "", i, i, "", "", "", ""};
	struct buf title, body;

	buf_init(&title, 4096);
	buf_init(&body, 4096);
	add_random(c, &title, 6, false);
	add_random(c, &body, 20, false);
	form(c, c->arena, buf_str(&title), &c->title[i]);
	form(c, c->arena, buf_str(&body), &c->body[i]);
	assert_int_equal(search_add(c->db, &d, c->title[i].s, c->title[i].n, c->body[i].s,
				 c->body[i].n, &c->e),
		ERR_OK);
	buf_fini(&title);
	buf_fini(&body);
}

static int setup(void **state)
{
	struct corpus *c = calloc(1, sizeof *c);

	c->seed = 20261126;
	c->arena = arena_new(ARENA_MAX_DEFAULT);
	c->scratch = arena_new(ARENA_MAX_DEFAULT);
	c->table = normalise_table_new();
	assert_int_equal(db_open_temporary(0, &c->db, &c->e), ERR_OK);
	assert_int_equal(db_begin_write(c->db, &c->e), ERR_OK);
	for (int64_t i = 1; i <= DOCS; i++)
		add_doc(c, i);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	struct corpus *c = *state;

	db_rollback(c->db);
	db_close(c->db);
	arena_free(c->arena);
	arena_free(c->scratch);
	normalise_table_free(c->table);
	free(c);
	return 0;
}

/* --- the two agree --- */

static enum err_code note(void *data, const struct search_doc *d, bool *go, struct err *e)
{
	(void)go;
	(void)e;
	((bool *)data)[d->key] = true;
	return ERR_OK;
}

/* Documents that the index finds. */
static void ask(struct corpus *c, const char *match, bool *found)
{
	const struct search_bounds all = {NULL, TIME_NONE, TIME_NONE};

	memset(found, 0, (DOCS + 1) * sizeof *found);
	if (search_each(c->db, match, &all, note, found, &c->e) != ERR_OK)
		fail_msg("%s: %s", match, c->e.text);
}

static void compare(struct corpus *c, const char *typed, size_t *hits)
{
	struct search_query *q;
	bool found[DOCS + 1];
	struct buf match;

	buf_init(&match, BUF_MAX_DEFAULT);
	if (search_query_read(typed, c->table, c->scratch, &q, &c->e) == ERR_OK) {
		search_query_add_match(q, &match);
		ask(c, buf_str(&match), found);
		for (int i = 1; i <= DOCS; i++) {
			bool holds = search_query_holds(q, &c->title[i], &c->body[i]);
			if (holds != found[i])
				fail_msg("“%s” as %s: index %d, text %d of “%.*s” “%.*s”", typed,
					buf_str(&match), found[i], holds, (int)c->title[i].n,
					c->title[i].s, (int)c->body[i].n, c->body[i].s);
			*hits += holds;
		}
	} else {
		assert_int_equal(c->e.code, ERR_USAGE);
	}
	buf_fini(&match);
	arena_reset(c->scratch);
}

/* Between the marks of a phrase, the one that ends it doubled. */
static void add_quoted(struct buf *b, const char *s, size_t n)
{
	buf_add_char(b, '"');
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"')
			buf_add_char(b, '"');
		buf_add_char(b, s[i]);
	}
	buf_add_char(b, '"');
}

static void add_phrase(struct corpus *c, struct buf *b)
{
	struct buf words;

	buf_init(&words, 4096);
	add_random(c, &words, 3, false);
	buf_add_str(&words, draw(c, 2) ? " 甲" : "\"");
	add_quoted(b, buf_str(&words), words.len);
	buf_fini(&words);
}

static void add_query(struct corpus *c, struct buf *b, int depth)
{
	static const char *const fields[] = {"", "", "", "标题:", "text:"};
	static const char *const between[] = {" ", " ", " OR ", "|", " AND ", " NOT ", " -"};
	uint32_t n = 1 + draw(c, 3);

	for (uint32_t i = 0; i < n; i++) {
		bool quoted = draw(c, 3) == 0;
		if (i)
			buf_add_str(b, between[draw(c, 7)]);
		buf_add_str(b, fields[draw(c, 5)]);
		if (depth < 3 && draw(c, 4) == 0) {
			buf_add_char(b, '(');
			add_query(c, b, depth + 1);
			buf_add_char(b, ')');
			continue;
		}
		if (quoted)
			add_phrase(c, b);
		else
			add_random(c, b, 3, true);
	}
}

static void test_index_and_text_agree(void **state)
{
	struct corpus *c = *state;
	size_t hits = 0;
	struct buf b;

	for (int i = 0; i < QUERIES; i++) {
		buf_init(&b, 1 << 20);
		add_query(c, &b, 0);
		compare(c, buf_str(&b), &hits);
		buf_fini(&b);
	}
	assert_true(hits > QUERIES); /* it was about something */
}

/* --- as instr() --- */

static sqlite3_stmt *instr_of(sqlite3 **handle)
{
	sqlite3_stmt *s = NULL;

	assert_int_equal(sqlite3_open(":memory:", handle), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(*handle,
				 "SELECT instr(?1, ?3) > 0 OR instr(?2, ?3) > 0", -1, &s, NULL),
		SQLITE_OK);
	return s;
}

static bool asks_instr(sqlite3_stmt *s, const struct search_text *title,
	const struct search_text *body, const struct search_text *word)
{
	bool found;

	sqlite3_bind_text(s, 1, title->s, (int)title->n, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, body->s, (int)body->n, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, word->s, (int)word->n, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	found = sqlite3_column_int(s, 0) != 0;
	sqlite3_reset(s);
	return found;
}

/* Parts of the texts themselves, of 1, 2, 3 … characters. */
static void test_a_word_is_found_where_instr_finds_it(void **state)
{
	struct corpus *c = *state;
	bool found[DOCS + 1];
	sqlite3 *handle;
	sqlite3_stmt *s = instr_of(&handle);

	for (int i = 0; i < QUERIES; i++) {
		const struct search_text *from = &c->body[1 + draw(c, DOCS)];
		struct search_text word;
		struct search_query *q;
		struct buf typed, match;
		buf_init(&typed, 4096);
		buf_init(&match, 4096);
		do {
			buf_clear(&typed);
			add_random(c, &typed, 1 + (uint32_t)i % 5, i % 2);
			if (from->n && draw(c, 2)) {
				buf_clear(&typed);
				buf_add(&typed, from->s, from->n);
			}
			form(c, c->scratch, buf_str(&typed), &word);
		} while (!word.n);
		buf_clear(&typed);
		add_quoted(&typed, word.s, word.n);
		assert_int_equal(
			search_query_read(buf_str(&typed), c->table, c->scratch, &q, &c->e),
			ERR_OK);
		search_query_add_match(q, &match);
		ask(c, buf_str(&match), found);
		for (int d = 1; d <= DOCS; d++)
			assert_int_equal(found[d], asks_instr(s, &c->title[d], &c->body[d], &word));
		buf_fini(&typed);
		buf_fini(&match);
		arena_reset(c->scratch);
	}
	sqlite3_finalize(s);
	sqlite3_close(handle);
}

/* --- what people type --- */

static void test_what_is_typed(void **state)
{
	struct corpus *c = *state;
	static const struct {
		const char *typed, *match;
	} cases[] = {
		{"欠薪", "\"欠薪\""},
		{"群", "\"群\" *"},
		{"欠薪 工地", "(\"欠薪\" AND \"工地\")"},
		{"欠薪　工地", "(\"欠薪\" AND \"工地\")"},
		{"欠薪 AND 工地", "(\"欠薪\" AND \"工地\")"},
		{"欠薪|讨薪", "(\"欠薪\" OR \"讨薪\")"},
		{"欠薪 OR 讨薪 工地", "(\"欠薪\" OR (\"讨薪\" AND \"工地\"))"},
		{"（欠薪｜讨薪）工地", "((\"欠薪\" OR \"讨薪\") AND \"工地\")"},
		{"欠薪 -矿山", "((\"欠薪\") NOT (\"矿山\"))"},
		{"NOT 矿山 欠薪", "((\"欠薪\") NOT (\"矿山\"))"},
		{"欠薪 - -矿山", "(\"欠薪\" AND \"矿山\")"},
		{"a -b -c", "((\"a\" *) NOT (\"b\" * OR \"c\" *))"},
		{"\"三棵树  镇\"", "\"三棵树 镇\""},
		{"“三棵树 镇”", "\"三棵树 镇\""},
		{"”三棵树 镇”", "\"三棵树 镇\""},
		{"\"称\"\"已办结\"\"\"", "\"称\"\"已办结\"\"\""},
		{"\"\"\"\"", "\"\"\"\" *"},
		{"\"称“已办结”\"", "\"称“已办结”\""},
		{"“称\"已办结\"”", "\"称\"\"已办结\"\"\""},
		{"“称“已办结”””", "\"称“已办结”\""},
		{"\"“\" \"”\"", "(\"“\" * AND \"”\" *)"},
		{"「已办结」", "\"「已办结」\""},
		{"＂已", "\"\"\"已\""},
		{"“欠薪\"", NULL},
		{"\"欠薪”", NULL},
		{"\"欠薪\"\"", NULL},
		{"标题:欠薪", "{title} : \"欠薪\""},
		{"正文：(欠薪 讨)", "({body} : \"欠薪\" AND {body} : \"讨\" *)"},
		{"title:欠薪 工地", "({title} : \"欠薪\" AND \"工地\")"},
		{"拆遷ＡＢ", "\"拆迁ab\""},
		{"2026-09", "\"2026-09\""},
		{"\"OR\"", "\"or\""},
		{"col:x* ^y", "(\"col:x*\" AND \"^y\")"},
		{"", NULL},
		{"  ", NULL},
		{"-欠薪", NULL},
		{"欠薪 OR -工地", NULL},
		{"欠薪 (-a -b)", NULL},
		{"\"欠薪", NULL},
		{"(欠薪", NULL},
		{"欠薪)", NULL},
		{"()", NULL},
		{"\"\"", NULL},
		{"欠薪 OR", NULL},
		{"OR 欠薪", NULL},
		{"标题:", NULL},
		{"\xff", NULL},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct search_query *q;
		struct buf match;
		enum err_code rc =
			search_query_read(cases[i].typed, c->table, c->scratch, &q, &c->e);
		buf_init(&match, 4096);
		if (rc == ERR_OK)
			search_query_add_match(q, &match);
		if (cases[i].match && (rc || strcmp(buf_str(&match), cases[i].match) != 0))
			fail_msg("%s: %s", cases[i].typed, rc ? c->e.text : buf_str(&match));
		if (!cases[i].match && rc != ERR_USAGE)
			fail_msg("%s is taken as %s", cases[i].typed, buf_str(&match));
		buf_fini(&match);
	}
}

/* Depth and number of words end in a word, before FTS5's own limits. */
static void test_limits(void **state)
{
	struct corpus *c = *state;
	struct search_query *q;
	size_t hits = 0;
	struct buf b;

	for (int extra = 0; extra < 2; extra++) {
		buf_init(&b, 1 << 20);
		for (int i = 0; i < SEARCH_DEPTH_MAX + extra; i++)
			buf_add_str(&b, "(甲 -乙 ");
		buf_add_str(&b, "甲");
		for (int i = 0; i < SEARCH_DEPTH_MAX + extra; i++)
			buf_add_str(&b, ")");
		assert_int_equal(search_query_read(buf_str(&b), c->table, c->scratch, &q, &c->e),
			extra ? ERR_USAGE : ERR_OK);
		compare(c, buf_str(&b), &hits);
		buf_clear(&b);
		for (int i = 0; i < SEARCH_WORDS_MAX + extra; i++)
			buf_add_str(&b, "甲 ");
		assert_int_equal(search_query_read(buf_str(&b), c->table, c->scratch, &q, &c->e),
			extra ? ERR_USAGE : ERR_OK);
		compare(c, buf_str(&b), &hits);
		buf_fini(&b);
	}
	assert_true(hits > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index_and_text_agree),
		cmocka_unit_test(test_a_word_is_found_where_instr_finds_it),
		cmocka_unit_test(test_what_is_typed),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
