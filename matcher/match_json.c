/*
 * match_json.c - a result as JSON (DESIGN §7). Hits of overlay files carry "file";
 * those of the main file do not.
 */
#include "base/json.h"
#include "matcher/match.h"

static const char *const field_names[] = {"title", "text", "source"};
static const char *const reason_names[] = {"global", "exclude", "region", "threshold", "required"};

static void add_spans(struct json_writer *w, const struct match_hit *h)
{
	json_key(w, "spans");
	json_begin_array(w);
	for (size_t i = 0; i < h->span_count; i++) {
		json_begin_object(w);
		json_put_str(w, "field", field_names[h->spans[i].field]);
		json_put_int(w, "start", h->spans[i].start);
		json_put_int(w, "end", h->spans[i].end);
		json_end_object(w);
	}
	json_end_array(w);
}

static void add_why(struct json_writer *w, const struct match_topic *t)
{
	json_begin_array(w);
	for (size_t i = 0; i < t->hit_count; i++) {
		const struct match_hit *h = &t->hits[i];
		json_begin_object(w);
		json_put_str(w, "file", h->overlay ? h->file : NULL);
		json_put_int(w, "line", h->line);
		json_put_str(w, "rule", h->rule);
		json_put_int(w, "points", h->points);
		add_spans(w, h);
		json_end_object(w);
	}
	json_end_array(w);
}

static void add_topics(struct json_writer *w, const struct match_result *r)
{
	json_key(w, "topics");
	json_begin_array(w);
	for (size_t i = 0; i < r->topic_count; i++) {
		const struct match_topic *t = &r->topics[i];
		json_begin_object(w);
		json_put_str(w, "topic", t->topic.name);
		json_put_str(w, "code", t->topic.code);
		json_put_int(w, "score", t->score);
		json_put_str(w, "grade", match_grade_name(t->grade));
		json_key(w, "why");
		add_why(w, t);
		json_end_object(w);
	}
	json_end_array(w);
}

static void add_suppressed(struct json_writer *w, const struct match_result *r)
{
	json_key(w, "suppressed");
	json_begin_array(w);
	for (size_t i = 0; i < r->suppressed_count; i++) {
		const struct match_suppressed *s = &r->suppressed[i];
		json_begin_object(w);
		json_put_str(w, "topic", s->match.topic.name);
		json_put_str(w, "code", s->match.topic.code);
		json_put_int(w, "score", s->match.score);
		json_put_str(w, "reason", reason_names[s->reason]);
		json_put_str(w, "file", s->overlay ? s->file : NULL);
		if (s->line)
			json_put_int(w, "line", s->line);
		json_end_object(w);
	}
	json_end_array(w);
}

static void add_undecided(struct json_writer *w, const struct match_result *r)
{
	json_key(w, "undecided");
	json_begin_array(w);
	for (size_t i = 0; i < r->undecided_count; i++) {
		json_begin_object(w);
		if (r->undecided[i].overlay)
			json_put_str(w, "file", r->undecided[i].file);
		json_put_int(w, "line", r->undecided[i].line);
		json_put_str(w, "topic", r->undecided[i].topic);
		json_put_str(w, "why", r->undecided[i].why);
		json_end_object(w);
	}
	json_end_array(w);
}

void match_add_json(struct buf *out, const char *id, const struct match_result *r)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_begin_object(&w);
	json_put_str(&w, "id", id);
	add_topics(&w, r);
	add_suppressed(&w, r);
	add_undecided(&w, r);
	json_end_object(&w);
}

void match_add_why_json(struct buf *out, const struct match_topic *t)
{
	struct json_writer w;

	json_writer_init(&w, out);
	add_why(&w, t);
}
