/*
 * settings.c - reading huiying.conf.
 */
#include "office/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/i18n.h"
#include "base/str.h"

static const struct conf_key office_keys[] = {
	{"name", false},
	{"language", false},
	{"zone", false},
	{"contact", false},
	{NULL, false},
};

static const struct conf_key people_keys[] = {
	{"watch", false},
	{"unit", false},
	{"supervisor", false},
	{"admin", false},
	{"shared", false},
	{NULL, false},
};

static const struct conf_key stories_keys[] = {
	{"text_days", false},
	{"copies_an_hour", false},
	{"flood_an_hour", false},
	{NULL, false},
};

static const char fetch_section[] = "fetch";

/* Checked key by key by those who obey them: the fetcher, the sender, the acts. A name that
 * ends in a blank is a beginning. */
static const char *const others[] = {
	fetch_section,
	"host ",
	"desk",
	"remind",
	"search",
	"retention",
	"backup",
	"publish",
	"notify",
	"target ",
	"leader ",
};

static bool is_of_others(const char *name)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		size_t n = strlen(others[i]);
		if (others[i][n - 1] == ' ' ? strncmp(name, others[i], n) == 0
					    : strcmp(name, others[i]) == 0)
			return true;
	}
	return false;
}

static enum err_code check_sections(const struct conf *c, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < conf_section_count(c); i++) {
		const struct conf_section *s = conf_section_at(c, i);
		if (strcmp(s->name, "office") == 0)
			rc = conf_check(c, s, office_keys, e);
		else if (strcmp(s->name, "people") == 0)
			rc = conf_check(c, s, people_keys, e);
		else if (strcmp(s->name, "stories") == 0)
			rc = conf_check(c, s, stories_keys, e);
		else if (s->name[0] == '\0' && s->count == 0)
			continue;
		else if (!is_of_others(s->name))
			rc = conf_error(c, s->line, 1, e, _("unknown section [%s]"), s->name);
	}
	return rc;
}

/* *out stays NULL for an absent or empty value. */
static enum err_code take(const struct conf_section *s, const char *key, char **out, struct err *e)
{
	const char *value = s ? conf_get(s, key, NULL) : NULL;

	if (!value || !value[0])
		return ERR_OK;
	*out = strdup(value);
	return *out ? ERR_OK : err_nomem(e);
}

static enum err_code take_zone(const struct conf *c, const struct conf_section *office,
	struct settings *out, struct err *e)
{
	const struct conf_value *v = office ? conf_find(office, "zone") : NULL;
	struct err why = {ERR_OK, ""};

	if (time_zone_open(v && v->value[0] ? v->value : "Asia/Shanghai", &out->zone, &why) ==
		ERR_OK)
		return ERR_OK;
	return v ? conf_error(c, v->line, v->column, e, "%s", why.text)
		 : err_set(e, why.code, "%s", why.text);
}

#define TEXT_DAYS 30
#define COPIES_AN_HOUR 10
#define FLOOD_AN_HOUR 50

static enum err_code take_stories(const struct conf *c, struct settings *out, struct err *e)
{
	const struct conf_section *s = conf_section_find(c, "stories");
	int64_t days = TEXT_DAYS;
	enum err_code rc = ERR_OK;

	out->copies_an_hour = COPIES_AN_HOUR;
	out->flood_an_hour = FLOOD_AN_HOUR;
	if (s)
		rc = conf_get_int(c, s, "text_days", 1, 3650, days, &days, e);
	if (!rc && s)
		rc = conf_get_int(c, s, "copies_an_hour", 1, 1000000, COPIES_AN_HOUR,
			&out->copies_an_hour, e);
	if (!rc && s)
		rc = conf_get_int(
			c, s, "flood_an_hour", 1, 1000000, FLOOD_AN_HOUR, &out->flood_an_hour, e);
	out->text_window = days * 86400;
	return rc;
}

static enum err_code read_all(const struct conf *c, struct settings *out, struct err *e)
{
	const struct conf_section *office = conf_section_find(c, "office");
	const struct conf_section *people = conf_section_find(c, "people");
	const struct conf_section *fetch = conf_section_find(c, fetch_section);
	const struct {
		const struct conf_section *section;
		const char *key;
		char **value;
	} rows[] = {
		{office, "name", &out->name},
		{office, "language", &out->language},
		{office, "contact", &out->contact},
		{people, "watch", &out->watch},
		{people, "unit", &out->unit},
		{people, "supervisor", &out->supervisor},
		{people, "admin", &out->admin},
		{people, "shared", &out->shared},
	};
	int64_t mib = 256;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < sizeof rows / sizeof *rows; i++)
		rc = take(rows[i].section, rows[i].key, rows[i].value, e);
	if (!rc && fetch)
		rc = conf_get_int(c, fetch, "free_mib", 0, 1 << 24, mib, &mib, e);
	out->free_floor = mib * (1 << 20);
	if (!rc)
		rc = take_stories(c, out, e);
	return rc ? rc : take_zone(c, office, out, e);
}

enum err_code settings_load(const struct path_home *home, struct settings *out, struct err *e)
{
	struct conf *c = NULL;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = path_find(home, "huiying.conf", &out->path, e);
	if (!rc)
		rc = conf_load(out->path, &c, e);
	if (!rc)
		rc = check_sections(c, e);
	if (!rc)
		rc = read_all(c, out, e);
	conf_free(c);
	if (rc)
		settings_fini(out);
	return rc;
}

void settings_fini(struct settings *s)
{
	char *const texts[] = {s->path, s->name, s->language, s->contact, s->watch, s->unit,
		s->supervisor, s->admin, s->shared};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		free(texts[i]);
	time_zone_close(s->zone);
	memset(s, 0, sizeof *s);
}

bool settings_list_has(const char *list, const char *word)
{
	struct str rest = str_of(list);

	while (rest.n > 0) {
		struct str w = str_split(&rest, ' ');
		if (w.n > 0 && str_is(str_trim(w), word))
			return true;
	}
	return false;
}
