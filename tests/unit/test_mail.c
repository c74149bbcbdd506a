/*
 * test_mail.c - mails: encoded words, base64, line lengths, and that no text makes a header.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/time.h"
#include "crawler/mail.h"

static struct message message(const char *title, const char *text)
{
	return (struct message){.id = "N7",
		.kind = "grave",
		.title = title,
		.text = text,
		.made = 1795726800,
		.expires = TIME_NONE};
}

static void write_mail(struct buf *out, const struct message *m)
{
	struct err e;

	buf_init(out, 1 << 20);
	assert_int_equal(mail_write(m, "duty@example.gov.cn", "a@example.gov.cn  b@example.gov.cn",
				 "example.gov.cn", 1795727684, out, &e),
		ERR_OK);
}

static void test_whole(void **state)
{
	struct message m = message("S4: 重大", "甲\n乙");
	struct buf b;

	(void)state;
	write_mail(&b, &m);
	assert_string_equal(buf_str(&b), "Date: Thu, 26 Nov 2026 21:14:44 +0000\r\n"
					 "From: duty@example.gov.cn\r\n"
					 "To: a@example.gov.cn,\r\n b@example.gov.cn\r\n"
					 "Message-ID: <N7.1795726800@example.gov.cn>\r\n"
					 "Subject: =?UTF-8?B?UzQ6IOmHjeWkpw==?=\r\n"
					 "Auto-Submitted: auto-generated\r\n"
					 "MIME-Version: 1.0\r\n"
					 "Content-Type: text/plain; charset=utf-8\r\n"
					 "Content-Transfer-Encoding: base64\r\n"
					 "\r\n"
					 "55SyDQrkuZkNCg==\r\n");
	buf_fini(&b);
}

/* A title of 300 characters: words of whole characters, lines of at most 78 bytes. */
static void test_long(void **state)
{
	char title[901], text[3001];
	struct message m = message(title, text);
	struct buf b;

	(void)state;
	for (size_t i = 0; i < 300; i++)
		memcpy(title + 3 * i, "长", 3);
	title[900] = '\0';
	memset(text, 'x', 3000);
	text[3000] = '\0';
	write_mail(&b, &m);
	for (const char *line = buf_str(&b); *line;) {
		const char *end = strstr(line, "\r\n");
		assert_non_null(end);
		assert_true(end - line <= 78);
		line = end + 2;
	}
	/* 42 bytes are 14 characters; the same word again and again. */
	assert_non_null(strstr(buf_str(&b), "=?UTF-8?B?6ZW/6ZW/6ZW/6ZW/6ZW/6ZW/6ZW/6ZW/6ZW/6ZW/6ZW/"
					    "6ZW/6ZW/6ZW/?=\r\n"));
	buf_fini(&b);
}

static void test_no_header(void **state)
{
	struct message m = message("S4\r\nBcc: c@example.gov.cn", "a\r\n.\r\nQUIT");
	struct buf b;

	(void)state;
	write_mail(&b, &m);
	assert_null(strstr(buf_str(&b), "Bcc"));
	assert_null(strstr(buf_str(&b), "QUIT"));
	buf_fini(&b);
}

static void test_addresses(void **state)
{
	static const char *const good[] = {"a@example.gov.cn", "zhi.ban+1@example.gov.cn"};
	static const char *const bad[] = {"", "a", "@b", "a@", "a b@c", "a@b@c", "<a@b>",
		"a@b\r\nRCPT", "a@b,c@d", "值班@example.gov.cn"};
	struct message m = message("t", "t");
	struct buf b;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(mail_is_address(good[i], strlen(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(mail_is_address(bad[i], strlen(bad[i])));
	buf_init(&b, 1 << 20);
	assert_int_equal(mail_write(&m, "duty", "a@example.gov.cn", "h", 0, &b, &e), ERR_CONFIG);
	assert_int_equal(mail_write(&m, "a@example.gov.cn", " ", "h", 0, &b, &e), ERR_CONFIG);
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_no_header),
		cmocka_unit_test(test_addresses),
	};
	struct err e;

	return hash_init(&e) ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
