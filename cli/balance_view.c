/*
 * balance_view.c - showing the balance of the queue.
 */
#include "cli/balance_view.h"

#include "base/i18n.h"

void balance_view_add(
	struct buf *b, int64_t carried, int64_t fresh, const int64_t *out, int64_t open)
{
	buf_addf(b, _("carried over %lld + new %lld ="), (long long)carried, (long long)fresh);
	for (int i = 0; i < BALANCE_OUTCOMES; i++)
		buf_addf(b, " %s %lld +", balance_outcome(i), (long long)out[i]);
	buf_addf(b, _(" open %lld"), (long long)open);
}

void balance_view_put(
	struct json_writer *w, int64_t carried, int64_t fresh, const int64_t *out, int64_t open)
{
	json_put_int(w, "carried", carried);
	json_put_int(w, "new", fresh);
	json_key(w, "outcomes");
	json_begin_object(w);
	for (int i = 0; i < BALANCE_OUTCOMES; i++)
		json_put_int(w, balance_outcome(i), out[i]);
	json_end_object(w);
	json_put_int(w, "open", open);
}
