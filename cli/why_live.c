/*
 * why_live.c - a verdict goes the way of a stored one: as JSON to explain.h.
 */
#include "cli/why_live.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/output.h"
#include "matcher/explain.h"

struct live {
	FILE *f;
	struct explain_text text;
	struct explain_grounds *grounds;
	struct buf words, why, kept;
};

/* With the grounds that stand in `kept`. */
static enum err_code print_topic(struct live *l, const struct match_topic *t, struct err *e)
{
	struct explain_topic x = {t->topic.name, match_grade_name(t->grade), t->score, NULL, NULL};
	struct json *why = NULL, *grounds = NULL;
	enum err_code rc;

	buf_clear(&l->why);
	buf_clear(&l->words);
	match_add_why_json(&l->why, t);
	rc = buf_check(&l->why, _("result"), e);
	if (!rc)
		rc = json_read(buf_str(&l->why), l->why.len, &why, e);
	if (!rc)
		rc = json_read(buf_str(&l->kept), l->kept.len, &grounds, e);
	x.why = why;
	x.grounds = grounds;
	if (!rc) {
		explain_add_topic(&l->words, &l->text, &x);
		output_lines(l->f, &l->words);
	}
	json_free(why);
	json_free(grounds);
	return rc;
}

static enum err_code print_none(struct live *l, struct err *e)
{
	struct explain_topic x = {"", NULL, 0, NULL, NULL};
	struct json *grounds = NULL;
	enum err_code rc;

	buf_clear(&l->kept);
	buf_clear(&l->words);
	rc = explain_add_no_grounds(l->grounds, &l->kept, e);
	if (!rc)
		rc = json_read(buf_str(&l->kept), l->kept.len, &grounds, e);
	x.grounds = grounds;
	if (!rc) {
		buf_addf(&l->words, "%s\n", _("No topic: no line adds points"));
		explain_add_reasons(&l->words, &l->text, &x);
		output_lines(l->f, &l->words);
	}
	json_free(grounds);
	return rc;
}

static enum err_code print_all(struct live *l, const struct match_result *m, struct err *e)
{
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < m->topic_count; i++) {
		buf_clear(&l->kept);
		rc = explain_add_grounds(l->grounds, &m->topics[i], false, &l->kept, e);
		if (!rc)
			rc = print_topic(l, &m->topics[i], e);
	}
	for (size_t i = 0; !rc && i < m->suppressed_count; i++) {
		const struct match_suppressed *s = &m->suppressed[i];
		buf_clear(&l->kept);
		rc = explain_add_out_grounds(l->grounds, s, &l->kept, e);
		if (!rc)
			rc = print_topic(l, &s->match, e);
	}
	return rc || m->topic_count + m->suppressed_count ? rc : print_none(l, e);
}

enum err_code why_live_print(FILE *f, const struct rules *r, const struct match_input *in,
	const struct match_result *m, const char *main_file, struct err *e)
{
	struct live l = {.f = f, .text = {in->title, in->text, in->source, main_file}};
	enum err_code rc;

	buf_init(&l.words, BUF_MAX_DEFAULT);
	buf_init(&l.why, BUF_MAX_DEFAULT);
	buf_init(&l.kept, BUF_MAX_DEFAULT);
	l.grounds = explain_grounds_new(r);
	rc = l.grounds ? explain_grounds_begin(l.grounds, in, m, e) : err_nomem(e);
	if (!rc)
		rc = print_all(&l, m, e);
	explain_grounds_free(l.grounds);
	buf_fini(&l.words);
	buf_fini(&l.why);
	buf_fini(&l.kept);
	return rc;
}
