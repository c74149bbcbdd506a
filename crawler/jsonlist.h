/*
 * jsonlist.h - items out of the JSON that sites and programs answer with: hot-search
 * lists, Mastodon-like timelines, message boards.
 *
 * With paths (RFC 6901 JSON Pointers): `items` names the array, the others a value
 * within one of its elements; `link` may also be a template with pointers in braces,
 * "https://example.gov.cn/threads?tid={/tid}". Without paths the array is looked for
 * and members are known by their customary names. Times are text, or seconds or
 * milliseconds since 1970.
 */
#ifndef CRAWLER_JSONLIST_H
#define CRAWLER_JSONLIST_H

#include "crawler/document.h"

/* text: UTF-8. ERR_INPUT when it is no JSON or holds no items, ERR_CONFIG for a pointer
 * that is none. */
enum err_code jsonlist_parse(const struct document_input *in, const char *text, size_t n,
	struct arena *arena, struct document *out, struct err *e);
/* A JSON Pointer, or a template of them. */
bool jsonlist_is_path(const char *path);

#endif
