/*
 * arena.h - memory that lives and dies with one document or one command.
 *
 * All allocations are freed together by arena_free(). An arena has a maximum;
 * past it, and when malloc fails, the functions return NULL and the arena
 * remembers (arena_failed), so a builder may check once at its end. An arena that could not be made
 * (NULL) is one that has failed.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

#define ARENA_MAX_DEFAULT ((size_t)256 << 20)

struct arena *arena_new(size_t max); /* NULL: no memory */
void arena_free(struct arena *a); /* NULL is fine */
void arena_reset(struct arena *a); /* frees the content, keeps the arena */

void *arena_alloc(struct arena *a, size_t size); /* zeroed, aligned for any type */
void *arena_array(struct arena *a, size_t count, size_t size); /* overflow-safe, zeroed */
void *arena_room(struct arena *a, size_t count, size_t size); /* the same, not zeroed */
char *arena_strdup(struct arena *a, const char *s); /* NULL in, NULL out */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

bool arena_failed(const struct arena *a);
/* Something else that belongs to what is built here got no memory. */
void arena_fail(struct arena *a);
size_t arena_used(const struct arena *a);

#endif
