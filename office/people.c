/*
 * people.c - from the kernel's word about this process to a person with roles.
 */
#include "office/people.h"

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "office/settings.h"
#include "office/typed.h"

#define GROUPS_MAX 1024
#define NO_LOGINUID 4294967295LL

static const struct {
	enum people_role role;
	const char *name;
} role_names[] = {
	{PEOPLE_WATCH, "watch"},
	{PEOPLE_UNIT, "unit"},
	{PEOPLE_SUPERVISOR, "supervisor"},
	{PEOPLE_ADMIN, "admin"},
	{PEOPLE_SYSTEM, "system"},
};

#define ROLES (sizeof role_names / sizeof *role_names)

const char *people_role_name(enum people_role role)
{
	for (size_t i = 0; i < ROLES; i++)
		if (role_names[i].role == role)
			return role_names[i].name;
	return "";
}

bool people_role_from_name(const char *name, enum people_role *out)
{
	for (size_t i = 0; i < ROLES; i++)
		if (role_names[i].role != PEOPLE_SYSTEM && strcmp(role_names[i].name, name) == 0) {
			*out = role_names[i].role;
			return true;
		}
	return false;
}

/* --- what the kernel says --- */

static bool next_number(struct str *rest, int64_t *out)
{
	*rest = str_trim(*rest);
	struct str word = str_split(rest, ' ');

	return str_to_int(word, 0, UINT32_MAX, out);
}

/* `unshare -r` makes anybody look like uid 0 to itself; the map says who it is. */
static int64_t outside_uid(int64_t uid)
{
	struct buf b;
	struct str rest;
	int64_t found = -1;

	buf_init(&b, 65536);
	if (path_read("/proc/self/uid_map", &b, NULL) != ERR_OK || b.len == 0) {
		buf_fini(&b);
		return uid;
	}
	rest = (struct str){b.data, b.len};
	while (rest.p && found < 0) {
		struct str line = str_split(&rest, '\n');
		int64_t inside, outside, count;
		if (next_number(&line, &inside) && next_number(&line, &outside) &&
			next_number(&line, &count) && uid >= inside && uid - inside < count)
			found = outside + (uid - inside);
	}
	buf_fini(&b);
	return found >= 0 ? found : 65534;
}

static int64_t read_loginuid(void)
{
	struct buf b;
	int64_t v = -1;

	buf_init(&b, 64);
	if (path_read("/proc/self/loginuid", &b, NULL) != ERR_OK ||
		!str_to_int(str_trim((struct str){buf_str(&b), b.len}), 0, NO_LOGINUID, &v) ||
		v == NO_LOGINUID)
		v = -1;
	buf_fini(&b);
	return v;
}

/* --- roles --- */

static bool in_group(const char *list, const gid_t *groups, int count)
{
	struct str rest = str_of(list);
	char name[256];

	while (rest.n > 0) {
		struct str w = str_split(&rest, ' ');
		if (w.n == 0 || w.n >= sizeof name)
			continue;
		memcpy(name, w.p, w.n);
		name[w.n] = '\0';
		const struct group *g = getgrnam(name);
		for (int i = 0; g && i < count; i++)
			if (groups[i] == g->gr_gid)
				return true;
	}
	return false;
}

/* From the group database by login, not from the process: a namespace can bend those. */
static unsigned roles_of(const struct settings *s, const char *login, gid_t gid)
{
	gid_t groups[GROUPS_MAX];
	int count = GROUPS_MAX;
	unsigned roles = 0;

	if (getgrouplist(login, gid, groups, &count) < 0)
		count = 0;
	if (in_group(s->watch, groups, count))
		roles |= PEOPLE_WATCH;
	if (in_group(s->unit, groups, count))
		roles |= PEOPLE_UNIT;
	if (in_group(s->supervisor, groups, count))
		roles |= PEOPLE_SUPERVISOR;
	if (in_group(s->admin, groups, count))
		roles |= PEOPLE_ADMIN;
	return roles;
}

static enum err_code identify_real(const struct settings *s, struct person *out, struct err *e)
{
	char number[32];
	const struct passwd *pw;

	out->uid = outside_uid((int64_t)getuid());
	out->loginuid = read_loginuid();
	pw = getpwuid((uid_t)out->uid);
	snprintf(number, sizeof number, "uid%lld", (long long)out->uid);
	out->login = strdup(pw ? pw->pw_name : number);
	if (!out->login)
		return err_nomem(e);
	if (out->uid == 0)
		out->roles = PEOPLE_ADMIN;
	else if (pw)
		out->roles = roles_of(s, out->login, pw->pw_gid);
	out->shared = settings_list_has(s->shared, out->login);
	return ERR_OK;
}

