/*
 * mask.h - personal data in free text, found and hidden (个人信息保护法, 国办发〔2018〕23号).
 *
 * Hidden are identity numbers (GB 11643: region, birth date and check digit; 15-digit
 * ones), mobile numbers (+86 too), landlines with their area code, bank cards (16-19
 * digits, Luhn), number plates, e-mail addresses, QQ and WeChat ids, passports, and names
 * behind a label such as 联系人：. Digits may be full-width, grouped by blanks or hyphens,
 * and hold invisible characters. Kept: unified social credit codes, hotlines (12345,
 * 12333, 400-…), amounts of money, dates, and what the caller names.
 *
 * A hidden part becomes "***", a name keeps its first character (张某). The result is
 * stable: masking it again finds nothing. Linear in n. Pure; no state.
 */
#ifndef BASE_MASK_H
#define BASE_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum mask_kind {
	MASK_IDENTITY,
	MASK_MOBILE,
	MASK_LANDLINE,
	MASK_CARD,
	MASK_PLATE,
	MASK_EMAIL,
	MASK_ACCOUNT, /* QQ, WeChat */
	MASK_PASSPORT,
	MASK_NAME,
	MASK_KINDS
};

struct mask_counts {
	size_t of[MASK_KINDS];
};

/* Numbers that stay, whatever they look like: the office's own. Only digits count. */
struct mask_keep {
	const char *const *numbers;
	size_t count;
};

/* Appends s masked. s is valid UTF-8; keep may be NULL; counts (may be NULL) are added
 * to. Lack of memory is out's fault. */
void mask_add(struct buf *out, const char *s, size_t n, const struct mask_keep *keep,
	struct mask_counts *counts);

size_t mask_total(const struct mask_counts *c);
/* "identity", "mobile" …: for JSON; "?" beyond. */
const char *mask_kind_name(enum mask_kind k);

/* The 18 characters end in the right check digit, hold a region and a birth date. */
bool mask_is_identity(const char *digits, size_t n);

#endif
