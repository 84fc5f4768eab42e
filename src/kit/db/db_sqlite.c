/* The SQLite engine. */
#include "kit/db/db_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pages in the log from which the writer copies them into the file, and from which it insists on
 * starting the log anew (64 MiB: only a reader that stays for minutes lets it grow so far). */
enum { WAL_PASSIVE = 1000, WAL_INSIST = 16384 };

/* Steps of SQLite's machine between two looks at the clock: some tens of microseconds. */
enum { LOOK_STEPS = 10000 };

static sqlite3 *lite(const struct db_conn *conn)
{
    return conn->handle;
}

static sqlite3_stmt *lite_stmt(const struct db_stmt *stmt)
{
    return stmt->handle;
}

bool db_sqlite_version_ok(int number, struct err *err)
{
    if (number >= DB_SQLITE_OLDEST)
        return true;
    return err_set(err, ERR_INTERNAL,
                   "SQLite %d.%d.%d can lose committed rows (WAL-reset bug): 3.51.3 is the oldest "
                   "that is accepted",
                   number / 1000000, number / 1000 % 1000, number % 1000);
}

static enum err_code code_of(int extended)
{
    switch (extended & 0xff) {
    case SQLITE_CONSTRAINT:
        return extended == SQLITE_CONSTRAINT_DATATYPE ? ERR_INTERNAL : ERR_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
        return ERR_BUSY;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_IOERR:
        /* the index of the log is a file too, and its growth fails by this name */
        return extended == SQLITE_IOERR_SHMSIZE ? ERR_FULL : ERR_IO;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
        return ERR_IO;
    case SQLITE_TOOBIG:
        return ERR_INPUT;
    default:
        return ERR_INTERNAL;
    }
}

static bool fail(struct db_conn *conn, struct err *err)
{
    int code = sqlite3_extended_errcode(lite(conn));
    if (code == SQLITE_INTERRUPT)
        return err_set(err, ERR_BUSY, "a statement took more than %d seconds and was stopped",
                       conn->seconds);
    return err_set(err, code_of(code), "%s (SQLite %d)", sqlite3_errmsg(lite(conn)), code);
}

static bool lite_exec(struct db_conn *conn, const char *sql, struct err *err)
{
    return db_sqlite_fixed(conn, sql) == SQLITE_OK || fail(conn, err);
}

static bool pragma_int(struct db_conn *conn, const char *sql, int *value, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    *value = 0;
    bool ok = sqlite3_prepare_v2(lite(conn), sql, -1, &stmt, NULL) == SQLITE_OK;
    if (ok) {
        int step = sqlite3_step(stmt);
        ok = step == SQLITE_ROW || step == SQLITE_DONE;
        if (step == SQLITE_ROW)
            *value = sqlite3_column_int(stmt, 0);
    }
    if (!ok)
        fail(conn, err);
    sqlite3_finalize(stmt);
    return ok;
}

