/*
 * source_edit.c - the text of sources.conf, line by line.
 */
#include "crawler/source_edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/text.h"
#include "base/url.h"

#define NUMBERS_MAX 10000

static const char *line_end(const struct buf *text)
{
	struct str s = {buf_str(text), text->len};
	size_t at = str_find(s, "\n", 0);

	return at > 0 && at < s.n && s.p[at - 1] == '\r' ? "\r\n" : "\n";
}

/* ---- adding ------------------------------------------------------------- */

/* A value stands on one line, and neither a control character nor a bracket may begin a
 * line of its own. */
static void add_value(struct buf *text, const char *value)
{
	struct buf one;

	buf_init(&one, text->max);
	text_add_collapsed(&one, value, strlen(value), false);
	for (size_t i = 0; i < one.len; i++)
		if ((unsigned char)one.data[i] >= 0x20 && one.data[i] != 0x7f)
			buf_add_char(text, one.data[i]);
	if (one.fault)
		text->fault = one.fault;
	buf_fini(&one);
}

static void add_line(struct buf *text, const char *end, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	buf_addf(text, "%s = ", key);
	add_value(text, value);
	buf_add_str(text, end);
}

static void add_comment(struct buf *text, const char *end, const char *comment)
{
	struct str rest = str_of(comment);

	while (rest.n) {
		struct str line = str_trim(str_split(&rest, '\n'));
		char *copy = line.n ? strndup(line.p, line.n) : NULL;
		if (!copy)
			continue;
		buf_add_str(text, "# ");
		add_value(text, copy);
		buf_add_str(text, end);
		free(copy);
	}
}

static void add_span(struct buf *text, const char *end, int64_t seconds)
{
	static const struct {
		int64_t seconds;
		char letter;
	} units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};

	for (size_t i = 0; seconds > 0 && i < sizeof units / sizeof *units; i++) {
		if (seconds % units[i].seconds != 0)
			continue;
		buf_addf(text, "every = %lld%c%s", (long long)(seconds / units[i].seconds),
			units[i].letter, end);
		return;
	}
}

void source_edit_add(struct buf *text, const struct source_new *s)
{
	const char *end = line_end(text);

	if (text->len && text->data[text->len - 1] != '\n')
		buf_add_str(text, end);
	if (text->len)
		buf_add_str(text, end);
	add_comment(text, end, s->comment);
	buf_addf(text, "[%s]%s", s->id, end);
	add_line(text, end, "name", s->name);
	add_line(text, end, "kind", source_kind_name(s->kind));
	add_line(text, end, "url", s->url);
	add_span(text, end, s->every);
	add_line(text, end, "charset", s->charset);
	add_line(text, end, "article", s->article);
	add_line(text, end, "local", s->local ? "yes" : NULL);
	add_line(text, end, "allow_private", s->allow_private ? "yes" : NULL);
	add_line(text, end, "enabled", s->off ? "no" : NULL);
}

/* ---- one line ----------------------------------------------------------- */

struct place {
	size_t from, to; /* of the key's line; of an empty stretch where it belongs */
	bool found, has_key;
};

static bool is_section(struct str line, const char *id)
{
	if (!str_has_prefix(line, "[") || !str_has_suffix(line, "]"))
		return false;
	return str_is(str_trim(str_sub(line, 1, line.n - 1)), id);
}

static bool is_key(struct str line, const char *key)
{
	size_t equals = str_find(line, "=", 0);

	return equals < line.n && str_is(str_trim(str_sub(line, 0, equals)), key);
}

static void look_at_line(struct place *p, struct str line, size_t from, size_t to, const char *id,
	const char *key, bool *inside)
{
	if (str_has_prefix(line, "[")) {
		*inside = is_section(line, id);
		if (*inside) {
			p->found = true;
			p->from = p->to = to;
		}
		return;
	}
	if (!*inside || p->has_key || line.n == 0 || line.p[0] == '#')
		return;
	/* Behind the last key so far, before blank lines and the next one's comment. */
	p->from = p->to = to;
	if (is_key(line, key)) {
		p->has_key = true;
		p->from = from;
	}
}

static struct place find_place(struct str text, const char *id, const char *key)
{
	struct place p = {0, 0, false, false};
	bool inside = false;
	size_t at = str_has_prefix(text, "\xef\xbb\xbf") ? 3 : 0;

