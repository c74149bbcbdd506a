/*
 * rulebook.c - the archive of rules and the list of their installs.
 */
#include "ledger/rulebook.h"

#include <string.h>

#include "base/i18n.h"
#include "ledger/events.h"
#include "ledger/list.h"
#include "ledger/projection.h"

/* --- the projection --- */

static enum err_code need_all(const struct event *ev, const char *const keys[], const char **out,
	size_t count, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < count; i++)
		rc = events_need_str(ev, keys[i], &out[i], e);
	return rc;
}

static enum err_code apply_installed(struct db *db, const struct event *ev, struct err *e)
{
	static const char *const words[] = {
		"how", "file", "file_before", "file_after", "rules_before", "rules_after"};
	static const char *const numbers[] = {"lines_added", "lines_removed", "gained", "lost"};
	const char *w[sizeof words / sizeof *words];
	int64_t n[sizeof numbers / sizeof *numbers];
	enum err_code rc = need_all(ev, words, w, sizeof words / sizeof *words, e);

	for (size_t i = 0; !rc && i < sizeof numbers / sizeof *numbers; i++)
		rc = events_need_int(ev, numbers[i], &n[i], e);
	if (rc)
		return rc;
	return db_run(db, ST_RULE_INSTALL_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(ev->actor_name), DB_TEXT(w[0]),
			DB_TEXT(w[1]), DB_TEXT(w[2]), DB_TEXT(w[3]), DB_TEXT(w[4]), DB_TEXT(w[5]),
			DB_INT(n[0]), DB_INT(n[1]), DB_INT(n[2]), DB_INT(n[3])),
		e);
}

static const struct projection_kind kinds[] = {
	{"rules.installed/1", apply_installed},
	{"rules.applied/1", projection_nothing},
	{NULL, NULL},
};

static const struct projection_table tables[] = {
	{"rule_installs", "seq"},
	{NULL, NULL},
};

const struct projection_module rulebook_projection = {kinds, tables};

/* --- the archive --- */

static void hex_of(const void *text, size_t n, char hex[HASH_HEX_SIZE])
{
	struct hash h = hash_of(text, n);

	hash_to_hex(&h, hex);
}

enum err_code rulebook_keep_file(
	struct db *db, const char *text, size_t n, char hex[HASH_HEX_SIZE], struct err *e)
{
	hex_of(text, n, hex);
	return db_run(db, ST_RULE_FILE_ADD, DB_ARGS(DB_TEXT(hex), DB_BLOB(text, n)), e);
}

enum err_code rulebook_keep_set(struct db *db, const char *hash, const struct rulebook_file *files,
	size_t count, struct err *e)
{
	char hex[HASH_HEX_SIZE];
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < count; i++) {
		rc = rulebook_keep_file(db, files[i].text, files[i].size, hex, e);
		if (!rc)
			rc = db_run(db, ST_RULE_SET_ADD,
				DB_ARGS(DB_TEXT(hash), DB_INT((int64_t)i), DB_TEXT(files[i].name),
					DB_TEXT(hex)),
				e);
	}
	return rc;
}

enum err_code rulebook_has_set(struct db *db, const char *hash, bool *out, struct err *e)
{
	int64_t one;
	enum err_code rc = db_get_int(db, ST_RULE_SET_HAS, DB_ARGS(DB_TEXT(hash)), &one, e);

	*out = rc == ERR_OK;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err_code copy_blob(
	struct db_rows *q, int column, struct arena *a, struct str *out, struct err *e)
{
	out->n = db_size(q, column);
	out->p = arena_strndup(a, out->n ? db_blob(q, column) : "", out->n);
	return out->p ? ERR_OK : err_nomem(e);
}

enum err_code rulebook_file_get(
	struct db *db, const char *hash, struct arena *a, struct str *text, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_RULE_FILE_GET, DB_ARGS(DB_TEXT(hash)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		rc = copy_blob(&q, 0, a, text, e);
	}
	rc = db_end(&q, rc, e);
	return rc || found ? rc
			   : err_set(e, ERR_NOT_FOUND,
				     _("the rule file %.12s… is not in the archive"), hash);
}

enum err_code rulebook_set_get(struct db *db, const char *hash, struct arena *a,
	struct rulebook_file **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	enum err_code rc = db_query(db, ST_RULE_SET_GET, DB_ARGS(DB_TEXT(hash)), &q, e);

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(&q)) {
		struct rulebook_file *f = list_add(&l);
		struct str text = {NULL, 0};
		rc = f ? copy_blob(&q, 1, a, &text, e) : err_nomem(e);
		if (rc)
			break;
		*f = (struct rulebook_file){arena_strdup(a, db_text(&q, 0)), text.p, text.n};
		rc = f->name ? ERR_OK : err_nomem(e);
	}
	rc = db_end(&q, rc, e);
	*out = l.items;
	*count = l.count;
	if (!rc && !l.count)
		rc = err_set(e, ERR_NOT_FOUND, _("the rules %.12s… are not in the archive"), hash);
	return rc;
}

