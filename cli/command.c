/*
 * command.c - from argv to a call: which row of the command table, which flags,
 * which words. Knows the table's shape only; what the commands do is in verb_*.c.
 */
#include "cli/command.h"

#include <string.h>

#include "base/i18n.h"

const struct command_flag command_common_flags[] = {
	{"home", N_("DIR"), N_("the instance: its configuration and its data")},
	{"json", NULL, N_("JSON on standard output")},
	{"quiet", NULL, N_("no progress and no notices")},
	{"verbose", NULL, N_("say more on standard error")},
	{"help", NULL, N_("show the help of this command")},
	{"actor", N_("NAME"), N_("act as NAME (demonstration instances only)")},
	{"role", N_("ROLE"), N_("role of --actor: watch, unit, supervisor or admin")},
	{"for", N_("UNIT"), N_("the unit that really acted, when the office enters it")},
	{"post", N_("POST"), N_("the post in that unit")},
	{"how", N_("HOW"), N_("how it reached the office: phone, paper or OA")},
	{"document", N_("NO"), N_("number of the document behind the act")},
	{NULL, NULL, NULL},
};

static const struct command_flag *flag_in(
	const struct command_flag *table, const char *name, size_t len)
{
	for (; table && table->name; table++)
		if (strlen(table->name) == len && memcmp(table->name, name, len) == 0)
			return table;
	return NULL;
}

static const struct command_flag *flag_of(const struct command *cmd, const char *name, size_t len)
{
	const struct command_flag *f = cmd ? flag_in(cmd->flags, name, len) : NULL;

	return f ? f : flag_in(command_common_flags, name, len);
}

const struct command *command_find(const char *verb)
{
	for (size_t i = 0; i < command_row_count; i++)
		if (strcmp(command_rows[i]->verb, verb) == 0)
			return command_rows[i];
	return NULL;
}

/* Longest verb first: "case open" before "case". *used is 1 or 2. */
static const struct command *find_verb(const char *first, const char *second, int *used)
{
	*used = 1;
	for (size_t i = 0; second && i < command_row_count; i++) {
		const char *verb = command_rows[i]->verb;
		size_t n = strlen(first);
		if (strncmp(verb, first, n) == 0 && verb[n] == ' ' &&
			strcmp(verb + n + 1, second) == 0) {
			*used = 2;
			return command_rows[i];
		}
	}
	return command_find(first);
}

void command_add_needs(struct buf *b, const struct command *c)
{
	struct buf names;

	if (c->roles == COMMAND_ANYBODY)
		return;
	buf_init(&names, 256);
	people_add_roles(&names, c->roles, _(" or "));
	buf_addf(b,
		c->personal ? _("Needs the role %s and a login of one's own.")
			    : _("Needs the role %s."),
		buf_str(&names));
	buf_fini(&names);
}

static size_t edit_distance(const char *a, const char *b)
{
	size_t row[34], n = strlen(b);

	if (n > 32 || strlen(a) > 32)
		return 99;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);
			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[n];
}

/* "case" has no row of its own but "case open" has: say which ones exist. */
static enum err_code unknown_verb(const char *word, struct err *e)
{
	const char *nearest = NULL;
	size_t best = 3, n = strlen(word);

	for (size_t i = 0; i < command_row_count; i++) {
		const char *verb = command_rows[i]->verb;
		if (strncmp(verb, word, n) == 0 && verb[n] == ' ')
			return err_set(
				e, ERR_USAGE, _("%s: which? Try “huiying help %s”"), word, word);
		size_t d = edit_distance(word, verb);
		if (d < best) {
			best = d;
			nearest = verb;
		}
	}
	if (nearest)
		return err_set(
			e, ERR_USAGE, _("unknown command %s; did you mean %s?"), word, nearest);
	return err_set(e, ERR_USAGE, _("unknown command %s; try “huiying help”"), word);
}

static enum err_code keep_flag(struct call *c, const char *name, const char *value, struct err *e)
{
	if (c->flag_count == CALL_FLAGS_MAX)
		return err_set(e, ERR_USAGE, _("more than %d options"), CALL_FLAGS_MAX);
	c->flags[c->flag_count].name = name;
	c->flags[c->flag_count].value = value;
	c->flag_count++;
	if (strcmp(name, "json") == 0)
		c->json = true;
	else if (strcmp(name, "quiet") == 0)
		c->quiet = true;
	else if (strcmp(name, "verbose") == 0)
		c->verbose = true;
	else if (strcmp(name, "home") == 0)
		c->home_option = value;
	return ERR_OK;
}

/* One option at argv[*i]; advances *i over a value in the next word. */
static enum err_code take_flag(struct call *c, int argc, char **argv, int *i, struct err *e)
{
	const char *name = argv[*i] + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals ? (size_t)(equals - name) : strlen(name);
	const struct command_flag *f = flag_of(c->command, name, len);

