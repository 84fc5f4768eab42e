/* Background jobs: long work with progress, cancel, retry; effects exactly once.
 *
 * A job is a row: kind, parameters (JSON), who asked, state, progress. It is put in the queue in
 * the transaction that wants it. A worker takes it with a lease and a fence; each step of effects
 * is a write guarded by the fence, so a second worker that takes over a lost job cannot repeat it.
 * States: in_attesa > in_corso > fatto | fallito | annullato.
 */
#ifndef ZONALE_KIT_JOB_JOB_H
#define ZONALE_KIT_JOB_JOB_H

#include "kit/db/db.h"

struct job; /* the job being run */
struct module;
/* The pages "I miei lavori" (/lavori), for the list of rooms. */
extern const struct module job_module;

struct job_kind {
    const char *name;  /* "persone.importa" */
    const char *title; /* "Importazione di persone" */
    /* Reads with cx->db (a fresh snapshot each step), writes with job_write. False: cx->err says
     * why; ERR_BUSY and ERR_IO are tried again, up to `attempts`. */
    bool (*run)(struct cx *cx, struct job *job);
    int attempts;
};

/* In the caller's transaction, for cx->who. `key`: the same key is not queued twice, `id` is then
 * that of the first (NULL = always new). */
MUST_USE bool job_enqueue(struct cx *cx, const struct job_kind *kind, const char *params_json,
                          const char *key, struct id *id);
/* One of cx->who's own. What runs stops before its next step; what has ended stays as it is. */
MUST_USE bool job_cancel(struct cx *cx, struct id id);

const char *job_params(const struct job *job);
/* How far the saved steps have come: 0 at first, more when a lost or failed run is taken up. */
int64_t job_done(const struct job *job);
/* One transaction of effects: guarded by the fence, saves done/total with it. ERR_CONFLICT when
 * the lease is gone, ERR_BUSY with cancelled set when somebody pressed cancel. The snapshot in
 * cx->db is taken anew. After an ERR_UNKNOWN the step counts if job_done() says so next time. */
MUST_USE bool job_write(struct cx *cx, struct job *job, db_work *work, void *data, int64_t done,
                        int64_t total);
bool job_cancelled(struct cx *cx, struct job *job);
/* The result: words for the user and a file to fetch (kept sealed in the database). */
void job_result(struct job *job, const char *text);
void job_result_file(struct job *job, const char *name, const char *type, struct bytes bytes);

struct job_row {
    struct id id, ambito, utente;
    const char *kind, *title, *state, *text, *file_name;
    int64_t done, total, attempt;
    struct instant created, started, ended;
};
extern const struct field job_fields[];
/* Of cx->who's own jobs. */
MUST_USE bool job_load(struct cx *cx, struct id id, struct job_row *row);
/* Newest first; `before` ID_NONE for the first page. */
MUST_USE bool job_list(struct cx *cx, struct id before, size_t max, struct list *list);
/* The result file, unsealed; ERR_NOT_FOUND when there is none. */
MUST_USE bool job_file(struct cx *cx, struct id id, const char **name, const char **type,
                       struct bytes *bytes);
extern const struct db_registry job_registry;
extern const struct db_schema job_schema;

struct job_runner;
MUST_USE bool job_runner_start(struct job_runner **runner, struct db *db, struct vault *vault,
                               const struct job_kind *const *kinds, int threads, struct err *err);
/* Stops between two steps; what was under way is taken up again at the next start. */
void job_runner_stop(struct job_runner *runner);
/* For tests and the command line: runs what waits, here and now, by the clock of cx. True also when
 * a job failed: that is its own business. cx->db must be NULL. */
MUST_USE bool job_run_waiting(struct db *db, struct cx *cx, const struct job_kind *const *kinds);

#endif
