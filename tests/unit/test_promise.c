/*
 * Commitments in sentences, their deadline phrases and dates. The sentences are made up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "base/utf8.h"
#include "matcher/promise.h"
#include "matcher/promise_phrase.h"

struct state {
	struct promise_finder *finder;
	struct arena *arena;
};

/* 2026-11-26 is a Thursday. */
#define MADE 2026, 11, 26

/* "no", or "yes" and each phrase with its date (or "-") and kind. */
static void describe(struct state *s, const char *text, int64_t made, struct buf *out)
{
	struct promise_sentence *list;
	size_t count;
	bool yes = false;
	struct err e;

	arena_reset(s->arena);
	buf_clear(out);
	assert_int_equal(
		promise_read(s->finder, str_of(text), made, NULL, s->arena, &list, &count, &e),
		ERR_OK);
	for (size_t i = 0; i < count; i++)
		yes = yes || list[i].commitment;
	buf_add_str(out, yes ? "yes" : "no");
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < list[i].count; k++) {
			const struct promise *p = &list[i].promises[k];
			buf_addf(out, " %s=%s", p->phrase, p->due[0] ? p->due : "-");
			if (p->kind == PROMISE_WORKDAYS)
				buf_add_str(out, "w");
			else
				assert_int_equal(p->kind == PROMISE_UNDATED, !p->due[0]);
		}
}

struct row {
	const char *text, *want;
};

static void check_rows(struct state *s, int64_t made, const struct row *rows, size_t count)
{
	struct buf got;
	size_t wrong = 0;

	buf_init(&got, 65536);
	for (size_t i = 0; i < count; i++) {
		describe(s, rows[i].text, made, &got);
		if (strcmp(buf_str(&got), rows[i].want) == 0)
			continue;
		print_error(
			"%s\n  is   %s\n  want %s\n", rows[i].text, buf_str(&got), rows[i].want);
		wrong++;
	}
	buf_fini(&got);
	assert_int_equal(wrong, 0);
}

#define CHECK(state, made, rows) check_rows(state, made, rows, sizeof(rows) / sizeof *(rows))

static int64_t made_on(int y, int m, int d)
{
	return time_days_from_civil(y, m, d);
}

/* --- who promises --- */

static void test_commitments(void **state)
{
	static const struct row rows[] = {
		{"我局将对该路段进行修补。", "yes"},
		{"某街道会尽快上门核实。", "yes 尽快=-"},
		{"下一步，我们将进一步加强日常巡查。", "yes 下一步=-"},
		{"今后，某镇将定期公布水质检测结果。", "yes"},
		{"物业公司承诺退还多收的停车费。", "yes"},
		{"待道路验收移交后，交警部门将增设信号灯。", "yes"},
		{"待资金到位后立即启动改造。", "yes"},
		{"如您仍未收到工资，我们将依法立案查处。", "yes"},
		{"建议您保留好票据，我局将联系商家为您退款。", "yes"},
		{"某县已完成方案设计，将按程序报批后组织实施。", "yes"},
		{"我局将竭诚为您服务。", "yes"},
		{"处理结果将及时向您反馈。", "yes"},
		{"某开发商表示将在小区东门加装路灯。", "yes"},
		{"社区还将在楼道里张贴提示。", "yes"},
		{"我办再将此情况上报市里。", "yes"},
		{"一旦条件成熟，我司将开通该线路。", "yes 条件成熟=-"},
		{"拟采用公开招标方式选定施工单位。", "yes"},
		{"我们将第一时间回复。", "yes 第一时间=-"},
		{"镇里将适时调整站点。", "yes 适时=-"},
	};

	CHECK(*state, made_on(MADE), rows);
}

static const struct row no_commitments_rows[] = {
	/* what was done */
	{"某街道已于2026年9月30日前完成清理。", "no"},
	{"现将有关情况回复如下。", "no"},
	{"我局已将您反映的问题转交某镇处理。", "no"},
	{"2026年8月1日，我局将该案移送某区法院。", "no"},
	{"该工程于去年年底开工，今年6月竣工。", "no"},
	{"近期，我局已多次约谈该公司。", "no"},
	{"截至11月20日，共检查工地38家。", "no"},
	{"近年来，我市将教育摆在优先位置。", "no"},
	{"并已将结果告知家属。", "no"},
	/* the law and the procedure */
	{"根据《某条例》第十条，申请人应当在7个工作日内提出。", "no"},
	{"登记机构自受理之日起30个工作日内办结。", "no"},
	{"当事人可在三日内提出书面申请。", "no"},
	{"医疗费用需在12月31日前办理报销手续。", "no"},
	{"逾期不改正的，处五千元罚款。", "no"},
	{"《关于将部分权限下放的通知》已经印发。", "no"},
	{"申请人须于每年3月1日至3月31日内申报。", "no"},
	/* what others shall do */
	{"请您于12月10日前到某街道办事处办理。", "no"},
	{"建议您尽快申请仲裁。", "no"},
	{"我局已责令该企业在15日内整改到位。", "no"},
	{"已要求施工单位尽快恢复路面。", "no"},
	{"希望您继续关注我们的工作。", "no"},
	{"欢迎广大市民年底前前来参观。", "no"},
	/* not planned, given up */
	{"该路段原计划2025年底开工，因资金问题暂停。", "no"},
	{"目前暂无相关改造计划。", "no"},
	{"该线路暂时不会开通。", "no"},
	{"预计2027年不会启动征拆。", "no"},
	/* questions, thanks, quotes of the question */
	{"某桥什么时候能修好，年底前能通车吗？", "no"},
	{"感谢您对我们工作的支持和理解。", "no"},
	{"祝您生活愉快！", "no"},
	{"您反映“物业将绿地改成车位”的问题属实。", "no"},
	/* other words with the same characters */
	{"该小区将近三成住户未交费。", "no"},
	{"业主委员会在物业的协助下召开大会。", "no"},
	{"符合计划生育政策的可以报销。", "no"},
	{"合同中没有关于2026年6月30日交房的书面承诺。", "no"},
	{"为保证明年顺利开学，学校选派了教师。", "no"},
	{"迁移存在安全隐患，改造将对交通造成影响。", "no"},
};

static void test_no_commitments(void **state)
{
	CHECK(*state, made_on(MADE), no_commitments_rows);
}

/* --- phrases and their dates --- */

