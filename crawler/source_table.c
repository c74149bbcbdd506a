/*
 * source_table.c - CSV of sources.
 */
#include "crawler/source_table.h"

#include <string.h>

#include "base/csvline.h"
#include "base/i18n.h"
#include "base/str.h"

enum column { ID, NAME, KIND, URL, EVERY, CHARSET, LOCAL, ENABLED, CATEGORY, COLUMNS };

static const struct {
	const char *chinese, *english;
} titles[COLUMNS] = {
	[ID] = {"编号", "id"},
	[NAME] = {"名称", "name"},
	[KIND] = {"类型", "kind"},
	[URL] = {"网址", "url"},
	[EVERY] = {"间隔", "every"},
	[CHARSET] = {"编码", "charset"},
	[LOCAL] = {"本市", "local"},
	[ENABLED] = {"启用", "enabled"},
	[CATEGORY] = {"分类", "category"},
};

static const struct {
	const char *word, *kind;
} kind_words[] = {
	{"订阅源", "feed"},
	{"列表", "list"},
	{"接口", "json"},
	{"网站地图", "sitemap"},
	{"表格", "table"},
};

/* ---- in ---- */

static void read_header(const struct csvline *c, size_t at[COLUMNS])
{
	for (size_t k = 0; k < COLUMNS; k++) {
		at[k] = CSVLINE_FIELDS_MAX;
		for (size_t i = c->count; i-- > 0;)
			if (strcmp(c->fields[i], titles[k].chinese) == 0 ||
				str_is_nocase(str_of(c->fields[i]), titles[k].english))
				at[k] = i;
	}
}

static const char *none_if_empty(const char *s)
{
	return *s ? s : NULL;
}

static const char *kind_of(const char *word)
{
	for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
		if (strcmp(kind_words[i].word, word) == 0)
			return kind_words[i].kind;
	return none_if_empty(word);
}

static bool is_yes(const char *s)
{
	return str_is_nocase(str_of(s), "yes") || strcmp(s, "是") == 0 || strcmp(s, "1") == 0;
}

static bool is_no(const char *s)
{
	return str_is_nocase(str_of(s), "no") || strcmp(s, "否") == 0 || strcmp(s, "0") == 0;
}

static void read_row(const struct csvline *c, const size_t at[COLUMNS], struct opml_entry *out)
{
	*out = (struct opml_entry){
		.title = csvline_field(c, at[NAME]),
		.url = none_if_empty(csvline_field(c, at[URL])),
		.category = csvline_field(c, at[CATEGORY]),
		.id = none_if_empty(csvline_field(c, at[ID])),
		.kind = kind_of(csvline_field(c, at[KIND])),
		.every = none_if_empty(csvline_field(c, at[EVERY])),
		.charset = none_if_empty(csvline_field(c, at[CHARSET])),
		.local = is_yes(csvline_field(c, at[LOCAL])),
		.off = is_no(csvline_field(c, at[ENABLED])),
		.line = c->line,
	};
}

static enum err_code read_rows(struct csvline *c, const size_t at[COLUMNS], struct arena *a,
	struct opml *out, struct err *e)
{
	size_t room = 0;
	enum err_code rc;

	while ((rc = csvline_next(c, e)) == ERR_OK) {
		if (out->count == OPML_ENTRIES_MAX)
			return err_set(e, ERR_LIMIT, _("more than %d rows"), OPML_ENTRIES_MAX);
		if (out->count == room) {
			struct opml_entry *bigger;
			room = room ? room * 2 : 64;
			bigger = arena_array(a, room, sizeof *bigger);
			if (!bigger)
				return err_nomem(e);
			if (out->count)
				memcpy(bigger, out->entries, out->count * sizeof *bigger);
			out->entries = bigger;
		}
		read_row(c, at, &out->entries[out->count++]);
	}
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err_code source_table_parse(
	const char *text, size_t n, struct arena *a, struct opml *out, struct err *e)
{
	struct csvline *c = arena_alloc(a, sizeof *c);
	size_t at[COLUMNS];
	enum err_code rc;

	memset(out, 0, sizeof *out);
	if (!c)
		return err_nomem(e);
	csvline_init(c, text, n, a);
	rc = csvline_next(c, e);
	if (rc && rc != ERR_NOT_FOUND)
		return rc;
	read_header(c, at);
	if (rc == ERR_NOT_FOUND || at[URL] == CSVLINE_FIELDS_MAX)
		return err_set(e, ERR_INPUT,
			_("no column is called 网址 (or url); the first line of the table names "
			  "its columns"));
	out->complete = true;
	return read_rows(c, at, a, out, e);
}

/* ---- out ---- */

static void add_cell(struct buf *b, const char *value, bool last)
{
	bool formula = value && *value && strchr("=+-@", *value);
	bool quoted = formula || (value && strpbrk(value, ",;\"\t\n\r"));

	if (quoted)
		buf_add_char(b, '"');
	if (formula)
		buf_add_char(b, '\'');
	for (; value && *value; value++) {
		if (*value == '"')
			buf_add_char(b, '"');
		buf_add_char(b, *value);
	}
	if (quoted)
		buf_add_char(b, '"');
	buf_add_str(b, last ? "\r\n" : ",");
}

enum err_code source_table_write(const struct sources *s, struct buf *out, struct err *e)
{
	buf_add_str(out, "\xef\xbb\xbf");
	for (size_t k = 0; k < CATEGORY; k++)
		add_cell(out, titles[k].chinese, k + 1 == CATEGORY);
	for (size_t i = 0; i < sources_count(s); i++) {
		const struct source *row = sources_at(s, i);
		add_cell(out, row->id, false);
		add_cell(out, row->name, false);
		add_cell(out, source_kind_name(row->kind), false);
		add_cell(out, row->url, false);
		buf_addf(out, "%llds,", (long long)row->every);
		add_cell(out, row->charset, false);
		add_cell(out, row->local ? "是" : "否", false);
		add_cell(out, row->enabled ? "是" : "否", true);
	}
	return buf_check(out, "CSV", e);
}
