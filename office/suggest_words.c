/*
 * suggest_words.c - finding, counting and ordering words.
 */
#include "office/suggest_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "ledger/list.h"

#define BUCKETS 4096 /* a power of two */
#define HAN_MIN 2
#define LATIN_MIN 2
#define LENGTH_BEST 4 /* longer words say more, up to this */
#define NONE SIZE_MAX
#define EXPECTED 5 /* true alerts that quiet texts stand for */
#define TRUE_WEIGHT 3 /* a true alert that is lost is worse than a false alarm that stays */

struct suggest_words {
	struct arena *arena;
	struct list words; /* struct suggest_word */
	size_t bucket[BUCKETS]; /* first word of a pair of characters + 1 */
	struct list next; /* size_t: the next of the same bucket + 1 */
	size_t texts; /* counted so far */
	size_t of[SUGGEST_CLASSES]; /* of each class */
};

struct suggest_words *suggest_words_new(struct arena *a)
{
	struct suggest_words *w = arena_alloc(a, sizeof *w);

	if (!w)
		return NULL;
	w->arena = a;
	list_init(&w->words, a, sizeof(struct suggest_word));
	list_init(&w->next, a, sizeof(size_t));
	return w;
}

static struct suggest_word *word_at(const struct suggest_words *w, size_t i)
{
	return (struct suggest_word *)w->words.items + i;
}

/* --- characters --- */

static bool is_han(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF);
}

static bool is_latin(uint32_t cp)
{
	return cp < 0x80 && str_is_alnum((unsigned char)cp);
}

/* Characters that no word begins or ends with. */
static bool is_at_no_end(uint32_t cp)
{
	static const uint32_t marks[] = {U'的', U'了', U'是', U'在', U'和', U'与', U'及', U'被',
		U'把', U'将', U'对', U'从', U'到', U'等', U'也', U'都', U'就', U'这', U'那', U'其',
		U'之', U'而', U'或', U'但', U'并', U'由', U'给', U'让', U'很', U'更', U'最', U'还',
		U'又', U'再', U'们', U'着', U'我', U'你', U'他', U'她', U'它', U'为', U'以', U'于',
		U'个', U'只', U'已'};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (marks[i] == cp)
			return true;
	return false;
}

/* Those that no word holds at all. */
static bool is_in_no_word(uint32_t cp)
{
	return cp == U'的' || cp == U'了';
}

struct text {
	uint32_t *cp;
	size_t count;
};

static bool read_text(const char *s, size_t n, struct arena *a, struct text *out)
{
	size_t len;

	out->cp = arena_array(a, n + 1, sizeof *out->cp);
	out->count = 0;
	for (size_t i = 0; out->cp && i < n; i += len) {
		uint32_t cp = utf8_decode(s + i, n - i, &len);
		if (cp < 0x80)
			cp = (unsigned char)str_lower((char)cp);
		out->cp[out->count++] = cp;
	}
	return out->cp != NULL;
}

static size_t bucket_of(uint32_t a, uint32_t b)
{
	return ((size_t)a * 31 + b) & (BUCKETS - 1);
}

/* --- offering --- */

static size_t find_word(const struct suggest_words *w, const uint32_t *cp, size_t n)
{
	const size_t *next = w->next.items;

	for (size_t i = w->bucket[bucket_of(cp[0], cp[1])]; i; i = next[i - 1]) {
		const struct suggest_word *x = word_at(w, i - 1);
		if (x->length == n && memcmp(x->cp, cp, n * sizeof *cp) == 0)
			return i - 1;
	}
	return NONE;
}

static const char *spell(struct arena *a, const uint32_t *cp, size_t n)
{
	const char *kept;
	struct buf b;

	buf_init(&b, 4 * SUGGEST_WORDS_LATIN_MAX + 1);
	for (size_t i = 0; i < n; i++)
		utf8_add(&b, cp[i]);
	kept = b.fault ? NULL : arena_strdup(a, buf_str(&b));
	buf_fini(&b);
	return kept;
}

struct offer { /* a run of characters between marks */
	const struct text *t;
	size_t from, to;
	bool latin, title;
};

