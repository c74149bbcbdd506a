/*
 * article_private.h - shared by article*.c only.
 */
#ifndef CRAWLER_ARTICLE_PRIVATE_H
#define CRAWLER_ARTICLE_PRIVATE_H

#include "base/buf.h"
#include "crawler/article.h"
#include "crawler/pagelink.h"

enum article_head {
	ARTICLE_NO_HEAD,
	ARTICLE_LABELLED, /* "时间：…": the text of an invitation may begin so too */
	ARTICLE_DATED /* a date and nothing else, or a date beside source and counts */
};

struct article {
	const struct document_input *in;
	struct page *page;
	struct arena *arena;
	int body; /* element of the text, -1 none found */
	int title_node; /* -1: the title stands in no element of the body */
	bool title_confirmed; /* the window title or a meta element says the same */
	const char *title; /* NULL none */
	const char *heads; /* of a node: what line it begins, enum article_head; in the arena */
	int64_t published;
};

/* article_lines.c: finds the lines of date and source. ERR_NOMEM, ERR_LIMIT. */
enum err_code article_mark_heads(struct article *a, struct err *e);
/* Where the text of the first block below the node begins, when text of the node's own
 * stands before it; else the end of the node. */
int article_end_of_first_line(const struct article *a, int node);
/* The text that begins a head within the line of a headline's element, or -1. */
int article_head_inside(const struct article *a, int node);
/* Does "标题" or "信件标题" stand before the node, in a line or cell of its own? */
bool article_is_labelled_title(const struct article *a, int node);
/* "本报记者 李某" */
bool article_is_byline(struct str s);
/* "咨询人：李某" */
bool article_is_field(const char *line);
/* The line without such a label at its beginning. */
const char *article_without_title_label(const char *line);
/* Is the next line in or behind the node such a head? Its nodes are [*from, *to). */
bool article_head_behind(const struct article *a, int node, int *from, int *to);
/* 1: the next line behind the node is a head, a subtitle "——…" and a byline not counted; 2:
 * the one after it is; 0: neither. */
int article_lines_to_head(const struct article *a, int node);
/* The line of date and source below the headline. */
bool article_head_of_title(const struct article *a, int *from, int *to);
/* "某某日报", "县融媒体中心" */
bool article_is_name_of_source(struct str s);
/* The line of date and source near the headline, if it is surely none of the text. */
bool article_line_of_date(const struct article *a, int *from, int *to);
/* "信件编号：" stands before the node, whose text is so no headline. */
bool article_is_field_value(const struct article *a, int node);
/* As page_add_text_range(), with a blank between "编辑：abc" and "2026-11-20" of neighbouring
 * elements, which pages part by style alone. */
void article_add_text(const struct page *p, int from, int to, struct buf *out);
bool article_is_one_of(struct str s, const char *const *words);
/* "2026-11-20", "[2026年11月20日]": a day and nothing else, but for brackets. */
bool article_is_day(const struct article *a, struct str s);
/* The element whose line of text node i is: a block, a cell, or 0. */
int article_block_of(const struct page *p, int i);

/* The next shown text with a character at or behind i; page_count(p) when there is none. */
int article_next_text(const struct page *p, int i);
/* Behind the last text of the line that begins with text i. */
int article_end_of_line(const struct page *p, int i);

/* article_tail.c: behind the last node of the text; what follows within its element are links
 * to other articles. */
int article_end_of_text(const struct article *a);

#define HEAD_MAX_CHARS 120 /* of a line of date and source */

/* article_names.c: the element has a name that authors of templates give to what is not the
 * article; to what is. */
bool article_is_named_bad(const struct page *p, int i);
bool article_is_named_good(const struct page *p, int i);
/* article_body.c: have two elements the same name and class? */
bool article_stand_alike(const struct page *p, int i, int k);

/* article_furniture.c: the line begins with one of the words; how many of them it holds. */
bool article_begins_with(struct str s, const char *const *words);
int article_count_held(struct str s, const char *const *words);
/* A line that opens what the site adds below an article: "相关阅读". */
bool article_begins_appendix(struct str line);
/* A line that is furniture of the page, no sentence of the article. */
bool article_is_noise(struct str line, const struct document_input *in);

/* article_body.c: the element that holds the text, or -1; the node of the headline, when it
 * is known, helps. */
int article_find_body(const struct article *a);
/* article_text.c: is the line of the nodes [from, to) in the text's element none of the text? */
bool article_is_furniture(const struct article *a, int from, int to);
/* Its text without what does not belong to it. */
void article_add_body(const struct article *a, struct buf *out);
/* Lines of a text from elsewhere in the page, cleaned like it. */
void article_add_lines(const struct article *a, struct str text, struct buf *out);

/* article_held.c: the longest text, as lines, that the page holds but does not show, and the
 * title beside it; either NULL: there is none. They are in the arena. */
enum err_code article_find_held(
	const struct article *a, const char **text, const char **title, struct err *e);

/* article_thread.c: the first post of the forum topic that the text is in, or 0. */
int article_first_post(const struct article *a, int body);

/* article_head.c: the content of the first meta whose name, property or itemprop is one of
 * the words, in the order of the words; NULL when there is none. */
const char *article_meta(const struct page *p, const char *const *words);
/* The title; where the text is (body) helps when it is known. ERR_NOMEM only. */
enum err_code article_find_title(struct article *a, struct err *e);
/* The title beside a text that the page does not show, unless a better one is known. */
void article_take_held_title(struct article *a, const char *title);
/* article_time.c; needs body and title. */
void article_find_time(struct article *a);

#endif
