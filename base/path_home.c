/*
 * path_home.c - where the office's files are: the look-up order of path.h.
 *
 * The environment is read here and nowhere else in base.
 */
#include "base/path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

#define SYSTEM_CONFIG "/etc/huiying"
#define SYSTEM_DATA "/var/lib/huiying"
#define INSTALLED_RULES HUIYING_DATADIR "/huiying"
#define INSTALLED_LOCALE HUIYING_DATADIR "/locale"

/* A variable's value, NULL when unset or empty. */
static const char *env_of(const char *name)
{
	const char *v = getenv(name);

	return v != NULL && v[0] != '\0' ? v : NULL;
}

/* $variable/huiying, else $HOME/fallback/huiying, else NULL. A relative value is
 * ignored, as the XDG base directory specification asks. */
static char *xdg_dir(const char *variable, const char *fallback)
{
	const char *dir = env_of(variable), *user = env_of("HOME");
	char *base, *out;

	if (dir != NULL && dir[0] == '/')
		return path_join(dir, "huiying");
	if (user == NULL || user[0] != '/')
		return NULL;
	base = path_join(user, fallback);
	out = base == NULL ? NULL : path_join(base, "huiying");
	free(base);
	return out;
}

char *path_state_dir(void)
{
	return xdg_dir("XDG_STATE_HOME", ".local/state");
}

/* The directory of the running program, malloc'd; NULL when it is not known. */
static char *program_dir(void)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

	if (n <= 0 || (size_t)n >= sizeof exe - 1)
		return NULL;
	exe[n] = '\0';
	char *slash = strrchr(exe, '/');
	if (slash == NULL)
		return NULL;
	*slash = '\0';
	return strdup(exe[0] == '\0' ? "/" : exe);
}

/* dir/relative if dir/relative/probe exists; made canonical, malloc'd. */
static char *if_there(const char *dir, const char *relative, const char *probe)
{
	char *at = path_join(dir, relative);
	char *file = at == NULL ? NULL : path_join(at, probe);
	char *out = file != NULL && path_exists(file) ? realpath(at, NULL) : NULL;

	free(file);
	free(at);
	return out;
}

static char *find_shipped(const char *program)
{
	/* build/huiying, build/tests/test_x, and one deeper; bin/huiying. */
	static const char *const beside[] = {
		"../rules", "../../rules", "../../../rules", "../share/huiying"};
	const char *given = env_of("HUIYING_SHIPPED");
	char *out = given != NULL ? strdup(given) : NULL;

	for (size_t i = 0; out == NULL && program != NULL && i < sizeof beside / sizeof *beside;
		i++)
		out = if_there(program, beside[i], "keywords.conf");
	return out != NULL ? out : strdup(INSTALLED_RULES);
}

static char *find_locale(const char *program)
{
	/* A build directory, and bin/ of an installation wherever it was put. */
	static const char *const beside[] = {"locale", "../share/locale"};
	char *out = NULL;

	for (size_t i = 0; out == NULL && program != NULL && i < 2; i++)
		out = if_there(program, beside[i], "zh_CN/LC_MESSAGES/huiying.mo");
	return out != NULL ? out : strdup(INSTALLED_LOCALE);
}

static char *find_data(const char *home)
{
	char *out = home != NULL ? strdup(home) : xdg_dir("XDG_DATA_HOME", ".local/share");

	if (home == NULL && (out == NULL || !path_exists(out))) {
		free(out);
		out = strdup(SYSTEM_DATA);
	}
	return out;
}

enum err_code path_home_init(struct path_home *h, const char *home_option, struct err *e)
{
	char *program = program_dir();
	const char *home = home_option != NULL ? home_option : env_of("HUIYING_HOME");

	*h = (struct path_home){0};
	if (home != NULL && home[0] == '\0') {
		free(program);
		return err_set(e, ERR_USAGE, _("the home directory must not be empty"));
	}
	h->home = home == NULL ? NULL : strdup(home);
	h->user = xdg_dir("XDG_CONFIG_HOME", ".config");
	h->system = strdup(SYSTEM_CONFIG);
	h->shipped = find_shipped(program);
	h->data = find_data(h->home);
	h->locale = find_locale(program);
	free(program);
	if ((home != NULL && h->home == NULL) || h->system == NULL || h->shipped == NULL ||
		h->data == NULL || h->locale == NULL) {
		path_home_fini(h);
		return err_nomem(e);
	}
	return ERR_OK;
}

void path_home_fini(struct path_home *h)
{
	free(h->home);
	free(h->user);
	free(h->system);
	free(h->shipped);
	free(h->data);
	free(h->locale);
	*h = (struct path_home){0};
}

enum err_code path_find(const struct path_home *h, const char *name, char **out, struct err *e)
{
	const char *const places[] = {h->home, h->user, h->system, h->shipped};
	struct buf tried;
	enum err_code rc = ERR_OK;

	*out = NULL;
	buf_init(&tried, BUF_MAX_DEFAULT);
	for (size_t i = 0; i < 4 && rc == ERR_OK && *out == NULL; i++) {
		struct stat st;
		char *path = places[i] == NULL ? NULL : path_join(places[i], name);
		if (places[i] == NULL)
			continue;
		if (path == NULL) {
			rc = err_nomem(e);
		} else if (stat(path, &st) == 0) {
			*out = path;
			continue;
		} else if (errno != ENOENT && errno != ENOTDIR && places[i] != h->user) {
			/* A service cannot see into people's homes, and need not. */
			rc = err_errno(e, errno, _("cannot open %s"), path);
		}
		buf_addf(&tried, "%s%s", tried.len == 0 ? "" : ", ", places[i]);
		free(path);
	}
	if (rc == ERR_OK && *out == NULL)
		rc = err_set(e, ERR_NOT_FOUND, _("%s is in none of: %s"), name, buf_str(&tried));
	buf_fini(&tried);
	return rc;
}
