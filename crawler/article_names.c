/*
 * article_names.c - what the names of elements say: authors of templates call alike what is
 * the article and what is not.
 *
 * A name is a word of `class` or the `id`. Words are looked for anywhere in it, since most
 * are written together: "newscontent", "shareBox".
 */
#include <string.h>

#include "crawler/article_private.h"

#define BUTTON_STOPS_MAX 4
#define LABEL_NODES_MAX 40 /* before the label of an answer */

static const char *const good_names[] = {"article", "content", "trs_editor", "zoom", "artibody",
	"endtext", "post_text", "detail", "news_txt", "newscon", "vsb_content", "main-text", "cont",
	"text", "wenzhang", "zhengwen", "maintext", "view", "entry", "paragraph", NULL};
static const char *const bad_names[] = {"comment", "cmt", "footer", "foot", "sidebar", "related",
	"relate", "recommend", "share", "copyright", "breadcrumb", "crumb", "nav", "menu",
	"hotnews", "hot-", "rank", "login", "search", "banner", "advert", "ad-", "ad_", "pinglun",
	"tuijian", "xiangguan", "qrcode", "ewm", "statement", "disclaimer", "reply", "tie-",
	"popup", "friend", "link-list", "linklist", "slide", "pages_print", "prevnext", "tags",
	"keyword", "author-card", "subscribe", "download", "app-", "toolbar", "fenxiang", "xgxw",
	"xgwz", "xgyd", "xgtj", "erweima", "evaluat", "pingjia", "signature", "mood", NULL};
/* The same, where the word is the whole name. */
static const char *const bad_words[] = {"sign", "ad", "ads", "adv", "gg", "fx", NULL};
/* Of bars of buttons; and of all that is printed with the button. */
static const char *const button_names[] = {"tool", "print", "weixin", NULL};

/* "回复内容" opens what an office answers, which is part of a letter's page. */
static bool is_answer_of_office(const struct page *p, int i)
{
	static const char *const opens[] = {"回复内容", "回复意见", "回复情况", "回复单位",
		"回复部门", "回复机构", "回复时间", "答复内容", "答复意见", "答复情况", "答复单位",
		"答复部门", "答复机构", "答复时间", "办理结果", "办理意见", "办理情况", "办理单位",
		"办理部门", "处理结果", "处理意见", "官方回复", NULL};

	for (int k = i + 1; k < page_node(p, i)->end && k - i < LABEL_NODES_MAX; k++)
		if (page_node(p, k)->tag == PAGE_TEXT && page_node(p, k)->chars)
			return article_begins_with(str_trim(page_node(p, k)->text), opens);
	return false;
}

/* Most of the page's text with a headline over it, as <article class="post commented">; what
 * readers say has smaller ones, if any. */
static bool is_whole_article(const struct page *p, int i)
{
	const struct page_node *node = page_node(p, i);
	int heading;

	if (node->stops * 2 <= page_node(p, 0)->stops)
		return false;
	heading = page_find(p, i, i, PAGE_HEADING);
	return heading > i && page_node(p, heading)->name[1] <= '2';
}

/* Behind the last of the words in the name; 0: it holds none. */
static size_t end_of_last(struct str name, const char *const *words)
{
	size_t end = 0;

	for (; *words; words++)
		for (size_t n = strlen(*words), at = name.n; at-- > end;)
			if (str_is_nocase(str_sub(name, at, at + n), *words) && at + n > end)
				end = at + n;
	return end;
}

/* "article-share" is a share bar, "share-article" an article. */
static bool ends_bad(const struct page *p, int i)
{
	const char *names[] = {page_attr(p, i, "class"), page_attr(p, i, "id")};

	for (size_t k = 0; k < 2; k++) {
		struct str rest = str_of(names[k]);
		while (rest.p && rest.n) {
			struct str name = str_split(&rest, ' ');
			size_t good = end_of_last(name, good_names);
			if (good && end_of_last(name, bad_names) > good)
				return true;
		}
	}
	return false;
}

bool article_is_named_bad(const struct page *p, int i)
{
	bool bad = page_is_named(p, i, bad_names) &&
		   (!page_is_named(p, i, good_names) || ends_bad(p, i));

	if ((bad || page_is_called(p, i, bad_words)) && !is_answer_of_office(p, i) &&
		!is_whole_article(p, i))
		return true;
	return page_is_named(p, i, button_names) && page_node(p, i)->stops < BUTTON_STOPS_MAX;
}

bool article_is_named_good(const struct page *p, int i)
{
	return page_is_named(p, i, good_names);
}
