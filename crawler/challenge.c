/*
 * challenge.c - walls in front of pages: their makers' marks, their words.
 */
#include "crawler/challenge.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "crawler/charset.h"
#include "crawler/page.h"

#define HEAD_BYTES 2048 /* in which a document says what it is */
#define SHOWN_NOTHING 30 /* characters of a page that shows nothing */

/* In the text as it stands, without regard to ASCII case. */
static const struct {
	const char *mark, *maker;
} makers[] = {
	{"_cf_chl_opt", "Cloudflare"},
	{"/cdn-cgi/challenge-platform/", "Cloudflare"},
	{"cf-browser-verification", "Cloudflare"},
	{"$_ts", "瑞数"},
	{"acw_sc__v2", "阿里云 WAF"},
	{"aliyun_waf", "阿里云 WAF"},
	{"errors.aliyun.com", "阿里云 WAF"},
	{"awsc.use", "阿里云验证"},
	{"__jsl_clearance", "知道创宇加速乐"},
	{"jiasule", "知道创宇加速乐"},
	{"yunaq.com", "知道创宇"},
	{"wzws-waf-cgi", "奇安信网站卫士"},
	{"wzwschallenge", "奇安信网站卫士"},
	{"safedog", "安全狗"},
	{"yunsuo", "云锁"},
	{"safeline", "长亭雷池"},
	{"hwwafses", "华为云 WAF"},
	{"waf.tencent", "腾讯云 WAF"},
	{"tcaptcha", "腾讯验证码"},
	{"captcha.qcloud.com", "腾讯验证码"},
	{"yunjiasu", "百度云加速"},
	{"initgeetest", "极验"},
	{"static.geetest.com", "极验"},
	{"initnecaptcha", "网易易盾"},
	{"/tspd/", "F5"},
	{"_incapsula_resource", "Imperva"},
	{"awswafintegration", "AWS WAF"},
	{"/_sec/cp_challenge", "Akamai"},
	{"ddos-guard", "DDoS-Guard"},
	{"sucuri_cloudproxy", "Sucuri"},
	{"captcha-delivery.com", "DataDome"},
	{"px-captcha", "PerimeterX"},
	{"anubis_challenge", "Anubis"},
	{"hcaptcha.com", "hCaptcha"},
	{"g-recaptcha", "reCAPTCHA"},
};

/* Compared without white space and in lower case. */
static const char *const words[] = {
	"请开启javascript",
	"请启用javascript",
	"请打开javascript",
	"开启浏览器的javascript",
	"启用浏览器的javascript",
	"浏览器不支持javascript",
	"enablejavascript",
	"requiresjavascript",
	"验证码",
	"滑块",
	"滑动验证",
	"安全验证",
	"人机验证",
	"访问验证",
	"安全检查",
	"访问过于频繁",
	"请求过于频繁",
	"访问频率",
	"被拦截",
	"网站防火墙",
	"应用防火墙",
	"访问被拒绝",
	"访问异常",
	"checkingyourbrowser",
	"justamoment",
	"verifyyouarehuman",
	"unusualtraffic",
	"accessdenied",
	"requestblocked",
};

static bool has_nocase(struct str s, const char *lower)
{
	size_t n = strlen(lower);

	for (size_t i = 0; i + n <= s.n; i++) {
		size_t k = 0;
		while (k < n && str_lower(s.p[i + k]) == lower[k])
			k++;
		if (k == n)
			return true;
	}
	return false;
}

static bool is_page(struct str raw)
{
	static const char *const others[] = {
		"<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex", "<opml", "<channel"};
	static const char *const page[] = {"<html", "<script", "<body", "<head", "<meta"};
	struct str head = str_trim(str_sub(raw, 0, HEAD_BYTES));

	if (str_has_prefix(head, "\xef\xbb\xbf"))
		head = str_trim(str_sub(head, 3, head.n));
	if (!str_has_prefix(head, "<"))
		return false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (has_nocase(head, others[i]))
			return false;
	for (size_t i = 0; i < sizeof page / sizeof *page; i++)
		if (has_nocase(head, page[i]))
			return true;
	return false;
}

struct measure {
	int chars, links, scripts;
};

static struct measure measure(const struct page *p)
{
	struct measure m = {0, 0, 0};

	for (int i = 0; i < page_count(p); i++) {
		const struct page_node *n = page_node(p, i);
		if (n->parent < 0)
			m.chars += n->chars;
		m.links += n->tag == PAGE_A && page_attr(p, i, "href");
		m.scripts += n->tag == PAGE_SCRIPT;
	}
	return m;
}

static const char *find_maker(struct str text)
{
	for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
		if (has_nocase(text, makers[i].mark))
			return makers[i].maker;
	return NULL;
}

/* The whole text and not only what is shown: such words stand in <noscript> too. */
static enum err_code find_words(struct str text, const char **out, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, text.n + 1);
	for (size_t i = 0; i < text.n; i++)
		if (!str_is_space((unsigned char)text.p[i]))
			buf_add_char(&b, str_lower(text.p[i]));
	rc = buf_check(&b, "page", e);
	for (size_t i = 0; !rc && !*out && i < sizeof words / sizeof *words; i++)
		if (strstr(buf_str(&b), words[i]))
			*out = words[i];
	buf_fini(&b);
	return rc;
}

static enum err_code judge(
	struct str text, const struct measure *m, struct challenge *out, struct err *e)
{
	enum err_code rc;

	if (m->chars > CHALLENGE_CHARS_MAX || m->links > CHALLENGE_LINKS_MAX)
		return ERR_OK;
	out->mark = find_maker(text);
	if (out->mark) {
		out->kind = CHALLENGE_MAKER;
		return ERR_OK;
	}
	rc = find_words(text, &out->mark, e);
	if (out->mark)
		out->kind = CHALLENGE_WORDS;
	else if (m->scripts && m->links == 0 && m->chars < SHOWN_NOTHING)
		out->kind = CHALLENGE_SCRIPT;
	return rc;
}

enum err_code challenge_find(const char *data, size_t n, const char *content_type,
	const char *charset, struct challenge *out, struct err *e)
{
	const struct charset_hints hints = {.override = charset, .content_type = content_type};
	struct charset_result found;
	struct page *page = NULL;
	struct buf text;
	enum err_code rc;

	memset(out, 0, sizeof *out);
	if (n > CHALLENGE_BYTES_MAX || !is_page((struct str){data, n}))
		return ERR_OK;
	buf_init(&text, CHALLENGE_BYTES_MAX * 4);
	rc = charset_to_utf8(data, n, &hints, &text, &found, e);
	if (!rc)
		rc = page_parse(buf_str(&text), text.len, &page, e);
	if (!rc) {
		struct measure m = measure(page);
		rc = judge((struct str){buf_str(&text), text.len}, &m, out, e);
	}
	page_free(page);
	buf_fini(&text);
	return rc == ERR_NOMEM ? rc : ERR_OK;
}
