/*
 * Who may do what: roles, keys, the super-user, shared logins, demonstrations.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "office/people.h"
#include "office/settings.h"

static struct person someone(unsigned roles)
{
	struct person p = {false, 1000, 1001, strdup("zhou"), roles, false};

	return p;
}

static void test_roles(void **state)
{
	struct err e = {ERR_OK, ""};
	enum people_role r;

	(void)state;
	assert_true(people_role_from_name("supervisor", &r));
	assert_int_equal(r, PEOPLE_SUPERVISOR);
	assert_false(people_role_from_name("king", &r));
	assert_false(people_role_from_name("system", &r)); /* nobody is the program */
	assert_string_equal(people_role_name(PEOPLE_WATCH), "watch");
	struct person p = someone(PEOPLE_WATCH);
	assert_int_equal(people_require(&p, PEOPLE_WATCH | PEOPLE_ADMIN, "x", &e), ERR_OK);
	assert_int_equal(people_require(&p, PEOPLE_SUPERVISOR, "x", &e), ERR_DENIED);
	assert_non_null(strstr(e.text, "supervisor"));
	people_fini(&p);
	/* Admin does not include the others. */
	p = someone(PEOPLE_ADMIN);
	assert_int_equal(people_require(&p, PEOPLE_WATCH, "x", &e), ERR_DENIED);
	people_fini(&p);
}

static void test_personal(void **state)
{
	struct err e = {ERR_OK, ""};
	struct person p = someone(PEOPLE_SUPERVISOR);

	(void)state;
	assert_int_equal(people_require_personal(&p, PEOPLE_SUPERVISOR, "x", &e), ERR_OK);
	p.shared = true;
	assert_int_equal(people_require_personal(&p, PEOPLE_SUPERVISOR, "x", &e), ERR_DENIED);
	p.shared = false;
	p.uid = 0;
	assert_int_equal(people_require_personal(&p, PEOPLE_SUPERVISOR, "x", &e), ERR_DENIED);
	people_fini(&p);
}

/* The account that the instance belongs to does what its timers do; the super-user is admin
 * only, and in a demonstration people are what they say. */
static void test_owner(void **state)
{
	char path[] = "/tmp/huiying-owner.XXXXXX";
	int fd = mkstemp(path);
	uid_t me = getuid() ? getuid() : 1000;
	struct person p = someone(PEOPLE_WATCH);

	(void)state;
	assert_true(fd >= 0);
	if (!getuid())
		assert_int_equal(fchown(fd, me, (gid_t)-1), 0);
	p.uid = me;
	people_note_owner(&p, "/nonexistent/ledger.db", "/nonexistent");
	assert_int_equal(p.roles, PEOPLE_WATCH);
	people_note_owner(&p, path, "/nonexistent");
	assert_int_equal(p.roles, PEOPLE_WATCH | PEOPLE_SYSTEM);
	p.roles = 0;
	people_note_owner(&p, "/nonexistent/ledger.db", path);
	assert_int_equal(p.roles, PEOPLE_SYSTEM);
	p.roles = 0;
	p.uid = me + 1;
	people_note_owner(&p, path, path);
	assert_int_equal(p.roles, 0);
	p.uid = me;
	p.demo = true;
	people_note_owner(&p, path, path);
	assert_int_equal(p.roles, 0);
	close(fd);
	unlink(path);
	people_fini(&p);
}

static void test_actor(void **state)
{
	struct err e = {ERR_OK, ""};
	struct person p = someone(PEOPLE_WATCH | PEOPLE_SUPERVISOR);
	struct buf b;
	char *key = people_key(&p);

	(void)state;
	buf_init(&b, 4096);
	assert_string_equal(key, "uid:1000");
	assert_int_equal(people_add_actor(&b, &p, PEOPLE_SUPERVISOR, &e), ERR_OK);
	assert_string_equal(buf_str(&b),
		"{\"login\":\"zhou\",\"loginuid\":1001,\"role\":\"supervisor\",\"uid\":1000}");
	free(key);
	people_fini(&p);
	buf_fini(&b);
}

static void test_identify(void **state)
{
	struct err e = {ERR_OK, ""};
	struct settings s;
	struct person p;
	char *key;

	(void)state;
	memset(&s, 0, sizeof s);
	assert_int_equal(people_identify(&s, false, "某甲", "watch", &p, &e), ERR_DENIED);
	assert_int_equal(people_identify(&s, false, NULL, "watch", &p, &e), ERR_DENIED);
	assert_int_equal(people_identify(&s, false, NULL, NULL, &p, &e), ERR_OK);
	assert_int_equal(p.uid, getuid());
	/* No group is named: root is admin and nothing else, others are nobody. */
	assert_int_equal(p.roles, getuid() == 0 ? PEOPLE_ADMIN : 0);
	people_fini(&p);
	assert_int_equal(people_identify(&s, true, "某甲", "unit", &p, &e), ERR_OK);
	assert_int_equal(p.roles, PEOPLE_UNIT);
	key = people_key(&p);
	assert_string_equal(key, "demo:某甲");
	free(key);
	people_fini(&p);
	assert_int_equal(people_identify(&s, true, "某甲", "king", &p, &e), ERR_USAGE);
	assert_int_equal(people_identify(&s, true, "", "unit", &p, &e), ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_personal),
		cmocka_unit_test(test_owner),
		cmocka_unit_test(test_actor),
		cmocka_unit_test(test_identify),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
