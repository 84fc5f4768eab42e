/* What the command line and the server say to each other over the local socket.
 *
 * Ask:     8 bytes (WIRE_MAGIC, size; little endian) with WIRE_FDS descriptors beside them, then
 *          `size` bytes: words, each ended by a NUL. The first is the program's version.
 * Answer:  8 bytes (WIRE_MAGIC, exit code).
 *
 * Descriptors: in, out, err (files of memory of the asker: nobody waits on somebody's terminal
 * while he holds the database), the one for the progress line, the folder where the user stands.
 */
#ifndef ZONALE_APP_WIRE_H
#define ZONALE_APP_WIRE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { WIRE_MAGIC = 0x314e4f5a, WIRE_HEAD = 8, WIRE_SIZE = 1 << 20, WIRE_FDS = 5 };

struct wire_head {
    uint32_t magic;
    uint32_t value;
};

void wire_head_write(unsigned char out[static WIRE_HEAD], uint32_t value);
/* False: not ours. */
bool wire_head_read(const unsigned char in[static WIRE_HEAD], uint32_t *value);

/* Words to bytes; NULL when they are too many or too long. */
const char *wire_words_write(struct arena *arena, const char *version, int argc, char **argv,
                             size_t *size);
/* Bytes to words. False unless they end with a NUL and are 2 to CLI_WORDS. */
bool wire_words_read(struct arena *arena, const char *data, size_t size, const char **version,
                     int *argc, char ***argv);

/* Whole reads and writes; false at the end, on an error or when the time of the socket is over. */
bool wire_send(int fd, const void *data, size_t size);
bool wire_receive(int fd, void *data, size_t size);
/* The head with its descriptors. Receiving: exactly WIRE_FDS of them, or none is kept. */
bool wire_send_head(int fd, uint32_t value, const int fds[static WIRE_FDS]);
bool wire_receive_head(int fd, uint32_t *value, int fds[static WIRE_FDS]);

#endif
