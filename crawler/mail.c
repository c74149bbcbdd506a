/*
 * mail.c - writes mails.
 */
#include "crawler/mail.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/time.h"

#define LINE_BYTES 57 /* 76 characters of base64 */
#define WORD_BYTES 42 /* of an encoded word: 56 characters and its frame stay below 75 */

bool mail_is_address(const char *s, size_t n)
{
	const char *at = memchr(s, '@', n);

	if (!at || at == s || at == s + n - 1 || n > 254)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c <= ' ' || c >= 0x7f || strchr("<>,;:\\\"()[]", c))
			return false;
	}
	return memchr(at + 1, '@', (size_t)(s + n - at - 1)) == NULL;
}

static void add_base64(struct buf *b, const char *s, size_t n)
{
	char text[sodium_base64_ENCODED_LEN(LINE_BYTES, sodium_base64_VARIANT_ORIGINAL)];

	sodium_bin2base64(
		text, sizeof text, (const unsigned char *)s, n, sodium_base64_VARIANT_ORIGINAL);
	buf_add_str(b, text);
}

/* How much of s goes into one piece of at most max bytes: characters stay whole. */
static size_t piece_of(const char *s, size_t n, size_t max)
{
	size_t at = n < max ? n : max;

	while (at < n && at > 0 && ((unsigned char)s[at] & 0xc0) == 0x80)
		at--;
	return at ? at : (n < max ? n : max);
}

/* Encoded words of RFC 2047; controls become blanks before. */
static void add_subject(struct buf *b, const struct message *m)
{
	struct buf text;
	const char *s;
	size_t n;

	buf_init(&text, MESSAGE_FILE_MAX);
	buf_addf(&text, "%s%s", m->urgent ? _("[urgent] ") : "", m->title);
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7f)
			text.data[i] = ' ';
	buf_add_str(b, "Subject:");
	for (s = buf_str(&text), n = text.len; n > 0;) {
		size_t piece = piece_of(s, n, WORD_BYTES);
		buf_add_str(b, " =?UTF-8?B?");
		add_base64(b, s, piece);
		buf_add_str(b, "?=\r\n");
		s += piece;
		n -= piece;
	}
	if (text.len == 0)
		buf_add_str(b, "\r\n");
	if (text.fault)
		b->fault = text.fault;
	buf_fini(&text);
}

static void add_date(struct buf *b, int64_t now)
{
	static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct time_civil c;

	time_to_civil(now, NULL, &c);
	buf_addf(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
		days[time_weekday(time_days_from_civil(c.year, c.month, c.day))], c.day,
		months[c.month - 1], c.year, c.hour, c.minute, c.second);
}

static enum err_code add_receivers(struct buf *b, const char *to, struct err *e)
{
	struct str rest = str_of(to);
	bool first = true;

	while (rest.n > 0) {
		struct str one = str_trim(str_split(&rest, ' '));
		if (!one.n)
			continue;
		if (!mail_is_address(one.p, one.n))
			return err_set(
				e, ERR_CONFIG, _("%.*s is no mail address"), (int)one.n, one.p);
		buf_add_str(b, first ? "To: " : ",\r\n ");
		buf_add(b, one.p, one.n);
		first = false;
	}
	buf_add_str(b, "\r\n");
	return first ? err_set(e, ERR_CONFIG, _("nobody is to receive the mail")) : ERR_OK;
}

/* Lines end in CRLF inside too (RFC 2046 §4.1.1). */
static void add_text(struct buf *b, const struct message *m)
{
	struct buf text;

	buf_init(&text, MESSAGE_FILE_MAX);
	for (const char *p = m->text; *p; p++) {
		if (*p == '\n')
			buf_add_char(&text, '\r');
		buf_add_char(&text, *p);
	}
	if (m->link)
		buf_addf(&text, "\r\n%s", m->link);
	buf_add_str(&text, "\r\n");
	for (size_t i = 0; i < text.len; i += LINE_BYTES) {
		size_t left = text.len - i;
		add_base64(b, text.data + i, left < LINE_BYTES ? left : LINE_BYTES);
		buf_add_str(b, "\r\n");
	}
	if (text.fault)
		b->fault = text.fault;
	buf_fini(&text);
}

enum err_code mail_write(const struct message *m, const char *from, const char *to,
	const char *host, int64_t now, struct buf *out, struct err *e)
{
	enum err_code rc;

	if (!mail_is_address(from, strlen(from)))
		return err_set(e, ERR_CONFIG, _("%s is no mail address"), from);
	add_date(out, now);
	buf_addf(out, "From: %s\r\n", from);
	rc = add_receivers(out, to, e);
	if (rc)
		return rc;
	buf_addf(out, "Message-ID: <%s.%lld@%s>\r\n", m->id, (long long)m->made, host);
	add_subject(out, m);
	buf_add_str(out, "Auto-Submitted: auto-generated\r\n"
			 "MIME-Version: 1.0\r\n"
			 "Content-Type: text/plain; charset=utf-8\r\n"
			 "Content-Transfer-Encoding: base64\r\n");
	if (m->urgent)
		buf_add_str(out, "Importance: high\r\n");
	buf_add_str(out, "\r\n");
	add_text(out, m);
	return buf_check(out, N_("a mail"), e);
}
