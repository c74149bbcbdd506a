/*
 * bench_match_command.c - `huiying match` as a whole process over the corpus, beside
 * `rg -F -f` and `grep -F -f` with the same words.
 *
 * Ours reads JSON, normalises, and writes for each text which lines hit where; the others
 * read plain lines and count those with any of the words. They are timed on the texts as
 * they came, where they miss what is written in another way (愜意 for 惬意); on the texts in
 * the form in which ours compares them (shadow B of DESIGN §5.2) they must find as many
 * lines as ours does. huiying is looked for beside the folder of this program.
 */
#include <errno.h>
#include <libgen.h>
#include <sys/resource.h>

#include "base/hash.h"
#include "base/json.h"
#include "matcher/normalise.h"
#include "tests/bench/match_texts.h"
#include "tests/bench/scratch.h"

#define LINES ((size_t)100000)
#define WORDS ((size_t)500)

struct files {
	char dir[64];
	char json[128], lines[128], words[128], rules[128], out[128];
	char normal_lines[128], normal_words[128]; /* as ours compares them */
	double megabytes;
};

/* --- files --- */

static FILE *open_new(const char *path)
{
	FILE *f = fopen(path, "w");

	if (!f)
		corpus_die(path, strerror(errno));
	return f;
}

static void close_new(FILE *f, const char *path)
{
	if (ferror(f) || fclose(f))
		corpus_die(path, "cannot be written");
}

static void write_texts(struct files *files, const struct corpus *c)
{
	FILE *json = open_new(files->json), *lines = open_new(files->lines);
	struct buf b;

	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < c->count; i++) {
		struct json_writer w;
		buf_clear(&b);
		json_writer_init(&w, &b);
		json_begin_object(&w);
		json_key(&w, "id");
		json_add_int(&w, (int64_t)i);
		json_key(&w, "text");
		json_add_strn(&w, corpus_line(c, i), c->size[i]);
		json_end_object(&w);
		fprintf(json, "%s\n", buf_str(&b));
		fwrite(corpus_line(c, i), 1, c->size[i], lines);
		putc('\n', lines);
		files->megabytes += (double)c->size[i] / 1e6;
	}
	buf_fini(&b);
	close_new(json, files->json);
	close_new(lines, files->lines);
}

/* Of generated texts hardly a word is whole: one that stands in some of them keeps the counts
 * from being nought on every side. */
static const char *word_of(const struct corpus *c, const struct texts_rules *made, size_t i)
{
	return i == 0 && strcmp(c->from, "generated") == 0 ? "没有人修" : made->word[i];
}

static void write_words(const struct files *files, const struct corpus *c)
{
	FILE *words = open_new(files->words), *rules = open_new(files->rules);
	struct texts_rules *made = texts_make_rules(c);

	fprintf(rules, "[词]\n");
	for (size_t i = 0; i < WORDS; i++) {
		fprintf(words, "%s\n", word_of(c, made, i));
		fprintf(rules, "%s\n", word_of(c, made, i));
	}
	texts_free_rules(made);
	close_new(words, files->words);
	close_new(rules, files->rules);
}

/* The text in the form in which words are looked for. */
static void put_normal(FILE *f, const struct normalise_table *t, const char *s, size_t n)
{
	struct shadow shadow;
	struct err e = {ERR_OK, ""};
	char *out;

	normalise_shadow_init(&shadow);
	corpus_check(normalise_read(t, s, n, &shadow, &e), &e);
	out = malloc(4 * (shadow.b_count + 1));
	if (!out)
		corpus_die("texts", "no memory");
	fwrite(out, 1, normalise_encode(shadow.b_cp, shadow.b_count, out), f);
	putc('\n', f);
	free(out);
	normalise_shadow_fini(&shadow);
}

static void write_normal(const struct files *files, const struct corpus *c)
{
	FILE *lines = open_new(files->normal_lines), *words = open_new(files->normal_words);
	struct normalise_table *table = normalise_table_new();
	struct texts_rules *made = texts_make_rules(c);

	if (!table)
		corpus_die("texts", "no memory");
	for (size_t i = 0; i < c->count; i++)
		put_normal(lines, table, corpus_line(c, i), c->size[i]);
	for (size_t i = 0; i < WORDS; i++)
		put_normal(words, table, word_of(c, made, i), strlen(word_of(c, made, i)));
	texts_free_rules(made);
	normalise_table_free(table);
	close_new(words, files->normal_words);
	close_new(lines, files->normal_lines);
}

static void name_file(const struct files *files, char out[128], const char *name)
{
	(void)snprintf(out, 128, "%s/%s", files->dir, name);
}

static void make_files(struct files *files, const struct corpus *c)
{
	memset(files, 0, sizeof *files);
	(void)snprintf(files->dir, sizeof files->dir, "/tmp/bench-match-XXXXXX");
	if (!mkdtemp(files->dir))
		corpus_die(files->dir, "cannot be made");
	name_file(files, files->json, "texts.jsonl");
	name_file(files, files->lines, "texts");
	name_file(files, files->words, "words");
	name_file(files, files->rules, "rules.conf");
	name_file(files, files->out, "out");
	name_file(files, files->normal_lines, "normal-texts");
	name_file(files, files->normal_words, "normal-words");
	write_texts(files, c);
	write_words(files, c);
	write_normal(files, c);
}

