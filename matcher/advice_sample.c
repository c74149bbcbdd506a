/*
 * advice_sample.c - lines that hit nearly everything, tried on texts as they come: news,
 * notices and posts about nothing in particular, of the length of a headline with its first
 * sentences. They are made up.
 */
#include <string.h>

#include "base/i18n.h"
#include "matcher/advice_private.h"
#include "matcher/eval.h"

#define MUCH 40 /* per cent of the texts */

static const char *const texts[] = {
	"今天上午，市图书馆新馆正式开放。新馆共有四层，藏书三十万册，每天从早上九点开到晚上八点。",
	"周末去爬山，山上的杜鹃花都开了，人不多，空气很好，下山后在路边吃了一碗粉。",
	"本市将于下周举行中学生篮球比赛，共有十二支队伍报名，门票免费，欢迎大家前往观看。",
	"天气预报：明天多云转小雨，最高气温二十二度，最低十四度，请注意添加衣服。",
	"新款手机昨日发布，屏幕更大，电池更耐用，售价三千元起，网上已经可以预订。",
	"请教一下各位，孩子五岁学画画会不会太早，有没有好的老师推荐？",
	"记者从会上了解到，今年前三季度全州旅游收入同比增长百分之八，游客人数创下新高。",
	"因线路检修，城北片区明日上午八点至下午三点停电，请相关用户提前做好准备。",
	"我家的猫走丢了，黄白相间，脖子上有红色铃铛，看到的朋友请联系，必有重谢。",
	"昨晚的电影真好看，最后一段看得我眼泪都流下来了，推荐大家去看。",
	"县里的第三届刺梨节开幕，来自各地的客商签下了十五个合作项目，金额两亿多元。",
	"老街那家卖豆腐的搬到菜市场对面去了，味道还是一样，早上去晚了就没有了。",
	"高铁时刻表将从十日起调整，新增开往贵阳方向列车两对，车票已开始发售。",
	"他在这所小学教了三十年书，退休那天，许多毕业多年的学生回来看他。",
	"研究人员发现了一种新的蝴蝶，翅膀上有蓝色花纹，目前只在两个山谷里见过。",
	"出售九成新电动车一辆，骑了半年，因为买了汽车用不着了，价格面议。",
	"市政府召开常务会议，研究部署四季度工作，会议听取了有关部门的情况汇报。",
	"苗族姑娘们穿上盛装，跳起芦笙舞，庆祝一年一度的丰收，鼓楼前站满了人。",
	"股市今日小幅上涨，成交量比前一天有所放大，科技板块领涨。",
	"求一份家常红烧肉的做法，每次做出来都太硬，是不是火候不对？",
	"经过两年的施工，跨河大桥昨天合龙，预计明年五月通车，届时两岸往来只要十分钟。",
	"这个品牌的洗衣机怎么样？家里三口人，想买一台声音小一点的。",
	"气象部门发布大雾黄色预警，部分路段能见度不足二百米，过往车辆请减速慢行。",
	"全国青少年书法作品展在省城开展，共展出作品四百余件，展期一个月。",
	"社区志愿者上门为老人理发、量血压，老人们说这样的服务很贴心。",
	"比赛最后一分钟，客队打进关键一球，以二比一取胜，主场球迷安静地离开。",
	"单位招两名会计，要求大专以上学历，有三年工作经验，双休，工资面议。",
	"今年的辣椒长得好，一亩地能收两千斤，合作社统一收购，价钱比去年高一些。",
	"在外打工十年，今年终于回家过年了，村里的路修好了，家家都盖了新房。",
	"据外媒报道，该国总统当天签署法案，将从明年起提高进口汽车的关税。",
};

#define TEXT_COUNT (sizeof texts / sizeof *texts)

/* Adds to each line's count what hits one text. */
static enum err_code try_text(struct advice *a, struct eval *v, struct arena *arena,
	const char *text, unsigned *hits, struct err *e)
{
	struct match_input in = {.title = text, .text = text};
	enum err_code rc;

	in.title_size = in.text_size = strlen(text);
	arena_reset(arena);
	rc = eval_begin(v, &in, arena, e);
	for (size_t i = 0; !rc && i < a->r->line_count; i++)
		hits[i] += eval_expr(v, a->r->line[i].expr, a->r->line[i].fields) == EVAL_YES;
	return !rc && v->no_memory ? err_nomem(e) : rc;
}

static void tell(struct advice *a, const unsigned *hits)
{
	for (size_t i = 0; i < a->r->line_count; i++) {
		const struct ruleset_line *l = &a->r->line[i];
		if (hits[i] * 100 >= MUCH * TEXT_COUNT && !a->told[i])
			advice_note_line(a, l, l->column,
				_("write longer words, or what else must stand in the text"),
				_("this line hits nearly everything: %u of %zu ordinary texts"),
				hits[i], TEXT_COUNT);
	}
}

enum err_code advice_sample(struct advice *a, struct err *e)
{
	unsigned *hits = arena_array(a->arena, a->r->line_count + 1, sizeof *hits);
	struct arena *arena = arena_new(ARENA_MAX_DEFAULT);
	struct eval v;
	enum err_code rc = eval_init(&v, a->r, e);

	if (!rc && !(hits && arena))
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < TEXT_COUNT; i++)
		rc = try_text(a, &v, arena, texts[i], hits, e);
	if (!rc)
		tell(a, hits);
	eval_fini(&v);
	arena_free(arena);
	return rc;
}
