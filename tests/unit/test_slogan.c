/* Answers that say nothing, and answers that say little. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "matcher/slogan.h"

struct row {
	const char *text;
	enum slogan_sign sign; /* of those that are no slogans */
};

static const char *const slogans[] = {
	"",
	"已收悉",
	"我市高度重视，将进一步加强管理，切实维护群众合法权益。",
	"感谢您的关注，我们将认真研究您的意见建议。",
	"您好！您的留言已收悉。我们高度重视，将认真研究，举一反三。感谢您的关心与支持！",
	/* numbers that are the letter's, not the matter's */
	"网友您好：来信（编号：20210315001）收悉，我局将认真对待。2020年5月6日",
	"留言回复〔2021〕第35号 网友：您好！来信收悉，我们将转变工作作风，提高办事效率。",
	"您好！感谢您通过12345热线反映问题，我们将督促相关单位切实履行职责。",
	"来信已于2022年3月1日收到，我们会认真对待每一位群众的诉求。",
	"我们将高度重视，认真研究。某市某局2019年4月17日",
	/* nobody in particular */
	"您反映的问题已转交相关单位调查处理。敬请留意近期回复。",
	"您反映的问题已交有关部门核处，如有情况将及时回复！",
	"请联系8177025核实相关情况，以便处置。",
	"具体情况请拨打0739-4251506咨询。",
	/* long ones */
	"一是提高认识，加强领导。二是明确责任，狠抓落实。三是强化监督，严肃问责。四是加强宣传，"
	"营造氛围。",
	"县委、县政府历来高度重视民生工作，始终坚持以人民为中心的发展思想，把群众的呼声作为第一信号"
	"，"
	"把群众满意作为第一标准，用心用情用力解决群众急难愁盼问题，不断增强人民群众的获得感、幸福感"
	"、"
	"安全感。下一步，我们将进一步提高政治站位，强化责任担当，压实工作责任，确保各项工作落到实处"
	"。",
	"供水事关千家万户，我们将高度重视。",
	/* 已 and 被, and yet nothing done */
	"您反映的问题已引起我们高度重视。",
	"我们已经认识到问题的严重性，已安排专人认真研究。",
	"民生事业已迈上新台阶。",
	"您的意见已被采纳，感谢您的支持。",
	"来信已知悉，已转有关部门。",
	"各项工作已取得明显成效。",
	/* other forms of the same words */
	"我們高度重視，將認真研究，舉一反三，切實維護群眾合法權益。",
	"我局高度重视，\n将认真研究，\n举一反三。\n",
	"处理情况\t高度重视\t认真研究\n下一步\t加强管理\t狠抓落实\n",
	"高·度·重·视，举 一 反 三",
};

static const struct row answers[] = {
	/* short ones that tell what was done, or found */
	{"该店无照经营，已被取缔。", SLOGAN_MEASURE},
	{"公交站牌已补装。", SLOGAN_MEASURE},
	{"涉事教师已停课接受调查。", SLOGAN_MEASURE},
	{"您反映的狗已由派出所捕走。", SLOGAN_MEASURE},
	{"补贴因卡号有误被退回，请更正。", SLOGAN_MEASURE},
	{"该无牌三轮车已被交警拖走。", SLOGAN_MEASURE},
	{"水样送检结果合格。", SLOGAN_MEASURE},
	{"网传消息不实。", SLOGAN_MEASURE},
	{"我市高度重视，已责令项目部停工。", SLOGAN_MEASURE},
	{"将于9月30日前答复。", SLOGAN_NUMBER},
	{"将于９月底前答复。", SLOGAN_NUMBER},
	{"月底前全部完成。", SLOGAN_DATE},
	{"已全部到位。", SLOGAN_MEASURE},
	{"三个工作日内给您答复。", SLOGAN_NUMBER},
	{"该路段长三公里。", SLOGAN_NUMBER},
	{"欠薪共八十六万元。", SLOGAN_NUMBER},
	{"已安排更换3盏。", SLOGAN_NUMBER},
	{"按照《某市物业管理条例》执行。", SLOGAN_RULE},
	{"您的留言已收悉，已转市人社局调查处理。", SLOGAN_UNIT},
	{"步步高超市属于某区辖区，请向当地部门反映。", SLOGAN_UNIT},
	{"请向县公路局咨询。", SLOGAN_UNIT},
	{"将由城管大队牵头，会同某街道处理。", SLOGAN_UNIT},
	{"關於路燈問題，已責令施工單位更換。", SLOGAN_MEASURE},
	{"路段\t数量\n甲路\t12盏\n", SLOGAN_NUMBER},
	/* no sign, but something is said */
	{"水厂的反冲洗阀门老化，夜间水压波动把管壁铁锈带进了住户水箱，所以早晨水色发黄。",
		SLOGAN_NO_SIGN},
};

static void judge(const char *text, const struct str *units, size_t count, struct slogan *out)
{
	static char phrases[256];
	struct arena *a = arena_new(ARENA_MAX_DEFAULT);

	assert_non_null(a);
	assert_int_equal(slogan_judge(NULL, str_of(text), units, count, a, out, NULL), 0);
	snprintf(phrases, sizeof phrases, "%s", out->phrases);
	out->phrases = phrases;
	arena_free(a);
}

static void test_slogans(void **state)
{
	struct slogan s;

	(void)state;
	for (size_t i = 0; i < sizeof slogans / sizeof *slogans; i++) {
		judge(slogans[i], NULL, 0, &s);
		if (!s.is)
			print_message("%s: sign %d, content %zu\n", slogans[i], s.sign, s.content);
		assert_true(s.is);
	}
}

static void test_answers(void **state)
{
	struct slogan s;

	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		judge(answers[i].text, NULL, 0, &s);
		if (s.is || s.sign != answers[i].sign)
			print_message(
				"%s: sign %d, content %zu\n", answers[i].text, s.sign, s.content);
		assert_false(s.is);
		assert_int_equal(s.sign, answers[i].sign);
	}
}

/* A unit counts when it is charged with the matter, not when it is full of good will. */
static void test_units(void **state)
{
	const struct str units[] = {str_of("甲子会"), str_of("甲子乙丑联合会")};
	struct slogan s;

	(void)state;
	judge("甲子会高度重视，将认真研究。", units, 2, &s);
	assert_true(s.is);
	judge("甲子乙丑联合会高度重视，将认真研究。", units, 2, &s);
	assert_true(s.is);
	judge("已转交甲子会研究。", units, 2, &s);
	assert_false(s.is);
	assert_int_equal(s.sign, SLOGAN_UNIT);
	judge("已转交甲子会研究。", NULL, 0, &s);
	assert_true(s.is);
}

static void test_phrases(void **state)
{
	struct slogan s;

	(void)state;
	judge("我局高度重视，将认真研究，举一反三。", NULL, 0, &s);
	assert_string_equal(s.phrases, "高度重视、认真研究、举一反三");
	judge("已收悉", NULL, 0, &s);
	assert_string_equal(s.phrases, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slogans),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_units),
		cmocka_unit_test(test_phrases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
