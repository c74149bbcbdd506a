/*
 * taking.c - taking rows of the queue, and when that ends by itself.
 */
#include "office/taking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/path.h"
#include "base/str.h"
#include "base/time.h"
#include "office/desk.h"
#include "office/queue.h"
#include "office/tick_steps.h"

#define STAFF (PEOPLE_WATCH | PEOPLE_SUPERVISOR)
#define NO_SESSION INT64_C(4294967295) /* what the kernel says of a process without one */

/* --- sessions --- */

static const char *sessions_dir(const struct office *o)
{
	return o->sessions ? o->sessions : "/run/systemd/sessions";
}

/* Not known is no fault: the row then ends by the other ways. */
static int64_t read_session(const struct office *o)
{
	char *path = o->sessions ? path_join(o->sessions, "self") : strdup("/proc/self/sessionid");
	int64_t id = TIME_NONE;
	struct buf text;

	buf_init(&text, 64);
	if (!path || path_read(path, &text, NULL) != ERR_OK ||
		!str_to_int(str_trim(str_of(buf_str(&text))), 1, NO_SESSION - 1, &id))
		id = TIME_NONE;
	buf_fini(&text);
	free(path);
	return id;
}

static bool is_there(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

static bool is_gone(const struct office *o, int64_t session)
{
	char path[4096];
	int n;

	if (session == TIME_NONE || !is_there(sessions_dir(o)))
		return false;
	n = snprintf(path, sizeof path, "%s/%lld", sessions_dir(o), (long long)session);
	return n > 0 && (size_t)n < sizeof path && !is_there(path);
}

/* --- taking --- */

static void format_story(int64_t story, char out[IDS_SIZE])
{
	ids_format(IDS_STORY, 0, story, out);
}

enum err_code taking_take(
	struct office *o, const char *typed, bool over, struct taking *out, struct err *e)
{
	char subject[IDS_SIZE] = "";
	struct story s;
	bool others;
	struct act a;

	*out = (struct taking){0, ""};
	act_begin(&a, o, STAFF, _("take an alert"), e);
	office_queue_need_undecided(&a, typed, &s);
	others = !a.rc && *s.taken_by && strcmp(s.taken_by, a.key) != 0;
	if (others && !over)
		act_fail(&a, ERR_REFUSED,
			_("S%lld is taken by %s; ask them to release it, or take it over: take "
			  "S%lld --over"),
			(long long)s.id, s.taken_name, (long long)s.id);
	if (!a.rc) {
		out->story = s.id;
		format_story(s.id, subject);
		snprintf(out->from, sizeof out->from, "%s", others ? s.taken_name : "");
	}
	act_event(&a);
	act_str(&a, "over", others ? s.taken_by : NULL);
	act_str(&a, "over_name", others ? s.taken_name : NULL);
	act_int(&a, "session", read_session(o));
	act_append(&a, "story.taken/2", subject);
	return act_end(&a);
}

void taking_end(struct act *a, const struct take *t, const char *why)
{
	char subject[IDS_SIZE];

	format_story(t->story, subject);
	act_event(a);
	act_str(a, "why", why);
	act_str(a, "of", t->by);
	act_append(a, "story.released/2", subject);
}

enum err_code taking_release(struct office *o, const char *typed, int64_t *story, struct err *e)
{
	struct story s;
	struct act a;

	act_begin(&a, o, STAFF, _("release an alert"), e);
	office_queue_need_undecided(&a, typed, &s);
	if (!a.rc && !*s.taken_by)
		act_fail(&a, ERR_REFUSED, _("nobody has taken S%lld"), (long long)s.id);
	if (!a.rc && strcmp(s.taken_by, a.key) != 0 && !(o->person.roles & PEOPLE_SUPERVISOR))
		act_fail(&a, ERR_DENIED,
			_("S%lld is taken by %s; only they or a supervisor release it"),
			(long long)s.id, s.taken_name);
	if (!a.rc) {
		struct take t = {.story = s.id, .by = s.taken_by};
		*story = s.id;
		taking_end(&a, &t, "given-back");
	}
	return act_end(&a);
}

/* --- what ends by itself --- */

static void end_idle(struct act *a, int64_t idle, int64_t *done)
{
	struct take *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = takes_idle(a->db, a->now - idle, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++, ++*done)
		taking_end(a, &list[i], "idle");
}

static void end_gone(struct act *a, int64_t *done)
{
	struct take *list = NULL;
	size_t count = 0;

	if (!a->rc)
		a->rc = takes_of(a->db, NULL, a->arena, &list, &count, a->err);
	for (size_t i = 0; !a->rc && i < count; i++) {
		if (!is_gone(a->office, list[i].session))
			continue;
		taking_end(a, &list[i], "disconnect");
		++*done;
	}
}

void tick_takes(struct act *a, int64_t *done)
{
	struct desk desk = {0};

	if (!a->rc)
		a->rc = desk_load(a->office, &desk, a->err);
	end_idle(a, desk.idle, done);
	end_gone(a, done);
}
