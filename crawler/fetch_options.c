/*
 * fetch_options.c - command line and configuration of huiying-fetch.
 */
#include "crawler/fetch_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"

static const struct conf_key fetch_keys[] = {
	{"concurrency", false},
	{"host_interval_ms", false},
	{"connect_timeout", false},
	{"timeout", false},
	{"low_speed_time", false},
	{"deadline", false},
	{"free_mib", false},
	{"allow_private", false},
	{"patience", false},
	{"adaptive", false},
	{"night", false},
	{"night_hours", false},
	{NULL, false},
};

static const struct conf_key host_keys[] = {
	{"interval_ms", false},
	{"night", false},
	{"night_hours", false},
	{NULL, false},
};

#define HOST_PREFIX "host "
#define INTERVAL_MAX 600000

/* ---- command line ------------------------------------------------------- */

static enum err_code add_to(const char **list, size_t *count, const char *value, struct err *e)
{
	if (*count == FETCH_OPTIONS_LIST_MAX)
		return err_set(e, ERR_USAGE, _("an option is given more than %d times"),
			FETCH_OPTIONS_LIST_MAX);
	list[(*count)++] = value;
	return ERR_OK;
}

static bool take_switch(struct fetch_options *o, const char *word)
{
	const struct {
		const char *word;
		bool *flag;
	} switches[] = {
		{"--all", &o->all},
		{"--wanted-only", &o->wanted_only},
		{"--no-wanted", &o->no_wanted},
		{"-q", &o->quiet},
		{"--quiet", &o->quiet},
		{"-v", &o->verbose},
		{"--verbose", &o->verbose},
		{"-h", &o->help},
		{"--help", &o->help},
		{"--version", &o->version},
	};

	for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
		if (strcmp(word, switches[i].word) == 0) {
			*switches[i].flag = true;
			return true;
		}
	}
	return false;
}

static enum err_code take_value(
	struct fetch_options *o, struct str name, const char *value, struct err *e)
{
	int64_t fd;

	if (str_is(name, "--source"))
		return add_to(o->sources, &o->source_count, value, e);
	if (str_is(name, "--allow-private"))
		return add_to(o->allow_private, &o->private_count, value, e);
	if (str_is(name, "--home"))
		o->home = value;
	else if (str_is(name, "--spool"))
		o->spool = value;
	else if (str_is(name, "--state"))
		o->state = value;
	else if (str_is(name, "--wanted"))
		o->wanted = value;
	else if (!str_to_int(str_of(value), 0, 1 << 20, &fd))
		return err_set(e, ERR_USAGE, _("--progress-fd needs a number"));
	else
		o->progress_fd = (int)fd;
	return ERR_OK;
}

