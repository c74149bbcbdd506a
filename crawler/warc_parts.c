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
#include "crawler/warc_sha1.h"

/* Base 32 without padding, the customary form of WARC digests. */
void warc_digest_add(struct buf *out, const char *name, const struct hash *h)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char text[(HASH_SIZE * 8 + 4) / 5];
	unsigned int bits = 0, have = 0;
	size_t n = 0;

	for (size_t i = 0; i < HASH_SIZE; i++) {
		bits = bits << 8 | h->byte[i];
		for (have += 8; have >= 5; have -= 5)
			text[n++] = digits[bits >> (have - 5) & 31];
	}
	if (have)
		text[n++] = digits[bits << (5 - have) & 31];
	buf_add_str(out, name);
	buf_add_str(out, ": sha256:");
	buf_add(out, text, n);
	buf_add_str(out, "\r\n");
}

void warc_head_end(struct buf *out, const struct hash *digest, size_t size)
{
	warc_digest_add(out, "WARC-Block-Digest", digest);
	buf_addf(out, "Content-Length: %zu\r\n\r\n", size);
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

static bool from_base32(struct str s, unsigned char *out, size_t size)
{
	unsigned int bits = 0, have = 0;
	size_t n = 0;

	while (s.n && s.p[s.n - 1] == '=')
		s.n--;
	if (s.n != (size * 8 + 4) / 5)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int v = base32_value(s.p[i]);
		if (v < 0)
			return false;
		bits = bits << 5 | (unsigned int)v;
		have += 5;
		if (have >= 8 && n < size) {
			have -= 8;
			out[n++] = (unsigned char)(bits >> have & 0xff);
		}
	}
	return n == size;
}

static int hex_value(char c)
{
	c = str_lower(c);
	if (str_is_digit((unsigned char)c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool from_hex(struct str s, unsigned char *out, size_t size)
{
	if (s.n != 2 * size)
		return false;
	for (size_t i = 0; i < size; i++) {
		int high = hex_value(s.p[2 * i]), low = hex_value(s.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

/* Reads "NAME:DIGEST", in base 32 as is customary or in hex; the size of the digest, 0
 * when the algorithm or the text is not known. */
static size_t read_label(const char *label, unsigned char out[HASH_SIZE])
{
	struct str s = str_of(label);
	size_t colon = str_find(s, ":", 0), size = 0;
	struct str name = str_sub(s, 0, colon);

	if (str_is_nocase(name, "sha256") || str_is_nocase(name, "sha-256"))
		size = HASH_SIZE;
	else if (str_is_nocase(name, "sha1") || str_is_nocase(name, "sha-1"))
		size = WARC_SHA1_SIZE;
	s = str_sub(s, colon + 1, s.n);
	if (size && (from_base32(s, out, size) || from_hex(s, out, size)))
		return size;
	return 0;
}

bool warc_digest_is_known(const char *label)
{
	unsigned char want[HASH_SIZE];

	return label && read_label(label, want) > 0;
}

/* Other algorithms are taken on trust, gzip's own CRC still stands behind them. */
bool warc_digest_agrees(const char *label, const void *data, size_t n)
{
	unsigned char want[HASH_SIZE], got[WARC_SHA1_SIZE];
	struct hash h;
	size_t size = label ? read_label(label, want) : 0;

	if (size == HASH_SIZE) {
		h = hash_of(data, n);
		return memcmp(h.byte, want, size) == 0;
	}
	if (size == WARC_SHA1_SIZE) {
		warc_sha1(data, n, got);
		return memcmp(got, want, size) == 0;
	}
	return true;
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