	while (at < text.n) {
		size_t end = str_find(text, "\n", at);
		size_t next = end < text.n ? end + 1 : text.n;
		look_at_line(&p, str_trim(str_sub(text, at, end)), at, next, id, key, &inside);
		at = next;
	}
	return p;
}

enum err_code source_edit_set(
	struct buf *text, const char *id, const char *key, const char *value, struct err *e)
{
	struct str old = {buf_str(text), text->len};
	struct place p = find_place(old, id, key);
	const char *end = line_end(text);
	struct buf new;
	enum err_code rc;

	if (!p.found)
		return err_set(e, ERR_USAGE, _("sources.conf has no source “%s”"), id);
	buf_init(&new, text->max);
	buf_add(&new, old.p, p.from);
	if (p.from > 0 && old.p[p.from - 1] != '\n')
		buf_add_str(&new, end);
	add_line(&new, end, key, value);
	buf_add(&new, old.p + p.to, old.n - p.to);
	rc = buf_check(&new, "sources.conf", e);
	if (rc) {
		buf_fini(&new);
		return rc;
	}
	buf_fini(text);
	*text = new;
	return ERR_OK;
}

/* ---- ids and URLs ------------------------------------------------------- */

/* Parts of a host's name that tell nothing. */
static bool is_dull(struct str part)
{
	static const char *const dull[] = {
		"www", "cn", "com", "net", "org", "gov", "edu", "rss", "feed", "index", "html"};

	for (size_t i = 0; i < sizeof dull / sizeof *dull; i++)
		if (str_is_nocase(part, dull[i]))
			return true;
	return false;
}

/* Letters and digits; a run of anything else becomes one "-". */
static void add_part(struct buf *b, struct str part)
{
	size_t dot = str_find(part, ".", 0);
	bool gap = b->len > 0;

	if (is_dull(str_sub(part, 0, dot)))
		return;
	for (size_t i = 0; i < dot && b->len < SOURCE_EDIT_ID_MAX; i++) {
		char c = str_lower(part.p[i]);
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
			gap = b->len > 0;
			continue;
		}
		if (gap)
			buf_add_char(b, '-');
		buf_add_char(b, c);
		gap = false;
	}
}

static bool is_number(const char *host)
{
	return strspn(host, "0123456789.") == strlen(host) || strchr(host, ':');
}

static void add_host(struct buf *b, const char *host)
{
	struct str rest = str_of(host);

	if (is_number(host)) {
		buf_add_str(b, "host");
		return;
	}
	while (rest.n)
		add_part(b, str_split(&rest, '.'));
	if (b->len == 0)
		buf_add_str(b, "source");
}

static void add_stem(struct buf *b, const char *url)
{
	struct url_parts u;
	struct str rest;

	if (url_split(url, &u, NULL) != ERR_OK) {
		buf_add_str(b, "source");
		return;
	}
	add_host(b, u.host);
	rest = str_of(u.path);
	while (rest.n)
		add_part(b, str_split(&rest, '/'));
	if (u.query)
		add_part(b, str_of(u.query));
	url_parts_fini(&u);
}

void source_edit_propose_id(const char *url, bool (*is_taken)(const char *id, const void *arg),
	const void *arg, struct buf *out)
{
	struct buf stem;
	char id[SOURCE_EDIT_ID_MAX + 32];

	buf_init(&stem, 4096);
	add_stem(&stem, url);
	for (int n = 1; n < NUMBERS_MAX; n++) {
		if (n == 1)
			snprintf(id, sizeof id, "%.*s", SOURCE_EDIT_ID_MAX, buf_str(&stem));
		else
			snprintf(id, sizeof id, "%.*s-%d", SOURCE_EDIT_ID_MAX, buf_str(&stem), n);
		if (!is_taken || !is_taken(id, arg))
			break;
	}
	buf_add_str(out, id);
	buf_fini(&stem);
}

enum err_code source_edit_find_url(
	const struct sources *s, const char *url, const struct source **out, struct err *e)
{
	char *want = NULL;
	enum err_code rc = url_canonical(url, NULL, &want, e);

	*out = NULL;
	for (size_t i = 0; !rc && !*out && i < sources_count(s); i++) {
		char *have = NULL;
		rc = url_canonical(sources_at(s, i)->url, NULL, &have, e);
		if (!rc && strcmp(have, want) == 0)
			*out = sources_at(s, i);
		free(have);
	}
	free(want);
	return rc;
}
