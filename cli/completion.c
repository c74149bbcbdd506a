/*
 * completion.c - completion scripts for bash, zsh and fish, made from the command
 * table. The scripts never run huiying: completion must work, and be quick, where
 * the ledger is not to be touched.
 *
 * A word of the table is only ever written between single quotes.
 */
#include "cli/manual.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"

#define SCRIPT_MAX ((size_t)1 << 20)

/* --- what the table says ------------------------------------------------- */

static bool takes_file(const char *placeholder)
{
	return placeholder != NULL &&
	       (strstr(placeholder, "FILE") != NULL || strstr(placeholder, "DIR") != NULL ||
		       strstr(placeholder, "PATH") != NULL);
}

/* The first word of a verb. */
static struct str first_word(const char *verb)
{
	struct str rest = str_of(verb);

	return str_split(&rest, ' ');
}

/* "" for a verb of one word. */
static const char *second_word(const char *verb)
{
	const char *blank = strchr(verb, ' ');

	return blank == NULL ? "" : blank + 1;
}

/* Row i is the first one that begins with its first word. */
static bool is_first_of_family(size_t i)
{
	struct str word = first_word(command_rows[i]->verb);

	for (size_t k = 0; k < i; k++) {
		if (str_eq(word, first_word(command_rows[k]->verb)))
			return false;
	}
	return true;
}

static bool has_second_words(struct str family)
{
	for (size_t i = 0; i < command_row_count; i++) {
		const char *verb = command_rows[i]->verb;
		if (str_eq(family, first_word(verb)) && second_word(verb)[0] != '\0')
			return true;
	}
	return false;
}

/* The description of a first word: that of the verb itself, else nothing. */
static const char *family_summary(struct str family)
{
	for (size_t i = 0; i < command_row_count; i++) {
		if (str_is(family, command_rows[i]->verb))
			return _(command_rows[i]->summary);
	}
	return "";
}

enum flag_wanted { FLAG_ANY, FLAG_VALUED, FLAG_FILE };

static bool is_wanted(const struct command_flag *f, enum flag_wanted wanted)
{
	switch (wanted) {
	case FLAG_ANY:
		return true;
	case FLAG_VALUED:
		return f->arg != NULL && !takes_file(f->arg);
	case FLAG_FILE:
		return takes_file(f->arg);
	}
	return false;
}

/* " --name" for each flag of the list that is wanted. */
static void add_names(struct buf *b, const struct command_flag *f, enum flag_wanted wanted)
{
	for (; f != NULL && f->name != NULL; f++) {
		if (is_wanted(f, wanted))
			buf_addf(b, " --%s", f->name);
	}
}

/* --- quoting ------------------------------------------------------------- */

/* 'text' for bash and zsh; fish also reads a backslash between single quotes. */
static void add_quoted(struct buf *b, const char *text, bool fish)
{
	buf_add_char(b, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			buf_add_str(b, fish ? "\\'" : "'\\''");
		else if (*text == '\\' && fish)
			buf_add_str(b, "\\\\");
		else
			buf_add_char(b, *text == '\n' ? ' ' : *text);
	}
	buf_add_char(b, '\'');
}

/* --- bash and zsh -------------------------------------------------------- */

/* Sets $subs: the second words of $first. */
static void add_sub_words(struct buf *b)
{
	buf_add_str(b, "\tcase $first in\n");
	for (size_t i = 0; i < command_row_count; i++) {
		struct str family = first_word(command_rows[i]->verb);
		if (!is_first_of_family(i) || !has_second_words(family))
			continue;
		buf_addf(b, "\t%.*s) subs='", (int)family.n, family.p);
		for (size_t k = 0; k < command_row_count; k++) {
			const char *verb = command_rows[k]->verb;
			if (str_eq(family, first_word(verb)))
				buf_addf(b, " %s", second_word(verb));
		}
		buf_add_str(b, "' ;;\n");
	}
	buf_add_str(b, "\tesac\n");
}

