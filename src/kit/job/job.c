/* Jobs as rows: queued, cancelled, listed, fetched. */
#include "kit/job/job_impl.h"

#include "kit/sys/vault.h"

extern const char job_model_sql[];

const struct db_schema job_schema = {"job", job_model_sql, NULL};

#define ROW                                                                                        \
    "SELECT id, ambito, utente, kind, title, state, text, file_name, done, total, attempt, "       \
    "created, started, ended FROM job "

const struct db_sql job_sql[JOB_STATEMENTS] = {
    [JOB_ADD] = {"job_add", "INSERT INTO job (id, ambito, utente, ente, ruolo, nome, kind, title, "
                            "params, unico, state, run_after, created) VALUES ($1, $2, $3, $4, $5, "
                            "$6, $7, $8, $9, $10, 'in_attesa', $11, $11) ON CONFLICT (ambito, "
                            "kind, unico) DO NOTHING"},
    [JOB_BY_KEY] = {"job_by_key",
                    "SELECT id FROM job WHERE ambito = $1 AND kind = $2 AND unico = $3"},
    [JOB_CANCEL] = {"job_cancel",
                    "UPDATE job SET cancelled = 1, ended = CASE state WHEN 'in_attesa' THEN $4 "
                    "ELSE ended END, state = CASE state WHEN 'in_attesa' THEN 'annullato' ELSE "
                    "state END WHERE id = $1 AND ambito = $2 AND utente = $3 AND state IN "
                    "('in_attesa', 'in_corso')"},
    [JOB_LOAD] = {"job_load", ROW "WHERE id = $1 AND ambito = $2 AND utente = $3"},
    [JOB_LIST] = {"job_list", ROW "WHERE ambito = $1 AND utente = $2 AND id < $3 ORDER BY id DESC "
                                  "LIMIT $4"},
    [JOB_FILE] = {"job_file", "SELECT file_name, file_type, file FROM job WHERE id = $1 AND ambito "
                              "= $2 AND utente = $3 AND file IS NOT NULL"},
    /* a job that runs keeps its lease in run_after: one index serves both questions */
    [JOB_WAITS] = {"job_waits", "SELECT id FROM job WHERE state IN ('in_attesa', 'in_corso') AND "
                                "run_after <= $1 ORDER BY run_after, id LIMIT 1"},
    [JOB_TAKE] = {"job_take",
                  "UPDATE job SET state = 'in_corso', fence = fence + 1, attempt = attempt + 1, "
                  "started = coalesce(started, $2), run_after = $3 WHERE id = $1 AND state IN "
                  "('in_attesa', 'in_corso') AND run_after <= $2 RETURNING id, ambito, utente, "
                  "ente, ruolo, attempt, fence, done, total, nome, kind, params"},
    [JOB_STEP] = {"job_step", "UPDATE job SET done = $3, total = $4, run_after = $5 WHERE id = $1 "
                              "AND fence = $2 AND state = 'in_corso' RETURNING cancelled"},
    [JOB_ASKED] = {"job_asked", "SELECT cancelled FROM job WHERE id = $1"},
    [JOB_FINISH] = {"job_finish",
                    "UPDATE job SET state = $3, text = $4, file_name = $5, file_type = $6, file = "
                    "$7, ended = $8 WHERE id = $1 AND fence = $2 AND state = 'in_corso'"},
    [JOB_AGAIN] = {"job_again",
                   "UPDATE job SET state = 'in_attesa', run_after = $3, attempt = $4, text = $5 "
                   "WHERE id = $1 AND fence = $2 AND state = 'in_corso'"},
};

const struct db_registry job_registry = {"job", job_sql, JOB_STATEMENTS};

const struct field job_fields[] = {
    FIELD(job_row, id),      FIELD(job_row, ambito),    FIELD(job_row, utente),
    FIELD(job_row, kind),    FIELD(job_row, title),     FIELD(job_row, state),
    FIELD(job_row, text),    FIELD(job_row, file_name), FIELD(job_row, done),
    FIELD(job_row, total),   FIELD(job_row, attempt),   FIELD(job_row, created),
    FIELD(job_row, started), FIELD(job_row, ended),     FIELD_END};

bool job_enqueue(struct cx *cx, const struct job_kind *kind, const char *params_json,
                 const char *key, struct id *id)
{
    const struct who *who = cx->who;
    int64_t added;
    *id = cx_id(cx);
    if (!db_do(cx, &job_sql[JOB_ADD],
               DB_ARGS(*id, who->ambito, who->utente, who->ente, who->ruolo, who->nome, kind->name,
                       kind->title, params_json, key, cx->now),
               &added))
        return false;
    return added || db_int(cx, &job_sql[JOB_BY_KEY], DB_ARGS(who->ambito, kind->name, key), &id->n);
}

bool job_cancel(struct cx *cx, struct id id)
{
    int64_t changed;
    struct job_row row;
    if (!db_do(cx, &job_sql[JOB_CANCEL], DB_ARGS(id, cx->who->ambito, cx->who->utente, cx->now),
               &changed))
        return false;
    return changed || job_load(cx, id, &row); /* ended already; or not found */
}

bool job_load(struct cx *cx, struct id id, struct job_row *row)
{
    return db_one(cx, &job_sql[JOB_LOAD], DB_ARGS(id, cx->who->ambito, cx->who->utente), job_fields,
                  row);
}

bool job_list(struct cx *cx, struct id before, size_t max, struct list *list)
{
    if (!before.n)
        before.n = INT64_MAX;
    return db_list(cx, &job_sql[JOB_LIST],
                   DB_ARGS(cx->who->ambito, cx->who->utente, before, (int64_t)max + 1), job_fields,
                   sizeof(struct job_row), max, list);
}

struct job_sealed {
    const char *file_name, *file_type;
    struct bytes file;
};
static const struct field sealed_fields[] = {
    FIELD(job_sealed, file_name), FIELD(job_sealed, file_type), FIELD(job_sealed, file), FIELD_END};

bool job_file(struct cx *cx, struct id id, const char **name, const char **type,
              struct bytes *bytes)
{
    struct job_sealed sealed;
    struct vault_place place = {"job", "file", id, cx->who->ambito};
    if (!db_one(cx, &job_sql[JOB_FILE], DB_ARGS(id, cx->who->ambito, cx->who->utente),
                sealed_fields, &sealed))
        return false;
    *name = sealed.file_name;
    *type = sealed.file_type;
    return vault_unseal(cx, NULL, &place, sealed.file, bytes);
}
