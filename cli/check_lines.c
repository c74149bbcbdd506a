/*
 * check_lines.c - see check_lines.h.
 */
#include "cli/check_lines.h"

#include "office/check_words.h"

void check_lines_each(const char *checks, const char *found,
	void (*each)(const void *data, const char *check, const char *words), const void *data)
{
	struct str rest = str_of(checks);
	char check[CHECK_WORDS_NAME];
	struct buf words;

	buf_init(&words, BUF_MAX_DEFAULT);
	while (check_words_next(&rest, check)) {
		buf_clear(&words);
		check_words_add(&words, check, found);
		each(data, check, buf_str(&words));
	}
	buf_fini(&words);
}

void check_lines_put(struct json_writer *w, const char *checks, const char *found)
{
	struct str rest = str_of(checks);
	char check[CHECK_WORDS_NAME];

	json_key(w, "found");
	json_begin_array(w);
	while (check_words_next(&rest, check)) {
		struct str reason = check_words_reason(found, check);
		if (!reason.n)
			continue;
		json_begin_object(w);
		json_put_str(w, "check", check);
		json_key(w, "reason");
		json_add_strn(w, reason.p, reason.n);
		json_end_object(w);
	}
	json_end_array(w);
}
