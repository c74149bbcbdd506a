/*
 * restore.c - a set becomes the instance.
 */
#include "office/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/audit.h"
#include "ledger/erase.h"
#include "ledger/head.h"
#include "ledger/list.h"
#include "ledger/outbox.h"
#include "ledger/redactions.h"
#include "ledger/search.h"
#include "ledger/texts.h"
#include "office/act.h"
#include "office/backup_set.h"
#include "office/copy_file.h"
#include "office/file_list.h"
#include "office/restore_tail.h"

#define STAGE ".restore"
#define RETIRED "ledger.db.before-"
#define LIST "redacted.jsonl"
#define LIST_MAX ((size_t)256 << 20)

struct restoring {
	const struct office_options *options;
	const struct restore_ask *ask;
	struct arena *arena;
	struct restore_told *told;
	const char *home; /* of the instance */
	const char *stage; /* below it: the copy until it takes its place */
	struct backup_manifest manifest;
	struct head anchor, old; /* count 0: none */
	struct list lists; /* lines of the lists of erasures, struct json * */
	struct err *e;
};

static const char *below(struct restoring *r, const char *dir, const char *name)
{
	return arena_printf(r->arena, "%s/%s", dir, name);
}

/* --- before anything is changed --- */

static enum err_code make_places(struct restoring *r)
{
	static const char *const dirs[] = {
		"spool", "archive", "evidence", "state", "local.d", STAGE};
	enum err_code rc = path_make_dirs(r->home, 02770, r->e);

	for (size_t i = 0; !rc && i < sizeof dirs / sizeof *dirs; i++) {
		const char *path = below(r, r->home, dirs[i]);
		rc = path ? path_make_dirs(path, 02770, r->e) : err_nomem(r->e);
	}
	return rc;
}

/* How far the ledger went that is lost, when it can still be read. */
static enum err_code read_old(struct restoring *r)
{
	const char *path = below(r, r->home, "ledger.db");
	struct db *db = NULL;
	enum err_code rc;

	memset(&r->old, 0, sizeof r->old);
	if (!path)
		return err_nomem(r->e);
	if (!path_exists(path) || db_open(path, DB_OPEN_READ, &db, NULL) != ERR_OK)
		return ERR_OK;
	rc = head_of(db, TIME_NONE, r->arena, &r->old, NULL);
	if (rc)
		memset(&r->old, 0, sizeof r->old);
	db_close(db);
	return ERR_OK;
}

static enum err_code read_anchor(struct restoring *r)
{
	memset(&r->anchor, 0, sizeof r->anchor);
	return r->ask->anchor ? head_load(r->ask->anchor, r->arena, &r->anchor, r->e) : ERR_OK;
}

static enum err_code know_the_numbers(struct restoring *r)
{
	if (r->old.count || r->anchor.id_count || r->ask->skip > 0)
		return ERR_OK;
	return err_set(r->e, ERR_REFUSED,
		_("nothing says how far the numbers of cases and answers had gone: give a signed "
		  "head that was published (--anchor FILE), or say how many to leave out "
		  "(--skip-numbers N)"));
}

/* What is missing of the configuration; nothing that is there is touched. */
static enum err_code put_conf(struct restoring *r)
{
	const size_t n = sizeof "conf/" - 1;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < r->manifest.file_count; i++) {
		const char *name = r->manifest.files[i].name, *from, *to;
		struct hash h;
		int64_t size;
		if (strncmp(name, "conf/", n) != 0)
			continue;
		from = below(r, r->ask->set, name);
		to = below(r, r->home, name + n);
		if (!from || !to)
			rc = err_nomem(r->e);
		else if (!path_exists(to))
			rc = copy_file(from, to, 0660, &h, &size, r->e);
	}
	return rc;
}

static enum err_code stage_ledger(struct restoring *r)
{
	static const char *const stale[] = {"ledger.db", "ledger.db-wal", "ledger.db-shm"};
	const char *from = below(r, r->ask->set, "ledger.db"), *to = NULL;
	struct hash h;
	int64_t size;

