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
