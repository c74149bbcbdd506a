/*
 * robot.c - requests to robots, and their answers.
 */
#include "crawler/robot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/str.h"
#include "base/time.h"
#include "base/utf8.h"

#define URL_MAX ((size_t)8 << 10)
#define HEADER_MAX ((size_t)8 << 10)
#define WECOM_BYTES 2048
#define CONTENT_BYTES ((size_t)16 << 10)
#define PAUSE_OF_LIMIT 60 /* seconds, when a robot says "too often" without a number */

void robot_request_init(struct robot_request *r)
{
	memset(r, 0, sizeof *r);
	buf_init(&r->url, URL_MAX);
	buf_init(&r->body, MESSAGE_FILE_MAX * 2);
	for (size_t i = 0; i < ROBOT_HEADERS_MAX; i++)
		buf_init(&r->headers[i], HEADER_MAX);
}

static void wipe(struct buf *b)
{
	if (b->data)
		sodium_memzero(b->data, b->cap);
	buf_fini(b);
}

void robot_request_fini(struct robot_request *r)
{
	wipe(&r->url);
	wipe(&r->body);
	for (size_t i = 0; i < ROBOT_HEADERS_MAX; i++)
		wipe(&r->headers[i]);
}

/* --- signatures --- */

struct signature {
	unsigned char byte[crypto_auth_hmacsha256_BYTES];
};

static struct signature hmac(const char *key, size_t key_n, const char *text, size_t n)
{
	crypto_auth_hmacsha256_state state;
	struct signature s;

	crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, key_n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)text, n);
	crypto_auth_hmacsha256_final(&state, s.byte);
	sodium_memzero(&state, sizeof state);
	return s;
}

#define BASE64_SIZE                                                                                \
	sodium_base64_ENCODED_LEN(sizeof(struct signature), sodium_base64_VARIANT_ORIGINAL)

static void to_base64(const struct signature *s, char out[BASE64_SIZE])
{
	sodium_bin2base64(
		out, BASE64_SIZE, s->byte, sizeof s->byte, sodium_base64_VARIANT_ORIGINAL);
}

/* base64 in an address: its three marks that mean something there. */
static void add_encoded(struct buf *b, const char *base64)
{
	for (; *base64; base64++) {
		if (strchr("+/=", *base64))
			buf_addf(b, "%%%02X", (unsigned int)(unsigned char)*base64);
		else
			buf_add_char(b, *base64);
	}
}

static void sign_dingtalk(struct robot_request *r, const char *secret, int64_t now_ms)
{
	char text[1024], base64[BASE64_SIZE];
	struct signature s;
	int n = snprintf(text, sizeof text, "%lld\n%s", (long long)now_ms, secret);

	if (n < 0 || (size_t)n >= sizeof text) {
		r->url.fault = ERR_LIMIT;
		return;
	}
	s = hmac(secret, strlen(secret), text, (size_t)n);
	to_base64(&s, base64);
	buf_addf(&r->url, "%stimestamp=%lld&sign=", strchr(buf_str(&r->url), '?') ? "&" : "?",
		(long long)now_ms);
	add_encoded(&r->url, base64);
	sodium_memzero(text, sizeof text);
}

static void sign_feishu(
	struct json_writer *w, struct robot_request *r, const char *secret, int64_t now_ms)
{
	char key[1024], time[32], base64[BASE64_SIZE];
	struct signature s;
	int n;

	snprintf(time, sizeof time, "%lld", (long long)(now_ms / 1000));
	n = snprintf(key, sizeof key, "%s\n%s", time, secret);
	if (n < 0 || (size_t)n >= sizeof key) {
		r->body.fault = ERR_LIMIT;
		return;
	}
	s = hmac(key, (size_t)n, "", 0);
	to_base64(&s, base64);
	json_put_str(w, "timestamp", time);
	json_put_str(w, "sign", base64);
	sodium_memzero(key, sizeof key);
}

/* --- bodies --- */

