/*
 * table_xlsx.c - an XLSX workbook: its relations, styles and sheets; which sheet is read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "crawler/table_private.h"

#define RELATIONS_MAX 2000
#define SHEETS_MAX 1000
#define FORMATS_MAX 5000
#define STYLES_MAX 70000 /* Excel allows 65490 */
#define NAMES_SHOWN 10

struct relation {
	const char *id, *type, *target;
};

struct sheet_entry {
	const char *name, *relation;
	bool hidden;
};

struct format {
	int64_t id;
	const char *code;
};

struct book {
	struct table_workbook w;
	struct relation relations[RELATIONS_MAX];
	size_t relation_count;
	struct sheet_entry sheets[SHEETS_MAX];
	size_t sheet_count;
	struct format formats[FORMATS_MAX];
	size_t format_count;
	bool in_cell_xfs;
	const char *folder; /* of the workbook part, with its slash */
	enum err_code rc;
};

static void too_many(struct book *b)
{
	b->rc = err_set(b->w.e, ERR_LIMIT, _("the workbook has more parts than can be read"));
}

/* --- relations --- */

static void relation_start(void *data, const char *name, const struct table_attr *attrs, size_t n)
{
	struct book *b = data;
	struct relation *r = &b->relations[b->relation_count];

	if (strcmp(name, "Relationship") != 0)
		return;
	if (b->relation_count == RELATIONS_MAX) {
		too_many(b);
		return;
	}
	r->id = table_attr_get(b->w.arena, attrs, n, "Id");
	r->type = table_attr_get(b->w.arena, attrs, n, "Type");
	r->target = table_attr_get(b->w.arena, attrs, n, "Target");
	if (r->id && r->type && r->target)
		b->relation_count++;
}

static enum err_code read_relations(struct book *b, const char *part, struct err *e)
{
	const struct table_part_handler h = {relation_start, NULL, NULL, b, &b->rc};
	enum err_code rc;

	b->relation_count = 0;
	rc = table_zip_parse(b->w.zip, part, &h, e);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc ? rc : b->rc;
}

/* Transitional and strict workbooks differ in all but the type's last part. */
static bool is_type(const struct relation *r, const char *last)
{
	return str_has_suffix(str_of(r->type), last);
}

static const struct relation *find_relation(const struct book *b, const char *id, const char *type)
{
	for (size_t i = 0; i < b->relation_count; i++) {
		const struct relation *r = &b->relations[i];
		if ((!id || strcmp(r->id, id) == 0) && is_type(r, type))
			return r;
	}
	return NULL;
}

/* Targets are relative to the workbook's folder, or begin with a slash. */
static const char *target_part(const struct book *b, const struct relation *r)
{
	const char *t = r->target, *folder = b->folder;

	if (*t == '/')
		return t + 1;
	while (strncmp(t, "./", 2) == 0)
		t += 2;
	if (strncmp(t, "../", 3) == 0) {
		t += 3;
		folder = "";
	}
	return arena_printf(b->w.arena, "%s%s", folder, t);
}

/* --- the workbook --- */

static void workbook_start(void *data, const char *name, const struct table_attr *attrs, size_t n)
{
	struct book *b = data;
	struct str v;

	if (strcmp(name, "workbookPr") == 0) {
		v = table_attr_view(attrs, n, "date1904");
		b->w.since_1904 = str_is(v, "1") || str_is_nocase(v, "true");
	}
	if (strcmp(name, "sheet") != 0)
		return;
	if (b->sheet_count == SHEETS_MAX) {
		too_many(b);
		return;
	}
	struct sheet_entry *s = &b->sheets[b->sheet_count++];
	v = table_attr_view(attrs, n, "state");
	s->name = table_attr_get(b->w.arena, attrs, n, "name");
	s->relation = table_attr_get(b->w.arena, attrs, n, "id");
	s->hidden = str_is_nocase(v, "hidden") || str_is_nocase(v, "veryHidden");
}

/* --- styles --- */

static void keep_format(struct book *b, const struct table_attr *attrs, size_t n)
{
	struct format *f = &b->formats[b->format_count];

	if (b->format_count == FORMATS_MAX) {
		too_many(b);
		return;
	}
	f->code = table_attr_get(b->w.arena, attrs, n, "formatCode");
	if (f->code && str_to_int(table_attr_view(attrs, n, "numFmtId"), 0, 1000000, &f->id))
		b->format_count++;
}

static void keep_style(struct book *b, const struct table_attr *attrs, size_t n)
{
	const char *code = NULL;
	int64_t id = 0;

	if (b->w.style_count == STYLES_MAX) {
		too_many(b);
		return;
	}
	str_to_int(table_attr_view(attrs, n, "numFmtId"), 0, 1000000, &id);
	for (size_t i = 0; i < b->format_count && !code; i++)
		if (b->formats[i].id == id)
			code = b->formats[i].code;
	b->w.styles[b->w.style_count++] = table_style_of((int)id, code);
}

static void style_start(void *data, const char *name, const struct table_attr *attrs, size_t n)
{
	struct book *b = data;

	if (strcmp(name, "numFmt") == 0)
		keep_format(b, attrs, n);
	else if (strcmp(name, "cellXfs") == 0)
		b->in_cell_xfs = true;
	else if (strcmp(name, "xf") == 0 && b->in_cell_xfs)
		keep_style(b, attrs, n);
}

