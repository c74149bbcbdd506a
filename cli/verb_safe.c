/*
 * verb_safe.c - "safe": bytes from standard input become text that a terminal can
 * be trusted with. A filter in blocks: its memory does not grow with its input.
 */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/utf8.h"

#define BLOCK ((size_t)64 << 10)
/* One character of n bytes becomes at most 4 n + 6 ("<U+0080>", "<U+10FFFF>"). */
#define SAFE_MAX (10 * BLOCK)

static enum err_code read_some(char *to, size_t room, size_t *got, struct err *e)
{
	ssize_t n;

	do
		n = read(STDIN_FILENO, to, room);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_errno(e, errno, "%s", _("cannot read standard input"));
	*got = (size_t)n;
	return ERR_OK;
}

static enum err_code write_safe(
	struct buf *out, struct text_safe *state, const char *s, size_t n, struct err *e)
{
	enum err_code rc;

	buf_clear(out);
	text_add_safe_block(out, state, s, n, TEXT_KEEP_LINES);
	rc = buf_check(out, _("a block of output"), e);
	if (!rc && fwrite(buf_str(out), 1, out->len, stdout) != out->len)
		rc = err_errno(e, errno, "%s", _("cannot write the output"));
	return rc;
}

static enum err_code run_safe(struct call *call, struct err *e)
{
	char block[BLOCK];
	struct text_safe state = {0, false};
	struct buf out;
	size_t kept = 0, got = 0;
	enum err_code rc;

	(void)call;
	buf_init(&out, SAFE_MAX);
	do {
		rc = read_some(block + kept, BLOCK - kept, &got, e);
		if (rc)
			break;
		size_t n = kept + got;
		kept = got > 0 ? utf8_open_tail(block, n) : 0;
		rc = write_safe(&out, &state, block, n - kept, e);
		memmove(block, block + n - kept, kept);
	} while (!rc && got > 0);
	buf_fini(&out);
	return rc;
}

const struct command command_safe = {
	.verb = "safe",
	.args = N_("< FILE"),
	.summary = N_("make text from outside safe for a terminal"),
	.help = N_(
		"Reads bytes from standard input and writes valid UTF-8 to standard output.\n"
		"\n"
		"Control characters are shown as ^X, and characters that hide, reorder or have no "
		"width as <U+XXXX>; bytes that are no UTF-8 become U+FFFD. Line ends and tabs "
		"stay. Input of any size is read in little memory."),
	.min_args = 0,
	.max_args = 0,
	.roles = COMMAND_ANYBODY,
	.run = run_safe,
};
