/*
 * ruleset.h - a loaded rule set from inside: what rules_parse.c collects, rules.c
 * links and match.c evaluates. Not for other rooms (they use match.h).
 */
#ifndef MATCHER_RULESET_H
#define MATCHER_RULESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/name_index.h"
#include "matcher/expr.h"
#include "matcher/literals.h"
#include "matcher/match.h"
#include "matcher/normalise.h"
#include "matcher/regex.h"
#include "matcher/report.h"

enum ruleset_sign { RULESET_PLAIN, RULESET_MINUS, RULESET_PLUS, RULESET_NOT };

enum ruleset_kind {
	RULESET_DEFINE, /* 定义 */
	RULESET_REGION, /* 地域 */
	RULESET_EXCLUDE, /* 全局排除 */
	RULESET_WEAKEN, /* 全局扣分 */
	RULESET_TOPIC,
};

/* Fields a line looks at. */
#define RULESET_IN_TITLE (1u << MATCH_TITLE)
#define RULESET_IN_TEXT (1u << MATCH_TEXT)
#define RULESET_IN_SOURCE (1u << MATCH_SOURCE)
#define RULESET_IN_ANY (RULESET_IN_TITLE | RULESET_IN_TEXT)

/* Once linked each lies in one cache line: many hit in a text that is stuffed with words. */
#define RULESET_LINE_ALIGN 64

struct ruleset_line {
	uint32_t file, section;
	int number, column; /* of the expression */
	const char *text; /* as written, without comment */
	const char *key; /* the same in a normal spelling, to find it again */
	struct expr *expr;
	enum ruleset_sign sign;
	unsigned fields;
	int points; /* unsigned; 0 when it takes none */
	unsigned char grade; /* enum match_grade */
	bool off; /* switched off by an overlay */
	uint32_t alone; /* the word's id + 1 when it asks for one word and no more; else 0 */
	uint32_t also; /* where in rules.also: of these words too one must occur */
};

struct ruleset_test {
	uint32_t file, section;
	int number, column;
	const char *text;
	bool want;
};

struct ruleset_macro {
	uint32_t file;
	int number;
	const char *name;
	struct expr *expr;
	int state; /* of the walk that looks for cycles */
};

struct ruleset_section { /* what matching asks for comes first */
	enum ruleset_kind kind;
	int threshold;
	size_t first, count; /* its lines once linked */
	bool has_plus; /* one of them asks for a + line to hit */
	bool region_required;
	int grade_at[GRADE_EXTREME + 1]; /* score from which the grade holds; 0: not set */
	const char *name, *code, *lead;
	uint32_t file; /* where it was first seen */
	int number;
	uint32_t grades_file; /* where these were set */
	int grades_line, grades_column;
};

struct ruleset_words { /* by their ids in `literals` */
	uint32_t *id;
	size_t count;
};

/* A regex, and the words of which one must occur for it to match (regex_need()). */
struct ruleset_regex {
	struct regex *regex;
	struct ruleset_words need, also; /* none: none known */
	enum regex_texts texts; /* where that holds */
};

/* A line that a word sets off in one of these fields. */
struct ruleset_trigger {
	uint32_t line;
	uint16_t fields;
	bool suffices; /* the line asks for nothing else: it hits */
};

/* A line that its words set off only in such texts; in others it is asked always. */
struct ruleset_bound {
	uint32_t line;
	enum regex_texts texts;
};

struct rules {
	struct arena *arena;
	struct normalise_table *table;
	struct literals *literals;
	struct ruleset_regex *regex;
	size_t regex_count, regex_cap;
	const char **file;
	size_t file_count;
	struct ruleset_section *section;
	size_t section_count, section_cap;
	struct name_index sections, macros; /* by their names */
	struct ruleset_line *line; /* once linked: by section, then file and number */
	size_t line_count, line_cap;
	struct ruleset_test *test;
	size_t test_count, test_cap;
	struct ruleset_macro *macro;
	size_t macro_count, macro_cap;
	uint32_t *topic; /* sections that are topics */
	size_t topic_count;
	/* Lines that a word sets off: trigger[trigger_at[id] .. trigger_at[id + 1]). */
	struct ruleset_trigger *trigger;
	uint32_t *trigger_at;
	uint32_t *also; /* how many, and then their ids; the first is 0: none are known */
	size_t also_count, also_cap;
	uint32_t *always; /* lines no word of which must occur */
	size_t always_count;
	struct ruleset_bound *bound;
	size_t bound_count;
	char hash[HASH_HEX_SIZE];
};

/* Makes room for one more element of `size` bytes; arrays live in the arena. */
bool ruleset_reserve(struct arena *a, void *array, size_t *cap, size_t count, size_t size);

/* NULL: there is none. */
struct ruleset_macro *ruleset_find_macro(const struct rules *r, const char *name);
const char *ruleset_macro_name(const void *macros, size_t i); /* for the index */

/* Reads one decoded file into the set. Faults go to the report; false only when
 * memory ends. */
bool rules_parse_file(struct rules *r, uint32_t file, struct str text, struct report *report);
/* The settings of a topic: `KEY = value` (rules_settings.c). */
struct rules_setting {
	struct str key, value;
	int key_column, value_column;
	unsigned *seen; /* bits of the settings met in this section of this file */
};
void rules_set(struct rules *r, struct ruleset_section *s, const struct rules_setting *set,
	struct report *report, struct report_place at);

/* A parsed set becomes ready to match: macros, checks, order, triggers. */
bool rules_link(struct rules *r, struct report *report);

struct report_place ruleset_place(const struct rules *r, uint32_t file, int line, int column);

#endif
