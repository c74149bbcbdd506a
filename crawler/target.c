/*
 * target.c - the targets of huiying.conf and their secrets.
 */
#include "crawler/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/str.h"

#define PREFIX "target "
#define CREDENTIAL "credential:"
#define FILE_REF "file:"
#define A_MINUTE 15

struct targets {
	struct conf *conf; /* owns the strings */
	struct target *list;
	size_t count;
};

const struct conf_key target_keys[] = {
	{"kind", true},
	{"url", true},
	{"secret", false},
	{"from", false},
	{"to", false},
	{"user", false},
	{"password", false},
	{"allow_private", false},
	{"keyword", false},
	{"repeat_safe", false},
	{"a_minute", false},
	{"units", false},
	{NULL, false},
};

static const char *const kind_names[TARGET_KINDS] = {
	"wecom", "dingtalk", "feishu", "smtp", "webhook", "ntfy"};

const char *target_kind_name(enum target_kind k)
{
	return kind_names[k];
}

static bool is_reference(const char *v)
{
	return strncmp(v, CREDENTIAL, sizeof CREDENTIAL - 1) == 0 ||
	       strncmp(v, FILE_REF, sizeof FILE_REF - 1) == 0;
}

static enum err_code bad(const struct conf *c, const struct conf_section *s, const char *key,
	const char *why, struct err *e)
{
	const struct conf_value *v = conf_find(s, key);

	return conf_error(c, v ? v->line : s->line, v ? v->column : 1, e, "%s", why);
}

static enum err_code read_kind(
	const struct conf *c, const struct conf_section *s, struct target *t, struct err *e)
{
	const char *value = conf_get(s, "kind", "");

	for (int i = 0; i < TARGET_KINDS; i++) {
		if (strcmp(value, kind_names[i]) != 0)
			continue;
		t->kind = (enum target_kind)i;
		return ERR_OK;
	}
	return bad(c, s, "kind", _("expected wecom, dingtalk, feishu, smtp, webhook or ntfy"), e);
}

/* A robot's address is its key. */
static bool holds_key(enum target_kind k)
{
	return k == TARGET_WECOM || k == TARGET_DINGTALK || k == TARGET_FEISHU;
}

/* A secret in the configuration would stand in backups and on screens. */
static enum err_code check_secrets(
	const struct conf *c, const struct conf_section *s, const struct target *t, struct err *e)
{
	if (holds_key(t->kind) && !is_reference(t->url))
		return bad(c, s, "url", _("expected credential:NAME or file:/PATH"), e);
	if (t->secret && !is_reference(t->secret))
		return bad(c, s, "secret", _("expected credential:NAME or file:/PATH"), e);
	if (t->password && !is_reference(t->password))
		return bad(c, s, "password", _("expected credential:NAME or file:/PATH"), e);
	if (t->keyword &&
		(!holds_key(t->kind) || !*t->keyword || strlen(t->keyword) > TARGET_KEYWORD_MAX))
		return bad(c, s, "keyword",
			_("a keyword is one of wecom, dingtalk or feishu and has at most 64 "
			  "bytes"),
			e);
	if (t->repeat_safe && t->kind != TARGET_WEBHOOK && t->kind != TARGET_SMTP)
		return bad(c, s, "repeat_safe",
			_("only a webhook and a mail tell a message that comes twice"), e);
	if (t->kind == TARGET_SMTP && (!t->from || !t->to))
		return conf_error(c, s->line, 1, e, _("a mail needs “from” and “to”"));
	if (t->allow_private && !strchr(t->allow_private, ':'))
		return bad(c, s, "allow_private", _("wanted is HOST:PORT"), e);
	return ERR_OK;
}

static enum err_code read_target(
	const struct conf *c, const struct conf_section *s, struct target *t, struct err *e)
{
	enum err_code rc = conf_check(c, s, target_keys, e);

	t->name = s->name + sizeof PREFIX - 1;
	t->url = conf_get(s, "url", NULL);
	t->secret = conf_get(s, "secret", NULL);
	t->from = conf_get(s, "from", NULL);
	t->to = conf_get(s, "to", NULL);
	t->user = conf_get(s, "user", NULL);
	t->password = conf_get(s, "password", NULL);
	t->allow_private = conf_get(s, "allow_private", NULL);
	t->units = conf_get(s, "units", NULL);
	t->keyword = conf_get(s, "keyword", NULL);
	if (!rc && !*t->name)
		rc = conf_error(c, s->line, 1, e, _("a target needs a name: [target NAME]"));
	if (!rc)
		rc = read_kind(c, s, t, e);
	if (!rc)
		rc = conf_get_bool(c, s, "repeat_safe", false, &t->repeat_safe, e);
	if (!rc)
		rc = conf_get_int(c, s, "a_minute", 1, 100000, A_MINUTE, &t->a_minute, e);
	return rc ? rc : check_secrets(c, s, t, e);
}

