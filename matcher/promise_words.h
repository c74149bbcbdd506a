/*
 * promise_words.h - the words by which a clause promises, reports, prescribes or asks;
 * inside matcher/promise*.c only. The table is in promise_words.c.
 */
#ifndef MATCHER_PROMISE_WORDS_H
#define MATCHER_PROMISE_WORDS_H

#include <stddef.h>
#include <stdint.h>

enum promise_cue {
	CUE_NONE, /* looks like one of the others and is none: 现将, 计划生育 */
	CUE_WILL, /* something will be done: 将于, 会尽快 */
	CUE_PLAN, /* so too, by who says it: 拟在, 力争, 承诺 */
	CUE_JIANG, /* 将 with nothing that tells whether it means "will" or "take" */
	CUE_SHALL, /* 会: will, right behind a time */
	CUE_EXPECT, /* will, if the clause names a time: 预计, 计划 */
	CUE_ABLE, /* so too: 可投入使用 */
	CUE_FINISH, /* 修复: will be, by a limit that is yet to come */
	CUE_ACT, /* 拆除: so too, by a day of the calendar */
	CUE_REACH, /* 将达到45%: a forecast, but an aim where a limit yet to come leads it */
	CUE_FRAME, /* speaks of what is to come: 下一步, 今后 */
	CUE_NOW, /* 正在: is under way, so that a date behind it is to come */
	CUE_WAIT, /* 待 … 后 */
	CUE_THEN, /* what is done after it: 再, 立即 */
	CUE_SOON, /* 尽快: will, where nobody else is asked to */
	CUE_PAST, /* 已, 了 */
	CUE_LAW, /* 应当, 须, 之日起 */
	CUE_MAY, /* 可于: law, but for what will be (可于12月领到) */
	CUE_SAYS, /* 答复: what they will do, if a time follows */
	CUE_ASK, /* somebody else is to do it: 请, 建议, 希望 */
	CUE_URGE, /* 强调: a leader says what should be */
	CUE_ORDER, /* likewise, by our order: 要求, 督促 */
	CUE_NOT, /* 不会, 暂无 */
	CUE_HARM, /* 造成: 将 tells of an effect, not of an act */
	CUE_DROPPED, /* 原计划 */
	CUES
};

struct promise_words; /* immutable */

struct promise_words *promise_words_new(void); /* NULL: no memory */
void promise_words_free(struct promise_words *w);
/* The longest word that cp[i …] begins with: its length, 0 when there is none. */
size_t promise_words_at(const struct promise_words *w, const uint32_t *cp, size_t n, size_t i,
	enum promise_cue *cue);

#endif
