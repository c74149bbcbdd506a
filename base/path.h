/*
 * path.h - files: where they are looked for, bounded reading, atomic writing.
 *
 * Configuration files are looked up singly (DESIGN §5.3): --home or
 * $HUIYING_HOME, ${XDG_CONFIG_HOME:-~/.config}/huiying, /etc/huiying, then the
 * shipped set: $HUIYING_SHIPPED if set (a build directory outside of the tree
 * needs it), else ../rules beside an executable run from build/ (or up to two
 * directories further up), else $(datadir)/huiying, which is ../share/huiying
 * beside an installed executable wherever it was put. Data (ledger, spool, archive,
 * evidence): the same home when one is given, else
 * ${XDG_DATA_HOME:-~/.local/share}/huiying if it exists, else /var/lib/huiying.
 * Message catalogues: locale/ or ../share/locale beside the executable, else
 * $(datadir)/locale.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct path_home {
	char *home; /* --home / $HUIYING_HOME, or NULL */
	char *user; /* ~/.config/huiying, or NULL */
	char *system; /* /etc/huiying */
	char *shipped; /* the rules that came with the program */
	char *data; /* ledger.db, spool/, archive/, evidence/, state/ */
	char *locale; /* directory of the message catalogues */
};

/* $XDG_STATE_HOME/huiying, else ~/.local/state/huiying; malloc'd, NULL: there is none. */
char *path_state_dir(void);
/* home_option may be NULL. Reads the environment; creates nothing. */
enum err_code path_home_init(struct path_home *h, const char *home_option, struct err *e);
void path_home_fini(struct path_home *h);
/* First existing file `name` along the look-up order; ERR_NOT_FOUND names all
 * the places. *out malloc'd. */
enum err_code path_find(const struct path_home *h, const char *name, char **out, struct err *e);

/* dir + "/" + name, malloc'd; NULL when out of memory. */
char *path_join(const char *dir, const char *name);
bool path_exists(const char *path);
/* By its name alone; NULL is below nothing. */
bool path_is_below(const char *path, const char *dir);
/* What a link leads to: the path itself when it is none or leads nowhere. Takes a malloc'd
 * path (NULL is fine) and returns one. */
char *path_behind_links(char *path);
enum err_code path_make_dirs(const char *path, mode_t mode, struct err *e); /* mkdir -p */

/* Whole file ("-" is standard input), ERR_LIMIT beyond out->max. */
enum err_code path_read(const char *path, struct buf *out, struct err *e);
/* Temporary file in the same directory, fsync, rename, fsync of the directory. */
enum err_code path_write_atomic(
	const char *path, const void *data, size_t n, mode_t mode, struct err *e);
/* As it was before a write whose event could not be saved; was NULL: there was none. As well as
 * it can be done: the first fault is the one to be told. */
void path_put_back(const char *path, const struct str *was, mode_t mode);
/* Removes the temporary files of path_write_atomic() in `dir` whose writers were killed: what
 * nobody holds any more and was not touched for PATH_SWEEP_AFTER seconds before `now`. What may
 * not be opened stays. Adds to *removed. A directory that is not there, or that may not be read,
 * holds none. */
#define PATH_SWEEP_AFTER 3600
enum err_code path_sweep(const char *dir, int64_t now, int64_t *removed, struct err *e);
enum err_code path_sync_dir(const char *dir, struct err *e);
/* Makes the file where it is missing and locks it for this program alone. ERR_BUSY, without a
 * text, when another has it; *fd is the caller's then too, -1 with any other error. */
enum err_code path_lock(const char *path, int *fd, struct err *e);
/* rename + fsync of both directories. */
enum err_code path_move(const char *from, const char *to, struct err *e);
/* ERR_IO naming the path when it lies on a network file system (NFS, CIFS, 9p,
 * FUSE, AFS, virtiofs …), on which WAL is not safe. */
enum err_code path_refuse_network_fs(const char *path, struct err *e);
enum err_code path_free_bytes(const char *path, unsigned long long *out, struct err *e);

#endif
