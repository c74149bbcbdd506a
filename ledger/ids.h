/*
 * ids.h - how records are called (DESIGN §6.8): "A12" "S12" "I12" for alerts, stories
 * and items; "YQ-2026-000123" case, "CN-" commitment, "HY-" response, "ZJ-" evidence,
 * "DB-" order of supervision, "RW-" task of a plan, "DC-" round of checking, "YY-"
 * objection. Read without regard to case; zeros may be left out and so may the year
 * (then 0 is reported and the caller looks for the only or newest match): "yq-123",
 * "c45" (commitment), "r7" (response), "e3" (evidence), "t33" (task), "123".
 */
#ifndef LEDGER_IDS_H
#define LEDGER_IDS_H

#include <stdbool.h>
#include <stdint.h>

#define IDS_SIZE 32

enum ids_type {
	IDS_PLAIN,
	IDS_ALERT,
	IDS_STORY,
	IDS_ITEM,
	IDS_CASE,
	IDS_COMMITMENT,
	IDS_RESPONSE,
	IDS_EVIDENCE,
	IDS_ORDER, /* of supervision */
	IDS_TASK,
	IDS_ROUND,
	IDS_OBJECTION
};

struct ids {
	enum ids_type type; /* IDS_PLAIN: a bare number, meaning what the command expects */
	int year; /* 0: not given, or a type without years */
	int64_t number; /* 1 … 999999999 */
};

bool ids_parse(const char *s, struct ids *out);
/* "YQ" for IDS_CASE …; the prefix to hand to projection_id_next(). */
const char *ids_prefix(enum ids_type type);
void ids_format(enum ids_type type, int year, int64_t number, char out[IDS_SIZE]);

#endif