	for (size_t i = 0; i < sizeof stale / sizeof *stale; i++) {
		const char *path = below(r, r->stage, stale[i]);
		if (!path || !from)
			return err_nomem(r->e);
		(void)unlink(path);
		to = i ? to : path;
	}
	return copy_file(from, to, 0660, &h, &size, r->e);
}

static enum err_code verify_staged(struct restoring *r, struct office *o)
{
	struct audit_result result;
	char hex[HASH_HEX_SIZE];
	enum err_code rc = db_check_file(o->db, false, r->e);

	if (!rc)
		rc = audit_verify(o->db, NULL, &result, r->e);
	if (rc)
		return rc;
	hash_to_hex(&result.head, hex);
	r->told->count = result.events;
	if (result.events == r->manifest.count && strcmp(hex, r->manifest.hash) == 0)
		return ERR_OK;
	return err_set(
		r->e, ERR_INTEGRITY, _("the backup's ledger is not the one of its manifest"));
}

/* An anchor must be of this chain: of its beginning, or of what came behind it. */
static enum err_code anchor_fits(struct restoring *r, struct office *o)
{
	struct event ev;
	enum err_code rc = ERR_OK;

	if (!r->anchor.count || r->anchor.count > r->told->count)
		return ERR_OK;
	rc = events_get(o->db, r->anchor.count, r->arena, &ev, r->e);
	if (!rc && !hash_eq(&ev.hash, &r->anchor.hash))
		rc = err_set(r->e, ERR_INTEGRITY,
			_("event %lld of the backup is not the one that the anchor names"),
			(long long)r->anchor.count);
	return rc;
}

/* --- the list of erasures --- */

static enum err_code read_list(struct restoring *r, const char *path)
{
	struct str rest;
	struct buf b;
	enum err_code rc = path ? ERR_OK : err_nomem(r->e);

	buf_init(&b, LIST_MAX);
	if (!rc && path_exists(path))
		rc = path_read(path, &b, r->e);
	rest = (struct str){buf_str(&b), b.len};
	while (!rc && rest.n) {
		struct str line = str_trim(str_split(&rest, '\n'));
		struct json **slot = line.n ? list_add(&r->lists) : NULL;
		if (line.n && !slot)
			rc = err_nomem(r->e);
		else if (line.n)
			rc = json_read(line.p, line.n, slot, r->e);
	}
	buf_fini(&b);
	return rc;
}

static void free_lists(struct restoring *r)
{
	for (size_t i = 0; i < r->lists.count; i++)
		json_free(((struct json **)r->lists.items)[i]);
}

static void erase_digest(struct act *a, const char *digest, int64_t *erased)
{
	int64_t one;
	enum err_code rc =
		db_get_int(a->db, ST_TEXT_IS_THERE, DB_ARGS(DB_TEXT(digest)), &one, a->err);

	if (rc == ERR_NOT_FOUND)
		return;
	a->rc = rc;
	act_event(a);
	act_int(a, "ask", 0);
	act_str(a, "digest", digest);
	act_text(a, "replacement_text", ERASE_MARK);
	act_append(a, "text.erased/1", "");
	if (!a->rc)
		a->rc = texts_erase(a->db, digest, a->err);
	*erased += !a->rc;
}

static void erase_evidence(struct act *a, const char *id)
{
	bool done = false;

	a->rc = redactions_of_file(a->db, id, &done, a->err);
	if (a->rc || done)
		return;
	act_event(a);
	act_append(a, "file.erased/1", id);
}

static void apply_list(struct restoring *r, struct act *a)
{
	for (size_t i = 0; !a->rc && i < r->lists.count; i++) {
		const struct json *line = ((struct json **)r->lists.items)[i];
		const char *digest = json_get_str(line, "digest"),
			   *source = json_get_str(line, "source"),
			   *identity = json_get_str(line, "identity"),
			   *hotline = json_get_str(line, "hotline"),
			   *number = json_get_str(line, "number"),
			   *evidence = json_get_str(line, "evidence");
		if (digest)
			erase_digest(a, digest, &r->told->erased);
		else if (source && identity)
			a->rc = erase_item_of(a->db, source, identity, a->now, a->err);
		else if (hotline && number)
			a->rc = erase_order(a->db, hotline, number, a->now, a->err);
		else if (evidence)
			erase_evidence(a, evidence);
	}
}

