/* One database, two engines: SQLite (>= 3.51.3, built in) and PostgreSQL (>= 15).
 *
 * SQL is constant text in the store.c of its room, with $1...$n, in the dialect that both engines
 * speak (RETURNING, ON CONFLICT, CTE, window functions). Words that differ are written with @ in
 * schemas and statements and replaced when they are read (see db_words in db.c):
 *     @ID @INT @BOOL  INTEGER | BIGINT      @TEXT  TEXT | TEXT COLLATE "C"
 *     @DAY            TEXT | DATE           @TIME  INTEGER | BIGINT (microseconds)
 *     @BLOB           BLOB | BYTEA          @STRICT  STRICT | (nothing)
 * Money is @INT in cents. A rate is @TEXT ("17/94").
 *
 * Who writes: one writer thread owns the only writing connection and, on SQLite, the checkpoints.
 * It takes the writes that wait in its queue, runs each in a savepoint of one transaction, commits
 * once for all (group commit) and only then tells each caller. Readers have read-only connections,
 * kept for the next reader.
 *
 * PostgreSQL has a second wall between ambiti (row-level security, forced): a transaction sees the
 * rows of cx->who's ambito in every table that has the column; all of them while cx->who is NULL or
 * has none (before a login, migrations). Policies are made by db_migrate. Its role must be no
 * superuser; only one program at a time opens a database.
 *
 * After a statement that failed, a transaction takes no other: PostgreSQL refuses them, and so does
 * this on SQLite. What may collide says so in its SQL (ON CONFLICT ...), not by trying.
 */
#ifndef ZONALE_KIT_DB_DB_H
#define ZONALE_KIT_DB_DB_H

#include "base/field.h"
#include "kit/cx.h"

enum db_kind { DB_SQLITE, DB_POSTGRES };

struct db;

/* ---- opening ---------------------------------------------------------------------------- */

/* `where`: a file's path, or "postgresql://..." (or "host=..." words). Refuses a SQLite library
 * older than 3.51.3 and a file that is not ours. `create` makes the file, durably. */
MUST_USE bool db_open(struct db **db, const char *where, bool create, struct err *err);
void db_close(struct db *db); /* waits for the writes under way; NULL is allowed */
enum db_kind db_kind(const struct db *db);

/* A read-only connection, opened when none is idle; a snapshot from begin to end. To be ended also
 * after a jump out of the arena. A statement that takes longer than ten minutes is stopped
 * (ERR_BUSY), also of a write. */
MUST_USE bool db_read_begin(struct db *db, struct cx *cx);
/* For a page that somebody waits for: its statements are stopped after twenty seconds, and what
 * db_append_later wrote in the last tenth of a second may be missing. */
MUST_USE bool db_read_page(struct db *db, struct cx *cx);
/* For what reads appended rows: nothing that was told as written is missing from here on. To be
 * called while no statement runs; no harm in a write. */
MUST_USE bool db_read_renew(struct cx *cx);
void db_read_end(struct cx *cx);

/* One write: `run` is called by the writer inside a savepoint, with cx->db set. True = keep,
 * false = roll back (reason in cx->err). It may be called again after a serialisation failure, so
 * it must not touch the world outside the database; `cx->arena` is the caller's. */
typedef bool db_work(struct cx *cx, void *data);
/* Waits for the commit. False: nothing was written (or ERR_UNKNOWN). */
MUST_USE bool db_write(struct db *db, struct cx *cx, db_work *run, void *data);
/* Does not wait: `done(ok, data)` is called by the writer thread after the commit or the failure.
 * cx, data and the arena behind them must live until then. When the queue is full, or the database
 * is closing, `done(false, data)` comes at once, from the calling thread. */
void db_write_later(struct db *db, struct cx *cx, db_work *run, void *data,
                    void (*done)(bool ok, void *data));

/* The same for rows that only go behind others and that few ever read: each page that is shown
 * writes one into the register of accesses. Readers of pages need not take a new snapshot for it.
 */
void db_append_later(struct db *db, struct cx *cx, db_work *run, void *data,
                     void (*done)(bool ok, void *data));

/* ---- statements ------------------------------------------------------------------------- */

struct db_sql {
    const char *name; /* unique in the program: "persona_load" */
    const char *text; /* constant */
};

/* A room's statements; every registry is known to the start, where a test prepares each one. */
struct db_registry {
    const char *room;
    const struct db_sql *sql;
    size_t count;
};
MUST_USE bool db_prepare_all(struct cx *cx, const struct db_registry *const *registries);

struct db_arg {
    enum field_type type;
    union {
        int64_t integer;
        const char *text;
        struct bytes bytes;
        struct rate rate;
        struct day day;
    } as;
};
struct db_args {
    const struct db_arg *items;
    size_t count;
};

struct db_arg db_arg_id(struct id value);
struct db_arg db_arg_int(int64_t value);
struct db_arg db_arg_int32(int value);
struct db_arg db_arg_bool(bool value);
struct db_arg db_arg_text(const char *value);
struct db_arg db_arg_money(struct money value);
struct db_arg db_arg_rate(struct rate value);
struct db_arg db_arg_day(struct day value);
struct db_arg db_arg_instant(struct instant value);
struct db_arg db_arg_minutes(struct minutes value);
struct db_arg db_arg_bytes(struct bytes value);

