#include "app/wire.h"

#include "kit/cli/cli.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void put32(unsigned char *out, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(value >> (8 * i));
}

static uint32_t get32(const unsigned char *in)
{
    uint32_t value = 0;

    for (int i = 0; i < 4; i++)
        value |= (uint32_t)in[i] << (8 * i);
    return value;
}

void wire_head_write(unsigned char out[static WIRE_HEAD], uint32_t value)
{
    put32(out, WIRE_MAGIC);
    put32(out + 4, value);
}

bool wire_head_read(const unsigned char in[static WIRE_HEAD], uint32_t *value)
{
    *value = get32(in + 4);
    return get32(in) == WIRE_MAGIC;
}

/* ---- words ------------------------------------------------------------------------------- */

const char *wire_words_write(struct arena *arena, const char *version, int argc, char **argv,
                             size_t *size)
{
    size_t at = strlen(version) + 1;
    char *data;

    if (argc < 1 || argc > CLI_WORDS)
        return NULL;
    for (int i = 0; i < argc; i++)
        at += strnlen(argv[i], WIRE_SIZE) + 1;
    if (at > WIRE_SIZE)
        return NULL;
    *size = at;
    data = arena_alloc(arena, at);
    at = strlen(version) + 1;
    memcpy(data, version, at);
    for (int i = 0; i < argc; i++) {
        size_t word = strlen(argv[i]) + 1;

        memcpy(data + at, argv[i], word);
        at += word;
    }
    return data;
}

bool wire_words_read(struct arena *arena, const char *data, size_t size, const char **version,
                     int *argc, char ***argv)
{
    int count = 0;

    if (size == 0 || size > WIRE_SIZE || data[size - 1] != '\0')
        return false;
    char *copy = arena_alloc(arena, size);
    memcpy(copy, data, size);
    *version = copy;
    *argv = ARENA_NEWS(arena, char *, CLI_WORDS + 1);
    for (size_t at = strlen(copy) + 1; at < size; at += strlen(copy + at) + 1) {
        if (count == CLI_WORDS)
            return false;
        (*argv)[count++] = copy + at;
    }
    *argc = count;
    return count > 0;
}

/* ---- socket ------------------------------------------------------------------------------ */

bool wire_send(int fd, const void *data, size_t size)
{
    for (const char *at = data; size > 0;) {
        ssize_t sent = send(fd, at, size, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        size -= (size_t)sent;
    }
    return true;
}

bool wire_receive(int fd, void *data, size_t size)
{
    for (char *at = data; size > 0;) {
        ssize_t got = recv(fd, at, size, 0);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        size -= (size_t)got;
    }
    return true;
}

union control {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int) * WIRE_FDS)];
};

bool wire_send_head(int fd, uint32_t value, const int fds[static WIRE_FDS])
{
    unsigned char head[WIRE_HEAD];
    union control control = {0};
    struct iovec part = {head, sizeof head};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control.room};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);

    wire_head_write(head, value);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int) * WIRE_FDS);
    memcpy(CMSG_DATA(rights), fds, sizeof(int) * WIRE_FDS);
    return sendmsg(fd, &message, MSG_NOSIGNAL) == WIRE_HEAD;
}

/* Descriptors that came with a message; all are closed unless they are as many as they must be. */
static bool take_rights(struct msghdr *message, int fds[static WIRE_FDS])
{
    size_t count = 0;

    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        size_t here = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

        for (size_t i = 0; i < here && count < WIRE_FDS; i++)
            memcpy(&fds[count++], CMSG_DATA(c) + i * sizeof(int), sizeof(int));
    }
    if (count == WIRE_FDS && (message->msg_flags & MSG_CTRUNC) == 0)
        return true;
    for (size_t i = 0; i < count; i++)
        (void)close(fds[i]);
    return false;
}

bool wire_receive_head(int fd, uint32_t *value, int fds[static WIRE_FDS])
{
    unsigned char head[WIRE_HEAD];
    union control control = {0};
    struct iovec part = {head, sizeof head};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control.room};
    ssize_t got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);

    if (got < 0 || !take_rights(&message, fds))
        return false;
    if (got == WIRE_HEAD && wire_head_read(head, value))
        return true;
    for (size_t i = 0; i < WIRE_FDS; i++)
        (void)close(fds[i]);
    return false;
}