static const struct row dates_rows[] = {
	{"该项目预计9月底前完工。", "yes 9月底前=2027-09-30"},
	{"该项目预计12月底前完工。", "yes 12月底前=2026-12-31"},
	{"我局将于12月20日前公布结果。", "yes 12月20日前=2026-12-20"},
	{"我局将于12月20日之前公布结果。", "yes 12月20日之前=2026-12-20"},
	{"工程将于2027年9月投入使用。", "yes 2027年9月=2027-09-30"},
	{"我局将在明年3月前完成修缮。", "yes 明年3月前=2027-02-28"},
	{"争取年底前完成招标。", "yes 年底前=2026-12-31"},
	{"计划年内在楼栋之间增设摄像头。", "yes 年内=2026-12-31"},
	{"该校将于2027年内建成。", "yes 2027年内=2027-12-31"},
	{"预计2027年底开工建设。", "yes 2027年底=2027-12-31"},
	{"预计明年年初通水。", "yes 明年年初=2027-03-31"},
	{"力争明年上半年建成。", "yes 明年上半年=2027-06-30"},
	{"力争2027年上半年底前建成。", "yes 2027年上半年底前=2027-06-30"},
	{"我局将在三季度末前完成。", "yes 三季度末前=2027-09-30"},
	{"我局将在2028年前完成。", "yes 2028年前=2027-12-31"},
	{"预计年中完工。", "yes 年中=2027-06-30"},
	{"该中心将于2027年下半年投入使用。", "yes 2027年下半年=2027-12-31"},
	{"我县将在明年一季度启动。", "yes 明年一季度=2027-03-31"},
	{"计划于2027年第三季度完成。", "yes 2027年第三季度=2027-09-30"},
	{"预计本月下旬开考。", "yes 本月下旬=2026-11-30"},
	{"将于下月中旬组织验收。", "yes 下月中旬=2026-12-20"},
	{"预计12月上旬前完工。", "yes 12月上旬前=2026-12-10"},
	{"我局将于月底前答复。", "yes 月底前=2026-11-30"},
	{"我局将在本周内上门。", "yes 本周内=2026-11-29"},
	{"我局将于下周三召开协调会。", "yes 下周三=2026-12-02"},
	{"我局将于下周五前答复您。", "yes 下周五前=2026-12-04"},
	{"工作人员将于明天上门。", "yes 明天=2026-11-27"},
	{"该工程计划2027年投入使用。", "yes 2027年=2027-12-31"},
	{"预计该项工作明年9-10月完成。", "yes 明年9-10月=2027-10-31"},
	{"我局将于二〇二七年五月一日起执行。", "yes 二〇二七年五月一日=2027-05-01"},
	{"我局将于１２月２０日前公布。", "yes １２月２０日前=2026-12-20"},
	{"該項目預計12月底前完工。", "yes 12月底前=2026-12-31"},
	{"我局将在2028年2月29日前完成。", "yes 2028年2月29日前=2028-02-29"},
	{"我局将在2027年2月30日前完成。", "yes 2027年2月30日前=-"},
};

static void test_dates(void **state)
{
	CHECK(*state, made_on(MADE), dates_rows);
}

static void test_feasts(void **state)
{
	static const struct row rows[] = {
		{"力争春节前启动改造。", "yes 春节前=2027-02-05"},
		{"我局将在明年春节前发放到位。", "yes 明年春节前=2027-02-05"},
		{"将于2028年农历春节前完工。", "yes 2028年农历春节前=2028-01-25"},
		{"国庆前将完成清理。", "yes 国庆前=2027-09-30"},
		{"我局将在十一前开放停车场。", "yes 十一前=2027-09-30"},
		{"该公园将于五一前开园。", "yes 五一前=2027-04-30"},
		{"将于元旦前答复。", "yes 元旦前=2026-12-31"},
		{"将于中秋节前发放。", "yes 中秋节前=2027-09-14"},
		{"将于春节后复工。", "yes 春节后=-"},
		{"我镇将在汛期前完成清淤。", "yes 汛期前=-"},
		{"我校将在开学前完成检修。", "yes 开学前=-"},
		{"将于2027年春季开学后一周内退还。", "yes 2027年春季开学后一周内=-"},
	};

	CHECK(*state, made_on(MADE), rows);
}

static void test_lengths(void **state)
{
	static const struct row rows[] = {
		{"我局将在15天内整改到位。", "yes 15天内=2026-12-11"},
		{"承诺在15日之内退还全部款项。", "yes 15日之内=2026-12-11"},
		{"我局将在三个月内完成。", "yes 三个月内=2027-02-26"},
		{"我局将在半年内完成。", "yes 半年内=2027-05-26"},
		{"我局将在半个月内完成。", "yes 半个月内=2026-12-11"},
		{"我局将在一周内回复。", "yes 一周内=2026-12-03"},
		{"我局将在48小时内回复。", "yes 48小时内=2026-11-28"},
		{"我局将在三五天内回复。", "yes 三五天内=2026-12-01"},
		{"我局将在2至3个星期内回复。", "yes 2至3个星期内=2026-12-17"},
		{"我局将在两年内完成改造。", "yes 两年内=2028-11-26"},
		/* Thursday: the first working day is Friday */
		{"我局将在1个工作日内答复。", "yes 1个工作日内=2026-11-27w"},
		{"我局将在5个工作日内答复。", "yes 5个工作日内=2026-12-03w"},
		{"我局将在3-5个工作日内答复。", "yes 3-5个工作日内=2026-12-03w"},
		{"我局将在三十个工作日内答复。", "yes 三十个工作日内=2027-01-07w"},
		{"开发商将在60个工作日整改完成。", "yes 60个工作日=2027-02-18w"},
		/* from an event: its day is not known */
		{"材料补齐后，我局将在补齐后5个工作日内发放。", "yes 补齐后5个工作日内=-w"},
		{"我局将在验收后两个星期内整改。", "yes 验收后两个星期内=-"},
		{"我们将在近期内解决。", "yes 近期内=-"},
		{"近日将再次召开协调会。", "yes 近日=-"},
		{"会在法定时限内尽快办结。", "yes 法定时限内=-"},
	};

	CHECK(*state, made_on(MADE), rows);
}

