/*
 * json_split.h - an object taken apart by its members, so that a large file need not be
 * held as one tree.
 *
 * Only brackets, commas and strings are looked at: whether a member is JSON is for
 * json_read() to judge. All views are into the text.
 */
#ifndef BASE_JSON_SPLIT_H
#define BASE_JSON_SPLIT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

/* What stands between the braces of `text`, which is one object. False: it is none. */
bool json_split_open(struct str text, struct str *rest);
/* The next member, "key":value, with the key's quotes. ERR_NOT_FOUND: no more of them;
 * ERR_INPUT: it is damaged, and nobody knows where to go on. */
enum err_code json_split_next(struct str *rest, struct str *key, struct str *value);

#endif
