/* The PostgreSQL engine (libpq). Text results; a statement is prepared on the server under a name
 * of its connection. The order is that of "C" everywhere (see @TEXT), as on SQLite. */
#include "kit/db/db_impl.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PG_OLDEST = 150000, FETCH_ROWS = 500 };
/* pg_type.h, stable since ever */
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_DATE = 1082 };

static PGconn *pg(const struct db_conn *conn)
{
    return conn->handle;
}

static bool state_is(const char *state, const char *code)
{
    return strncmp(state, code, strlen(code)) == 0;
}

static const struct {
    const char *state; /* class, or whole SQLSTATE */
    enum err_code code;
} states[] = {
    {"23", ERR_CONFLICT}, {"P0001", ERR_CONFLICT}, /* a trigger's RAISE */
    {"40", ERR_BUSY},     {"55P03", ERR_BUSY},      {"57014", ERR_BUSY}, {"53300", ERR_BUSY},
    {"53100", ERR_FULL},  {"53200", ERR_BUSY},      {"08", ERR_IO},      {"57P", ERR_IO},
    {"58", ERR_IO},       {"22021", ERR_INPUT}, /* invalid byte sequence */
    {"54", ERR_INPUT},    {"3D000", ERR_NOT_FOUND}, {"28", ERR_IO},
};

static enum err_code code_of(const char *state)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (state_is(state, states[i].state))
            return states[i].code;
    return ERR_INTERNAL;
}

static void note_fault(struct db_conn *conn, const char *state)
{
    if (PQstatus(pg(conn)) != CONNECTION_OK)
        conn->fault = DB_FAULT_LOST;
    else if (state_is(state, "40001") || state_is(state, "40P01"))
        conn->fault = DB_FAULT_RETRY;
}

/* Fills err from the result, which may be NULL. */
static bool fail(struct db_conn *conn, const PGresult *result, struct err *err)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *text = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    note_fault(conn, state ? state : "");
    enum err_code code = conn->fault == DB_FAULT_LOST ? ERR_IO : code_of(state ? state : "");
    return err_set(err, code, "%s (PostgreSQL %s)", text ? text : PQerrorMessage(pg(conn)),
                   state ? state : "-");
}

static bool result_ok(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static bool pg_exec(struct db_conn *conn, const char *sql, struct err *err)
{
    PGresult *result = PQexec(pg(conn), sql);
    bool ok = result_ok(result) || fail(conn, result, err);
    PQclear(result);
    return ok;
}

/* A COMMIT whose wait for the second server was cancelled reports success with a warning. */
static void on_notice(void *data, const PGresult *result)
{
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity && strcmp(severity, "WARNING") == 0)
        ((struct db_conn *)data)->warned = true;
}

static const char settings[] =
    "SET datestyle = 'ISO'; SET client_encoding = 'UTF8'; SET bytea_output = 'hex';"
    "SET standard_conforming_strings = on; SET timezone = 'UTC'; SET jit = off;"
    "SET idle_in_transaction_session_timeout = '10min'; SET client_min_messages = 'warning'";

static const char settings_writer[] =
    "SET synchronous_commit TO on; SET lock_timeout = '10s'; SET statement_timeout = '10min'";

static bool pg_open(struct db_conn *conn, bool create, struct err *err)
{
    (void)create; /* the administrator makes the database; db_migrate its tables */
    const char *const words[] = {"dbname",          "connect_timeout",  "tcp_user_timeout",
                                 "keepalives_idle", "application_name", NULL};
    const char *const values[] = {conn->db->where, "5", "10000", "5", "zonale", NULL};
    PGconn *handle = PQconnectdbParams(words, values, 1);
    conn->handle = handle;
    conn->fault = DB_FAULT_NONE;
    if (PQstatus(handle) != CONNECTION_OK)
        return err_set(err, ERR_IO, "PostgreSQL: %s", PQerrorMessage(handle));
    if (PQserverVersion(handle) < PG_OLDEST)
        return err_set(err, ERR_INTERNAL, "PostgreSQL %d is too old: 15 is needed",
                       PQserverVersion(handle) / 10000);
    PQsetNoticeReceiver(handle, on_notice, conn);
    return pg_exec(conn, settings, err) && (!conn->writer || pg_exec(conn, settings_writer, err));
}

static void pg_close(struct db_conn *conn)
{
    PQfinish(pg(conn));
    conn->handle = NULL;
}