/* Stretches, hours, days without a month, terms, and what has no date of its own. */
static const struct row more_phrases_rows[] = {
	{"拟于2026年12月至2027年3月改造。", "yes 2026年12月至2027年3月=2027-03-31"},
	{"拟于12月至3月改造。", "yes 12月至3月=2027-03-31"},
	{"拟于12月25日至30日期间投票。", "yes 12月25日至30日期间=2026-12-30"},
	{"元旦、春节期间将开展检查。", "yes 元旦、春节期间=2027-02-06"},
	{"将于元旦春节前发放。", "yes 元旦春节前=2027-02-05"},
	{"预计今天下午5时恢复供水。", "yes 今天下午5时=2026-11-26"},
	{"定于12月8日上午9点30分开庭，将公开审理。", "yes 12月8日上午9点30分=2026-12-08"},
	{"首批物资计划31日启运。", "yes 31日=2026-12-31"},
	{"我局将于20日前答复。", "yes 20日前=2026-12-20"},
	{"我局将于28日上午10时公布。", "yes 28日上午10时=2026-11-28"},
	{"预计一个月左右办结。", "yes 一个月左右=2026-12-26"},
	{"我局将在最短时间内处理。", "yes 最短时间内=-"},
	{"学校承诺寒假期间完成翻新。", "yes 寒假期间=-"},
	{"计划枯水期内完成清淤。", "yes 枯水期内=-"},
	{"计划雨季到来前完成清淤。", "yes 雨季到来前=-"},
	{"将于村委会换届前解决。", "yes 村委会换届前=-"},
	{"开发商承诺交房前整改到位。", "yes 交房前=-"},
	{"将在2026-2027学年第二学期实行。", "yes 2026-2027学年第二学期=-"},
	{"下学期将新开两门课。", "yes 下学期=-"},
	{"该校将于2027年秋季开学启用。", "yes 2027年秋季开学=2027-11-30"},
	{"我局将在验收合格后30日内退还。", "yes 验收合格后30日内=-"},
	{"我局将自受理之日起30日内答复。", "yes 自受理之日起30日内=-"},
	{"从12月1日起至2027年1月31日，全市将集中整治。", "yes 12月1日起至2027年1月31日=2027-01-31"},
	{"停电计划于11月30日8:00至18:00进行。", "yes 11月30日8:00至18:00=2026-11-30"},
	{"承诺12月31日24:00前退还。", "yes 12月31日24:00前=2026-12-31"},
	{"我局将于28日下午公布。", "yes 28日下午=2026-11-28"},
	{"预计12月10日左右出具报告。", "yes 12月10日左右=2026-12-10"},
	{"将于12月中下旬宣判。", "yes 12月中下旬=2026-12-31"},
	{"学校将在下学期开学前完成安装。", "yes 下学期开学前=-"},
	{"力争在寒假结束前启用。", "yes 寒假结束前=-"},
	{"明后两天将集中清理。", "yes 明后两天=2026-11-28"},
	{"计划用十年时间完成造林。", "yes 十年时间=2036-11-26"},
	{"计划年前开工，年后完工。", "yes 年前=2027-02-05 年后=-"},
	/* none of them */
	{"我局将在改造20号楼后答复。", "yes"},
	{"我局将处理下学期的教材问题。", "yes"},
	{"街道将改造五一路、春节巷。", "yes"},
};

static void test_more_phrases(void **state)
{
	CHECK(*state, made_on(MADE), more_phrases_rows);
}

/* What offices write beside 底前 and 内: the coming days, feasts without a name, seasons. */
static const struct row office_words_rows[] = {
	{"我局力争本周内答复。", "yes 本周内=2026-11-29"},
	{"欠款争取春节前付清。", "yes 春节前=2027-02-05"},
	{"预计汛期前完成加固。", "yes 汛期前=-"},
	{"學校將於開學前裝好空調。", "yes 開學前=-"},
	{"我县计划两年内完成改造。", "yes 两年内=2028-11-26"},
	{"该桥2026年底通车。", "yes 2026年底=2026-12-31"},
	{"我局将在上半年启动。", "yes 上半年=2027-06-30"},
	{"管道6月底前更换。", "yes 6月底前=2027-06-30"},
	{"我们承诺48小时内上门。", "yes 48小时内=2026-11-28"},
	{"材料已到位，下周一开始施工。", "yes 下周一=2026-11-30"},
	{"到“十五五”末，我市将新增学位。", "yes “十五五”末=2030-12-31"},
	{"即日起，我街道将每晚巡查。", "yes 即日起=2026-11-26"},
	{"我局自即日起将开展整治。", "yes 即日起=2026-11-26"},
	{"设备延迟到货，节后将立即安装。", "yes 节后=-"},
	{"货款已列入计划，节前一定兑付。", "yes 节前=-"},
	{"货款已列入计划，年前一定兑付。", "yes 年前=2027-02-05"},
	{"请放心，正月十五前一定把水管换好。", "yes 正月十五前=2027-02-19"},
	{"大桥将在明年端午前后合龙。", "yes 明年端午前后=2027-06-09"},
	{"我校本学期末将补齐课时。", "yes 本学期末=-"},
	{"水务局将在今冬明春清淤。", "yes 今冬明春=2027-05-31"},
	{"林场将于明年春天补种。", "yes 明年春天=2027-05-31"},
	{"渠道将在春耕前整修。", "yes 春耕前=-"},
	{"我局将于下旬公布。", "yes 下旬=2026-11-30"},
	{"几天内将恢复供气。", "yes 几天内=-"},
	{"我市未来三年将改造管网。", "yes 未来三年=2029-11-26"},
	{"该路将于下一年度实施。", "yes 下一年度=2027-12-31"},
	/* who acts, and what is under way, tells that the time is to come */
	{"我局三日内派员复核。", "yes 三日内=2026-11-29"},
	{"经办人三日内派员复核。", "no"},
	{"监测站正在布点，12月底出具结果。", "yes 12月底=2026-12-31"},
	{"监测站12月底出具结果。", "yes 12月底=2026-12-31"},
	{"监测站6月底出具结果。", "no"}, /* seven months ahead: likelier five ago */
	{"检测报告两周内出具。", "yes 两周内=2026-12-10"},
	{"待天气好转后开始修复。", "yes"},
	{"该房屋待拆除。", "no"},
	{"已要求工地降尘，后续将不定期抽查。", "yes"},
	{"后续手续正在办理。", "no"},
	{"新的线路图明年1月对外公布。", "yes 明年1月=2027-01-31"},
	{"县医院二期年内封顶。", "yes 年内=2026-12-31"},
	{"明年国庆前铺完沥青。", "yes 明年国庆前=2027-09-30"},
	/* whatever the act, a limit yet to come tells that it will be done … */
	{"县里明年春节前为环卫工人统一购买保险。", "yes 明年春节前=2027-02-05"},
	{"请您20日来领表，我局月底前予以办结。", "yes 月底前=2026-11-30"},
	{"汛期前完成加固。", "yes 汛期前=-"},
	{"课程已调整，本学期末前补齐。", "yes 本学期末前=-"},
	{"主体已封顶，年底交付使用。", "yes 年底=2026-12-31"},
	{"工作人员今明两天会上门登记。", "yes 今明两天=2026-11-27"},
	{"养护工最近几天将填补坑槽。", "yes 最近几天=-"},
	{"值班人员今天就会赶到现场。", "yes 今天=2026-11-26"},
	{"学校拟利用暑期改造教室。", "yes 暑期=-"},
	{"学校将利用暑假期间换课桌。", "yes 暑假期间=-"},
	{"已责令公司春节前付清，我局将跟踪。", "yes 春节前=2027-02-05"},
	{"已责令公司春节前付清。", "no"},
	{"设备预计2至3个月到货安装。", "yes 2至3个月=2027-02-26"},
	{"到2028年，公办园占比提高到60%。", "yes 2028年=2028-12-31"},
	{"新建小学秋季开学将启用。", "yes 秋季开学=-"},
	/* … but not what the reader is to do, nor what is quoted */
	{"参保人员12月底前缴费。", "no"},
	{"报名时间12月底前。", "no"},
	{"“年底前修通”的说法不准确。", "no"},
	{"您提到的“三个月内退费”是机构自行承诺。", "no"},
	{"3月份之前新系统正在调试。", "no"},
	{"明天内蒙古有大雨。", "no"},
	/* none of them */
	{"届时公司会开始裁员。", "no"},
	{"因施工环节后移，我局将公告。", "yes"},
	{"预计未来三天有雨。", "no"},
	{"自今年九月底开始运营，改善了出行。", "no"},
};