	if (!f)
		return err_set(e, ERR_USAGE, _("unknown option %s"), argv[*i]);
	if (!f->arg && equals)
		return err_set(e, ERR_USAGE, _("option --%s takes no value"), f->name);
	if (!f->arg)
		return keep_flag(c, f->name, "", e);
	if (equals)
		return keep_flag(c, f->name, equals + 1, e);
	if (*i + 1 >= argc)
		return err_set(
			e, ERR_USAGE, _("option --%s needs a value: %s"), f->name, _(f->arg));
	return keep_flag(c, f->name, argv[++*i], e);
}

/* -o FILE or -oFILE: --output FILE, for commands that have it. */
static enum err_code take_output(struct call *c, int argc, char **argv, int *i, struct err *e)
{
	const char *value = argv[*i] + 2;

	if (!flag_of(c->command, "output", strlen("output")))
		return err_set(e, ERR_USAGE, _("unknown option -%c"), 'o');
	if (!*value && *i + 1 >= argc)
		return err_set(e, ERR_USAGE, _("option --%s needs a value: %s"), "output", "FILE");
	return keep_flag(c, "output", *value ? value : argv[++*i], e);
}

static enum err_code take_short(struct call *c, const char *word, struct err *e)
{
	static const struct {
		char letter;
		const char *name;
	} shorts[] = {{'q', "quiet"}, {'v', "verbose"}, {'h', "help"}};

	for (const char *p = word + 1; *p; p++) {
		const char *name = NULL;
		for (size_t k = 0; k < sizeof shorts / sizeof *shorts; k++)
			if (shorts[k].letter == *p)
				name = shorts[k].name;
		if (!name)
			return err_set(e, ERR_USAGE, _("unknown option -%c"), *p);
		enum err_code rc = keep_flag(c, name, "", e);
		if (rc)
			return rc;
	}
	return ERR_OK;
}

static enum err_code check_counts(const struct call *c, struct err *e)
{
	const struct command *cmd = c->command;

	if (c->argc < cmd->min_args)
		return err_set(e, ERR_USAGE, _("%s: too few arguments; usage: huiying %s %s"),
			cmd->verb, cmd->verb, _(cmd->args));
	if (cmd->max_args >= 0 && c->argc > cmd->max_args)
		return err_set(e, ERR_USAGE, _("%s: too many arguments; usage: huiying %s %s"),
			cmd->verb, cmd->verb, _(cmd->args));
	return ERR_OK;
}

/* -h anywhere: the same as "help VERB". */
static enum err_code turn_into_help(struct call *c, const char **words)
{
	c->argc = 0;
	if (c->command && strcmp(c->command->verb, "help") != 0)
		words[c->argc++] = c->command->verb;
	c->command = command_find("help");
	return ERR_OK;
}

enum err_code command_parse(
	int argc, char **argv, const char **words, struct call *out, struct err *e)
{
	bool options_over = false;
	enum err_code rc = ERR_OK;

	memset(out, 0, sizeof *out);
	out->argv = words;
	for (int i = 1; i < argc && !rc; i++) {
		const char *word = argv[i];
		if (!options_over && strcmp(word, "--") == 0) {
			options_over = true;
		} else if (!options_over && !out->command && strcmp(word, "--version") == 0) {
			out->command = command_find("version");
		} else if (!options_over && strncmp(word, "--", 2) == 0) {
			rc = take_flag(out, argc, argv, &i, e);
		} else if (!options_over && word[0] == '-' && word[1] == 'o') {
			rc = take_output(out, argc, argv, &i, e);
		} else if (!options_over && word[0] == '-' && word[1]) {
			rc = take_short(out, word, e);
		} else if (!out->command) {
			int used;
			out->command = find_verb(word, i + 1 < argc ? argv[i + 1] : NULL, &used);
			i += used - 1;
			if (!out->command && !call_has(out, "help"))
				rc = unknown_verb(word, e);
		} else {
			words[out->argc++] = word;
		}
	}
	if (rc)
		return rc;
	if (call_has(out, "help") || !out->command)
		return turn_into_help(out, words);
	return check_counts(out, e);
}

const char *call_flag_at(const struct call *c, const char *name, int n)
{
	for (int i = 0; i < c->flag_count; i++)
		if (strcmp(c->flags[i].name, name) == 0 && n-- == 0)
			return c->flags[i].value;
	return NULL;
}

const char *call_flag(const struct call *c, const char *name)
{
	return call_flag_at(c, name, 0);
}

bool call_has(const struct call *c, const char *name)
{
	return call_flag(c, name) != NULL;
}
