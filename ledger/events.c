/*
 * events.c - appending to the chain, reading it back. What may stand in an event is
 * checked here, before anything is written.
 */
#include "ledger/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "ledger/projection.h"
#include "ledger/texts.h"

static const char *const no_text = "";

/* --- the hash --- */

static void hash_field(struct hash_state *h, const void *data, size_t n)
{
	unsigned char size[8];
	uint64_t v = n;

	for (int i = 7; i >= 0; i--, v >>= 8)
		size[i] = (unsigned char)v;
	hash_add(h, size, sizeof size);
	hash_add(h, data, n);
}

static void hash_number(struct hash_state *h, int64_t v)
{
	char s[24];
	int n = snprintf(s, sizeof s, "%lld", (long long)v);

	hash_field(h, s, (size_t)n);
}

enum err_code events_hash(const struct event *ev, struct hash *out, struct err *e)
{
	static const char domain[] = "huiying-event-1";
	struct hash_state *h = hash_new();

	if (!h)
		return err_nomem(e);
	hash_add(h, domain, sizeof domain - 1);
	hash_number(h, ev->seq);
	hash_number(h, ev->at);
	hash_field(h, ev->actor, strlen(ev->actor));
	hash_field(h, ev->for_whom, strlen(ev->for_whom));
	hash_field(h, ev->kind, strlen(ev->kind));
	hash_field(h, ev->subject, strlen(ev->subject));
	hash_field(h, ev->payload, strlen(ev->payload));
	hash_field(h, ev->prev_hash.byte, HASH_SIZE);
	*out = hash_end(h);
	return ERR_OK;
}

/* --- what may stand in an event --- */

static enum err_code check_kind(const char *kind, struct err *e)
{
	size_t n = kind ? strlen(kind) : 0, i = 0;
	int64_t version;

	while (i < n && (kind[i] == '.' || kind[i] == '_' || (kind[i] >= 'a' && kind[i] <= 'z')))
		i++;
	if (i == 0 || i >= n || kind[i] != '/' ||
		!str_to_int(str_sub(str_of(kind), i + 1, n), 1, 999, &version))
		return err_set(e, ERR_IO, "event kind “%s” is not name/version", kind ? kind : "");
	return ERR_OK;
}

static bool key_is_plain(const char *key)
{
	if (!key[0])
		return false;
	for (; *key; key++)
		if (*key != '_' && !(*key >= 'a' && *key <= 'z'))
			return false;
	return true;
}

static bool is_digest(const char *s)
{
	struct hash h;

	return strlen(s) == HASH_HEX_SIZE - 1 && hash_from_hex(s, &h);
}

static bool has_suffix(const char *s, const char *suffix)
{
	return str_has_suffix(str_of(s), suffix);
}

/* Flat, plain keys, integers and strings; what a *_text key names must be in texts. */
static enum err_code check_members(
	struct db *db, const struct json *j, const char *what, struct err *e)
{
	const struct json *v;
	const char *key;
	void *iter = NULL;

	if (json_type_of(j) != JSON_IS_OBJECT)
		return err_set(e, ERR_IO, "event %s is not a JSON object", what);
	while ((key = json_next(j, &iter, &v)) != NULL) {
		enum json_type type = json_type_of(v);
		const char *s = type == JSON_IS_STRING ? json_str(v) : NULL;
		if (!key_is_plain(key))
			return err_set(e, ERR_IO, "event %s: key “%s” is not [a-z_]+", what, key);
		if (type != JSON_IS_INT && type != JSON_IS_STRING)
			return err_set(
				e, ERR_IO, "event %s: “%s” is no integer and no string", what, key);
		if (!s || !s[0] || !has_suffix(key, "_text"))
			continue;
		if (!is_digest(s))
			return err_set(
				e, ERR_IO, "event %s: “%s” is not a text's digest", what, key);
		enum err_code rc = texts_expect(db, s, e);
		if (rc)
			return rc;
	}
	return ERR_OK;
}

/* Appends the canonical form of a JSON object. */
static enum err_code canonical(
	struct db *db, const struct json *tree, const char *what, struct buf *out, struct err *e)
{
	enum err_code rc = check_members(db, tree, what, e);

	if (!rc)
		json_add_sorted(out, tree);
	return rc ? rc : buf_check(out, what, e);
}

/* The same of its text, *tree; "" stays "" and makes none. */
static enum err_code canonical_text(struct db *db, const char *text, const char *what,
	struct buf *out, struct json **tree, struct err *e)
{
	enum err_code rc;

	if (!text || !text[0])
		return ERR_OK;
	rc = json_read(text, strlen(text), tree, e);
	return rc ? rc : canonical(db, *tree, what, out, e);
}

/* --- reading --- */

/* One parsed event; owns what its pointers refer to. */
struct parsed {
	struct json *data, *actor, *for_whom;
	char key[160];
};

