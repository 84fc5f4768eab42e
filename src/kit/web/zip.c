/* Compression of pages: a few deflate states are kept, since setting one up costs more than a page.
 * A part that many pages have is compressed once and set between what is around it. */
#include "kit/web/internal.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { ZIPPERS = 8, LEVEL = 3, WINDOW = 15 + 16 /* a gzip head */, MEMORY = 8 };

struct zippers {
    pthread_mutex_t lock;
    z_stream *idle[ZIPPERS];
    size_t count;
};

struct zippers *zippers_new(void)
{
    struct zippers *zippers = calloc(1, sizeof *zippers);
    if (zippers != NULL)
        pthread_mutex_init(&zippers->lock, NULL);
    return zippers;
}

static void end(z_stream *stream)
{
    deflateEnd(stream);
    free(stream);
}

void zippers_free(struct zippers *zippers)
{
    if (zippers == NULL)
        return;
    for (size_t i = 0; i < zippers->count; i++)
        end(zippers->idle[i]);
    pthread_mutex_destroy(&zippers->lock);
    free(zippers);
}

static z_stream *take(struct zippers *zippers)
{
    z_stream *stream = NULL;
    pthread_mutex_lock(&zippers->lock);
    if (zippers->count > 0)
        stream = zippers->idle[--zippers->count];
    pthread_mutex_unlock(&zippers->lock);
    if (stream != NULL)
        return stream;
    stream = calloc(1, sizeof *stream);
    if (stream == NULL ||
        deflateInit2(stream, LEVEL, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(stream);
        return NULL;
    }
    return stream;
}

static void give(struct zippers *zippers, z_stream *stream)
{
    pthread_mutex_lock(&zippers->lock);
    bool room = zippers->count < ZIPPERS;
    if (room)
        zippers->idle[zippers->count++] = stream;
    pthread_mutex_unlock(&zippers->lock);
    if (!room)
        end(stream);
}

static uint32_t crc_of(struct bytes in)
{
    return (uint32_t)crc32(0, in.data, (unsigned)in.size);
}

/* What comes next; the whole of it, or it would not be smaller. */
static bool feed(z_stream *stream, struct bytes in, int flush)
{
    stream->next_in = (unsigned char *)(uintptr_t)in.data;
    stream->avail_in = (unsigned)in.size;
    int done = deflate(stream, flush);
    return flush == Z_FINISH ? done == Z_STREAM_END
                             : done == Z_OK && stream->avail_in == 0 && stream->avail_out > 0;
}

static bool copy(z_stream *stream, struct bytes packed)
{
    if (packed.size >= stream->avail_out)
        return false;
    memcpy(stream->next_out, packed.data, packed.size);
    stream->next_out += packed.size;
    stream->avail_out -= (unsigned)packed.size;
    return true;
}

/* ---- a part, once and for all ------------------------------------------------------------ */

/* Raw deflate that ends on a byte, with nothing behind it that looks back. */
bool zip_part_make(struct zip_part *part, struct bytes text)
{
    enum { BETTER = 6, RAW = -15, MORE = 1024 };
    z_stream stream = {0};
    unsigned char *made = text.size < UINT32_MAX / 2 ? malloc(text.size + MORE) : NULL;
    if (made == NULL)
        return false;
    if (deflateInit2(&stream, BETTER, Z_DEFLATED, RAW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(made);
        return false;
    }
    stream.next_out = made;
    stream.avail_out = (unsigned)(text.size + MORE);
    bool done = feed(&stream, text, Z_FULL_FLUSH);
    size_t size = stream.total_out;
    deflateEnd(&stream);
    if (!done) {
        free(made);
        return false;
    }
    unsigned char *less = realloc(made, size);
    *part = (struct zip_part){text, {less != NULL ? less : made, size}, crc_of(text)};
    return true;
}

void zip_part_free(struct zip_part *part)
{
    free((void *)(uintptr_t)part->packed.data);
}

/* Where the part stands in a page; the end of the page when it does not. */
static size_t place_of(struct bytes page, const struct zip_part *part)
{
    enum { ENOUGH = 64 };
    size_t size = part->text.size, head = size < ENOUGH ? size : ENOUGH;
    const unsigned char *at =
        size > 0 && size <= page.size ? memmem(page.data, page.size, part->text.data, head) : NULL;
    size_t place = at != NULL ? (size_t)(at - page.data) : page.size;
    bool there = at != NULL && page.size - place >= size && memcmp(at, part->text.data, size) == 0;
    return there ? place : page.size;
}

/* A gzip file ends with the sum and the length of what was put in: here also of the part. */
static void write_end(unsigned char *end, uint32_t sum, size_t size)
{
    for (int i = 0; i < 4; i++) {
        end[i] = (unsigned char)(sum >> (8 * i));
        end[4 + i] = (unsigned char)(size >> (8 * i));
    }
}

static bool pack_around(z_stream *stream, struct bytes in, const struct zip_part *part, size_t at)
{
    struct bytes head = {in.data, at};
    struct bytes tail = {in.data + at + part->text.size, in.size - at - part->text.size};
    if (!feed(stream, head, Z_FULL_FLUSH) || !copy(stream, part->packed) ||
        !feed(stream, tail, Z_FINISH))
        return false;
    uLong sum = crc32_combine(crc_of(head), part->sum, (z_off_t)part->text.size);
    sum = crc32_combine(sum, crc_of(tail), (z_off_t)tail.size);
    write_end(stream->next_out - 8, (uint32_t)sum, in.size);
    return true;
}

/* ---- pages ------------------------------------------------------------------------------- */

bool zip_bytes(struct zippers *zippers, struct arena *arena, struct bytes in,
               const struct zip_part *part, struct bytes *out)
{
    if (in.size > UINT32_MAX / 2)
        return false;
    unsigned char *made = arena_alloc(arena, in.size); /* may jump: no stream is held yet */
    z_stream *stream = take(zippers);
    if (stream == NULL)
        return false;
    size_t at = part != NULL ? place_of(in, part) : in.size;
    stream->next_out = made;
    stream->avail_out = (unsigned)in.size;
    bool smaller = at < in.size ? pack_around(stream, in, part, at) : feed(stream, in, Z_FINISH);
    if (smaller)
        *out = (struct bytes){made, (size_t)(stream->next_out - made)};
    if (deflateReset(stream) == Z_OK)
        give(zippers, stream);
    else
        end(stream);
    return smaller;
}