/* Title, text and link in one, at most `max` bytes; what is cut is told. */
static char *content_of(const struct message *m, size_t max)
{
	static const char cut[] = "……";
	struct buf b;
	char *out;

	buf_init(&b, MESSAGE_FILE_MAX);
	buf_addf(&b, "%s%s\n%s", m->urgent ? _("[urgent] ") : "", m->title, m->text);
	if (m->link)
		buf_addf(&b, "\n%s", m->link);
	if (b.len > max) {
		size_t at = max - (sizeof cut - 1);
		while (at > 0 && ((unsigned char)b.data[at] & 0xc0) == 0x80)
			at--;
		buf_truncate(&b, at);
		buf_add_str(&b, cut);
	}
	out = buf_detach(&b);
	buf_fini(&b);
	return out;
}

static void put_text(struct json_writer *w, const char *type_key, const char *object,
	const char *key, const char *content)
{
	json_put_str(w, type_key, "text");
	json_key(w, object);
	json_begin_object(w);
	json_put_str(w, key, content);
	json_end_object(w);
}

static void put_webhook(struct json_writer *w, const struct message *m)
{
	json_put_int(w, "v", 1);
	json_put_str(w, "id", m->id);
	json_put_str(w, "kind", m->kind);
	json_put_bool(w, "urgent", m->urgent);
	json_put_str(w, "title", m->title);
	json_put_str(w, "text", m->text);
	json_put_str(w, "link", m->link);
	json_put_time(w, "made", m->made);
}

/* "https://HOST/TOPIC": published at the root. */
static bool split_topic(struct buf *url, char topic[128])
{
	char *text = url->data;
	char *slash = text ? strrchr(text, '/') : NULL;
	size_t n;

	if (!slash || slash == text || slash[-1] == '/')
		return false;
	n = strlen(slash + 1);
	if (n == 0 || n >= 128)
		return false;
	memcpy(topic, slash + 1, n + 1);
	buf_truncate(url, (size_t)(slash - text) + 1);
	return true;
}

static void put_ntfy(struct json_writer *w, const struct message *m, const char *topic)
{
	json_put_str(w, "topic", topic);
	json_put_str(w, "title", m->title);
	json_put_str(w, "message", m->text);
	json_put_int(w, "priority", m->urgent ? 5 : 3);
	json_put_str(w, "click", m->link);
}

static void put_body(struct json_writer *w, struct robot_request *r, enum target_kind kind,
	const struct message *m, const char *content, const char *topic, const char *secret,
	int64_t now_ms)
{
	json_begin_object(w);
	if (kind == TARGET_FEISHU && secret)
		sign_feishu(w, r, secret, now_ms);
	if (kind == TARGET_FEISHU)
		put_text(w, "msg_type", "content", "text", content);
	else if (kind == TARGET_WEBHOOK)
		put_webhook(w, m);
	else if (kind == TARGET_NTFY)
		put_ntfy(w, m, topic);
	else
		put_text(w, "msgtype", "text", "content", content);
	json_end_object(w);
}

/* --- headers --- */

static struct buf *next_header(struct robot_request *r)
{
	return &r->headers[r->header_count++];
}

static void add_headers(
	struct robot_request *r, enum target_kind kind, const char *secret, const struct message *m)
{
	buf_add_str(next_header(r), "Content-Type: application/json; charset=utf-8");
	if (kind == TARGET_WEBHOOK)
		buf_addf(next_header(r), "Idempotency-Key: huiying-%s-%lld", m->id,
			(long long)m->made);
	if (kind == TARGET_WEBHOOK && secret) {
		struct signature s = hmac(secret, strlen(secret), buf_str(&r->body), r->body.len);
		char hex[2 * sizeof s + 1];
		sodium_bin2hex(hex, sizeof hex, s.byte, sizeof s.byte);
		buf_addf(next_header(r), "X-Huiying-Signature: sha256=%s", hex);
	}
	if (kind == TARGET_NTFY && secret)
		buf_addf(next_header(r), "Authorization: Bearer %s", secret);
}

static enum err_code check(const struct robot_request *r, struct err *e)
{
	enum err_code rc = buf_check(&r->url, N_("an address"), e);

	if (!rc)
		rc = buf_check(&r->body, N_("a message"), e);
	for (size_t i = 0; !rc && i < r->header_count; i++)
		rc = buf_check(&r->headers[i], N_("a header"), e);
	return rc;
}

