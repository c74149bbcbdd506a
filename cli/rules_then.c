/*
 * rules_then.c - comparing two verdicts on a text, topic by topic and line by line.
 */
#include "cli/rules_then.h"

#include <string.h>

#include "base/i18n.h"
#include "cli/output.h"

static bool same_str(const struct json *a, const struct json *b, const char *key)
{
	const char *x = json_get_str(a, key), *y = json_get_str(b, key);

	return x && y && strcmp(x, y) == 0;
}

static int64_t number(const struct json *j, const char *key)
{
	int64_t v = 0;

	json_get_int(j, key, &v);
	return v;
}

static const struct json *find_topic(const struct json *topics, const struct json *like)
{
	for (size_t i = 0; i < json_size(topics); i++)
		if (same_str(json_at(topics, i), like, "code"))
			return json_at(topics, i);
	return NULL;
}

static bool has_line(const struct json *why, const struct json *hit)
{
	for (size_t i = 0; i < json_size(why); i++)
		if (same_str(json_at(why, i), hit, "rule") &&
			number(json_at(why, i), "points") == number(hit, "points"))
			return true;
	return false;
}

/* Lines of one that the other has not. */
static size_t tell_lines(
	FILE *f, const struct json *of, const struct json *not_in, const char *label)
{
	size_t told = 0;

	for (size_t i = 0; i < json_size(of); i++) {
		const struct json *hit = json_at(of, i);
		const char *file = json_get_str(hit, "file"), *rule = json_get_str(hit, "rule");
		if (has_line(not_in, hit))
			continue;
		if (f)
			output_line(f, "    %s %s:%lld  %+lld  %s", label,
				file ? file : "keywords.conf", (long long)number(hit, "line"),
				(long long)number(hit, "points"), rule ? rule : "");
		told++;
	}
	return told;
}

static size_t tell_same(FILE *f, const struct json *then, const struct json *now)
{
	const struct json *was = json_get(then, "why"), *is = json_get(now, "why");
	size_t lines = tell_lines(NULL, was, is, "") + tell_lines(NULL, is, was, "");

	if (!lines && same_str(then, now, "grade") && number(then, "score") == number(now, "score"))
		return 0;
	output_line(f, _("  [%s] then score %lld, %s; today score %lld, %s"),
		json_get_str(now, "topic"), (long long)number(then, "score"),
		json_get_str(then, "grade"), (long long)number(now, "score"),
		json_get_str(now, "grade"));
	tell_lines(f, was, is, _("then only:"));
	tell_lines(f, is, was, _("today only:"));
	return 1;
}

static bool is_asked(const struct rules_then *t, const struct json *topic)
{
	const char *code = json_get_str(topic, "code");

	return !t->code || (code && strcmp(code, t->code) == 0);
}

/* What alerted then and does not now; a matter that was entered by hand never hung on rules. */
static void tell_gone(FILE *f, const struct json *was)
{
	if (json_size(json_get(was, "why")))
		output_line(f, _("  [%s] then alerted with score %lld, today it does not"),
			json_get_str(was, "topic"), (long long)number(was, "score"));
	else
		output_line(f, _("  [%s] was entered by hand, no rule raised it"),
			json_get_str(was, "topic"));
}

static size_t tell_topics(FILE *f, const struct rules_then *t, const struct json *now)
{
	size_t told = 0;

	for (size_t i = 0; i < json_size(t->topics); i++) {
		const struct json *was = json_at(t->topics, i), *is = find_topic(now, was);
		if (!is_asked(t, was))
			continue;
		if (!is)
			tell_gone(f, was);
		told += is ? tell_same(f, was, is) : 1;
	}
	for (size_t i = 0; i < json_size(now); i++) {
		const struct json *is = json_at(now, i);
		if (!is_asked(t, is) || find_topic(t->topics, is))
			continue;
		output_line(f, _("  [%s] did not alert then, today it does with score %lld"),
			json_get_str(is, "topic"), (long long)number(is, "score"));
		told++;
	}
	return told;
}

static void tell(FILE *f, const struct rules_then *t, const char *hash, const struct json *now)
{
	if (t->hash[0] && strcmp(t->hash, hash) == 0) {
		output_line(f, _("The rules are those of then (%.12s)."), hash);
		(void)tell_topics(f, t, now);
		return;
	}
	output_line(f, _("The rules changed since (then %.12s, today %.12s):"),
		t->hash[0] ? t->hash : "?", hash);
	if (!tell_topics(f, t, now))
		output_line(f, "%s", _("  the verdict is the same"));
}

enum err_code rules_then_print(FILE *f, const struct rules_then *then, const struct rules *now,
	const struct match_result *m, struct err *e)
{
	struct json *j = NULL;
	struct buf b;
	enum err_code rc;

	buf_init(&b, BUF_MAX_DEFAULT);
	match_add_json(&b, NULL, m);
	rc = buf_check(&b, _("result"), e);
	if (!rc)
		rc = json_read(buf_str(&b), b.len, &j, e);
	if (!rc)
		tell(f, then, rules_hash(now), json_get(j, "topics"));
	json_free(j);
	buf_fini(&b);
	return rc;
}
