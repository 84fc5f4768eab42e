/* One job from its taking to its end. */
#include "kit/job/job_impl.h"

#include "kit/sys/vault.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct instant job_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant){(int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000};
}

static struct instant after_seconds(struct instant now, int64_t seconds)
{
    return (struct instant){now.us + seconds * 1000000};
}

static void follow_clock(struct cx *cx, const struct job *job)
{
    if (!job->live)
        return;
    cx->now = job_clock();
    cx->today = instant_day(cx->now);
}

const char *job_params(const struct job *job)
{
    return job->row.params;
}

int64_t job_done(const struct job *job)
{
    return job->row.done;
}

void job_result(struct job *job, const char *text)
{
    job->text = text;
}

void job_result_file(struct job *job, const char *name, const char *type, struct bytes bytes)
{
    job->file_name = name;
    job->file_type = type;
    job->file = bytes;
}

bool job_cancelled(struct cx *cx, struct job *job)
{
    int64_t asked = 0;
    if (job->cancelled || !cx->db)
        return job->cancelled;
    /* the snapshot may be older than the request: the next step sees it at the latest */
    if (!db_int(cx, &job_sql[JOB_ASKED], DB_ARGS(job->row.id), &asked))
        return false;
    job->cancelled = asked > 0;
    return job->cancelled;
}

/* ---- steps ------------------------------------------------------------------------------- */

struct step {
    struct job *job;
    db_work *work;
    void *data;
    int64_t done, total;
    bool cancelled;
};

static const struct field asked_fields[] = {{"cancelled", FIELD_BOOL, 0}, FIELD_END};

static bool step_run(struct cx *cx, void *data)
{
    struct step *step = data;
    const struct job_taken *row = &step->job->row;
    bool asked = false, held;
    if (!db_maybe(cx, &job_sql[JOB_STEP],
                  DB_ARGS(row->id, row->fence, step->done, step->total,
                          after_seconds(cx->now, JOB_LEASE_S)),
                  asked_fields, &asked, &held))
        return false;
    if (!held)
        return FAIL(cx, ERR_CONFLICT, "another runner has taken this job");
    step->cancelled = asked;
    if (asked)
        return FAIL(cx, ERR_BUSY, "the job was cancelled");
    return step->work(cx, step->data);
}

bool job_write(struct cx *cx, struct job *job, db_work *work, void *data, int64_t done,
               int64_t total)
{
    struct step step = {job, work, data, done, total, false};
    follow_clock(cx, job);
    if (job->stop && *job->stop) {
        job->stopping = true;
        return FAIL(cx, ERR_BUSY, "the program is stopping");
    }
    db_read_end(cx);
    bool ok = db_write(job->db, cx, step_run, &step);
    job->cancelled = job->cancelled || step.cancelled;
    if (ok) {
        job->row.done = done;
        job->row.total = total;
    }
    struct err err = cx->err;
    err_clear(&cx->err);
    if (!db_read_begin(job->db, cx))
        return false;
    cx->err = err;
    return ok;
}

/* ---- taking and ending ------------------------------------------------------------------- */

static const struct field taken_fields[] = {FIELD(job_taken, id),
                                            FIELD(job_taken, ambito),
                                            FIELD(job_taken, utente),
                                            FIELD(job_taken, ente),
                                            FIELD(job_taken, ruolo),
                                            FIELD(job_taken, attempt),
                                            FIELD(job_taken, fence),
                                            FIELD(job_taken, done),
                                            FIELD(job_taken, total),
                                            FIELD(job_taken, nome),
                                            FIELD(job_taken, kind),
                                            FIELD(job_taken, params),
                                            FIELD_END};

static const struct field id_fields[] = {{"id", FIELD_ID, 0}, FIELD_END};

static bool waiting(struct cx *cx, struct id *id, bool *found)
{
    return db_maybe(cx, &job_sql[JOB_WAITS], DB_ARGS(cx->now), id_fields, id, found);
}

struct taking {
    struct job *job;
    bool found;
};

static bool take(struct cx *cx, void *data)
{
    struct taking *taking = data;
    struct id id;
    if (!waiting(cx, &id, &taking->found) || !taking->found)
        return cx->err.code == ERR_NONE;
    return db_maybe(cx, &job_sql[JOB_TAKE],
                    DB_ARGS(id, cx->now, after_seconds(cx->now, JOB_LEASE_S)), taken_fields,
                    &taking->job->row, &taking->found);
}

struct ending {
    struct job *job;
    const char *state; /* NULL: again, at `when` */
    const char *text;
    char why[600]; /* not in the arena: it may be used up */
    struct instant when;
    int64_t attempt;
};

