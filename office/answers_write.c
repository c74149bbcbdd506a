/*
 * answers_write.c - from what was said to the office's files.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "crawler/source_edit.h"
#include "matcher/match.h"
#include "office/answers.h"
#include "office/units.h"

#define FILE_MODE 0660
#define DIR_MODE 02770
#define SHIPPED_REGION "local.d/kaili.conf"
#define SHIPPED_CITY "凯里"

/* Names that many counties have: alone they say nothing about where. */
static const char *const common_stems[] = {"城关", "城郊", "城东", "城西", "城南", "城北", "城中",
	"城区", "东城", "西城", "南城", "北城", "新城", "老城", "东门", "西门", "南门", "北门",
	"东关", "西关", "南关", "北关", "河东", "河西", "河南", "河北", "中心", "中山", "中华",
	"人民", "解放", "建设", "和平", "新华", "新兴", "新建", "胜利", "团结", "光明", "红旗",
	"前进", "文化", "太平", "永安", "永兴", "永和", "兴隆", "兴华", "双河", "三合", "石桥",
	"龙泉", "龙场", "龙山", "金山", "青山", "白沙", "清水", "大坪", "马场", "下司", "炉山",
	"三棵树", "高坡", "平安", "安定", "长兴", "凤凰", "桃源", "西湖", "东湖", "黄泥", "大河"};

/* ---- region ------------------------------------------------------------- */

static bool has_suffix_of(const char *name, const char *const *suffixes, size_t *n)
{
	struct str s = str_of(name);

	for (; *suffixes; suffixes++) {
		*n = strlen(*suffixes);
		if (s.n > *n && str_has_suffix(s, *suffixes))
			return true;
	}
	return false;
}

/* "某某市" without 市, when two characters and more are left. Bytes, 0: none. */
static size_t city_stem(const char *city)
{
	static const char *const kinds[] = {
		"自治县", "自治州", "自治旗", "特区", "市", "县", "区", "州", "旗", NULL};
	size_t n = 0, left;

	if (!has_suffix_of(city, kinds, &n))
		return 0;
	left = strlen(city) - n;
	return utf8_count(city, left) >= 2 ? left : 0;
}

static bool is_common(const char *town)
{
	static const char *const kinds[] = {"街道办事处", "街道", "社区", "镇", "乡", NULL};
	size_t n = 0, left = strlen(town);

	if (has_suffix_of(town, kinds, &n))
		left -= n;
	for (size_t i = 0; i < sizeof common_stems / sizeof *common_stems; i++)
		if (strlen(common_stems[i]) == left && strncmp(common_stems[i], town, left) == 0)
			return true;
	/* One character says nothing either. */
	return utf8_count(town, left) < 2;
}

static void add_city_words(struct buf *b, const char *city)
{
	size_t stem = city_stem(city);

	buf_addf(b, "\"%s\"", city);
	if (stem)
		buf_addf(b, " | \"%.*s\"", (int)stem, city);
}

/* The towns that are common (or not) between |; false: there are none. */
static bool add_town_words(struct buf *b, const struct answers *w, bool common)
{
	bool any = false;

	for (size_t i = 0; i < w->town_count; i++) {
		if (is_common(w->towns[i]) != common)
			continue;
		buf_addf(b, "%s\"%s\"", any ? " | " : "", w->towns[i]);
		any = true;
	}
	return any;
}

static void add_towns(struct buf *out, const struct answers *w)
{
	struct buf names;

	buf_init(&names, out->max);
	if (add_town_words(&names, w, false))
		buf_addf(out, "# 镇街\n%s\n", buf_str(&names));
	buf_clear(&names);
	if (add_town_words(&names, w, true)) {
		buf_addf(out, "# 别县也常有的名字：要和本市的名字一起出现才算\n(%s) (",
			buf_str(&names));
		add_city_words(out, w->city ? w->city : SHIPPED_CITY);
		buf_add_str(out, ")\n");
	}
	if (names.fault)
		out->fault = names.fault;
	buf_fini(&names);
}

static bool is_shipped_city(const struct answers *a)
{
	return !a->city || strncmp(a->city, SHIPPED_CITY, sizeof SHIPPED_CITY - 1) == 0;
}

void answers_add_region(const struct answers *w, struct buf *out)
{
	bool own = !is_shipped_city(w);

	buf_add_str(out, "# 本市的地域，由 huiying init 按输入写成。可以用记事本修改，改后运行\n"
			 "# huiying rules check。写法见 keywords.conf(5)。\n"
			 "# What makes an item ours; made from what init was told.\n\n[地域]\n");
	if (own) {
		add_city_words(out, w->city);
		buf_add_char(out, '\n');
	}
	add_towns(out, w);
	if (own) {
		buf_addf(out, "来源: \"%s\"\n", w->city);
		buf_addf(out, "\n应中: %s一处工地欠薪\n", w->city);
	}
}

