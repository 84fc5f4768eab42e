/* The threads that run jobs while the program serves. */
#include "kit/job/job_impl.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { THREADS_MAX = 8, LOOK_MS = 500, JOB_ARENA = 512 << 20 };

struct job_runner {
    struct db *db;
    struct vault *vault;
    const struct job_kind *const *kinds;
    pthread_t threads[THREADS_MAX];
    int count;
    atomic_bool stop;
    pthread_mutex_t lock;
    pthread_cond_t wake;
};

static void rest(struct job_runner *runner)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)LOOK_MS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&runner->lock);
    if (!runner->stop)
        pthread_cond_timedwait(&runner->wake, &runner->lock, &until);
    pthread_mutex_unlock(&runner->lock);
}

/* A look that writes nothing: the writer is not bothered while nothing waits. */
static bool anything_waits(struct job_runner *runner, struct cx *cx)
{
    int64_t id;
    cx->now = job_clock();
    bool found =
        db_read_begin(runner->db, cx) && db_int(cx, &job_sql[JOB_WAITS], DB_ARGS(cx->now), &id);
    db_read_end(cx);
    return found;
}

/* A failure here is of the database itself: the next look tries again. */
static bool run_next(struct job_runner *runner)
{
    struct arena arena;
    struct chance chance = {0};
    bool none = true;
    arena_init(&arena, JOB_ARENA);
    struct cx cx = {.arena = &arena, .vault = runner->vault, .chance = &chance, .request = "job"};
    if (anything_waits(runner, &cx)) {
        err_clear(&cx.err);
        if (!job_run_one(runner->db, &cx, runner->kinds, true, &runner->stop, &none))
            none = true;
    }
    arena_release(&arena);
    return !none;
}

static void *runner_main(void *data)
{
    struct job_runner *runner = data;
    while (!runner->stop)
        if (!run_next(runner))
            rest(runner);
    return NULL;
}

bool job_runner_start(struct job_runner **made, struct db *db, struct vault *vault,
                      const struct job_kind *const *kinds, int threads, struct err *err)
{
    struct job_runner *runner = calloc(1, sizeof *runner);
    *made = NULL;
    if (!runner)
        return err_set(err, ERR_BUSY, "no memory for the runner of jobs");
    runner->db = db;
    runner->vault = vault;
    runner->kinds = kinds;
    pthread_mutex_init(&runner->lock, NULL);
    pthread_cond_init(&runner->wake, NULL);
    for (int i = 0; i < threads && i < THREADS_MAX; i++) {
        if (pthread_create(&runner->threads[i], NULL, runner_main, runner) != 0) {
            job_runner_stop(runner);
            return err_set(err, ERR_BUSY, "a thread for jobs does not start");
        }
        runner->count++;
    }
    *made = runner;
    return true;
}

void job_runner_stop(struct job_runner *runner)
{
    if (!runner)
        return;
    pthread_mutex_lock(&runner->lock);
    runner->stop = true;
    pthread_cond_broadcast(&runner->wake);
    pthread_mutex_unlock(&runner->lock);
    for (int i = 0; i < runner->count; i++)
        pthread_join(runner->threads[i], NULL);
    pthread_cond_destroy(&runner->wake);
    pthread_mutex_destroy(&runner->lock);
    free(runner);
}
