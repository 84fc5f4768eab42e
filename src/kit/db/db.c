/* Opening and closing; reading transactions. */
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
    if (!db->ops->open(&db->writer.conn, create, err) || !db_writer_start(db, err)) {
        db_close(db);
        return false;
    }
    *made = db;
    return true;
}

static void conn_close(struct db_conn *conn)
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
        conn_close(conn);
        free(conn);
    }
    conn_close(&db->writer.conn); /* last: SQLite puts the log into the file then */
    pthread_mutex_destroy(&db->lock);
    free(db->where);
    free(db);
}

enum db_kind db_kind(const struct db *db)
{
    return db->kind;
}

static struct db_conn *reader_take(struct db *db, struct err *err)
{
    pthread_mutex_lock(&db->lock);
    struct db_conn *conn = db->idle;
    if (conn)
        db->idle = conn->next;
    pthread_mutex_unlock(&db->lock);
    if (conn)
        return conn;
    conn = db_alloc(sizeof *conn);
    conn->db = db;
    if (db->ops->open(conn, false, err))
        return conn;
    conn_close(conn);
    free(conn);
    return NULL;
}

bool db_read_begin(struct db *db, struct cx *cx)
{
    if (cx->db)
        abort(); /* one at a time */
    struct db_conn *conn = reader_take(db, &cx->err);
    if (!conn)
        return false;
    conn->fault = DB_FAULT_NONE;
    conn->open = true;
    cx->db = conn;
    if (db->ops->begin(conn, &cx->err))
        return true;
    db_read_end(cx);
    return false;
}

void db_read_end(struct cx *cx)
{
    struct db_conn *conn = cx->db;
    if (!conn)
        return;
    cx->db = NULL;
    db_conn_stop_all(conn);
    conn->db->ops->rollback(conn);
    conn->open = false;
    if (conn->fault == DB_FAULT_LOST) {
        conn_close(conn);
        free(conn);
        return;
    }
    pthread_mutex_lock(&conn->db->lock);
    conn->next = conn->db->idle;
    conn->db->idle = conn;
    pthread_mutex_unlock(&conn->db->lock);
}
