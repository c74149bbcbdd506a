/*
 * search_query.c - reading a search, printing it for FTS5, and judging a text by it.
 */
#include "office/search_query.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"

enum node_type { WORD, ALL, ANY, NOT };

struct search_query {
	enum node_type type;
	struct search_query *child, *next;
	struct search_text word;
	const char *typed; /* the word as it was typed */
	unsigned parts;
};

/* --- signs --- */

enum sign { SIGN_NONE, SIGN_OPEN, SIGN_CLOSE, SIGN_OR, SIGN_MINUS, SIGN_QUOTE };

static const struct {
	const char *text;
	enum sign sign;
} signs[] = {
	{"(", SIGN_OPEN},
	{"（", SIGN_OPEN},
	{")", SIGN_CLOSE},
	{"）", SIGN_CLOSE},
	{"|", SIGN_OR},
	{"｜", SIGN_OR},
	{"\"", SIGN_QUOTE},
	{"“", SIGN_QUOTE},
	{"”", SIGN_QUOTE},
};

/* A phrase holds every mark but the one that ends it, which stands twice in it. */
static const struct {
	const char *begin, *end;
} quotes[] = {
	{"\"", "\""},
	{"“", "”"},
	{"”", "”"},
};

static const struct {
	const char *text;
	enum sign sign; /* SIGN_NONE: it is what stands there anyhow */
} operators[] = {
	{"OR", SIGN_OR},
	{"NOT", SIGN_MINUS},
	{"AND", SIGN_NONE},
};

static const struct {
	const char *text;
	unsigned parts;
} fields[] = {
	{"标题:", SEARCH_TITLE},
	{"标题：", SEARCH_TITLE},
	{"title:", SEARCH_TITLE},
	{"正文:", SEARCH_BODY},
	{"正文：", SEARCH_BODY},
	{"text:", SEARCH_BODY},
};

/* --- reading --- */

struct reader {
	struct str rest;
	const struct normalise_table *table;
	struct arena *arena;
	int words, depth;
	unsigned parts; /* of what is read now */
	struct err *err;
};

static void skip(struct reader *r, size_t n)
{
	r->rest = str_sub(r->rest, n, r->rest.n);
}

static void skip_space(struct reader *r)
{
	size_t len;

	while (r->rest.n && utf8_is_space(utf8_decode(r->rest.p, r->rest.n, &len)))
		skip(r, len);
}

/* The sign that stands at `s`, and its length. */
static enum sign sign_at(struct str s, size_t *len)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_has_prefix(s, signs[i].text)) {
			*len = strlen(signs[i].text);
			return signs[i].sign;
		}
	return SIGN_NONE;
}

/* Bytes up to a blank or a sign. */
static size_t word_length(struct str s)
{
	size_t at = 0, len;

	while (at < s.n) {
		struct str rest = str_sub(s, at, s.n);
		if (utf8_is_space(utf8_decode(rest.p, rest.n, &len)) || sign_at(rest, &(size_t){0}))
			break;
		at += len;
	}
	return at;
}

static bool is_operator(struct str word)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (str_is(word, operators[i].text))
			return true;
	return false;
}

/* What comes next, blanks left out: a sign, or SIGN_NONE for a word and for the end. */
static enum sign peek(struct reader *r, size_t *len)
{
	struct str word;
	enum sign sign;

	skip_space(r);
	*len = 0;
	if (!r->rest.n)
		return SIGN_NONE;
	sign = sign_at(r->rest, len);
	if (sign)
		return sign;
	if (r->rest.p[0] == '-' && r->rest.n > 1) {
		*len = 1;
		return SIGN_MINUS;
	}
	word = str_sub(r->rest, 0, word_length(r->rest));
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (str_is(word, operators[i].text)) {
			*len = word.n;
			return operators[i].sign;
		}
	return SIGN_NONE;
}

static enum err_code new_node(struct reader *r, enum node_type type, struct search_query **out)
{
	*out = arena_alloc(r->arena, sizeof **out);
	if (!*out)
		return err_nomem(r->err);
	(*out)->type = type;
	(*out)->parts = r->parts;
	return ERR_OK;
}

static enum err_code make_word(struct reader *r, struct str typed, struct search_query **out)
{
	const char *text = arena_strndup(r->arena, typed.p, typed.n);
	enum err_code rc = text ? new_node(r, WORD, out) : err_nomem(r->err);

	if (rc)
		return rc;
	(*out)->typed = text;
	if (++r->words > SEARCH_WORDS_MAX)
		return err_set(r->err, ERR_USAGE, _("no more than %d words can be searched for"),
			SEARCH_WORDS_MAX);
	rc = search_text_read(r->table, text, r->arena, &(*out)->word, r->err);
	if (!rc && !(*out)->word.n)
		rc = err_set(r->err, ERR_USAGE, _("“%s” holds nothing to search for"), text);
	return rc;
}

/* What ends the phrase that begins at `s`: there is one for each mark of SIGN_QUOTE. */
static struct str end_of_phrase(struct str s)
{
	size_t i = 0;

