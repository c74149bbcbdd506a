/*
 * jit.h - PCRE2 without its compiler, as where memory must not be written and run: rules
 * that are compiled while jit_is_refused are interpreted. For one .c file of a test, which
 * the linker then takes this function from.
 */
#ifndef JIT_H
#define JIT_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <dlfcn.h>
#include <pcre2.h>
#include <stdbool.h>
#include <string.h>

static bool jit_is_refused;

int pcre2_jit_compile_8(pcre2_code *code, uint32_t options)
{
	int (*compile)(pcre2_code *, uint32_t);
	void *found = dlsym(RTLD_NEXT, "pcre2_jit_compile_8");

	if (jit_is_refused || !found)
		return PCRE2_ERROR_JIT_BADOPTION;
	memcpy(&compile, &found, sizeof compile);
	return compile(code, options);
}

#endif
