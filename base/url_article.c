/*
 * url_article.c - what in an address does not belong to the article.
 */
#include "base/url_article.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/url.h"

enum rule {
	NAME, /* the parameter has this name */
	PREFIX, /* its name begins so */
	VALUE, /* it has this name and this value */
	HOST, /* it has this name at this host, where others select content with it */
};

/* Sorted by who sets them. Names of parameters that select content somewhere (id, page,
 * source, channel, from with other values) must not stand here. */
static const struct {
	enum rule rule;
	const char *name, *value;
} tracking[] = {
	/* campaigns */
	{PREFIX, "utm_", NULL},
	{PREFIX, "mtm_", NULL},
	{PREFIX, "pk_", NULL},
	{PREFIX, "piwik_", NULL},
	{PREFIX, "matomo_", NULL},
	{PREFIX, "at_campaign", NULL},
	{PREFIX, "at_medium", NULL},
	{PREFIX, "hsa_", NULL},
	{PREFIX, "oly_", NULL},
	{PREFIX, "vero_", NULL},
	{PREFIX, "ga_", NULL},
	{NAME, "xtor", NULL},
	{NAME, "cmpid", NULL},
	{NAME, "ncid", NULL},
	{NAME, "_ga", NULL},
	{NAME, "_gl", NULL},
	{NAME, "gclid", NULL},
	{NAME, "gclsrc", NULL},
	{NAME, "dclid", NULL},
	{NAME, "gbraid", NULL},
	{NAME, "wbraid", NULL},
	{NAME, "srsltid", NULL},
	{NAME, "fbclid", NULL},
	{NAME, "msclkid", NULL},
	{NAME, "yclid", NULL},
	{NAME, "ysclid", NULL},
	{NAME, "twclid", NULL},
	{NAME, "ttclid", NULL},
	{NAME, "igshid", NULL},
	{NAME, "igsh", NULL},
	{NAME, "mc_cid", NULL},
	{NAME, "mc_eid", NULL},
	{NAME, "mkt_tok", NULL},
	{NAME, "_hsenc", NULL},
	{NAME, "_hsmi", NULL},
	{NAME, "__hssc", NULL},
	{NAME, "__hstc", NULL},
	{NAME, "hsCtaTracking", NULL},
	{NAME, "ref_src", NULL},
	{NAME, "ref_url", NULL},
	{NAME, "wprov", NULL},
	{NAME, "__twitter_impression", NULL},
	/* Chinese platforms */
	{PREFIX, "share_", NULL},
	{PREFIX, "spm", NULL},
	{NAME, "scm", NULL},
	{NAME, "pvid", NULL},
	{NAME, "hmsr", NULL},
	{NAME, "hmpl", NULL},
	{NAME, "hmcu", NULL},
	{NAME, "hmkw", NULL},
	{NAME, "hmci", NULL},
	{NAME, "bd_vid", NULL},
	{VALUE, "wfr", "spider"},
	{NAME, "sudaref", NULL},
	{NAME, "ADTAG", NULL},
	{NAME, "tdsourcetag", NULL},
	{NAME, "ptlang", NULL},
	{NAME, "ivk_sa", NULL},
	{NAME, "isappinstalled", NULL},
	{NAME, "nsukey", NULL},
	{NAME, "from_source", NULL},
	{NAME, "vd_source", NULL},
	{NAME, "unique_k", NULL},
	{NAME, "is_from_webapp", NULL},
	{NAME, "sender_device", NULL},
	{NAME, "weibo_id", NULL},
	{NAME, "tt_from", NULL},
	{NAME, "tt_medium", NULL},
	{NAME, "tt_campaign", NULL},
	{NAME, "toutiao_share", NULL},
	{NAME, "clicktime", NULL},
	{NAME, "enterid", NULL},
	{VALUE, "for", "pc"},
	{VALUE, "from", "timeline"},
	{VALUE, "from", "singlemessage"},
	{VALUE, "from", "groupmessage"},
	{VALUE, "from", "message"},
	{VALUE, "from", "search"},
	{VALUE, "from", "share"},
	{VALUE, "from", "wechat"},
	{VALUE, "from", "weibo"},
	{VALUE, "from", "qq"},
	{VALUE, "source", "rss"},
	{VALUE, "ref", "rss"},
	{VALUE, "from", "rss"},
	/* an article there is __biz, mid, idx and sn; the rest says who shared it how */
	{HOST, "chksm", "mp.weixin.qq.com"},
	{HOST, "scene", "mp.weixin.qq.com"},
	{HOST, "subscene", "mp.weixin.qq.com"},
	{HOST, "ascene", "mp.weixin.qq.com"},
	{HOST, "mpshare", "mp.weixin.qq.com"},
	{HOST, "srcid", "mp.weixin.qq.com"},
	{HOST, "sharer_sharetime", "mp.weixin.qq.com"},
	{HOST, "sharer_shareid", "mp.weixin.qq.com"},
	{HOST, "sharer_shareinfo", "mp.weixin.qq.com"},
	{HOST, "sharer_shareinfo_first", "mp.weixin.qq.com"},
	{HOST, "devicetype", "mp.weixin.qq.com"},
	{HOST, "version", "mp.weixin.qq.com"},
	{HOST, "nettype", "mp.weixin.qq.com"},
	{HOST, "lang", "mp.weixin.qq.com"},
	{HOST, "exportkey", "mp.weixin.qq.com"},
	{HOST, "pass_ticket", "mp.weixin.qq.com"},
	{HOST, "wx_header", "mp.weixin.qq.com"},
	{HOST, "sessionid", "mp.weixin.qq.com"},
	{HOST, "key", "mp.weixin.qq.com"},
	{HOST, "uin", "mp.weixin.qq.com"},
	{HOST, "from", "mp.weixin.qq.com"},
	{HOST, "poc_token", "mp.weixin.qq.com"},
	/* sessions */
	{NAME, "jsessionid", NULL},
	{NAME, "phpsessid", NULL},
	{PREFIX, "aspsessionid", NULL},
};

