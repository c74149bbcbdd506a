/*
 * memory.c - memory, or the end of the program.
 */
#include "base/memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"

static void *or_end(void *p)
{
	if (p)
		return p;
	(void)fprintf(stderr, "%s: %s\n", program_invocation_short_name, _("out of memory"));
	_exit(err_exit_code(ERR_NOMEM));
}

void *memory_get(size_t n)
{
	return or_end(malloc(n ? n : 1));
}

void *memory_resize(void *p, size_t n)
{
	return or_end(realloc(p, n ? n : 1));
}

char *memory_copy(const char *s)
{
	return or_end(strdup(s));
}
