/* A bounded byte buffer in an arena: grows by doubling up to its limit; what does not fit is
 * dropped and remembered in `full`, so a writer checks once, at the end. Always NUL-terminated. */
#ifndef ZONALE_BASE_BUF_H
#define ZONALE_BASE_BUF_H

#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

struct buf {
    struct arena *arena;
    char *data;
    size_t size;
    size_t room; /* once full: what is used, so that nothing more fits */
    size_t limit;
    bool full;
};

void buf_init(struct buf *buf, struct arena *arena, size_t limit);
/* Room at once for what will come: a page of about so many bytes. */
void buf_reserve(struct buf *buf, size_t size);
void buf_grow_add(struct buf *buf, const void *data, size_t size); /* buf_add, where it must grow */
static inline void buf_add(struct buf *buf, const void *data, size_t size)
{
    if (size - 1 >= buf->room - buf->size) { /* also nothing at all, and its NULL */
        buf_grow_add(buf, data, size);
        return;
    }
    memcpy(buf->data + buf->size, data, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}
void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
