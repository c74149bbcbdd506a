/*
 * office.c - opening an instance, and appending events in its person's name. Making a
 * new one is in create.c.
 */
#include "office/office.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/time.h"
#include "ledger/instance.h"
#include "ledger/rulebook.h"
#include "office/by_whom.h"
#include "office/draft.h"
#include "office/refusal.h"
#include "office/typed.h"

static int64_t system_now(void *data)
{
	(void)data;
	return time_now();
}

static int64_t fixed_now(void *data)
{
	return ((const struct office *)data)->fixed_now;
}

/* Tests and rehearsals of a demonstration travel in time; a real ledger never does. */
static enum err_code choose_clock(struct office *o, const struct office_options *opt, struct err *e)
{
	const char *given = getenv("HUIYING_NOW");

	o->now = system_now;
	if (opt->now) {
		o->now = opt->now;
		o->now_data = opt->now_data;
		return ERR_OK;
	}
	if (!given || !given[0])
		return ERR_OK;
	if (!o->demo)
		return err_set(e, ERR_DENIED,
			_("HUIYING_NOW is set, but this is no demonstration: unset it"));
	if (!time_parse_rfc3339(str_of(given), &o->fixed_now))
		return err_set(e, ERR_USAGE, _("HUIYING_NOW: %s is no RFC 3339 time"), given);
	o->now = fixed_now;
	o->now_data = o;
	return ERR_OK;
}

/* What a demonstration is told of logins: a directory as /run/systemd/sessions, with the
 * number of the session that acts in its file "self". */
static enum err_code choose_sessions(struct office *o, struct err *e)
{
	const char *given = getenv("HUIYING_SESSIONS");

	if (!given || !given[0])
		return ERR_OK;
	if (!o->demo)
		return err_set(e, ERR_DENIED,
			_("HUIYING_SESSIONS is set, but this is no demonstration: unset it"));
	o->sessions = given;
	return ERR_OK;
}

static enum err_code read_instance(struct office *o, struct err *e)
{
	struct arena *a = arena_new(65536);
	struct instance in;
	enum err_code rc = a ? instance_get(o->db, a, &in, e) : err_nomem(e);

	if (rc == ERR_NOT_FOUND)
		rc = err_set(e, ERR_NOT_FOUND,
			_("the ledger %s has no first event; run “huiying init” again"),
			db_path(o->db));
	else if (!rc)
		o->demo = in.demo;
	arena_free(a);
	return rc;
}

static enum err_code set_for(struct office *o, const struct office_options *opt, struct err *e)
{
	enum err_code rc;

	rc = typed_check("--for", opt->unit, TYPED_WORD_MAX, e);
	if (!rc)
		rc = typed_check("--post", opt->post, TYPED_WORD_MAX, e);
	if (!rc)
		rc = typed_check("--how", opt->how, TYPED_WORD_MAX, e);
	if (!rc)
		rc = typed_check("--document", opt->document, TYPED_WORD_MAX, e);
	o->unit = opt->unit;
	o->post = opt->post;
	o->how = opt->how;
	o->document = opt->document;
	o->seen = opt->seen;
	return rc ? rc : by_whom_set(o, opt->unit, e);
}

/* Somebody who acts in another's name in a real instance is written down as who he is. */
static enum err_code identify(struct office *o, const struct office_options *opt, struct err *e)
{
	enum err_code rc =
		people_identify(&o->settings, o->demo, opt->actor, opt->role, &o->person, e);

	if (rc == ERR_DENIED && !opt->read_only &&
		people_identify(&o->settings, o->demo, NULL, NULL, &o->person, NULL) == ERR_OK)
		refusal_record(o, "", e->text);
	return rc;
}

enum err_code office_open(const struct office_options *opt, struct office **out, struct err *e)
{
	struct office *o = calloc(1, sizeof *o);
	char *path = NULL;
	enum err_code rc;

	*out = NULL;
	if (!o)
		return err_nomem(e);
	o->home = opt->home;
	o->verb = opt->verb ? opt->verb : "";
	if (opt->log)
		o->log = *opt->log;
	rc = settings_load(opt->home, &o->settings, e);
	path = rc ? NULL : office_path(o, "ledger.db");
	if (!rc && !path)
		rc = err_nomem(e);
	if (!rc)
		rc = db_open(path, opt->read_only ? DB_OPEN_READ : DB_OPEN, &o->db, e);
	if (!rc)
		rc = read_instance(o, e);
	if (!rc)
		rc = choose_clock(o, opt, e);
	if (!rc)
		rc = choose_sessions(o, e);
	if (!rc)
		rc = identify(o, opt, e);
	if (!rc)
		people_note_owner(&o->person, path, opt->home->data);
	if (!rc)
		rc = set_for(o, opt, e);
	free(path);
	if (rc)
		office_close(o);
	else
		*out = o;
	return rc;
}

static void free_rules_files(struct office *o)
{
	if (o->rules_files)
		rules_files_fini(o->rules_files);
	free(o->rules_files);
	o->rules_files = NULL;
}

