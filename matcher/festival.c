/*
 * festival.c - the table of lunar dates, and the names.
 *
 * The lunar dates (and 清明, a solar term) were computed once from the new moons and the
 * sun's longitude by the rules of GB/T 33661-2017, for China's meridian of 120°E.
 */
#include "matcher/festival.h"

#include <string.h>

#include "base/time.h"

enum lunar { SPRING, CLEAR, DRAGON, AUTUMN, LUNAR_FEASTS };

/* Month * 100 + day of 春节, 清明, 端午 and 中秋, four years a line. */
static const uint16_t lunar[FESTIVAL_LAST - FESTIVAL_FIRST + 1][LUNAR_FEASTS] = {
	{205, 404, 606, 912}, {124, 405, 625, 1001}, {212, 405, 615, 921},
	{201, 405, 604, 911}, /* 2000 */
	{122, 404, 622, 928}, {209, 405, 611, 918}, {129, 405, 531, 1006},
	{218, 405, 619, 925}, /* 2004 */
	{207, 404, 608, 914}, {126, 404, 528, 1003}, {214, 405, 616, 922},
	{203, 405, 606, 912}, /* 2008 */
	{123, 404, 623, 930}, {210, 404, 612, 919}, {131, 405, 602, 908},
	{219, 405, 620, 927}, /* 2012 */
	{208, 404, 609, 915}, {128, 404, 530, 1004}, {216, 405, 618, 924},
	{205, 405, 607, 913}, /* 2016 */
	{125, 404, 625, 1001}, {212, 404, 614, 921}, {201, 405, 603, 910},
	{122, 405, 622, 929}, /* 2020 */
	{210, 404, 610, 917}, {129, 404, 531, 1006}, {217, 405, 619, 925},
	{206, 405, 609, 915}, /* 2024 */
	{126, 404, 528, 1003}, {213, 404, 616, 922}, {203, 405, 605, 912},
	{123, 405, 624, 1001}, /* 2028 */
	{211, 404, 612, 919}, {131, 404, 601, 908}, {219, 405, 620, 927},
	{208, 405, 610, 916}, /* 2032 */
	{128, 404, 530, 1004}, {215, 404, 618, 924}, {204, 405, 607, 913},
	{124, 405, 527, 1002}, /* 2036 */
	{212, 404, 614, 920}, {201, 404, 603, 910}, {122, 404, 622, 928},
	{210, 405, 611, 917}, /* 2040 */
	{130, 404, 531, 1005}, {217, 404, 619, 925}, {206, 404, 608, 915},
	{126, 405, 529, 1004}, /* 2044 */
	{214, 404, 615, 922}, {202, 404, 604, 911}, {123, 404, 623, 930},
	{211, 405, 613, 919}, /* 2048 */
	{201, 404, 601, 907}, {219, 404, 620, 926}, {208, 404, 610, 916},
	{128, 405, 530, 1005}, /* 2052 */
	{215, 404, 617, 924}, {204, 404, 606, 913}, {124, 404, 625, 1002},
	{212, 405, 614, 921}, /* 2056 */
	{202, 404, 603, 909}, /* 2060 */
};

static const struct {
	const char *name;
	int fixed; /* month * 100 + day; 0: lunar */
	enum lunar feast;
	int shift; /* days from the feast */
} feasts[] = {
	{"元旦", 101, SPRING, 0},
	{"除夕", 0, SPRING, -1},
	{"大年三十", 0, SPRING, -1},
	{"春节", 0, SPRING, 0},
	{"农历新年", 0, SPRING, 0},
	{"农历年", 0, SPRING, 0},
	{"过年", 0, SPRING, 0},
	{"元宵", 0, SPRING, 14},
	{"正月十五", 0, SPRING, 14},
	{"三八", 308, SPRING, 0},
	{"清明", 0, CLEAR, 0},
	{"五一", 501, SPRING, 0},
	{"劳动节", 501, SPRING, 0},
	{"五四", 504, SPRING, 0},
	{"端午", 0, DRAGON, 0},
	{"六一", 601, SPRING, 0},
	{"儿童节", 601, SPRING, 0},
	{"七一", 701, SPRING, 0},
	{"八一", 801, SPRING, 0},
	{"教师节", 910, SPRING, 0},
	{"中秋", 0, AUTUMN, 0},
	{"国庆", 1001, SPRING, 0},
	{"十一", 1001, SPRING, 0},
};

size_t festival_count(void)
{
	return sizeof feasts / sizeof *feasts;
}

const char *festival_name(size_t i)
{
	return feasts[i].name;
}

size_t festival_new_year(void)
{
	size_t i = 0;

	while (strcmp(feasts[i].name, "春节") != 0)
		i++;
	return i;
}

bool festival_day(size_t i, int year, int64_t *day)
{
	int date = feasts[i].fixed;

	if (!date && (year < FESTIVAL_FIRST || year > FESTIVAL_LAST))
		return false;
	if (!date)
		date = lunar[year - FESTIVAL_FIRST][feasts[i].feast];
	*day = time_days_from_civil(year, date / 100, date % 100) + feasts[i].shift;
	return true;
}
