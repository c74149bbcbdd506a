/*
 * Personal data in free text: what is hidden, what must stay, and that the result holds
 * nothing more to hide. The numbers are made up; their check digits are right.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/mask.h"
#include "base/utf8.h"

struct row {
	const char *in, *out;
};

static const struct row hidden[] = {
	/* identity numbers */
	{"身份证522601199001011232。", "身份证***。"},
	{"号码52260119900101123２", "号码***"},
	{"522601 19900101 1232", "***"},
	{"５２２６０１１９９００１０１１２３２", "***"},
	{"5 2 2 6 0 1 1 9 9 0 0 1 0 1 1 2 3 2", "***"},
	{"11010519491231002X本人", "***本人"},
	{"11010519491231002 x", "***"},
	{"11010519491231002Ｘ", "***"},
	{"5226\xE2\x80\x8B"
	 "01199001011232",
		"***"}, /* a zero-width space inside */
	{"旧证522601900101123", "旧证***"},
	{"身份证号：522601199001011230", "身份证号：***"}, /* mistyped, but said to be one */
	/* mobiles */
	{"请回电13812345678谢谢", "请回电***谢谢"},
	{"138 1234 5678", "***"},
	{"138-1234-5678", "***"},
	{"138.1234.5678", "***"},
	{"1 3 8 1 2 3 4 5 6 7 8", "***"},
	{"１３８１２３４５６７８", "***"},
	{"+8613812345678", "***"},
	{"+86 138 1234 5678", "***"},
	{"（+86）13812345678", "（***"},
	{"0086-13812345678", "***"},
	{"8613812345678", "***"},
	{"13812345678、13987654321", "***、***"},
	{"2021-06-25 13812345678", "2021-06-25 ***"},
	{"tel13812345678", "tel***"},
	{"13812345678 0855-8222333", "*** ***"},
	/* landlines */
	{"电话0855-8222333", "电话***"},
	{"(0855)8222333转8", "***转8"},
	{"（0855）8222333", "***"},
	{"010-62345678", "***"},
	{"0855 8222333 13812345678", "*** ***"},
	{"座机：8222333", "座机：***"},
	/* cards */
	{"卡号6222021234567890128", "卡号***"},
	{"6222 0212 3456 7890 128", "***"},
	{"4111111111111111", "***"},
	{"4111-1111-1111-1111", "***"},
	/* plates */
	{"贵H12345逆行", "***逆行"},
	{"贵H·12345", "***"},
	{"贵ＨD12345", "***"},
	{"贵H1234学", "***"},
	/* e-mail, accounts */
	{"发到zhang.san@example.com即可", "发到***即可"},
	{"ａｂｃ＠example.com", "***"},
	{"QQ：12345678", "QQ：***"},
	{"qq号是123456789", "qq号是***"},
	{"加微信 zhang_san88", "加微信 ***"},
	{"微信号:wxid_abc123", "微信号:***"},
	{"微信同号13812345678", "微信同号***"},
	/* passports, names */
	{"护照E12345678", "护照***"},
	{"联系人：张三，反映停水", "联系人：张某，反映停水"},
	{"姓名: 欧阳某某某", "姓名: 欧某某某某"},
	{"来电人：李小四反映某路积水", "来电人：李某某反映某路积水"},
};

static const char *const kept[] = {
	"统一社会信用代码91522601MA6DK1234X",
	"统一社会信用代码11522601009420123X",
	"拨打12345或12333、12315、110",
	"供电95598，400-820-8820",
	"工单20211123000123456789",
	"工单DH13812345678",
	"2021年6月25日 09:30，2021-06-25 09:30:00",
	"欠款13800000000元",
	"金额￥13812345678",
	"网址 https://www.example.gov.cn/t20211123_20933426.html",
	"0.13812345678",
	"522601199001011230", /* the check digit is wrong, and nothing says what it is */
	"999999199001011232", /* no such region */
	"522601199013011239", /* no such month */
	"4111111111111112", /* Luhn */
	"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
	"微信公众号：kaili_fabu123",
	"微信支付20000元",
	"用微信付了12345元",
	"联系人：张某",
	"联系人：张先生",
	"来电人反映某路积水",
	"凯里市龙场镇某村3组12号",
	"26.566712,107.981234",
	"来电20211123",
	"贵州省第3中学",
	"A12345",
	"护照办理",
	"E12345678",
	"",
};

