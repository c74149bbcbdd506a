/*
 * rulekeep.c - choosing, locking, checking and installing a rule file.
 */
#include "office/rulekeep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/time.h"
#include "base/utf8.h"
#include "ledger/rulebook.h"
#include "matcher/report.h"
#include "matcher/rulefile.h"
#include "office/act.h"

#define KEEPERS (PEOPLE_WATCH | PEOPLE_SUPERVISOR | PEOPLE_ADMIN)
#define FILE_MODE 0660
#define DIR_MODE 02770
#define HOLDER_MAX 512
#define MEMORY_MAX ((size_t)64 << 20)

/* --- which file ------------------------------------------------------------------ */

static bool is_overlay(const char *name)
{
	return str_has_prefix(str_of(name), RULES_FILES_OVERLAYS "/");
}

/* Fit to be loaded: "city.conf", not hidden, of local.d itself. */
static bool is_overlay_file(const char *file)
{
	struct str s = str_of(file);

	return s.n > strlen(".conf") && s.p[0] != '.' && !strchr(file, '/') &&
	       str_has_suffix(s, ".conf") && strcmp(file, RULES_FILES_MAIN) != 0 &&
	       utf8_is_valid(s.p, s.n);
}

static enum err_code say_which(const struct rulekeep *k, const char *typed, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, ERR_TEXT_MAX);
	for (size_t i = 0; i < k->files.count; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", k->files.file[i].name);
	rc = typed ? err_set(e, ERR_USAGE,
			     _("there is no rule file “%s”; there are: %s (--new makes an "
			       "overlay)"),
			     typed, buf_str(&b))
		   : err_set(e, ERR_USAGE,
			     _("which rule file? There are: %s; --new NAME.conf makes another"),
			     buf_str(&b));
	buf_fini(&b);
	return rc;
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return a && stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* The file in use that was meant; NULL: none. */
static const struct rules_files_one *find_typed(const struct rulekeep *k, const char *typed)
{
	const struct rules_files_one *f = rules_files_find(&k->files, typed);
	const char *name = arena_printf(k->arena, RULES_FILES_OVERLAYS "/%s", typed);

	if (!f && name)
		f = rules_files_find(&k->files, name);
	for (size_t i = 0; !f && i < k->files.count; i++)
		if (is_same_file(k->files.file[i].path, typed))
			f = &k->files.file[i];
	return f;
}

static const struct rules_files_one *only_overlay(const struct rulekeep *k)
{
	const struct rules_files_one *f = NULL;

	for (size_t i = 0; i < k->files.count; i++)
		if (is_overlay(k->files.file[i].name)) {
			if (f)
				return NULL;
			f = &k->files.file[i];
		}
	return f;
}

static enum err_code name_new(struct rulekeep *k, const char *typed, struct err *e)
{
	const char *file = is_overlay(typed) ? typed + strlen(RULES_FILES_OVERLAYS "/") : typed;

	if (!is_overlay_file(file))
		return err_set(e, ERR_USAGE,
			_("“%s” is no name of an overlay: wanted is one like city.conf"), typed);
	k->is_new = true;
	k->text = str_of("");
	k->name = arena_printf(k->arena, RULES_FILES_OVERLAYS "/%s", file);
	return k->name ? ERR_OK : err_nomem(e);
}

static enum err_code choose_name(struct rulekeep *k, const char *typed, bool create, struct err *e)
{
	const struct rules_files_one *f = typed ? find_typed(k, typed) : only_overlay(k);

	if (!f && typed && create)
		return name_new(k, typed, e);
	if (!f)
		return say_which(k, typed, e);
	k->name = arena_strdup(k->arena, f->name);
	k->text.n = f->text.len;
	k->text.p = arena_strndup(k->arena, buf_str(&f->text), f->text.len);
	return k->name && k->text.p ? ERR_OK : err_nomem(e);
}

/* The place that the files of the set in use came from; NULL: from the program. */
static char *place_in_use(const struct rulekeep *k)
{
	const struct rules_files_one *f = rules_files_find(&k->files, k->name);
	size_t n = strlen(k->name);

	for (size_t i = 0; !f && i < k->files.count; i++)
		if (is_overlay(k->files.file[i].name)) {
			f = &k->files.file[i];
			n = strlen(f->name);
		}
	if (!f || !f->path || path_is_below(f->path, k->office->home->shipped) ||
		strlen(f->path) <= n)
		return NULL;
	return strndup(f->path, strlen(f->path) - n - 1);
}

static enum err_code choose_path(struct rulekeep *k, struct err *e)
{
	const struct path_home *home = k->office->home;
	char *in_use = home->home ? NULL : place_in_use(k);
	const char *root = home->home ? home->home : in_use ? in_use : home->system;

	k->path = path_behind_links(path_join(root, k->name));
	free(in_use);
	return k->path ? ERR_OK : err_nomem(e);
}

/* --- one at a time ---------------------------------------------------------------- */

static enum err_code say_held(int fd, struct err *e)
{
	char holder[HOLDER_MAX + 1];
	ssize_t n = pread(fd, holder, HOLDER_MAX, 0);

	holder[n > 0 ? n : 0] = '\0';
	return err_set(e, ERR_BUSY, _("the rules are being edited by %s"),
		holder[0] ? holder : _("somebody else"));
}

/* Who holds it, for the next one who comes. Not being able to say so hinders nobody. */
static void sign_lock(const struct rulekeep *k)
{
	char since[TIME_TEXT_SIZE];
	ssize_t done = 0;
	struct buf b;

	time_format_local(time_now(), k->office->settings.zone, since);
	buf_init(&b, HOLDER_MAX);
	buf_addf(
		&b, _("%s since %s (process %ld)"), k->office->person.login, since, (long)getpid());
	if (ftruncate(k->lock, 0) == 0)
		done = pwrite(k->lock, buf_str(&b), b.len, 0);
	(void)done;
	buf_fini(&b);
}

static enum err_code take_lock(struct rulekeep *k, struct err *e)
{
	char *path = office_path(k->office, "state/rules.lock");
	enum err_code rc = path ? path_lock(path, &k->lock, e) : err_nomem(e);

	if (rc == ERR_BUSY)
		rc = say_held(k->lock, e);
	else if (!rc)
		sign_lock(k);
	free(path);
	return rc;
}

enum err_code rulekeep_open(
	struct office *o, const char *name, bool create, struct rulekeep *k, struct err *e)
{
	enum err_code rc;

	memset(k, 0, sizeof *k);
	k->office = o;
	k->lock = -1;
	rc = people_require(&o->person, KEEPERS, _("change the rules"), e);
	if (!rc && !(k->arena = arena_new(MEMORY_MAX)))
		rc = err_nomem(e);
	if (!rc)
		rc = take_lock(k, e);
	if (!rc)
		rc = rules_files_read(o->home, NULL, &k->files, e);
	if (!rc)
		rc = choose_name(k, name, create, e);
	if (!rc)
		rc = choose_path(k, e);
	/* Rules that cannot be loaded are what one opens an editor for. */
	if (!rc && rules_files_compile(&k->files, &k->rules, NULL, NULL) == ERR_NOMEM)
		rc = err_nomem(e);
	return rc;
}

void rulekeep_close(struct rulekeep *k)
{
	rules_files_fini(&k->files);
	rules_free(k->rules);
	arena_free(k->arena);
	free(k->path);
	if (k->lock >= 0)
		close(k->lock);
	k->lock = -1;
}

/* --- drafts ------------------------------------------------------------------------ */

enum err_code rulekeep_draft(struct rulekeep *k, struct str *out, struct err *e)
{
	struct report report = {.e = e};

	*out = k->text;
	if (utf8_is_valid(k->text.p, k->text.n))
		return ERR_OK;
	return rulefile_decode(k->name, k->text.p, k->text.n, k->arena, &report, out)
		       ? ERR_OK
		       : report_end(&report);
}

struct draft_place {
	size_t dir; /* bytes of k->path: the directory with its "/" */
	struct str file; /* the rest, without .conf where it ends so: behind a link it may not */
};

static struct draft_place place_of(const struct rulekeep *k)
{
	const char *slash = strrchr(k->path, '/');
	struct draft_place p = {.dir = slash ? (size_t)(slash - k->path) + 1 : 0};

	p.file = str_of(k->path + p.dir);
	if (p.file.n > strlen(".conf") && str_has_suffix(p.file, ".conf"))
		p.file.n -= strlen(".conf");
	return p;
}

/* Beside the file, hidden. */
static char *draft_name(const struct rulekeep *k)
{
	struct draft_place p = place_of(k);
	size_t room = strlen(k->path) + sizeof "..draft-XXXXXX.conf";
	char *out = malloc(room);

	if (out)
		snprintf(out, room, "%.*s.%.*s.draft-XXXXXX.conf", (int)p.dir, k->path,
			(int)p.file.n, p.file.p);
	return out;
}

/* *newest: when the draft in *out was written. */
static enum err_code consider_draft(struct rulekeep *k, const char *dir, const char *name,
	struct timespec *newest, const char **out, struct err *e)
{
	const char *path = arena_printf(k->arena, "%s%s", dir, name);
	struct stat st;

	if (!path)
		return err_nomem(e);
	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
		(*out && (st.st_mtim.tv_sec < newest->tv_sec ||
				 (st.st_mtim.tv_sec == newest->tv_sec &&
					 st.st_mtim.tv_nsec < newest->tv_nsec))))
		return ERR_OK;
	*newest = st.st_mtim;
	*out = path;
	return ERR_OK;
}

