#include "base/buf.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_ROOM = 256 };

void buf_init(struct buf *buf, struct arena *arena, size_t limit)
{
    *buf = (struct buf){.arena = arena, .limit = limit};
    buf->room = limit < FIRST_ROOM ? limit : FIRST_ROOM;
    buf->data = arena_alloc(arena, buf->room + 1);
}

/* Room for `size` bytes more and the NUL. The old block stays in the arena: doubling keeps what is
 * lost below what is used. */
static bool make_room(struct buf *buf, size_t size)
{
    if (size > buf->limit - buf->size) {
        buf->full = true;
        buf->room = buf->size;
        return false;
    }
    if (size <= buf->room - buf->size) {
        return true;
    }
    size_t room = buf->room * 2;
    if (room < buf->size + size) {
        room = buf->size + size;
    }
    if (room > buf->limit) {
        room = buf->limit;
    }
    char *data = arena_alloc(buf->arena, room + 1);
    memcpy(data, buf->data, buf->size);
    buf->data = data;
    buf->room = room;
    return true;
}

void buf_reserve(struct buf *buf, size_t size)
{
    if (!buf->full && size <= buf->limit - buf->size)
        make_room(buf, size);
}

void buf_grow_add(struct buf *buf, const void *data, size_t size)
{
    if (size == 0 || buf->full || !make_room(buf, size)) {
        return;
    }
    memcpy(buf->data + buf->size, data, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    if (size > 0 && !buf->full && make_room(buf, (size_t)size)) {
        vsnprintf(buf->data + buf->size, (size_t)size + 1, format, again);
        buf->size += (size_t)size;
    }
    va_end(again);
    va_end(args);
}
