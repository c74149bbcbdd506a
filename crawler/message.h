/*
 * message.h - messages between the ledger and huiying-send: files, one each.
 *
 *   outbox/N123-2.json            number 123, second try; written by `huiying tick`
 *     {"v":1,"id":"N123","try":2,"target":"值班群","kind":"triage","urgent":true,
 *      "title":"…","text":"…","link":"…","made":"…Z","expires":"…Z","to":"a@… b@…"}
 *     to: those alone of a mail's receivers; absent: all of its target
 *   outbox/sending/N123-2.json    the same file, while it is being sent
 *   outbox/receipts/N123-2.json   what became of it; read and removed by `tick`
 *     {"v":1,"id":"N123","try":2,"at":"…Z","result":"sent","status":200,"error":"…",
 *      "retry_after":0,"later":"b@…","gone":1}
 *     later: receivers of a mail that others got who are to be asked again (4yz); gone: how many
 *     were refused for good (5yz)
 *
 * result: sent | retry (surely not delivered: try again) | refused (surely not delivered,
 * and trying again is of no use: settings are wrong) | unknown (the request went out and
 * no whole answer came: it may have arrived, and is not repeated).
 */
#ifndef CRAWLER_MESSAGE_H
#define CRAWLER_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define MESSAGE_FILE_MAX ((size_t)64 << 10)
#define MESSAGE_NAME_SIZE 64
#define MESSAGE_LATER_SIZE 4096

struct message {
	const char *id, *target, *kind, *title, *text;
	const char *link, *to; /* NULL: none */
	int64_t tries, made, expires; /* expires TIME_NONE: never */
	bool urgent;
	void *root; /* owns the strings */
};

enum message_result { MESSAGE_SENT, MESSAGE_RETRY, MESSAGE_REFUSED, MESSAGE_UNKNOWN };

struct receipt {
	enum message_result result;
	int64_t id, tries, at, status, retry_after; /* seconds, 0: not said */
	int64_t gone;
	char later[MESSAGE_LATER_SIZE]; /* "" when none, or more than fit */
	char error[256]; /* for people, no secret in it; "" for sent */
};

/* "N123-2.json": number and try; false for any other name. */
bool message_name_read(const char *name, int64_t *id, int64_t *tries);
void message_name(int64_t id, int64_t tries, char out[MESSAGE_NAME_SIZE]);

/* ERR_INPUT when it is no message, or not the one that its name says. */
enum err_code message_load(const char *dir, const char *name, struct message *out, struct err *e);
void message_fini(struct message *m);
/* The writer's half, atomic and synced. */
enum err_code message_save(const char *dir, int64_t id, const struct message *m, struct err *e);

enum err_code receipt_load(const char *dir, const char *name, struct receipt *out, struct err *e);
enum err_code receipt_save(const char *dir, const struct receipt *r, struct err *e);
const char *message_result_name(enum message_result r); /* as receipts have it */
/* Words for a receipt: no character is cut. */
void message_copy(char *out, size_t size, const char *text);

/* Calls `each` for every file in dir whose name message_name_read() reads, by number and
 * try; stops at the first error. A directory that is not there is empty. */
enum err_code message_each(const char *dir,
	enum err_code (*each)(void *data, const char *name, struct err *e), void *data,
	struct err *e);

#endif
