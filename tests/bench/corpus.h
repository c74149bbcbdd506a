/*
 * corpus.h - what the benchmarks share: texts, feeds made of them, and time.
 *
 * Texts are lines of $CORPUS, a file in .xz (read through `xz -dc`), or, without it,
 * sentences put together here, the same in every run. Only lines of 60 to 4000 bytes in
 * valid UTF-8 without control characters count; at most `max` of them. A fault ends the
 * program: benchmarks have nobody to report to. Functions are inline because every .c
 * file of this directory becomes a program of its own.
 */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"

#define CORPUS_LINE_MIN 60
#define CORPUS_LINE_MAX 4000
#define CORPUS_ROUNDS 3

struct corpus {
	const char *from; /* the file, or "generated" */
	struct buf text;
	size_t *start, *size; /* of each line in text */
	size_t count, max;
};

struct corpus_time {
	double cpu, wall; /* seconds */
};

static inline void corpus_die(const char *what, const char *why)
{
	fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(3);
}

/* A goal beside what was measured: told, never a fault, since a busy machine misses it too. */
static inline void corpus_goal(const char *goal, bool met)
{
	printf("  goal %s: %s\n", goal, met ? "met" : "missed");
	fflush(stdout);
}

static inline void corpus_check(enum err_code rc, const struct err *e)
{
	if (rc)
		corpus_die("fault", e->text);
}

/* --- time --- */

static inline double corpus_clock(clockid_t id)
{
	struct timespec t;

	if (clock_gettime(id, &t))
		corpus_die("clock", "cannot be read");
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline struct corpus_time corpus_now(void)
{
	struct corpus_time t = {
		corpus_clock(CLOCK_PROCESS_CPUTIME_ID), corpus_clock(CLOCK_MONOTONIC)};

	return t;
}

static inline struct corpus_time corpus_since(struct corpus_time from)
{
	struct corpus_time now = corpus_now();

	now.cpu -= from.cpu;
	now.wall -= from.wall;
	return now;
}

static inline double corpus_middle(double a, double b, double c)
{
	if ((a <= b && b <= c) || (c <= b && b <= a))
		return b;
	return (b <= a && a <= c) || (c <= a && a <= b) ? a : c;
}

static inline struct corpus_time corpus_median(const struct corpus_time t[CORPUS_ROUNDS])
{
	struct corpus_time m = {corpus_middle(t[0].cpu, t[1].cpu, t[2].cpu),
		corpus_middle(t[0].wall, t[1].wall, t[2].wall)};

	return m;
}

/* --- texts --- */

static inline bool corpus_is_usable(const char *s, size_t n)
{
	if (n < CORPUS_LINE_MIN || n > CORPUS_LINE_MAX || !utf8_is_valid(s, n))
		return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return false;
	return true;
}

static inline void corpus_add(struct corpus *c, const char *s, size_t n)
{
	if (c->count == c->max || !corpus_is_usable(s, n))
		return;
	c->start[c->count] = c->text.len;
	c->size[c->count++] = n;
	buf_add(&c->text, s, n);
	if (c->text.fault)
		corpus_die("texts", "too much");
}

static inline const char *corpus_line(const struct corpus *c, size_t i)
{
	return buf_str(&c->text) + c->start[i];
}

/* Starts `xz -dc FILE`; its output is read from the stream returned. */
static inline FILE *corpus_open_xz(const char *path, pid_t *pid)
{
	char *argv[] = {(char[]){"xz"}, (char[]){"-dc"}, (char[]){"--"}, strdup(path), NULL};
	char *env[] = {(char[]){"LC_ALL=C"}, NULL};
	posix_spawn_file_actions_t acts;
	FILE *f;
	int fd[2];

	if (!argv[3] || pipe2(fd, O_CLOEXEC) || posix_spawn_file_actions_init(&acts))
		corpus_die(path, "no pipe");
	if (posix_spawn_file_actions_adddup2(&acts, fd[1], STDOUT_FILENO) ||
		posix_spawnp(pid, "xz", &acts, NULL, argv, env))
		corpus_die(path, "cannot start xz");
	posix_spawn_file_actions_destroy(&acts);
	close(fd[1]);
	free(argv[3]);
	f = fdopen(fd[0], "r");
	if (!f)
		corpus_die(path, "no stream");
	return f;
}

static inline void corpus_read_xz(struct corpus *c, const char *path)
{
	pid_t pid;
	FILE *f = corpus_open_xz(path, &pid);
	char *line = NULL;
	size_t cap = 0;
	ssize_t n = 0;
	int status;

	while (c->count < c->max && (n = getline(&line, &cap, f)) > 0)
		corpus_add(c, line, (size_t)n - (line[n - 1] == '\n'));
	free(line);
	fclose(f); /* xz may still be writing: it ends by SIGPIPE */
	if (waitpid(pid, &status, 0) != pid)
		corpus_die(path, "xz is lost");
	if (c->count < c->max && (!WIFEXITED(status) || WEXITSTATUS(status)))
		corpus_die(path, "xz cannot read it");
}

/* xorshift32: the same words in every run. */
static inline const char *corpus_pick(uint32_t *seed, const char *const *words, uint32_t n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return words[*seed % n];
}

#define CORPUS_PICK(seed, words) corpus_pick(seed, words, sizeof(words) / sizeof *(words))

/* What makes a text unlike all others: characters that come together nowhere else. */
static inline void corpus_add_rare(struct buf *b, uint32_t *seed, size_t count)
{
	static const char *const none[] = {""};

	for (size_t i = 0; i < count; i++) {
		(void)CORPUS_PICK(seed, none); /* the seed moves on */
		utf8_add(b, 0x4E00 + *seed % 4000);
	}
}

static inline void corpus_add_sentence(struct buf *b, uint32_t *seed, uint32_t number)
{
	static const char *const where[] = {"某市某区", "城东街道", "某县某镇", "开发区某小区",
		"老城片区", "某乡某村", "凯里市", "高铁站附近", "某中学门口", "河滨路一带"};
	static const char *const who[] = {"居民", "业主", "村民", "学生家长", "农民工", "摊贩",
		"志愿者", "记者", "施工方", "物业公司", "社区干部", "网友"};
	static const char *const did[] = {"介绍", "表示", "组织开展", "连续关注", "在现场看到",
		"来信询问", "共同讨论", "发布公告说明"};
	static const char *const what[] = {"春季植树活动", "非遗展演的安排", "校车接送时间",
		"农产品销售情况", "篮球比赛的赛程", "图书馆开放时间", "老旧小区加装电梯的进展",
		"新公园的建设", "防汛演练", "公交线路的调整"};
	static const char *const bad[] = {"夜间施工噪声太大", "项目部拖欠工资", "自来水浑浊发黄",
		"电梯多次停运", "路灯坏了没有人修", "垃圾清运不及时", "道路塌陷尚未围挡"};
	static const char *const end[] = {"，现场秩序良好", "，具体情况还在了解", "，大家都很高兴",
		"，有关部门已经介入", "，详细内容另行公布"};
	bool complaint = number % 20 == 7; /* most news is not about a complaint */

	buf_addf(b, "%s第%u号消息：%s%s%s%s。", CORPUS_PICK(seed, where), number,
		CORPUS_PICK(seed, who), complaint ? "投诉" : CORPUS_PICK(seed, did),
		complaint ? CORPUS_PICK(seed, bad) : CORPUS_PICK(seed, what),
		CORPUS_PICK(seed, end));
	corpus_add_rare(b, seed, 20 + number % 21);
	buf_add_str(b, "。");
}

static inline void corpus_generate(struct corpus *c)
{
	uint32_t seed = 20261123, number = 0;
	struct buf b;

	buf_init(&b, 65536);
	while (c->count < c->max) {
		uint32_t sentences = 1 + number % 5;
		buf_clear(&b);
		for (uint32_t i = 0; i < sentences; i++)
			corpus_add_sentence(&b, &seed, number);
		corpus_add(c, buf_str(&b), b.len);
		number++;
	}
	buf_fini(&b);
}

static inline void corpus_init(struct corpus *c, size_t max)
{
	const char *path = getenv("CORPUS");

	memset(c, 0, sizeof *c);
	buf_init(&c->text, (size_t)256 << 20);
	c->max = max;
	c->start = calloc(max, sizeof *c->start);
	c->size = calloc(max, sizeof *c->size);
	if (!c->start || !c->size)
		corpus_die("texts", "no memory");
	c->from = path && path[0] ? path : "generated";
	if (path && path[0])
		corpus_read_xz(c, path);
	else
		corpus_generate(c);
	if (c->count == 0)
		corpus_die(c->from, "no line of 60 to 4000 bytes");
}

static inline void corpus_fini(struct corpus *c)
{
	buf_fini(&c->text);
	free(c->start);
	free(c->size);
}

/* --- feeds --- */

static inline void corpus_add_escaped(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '&')
			buf_add_str(b, "&amp;");
		else if (s[i] == '<')
			buf_add_str(b, "&lt;");
		else if (s[i] == '>')
			buf_add_str(b, "&gt;");
		else
			buf_add_char(b, s[i]);
	}
}

