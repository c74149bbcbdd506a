/*
 * show_care.c - of a case, whether it is withheld from the public.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/output.h"
#include "cli/show_case_json.h"
#include "ledger/withheld.h"

static void put_words(const struct show *s, const struct withheld *x)
{
	output_fact_time(stdout, _("withheld"), x->at, s->office->settings.zone);
	output_fact(stdout, _("  by"), x->by_name);
	output_fact(stdout, _("  reason"), x->reason);
}

static void put_json(struct json_writer *w, const struct withheld *x)
{
	json_key(w, "withheld");
	json_begin_object(w);
	json_put_time(w, "at", x->at);
	json_put_str(w, "by", x->by_name);
	json_put_str(w, "reason", x->reason);
	json_end_object(w);
}

enum err_code show_withheld(
	const struct show *s, const struct case_record *c, struct json_writer *w, struct err *e)
{
	struct withheld *list = NULL;
	size_t count = 0;
	enum err_code rc = withheld_list(s->office->db, c->id, s->arena, &list, &count, e);

	if (!rc && count && w)
		put_json(w, list);
	else if (!rc && count)
		put_words(s, list);
	return rc;
}
