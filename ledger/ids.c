/*
 * ids.c - reading and writing the names of records.
 */
#include "ledger/ids.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

/* Prefixes as written, and the short ones that people type. */
static const struct {
	const char *prefix;
	enum ids_type type;
	bool dashed;
} prefixes[] = {
	{"YQ", IDS_CASE, true},
	{"CN", IDS_COMMITMENT, true},
	{"HY", IDS_RESPONSE, true},
	{"ZJ", IDS_EVIDENCE, true},
	{"DB", IDS_ORDER, true},
	{"RW", IDS_TASK, true},
	{"DC", IDS_ROUND, true},
	{"YY", IDS_OBJECTION, true},
	{"A", IDS_ALERT, false},
	{"S", IDS_STORY, false},
	{"I", IDS_ITEM, false},
	{"C", IDS_COMMITMENT, false},
	{"R", IDS_RESPONSE, false},
	{"E", IDS_EVIDENCE, false},
	{"T", IDS_TASK, false},
};

/* "2026-000123", "000123" or "-123" behind a prefix. */
static bool parse_numbers(struct str s, bool years, struct ids *out)
{
	int64_t year = 0;
	size_t dash;

	if (s.n > 0 && s.p[0] == '-')
		s = str_sub(s, 1, s.n);
	dash = str_find(s, "-", 0);
	if (dash < s.n) {
		if (!years || dash != 4 || !str_to_int(str_sub(s, 0, 4), 1970, 9999, &year))
			return false;
		s = str_sub(s, 5, s.n);
	}
	for (size_t i = 0; i < s.n; i++)
		if (!str_is_digit((unsigned char)s.p[i]))
			return false;
	out->year = (int)year;
	return str_to_int(s, 1, 999999999, &out->number);
}

bool ids_parse(const char *s, struct ids *out)
{
	struct str all = str_of(s);

	memset(out, 0, sizeof *out);
	if (all.n > 0 && str_is_digit((unsigned char)all.p[0]))
		return parse_numbers(all, true, out);
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		size_t n = strlen(prefixes[i].prefix);
		if (!str_is_nocase(str_sub(all, 0, n), prefixes[i].prefix))
			continue;
		out->type = prefixes[i].type;
		return parse_numbers(str_sub(all, n, all.n), out->type >= IDS_CASE, out);
	}
	return false;
}

const char *ids_prefix(enum ids_type type)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (prefixes[i].type == type)
			return prefixes[i].prefix;
	return "";
}

void ids_format(enum ids_type type, int year, int64_t number, char out[IDS_SIZE])
{
	const char *prefix = ids_prefix(type);

	if (type >= IDS_CASE)
		snprintf(out, IDS_SIZE, "%s-%04d-%06lld", prefix, year, (long long)number);
	else
		snprintf(out, IDS_SIZE, "%s%lld", prefix, (long long)number);
}
