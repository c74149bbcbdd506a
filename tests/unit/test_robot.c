/*
 * test_robot.c - what robots are sent (signatures against another implementation's), and
 * what their answers mean.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/time.h"
#include "crawler/robot.h"

#define SECRET "SEC0123456789abcdef"
/* Made with Python's hmac and base64. */
#define DINGTALK_SIGN "xnQVyzDm%2FnJtfY3hjqfsVfucbSgHSJeC%2BD94jvsew6k%3D"
#define FEISHU_SIGN "uiSNaXt2KRukAwtjP4c194/ZcTw6ouhJhlK9cqsQ1aE="
#define WEBHOOK_SIGN "7ce4554e9f300331dcffe631b3a857c62c6652c4b8439062f87a5e540ac3d7fa"
#define NOW_MS INT64_C(1795727684914)

static struct message message(void)
{
	return (struct message){.id = "N12",
		.kind = "grave",
		.title = "S4: 重大",
		.text = "甲\n乙",
		.link = "https://www.example.gov.cn/a",
		.made = 1795726800,
		.expires = TIME_NONE,
		.urgent = true};
}

static struct robot_request made(enum target_kind kind, const char *url, const char *secret)
{
	struct robot_request r;
	struct message m = message();
	struct err e;

	robot_request_init(&r);
	assert_int_equal(
		robot_request(&(struct robot_to){kind, url, secret, NULL}, &m, NOW_MS, &r, &e),
		ERR_OK);
	return r;
}

static void test_dingtalk(void **state)
{
	struct robot_request r =
		made(TARGET_DINGTALK, "https://robot.example.com/send?access_token=k", SECRET);

	(void)state;
	assert_string_equal(buf_str(&r.url),
		"https://robot.example.com/"
		"send?access_token=k&timestamp=1795727684914&sign=" DINGTALK_SIGN);
	assert_string_equal(buf_str(&r.body),
		"{\"msgtype\":\"text\",\"text\":{\"content\":\"[urgent] S4: 重大\\n甲\\n乙\\n"
		"https://www.example.gov.cn/a\"}}");
	robot_request_fini(&r);
	r = made(TARGET_DINGTALK, "https://robot.example.com/send", NULL);
	assert_string_equal(buf_str(&r.url), "https://robot.example.com/send");
	robot_request_fini(&r);
}

static void test_feishu(void **state)
{
	struct robot_request r = made(TARGET_FEISHU, "https://robot.example.com/hook/k", SECRET);

	(void)state;
	assert_non_null(
		strstr(buf_str(&r.body), "{\"timestamp\":\"1795727684\",\"sign\":\"" FEISHU_SIGN
					 "\",\"msg_type\":\"text\","));
	assert_string_equal(buf_str(&r.url), "https://robot.example.com/hook/k");
	robot_request_fini(&r);
}

static void test_webhook(void **state)
{
	struct robot_request r = made(TARGET_WEBHOOK, "https://hook.example.com/", SECRET);

	(void)state;
	assert_string_equal(buf_str(&r.body),
		"{\"v\":1,\"id\":\"N12\",\"kind\":\"grave\",\"urgent\":true,\"title\":\"S4: 重大\","
		"\"text\":\"甲\\n乙\",\"link\":\"https://www.example.gov.cn/a\","
		"\"made\":\"2026-11-26T21:00:00Z\"}");
	assert_int_equal(r.header_count, 3);
	assert_string_equal(buf_str(&r.headers[1]), "Idempotency-Key: huiying-N12-1795726800");
	assert_string_equal(buf_str(&r.headers[2]), "X-Huiying-Signature: sha256=" WEBHOOK_SIGN);
	robot_request_fini(&r);
}

static void test_ntfy(void **state)
{
	struct robot_request r = made(TARGET_NTFY, "https://ntfy.example.com/duty", "tk");
	struct robot_request bad;
	struct message m = message();
	struct err e;

	(void)state;
	assert_string_equal(buf_str(&r.url), "https://ntfy.example.com/");
	assert_non_null(strstr(buf_str(&r.body), "{\"topic\":\"duty\",\"title\":\"S4: 重大\""));
	assert_non_null(strstr(buf_str(&r.body), "\"priority\":5"));
	assert_string_equal(buf_str(&r.headers[1]), "Authorization: Bearer tk");
	robot_request_fini(&r);
	robot_request_init(&bad);
	assert_int_equal(robot_request(&(struct robot_to){TARGET_NTFY, "https://ntfy.example.com/",
					       NULL, NULL},
				 &m, NOW_MS, &bad, &e),
		ERR_CONFIG);
	robot_request_fini(&bad);
}

