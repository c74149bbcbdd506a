/* Walls are seen, pages with something to read are not taken for walls. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "crawler/challenge.h"

static struct challenge look(const char *text, size_t n)
{
	struct challenge c;
	struct err e = {ERR_OK, ""};

	assert_int_equal(challenge_find(text, n, "text/html", NULL, &c, &e), ERR_OK);
	return c;
}

static void test_walls(void **state)
{
	static const struct {
		const char *text, *mark; /* NULL: a script alone */
		enum challenge_kind kind;
	} rows[] = {
		{"<html><head><title>Just a moment...</title></head><body><script>window."
		 "_cf_chl_opt={}</script></body></html>",
			"Cloudflare", CHALLENGE_MAKER},
		{"<!DOCTYPE html><html><head><meta charset=utf-8><script>$_ts=window['$_ts'];"
		 "</script></head><body></body></html>",
			"瑞数", CHALLENGE_MAKER},
		{"<html><script>var arg1='9C';setCookie('acw_sc__v2',x)</script></html>",
			"阿里云 WAF", CHALLENGE_MAKER},
		{"<script>document.cookie='__jsl_clearance_s=1';location.href='/'</script>",
			"知道创宇加速乐", CHALLENGE_MAKER},
		{"<html><body><noscript>请开启 JavaScript 后继续访问</noscript></body></html>",
			"请开启javascript", CHALLENGE_WORDS},
		{"<html><body><h1>安全验证</h1><p>请输入验证码</p></body></html>", "验证码",
			CHALLENGE_WORDS},
		{"<html><body><div>请拖动滑块完成拼图</div></body></html>", "滑块",
			CHALLENGE_WORDS},
		{"<html><body>您的访问请求已被拦截，事件编号 1</body></html>", "被拦截",
			CHALLENGE_WORDS},
		{"<HTML><BODY>Access Denied</BODY></HTML>", "accessdenied", CHALLENGE_WORDS},
		{"<html><head><script src=/a.js></script></head><body><div id=app></div></body>"
		 "</html>",
			NULL, CHALLENGE_SCRIPT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct challenge c = look(rows[i].text, strlen(rows[i].text));
		if (c.kind != rows[i].kind)
			fail_msg("%s gave %d", rows[i].text, (int)c.kind);
		if (rows[i].mark)
			assert_string_equal(c.mark, rows[i].mark);
		else
			assert_null(c.mark);
	}
}

static void test_gbk(void **state)
{
	/* 请输入验证码 in GB18030, declared. */
	static const char page[] = "<html><head><meta charset=gb2312></head><body>"
				   "\xc7\xeb\xca\xe4\xc8\xeb\xd1\xe9\xd6\xa4\xc2\xeb</body></html>";

	(void)state;
	assert_int_equal(look(page, sizeof page - 1).kind, CHALLENGE_WORDS);
}

static void test_no_walls(void **state)
{
	static const char *const rows[] = {
		"<?xml version=\"1.0\"?><rss><channel><title>验证码</title></channel></rss>",
		"{\"title\":\"验证码\"}",
		"名称,验证码\n",
		"<html><body><a href=/1.html>某某通知</a></body></html>",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (look(rows[i], strlen(rows[i])).kind != CHALLENGE_NONE)
			fail_msg("%s is no wall", rows[i]);
}

/* A list of real news stays one, whatever firewall script its host puts in. */
static void test_real_page(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_add_str(&b, "<html><head><script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js>"
			"</script></head><body><p>登录 验证码</p><ul>");
	for (int i = 0; i < 30; i++)
		buf_addf(&b, "<li><a href=/t2026_%d.html>关于某某事项的通知</a></li>", i);
	buf_add_str(&b, "</ul></body></html>");
	assert_int_equal(look(b.data, b.len).kind, CHALLENGE_NONE);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walls),
		cmocka_unit_test(test_gbk),
		cmocka_unit_test(test_no_walls),
		cmocka_unit_test(test_real_page),
	};

	return cmocka_run_group_tests_name("challenge", tests, NULL, NULL);
}
