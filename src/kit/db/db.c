/* Opening and closing. */
#include "kit/db/db_impl.h"

#include <stdlib.h>
#include <string.h>

static bool is_postgres(const char *where)
{
    static const char *const starts[] = {"postgresql://", "postgres://",
                                         "host=", "dbname=", "service="};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(where, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

bool db_open(struct db **made, const char *where, bool create, struct err *err)
{
    struct db *db = db_alloc(sizeof *db);
    *made = NULL;
    db->kind = is_postgres(where) ? DB_POSTGRES : DB_SQLITE;
    db->ops = db->kind == DB_POSTGRES ? &db_postgres_ops : &db_sqlite_ops;
    db->where = db_copy(where);
    pthread_mutex_init(&db->lock, NULL);
    db->writer.conn.db = db;
    db->writer.conn.writer = true;
    db->writer.conn.seconds = DB_LONG_SECONDS;
    if (!db->ops->open(&db->writer.conn, create, err) || !db_writer_start(db, err)) {
        db_close(db);
        return false;
    }
    *made = db;
    return true;
}

void db_conn_close(struct db_conn *conn)
{
    db_conn_forget(conn);
    conn->db->ops->close(conn);
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_writer_stop(db);
    while (db->idle) {
        struct db_conn *conn = db->idle;
        db->idle = conn->next;
        db_conn_close(conn);
        free(conn);
    }
    db_conn_close(&db->writer.conn); /* last: SQLite puts the log into the file then */
    pthread_mutex_destroy(&db->lock);
    free(db->where);
    free(db);
}

enum db_kind db_kind(const struct db *db)
{
    return db->kind;
}
