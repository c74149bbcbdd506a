/*
 * target.h - where messages to the office's people go: the sections `[target NAME]` of
 * huiying.conf, and the secrets that they name.
 *
 *   kind    wecom 企业微信 | dingtalk 钉钉 | feishu 飞书 | smtp | webhook | ntfy
 *   url     of the robot, the mail server (smtps://HOST, or smtp://HOST:587 with
 *           STARTTLS) or the topic; a chat robot's holds its key and is a reference
 *   secret  signs: of a dingtalk or feishu robot, of a webhook; ntfy's token
 *   from, to, user, password   of a mail; to: several with blanks
 *   allow_private   HOST:PORT of an own server with a private address; http is
 *           admitted there alone
 *   keyword         of a chat robot that takes only messages with it (自定义关键词)
 *   repeat_safe     webhook and smtp, yes: the other side knows a message that comes twice
 *                   (a webhook by Idempotency-Key, a mail by Message-ID)
 *   units           whose orders of supervision go here (office/notify_rules.h)
 *   a_minute        at most so many messages in a minute (default 15: dingtalk silences a
 *                   robot for ten minutes beyond 20)
 *
 * A value of url, secret, user, password may be `credential:NAME` (a file in
 * $CREDENTIALS_DIRECTORY, systemd.exec(5) LoadCredential=) or `file:/PATH`; secret and
 * password must be. Secrets are read when a message is sent and stand in no argument,
 * log or error text: those name the reference.
 */
#ifndef CRAWLER_TARGET_H
#define CRAWLER_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/err.h"
#include "base/path.h"

enum target_kind {
	TARGET_WECOM,
	TARGET_DINGTALK,
	TARGET_FEISHU,
	TARGET_SMTP,
	TARGET_WEBHOOK,
	TARGET_NTFY,
	TARGET_KINDS
};

struct target { /* as written; strings of the configuration, NULL when absent */
	const char *name;
	enum target_kind kind;
	const char *url, *secret, *from, *to, *user, *password, *allow_private, *units, *keyword;
	bool repeat_safe;
	int64_t a_minute;
};

struct targets;

#define TARGET_SECRET_MAX ((size_t)4096)
#define TARGET_KEYWORD_MAX 64 /* bytes */

/* No huiying.conf: no targets. */
enum err_code targets_load(const struct path_home *home, struct targets **out, struct err *e);
void targets_free(struct targets *t);
size_t targets_count(const struct targets *t);
const struct target *targets_at(const struct targets *t, size_t i);
const struct target *targets_find(const struct targets *t, const char *name); /* or NULL */
const char *target_kind_name(enum target_kind k);
/* The keys of a section, for its man page; ends with key NULL. */
extern const struct conf_key target_keys[];

/* The value behind a reference, or the value itself, without the blanks at its ends.
 * A file that everybody may read is refused. `key` is for messages. */
enum err_code target_value(
	const struct target *t, const char *key, const char *value, struct buf *out, struct err *e);

#endif
