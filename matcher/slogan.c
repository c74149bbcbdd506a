/*
 * slogan.c - signs of substance, looked for part by part between two marks.
 */
#include "matcher/slogan.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "matcher/wording.h"

#define COUNT(words) (sizeof(words) / sizeof *(words))
#define LETTER_DATE_MAX 24 /* characters of the part with the date under a letter */
#define PHRASES_MAX ((size_t)4 << 10)

/* What was done, rather than what is felt about it. */
static const char *const measures[] = {"责令", "发放", "赔偿", "立案", "罚款", "停工", "查封",
	"扣押", "退还", "退款", "约谈", "追回", "兑付", "修复", "清运", "关停", "抢修", "到账",
	"拨付", "进驻", "补发", "垫付", "抽检", "召回", "下架", "拆除", "封堵", "移送", "免职",
	"停职", "清退", "加装", "硬化", "更换", "维修", "疏通", "安装", "招标", "验收", "竣工",
	"开工", "复工", "通车", "送水", "恢复供水", "结清", "到现场", "当场", "派遣", "派员",
	"现场勘", "现场核", "经查", "经核", "经调查", "据查", "经了解", "经现场", "已全部",
	"已整改", "已办结", "已完成", "已恢复", "已解决", "已处罚", "已清理", "已协调", "已督促",
	"已要求", "不属实", "情况属实", "尚未", "不符合", "送检", "检测结果", "不实"};
/* 已 and 被 with a word of content behind them tell what was done; with one of these they
 * tell of a letter's way, or praise. */
static const char *const done[] = {"已经", "已被", "已由", "已", "被"};
static const char *const idle[] = {"收悉", "收到", "收阅", "知悉", "获悉", "阅", "转交", "转至",
	"转给", "转办", "转有关", "转相关", "转请", "交办", "交由", "交有关", "交相关", "交给",
	"引起", "关注", "重视", "高度", "深刻", "认识", "采纳", "受理", "迈上", "成为", "取得",
	"形成", "明显", "要求", "安排", "部署", "作出", "做出", "指示", "责成", "督促", "反馈",
	"回复", "答复", "上报", "汇报", "呈", "报送", "报请", "报告", "记录", "登记", "了解", "在",
	"正在", "积极", "认真", "多次", "着手", "开始", "进入", "不断", "逐步", "明确", "深入",
	"切实", "全面", "进一步", "有了", "纳入", "列入", "联系"};
/* Words by which a task goes to somebody, or the citizen to who can tell. */
static const char *const charges[] = {"转交", "转由", "移交", "交由", "交办", "转办", "已转",
	"责成", "会同", "牵头", "请向", "请咨询", "请联系", "向当地", "直接向", "属于", "归属",
	"隶属"};
static const char *const bodies[] = {"局", "委", "办", "厅", "院", "中心", "公司", "大队", "街道",
	"镇", "乡", "区", "县", "市", "站", "所", "处", "村", "社区"};
/* Who is nobody in particular. */
static const char *const nobody[] = {
	"有关", "相关", "责任单位", "主管部门", "职能部门", "各部门", "各级", "科室", "单位"};
static const char *const counters[] = {"万", "亿", "元", "个", "名", "人", "户", "家", "公里",
	"千米", "km", "米", "m", "平方", "亩", "吨", "公斤", "台", "条", "处", "次", "%", "天",
	"日", "小时", "分钟", "栋", "套", "期", "路", "号", "组", "起", "件", "年", "月", "度",
	"辆", "座", "层", "块", "所", "批", "点", "时", "级", "类", "项", "工作日", "周", "岁",
	"吋", "盏", "株", "棵", "根", "车道", "多", "余", "国道", "省道"};
/* Behind a numeral in characters only these count: 一起, 三级, 两个 stand in any text. */
static const char *const measures_of[] = {"元", "万元", "亿元", "公里", "千米", "米", "平方", "亩",
	"吨", "公斤", "天", "个工作日", "工作日", "小时", "分钟", "名", "台", "个月"};
static const char *const dates[] = {"月底", "年底", "月内", "周内", "日内", "本周", "下周",
	"下个月", "月初", "年初", "季度", "上半年", "下半年", "春节前", "开学前"};
