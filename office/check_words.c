/*
 * check_words.c - names of checks into sentences.
 */
#include "office/check_words.h"

#include <string.h>

#include "base/i18n.h"

static const struct {
	const char *check, *meaning;
} meanings[] = {
	{"late", N_("published after its limit")},
	{"early", N_("published before what it answers")},
	{"slogan", N_("no measure, unit, date or number")},
	{"off-topic", N_("hardly a word in common with what it answers; it does not mention")},
	{"quote", N_("mostly the words of what it answers")},
	{"repost", N_("mostly the words of an earlier item of another publisher")},
	{"repeated", N_("the same text as an earlier answer")},
	{"unregistered", N_("a link that is on no registered channel, or no link at all")},
	{"not-holder", N_("not among the units that hold the case")},
	{"page-time", N_("its page gives another time of publication, page/entered")},
	{"disagrees", N_("another unit's answer says otherwise, here/there")},
	{"few-channels", N_("a major case needs all four classes of channels")},
};

bool check_words_next(struct str *checks, char name[CHECK_WORDS_NAME])
{
	while (checks->p && checks->n) {
		struct str one = str_split(checks, ',');
		if (!one.n || one.n >= CHECK_WORDS_NAME)
			continue;
		memcpy(name, one.p, one.n);
		name[one.n] = '\0';
		return true;
	}
	return false;
}

struct str check_words_reason(const char *found, const char *name)
{
	struct str rest = str_of(found);

	while (rest.p && rest.n) {
		struct str line = str_split(&rest, '\n');
		if (str_is(str_split(&line, '\t'), name))
			return line;
	}
	return (struct str){NULL, 0};
}

void check_words_join(struct buf *out, const char *checks, const char *name)
{
	struct str rest = str_of(checks);
	char one[CHECK_WORDS_NAME];
	bool known = false;

	buf_add_str(out, checks);
	while (check_words_next(&rest, one))
		known = known || strcmp(one, name) == 0;
	if (!known)
		buf_addf(out, "%s%s", out->len ? "," : "", name);
}

void check_words_join_reason(
	struct buf *out, const char *found, const char *name, const char *reason)
{
	struct str rest = str_of(found);
	bool known = false;

	while (rest.p && rest.n) {
		struct str line = str_split(&rest, '\n'), words = line;
		bool same = str_is(str_split(&words, '\t'), name);
		buf_add(out, line.p, line.n);
		if (same)
			buf_addf(out, "; %s", reason);
		buf_add_str(out, "\n");
		known = known || same;
	}
	if (!known)
		buf_addf(out, "%s\t%s\n", name, reason);
}

void check_words_add(struct buf *out, const char *name, const char *found)
{
	struct str reason = check_words_reason(found, name);

	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (strcmp(meanings[i].check, name) == 0)
			buf_add_str(out, _(meanings[i].meaning));
	}
	if (!reason.n)
		return;
	buf_add_str(out, _(": "));
	buf_add(out, reason.p, reason.n);
}