static bool end(struct cx *cx, void *data)
{
    const struct ending *ending = data;
    const struct job *job = ending->job;
    struct bytes sealed = {0};
    struct vault_place place = {"job", "file", job->row.id, job->row.ambito};
    if (!ending->state)
        return db_do(
            cx, &job_sql[JOB_AGAIN],
            DB_ARGS(job->row.id, job->row.fence, ending->when, ending->attempt, ending->text),
            NULL);
    bool file = job->file.data && strcmp(ending->state, "fatto") == 0;
    if (file && !vault_seal(cx, NULL, &place, job->file, &sealed))
        return false;
    return db_do(cx, &job_sql[JOB_FINISH],
                 DB_ARGS(job->row.id, job->row.fence, ending->state, ending->text,
                         file ? job->file_name : (const char *)NULL,
                         file ? job->file_type : (const char *)NULL, sealed, cx->now),
                 NULL);
}

static const struct job_kind *kind_of(const struct job_kind *const *kinds, const char *name)
{
    for (; *kinds; kinds++)
        if (strcmp((*kinds)->name, name) == 0)
            return *kinds;
    return NULL;
}

static bool worth_again(const struct job *job, enum err_code code)
{
    return (code == ERR_BUSY || code == ERR_IO || code == ERR_FULL || code == ERR_UNKNOWN) &&
           job->row.attempt < job->kind->attempts;
}

/* In the words of who asked for it; the program's own come behind, for who must mend it. */
static const char *reason_of(enum err_code code)
{
    switch (code) {
    case ERR_INPUT:
        return NULL; /* they are the user's words already */
    case ERR_BUSY:
        return "il sistema era troppo occupato";
    case ERR_FULL:
        return "il disco è pieno";
    case ERR_IO:
    case ERR_UNKNOWN:
        return "la base dati o il disco non rispondono";
    case ERR_CONFLICT:
        return "i dati sono cambiati nel frattempo";
    case ERR_NOT_FOUND:
        return "manca un dato necessario";
    case ERR_NONE:
    case ERR_INTERNAL:
    default:
        return "errore del programma";
    }
}

/* What becomes of a job whose run has come back. */
static void ending_of(const struct cx *cx, const struct job *job, bool ok, struct ending *ending)
{
    const char *reason = reason_of(cx->err.code);
    ending->state = "fatto";
    ending->text = job->text;
    if (ok)
        return;
    snprintf(ending->why, sizeof ending->why, reason ? "%s (%s)" : "%s%s", reason ? reason : "",
             cx->err.text);
    ending->text = ending->why;
    ending->attempt = job->row.attempt;
    ending->when = cx->now;
    if (job->cancelled) {
        ending->state = "annullato";
        ending->text = NULL;
    } else if (job->stopping) { /* not its fault: the attempt does not count */
        ending->state = NULL;
        ending->attempt--;
    } else if (worth_again(job, cx->err.code)) {
        int64_t power = job->row.attempt < 6 ? job->row.attempt : 6;
        ending->state = NULL;
        ending->when = after_seconds(cx->now, (int64_t)JOB_RETRY_S << power);
    } else {
        ending->state = "fallito";
    }
}

static bool run_caught(struct cx *cx, struct job *job)
{
    struct arena *arena = cx->arena;
    jmp_buf *outer = arena->escape;
    jmp_buf here;
    volatile bool ok = false;
    arena->escape = &here;
    if (setjmp(here) == 0)
        ok = db_read_begin(job->db, cx) && job->kind->run(cx, job);
    else
        FAIL(cx, ERR_INTERNAL, "the job needs more memory than it may have");
    cx->arena = arena;
    arena->escape = outer;
    db_read_end(cx);
    return ok;
}

static bool run_job(struct cx *cx, struct job *job, const struct job_kind *const *kinds)
{
    job->kind = kind_of(kinds, job->row.kind);
    if (!job->kind)
        return FAIL(cx, ERR_INTERNAL, "this program does not know jobs of kind %s", job->row.kind);
    if (job->row.attempt > job->kind->attempts + 1) /* it took the program down each time */
        return FAIL(cx, ERR_INTERNAL, "interrotto %lld volte", (long long)job->row.attempt - 1);
    return run_caught(cx, job);
}

bool job_run_one(struct db *db, struct cx *cx, const struct job_kind *const *kinds, bool live,
                 const atomic_bool *stop, bool *none)
{
    struct job job = {.db = db, .live = live, .stop = stop};
    struct taking taking = {&job, false};
    const struct who *outer = cx->who;
    *none = true;
    follow_clock(cx, &job);
    if (!db_write(db, cx, take, &taking))
        return false;
    if (!taking.found)
        return true;
    *none = false;
    job.who = (struct who){.utente = job.row.utente,
                           .ente = job.row.ente,
                           .ambito = job.row.ambito,
                           .ruolo = (int)job.row.ruolo,
                           .nome = job.row.nome};
    cx->who = &job.who;
    struct ending ending = {.job = &job};
    ending_of(cx, &job, run_job(cx, &job, kinds), &ending);
    err_clear(&cx->err);
    follow_clock(cx, &job);
    bool ok = db_write(db, cx, end, &ending);
    cx->who = outer;
    return ok;
}

bool job_run_waiting(struct db *db, struct cx *cx, const struct job_kind *const *kinds)
{
    bool none = false;
    while (!none)
        if (!job_run_one(db, cx, kinds, false, NULL, &none))
            return false;
    return true;
}
