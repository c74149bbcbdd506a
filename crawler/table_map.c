/*
 * table_map.c - heads of columns to fields: a table of words, and mappings.
 */
#include "crawler/table_map.h"

#include <string.h>

#include "base/conf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"

#define KEY_MAX ((size_t)256)

/* Heads as they are after head_key(), the surer word first. */
static const struct {
	enum table_field field;
	const char *name, *words;
} fields[] = {
	{TABLE_NUMBER, "number",
		"工单编号|诉求编号|工单号|工单号码|工单流水号|受理编号|受理号|事项编号|业务编号|"
		"流水号|"
		"信件编号|来信编号|留言编号|热线编号|登记编号|案件编号|单号|工单id|查询编号|查询码|"
		"编号|"
		"ordernumber|orderno|orderid|ticketid|ticketno|ticketnumber|caseno|caseid|number|"
		"no|id|"
		"tid|舆情编号|案件编号|所属舆情编号"},
	{TABLE_TITLE, "title",
		"标题|工单标题|诉求标题|信件标题|来信标题|主题|信件主题|留言标题|事项标题|问题标题|"
		"诉求主题|"
		"工单主题|事项名称|新闻标题|文章标题|title|subject|headline"},
	{TABLE_CONTENT, "content",
		"诉求内容|工单内容|来电内容|反映内容|反映问题|投诉内容|问题描述|诉求描述|事件描述|"
		"事项描述|"
		"市民诉求|市民诉求内容|群众诉求|诉求详情|主要诉求|主要内容|受理内容|信件内容|"
		"来信内容|"
		"留言内容|正文|内容|详细内容|内容描述|具体内容|诉求|问题|摘要|content|description|"
		"text|"
		"body|detail|details|summary"},
	{TABLE_TYPE, "type",
		"诉求类型|工单类型|诉求类别|诉求性质|事项类型|业务类型|来信类型|信件类型|信件类别|"
		"留言类型|"
		"问题类型|问题类别|内容分类|诉求分类|事项分类|类型|类别|分类|性质|type|category|"
		"kind|回应类型|回应方式"},
	{TABLE_PLACE, "place",
		"诉求地址|事发地址|事发地点|事件地址|事件地点|发生地址|发生地点|问题地址|地址|地点|"
		"位置|"
		"所属区域|所属镇街|所属街道|所在区域|诉求区域|区域|镇街|乡镇街道|街道|属地|address|"
		"location|"
		"place|area|district"},
	{TABLE_UNIT, "unit",
		"承办单位|主办单位|办理单位|责任单位|承办部门|主办部门|办理部门|责任部门|处理单位|"
		"处理部门|"
		"回复单位|答复单位|回复部门|答复部门|转办单位|单位|部门|unit|department|"
		"organization|"
		"organisation|org|answerorganization|handler|回应主体|回应单位"},
	{TABLE_PUBLISHED, "published",
		"来电时间|诉求时间|来信时间|来信日期|写信时间|写信日期|留言时间|留言日期|反映时间|"
		"投诉时间|"
		"提交时间|发布时间|发布日期|发表时间|来电日期|诉求日期|创建时间|登记时间|登记日期|"
		"提交日期|"
		"时间|日期|published|publishedat|pubdate|date|time|created|createdat|calltime|"
		"dateline"},
	{TABLE_ACCEPTED, "accepted",
		"受理时间|受理日期|派单时间|派发时间|转办时间|交办时间|转办日期|交办日期|接收时间|"
		"签收时间|"
		"accepted|acceptedat|acceptedtime|received|receivedat|assignedat"},
	{TABLE_LIMIT, "limit",
		"办理时限|办结时限|处理时限|办理期限|办结期限|处理期限|截止时间|截止日期|截止时限|"
		"到期时间|"
		"到期日期|要求办结时间|应办结时间|应办结日期|回复时限|答复时限|反馈时限|"
		"要求反馈时间|限办时间|"
		"时限|期限|deadline|due|duedate|dueat|limit|timelimit"},
	{TABLE_FINISHED, "finished",
		"办结时间|办结日期|完成时间|回复时间|答复时间|回复日期|答复日期|反馈时间|处理时间|"
		"办理时间|"
		"实际办结时间|归档时间|finished|finishedat|closed|closedat|completed|completedat|"
		"answeredat|回应时间|回应日期|首次回应时间"},
	{TABLE_RESULT, "result",
		"办理结果|处理结果|办理情况|处理情况|处理意见|办理意见|回复内容|答复内容|反馈内容|"
		"反馈结果|"
		"答复|回复|结果|answercontent|result|reply|answer|resolution|response|回应内容|"
		"回应正文|回应全文|回应情况"},
	{TABLE_SATISFACTION, "satisfaction",
		"满意度|满意情况|是否满意|回访结果|回访满意度|评价|评价结果|群众评价|市民满意度|"
		"用户评价|"
		"satisfaction|rating|satisfied"},
	{TABLE_STATE, "state",
		"工单状态|办理状态|处理状态|状态|办件状态|信件状态|state|status|stateinfo"},
	{TABLE_LINK, "link",
		"链接|网址|原文链接|链接地址|地址链接|原文地址|文章链接|link|url|href|回应链接|"
		"回应网址|答复链接"},
	{TABLE_SOURCE, "source",
		"来源|诉求来源|工单来源|信息来源|来源渠道|诉求渠道|受理渠道|渠道|媒体|媒体名称|"
		"来源网站|平台|"
		"来电渠道|source|channel|media|site|回应渠道|发布渠道"},
};

