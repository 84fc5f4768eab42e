/* Prepared statements of a connection: kept by their text, stopped when a call jumps away. */
#include "kit/db/db_impl.h"

#include <stdlib.h>
#include <string.h>

void *db_alloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        abort();
    return memory;
}

char *db_copy(const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        abort();
    return copy;
}

static uint64_t text_hash(const char *text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static void stmt_free(struct db_stmt *stmt)
{
    stmt->conn->db->ops->discard(stmt);
    free(stmt->text);
    free(stmt);
}

void db_stmt_stop(struct db_stmt *stmt)
{
    struct db_conn *conn = stmt->conn;
    if (!stmt->active)
        return;
    conn->db->ops->stop(stmt);
    stmt->active = false;
    for (struct db_stmt **at = &conn->active; *at; at = &(*at)->active_next)
        if (*at == stmt) {
            *at = stmt->active_next;
            break;
        }
    if (stmt->once)
        stmt_free(stmt);
}

void db_conn_stop_all(struct db_conn *conn)
{
    while (conn->active)
        db_stmt_stop(conn->active);
}

void db_conn_forget(struct db_conn *conn)
{
    db_conn_stop_all(conn);
    for (size_t i = 0; i < DB_BUCKETS; i++) {
        struct db_stmt *next;
        for (struct db_stmt *stmt = conn->buckets[i]; stmt; stmt = next) {
            next = stmt->next;
            stmt_free(stmt);
        }
        conn->buckets[i] = NULL;
    }
    memset(conn->guesses, 0, sizeof conn->guesses);
    conn->cached = 0;
}

static void forget_guess(struct db_conn *conn, const struct db_stmt *stmt)
{
    for (size_t i = 0; i < DB_GUESSES; i++)
        if (conn->guesses[i] == stmt)
            conn->guesses[i] = NULL;
}

static void evict_oldest(struct db_conn *conn)
{
    struct db_stmt **oldest = NULL;
    for (size_t i = 0; i < DB_BUCKETS; i++)
        for (struct db_stmt **at = &conn->buckets[i]; *at; at = &(*at)->next)
            if (!(*at)->active && (!oldest || (*at)->used < (*oldest)->used))
                oldest = at;
    if (!oldest)
        return;
    struct db_stmt *stmt = *oldest;
    *oldest = stmt->next;
    conn->cached--;
    forget_guess(conn, stmt);
    stmt_free(stmt);
}

static struct db_stmt *stmt_new(struct db_conn *conn, const struct db_sql *sql,
                                const struct db_args *args, struct err *err)
{
    struct db_stmt *stmt = db_alloc(sizeof *stmt);
    stmt->conn = conn;
    char *text = db_words(conn->db->kind, sql->text, err);
    if (!text || !conn->db->ops->prepare(stmt, text, args, err)) {
        free(text);
        free(stmt);
        return NULL;
    }
    free(text);
    if (stmt->columns > DB_MAX_COLUMNS) {
        err_set(err, ERR_INTERNAL, "%s: too many columns", sql->name);
        stmt_free(stmt);
        return NULL;
    }
    memset(stmt->map, -1, sizeof stmt->map);
    stmt->text = db_copy(sql->text);
    return stmt;
}

static struct db_stmt *find_cached(struct db_conn *conn, const char *text, uint64_t hash)
{
    struct db_stmt *stmt = conn->buckets[hash % DB_BUCKETS];
    while (stmt && (stmt->hash != hash || strcmp(stmt->text, text) != 0))
        stmt = stmt->next;
    return stmt;
}

static void keep(struct db_conn *conn, struct db_stmt *stmt)
{
    struct db_stmt **bucket = &conn->buckets[stmt->hash % DB_BUCKETS];
    if (conn->cached >= DB_CACHED)
        evict_oldest(conn);
    stmt->next = *bucket;
    *bucket = stmt;
    conn->cached++;
}

/* Most statements come from constant places: the text found there last is the same again, and
 * comparing costs less than the hash of it. */
struct db_stmt *db_stmt_prepare(struct db_conn *conn, const struct db_sql *sql,
                                const struct db_args *args, struct err *err)
{
    struct db_stmt **guess = &conn->guesses[(uintptr_t)sql / sizeof *sql % DB_GUESSES];
    struct db_stmt *stmt = *guess;
    if (!stmt || strcmp(stmt->text, sql->text) != 0) {
        uint64_t hash = text_hash(sql->text);
        stmt = find_cached(conn, sql->text, hash);
        if (!stmt) {
            stmt = stmt_new(conn, sql, args, err);
            if (!stmt)
                return NULL;
            stmt->hash = hash;
            keep(conn, stmt);
        }
        *guess = stmt;
    }
    if (stmt->active) { /* its twin, for this once */
        stmt = stmt_new(conn, sql, args, err);
        if (!stmt)
            return NULL;
        stmt->once = true;
    }
    stmt->used = ++conn->tick;
    return stmt;
}

/* After a failed statement PostgreSQL refuses everything up to the savepoint; SQLite would go on.
 * Both refuse here, so that a room cannot come to rely on one of them. */
static bool failed(struct cx *cx, const char *name)
{
    struct db_conn *conn = cx->db;
    if (conn->fault == DB_FAULT_NONE)
        conn->fault = DB_FAULT_STATEMENT;
    if (cx->err.code == ERR_NONE)
        FAIL(cx, ERR_INTERNAL, "%s failed", name);
    return false;
}

/* Who acts sees his ambito; before a login, and for the machine's own work, all of them. */
static bool scope_set(struct cx *cx, int64_t ambito)
{
    struct db_conn *conn = cx->db;
    const struct db_ops *ops = conn->db->ops;
    if (ops->scope == NULL || conn->scope == ambito)
        return true;
    if (!ops->scope(conn, ambito, &cx->err))
        return failed(cx, "the scope");
    conn->scope = ambito;
    return true;
}

static struct db_stmt *stmt_start(struct cx *cx, const struct db_sql *sql, struct db_args args,
                                  bool cursor)
{
    struct db_conn *conn = cx->db;
    if (!conn || !conn->open)
        abort(); /* outside of db_read_begin ... db_read_end and of db_write */
    if (conn->fault != DB_FAULT_NONE) {
        FAIL(cx, ERR_INTERNAL, "%s: an earlier statement of this call failed", sql->name);
        return NULL;
    }
    if (args.count > DB_MAX_ARGS)
        abort();
    if (!scope_set(cx, cx->who != NULL ? cx->who->ambito.n : SCOPE_ALL))
        return NULL;
    struct db_stmt *stmt = db_stmt_prepare(conn, sql, &args, &cx->err);
    if (!stmt) {
        failed(cx, sql->name);
        return NULL;
    }
    stmt->active = true;
    stmt->cursor = cursor;
    stmt->active_next = conn->active;
    conn->active = stmt;
    if (!conn->db->ops->start(stmt, args, &cx->err)) {
        failed(cx, sql->name);
        db_stmt_stop(stmt);
        return NULL;
    }
    return stmt;
}

struct db_stmt *db_stmt_start(struct cx *cx, const struct db_sql *sql, struct db_args args)
{
    return stmt_start(cx, sql, args, false);
}

struct db_stmt *db_stmt_start_long(struct cx *cx, const struct db_sql *sql, struct db_args args)
{
    return stmt_start(cx, sql, args, true);
}

enum db_step db_stmt_step(struct cx *cx, struct db_stmt *stmt)
{
    enum db_step step = stmt->conn->db->ops->step(stmt, &cx->err);
    if (step == STEP_FAILED)
        failed(cx, "a statement");
    return step;
}

bool db_conn_exec(struct cx *cx, const char *sql)
{
    struct db_conn *conn = cx->db;
    if (!scope_set(cx, SCOPE_ALL))
        return false;
    char *text = db_words(conn->db->kind, sql, &cx->err);
    bool ok = text && conn->db->ops->exec(conn, text, &cx->err);
    free(text);
    return ok || failed(cx, "a script");
}
