/* The server's side of remote.h. */
#include "app/remote.h"

#include "app/command.h"
#include "app/wire.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { AT_ONCE = 8, PATIENCE_SECONDS = 5, COMMAND_ARENA = 1 << 30 };

struct remote {
    const struct cli_program *program;
    struct db *db;
    struct vault *vault;
    struct cli_place place; /* ours, whatever the asker calls it */
    char path[sizeof((struct sockaddr_un *)NULL)->sun_path];
    int listener;
    int stop; /* eventfd: written once */
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;
    pthread_cond_t idle;
    int running;
};

struct visit {
    struct remote *remote;
    int socket;
};

/* ---- one command ------------------------------------------------------------------------- */

static bool friend_asks(int socket)
{
    struct ucred peer;
    socklen_t size = sizeof peer;

    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == geteuid() || peer.uid == 0);
}

/* Streams must be plain files: a pipe or a terminal could hold the writer. */
static bool plain(int fd)
{
    struct stat info;

    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
}

static int run_words(struct remote *remote, struct arena *arena, const struct cli_io *io,
                     const char *data, size_t size)
{
    const char *version;
    struct cli *cli;
    char **argv;
    int argc, code;

    if (!wire_words_read(arena, data, size, &version, &argc, &argv)) {
        fputs("zonale: richiesta non comprensibile\n", io->err);
        return EXIT_USAGE;
    }
    if (strcmp(version, remote->program->version) != 0) {
        fprintf(io->err, "zonale: in servizio c’è la versione %s, questa è la %.40s\n",
                remote->program->version, version);
        return EXIT_FAILED;
    }
    if (!cli_parse(&cli, arena, remote->program, io, argc, argv, &code))
        return code;
    if (cli_command(cli)->need != CLI_READ && cli_command(cli)->need != CLI_WRITE) {
        fputs("zonale: questo comando non si esegue nel programma in servizio\n", io->err);
        return EXIT_USAGE;
    }
    cli_set_place(cli, &remote->place);
    return command_run(remote->db, remote->vault, arena, cli);
}

/* The three streams over the descriptors that came; those become the streams' own. */
static bool open_streams(struct cli_io *io, int fds[static WIRE_FDS])
{
    FILE **const files[] = {&io->in, &io->out, &io->err};

    for (int i = 0; i < 3; i++) {
        *files[i] = plain(fds[i]) ? fdopen(fds[i], i == 0 ? "r" : "w") : NULL;
        if (*files[i] == NULL)
            return false;
        fds[i] = -1;
    }
    io->progress = fds[3];
    io->terminal = isatty(fds[3]);
    io->folder = fds[4];
    return true;
}

static void close_streams(struct cli_io *io, const int fds[static WIRE_FDS])
{
    FILE *const files[] = {io->in, io->out, io->err};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i] != NULL)
            (void)fclose(files[i]);
    for (int i = 0; i < WIRE_FDS; i++)
        if (fds[i] >= 0)
            (void)close(fds[i]);
}

static void serve_visit(struct remote *remote, int socket)
{
    int fds[WIRE_FDS];
    struct cli_io io = {0};
    unsigned char answer[WIRE_HEAD];
    struct arena arena;
    int code = EXIT_FAILED;
    uint32_t size;

    if (!friend_asks(socket) || !wire_receive_head(socket, &size, fds))
        return;
    arena_init(&arena, COMMAND_ARENA);
    if (size > 0 && size <= WIRE_SIZE && open_streams(&io, fds)) {
        char *data = arena_alloc(&arena, size);

        if (wire_receive(socket, data, size))
            code = run_words(remote, &arena, &io, data, size);
    }
    close_streams(&io, fds);
    arena_release(&arena);
    wire_head_write(answer, (uint32_t)code);
    (void)wire_send(socket, answer, sizeof answer);
}

/* ---- threads ----------------------------------------------------------------------------- */

static void visit_ends(struct remote *remote)
{
    pthread_mutex_lock(&remote->lock);
    remote->running--;
    pthread_cond_signal(&remote->idle);
    pthread_mutex_unlock(&remote->lock);
}

