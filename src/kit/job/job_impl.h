/* What the files of kit/job share. */
#ifndef ZONALE_KIT_JOB_IMPL_H
#define ZONALE_KIT_JOB_IMPL_H

#include "kit/job/job.h"

#include <stdatomic.h>

/* A lease is renewed by every step; a runner that has not written for so long is taken for dead. */
enum { JOB_LEASE_S = 300, JOB_RETRY_S = 5, JOB_TEXT_MAX = 2000 };

/* A job as it is taken: what its run must know. */
struct job_taken {
    struct id id, ambito, utente, ente;
    int64_t ruolo, attempt, fence, done, total;
    const char *nome, *kind, *params;
};

struct job {
    struct db *db;
    const struct job_kind *kind;
    struct job_taken row;
    struct who who;
    bool live;               /* cx->now follows the clock */
    const atomic_bool *stop; /* NULL = never */
    bool cancelled, stopping;
    const char *text, *file_name, *file_type;
    struct bytes file;
};

/* job_run.c: takes one job and runs it to its end; *none when nothing waits. */
bool job_run_one(struct db *db, struct cx *cx, const struct job_kind *const *kinds, bool live,
                 const atomic_bool *stop, bool *none);
struct instant job_clock(void);

/* job.c: the statements that job_run.c uses, by name. */
enum {
    JOB_ADD,
    JOB_BY_KEY,
    JOB_CANCEL,
    JOB_LOAD,
    JOB_LIST,
    JOB_FILE,
    JOB_WAITS,
    JOB_TAKE,
    JOB_STEP,
    JOB_ASKED,
    JOB_FINISH,
    JOB_AGAIN,
    JOB_STATEMENTS
};
extern const struct db_sql job_sql[JOB_STATEMENTS];

#endif
