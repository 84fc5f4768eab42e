/* The thread that signs the head of the register from time to time. */
#include "kit/sys/vault.h"
#include "mod/audit/audit.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>

enum { EVERY_SECONDS = 10, MEMORY = 256 << 20 };

static bool sign(struct cx *cx, struct db *db, bool now)
{
    if (!db_read_begin(db, cx))
        return false;
    bool ok = audit_checkpoint(cx, now);
    db_read_end(cx);
    return ok;
}

/* A failure is told and tried again: serving goes on, verification shows the missing signatures. */
static void keep(struct audit_keeper *keeper, bool now)
{
    struct arena arena;
    struct timespec time;
    arena_init(&arena, MEMORY);
    clock_gettime(CLOCK_REALTIME, &time);
    struct cx cx = {.arena = &arena,
                    .vault = keeper->vault,
                    .now = {(int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000}};
    cx.today = instant_day(cx.now);
    if (!sign(&cx, keeper->db, now))
        fprintf(stderr, "zonale: registro degli accessi: %s\n", cx.err.text);
    arena_release(&arena);
}

static void *run(void *data)
{
    struct audit_keeper *keeper = data;
    pthread_mutex_lock(&keeper->lock);
    while (!keeper->stop) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += EVERY_SECONDS;
        if (pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until) == ETIMEDOUT) {
            pthread_mutex_unlock(&keeper->lock);
            keep(keeper, false);
            pthread_mutex_lock(&keeper->lock);
        }
    }
    pthread_mutex_unlock(&keeper->lock);
    keep(keeper, true);
    return NULL;
}

bool audit_keeper_start(struct audit_keeper *keeper, struct db *db, struct vault *vault,
                        struct err *err)
{
    *keeper = (struct audit_keeper){.db = db, .vault = vault};
    pthread_mutex_init(&keeper->lock, NULL);
    pthread_cond_init(&keeper->wake, NULL);
    if (pthread_create(&keeper->thread, NULL, run, keeper) != 0)
        return err_set(err, ERR_BUSY, "il registro degli accessi non parte");
    keeper->started = true;
    return true;
}

void audit_keeper_stop(struct audit_keeper *keeper)
{
    if (!keeper->started)
        return;
    pthread_mutex_lock(&keeper->lock);
    keeper->stop = true;
    pthread_cond_signal(&keeper->wake);
    pthread_mutex_unlock(&keeper->lock);
    pthread_join(keeper->thread, NULL);
    pthread_cond_destroy(&keeper->wake);
    pthread_mutex_destroy(&keeper->lock);
    keeper->started = false;
}
