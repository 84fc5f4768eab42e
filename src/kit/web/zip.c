/* Compression of pages: a few deflate states are kept, since setting one up costs more than a page.
 */
#include "kit/web/internal.h"

#include <stdlib.h>
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

bool zip_bytes(struct zippers *zippers, struct arena *arena, struct bytes in, struct bytes *out)
{
    if (in.size > UINT32_MAX / 2)
        return false;
    unsigned char *made = arena_alloc(arena, in.size); /* may jump: no stream is held yet */
    z_stream *stream = take(zippers);
    if (stream == NULL)
        return false;
    stream->next_in = (unsigned char *)(uintptr_t)in.data;
    stream->avail_in = (unsigned)in.size;
    stream->next_out = made;
    stream->avail_out = (unsigned)in.size;
    bool smaller = deflate(stream, Z_FINISH) == Z_STREAM_END;
    if (smaller)
        *out = (struct bytes){made, stream->total_out};
    if (deflateReset(stream) == Z_OK)
        give(zippers, stream);
    else
        end(stream);
    return smaller;
}
