/*
 * taken.c - the figures of an ingest.
 */
#include "cli/taken.h"

#include <stdio.h>

#include "base/i18n.h"

void taken_put_json(struct json_writer *w, const struct ingest_result *r)
{
	json_put_int(w, "files", r->files);
	json_put_int(w, "known_files", r->known);
	json_put_int(w, "records", r->records);
	json_put_int(w, "items", r->counts.items);
	json_put_int(w, "revisions", r->counts.revisions);
	json_put_int(w, "alerts", r->counts.alerts);
	json_put_int(w, "failures", r->failures);
	json_put_int(w, "problems", r->problems);
}

void taken_print(const struct ingest_result *r)
{
	/* TRANSLATORS: the parts of one line, in this order. */
	printf(n_("%lld new item, %lld changed, ", "%lld new items, %lld changed, ",
		       r->counts.items),
		(long long)r->counts.items, (long long)r->counts.revisions);
	printf(n_("%lld alert; ", "%lld alerts; ", r->counts.alerts), (long long)r->counts.alerts);
	printf(n_("%lld fetch failed, ", "%lld fetches failed, ", r->failures),
		(long long)r->failures);
	printf(n_("%lld problem\n", "%lld problems\n", r->problems), (long long)r->problems);
	if (r->known)
		printf(_("files that were read before, and not again: %lld\n"),
			(long long)r->known);
}