static void mask(const char *in, struct buf *out, struct mask_counts *counts)
{
	buf_init(out, 1 << 20);
	mask_add(out, in, strlen(in), NULL, counts);
}

static void test_hidden(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
		struct buf b;
		struct mask_counts counts = {{0}};
		mask(hidden[i].in, &b, &counts);
		if (strcmp(buf_str(&b), hidden[i].out) != 0)
			fail_msg(
				"%s\n gave %s\n want %s", hidden[i].in, buf_str(&b), hidden[i].out);
		assert_true(mask_total(&counts) > 0);
		buf_fini(&b);
	}
}

static void test_kept(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		struct buf b;
		struct mask_counts counts = {{0}};
		mask(kept[i], &b, &counts);
		if (strcmp(buf_str(&b), kept[i]) != 0)
			fail_msg("%s\n gave %s", kept[i], buf_str(&b));
		assert_int_equal(mask_total(&counts), 0);
		buf_fini(&b);
	}
}

/* What was masked holds nothing to mask, also when the pieces stand side by side. */
static void test_stable(void **state)
{
	const size_t n = sizeof hidden / sizeof *hidden;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++) {
			struct buf in, once, twice;
			struct mask_counts again = {{0}};
			buf_init(&in, 4096);
			buf_addf(&in, "%s。%s", hidden[i].in, hidden[k].in);
			mask(buf_str(&in), &once, NULL);
			mask(buf_str(&once), &twice, &again);
			assert_string_equal(buf_str(&once), buf_str(&twice));
			assert_int_equal(mask_total(&again), 0);
			buf_fini(&in);
			buf_fini(&once);
			buf_fini(&twice);
		}
	}
}

static void test_counts(void **state)
{
	struct mask_counts c = {{0}};
	struct buf b;

	(void)state;
	mask("手机13812345678，邮箱a1@example.com，车贵H12345", &b, &c);
	assert_int_equal(c.of[MASK_MOBILE], 1);
	assert_int_equal(c.of[MASK_EMAIL], 1);
	assert_int_equal(c.of[MASK_PLATE], 1);
	assert_int_equal(mask_total(&c), 3);
	assert_string_equal(mask_kind_name(MASK_MOBILE), "mobile");
	assert_string_equal(mask_kind_name(MASK_KINDS), "?");
	buf_fini(&b);
}

static void test_keep(void **state)
{
	static const char *const numbers[] = {"0855-8222333"};
	const struct mask_keep keep = {numbers, 1};
	const char *in = "值班电话(0855)8222333，手机13812345678，0855-8222334";
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	mask_add(&b, in, strlen(in), &keep, NULL);
	assert_string_equal(buf_str(&b), "值班电话(0855)8222333，手机***，***");
	buf_fini(&b);
}

static void test_identity(void **state)
{
	(void)state;
	assert_true(mask_is_identity("522601199001011232", 18));
	assert_false(mask_is_identity("522601199001011238", 18));
	assert_true(mask_is_identity("522601900101123", 15));
	assert_false(mask_is_identity("522601900231123", 15));
	assert_false(mask_is_identity("52260119900101", 14));
}

/* Long runs of digits, letters, blanks: linear, valid, never longer than the input. */
static void test_long(void **state)
{
	static const char *const units[] = {
		"1", "1 ", "a", "a@", "微信", "0", "(", "贵A", "身份证1", "1.", "+86"};
	static char text[400000];

	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct buf b;
		size_t n = 0, step = strlen(units[i]);
		for (; n + step < sizeof text; n += step)
			memcpy(text + n, units[i], step);
		buf_init(&b, sizeof text * 2);
		mask_add(&b, text, n, NULL, NULL);
		assert_int_equal(b.fault, ERR_OK);
		assert_true(utf8_is_valid(buf_str(&b), b.len));
		buf_fini(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_stable),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_keep),
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
