/* The asking side of remote.h. */
#include "app/remote.h"

#include "app/command.h"
#include "app/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { INPUT_MAX = 256 << 20 };

static int connect_to(const char *path)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(name.sun_path, sizeof name.sun_path, "%s", path);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&name, sizeof name) == 0)
        return fd;
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

/* All of our input where the command wants it: the server does not wait for a keyboard. */
static bool take_input(struct cx *cx, FILE *from, FILE *to)
{
    char piece[65536];
    size_t got, all = 0;

    while ((got = fread(piece, 1, sizeof piece, from)) > 0) {
        all += got;
        if (all > INPUT_MAX)
            return FAIL(cx, ERR_INPUT, "l’ingresso supera %d MiB", INPUT_MAX >> 20);
        if (fwrite(piece, 1, got, to) != got)
            return FAIL(cx, ERR_IO, "memoria per l’ingresso: %s", strerrordesc_np(errno));
    }
    rewind(to);
    return true;
}

struct ask {
    FILE *in, *out, *err;
    int socket, folder;
};

static bool ask_exchange(struct cx *cx, struct ask *ask, const char *words, size_t size,
                         int progress, int *code)
{
    const int fds[WIRE_FDS] = {fileno(ask->in), fileno(ask->out), fileno(ask->err), progress,
                               ask->folder};
    unsigned char answer[WIRE_HEAD];
    uint32_t value = 0;

    if (!wire_send_head(ask->socket, (uint32_t)size, fds) || !wire_send(ask->socket, words, size))
        return FAIL(cx, ERR_IO, "il programma in servizio non ascolta");
    if (!wire_receive(ask->socket, answer, sizeof answer) || !wire_head_read(answer, &value))
        return FAIL(
            cx, ERR_UNKNOWN,
            "il programma in servizio si è fermato prima di rispondere: l’esito non è noto");
    *code = (int)(value & 0xFFU);
    return true;
}

static bool ask_do(struct cx *cx, struct ask *ask, const char *version, struct cli *cli, int argc,
                   char **argv, int *code)
{
    const struct cli_io *io = cli_io(cli);
    size_t size = 0;
    const char *words = wire_words_write(cx->arena, version, argc, argv, &size);

    if (words == NULL)
        return FAIL(cx, ERR_INPUT, "la riga di comando è troppo lunga");
    if (ask->in == NULL || ask->out == NULL || ask->err == NULL || ask->folder < 0)
        return FAIL(cx, ERR_IO, "memoria per il comando: %s", strerrordesc_np(errno));
    if (cli_command(cli)->input && !take_input(cx, io->in, ask->in))
        return false;
    if (!ask_exchange(cx, ask, words, size, io->progress, code))
        return false;
    (void)memory_copy(ask->err, fileno(io->err));
    if (!memory_copy(ask->out, fileno(io->out)) && *code == EXIT_DONE)
        *code = EXIT_FAILED;
    return true;
}

static void ask_end(struct ask *ask)
{
    FILE *const files[] = {ask->in, ask->out, ask->err};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i] != NULL)
            (void)fclose(files[i]);
    if (ask->folder >= 0)
        (void)close(ask->folder);
    (void)close(ask->socket);
}

bool remote_ask(const struct place *place, const struct cli_program *program, struct cx *cx,
                struct cli *cli, int argc, char **argv, int *code)
{
    struct ask ask = {.socket = connect_to(place->socket)};

    if (ask.socket < 0)
        return false;
    ask.in = memory_file("ingresso");
    ask.out = memory_file("uscita");
    ask.err = memory_file("messaggi");
    ask.folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (!ask_do(cx, &ask, program->version, cli, argc, argv, code))
        *code = cli_fail(cx, cli);
    ask_end(&ask);
    return true;
}