static bool sync_folder(const char *path, struct err *err)
{
    char *copy = db_copy(path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(copy);
    bool ok = folder >= 0 && fsync(folder) == 0;
    if (!ok)
        err_set(err, ERR_IO, "%s: its folder cannot be synced: %s", path, strerror(errno));
    if (folder >= 0)
        close(folder);
    return ok;
}

/* EXTRA before the change to WAL: with FULL the journal of that very change is unlinked without a
 * sync of the folder, and a power cut could bring it back over everything written since. */
static bool make(struct db_conn *conn, struct err *err)
{
    return lite_exec(conn,
                     "PRAGMA synchronous=EXTRA; PRAGMA application_id=0x5A4F4E4C;"
                     "PRAGMA journal_mode=WAL",
                     err) &&
           sync_folder(conn->db->where, err);
}

/* Ours by its application id; an empty one may be made ours. */
static bool claim(struct db_conn *conn, bool create, struct err *err)
{
    int id, tables;
    if (!pragma_int(conn, "PRAGMA application_id", &id, err) ||
        !pragma_int(conn, "SELECT count(*) FROM sqlite_schema", &tables, err)) {
        err_clear(err);
        return err_set(err, ERR_INPUT, "%s is not a database of Zonale", conn->db->where);
    }
    if (id == DB_APPLICATION_ID)
        return true;
    if (id != 0 || tables != 0 || !create)
        return err_set(err, ERR_INPUT, "%s is not a database of Zonale", conn->db->where);
    return make(conn, err);
}

static int on_commit(void *data, sqlite3 *handle, const char *name, int pages)
{
    (void)handle;
    (void)name;
    ((struct db_conn *)data)->wal_pages = pages;
    return SQLITE_OK;
}

static const char settings[] =
    "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON;"
    "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
    "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8000;";

static bool prepare_file(const char *path, bool create, struct err *err)
{
    int file = open(path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
    if (file >= 0) {
        close(file);
        return true;
    }
    return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path, strerror(errno));
}

static int is_late(void *data)
{
    return db_now_ms() > ((const struct db_conn *)data)->deadline;
}

static void start_clock(struct db_conn *conn)
{
    conn->deadline = db_now_ms() + (int64_t)conn->seconds * 1000;
}

static bool lite_open(struct db_conn *conn, bool create, struct err *err)
{
    const char *path = conn->db->where;
    if (!db_sqlite_version_ok(sqlite3_libversion_number(), err))
        return false;
    if (conn->writer && !prepare_file(path, create, err))
        return false;
    int flags = conn->writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    sqlite3 *handle = NULL;
    int code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_EXRESCODE, NULL);
    conn->handle = handle;
    if (code != SQLITE_OK)
        return err_set(err, code_of(code), "%s: %s", path, sqlite3_errstr(code));
    sqlite3_busy_timeout(handle, 5000);
    sqlite3_progress_handler(handle, LOOK_STEPS, is_late, conn);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    /* Plans do not look at bound values: else a statement on a table with partial indexes is
     * planned anew at each run. */
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    if (!claim(conn, conn->writer && create, err) || !lite_exec(conn, settings, err))
        return false;
    if (!conn->writer)
        return true;
    sqlite3_wal_hook(handle, on_commit, conn);
    return lite_exec(conn, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", err);
}

static void lite_close(struct db_conn *conn)
{
    db_sqlite_forget(conn);
    sqlite3_close_v2(lite(conn));
    conn->handle = NULL;
}

/* The reader's snapshot is taken by its first look, not by BEGIN: so it looks at once. */
static bool lite_begin(struct db_conn *conn, struct err *err)
{
    if (conn->writer)
        return lite_exec(conn, "BEGIN IMMEDIATE", err);
    return lite_exec(conn, "BEGIN", err) &&
           lite_exec(conn, "SELECT 1 FROM sqlite_schema LIMIT 1", err);
}

static bool lite_alive(struct db_conn *conn)
{
    return !sqlite3_get_autocommit(lite(conn));
}

static void lite_rollback(struct db_conn *conn)
{
    if (lite_alive(conn))
        (void)db_sqlite_fixed(conn, "ROLLBACK");
}

static enum db_commit lite_commit(struct db_conn *conn, struct err *err)
{
    if (lite_exec(conn, "COMMIT", err))
        return COMMIT_OK;
    int code = sqlite3_extended_errcode(lite(conn));
    lite_rollback(conn);
    return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC ? COMMIT_UNKNOWN
                                                                        : COMMIT_FAILED;
}

/* Failure is no harm: the log stays and the next commit tries again. */
static void lite_settle(struct db_conn *conn)
{
    bool crowded = conn->wal_pages >= WAL_PASSIVE;
    atomic_store(&conn->db->crowded, crowded);
    if (!crowded)
        return;
    db_readers_drop(conn->db);
    bool insist = conn->wal_pages >= WAL_INSIST;
    if (insist)
        sqlite3_busy_timeout(lite(conn), 100);
    sqlite3_wal_checkpoint_v2(lite(conn), NULL,
                              insist ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, NULL,
                              NULL);
    sqlite3_busy_timeout(lite(conn), 5000);
    conn->wal_pages = 0;
}

static bool lite_prepare(struct db_stmt *stmt, const char *sql, const struct db_args *args,
                         struct err *err)
{
    (void)args;
    sqlite3_stmt *handle = NULL;
    const char *rest = NULL;
    start_clock(stmt->conn);
    if (sqlite3_prepare_v3(lite(stmt->conn), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, &rest) !=
        SQLITE_OK)
        return fail(stmt->conn, err);
    if (!handle || rest[strspn(rest, " \n\t;")]) {
        sqlite3_finalize(handle);
        return err_set(err, ERR_INTERNAL, "not exactly one statement: %.80s", sql);
    }
    stmt->handle = handle;
    stmt->columns = sqlite3_column_count(handle);
    return true;
}

static void lite_discard(struct db_stmt *stmt)
{
    sqlite3_finalize(lite_stmt(stmt));
}

static int bind(sqlite3_stmt *stmt, int at, const struct db_arg *arg)
{
    char day[DAY_TEXT], rate[RATE_TEXT];
    if (!db_arg_known(arg))
        return sqlite3_bind_null(stmt, at);
    switch (arg->type) {
    case FIELD_TEXT:
        return sqlite3_bind_text(stmt, at, arg->as.text, -1, SQLITE_STATIC);
    case FIELD_BYTES:
        return sqlite3_bind_blob64(stmt, at, arg->as.bytes.data, arg->as.bytes.size, SQLITE_STATIC);
    case FIELD_DAY:
        return sqlite3_bind_text(stmt, at, day_iso(arg->as.day, day), -1, SQLITE_TRANSIENT);
    case FIELD_RATE:
        return sqlite3_bind_text(stmt, at, rate_machine(arg->as.rate, rate), -1, SQLITE_TRANSIENT);
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_MONEY:
    case FIELD_INSTANT:
    case FIELD_MINUTES:
        return sqlite3_bind_int64(stmt, at, arg->as.integer);
    case FIELD_NONE:
    default:
        abort();
    }
}

static bool lite_start(struct db_stmt *stmt, struct db_args args, struct err *err)
{
    sqlite3_stmt *handle = lite_stmt(stmt);
    int wanted = sqlite3_bind_parameter_count(handle);
    if ((size_t)wanted != args.count)
        return err_set(err, ERR_INTERNAL, "%zu values for %d places: %.80s", args.count, wanted,
                       stmt->text);
    if (stmt->cursor && !sqlite3_stmt_readonly(handle)) /* as PostgreSQL's cursors */
        return err_set(err, ERR_INTERNAL, "db_each only reads: %.80s", stmt->text);
    start_clock(stmt->conn);
    for (size_t i = 0; i < args.count; i++)
        if (bind(handle, (int)i + 1, &args.items[i]) != SQLITE_OK)
            return fail(stmt->conn, err);
    return true;
}

static enum db_step lite_step(struct db_stmt *stmt, struct err *err)
{
    int code = sqlite3_step(lite_stmt(stmt));
    if (code == SQLITE_ROW)
        return STEP_ROW;
    if (code == SQLITE_DONE)
        return STEP_DONE;
    fail(stmt->conn, err);
    return STEP_FAILED;
}

static void lite_stop(struct db_stmt *stmt)
{
    sqlite3_reset(lite_stmt(stmt));
    sqlite3_clear_bindings(lite_stmt(stmt)); /* they point into the caller's memory */
}

static const char *lite_column(struct db_stmt *stmt, int column)
{
    return sqlite3_column_name(lite_stmt(stmt), column);
}

static struct db_cell lite_cell(struct db_stmt *stmt, int column, enum field_type type,
                                struct arena *arena)
{
    (void)type;
    (void)arena;
    sqlite3_stmt *handle = lite_stmt(stmt);
    switch (sqlite3_column_type(handle, column)) {
    case SQLITE_NULL:
        return (struct db_cell){.kind = CELL_NULL};
    case SQLITE_INTEGER:
        return (struct db_cell){.kind = CELL_INT, .integer = sqlite3_column_int64(handle, column)};
    case SQLITE_TEXT:
        return (struct db_cell){.kind = CELL_TEXT,
                                .text = (const char *)sqlite3_column_text(handle, column),
                                .size = (size_t)sqlite3_column_bytes(handle, column)};
    case SQLITE_BLOB:
        return (struct db_cell){.kind = CELL_BYTES,
                                .text = sqlite3_column_blob(handle, column),
                                .size = (size_t)sqlite3_column_bytes(handle, column)};
    default:
        return (struct db_cell){.kind = CELL_OTHER};
    }
}

static int64_t lite_changed(struct db_stmt *stmt)
{
    return sqlite3_stmt_readonly(lite_stmt(stmt)) ? 0 : sqlite3_changes64(lite(stmt->conn));
}

const struct db_ops db_sqlite_ops = {
    .open = lite_open,
    .close = lite_close,
    .exec = lite_exec,
    .begin = lite_begin,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .alive = lite_alive,
    .holds = true,
    .settle = lite_settle,
    .prepare = lite_prepare,
    .discard = lite_discard,
    .start = lite_start,
    .step = lite_step,
    .stop = lite_stop,
    .column = lite_column,
    .cell = lite_cell,
    .changed = lite_changed,
    .plan = "EXPLAIN QUERY PLAN ",
    .plan_column = 3,
    .tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_step'",
};