/* A part that has one of these is about the letter: its numbers are not the matter's. */
static const char *const of_letter[] = {"您好", "你好", "尊敬的", "收悉", "收到", "来信", "来电",
	"留言", "编号", "工单", "受理", "文号", "信箱", "热线", "电话", "拨打", "致电", "uu0"};
static const char *const learning[] = {
	"学习", "贯彻", "精神", "平台", "栏目", "发帖", "留言", "网上"};

/* What stands between two marks of punctuation. */
struct part {
	const struct wording *w;
	size_t from, to; /* code points of the text: [from, to) */
	const char *s; /* of the part, NUL-terminated */
	bool is_last; /* no Han character stands behind it */
	bool has_title; /* 《…》 */
};

static const char *has(const struct part *p, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *hit = strstr(p->s, list[i]);
		if (hit)
			return hit;
	}
	return NULL;
}

static bool begins(const char *s, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strncmp(s, list[i], strlen(list[i])) == 0)
			return true;
	}
	return false;
}

/* --- numbers --- */

#define NUMBER_DIGITS 6 /* longer ones are telephones and case numbers */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A number in digits that begins at s and is not part of a longer one: its length. */
static size_t digits(const char *s)
{
	size_t n = 0, last;

	while (is_digit(s[n]) || ((s[n] == '.' || s[n] == ',') && n && is_digit(s[n + 1])))
		n++;
	last = n;
	if (s[n] == '-' && is_digit(s[n + 1])) { /* 3-5 counts, 0739-4251506 does not */
		for (last = n + 1; is_digit(s[last]); last++)
			;
	}
	return last;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool has_digits(const struct part *p)
{
	for (const char *s = p->s; *s; s++) {
		size_t n = digits(s);
		if (!n)
			continue;
		bool alone = s == p->s || !is_letter(s[-1]);
		if (alone && n <= NUMBER_DIGITS && begins(s + n, counters, COUNT(counters)))
			return true;
		s += n - 1;
	}
	return false;
}

static bool is_numeral(const char *s)
{
	static const char numerals[] = "二两三四五六七八九十百千万半";

	for (size_t i = 0; s[0] && s[1] && s[2] && i + 3 < sizeof numerals; i += 3) {
		if (memcmp(numerals + i, s, 3) == 0)
			return true;
	}
	return false;
}

static bool has_numeral(const struct part *p)
{
	for (const char *s = p->s; *s; s++) {
		const char *end = s;
		while (is_numeral(end))
			end += 3;
		if (end > s && begins(end, measures_of, COUNT(measures_of)))
			return true;
		if (end > s)
			s = end - 1;
	}
	return false;
}

/* "某市某局2019年4月17日" at the end of a letter. */
static bool is_letter_date(const struct part *p)
{
	const char *year = strstr(p->s, "年");
	size_t n = strlen(p->s);

	return p->is_last && year && p->to - p->from <= LETTER_DATE_MAX && n >= 3 &&
	       (strcmp(p->s + n - 3, "日") == 0 || strcmp(p->s + n - 3, "月") == 0) &&
	       !strstr(p->s, "于");
}

/* --- units --- */

/* A body that is named in s, up to the end of the part: not 有关部门. */
static bool names_body(const struct part *p, const char *s)
{
	struct part rest = *p;

	rest.s = s;
	return *s && !has(&rest, nobody, COUNT(nobody)) && has(&rest, bodies, COUNT(bodies));
}

static bool charges_unit(const struct part *p, const struct str *units, size_t count)
{
	for (size_t i = 0; i < COUNT(charges); i++) {
		const char *hit = strstr(p->s, charges[i]);
		if (!hit)
			continue;
		if (names_body(p, hit + strlen(charges[i])))
			return true;
		for (size_t k = 0; k < count; k++) {
			if (units[k].n && str_find(str_of(p->s), units[k].p, 0) < strlen(p->s))
				return true;
		}
	}
	return false;
}

/* --- what was done --- */

/* Behind the bytes of the part up to its last pair of content; 0: it has none. */
static size_t content_end(const struct part *p)
{
	const struct wording *w = p->w;

	for (size_t i = p->to; i > p->from + 1; i--) {
		if (wording_is_content(w, i - 2))
			return w->at[i] - w->at[p->from];
	}
	return 0;
}

/* 已被取缔, 已补装: the longest of `done` at each place, and what is behind it. */
static bool tells_done(const struct part *p)
{
	size_t end = content_end(p);

	for (size_t at = 0; at < end; at++) {
		for (size_t i = 0; i < COUNT(done); i++) {
			size_t n = strlen(done[i]);
			if (strncmp(p->s + at, done[i], n) != 0)
				continue;
			at += n - 1;
			if (at + 1 + 2 * 3 <= end && !begins(p->s + at + 1, idle, COUNT(idle)))
				return true;
			break;
		}
	}
	return false;
}

/* --- the verdict --- */

static bool cites_rule(const struct part *p)
{
	return p->has_title && !has(p, learning, COUNT(learning));
}

static enum slogan_sign sign_of(const struct part *p, const struct str *units, size_t count)
{
	bool of_a_letter = has(p, of_letter, COUNT(of_letter)) || is_letter_date(p);

	if (!of_a_letter && (has_digits(p) || has_numeral(p)))
		return SLOGAN_NUMBER;
	if (!of_a_letter && has(p, dates, COUNT(dates)))
		return SLOGAN_DATE;
	if (cites_rule(p))
		return SLOGAN_RULE;
	if (has(p, measures, COUNT(measures)))
		return SLOGAN_MEASURE;
	if (charges_unit(p, units, count))
		return SLOGAN_UNIT;
	if (!of_a_letter && !has(p, nobody, COUNT(nobody)) && tells_done(p))
		return SLOGAN_MEASURE;
	return SLOGAN_NO_SIGN;
}

static bool is_mark(uint32_t cp)
{
	static const uint32_t marks[] = {',', ';', ':', '!', '?', 0x3002, '\n', '(', ')'};

	for (size_t i = 0; i < COUNT(marks); i++) {
		if (cp == marks[i])
			return true;
	}
	return false;
}

/* The next part from *at on; false at the end. Its text is cut out of `copy`. last: behind
 * the last Han character. */
static bool next_part(const struct wording *w, size_t last, char *copy, size_t *at, struct part *p)
{
	size_t end = *at;

	if (*at >= w->n)
		return false;
	while (end < w->n && !is_mark(w->cp[end]))
		end++;
	*p = (struct part){w, *at, end, copy + w->at[*at], false, false};
	p->is_last = end >= last;
	copy[w->at[end]] = '\0';
	p->has_title = strstr(p->s, "《") != NULL;
	*at = end + 1;
	return true;
}

static enum err_code find_sign(const struct wording *w, const struct str *units, size_t count,
	struct arena *a, enum slogan_sign *out, struct err *e)
{
	char *copy = arena_strndup(a, w->s, w->at[w->n]);
	size_t last = w->n;
	struct part p;

	*out = SLOGAN_NO_SIGN;
	if (!copy)
		return err_nomem(e);
	while (last > 0 && !utf8_is_han(w->cp[last - 1]))
		last--;
	for (size_t at = 0; !*out && next_part(w, last, copy, &at, &p);)
		*out = sign_of(&p, units, count);
	return ERR_OK;
}

static enum err_code keep_phrases(
	const struct wording *w, struct arena *a, struct slogan *out, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, PHRASES_MAX);
	wording_add_phrases(w, SLOGAN_PHRASES_SHOWN, &b);
	rc = buf_check(&b, _("the set phrases"), e);
	out->phrases = rc ? NULL : arena_strdup(a, buf_str(&b));
	buf_fini(&b);
	return rc || out->phrases ? rc : err_nomem(e);
}

enum err_code slogan_judge(const struct normalise_table *t, struct str text,
	const struct str *units, size_t unit_count, struct arena *a, struct slogan *out,
	struct err *e)
{
	struct wording w;
	enum err_code rc = wording_read(t, text, units, unit_count, WORDING_PHRASES, a, &w, e);

	memset(out, 0, sizeof *out);
	if (!rc)
		rc = find_sign(&w, units, unit_count, a, &out->sign, e);
	if (!rc)
		rc = keep_phrases(&w, a, out, e);
	if (rc)
		return rc;
	out->content = wording_content(&w);
	out->is = !out->sign && out->content < SLOGAN_CONTENT + w.n / SLOGAN_CONTENT_EACH;
	return ERR_OK;
}