/* The words of a message of 6,000 bytes, as a robot is sent them: behind `key`. */
static size_t length_of_long(enum target_kind kind, const char *key, const char *end)
{
	struct robot_request r;
	struct message m = message();
	char text[6001];
	const char *content;
	struct err e;
	size_t n;

	for (size_t i = 0; i < 2000; i++)
		memcpy(text + 3 * i, "甲", 3);
	text[6000] = '\0';
	m.text = text;
	robot_request_init(&r);
	assert_int_equal(
		robot_request(&(struct robot_to){kind, "https://x.example.com/duty", NULL, NULL},
			&m, NOW_MS, &r, &e),
		ERR_OK);
	content = strstr(buf_str(&r.body), key);
	assert_non_null(content);
	content += strlen(key);
	assert_non_null(strstr(content, end));
	n = strcspn(content, "\"");
	robot_request_fini(&r);
	return n;
}

static char *content_with(enum target_kind kind, const char *keyword, const char *text)
{
	struct robot_request r;
	struct message m = message();
	const char *at;
	struct err e;
	char *out;

	m.text = text;
	robot_request_init(&r);
	assert_int_equal(
		robot_request(&(struct robot_to){kind, "https://x.example.com/d", NULL, keyword},
			&m, NOW_MS, &r, &e),
		ERR_OK);
	at = strstr(buf_str(&r.body), kind == TARGET_FEISHU ? "\"text\":\"" : "\"content\":\"");
	assert_non_null(at);
	at = strchr(at, ':') + 2;
	out = strndup(at, strcspn(at, "\""));
	robot_request_fini(&r);
	return out;
}

/* A robot that takes only messages with a keyword gets it once, also where the end is cut. */
static void test_keyword(void **state)
{
	static const enum target_kind kinds[] = {TARGET_WECOM, TARGET_DINGTALK, TARGET_FEISHU};
	char text[30001];

	(void)state;
	memset(text, 'x', sizeof text - 1);
	memcpy(text + sizeof text - 1 - 6, "回应", 6);
	text[sizeof text - 1] = '\0';
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char *has = content_with(kinds[i], "重大", "甲");
		char *has_not = content_with(kinds[i], "回应", "甲");
		char *was_cut = content_with(kinds[i], "回应", text);
		char *none = content_with(kinds[i], NULL, "甲");
		assert_int_equal(strncmp(has, "[urgent] S4", 11), 0);
		assert_int_equal(strncmp(has_not, "回应 [urgent] S4: 重大\\n甲", 31), 0);
		assert_int_equal(strncmp(was_cut, "回应 [urgent] S4", 18), 0);
		assert_int_equal(strncmp(none, "[urgent] S4", 11), 0);
		free(has);
		free(has_not);
		free(was_cut);
		free(none);
	}
}

/* 2,048 bytes at most, no character cut, and what is cut is told. */
static void test_wecom_length(void **state)
{
	size_t n = length_of_long(TARGET_WECOM, "\"content\":\"", "甲……\"}}");

	(void)state;
	assert_true(n <= 2048 + 1); /* \n is two in JSON */
	assert_true(n > 2040);
}

/* ntfy makes a file of what is longer than 4,096 bytes. */
static void test_ntfy_length(void **state)
{
	size_t n = length_of_long(TARGET_NTFY, "\"message\":\"", "甲……\"");

	(void)state;
	assert_true(n <= 4096);
	assert_true(n > 4088);
}

struct answer {
	enum target_kind kind;
	long status;
	const char *body;
	enum message_result result;
};

