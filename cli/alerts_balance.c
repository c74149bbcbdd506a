/*
 * alerts_balance.c - the balance of the queue for a span of time.
 */
#include "cli/alerts_balance.h"

#include <stdio.h>

#include "base/i18n.h"
#include "base/time.h"
#include "cli/balance_view.h"
#include "cli/done.h"
#include "cli/json_out.h"
#include "cli/session.h"

static enum err_code read_range(
	const struct call *call, struct office *o, int64_t *from, int64_t *to, struct err *e)
{
	enum err_code rc = done_time(call, o, "from", from, e);

	if (!rc)
		rc = done_time(call, o, "to", to, e);
	if (!rc && *to == TIME_NONE)
		*to = INT64_MAX;
	if (!rc && *from > *to)
		rc = err_set(e, ERR_USAGE, _("--from lies behind --to"));
	return rc;
}

/* What the moves add up to must be what the queue shows. */
static enum err_code check_open(struct office *o, const struct balance *b, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	int64_t open = 0;
	enum err_code rc = db_query(o->db, ST_ALERT_COUNTS, DB_NO_ARGS, &q, e);

	if (!rc && db_next(&q))
		open = db_int(&q, 1);
	rc = db_end(&q, rc, e);
	if (!rc && open != b->open)
		rc = err_set(e, ERR_INTEGRITY,
			_("the queue holds %lld rows, its moves add up to %lld: huiying audit "
			  "rebuild"),
			(long long)open, (long long)b->open);
	return rc;
}

static void print_balance(const struct balance *b)
{
	struct buf line;

	buf_init(&line, 4096);
	balance_view_add(&line, b->carried, balance_new(b), b->out, b->open);
	puts(buf_str(&line));
	printf(_("new: raised %lld, came back %lld, opened again %lld, dismissal undone %lld, "
		 "split off %lld\n"),
		(long long)b->in[BALANCE_RAISED], (long long)b->in[BALANCE_RETURNED],
		(long long)b->in[BALANCE_REOPENED], (long long)b->in[BALANCE_UNDONE],
		(long long)b->in[BALANCE_SPLIT]);
	buf_fini(&line);
}

static enum err_code print_balance_json(
	const struct balance *b, int64_t from, int64_t to, struct err *e)
{
	struct json_out out;
	struct json_writer *w = json_out_begin(&out);

	json_put_time(w, "from", from);
	json_put_time(w, "to", to == INT64_MAX ? TIME_NONE : to);
	balance_view_put(w, b->carried, balance_new(b), b->out, b->open);
	json_key(w, "new_by");
	json_begin_object(w);
	for (int i = 0; i < BALANCE_INS; i++)
		json_put_int(w, balance_in_name(i), b->in[i]);
	json_end_object(w);
	return json_out_end(&out, ERR_OK, e);
}

enum err_code alerts_balance_run(struct call *call, struct err *e)
{
	struct office *o = NULL;
	struct balance b;
	int64_t from, to;
	enum err_code rc = session_open(call, true, &o, e);

	if (!rc)
		rc = read_range(call, o, &from, &to, e);
	if (!rc)
		rc = db_begin_read(o->db, e);
	if (!rc)
		rc = balance_between(o->db, from, to, &b, e);
	if (!rc && to == INT64_MAX)
		rc = check_open(o, &b, e);
	if (!rc && call->json)
		rc = print_balance_json(&b, from, to, e);
	else if (!rc)
		print_balance(&b);
	office_close(o);
	return rc;
}
