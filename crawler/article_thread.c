/*
 * article_thread.c - a topic of a forum: posts that stand alike, each with its own time.
 *
 * The article is the first of them; the others answer it.
 */
#include <string.h>

#include "crawler/article_private.h"

#define POST_CHARS_MIN 10
#define POST_NODES_MAX 5000
#define TIME_LINE_BYTES ((size_t)200) /* of a text that tells the time of a post */

/* The id without the number at its end; n 0 when there is none. */
static struct str id_stem(const struct page *p, int i)
{
	const char *id = page_attr(p, i, "id");
	size_t n = id ? strlen(id) : 0, whole = n;

	while (n && str_is_digit((unsigned char)id[n - 1]))
		n--;
	return (struct str){id, n < whole ? n : 0};
}

static bool has_same_class(const struct page *p, int i, int k)
{
	const char *x = page_attr(p, i, "class"), *y = page_attr(p, k, "class");

	return x && y && *x && strcmp(x, y) == 0;
}

/* "发表于", or the number of a floor: "2楼". */
static bool is_post_text(struct str s)
{
	size_t floor = str_find(s, "楼", 0);

	return str_find(s, "发表于", 0) < s.n ||
	       (floor && floor < s.n && str_is_digit((unsigned char)s.p[floor - 1]));
}

struct post {
	bool timed; /* it tells a time of day */
	bool named; /* and says that it is a post */
};

static struct post read_post(const struct article *a, int node)
{
	struct post post = {false, false};
	struct date_found d;

	for (int i = node; i < page_node(a->page, node)->end && !(post.timed && post.named); i++) {
		const struct page_node *text = page_node(a->page, i);
		if (text->tag != PAGE_TEXT || text->hidden || text->text.n > TIME_LINE_BYTES)
			continue;
		if (date_find(text->text, 0, a->in->now, a->in->zone, &d) && d.has_time)
			post.timed = true;
		post.named = post.named || is_post_text(text->text);
	}
	return post;
}

static bool may_be_post(const struct page *p, int i)
{
	const struct page_node *node = page_node(p, i);

	return !node->hidden && node->chars >= POST_CHARS_MIN && node->end - i < POST_NODES_MAX &&
	       node->tag != PAGE_ROW && node->tag != PAGE_CELL && node->tag != PAGE_P &&
	       node->tag != PAGE_TEXT;
}

/* Is the sibling k of the post i another one? */
static bool is_other_post(const struct article *a, int i, struct post post, int k)
{
	const struct page *p = a->page;
	struct str x = id_stem(p, i), y = id_stem(p, k);
	bool numbered = x.n && str_eq(x, y);
	struct post other;

	if (k == i || !may_be_post(p, k) ||
		strcmp(page_node(p, i)->name, page_node(p, k)->name) != 0 ||
		(!numbered && !(post.named && has_same_class(p, i, k))))
		return false;
	other = read_post(a, k);
	return other.timed && (numbered || other.named);
}

int article_first_post(const struct article *a, int body)
{
	const struct page *p = a->page;

	for (int i = body, up; (up = page_node(p, i)->parent) > 0; i = up) {
		struct post post = {false, false};
		if (may_be_post(p, i))
			post = read_post(a, i);
		for (int k = up + 1; post.timed && k < page_node(p, up)->end;
			k = page_node(p, k)->end)
			if (is_other_post(a, i, post, k))
				return k < i ? k : i;
	}
	return 0;
}
