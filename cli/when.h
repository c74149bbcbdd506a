/*
 * when.h - how long ago, and how long still, in few characters: "3h20m", "2d4h".
 */
#ifndef CLI_WHEN_H
#define CLI_WHEN_H

#include <stdint.h>

#define WHEN_SIZE 64

/* "5m", "3h20m", "2d4h" of a length of time >= 0; translated. */
void when_format_span(int64_t seconds, char out[WHEN_SIZE]);
/* "in 3h20m" or "late 5m"; translated. */
void when_format_due(int64_t due, int64_t now, char out[WHEN_SIZE]);
/* The same of a limit: "in 3d2h (暂定)" when that is tentative, the year that is not listed. */
void when_format_limit(int64_t due, int64_t tentative, int64_t now, char out[WHEN_SIZE]);

#endif