/* --- the event --- */

static void raise_ids(struct restoring *r, struct list *ids, const struct head *h)
{
	for (size_t i = 0; i < h->id_count; i++) {
		struct head_id *own = NULL;
		for (size_t k = 0; k < ids->count && !own; k++) {
			struct head_id *x = (struct head_id *)ids->items + k;
			if (x->year == h->ids[i].year && strcmp(x->prefix, h->ids[i].prefix) == 0)
				own = x;
		}
		if (!own && (own = list_add(ids)) != NULL) {
			*own = h->ids[i];
			continue;
		}
		if (own && own->number < h->ids[i].number)
			own->number = h->ids[i].number;
	}
	(void)r;
}

/* Of every type that has numbers in this year, too: its counter may have been lost whole. */
static void skip_ids(struct restoring *r, struct act *a, struct list *ids)
{
	struct head_id *all;

	for (int t = IDS_CASE; t <= IDS_OBJECTION; t++) {
		struct head_id one = {"", a->year, 0};
		struct head h = {.ids = &one, .id_count = 1};
		snprintf(one.prefix, sizeof one.prefix, "%s", ids_prefix((enum ids_type)t));
		raise_ids(r, ids, &h);
	}
	all = ids->items;
	for (size_t i = 0; i < ids->count; i++)
		all[i].number += r->ask->skip;
}

static void find_lost(struct restoring *r, struct act *a)
{
	const struct head *furthest = r->old.count >= r->anchor.count ? &r->old : &r->anchor;
	char hex[HASH_HEX_SIZE];

	if (furthest->count <= r->told->count)
		return;
	hash_to_hex(&furthest->hash, hex);
	r->told->lost = furthest->count;
	act_int(a, "lost_count", furthest->count);
	act_str(a, "lost_hash", hex);
}

static void use_item_numbers(struct act *a, const struct list *ids)
{
	const struct head_id *all = ids->items;

	for (size_t i = 0; !a->rc && i < ids->count; i++) {
		if (strcmp(all[i].prefix, "I") != 0)
			continue;
		a->rc = db_run(a->db, ST_ITEM_SEQUENCE_UP, DB_ARGS(DB_INT(all[i].number)), a->err);
		if (!a->rc)
			a->rc = db_run(a->db, ST_ITEM_SEQUENCE_NEW, DB_ARGS(DB_INT(all[i].number)),
				a->err);
	}
}

static void append_restored(struct restoring *r, struct act *a)
{
	const char *slash = strrchr(r->ask->set, '/');
	struct json_writer w;
	struct head own;
	struct list ids;
	struct buf b;

	buf_init(&b, 1 << 20);
	list_init(&ids, a->arena, sizeof(struct head_id));
	if (!a->rc)
		a->rc = head_of(a->db, a->now, a->arena, &own, a->err);
	if (a->rc)
		return;
	raise_ids(r, &ids, &own);
	raise_ids(r, &ids, &r->old);
	raise_ids(r, &ids, &r->anchor);
	if (r->ask->skip > 0)
		skip_ids(r, a, &ids);
	json_writer_init(&w, &b);
	head_put_ids(&w, ids.items, ids.count);
	act_event(a);
	act_int(a, "count", own.count);
	act_str(a, "hash", r->manifest.hash);
	find_lost(r, a);
	act_str(a, "ids", buf_str(&b));
	act_str_always(a, "backup", slash && slash[1] ? slash + 1 : r->ask->set);
	act_text(a, "note_text", r->ask->note);
	act_append(a, "instance.restored/1", "");
	use_item_numbers(a, &ids);
	buf_fini(&b);
}

static enum err_code write_events(struct restoring *r, struct office *o)
{
	struct act a;

	act_begin(&a, o, PEOPLE_ADMIN, _("restore a backup"), r->e);
	if (!a.rc)
		a.rc = db_is_writing(o->db) ? ERR_OK : ERR_IO;
	append_restored(r, &a);
	apply_list(r, &a);
	if (!a.rc && r->lists.count)
		a.rc = search_forget_all(o->db, r->e);
	if (!a.rc && r->lists.count)
		a.rc = outbox_forget_words(o->db, r->e);
	if (!a.rc)
		a.rc = outbox_restored(
			o->db, a.now, _("the ledger was restored: it may have been sent"), r->e);
	return act_end(&a);
}

