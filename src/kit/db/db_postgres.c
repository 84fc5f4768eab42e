/* The PostgreSQL engine (libpq): connection and transactions. */
#include "kit/db/db_postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PG_OLDEST = 150000 };

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
bool db_pg_fail(struct db_conn *conn, const PGresult *result, struct err *err)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *text = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    note_fault(conn, state ? state : "");
    if (state && strcmp(state, "57014") == 0)
        return err_set(err, ERR_BUSY, "a statement took more than %d seconds and was stopped",
                       conn->seconds);
    enum err_code code = conn->fault == DB_FAULT_LOST ? ERR_IO : code_of(state ? state : "");
    return err_set(err, code, "%s (PostgreSQL %s)", text ? text : PQerrorMessage(pg(conn)),
                   state ? state : "-");
}

bool db_pg_ok(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static bool pg_exec(struct db_conn *conn, const char *sql, struct err *err)
{
    PGresult *result = PQexec(pg(conn), sql);
    bool ok = db_pg_ok(result) || db_pg_fail(conn, result, err);
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
    "SET synchronous_commit TO on; SET lock_timeout = '10s'; SET statement_timeout = '600s'";

/* The wall between ambiti does not stand before a superuser, or a role that passes it. */
static bool role_bound(struct db_conn *conn, struct err *err)
{
    PGresult *result = PQexec(
        pg(conn), "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user");
    bool ok = db_pg_ok(result) || db_pg_fail(conn, result, err);
    if (ok && strcmp(PQgetvalue(result, 0, 0), "t") == 0)
        ok = err_set(err, ERR_INPUT,
                     "PostgreSQL: il ruolo “%s” è superuser o BYPASSRLS e scavalca la separazione "
                     "tra ambiti: usare un ruolo comune, proprietario di questa base di dati",
                     PQuser(pg(conn)));
    PQclear(result);
    return ok;
}

/* One program on a database, from whatever data folder: the lock goes with the connection. What a
 * killed one held is free as soon as the server notices. */
static bool only_one(struct db_conn *conn, struct err *err)
{
    char text[100];
    snprintf(text, sizeof text, "SET lock_timeout = '3s'; SELECT pg_advisory_lock(%d)",
             DB_APPLICATION_ID);
    struct err busy = {0};
    if (pg_exec(conn, text, &busy))
        return true;
    if (busy.code != ERR_BUSY)
        return err_set(err, busy.code, "%s", busy.text);
    return err_set(err, ERR_BUSY,
                   "la base di dati “%s” è già usata da un altro Zonale, forse da un’altra "
                   "cartella o da un’altra macchina: uno solo alla volta",
                   PQdb(pg(conn)));
}

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
    return pg_exec(conn, settings, err) &&
           (!conn->writer ||
            (role_bound(conn, err) && only_one(conn, err) && pg_exec(conn, settings_writer, err)));
}

static void pg_close(struct db_conn *conn)
{
    PQfinish(pg(conn));
    conn->handle = NULL;
}

/* A connection that broke while it lay idle is made anew here. */
static bool pg_begin(struct db_conn *conn, struct err *err)
{
    char begin[160] = "BEGIN ISOLATION LEVEL SERIALIZABLE";
    if (!conn->writer)
        snprintf(begin, sizeof begin,
                 "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                 "SET LOCAL statement_timeout = '%ds'; SELECT 1",
                 conn->seconds);
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

static bool pg_scope(struct db_conn *conn, int64_t ambito, struct err *err)
{
    char text[80];
    snprintf(text, sizeof text, "SELECT set_config('zonale.ambito', '%lld', true)",
             (long long)ambito);
    return pg_exec(conn, text, err);
}

/* Each table that has a column `ambito` shows the rows of the ambito that the transaction is set
 * to; 0 shows all, nothing set shows none. A room whose table serves all ambiti has given it a
 * policy of this name itself. */
static const char walls[] =
    "DO $$ DECLARE t text; BEGIN"
    " FOR t IN SELECT c.table_name FROM information_schema.columns c"
    " JOIN information_schema.tables b ON b.table_schema = c.table_schema"
    " AND b.table_name = c.table_name AND b.table_type = 'BASE TABLE'"
    " WHERE c.table_schema = current_schema() AND c.column_name = 'ambito'"
    " AND NOT EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = c.table_schema"
    " AND p.tablename = c.table_name AND p.policyname = 'muro') LOOP"
    " EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);"
    " EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);"
    " EXECUTE format('CREATE POLICY muro ON %I USING (ambito ="
    " nullif(current_setting(''zonale.ambito'', true), '''')::bigint"
    " OR current_setting(''zonale.ambito'', true) = ''0'')', t);"
    " END LOOP; END $$";

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
    } else if (!db_pg_ok(result)) {
        db_pg_fail(conn, result, err);
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

const struct db_ops db_postgres_ops = {
    .open = pg_open,
    .close = pg_close,
    .exec = pg_exec,
    .begin = pg_begin,
    .scope = pg_scope,
    .walls = walls,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .alive = pg_alive,
    .settle = pg_settle,
    .prepare = db_pg_prepare,
    .discard = db_pg_discard,
    .start = db_pg_start,
    .step = db_pg_step,
    .stop = db_pg_stop,
    .column = db_pg_column,
    .cell = db_pg_cell,
    .changed = db_pg_changed,
    .plan = "EXPLAIN ",
    .plan_column = 0,
    .tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = "
              "current_schema() AND table_name = 'schema_step'",
};
