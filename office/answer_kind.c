/*
 * answer_kind.c - signs in the words of an answer for its kind.
 */
#include "office/answer_kind.h"

#include <string.h>

/* What a unit does when it acts, rather than what it feels. */
static const char *const measures[] = {"责令", "整改", "发放", "赔偿", "立案", "处罚", "罚款",
	"停工", "查封", "扣押", "维修", "更换", "退还", "退款", "核实", "核查", "约谈", "追回",
	"兑付", "安置", "修复", "清运", "关停", "抢修", "到账", "拨付", "进驻", "督促", "补发",
	"垫付", "复查", "检测", "抽检", "召回", "下架", "拆除", "清理", "封堵", "改造", "移送",
	"免职", "停职", "清退", "补偿", "公示", "巡查", "排查", "协调", "开工", "复工", "通车",
	"供水", "送水", "加装", "硬化", "绿化"};
static const char *const results[] = {"已全部", "已发放", "已整改", "已办结", "已完成", "已到账",
	"已修复", "已退还", "已结清", "已拆除", "已处罚", "已恢复", "已解决"};
static const char *const denials[] = {"不实", "谣言", "辟谣", "误读", "不属实", "与事实不符"};
static const char *const apologies[] = {"致歉", "道歉", "歉意"};

static const char *const kinds[] = {"fact", "measure", "result", "apology", "clarification"};

#define HAS(text, list) has_any(text, list, sizeof(list) / sizeof *(list))

static bool has_any(const char *text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strstr(text, list[i]))
			return true;
	}
	return false;
}

bool answer_kind_is(const char *kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kind, kinds[i]) == 0)
			return true;
	}
	return false;
}

const char *answer_kind_guess(const char *text)
{
	if (HAS(text, denials))
		return "clarification";
	if (HAS(text, results))
		return "result";
	if (HAS(text, measures))
		return "measure";
	return HAS(text, apologies) ? "apology" : "fact";
}