/* Sets $flags, $valued, $filed and $files for $verb. */
static void add_verb_cases(struct buf *b)
{
	buf_add_str(b, "\tcase $verb in\n");
	for (size_t i = 0; i < command_row_count; i++) {
		const struct command *c = command_rows[i];
		bool valued = false;
		for (const struct command_flag *f = c->flags; f && f->name; f++)
			valued = valued || f->arg != NULL;
		if ((c->flags == NULL || c->flags->name == NULL) && !takes_file(c->args))
			continue;
		buf_addf(b, "\t'%s')\n\t\tflags='", c->verb);
		add_names(b, c->flags, FLAG_ANY);
		buf_add_str(b, "'\n");
		if (valued) {
			buf_add_str(b, "\t\tvalued='");
			add_names(b, c->flags, FLAG_VALUED);
			buf_add_str(b, "'\n\t\tfiled='");
			add_names(b, c->flags, FLAG_FILE);
			buf_add_str(b, "'\n");
		}
		if (takes_file(c->args))
			buf_add_str(b, "\t\tfiles=yes\n");
		buf_add_str(b, "\t\t;;\n");
	}
	buf_add_str(b, "\tesac\n");
}

static void add_first_words(struct buf *b)
{
	for (size_t i = 0; i < command_row_count; i++) {
		struct str word = first_word(command_rows[i]->verb);
		if (is_first_of_family(i))
			buf_addf(b, " %.*s", (int)word.n, word.p);
	}
}

/* The common flags, in the same four variables with an underscore behind. */
static void add_common(struct buf *b)
{
	buf_add_str(b, "\tlocal flags_='");
	add_names(b, command_common_flags, FLAG_ANY);
	buf_add_str(b, "'\n\tlocal valued_='");
	add_names(b, command_common_flags, FLAG_VALUED);
	buf_add_str(b, "'\n\tlocal filed_='");
	add_names(b, command_common_flags, FLAG_FILE);
	buf_add_str(b, "'\n");
}

/* Finds $first and $second among the words in front of the cursor, then $verb. */
static void add_find_verb(struct buf *b)
{
	buf_add_str(b, "\tfor ((i = 1; i < at; i++)); do\n"
		       "\t\tword=${line[i]}\n"
		       "\t\tcase \"$valued_ $filed_ \" in\n"
		       "\t\t*\" $word \"*)\n"
		       "\t\t\t((i++))\n"
		       "\t\t\t[[ ${line[i]} == = ]] && ((i++))\n"
		       "\t\t\tcontinue\n"
		       "\t\t\t;;\n"
		       "\t\tesac\n"
		       "\t\tcase $word in\n"
		       "\t\t-*) continue ;;\n"
		       "\t\tesac\n"
		       "\t\tif [[ -z $first ]]; then\n"
		       "\t\t\tfirst=$word\n"
		       "\t\telif [[ -z $second ]]; then\n"
		       "\t\t\tsecond=$word\n"
		       "\t\tfi\n"
		       "\tdone\n");
	add_sub_words(b);
	buf_add_str(b, "\tverb=$first\n"
		       "\tcase \"$subs \" in\n"
		       "\t*\" $second \"*) [[ -n $second ]] && verb=\"$first $second\" ;;\n"
		       "\tesac\n");
	add_verb_cases(b);
}

