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
#define TITLE_ROOM 128 /* bytes of a merged message's title */
#define PAUSE_OF_LIMIT 60 /* seconds, when somebody says "too often" without a number */

/* Bytes of content in one message: 企业微信 says 2,048, ntfy makes a file of more than 4,096,
 * a request to 飞书 has at most 20 KiB with all that JSON adds. */
static const size_t content_max[TARGET_KINDS] = {
	[TARGET_WECOM] = 2048,
	[TARGET_DINGTALK] = 16384,
	[TARGET_FEISHU] = 16384,
	[TARGET_SMTP] = 16384,
	[TARGET_WEBHOOK] = MESSAGE_FILE_MAX,
	[TARGET_NTFY] = 4096,
};

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

/* At most `max` bytes, no character cut; that something is missing is told. */
static void cut(struct buf *b, size_t max)
{
	static const char mark[] = "……";
	size_t at = max - (sizeof mark - 1);

	if (b->len <= max)
		return;
	while (at > 0 && ((unsigned char)b->data[at] & 0xc0) == 0x80)
		at--;
	buf_truncate(b, at);
	buf_add_str(b, mark);
}

/* Title, text and link in one; ntfy has fields for title and link. */
static void add_content(struct buf *b, enum target_kind kind, const struct message *m)
{
	if (kind != TARGET_NTFY)
		buf_addf(b, "%s%s\n", m->urgent ? _("[urgent] ") : "", m->title);
	buf_add_str(b, m->text);
	if (m->link && kind != TARGET_NTFY)
		buf_addf(b, "\n%s", m->link);
	cut(b, content_max[kind]);
}

static char *content_of(const struct robot_to *to, const struct message *m)
{
	struct buf b;
	char *out;

	buf_init(&b, MESSAGE_FILE_MAX * 2);
	add_content(&b, to->kind, m);
	if (to->keyword && !strstr(buf_str(&b), to->keyword)) {
		buf_clear(&b);
		buf_addf(&b, "%s ", to->keyword);
		add_content(&b, to->kind, m);
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

static void put_ntfy(
	struct json_writer *w, const struct message *m, const char *content, const char *topic)
{
	json_put_str(w, "topic", topic);
	json_put_str(w, "title", m->title);
	json_put_str(w, "message", content);
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
		put_ntfy(w, m, content, topic);
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

enum err_code robot_request(const struct robot_to *to, const struct message *m, int64_t now_ms,
	struct robot_request *out, struct err *e)
{
	char topic[128] = "";
	char *content = content_of(to, m);
	struct json_writer w;

	if (!content)
		return err_nomem(e);
	buf_add_str(&out->url, to->url);
	if (to->kind == TARGET_NTFY && !split_topic(&out->url, topic)) {
		free(content);
		return err_set(e, ERR_CONFIG, _("the address of ntfy ends in no topic"));
	}
	if (to->kind == TARGET_DINGTALK && to->secret)
		sign_dingtalk(out, to->secret, now_ms);
	json_writer_init(&w, &out->body);
	put_body(&w, out, to->kind, m, content, topic, to->secret, now_ms);
	add_headers(out, to->kind, to->secret, m);
	free(content);
	return check(out, e);
}

/* --- answers --- */

size_t robot_merges(const struct target *t)
{
	if (t->kind == TARGET_WEBHOOK || t->repeat_safe)
		return 0;
	return content_max[t->kind] - TITLE_ROOM - (t->keyword ? strlen(t->keyword) + 1 : 0);
}

/* Seconds to wait after codes that say "too often": the message was not taken and may be sent
 * later. 钉钉 silences a robot for ten minutes. 0: another code. */
static int64_t pause_of(enum target_kind kind, int64_t code)
{
	static const struct {
		enum target_kind kind;
		int64_t code, pause;
	} codes[] = {
		{TARGET_WECOM, 45009, PAUSE_OF_LIMIT},
		{TARGET_WECOM, -1, PAUSE_OF_LIMIT}, /* "system busy" */
		{TARGET_DINGTALK, 130101, 600},
		{TARGET_DINGTALK, 410100, 600},
		{TARGET_DINGTALK, -1, PAUSE_OF_LIMIT},
		{TARGET_FEISHU, 9499, PAUSE_OF_LIMIT},
		{TARGET_FEISHU, 11232, PAUSE_OF_LIMIT},
	};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].kind == kind && codes[i].code == code)
			return codes[i].pause;
	return 0;
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
	message_copy(message, size, text ? text : "");
	json_free(root);
	return found;
}

static void judge_code(enum target_kind kind, int64_t code, const char *words, struct receipt *out)
{
	int64_t pause = pause_of(kind, code);
	char text[sizeof out->error + 32];

	if (code == 0) {
		out->result = MESSAGE_SENT;
		return;
	}
	out->result = pause ? MESSAGE_RETRY : MESSAGE_REFUSED;
	if (pause && !out->retry_after)
		out->retry_after = pause;
	snprintf(text, sizeof text, "%lld %s", (long long)code, words);
	message_copy(out->error, sizeof out->error, text);
}

/* True: the robot's own number stands in the answer. */
static bool judge_robot(enum target_kind kind, const char *body, size_t n, struct receipt *out)
{
	char words[sizeof out->error];
	int64_t code = 0;
	bool found = kind != TARGET_WEBHOOK && kind != TARGET_NTFY &&
		     read_code(kind, body, n, &code, words, sizeof words);

	if (found)
		judge_code(kind, code, words, out);
	return found;
}

static void judge_good(enum target_kind kind, const char *body, size_t n, struct receipt *out)
{
	if (kind == TARGET_WEBHOOK || kind == TARGET_NTFY) {
		out->result = MESSAGE_SENT;
	} else if (!judge_robot(kind, body, n, out)) {
		out->result = MESSAGE_UNKNOWN;
		message_copy(out->error, sizeof out->error,
			_("the answer is none of a robot: it may have arrived"));
	}
}

/* 4xx: surely not taken. Some robots say in words of their own why. */
static void judge_refusal(
	enum target_kind kind, long status, const char *body, size_t n, struct receipt *out)
{
	bool later = status == 429 || status == 408 || status == 425;

	out->result = later ? MESSAGE_RETRY : MESSAGE_REFUSED;
	if (status == 429 && !out->retry_after)
		out->retry_after = PAUSE_OF_LIMIT;
	if (!later && judge_robot(kind, body, n, out) && out->result == MESSAGE_SENT)
		out->result = MESSAGE_REFUSED;
}

void robot_judge(enum target_kind kind, long status, const char *body, size_t n,
	int64_t retry_after, struct receipt *out)
{
	out->status = status;
	out->retry_after = retry_after;
	out->error[0] = '\0';
	if (status >= 200 && status < 300) {
		judge_good(kind, body, n, out);
	} else if (status >= 400 && status < 500) {
		judge_refusal(kind, status, body, n, out);
	} else if (status == 503) {
		out->result = MESSAGE_RETRY;
	} else if (status == 302 && kind == TARGET_DINGTALK) {
		/* Who goes on after "too often" is led to a page that says so. */
		out->result = MESSAGE_RETRY;
		out->retry_after = pause_of(kind, 130101);
	} else {
		/* 5xx but 503: it may have been taken before something failed. A redirect is not
		 * followed: whoever answers so did not take it. */
		out->result = status >= 300 && status < 400 ? MESSAGE_REFUSED : MESSAGE_UNKNOWN;
	}
	if (out->result != MESSAGE_SENT && !out->error[0])
		snprintf(out->error, sizeof out->error, _("the answer was %ld"), status);
}