static void *visit_main(void *data)
{
    struct visit *visit = data;

    serve_visit(visit->remote, visit->socket);
    (void)close(visit->socket);
    visit_ends(visit->remote);
    free(visit);
    return NULL;
}

/* More than AT_ONCE wait in the listener's queue. */
static void visit_begins(struct remote *remote)
{
    pthread_mutex_lock(&remote->lock);
    while (remote->running == AT_ONCE)
        pthread_cond_wait(&remote->idle, &remote->lock);
    remote->running++;
    pthread_mutex_unlock(&remote->lock);
}

static void welcome(struct remote *remote, int socket)
{
    static const struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    struct visit *visit = malloc(sizeof *visit);
    pthread_t thread;

    (void)setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    visit_begins(remote);
    if (visit != NULL) {
        *visit = (struct visit){remote, socket};
        if (pthread_create(&thread, NULL, visit_main, visit) == 0) {
            (void)pthread_detach(thread);
            return;
        }
    }
    free(visit);
    (void)close(socket);
    visit_ends(remote);
}

static void *remote_main(void *data)
{
    struct remote *remote = data;
    struct pollfd events[] = {{.fd = remote->listener, .events = POLLIN},
                              {.fd = remote->stop, .events = POLLIN}};

    for (;;) {
        if (poll(events, 2, -1) < 0 && errno != EINTR)
            abort();
        if (events[1].revents != 0)
            return NULL;
        int socket = accept4(remote->listener, NULL, NULL, SOCK_CLOEXEC);
        if (socket >= 0)
            welcome(remote, socket);
    }
}

static bool remote_listen(struct remote *remote, struct err *err)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    mode_t mask;
    int bound;

    memcpy(name.sun_path, remote->path, sizeof name.sun_path);
    remote->stop = eventfd(0, EFD_CLOEXEC);
    remote->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    /* what is left of a server that was killed; ours is the lock of the folder */
    (void)unlink(remote->path);
    mask = umask(0177);
    bound = remote->listener < 0
                ? -1
                : bind(remote->listener, (const struct sockaddr *)&name, sizeof name);
    (void)umask(mask);
    if (remote->stop < 0 || bound != 0 || listen(remote->listener, 16) != 0)
        return err_set(err, ERR_IO, "%s: %s", remote->path, strerrordesc_np(errno));
    return true;
}

bool remote_start(struct remote **made, const struct place *place,
                  const struct cli_program *program, struct db *db, struct vault *vault,
                  struct err *err)
{
    struct remote *remote = calloc(1, sizeof *remote);

    if (remote == NULL)
        return err_set(err, ERR_BUSY, "memoria esaurita");
    *made = remote;
    remote->program = program;
    remote->db = db;
    remote->vault = vault;
    remote->place = (struct cli_place){place->folder, place->database, place->key};
    snprintf(remote->path, sizeof remote->path, "%s", place->socket);
    pthread_mutex_init(&remote->lock, NULL);
    pthread_cond_init(&remote->idle, NULL);
    remote->started = remote_listen(remote, err) &&
                      pthread_create(&remote->thread, NULL, remote_main, remote) == 0;
    if (remote->started)
        return true;
    (void)err_set(err, ERR_BUSY, "%s: nessun filo libero", remote->path);
    remote_stop(remote);
    *made = NULL;
    return false;
}

void remote_stop(struct remote *remote)
{
    static const uint64_t one = 1;

    if (remote == NULL)
        return;
    (void)unlink(remote->path);
    if (remote->started && write(remote->stop, &one, sizeof one) == sizeof one)
        (void)pthread_join(remote->thread, NULL);
    pthread_mutex_lock(&remote->lock);
    while (remote->running > 0)
        pthread_cond_wait(&remote->idle, &remote->lock);
    pthread_mutex_unlock(&remote->lock);
    if (remote->listener >= 0)
        (void)close(remote->listener);
    if (remote->stop >= 0)
        (void)close(remote->stop);
    pthread_cond_destroy(&remote->idle);
    pthread_mutex_destroy(&remote->lock);
    free(remote);
}
