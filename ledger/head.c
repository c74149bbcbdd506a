/*
 * head.c - writing, signing and reading heads.
 */
#include "ledger/head.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "ledger/events.h"
#include "ledger/list.h"

#define HEAD_MAX ((size_t)1 << 20)
#define HEAD_VERSION 1

static const char domain[] = "huiying-head-1\n";

/* Every member but the signature, sorted: what is signed, and all that a head may have. */
static const char *const members[] = {"at", "count", "demo", "hash", "ids", "key", "v"};

#define MEMBERS (sizeof members / sizeof *members)

/* --- the counters of ids --- */

enum err_code head_of(struct db *db, int64_t at, struct arena *a, struct head *out, struct err *e)
{
	struct db_rows q = DB_ROWS_NONE;
	struct list l;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	list_init(&l, a, sizeof(struct head_id));
	out->at = at;
	rc = events_head(db, &out->count, &out->hash, e);
	if (!rc)
		rc = db_query(db, ST_HEAD_IDS, DB_NO_ARGS, &q, e);
	while (!rc && db_next(&q)) {
		struct head_id *id = list_add(&l);
		if (!id) {
			rc = err_nomem(e);
			break;
		}
		snprintf(id->prefix, sizeof id->prefix, "%s", db_text(&q, 0));
		id->year = (int)db_int(&q, 1);
		id->number = db_int(&q, 2);
	}
	out->ids = l.items;
	out->id_count = l.count;
	return db_end(&q, rc, e);
}

void head_put_ids(struct json_writer *w, const struct head_id *ids, size_t count)
{
	char name[24];

	json_begin_object(w);
	for (size_t i = 0; i < count; i++) {
		if (ids[i].year)
			snprintf(name, sizeof name, "%s-%d", ids[i].prefix, ids[i].year);
		else
			snprintf(name, sizeof name, "%s", ids[i].prefix);
		json_put_int(w, name, ids[i].number);
	}
	json_end_object(w);
}

/* "YQ-2026" or "A". */
static bool read_id(const char *name, const struct json *value, struct head_id *out)
{
	struct str rest = str_of(name), prefix = str_split(&rest, '-');
	int64_t year = 0;

	if (prefix.n == 0 || prefix.n >= sizeof out->prefix || !json_int(value, &out->number) ||
		out->number < 0 || (rest.n && !str_to_int(rest, 1970, 9999, &year)))
		return false;
	memcpy(out->prefix, prefix.p, prefix.n);
	out->year = (int)year;
	return true;
}

enum err_code head_ids_of(const struct json *object, struct arena *a, struct head_id **ids,
	size_t *count, struct err *e)
{
	const struct json *value;
	const char *name;
	void *iter = NULL;
	struct list l;

	list_init(&l, a, sizeof(struct head_id));
	while ((name = json_next(object, &iter, &value)) != NULL) {
		struct head_id *id = list_add(&l);
		if (!id)
			return err_nomem(e);
		if (!read_id(name, value, id))
			return err_set(e, ERR_INPUT, _("“%s” is no counter of ids"), name);
	}
	*ids = l.items;
	*count = l.count;
	return ERR_OK;
}

/* --- signing --- */

static enum err_code signed_text(const struct json *j, struct buf *out, struct err *e)
{
	buf_add_str(out, domain);
	buf_add_char(out, '{');
	for (size_t i = 0, n = 0; i < MEMBERS; i++) {
		const struct json *v = json_get(j, members[i]);
		if (!v)
			continue;
		buf_addf(out, "%s\"%s\":", n++ ? "," : "", members[i]);
		json_add_sorted(out, v);
	}
	buf_add_char(out, '}');
	return buf_check(out, N_("a head"), e);
}

static void write_unsigned(const struct head *h, bool demo, const char *key, struct buf *out)
{
	struct json_writer w;
	char hex[HASH_HEX_SIZE];

	hash_to_hex(&h->hash, hex);
	json_writer_init(&w, out);
	json_begin_object(&w);
	json_put_time(&w, "at", h->at);
	json_put_int(&w, "count", h->count);
	json_put_bool(&w, "demo", demo);
	json_put_str(&w, "hash", hex);
	json_key(&w, "ids");
	head_put_ids(&w, h->ids, h->id_count);
	json_put_str(&w, "key", key);
	json_put_int(&w, "v", HEAD_VERSION);
	json_end_object(&w);
}

enum err_code head_sign(const struct head *h, bool demo, const struct sign_seed *seed,
	struct buf *out, struct err *e)
{
	struct buf plain, text;
	struct json *j = NULL;
	char key[SIGN_KEY_HEX], signature[SIGN_HEX];
	enum err_code rc;