static enum err_code read_all(struct targets *t, struct err *e)
{
	size_t sections = conf_section_count(t->conf);
	enum err_code rc = ERR_OK;

	t->list = calloc(sections ? sections : 1, sizeof *t->list);
	if (!t->list)
		return err_nomem(e);
	for (size_t i = 0; i < sections && !rc; i++) {
		const struct conf_section *s = conf_section_at(t->conf, i);
		if (strncmp(s->name, PREFIX, sizeof PREFIX - 1) == 0)
			rc = read_target(t->conf, s, &t->list[t->count++], e);
	}
	return rc;
}

enum err_code targets_load(const struct path_home *home, struct targets **out, struct err *e)
{
	struct targets *t = calloc(1, sizeof *t);
	char *path = NULL;
	enum err_code rc = t ? path_find(home, "huiying.conf", &path, e) : err_nomem(e);

	*out = NULL;
	if (rc == ERR_NOT_FOUND) {
		err_clear(e);
		*out = t;
		return ERR_OK;
	}
	if (!rc)
		rc = conf_load(path, &t->conf, e);
	if (!rc)
		rc = read_all(t, e);
	free(path);
	if (rc)
		targets_free(t);
	else
		*out = t;
	return rc;
}

void targets_free(struct targets *t)
{
	if (!t)
		return;
	conf_free(t->conf);
	free(t->list);
	free(t);
}

size_t targets_count(const struct targets *t)
{
	return t->count;
}

const struct target *targets_at(const struct targets *t, size_t i)
{
	return &t->list[i];
}

const struct target *targets_find(const struct targets *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->list[i].name, name) == 0)
			return &t->list[i];
	return NULL;
}

/* --- secrets --- */

static char *secret_path(const char *value)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");

	if (strncmp(value, FILE_REF, sizeof FILE_REF - 1) == 0)
		return strdup(value + sizeof FILE_REF - 1);
	return path_join(dir && *dir ? dir : "/run/credentials", value + sizeof CREDENTIAL - 1);
}

static enum err_code read_secret(
	const struct target *t, const char *key, const char *value, struct buf *out, struct err *e)
{
	char *path = secret_path(value);
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
	struct stat st;
	char bytes[1024];
	ssize_t n = 0;
	enum err_code rc = ERR_OK;

	if (!path)
		return err_nomem(e);
	if (fd < 0 || fstat(fd, &st) != 0)
		rc = err_errno(e, errno, _("[target %s] %s: cannot read %s"), t->name, key, value);
	else if (!S_ISREG(st.st_mode))
		rc = err_set(
			e, ERR_CONFIG, _("[target %s] %s: %s is no file"), t->name, key, value);
	else if (st.st_mode & 07)
		rc = err_set(e, ERR_CONFIG, _("[target %s] %s: %s may be read by everybody"),
			t->name, key, value);
	while (!rc && (n = read(fd, bytes, sizeof bytes)) > 0)
		buf_add(out, bytes, (size_t)n);
	if (!rc && n < 0)
		rc = err_errno(e, errno, _("[target %s] %s: cannot read %s"), t->name, key, value);
	explicit_bzero(bytes, sizeof bytes);
	if (fd >= 0)
		close(fd);
	free(path);
	return rc;
}

/* A control character in it could begin a header of its own. */
static bool is_usable(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
			return false;
	return n > 0;
}

enum err_code target_value(
	const struct target *t, const char *key, const char *value, struct buf *out, struct err *e)
{
	enum err_code rc = ERR_OK;
	struct str s;

	buf_clear(out);
	if (is_reference(value))
		rc = read_secret(t, key, value, out, e);
	else
		buf_add_str(out, value);
	s = str_trim((struct str){buf_str(out), out->len});
	buf_truncate(out, (size_t)(s.p - buf_str(out)) + s.n);
	if (!rc && !out->fault && (s.p != buf_str(out) || !is_usable(s.p, s.n)))
		rc = err_set(e, ERR_CONFIG, _("[target %s] %s: %s holds no usable value"), t->name,
			key, value);
	return rc ? rc : buf_check(out, N_("a secret"), e);
}
