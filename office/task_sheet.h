/*
 * task_sheet.h - the table of a yearly plan's tasks (责任分解表) as rows.
 *
 * The head is found below title rows by its words: 序号 (编号, 项号), 任务 (内容, 工作任务),
 * 牵头单位, 责任单位 (协办单位, 配合单位), 类型, 时限 (完成时限), 周期, 触发 (触发条件), 备注.
 * Needed are 序号, 任务 and 牵头单位. Columns about persons are never taken in.
 *
 *   类型    一次性 持续 定期 触发 (once continuous recurring triggered); empty: 触发 when it
 *           says what sets it off, 定期 when it has a period, else 一次性
 *   时限    a date (2021-09-30, 2021年9月底前), or a limit (3个工作日) that runs from the trigger
 *           or the end of the period; empty: none
 *   周期    月 季度 半年 年; empty for 持续: 季度
 */
#ifndef OFFICE_TASK_SHEET_H
#define OFFICE_TASK_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/err.h"
#include "base/mask.h"
#include "crawler/table.h"
#include "office/namelist.h"

enum task_column {
	TASK_ITEM,
	TASK_WORDS,
	TASK_LEAD,
	TASK_CO,
	TASK_KIND,
	TASK_DUE,
	TASK_PERIOD,
	TASK_TRIGGER,
	TASK_NOTE,
	TASK_COLUMNS_COUNT
};

struct task_sheet {
	size_t head; /* index of the head among the rows */
	int column[TASK_COLUMNS_COUNT]; /* -1: none */
	const char *title; /* the rows above the head, joined; "" */
};

struct task_row {
	size_t row; /* as a spreadsheet program counts */
	const char *item, *words, *trigger, *note; /* masked; "" none */
	const char *kind, *period; /* the words of events; period "" none */
	const char *due_date; /* "" none */
	struct calendar_limit limit; /* amount 0: none */
	struct namelist leads, cos;
	const char *undated; /* what stands under 时限 and is no date, "" none */
};

/* "item", "words" … */
const char *task_sheet_field(enum task_column c);
/* ERR_INPUT: no head that has what is needed. */
enum err_code task_sheet_find(
	const struct table_sheet *sheet, struct arena *a, struct task_sheet *out, struct err *e);
/* Dates are reckoned from `made`, a day since 1970-01-01. Counts what was masked. *why, in the
 * arena, when the row cannot be taken, else NULL. ERR_NOMEM and ERR_LIMIT alone are errors. */
enum err_code task_sheet_read(const struct task_sheet *s, const struct table_row *row, int64_t made,
	struct arena *a, struct mask_counts *masked, struct task_row *out, const char **why,
	struct err *e);

#endif
