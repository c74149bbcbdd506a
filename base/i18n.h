/*
 * i18n.h - messages through gettext; the msgids are English.
 *
 * _("…") translates now, N_("…") marks a string in a table for later _().
 * i18n_init() sets LC_CTYPE to C.UTF-8 and the message language: $LANGUAGE if
 * set, else `language` (huiying.conf; NULL means zh_CN). Numbers and times are
 * never localised.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) (s)
#define n_(one, many, n) ngettext((one), (many), (unsigned long)(n))

void i18n_init(const char *language, const char *locale_dir);

#endif
