/*
 * create.c - making a new instance: directories, configuration to start from, ledger.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/instance.h"
#include "office/head_key.h"
#include "office/office.h"

#define DIR_MODE 02770
#define FILE_MODE 0660

static const char *const subdirs[] = {"spool", "archive", "evidence", "state", "local.d"};
/* Templates that the office will want to change. keywords.conf is not among them: the
 * shipped rules stay up to date, local.d/ holds what is the office's own. */
static const char *const templates[] = {"huiying.conf", "sources.conf", "units.conf",
	"channels.conf", "deadlines.conf", "holidays.conf", "supervision.conf", "procedure.conf"};

static enum err_code make_dirs(const char *dir, struct err *e)
{
	enum err_code rc = path_make_dirs(dir, DIR_MODE, e);

	for (size_t i = 0; !rc && i < sizeof subdirs / sizeof *subdirs; i++) {
		char *sub = path_join(dir, subdirs[i]);
		rc = sub ? path_make_dirs(sub, DIR_MODE, e) : err_nomem(e);
		free(sub);
	}
	return rc;
}

static enum err_code copy_template(
	const struct path_home *home, const char *dir, const char *name, struct err *e)
{
	char *from = path_join(home->shipped, name), *to = path_join(dir, name);
	struct buf b;
	enum err_code rc = from && to ? ERR_OK : err_nomem(e);

	buf_init(&b, (size_t)4 << 20);
	if (!rc && !path_exists(to) && path_exists(from)) {
		rc = path_read(from, &b, e);
		if (!rc)
			rc = path_write_atomic(to, buf_str(&b), b.len, FILE_MODE, e);
	}
	buf_fini(&b);
	free(from);
	free(to);
	return rc;
}

/* huiying-fetch, which does not read the ledger, looks for this file. */
static enum err_code write_marker(const char *dir, struct err *e)
{
	static const char text[] = "This instance is a demonstration.\n";
	char *path = path_join(dir, "demo");
	enum err_code rc =
		path ? path_write_atomic(path, text, sizeof text - 1, FILE_MODE, e) : err_nomem(e);

	free(path);
	return rc;
}

static enum err_code created_at(bool demo, int64_t *out, struct err *e)
{
	const char *given = getenv("HUIYING_NOW");

	*out = time_now();
	if (!given || !given[0])
		return ERR_OK;
	if (!demo)
		return err_set(e, ERR_DENIED,
			_("HUIYING_NOW is set, but this is no demonstration: unset it"));
	if (!time_parse_rfc3339(str_of(given), out))
		return err_set(e, ERR_USAGE, _("HUIYING_NOW: %s is no RFC 3339 time"), given);
	return ERR_OK;
}

/* The first event, in the maker's own name whatever the instance is. */
static enum err_code first_event(
	struct db *db, const struct path_home *home, const char *dir, bool demo, struct err *e)
{
	char key[SIGN_KEY_HEX];
	struct settings s;
	struct person p;
	struct buf actor;
	struct event_draft by = {0, NULL, "", NULL, NULL, NULL};
	enum err_code rc = settings_load(home, &s, e);

	if (rc)
		return rc;
	buf_init(&actor, 4096);
	memset(&p, 0, sizeof p);
	rc = created_at(demo, &by.at, e);
	if (!rc)
		rc = people_identify(&s, false, NULL, NULL, &p, e);
	if (!rc)
		rc = people_add_actor(&actor, &p, PEOPLE_ADMIN, e);
	by.actor = buf_str(&actor);
	if (!rc)
		rc = head_key_prepare(dir, key, e);
	if (!rc)
		rc = instance_create_with_key(db, &by, demo, s.name ? s.name : "", key, e);
	people_fini(&p);
	buf_fini(&actor);
	settings_fini(&s);
	return rc;
}

static enum err_code make_ledger(
	const struct path_home *home, const char *dir, bool demo, bool *fresh, struct err *e)
{
	char *path = path_join(dir, "ledger.db");
	struct arena *a = arena_new(65536);
	struct instance in;
	struct db *db = NULL;
	enum err_code rc = path && a ? db_open(path, DB_CREATE, &db, e) : err_nomem(e);

	if (!rc)
		rc = db_begin_write(db, e);
	if (!rc) {
		rc = instance_get(db, a, &in, e);
		*fresh = rc == ERR_NOT_FOUND;
	}
	if (!rc && in.demo != demo)
		rc = err_set(e, ERR_REFUSED,
			in.demo ? _("%s is a demonstration; make the real instance elsewhere")
				: _("%s is a real instance; make the demonstration elsewhere"),
			dir);
	if (rc == ERR_NOT_FOUND)
		rc = first_event(db, home, dir, demo, e);
	if (!rc)
		rc = db_commit(db, e);
	db_rollback(db);
	db_close(db);
	arena_free(a);
	free(path);
	return rc;
}

enum err_code office_create(
	const struct path_home *home, const char *dir, bool demo, bool *fresh, struct err *e)
{
	struct path_home here = *home;
	enum err_code rc;

	*fresh = false;
	rc = make_dirs(dir, e);
	if (!rc)
		rc = path_refuse_network_fs(dir, e);
	for (size_t i = 0; !rc && i < sizeof templates / sizeof *templates; i++)
		rc = copy_template(home, dir, templates[i], e);
	/* From here on the new directory's own huiying.conf counts. */
	here.home = (char *)(uintptr_t)dir;
	if (!rc)
		rc = make_ledger(&here, dir, demo, fresh, e);
	if (!rc && demo)
		rc = write_marker(dir, e);
	return rc;
}