enum err_code rulekeep_left_draft(struct rulekeep *k, const char **out, struct err *e)
{
	struct draft_place p = place_of(k);
	const char *dir = arena_strndup(k->arena, k->path, p.dir);
	const char *begin = arena_printf(k->arena, ".%.*s.draft-", (int)p.file.n, p.file.p);
	struct timespec newest = {0, 0};
	enum err_code rc = dir && begin ? ERR_OK : err_nomem(e);
	struct dirent *entry;
	DIR *d = rc ? NULL : opendir(*dir ? dir : ".");

	*out = NULL;
	/* A directory that is not there yet, or that cannot be read, holds none to tell of. */
	while (d && !rc && (entry = readdir(d)) != NULL)
		if (str_has_prefix(str_of(entry->d_name), begin))
			rc = consider_draft(k, dir, entry->d_name, &newest, out, e);
	if (d)
		closedir(d);
	return rc;
}

static enum err_code make_dir_of(const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash && slash > path ? strndup(path, (size_t)(slash - path)) : NULL;
	enum err_code rc = dir ? path_make_dirs(dir, DIR_MODE, e) : ERR_OK;

	free(dir);
	return rc;
}

enum err_code rulekeep_write_draft(
	const struct rulekeep *k, struct str text, char **path, struct err *e)
{
	enum err_code rc = make_dir_of(k->path, e);
	int fd;

	*path = rc ? NULL : draft_name(k);
	if (!*path)
		return rc ? rc : err_nomem(e);
	fd = mkostemps(*path, (int)strlen(".conf"), O_CLOEXEC);
	if (fd >= 0) {
		close(fd);
		rc = path_write_atomic(*path, text.p, text.n, FILE_MODE, e);
		if (rc)
			(void)unlink(*path); /* nothing was typed into it yet */
	} else {
		rc = err_errno(e, errno, _("cannot write %s"), *path);
	}
	if (rc) {
		free(*path);
		*path = NULL;
	}
	return rc;
}

