/* Statements of PostgreSQL: prepared on the server under a name of their connection, results as
 * text. The order of texts is that of "C" everywhere (see @TEXT), as on SQLite. */
#include "kit/db/db_postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FETCH_ROWS = 500 };
/* pg_type.h, stable since ever */
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_DATE = 1082 };

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
    if (!db_pg_ok(made->shape))
        return db_pg_fail(stmt->conn, made->shape, err);
    stmt->columns = PQnfields(made->shape);
    return true;
}

/* `args` NULL (db_prepare_all): the server guesses the types; that it cannot guess one is no
 * fault of the statement, since in use the types come with the values. */
bool db_pg_prepare(struct db_stmt *stmt, const char *sql, const struct db_args *args,
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
    bool ok = db_pg_ok(result) || db_pg_fail(stmt->conn, result, err);
    PQclear(result);
    if (ok && pg_describe(stmt, err))
        return true;
    db_pg_discard(stmt);
    return false;
}

void db_pg_discard(struct db_stmt *stmt)
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

/* For results of any length: the server keeps the rows and gives some at a time. */
static bool cursor_open(struct db_stmt *stmt, struct db_args args, const struct pg_values *values,
                        struct err *err)
{
    struct pg_stmt *made = pg_stmt(stmt);
    size_t size = strlen(made->text) + 80;
    char *sql = db_alloc(size);
    Oid types[DB_MAX_ARGS];
    for (size_t i = 0; i < args.count; i++)
        types[i] = oid_of(args.items[i].type);
    snprintf(sql, size, "DECLARE c_%s NO SCROLL CURSOR FOR %s", made->name, made->text);
    PGresult *result = PQexecParams(pg(stmt->conn), sql, (int)args.count, types, values->at,
                                    values->size, values->format, 0);
    free(sql);
    bool ok = db_pg_ok(result) || db_pg_fail(stmt->conn, result, err);
    PQclear(result);
    return ok;
}

static bool cursor_fetch(struct db_stmt *stmt, struct err *err)
{
    char sql[64];
    snprintf(sql, sizeof sql, "FETCH %d FROM c_%s", FETCH_ROWS, pg_stmt(stmt)->name);
    PQclear(stmt->result);
    stmt->result = PQexec(pg(stmt->conn), sql);
    stmt->row = -1;
    return db_pg_ok(stmt->result) || db_pg_fail(stmt->conn, stmt->result, err);
}

bool db_pg_start(struct db_stmt *stmt, struct db_args args, struct err *err)
{
    struct pg_values values;
    struct pg_stmt *made = pg_stmt(stmt);
    if (PQnparams(made->shape) != (int)args.count)
        return err_set(err, ERR_INTERNAL, "%zu values for %d places: %.80s", args.count,
                       PQnparams(made->shape), stmt->text);
    if (!values_set(&values, args, err))
        return false;
    if (stmt->cursor)
        return cursor_open(stmt, args, &values, err) && cursor_fetch(stmt, err);
    PGresult *result = PQexecPrepared(pg(stmt->conn), made->name, (int)args.count, values.at,
                                      values.size, values.format, 0);
    stmt->result = result;
    stmt->row = -1;
    return db_pg_ok(result) || db_pg_fail(stmt->conn, result, err);
}

enum db_step db_pg_step(struct db_stmt *stmt, struct err *err)
{
    if (++stmt->row < PQntuples(stmt->result))
        return STEP_ROW;
    if (!stmt->cursor || PQntuples(stmt->result) < FETCH_ROWS)
        return STEP_DONE;
    if (!cursor_fetch(stmt, err))
        return STEP_FAILED;
    return ++stmt->row < PQntuples(stmt->result) ? STEP_ROW : STEP_DONE;
}

void db_pg_stop(struct db_stmt *stmt)
{
    PQclear(stmt->result);
    stmt->result = NULL;
    if (stmt->cursor && PQtransactionStatus(pg(stmt->conn)) == PQTRANS_INTRANS) {
        char sql[48];
        snprintf(sql, sizeof sql, "CLOSE c_%s", pg_stmt(stmt)->name);
        PQclear(PQexec(pg(stmt->conn), sql));
    }
}

const char *db_pg_column(struct db_stmt *stmt, int column)
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

struct db_cell db_pg_cell(struct db_stmt *stmt, int column, enum field_type type,
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

int64_t db_pg_changed(struct db_stmt *stmt)
{
    PGresult *result = stmt->result;
    return strncmp(PQcmdStatus(result), "SELECT", 6) == 0 ? 0 : atoll(PQcmdTuples(result));
}