/* ---- units -------------------------------------------------------------- */

static void add_line(struct buf *b, const char *key, const char *value)
{
	if (value && *value)
		buf_addf(b, "%s = %s\n", key, value);
}

static void add_unit(struct buf *b, const struct answers_unit *u)
{
	static const char *const yes[] = {"是", "yes", "true", "1", "√"};
	bool vertical = false;

	for (size_t i = 0; u->vertical && i < sizeof yes / sizeof *yes; i++)
		vertical = vertical || strcmp(u->vertical, yes[i]) == 0;
	buf_addf(b, "\n[%s]\n", u->name);
	add_line(b, "full", u->full);
	add_line(b, "also", u->also);
	add_line(b, "groups", u->groups);
	add_line(b, "leads", u->leads);
	add_line(b, "level", u->level);
	add_line(b, "vertical", vertical ? "yes" : NULL);
	add_line(b, "superior", u->superior);
	add_line(b, "supervisor", u->supervisor);
}

static bool has_unit(const struct answers *w, const char *name)
{
	for (size_t i = 0; i < w->unit_count; i++)
		if (strcmp(w->units[i].name, name) == 0)
			return true;
	return false;
}

static void add_town_unit(struct buf *b, const struct answers *w, const char *town)
{
	bool street = str_has_suffix(str_of(town), "街道");

	buf_addf(b, "\n[%s]\nfull = %s%s%s\ngroups = 各镇街\nlevel = 镇街\n", town,
		w->city ? w->city : "", town, street ? "办事处" : "人民政府");
}

/* Who answers when nobody else is named: 市政府办公室, 县政府办公室. */
static void add_office_unit(struct buf *b, const struct answers *w)
{
	static const char *const kinds[] = {"市", "县", "区", "州", "旗", NULL};
	size_t n = 0;
	bool known = w->city && has_suffix_of(w->city, kinds, &n);
	const char *kind = known ? w->city + strlen(w->city) - n : "市";

	buf_addf(b, "\n[%s政府办公室]\n", kind);
	if (w->city)
		buf_addf(b, "full = %s人民政府办公室\n", w->city);
	buf_add_str(b, "groups = 市直各部门\n");
}

void answers_add_units(const struct answers *w, struct buf *out)
{
	buf_add_str(out,
		"# 责任单位，由 huiying init 按输入写成；键的含义见 huiying.conf(5) 旁的\n"
		"# units.conf 样例：full also formerly groups leads level vertical superior\n"
		"# supervisor until successor。\n"
		"# The units that answer; made from what init was told.\n");
	if (w->unit_count == 0)
		add_office_unit(out, w);
	for (size_t i = 0; i < w->unit_count; i++)
		add_unit(out, &w->units[i]);
	for (size_t i = 0; i < w->town_count; i++)
		if (!has_unit(w, w->towns[i]))
			add_town_unit(out, w, w->towns[i]);
}

/* ---- checking and writing ----------------------------------------------- */

struct made {
	const char *name; /* below the instance */
	struct buf text;
};

struct writing {
	const struct answers *answers;
	const struct path_home *home;
	const char *dir;
	struct made files[4];
	size_t count;
};

static struct made *add_made(struct writing *w, const char *name)
{
	struct made *m = &w->files[w->count++];

	m->name = name;
	buf_init(&m->text, ANSWERS_FILE_MAX * 4);
	return m;
}

static enum err_code read_shipped(
	const struct path_home *home, const char *name, struct buf *out, struct err *e)
{
	char *path = path_join(home->shipped, name);
	enum err_code rc = path ? path_read(path, out, e) : err_nomem(e);

	free(path);
	return rc;
}

/* The towns that the shipped region does not name. */
static enum err_code new_towns(
	const struct answers *a, const char *shipped, struct answers *out, struct err *e)
{
	*out = *a;
	out->town_count = 0;
	out->towns = calloc(a->town_count + 1, sizeof *out->towns);
	if (!out->towns)
		return err_nomem(e);
	for (size_t i = 0; i < a->town_count; i++)
		if (!strstr(shipped, a->towns[i]))
			out->towns[out->town_count++] = a->towns[i];
	return ERR_OK;
}

/* The shipped region knows its own city better than a list of names does; a local.d of the
 * office's own hides it, so it is copied as soon as there is something to add. */
