/*
 * manual.c - huiying(1), made from the command table.
 *
 * Everything that is particular to a command comes from its row; only the frame
 * (what the program is, exit status, files) is written here.
 */
#include "cli/manual.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"

#define MANUAL_MAX ((size_t)4 << 20)

/* --- roff ---------------------------------------------------------------- */

/* Text in which roff sees no escape, no request and no typographic character. */
static void add_text(struct buf *b, struct str s)
{
	static const struct {
		char c;
		const char *roff;
	} special[] = {
		{'\\', "\\e"},
		{'-', "\\-"},
		{'"', "\\(dq"},
		{'\'', "\\(aq"},
		{'`', "\\(ga"},
		{'^', "\\(ha"},
		{'~', "\\(ti"},
	};

	for (size_t i = 0; i < s.n; i++) {
		const char *roff = NULL;
		for (size_t k = 0; k < sizeof special / sizeof *special; k++)
			roff = special[k].c == s.p[i] ? special[k].roff : roff;
		if (s.p[i] == '.' && (i == 0 || s.p[i - 1] == '\n'))
			roff = "\\&.";
		if (roff != NULL)
			buf_add_str(b, roff);
		else
			buf_add_char(b, s.p[i]);
	}
}

static void add_words(struct buf *b, const char *s)
{
	add_text(b, str_of(s));
}

/* Paragraphs: an empty line ends one, indented lines stay as they are, any other
 * line end is kept as a break. `paragraph` is the request between paragraphs. */
static void add_paragraphs(struct buf *b, const char *text, const char *paragraph)
{
	struct str rest = str_of(text);
	bool fresh = true, verbatim = false;

	while (rest.p != NULL) {
		struct str line = str_split(&rest, '\n');
		bool indented = line.n > 0 && line.p[0] == ' ';
		if (indented != verbatim) {
			buf_add_str(b, indented ? ".nf\n" : ".fi\n");
			fresh = true;
		}
		verbatim = indented;
		if (line.n == 0) {
			if (rest.p != NULL)
				buf_addf(b, "%s\n", paragraph);
			fresh = true;
			continue;
		}
		if (!fresh && !verbatim)
			buf_add_str(b, ".br\n");
		add_text(b, line);
		buf_add_char(b, '\n');
		fresh = false;
	}
	if (verbatim)
		buf_add_str(b, ".fi\n");
}

/* --- what a row says ----------------------------------------------------- */

static const char *short_form(const char *name)
{
	static const char *const names[] = {"help", "quiet", "verbose"};
	static const char *const forms[] = {"\\-h, ", "\\-q, ", "\\-v, "};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]) == 0)
			return forms[i];
	}
	return "";
}

static void add_flag(struct buf *b, const struct command_flag *f, bool common)
{
	buf_addf(b, ".TP\n\\fB%s\\-\\-", common ? short_form(f->name) : "");
	add_words(b, f->name);
	buf_add_str(b, "\\fR");
	if (f->arg != NULL) {
		buf_add_str(b, " \\fI");
		add_words(b, _(f->arg));
		buf_add_str(b, "\\fR");
	}
	buf_add_char(b, '\n');
	add_paragraphs(b, _(f->help), ".IP");
}

/* A summary is a phrase; here it stands as a sentence. */
static void add_sentence(struct buf *b, const char *phrase)
{
	struct str s = str_of(phrase);

	if (s.n > 0 && s.p[0] >= 'a' && s.p[0] <= 'z') {
		buf_add_char(b, (char)(s.p[0] - 'a' + 'A'));
		s = str_sub(s, 1, s.n);
	}
	add_text(b, s);
	buf_add_str(b, ".\n");
}

static void add_needs(struct buf *b, const struct command *c)
{
	struct buf needs;

	buf_init(&needs, 1024);
	command_add_needs(&needs, c);
	if (needs.len) {
		buf_add_str(b, ".PP\n");
		add_paragraphs(b, buf_str(&needs), ".PP");
	}
	buf_fini(&needs);
}

static void add_command(struct buf *b, const struct command *c)
{
	buf_add_str(b, ".SS \"huiying ");
	add_words(b, c->verb);
	if (c->args[0] != '\0') {
		buf_add_char(b, ' ');
		add_words(b, _(c->args));
	}
	buf_add_str(b, "\"\n");
	add_sentence(b, _(c->summary));
	if (c->help != NULL) {
		buf_add_str(b, ".PP\n");
		add_paragraphs(b, _(c->help), ".PP");
	}
	add_needs(b, c);
	for (const struct command_flag *f = c->flags; f != NULL && f->name != NULL; f++)
		add_flag(b, f, false);
}

/* --- the frame ----------------------------------------------------------- */

struct entry {
	const char *term; /* as it is, not translated */
	const char *text; /* N_() */
};

