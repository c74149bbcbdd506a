/*
 * robots.c - robots.txt as one pass over its lines.
 *
 * Two scores are kept, for groups that name the agent and for groups of `*`; each
 * is the length of the longest allow and disallow rule that matches the path.
 */
#include "crawler/robots.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/str.h"

#define LINE_MAX_BYTES ((size_t)16663) /* as others cut: 8 URLs of 2,083, less the NUL */
#define PATH_MAX_BYTES ((size_t)64 << 10)

enum rule { RULE_NONE, RULE_AGENT, RULE_ALLOW, RULE_DISALLOW };

struct score {
	size_t allow, disallow; /* length of the best rule; 0: none */
};

struct parser {
	struct str agent;
	struct buf path; /* normalised */
	struct buf segment; /* scratch */
	bool in_agents; /* the last rule line was a user-agent */
	bool for_us, for_all;
	bool ever_for_us;
	struct score us, all;
};

static const struct {
	const char *key;
	enum rule rule;
} keys[] = {
	{"user-agent", RULE_AGENT},
	{"useragent", RULE_AGENT},
	{"user agent", RULE_AGENT},
	{"allow", RULE_ALLOW},
	{"disallow", RULE_DISALLOW},
	/* misspellings that occur */
	{"dissallow", RULE_DISALLOW},
	{"dissalow", RULE_DISALLOW},
	{"disalow", RULE_DISALLOW},
	{"diasllow", RULE_DISALLOW},
	{"disallaw", RULE_DISALLOW},
};

static int hex_value(char c)
{
	c = str_lower(c);
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Octets that no URI holds as they are (RFC 3986 §2, §3.3, §3.4): whoever wrote them
 * into robots.txt means the URL that has them escaped. A lone "%" too. */
static bool must_be_escaped(unsigned char c)
{
	return c >= 0x7f || c <= 0x20 || strchr("\"%<>[\\]^`{|}", c);
}

/* RFC 9309 §2.2.2: escapes of unreserved characters (and of `*` and `$`, which are
 * plain text by now) are undone, other escapes get upper case, and octets that must
 * be escaped are. */
static void add_normal(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		int high = i + 2 < s.n && c == '%' ? hex_value(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;
		if (low >= 0) {
			c = (unsigned char)(high << 4 | low);
			i += 2;
			if (str_is_alnum(c) || (c && strchr("-._~*$", c)))
				buf_add_char(out, (char)c);
			else
				buf_addf(out, "%%%02X", (unsigned int)c);
		} else if (must_be_escaped(c)) {
			buf_addf(out, "%%%02X", (unsigned int)c);
		} else {
			buf_add_char(out, (char)c);
		}
	}
}

/* Path and query: from the first of / ? ; behind the host, without the fragment. */
static struct str path_of(struct str url)
{
	size_t start = str_has_prefix(url, "//") ? 2 : 0, scheme, at, hash;

	scheme = str_find(url, "://", start);
	for (at = start; at < url.n && !strchr("/?;", url.p[at]); at++)
		;
	if (scheme < url.n && scheme < at + 1)
		for (at = scheme + 3; at < url.n && !strchr("/?;", url.p[at]); at++)
			;
	hash = str_find(url, "#", start);
	return hash < at ? str_of("/") : str_sub(url, at, hash);
}

/* One literal part of a pattern; *at is where the path has been matched to. The
 * leftmost place is always the best one. */
static bool match_segment(
	struct parser *p, struct str raw, bool first, bool last, bool anchored, size_t *at)
{
	const char *hit;
	size_t n;

	buf_clear(&p->segment);
	add_normal(&p->segment, raw);
	n = p->segment.len;
	if (p->segment.fault || n > p->path.len - *at)
		return false;
	if (first && last && anchored)
		return n == p->path.len && memcmp(p->path.data, buf_str(&p->segment), n) == 0;
	if (first) {
		*at = n;
		return memcmp(p->path.data, buf_str(&p->segment), n) == 0;
	}
	if (last && anchored)
		return memcmp(p->path.data + p->path.len - n, buf_str(&p->segment), n) == 0;
	if (n == 0)
		return true;
	hit = memmem(p->path.data + *at, p->path.len - *at, p->segment.data, n);
	if (!hit)
		return false;
	*at = (size_t)(hit - p->path.data) + n;
	return true;
}

static bool matches(struct parser *p, struct str pattern)
{
	bool anchored = pattern.n && pattern.p[pattern.n - 1] == '$';
	bool first = true;
	size_t at = 0;

	if (anchored)
		pattern.n--;
	for (;;) {
		size_t star = str_find(pattern, "*", 0);
		bool last = star == pattern.n;
		if (!match_segment(p, str_sub(pattern, 0, star), first, last, anchored, &at))
			return false;
		if (last)
			return true;
		pattern = str_sub(pattern, star + 1, pattern.n);
		first = false;
	}
}

static void note(size_t *best, size_t length)
{
	if (length > *best)
		*best = length;
}

/* Octets that §2.2.2 escapes count as their three characters. */
static size_t weight(struct str pattern)
{
	size_t n = pattern.n;

	for (size_t i = 0; i < pattern.n; i++)
		if ((unsigned char)pattern.p[i] >= 0x80)
			n += 2;
	return n;
}

static void take_rule(struct parser *p, enum rule rule, struct str pattern)
{
	struct score *s = p->for_us ? &p->us : &p->all;
	size_t length = weight(pattern);

	p->in_agents = false;
	if ((!p->for_us && !p->for_all) || pattern.n == 0)
		return;
	if (matches(p, pattern)) {
		note(rule == RULE_ALLOW ? &s->allow : &s->disallow, length);
		return;
	}
	/* "Allow: /dir/index.html" also means the directory itself. */
	if (rule == RULE_ALLOW) {
		size_t slash = pattern.n;
		while (slash > 0 && pattern.p[slash - 1] != '/')
			slash--;
		if (slash && str_has_prefix(str_sub(pattern, slash, pattern.n), "index.htm") &&
			slash < LINE_MAX_BYTES) {
			struct buf dir;
			buf_init(&dir, LINE_MAX_BYTES + 2);
			buf_add(&dir, pattern.p, slash);
			buf_add_char(&dir, '$');
			if (!dir.fault && matches(p, (struct str){dir.data, dir.len}))
				note(&s->allow, dir.len);
			buf_fini(&dir);
		}
	}
}

static bool is_token_char(unsigned char c)
{
	return str_is_alpha(c) || c == '_' || c == '-';
}

/* §2.2.1: the product token is letters, `_` and `-`; what follows is decoration. An
 * agent that has other characters in its name, "E2Bot", is named by them all; one of
 * several words can be named by nobody. */
static bool names_agent(struct str value, struct str agent)
{
	return agent.n && memchr(agent.p, ' ', agent.n) == NULL && value.n >= agent.n &&
	       strncasecmp(value.p, agent.p, agent.n) == 0 &&
	       (value.n == agent.n || !is_token_char((unsigned char)value.p[agent.n]));
}

static void take_agent(struct parser *p, struct str value)
{
	if (!p->in_agents)
		p->for_us = p->for_all = false;
	p->in_agents = true;
	if (value.n && value.p[0] == '*' &&
		(value.n == 1 || str_is_space((unsigned char)value.p[1]))) {
		p->for_all = true;
		return;
	}
	if (names_agent(value, p->agent))
		p->for_us = p->ever_for_us = true;
}

static bool has_prefix_nocase(struct str s, const char *prefix)
{
	return str_is_nocase(str_sub(s, 0, strlen(prefix)), prefix);
}

/* Where key and value part: a colon, or one gap between exactly two words. */
static bool split_line(struct str line, struct str *key, struct str *value)
{
	size_t at = str_find(line, ":", 0);

	if (at == line.n) {
		struct str rest;
		for (at = 0; at < line.n && line.p[at] != ' ' && line.p[at] != '\t'; at++)
			;
		rest = str_trim(str_sub(line, at, line.n));
		if (rest.n == 0 || memchr(rest.p, ' ', rest.n) || memchr(rest.p, '\t', rest.n))
			return false;
	}
	*key = str_trim(str_sub(line, 0, at));
	*value = str_trim(str_sub(line, at + 1, line.n));
	return key->n > 0;
}

static void take_line(struct parser *p, struct str line)
{
	struct str key, value;

	line = str_trim(str_sub(line, 0, str_find(line, "#", 0)));
	if (!split_line(line, &key, &value))
		return;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (!has_prefix_nocase(key, keys[i].key))
			continue;
		if (keys[i].rule == RULE_AGENT)
			take_agent(p, value);
		else
			take_rule(p, keys[i].rule, value);
		return;
	}
}

