/*
 * message_merge.c - makes one message of several.
 */
#include "crawler/message_merge.h"

#include "base/i18n.h"

/* Number and title first, then NUL and the text: both are needed as strings of their own. */
enum err_code message_merge(
	const struct message *list, size_t n, struct buf *text, struct message *out, struct err *e)
{
	size_t body;
	enum err_code rc;

	*out = list[0];
	if (n == 1)
		return ERR_OK;
	buf_addf(text, n_("%zu message", "%zu messages", n), n);
	buf_add_char(text, '\0');
	body = text->len;
	for (size_t i = 0; i < n; i++) {
		const struct message *m = &list[i];
		out->urgent = out->urgent || m->urgent;
		buf_addf(text, "%s%s%s\n%s\n", i ? "\n" : "", m->urgent ? _("[urgent] ") : "",
			m->title, m->text);
		if (m->link)
			buf_addf(text, "%s\n", m->link);
	}
	rc = buf_check(text, N_("a message"), e);
	if (!rc) {
		out->title = buf_str(text);
		out->text = buf_str(text) + body;
		out->link = NULL;
	}
	return rc;
}
