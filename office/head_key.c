/*
 * head_key.c - making, reading and using the key of the head.
 */
#include "office/head_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "ledger/head.h"
#include "office/act.h"

#define SECRET_DIR "keys"
#define SECRET "keys/head.key"
#define NEXT_SECRET "keys/head.key.next"
#define PUBLIC "head.pub"

/* --- the secret --- */

static enum err_code read_secret(int fd, const char *path, struct sign_seed *out, struct err *e)
{
	char text[SIGN_KEY_HEX + 8];
	struct stat st;
	ssize_t n = read(fd, text, sizeof text);
	struct str s = {text, n > 0 ? (size_t)n : 0};
	enum err_code rc = ERR_OK;

	s = str_trim(s);
	if (n < 0)
		rc = err_errno(e, errno, _("cannot read %s"), path);
	else if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		rc = err_set(e, ERR_IO, _("%s is not a file"), path);
	else if (st.st_mode & (S_IWGRP | S_IROTH | S_IWOTH))
		rc = err_set(e, ERR_DENIED,
			_("%s may be read by others: the key is no secret any more; make another "
			  "one (“huiying audit key --new”)"),
			path);
	else if (!sign_seed_from_hex(s.p, s.n, out))
		rc = err_set(e, ERR_INPUT, _("%s holds no key"), path);
	explicit_bzero(text, sizeof text);
	return rc;
}

/* ERR_NOT_FOUND: there is none. */
static enum err_code load_secret(const char *path, struct sign_seed *out, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	enum err_code rc;

	if (fd < 0 && errno == EACCES)
		return err_set(e, ERR_DENIED,
			_("this login may not read the secret %s: the head is signed by the one "
			  "that owns it"),
			path);
	if (fd < 0)
		return err_errno(e, errno, _("cannot read %s"), path);
	rc = read_secret(fd, path, out, e);
	close(fd);
	return rc;
}

static enum err_code store_secret(const char *path, const struct sign_seed *seed, struct err *e)
{
	char hex[SIGN_KEY_HEX];
	enum err_code rc;

	sign_seed_to_hex(seed, hex);
	hex[SIGN_KEY_HEX - 1] = '\n';
	rc = path_write_atomic(path, hex, sizeof hex, 0400, e);
	explicit_bzero(hex, sizeof hex);
	return rc;
}

static enum err_code make_secret(const char *path, char key[SIGN_KEY_HEX], struct err *e)
{
	struct sign_seed seed;
	enum err_code rc;

	sign_new_seed(&seed);
	sign_public(&seed, key);
	rc = store_secret(path, &seed, e);
	sign_forget(&seed);
	return rc;
}

/* Nobody but its owner looks into it, whatever the umask. */
static enum err_code make_secret_dir(const char *home, struct err *e)
{
	char *dir = path_join(home, SECRET_DIR);
	enum err_code rc = dir ? ERR_OK : err_nomem(e);

	if (!rc && mkdir(dir, 0700) != 0 && errno != EEXIST)
		rc = err_errno(e, errno, _("cannot make %s"), dir);
	if (!rc && chmod(dir, 0700) != 0)
		rc = err_errno(e, errno, _("cannot close %s to others"), dir);
	free(dir);
	return rc;
}

static enum err_code store_public(const char *home, const char *key, struct err *e)
{
	char text[SIGN_KEY_HEX];
	char *path = path_join(home, PUBLIC);
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	memcpy(text, key, SIGN_KEY_HEX - 1);
	text[SIGN_KEY_HEX - 1] = '\n';
	if (!rc)
		rc = path_write_atomic(path, text, sizeof text, 0444, e);
	free(path);
	return rc;
}

enum err_code head_key_prepare(const char *dir, char key[SIGN_KEY_HEX], struct err *e)
{
	char *path = path_join(dir, SECRET);
	struct sign_seed seed;
	enum err_code rc = path ? make_secret_dir(dir, e) : err_nomem(e);

	if (!rc && !path_exists(path)) {
		rc = make_secret(path, key, e);
	} else if (!rc) {
		rc = load_secret(path, &seed, e);
		if (!rc)
			sign_public(&seed, key);
		sign_forget(&seed);
	}
	if (!rc)
		rc = store_public(dir, key, e);
	free(path);
	return rc;
}