static void test_answers(void **state)
{
	static const struct answer rows[] = {
		{TARGET_WECOM, 200, "{\"errcode\":0,\"errmsg\":\"ok\"}", MESSAGE_SENT},
		{TARGET_WECOM, 200, "{\"errcode\":45009}", MESSAGE_RETRY},
		{TARGET_WECOM, 200, "{\"errcode\":93000}", MESSAGE_REFUSED},
		{TARGET_WECOM, 200, "", MESSAGE_UNKNOWN},
		{TARGET_WECOM, 200, "<html>", MESSAGE_UNKNOWN},
		{TARGET_WECOM, 400, "{\"errcode\":0}", MESSAGE_REFUSED},
		{TARGET_DINGTALK, 302, "", MESSAGE_RETRY},
		{TARGET_WECOM, 302, "", MESSAGE_REFUSED},
		{TARGET_FEISHU, 400, "{\"code\":11232}", MESSAGE_RETRY},
		{TARGET_FEISHU, 400, "<html>", MESSAGE_REFUSED},
		{TARGET_DINGTALK, 200, "{\"errcode\":310000}", MESSAGE_REFUSED},
		{TARGET_DINGTALK, 200, "{\"errcode\":130101}", MESSAGE_RETRY},
		{TARGET_FEISHU, 200, "{\"code\":0}", MESSAGE_SENT},
		{TARGET_FEISHU, 200, "{\"StatusCode\":0}", MESSAGE_SENT},
		{TARGET_FEISHU, 200, "{\"code\":19021}", MESSAGE_REFUSED},
		{TARGET_FEISHU, 200, "{\"code\":11232}", MESSAGE_RETRY},
		{TARGET_WEBHOOK, 204, "", MESSAGE_SENT},
		{TARGET_WEBHOOK, 302, "", MESSAGE_REFUSED},
		{TARGET_WEBHOOK, 404, "", MESSAGE_REFUSED},
		{TARGET_WEBHOOK, 429, "", MESSAGE_RETRY},
		{TARGET_WEBHOOK, 503, "", MESSAGE_RETRY},
		{TARGET_WEBHOOK, 500, "", MESSAGE_UNKNOWN},
		{TARGET_NTFY, 502, "", MESSAGE_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct receipt r = {0};
		robot_judge(
			rows[i].kind, rows[i].status, rows[i].body, strlen(rows[i].body), 7, &r);
		if (r.result != rows[i].result)
			fail_msg("%zu: %ld %s is %s", i, rows[i].status, rows[i].body,
				message_result_name(r.result));
		assert_int_equal(r.error[0] == '\0', r.result == MESSAGE_SENT);
		/* A redirect of 钉钉 is ten minutes, whatever it says. */
		assert_int_equal(r.retry_after,
			rows[i].kind == TARGET_DINGTALK && rows[i].status == 302 ? 600 : 7);
	}
}

/* How long somebody who says "too often" is left alone when no number is given. */
static void test_pauses(void **state)
{
	static const struct {
		enum target_kind kind;
		long status;
		const char *body;
		int64_t pause;
	} rows[] = {
		{TARGET_WECOM, 200, "{\"errcode\":45009}", 60},
		{TARGET_DINGTALK, 200, "{\"errcode\":130101}", 600},
		{TARGET_DINGTALK, 200, "{\"errcode\":-1}", 60},
		{TARGET_FEISHU, 200, "{\"code\":11232}", 60},
		{TARGET_WEBHOOK, 429, "", 60},
		{TARGET_WEBHOOK, 503, "", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct receipt r = {0};
		robot_judge(
			rows[i].kind, rows[i].status, rows[i].body, strlen(rows[i].body), 0, &r);
		assert_int_equal(r.result, MESSAGE_RETRY);
		assert_int_equal(r.retry_after, rows[i].pause);
	}
}

/* What may hold several messages, and how much of them: all of it fits in one uncut. */
static void test_merges(void **state)
{
	struct target t = {.kind = TARGET_WECOM};

	(void)state;
	assert_true(robot_merges(&t) > 1024 && robot_merges(&t) < 2048);
	t.kind = TARGET_SMTP;
	assert_true(robot_merges(&t) > 4096);
	t.repeat_safe = true;
	assert_int_equal(robot_merges(&t), 0);
	t = (struct target){.kind = TARGET_WEBHOOK};
	assert_int_equal(robot_merges(&t), 0);
}

/* Words of a receipt are cut between characters. */
static void test_copy(void **state)
{
	char out[8];

	(void)state;
	message_copy(out, sizeof out, "长长长");
	assert_string_equal(out, "长长");
	message_copy(out, sizeof out, "1234567");
	assert_string_equal(out, "1234567");
	message_copy(out, sizeof out, "");
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dingtalk),
		cmocka_unit_test(test_feishu),
		cmocka_unit_test(test_webhook),
		cmocka_unit_test(test_ntfy),
		cmocka_unit_test(test_keyword),
		cmocka_unit_test(test_wecom_length),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_pauses),
		cmocka_unit_test(test_ntfy_length),
		cmocka_unit_test(test_merges),
		cmocka_unit_test(test_copy),
	};
	struct err e;

	return hash_init(&e) ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
