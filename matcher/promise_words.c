/*
 * promise_words.c - the words, and finding the longest of them at a place.
 */
#include "matcher/promise_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

#define MEMORY ((size_t)1 << 20)
#define BUCKETS 256
#define WORD_MAX 12

/* Lists of words, blanks between them, each with the head before it. The longest word at a
 * place wins, so a word of CUE_NONE hides the shorter ones in it. */
static const struct {
	enum promise_cue cue;
	const char *head, *words;
} table[] = {
	{CUE_NONE, "将",
		"来 近 军 士 要求 影响 造成 导致 有效 一定程度 承担 视为 "
		"大大 极大 促进 满足 成为 面临 受到 被 无法 不能 可能 "
		"直接影响 以上 上述 该 此 其 您 你 情况 有关 相关 处理结果 "
		"具体 问题 反映 材料 会有 有 构成"},
	{CUE_NONE, "",
		"能够早日 能早日 能尽快 能尽早 需尽快 须尽快 应尽快 要尽快 "
		"以便尽快 以便早日 的建议 提的建议 也将此 也将其 避免造成 "
		"防止造成 不造成 以免造成 现将 已将 均已将 都已将 麻将 "
		"大将 也将成为 委员会 业委会 居委会 村委会 管委会 社会 机会 "
		"协会 工会 大会 开会 议会 会议 会商 理事会 座谈会 听证会 "
		"恳谈会 坚持会 与会 专题会 计划生育 用编计划 招生计划 "
		"计划招 建设计划 改造计划 工作计划 年度计划 施工计划 "
		"整改计划 生产计划 实施计划 维修计划 大中修计划 计划外 "
		"计划中 计划指标 计划安排 投资计划 扩建计划 拓宽计划 "
		"征拆计划 硬化计划 按计划 的计划 计划请核实 承诺书 保证金 "
		"保证书 承诺函 承诺制 下一步如何 "
		"下一步工作计划 等待 期待 待遇 接待 对待 看待 待定 招待 "
		"亟待 待业 优待 善待 虐待 待人 拟定 模拟 虚拟 拟修改 拟办 "
		"了解 为了 了然 除了 到了解 明了 再次 再生 再婚 请示 申请 "
		"邀请 聘请 应请 报请 请求书 响应 适应 供应 效应 相应 应急 "
		"反应 应用 对应 应届 必须的 须知 曾某 曾经理 不得不 "
		"不会影响 建议书 提出的建议 您的建议 你的建议 意见建议 "
		"意见和建议 建议已 建议收 告知书 通知书 通知单 的通知 "
		"的要求 按要求 要求进行 按照要求 按相关要求 应要求 有要求 "
		"督促检查 预计经费 预计总投资 预计投资 了解到 以后勤 "
		"今后勤 以前 下一步的 尽快地 为了保证 为保证 为确保 "
		"为了确保 以确保 以保证 有将 只有将 先后将 依法将其 当场将 "
		"只能将 才将 每天将 每月将 关于将 申请将 要求将 及时将 "
		"为尽快 为了尽快 为早日 为了早日 为及早 为尽早 同意 同意书 计划报告 "
		"计划草案 计划执行 计划任务 计划书 "
		"完成后 建成后 通车后 完工后 竣工后 投入使用后 恢复后 开通后 拆除后 解决后 启动后 "
		"修复后 交付后 移交后 安装后 更换后 到位后 投用后 委会 "
		"绝不是 决不是 绝不能 决不能 绝不可 决不可 或将 料将 恐将 请相信 的承诺 的最终承诺 "
		"的庄严承诺 的郑重承诺 的书面承诺 的口头承诺 拟采取的 拟采用的 "
		"坚决不 将自查 将自己 将自有 将自家 将按日 将加收 将会更少 将会更多 将会更大 "
		"将会减少 "
		"承诺的 整改承诺 我们再次 确保了 保证了 承诺了 兑现承诺 "
		"履行承诺 违反承诺 违背承诺 答应了 接到通知 "
		"收到通知 接通知 另行通知 负责人 负责同志 负责制 负责任 负责领导"},
	{CUE_WILL, "将",
		"依纪 从重 从速 逐一 逐项 逐户 逐个 一律 一并 分类 分级 常态化 全程 派员 派人 另行 "
		"举一反三 "
		"如期 按期 按时 准时 暂停 停止 停用 关闭 封闭 禁止 增开 加开 改为 改建 迁建 重建 "
		"重新 "
		"翻新 升级 疏通 清除 铲除 搬迁 修订 制订 印发 签订 力求 力促 推广 曝光 化解 走访 "
		"回访 "
		"启用 先行 率先 赴 集中 科学 合理 精准 扎实 有序 稳步 强力 从严 从快 聚焦 围绕 "
		"健全 构建 搭建 推出 "
		"推行 实行 执行 开启 开设 举行 招聘 招募 免费 补齐 补办 补发 问责 通报 移送 移交 "
		"打通 "
		"消除 缓解 预留 保留 请 聘请 委托 联系 邮寄 送达 "
		"自 恢复 更 大面积 长期 书面 选派 选调 入站 深化 打击 取缔 关停 热忱 "
		"竭诚 热情 不会随意 不会再 保证 约谈 就 多渠道 多形式 "
		"一如继往 派遣 派出 邀约 上门 迅速 组成 牢固 牢牢 准备 打造 "
		"拓宽 拓展 增强 严把 严打 秉公 综合 择优 择机 想办法 呼吁 "
		"致函 去函 协商 前往 转达 转交 上报 呈报 投放 引进 引导 布局 "
		"布置 扩大 扩建 治理 整治 整改 查处 查清 查明 追究 追缴 清理 "
		"清查 清退 解决 处理 满意 提供 提出 提请 提交 要求相关 监督 "
		"监管 检查 巡查 排查 核查 核实 复查 尽快 尽早 尽力 尽最大 会 "
		"在 于 继续 进一步 对 由 按 按照 根据 依据 依照 依法 依规 "
		"积极 加强 加大 加快 组织 督促 及时 严格 认真 全力 努力 逐步 "
		"予以 给予 启动 安排 派 联合 协同 配合 责令 责成 采取 通过 "
		"坚持 坚决 协调 申请 申报 纳入 同 向 从 结合 立即 第一时间 "
		"适时 开展 着力 持续 不断 定期 不定期 以 为 重点 充分 深入 "
		"全面 切实 确保 视 报 邀请 实施 新建 新增 建设 建成 投入 "
		"完成 增加 增派 增设 得到 再次 再 统一 统筹 与 和 针对 做好 "
		"抓紧 抓好 把 想方设法 很快 面向 延伸 提高 提升 完善 优化 "
		"推进 推动 指导 强化 拆除 取消 延长 调整 更加 严厉 严肃 严查 "
		"严惩 严控 一如既往 高度 分期 分批 分步 优先 陆续 全部 彻底 "
		"妥善 主动 多方 多措 本着 秉承 随时 密切 跟踪 跟进 每 近期 "
		"近日 大力 尽 建立 制定 出台 发布 公布 公示 公开 反馈 回复 "
		"答复 告知 研究 考虑 召开 举办 进行 进入 正式 开工 动工 施工 "
		"开通 开放 竣工 落实 履行 巩固 规范 加密 加装 安装 设置 设立 "
		"更换 维修 修复 修建 改造 支付 发放 拨付 退还 支持 协助 帮助 "
		"严禁 杜绝 继 最大 力 用 利用 借助 牵头 会同 参照 遵照 始终 "
		"时刻 专门 专项 争取 力争 尽职 邀"},
	{CUE_WILL, "会",
		"要求 陆续 分批 组织 第一 尽快 尽力 及时 将 按照 依法 继续 进一步 "
		"积极 努力 认真 予以 给予 协助 再 第一时间 督促 加强 加大 "
		"安排 持续 不断 逐步 全力 严格 向您 给您 向有关 对您 与您 "
		"结合 视 在 给业主 立刻 马上 当天 当日 当场 定期 派员 派人"},
	{CUE_PLAN, "后续", "将 会 还将 还会 我局 我们 将会"},
	{CUE_PLAN, "一定",
		"把 将 让 给 兑付 兑现 办好 修好 解决 完成 落实 做到 按时 按期 如期 整改 查处 处理 "
		"认真 抓紧 全力 积极"},
	{CUE_WILL, "", "即将在 一定会 也会积极 定会 都会积极 即将于"},
	{CUE_PLAN, "拟",
		"将在 在 于 将 对 采用 采取 计划 定于 启动 建 由 按 安排 组织 "
		"投资 新建 增设 近期 年内"},
	{CUE_PLAN, "计划", "于 在 年内 今年 明年 近期"},
	{CUE_PLAN, "争取", "早日 在 于 尽快 尽早 今年 明年 年内 年底"},
	{CUE_PLAN, "保证", "以后 今后 在 不再 第一时间 尽快"},
	{CUE_PLAN, "确保", "在 于 年底 今年 年内"},
	{CUE_PLAN, "",
		"我们再 我局再 我办再 我镇再 力争 承诺 承诺在 承诺于 表态将 表态尽快 表态会 "
		"表态在 表示将 并保证 负责在 负责于 我们要 我局要 我镇要 "
		"我委要 我办要 我中心要 我校要 我院要 我们会 我司会 我局会 "
		"我委会 我校会 我院会 我办会 我中心会 我部会 我队会 我站会 "
		"绝不 决不 即日起 争取用 争取让 争取把 一查到底 严惩不贷 一定第一时间 一定尽快 "
		"一定及时 "
		"一定严格 一定认真 一定依法 已计划将 已计划在 已计划于 "
		"我镇会 我们也会 我们都会 正式启动后 同意尽快 答应 允诺"},
	{CUE_JIANG, "", "将"},
	{CUE_SHALL, "", "会 即将"},
	{CUE_EXPECT, "",
		"最迟 最晚 至迟 不迟于 不晚于 预计 估计 预期 计划 决定 争取 保证 确保 拟 有望 "
		"定于 "
		"暂定"},
	{CUE_ABLE, "",
		"可正式 可以正式 可投入 可全部 可完工 可完成 可开工 "
		"可以开工 能开工 可建成 可交付 可通车 即可投入 可启动 "
		"可以投入 就能 便可 即可进行 可基本 能完成 能投入 负责"},
	{CUE_FINISH, "",
		"完成 完毕 到位 竣工 完工 建成 付清 结清 办结 修复 交付 开通 通车 "
		"投入使用 投用 完成后续 完成后期 出具 办好 修好 换好 建好 装好 补齐 兑付 兑现 "
		"一律拆除 一律取缔 一律清退 全部拆除 全部清理 全部更换"},
	{CUE_ACT, "",
		"拆除 拆完 清走 清完 清运 恢复 上线 启动 开工 动工 施划 退还 退回 返还 发放 拨付 "
		"移交 安装 更换 清理 实现 投运 开园 落成 通水 通气 通电 送电 复工 搬迁 解决 "
		"封顶 开业 开馆 营业 合龙 贯通 投产 供暖 供气 通航 公布 公示 招生 铺完 建完 装完 "
		"修完 换完 搬完 办完 清淤 开始施工 开始安装 开始建设 开始改造 开始维修 开始修复 "
		"开始办理 开始发放 开始整治 "
		"进场 出具 派员 派人 上门 回访 复查 复核 核查 检修 检测"},
	{CUE_REACH, "", "将达到 将达 将超过 将突破 将接近 将上升 将下降 达到"},
	{CUE_FRAME, "",
		"下一步 下步 下阶段 下一阶段 接下来 今后 以后 后续我 后期 "
		"下一步工作 下段工作 下步工作 届时"},
	{CUE_NOW, "", "正在 正抓紧 正加紧 正组织 正加快 尚在 抓紧办理 已进入 已开始 进入收尾"},
	{CUE_WAIT, "", "待"},
	{CUE_THEN, "",
		"再予以 再着手 再行 再向 再进行 再组织 再将 再报 立即 即可 "
		"马上 即会 便会 着手 予以 进行 启动 实施 组织 开工 动工 及时"},
	{CUE_SOON, "", "尽快 尽早 早日 及早"},
	{CUE_PAST, "",
		"已 已经 均已 了 曾 曾经 后来 业已 去年 此前 目前已 截至 "
		"截止 累计 以来 经查 近年来 至今"},
	{CUE_LAW, "",
		"应当 应在 应于 应由 应自 应按 应该 须 必须 不得 可以向 需在 "
		"需于 需要在 需要于 方可 之日起 是指 所称 规定： 可在 可于 逾期不 有权 "
		"依法承担 不超过"},
	{CUE_ORDER, "",
		"限其 限该 我们要求 我局要求 我镇要求 我委要求 我办要求 我校要求 我院要求 要求 "
		"责令 责成 "
		"督促 敦促 催促 约谈 通知 告知 提醒 指示"},
	{CUE_ASK, "",
		"盼 建议 请 请求 呼吁 希望 恳请 敬请 欢迎 感谢 祝 您可 你可 您可以 你可以 您需 "
		"您应"},
	{CUE_NOT, "",
		"均无 并无 不会 暂不 不予 暂无 没有 尚无 未列入 无法 暂未 "
		"暂时不 不再 并未 尚未 仍未 未能 没有承诺 未承诺 没有答应 未答应 不答应 不同意 "
		"未同意 能否 能不能 何时 什么时候"},
	{CUE_HARM, "", "造成 导致 致使"},
	{CUE_DROPPED, "",
		"多次承诺 一再承诺 屡次承诺 反复承诺 多次答应 当时 当初 原承诺 曾承诺 当初承诺 "
		"当时承诺 此前承诺 之前承诺 原计划 原拟 原定 "
		"原本计划 "
		"曾计划 原打算"},
};

