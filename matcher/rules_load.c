/*
 * rules_load.c - the rule set in use, read and compiled.
 */
#include "matcher/match.h"
#include "matcher/rules_files.h"

enum err_code rules_load(const struct path_home *home, const char *file, struct rules **out,
	struct buf *report, struct err *e)
{
	struct rules_files files;
	enum err_code rc = rules_files_read(home, file, &files, e);

	*out = NULL;
	if (!rc)
		rc = rules_files_compile(&files, out, report, e);
	rules_files_fini(&files);
	return rc;
}