static enum err_code make_shipped_region(struct writing *w, struct err *e)
{
	struct answers more = {.city = NULL};
	struct buf shipped;
	enum err_code rc;

	buf_init(&shipped, ANSWERS_FILE_MAX);
	rc = read_shipped(w->home, SHIPPED_REGION, &shipped, e);
	if (!rc)
		rc = new_towns(w->answers, buf_str(&shipped), &more, e);
	if (!rc && more.town_count) {
		struct made *m = add_made(w, SHIPPED_REGION);
		buf_add(&m->text, buf_str(&shipped), shipped.len);
		answers_add_region(&more, &add_made(w, "local.d/region.conf")->text);
	}
	free(more.towns);
	buf_fini(&shipped);
	return rc;
}

static enum err_code make_region(struct writing *w, struct err *e)
{
	if (is_shipped_city(w->answers))
		return w->answers->town_count ? make_shipped_region(w, e) : ERR_OK;
	answers_add_region(w->answers, &add_made(w, "local.d/region.conf")->text);
	return ERR_OK;
}

static enum err_code check_region(const struct writing *w, struct err *e)
{
	struct rules_file files[4];
	struct rules *rules = NULL;
	struct buf keywords, report;
	size_t n = 1;
	enum err_code rc;

	buf_init(&keywords, ANSWERS_FILE_MAX);
	buf_init(&report, 1 << 20);
	rc = read_shipped(w->home, "keywords.conf", &keywords, e);
	files[0] = (struct rules_file){"keywords.conf", buf_str(&keywords), keywords.len};
	for (size_t i = 0; i < w->count; i++)
		if (str_has_prefix(str_of(w->files[i].name), "local.d/"))
			files[n++] = (struct rules_file){
				w->files[i].name, buf_str(&w->files[i].text), w->files[i].text.len};
	if (!rc && n > 1)
		rc = rules_compile(files, n, &rules, &report, e);
	rules_free(rules);
	buf_fini(&keywords);
	buf_fini(&report);
	return rc;
}

/* The shipped units are those of the shipped city. */
static enum err_code make_units(struct writing *w, struct err *e)
{
	const struct answers *a = w->answers;
	struct units *units = NULL;
	struct made *m;
	enum err_code rc;

	if (a->unit_count == 0 && is_shipped_city(a))
		return ERR_OK;
	m = add_made(w, "units.conf");
	answers_add_units(a, &m->text);
	rc = units_parse(m->name, buf_str(&m->text), m->text.len, &units, e);
	units_free(units);
	return rc;
}

static enum err_code make_settings(struct writing *w, struct err *e)
{
	struct buf name;
	struct made *m;
	enum err_code rc;

	if (!w->answers->city)
		return ERR_OK;
	m = add_made(w, "huiying.conf");
	buf_init(&name, 4096);
	buf_addf(&name, "%s人民政府办公室", w->answers->city);
	rc = read_shipped(w->home, "huiying.conf", &m->text, e);
	if (!rc)
		rc = source_edit_set(&m->text, "office", "name", buf_str(&name), e);
	buf_fini(&name);
	return rc;
}

static enum err_code write_one(
	const struct writing *w, const struct made *m, struct buf *kept, struct err *e)
{
	char *path = path_join(w->dir, m->name);
	enum err_code rc = path ? buf_check(&m->text, m->name, e) : err_nomem(e);

	if (!rc && path_exists(path))
		buf_addf(kept, "%s%s", kept->len ? " " : "", m->name);
	else if (!rc)
		rc = path_write_atomic(path, buf_str(&m->text), m->text.len, FILE_MODE, e);
	free(path);
	return rc;
}

static enum err_code write_all(const struct writing *w, struct buf *kept, struct err *e)
{
	char *dir = path_join(w->dir, "local.d");
	enum err_code rc = dir ? path_make_dirs(dir, DIR_MODE, e) : err_nomem(e);

	for (size_t i = 0; !rc && i < w->count; i++)
		rc = write_one(w, &w->files[i], kept, e);
	free(dir);
	return rc;
}

enum err_code answers_write(const struct answers *answers, const struct path_home *home,
	const char *dir, struct buf *kept, struct err *e)
{
	struct writing w = {.answers = answers, .home = home, .dir = dir};
	enum err_code rc = make_region(&w, e);

	if (!rc)
		rc = check_region(&w, e);
	if (!rc)
		rc = make_units(&w, e);
	if (!rc)
		rc = make_settings(&w, e);
	if (!rc && w.count)
		rc = write_all(&w, kept, e);
	for (size_t i = 0; i < w.count; i++)
		buf_fini(&w.files[i].text);
	return rc;
}
