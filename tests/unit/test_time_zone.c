/*
 * test_time_zone.c - zone files: footers of every form, and damaged files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/path.h"
#include "base/time_zone.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void add_header(struct buf *b, char version, uint32_t times, uint32_t types)
{
	const uint32_t counts[] = {0, 0, 0, times, types, 4};

	buf_add(b, "TZif", 4);
	buf_add_char(b, version);
	buf_add(b, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15);
	for (size_t i = 0; i < COUNT(counts); i++) {
		char bytes[4] = {(char)(counts[i] >> 24), (char)(counts[i] >> 16),
			(char)(counts[i] >> 8), (char)counts[i]};
		buf_add(b, bytes, 4);
	}
}

static void add_type(struct buf *b, int32_t offset)
{
	uint32_t v = (uint32_t)offset;
	char bytes[6] = {(char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v, 0, 0};

	buf_add(b, bytes, 6);
}

/* A version 2 file without transitions, ruled by its footer alone. */
static enum err_code open_footer(const char *footer, struct time_zone **out)
{
	struct buf b;
	struct err e = {0};

	buf_init(&b, 65536);
	add_header(&b, '2', 0, 1);
	add_type(&b, 0);
	buf_add(&b, "XXX", 4);
	add_header(&b, '2', 0, 1);
	add_type(&b, 0);
	buf_add(&b, "XXX", 4);
	buf_addf(&b, "\n%s\n", footer);
	enum err_code rc = time_zone_parse("test", b.data, b.len, out, &e);
	buf_fini(&b);
	return rc;
}

static const struct {
	const char *footer, *utc;
	int offset;
} footers_rows[] = {
	{"CST-8", "2026-07-01T00:00:00Z", 28800},
	{"<+0545>-5:45", "2026-07-01T00:00:00Z", 20700},
	{"XXX3:30:15", "2026-07-01T00:00:00Z", -12615},
	{"EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18000},
	{"EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14400},
	{"EST5EDT,M3.2.0,M11.1.0", "2026-11-01T05:59:59Z", -14400},
	{"EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -18000},
	{"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 39600},
	{"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-06-01T00:00:00Z", 36000},
	/* the fifth Sunday is the last one, also of a month that has four */
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 3600},
	{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 7200},
	{"CET-1CEST,M2.5.0,M10.5.0/3", "2026-02-22T00:59:59Z", 3600},
	{"CET-1CEST,M2.5.0,M10.5.0/3", "2026-02-22T01:00:00Z", 7200},
	/* December, negative and large hours, days of the year with and without 29 February
	 */
	{"XXX0YYY,M12.5.6/0,J365/24", "2026-12-25T23:59:59Z", 0},
	{"XXX0YYY,M12.5.6/0,J365/24", "2026-12-26T00:00:00Z", 3600},
	{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200},
	{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600},
	{"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z", 7200},
	{"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 10800},
	{"XXX0YYY-2,J60/0,J300/0", "2024-03-01T00:00:00Z", 7200},
	{"XXX0YYY-2,J60/0,J300/0", "2024-02-29T23:59:59Z", 0},
	{"XXX0YYY-2,59/0,300/0", "2024-02-29T00:00:00Z", 7200},
	{"XXX3EDT4,0/0,J365/23", "2026-12-31T23:00:00Z", -14400},
	{"XXX3EDT4,0/0,J365/23", "2026-01-01T04:00:00Z", -14400},
	{"", "2026-01-01T04:00:00Z", 0},
};

static void test_footers(void **state)
{
	static const char *const bad[] = {"CS-8", "CST", "CST-25", "CST-8:60", "CST-8x", "EST5EDT",
		"EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M0.2.0,M11.1.0",
		"EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0",
		"EST5EDT,J0,J10", "EST5EDT,J366,J10", "EST5EDT,366,J10",
		"EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "<>5", "<+0", "5", "-"};

	(void)state;
	for (size_t i = 0; i < COUNT(footers_rows); i++) {
		struct time_zone *z = NULL;
		int64_t t = 0;
		assert_true(time_parse_rfc3339(str_of(footers_rows[i].utc), &t));
		assert_int_equal(open_footer(footers_rows[i].footer, &z), ERR_OK);
		if (time_zone_offset(z, t) != footers_rows[i].offset)
			fail_msg("%s %s: %d", footers_rows[i].footer, footers_rows[i].utc,
				time_zone_offset(z, t));
		time_zone_close(z);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct time_zone *z = NULL;
		if (open_footer(bad[i], &z) != ERR_INPUT)
			fail_msg("accepted \"%s\"", bad[i]);
	}
}

/* Version 1 files have 32-bit times and no footer. */
static void test_version_1(void **state)
{
	struct buf b;
	struct err e = {0};
	struct time_zone *z = NULL;

	(void)state;
	buf_init(&b, 65536);
	add_header(&b, '\0', 1, 2);
	buf_add(&b, "\0\0\x0e\x10\1", 5); /* at 3600: type 1 */
	add_type(&b, 60);
	add_type(&b, 120);
	buf_add(&b, "XXX", 4);
	assert_int_equal(time_zone_parse("one", b.data, b.len, &z, &e), ERR_OK);
	assert_int_equal(time_zone_offset(z, 3599), 60);
	assert_int_equal(time_zone_offset(z, 3600), 120);
	assert_int_equal(time_zone_offset(z, INT64_MAX), 120);
	assert_int_equal(time_zone_offset(z, INT64_MIN), 60);
	time_zone_close(z);
	b.data[b.len - 4 - 6] = 0x7f; /* an offset beyond 26 hours */
	assert_int_equal(time_zone_parse("one", b.data, b.len, &z, &e), ERR_INPUT);
	buf_fini(&b);
}

/* Every cut and every changed byte of a real file is refused or read, in bounds. */
static void test_damaged(void **state)
{
	struct buf b;
	struct err e = {0};

	(void)state;
	buf_init(&b, TIME_ZONE_FILE_MAX);
	assert_int_equal(path_read("/usr/share/zoneinfo/America/New_York", &b, &e), ERR_OK);
	for (size_t n = 0; n < b.len; n++) {
		struct time_zone *z = NULL;
		char *copy = malloc(n + 1); /* so that a sanitizer sees a read past the end */
		assert_non_null(copy);
		memcpy(copy, b.data, n);
		if (time_zone_parse("cut", copy, n, &z, &e) == ERR_OK)
			fail_msg("a file cut at %zu was accepted", n);
		free(copy);
	}
	for (size_t i = 0; i < b.len; i++) {
		for (int bit = 0; bit < 8; bit++) {
			struct time_zone *z = NULL;
			b.data[i] = (char)(b.data[i] ^ (1 << bit));
			if (time_zone_parse("bent", b.data, b.len, &z, &e) == ERR_OK) {
				int o = time_zone_offset(z, INT64_C(4102444800));
				assert_in_range(o + 100000, 0, 200000);
			}
			time_zone_close(z);
			b.data[i] = (char)(b.data[i] ^ (1 << bit));
		}
	}
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_footers),
		cmocka_unit_test(test_version_1),
		cmocka_unit_test(test_damaged),
	};

	return cmocka_run_group_tests_name("time_zone", tests, NULL, NULL);
}