/* --- is it right? ------------------------------------------------------------------ */

/* The set with the text in its place; the texts are borrowed. */
static size_t list_files(const struct rulekeep *k, struct str text, struct rules_file *out)
{
	size_t n = 0;
	bool placed = false;

	for (size_t i = 0; i < k->files.count; i++) {
		const struct rules_files_one *f = &k->files.file[i];
		bool is_it = strcmp(f->name, k->name) == 0;
		if (!is_it && !placed && k->is_new && i > 0 && strcmp(f->name, k->name) > 0) {
			out[n++] = (struct rules_file){k->name, text.p, text.n};
			placed = true;
		}
		out[n++] = is_it ? (struct rules_file){f->name, text.p, text.n}
				 : (struct rules_file){f->name, buf_str(&f->text), f->text.len};
	}
	if (k->is_new && !placed)
		out[n++] = (struct rules_file){k->name, text.p, text.n};
	return n;
}

/* Faults and failing tests of every file, but advice about the edited one alone. A hint
 * belongs to what stands above it. */
static void keep_report(struct buf *out, const struct buf *all, const char *name, bool right)
{
	struct str rest = {buf_str(all), all->len};
	size_t n = strlen(name);
	bool kept = false;

	while (rest.n > 0) {
		struct str line = str_split(&rest, '\n');
		bool is_hint = line.n && line.p[0] == ' ';
		bool is_ours = str_has_prefix(line, name) && line.n > n && line.p[n] == ':';
		if (!is_hint)
			kept = is_ours || !right;
		if (line.n && kept) {
			buf_add(out, line.p, line.n);
			buf_add_char(out, '\n');
		}
	}
}