static void test_office_words(void **state)
{
	CHECK(*state, made_on(MADE), office_words_rows);
}

/* An act with a day yet to come is promised, whoever tells it; a plan goes on year by year. */
static const struct row dated_acts_rows[] = {
	{"街道办表示，月底前拆除围挡。", "yes 月底前=2026-11-30"},
	{"该桥2027年6月30日建成通车。", "yes 2027年6月30日=2027-06-30"},
	{"今年完成一期，2027年完成二期，2028年全面建成。",
		"yes 今年=2026-12-31 2027年=2027-12-31 2028年=2028-12-31"},
	{"今年第四季度完成招标，明年一季度开工。",
		"yes 今年第四季度=2026-12-31 明年一季度=2027-03-31"},
	{"力争2027年开始建设，2028年开学。", "yes 2027年=2027-12-31 2028年=2028-12-31"},
	{"到2030年，全市绿化率将达到45%以上。", "yes 2030年=2030-12-31"},
	{"现有大班额千余个，今年计划消除488个。", "yes 今年=2026-12-31"},
	{"施工方同意两天内清走渣土。", "yes 两天内=2026-11-28"},
	{"该公司同意于12月9日前退还。", "yes 12月9日前=2026-12-09"},
	{"校方将于12月9日前退还。", "yes 12月9日前=2026-12-09"},
	{"该县将自2027年1月1日起提高标准。", "yes 2027年1月1日=2027-01-01"},
	{"我局已联系厂家近期会安装站牌。", "yes 近期=-"},
	{"如有新的房源，我们一定第一时间公布。", "yes 第一时间=-"},
	{"区政府已计划将该小区纳入改造。", "yes"},
	{"为满足创文要求，在资金落实后，将尽快实施。", "yes 尽快=-"},
	{"问题不解决绝不罢休。", "yes"},
	{"到明年年底，优良路率达到90%。", "yes 明年年底=2027-12-31"},
	{"计划2027年达到通车条件。", "yes 2027年=2027-12-31"},
	{"力争年底前全覆盖，“十五五”期间，实现就近就医。",
		"yes 年底前=2026-12-31 “十五五”期间=2030-12-31"},
	{"2025年计划建设11座公厕。", "yes 2025年=2025-12-31"},
	{"该局下周一起对其停产整顿。", "yes 下周一=2026-11-30"},
	{"明年，该镇将把河道清淤一遍。", "yes 明年=2027-12-31"},
	{"下一步，将统筹安排，并将此事纳入2027年建设计划。", "yes 2027年=2027-12-31"},
	{"明年上半年新兵运输将于3月31日完成。", "yes 3月31日=2027-03-31"},
	/* neither a forecast nor what others shall do, nor an aim that is no act */
	{"预计2027年用气量将达到4万立方。", "no"},
	{"今年预计增产17%。", "no"},
	{"对方需要在一个月内更换董事会。", "no"},
	{"限其15日内自行拆除。", "no"},
	{"国务院提出的2027年计划报告可行。", "no"},
	{"会议部署了明年启动的任务。", "no"},
	{"铁路明年建成通车后，路上用时不到一半。", "no"},
	{"当时施工单位答应一周内修好。", "no"},
	{"2027年3月底前能否完成，请告知。", "no"},
	{"希望市里勘察，借此机会也尽快装好路灯。", "no"},
	{"并告知业主：如需抵购，尽快来办理。", "no"},
	{"9月中旬，某镇将结果送至村民家中。", "no"},
	{"该条例将自2027年1月1日起施行。", "yes 2027年1月1日=2027-01-01"},
	{"条例自2027年1月1日起施行。", "no"},
	{"将自查报告于12月31日前报送。", "no"},
	{"预计到2027年市场规模将上升至千亿元。", "no"},
	{"板块或将在三季度反弹。", "no"},
	{"信守对业主的承诺，维护公信力。", "no"},
	{"业主坚决不同意。", "no"},
	{"若12月31日前仍未开工，土地使用权收回。", "no"},
	{"从未承诺三年内完成。", "no"},
	{"开发商多次承诺年底交房，一拖再拖。", "no"},
	{"为尽快解决饮水问题，村上召集了村民开会。", "no"},
	{"7月中旬，社区筹委会在路中装了护栏。", "no"},
	{"五、下一步措施考场立即向所长汇报了情况。", "no"},
};

static void test_dated_acts(void **state)
{
	CHECK(*state, made_on(MADE), dated_acts_rows);
}

static void test_several(void **state)
{
	static const struct row rows[] = {
		{"预计近期开工，计划于2027年内建成。", "yes 近期=- 2027年内=2027-12-31"},
		{"我局将尽快组织实施，确保在12月底前完成。", "yes 12月底前=2026-12-31"},
		{"计划2027年2月启动，2028年5月完工。",
			"yes 2027年2月=2027-02-28 2028年5月=2028-05-31"},
		{"预计12月完成，2026年12月31日前接受验收。",
			"yes 12月=2026-12-31 2026年12月31日前=2026-12-31"},
		{"我局将核清账目，并于12月底前督促发放到位。", "yes 12月底前=2026-12-31"},
		/* what was, beside what will be */
		{"该路于2026年9月完成勘察，将于2027年6月底前开工。",
			"yes 2027年6月底前=2027-06-30"},
		{"2026年3月起，我局多次巡查，下一步将继续巡查。", "yes 下一步=-"},
		{"今年的补助资金将在今年底前发放。", "yes 今年底前=2026-12-31"},
		{"根据2025年批复，该路将于2027年6月开工。", "yes 2027年6月=2027-06-30"},
		{"我县2027年度计划将于12月印发。", "yes 12月=2026-12-31"},
	};

	CHECK(*state, made_on(MADE), rows);
}