/* Item `i`: every other one in CDATA, the rest as escaped HTML; 28 characters of
 * title. Its text is escaped once as HTML, the way sites put it into either. */
static inline void corpus_add_item(struct buf *b, const struct corpus *c, size_t i)
{
	const char *s = corpus_line(c, i % c->count);
	size_t n = c->size[i % c->count];
	struct buf html;

	buf_init(&html, 65536);
	buf_add_str(&html, "<p>");
	corpus_add_escaped(&html, s, n);
	buf_add_str(&html, "</p><p><img src=\"/p.jpg\"><br></p>");
	buf_add_str(b, "<item><title>");
	corpus_add_escaped(b, s, utf8_offset(s, n, 28));
	buf_addf(b, "</title><link>https://www.example.gov.cn/%zu.html</link><guid>n%zu</guid>", i,
		i);
	buf_add_str(b, "<pubDate>Mon, 23 Nov 2026 09:02:03 +0800</pubDate><description>");
	if (i % 2 == 0) /* "]]>" cannot occur: > is escaped, and the tags here do not hold it */
		buf_addf(b, "<![CDATA[%s]]>", buf_str(&html));
	else
		corpus_add_escaped(b, buf_str(&html), html.len);
	buf_add_str(b, "</description></item>\n");
	if (html.fault)
		corpus_die("item", "too long");
	buf_fini(&html);
}

/* RSS 2.0 of `count` items from item `first` on. b keeps what is in it. */
static inline void corpus_add_feed(
	struct buf *b, const struct corpus *c, size_t first, size_t count)
{
	buf_add_str(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>"
		       "<title>某报</title><link>https://www.example.gov.cn/</link>"
		       "<description>要闻</description>\n");
	for (size_t i = 0; i < count; i++)
		corpus_add_item(b, c, first + i);
	buf_add_str(b, "</channel></rss>\n");
	if (b->fault)
		corpus_die("feed", "too long");
}

#endif
