/*
 * sources_change.c - what became of the list of sources, as an event.
 */
#include "office/sources_change.h"

#include "base/conf.h"
#include "base/i18n.h"
#include "base/path.h"
#include "office/act.h"

static void add_id(struct buf *out, const char *id)
{
	buf_addf(out, "%s%s", out->len ? " " : "", id);
}

static void compare(
	const struct sources_change *in, struct buf *added, struct buf *on, struct buf *off)
{
	for (size_t i = 0; i < sources_count(in->after); i++) {
		const struct source *s = sources_at(in->after, i);
		const struct source *was = sources_find(in->before, s->id);
		if (!was)
			add_id(added, s->id);
		else if (was->enabled != s->enabled)
			add_id(s->enabled ? on : off, s->id);
	}
}

static void append(struct act *a, const struct sources_change *in, const struct hash *after)
{
	char hex[HASH_HEX_SIZE];
	struct buf added, on, off;

	buf_init(&added, EVENTS_PAYLOAD_MAX / 4);
	buf_init(&on, EVENTS_PAYLOAD_MAX / 4);
	buf_init(&off, EVENTS_PAYLOAD_MAX / 4);
	compare(in, &added, &on, &off);
	if (!a->rc)
		a->rc = buf_check(&added, N_("sources.conf"), a->err);
	if (!a->rc)
		a->rc = buf_check(&on, N_("sources.conf"), a->err);
	if (!a->rc)
		a->rc = buf_check(&off, N_("sources.conf"), a->err);
	act_event(a);
	act_str(a, "how", in->how);
	act_str(a, "added", buf_str(&added));
	act_str(a, "on", buf_str(&on));
	act_str(a, "off", buf_str(&off));
	hash_to_hex(&in->hash_before, hex);
	act_str(a, "file_before", hex);
	hash_to_hex(after, hex);
	act_str(a, "file_after", hex);
	act_append(a, "sources.changed/1", "");
	buf_fini(&added);
	buf_fini(&on);
	buf_fini(&off);
}

enum err_code office_sources_change(
	struct office *o, const struct sources_change *in, struct err *e)
{
	struct hash after = hash_of(buf_str(in->text), in->text->len);
	bool had = path_exists(in->path), tried = false;
	struct str was = {"", 0};
	struct buf text;
	struct act a;
	enum err_code rc;

	buf_init(&text, CONF_FILE_MAX);
	act_begin(&a, o, PEOPLE_ADMIN | PEOPLE_SYSTEM, _("change the sources"), e);
	if (!hash_eq(&after, &in->hash_before))
		append(&a, in, &after);
	if (!a.rc && had)
		a.rc = path_read(in->path, &text, e);
	if (!a.rc) {
		tried = true;
		was = (struct str){buf_str(&text), text.len};
		a.rc = path_write_atomic(in->path, buf_str(in->text), in->text->len, in->mode, e);
	}
	rc = act_end(&a);
	if (rc && tried)
		path_put_back(in->path, had ? &was : NULL, in->mode);
	buf_fini(&text);
	return rc;
}
