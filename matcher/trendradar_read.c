/*
 * trendradar_read.c - a word list of TrendRadar, cut into groups as TrendRadar does.
 */
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/literals.h"
#include "matcher/regex.h"
#include "matcher/regex_fault.h"
#include "matcher/rules_reader.h"
#include "matcher/trendradar_private.h"

struct reading {
	struct trendradar_list *list;
	struct trendradar_group *group; /* NULL at the beginning of a block */
	bool first; /* a [name] may stand here */
	bool filter; /* in [GLOBAL_FILTER] */
	bool told_not; /* what ! does here */
	int line;
	bool no_memory;
};

void trendradar_note(struct trendradar_list *l, int line, const char *text)
{
	report_notice(l->notes, (struct report_place){l->file, line, 1}, "%s", text);
}

static void note(struct reading *d, const char *text)
{
	trendradar_note(d->list, d->line, text);
}

/* --- words ------------------------------------------------------------------- */

/* Where a comment behind a word begins; s.n when there is none. Not inside a regex. */
static size_t comment_at(struct str s)
{
	size_t sign = s.n && (s.p[0] == '+' || s.p[0] == '!'), from = 0;

	if (s.n > sign && s.p[sign] == '/')
		for (size_t i = sign + 1; i < s.n; i++)
			from = s.p[i] == '/' ? i : from;
	for (size_t i = from + 1; i < s.n; i++)
		if (s.p[i] == '#' && (s.p[i - 1] == ' ' || s.p[i - 1] == '\t'))
			return i;
	return s.n;
}

/* ^/(.+)/[a-z]*$ */
static bool find_pattern(struct str s, struct str *pattern)
{
	size_t end = s.n;

	while (end > 0 && s.p[end - 1] >= 'a' && s.p[end - 1] <= 'z')
		end--;
	if (end < 3 || s.p[0] != '/' || s.p[end - 1] != '/')
		return false;
	*pattern = str_sub(s, 1, end - 1);
	return true;
}

static bool is_hex(const char *s)
{
	return strspn(s, "0123456789abcdefABCDEF") >= 4;
}

/* As our rules write it: bare slashes escaped, \uXXXX as \x{XXXX}. */
static struct str convert_pattern(struct reading *d, struct str s)
{
	struct buf b;
	struct str out = {NULL, 0};

	buf_init(&b, REGEX_PATTERN_MAX * 2);
	for (size_t i = 0; i < s.n; i++) {
		bool escape = s.p[i] == '\\' && i + 1 < s.n;
		char hex[5] = "";
		if (escape && s.p[i + 1] == 'u' && i + 5 < s.n)
			memcpy(hex, s.p + i + 2, 4);
		if (is_hex(hex)) {
			buf_addf(&b, "\\x{%s}", hex);
			i += 5;
		} else if (escape) {
			buf_add(&b, s.p + i++, 2);
		} else {
			buf_add_str(&b, s.p[i] == '/' ? "\\" : "");
			buf_add_char(&b, s.p[i]);
		}
	}
	out.n = b.len;
	out.p = b.fault ? NULL : arena_strndup(d->list->arena, buf_str(&b), b.len);
	buf_fini(&b);
	return out;
}

static void take_pattern(struct reading *d, struct trendradar_word *w, struct str pattern)
{
	struct str ours = convert_pattern(d, pattern);
	struct regex_fault f = {.is_empty = false};
	struct regex *x = NULL;
	size_t at;

	w->is_regex = true;
	if (ours.p && regex_compile(ours.p, ours.n, &x, &at, NULL) == ERR_OK) {
		w->text = ours;
	} else if (ours.p && regex_fault_find(ours.p, ours.n, &f) && f.is_empty) {
		w->hits_all = true;
		note(d, _("this regex matches the empty text: it hits everything, as it did "
			  "there"));
	} else {
		w->is_regex = false;
		report_notice(d->list->notes, (struct report_place){d->list->file, d->line, 1},
			_("this regex is looked for as plain text, as TrendRadar does with one "
			  "that "
			  "it cannot read: %s"),
			f.text.text);
	}
	regex_free(x);
}

/* A word that begins or ends with a Latin letter or a digit is a whole word here. */
static bool take_plain(struct reading *d, struct trendradar_word *w)
{
	struct shadow s;
	const uint32_t *cp;

	if (normalise_text(d->list->table, w->text.p, w->text.n, d->list->arena, &s, NULL) ||
		s.b_count > LITERALS_LENGTH_MAX || (w->text.n && !s.b_count)) {
		note(d, _("left out: this word is too long, or nothing of it can be looked for"));
		return false;
	}
	cp = s.b_cp;
	if (s.b_count && (normalise_is_word(cp[0]) || normalise_is_word(cp[s.b_count - 1])))
		report_notice(d->list->notes, (struct report_place){d->list->file, d->line, 1},
			_("“%.*s” is found here where it stands as a word of its own; TrendRadar "
			  "also finds it inside longer ones"),
			(int)w->text.n, w->text.p);
	w->hits_all = s.b_count == 0;
	if (w->hits_all)
		note(d, _("there is no word on this line: it hits everything, as it did there"));
	return true;
}

