/*
 * changes.c - the reasons of a return as a person reads them.
 */
#include "cli/changes.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "ledger/stories.h"

static const struct {
	const char *what, *word;
} words[] = {
	{STORIES_GRADE, N_("grade")},
	{STORIES_TOPIC, N_("new topic")},
	{STORIES_DEAD, N_("killed")},
	{STORIES_HURT, N_("hurt")},
	{STORIES_TOWN, N_("new town")},
	{STORIES_COPIES, N_("copies in an hour:")},
	{STORIES_TOLD, N_("told of again")},
};

static const char *word_of(const char *what)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (what && strcmp(words[i].what, what) == 0)
			return _(words[i].word);
	return what ? what : "";
}

static void add_one(struct buf *out, const struct json *c)
{
	const char *topic = json_get_str(c, "topic"), *before = json_get_str(c, "before");
	const char *after = json_get_str(c, "after");

	buf_add_str(out, word_of(json_get_str(c, "what")));
	if (topic)
		buf_addf(out, " %s", topic);
	if (before)
		buf_addf(out, " %s→%s", before, after ? after : "");
	else if (after)
		buf_addf(out, " %s", after);
}

void changes_add_text(struct buf *out, const char *changes)
{
	struct json *all = NULL;

	if (json_read(changes, strlen(changes), &all, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < json_size(all); i++) {
		if (i)
			buf_add_str(out, _(", "));
		add_one(out, json_at(all, i));
	}
	json_free(all);
}