static void style_end(void *data, const char *name)
{
	struct book *b = data;

	if (strcmp(name, "cellXfs") == 0)
		b->in_cell_xfs = false;
}

static enum err_code read_styles(struct book *b, struct err *e)
{
	const struct table_part_handler h = {NULL, NULL, NULL, b, &b->rc};
	struct table_part_handler own = h;
	const struct relation *r = find_relation(b, NULL, "/styles");
	enum err_code rc;

	own.start = style_start;
	own.end = style_end;
	if (!r)
		return ERR_OK;
	b->w.styles = arena_array(b->w.arena, STYLES_MAX, sizeof *b->w.styles);
	if (!b->w.styles)
		return err_nomem(e);
	rc = table_zip_parse(b->w.zip, target_part(b, r), &own, e);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc ? rc : b->rc;
}

static enum err_code read_strings(struct book *b, struct err *e)
{
	const struct relation *r = find_relation(b, NULL, "/sharedStrings");
	enum err_code rc = r ? table_xlsx_strings(&b->w, target_part(b, r), e) : ERR_OK;

	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* --- which sheet --- */

static enum err_code no_such_sheet(const struct book *b, const char *name, struct err *e)
{
	struct buf names;

	buf_init(&names, 4096);
	for (size_t i = 0; i < b->sheet_count && i < NAMES_SHOWN; i++)
		buf_addf(&names, "%s%s", i ? ", " : "", b->sheets[i].name ? b->sheets[i].name : "");
	err_set(e, ERR_NOT_FOUND, _("no sheet “%s”; there are: %s"), name, buf_str(&names));
	buf_fini(&names);
	return ERR_NOT_FOUND;
}

static enum err_code read_sheet(
	struct book *b, const struct sheet_entry *s, struct table_sheet *out, struct err *e)
{
	const struct relation *r = s->relation ? find_relation(b, s->relation, "/worksheet") : NULL;
	enum err_code rc;

	if (!r)
		return ERR_OK; /* a chart */
	rc = table_xlsx_sheet(&b->w, target_part(b, r), out, e);
	if (rc == ERR_NOT_FOUND)
		rc = err_set(e, ERR_INPUT, _("the workbook is damaged: sheet “%s” is not in it"),
			s->name ? s->name : "");
	out->name = s->name;
	return rc;
}

static enum err_code read_sheets(
	struct book *b, const char *wanted, struct table_sheet *out, struct err *e)
{
	bool found = false;
	enum err_code rc = ERR_OK;

	for (size_t i = 0; !rc && i < b->sheet_count && !(found && out->count); i++) {
		const struct sheet_entry *s = &b->sheets[i];
		if (wanted ? !s->name || strcmp(s->name, wanted) != 0 : s->hidden)
			continue;
		found = true;
		rc = read_sheet(b, s, out, e);
	}
	if (!rc && wanted && !found)
		return no_such_sheet(b, wanted, e);
	if (!rc && !out->count)
		rc = err_set(e, ERR_INPUT, _("no sheet of the workbook has rows"));
	return rc;
}

/* --- the whole --- */

static enum err_code find_workbook(struct book *b, const char **part, struct err *e)
{
	const struct relation *r;
	const char *slash;
	enum err_code rc = read_relations(b, "_rels/.rels", e);

	if (rc)
		return rc;
	b->folder = "";
	r = find_relation(b, NULL, "/officeDocument");
	*part = r ? target_part(b, r) : "xl/workbook.xml";
	if (!*part)
		return err_nomem(e);
	if (!table_zip_has(b->w.zip, *part) || str_has_suffix(str_of(*part), ".bin"))
		return err_set(e, ERR_INPUT,
			_("there is no XLSX workbook in this file: open it in a spreadsheet "
			  "program "
			  "and save as .xlsx"));
	slash = strrchr(*part, '/');
	b->folder = slash ? arena_strndup(b->w.arena, *part, (size_t)(slash - *part) + 1) : "";
	return b->folder ? ERR_OK : err_nomem(e);
}

static enum err_code read_book(
	struct book *b, const char *wanted, struct table_sheet *out, struct err *e)
{
	const struct table_part_handler h = {workbook_start, NULL, NULL, b, &b->rc};
	const char *part, *name;
	enum err_code rc = find_workbook(b, &part, e);

	if (!rc)
		rc = table_zip_parse(b->w.zip, part, &h, e);
	if (!rc)
		rc = b->rc;
	if (rc)
		return rc;
	name = part + strlen(b->folder);
	part = arena_printf(b->w.arena, "%s_rels/%s.rels", b->folder, name);
	rc = part ? read_relations(b, part, e) : err_nomem(e);
	if (!rc)
		rc = read_styles(b, e);
	if (!rc)
		rc = read_strings(b, e);
	return rc ? rc : read_sheets(b, wanted, out, e);
}

enum err_code table_read_xlsx(const char *data, size_t n, const struct table_options *opt,
	struct arena *arena, struct table_sheet *out, struct err *e)
{
	struct book *b = arena_alloc(arena, sizeof *b);
	enum err_code rc;

	if (!b)
		return err_nomem(e);
	b->w.arena = arena;
	b->w.e = e;
	out->encoding = "utf-8";
	rc = table_zip_open(data, n, &b->w.zip, e);
	if (!rc)
		rc = read_book(b, opt->sheet, out, e);
	if (!rc && arena_failed(arena))
		rc = table_no_room(arena, e);
	table_zip_close(b->w.zip);
	free(b->w.strings.at);
	return rc;
}
