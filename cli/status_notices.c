/*
 * status_notices.c - what `huiying status` says of messages to people.
 */
#include "base/i18n.h"
#include "base/time.h"
#include "cli/status_parts.h"
#include "ledger/outbox.h"

#define WAITING_TOO_LONG 900

enum err_code status_notices(struct status_part *p, struct err *e)
{
	struct outbox_counts c = {.oldest = TIME_NONE, .last_sent = TIME_NONE};
	int64_t now = office_now(p->office);
	enum err_code rc = outbox_count(p->office->db, &c, e);

	if (rc)
		return rc;
	if (c.unknown)
		buf_addf(p->wrong,
			n_("%lld message may not have arrived: huiying notify list --failed\n",
				"%lld messages may not have arrived: huiying notify list "
				"--failed\n",
				c.unknown),
			(long long)c.unknown);
	if (c.failed)
		buf_addf(p->wrong,
			n_("%lld message could not be delivered: huiying notify list --failed\n",
				"%lld messages could not be delivered: huiying notify list "
				"--failed\n",
				c.failed),
			(long long)c.failed);
	if (c.partly)
		buf_addf(p->wrong,
			n_("%lld message did not reach all its receivers: huiying notify list "
			   "--failed\n",
				"%lld messages did not reach all their receivers: huiying notify "
				"list --failed\n",
				c.partly),
			(long long)c.partly);
	if (c.oldest != TIME_NONE && now - c.oldest > WAITING_TOO_LONG)
		buf_addf(p->wrong, "%s\n", _("messages wait for huiying-send: does it run?"));
	return ERR_OK;
}