enum err_code robot_request(enum target_kind kind, const char *url, const char *secret,
	const struct message *m, int64_t now_ms, struct robot_request *out, struct err *e)
{
	char topic[128] = "";
	char *content = content_of(m, kind == TARGET_WECOM ? WECOM_BYTES : CONTENT_BYTES);
	struct json_writer w;

	if (!content)
		return err_nomem(e);
	buf_add_str(&out->url, url);
	if (kind == TARGET_NTFY && !split_topic(&out->url, topic)) {
		free(content);
		return err_set(e, ERR_CONFIG, _("the address of ntfy ends in no topic"));
	}
	if (kind == TARGET_DINGTALK && secret)
		sign_dingtalk(out, secret, now_ms);
	json_writer_init(&w, &out->body);
	put_body(&w, out, kind, m, content, topic, secret, now_ms);
	add_headers(out, kind, secret, m);
	free(content);
	return check(out, e);
}

/* --- answers --- */

/* Codes that say "too often": the message was not taken and may be sent later. */
static bool is_too_often(enum target_kind kind, int64_t code)
{
	static const struct {
		enum target_kind kind;
		int64_t code;
	} codes[] = {
		{TARGET_WECOM, 45009},
		{TARGET_WECOM, -1}, /* "system busy" */
		{TARGET_DINGTALK, 130101},
		{TARGET_DINGTALK, 410100},
		{TARGET_DINGTALK, -1},
		{TARGET_FEISHU, 9499},
		{TARGET_FEISHU, 11232},
	};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].kind == kind && codes[i].code == code)
			return true;
	return false;
}

/* The robot's own number: "errcode", or "code" / "StatusCode" of feishu. */
static bool read_code(enum target_kind kind, const char *body, size_t n, int64_t *code,
	char *message, size_t size)
{
	struct json *root = NULL;
	const char *text;
	bool found;

	if (json_read_foreign(body, n, &root, NULL, NULL) != ERR_OK)
		return false;
	if (kind == TARGET_FEISHU)
		found = json_get_int(root, "code", code) || json_get_int(root, "StatusCode", code);
	else
		found = json_get_int(root, "errcode", code);
	text = json_get_str(root, kind == TARGET_FEISHU ? "msg" : "errmsg");
	snprintf(message, size, "%s", text ? text : "");
	json_free(root);
	return found;
}

static void judge_robot(enum target_kind kind, const char *body, size_t n, struct receipt *out)
{
	char message[160];
	int64_t code = 0;

	if (!read_code(kind, body, n, &code, message, sizeof message)) {
		out->result = MESSAGE_UNKNOWN;
		snprintf(out->error, sizeof out->error, "%s",
			_("the answer is none of a robot: it may have arrived"));
		return;
	}
	if (code == 0) {
		out->result = MESSAGE_SENT;
		return;
	}
	out->result = is_too_often(kind, code) ? MESSAGE_RETRY : MESSAGE_REFUSED;
	if (out->result == MESSAGE_RETRY && !out->retry_after)
		out->retry_after = PAUSE_OF_LIMIT;
	snprintf(out->error, sizeof out->error, "%lld %s", (long long)code, message);
}

void robot_judge(enum target_kind kind, long status, const char *body, size_t n,
	int64_t retry_after, struct receipt *out)
{
	out->status = status;
	out->retry_after = retry_after;
	out->error[0] = '\0';
	if (status == 429 || status == 408 || status == 425 || status == 503) {
		out->result = MESSAGE_RETRY;
	} else if (status >= 400 && status < 500) {
		out->result = MESSAGE_REFUSED;
	} else if (status < 200 || status >= 300) {
		/* 5xx but 503: it may have been taken before something failed. A redirect is not
		 * followed: whoever answers so did not take it. */
		out->result = status >= 300 && status < 400 ? MESSAGE_REFUSED : MESSAGE_UNKNOWN;
	} else if (kind == TARGET_WEBHOOK || kind == TARGET_NTFY) {
		out->result = MESSAGE_SENT;
	} else {
		judge_robot(kind, body, n, out);
	}
	if (out->result != MESSAGE_SENT && !out->error[0])
		snprintf(out->error, sizeof out->error, _("the answer was %ld"), status);
}