/* A head that holds one of these, and is no word above, is about a person. */
static const char private_words[] =
	"姓名|联系|电话|手机|号码|身份证|证件|护照|来电人|来信人|反映人|投诉人|诉求人|举报人|"
	"申请人|"
	"当事人|受理人|办理人|经办人|处理人|登记人|责任人|负责人|发布人|留言人|话务|坐席|座席|接线|"
	"操作员|客户|用户|市民|群众|网民|网友|昵称|作者|署名|户主|性别|年龄|出生|民族|住址|户籍|"
	"家庭|"
	"邮箱|邮件|微信|qq|账号|帐号|卡号|车牌|name|phone|mobile|tel|email|mail|idcard|gender|"
	"author|"
	"caller|contact|nickname|username|passport";

const char *table_field_name(enum table_field f)
{
	return (size_t)f < sizeof fields / sizeof *fields ? fields[f].name : "?";
}

bool table_field_from_name(const char *name, enum table_field *out)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (strcmp(fields[i].name, name) == 0) {
			*out = fields[i].field;
			return true;
		}
	}
	return false;
}

/* --- heads --- */

static uint32_t fold(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFEE0;
	return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
}

static bool is_bracket(uint32_t cp, bool open)
{
	return open ? cp == '(' || cp == '[' || cp == 0x3010 || cp == 0x3014
		    : cp == ')' || cp == ']' || cp == 0x3011 || cp == 0x3015;
}

static bool is_mark(uint32_t cp)
{
	return utf8_is_space(cp) || (cp < 0x80 && !str_is_alnum((unsigned char)cp)) ||
	       cp == 0x3001 || cp == 0x00B7;
}

/* Lower case, without blanks, marks and what stands in brackets: "*内容 (必填)" is "内容". */
static void head_key(const char *head, struct buf *out)
{
	size_t n = strlen(head), len;
	int depth = 0;

	buf_clear(out);
	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = fold(utf8_decode(head + i, n - i, &len));
		if (is_bracket(cp, true)) {
			depth++;
		} else if (is_bracket(cp, false)) {
			depth -= depth > 0;
		} else if (!depth && !is_mark(cp)) {
			utf8_add(out, cp);
		}
	}
}

/* Place of the key in a list of words, -1: not there. */
static int place_in(const char *words, const char *key)
{
	struct str rest = str_of(words), word;
	int place = 0;

	for (; rest.p; place++) {
		word = str_split(&rest, '|');
		if (str_is(word, key))
			return place;
	}
	return -1;
}

static bool holds_private(const char *key)
{
	struct str rest = str_of(private_words), k = str_of(key);

	while (rest.p) {
		struct str word = str_split(&rest, '|');
		for (size_t i = 0; i + word.n <= k.n; i++)
			if (memcmp(k.p + i, word.p, word.n) == 0)
				return true;
	}
	return str_has_suffix(k, "人") || str_has_suffix(k, "员");
}