/* clang-format off */
#define DB_ARG(value) _Generic((value), \
    struct id: db_arg_id, int64_t: db_arg_int, int: db_arg_int32, bool: db_arg_bool, \
    const char *: db_arg_text, char *: db_arg_text, struct money: db_arg_money, \
    struct rate: db_arg_rate, struct day: db_arg_day, struct instant: db_arg_instant, \
    struct minutes: db_arg_minutes, struct bytes: db_arg_bytes)(value)
/* clang-format on */
/* DB_ARGS(a, b, c): up to 32 values of the types above; DB_NO_ARGS for none.
 * Valid until the end of the enclosing block. */
#define DB_NO_ARGS ((struct db_args){NULL, 0})
#include "kit/db/args.h" /* defines DB_ARGS by counting its arguments */

/* All the values of a struct, in the order of its fields; in cx->arena. */
struct db_args db_args_of(struct cx *cx, const struct field *fields, const void *object);

/* ---- running ---------------------------------------------------------------------------- */

/* `fields` is constant data, the same for the life of the program. Columns are matched to it by
 * name; a column without a field, or a field without a column, is ERR_INTERNAL. NULL becomes "not
 * known". Texts and bytes are copied into cx->arena. */

/* Exactly one row: none is ERR_NOT_FOUND. */
MUST_USE bool db_one(struct cx *cx, const struct db_sql *sql, struct db_args args,
                     const struct field *fields, void *object);
/* One row or none. */
MUST_USE bool db_maybe(struct cx *cx, const struct db_sql *sql, struct db_args args,
                       const struct field *fields, void *object, bool *found);
/* At most `max` rows of `size` bytes each; more set list->clipped. */
MUST_USE bool db_list(struct cx *cx, const struct db_sql *sql, struct db_args args,
                      const struct field *fields, size_t size, size_t max, struct list *list);
/* Row by row in one place, for exports of any length; `each` false stops (cx->err decides if it
 * was a failure). The arena of a row is given back after each call. */
MUST_USE bool db_each(struct cx *cx, const struct db_sql *sql, struct db_args args,
                      const struct field *fields, size_t size,
                      bool (*each)(struct cx *cx, void *object, void *data), void *data);
/* One whole number: INT_NONE for NULL; none is ERR_NOT_FOUND. */
MUST_USE bool db_int(struct cx *cx, const struct db_sql *sql, struct db_args args, int64_t *value);
/* Nothing to read; `changed` may be NULL. A broken UNIQUE or CHECK is ERR_CONFLICT. */
MUST_USE bool db_do(struct cx *cx, const struct db_sql *sql, struct db_args args, int64_t *changed);

/* ---- statements put together ------------------------------------------------------------ */

/* For lists with optional filters and orders: constant pieces, each with its own $1...$n, that are
 * numbered through when added. The texts that come out are few and are cached like the others.
 *     struct db_query q;
 *     db_query_start(&q, cx, "persona_lista", "SELECT ... WHERE ambito = $1", DB_ARGS(ambito));
 *     if (cerca) db_query_add(&q, " AND chiave >= $1 AND chiave < $2", DB_ARGS(a, b));
 *     db_query_add(&q, " ORDER BY chiave, id LIMIT $1", DB_ARGS(21));
 *     const struct db_sql *sql = db_query_sql(&q);   and   db_query_args(&q)
 * The macros accept string literals only. */
struct db_query {
    struct cx *cx;
    const char *name;
    char *text;
    size_t size, room;
    struct db_arg args[64];
    size_t count;
    struct db_sql sql;
};
#define db_query_start(query, cx, name, literal, args)                                             \
    db_query_start_((query), (cx), (name), "" literal "", (args))
#define db_query_add(query, literal, args) db_query_add_((query), "" literal "", (args))
void db_query_start_(struct db_query *query, struct cx *cx, const char *name, const char *text,
                     struct db_args args);
void db_query_add_(struct db_query *query, const char *text, struct db_args args);
const struct db_sql *db_query_sql(struct db_query *query);
struct db_args db_query_args(const struct db_query *query);
/* The plan as text, one line a step: for the test that no list scans a table. */
MUST_USE bool db_plan(struct cx *cx, const struct db_sql *sql, struct db_args args,
                      const char **plan);

/* ---- schema ----------------------------------------------------------------------------- */

/* Of each room: the schema as it is today and the numbered steps that led there. A new database
 * runs `model`; an older one runs the steps it misses; a test compares the two results. */
struct db_change {
    const char *name; /* "0002_isee_scadenza" */
    const char *sql;
};
struct db_schema {
    const char *room;
    const char *model;
    const struct db_change *changes; /* in order, ended by {NULL, NULL} */
    const char *only[2]; /* by enum db_kind: what one engine alone can say (triggers), behind the
                            model; NULL = nothing */
};
/* `schemas` in the order of their needs. Creates or brings up to date, in one transaction. */
MUST_USE bool db_migrate(struct db *db, struct cx *cx, const struct db_schema *const *schemas);

/* A copy that can be opened, taken while others write (SQLite only: PostgreSQL has pg_basebackup).
 * Checked (integrity_check) before it gets its name. */
MUST_USE bool db_backup(struct db *db, struct cx *cx, const char *path,
                        void (*progress)(int percent, void *data), void *data);
/* integrity_check, foreign keys; problems as lines in the arena, NULL when sound. */
MUST_USE bool db_check(struct cx *cx, const char **problems);

#endif
