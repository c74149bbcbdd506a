/*
 * zone.c - the zone out of huiying.conf.
 */
#include "cli/zone.h"

#include "office/settings.h"

enum err_code zone_open(const struct path_home *home, struct zone *z, struct err *e)
{
	struct settings s;
	enum err_code rc = settings_load(home, &s, e);

	z->zone = NULL;
	if (rc == ERR_NOT_FOUND)
		return time_zone_open("Asia/Shanghai", &z->zone, e);
	if (rc)
		return rc;
	z->zone = s.zone;
	s.zone = NULL;
	settings_fini(&s);
	return ERR_OK;
}

void zone_close(struct zone *z)
{
	time_zone_close(z->zone);
	z->zone = NULL;
}