static void add_bash(struct buf *b)
{
	buf_add_str(b,
		"# bash completion for huiying; made by \"huiying help --completion bash\".\n"
		"_huiying()\n{\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
		"\tlocal -a line=(\"${COMP_WORDS[@]}\")\n"
		"\tlocal first= second= verb= subs= flags= valued= filed= files= word\n"
		"\tlocal -i i at=COMP_CWORD\n");
	add_common(b);
	add_find_verb(b);
	buf_add_str(b, "\tCOMPREPLY=()\n"
		       "\t# \"--flag=value\" comes as three words.\n"
		       "\t[[ $cur == = ]] && cur=\n"
		       "\t[[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
		       "\tcase \"$filed $filed_ \" in\n"
		       "\t*\" $prev \"*)\n"
		       "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
		       "\t\tcompopt -o filenames 2>/dev/null\n"
		       "\t\treturn\n"
		       "\t\t;;\n"
		       "\tesac\n"
		       "\tcase \"$valued $valued_ \" in\n"
		       "\t*\" $prev \"*) return ;;\n"
		       "\tesac\n"
		       "\tif [[ $cur == -* ]]; then\n"
		       "\t\tmapfile -t COMPREPLY < <(compgen -W \"$flags $flags_\" -- \"$cur\")\n"
		       "\telif [[ -z $first ]]; then\n"
		       "\t\tmapfile -t COMPREPLY < <(compgen -W '");
	add_first_words(b);
	buf_add_str(b, "' -- \"$cur\")\n"
		       "\telif [[ -n $subs && -z $second ]]; then\n"
		       "\t\tmapfile -t COMPREPLY < <(compgen -W \"$subs\" -- \"$cur\")\n"
		       "\tfi\n"
		       "\tif [[ -n $files && $cur != -* ]]; then\n"
		       "\t\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- \"$cur\")\n"
		       "\t\tcompopt -o filenames 2>/dev/null\n"
		       "\tfi\n"
		       "}\n"
		       "complete -F _huiying huiying\n");
}

/* "word:description" for zsh's _describe, one a line. */
static void add_described(struct buf *b, struct str word, const char *text)
{
	struct buf row;

	buf_init(&row, 65536);
	buf_add(&row, word.p, word.n);
	buf_addf(&row, ":%s", text);
	buf_add_str(b, "\t\t");
	add_quoted(b, buf_str(&row), false);
	buf_add_char(b, '\n');
	buf_fini(&row);
}

static void add_zsh(struct buf *b)
{
	buf_add_str(b, "#compdef huiying\n"
		       "# zsh completion for huiying; made by \"huiying help --completion zsh\".\n"
		       "_huiying() {\n"
		       "\temulate -L zsh\n"
		       "\tsetopt ksh_arrays\n"
		       "\tlocal cur=${words[CURRENT - 1]} prev=${words[CURRENT - 2]}\n"
		       "\tlocal -a line verbs; line=(\"${words[@]}\")\n"
		       "\tlocal first= second= verb= subs= flags= valued= filed= files= word\n"
		       "\tlocal -i i at=CURRENT-1\n");
	add_common(b);
	add_find_verb(b);
	buf_add_str(b, "\tverbs=(\n");
	for (size_t i = 0; i < command_row_count; i++) {
		struct str word = first_word(command_rows[i]->verb);
		if (is_first_of_family(i))
			add_described(b, word, family_summary(word));
	}
	buf_add_str(b, "\t)\n"
		       "\tunsetopt ksh_arrays\n"
		       "\tcase \"$filed $filed_ \" in\n"
		       "\t*\" $prev \"*) _files; return ;;\n"
		       "\tesac\n"
		       "\tcase \"$valued $valued_ \" in\n"
		       "\t*\" $prev \"*) return ;;\n"
		       "\tesac\n"
		       "\tif [[ $cur == -* ]]; then\n"
		       "\t\tcompadd -- ${=flags} ${=flags_}\n"
		       "\telif [[ -z $first ]]; then\n"
		       "\t\t_describe command verbs\n"
		       "\telif [[ -n $subs && -z $second ]]; then\n"
		       "\t\tcompadd -- ${=subs}\n"
		       "\tfi\n"
		       "\t[[ -n $files && $cur != -* ]] && _files\n"
		       "\treturn 0\n"
		       "}\n"
		       "if [[ $funcstack[1] == _huiying ]]; then\n"
		       "\t_huiying \"$@\"\n"
		       "else\n"
		       "\tcompdef _huiying huiying\n"
		       "fi\n");
}

/* --- fish ---------------------------------------------------------------- */