struct word {
	const struct word *next; /* shorter ones, by their first character's bucket */
	size_t n;
	enum promise_cue cue;
	uint32_t cp[WORD_MAX];
};

struct promise_words {
	struct arena *arena;
	struct word *bucket[BUCKETS];
};

static void add_characters(struct word *w, struct str s)
{
	for (size_t i = 0, len; i < s.n && w->n < WORD_MAX; i += len)
		w->cp[w->n++] = utf8_decode(s.p + i, s.n - i, &len);
}

/* Kept longest first. */
static void insert(struct word **list, struct word *w)
{
	while (*list && (*list)->n >= w->n)
		list = (struct word **)&(*list)->next;
	w->next = *list;
	*list = w;
}

static void add_list(
	struct promise_words *t, enum promise_cue cue, const char *head, const char *words)
{
	struct str rest = str_of(words);

	while (rest.n) {
		struct str one = str_split(&rest, ' ');
		struct word *w = arena_alloc(t->arena, sizeof *w);
		if (!w)
			return;
		w->cue = cue;
		add_characters(w, str_of(head));
		add_characters(w, one);
		insert(&t->bucket[w->cp[0] % BUCKETS], w);
	}
}

struct promise_words *promise_words_new(void)
{
	struct promise_words *t = calloc(1, sizeof *t);

	if (t)
		t->arena = arena_new(MEMORY);
	for (size_t i = 0; t && t->arena && i < sizeof table / sizeof *table; i++)
		add_list(t, table[i].cue, table[i].head, table[i].words);
	if (t && t->arena && !arena_failed(t->arena))
		return t;
	promise_words_free(t);
	return NULL;
}

void promise_words_free(struct promise_words *w)
{
	if (!w)
		return;
	arena_free(w->arena);
	free(w);
}

size_t promise_words_at(const struct promise_words *t, const uint32_t *cp, size_t n, size_t i,
	enum promise_cue *cue)
{
	for (const struct word *w = t->bucket[cp[i] % BUCKETS]; w; w = w->next) {
		if (w->n > n - i || memcmp(w->cp, cp + i, w->n * sizeof *cp) != 0)
			continue;
		*cue = w->cue;
		return w->n;
	}
	return 0;
}