static const char *const mobile[] = {"m.", "wap.", "3g.", "mobile.", NULL};

static bool has_prefix_nocase(struct str s, const char *prefix)
{
	return str_is_nocase(str_sub(s, 0, strlen(prefix)), prefix);
}

static bool is_tracking(struct str host, struct str name, struct str value)
{
	for (size_t i = 0; i < sizeof tracking / sizeof *tracking; i++) {
		switch (tracking[i].rule) {
		case NAME:
			if (str_is_nocase(name, tracking[i].name))
				return true;
			break;
		case PREFIX:
			if (has_prefix_nocase(name, tracking[i].name))
				return true;
			break;
		case VALUE:
			if (str_is_nocase(name, tracking[i].name) &&
				str_is(value, tracking[i].value))
				return true;
			break;
		case HOST:
			if (str_is_nocase(name, tracking[i].name) &&
				str_is(host, tracking[i].value))
				return true;
			break;
		}
	}
	return false;
}

/* The parameters that stay, with "?" before the first. */
static void add_query(struct buf *out, struct str host, struct str query)
{
	bool any = false;

	while (query.p && query.n) {
		struct str part = str_split(&query, '&');
		size_t equals = str_find(part, "=", 0);
		struct str name = str_sub(part, 0, equals);
		if (is_tracking(host, name, str_sub(part, equals + 1, part.n)))
			continue;
		buf_add_char(out, any ? '&' : '?');
		buf_add(out, part.p, part.n);
		any = true;
	}
}

/* ";jsessionid=…" within a path. */
static void add_path(struct buf *out, struct str path)
{
	for (size_t i = 0; i < path.n;) {
		if (has_prefix_nocase(str_sub(path, i, path.n), ";jsessionid=")) {
			while (i < path.n && path.p[i] != '/')
				i++;
			continue;
		}
		buf_add_char(out, path.p[i++]);
	}
}

/* "m.example.gov.cn" and "wap.example.gov.cn" are "www.example.gov.cn". A host needs two
 * labels behind the prefix: m.cn is a site of its own. */
static void add_host(struct buf *out, struct str host)
{
	for (size_t i = 0; mobile[i]; i++) {
		struct str rest = str_sub(host, strlen(mobile[i]), host.n);
		if (!str_has_prefix(host, mobile[i]) || str_find(rest, ".", 0) >= rest.n)
			continue;
		buf_add_str(out, "www.");
		host = rest;
		break;
	}
	buf_add(out, host.p, host.n);
}

/* "/news/1" of "…#/news/1", "!news/1" of "…#!news/1"; else nothing: it is a place in the page. */
static struct str program_fragment(struct str url)
{
	struct str f = str_sub(url, str_find(url, "#", 0) + 1, url.n);

	return f.n > 1 && (f.p[0] == '/' || f.p[0] == '!') ? f : (struct str){NULL, 0};
}

static void add_fragment(struct buf *out, struct str host, struct str fragment)
{
	size_t query = str_find(fragment, "?", 0);

	if (!fragment.n)
		return;
	buf_add_char(out, '#');
	buf_add(out, fragment.p, query);
	add_query(out, host, str_sub(fragment, query + 1, fragment.n));
}

enum err_code url_article(const char *url, const char *base, char **out, struct err *e)
{
	struct buf b;
	char *canonical = NULL;
	enum err_code rc = url_canonical(url, base, &canonical, e);

	*out = NULL;
	if (rc)
		return rc;
	buf_init(&b, URL_MAX * 2);
	struct str s = str_of(canonical);
	size_t host = str_find(s, "://", 0) + 3, path = str_find(s, "/", host);
	size_t query = str_find(s, "?", path);
	buf_add(&b, s.p, host);
	add_host(&b, str_sub(s, host, path));
	add_path(&b, str_sub(s, path, query));
	add_query(&b, str_sub(s, host, path), str_sub(s, query + 1, s.n));
	add_fragment(&b, str_sub(s, host, path), program_fragment(str_of(url)));
	rc = buf_check(&b, N_("a URL"), e);
	if (!rc && (*out = buf_detach(&b)) == NULL)
		rc = err_nomem(e);
	buf_fini(&b);
	free(canonical);
	return rc;
}

bool url_article_is_programs(const char *url)
{
	return program_fragment(str_of(url)).n > 0;
}

bool url_article_is_front(const char *url)
{
	struct str raw = str_of(url);
	size_t path = str_find(raw, "://", 0) + 3;
	char *article = NULL;
	bool is_front = false;

	while (path < raw.n && !strchr("/?#", raw.p[path]))
		path++;
	if (path + 1 < raw.n && raw.p[path] == '/' && !strchr("?#", raw.p[path + 1]))
		return false; /* nearly every address */
	if (url_article(url, NULL, &article, NULL) == ERR_OK) {
		struct str s = str_of(article);
		is_front = str_find(s, "/", str_find(s, "://", 0) + 3) + 1 == s.n;
	}
	free(article);
	return is_front;
}

enum err_code url_add_article_key(struct buf *out, const char *url, struct err *e)
{
	char *article = NULL;
	enum err_code rc = url_article(url, NULL, &article, e);

	if (!rc) {
		struct str s = str_of(strstr(article, "://") + 3);
		if (str_has_prefix(s, "www."))
			s = str_sub(s, 4, s.n);
		buf_add(out, s.p, s.n);
	}
	free(article);
	return rc;
}
