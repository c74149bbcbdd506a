/*
 * What may stand in an event, how it is hashed, and that nothing changes afterwards.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/json.h"
#include "ledger/db.h"
#include "ledger/db_private.h"
#include "ledger/events.h"
#include "ledger/instance.h"
#include "ledger/texts.h"
#include "tests/unit/world.h"

#define DIGEST_PAYLOAD                                                                             \
	"{\"x_text\":\""                                                                           \
	"0000000000000000000000000000000000000000000000000000000000000000\"}"
#define ACTOR "{\"uid\":1000,\"role\":\"watch\",\"login\":\"zhou\"}"

static enum err_code append(struct world *w, const char *kind, const char *payload)
{
	struct event_draft d = {1000, ACTOR, "", kind, "", payload};

	return events_append(w->db, &d, NULL, &w->e);
}

static void create(struct world *w)
{
	struct event_draft by = {1000, ACTOR, "", NULL, NULL, NULL};

	assert_int_equal(instance_create(w->db, &by, true, "某办", &w->e), ERR_OK);
}

static void test_first_event(void **state)
{
	struct world *w = *state;
	struct instance in;
	struct event ev;
	struct hash head, want;
	int64_t count;

	assert_int_equal(instance_get(w->db, w->arena, &in, &w->e), ERR_NOT_FOUND);
	create(w);
	assert_int_equal(instance_get(w->db, w->arena, &in, &w->e), ERR_OK);
	assert_true(in.demo);
	assert_string_equal(in.office, "某办");
	assert_int_equal(events_get(w->db, 1, w->arena, &ev, &w->e), ERR_OK);
	/* Keys sorted whatever order they came in. */
	assert_string_equal(ev.actor, "{\"login\":\"zhou\",\"role\":\"watch\",\"uid\":1000}");
	assert_string_equal(ev.payload, "{\"demo\":1,\"office\":\"某办\"}");
	assert_string_equal(ev.actor_key, "uid:1000");
	assert_string_equal(ev.actor_name, "zhou");
	assert_string_equal(ev.actor_role, "watch");
	assert_int_equal(events_head(w->db, &count, &head, &w->e), ERR_OK);
	assert_int_equal(count, 1);
	assert_int_equal(events_hash(&ev, &want, &w->e), ERR_OK);
	assert_true(hash_eq(&head, &want));
}

/* Computed with an independent program over the layout that events.h describes. */
static void test_known_hash(void **state)
{
	struct event ev;
	struct hash h;
	char hex[HASH_HEX_SIZE];

	(void)state;
	memset(&ev, 0, sizeof ev);
	ev.seq = 1;
	ev.at = 1000;
	ev.actor = "{\"login\":\"a\"}";
	ev.for_whom = "";
	ev.kind = "x.y/1";
	ev.subject = "A1";
	ev.payload = "{}";
	assert_int_equal(events_hash(&ev, &h, NULL), ERR_OK);
	hash_to_hex(&h, hex);
	assert_string_equal(
		hex, "5124e7337324b5499882efa0189baee582c03c09be108df0f469651dbbd572a4");
}

static void test_what_is_refused(void **state)
{
	static const char *const payloads[] = {"", "[]", "1", "{\"A\":1}", "{\"a b\":1}",
		"{\"a1\":1}", "{\"\":1}", "{\"a\":1.5}", "{\"a\":true}", "{\"a\":null}",
		"{\"a\":[1]}", "{\"a\":{\"b\":1}}", "{\"a\":1", "{\"x_text\":\"words\"}",
		DIGEST_PAYLOAD};
	static const char *const kinds[] = {"", "a", "a/", "/1", "a/0", "a/x", "A/1", "a b/1"};
	struct world *w = *state;
	int64_t count;
	struct hash head;

	create(w);
	for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++)
		if (append(w, "instance.created/1", payloads[i]) == ERR_OK)
			fail_msg("payload %s was taken", payloads[i]);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (append(w, kinds[i], "{}") == ERR_OK)
			fail_msg("kind %s was taken", kinds[i]);
	assert_int_equal(events_head(w->db, &count, &head, &w->e), ERR_OK);
	assert_int_equal(count, 1);
	/* A kind that nobody applies is an integrity failure, never skipped. */
	assert_int_equal(append(w, "nobody.knows/1", "{}"), ERR_INTEGRITY);
}