/* --- finding a version --- */

/* What sorts behind everything that begins with the prefix: 'g' follows the hex digits. */
static bool prefix_range(
	const char *prefix, char from[HASH_HEX_SIZE + 1], char to[HASH_HEX_SIZE + 1])
{
	struct str p = str_of(prefix);

	if (p.n < RULEBOOK_PREFIX_MIN || p.n >= HASH_HEX_SIZE)
		return false;
	for (size_t i = 0; i < p.n; i++) {
		char c = str_lower(p.p[i]);
		if (!str_is_digit((unsigned char)c) && (c < 'a' || c > 'f'))
			return false;
		from[i] = to[i] = c;
	}
	from[p.n] = '\0';
	to[p.n] = 'g';
	to[p.n + 1] = '\0';
	return true;
}

enum err_code rulebook_find(
	struct db *db, const char *prefix, char hash[HASH_HEX_SIZE], bool *is_set, struct err *e)
{
	char from[HASH_HEX_SIZE + 1], to[HASH_HEX_SIZE + 1];
	struct db_rows q = DB_ROWS_NONE;
	size_t found = 0;
	enum err_code rc;

	if (!prefix_range(prefix, from, to))
		return err_set(e, ERR_NOT_FOUND, _("“%s” is neither a file nor a version"), prefix);
	rc = db_query(db, ST_RULE_HASHES, DB_ARGS(DB_TEXT(from), DB_TEXT(to)), &q, e);
	while (!rc && db_next(&q)) {
		/* A set is no file, even if both had one hash. */
		if (found++ == 0) {
			strncpy(hash, db_text(&q, 0), HASH_HEX_SIZE - 1);
			hash[HASH_HEX_SIZE - 1] = '\0';
			*is_set = db_int(&q, 1) != 0;
		}
	}
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(e, ERR_NOT_FOUND, _("no version of the rules begins with %s"), prefix);
	if (!rc && found > 1)
		rc = err_set(e, ERR_REFUSED, _("several versions begin with %s; give more of it"),
			prefix);
	return rc;
}

enum err_code rulebook_set_of_file(
	struct db *db, const char *file_hash, char hash[HASH_HEX_SIZE], struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_RULE_SET_OF_FILE, DB_ARGS(DB_TEXT(file_hash)), &q, e);

	if (!rc && db_next(&q)) {
		found = true;
		strncpy(hash, db_text(&q, 0), HASH_HEX_SIZE - 1);
		hash[HASH_HEX_SIZE - 1] = '\0';
	}
	rc = db_end(&q, rc, e);
	return rc || found ? rc
			   : err_set(e, ERR_NOT_FOUND,
				     _("the rule file %.12s… was never installed"), file_hash);
}

/* --- installs --- */

static void read_install(struct db_rows *q, struct arena *a, struct rulebook_install *i)
{
	i->seq = db_int(q, 0);
	i->at = db_int(q, 1);
	i->by_name = arena_strdup(a, db_text(q, 2));
	i->how = arena_strdup(a, db_text(q, 3));
	i->name = arena_strdup(a, db_text(q, 4));
	i->file_before = arena_strdup(a, db_text(q, 5));
	i->file_after = arena_strdup(a, db_text(q, 6));
	i->rules_before = arena_strdup(a, db_text(q, 7));
	i->rules_after = arena_strdup(a, db_text(q, 8));
	i->added = db_int(q, 9);
	i->removed = db_int(q, 10);
	i->gained = db_int(q, 11);
	i->lost = db_int(q, 12);
}

enum err_code rulebook_installs(struct db *db, const char *name, struct arena *a,
	struct rulebook_install **out, size_t *count, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	enum err_code rc =
		db_query(db, ST_RULE_INSTALL_LIST, DB_ARGS(DB_TEXT(name ? name : "")), &q, e);

	list_init(&l, a, sizeof **out);
	while (!rc && db_next(&q)) {
		struct rulebook_install *i = list_add(&l);
		if (i)
			read_install(&q, a, i);
		if (!i || arena_failed(a))
			rc = err_nomem(e);
	}
	*out = l.items;
	*count = l.count;
	return db_end(&q, rc, e);
}

enum err_code rulebook_verify(struct db *db, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	char want[HASH_HEX_SIZE];
	enum err_code rc = db_query(db, ST_RULE_FILE_ALL, DB_NO_ARGS, &q, e);

	while (!rc && db_next(&q)) {
		const char *hash = db_text(&q, 0);
		hex_of(db_blob(&q, 1), db_size(&q, 1), want);
		if (strcmp(hash, want) != 0)
			rc = err_set(e, ERR_INTEGRITY,
				_("the archived rule file %.12s… has been changed"), hash);
	}
	return db_end(&q, rc, e);
}