static struct str skip_bom(struct str text)
{
	static const char bom[] = "\xef\xbb\xbf";
	size_t n = 0;

	while (n < 3 && n < text.n && text.p[n] == bom[n])
		n++;
	return str_sub(text, n, text.n);
}

static void take_lines(struct parser *p, struct str text)
{
	while (text.n) {
		size_t end = 0;
		while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
			end++;
		take_line(p, str_sub(text, 0, end < LINE_MAX_BYTES ? end : LINE_MAX_BYTES));
		text = str_sub(text, end + 1, text.n);
	}
}

static bool verdict(const struct parser *p)
{
	if (p->us.allow || p->us.disallow)
		return p->us.allow >= p->us.disallow;
	if (p->ever_for_us)
		return true;
	return p->all.allow >= p->all.disallow;
}

bool robots_is_allowed(const char *text, size_t n, const char *agent, const char *url)
{
	struct parser p;
	struct str path = path_of(str_of(url));
	struct str all = {text, n > ROBOTS_TEXT_MAX ? ROBOTS_TEXT_MAX : n};
	bool allowed = false;

	memset(&p, 0, sizeof p);
	p.agent = str_of(agent);
	p.agent = str_sub(p.agent, 0, str_find(p.agent, "/", 0));
	buf_init(&p.path, PATH_MAX_BYTES);
	buf_init(&p.segment, 3 * LINE_MAX_BYTES);
	if (path.n == 0 || path.p[0] != '/')
		buf_add_char(&p.path, '/');
	add_normal(&p.path, path);
	if (!p.path.fault && p.path.len == 11 && memcmp(p.path.data, "/robots.txt", 11) == 0) {
		allowed = true;
	} else if (!p.path.fault) {
		take_lines(&p, skip_bom(all));
		allowed = verdict(&p);
	}
	buf_fini(&p.path);
	buf_fini(&p.segment);
	return allowed;
}