/* The field of a head by the table of words; *place is how sure the word is. */
static bool known_field(const char *key, enum table_field *out, int *place)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		*place = place_in(fields[i].words, key);
		if (*place >= 0) {
			*out = fields[i].field;
			return true;
		}
	}
	return false;
}

bool table_map_is_private(const char *head)
{
	enum table_field ignored;
	struct buf key;
	int place;
	bool is;

	buf_init(&key, KEY_MAX);
	head_key(head, &key);
	is = !known_field(buf_str(&key), &ignored, &place) && holds_private(buf_str(&key));
	buf_fini(&key);
	return is;
}

/* --- mappings --- */

static enum err_code add_name(struct table_mapping *m, enum table_field f, const char *head,
	const char *where, struct err *e)
{
	if (m->count == TABLE_MAP_NAMES_MAX)
		return err_set(e, ERR_LIMIT, _("%s: more than %d columns are named"), where,
			TABLE_MAP_NAMES_MAX);
	if (table_map_is_private(head))
		return err_set(e, ERR_CONFIG,
			_("%s: “%s” holds personal data and is never taken in"), where, head);
	memmove(m->names + 1, m->names, m->count * sizeof *m->names);
	m->names[0].field = f;
	m->names[0].head = head;
	m->count++;
	return ERR_OK;
}

static enum err_code unknown_field(const char *where, const char *name, struct err *e)
{
	struct buf all;

	buf_init(&all, 4096);
	for (size_t i = 0; i < TABLE_FIELDS; i++)
		buf_addf(&all, "%s%s", i ? " " : "", table_field_name((enum table_field)i));
	err_set(e, ERR_CONFIG, _("%s: no field “%s”; the fields are %s"), where, name,
		buf_str(&all));
	buf_fini(&all);
	return ERR_CONFIG;
}

static enum err_code add_words(struct table_mapping *m, struct arena *arena, const char *where,
	const char *name, const char *words, struct err *e)
{
	struct str rest = str_of(words);
	enum table_field f;
	enum err_code rc = ERR_OK;

	if (!table_field_from_name(name, &f))
		return unknown_field(where, name, e);
	while (!rc && rest.p) {
		struct str word = str_trim(str_split(&rest, '|'));
		char *head = word.n ? arena_strndup(arena, word.p, word.n) : NULL;
		if (word.n)
			rc = head ? add_name(m, f, head, where, e) : err_nomem(e);
	}
	return rc;
}

static enum err_code add_keep(struct table_mapping *m, struct arena *arena, const char *where,
	const char *words, struct err *e)
{
	struct str rest = str_of(words);

	while (rest.p) {
		struct str word = str_trim(str_split(&rest, '|'));
		if (!word.n)
			continue;
		if (m->keep_count == TABLE_MAP_KEEP_MAX)
			return err_set(e, ERR_LIMIT, _("%s: keep names more than %d numbers"),
				where, TABLE_MAP_KEEP_MAX);
		m->keep[m->keep_count] = arena_strndup(arena, word.p, word.n);
		if (!m->keep[m->keep_count++])
			return err_nomem(e);
	}
	return ERR_OK;
}

static enum err_code read_table_section(struct table_mapping *m, struct arena *arena,
	const struct conf *c, const struct conf_section *s, struct err *e)
{
	static const struct conf_key keys[] = {{"sheet", false}, {"keep", false}, {NULL, false}};
	const char *sheet = conf_get(s, "sheet", "");
	enum err_code rc = conf_check(c, s, keys, e);

	if (rc)
		return rc;
	if (*sheet) {
		m->sheet = arena_strdup(arena, sheet);
		if (!m->sheet)
			return err_nomem(e);
	}
	return add_keep(m, arena, conf_name(c), conf_get(s, "keep", ""), e);
}

static enum err_code read_section(struct table_mapping *m, struct arena *arena,
	const struct conf *c, const struct conf_section *s, struct err *e)
{
	enum err_code rc = ERR_OK;

	if (strcmp(s->name, "table") == 0)
		return read_table_section(m, arena, c, s, e);
	if (strcmp(s->name, "columns") != 0)
		return !*s->name && !s->count
			       ? ERR_OK
			       : conf_error(c, s->line, 1, e,
					 _("a mapping has the sections [table] and [columns]"));
	for (size_t i = 0; !rc && i < s->count; i++)
		rc = add_words(m, arena, conf_name(c), s->values[i].key, s->values[i].value, e);
	return rc;
}

