/* Memory of one call: everything a request, a job step or a command allocates is taken from one
 * arena and given back in one stroke. There is no free of single objects.
 *
 * Contract
 *   - arena_alloc and its friends never return NULL: when the limit (or the machine) is exhausted
 *     they jump to `escape` if one is set (the funnel answers 503) and abort otherwise.
 *   - memory is zeroed and aligned for any type;
 *   - hooks run in reverse order of registration, before the memory goes.
 */
#ifndef ZONALE_BASE_ARENA_H
#define ZONALE_BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

struct arena_block;
struct arena_hook;

struct arena {
    struct arena_block *block; /* the block being filled; older ones hang behind it */
    struct arena_hook *hook;   /* clean-ups, last registered first */
    size_t used;               /* bytes handed out, with their padding */
    size_t limit;              /* most bytes that may be handed out */
    jmp_buf *escape;           /* where exhaustion goes; NULL = abort */
};

void arena_init(struct arena *arena, size_t limit);
/* Runs the hooks and frees the blocks; the arena can be used again afterwards. */
void arena_release(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);
/* `count` objects of `size` bytes; the product is checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);
#define ARENA_NEW(arena, type)      ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_NEWS(arena, type, nr) ((type *)arena_array((arena), (nr), sizeof(type)))

char *arena_strdup(struct arena *arena, const char *text);
/* The first `size` bytes of `text`, with a NUL behind. */
char *arena_strndup(struct arena *arena, const char *text, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Have `run(data)` called when the arena is released. */
void arena_hook(struct arena *arena, void (*run)(void *data), void *data);

#endif
