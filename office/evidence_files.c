/*
 * evidence_files.c - comparing evidence/ with the ledger.
 */
#include "office/evidence_files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/time.h"
#include "ledger/redactions.h"
#include "office/evidence_copy.h"

#define NAMES_MAX ((size_t)1400) /* what an error's text has room for */
/* A copy is written when its event is, or when the fetcher's file is read: minutes later. */
#define WRITTEN_WITHIN 600

static bool is_page(const struct evidence_record *x)
{
	return strcmp(x->kind, "page") == 0;
}

static void tell(struct evidence_files *f, const struct evidence_record *x, const char *what)
{
	f->wrong++;
	if (f->names.len < NAMES_MAX)
		buf_addf(&f->names, "%s%s %s", f->names.len ? ", " : "", x->id, what);
}

static enum err_code read_one(
	struct office *o, const struct evidence_record *x, struct evidence_files *f, struct err *e)
{
	enum evidence_copy_state state = EVIDENCE_COPY_MISSING;
	enum err_code rc = evidence_copy_look(o, x, &state, e);

	f->read++;
	if (rc)
		return rc;
	if (state == EVIDENCE_COPY_MISSING)
		tell(f, x, _("is gone"));
	else if (state == EVIDENCE_COPY_CHANGED)
		tell(f, x, _("has been changed"));
	else
		f->same++;
	return ERR_OK;
}

/* What was found wrong before is read until it is right again. */
static bool is_doubtful(const struct evidence_record *x, const struct stat *st)
{
	int64_t taken = x->captured_at == TIME_NONE ? x->added_at : x->captured_at;

	return *x->file_state || (int64_t)st->st_mtime > taken + WRITTEN_WITHIN;
}

static enum err_code glance_at(
	struct office *o, const struct evidence_record *x, struct evidence_files *f, struct err *e)
{
	char *path;
	enum err_code rc = evidence_copy_path(o, x, "", &path, e);
	struct stat st;

	if (!rc && stat(path, &st) != 0)
		rc = read_one(o, x, f, e); /* gone, or why it cannot be told */
	else if (!rc && !is_page(x) && x->size != TIME_NONE && x->size != (int64_t)st.st_size)
		tell(f, x, _("has been changed"));
	else if (!rc && is_doubtful(x, &st))
		rc = read_one(o, x, f, e);
	else if (!rc)
		f->same++;
	free(path);
	return rc;
}

typedef enum err_code looker(
	struct office *, const struct evidence_record *, struct evidence_files *, struct err *);

static enum err_code look_at(struct office *o, const struct evidence_record *x, looker *look,
	struct evidence_files *f, struct err *e)
{
	bool erased = false;
	enum err_code rc = redactions_of_file(o->db, x->id, &erased, e);

	if (rc)
		return rc;
	if (!erased)
		return look(o, x, f, e);
	f->erased++;
	return ERR_OK;
}

static enum err_code look_at_all(
	struct office *o, looker *look, struct evidence_files *out, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct evidence_record *list = NULL;
	size_t n = 0;
	enum err_code rc = a ? evidence_to_check(o->db, a, &list, &n, e) : err_nomem(e);

	memset(out, 0, sizeof *out);
	buf_init(&out->names, 2 * NAMES_MAX);
	for (size_t i = 0; !rc && i < n; i++)
		rc = look_at(o, &list[i], look, out, e);
	arena_free(a);
	return rc;
}

enum err_code evidence_files_verify(struct office *o, struct evidence_files *out, struct err *e)
{
	return look_at_all(o, read_one, out, e);
}

enum err_code evidence_files_glance(struct office *o, struct evidence_files *out, struct err *e)
{
	return look_at_all(o, glance_at, out, e);
}

void evidence_files_fini(struct evidence_files *f)
{
	buf_fini(&f->names);
}

enum err_code evidence_files_judge(const struct evidence_files *f, struct err *e)
{
	if (!f->wrong)
		return ERR_OK;
	return err_set(e, ERR_INTEGRITY,
		n_("%lld file of evidence is not what it was: %s",
			"%lld files of evidence are not what they were: %s", f->wrong),
		(long long)f->wrong, buf_str(&f->names));
}