enum err_code table_mapping_parse(const char *name, const char *text, size_t n, struct arena *arena,
	struct table_mapping *out, struct err *e)
{
	struct conf *c = NULL;
	enum err_code rc = conf_parse(name, text, n, &c, e);

	for (size_t i = 0; !rc && i < conf_section_count(c); i++)
		rc = read_section(out, arena, c, conf_section_at(c, i), e);
	conf_free(c);
	return rc;
}

enum err_code table_mapping_add(
	struct table_mapping *m, struct arena *arena, const char *word, struct err *e)
{
	struct str rest = str_of(word), name = str_trim(str_split(&rest, '='));
	char *field = arena_strndup(arena, name.p, name.n);
	char *heads = rest.p ? arena_strndup(arena, rest.p, rest.n) : NULL;

	if (!rest.p || !name.n)
		return err_set(e, ERR_USAGE, _("“%s” is not FIELD=HEAD"), word);
	if (!field || !heads)
		return err_nomem(e);
	return add_words(m, arena, word, field, heads, e);
}

void table_mapping_write(const struct table_mapping *m, struct buf *out)
{
	buf_add_str(out, "# Which column is what; see huiying help import.\n");
	buf_add_str(out, "[table]\n");
	if (m->sheet)
		buf_addf(out, "sheet = %s\n", m->sheet);
	for (size_t i = 0; i < m->keep_count; i++)
		buf_addf(out, "%s%s", i ? " | " : "keep = ", m->keep[i]);
	buf_addf(out, "%s\n[columns]\n", m->keep_count ? "\n" : "");
	for (size_t f = 0; f < TABLE_FIELDS; f++) {
		bool any = false;
		/* The first of the list was said last: it goes to the end of the line. */
		for (size_t i = m->count; i-- > 0;) {
			if ((size_t)m->names[i].field != f)
				continue;
			if (!any)
				buf_addf(out, "%s = ", table_field_name((enum table_field)f));
			buf_addf(out, "%s%s", any ? " | " : "", m->names[i].head);
			any = true;
		}
		if (any)
			buf_add_char(out, '\n');
	}
}

/* --- finding the head --- */

struct search {
	const struct table_mapping *m;
	struct buf key, wanted;
};

static bool is_named(struct search *s, const char *head, size_t i)
{
	head_key(s->m->names[i].head, &s->wanted);
	head_key(head, &s->key);
	return strcmp(s->m->names[i].head, head) == 0 ||
	       (s->key.len && strcmp(buf_str(&s->key), buf_str(&s->wanted)) == 0);
}

static bool is_switched_off(const struct table_mapping *m, enum table_field f)
{
	for (size_t i = 0; m && i < m->count; i++)
		if (m->names[i].field == f && strcmp(m->names[i].head, "-") == 0)
			return true;
	return false;
}

/* How sure it is that this head means the field: 0 surest; -1: it does not. */
static int sureness(struct search *s, const char *head, enum table_field f)
{
	enum table_field found;
	int place;

	for (size_t i = 0; s->m && i < s->m->count; i++)
		if (s->m->names[i].field == f && is_named(s, head, i))
			return 0;
	if (is_switched_off(s->m, f))
		return -1;
	head_key(head, &s->key);
	if (!known_field(buf_str(&s->key), &found, &place) || found != f)
		return -1;
	return place + 1;
}

/* A head that the mapping gives to one field is not another one's by its words. */
static bool is_taken_elsewhere(struct search *s, const char *head, enum table_field f)
{
	for (size_t i = 0; s->m && i < s->m->count; i++)
		if (s->m->names[i].field != f && is_named(s, head, i))
			return true;
	return false;
}

static void find_column(struct search *s, enum table_field f, struct table_map *out)
{
	int best = -1;

	out->column[f] = -1;
	for (size_t k = 0; k < out->columns; k++) {
		const char *head = out->head[k];
		int place = head ? sureness(s, head, f) : -1;
		if (place < 0 || (best >= 0 && place >= best) ||
			(place > 0 && is_taken_elsewhere(s, head, f)))
			continue;
		best = place;
		out->column[f] = (int)k;
	}
}