static bool add_word(struct suggest_words *w, const struct offer *o, size_t at, size_t n)
{
	const uint32_t *cp = o->t->cp + at;
	size_t known = find_word(w, cp, n), *bucket = &w->bucket[bucket_of(cp[0], cp[1])], *next;
	struct suggest_word *x = known == NONE ? list_add(&w->words) : word_at(w, known);

	if (!x)
		return false;
	x->title |= o->title;
	x->begins |= at == o->from || is_at_no_end(cp[-1]);
	x->ends |= at + n == o->to || is_at_no_end(cp[n]);
	if (known != NONE)
		return true;
	memcpy(x->cp, cp, n * sizeof *cp);
	x->length = n;
	x->latin = o->latin;
	x->place = w->words.count;
	x->text = spell(w->arena, cp, n);
	next = list_add(&w->next);
	if (!next || !x->text)
		return false;
	*next = *bucket;
	*bucket = w->words.count;
	return true;
}

/* Every word of a run of Chinese characters. */
static bool offer_han(struct suggest_words *w, const struct offer *o)
{
	const uint32_t *cp = o->t->cp;

	for (size_t i = o->from; i < o->to; i++) {
		if (is_at_no_end(cp[i]))
			continue;
		for (size_t n = HAN_MIN; n <= SUGGEST_WORDS_HAN_MAX && i + n <= o->to; n++)
			if (!is_at_no_end(cp[i + n - 1]) && !add_word(w, o, i, n))
				return false;
	}
	return true;
}

static bool offer_latin(struct suggest_words *w, const struct offer *o)
{
	size_t n = o->to - o->from;

	if (n < LATIN_MIN || n > SUGGEST_WORDS_LATIN_MAX ||
		str_is_digit((unsigned char)o->t->cp[o->from]))
		return true;
	return add_word(w, o, o->from, n);
}

static bool belongs(const struct text *t, const bool *barred, size_t i, bool latin)
{
	uint32_t cp = t->cp[i];

	if (barred && barred[i])
		return false;
	return latin ? is_latin(cp) : is_han(cp) && !is_in_no_word(cp);
}

bool suggest_words_offer(
	struct suggest_words *w, const char *text, size_t n, const bool *barred, bool title)
{
	struct text t;
	bool fine = read_text(text, n, w->arena, &t);

	for (size_t i = 0, to; fine && i < t.count; i = to) {
		bool latin = is_latin(t.cp[i]);
		for (to = i; to < t.count && belongs(&t, barred, to, latin);)
			to++;
		const struct offer o = {&t, i, to, latin, title};
		if (to == i)
			to++;
		else
			fine = latin ? offer_latin(w, &o) : offer_han(w, &o);
	}
	return fine;
}

/* --- counting --- */

static void note_neighbour(uint32_t *list, size_t *count, uint32_t cp)
{
	for (size_t i = 0; i < *count; i++)
		if (list[i] == cp)
			return;
	if (*count < SUGGEST_WORDS_NEIGHBOURS)
		list[(*count)++] = cp;
}

static uint32_t neighbour(const struct text *t, size_t i, bool there)
{
	return there && (is_han(t->cp[i]) || is_latin(t->cp[i])) ? t->cp[i] : 0;
}

static bool stands_at(const struct suggest_word *x, const struct text *t, size_t i)
{
	if (i + x->length > t->count || memcmp(x->cp, t->cp + i, x->length * sizeof *x->cp) != 0)
		return false;
	return !x->latin || !((i > 0 && is_latin(t->cp[i - 1])) ||
				    (i + x->length < t->count && is_latin(t->cp[i + x->length])));
}

struct counting {
	enum suggest_class class;
	unsigned topic;
	size_t text; /* its number */
};

static void count_at(
	struct suggest_word *x, const struct text *t, size_t i, const struct counting *c)
{
	size_t end = i + x->length;

	if (!stands_at(x, t, i))
		return;
	note_neighbour(x->before, &x->before_count, neighbour(t, i - 1, i > 0));
	note_neighbour(x->after, &x->after_count, neighbour(t, end, end < t->count));
	if (x->seen_in == c->text)
		return;
	x->seen_in = c->text;
	x->texts[c->class]++;
	if (c->class == SUGGEST_FALSE || c->class == SUGGEST_FALSE_ELSEWHERE)
		x->topics |= (uint64_t)1 << c->topic % SUGGEST_WORDS_TOPICS;
}

