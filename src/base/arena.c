#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BLOCK = 16 * 1024, ARENA_ALIGN = 16 };

struct arena_block {
    struct arena_block *older;
    size_t size;
    size_t used;
    _Alignas(ARENA_ALIGN) unsigned char data[];
};

struct arena_hook {
    struct arena_hook *older;
    void (*run)(void *data);
    void *data;
};

void arena_init(struct arena *arena, size_t limit)
{
    *arena = (struct arena){.limit = limit};
}

void arena_release(struct arena *arena)
{
    while (arena->hook != NULL) {
        struct arena_hook *hook = arena->hook;
        arena->hook = hook->older;
        hook->run(hook->data);
    }
    while (arena->block != NULL) {
        struct arena_block *block = arena->block;
        arena->block = block->older;
        free(block);
    }
    arena->used = 0;
}

static _Noreturn void arena_exhausted(struct arena *arena)
{
    if (arena->escape != NULL)
        longjmp(*arena->escape, 1);
    fputs("zonale: memory of one call exhausted\n", stderr);
    abort();
}

static void arena_grow(struct arena *arena, size_t size)
{
    size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
    struct arena_block *block = malloc(sizeof *block + room);
    if (block == NULL)
        arena_exhausted(arena);
    block->older = arena->block;
    block->size = room;
    block->used = 0;
    arena->block = block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ARENA_ALIGN)
        arena_exhausted(arena);
    size_t padded = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    if (padded > arena->limit || arena->used > arena->limit - padded)
        arena_exhausted(arena);
    if (arena->block == NULL || arena->block->size - arena->block->used < padded)
        arena_grow(arena, padded);
    void *place = arena->block->data + arena->block->used;
    arena->block->used += padded;
    arena->used += padded;
    return memset(place, 0, padded);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        arena_exhausted(arena);
    return arena_alloc(arena, total);
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_strndup(struct arena *arena, const char *text, size_t size)
{
    if (size == SIZE_MAX)
        arena_exhausted(arena);
    char *copy = arena_alloc(arena, size + 1);
    memcpy(copy, text, size);
    return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(arena, length < 0 ? 1 : (size_t)length + 1);
    if (length > 0)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

void arena_hook(struct arena *arena, void (*run)(void *data), void *data)
{
    struct arena_hook *hook = ARENA_NEW(arena, struct arena_hook);
    *hook = (struct arena_hook){.older = arena->hook, .run = run, .data = data};
    arena->hook = hook;
}