static const char *cell_text(const struct table_row *row, size_t k)
{
	return row && k < row->count ? row->cells[k].text : NULL;
}

/* Reads a row as if it were the head, below `upper` unless that is NULL; returns how many
 * heads it knows. */
static size_t read_head(struct search *s, const struct table_row *upper,
	const struct table_row *row, struct table_map *out)
{
	size_t known = 0, wide = upper && upper->count > row->count ? upper->count : row->count;

	out->columns = 0;
	for (size_t k = 0; k < wide; k++) {
		const char *own = cell_text(row, k);
		out->head[k] = own ? own : cell_text(upper, k);
		if (out->head[k])
			out->columns = k + 1;
	}
	for (size_t k = 0; k < out->columns; k++) {
		bool is_private = out->head[k] && table_map_is_private(out->head[k]);
		out->kind[k] = is_private ? TABLE_COLUMN_PRIVATE : TABLE_COLUMN_UNKNOWN;
		known += is_private;
	}
	for (size_t f = 0; f < TABLE_FIELDS; f++) {
		find_column(s, (enum table_field)f, out);
		if (out->column[f] < 0)
			continue;
		out->kind[out->column[f]] = TABLE_COLUMN_FIELD;
		known += 2;
	}
	return known;
}

/* The field's column is one that the mapping names. */
static bool is_as_named(struct search *s, const struct table_map *map, enum table_field f)
{
	int column = map->column[f];

	for (size_t k = 0; column >= 0 && k < s->m->count; k++)
		if (s->m->names[k].field == f && is_named(s, map->head[column], k))
			return true;
	return false;
}

/* What the mapping names must be there. */
static enum err_code check_named(
	struct search *s, const struct table_row *row, const struct table_map *map, struct err *e)
{
	for (size_t i = 0; s->m && i < s->m->count; i++) {
		enum table_field f = s->m->names[i].field;
		if (!is_switched_off(s->m, f) && !is_as_named(s, map, f))
			return err_set(e, ERR_INPUT,
				_("row %zu is the head of the table, but has no column “%s” (%s)"),
				row->number, s->m->names[i].head, table_field_name(f));
	}
	return ERR_OK;
}

static enum err_code no_head(const struct table_sheet *sheet, struct err *e)
{
	struct buf words;

	buf_init(&words, 1024);
	for (size_t k = 0; sheet->count && k < sheet->rows[0].count && k < 8; k++) {
		const char *text = sheet->rows[0].cells[k].text;
		if (text && words.len < 200)
			buf_addf(&words, "%s%.60s", words.len ? ", " : "", text);
	}
	err_set(e, ERR_INPUT,
		_("no row of the first %d is a head with known words; row 1 says: %s. Name the "
		  "columns: --map content=HEAD"),
		TABLE_MAP_SEARCH, buf_str(&words));
	buf_fini(&words);
	return ERR_INPUT;
}

/* Two rows are the head together when that tells more than either alone. */
static void search_rows(
	struct search *s, const struct table_sheet *sheet, size_t *best, struct table_map *out)
{
	struct table_map map;

	for (size_t i = 0; i < sheet->count && i < TABLE_MAP_SEARCH; i++) {
		for (int two = 0; two <= (i > 0); two++) {
			const struct table_row *upper = two ? &sheet->rows[i - 1] : NULL;
			size_t known = read_head(s, upper, &sheet->rows[i], &map);
			if (known <= *best)
				continue;
			*best = known;
			map.header = i;
			*out = map;
		}
	}
}

enum err_code table_map_find(const struct table_sheet *sheet, const struct table_mapping *m,
	struct table_map *out, struct err *e)
{
	struct search s = {.m = m};
	size_t best = 0;
	enum err_code rc;

	buf_init(&s.key, KEY_MAX);
	buf_init(&s.wanted, KEY_MAX);
	search_rows(&s, sheet, &best, out);
	rc = best >= 3 ? check_named(&s, &sheet->rows[out->header], out, e) : no_head(sheet, e);
	buf_fini(&s.key);
	buf_fini(&s.wanted);
	return rc;
}

const char *table_map_head(const struct table_map *map, enum table_field f)
{
	return map->column[f] < 0 ? "" : map->head[map->column[f]];
}