/* The copy, opened as an instance of its own with the person and configuration of the call. */
static enum err_code work_on_copy(struct restoring *r)
{
	struct office_options options = *r->options;
	struct path_home there = *options.home;
	struct office *o = NULL;
	bool whole;
	enum err_code rc;

	there.data = (char *)(uintptr_t)r->stage;
	options.home = &there;
	options.read_only = false;
	rc = office_open(&options, &o, r->e);
	if (!rc)
		rc = people_require(&o->person, PEOPLE_ADMIN, _("restore a backup"), r->e);
	if (!rc)
		rc = verify_staged(r, o);
	if (!rc)
		rc = anchor_fits(r, o);
	if (!rc)
		rc = db_overwrite_deleted(o->db, r->e);
	if (!rc)
		rc = write_events(r, o);
	if (!rc)
		rc = db_empty_log(o->db, &whole, r->e);
	office_close(o);
	return rc;
}

/* --- the swap --- */

enum err_code restore_retired(const struct office *o, struct list *out, struct err *e)
{
	return file_list_named(o->home->data, RETIRED, out, e);
}

static enum err_code take_place(struct restoring *r)
{
	const char *path = below(r, r->home, "ledger.db"), *fresh = below(r, r->stage, "ledger.db");
	bool was = path && path_exists(path);
	struct time_civil c;

	time_to_civil(time_now(), NULL, &c);
	r->told->retired = arena_printf(r->arena, "%s/" RETIRED "%04d%02d%02dT%02d%02d%02dZ",
		r->home, c.year, c.month, c.day, c.hour, c.minute, c.second);
	if (!path || !fresh || !r->told->retired)
		return err_nomem(r->e);
	if (!was) {
		const char *retired = r->told->retired;
		r->told->retired = NULL;
		return db_replace(path, fresh, retired, 0, r->e);
	}
	return db_replace(path, fresh, r->told->retired, r->old.count, r->e);
}

static enum err_code prepare(struct restoring *r)
{
	enum err_code rc = backup_set_check(r->ask->set, r->arena, &r->manifest, r->e);

	if (!rc)
		rc = read_anchor(r);
	if (!rc)
		rc = read_old(r);
	if (!rc)
		rc = know_the_numbers(r);
	if (!rc)
		rc = make_places(r);
	if (!rc)
		rc = put_conf(r);
	if (!rc)
		rc = stage_ledger(r);
	if (!rc)
		rc = read_list(r, below(r, r->home, LIST));
	return rc ? rc : read_list(r, below(r, r->ask->set, LIST));
}

enum err_code restore_set(const struct office_options *options, const struct restore_ask *ask,
	struct arena *a, struct restore_told *out, struct err *e)
{
	struct restoring r = {.options = options,
		.ask = ask,
		.arena = a,
		.told = out,
		.home = options->home->data,
		.e = e};
	struct restore_locks locks = {-1, -1};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	list_init(&r.lists, a, sizeof(struct json *));
	r.stage = below(&r, r.home, STAGE);
	rc = r.stage ? prepare(&r) : err_nomem(e);
	out->made = r.manifest.made;
	if (!rc)
		rc = restore_lock(r.home, &locks, e);
	if (!rc)
		rc = work_on_copy(&r);
	if (!rc)
		rc = restore_tail_mark(r.home, ask->set, a, e);
	if (!rc) {
		rc = take_place(&r);
		if (rc)
			restore_tail_unmark(r.home, a);
	}
	free_lists(&r);
	if (!rc)
		rc = restore_tail(options, a, out, e);
	restore_unlock(&locks);
	return rc;
}

enum err_code restore_continue(const struct office_options *options, struct arena *a,
	struct restore_told *out, struct err *e)
{
	struct restore_locks locks = {-1, -1};
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = restore_lock(options->home->data, &locks, e);
	if (!rc)
		rc = restore_tail(options, a, out, e);
	restore_unlock(&locks);
	return rc;
}
