/*
 * memory.h - memory for libraries that must never be told that there is none: some lose part of
 * what they read then, or run beyond it. Where malloc() has none the program ends, with a word on
 * stderr and the exit code of ERR_NOMEM; what is being written survives that as it survives a
 * kill. Our own code does not use it: it says ERR_NOMEM.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* As malloc(), realloc() and strdup(), but never NULL; free() takes it back. */
void *memory_get(size_t n);
void *memory_resize(void *p, size_t n);
char *memory_copy(const char *s);

#endif