static const struct entry exits[] = {
	{"0", N_("Done.")},
	{"1", N_("The answer is no, or something is overdue; also an act that the rules refuse.")},
	{"2", N_("Wrong command line, or a mistake in a configuration or rule file.")},
	{"3", N_("Failure: unreadable input, the disk, the network, the database.")},
	{"4", N_("The record of account does not verify.")},
};

static const struct entry files[] = {
	{"huiying.conf, sources.conf, keywords.conf, local.d/*.conf",
		N_("Each is looked for singly: in --home or $HUIYING_HOME, in "
		   "${XDG_CONFIG_HOME:-~/.config}/huiying, in /etc/huiying, and then among those "
		   "that came with the program.")},
	{"ledger.db, spool/, archive/, evidence/, state/",
		N_("The data: in --home or $HUIYING_HOME when given, else in "
		   "${XDG_DATA_HOME:-~/.local/share}/huiying when that exists, else in "
		   "/var/lib/huiying.")},
};

static const struct entry environment[] = {
	{"HUIYING_HOME", N_("The instance when --home is not given.")},
	{"HUIYING_SHIPPED", N_("Where the rules that came with the program are, for a program that "
			       "runs from a build directory outside of its tree.")},
	{"LANGUAGE", N_("The language of messages; without it huiying.conf decides.")},
	{"NO_COLOR", N_("When set, no colour is used.")},
};

static void add_entries(struct buf *b, const char *title, const struct entry *rows, size_t n)
{
	buf_add_str(b, ".SH \"");
	add_words(b, title);
	buf_add_str(b, "\"\n");
	for (size_t i = 0; i < n; i++) {
		buf_add_str(b, ".TP\n\\fB");
		add_words(b, rows[i].term);
		buf_add_str(b, "\\fR\n");
		add_paragraphs(b, _(rows[i].text), ".IP");
	}
}

static void add_heading(struct buf *b, const char *title)
{
	buf_add_str(b, ".SH \"");
	add_words(b, title);
	buf_add_str(b, "\"\n");
}

static void add_front(struct buf *b)
{
	buf_add_str(b, ".\\\" Made by \"huiying help --man\" from the command table.\n"
		       ".TH HUIYING 1 \"\" \"huiying " HUIYING_VERSION "\" \"\"\n"
		       ".\\\" Examples of JSON must not be hyphenated.\n.nh\n.ad l\n");
	add_heading(b, _("NAME"));
	buf_add_str(b, "huiying \\- ");
	add_words(b, _("watch public matters, answer them, keep what was promised"));
	buf_add_char(b, '\n');
	add_heading(b, _("SYNOPSIS"));
	buf_add_str(b, "\\fBhuiying\\fR ");
	add_words(b, _("VERB [ARGUMENTS] [OPTIONS]"));
	buf_add_char(b, '\n');
	add_heading(b, _("DESCRIPTION"));
	add_paragraphs(b,
		_("Huiying reads public news and social feeds for matters that a local government "
		  "must answer, raises alerts for the staff on watch, and keeps the response "
		  "ledger: who must answer and by when, what was answered and where, what was "
		  "promised, and whether the promise has been kept in public.\n\n"
		  "Data goes to standard output, messages and progress to standard error. Options "
		  "may stand before or after the arguments; “--” ends them."),
		".PP");
	add_heading(b, _("OPTIONS OF EVERY COMMAND"));
	for (const struct command_flag *f = command_common_flags; f->name != NULL; f++)
		add_flag(b, f, true);
}

static void add_back(struct buf *b)
{
	add_entries(b, _("EXIT STATUS"), exits, sizeof exits / sizeof *exits);
	add_entries(b, _("FILES"), files, sizeof files / sizeof *files);
	add_entries(b, _("ENVIRONMENT"), environment, sizeof environment / sizeof *environment);
	add_heading(b, _("SEE ALSO"));
	buf_add_str(b, "\\fBhuiying\\-fetch\\fR(1), \\fBhuiying.conf\\fR(5), "
		       "\\fBsources.conf\\fR(5), \\fBkeywords.conf\\fR(5), \\fBunits.conf\\fR(5), "
		       "\\fBchannels.conf\\fR(5), \\fBdeadlines.conf\\fR(5)\n");
}

enum err_code manual_print_man(FILE *out, struct err *e)
{
	struct buf b;
	enum err_code rc;

	buf_init(&b, MANUAL_MAX);
	add_front(&b);
	add_heading(&b, _("COMMANDS"));
	for (size_t i = 0; i < command_row_count; i++)
		add_command(&b, command_rows[i]);
	add_back(&b);
	rc = buf_check(&b, "huiying(1)", e);
	if (rc == ERR_OK && fwrite(b.data, 1, b.len, out) != b.len)
		rc = err_set(e, ERR_IO, _("cannot write the manual page"));
	buf_fini(&b);
	return rc;
}