/* A phrase without a year is the next such day from publication on. */
static void test_made(void **state)
{
	static const struct row march[] = {
		{"我局将于9月底前完成。", "yes 9月底前=2026-09-30"},
		{"我局将于3月1日前完成。", "yes 3月1日前=2026-03-01"},
		{"我局将于2月底前完成。", "yes 2月底前=2027-02-28"},
		{"我局将于月初完成。", "yes 月初=2026-03-10"},
		{"我局将在一个月内完成。", "yes 一个月内=2026-04-01"},
	};
	static const struct row last[] = {
		{"我局将于月初完成。", "yes 月初=2027-01-10"},
		{"我局将于下月完成。", "yes 下月=2027-01-31"},
		{"我局将于年底前完成。", "yes 年底前=2026-12-31"},
		{"我局将在三个月内完成。", "yes 三个月内=2027-03-31"},
		{"我局将在两个月内完成。", "yes 两个月内=2027-02-28"},
	};

	CHECK(*state, made_on(2026, 3, 1), march);
	CHECK(*state, made_on(2026, 12, 31), last);
}

/* Every year of a leap cycle and the table's ends: no phrase makes a date out of nothing. */
static void test_years(void **state)
{
	struct state *s = *state;
	struct buf got;

	buf_init(&got, 4096);
	for (int y = 1999; y <= 2062; y++) {
		char due[11];
		for (int m = 1; m <= 12; m++) {
			describe(s, "我局将于月底前完成。", made_on(y, m, 1), &got);
			snprintf(due, sizeof due, "%04d-%02d", y, m);
			assert_non_null(strstr(buf_str(&got), due));
		}
		describe(s, "我局将在春节前完成。", made_on(y, 6, 1), &got);
		assert_int_equal(strcmp(buf_str(&got), "yes 春节前=-") == 0, y < 2000 || y >= 2060);
	}
	buf_fini(&got);
}

/* --- dates as people write them --- */

static const struct row ways_to_write_rows[] = {
	/* blanks, hours, figures, another year behind 至 */
	{"某局将于 2027 年 3 月 31 日前 完成。", "yes 2027 年 3 月 31 日前=2027-03-31"},
	{"某局将于3月20日 前往某村。", "yes 3月20日=2027-03-20"},
	{"某局将于3月20日 前期工作结束时开工。", "yes 3月20日=2027-03-20"},
	{"某公司承诺12月31日24时前通水。", "yes 12月31日24时前=2026-12-31"},
	{"某站将于12月15日晚10点前送电。", "yes 12月15日晚10点前=2026-12-15"},
	{"某站将于今晚12点前送水。", "yes 今晚12点前=2026-11-26"},
	{"某站将于12月15日22时恢复送电。", "yes 12月15日22时=2026-12-15"},
	{"某局将在2026-12-31前完成。", "yes 2026-12-31前=2026-12-31"},
	{"某局将在2027.1.5前完成。", "yes 2027.1.5前=2027-01-05"},
	{"某局将在2026/12/31日前完成。", "yes 2026/12/31日前=2026-12-31"},
	{"某局将在2026-12.31前完成。", "yes"},
	{"某局将于2026年12月20日至2027年1月10日施工。",
		"yes 2026年12月20日至2027年1月10日=2027-01-10"},
	{"某局将于2026年12月20日至1月10日施工。", "yes 2026年12月20日至1月10日=2027-01-10"},
	{"某局将于12月中旬至明年元月底施工。", "yes 12月中旬至明年元月底=2027-01-31"},
	{"某局将于12月5日至8日施工。", "yes 12月5日至8日=2026-12-08"},
	{"某局将于元月10日前完成。", "yes 元月10日前=2027-01-10"},
	/* 本月 and 本季度 are this one, past or not */
	{"某局将于本月中旬开会。", "yes 本月中旬=2026-11-20"},
	{"某局将于本月15日开会。", "yes 本月15日=2026-11-15"},
	{"某局将于下月5日开会。", "yes 下月5日=2026-12-05"},
	{"某局将于本季度末前验收。", "yes 本季度末前=2026-12-31"},
	{"某局将于下季度验收。", "yes 下季度=2027-03-31"},
	{"某局将于下个季度末前验收。", "yes 下个季度末前=2027-03-31"},
	/* years */
	{"某县本年度内将改造20条小巷。", "yes 本年度内=2026-12-31"},
	{"某局将在最大限度内处理。", "yes"},
	{"某路有望于2027年年内完工。", "yes 2027年年内=2027-12-31"},
	{"某县计划“十五五”期间实施改造。", "yes “十五五”期间=2030-12-31"},
	{"某路已列入“十五五”规划。", "no"},
	/* weekdays */
	{"某局将在周五前答复。", "yes 周五前=2026-11-27"},
	{"某局将在星期三前答复。", "yes 星期三前=2026-12-02"},
	{"某局每周五前将公布一次水质。", "yes"},
	/* and a half */
	{"某局将于一个半月内完成。", "yes 一个半月内=2027-01-10"},
	{"某局将于一年半内完成。", "yes 一年半内=2028-05-26"},
	/* 以前, 自…起: where they are yet to come */
	{"尾款将在12月20日以前付清。", "yes 12月20日以前=2026-12-20"},
	{"2018年12月以前，某局将补贴发给各村。", "no"},
	{"自2027年1月1日起，我县将免费乘车。", "yes 2027年1月1日=2027-01-01"},
	{"自2015年1月1日起，我县将补贴提高。", "yes"},
	/* days that only the place, or the moon, knows */
	{"某校将于本学期结束前翻新操场。", "yes 本学期结束前=-"},
	{"欠款将在腊月二十前发放。", "yes 腊月二十前=-"},
	{"我们争取在农历年前答复。", "yes 农历年前=2027-02-05"},
	{"我们争取在农历五一前答复。", "yes 农历五一前=2027-04-30"},
};

static void test_ways_to_write(void **state)
{
	CHECK(*state, made_on(MADE), ways_to_write_rows);
}

