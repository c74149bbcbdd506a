/*
 * typed.c - blanks, UTF-8 and lengths of typed words.
 */
#include "office/typed.h"

#include <string.h>

#include "base/i18n.h"
#include "base/url.h"
#include "base/utf8.h"

bool typed_is_blank(const char *s)
{
	size_t n = s ? strlen(s) : 0, len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = utf8_decode(s + i, n - i, &len);
		if (cp == UTF8_BAD || !utf8_is_space(cp))
			return false;
	}
	return true;
}

enum err_code typed_check(const char *option, const char *value, size_t max, struct err *e)
{
	size_t n = value ? strlen(value) : 0;

	if (!utf8_is_valid(value ? value : "", n))
		return err_set(e, ERR_USAGE, _("%s: the words are not valid UTF-8"), option);
	if (n > max)
		return err_set(
			e, ERR_USAGE, _("%s: %zu bytes are over the limit of %zu"), option, n, max);
	return ERR_OK;
}

enum err_code typed_url(const char *url, char **canonical, struct err *e)
{
	enum err_code rc = url_canonical(url, NULL, canonical, e);

	if (rc != ERR_INPUT)
		return rc;
	/* Shown made safe: whatever prints an error does that. */
	err_prefix(e, "“%.200s”: ", url);
	if (e)
		e->code = ERR_USAGE;
	return ERR_USAGE;
}
