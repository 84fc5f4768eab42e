/* Reading transactions. A connection that lies idle keeps its snapshot for a moment: where many
 * read, the next one then finds SQLite's cache full, which each new snapshot behind a commit
 * empties. What a page may miss for it is only what db_append_later wrote meanwhile. */
#include "kit/db/db_impl.h"

#include <stdlib.h>
#include <time.h>

/* No snapshot is older, whoever else writes to the file; and the log can soon start anew. */
enum { HELD_MS = 100 };

int64_t db_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
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
    conn->seconds = DB_LONG_SECONDS;
    if (db->ops->open(conn, false, err))
        return conn;
    db_conn_close(conn);
    free(conn);
    return NULL;
}

/* `recent`: also without what was only appended since. */
static bool snapshot_will_do(const struct db_conn *conn, bool recent)
{
    struct db *db = conn->db;
    if (db_now_ms() - conn->taken >= HELD_MS)
        return false;
    return recent ? conn->changes == atomic_load(&db->changes)
                  : conn->commits == atomic_load(&db->commits);
}

static void snapshot_drop(struct db_conn *conn)
{
    if (conn->held)
        conn->db->ops->rollback(conn);
    conn->held = false;
}

/* The counts are looked at first: what is committed between the two is seen and taken for unseen.
 */
static bool snapshot_take(struct db_conn *conn, struct err *err)
{
    conn->taken = db_now_ms();
    conn->changes = atomic_load(&conn->db->changes);
    conn->commits = atomic_load(&conn->db->commits);
    conn->scope = SCOPE_UNSET;
    return conn->db->ops->begin(conn, err);
}

void db_readers_drop(struct db *db)
{
    pthread_mutex_lock(&db->lock);
    for (struct db_conn *conn = db->idle; conn; conn = conn->next)
        snapshot_drop(conn);
    pthread_mutex_unlock(&db->lock);
}

bool db_read_open(struct db *db, struct cx *cx, bool recent, int seconds)
{
    if (cx->db)
        abort(); /* one at a time */
    struct db_conn *conn = reader_take(db, &cx->err);
    if (!conn)
        return false;
    conn->fault = DB_FAULT_NONE;
    conn->open = true;
    conn->seconds = seconds;
    cx->db = conn;
    if (conn->held && snapshot_will_do(conn, recent))
        return true;
    snapshot_drop(conn);
    if (snapshot_take(conn, &cx->err))
        return true;
    db_read_end(cx);
    return false;
}

bool db_read_begin(struct db *db, struct cx *cx)
{
    return db_read_open(db, cx, false, DB_LONG_SECONDS);
}

bool db_read_page(struct db *db, struct cx *cx)
{
    return db_read_open(db, cx, true, DB_PAGE_SECONDS);
}

bool db_read_renew(struct cx *cx)
{
    struct db_conn *conn = cx->db;
    if (conn->writer || !conn->db->ops->holds || conn->active)
        return true;
    if (snapshot_will_do(conn, false))
        return true;
    conn->db->ops->rollback(conn);
    conn->held = false;
    return snapshot_take(conn, &cx->err);
}

void db_read_end(struct cx *cx)
{
    struct db_conn *conn = cx->db;
    if (!conn)
        return;
    struct db *db = conn->db;
    cx->db = NULL;
    db_conn_stop_all(conn);
    conn->open = false;
    conn->held = db->ops->holds && conn->fault == DB_FAULT_NONE && !atomic_load(&db->crowded) &&
                 snapshot_will_do(conn, true);
    if (!conn->held)
        db->ops->rollback(conn);
    if (conn->fault == DB_FAULT_LOST) {
        db_conn_close(conn);
        free(conn);
        return;
    }
    pthread_mutex_lock(&db->lock);
    conn->next = db->idle;
    db->idle = conn;
    pthread_mutex_unlock(&db->lock);
}