	while (!str_has_prefix(s, quotes[i].begin))
		i++;
	return str_of(quotes[i].end);
}

static void append(char *text, size_t *n, struct str piece)
{
	memcpy(text + *n, piece.p, piece.n);
	*n += piece.n;
}

/* Up to the mark that ends it; that mark written twice is one of the words. */
static enum err_code read_quoted(struct reader *r, size_t mark, struct search_query **out)
{
	const struct str end = end_of_phrase(r->rest);
	char *text = arena_array(r->arena, r->rest.n, 1);
	size_t n = 0;

	if (!text)
		return err_nomem(r->err);
	for (skip(r, mark);; skip(r, end.n)) {
		size_t at = str_find(r->rest, end.p, 0);
		if (at >= r->rest.n)
			return err_set(r->err, ERR_USAGE,
				_("a quotation mark has no end: “ ends with ”, \" with \"; written "
				  "twice, the ending one is looked for"));
		append(text, &n, str_sub(r->rest, 0, at));
		skip(r, at + end.n);
		if (!str_has_prefix(r->rest, end.p))
			break;
		append(text, &n, end);
	}
	return make_word(r, (struct str){text, n}, out);
}

static enum err_code read_any(struct reader *r, struct search_query **out);

static enum err_code read_group(struct reader *r, size_t mark, struct search_query **out)
{
	size_t len;
	enum err_code rc;

	if (++r->depth > SEARCH_DEPTH_MAX)
		return err_set(r->err, ERR_USAGE, _("brackets stand in more than %d others"),
			SEARCH_DEPTH_MAX);
	skip(r, mark);
	rc = read_any(r, out);
	if (!rc && peek(r, &len) != SIGN_CLOSE)
		rc = err_set(r->err, ERR_USAGE, _("a bracket is not closed"));
	if (!rc)
		skip(r, len);
	r->depth--;
	return rc;
}

/* A field's name in front holds for what follows it at once. */
static void read_field(struct reader *r)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (str_has_prefix(r->rest, fields[i].text)) {
			r->parts = fields[i].parts;
			skip(r, strlen(fields[i].text));
			return;
		}
}

static enum err_code read_operand(struct reader *r, struct search_query **out)
{
	unsigned parts = r->parts;
	size_t len = 0, n;
	enum err_code rc;
	enum sign sign;

	skip_space(r);
	read_field(r);
	sign = sign_at(r->rest, &len);
	n = word_length(r->rest);
	if (sign == SIGN_QUOTE)
		rc = read_quoted(r, len, out);
	else if (sign == SIGN_OPEN)
		rc = read_group(r, len, out);
	else if (n && !is_operator(str_sub(r->rest, 0, n))) {
		struct str word = str_sub(r->rest, 0, n);
		skip(r, n);
		rc = make_word(r, word, out);
	} else
		rc = r->rest.n ? err_set(r->err, ERR_USAGE, _("a word is missing before “%.*s”"),
					 (int)r->rest.n, r->rest.p)
			       : err_set(r->err, ERR_USAGE, _("a word is missing at the end"));
	r->parts = parts;
	return rc;
}

/* -a; twice is a again. */
static enum err_code read_one(struct reader *r, struct search_query **out)
{
	bool without = false;
	size_t len;
	enum err_code rc;

	while (peek(r, &len) == SIGN_MINUS) {
		without = !without;
		skip(r, len);
	}
	if (!without)
		return read_operand(r, out);
	rc = new_node(r, NOT, out);
	if (!rc)
		rc = read_operand(r, &(*out)->child);
	if (rc || (*out)->child->type != NOT)
		return rc;
	*out = (*out)->child->child;
	return ERR_OK;
}

/* A group of one is that one. */
static void unwrap(struct search_query **q)
{
	if ((*q)->child && !(*q)->child->next)
		*q = (*q)->child;
}

static enum err_code read_all(struct reader *r, struct search_query **out)
{
	struct search_query **last;
	size_t len;
	enum err_code rc = new_node(r, ALL, out);

	if (rc)
		return rc;
	for (last = &(*out)->child; !rc; last = &(*last)->next) {
		enum sign sign = peek(r, &len);
		if (sign == SIGN_NONE)
			skip(r, len);
		skip_space(r);
		if (last != &(*out)->child && (!r->rest.n || sign == SIGN_OR || sign == SIGN_CLOSE))
			break;
		rc = read_one(r, last);
		if (rc)
			break;
	}
	if (!rc)
		unwrap(out);
	return rc;
}

static enum err_code read_any(struct reader *r, struct search_query **out)
{
	struct search_query **last;
	size_t len = 0;
	enum err_code rc = new_node(r, ANY, out);

	if (rc)
		return rc;
	last = &(*out)->child;
	do {
		skip(r, len);
		rc = read_all(r, last);
		if (rc)
			return rc;
		last = &(*last)->next;
	} while (peek(r, &len) == SIGN_OR);
	unwrap(out);
	return ERR_OK;
}

