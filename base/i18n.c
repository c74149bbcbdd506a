/*
 * i18n.c - which language the messages are in.
 */
#include "base/i18n.h"

#include <locale.h>
#include <stdlib.h>

#define DOMAIN "huiying"
#define DEFAULT_LANGUAGE "zh_CN"

void i18n_init(const char *language, const char *locale_dir)
{
	const char *asked = getenv("LANGUAGE");

	/* gettext looks at LANGUAGE only when the locale of LC_MESSAGES is not "C";
	 * C.UTF-8 counts as another one and is there on every system we serve. */
	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C.UTF-8");
	if (!asked || !*asked)
		setenv("LANGUAGE", language && *language ? language : DEFAULT_LANGUAGE, 1);
	if (locale_dir)
		bindtextdomain(DOMAIN, locale_dir);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
}
