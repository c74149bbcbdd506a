/*
 * upkeep.h - which of the registered channels have stood too long without news: a
 * column that is not kept up costs the office points (国办秘函〔2019〕19号) and trust.
 *
 * A channel is seen through its own feed or list page or through a source of
 * sources.conf that names it; one that nothing reads cannot be judged.
 */
#ifndef OFFICE_UPKEEP_H
#define OFFICE_UPKEEP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "office/channels.h"
#include "office/office.h"

enum upkeep_state {
	UPKEEP_KEPT, /* news within the limit, or no limit */
	UPKEEP_STALE, /* none within the limit */
	UPKEEP_UNSEEN, /* a limit, but nothing reads the channel yet */
};

struct upkeep {
	const struct channel *channel; /* the office's, as long as the office is open */
	int64_t newest; /* of what was published there; TIME_NONE: nothing known */
	size_t sources; /* that read it */
	enum upkeep_state state;
};

/* One for each channel, in the order of the file. */
enum err_code upkeep_list(
	struct office *o, struct arena *a, struct upkeep **out, size_t *count, struct err *e);

#endif
