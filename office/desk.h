/*
 * desk.h - [desk] of huiying.conf: how the duty desk works.
 */
#ifndef OFFICE_DESK_H
#define OFFICE_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

struct desk {
	int64_t idle; /* seconds without an act after which a row that was taken is free again */
	bool duty; /* somebody is always on duty: `status --check` says when nobody is */
};

enum err_code desk_load(const struct office *o, struct desk *out, struct err *e);

#endif