/* Something in it must be there: otherwise every text would have to be looked at. */
static bool says_what(const struct search_query *q)
{
	const struct search_query *c;
	bool some = false;

	if (q->type == WORD)
		return true;
	if (q->type == NOT)
		return false;
	for (c = q->child; c; c = c->next) {
		bool says = c->type == NOT ? says_what(c->child) : says_what(c);
		if (!says || (q->type == ANY && c->type == NOT))
			return false;
		some = some || c->type != NOT;
	}
	return some;
}

enum err_code search_query_read(const char *typed, const struct normalise_table *t, struct arena *a,
	struct search_query **out, struct err *e)
{
	struct reader r = {str_of(typed), t, a, 0, 0, SEARCH_TITLE | SEARCH_BODY, e};
	enum err_code rc;

	if (r.rest.n > SEARCH_QUERY_MAX)
		return err_set(e, ERR_USAGE, _("no more than %zu bytes can be searched for"),
			SEARCH_QUERY_MAX);
	if (!utf8_is_valid(typed, r.rest.n))
		return err_set(e, ERR_USAGE, _("what is searched for is not UTF-8"));
	rc = read_any(&r, out);
	skip_space(&r);
	if (!rc && r.rest.n)
		rc = err_set(e, ERR_USAGE, _("a bracket is closed that was not opened"));
	if (!rc && !says_what(*out))
		rc = err_set(e, ERR_USAGE,
			_("“-” and NOT take away from what is found: say also what must be "
			  "there"));
	return rc;
}

/* --- for FTS5 --- */

static void add_word(const struct search_query *q, struct buf *out)
{
	if (q->parts != (SEARCH_TITLE | SEARCH_BODY))
		buf_add_str(out, q->parts == SEARCH_TITLE ? "{title} : " : "{body} : ");
	buf_add_char(out, '"');
	for (size_t i = 0; i < q->word.n; i++) {
		if (q->word.s[i] == '"')
			buf_add_char(out, '"');
		buf_add_char(out, q->word.s[i]);
	}
	buf_add_str(out, q->word.count == 1 ? "\" *" : "\"");
}

static void add_children(
	const struct search_query *q, bool without, const char *between, struct buf *out)
{
	bool first = true;

	buf_add_char(out, '(');
	for (const struct search_query *c = q->child; c; c = c->next) {
		if ((c->type == NOT) != without)
			continue;
		if (!first)
			buf_add_str(out, between);
		search_query_add_match(without ? c->child : c, out);
		first = false;
	}
	buf_add_char(out, ')');
}

static bool has_without(const struct search_query *q)
{
	for (const struct search_query *c = q->child; c; c = c->next)
		if (c->type == NOT)
			return true;
	return false;
}

void search_query_add_match(const struct search_query *q, struct buf *out)
{
	bool without = q->type == ALL && has_without(q);

	if (q->type == WORD) {
		add_word(q, out);
		return;
	}
	if (without)
		buf_add_char(out, '(');
	add_children(q, false, q->type == ANY ? " OR " : " AND ", out);
	if (without) {
		buf_add_str(out, " NOT ");
		add_children(q, true, " OR ", out);
		buf_add_char(out, ')');
	}
}

/* --- by reading --- */

bool search_query_holds(const struct search_query *q, const struct search_text *title,
	const struct search_text *body)
{
	if (q->type == NOT)
		return !search_query_holds(q->child, title, body);
	if (q->type == WORD)
		return ((q->parts & SEARCH_TITLE) &&
			       search_text_find(title, q->word.s, q->word.n) != SIZE_MAX) ||
		       ((q->parts & SEARCH_BODY) &&
			       search_text_find(body, q->word.s, q->word.n) != SIZE_MAX);
	for (const struct search_query *c = q->child; c; c = c->next)
		if (search_query_holds(c, title, body) == (q->type == ANY))
			return q->type == ANY;
	return q->type == ALL;
}

typedef bool find_word(const struct search_query *q, const void *body, struct search_place *out);

static bool place(
	const struct search_query *q, find_word *find, const void *body, struct search_place *out)
{
	if (q->type == WORD)
		return (q->parts & SEARCH_BODY) && find(q, body, out);
	if (q->type != NOT)
		for (const struct search_query *c = q->child; c; c = c->next)
			if (place(c, find, body, out))
				return true;
	return false;
}

static bool find_form(const struct search_query *q, const void *body, struct search_place *out)
{
	size_t at = search_text_find(body, q->word.s, q->word.n);

	*out = (struct search_place){at, q->word.n};
	return at != SIZE_MAX;
}

static bool find_typed(const struct search_query *q, const void *body, struct search_place *out)
{
	const char *at = strstr(body, q->typed);

	*out = (struct search_place){at ? (size_t)(at - (const char *)body) : 0, strlen(q->typed)};
	return at != NULL;
}

bool search_query_place(
	const struct search_query *q, const struct search_text *body, struct search_place *out)
{
	return place(q, find_form, body, out);
}

bool search_query_place_typed(
	const struct search_query *q, const char *body, struct search_place *out)
{
	return place(q, find_typed, body, out);
}