/* A connection that broke while it lay idle is made anew here. */
static bool pg_begin(struct db_conn *conn, struct err *err)
{
    const char *begin = conn->writer ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                                     : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1";
    if (PQstatus(pg(conn)) == CONNECTION_OK) {
        struct err broken = {0};
        if (pg_exec(conn, begin, &broken))
            return true;
        if (PQstatus(pg(conn)) == CONNECTION_OK)
            return err_set(err, broken.code, "%s", broken.text);
    }
    db_conn_forget(conn);
    pg_close(conn);
    return pg_open(conn, false, err) && pg_exec(conn, begin, err);
}

static bool pg_alive(struct db_conn *conn)
{
    PGTransactionStatusType status = PQtransactionStatus(pg(conn));
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static void pg_rollback(struct db_conn *conn)
{
    if (pg_alive(conn))
        PQclear(PQexec(pg(conn), "ROLLBACK"));
    if (PQstatus(pg(conn)) != CONNECTION_OK)
        conn->fault = DB_FAULT_LOST;
}

static enum db_commit pg_commit(struct db_conn *conn, struct err *err)
{
    conn->warned = false;
    PGresult *result = PQexec(pg(conn), "COMMIT");
    enum db_commit commit = COMMIT_OK;
    if (PQstatus(pg(conn)) != CONNECTION_OK || conn->warned) {
        err_set(err, ERR_UNKNOWN,
                conn->warned ? "the second server did not confirm"
                             : "the connection broke during the commit");
        commit = COMMIT_UNKNOWN;
    } else if (!result_ok(result)) {
        fail(conn, result, err);
        commit = COMMIT_FAILED;
    } else if (strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        err_set(err, ERR_INTERNAL, "the commit became a rollback");
        commit = COMMIT_FAILED;
    }
    PQclear(result);
    return commit;
}

static void pg_settle(struct db_conn *conn)
{
    (void)conn;
}

static Oid oid_of(enum field_type type)
{
    switch (type) {
    case FIELD_TEXT:
    case FIELD_RATE:
        return OID_TEXT;
    case FIELD_DAY:
        return OID_DATE;
    case FIELD_BYTES:
        return OID_BYTEA;
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_MONEY:
    case FIELD_INSTANT:
    case FIELD_MINUTES:
        return OID_INT8;
    case FIELD_NONE:
    default:
        abort();
    }
}

/* What a prepared statement is here: its name on the server and the shape of its rows. */
struct pg_stmt {
    char name[24];
    PGresult *shape;
    char *text;
};

static struct pg_stmt *pg_stmt(const struct db_stmt *stmt)
{
    return stmt->handle;
}

static bool pg_describe(struct db_stmt *stmt, struct err *err)
{
    struct pg_stmt *made = pg_stmt(stmt);
    made->shape = PQdescribePrepared(pg(stmt->conn), made->name);
    if (!result_ok(made->shape))
        return fail(stmt->conn, made->shape, err);
    stmt->columns = PQnfields(made->shape);
    return true;
}

/* `args` NULL (db_prepare_all): the server guesses the types; that it cannot guess one is no
 * fault of the statement, since in use the types come with the values. */
static bool pg_prepare(struct db_stmt *stmt, const char *sql, const struct db_args *args,
                       struct err *err)
{
    struct pg_stmt *made = db_alloc(sizeof *made);
    Oid types[DB_MAX_ARGS];
    size_t count = args ? args->count : 0;
    for (size_t i = 0; i < count; i++)
        types[i] = oid_of(args->items[i].type);
    stmt->handle = made;
    made->text = db_copy(sql);
    snprintf(made->name, sizeof made->name, "s%lld", (long long)++stmt->conn->named);
    PGresult *result = PQprepare(pg(stmt->conn), made->name, sql, (int)count, types);
    bool ok = result_ok(result) || fail(stmt->conn, result, err);
    PQclear(result);
    if (ok && pg_describe(stmt, err))
        return true;
    stmt->conn->db->ops->discard(stmt);
    return false;
}

static void pg_discard(struct db_stmt *stmt)
{
    struct pg_stmt *made = pg_stmt(stmt);
    if (!made)
        return;
    char sql[48];
    snprintf(sql, sizeof sql, "DEALLOCATE %s", made->name);
    if (PQstatus(pg(stmt->conn)) == CONNECTION_OK &&
        PQtransactionStatus(pg(stmt->conn)) != PQTRANS_INERROR)
        PQclear(PQexec(pg(stmt->conn), sql));
    PQclear(made->shape);
    free(made->text);
    free(made);
    stmt->handle = NULL;
}

/* The values as libpq wants them; numbers, days and rates are written into `room`. */
struct pg_values {
    const char *at[DB_MAX_ARGS];
    int size[DB_MAX_ARGS], format[DB_MAX_ARGS];
    char room[DB_MAX_ARGS][RATE_TEXT];
};

static void value_set(struct pg_values *values, size_t i, const struct db_arg *arg)
{
    values->at[i] = NULL;
    values->size[i] = values->format[i] = 0;
    if (!db_arg_known(arg))
        return;
    values->at[i] = values->room[i];
    switch (arg->type) {
    case FIELD_TEXT:
        values->at[i] = arg->as.text;
        break;
    case FIELD_BYTES:
        values->at[i] = (const char *)arg->as.bytes.data;
        values->size[i] = (int)arg->as.bytes.size;
        values->format[i] = 1;
        break;
    case FIELD_DAY:
        day_iso(arg->as.day, values->room[i]);
        break;
    case FIELD_RATE:
        rate_machine(arg->as.rate, values->room[i]);
        break;
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_MONEY:
    case FIELD_INSTANT:
    case FIELD_MINUTES:
        snprintf(values->room[i], sizeof values->room[i], "%lld", (long long)arg->as.integer);
        break;
    case FIELD_NONE:
    default:
        abort();
    }
}

static bool values_set(struct pg_values *values, struct db_args args, struct err *err)
{
    for (size_t i = 0; i < args.count; i++) {
        if (args.items[i].type == FIELD_BYTES && args.items[i].as.bytes.size > INT32_MAX / 2)
            return err_set(err, ERR_INPUT, "a value of more than one gigabyte");
        value_set(values, i, &args.items[i]);
    }
    return true;
}

static bool pg_start(struct db_stmt *stmt, struct db_args args, struct err *err)
{
    struct pg_values values;
    struct pg_stmt *made = pg_stmt(stmt);
    if (PQnparams(made->shape) != (int)args.count)
        return err_set(err, ERR_INTERNAL, "%zu values for %d places: %.80s", args.count,
                       PQnparams(made->shape), stmt->text);
    if (!values_set(&values, args, err))
        return false;
    PGresult *result = PQexecPrepared(pg(stmt->conn), made->name, (int)args.count, values.at,
                                      values.size, values.format, 0);
    stmt->result = result;
    stmt->row = -1;
    return result_ok(result) || fail(stmt->conn, result, err);
}

static enum db_step pg_step(struct db_stmt *stmt, struct err *err)
{
    (void)err;
    return ++stmt->row < PQntuples(stmt->result) ? STEP_ROW : STEP_DONE;
}

static void pg_stop(struct db_stmt *stmt)
{
    PQclear(stmt->result);
    stmt->result = NULL;
}

static const char *pg_column(struct db_stmt *stmt, int column)
{
    return PQfname(pg_stmt(stmt)->shape, column);
}

static int hex(char c)
{
    return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* "\x00ff" */
static struct db_cell cell_bytes(const char *text, size_t size, struct arena *arena)
{
    if (size < 2 || text[0] != '\\' || text[1] != 'x')
        return (struct db_cell){.kind = CELL_OTHER};
    size_t count = (size - 2) / 2;
    char *bytes = arena_alloc(arena, count ? count : 1);
    for (size_t i = 0; i < count; i++)
        bytes[i] = (char)(hex(text[2 + 2 * i]) << 4 | hex(text[3 + 2 * i]));
    return (struct db_cell){.kind = CELL_BYTES, .text = bytes, .size = count};
}

static struct db_cell pg_cell(struct db_stmt *stmt, int column, enum field_type type,
                              struct arena *arena)
{
    const PGresult *result = stmt->result;
    if (PQgetisnull(result, stmt->row, column))
        return (struct db_cell){.kind = CELL_NULL};
    const char *text = PQgetvalue(result, stmt->row, column);
    size_t size = (size_t)PQgetlength(result, stmt->row, column);
    bool is_bytes = PQftype(result, column) == OID_BYTEA;
    if (is_bytes != (type == FIELD_BYTES))
        return (struct db_cell){.kind = CELL_OTHER};
    if (is_bytes)
        return cell_bytes(text, size, arena);
    return (struct db_cell){.kind = CELL_TEXT, .text = text, .size = size};
}

static int64_t pg_changed(struct db_stmt *stmt)
{
    PGresult *result = stmt->result;
    return strncmp(PQcmdStatus(result), "SELECT", 6) == 0 ? 0 : atoll(PQcmdTuples(result));
}

const struct db_ops db_postgres_ops = {
    .open = pg_open,
    .close = pg_close,
    .exec = pg_exec,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .alive = pg_alive,
    .settle = pg_settle,
    .prepare = pg_prepare,
    .discard = pg_discard,
    .start = pg_start,
    .step = pg_step,
    .stop = pg_stop,
    .column = pg_column,
    .cell = pg_cell,
    .changed = pg_changed,
    .plan = "EXPLAIN ",
    .plan_column = 0,
    .tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
              "current_schema() AND table_name = 'schema_step'",
};