/* The same payload as text and as tree gives the same events, or none. */
static void test_trees(void **state)
{
	static const char *const refused[] = {"[]", "1", "{\"A\":1}", "{\"a\":1.5}", "{\"a\":[1]}",
		"{\"x_text\":\"words\"}", DIGEST_PAYLOAD};
	struct world *w = *state;
	struct event_draft d = {2000, ACTOR, "", "rules.applied/1", "", NULL};
	struct event a, b;
	struct json *tree;

	create(w);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_int_equal(json_read(refused[i], strlen(refused[i]), &tree, &w->e), ERR_OK);
		if (events_append_tree(w->db, &d, tree, NULL, &w->e) == ERR_OK)
			fail_msg("the tree of %s was taken", refused[i]);
		json_free(tree);
	}
	assert_int_not_equal(events_append_tree(w->db, &d, NULL, NULL, &w->e), ERR_OK);
	d.payload = "{\"since\":\"7d\",\"looked_at\":12}";
	assert_int_equal(events_append(w->db, &d, NULL, &w->e), ERR_OK);
	tree = json_new_object();
	assert_true(json_set_str(tree, "since", "7d") && json_set_int(tree, "looked_at", 12));
	d.payload = NULL;
	assert_int_equal(events_append_tree(w->db, &d, tree, NULL, &w->e), ERR_OK);
	json_free(tree);
	assert_int_equal(events_get(w->db, 2, w->arena, &a, &w->e), ERR_OK);
	assert_int_equal(events_get(w->db, 3, w->arena, &b, &w->e), ERR_OK);
	assert_string_equal(a.payload, b.payload);
	assert_true(hash_eq(&a.hash, &b.prev_hash));
}

/* Texts that were there before they had an index of their own. */
static void test_older_texts(void **state)
{
	struct world *w = *state;
	char a[HASH_HEX_SIZE], b[HASH_HEX_SIZE], large[5000];
	const char *body;
	int64_t count, erased;
	struct db *db;

	memset(large, 'x', sizeof large);
	assert_int_equal(db_open_temporary(14, &db, &w->e), ERR_OK);
	assert_int_equal(db_begin_write(db, &w->e), ERR_OK);
	assert_int_equal(texts_put(db, "短的", strlen("短的"), a, &w->e), ERR_OK);
	assert_int_equal(texts_put(db, large, sizeof large, b, &w->e), ERR_OK);
	assert_int_equal(db_commit(db, &w->e), ERR_OK);
	assert_int_equal(db_migrate(db, &w->e), ERR_OK);
	assert_int_equal(texts_verify(db, &count, &erased, &w->e), ERR_OK);
	assert_int_equal(count, 2);
	assert_int_equal(texts_get(db, a, w->arena, &body, &w->e), ERR_OK);
	assert_string_equal(body, "短的");
	assert_int_equal(texts_get(db, b, w->arena, &body, &w->e), ERR_OK);
	assert_memory_equal(body, large, sizeof large);
	assert_int_equal(texts_expect(db, b, &w->e), ERR_OK);
	b[0] = b[0] == '0' ? '1' : '0';
	assert_int_equal(texts_expect(db, b, &w->e), ERR_INTEGRITY);
	assert_int_equal(db_begin_write(db, &w->e), ERR_OK);
	assert_int_not_equal(
		db_exec_sql(db, "UPDATE texts SET body = 'y', salt = x'00'", "", &w->e), ERR_OK);
	assert_int_not_equal(db_exec_sql(db, "DELETE FROM texts", "", &w->e), ERR_OK);
	assert_int_equal(
		db_exec_sql(db, "UPDATE texts SET body = NULL, salt = NULL", "", &w->e), ERR_OK);
	assert_int_equal(texts_verify(db, &count, &erased, &w->e), ERR_OK);
	assert_int_equal(erased, 2);
	db_close(db);
}

static void test_texts(void **state)
{
	struct world *w = *state;
	char a[HASH_HEX_SIZE], b[HASH_HEX_SIZE];
	const char *body;
	int64_t count, erased;

	assert_int_equal(texts_put(w->db, "同样的话", strlen("同样的话"), a, &w->e), ERR_OK);
	assert_int_equal(texts_put(w->db, "同样的话", strlen("同样的话"), b, &w->e), ERR_OK);
	assert_string_not_equal(a, b); /* salted */
	assert_int_equal(texts_get(w->db, a, w->arena, &body, &w->e), ERR_OK);
	assert_string_equal(body, "同样的话");
	assert_int_equal(texts_get(w->db, "", w->arena, &body, &w->e), ERR_OK);
	assert_null(body);
	assert_int_equal(texts_get(w->db, "00", w->arena, &body, &w->e), ERR_INTEGRITY);
	assert_int_equal(texts_verify(w->db, &count, &erased, &w->e), ERR_OK);
	assert_int_equal(count, 2);
	assert_int_equal(erased, 0);
	assert_int_equal(texts_put(w->db, "", 0, a, &w->e), ERR_OK);
}

static enum err_code count_one(void *data, const struct event *ev, struct err *e)
{
	(void)ev;
	(void)e;
	++*(int *)data;
	return ERR_OK;
}

static void test_each(void **state)
{
	struct world *w = *state;
	int n = 0;

	create(w);
	assert_int_equal(events_each(w->db, NULL, count_one, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(events_each(w->db, "A1", count_one, &n, &w->e), ERR_OK);
	assert_int_equal(n, 1);
}

#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_first_event),
		T(test_what_is_refused),
		T(test_trees),
		T(test_texts),
		T(test_older_texts),
		T(test_each),
		cmocka_unit_test(test_known_hash),
	};

	return hash_init(NULL) == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