/* A time tells what the words beside it mean. */
static void test_time_decides(void **state)
{
	static const struct row rows[] = {
		{"管网改造计划三年内分期完成。", "yes 三年内=2029-11-26"},
		{"污水站计划中秋节前投用。", "yes 中秋节前=2027-09-14"},
		{"某路已列入改造计划。", "no"},
		{"12月底前，某局（某科）负责组织验收。", "yes 12月底前=2026-12-31"},
		{"该市场由某街道负责管理。", "no"},
		{"12月底前，该局负责人已到场。", "no"},
		{"天晴后三天内，养护站将修补坑槽。", "yes 天晴后三天内=-"},
		{"近期内会启动征收。", "yes 近期内=-"},
		{"某村会有人来。", "no"},
		{"电改在12月份即将完工。", "yes 12月份=2026-12-31"},
		{"关注即将出台的2027年政策。", "no"},
		{"最迟12月20日把围挡拆掉。", "yes 12月20日=2026-12-20"},
		{"该处路灯月底前安装到位。", "yes 月底前=2026-11-30"},
		{"该处路灯2026年9月底前安装到位。", "no"},
		{"申请人应于月底前提交完毕。", "no"},
		{"物业答应两周内修好。", "yes 两周内=2026-12-10"},
		{"接到通知后我局将在24小时内到场。", "yes 24小时内=2026-11-27"},
		{"待方案确定后即会下发。", "yes"},
		{"开发商原承诺2026年6月底前交房，至今未兑现。", "no"},
	};

	CHECK(*state, made_on(MADE), rows);
}

/* --- sentences and offsets --- */

static void test_offsets(void **state)
{
	struct state *s = *state;
	const char *text = "您好！  该路段将于９月底前修复；已派人。\n我局将在3个工作日内答复。";
	struct promise_sentence *list;
	size_t count;
	struct err e;

	assert_int_equal(promise_read(s->finder, str_of(text), made_on(MADE), NULL, s->arena, &list,
				 &count, &e),
		ERR_OK);
	assert_int_equal(count, 4);
	assert_false(list[0].commitment);
	assert_true(str_is(list[1].text, "该路段将于９月底前修复；"));
	assert_int_equal(list[1].count, 1);
	assert_int_equal(list[1].promises[0].start, 10);
	assert_int_equal(list[1].promises[0].end, 14);
	assert_string_equal(list[1].promises[0].phrase, "９月底前");
	assert_false(list[2].commitment);
	assert_int_equal(list[3].promises[0].start, 26);
	assert_int_equal(list[3].promises[0].end, 32);
	assert_string_equal(promise_due_name(list[3].promises[0].kind), "workdays");
}

static void test_nothing(void **state)
{
	static const struct row rows[] = {
		{"", "no"},
		{"。！？", "no"},
		{" \n ", "no"},
		{"将", "no"},
		{"年月日前", "no"},
		{"9", "no"},
		{"月", "no"},
		{"我局将", "no"},
		{"2026年", "no"},
		{"，，：；", "no"},
		{"我局将于123年前完成。", "yes"},
		{"我局将于1850年内完成。", "yes"},
		{"我局将于13月底前完成。", "yes"},
		{"我局将于4月31日完成。", "yes 4月31日=-"},
		{"《《《将于年底前", "no"},
	};

	CHECK(*state, made_on(MADE), rows);
}

