/*
 * desk.c - reading [desk].
 */
#include "office/desk.h"

#include "base/conf.h"
#include "base/i18n.h"

#define IDLE 1800
#define IDLE_MIN 60

static const struct conf_key desk_keys[] = {
	{"idle", false},
	{"duty", false},
	{NULL, false},
};

static enum err_code read_section(
	const struct conf *c, const struct conf_section *s, struct desk *out, struct err *e)
{
	const struct conf_value *v = conf_find(s, "idle");
	enum err_code rc = conf_check(c, s, desk_keys, e);

	if (!rc)
		rc = conf_get_span(c, s, "idle", IDLE, &out->idle, e);
	if (!rc && v && out->idle < IDLE_MIN)
		rc = conf_error(c, v->line, v->column, e, _("idle is 1m or more"));
	return rc ? rc : conf_get_bool(c, s, "duty", false, &out->duty, e);
}

enum err_code desk_load(const struct office *o, struct desk *out, struct err *e)
{
	const struct conf_section *s;
	struct conf *c = NULL;
	enum err_code rc = conf_load(o->settings.path, &c, e);

	*out = (struct desk){.idle = IDLE};
	s = rc ? NULL : conf_section_find(c, "desk");
	if (s)
		rc = read_section(c, s, out, e);
	conf_free(c);
	return rc;
}
