/* An arena: memory whose lives end together. A failed allocation sticks, as with buffers: a loader
 * of many texts may ask arena_failed once at its end instead of at every text. */
#ifndef XINFENG_BASE_ARENA_H
#define XINFENG_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* An empty arena; NULL when memory is short. Free with arena_free. */
struct arena *arena_new(void);

/* size zeroed bytes aligned for any type, living as long as the arena; NULL when memory is short.
 */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of a string in the arena; NULL for NULL or when memory is short. */
char *arena_strdup(struct arena *arena, const char *text);

/* A copy of the first bytes of a string, at most so many, in the arena; NULL when memory is short.
 */
char *arena_strndup(struct arena *arena, const char *text, size_t most);

/* A formatted string in the arena; NULL when memory is short. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* True when any allocation has failed since arena_new, so that what gathers many texts can ask once
 * at its end. */
bool arena_failed(const struct arena *arena);

/* Ends all lives at once but keeps memory for the next ones. */
void arena_reset(struct arena *arena);

/* Ends all lives. NULL is harmless. */
void arena_free(struct arena *arena);

#endif
