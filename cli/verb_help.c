/*
 * verb_help.c - help and version, both made from the command table.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/manual.h"
#include "cli/output.h"

static void print_flags(const struct command_flag *flags)
{
	struct table *t = table_new_bare(2);

	for (; t && flags->name; flags++) {
		table_cellf(t, "  --%s%s%s", flags->name, flags->arg ? " " : "",
			flags->arg ? _(flags->arg) : "");
		table_cell(t, _(flags->help));
		table_end_row(t);
	}
	if (t)
		table_print(t, stdout, 0, NULL);
	table_free(t);
}

static void print_one(const struct command *c)
{
	struct buf needs;

	printf("%s huiying %s%s%s\n\n%s\n", _("usage:"), c->verb, c->args[0] ? " " : "",
		c->args[0] ? _(c->args) : "", c->help ? _(c->help) : _(c->summary));
	buf_init(&needs, 1024);
	command_add_needs(&needs, c);
	if (needs.len)
		printf("\n%s\n", buf_str(&needs));
	buf_fini(&needs);
	if (c->flags && c->flags->name) {
		printf("\n%s\n", _("options:"));
		print_flags(c->flags);
	}
	printf("\n%s\n", _("every command:"));
	print_flags(command_common_flags);
}

static enum err_code print_rows(const char *prefix, struct err *e)
{
	struct table *t = table_new_bare(2);
	size_t n = prefix ? strlen(prefix) : 0;
	enum err_code rc = ERR_OK;

	if (!t)
		return err_nomem(e);
	for (size_t i = 0; i < command_row_count; i++) {
		const struct command *c = command_rows[i];
		if (prefix && !(strncmp(c->verb, prefix, n) == 0 &&
				      (c->verb[n] == ' ' || c->verb[n] == '\0')))
			continue;
		table_cellf(t, "  %s", c->verb);
		table_cell(t, _(c->summary));
		table_end_row(t);
	}
	if (prefix && table_rows(t) == 0)
		rc = err_set(e, ERR_USAGE, _("unknown command %s; try “huiying help”"), prefix);
	else
		rc = table_print(t, stdout, 0, e);
	table_free(t);
	return rc;
}

static enum err_code run_help(struct call *call, struct err *e)
{
	char verb[64];

	if (call_has(call, "man"))
		return manual_print_man(stdout, e);
	if (call_has(call, "completion"))
		return manual_print_completion(stdout, call_flag(call, "completion"), e);
	if (call->argc == 0) {
		printf("%s\n%s huiying %s\n\n",
			_("Huiying 回应 - watch public matters, answer them, keep what was "
			  "promised"),
			_("usage:"), _("VERB [ARGUMENTS] [OPTIONS]"));
		enum err_code rc = print_rows(NULL, e);
		if (!rc)
			printf("\n%s\n%s\n",
				_("“huiying help VERB” explains a command; huiying(1) is the "
				  "manual."),
				_("exit: 0 done, 1 the answer is no or something is overdue, 2 "
				  "usage or configuration, 3 failure, 4 integrity failure"));
		return rc;
	}
	snprintf(verb, sizeof verb, "%s%s%s", call->argv[0], call->argc > 1 ? " " : "",
		call->argc > 1 ? call->argv[1] : "");
	const struct command *c = command_find(verb);
	if (!c)
		return print_rows(call->argv[0], e);
	print_one(c);
	return ERR_OK;
}

static enum err_code run_version(struct call *call, struct err *e)
{
	(void)call;
	(void)e;
	printf("huiying %s\n", HUIYING_VERSION);
	return ERR_OK;
}

static const struct command_flag help_flags[] = {
	{"man", NULL, N_("print the manual page in roff")},
	{"completion", N_("SHELL"), N_("print the completion script for bash, zsh or fish")},
	{NULL, NULL, NULL},
};

const struct command command_help = {
	.verb = "help",
	.args = N_("[VERB]"),
	.summary = N_("list the commands, or explain one"),
	.flags = help_flags,
	.max_args = 2,
	.roles = COMMAND_ANYBODY,
	.run = run_help,
};

const struct command command_version = {
	.verb = "version",
	.args = "",
	.summary = N_("print the version"),
	.roles = COMMAND_ANYBODY,
	.run = run_version,
};