static void add_fish_flag(struct buf *b, const char *verb, const struct command_flag *f)
{
	buf_add_str(b, "complete -c huiying");
	if (verb != NULL)
		buf_addf(b, " -n '__huiying_is %s'", verb);
	buf_addf(b, " -l %s%s%s -d ", f->name, f->arg != NULL ? " -r" : "",
		takes_file(f->arg) ? " -F" : "");
	add_quoted(b, _(f->help), true);
	buf_add_char(b, '\n');
}

static void add_fish_verb(struct buf *b, size_t i)
{
	const struct command *c = command_rows[i];
	struct str family = first_word(c->verb);
	const char *second = second_word(c->verb);

	if (is_first_of_family(i)) {
		buf_addf(b, "complete -c huiying -n '__huiying_has 0' -a %.*s -d ", (int)family.n,
			family.p);
		add_quoted(b, family_summary(family), true);
		buf_add_char(b, '\n');
	}
	if (second[0] != '\0') {
		buf_addf(b, "complete -c huiying -n '__huiying_has 1 %.*s' -a %s -d ",
			(int)family.n, family.p, second);
		add_quoted(b, _(c->summary), true);
		buf_add_char(b, '\n');
	}
	if (takes_file(c->args))
		buf_addf(b, "complete -c huiying -n '__huiying_is %s' -F\n", c->verb);
	for (const struct command_flag *f = c->flags; f != NULL && f->name != NULL; f++)
		add_fish_flag(b, c->verb, f);
}

static void add_fish(struct buf *b)
{
	buf_add_str(b,
		"# fish completion for huiying; made by \"huiying help --completion fish\".\n"
		"function __huiying_words\n"
		"\tset -l skip 0\n"
		"\tfor word in (commandline -opc)[2..-1]\n"
		"\t\tif test $skip = 1\n"
		"\t\t\tset skip 0\n"
		"\t\telse if contains -- $word");
	add_names(b, command_common_flags, FLAG_VALUED);
	add_names(b, command_common_flags, FLAG_FILE);
	buf_add_str(b, "\n"
		       "\t\t\tset skip 1\n"
		       "\t\telse if not string match -q -- '-*' $word\n"
		       "\t\t\techo $word\n"
		       "\t\tend\n"
		       "\tend\n"
		       "end\n"
		       "# __huiying_has N [WORD]: N plain words so far, the first of them WORD.\n"
		       "function __huiying_has\n"
		       "\tset -l plain (__huiying_words)\n"
		       "\ttest (count $plain) -eq $argv[1]; or return 1\n"
		       "\ttest (count $argv) -eq 1; or test \"$plain[1]\" = \"$argv[2]\"\n"
		       "end\n"
		       "# __huiying_is VERB…: the command line begins with that verb.\n"
		       "function __huiying_is\n"
		       "\tset -l plain (__huiying_words)\n"
		       "\tset -l n (count $argv)\n"
		       "\ttest (count $plain) -ge $n; or return 1\n"
		       "\ttest \"$plain[1..$n]\" = \"$argv\"\n"
		       "end\n"
		       "complete -c huiying -f\n");
	for (const struct command_flag *f = command_common_flags; f->name != NULL; f++)
		add_fish_flag(b, NULL, f);
	for (size_t i = 0; i < command_row_count; i++)
		add_fish_verb(b, i);
}

enum err_code manual_print_completion(FILE *out, const char *shell, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, SCRIPT_MAX);
	if (strcmp(shell, "bash") == 0) {
		add_bash(&b);
	} else if (strcmp(shell, "zsh") == 0) {
		add_zsh(&b);
	} else if (strcmp(shell, "fish") == 0) {
		add_fish(&b);
	} else {
		buf_fini(&b);
		return err_set(e, ERR_USAGE,
			_("no completion for the shell %s; there is bash, zsh and fish"), shell);
	}
	rc = buf_check(&b, _("the completion script"), e);
	if (rc == ERR_OK && fwrite(b.data, 1, b.len, out) != b.len)
		rc = err_set(e, ERR_IO, _("cannot write the completion script"));
	buf_fini(&b);
	return rc;
}