static enum err_code parse_json(
	const char *text, const char *what, int64_t seq, struct json **out, struct err *e)
{
	enum err_code rc = json_read(text, strlen(text), out, e);

	if (!rc && json_type_of(*out) != JSON_IS_OBJECT)
		rc = err_set(e, ERR_INPUT, _("not an object"));
	if (!rc || rc == ERR_NOMEM)
		return rc;
	err_prefix(e, _("event %lld: its %s cannot be read: "), (long long)seq, what);
	if (e)
		e->code = ERR_INTEGRITY;
	return ERR_INTEGRITY;
}

static void name_actor(struct event *ev, struct parsed *p)
{
	int64_t uid;
	const char *login = json_get_str(p->actor, "login");

	ev->actor_name = login ? login : no_text;
	ev->actor_role = json_get_str(p->actor, "role");
	if (!ev->actor_role)
		ev->actor_role = no_text;
	if (json_get_int(p->actor, "uid", &uid))
		snprintf(p->key, sizeof p->key, "uid:%lld", (long long)uid);
	else if (json_get(p->actor, "demo"))
		snprintf(p->key, sizeof p->key, "demo:%s", ev->actor_name);
	else
		snprintf(p->key, sizeof p->key, EVENTS_SYSTEM);
	ev->actor_key = p->key;
}

/* What is parsed already is taken as it is. */
static enum err_code parse(struct event *ev, struct parsed *p, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (!ev->data)
		rc = parse_json(ev->payload, "payload", ev->seq, &p->data, e);
	if (!rc && !p->actor)
		rc = parse_json(ev->actor, "actor", ev->seq, &p->actor, e);
	if (!rc && !p->for_whom && ev->for_whom[0])
		rc = parse_json(ev->for_whom, "for", ev->seq, &p->for_whom, e);
	if (rc)
		return rc;
	if (!ev->data)
		ev->data = p->data;
	name_actor(ev, p);
	ev->unit = p->for_whom ? json_get_str(p->for_whom, "unit") : NULL;
	return ERR_OK;
}

static void parsed_fini(struct parsed *p)
{
	json_free(p->data);
	json_free(p->actor);
	json_free(p->for_whom);
}

/* The row's own fields; they live as long as the row. */
static void read_row(struct db_rows *q, struct event *ev)
{
	const void *prev = db_blob(q, 7), *hash = db_blob(q, 8);
	bool whole = db_size(q, 7) == HASH_SIZE && db_size(q, 8) == HASH_SIZE;

	memset(ev, 0, sizeof *ev);
	ev->seq = db_int(q, 0);
	ev->at = db_int(q, 1);
	ev->actor = db_text(q, 2);
	ev->for_whom = db_text(q, 3);
	ev->kind = db_text(q, 4);
	ev->subject = db_text(q, 5);
	ev->payload = db_text(q, 6);
	if (whole && prev && hash) {
		memcpy(ev->prev_hash.byte, prev, HASH_SIZE);
		memcpy(ev->hash.byte, hash, HASH_SIZE);
	}
}

static enum err_code whole_row(const struct event *ev, struct err *e)
{
	if (ev->actor && ev->for_whom && ev->kind && ev->subject && ev->payload)
		return ERR_OK;
	return err_set(e, ERR_INTEGRITY, _("event %lld is damaged"), (long long)ev->seq);
}

enum err_code events_each(struct db *db, const char *subject,
	enum err_code (*each)(void *data, const struct event *ev, struct err *e), void *data,
	struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc =
		subject ? db_query(db, ST_EVENT_OF_SUBJECT, DB_ARGS(DB_TEXT(subject)), &q, e)
			: db_query(db, ST_EVENT_ALL, DB_NO_ARGS, &q, e);

	while (!rc && db_next(&q)) {
		struct parsed p = {NULL, NULL, NULL, ""};
		struct event ev;
		read_row(&q, &ev);
		rc = whole_row(&ev, e);
		if (!rc)
			rc = parse(&ev, &p, e);
		if (!rc)
			rc = each(data, &ev, e);
		parsed_fini(&p);
	}
	return db_end(&q, rc, e);
}

/* The arena's copies outlive the row; the JSON tree cannot, so data stays NULL. */
static enum err_code keep(struct event *ev, struct arena *a, struct err *e)
{
	ev->actor = arena_strdup(a, ev->actor);
	ev->for_whom = arena_strdup(a, ev->for_whom);
	ev->kind = arena_strdup(a, ev->kind);
	ev->subject = arena_strdup(a, ev->subject);
	ev->payload = arena_strdup(a, ev->payload);
	ev->actor_key = arena_strdup(a, ev->actor_key);
	ev->actor_name = arena_strdup(a, ev->actor_name);
	ev->actor_role = arena_strdup(a, ev->actor_role);
	ev->unit = arena_strdup(a, ev->unit);
	ev->data = NULL;
	return arena_failed(a) ? err_nomem(e) : ERR_OK;
}

enum err_code events_get(
	struct db *db, int64_t seq, struct arena *a, struct event *out, struct err *e)
{
	struct parsed p = {NULL, NULL, NULL, ""};
	struct db_rows q = DB_ROWS_NONE;
	bool found = false;
	enum err_code rc = db_query(db, ST_EVENT_GET, DB_ARGS(DB_INT(seq)), &q, e);

