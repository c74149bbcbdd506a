/*
 * trendradar.c - rules from a word list of TrendRadar.
 */
#include "matcher/trendradar.h"

#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/name_index.h"
#include "base/utf8.h"
#include "matcher/rulefile.h"
#include "matcher/rules_reader.h"
#include "matcher/trendradar_private.h"

#define NAME_WORDS 3 /* of a group without a name that become one */
#define NAME_MAX_CHARS 40
#define CODE_MAX 40

struct taken { /* a name, and the number that the last other one of this name got */
	const char *name;
	int last;
};

struct names { /* those that are taken: of topics, or their codes */
	struct taken *taken;
	size_t count;
	struct name_index index;
};

struct writing {
	struct trendradar_list *list;
	const struct trendradar_options *o;
	struct buf *out;
	struct trendradar_result *result;
	struct names names, codes;
	size_t topics;
	bool no_memory;
};

/* --- words ------------------------------------------------------------------- */

/* “3分”, “－3分”: at a line's end these are points. */
static bool is_points(struct str s)
{
	return s.n > strlen("分") && str_has_suffix(s, "分") && str_is_digit((unsigned char)s.p[0]);
}

/* Nothing in it means anything to a rule line. */
static bool is_bare(struct str s)
{
	for (size_t pos = 0, len; pos < s.n; pos += len) {
		uint32_t cp = utf8_decode(s.p + pos, s.n - pos, &len);
		if (!utf8_is_han(cp) && !(cp < 0x80 && str_is_alnum((unsigned char)cp)))
			return false;
	}
	return s.n > 0 && !is_points(s);
}

static void add_word(struct buf *b, const struct trendradar_word *w)
{
	if (w->hits_all) {
		buf_add_str(b, "/./");
	} else if (w->is_regex) {
		buf_addf(b, "/%.*s/", (int)w->text.n, w->text.p);
	} else if (is_bare(w->text)) {
		buf_add(b, w->text.p, w->text.n);
	} else {
		buf_add_char(b, '"');
		for (size_t i = 0; i < w->text.n; i++) {
			if (w->text.p[i] == '"' || w->text.p[i] == '\\')
				buf_add_char(b, '\\');
			buf_add_char(b, w->text.p[i]);
		}
		buf_add_char(b, '"');
	}
}

/* The shown name behind it, as a comment. */
static void end_line(struct writing *g, const struct trendradar_word *w)
{
	if (w && w->shown.n)
		buf_addf(g->out, "    # %.*s", (int)w->shown.n, w->shown.p);
	buf_add_char(g->out, '\n');
}

static void add_field(struct writing *g)
{
	if (g->o->titles_only)
		buf_add_str(g->out, "标题: ");
}

static size_t count_role(const struct trendradar_group *x, enum trendradar_role role)
{
	size_t n = 0;

	for (size_t i = 0; i < x->count; i++)
		n += x->word[i].role == role;
	return n;
}

/* All words that must stand there; what hits everything does anyway. False: none was added. */
static bool add_musts(struct writing *g, const struct trendradar_group *x)
{
	bool any = false;

	for (size_t i = 0; i < x->count; i++) {
		if (x->word[i].role != TRENDRADAR_MUST || x->word[i].hits_all)
			continue;
		buf_add_str(g->out, any ? " " : "");
		add_word(g->out, &x->word[i]);
		any = true;
	}
	return any;
}

static bool has_musts(const struct trendradar_group *x)
{
	for (size_t i = 0; i < x->count; i++)
		if (x->word[i].role == TRENDRADAR_MUST && !x->word[i].hits_all)
			return true;
	return false;
}

static void add_each(struct writing *g, const struct trendradar_group *x, enum trendradar_role role,
	const char *sign)
{
	for (size_t i = 0; i < x->count; i++) {
		if (x->word[i].role != role)
			continue;
		buf_add_str(g->out, sign);
		add_field(g);
		add_word(g->out, &x->word[i]);
		end_line(g, &x->word[i]);
	}
}

/* --- names and codes --------------------------------------------------------- */

static struct str shown_name(const struct trendradar_word *w)
{
	return w->shown.n ? w->shown : w->text;
}

static const char *name_at(const void *table, size_t row)
{
	return ((const struct taken *)table)[row].name;
}

static size_t find_name(const struct names *n, const char *name)
{
	return name_index_find(&n->index, name, name_at, n->taken);
}

/* NULL: no memory. */
static const char *take_name(struct names *n, const char *name)
{
	if (!name)
		return NULL;
	n->taken[n->count] = (struct taken){name, 1};
	return name_index_add(&n->index, n->count++, name_at, n->taken) ? name : NULL;
}

/* The name itself, or with the first number that makes it another: "x (2)", "x-2". NULL: no
 * memory. */
static const char *make_other(
	struct arena *a, struct names *n, const char *name, const char *open, const char *close)
{
	size_t row = name ? find_name(n, name) : NAME_INDEX_NONE;
	const char *other = name;

