/*
 * zone.h - the office's time zone for commands that need no instance.
 */
#ifndef CLI_ZONE_H
#define CLI_ZONE_H

#include "base/err.h"
#include "base/path.h"
#include "base/time.h"

struct zone {
	struct time_zone *zone;
};

/* That of huiying.conf; Asia/Shanghai when there is no huiying.conf. */
enum err_code zone_open(const struct path_home *home, struct zone *z, struct err *e);
void zone_close(struct zone *z); /* a zeroed one is fine */

#endif