	buf_init(&plain, HEAD_MAX);
	buf_init(&text, HEAD_MAX);
	sign_public(seed, key);
	write_unsigned(h, demo, key, &plain);
	rc = buf_check(&plain, N_("a head"), e);
	if (!rc)
		rc = json_read(buf_str(&plain), plain.len, &j, e);
	if (!rc)
		rc = signed_text(j, &text, e);
	if (!rc) {
		sign_make(seed, buf_str(&text), text.len, signature);
		buf_truncate(&plain, plain.len - 1);
		buf_add(out, buf_str(&plain), plain.len);
		buf_addf(out, ",\"signature\":\"%s\"}", signature);
		rc = buf_check(out, N_("a head"), e);
	}
	json_free(j);
	buf_fini(&plain);
	buf_fini(&text);
	return rc;
}

/* --- reading --- */

static bool is_member(const char *name)
{
	for (size_t i = 0; i < MEMBERS; i++)
		if (strcmp(members[i], name) == 0)
			return true;
	return strcmp(name, "signature") == 0;
}

/* What is not signed must not look as if it were. */
static enum err_code only_members(const struct json *j, struct err *e)
{
	const struct json *v;
	const char *name;
	void *iter = NULL;

	while ((name = json_next(j, &iter, &v)) != NULL)
		if (!is_member(name))
			return err_set(e, ERR_INTEGRITY,
				_("the signed head holds “%s”, which is not of it"), name);
	return ERR_OK;
}

static enum err_code check_signature(const struct json *j, struct head *out, struct err *e)
{
	const char *key = json_get_str(j, "key"), *signature = json_get_str(j, "signature");
	struct buf text;
	int64_t version = 0;
	enum err_code rc = only_members(j, e);

	if (!rc && json_get_int(j, "v", &version) && version != HEAD_VERSION)
		rc = err_set(e, ERR_INPUT,
			_("the head is of version %lld, made by a newer Huiying"),
			(long long)version);
	buf_init(&text, HEAD_MAX);
	if (!rc)
		rc = signed_text(j, &text, e);
	if (!rc && !sign_verify(key, signature, buf_str(&text), text.len))
		rc = err_set(e, ERR_INTEGRITY,
			_("the head's signature is not that of its key: it was changed, or signed "
			  "by "
			  "somebody else"));
	buf_fini(&text);
	if (!rc) {
		out->is_signed = true;
		snprintf(out->key, sizeof out->key, "%s", key);
	}
	return rc;
}

static enum err_code no_anchor(struct err *e)
{
	return err_set(e, ERR_INPUT,
		_("this is no anchor: wanted is the line that “huiying audit head” prints"));
}

static enum err_code from_json(
	const char *text, size_t n, struct arena *a, struct head *out, struct err *e)
{
	struct json *j = NULL;
	const char *hex, *at;
	enum err_code rc = ERR_OK;

	if (json_read(text, n, &j, NULL) != ERR_OK)
		return no_anchor(e);
	hex = json_get_str(j, "hash");
	at = json_get_str(j, "at");
	if (!json_get_int(j, "count", &out->count) || out->count < 0 || !hex ||
		!hash_from_hex(hex, &out->hash))
		rc = no_anchor(e);
	if (!rc && at && !time_parse_rfc3339(str_of(at), &out->at))
		rc = no_anchor(e);
	if (!rc && json_get(j, "signature"))
		rc = check_signature(j, out, e);
	if (!rc && json_get(j, "ids"))
		rc = head_ids_of(json_get(j, "ids"), a, &out->ids, &out->id_count, e);
	json_free(j);
	return rc;
}

static bool from_words(struct str s, struct head *out)
{
	char hex[HASH_HEX_SIZE];
	struct str count = str_split(&s, ' ');

	s = str_trim(s);
	if (s.n != HASH_HEX_SIZE - 1 || !str_to_int(count, 0, INT64_MAX, &out->count))
		return false;
	memcpy(hex, s.p, s.n);
	hex[s.n] = '\0';
	return hash_from_hex(hex, &out->hash);
}

enum err_code head_read(
	const char *text, size_t n, struct arena *a, struct head *out, struct err *e)
{
	struct str s = str_trim((struct str){text, n});

	memset(out, 0, sizeof *out);
	out->at = TIME_NONE;
	return from_words(s, out) ? ERR_OK : from_json(s.p, s.n, a, out, e);
}

enum err_code head_load(const char *path, struct arena *a, struct head *out, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, HEAD_MAX);
	rc = path_read(path, &b, e);
	if (!rc) {
		rc = head_read(buf_str(&b), b.len, a, out, e);
		if (rc)
			err_prefix(e, "%s: ", path);
	}
	buf_fini(&b);
	return rc;
}