static void count_text(struct suggest_words *w, const struct text *t, const struct counting *c)
{
	const size_t *next = w->next.items;

	for (size_t i = 0; i + 1 < t->count; i++)
		for (size_t k = w->bucket[bucket_of(t->cp[i], t->cp[i + 1])]; k; k = next[k - 1])
			count_at(word_at(w, k - 1), t, i, c);
}

bool suggest_words_count(struct suggest_words *w, enum suggest_class class, unsigned topic,
	const char *title, const char *text, struct arena *scratch)
{
	struct counting c = {class, topic, ++w->texts};
	struct text t;

	w->of[class]++;
	arena_reset(scratch);
	if (title && !read_text(title, strlen(title), scratch, &t))
		return false;
	if (title)
		count_text(w, &t, &c);
	if (text && !read_text(text, strlen(text), scratch, &t))
		return false;
	if (text)
		count_text(w, &t, &c);
	return true;
}

/* --- ordering --- */

/* How sure it is that this is a word: 3 it stands between different characters in different
 * places, 2 between two marks, 1 behind or before one, 0 it is a piece. */
static int surety(const struct suggest_word *x)
{
	if (x->latin || (x->before_count > 1 && x->after_count > 1))
		return 3;
	return x->begins + x->ends;
}

static bool same_texts(const struct suggest_word *x, const struct suggest_word *y)
{
	return memcmp(x->texts, y->texts, sizeof x->texts) == 0;
}

/* The n characters at cp, which are part of the longer word y, are no word of their own when
 * they stand in the same texts, unless they are more surely one. */
static void mark_piece(
	struct suggest_words *w, const struct suggest_word *y, const uint32_t *cp, size_t n)
{
	size_t at = find_word(w, cp, n);
	struct suggest_word *x = at == NONE ? NULL : word_at(w, at);

	if (x && !x->latin && same_texts(x, y) && surety(y) >= surety(x))
		x->piece = true;
}

static void mark_pieces(struct suggest_words *w)
{
	for (size_t i = 0; i < w->words.count; i++) {
		const struct suggest_word *y = word_at(w, i);
		if (y->length <= HAN_MIN)
			continue;
		mark_piece(w, y, y->cp, y->length - 1);
		mark_piece(w, y, y->cp + 1, y->length - 1);
	}
}

static double share(const struct suggest_words *w, const struct suggest_word *x, size_t class)
{
	return w->of[class] ? (double)x->texts[class] / (double)w->of[class] : 0;
}

/* Of which a word that is less surely one has only a part. */
static void weigh(struct suggest_words *w)
{
	static const double part[] = {0, 0.6, 0.8, 1};

	for (size_t i = 0; i < w->words.count; i++) {
		struct suggest_word *x = word_at(w, i);
		double expected =
			(double)x->texts[SUGGEST_TRUE] + EXPECTED * share(w, x, SUGGEST_QUIET);
		x->merit = share(w, x, SUGGEST_FALSE) -
			   TRUE_WEIGHT * expected / (double)(w->of[SUGGEST_TRUE] + EXPECTED);
		x->merit *= x->merit > 0 ? part[surety(x)] : 1;
	}
}

static size_t useful_length(const struct suggest_word *x)
{
	return x->length < LENGTH_BEST ? x->length : LENGTH_BEST;
}

static int more_first(size_t x, size_t y)
{
	return (x < y) - (x > y);
}

/* Merit, then length, the title, and what comes first. */
static int by_merit(const void *a, const void *b)
{
	const struct suggest_word *x = *(const struct suggest_word *const *)a;
	const struct suggest_word *y = *(const struct suggest_word *const *)b;
	int order = (x->merit < y->merit) - (x->merit > y->merit);

	if (!order)
		order = more_first(useful_length(x), useful_length(y));
	if (!order)
		order = more_first(x->title, y->title);
	return order ? order : more_first(y->place, x->place);
}

const struct suggest_word **suggest_words_rank(struct suggest_words *w, size_t *count)
{
	const struct suggest_word **out = arena_array(w->arena, w->words.count + 1, sizeof *out);
	size_t n = 0;

	if (!out)
		return NULL;
	mark_pieces(w);
	weigh(w);
	for (size_t i = 0; i < w->words.count; i++)
		if (!word_at(w, i)->piece && word_at(w, i)->merit > 0)
			out[n++] = word_at(w, i);
	if (n)
		qsort(out, n, sizeof *out, by_merit);
	*count = n;
	return out;
}