enum err_code rulekeep_check(struct rulekeep *k, struct str text, struct rules **out,
	struct buf *report, struct check_result *checked, struct err *e)
{
	struct rules_file files[RULES_FILES_MAX + 1];
	struct buf all;
	enum err_code rc;

	*out = NULL;
	memset(checked, 0, sizeof *checked);
	if (k->is_new && k->files.count == RULES_FILES_MAX)
		return err_set(e, ERR_LIMIT, _("more than %d rule files"), RULES_FILES_MAX);
	buf_init(&all, report->max);
	rc = rules_compile(files, list_files(k, text, files), out, &all, e);
	if (!rc)
		rc = check_rules(*out, &all, checked, e);
	keep_report(report, &all, k->name, rc == ERR_OK);
	/* An empty file is no mistake of spelling, but one of hand. */
	if (!rc && rules_topic_count(*out) == 0)
		rc = err_set(e, ERR_CONFIG, _("no topic is left: nothing would ever alert"));
	buf_fini(&all);
	return rc;
}

/* --- installing ---------------------------------------------------------------------- */

static bool is_same_set(const struct rules_files *x, const struct rules_files *y)
{
	bool same = x->count == y->count;

	for (size_t i = 0; same && i < x->count; i++) {
		const struct rules_files_one *f = &x->file[i], *g = &y->file[i];
		same = strcmp(f->name, g->name) == 0 && f->text.len == g->text.len &&
		       memcmp(buf_str(&f->text), buf_str(&g->text), f->text.len) == 0;
	}
	return same;
}

/* What is on disk is still what was opened, checked and tried. */
static void need_unchanged(struct act *a, const struct rulekeep *k)
{
	struct rules_files now;

	if (a->rc)
		return;
	a->rc = rules_files_read(k->office->home, NULL, &now, a->err);
	if (!a->rc && !is_same_set(&k->files, &now))
		act_fail(a, ERR_REFUSED, _("the rules were changed meanwhile by other means"));
	rules_files_fini(&now);
}

static void keep_set(struct act *a, const char *hash, const struct rules_file *files, size_t n)
{
	struct rulebook_file kept[RULES_FILES_MAX + 1];

	for (size_t i = 0; i < n; i++)
		kept[i] = (struct rulebook_file){files[i].name, files[i].text, files[i].size};
	if (!a->rc)
		a->rc = rulebook_keep_set(a->db, hash, kept, n, a->err);
}

/* The rules as they were and as they will be, the file's text too when they could not be
 * loaded. */
static void archive(struct act *a, const struct rulekeep *k, const struct rulekeep_change *c,
	char before[HASH_HEX_SIZE], char after[HASH_HEX_SIZE])
{
	struct rules_file files[RULES_FILES_MAX + 1];

	before[0] = '\0';
	if (!a->rc && !k->is_new)
		a->rc = rulebook_keep_file(a->db, k->text.p, k->text.n, before, a->err);
	if (!a->rc)
		a->rc = rulebook_keep_file(a->db, c->text.p, c->text.n, after, a->err);
	if (k->rules) {
		size_t n = 0;
		for (; n < k->files.count; n++)
			files[n] = (struct rules_file){k->files.file[n].name,
				buf_str(&k->files.file[n].text), k->files.file[n].text.len};
		keep_set(a, rules_hash(k->rules), files, n);
	}
	keep_set(a, rules_hash(c->rules), files, list_files(k, c->text, files));
}

static void append_event(struct act *a, const struct rulekeep *k, const struct rulekeep_change *c,
	const char *before, const char *after)
{
	const struct backtest_result *r = c->result;

	act_event(a);
	act_str(a, "how", c->how);
	act_str(a, "file", k->name);
	act_str_always(a, "file_before", before);
	act_str(a, "file_after", after);
	act_str_always(a, "rules_before", k->rules ? rules_hash(k->rules) : "");
	act_str(a, "rules_after", rules_hash(c->rules));
	act_int(a, "lines_added", (int64_t)c->lines->added);
	act_int(a, "lines_removed", (int64_t)c->lines->removed);
	act_int(a, "days", c->days);
	act_int(a, "items", (int64_t)r->items);
	act_int(a, "alerts_before", (int64_t)r->before);
	act_int(a, "alerts_after", (int64_t)r->after);
	act_int(a, "gained", (int64_t)r->gained);
	act_int(a, "lost", (int64_t)r->lost);
	act_append(a, "rules.installed/1", "");
}

