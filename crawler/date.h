/*
 * date.h - the dates that documents carry, to a moment.
 *
 * RFC 822/2822 with the usual damage, asctime, RFC 3339 / W3CDTF / ISO 8601 (basic,
 * week and ordinal forms too), database forms, seconds, milli-, micro- and nanoseconds
 * since 1970; Chinese absolute forms (2021年6月25日 09:30, 二〇二一年六月, 6月25日,
 * 民国110年, 09:30 2021-06-25, 下午三点半, a word around it: 发布时间：…, [2021-06-25]) but
 * none of the old calendar; relative ones (昨天 14:20, 3小时前, 1天2小时前, 刚刚, 上周五,
 * 2 hours ago; 几 counts as three); the year last (25.06.2021, 6/25/2021; 6/5/2021 may be
 * either and is none), months in a dozen languages, and the Korean and Hungarian forms of
 * some publishing programs. Without a zone a time is the office's (then CST is +08:00 if
 * the office is there); a date alone, or with 上午 and no clock, is local midnight. 晚上12点
 * is the next day's 0:00. A duration (3天, 一周), a period and a month alone are no dates.
 * Years 1 to 9999. Leap seconds count as the next second, 24:00 as the next day.
 */
#ifndef CRAWLER_DATE_H
#define CRAWLER_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"

#define DATE_TEXT_MAX 200 /* longer strings are no dates */

/* now: for relative dates and missing years; zone NULL is UTC. False: no date. */
bool date_parse(const char *s, size_t n, int64_t now, const struct time_zone *zone, int64_t *out);

#endif
