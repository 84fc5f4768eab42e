#include "mod/audit/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char head[] = "zonale-registro-1";
enum { LINE = 320, HASH_HEX = 2 * VAULT_HASH, SIGNATURE = 64, SIGNATURE_HEX = 2 * SIGNATURE };

static const char *path_of(struct cx *cx)
{
    return arena_printf(cx->arena, "%s.registro", vault_path(cx->vault));
}

/* The signed part of the line, with the space behind it. */
static struct bytes signed_text(const struct checkpoint *checkpoint, char text[static LINE])
{
    char hash[HASH_HEX + 1];
    sodium_bin2hex(hash, sizeof hash, checkpoint->hash, VAULT_HASH);
    int size = snprintf(text, LINE, "%s %lld %s %lld ", head, (long long)checkpoint->seq, hash,
                        (long long)checkpoint->us);
    return (struct bytes){(const unsigned char *)text, (size_t)size};
}

static bool hex(const char *text, size_t digits, unsigned char *out)
{
    size_t made = 0;
    return strlen(text) == digits &&
           sodium_hex2bin(out, digits / 2, text, digits, NULL, &made, NULL) == 0 &&
           made == digits / 2;
}

static bool line_read(struct cx *cx, char *line, struct checkpoint *checkpoint)
{
    char *rest = line, again[LINE];
    const char *words[5];
    for (size_t i = 0; i < 5; i++)
        if ((words[i] = strsep(&rest, " ")) == NULL)
            return false;
    unsigned char signature[SIGNATURE];
    checkpoint->seq = strtoll(words[1], NULL, 10);
    checkpoint->us = strtoll(words[3], NULL, 10);
    /* what was read is written again and that is verified: one reading of a line only */
    return rest == NULL && strcmp(words[0], head) == 0 && checkpoint->seq > 0 &&
           hex(words[2], HASH_HEX, checkpoint->hash) && hex(words[4], SIGNATURE_HEX, signature) &&
           vault_signed(cx, signed_text(checkpoint, again), signature);
}

static void list_add(struct cx *cx, struct list *list, size_t *room, const struct checkpoint *add)
{
    if (list->count == *room) {
        size_t wider = *room == 0 ? 64 : *room * 2;
        struct checkpoint *items = ARENA_NEWS(cx->arena, struct checkpoint, wider);
        if (list->count > 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        *room = wider;
    }
    ((struct checkpoint *)list->items)[list->count++] = *add;
}

static void close_stream(void *stream)
{
    fclose(stream);
}

bool checkpoint_list(struct cx *cx, struct list *list, int64_t *bad)
{
    *list = (struct list){.size = sizeof(struct checkpoint)};
    *bad = 0;
    const char *path = path_of(cx);
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return true;
    FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
    if (file == NULL)
        return FAIL(cx, ERR_IO, "%s: %s", path, strerror(errno));
    arena_hook(cx->arena, close_stream, file);
    char line[LINE];
    size_t room = 0;
    for (int64_t number = 1; *bad == 0 && fgets(line, sizeof line, file) != NULL; number++) {
        struct checkpoint checkpoint;
        size_t size = strlen(line);
        bool whole = size > 0 && line[size - 1] == '\n' && list->count < CHECKPOINTS;
        line[size > 0 ? size - 1 : 0] = '\0';
        if (whole && line_read(cx, line, &checkpoint))
            list_add(cx, list, &room, &checkpoint);
        else
            *bad = number;
    }
    return true;
}

bool checkpoint_last(struct cx *cx, struct checkpoint *last)
{
    *last = (struct checkpoint){.seq = 0};
    const char *path = path_of(cx);
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || FAIL(cx, ERR_IO, "%s: %s", path, strerror(errno));
    char tail[LINE + 1];
    off_t end = lseek(fd, 0, SEEK_END);
    ssize_t size = pread(fd, tail, LINE, end > LINE ? end - LINE : 0);
    close(fd);
    if (end < 0 || size < 0)
        return FAIL(cx, ERR_IO, "%s: %s", path, strerror(errno));
    if (size == 0)
        return true;
    bool whole = tail[size - 1] == '\n';
    tail[size - 1] = '\0';
    char *line = strrchr(tail, '\n');
    line = line != NULL ? line + 1 : tail;
    return (whole && line_read(cx, line, last)) ||
           FAIL(cx, ERR_INTERNAL, "%s: l’ultima riga non è firmata da questo sistema", path);
}

static bool write_line(int fd, const char *line, size_t size)
{
    ssize_t wrote;
    do
        wrote = write(fd, line, size);
    while (wrote < 0 && errno == EINTR);
    return wrote == (ssize_t)size && fsync(fd) == 0;
}

bool checkpoint_add(struct cx *cx, const struct checkpoint *checkpoint)
{
    char line[LINE], signature_hex[SIGNATURE_HEX + 1];
    unsigned char signature[SIGNATURE];
    struct bytes text = signed_text(checkpoint, line);
    if (!vault_sign(cx, text, signature))
        return false;
    sodium_bin2hex(signature_hex, sizeof signature_hex, signature, sizeof signature);
    int size = snprintf(line + text.size, LINE - text.size, "%s\n", signature_hex);
    const char *path = path_of(cx);
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return FAIL(cx, ERR_IO, "%s: %s", path, strerror(errno));
    struct stat st;
    bool ok = flock(fd, LOCK_EX) == 0 && fstat(fd, &st) == 0;
    if (ok && !write_line(fd, line, text.size + (size_t)size)) {
        int failed = errno;
        /* half a line would spoil the ones to come */
        if (ftruncate(fd, st.st_size) != 0)
            failed = errno;
        errno = failed;
        ok = false;
    }
    int failed = errno;
    close(fd);
    return ok || FAIL(cx, ERR_IO, "%s: %s", path, strerror(failed));
}