static void add_word(struct reading *d, struct trendradar_group *g, const struct trendradar_word *w)
{
	if (!ruleset_reserve(d->list->arena, &g->word, &g->cap, g->count, sizeof *g->word)) {
		d->no_memory = true;
		return;
	}
	g->word[g->count++] = *w;
}

static void read_word(
	struct reading *d, struct trendradar_group *g, struct str s, enum trendradar_role role)
{
	struct trendradar_word w = {.role = role, .line = d->line};
	size_t arrow = str_find(s, "=>", 0);
	struct str pattern;

	w.text = reader_trim(str_sub(s, 0, arrow));
	w.shown = reader_trim(str_sub(s, arrow + 2, s.n));
	if (find_pattern(w.text, &pattern))
		take_pattern(d, &w, pattern);
	if (w.is_regex || take_plain(d, &w))
		add_word(d, g, &w);
}

/* --- lines ------------------------------------------------------------------- */

static bool is_bracketed(struct str s)
{
	return s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']';
}

static bool is_marker(struct reading *d, struct str s)
{
	struct str name = str_sub(s, 1, s.n - 1);

	if (name.n == strlen("GLOBAL_FILTER") && strncasecmp(name.p, "GLOBAL_FILTER", name.n) == 0)
		d->filter = true;
	else if (name.n == strlen("WORD_GROUPS") && strncasecmp(name.p, "WORD_GROUPS", name.n) == 0)
		d->filter = false;
	else
		return false;
	return true;
}

static void read_filter(struct reading *d, struct str s)
{
	if (s.p[0] == '!' || s.p[0] == '+' || s.p[0] == '@')
		note(d, _("left out: TrendRadar overlooks lines with ! + @ in [GLOBAL_FILTER]"));
	else
		read_word(d, &d->list->global, s, TRENDRADAR_NOT);
}

static struct trendradar_group *new_group(struct reading *d)
{
	struct trendradar_list *l = d->list;

	if (!ruleset_reserve(l->arena, &l->group, &l->cap, l->count, sizeof *l->group)) {
		d->no_memory = true;
		return NULL;
	}
	memset(&l->group[l->count], 0, sizeof *l->group);
	l->group[l->count].line = d->line;
	return &l->group[l->count++];
}

static void read_not(struct reading *d, struct str s)
{
	if (!d->told_not)
		note(d, _("a ! word puts out its own topic here; TrendRadar leaves the title out "
			  "of "
			  "every group"));
	d->told_not = true;
	read_word(d, d->group, str_sub(s, 1, s.n), TRENDRADAR_NOT);
}

static void read_member(struct reading *d, struct str s, bool first)
{
	if (!d->group && !(d->group = new_group(d)))
		return;
	if (first && is_bracketed(s)) {
		d->group->name = reader_trim(str_sub(s, 1, s.n - 1));
		return;
	}
	d->first = false;
	if (is_bracketed(s))
		note(d, _("a group's name stands on its first line only; TrendRadar looks for this "
			  "as a word"));
	if (s.p[0] == '@')
		report_notice(d->list->notes, (struct report_place){d->list->file, d->line, 1},
			_("left out: %.*s (how many are shown) has no counterpart here"), (int)s.n,
			s.p);
	else if (s.p[0] == '!')
		read_not(d, s);
	else if (s.p[0] == '+')
		read_word(d, d->group, str_sub(s, 1, s.n), TRENDRADAR_MUST);
	else
		read_word(d, d->group, s, TRENDRADAR_PLAIN);
}

static void read_line(struct reading *d, struct str s)
{
	size_t comment;
	bool first = d->first;

	if (s.n == 0 || s.p[0] == '#')
		return;
	comment = comment_at(s);
	if (comment < s.n)
		note(d, _("the comment behind the word is one here; TrendRadar looks for it with "
			  "the word and so finds nothing"));
	s = reader_trim(str_sub(s, 0, comment));
	if (first && is_bracketed(s) && !d->group && is_marker(d, s))
		return;
	d->first = false;
	if (d->filter)
		read_filter(d, s);
	else
		read_member(d, s, first);
}

enum err_code trendradar_read(struct trendradar_list *l, struct str text, struct err *e)
{
	struct reading d = {.list = l, .first = true};

	while (text.n > 0 && !d.no_memory) {
		struct str line = str_split(&text, '\n'), words = reader_trim(line);
		d.line++;
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		if (line.n == 0) { /* the next block */
			d.group = NULL;
			d.first = true;
		} else if (words.n == 0 && d.group) {
			note(&d, _("a line of blanks does not part groups, only an empty one does; "
				   "the words stay in one group, as they were"));
		}
		read_line(&d, words);
	}
	return d.no_memory || arena_failed(l->arena) ? err_nomem(e) : ERR_OK;
}
