/*
 * settings.h - huiying.conf: the office (DESIGN §5.3).
 */
#ifndef OFFICE_SETTINGS_H
#define OFFICE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/path.h"
#include "base/time.h"

struct settings {
	char *path; /* the file that was read */
	char *name; /* of the office */
	char *language;
	char *contact; /* goes into the fetcher's User-Agent */
	struct time_zone *zone; /* of the office */
	char *watch, *unit, *supervisor, *admin; /* groups, blank-separated; NULL: nobody */
	char *shared; /* logins of several people, blank-separated; NULL: none */
	int64_t text_window; /* seconds within which equal texts are one story */
	int64_t copies_an_hour; /* more bring a decided story back */
	int64_t flood_an_hour; /* more rows of one rule line are shown as one */
	int64_t free_floor; /* bytes that must stay free before crawling */
};

enum err_code settings_load(const struct path_home *home, struct settings *out, struct err *e);
void settings_fini(struct settings *s);
/* The blank-separated list holds the word. list may be NULL. */
bool settings_list_has(const char *list, const char *word);

#endif