void office_close(struct office *o)
{
	if (!o)
		return;
	if (o->memory)
		o->memory->end(o->memory->data);
	similar_close(o->similar);
	draft_tools_free(o->tools);
	db_close(o->db);
	settings_fini(&o->settings);
	people_fini(&o->person);
	sources_free(o->sources);
	rules_free(o->rules);
	free_rules_files(o);
	deadlines_free(o->deadlines);
	holidays_free(o->holidays);
	procedure_free(o->procedure);
	ladder_free(o->ladder);
	channels_free(o->channels);
	free(o->for_whom);
	free(o);
}

int64_t office_now(const struct office *o)
{
	return o->now(o->now_data);
}

char *office_path(const struct office *o, const char *name)
{
	return path_join(o->home->data, name);
}

enum err_code office_sources(struct office *o, const struct sources **out, struct err *e)
{
	enum err_code rc = o->sources ? ERR_OK : sources_load(o->home, &o->sources, e);

	*out = o->sources;
	return rc;
}

static enum err_code load_rules(struct office *o, struct err *e)
{
	enum err_code rc;

	o->rules_files = calloc(1, sizeof *o->rules_files);
	rc = o->rules_files ? rules_files_read(o->home, NULL, o->rules_files, e) : err_nomem(e);
	if (!rc)
		rc = rules_files_compile(o->rules_files, &o->rules, NULL, e);
	if (rc)
		free_rules_files(o);
	return rc;
}

enum err_code office_rules(struct office *o, const struct rules **out, struct err *e)
{
	enum err_code rc = o->rules ? ERR_OK : load_rules(o, e);

	*out = o->rules;
	return rc;
}

enum err_code office_keep_rules(struct office *o, struct err *e)
{
	struct rulebook_file files[RULES_FILES_MAX];
	const struct rules *rules;
	bool kept = false;
	enum err_code rc = office_rules(o, &rules, e);

	if (!rc)
		rc = rulebook_has_set(o->db, rules_hash(rules), &kept, e);
	if (rc || kept)
		return rc;
	for (size_t i = 0; i < o->rules_files->count; i++) {
		const struct rules_files_one *f = &o->rules_files->file[i];
		files[i] = (struct rulebook_file){f->name, buf_str(&f->text), f->text.len};
	}
	return rulebook_keep_set(o->db, rules_hash(rules), files, o->rules_files->count, e);
}

enum err_code office_channels(struct office *o, const struct channels **out, struct err *e)
{
	enum err_code rc = o->channels ? ERR_OK : channels_load(o->home, &o->channels, e);

	*out = o->channels;
	return rc;
}

enum err_code office_similar(struct office *o, struct similar **out, struct err *e)
{
	enum err_code rc = o->similar ? ERR_OK : similar_open(o->db, &o->similar, e);

	*out = o->similar;
	return rc;
}

enum err_code office_tools(struct office *o, struct draft_tools **out, struct err *e)
{
	enum err_code rc = o->tools ? ERR_OK : draft_tools_new(o, &o->tools, e);

	*out = o->tools;
	return rc;
}

enum err_code office_deadlines(struct office *o, const struct deadlines **out, struct err *e)
{
	enum err_code rc = o->deadlines ? ERR_OK : deadlines_load(o->home, &o->deadlines, e);

	*out = o->deadlines;
	return rc;
}

enum err_code office_holidays(struct office *o, const struct holidays **out, struct err *e)
{
	enum err_code rc = o->holidays ? ERR_OK : holidays_load(o->home, &o->holidays, e);

	*out = o->holidays;
	return rc;
}

enum err_code office_procedure(struct office *o, const struct procedure **out, struct err *e)
{
	enum err_code rc = o->procedure ? ERR_OK : procedure_load(o->home, &o->procedure, e);

	*out = o->procedure;
	return rc;
}

enum err_code office_ladder(struct office *o, const struct ladder **out, struct err *e)
{
	enum err_code rc = o->ladder ? ERR_OK : ladder_load(o->home, &o->ladder, e);

	*out = o->ladder;
	return rc;
}

enum err_code office_append(struct office *o, enum people_role role, const char *kind,
	const char *subject, const char *payload, int64_t *seq, struct err *e)
{
	struct event_draft d = {office_now(o), NULL, o->for_whom, kind, subject, payload};
	struct buf actor;
	enum err_code rc = by_whom_need(o, e);

	buf_init(&actor, 4096);
	if (!rc)
		rc = people_add_actor(&actor, &o->person, (unsigned)role, e);
	d.actor = buf_str(&actor);
	if (!rc)
		rc = events_append(o->db, &d, seq, e);
	buf_fini(&actor);
	return rc;
}

enum err_code office_append_system(struct office *o, const char *kind, const char *subject,
	const char *payload, int64_t *seq, struct err *e)
{
	struct event_draft d = {office_now(o), PEOPLE_SYSTEM_ACTOR, "", kind, subject, payload};

	return events_append(o->db, &d, seq, e);
}
