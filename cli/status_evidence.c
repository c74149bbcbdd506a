/*
 * status_evidence.c - are the files of evidence still what was taken in? At a glance.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/status_parts.h"
#include "office/evidence_files.h"

enum err_code status_evidence(struct status_part *p, struct err *e)
{
	struct evidence_files f;
	enum err_code rc = evidence_files_glance(p->office, &f, e);

	if (!rc && f.same + f.wrong)
		buf_addf(p->told,
			n_("evidence  %lld file\n", "evidence  %lld files\n", f.same + f.wrong),
			(long long)(f.same + f.wrong));
	if (!rc && f.wrong)
		buf_addf(p->wrong,
			n_("%lld file of evidence is not what it was (%s): huiying evidence check, "
			   "then take it back from a backup\n",
				"%lld files of evidence are not what they were (%s): huiying "
				"evidence "
				"check, then take them back from a backup\n",
				f.wrong),
			(long long)f.wrong, buf_str(&f.names));
	evidence_files_fini(&f);
	return rc;
}