static bool takes_value(struct str name)
{
	static const char *const names[] = {"--source", "--allow-private", "--home", "--spool",
		"--state", "--wanted", "--progress-fd"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

enum err_code fetch_options_parse(int argc, char **argv, struct fetch_options *out, struct err *e)
{
	enum err_code rc = ERR_OK;

	memset(out, 0, sizeof *out);
	out->progress_fd = -1;
	for (int i = 1; i < argc && !rc; i++) {
		struct str word = str_of(argv[i]);
		size_t equals = str_find(word, "=", 0);
		struct str name = str_sub(word, 0, equals);
		if (take_switch(out, argv[i]))
			continue;
		if (!takes_value(name))
			return err_set(e, ERR_USAGE, _("unknown argument %s"), argv[i]);
		if (equals < word.n)
			rc = take_value(out, name, argv[i] + equals + 1, e);
		else if (i + 1 < argc)
			rc = take_value(out, name, argv[++i], e);
		else
			rc = err_set(e, ERR_USAGE, _("%s needs a value"), argv[i]);
	}
	if (!rc && out->wanted_only && out->no_wanted)
		rc = err_set(e, ERR_USAGE, _("--wanted-only and --no-wanted exclude each other"));
	if (!rc && out->wanted_only && out->source_count)
		rc = err_set(e, ERR_USAGE, _("--wanted-only and --source exclude each other"));
	return rc;
}

/* ---- huiying.conf ------------------------------------------------------- */

static enum err_code read_span(const struct fetch_config *c, const struct conf_section *s,
	const char *key, int64_t max, int64_t *value, struct err *e)
{
	const struct conf_value *v = conf_find(s, key);
	enum err_code rc = conf_get_span(c->conf, s, key, *value, value, e);

	if (!rc && (*value < 1 || *value > max))
		rc = conf_error(c->conf, v ? v->line : s->line, v ? v->column : 1, e,
			_("%s must be from 1 to %lld seconds"), key, (long long)max);
	return rc;
}

static enum err_code read_night(const struct fetch_config *c, const struct conf_section *s,
	enum night_mode *mode, struct night *hours, bool *has_hours, struct err *e)
{
	const struct conf_value *m = conf_find(s, "night"), *h = conf_find(s, "night_hours");

	if (m && !night_mode_of(m->value, mode))
		return conf_error(c->conf, m->line, m->column, e,
			_("night must be normal, slow, no or only"));
	if (h && !night_parse(h->value, hours))
		return conf_error(c->conf, h->line, h->column, e,
			_("night_hours must be two times like 23:00-06:00"));
	*has_hours = h != NULL;
	return ERR_OK;
}

static enum err_code read_host(const struct fetch_config *c, const struct conf_section *s,
	struct host_rule *out, struct err *e)
{
	enum err_code rc = conf_check(c->conf, s, host_keys, e);

	out->name = s->name + strlen(HOST_PREFIX);
	while (*out->name == ' ' || *out->name == '\t')
		out->name++;
	if (!rc && (!*out->name || strpbrk(out->name, "/ :")))
		rc = conf_error(c->conf, s->line, 1, e,
			_("[%s]: wanted is a host name without scheme, port and path"), s->name);
	if (!rc)
		rc = conf_get_int(
			c->conf, s, "interval_ms", 0, INTERVAL_MAX, -1, &out->interval_ms, e);
	return rc ? rc : read_night(c, s, &out->night, &out->hours, &out->has_hours, e);
}

static enum err_code read_hosts(struct fetch_config *c, struct err *e)
{
	size_t n = conf_section_count(c->conf);
	enum err_code rc = ERR_OK;

	c->hosts = calloc(n ? n : 1, sizeof *c->hosts);
	if (!c->hosts)
		return err_nomem(e);
	for (size_t i = 0; i < n && !rc; i++) {
		const struct conf_section *s = conf_section_at(c->conf, i);
		if (strncmp(s->name, HOST_PREFIX, strlen(HOST_PREFIX)) == 0)
			rc = read_host(c, s, &c->hosts[c->host_count++], e);
	}
	return rc;
}

static enum err_code read_fetch(struct fetch_config *c, const struct conf_section *s, struct err *e)
{
	bool has_hours;
	enum err_code rc = conf_check(c->conf, s, fetch_keys, e);

	if (!rc)
		rc = conf_get_int(
			c->conf, s, "concurrency", 1, 256, c->concurrency, &c->concurrency, e);
	if (!rc)
		rc = conf_get_int(c->conf, s, "host_interval_ms", 0, INTERVAL_MAX,
			c->host_interval_ms, &c->host_interval_ms, e);
	if (!rc)
		rc = conf_get_int(c->conf, s, "free_mib", 0, 1 << 24, c->free_mib, &c->free_mib, e);
	if (!rc)
		rc = read_span(c, s, "connect_timeout", 120, &c->connect_timeout, e);
	if (!rc)
		rc = read_span(c, s, "timeout", 600, &c->timeout, e);
	if (!rc)
		rc = read_span(c, s, "low_speed_time", 600, &c->low_speed_time, e);
	if (!rc)
		rc = read_span(c, s, "deadline", 86400, &c->deadline, e);
	if (!rc)
		rc = read_span(c, s, "patience", 86400, &c->patience, e);
	if (!rc)
		rc = conf_get_bool(c->conf, s, "adaptive", true, &c->adaptive, e);
	if (!rc)
		rc = read_night(c, s, &c->night, &c->night_hours, &has_hours, e);
	c->allow_private = conf_get(s, "allow_private", NULL);
	return rc;
}

enum err_code fetch_config_load(
	const struct path_home *home, struct fetch_config *out, struct err *e)
{
	const struct conf_section *s;
	char *path = NULL;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	out->concurrency = 16;
	out->host_interval_ms = 1000;
	out->connect_timeout = 10;
	out->timeout = 60;
	out->low_speed_time = 20;
	out->deadline = 1800;
	out->free_mib = 256;
	out->patience = 300;
	out->adaptive = true;
	out->night = NIGHT_NORMAL;
	out->night_hours = night_usual();
	rc = path_find(home, "huiying.conf", &path, e);
	if (rc == ERR_NOT_FOUND)
		return ERR_OK;
	if (!rc)
		rc = conf_load(path, &out->conf, e);
	free(path);
	if (rc)
		return rc;
	s = conf_section_find(out->conf, "office");
	out->language = s ? conf_get(s, "language", NULL) : NULL;
	out->office = s ? conf_get(s, "name", NULL) : NULL;
	out->contact = s ? conf_get(s, "contact", NULL) : NULL;
	out->zone = s ? conf_get(s, "zone", NULL) : NULL;
	rc = read_hosts(out, e);
	s = conf_section_find(out->conf, "fetch");
	return !rc && s ? read_fetch(out, s, e) : rc;
}

void fetch_config_fini(struct fetch_config *c)
{
	conf_free(c->conf);
	c->conf = NULL;
	free(c->hosts);
	c->hosts = NULL;
	c->host_count = 0;
}
