/*
 * text.c - text made safe to show, sentences, white space.
 */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "base/plain.h"
#include "base/utf8.h"

#define MARKS_MAX 4
#define ELLIPSIS "\xE2\x80\xA6"
#define PIECE_MAX 16

/* What one character is shown as. */
struct piece {
	char text[PIECE_MAX];
	size_t n, width;
};

static void set_visible(struct piece *p, uint32_t cp)
{
	if (cp < 0x20 || cp == 0x7F) {
		p->text[0] = '^';
		p->text[1] = (char)(cp ^ 0x40);
		p->n = 2;
	} else {
		p->n = (size_t)snprintf(p->text, sizeof p->text, "<U+%04X>", (unsigned)cp);
	}
	p->width = p->n;
}

static bool is_separator(uint32_t cp)
{
	return cp == 0x2028 || cp == 0x2029;
}

static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F);
}

/* Emoji, and what a keycap is drawn round. */
static bool takes_selector(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || cp == '#' || cp == '*' || utf8_is_pictograph(cp);
}

/* cp is a character or UTF8_BAD. */
static void make_piece(struct text_safe *state, uint32_t cp, enum text_lines lines, struct piece *p)
{
	bool after_pictograph = state->pictograph;

	state->pictograph = false;
	if (cp == UTF8_BAD)
		cp = UTF8_REPLACEMENT;
	if (after_pictograph && (cp == 0xFE0E || cp == 0xFE0F)) {
		p->n = p->width = 0;
		return;
	}
	if (lines == TEXT_KEEP_LINES && (cp == '\n' || cp == '\t')) {
		state->marks = 0;
		p->text[0] = (char)cp;
		p->n = 1;
		p->width = 0;
		return;
	}
	if (!is_control(cp) && !is_separator(cp) && !utf8_is_hidden(cp)) {
		int width = utf8_cp_width(cp);
		state->marks = width > 0 ? 0 : state->marks + 1;
		if (state->marks <= MARKS_MAX) {
			state->pictograph = takes_selector(cp);
			p->n = utf8_encode(cp, p->text);
			p->width = (size_t)width;
			return;
		}
	} else {
		state->marks = 0;
	}
	set_visible(p, cp);
}

void text_add_safe_block(
	struct buf *b, struct text_safe *state, const char *s, size_t n, enum text_lines lines)
{
	struct piece piece;
	size_t len;

	for (size_t i = 0; i < n; i += len) {
		size_t plain = i;
		while (plain < n && s[plain] >= 0x20 && s[plain] < 0x7F)
			plain++;
		len = plain - i;
		if (len > 0) {
			state->marks = 0;
			state->pictograph = takes_selector((unsigned char)s[plain - 1]);
			buf_add(b, s + i, len);
			continue;
		}
		make_piece(state, utf8_decode(s + i, n - i, &len), lines, &piece);
		buf_add(b, piece.text, piece.n);
	}
}

void text_add_safe(struct buf *b, const char *s, size_t n, enum text_lines lines)
{
	struct text_safe state = {0, false};

	text_add_safe_block(b, &state, s, n, lines);
}

void text_add_safe_str(struct buf *b, const char *s)
{
	text_add_safe(b, s, strlen(s), TEXT_ONE_LINE);
}

void text_add_column(struct buf *b, const char *s, size_t n, size_t columns)
{
	struct text_safe state = {0, false};
	struct piece piece;
	size_t width = 0, len;
	size_t cut_at = b->len, cut_width = 0; /* where "…" still fits */

	for (size_t i = 0; i < n && columns > 0; i += len) {
		make_piece(&state, utf8_decode(s + i, n - i, &len), TEXT_ONE_LINE, &piece);
		if (width + piece.width > columns) {
			buf_truncate(b, cut_at);
			buf_add_str(b, ELLIPSIS);
			width = cut_width + 1;
			break;
		}
		buf_add(b, piece.text, piece.n);
		width += piece.width;
		if (width < columns) {
			cut_at = b->len;
			cut_width = width;
		}
	}
	for (; width < columns; width++)
		buf_add_char(b, ' ');
}

/* --- sentences ------------------------------------------------------------- */

static bool is_ender(uint32_t cp)
{
	switch (cp) {
	case '\n':
	case '!':
	case '?':
	case ';':
	case 0x2026: /* … */
	case 0x3002: /* 。 */
	case 0xFF01: /* ！ */
	case 0xFF0E: /* ． */
	case 0xFF1B: /* ； */
	case 0xFF1F: /* ？ */
	case 0xFF61: /* ｡ */
		return true;
	default:
		return false;
	}
}

static bool is_closing_quote(uint32_t cp)
{
	return cp == 0x2019 || cp == 0x201D || cp == 0x300D || cp == 0x300F;
}

static uint32_t next_cp(struct str text, size_t pos, size_t *len)
{
	*len = 0;
	return pos < text.n ? utf8_decode(text.p + pos, text.n - pos, len) : UTF8_BAD;
}

/* Moves pos over the marks that follow an ender: more of them, then quotes. A line
 * break ends it at once. */
static size_t skip_marks(struct str text, size_t pos)
{
	size_t len;
	uint32_t cp;

	while (cp = next_cp(text, pos, &len), cp != '\n' && is_ender(cp))
		pos += len;
	while (is_closing_quote(next_cp(text, pos, &len)))
		pos += len;
	return pos;
}

/* The end of the sentence that starts at pos; *content: it holds more than marks
 * and white space, *last: the end of what is not white space. */
static size_t sentence_end(struct str text, size_t pos, bool *content, size_t *last)
{
	uint32_t before = UTF8_BAD;
	size_t len, after;

	*content = false;
	*last = pos;
	while (pos < text.n) {
		uint32_t cp = next_cp(text, pos, &len);
		pos += len;
		bool dot =
			cp == '.' && utf8_is_han(before) && utf8_is_han(next_cp(text, pos, &after));
		if (dot || is_ender(cp)) {
			if (cp != '\n')
				*last = pos = skip_marks(text, pos);
			return pos;
		}
		if (!utf8_is_space(cp)) {
			*last = pos;
			*content = *content || !is_closing_quote(cp);
		}
		before = cp;
	}
	return pos;
}

bool text_next_sentence(struct str text, size_t *pos, struct str *sentence)
{
	while (*pos < text.n) {
		size_t start = *pos, len, last;
		bool content;
		while (start < text.n && utf8_is_space(next_cp(text, start, &len)))
			start += len;
		*pos = sentence_end(text, start, &content, &last);
		if (content) {
			*sentence = str_sub(text, start, last);
			return true;
		}
	}
	return false;
}

void text_add_collapsed(struct buf *b, const char *s, size_t n, bool keep_breaks)
{
	bool space = false, broken = false, any = false;
	size_t len;

	for (size_t i = 0; i < n; i += len) {
		/* A run goes in whole or not at all; a buffer that is nearly full is filled
		 * character by character. */
		size_t room = b->max > b->len ? b->max - b->len - 1 : 0;
		len = plain_run(s + i, n - i < room ? n - i : room, PLAIN_WORDS);
		uint32_t cp = len ? 0 : utf8_decode(s + i, n - i, &len);
		if (cp != UTF8_BAD && utf8_is_space(cp)) {
			space = true;
			broken = broken || cp == '\n';
			continue;
		}
		if (space && any)
			buf_add_char(b, keep_breaks && broken ? '\n' : ' ');
		space = broken = false;
		any = true;
		buf_add(b, s + i, len);
	}
}
