/*
 * register.h - a matter that no source brings: by phone, on paper, a leader's link
 * (人工登记). It enters the queue like any other; a person has discovered it.
 */
#ifndef OFFICE_REGISTER_H
#define OFFICE_REGISTER_H

#include <stdint.h>

#include "base/err.h"
#include "office/office.h"

struct office_registration {
	const char *url; /* NULL: none */
	const char *title; /* required */
	const char *text; /* what was said, or NULL */
	const char *place; /* or NULL; joins the text, so that rules see it */
	const char *told_by; /* post that told it, or NULL: no names of private persons */
	const char *grade; /* NULL: as the rules suggest */
	const char *topic; /* name or code; NULL: as the rules say */
	int64_t published_at; /* TIME_NONE: not known */
};

/* The matter becomes a story with one alert a topic; when no rule hits, one alert of the
 * topic 人工登记. A page that stands in the queue or belongs to a case is refused with its
 * row. */
enum err_code office_register(struct office *o, const struct office_registration *in,
	int64_t *story, int64_t *first_alert, struct err *e);

#endif
