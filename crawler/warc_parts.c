/*
 * warc_parts.c - block digests, and the metadata record in and out.
 */
#include "crawler/warc_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"

/* Base 32 without padding, the customary form of WARC digests. */
void warc_digest_add(struct buf *out, const char *name, const struct hash *h)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned int bits = 0, have = 0;

	buf_addf(out, "%s: sha256:", name);
	for (size_t i = 0; i < HASH_SIZE; i++) {
		bits = bits << 8 | h->byte[i];
		for (have += 8; have >= 5; have -= 5)
			buf_add_char(out, digits[bits >> (have - 5) & 31]);
	}
	if (have)
		buf_add_char(out, digits[bits << (5 - have) & 31]);
	buf_add_str(out, "\r\n");
}

static int base32_value(char c)
{
	c = str_lower(c);
	if (c >= 'a' && c <= 'z')
		return c - 'a';
	if (c >= '2' && c <= '7')
		return c - '2' + 26;
	return -1;
}

/* Only SHA-256 is checked (base 32, as we write it, or hex); other algorithms are
 * taken on trust, gzip's own CRC still stands behind them. */
bool warc_digest_agrees(const char *label, const void *data, size_t n)
{
	struct hash want = {{0}}, got;
	struct str s = str_of(label);
	size_t byte = 0;
	unsigned int bits = 0, have = 0;

	if (!label || !str_has_prefix(s, "sha256:"))
		return true;
	s = str_sub(s, 7, s.n);
	got = hash_of(data, n);
	if (s.n == HASH_HEX_SIZE - 1)
		return !hash_from_hex(s.p, &want) || hash_eq(&want, &got);
	while (s.n && s.p[s.n - 1] == '=')
		s.n--;
	for (size_t i = 0; i < s.n && byte < HASH_SIZE; i++) {
		int v = base32_value(s.p[i]);
		if (v < 0)
			return true;
		bits = bits << 5 | (unsigned int)v;
		have += 5;
		if (have >= 8) {
			have -= 8;
			want.byte[byte++] = (unsigned char)(bits >> have & 0xff);
		}
	}
	return byte < HASH_SIZE || hash_eq(&want, &got);
}

void warc_metadata_add(struct buf *out, const struct warc_metadata *m)
{
	struct json_writer j;

	json_writer_init(&j, out);
	json_begin_object(&j);
	json_put_int(&j, "v", 1);
	json_put_str(&j, "source", m->source);
	json_put_str(&j, "want", m->want);
	json_put_str(&j, "kind", m->kind);
	json_put_str(&j, "error", m->error);
	json_put_str(&j, "detail", m->detail);
	json_put_int(&j, "hop", m->hop);
	json_put_int(&j, "ms", m->ms);
	if (m->cert_expires != 0)
		json_put_time(&j, "cert_expires", m->cert_expires);
	json_end_object(&j);
}

enum err_code warc_metadata_parse(
	const struct warc_record *rec, struct arena *a, struct warc_metadata *out, struct err *e)
{
	struct json *root = NULL;
	int64_t hop = 0;
	enum err_code rc = json_read(rec->block, rec->block_size, &root, e);

	memset(out, 0, sizeof *out);
	if (rc)
		return rc;
	if (json_type_of(root) != JSON_IS_OBJECT) {
		json_free(root);
		return err_set(e, ERR_INPUT, _("the metadata record is not a JSON object"));
	}
	out->source = arena_strdup(a, json_get_str(root, "source"));
	out->want = arena_strdup(a, json_get_str(root, "want"));
	out->kind = arena_strdup(a, json_get_str(root, "kind"));
	out->error = arena_strdup(a, json_get_str(root, "error"));
	out->detail = arena_strdup(a, json_get_str(root, "detail"));
	if (json_get_int(root, "hop", &hop) && hop >= 0 && hop < 1000)
		out->hop = (int)hop;
	json_get_int(root, "ms", &out->ms);
	if (!time_parse_rfc3339(str_of(json_get_str(root, "cert_expires")), &out->cert_expires))
		out->cert_expires = TIME_NONE;
	json_free(root);
	return arena_failed(a) ? err_nomem(e) : ERR_OK;
}