	memset(out, 0, sizeof *out);
	if (!rc && db_next(&q)) {
		found = true;
		read_row(&q, out);
		rc = whole_row(out, e);
		if (!rc)
			rc = parse(out, &p, e);
		if (!rc)
			rc = keep(out, a, e);
	}
	parsed_fini(&p);
	rc = db_end(&q, rc, e);
	if (!rc && !found)
		rc = err_set(e, ERR_NOT_FOUND, _("there is no event %lld"), (long long)seq);
	return rc;
}

enum err_code events_head(struct db *db, int64_t *count, struct hash *head, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	enum err_code rc = db_query(db, ST_EVENT_LAST, DB_NO_ARGS, &q, e);

	*count = 0;
	memset(head, 0, sizeof *head);
	if (!rc && db_next(&q)) {
		const void *hash = db_blob(&q, 1);
		*count = db_int(&q, 0);
		if (hash && db_size(&q, 1) == HASH_SIZE)
			memcpy(head->byte, hash, HASH_SIZE);
		else
			rc = err_set(
				e, ERR_INTEGRITY, _("event %lld is damaged"), (long long)*count);
	}
	return db_end(&q, rc, e);
}

/* --- appending --- */

static enum err_code store(struct db *db, const struct event *ev, struct err *e)
{
	return db_run(db, ST_EVENT_ADD,
		DB_ARGS(DB_INT(ev->seq), DB_INT(ev->at), DB_TEXT(ev->actor), DB_TEXT(ev->for_whom),
			DB_TEXT(ev->kind), DB_TEXT(ev->subject), DB_TEXT(ev->payload),
			DB_BLOB(ev->prev_hash.byte, HASH_SIZE), DB_BLOB(ev->hash.byte, HASH_SIZE)),
		e);
}

enum err_code events_append_tree(struct db *db, const struct event_draft *d,
	const struct json *tree, int64_t *seq, struct err *e)
{
	struct buf payload, actor, for_whom;
	struct parsed p = {NULL, NULL, NULL, ""};
	struct event ev;
	enum err_code rc = check_kind(d->kind, e);

	memset(&ev, 0, sizeof ev);
	buf_init(&payload, EVENTS_PAYLOAD_MAX);
	buf_init(&actor, 4096);
	buf_init(&for_whom, 4096);
	if (!rc && tree)
		rc = canonical(db, tree, "payload", &payload, e);
	if (!rc)
		rc = canonical_text(db, d->actor, "actor", &actor, &p.actor, e);
	if (!rc)
		rc = canonical_text(db, d->for_whom, "for", &for_whom, &p.for_whom, e);
	if (!rc)
		rc = events_head(db, &ev.seq, &ev.prev_hash, e);
	ev.seq++;
	ev.at = d->at;
	ev.kind = d->kind;
	ev.subject = d->subject ? d->subject : no_text;
	ev.payload = buf_str(&payload);
	ev.actor = buf_str(&actor);
	ev.for_whom = buf_str(&for_whom);
	ev.data = tree;
	if (!rc)
		rc = events_hash(&ev, &ev.hash, e);
	if (!rc)
		rc = parse(&ev, &p, e);
	if (!rc)
		rc = store(db, &ev, e);
	if (!rc)
		rc = projection_apply(db, &ev, e);
	if (!rc && seq)
		*seq = ev.seq;
	parsed_fini(&p);
	buf_fini(&payload);
	buf_fini(&actor);
	buf_fini(&for_whom);
	return rc;
}

enum err_code events_append(struct db *db, const struct event_draft *d, int64_t *seq, struct err *e)
{
	struct json *tree = NULL;
	const char *text = d->payload;
	enum err_code rc = text && text[0] ? json_read(text, strlen(text), &tree, e) : ERR_OK;

	if (!rc)
		rc = events_append_tree(db, d, tree, seq, e);
	json_free(tree);
	return rc;
}

/* --- members for apply functions --- */

static enum err_code lacks(const struct event *ev, const char *key, struct err *e)
{
	return err_set(e, ERR_INTEGRITY, _("event %lld (%s): “%s” is missing or of a wrong type"),
		(long long)ev->seq, ev->kind, key);
}

enum err_code events_need_str(
	const struct event *ev, const char *key, const char **out, struct err *e)
{
	*out = json_get_str(ev->data, key);
	return *out ? ERR_OK : lacks(ev, key, e);
}

enum err_code events_need_int(const struct event *ev, const char *key, int64_t *out, struct err *e)
{
	return json_get_int(ev->data, key, out) ? ERR_OK : lacks(ev, key, e);
}

const char *events_str(const struct event *ev, const char *key)
{
	return json_get_str(ev->data, key);
}

int64_t events_int(const struct event *ev, const char *key)
{
	int64_t v;

	return json_get_int(ev->data, key, &v) ? v : INT64_MIN;
}

enum err_code events_last_at(struct db *db, int64_t *at, struct err *e)
{
	return db_get_int(db, ST_EVENT_LAST_AT, DB_NO_ARGS, at, e);
}
