/*
 * register.h - a matter that no source brings: by phone, on paper, a leader's link
 * (人工登记). It is taken in like any other item - rules, same story - and a person has
 * discovered it.
 */
#ifndef OFFICE_REGISTER_H
#define OFFICE_REGISTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mask.h"
#include "ledger/ids.h"
#include "office/act.h"
#include "office/office.h"

struct office_registration {
	const char *url; /* NULL: none */
	const char *title; /* required */
	const char *text; /* what was said, or NULL */
	const char *place; /* or NULL; joins the text, so that rules see it */
	const char *told_by; /* post that told it, or NULL: no names of private persons */
	const char *grade; /* at least this one; NULL: as the rules suggest */
	const char *topic; /* name or code, besides what the rules say; or NULL */
	const char *screenshot; /* file that shows it, or NULL: becomes evidence */
	int64_t published_at; /* TIME_NONE: not known */
};

struct office_registered {
	int64_t story, alert; /* alert: the first of the story */
	bool joined; /* the story was there before */
	char outcome[64]; /* of a story that was decided already; "" */
	bool back; /* it was, and has come back into the queue */
	char evidence[IDS_SIZE]; /* "" without a screenshot */
	struct mask_counts masked; /* personal data in title and text, hidden */
};

/* The matter becomes a story with one alert a topic, or joins the story it is a copy of;
 * when no rule hits, one alert of the topic 人工登记. A page that stands in the queue or
 * belongs to a case is refused with its row. The screenshot is copied into evidence/ with its
 * SHA-256. */
enum err_code office_register(struct office *o, const struct office_registration *in,
	struct office_registered *out, struct err *e);

/* The same as a part of another act. */
void register_in_act(
	struct act *a, const struct office_registration *in, struct office_registered *out);

/* Does it name a post (值班电话, 市信访局), not a person or a telephone? ERR_USAGE. */
enum err_code office_register_check_post(const char *told_by, struct err *e);

#endif
