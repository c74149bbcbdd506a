/*
 * sweep.h - what killed programs left behind: temporary files of files that are written whole
 * (base/path.h), in every place of an instance that has such files.
 */
#ifndef OFFICE_SWEEP_H
#define OFFICE_SWEEP_H

#include "base/err.h"
#include "office/office.h"

/* By tick. A place that cannot be swept is told in the log, and the others are. */
enum err_code office_sweep(struct office *o, struct err *e);

#endif
