/*
 * message.c - files of messages and receipts.
 */
#include "crawler/message.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"

#define FILE_MODE 0660

static const char *const result_names[] = {"sent", "retry", "refused", "unknown"};

const char *message_result_name(enum message_result r)
{
	return result_names[r];
}

void message_copy(char *out, size_t size, const char *text)
{
	size_t n = strlen(text);

	if (n >= size)
		for (n = size - 1; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
			n--;
	memcpy(out, text, n);
	out[n] = '\0';
}

/* --- names --- */

bool message_name_read(const char *name, int64_t *id, int64_t *tries)
{
	struct str rest = str_of(name);
	struct str number;

	if (rest.n < 9 || rest.p[0] != 'N' || strcmp(name + rest.n - 5, ".json") != 0)
		return false;
	rest = str_sub(rest, 1, rest.n - 5);
	number = str_split(&rest, '-');
	return rest.p && str_to_int(number, 1, INT64_MAX, id) &&
	       str_to_int(rest, 1, INT32_MAX, tries);
}

void message_name(int64_t id, int64_t tries, char out[MESSAGE_NAME_SIZE])
{
	snprintf(out, MESSAGE_NAME_SIZE, "N%lld-%lld.json", (long long)id, (long long)tries);
}

static int by_number(const void *a, const void *b)
{
	int64_t id[2] = {0, 0}, tries[2] = {0, 0};

	message_name_read(*(char *const *)a, &id[0], &tries[0]);
	message_name_read(*(char *const *)b, &id[1], &tries[1]);
	if (id[0] != id[1])
		return id[0] < id[1] ? -1 : 1;
	return (tries[0] > tries[1]) - (tries[0] < tries[1]);
}

static enum err_code add_name(char ***list, size_t *count, const char *name, struct err *e)
{
	int64_t id, tries;
	char **more;

	if (!message_name_read(name, &id, &tries))
		return ERR_OK;
	more = realloc(*list, (*count + 1) * sizeof *more);
	if (!more)
		return err_nomem(e);
	*list = more;
	more[*count] = strdup(name);
	return more[(*count)++] ? ERR_OK : err_nomem(e);
}

/* All names first: what is done with the files changes the directory. */
static enum err_code read_names(const char *dir, char ***list, size_t *count, struct err *e)
{
	DIR *d = opendir(dir);
	const struct dirent *entry;
	enum err_code rc = ERR_OK;

	if (!d)
		return errno == ENOENT ? ERR_OK : err_errno(e, errno, _("cannot read %s"), dir);
	while (!rc && (entry = readdir(d)) != NULL)
		rc = add_name(list, count, entry->d_name, e);
	closedir(d);
	return rc;
}

enum err_code message_each(const char *dir,
	enum err_code (*each)(void *data, const char *name, struct err *e), void *data,
	struct err *e)
{
	char **names = NULL;
	size_t count = 0;
	enum err_code rc = read_names(dir, &names, &count, e);

	if (!rc && count)
		qsort(names, count, sizeof *names, by_number);
	for (size_t i = 0; i < count; i++) {
		if (!rc)
			rc = each(data, names[i], e);
		free(names[i]);
	}
	free(names);
	return rc;
}

/* --- files --- */

/* The JSON object of a file whose id and try are those of its name. */
static enum err_code load(const char *dir, const char *name, struct json **out, int64_t *id,
	int64_t *tries, struct err *e)
{
	char *path = path_join(dir, name);
	char number[32];
	struct buf b;
	int64_t version = 0, inside = 0;
	enum err_code rc = path ? ERR_OK : err_nomem(e);

	*out = NULL;
	buf_init(&b, MESSAGE_FILE_MAX);
	if (!rc && !message_name_read(name, id, tries))
		rc = err_set(e, ERR_INPUT, _("%s is no message"), name);
	if (!rc)
		rc = path_read(path, &b, e);
	if (!rc)
		rc = json_read(buf_str(&b), b.len, out, e);
	snprintf(number, sizeof number, "N%lld", (long long)*id);
	if (!rc &&
		(!json_get_int(*out, "v", &version) || version != 1 ||
			!json_get_int(*out, "try", &inside) || inside != *tries ||
			!json_get_str(*out, "id") || strcmp(json_get_str(*out, "id"), number) != 0))
		rc = err_set(e, ERR_INPUT, _("%s does not hold what its name says"), name);
	if (rc) {
		json_free(*out);
		*out = NULL;
	}
	buf_fini(&b);
	free(path);
	return rc;
}

static int64_t time_of(const struct json *o, const char *key)
{
	const char *s = json_get_str(o, key);
	int64_t t;

	return s && time_parse_rfc3339(str_of(s), &t) ? t : TIME_NONE;
}

enum err_code message_load(const char *dir, const char *name, struct message *out, struct err *e)
{
	struct json *root = NULL;
	int64_t id = 0;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = load(dir, name, &root, &id, &out->tries, e);
	if (rc)
		return rc;
	out->root = root;
	out->id = json_get_str(root, "id");
	out->target = json_get_str(root, "target");
	out->kind = json_get_str(root, "kind");
	out->title = json_get_str(root, "title");
	out->text = json_get_str(root, "text");
	out->link = json_get_str(root, "link");
	out->to = json_get_str(root, "to");
	out->urgent = json_is_true(json_get(root, "urgent"));
	out->made = time_of(root, "made");
	out->expires = time_of(root, "expires");
	if (out->target && out->kind && out->title && out->text)
		return ERR_OK;
	message_fini(out);
	return err_set(e, ERR_INPUT, _("%s is no message"), name);
}

void message_fini(struct message *m)
{
	json_free(m->root);
	memset(m, 0, sizeof *m);
}

static enum err_code save(const char *dir, int64_t id, int64_t tries, struct buf *b, struct err *e)
{
	char name[MESSAGE_NAME_SIZE];
	char *path;
	enum err_code rc = buf_check(b, N_("a message"), e);

	message_name(id, tries, name);
	path = path_join(dir, name);
	if (!rc && !path)
		rc = err_nomem(e);
	if (!rc)
		rc = path_write_atomic(path, buf_str(b), b->len, FILE_MODE, e);
	free(path);
	return rc;
}

static void begin(struct json_writer *w, struct buf *b, int64_t id, int64_t tries)
{
	char number[32];

	buf_init(b, MESSAGE_FILE_MAX);
	json_writer_init(w, b);
	json_begin_object(w);
	json_put_int(w, "v", 1);
	snprintf(number, sizeof number, "N%lld", (long long)id);
	json_put_str(w, "id", number);
	json_put_int(w, "try", tries);
}

enum err_code message_save(const char *dir, int64_t id, const struct message *m, struct err *e)
{
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	begin(&w, &b, id, m->tries);
	json_put_str(&w, "target", m->target);
	json_put_str(&w, "kind", m->kind);
	json_put_bool(&w, "urgent", m->urgent);
	json_put_str(&w, "title", m->title);
	json_put_str(&w, "text", m->text);
	json_put_str(&w, "link", m->link);
	json_put_str(&w, "to", m->to);
	json_put_time(&w, "made", m->made);
	json_put_time(&w, "expires", m->expires);
	json_end_object(&w);
	buf_add_char(&b, '\n');
	rc = save(dir, id, m->tries, &b, e);
	buf_fini(&b);
	return rc;
}

static bool read_result(const char *word, enum message_result *out)
{
	for (size_t i = 0; word && i < sizeof result_names / sizeof *result_names; i++) {
		if (strcmp(word, result_names[i]) != 0)
			continue;
		*out = (enum message_result)i;
		return true;
	}
	return false;
}

enum err_code receipt_load(const char *dir, const char *name, struct receipt *out, struct err *e)
{
	struct json *root = NULL;
	const char *error, *later;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	rc = load(dir, name, &root, &out->id, &out->tries, e);
	if (!rc && !read_result(json_get_str(root, "result"), &out->result))
		rc = err_set(e, ERR_INPUT, _("%s is no receipt"), name);
	out->at = time_of(root, "at");
	json_get_int(root, "status", &out->status);
	json_get_int(root, "retry_after", &out->retry_after);
	json_get_int(root, "gone", &out->gone);
	later = json_get_str(root, "later");
	if (later && strlen(later) < sizeof out->later)
		memcpy(out->later, later, strlen(later) + 1);
	error = json_get_str(root, "error");
	message_copy(out->error, sizeof out->error, error ? error : "");
	json_free(root);
	return rc;
}

enum err_code receipt_save(const char *dir, const struct receipt *r, struct err *e)
{
	struct json_writer w;
	struct buf b;
	enum err_code rc;

	begin(&w, &b, r->id, r->tries);
	json_put_time(&w, "at", r->at);
	json_put_str(&w, "result", result_names[r->result]);
	if (r->status)
		json_put_int(&w, "status", r->status);
	json_put_str(&w, "error", *r->error ? r->error : NULL);
	if (r->retry_after)
		json_put_int(&w, "retry_after", r->retry_after);
	json_put_str(&w, "later", *r->later ? r->later : NULL);
	if (r->gone)
		json_put_int(&w, "gone", r->gone);
	json_end_object(&w);
	buf_add_char(&b, '\n');
	rc = save(dir, r->id, r->tries, &b, e);
	buf_fini(&b);
	return rc;
}
