/*
 * closeness.h - does a text speak of a matter? The share of the matter's pairs of
 * neighbouring characters (as the matcher's shadow has them, without punctuation)
 * that occur in the text: 1 all of them, 0 none. Made for Chinese titles, which have no
 * words; a coarse measure that proposes and never decides.
 */
#ifndef MATCHER_CLOSENESS_H
#define MATCHER_CLOSENESS_H

#include "base/err.h"
#include "base/str.h"

#define CLOSENESS_PAIRS_MIN 4 /* a matter of fewer pairs says too little: 0 */

enum err_code closeness_of(struct str matter, struct str text, double *out, struct err *e);

#endif