/* The first overlay of a home takes the others along: a local.d replaces another whole. */
static void copy_others(struct act *a, const struct rulekeep *k)
{
	size_t n = strlen(k->path) - strlen(k->name);
	char *root = strndup(k->path, n);

	for (size_t i = 0; !a->rc && root && is_overlay(k->name) && i < k->files.count; i++) {
		const struct rules_files_one *f = &k->files.file[i];
		char *to = path_join(root, f->name);
		if (!to)
			a->rc = err_nomem(a->err);
		else if (is_overlay(f->name) && strcmp(f->name, k->name) != 0 && !path_exists(to))
			a->rc = path_write_atomic(
				to, buf_str(&f->text), f->text.len, FILE_MODE, a->err);
		free(to);
	}
	if (!root && !a->rc)
		a->rc = err_nomem(a->err);
	free(root);
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_mode & 0777 : FILE_MODE;
}

static void write_file(struct act *a, const struct rulekeep *k, struct str text)
{
	if (!a->rc)
		a->rc = make_dir_of(k->path, a->err);
	copy_others(a, k);
	if (!a->rc)
		a->rc = path_write_atomic(k->path, text.p, text.n, mode_of(k->path), a->err);
}

/* The file is written inside the transaction: a crash between the two leaves the new file,
 * which the next alert archives, and never an event of what did not happen. */
enum err_code rulekeep_install(struct rulekeep *k, const struct rulekeep_change *c, struct err *e)
{
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];
	bool had = path_exists(k->path), tried;
	struct act a;
	enum err_code rc;

	act_begin(&a, k->office, KEEPERS, _("change the rules"), e);
	need_unchanged(&a, k);
	archive(&a, k, c, before, after);
	append_event(&a, k, c, before, after);
	/* One that fails may be in place: a directory that cannot be synced. */
	tried = a.rc == ERR_OK;
	write_file(&a, k, c->text);
	rc = act_end(&a);
	if (rc && tried)
		path_put_back(k->path, had ? &k->text : NULL, mode_of(k->path));
	return rc;
}

/* --- going back ------------------------------------------------------------------------ */

/* The newest install that had a file of this hash, on either side. */
static const struct rulebook_install *install_with(
	const struct rulebook_install *all, size_t count, const char *hash)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].file_after, hash) == 0 || strcmp(all[i].file_before, hash) == 0)
			return &all[i];
	return NULL;
}

static enum err_code version_by_hash(struct office *o, const char *prefix,
	const struct rulebook_install *all, size_t count, char hash[HASH_HEX_SIZE],
	const struct rulebook_install **out, struct err *e)
{
	bool is_set = false;
	enum err_code rc = rulebook_find(o->db, prefix, hash, &is_set, e);

	*out = NULL;
	for (size_t i = 0; !rc && is_set && !*out && i < count; i++)
		if (strcmp(all[i].rules_after, hash) == 0)
			*out = &all[i];
	if (!rc && *out)
		snprintf(hash, HASH_HEX_SIZE, "%s", (*out)->file_after);
	else if (!rc)
		*out = install_with(all, count, hash);
	return rc || *out ? rc
			  : err_set(e, ERR_NOT_FOUND,
				    _("%s is no version that “rules edit” installed or replaced"),
				    prefix);
}

enum err_code rulekeep_version(struct office *o, const char *prefix, struct arena *a,
	const char **name, struct str *text, struct err *e)
{
	const struct rulebook_install *of = NULL;
	struct rulebook_install *all;
	char hash[HASH_HEX_SIZE] = "";
	size_t count;
	enum err_code rc = rulebook_installs(o->db, NULL, a, &all, &count, e);

	if (!rc && !count)
		rc = err_set(e, ERR_NOT_FOUND, _("no rules were installed by “rules edit” yet"));
	if (!rc && prefix) {
		rc = version_by_hash(o, prefix, all, count, hash, &of, e);
	} else if (!rc) {
		of = &all[0];
		snprintf(hash, sizeof hash, "%s", of->file_before);
	}
	if (rc)
		return rc;
	*name = of->name;
	*text = str_of("");
	return hash[0] ? rulebook_file_get(o->db, hash, a, text, e) : ERR_OK;
}
