/*
 * search_words.h - how the index of words cuts a text: the tokenizer "huiying" of FTS5.
 *
 * Each character gives one token at its place: itself and the next one; the last one
 * stands alone. 欠薪了 gives 欠薪, 薪了, 了. So words need not be told apart, which for
 * Chinese nobody can do without mistakes, and nothing is missed: a text holds a string of
 * two characters and more exactly where the string's pairs follow one another, and one of a
 * single character where a token begins with it (a prefix query). Every code point counts,
 * punctuation and blanks too: what is found is what instr() would find. Texts and queries
 * come in one form (office/search_text.h).
 */
#ifndef LEDGER_SEARCH_WORDS_H
#define LEDGER_SEARCH_WORDS_H

#include "base/err.h"

struct db;

/* Every connection must know it before it touches the index. */
enum err_code search_words_register(struct db *db, struct err *e);

#endif
