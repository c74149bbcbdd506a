/*
 * mask_word.c - what belongs to a person and is no plain number: e-mail, number plate,
 * QQ and WeChat ids, passport, a name behind its label.
 */
#include <string.h>

#include "base/mask_private.h"
#include "base/utf8.h"

static bool is_mail_char(uint32_t cp)
{
	return mask_is_alnum(cp) || cp == '.' || cp == '_' || cp == '-' || cp == '+' || cp == '%';
}

bool mask_email(const struct mask_text *t, size_t i, struct mask_span *out)
{
	size_t at = i, end, dot = 0;

	if (!is_mail_char(mask_at(t, i)) || (i && is_mail_char(mask_at(t, i - 1))))
		return false;
	while (is_mail_char(mask_at(t, at)))
		at++;
	if (mask_at(t, at) != '@')
		return false;
	for (end = at + 1;
		mask_is_alnum(mask_at(t, end)) || mask_at(t, end) == '.' || mask_at(t, end) == '-';
		end++)
		if (mask_at(t, end) == '.' && mask_is_alpha(mask_at(t, end + 1)))
			dot = end;
	while (end > at && !mask_is_alnum(mask_at(t, end - 1)))
		end--;
	*out = (struct mask_span){i, end};
	return dot > at + 1 && dot < end;
}

/* --- number plates, GA 36 --- */

static bool is_province(uint32_t cp)
{
	static const char all[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
	size_t len;

	for (size_t i = 0; cp > 0x7F && i < sizeof all - 1; i += len)
		if (utf8_decode(all + i, sizeof all - 1 - i, &len) == cp)
			return true;
	return false;
}

static bool is_plate_end(uint32_t cp)
{
	static const char *const marks[] = {"挂", "学", "警", "港", "澳", NULL};
	const struct mask_char c = {cp, 0};
	const struct mask_text one = {&c, 1, NULL};

	return mask_word_at(&one, 0, marks) > 0;
}

bool mask_plate(const struct mask_text *t, size_t i, struct mask_span *out)
{
	size_t at = i + 2, n = 0, digits = 0;

	if (!is_province(mask_at(t, i)) || !mask_is_alpha(mask_at(t, i + 1)))
		return false;
	while (at < i + 4 && (mask_at(t, at) == ' ' || mask_at(t, at) == '-' ||
				     mask_at(t, at) == 0x00B7 || mask_at(t, at) == 0x2022 ||
				     mask_at(t, at) == 0x30FB || mask_at(t, at) == '.'))
		at++;
	for (; mask_is_alnum(mask_at(t, at + n)); n++)
		digits += mask_is_digit(mask_at(t, at + n));
	if (n == 4 && is_plate_end(mask_at(t, at + n)))
		n++;
	*out = (struct mask_span){i, at + n};
	return digits >= 2 && (n == 5 || n == 6);
}

/* --- QQ, WeChat --- */

static const char *const account_words[] = {"qq", "扣扣", "企鹅号", "微信号", "微信", "薇信",
	"微 信", "v信", "wechat", "weixin", "wx", "vx", "抖音号", "快手号", NULL};
/* Channels of offices are public; money that goes through WeChat is no id. */
static const char *const public_words[] = {"公众", "小程序", "视频号", "支付", NULL};

/* "号：", "是", "帐号 " …: between the word and the id. */
static size_t skip_connectors(const struct mask_text *t, size_t i)
{
	static const char *const words[] = {"同号", "帐号", "账号", "号码", "群号", "号", "群",
		"为", "是", "加", "id", ":", "(", ",", "，", "、", " ", "=", NULL};

	for (size_t k = 0; k < 5; k++) {
		size_t n = mask_word_at(t, i, words);
		if (!n)
			break;
		i += n;
	}
	return i;
}

static bool is_account_char(uint32_t cp)
{
	return mask_is_alnum(cp) || cp == '_' || cp == '-';
}

bool mask_account(const struct mask_text *t, size_t i, struct mask_span *out)
{
	static const char *const money[] = {"元", "万", "亿", "年", "人", "块", NULL};
	size_t n = mask_word_at(t, i, account_words), from, to, digits = 0;

	if (!n || (mask_is_alpha(mask_at(t, i)) && i && mask_is_alnum(mask_at(t, i - 1))) ||
		mask_word_at(t, i + n, public_words))
		return false;
	from = skip_connectors(t, i + n);
	/* "wxid": a letter goes on where the word ended. */
	if (from == i + n && mask_is_alpha(mask_at(t, i + n - 1)) &&
		mask_is_alpha(mask_at(t, from)))
		return false;
	for (to = from; is_account_char(mask_at(t, to)); to++)
		digits += mask_is_digit(mask_at(t, to));
	*out = (struct mask_span){from, to};
	if (digits == to - from)
		return digits >= 5 && digits <= 12 && !mask_word_at(t, to, money);
	return to - from >= 6 && to - from <= 32 && mask_at(t, to) != '.' &&
	       (digits > 0 || from > i + n);
}

/* --- passports --- */

bool mask_passport(const struct mask_text *t, size_t i, struct mask_span *out)
{
	static const char *const words[] = {"护照", "通行证", "回乡证", "passport", NULL};
	size_t n = 0, digits = 0;

	if (!mask_is_alpha(mask_at(t, i)) || (i && mask_is_alnum(mask_at(t, i - 1))))
		return false;
	for (; mask_is_alnum(mask_at(t, i + n)); n++)
		digits += mask_is_digit(mask_at(t, i + n));
	*out = (struct mask_span){i, i + n};
	return n >= 8 && n <= 11 && n - digits <= 2 && mask_follows(t, i, 6, words);
}

/* --- names --- */

static const char *const name_words[] = {"姓名", "联系人", "来电人", "反映人", "投诉人", "诉求人",
	"举报人", "申请人", "当事人", "来信人", "户主", NULL};

/* How many Han characters stand at i, at most 5. */
static size_t count_han(const struct mask_text *t, size_t i)
{
	size_t n = 0;

	while (n < 5 && utf8_is_han(mask_at(t, i + n)))
		n++;
	return n;
}

bool mask_name(const struct mask_text *t, size_t i, struct mask_span *out)
{
	/* 张某 and 张先生 say no more than they may; a verb ends a name. */
	static const char *const titles[] = {"先生", "女士", "某", NULL};
	static const char *const verbs[] = {
		"反映", "来电", "投诉", "举报", "咨询", "求助", "表示", "称", "电话", "手机", NULL};
	size_t n = mask_word_at(t, i, name_words), at = i + n, han;

	if (!n || mask_at(t, at) != ':')
		return false;
	for (at++; mask_at(t, at) == ' '; at++)
		;
	han = count_han(t, at);
	for (size_t k = 1; k < han; k++) {
		if (mask_word_at(t, at + k, titles) || (k > 1 && mask_word_at(t, at + k, verbs)))
			han = k;
	}
	*out = (struct mask_span){at, at + han};
	return han >= 2 && han <= 4;
}
