/*
 * show_item.h - `huiying show I…`: an item and the page behind it.
 */
#ifndef CLI_SHOW_ITEM_H
#define CLI_SHOW_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "cli/command.h"
#include "office/office.h"

/* With call->json as one object. why: what the rules said of it. */
enum err_code show_item(
	const struct call *call, struct office *o, int64_t id, bool why, struct err *e);

#endif