/* --- of an instance --- */

enum err_code office_head_key(struct office *o, struct head_key *out, struct err *e)
{
	enum err_code rc = head_keys_last(o->db, out, e);

	if (rc == ERR_NOT_FOUND)
		rc = err_set(e, ERR_NOT_FOUND,
			_("this office has no key to sign with; “huiying audit key --new” makes "
			  "one"));
	return rc;
}

static enum err_code move_in(const char *next, const char *path, struct err *e)
{
	return path_exists(next) ? path_move(next, path, e) : ERR_OK;
}

static void enter_key(struct act *a, const char *key, const char *replaces)
{
	act_event(a);
	act_str(a, "key", key);
	act_str(a, "replaces", replaces);
	act_append(a, "key.made/1", "");
}

/* The new secret lies beside the old one until its public key stands in the ledger: a crash
 * in between leaves one of the two that fits. */
enum err_code office_head_key_new(struct office *o, struct head_key *out, struct err *e)
{
	char *next = office_path(o, NEXT_SECRET), *path = office_path(o, SECRET);
	char key[SIGN_KEY_HEX];
	struct head_key old;
	struct act a;
	enum err_code rc;

	act_begin(&a, o, PEOPLE_ADMIN, _("make a key"), e);
	if (!a.rc && (!next || !path))
		a.rc = err_nomem(e);
	if (!a.rc) {
		a.rc = head_keys_last(a.db, &old, e);
		a.rc = a.rc == ERR_NOT_FOUND ? ERR_OK : a.rc;
	}
	if (!a.rc)
		a.rc = make_secret_dir(o->home->data, e);
	if (!a.rc)
		a.rc = make_secret(next, key, e);
	enter_key(&a, key, old.key);
	rc = act_end(&a);
	if (!rc)
		rc = move_in(next, path, e);
	if (!rc)
		rc = store_public(o->home->data, key, e);
	if (!rc)
		rc = head_keys_last(o->db, out, e);
	free(next);
	free(path);
	return rc;
}

static bool is_of(const struct sign_seed *seed, const char *key)
{
	char own[SIGN_KEY_HEX];

	sign_public(seed, own);
	return strcmp(own, key) == 0;
}

/* One file's secret, when it is that of `key`; ERR_NOT_FOUND when it is another's or absent. */
static enum err_code try_secret(
	const char *dir, const char *name, const char *key, struct sign_seed *out, struct err *e)
{
	char *path = dir ? path_join(dir, name) : NULL;
	enum err_code rc = path || !dir ? ERR_OK : err_nomem(e);

	if (!rc && !path)
		return ERR_NOT_FOUND;
	if (!rc)
		rc = load_secret(path, out, e);
	if (!rc && !is_of(out, key))
		rc = err_set(e, ERR_NOT_FOUND,
			_("%s is not the secret of the key that the ledger names"), path);
	free(path);
	return rc;
}

static enum err_code find_secret(
	struct office *o, const char *key, struct sign_seed *out, struct err *e)
{
	enum err_code rc = try_secret(getenv("CREDENTIALS_DIRECTORY"), "head.key", key, out, NULL);

	if (rc == ERR_NOT_FOUND)
		rc = try_secret(o->home->data, NEXT_SECRET, key, out, NULL);
	if (rc)
		rc = try_secret(o->home->data, SECRET, key, out, e);
	return rc;
}

enum err_code office_head_sign(struct office *o, struct buf *out, struct err *e)
{
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct head_key key;
	struct sign_seed seed;
	struct head h;
	enum err_code rc = a ? db_begin_read(o->db, e) : err_nomem(e);

	memset(&seed, 0, sizeof seed);
	if (!rc)
		rc = office_head_key(o, &key, e);
	if (!rc)
		rc = find_secret(o, key.key, &seed, e);
	if (!rc)
		rc = head_of(o->db, office_now(o), a, &h, e);
	if (!rc)
		rc = head_sign(&h, o->demo, &seed, out, e);
	db_rollback(o->db);
	sign_forget(&seed);
	arena_free(a);
	return rc;
}