/* --- processes --- */

/* Seconds of CPU, or below 0 when the program is not there. */
static double run(const char *program, char *const argv[], const char *in, const char *out)
{
	char *env[] = {(char[]){"LC_ALL=C"}, (char[]){"PATH=/usr/bin:/bin"}, NULL};
	posix_spawn_file_actions_t acts;
	struct rusage use;
	pid_t pid;
	int status;

	if (posix_spawn_file_actions_init(&acts) ||
		posix_spawn_file_actions_addopen(&acts, STDIN_FILENO, in, O_RDONLY, 0) ||
		posix_spawn_file_actions_addopen(
			&acts, STDOUT_FILENO, out, O_WRONLY | O_CREAT | O_TRUNC, 0600))
		corpus_die(program, "cannot be started");
	if (posix_spawnp(&pid, program, &acts, NULL, argv, env)) {
		posix_spawn_file_actions_destroy(&acts);
		return -1;
	}
	posix_spawn_file_actions_destroy(&acts);
	if (wait4(pid, &status, 0, &use) != pid || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
		corpus_die(program, "failed");
	return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
	       (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

/* The middle of three runs. */
static double run_often(const char *program, char *const argv[], const char *in, const char *out)
{
	double a = run(program, argv, in, out);

	return a < 0 ? a
		     : corpus_middle(a, run(program, argv, in, out), run(program, argv, in, out));
}

static double tell(const char *what, double cpu, double megabytes, size_t lines)
{
	if (cpu < 0)
		printf("  %-14s not run: it is not installed\n", what);
	else
		printf("  %-14s %5.0f MB/s of text, %.2f s; %zu lines hit\n", what, megabytes / cpu,
			cpu, lines);
	fflush(stdout);
	return cpu;
}

/* Rows of ours with a topic; or the number that the others print. */
static size_t read_count(const struct files *files, bool rows)
{
	FILE *f = fopen(files->out, "r");
	char *line = NULL;
	size_t cap = 0, count = 0;

	if (!f)
		corpus_die(files->out, strerror(errno));
	while (getline(&line, &cap, f) >= 0)
		count += rows ? strstr(line, "\"topics\":[{") != NULL
			      : (size_t)strtoull(line, NULL, 10);
	free(line);
	fclose(f);
	return count;
}

static double bench_ours(const struct files *files, char *huiying, size_t *hits)
{
	char *argv[] = {
		huiying, (char[]){"match"}, (char[]){"--rules"}, strdup(files->rules), NULL};
	double cpu = run_often(huiying, argv, files->json, files->out);

	free(argv[3]);
	if (cpu < 0)
		corpus_die(huiying, "is not there");
	*hits = read_count(files, true);
	return tell("huiying match", cpu, files->megabytes, *hits);
}

/* The lines with any of the words, in the output of `-c`; *cpu is below 0 when the program is
 * not there. */
static size_t count_with(const struct files *files, char *program, const char *words,
	const char *lines, bool often, double *cpu)
{
	char *argv[] = {program, (char[]){"-F"}, (char[]){"-c"}, (char[]){"-f"}, strdup(words),
		(char[]){"-"}, NULL};

	*cpu = often ? run_often(program, argv, lines, files->out)
		     : run(program, argv, lines, files->out);
	free(argv[4]);
	return *cpu < 0 ? 0 : read_count(files, false);
}

/* False: it is not there. */
static bool bench_other(
	const struct files *files, char *program, const char *what, double ours, size_t hits)
{
	char text[100];
	double cpu, ignored;
	size_t raw = count_with(files, program, files->words, files->lines, true, &cpu), normal;

	tell(what, cpu, files->megabytes, raw);
	if (cpu < 0)
		return false;
	normal = count_with(
		files, program, files->normal_words, files->normal_lines, false, &ignored);
	(void)snprintf(
		text, sizeof text, "%zu normalised lines hit where ours has %zu", normal, hits);
	if (normal != hits)
		corpus_die(what, text);
	printf("    huiying match takes %.1fx of its time; %zu lines hit once normalised\n",
		ours / cpu, normal);
	return true;
}

int main(int argc, char **argv)
{
	struct corpus c;
	struct files files;
	struct err e = {ERR_OK, ""};
	char *self = strdup(argc ? argv[0] : ""), huiying[4096];
	double ours;
	size_t hits;
	bool all;

	if (!self)
		corpus_die("path", "no memory");
	(void)snprintf(huiying, sizeof huiying, "%s/../huiying", dirname(self));
	corpus_check(hash_init(&e), &e);
	corpus_init(&c, LINES);
	make_files(&files, &c);
	printf("whole processes: %zu lines (%s), %zu words, CPU time, median of 3\n", c.count,
		c.from, WORDS);
	ours = bench_ours(&files, huiying, &hits);
	all = bench_other(&files, (char[]){"rg"}, "rg -F -c -f", ours, hits);
	all = bench_other(&files, (char[]){"grep"}, "grep -F -c -f", ours, hits) && all;
	if (scratch_remove(files.dir))
		corpus_die(files.dir, "cannot be removed");
	corpus_fini(&c);
	free(self);
	return all ? 0 : 1;
}