	if (row == NAME_INDEX_NONE)
		return take_name(n, name);
	do
		other = arena_printf(a, "%s%s%d%s", name, open, ++n->taken[row].last, close);
	while (other && find_name(n, other) != NAME_INDEX_NONE);
	return take_name(n, other);
}

/* Without what would end a head or begin a comment, at most NAME_MAX_CHARS. */
static void add_clean(struct buf *b, struct str s)
{
	size_t chars = utf8_count(buf_str(b), b->len);

	for (size_t pos = 0, len; pos < s.n && chars < NAME_MAX_CHARS; pos += len, chars++) {
		size_t at = pos;
		uint32_t cp = lexer_next_cp(s, &at);
		(void)utf8_decode(s.p + pos, s.n - pos, &len);
		if (cp == '[' || cp == ']')
			buf_add_char(b, cp == '[' ? '(' : ')');
		else if (cp != '#' && cp >= ' ')
			buf_add(b, s.p + pos, len);
	}
}

static void add_words_name(struct buf *b, const struct trendradar_group *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->count && n < NAME_WORDS; i++) {
		if (x->word[i].role == TRENDRADAR_NOT || !shown_name(&x->word[i]).n)
			continue;
		buf_add_str(b, n++ ? "、" : "");
		add_clean(b, shown_name(&x->word[i]));
	}
}

/* Names of sections that are no topics. */
static const char *const reserved[] = {"定义", "地域", "全局排除", "全局扣分"};

#define RESERVED (sizeof reserved / sizeof *reserved)

static bool is_reserved(const char *name)
{
	for (size_t i = 0; i < RESERVED; i++)
		if (strcmp(reserved[i], name) == 0)
			return true;
	return false;
}

static const char *make_name(struct writing *g, const struct trendradar_group *x)
{
	struct arena *a = g->list->arena;
	const char *name;
	struct str trimmed;
	struct buf b;

	buf_init(&b, 4096);
	if (x->name.n)
		add_clean(&b, x->name);
	else
		add_words_name(&b, x);
	trimmed = reader_trim((struct str){buf_str(&b), b.len});
	name = trimmed.n ? arena_strndup(a, trimmed.p, trimmed.n) : arena_strdup(a, _("group"));
	buf_fini(&b);
	return make_other(a, &g->names, name, " (", ")");
}

/* "tr-deepseek", or "tr-" and the beginning of the hash: the same as long as `key` is. */
static const char *make_code(struct writing *g, struct str key)
{
	struct arena *a = g->list->arena;
	char slug[CODE_MAX + 1] = "", hex[HASH_HEX_SIZE];
	const char *code;
	struct hash h = hash_of(key.p ? key.p : "", key.n);
	bool ascii = key.n > 0 && key.n <= CODE_MAX;

	for (size_t i = 0; ascii && i < key.n; i++) {
		char c = key.p[i];
		slug[i] = c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
		ascii = str_is_alnum((unsigned char)c) || c == '-' || c == ' ';
	}
	hash_to_hex(&h, hex);
	code = arena_printf(a, "tr-%.*s", ascii ? CODE_MAX : 8, ascii ? slug : hex);
	return make_other(a, &g->codes, code, "-", "");
}

/* What stays the same when words are added: the name, or else the first word. */
static struct str code_key(const struct trendradar_group *x)
{
	for (size_t i = 0; !x->name.n && i < x->count; i++)
		if (x->word[i].role != TRENDRADAR_NOT)
			return x->word[i].text;
	return x->name;
}

/* --- topics ------------------------------------------------------------------ */

static void add_head(struct writing *g, const char *name, const char *code)
{
	g->topics++;
	g->no_memory |= !name || !code;
	buf_addf(g->out, "\n[%s]\n代码 = %s\n地域 = 不限\n阈值 = 1\n", name ? name : "",
		code ? code : "");
}

static void write_topic(struct writing *g, const struct trendradar_group *x)
{
	bool plain = count_role(x, TRENDRADAR_PLAIN) > 0;

	add_head(g, make_name(g, x), make_code(g, code_key(x)));
	add_each(g, x, TRENDRADAR_PLAIN, "");
	if (has_musts(x)) {
		buf_add_str(g->out, "+");
		add_field(g);
		(void)add_musts(g, x);
		buf_add_str(g->out, plain ? "\n" : "  1分\n");
	} else if (!plain) {
		add_field(g);
		buf_add_str(g->out, "/./\n");
	}
	add_each(g, x, TRENDRADAR_NOT, "!");
}

/* One topic for all: each line asks for one plain word and all that must stand with it. */
static void write_lines(struct writing *g, const struct trendradar_group *x)
{
	bool plain = count_role(x, TRENDRADAR_PLAIN) > 0;

	if (x->name.n)
		buf_addf(g->out, "# %.*s\n", (int)x->name.n, x->name.p);
	for (size_t i = 0; i < x->count; i++) {
		const struct trendradar_word *w = &x->word[i];
		bool all = w->hits_all && has_musts(x);
		if (w->role != TRENDRADAR_PLAIN)
			continue;
		add_field(g);
		if (!all)
			add_word(g->out, w);
		buf_add_str(g->out, !all && has_musts(x) ? " " : "");
		(void)add_musts(g, x);
		end_line(g, w);
	}
	if (!plain) {
		add_field(g);
		buf_add_str(g->out, add_musts(g, x) ? "\n" : "/./\n");
	}
	add_each(g, x, TRENDRADAR_NOT, "!");
}