/* A demonstration's visitor without --actor may try everything under his own login. */
static enum err_code identify_demo(
	const char *actor, const char *role, struct person *out, struct err *e)
{
	enum people_role one;

	out->demo = true;
	out->roles = PEOPLE_WATCH | PEOPLE_UNIT | PEOPLE_SUPERVISOR | PEOPLE_ADMIN;
	if (role && !people_role_from_name(role, &one))
		return err_set(e, ERR_USAGE,
			_("unknown role %s: wanted is watch, unit, supervisor or admin"), role);
	if (role)
		out->roles = one;
	if (actor) {
		if (typed_is_blank(actor) || strlen(actor) > 100 ||
			!utf8_is_valid(actor, strlen(actor)))
			return err_set(e, ERR_USAGE, _("--actor needs a name of up to 100 bytes"));
		free(out->login);
		out->login = strdup(actor);
		out->uid = out->loginuid = -1;
	}
	return out->login ? ERR_OK : err_nomem(e);
}

enum err_code people_identify(const struct settings *s, bool demo_instance, const char *actor,
	const char *role, struct person *out, struct err *e)
{
	enum err_code rc;

	memset(out, 0, sizeof *out);
	out->uid = out->loginuid = -1;
	if (!demo_instance && (actor || role))
		return err_set(e, ERR_DENIED,
			_("--actor and --role are for demonstrations (init --demo); in this "
			  "instance you act as yourself"));
	rc = identify_real(s, out, e);
	if (!rc && demo_instance)
		rc = identify_demo(actor, role, out, e);
	if (rc)
		people_fini(out);
	return rc;
}

void people_fini(struct person *p)
{
	free(p->login);
	memset(p, 0, sizeof *p);
}

static bool owns(const struct person *p, const char *path)
{
	struct stat st;

	return path && stat(path, &st) == 0 && outside_uid((int64_t)st.st_uid) == p->uid;
}

void people_note_owner(struct person *p, const char *ledger, const char *directory)
{
	if (!p->demo && p->uid > 0 && (owns(p, ledger) || owns(p, directory)))
		p->roles |= PEOPLE_SYSTEM;
}

/* --- what a person may do --- */

void people_add_roles(struct buf *b, unsigned roles, const char *between)
{
	bool first = true;

	for (size_t i = 0; i < ROLES; i++) {
		if (!(roles & role_names[i].role))
			continue;
		buf_addf(b, "%s%s", first ? "" : between, role_names[i].name);
		first = false;
	}
}

enum err_code people_require(const struct person *p, unsigned roles, const char *act, struct err *e)
{
	struct buf wanted;
	enum err_code rc;

	if (p->roles & roles)
		return ERR_OK;
	buf_init(&wanted, 256);
	people_add_roles(&wanted, roles, ", ");
	rc = err_set(e, ERR_DENIED, _("%s may not %s: it needs the role %s"), p->login, act,
		buf_str(&wanted));
	buf_fini(&wanted);
	return rc;
}

enum err_code people_require_personal(
	const struct person *p, unsigned roles, const char *act, struct err *e)
{
	if (!p->demo && p->uid == 0)
		return err_set(e, ERR_DENIED,
			_("the super-user may not %s: that is for a person with a login of their "
			  "own"),
			act);
	if (p->shared)
		return err_set(e, ERR_DENIED,
			_("%s is a login that several people share and may not %s"), p->login, act);
	return people_require(p, roles, act, e);
}

char *people_key(const struct person *p)
{
	struct buf b;
	char *out;

	buf_init(&b, 512);
	if (p->uid >= 0)
		buf_addf(&b, "uid:%lld", (long long)p->uid);
	else
		buf_addf(&b, "demo:%s", p->login);
	out = buf_detach(&b);
	buf_fini(&b);
	return out;
}

enum err_code people_add_actor(
	struct buf *out, const struct person *p, unsigned role, struct err *e)
{
	struct json_writer w;

	for (size_t i = 0; role == 0 && i < ROLES; i++)
		role = p->roles & role_names[i].role;
	json_writer_init(&w, out);
	json_begin_object(&w);
	if (p->demo)
		json_put_int(&w, "demo", 1);
	json_put_str(&w, "login", p->login);
	if (p->loginuid >= 0)
		json_put_int(&w, "loginuid", p->loginuid);
	json_put_str(&w, "role", people_role_name((enum people_role)role));
	if (p->uid >= 0)
		json_put_int(&w, "uid", p->uid);
	json_end_object(&w);
	return buf_check(out, _("the actor"), e);
}