/* Anything may stand in an answer: pieces of words in any order never break it. */
static void test_any_order(void **state)
{
	static const char *const pieces[] = {"将", "于", "9", "月", "底", "前", "年", "20", "27",
		"日", "后", "内", "个", "工作日", "春节", "，", "。", "《", "“", "至", "-", "半",
		"三五", "开学", "我局", "已", "了", "请", "第", "季度", "今", "明年", "下周", "\n",
		"：", "0"};
	struct state *s = *state;
	struct buf text, got;
	uint32_t seed = 1;

	buf_init(&text, 4096);
	buf_init(&got, 65536);
	for (int i = 0; i < 20000; i++) {
		buf_clear(&text);
		for (int k = 0; k < 12; k++) {
			seed = seed * 1664525u + 1013904223u;
			buf_add_str(&text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		describe(s, buf_str(&text), made_on(MADE), &got);
	}
	buf_fini(&text);
	buf_fini(&got);
}

/* --- without any mark --- */

/* A sentence may be as long as a text: what it takes grows with it and no faster. */
static void test_endless(void **state)
{
	static const char *const pieces[] = {
		"将", "尽快", "并将", "近期将", "今年9月底前完工", "，今年9月底前"};
	const size_t times = 100000;
	struct state *s = *state;
	struct promise_sentence *list;
	struct buf text;
	size_t count;
	struct err e;

	buf_init(&text, (size_t)8 << 20);
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		buf_clear(&text);
		buf_add_str(&text, "我局将整改");
		for (size_t k = 0; k < times; k++)
			buf_add_str(&text, pieces[i]);
		arena_reset(s->arena);
		assert_int_equal(promise_read(s->finder, str_of(buf_str(&text)), made_on(MADE),
					 NULL, s->arena, &list, &count, &e),
			ERR_OK);
		assert_int_equal(count, 1);
		assert_true(list[0].commitment);
		if (strstr(pieces[i], "尽快") || strstr(pieces[i], "月")) {
			assert_int_equal(list[0].count, times);
			assert_string_equal(list[0].promises[list[0].count - 1].phrase,
				list[0].promises[0].phrase);
		}
	}
	buf_fini(&text);
}

/* Wherever a clause without a mark is cut, the phrase there stays whole. */
static void test_cuts(void **state)
{
	struct buf text, got;

	buf_init(&text, 4096);
	buf_init(&got, 4096);
	for (size_t before = 200; before < 300; before++) {
		buf_clear(&text);
		buf_add_str(&text, "我局将加快");
		for (size_t i = 0; i < before; i++)
			buf_add_str(&text, "修");
		buf_add_str(&text, "于2027年9月10日至2027年10月30日之前完成");
		describe(*state, buf_str(&text), made_on(MADE), &got);
		assert_string_equal(
			buf_str(&got), "yes 2027年9月10日至2027年10月30日之前=2027-10-30");
	}
	buf_fini(&text);
	buf_fini(&got);
}

/* --- where a phrase may begin --- */

/* Code points of a text; how many. */
static size_t decode(const char *text, uint32_t *cp, size_t room)
{
	size_t n = 0, size = strlen(text), len;

	for (size_t i = 0; i < size && n < room; i += len)
		cp[n++] = utf8_decode(text + i, size - i, &len);
	return n;
}

/* Latin, punctuation, signs and numbers, the ideographs in use. */
static bool is_usual(uint32_t c)
{
	return c < 0x250 || (c >= 0x2000 && c < 0x3400) || (c >= 0x4E00 && c < 0xA000);
}

/* Every character, and every word that may follow the first. By day those of the blocks that
 * Chinese is written with, with FUZZ_ROUNDS (make check-all) the whole plane. */
static void test_begins(void **state)
{
	static const char *const tails[] = {"前", "内", "期前", "日前", "天前", "步", "快", "期",
		"日", "时", "年前", "月前", "年内", "月", "个月前", "旦前", "夕前", "年三十前",
		"历年前", "宵前", "明前", "动节前", "午前", "童节前", "师节前", "秋前", "庆前",
		"季前", "季开学前", "学前", "学期前", "雨前", "假前", "考前", "暖季前", "冬前",
		"夏前", "汛前", "运前", "学期结束前", "学期末前", "关前", "周内", "星期前", "五前",
		"拜五前", "期五前", "期一前", "个季度", "季度", "度内", "半年", "旬前", "定时限内",
		"时间内", "定期限内", "诺时限内", "同工期内", "久后", "后", "件成熟", "机成熟",
		"条件成熟", "一时间", "阶段", "早", "日内", "来三个月内", "三天内", "十五五”期间",
		"个工作日", "天", "晚", "机", "步", "雨季来临前", "要", "节前", "一前", "四前",
		"短时间内", "定时间内", "季枯水期前", "水期内", "季来临前", "雨季前", "风季前",
		"温季节前", "水高峰前", "电高峰前", "峰度夏前", "冻前", "冻期前", "闲前", "忙前",
		"委会换届前", "届前", "房前", "付使用前", "住前", "车前", "运前", "园前", "热前",
		"学期将", "学年将", "个学期将", "旦、春节前", "日起", "月十五前", "天内", "日内",
		"个工作日内", "几天", "冬明春", "收后", "耕前"};
	const size_t count = sizeof tails / sizeof *tails;
	const struct promise_reckon r = {
		.made = made_on(MADE), .year = 2026, .month = 11, .day = 26};
	uint32_t cp[sizeof tails / sizeof *tails][64];
	size_t n[sizeof tails / sizeof *tails];
	struct promise_begins begins;
	struct promise_phrase p;

	(void)state;
	promise_begins_init(&begins);
	for (size_t i = 0; i < count; i++)
		n[i] = 1 + decode(tails[i], cp[i] + 1, 63);
	for (uint32_t c = 0x20; c < 0xD800; c++) {
		if (!getenv("FUZZ_ROUNDS") && !is_usual(c))
			continue;
		/* Of a character that is looked at anyway nothing is to be shown. */
		for (size_t i = 0; i < count && !promise_begins_has(&begins, c); i++) {
			cp[i][0] = c;
			if (promise_phrase_at(cp[i], n[i], 0, &r, &p))
				fail_msg("U+%04X%s: a phrase begins there", c, tails[i]);
		}
	}
}

/* --- a calendar with holidays --- */

static bool is_workday(const void *data, int64_t day)
{
	const int64_t *holidays = data;

	return calendar_is_workday(NULL, day) && (day < holidays[0] || day > holidays[1]);
}

static void test_holidays(void **state)
{
	struct state *s = *state;
	int64_t holidays[] = {made_on(2026, 10, 1), made_on(2026, 10, 8)};
	struct calendar_workdays workdays = {.is_workday = is_workday, .data = holidays};
	struct promise_sentence *list;
	size_t count;
	struct err e;

	assert_int_equal(promise_read(s->finder, str_of("我局将在3个工作日内答复，10月1日前公示。"),
				 made_on(2026, 9, 29), &workdays, s->arena, &list, &count, &e),
		ERR_OK);
	assert_string_equal(list[0].promises[0].due, "2026-10-12"); /* 30th, 9th, 12th */
	assert_string_equal(list[0].promises[1].due, "2026-10-01"); /* never rolls over */
}

static int setup(void **state)
{
	static struct state s;

	s.finder = promise_finder_new();
	s.arena = arena_new(ARENA_MAX_DEFAULT);
	*state = &s;
	return s.finder && s.arena ? 0 : -1;
}

static int teardown(void **state)
{
	struct state *s = *state;

	promise_finder_free(s->finder);
	arena_free(s->arena);
	return 0;
}

/* How many working days a phrase names by itself. */
static void test_workdays(void **state)
{
	static const struct {
		const char *phrase;
		int days;
	} rows[] = {{"10个工作日内", 10}, {"十五个工作日内", 15}, {"3-5个工作日", 5},
		{"半个工作日内", 1}, {"近２０个工作日内", 20}, {"10天内", 0}, {"9月底前", 0},
		{"尽快", 0}, {"承诺", 0}, {"", 0}};
	struct promise_finder *f = promise_finder_new();
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);
	struct err e;

	(void)state;
	assert_non_null(f);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int days = -1;
		assert_int_equal(promise_workdays(f, str_of(rows[i].phrase), a, &days, &e), ERR_OK);
		assert_int_equal(days, rows[i].days);
	}
	arena_free(a);
	promise_finder_free(f);
}

