/* Deadlines of connections. libmicrohttpd only knows silence: a client that sends (or takes) one
 * byte now and then would hold its place for ever. */
#include "kit/web/internal.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum {
    IDLE = 60,     /* seconds for a whole head, counted from the last answer */
    TRANSFER = 30, /* seconds for any body, and for each RATE bytes of it one more */
    RATE = 16 * 1024,
};

struct conn {
    struct conn *before, *after;
    struct deadlines *deadlines;
    int fd;
    time_t due; /* 0 = none */
};

struct deadlines {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    struct conn head; /* a ring */
    bool stop;
};

static time_t seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* Closing is left to libmicrohttpd, which sees the end of the stream; `all`: also those in time. */
static void end_late(struct deadlines *deadlines, bool all)
{
    time_t now = seconds();
    for (struct conn *conn = deadlines->head.after; conn != &deadlines->head; conn = conn->after)
        if (conn->due != 0 && (all || conn->due < now))
            shutdown(conn->fd, SHUT_RDWR);
}

static void *sweep(void *data)
{
    struct deadlines *deadlines = data;
    pthread_mutex_lock(&deadlines->lock);
    while (!deadlines->stop) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&deadlines->wake, &deadlines->lock, &until);
        end_late(deadlines, false);
    }
    pthread_mutex_unlock(&deadlines->lock);
    return NULL;
}

bool deadlines_start(struct deadlines **made, struct err *err)
{
    struct deadlines *deadlines = calloc(1, sizeof *deadlines);
    pthread_condattr_t clock;
    if (deadlines == NULL)
        return err_set(err, ERR_IO, "no memory");
    pthread_mutex_init(&deadlines->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&deadlines->wake, &clock);
    pthread_condattr_destroy(&clock);
    deadlines->head.before = deadlines->head.after = &deadlines->head;
    if (pthread_create(&deadlines->thread, NULL, sweep, deadlines) != 0) {
        free(deadlines);
        return err_set(err, ERR_IO, "no thread for deadlines");
    }
    *made = deadlines;
    return true;
}

void deadlines_stop(struct deadlines *deadlines)
{
    if (deadlines == NULL)
        return;
    pthread_mutex_lock(&deadlines->lock);
    deadlines->stop = true;
    pthread_cond_signal(&deadlines->wake);
    pthread_mutex_unlock(&deadlines->lock);
    pthread_join(deadlines->thread, NULL);
    pthread_cond_destroy(&deadlines->wake);
    pthread_mutex_destroy(&deadlines->lock);
    free(deadlines);
}

void deadlines_end_all(struct deadlines *deadlines)
{
    pthread_mutex_lock(&deadlines->lock);
    end_late(deadlines, true);
    pthread_mutex_unlock(&deadlines->lock);
}

static void set_due(struct conn *conn, time_t due)
{
    if (conn == NULL)
        return;
    pthread_mutex_lock(&conn->deadlines->lock);
    conn->due = due;
    pthread_mutex_unlock(&conn->deadlines->lock);
}

void conn_allow(struct conn *conn, int64_t bytes)
{
    set_due(conn, seconds() + TRANSFER + (time_t)(bytes / RATE));
}

void conn_rest(struct conn *conn)
{
    set_due(conn, seconds() + IDLE);
}

void conn_free(struct conn *conn)
{
    set_due(conn, 0);
}

struct conn *conn_of(struct MHD_Connection *http)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(http, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

static void *conn_start(struct deadlines *deadlines, struct MHD_Connection *http)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(http, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct conn *conn = info == NULL ? NULL : calloc(1, sizeof *conn);
    if (conn == NULL)
        return NULL;
    *conn = (struct conn){.deadlines = deadlines, .fd = info->connect_fd, .due = seconds() + IDLE};
    pthread_mutex_lock(&deadlines->lock);
    conn->before = &deadlines->head;
    conn->after = deadlines->head.after;
    conn->after->before = conn;
    deadlines->head.after = conn;
    pthread_mutex_unlock(&deadlines->lock);
    return conn;
}

static void conn_end(struct deadlines *deadlines, struct conn *conn)
{
    if (conn == NULL)
        return;
    pthread_mutex_lock(&deadlines->lock);
    conn->before->after = conn->after;
    conn->after->before = conn->before;
    pthread_mutex_unlock(&deadlines->lock);
    free(conn);
}

void conn_notify(void *cls, struct MHD_Connection *http, void **context,
                 enum MHD_ConnectionNotificationCode code)
{
    struct deadlines *deadlines = ((struct web *)cls)->deadlines;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = conn_start(deadlines, http);
    } else {
        conn_end(deadlines, *context);
        *context = NULL;
    }
}