static bool has_topic(const struct trendradar_group *x)
{
	return count_role(x, TRENDRADAR_NOT) < x->count;
}

static void write_groups(struct writing *g)
{
	struct trendradar_list *l = g->list;
	const char *topic = g->o->topic;

	for (size_t i = 0; i < l->count; i++) {
		const struct trendradar_group *x = &l->group[i];
		g->result->words += x->count;
		if (!has_topic(x))
			continue;
		if (topic && !g->topics)
			add_head(g, topic, make_code(g, str_of(topic)));
		if (topic)
			write_lines(g, x);
		else
			write_topic(g, x);
	}
	g->result->topics = g->topics;
}

/* --- what is out for all ----------------------------------------------------- */

/* ! words of a group that has nothing else put every title out. */
static size_t count_lonely(struct writing *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->list->count; i++) {
		const struct trendradar_group *x = &g->list->group[i];
		if (has_topic(x))
			continue;
		n += x->count;
		trendradar_note(g->list, x->line,
			x->count ? _("a group of nothing but ! words leaves titles out of every "
				     "group: "
				     "put under 全局排除")
				 : _("left out: a group without words"));
	}
	return n;
}

static void write_excluded(struct writing *g)
{
	const struct trendradar_group *global = &g->list->global;
	size_t n = global->count + count_lonely(g);

	g->result->words += global->count;
	g->result->excluded = n;
	if (n == 0)
		return;
	if (global->count)
		trendradar_note(g->list, global->word[0].line,
			_("全局排除 puts out every topic of the office, not these alone: look "
			  "through "
			  "the words before you use them"));
	buf_add_str(g->out, "\n[全局排除]\n");
	add_each(g, global, TRENDRADAR_NOT, "");
	for (size_t i = 0; i < g->list->count; i++)
		if (!has_topic(&g->list->group[i]))
			add_each(g, &g->list->group[i], TRENDRADAR_NOT, "");
}

/* Room for a name and a code of each group; the reserved names are taken. */
static bool begin_names(struct writing *g)
{
	struct arena *a = g->list->arena;
	size_t max = g->list->count + RESERVED + 1;
	bool fine;

	g->names.taken = arena_array(a, max, sizeof *g->names.taken);
	g->codes.taken = arena_array(a, max, sizeof *g->codes.taken);
	fine = g->names.taken && g->codes.taken;
	for (size_t i = 0; fine && i < RESERVED; i++)
		fine = take_name(&g->names, reserved[i]) != NULL;
	return fine;
}

static enum err_code write_all(struct writing *g, struct err *e)
{
	struct trendradar_list *l = g->list;

	if (!begin_names(g))
		return err_nomem(e);
	buf_addf(g->out, _("# made from TrendRadar's word list %s\n"), g->o->name);
	write_excluded(g);
	if (l->count > 0)
		write_groups(g);
	if (g->topics == 0)
		trendradar_note(l, 1,
			_("there is no group: TrendRadar takes every title then, this file none"));
	return g->no_memory || arena_failed(l->arena) ? err_nomem(e)
						      : buf_check(g->out, _("the rules"), e);
}

static enum err_code check_topic(const struct trendradar_options *o, struct err *e)
{
	struct str name = str_of(o->topic ? o->topic : "x");
	struct buf b;
	bool ok;

	buf_init(&b, 4096);
	add_clean(&b, name);
	ok = str_is(reader_trim(name), buf_str(&b)) && name.n && !is_reserved(buf_str(&b));
	buf_fini(&b);
	return ok ? ERR_OK
		  : err_set(e, ERR_USAGE, _("“%s” cannot be the name of a topic"), o->topic);
}

enum err_code trendradar_convert(const char *text, size_t n, const struct trendradar_options *o,
	struct buf *out, struct report *notes, struct trendradar_result *result, struct err *e)
{
	struct trendradar_list l = {.file = o->name, .notes = notes};
	struct writing g = {.list = &l, .o = o, .out = out, .result = result};
	struct str decoded;
	enum err_code rc = check_topic(o, e);

	memset(result, 0, sizeof *result);
	l.arena = arena_new(ARENA_MAX_DEFAULT);
	l.table = normalise_table_new();
	if (!rc && !(l.arena && l.table))
		rc = err_nomem(e);
	if (!rc && !rulefile_decode(o->name, text, n, l.arena, notes, &decoded))
		rc = err_set(e, ERR_CONFIG, _("%s: this list cannot be read"), o->name);
	if (!rc)
		rc = trendradar_read(&l, decoded, e);
	if (!rc)
		rc = write_all(&g, e);
	name_index_fini(&g.names.index);
	name_index_fini(&g.codes.index);
	normalise_table_free(l.table);
	arena_free(l.arena);
	return rc;
}