/* What is waited for, what a time leads, who is asked and who says it. MADE is in November. */
static const struct row surroundings[] = {
	{"待款项拨付到位后三个工作日内发放至个人。", "yes 款项拨付到位后三个工作日内=-w"},
	{"待款项拨付到位。", "no"},
	{"待批复后10日内给您书面回话。", "yes 批复后10日内=-"},
	{"待结算完成，一次性解决历史欠账。", "yes"},
	{"对方答复两天之内派人上门。", "yes 两天之内=2026-11-28"},
	{"要求某店一周内整改，并将于期满后复查。", "yes 一周内=2026-12-03"},
	{"要求某店一周内整改。", "no"},
	{"通报要求，各镇12月5日前报送情况。", "no"},
	{"按照要求，某镇12月5日前报送情况。", "yes 12月5日前=2026-12-05"},
	{"请您补充材料，将于3日内答复。", "yes 3日内=2026-11-29"},
	{"关于您建议增设路灯一事，将在12月底前办理。", "yes 12月底前=2026-12-31"},
	{"针对居民希望早日开工一事，已下发通知。", "no"},
	{"某领导强调，要加快进度，力争早日投用。", "no"},
	{"某某曾口头答应年底前付清。", "no"},
	{"某某去年就答应付清，我们仍在等。", "no"},
	{"某公司承诺年底前付清，但至今没有兑现。", "no"},
	{"某公司承诺年底前付清，但仍需时间。", "yes 年底前=2026-12-31"},
	{"未按时认证的将暂停发放。", "no"},
	{"经营者逾期未改的，市场监管部门将依法处罚。", "no"},
	{"逾期未改的，我局将依法处罚。", "yes"},
	{"符合条件的住户可于12月领到补助。", "yes 12月=2026-12-31"},
	{"住户可于12月到窗口申请。", "no"},
	{"补助12月中旬可打入您的账户。", "yes 12月中旬=2026-12-20"},
	{"15日内可申请复议。", "no"},
	{"近期即可开工。", "yes 近期=-"},
	{"2027年，重点抓好以下工作。", "yes 2027年=2027-12-31"},
	{"局长回应：1月8日某路移交。", "yes 1月8日=2027-01-08"},
	{"1月8日某路移交。", "no"},
	{"某路1月什么时候移交？有人问。", "no"},
	{"某店于2017年装修，并于年底开业。", "no"},
	{"经查您2025年5月已补缴，次月起发放。", "no"},
	{"我局将检查结果予以通报。", "no"},
	{"为保证明年开学，学校选派了教师。", "no"},
	{"已要求施工方洒水，预计12月上旬完成铺设。", "yes 12月上旬=2026-12-10"},
	{"已列入2027年建设计划，我局将抓紧实施。", "yes 2027年=2027-12-31"},
	{"原计划列入2027年建设计划，我局将另行安排。", "yes"},
	{"我院已暂停其执业，调查组三个工作日内形成结论。", "yes 三个工作日内=2026-12-01w"},
	{"调查组三个工作日内形成结论。", "no"},
	{"我局责成其20日前拿出方案，25日前支付到人。", "no"},
	{"我们的目标是，三年内每镇一所。", "yes 三年内=2029-11-26"},
	{"新站正在建设，春节后搬迁。", "yes 春节后=-"},
	{"春节后搬迁。", "no"},
	{"过期系统将自动关闭。", "no"},
	{"某银行下月可能上线新系统。", "no"},
	{"某国的目标是占领市场。", "no"},
	{"某某决定了两天后离开。", "no"},
	{"理应一个月内拿到证书。", "no"},
	{"11月29日起，某文阅读量上涨。", "yes 11月29日=2026-11-29"},
	{"4月29日起，某文阅读量上涨。", "no"},
	{"2月9日，警方将两人抓获。", "no"},
	{"骗子抓住了寒假前的空档，学校已经提醒学生整改。", "no"},
	{"骗子抓住寒假前的空档实施诈骗。", "no"},
	{"每次都说会在两日内联系我。", "no"},
	{"月底前补发6月、7月低保金。", "yes 月底前=2026-11-30"},
	{"轮椅正在公示，十二月中旬配发到人。", "yes 十二月中旬=2026-12-20"},
};

static void test_surroundings(void **state)
{
	CHECK(*state, made_on(MADE), surroundings);
}

/* Terms and seasons without a date, days from a day, and steps in their order. */
static const struct row more_times[] = {
	{"春运开始前保证付清。", "yes 春运开始前=-"},
	{"施工队计划明年开春后进场。", "yes 明年开春后=-"},
	{"汛期结束后将加固河堤。", "yes 汛期结束后=-"},
	{"寒假期间，我们将检修暖气。", "yes 寒假期间=-"},
	{"寒假里，我们将检修暖气。", "yes 寒假里=-"},
	{"通车后将方便出行，我局将加强管理。", "yes"},
	{"将在下学期予以考虑。", "yes 下学期=-"},
	{"从下学期开始，我们将取消早读。", "yes 下学期=-"},
	{"企业答应下个采暖季前扩容。", "yes 下个采暖季前=-"},
	{"答复将在期末考试前公布。", "yes 期末考试前=-"},
	{"将在立冬前完成。", "yes 立冬前=-"},
	{"我所将在春季补栽。", "yes 春季=2027-05-31"},
	{"春节假期后，将开展检查。", "yes 春节假期后=-"},
	{"将于春节前一周付清。", "yes 春节前一周=2027-01-30"},
	{"自即日起10日内办理退款，我局将监督。", "yes 自即日起10日内=2026-12-06"},
	{"今天起停业整顿。", "yes 今天=2026-11-26"},
	{"道路施工从12月3日开始。", "yes 12月3日=2026-12-03"},
	{"我局从12月1日至月底开展整治。", "yes 12月1日至月底=2026-12-31"},
	{"我局12月1日至12月20日开展整治。", "yes 12月1日至12月20日=2026-12-20"},
	{"我队9月1日至9月20日开展整治。", "no"},
	{"今后五年，全市要新增学位一万个。", "yes 今后五年=2031-11-26"},
	{"我们将分三年改造。", "yes 三年=2029-11-26"},
	{"近两天就会上门。", "yes 近两天=2026-11-28"},
	{"社区这两天就去拆。", "yes 这两天=2026-11-28"},
	{"我们过几天会上门。", "yes 过几天=-"},
	{"我们三天后给您回话。", "yes 三天后=2026-11-29"},
	{"我们将推进后续工作，三天后续办。", "yes"},
	{"我们会在编制明年预算时考虑。", "yes"},
	{"将在20天左右的时间里核实。", "yes 20天左右=2026-12-16"},
	{"措施：1.12月5日前拆除；2.12月20日前恢复绿化。",
		"yes 12月5日前=2026-12-05 12月20日前=2026-12-20"},
	{"我局将于12月5日前制订方案，25日前整改。", "yes 12月5日前=2026-12-05 25日前=2026-12-25"},
	{"三季度末前完成主体，四季度完成配套。", "yes 三季度末前=2027-09-30 四季度=2027-12-31"},
	{"将于明年6月完成一期，12月底前完成二期。", "yes 明年6月=2027-06-30 12月底前=2027-12-31"},
	{"将于明年5月开工，12月10日前公布方案。", "yes 明年5月=2027-05-31 12月10日前=2026-12-10"},
	{"截至11月25日已完成六成，剩下的12月中旬前完成。", "yes 12月中旬前=2026-12-20"},
	{"1至12月，全市完成投资十亿元。", "no"},
	{"今年1—12月完成投资十亿元。", "no"},
	{"今年前11个月完成投资十亿元。", "no"},
	{"下半年全市完成投资十亿元。", "no"},
	{"某局2月完成修复。", "yes 2月=2027-02-28"},
	{"其中一处安排在2028年实施，我局将跟进。", "yes"},
	{"我局将改造，其中一处安排在2028年实施。", "yes 2028年=2028-12-31"},
	{"我局将改造，一标段1月开工。", "yes 1月=2027-01-31"},
};

static void test_more_times(void **state)
{
	CHECK(*state, made_on(MADE), more_times);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commitments),
		cmocka_unit_test(test_no_commitments),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_feasts),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_more_phrases),
		cmocka_unit_test(test_office_words),
		cmocka_unit_test(test_dated_acts),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_made),
		cmocka_unit_test(test_years),
		cmocka_unit_test(test_ways_to_write),
		cmocka_unit_test(test_time_decides),
		cmocka_unit_test(test_offsets),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_endless),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_begins),
		cmocka_unit_test(test_holidays),
		cmocka_unit_test(test_workdays),
		cmocka_unit_test(test_surroundings),
		cmocka_unit_test(test_more_times),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
