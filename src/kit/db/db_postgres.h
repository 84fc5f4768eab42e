/* What the two files of the PostgreSQL engine share. */
#ifndef ZONALE_KIT_DB_POSTGRES_H
#define ZONALE_KIT_DB_POSTGRES_H

#include "kit/db/db_impl.h"

#include <libpq-fe.h>

static inline PGconn *pg(const struct db_conn *conn)
{
    return conn->handle;
}

/* Fills err from the result, which may be NULL; always false. */
bool db_pg_fail(struct db_conn *conn, const PGresult *result, struct err *err);
bool db_pg_ok(const PGresult *result);

/* see struct db_ops */
bool db_pg_prepare(struct db_stmt *stmt, const char *sql, const struct db_args *args,
                   struct err *err);
void db_pg_discard(struct db_stmt *stmt);
bool db_pg_start(struct db_stmt *stmt, struct db_args args, struct err *err);
enum db_step db_pg_step(struct db_stmt *stmt, struct err *err);
void db_pg_stop(struct db_stmt *stmt);
const char *db_pg_column(struct db_stmt *stmt, int column);
struct db_cell db_pg_cell(struct db_stmt *stmt, int column, enum field_type type,
                          struct arena *arena);
int64_t db_pg_changed(struct db_stmt *stmt);

#endif
