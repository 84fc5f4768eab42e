/* The writer: the only thread that writes. Takes what waits in the queue, each write in its
 * savepoint of one transaction, commits once, then tells every caller. */
#include "kit/db/db_impl.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A group ends at this many writes or after this time, so that nobody waits long for others; the
 * queue refuses more than QUEUE_MAX. A retry is made at most TRIES times. */
enum { GROUP_MAX = 128, GROUP_MS = 20, QUEUE_MAX = 65536, TRIES = 8 };

/* Where many write, a commit waits GATHER_US once for those just behind: fewer commits leave more
 * of the machine to the readers, whose caches each commit empties. One who writes alone never
 * waits.
 */
enum { CROWD = 4, GATHER_US = 400 };

enum outcome {
    OUTCOME_DONE,  /* committed: each write's `ok` stands */
    OUTCOME_AGAIN, /* nothing was committed and it may be tried again */
    OUTCOME_LOST,  /* nothing was committed */
    OUTCOME_UNKNOWN,
};

struct group {
    struct db_write *items[GROUP_MAX];
    size_t count;
    struct err err; /* of the transaction itself */
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct db_write *queue_take(struct db_writer *writer, bool wait)
{
    pthread_mutex_lock(&writer->lock);
    while (wait && !writer->first && !writer->closing)
        pthread_cond_wait(&writer->wake, &writer->lock);
    struct db_write *item = writer->first;
    if (item) {
        writer->first = item->next;
        if (!writer->first)
            writer->last = NULL;
        writer->waiting--;
    }
    pthread_mutex_unlock(&writer->lock);
    return item;
}

static void run_caught(struct db_write *item)
{
    struct cx *cx = item->cx;
    struct arena *arena = cx->arena;
    jmp_buf *outer = arena->escape;
    jmp_buf here;
    arena->escape = &here;
    if (setjmp(here) == 0)
        item->ok = item->run(cx, item->data);
    else {
        item->ok = false;
        FAIL(cx, ERR_BUSY, "the memory of this call is used up");
    }
    cx->arena = arena;
    arena->escape = outer;
}

/* Run one write in its savepoint. False: the whole transaction is lost. What only appends has none:
 * it hardly ever fails, and a savepoint keeps a copy of each page that changes behind it. */
static bool item_run(struct db *db, struct db_write *item, struct err *err)
{
    struct db_conn *conn = &db->writer.conn;
    struct cx *cx = item->cx;
    struct db_conn *outer = cx->db;
    err_clear(&cx->err);
    item->ok = false;
    if (!item->appends && !db->ops->exec(conn, "SAVEPOINT scrittura", err))
        return false;
    cx->db = conn;
    run_caught(item);
    db_conn_stop_all(conn);
    conn->scope = SCOPE_UNSET; /* a rollback would take it back */
    cx->db = outer;
    if (item->ok && conn->fault != DB_FAULT_NONE)
        item->ok = FAIL(cx, ERR_INTERNAL, "a write wanted to stay after a failed statement");
    if (conn->fault == DB_FAULT_RETRY || conn->fault == DB_FAULT_LOST || !db->ops->alive(conn)) {
        *err = cx->err;
        return false;
    }
    if (item->appends && !item->ok)
        *err = cx->err;
    if (item->appends)
        return item->ok;
    conn->fault = DB_FAULT_NONE;
    return db->ops->exec(conn,
                         item->ok ? "RELEASE SAVEPOINT scrittura"
                                  : "ROLLBACK TO SAVEPOINT scrittura;"
                                    "RELEASE SAVEPOINT scrittura",
                         err);
}

static enum outcome group_lost(struct db *db)
{
    struct db_conn *conn = &db->writer.conn;
    bool again = conn->fault == DB_FAULT_RETRY || conn->fault == DB_FAULT_LOST;
    db_conn_stop_all(conn);
    db->ops->rollback(conn);
    conn->open = false;
    return again ? OUTCOME_AGAIN : OUTCOME_LOST;
}

/* Before anybody is told: who then asks for a page must not get an older snapshot. */
static void count_commit(struct db *db, const struct group *group)
{
    bool changed = false;
    for (size_t i = 0; i < group->count; i++)
        changed = changed || !group->items[i]->appends;
    if (changed)
        atomic_fetch_add(&db->changes, 1);
    atomic_fetch_add(&db->commits, 1);
}

static enum outcome group_commit(struct db *db, struct group *group)
{
    struct db_conn *conn = &db->writer.conn;
    enum db_commit commit = db->ops->commit(conn, &group->err);
    conn->open = false;
    switch (commit) {
    case COMMIT_OK:
        count_commit(db, group);
        db->writer.commits++;
        for (size_t i = 0; i < group->count; i++)
            db->writer.writes += group->items[i]->ok;
        return OUTCOME_DONE;
    case COMMIT_UNKNOWN:
        count_commit(db, group);
        /* PostgreSQL's connection is made anew; of SQLite's file only a restart knows the state */
        db->writer.dead = db->kind == DB_SQLITE;
        return OUTCOME_UNKNOWN;
    case COMMIT_FAILED:
    default:
        return group_lost(db);
    }
}

static void gather(void)
{
    const struct timespec time = {0, GATHER_US * 1000L};
    nanosleep(&time, NULL);
}

static struct db_write *group_more(struct db *db, const struct group *group, bool *waited)
{
    struct db_write *next = queue_take(&db->writer, false);
    if (next || *waited || db->writer.last_group < CROWD || group->count >= db->writer.last_group)
        return next;
    *waited = true;
    gather();
    return queue_take(&db->writer, false);
}

/* `more`: also take what arrives meanwhile. */
static enum outcome group_try(struct db *db, struct group *group, bool more)
{
    struct db_conn *conn = &db->writer.conn;
    err_clear(&group->err);
    conn->fault = DB_FAULT_NONE;
    if (!db->ops->begin(conn, &group->err))
        return group_lost(db);
    conn->open = true;
    conn->scope = SCOPE_UNSET;
    int64_t until = now_ms() + GROUP_MS;
    bool waited = false;
    for (size_t i = 0; i < group->count; i++) {
        if (!item_run(db, group->items[i], &group->err))
            return group_lost(db);
        struct db_write *next = NULL;
        if (more && i + 1 == group->count && group->count < GROUP_MAX && now_ms() < until)
            next = group_more(db, group, &waited);
        if (next)
            group->items[group->count++] = next;
    }
    if (more)
        db->writer.last_group = group->count;
    return group_commit(db, group);
}

static void pause_ms(int ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

static void item_settled(struct db_write *item, enum outcome outcome, const struct err *err)
{
    if (outcome == OUTCOME_DONE)
        return;
    item->ok = false;
    err_clear(&item->cx->err);
    FAIL(item->cx,
         outcome == OUTCOME_UNKNOWN ? ERR_UNKNOWN
         : err->code                ? err->code
                                    : ERR_INTERNAL,
         "%s", err->text);
}

static void tell(struct db_write *item)
{
    bool ok = item->ok;
    item->done(ok, item->data);
}

/* Alone in its transaction: as often as it takes. */
static void item_alone(struct db *db, struct db_write *item)
{
    struct group one = {.items = {item}, .count = 1};
    enum outcome outcome = group_try(db, &one, false);
    for (int i = 1; outcome == OUTCOME_AGAIN && i < TRIES; i++) {
        pause_ms(1 << i);
        outcome = group_try(db, &one, false);
    }
    if (outcome == OUTCOME_AGAIN && !one.err.code)
        err_set(&one.err, ERR_BUSY, "too many conflicts with other writers");
    item_settled(item, outcome, &one.err);
    tell(item);
}

static void group_run(struct db *db, struct db_write *first)
{
    struct group group = {.items = {first}, .count = 1};
    if (db->writer.dead) {
        err_set(&group.err, ERR_IO, "the disk refused to sync: the program must be restarted");
        item_settled(first, OUTCOME_LOST, &group.err);
        tell(first);
        return;
    }
    enum outcome outcome = group_try(db, &group, true);
    bool whole = outcome == OUTCOME_DONE || outcome == OUTCOME_UNKNOWN ||
                 (outcome == OUTCOME_LOST && group.count == 1);
    for (size_t i = 0; i < group.count; i++) {
        if (whole) {
            item_settled(group.items[i], outcome, &group.err);
            tell(group.items[i]);
        } else { /* one of them spoiled it for the others */
            item_alone(db, group.items[i]);
        }
    }
    db->ops->settle(&db->writer.conn);
}

static void *writer_main(void *data)
{
    struct db *db = data;
    struct db_write *item;
    while ((item = queue_take(&db->writer, true)))
        group_run(db, item);
    return NULL;
}

bool db_writer_start(struct db *db, struct err *err)
{
    struct db_writer *writer = &db->writer;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->wake, NULL);
    if (pthread_create(&writer->thread, NULL, writer_main, db) != 0)
        return err_set(err, ERR_IO, "the writer's thread does not start");
    writer->started = true;
    return true;
}

void db_writer_stop(struct db *db)
{
    struct db_writer *writer = &db->writer;
    if (!writer->started)
        return;
    pthread_mutex_lock(&writer->lock);
    writer->closing = true;
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    pthread_cond_destroy(&writer->wake);
    pthread_mutex_destroy(&writer->lock);
}

static bool queue_put(struct db_writer *writer, struct db_write *item)
{
    pthread_mutex_lock(&writer->lock);
    bool taken = !writer->closing && writer->waiting < QUEUE_MAX;
    if (taken) {
        item->next = NULL;
        if (writer->last)
            writer->last->next = item;
        else
            writer->first = item;
        writer->last = item;
        writer->waiting++;
        pthread_cond_signal(&writer->wake);
    }
    pthread_mutex_unlock(&writer->lock);
    return taken || FAIL(item->cx, ERR_BUSY, "too many writes are waiting");
}

struct waiter {
    struct db_write write;
    void *data;
    db_work *run;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool told, ok;
};

static bool waiter_run(struct cx *cx, void *data)
{
    struct waiter *waiter = data;
    return waiter->run(cx, waiter->data);
}

static void waiter_done(bool ok, void *data)
{
    struct waiter *waiter = data;
    pthread_mutex_lock(&waiter->lock);
    waiter->told = true;
    waiter->ok = ok;
    pthread_cond_signal(&waiter->wake);
    pthread_mutex_unlock(&waiter->lock);
}

bool db_write(struct db *db, struct cx *cx, db_work *run, void *data)
{
    if (pthread_equal(pthread_self(), db->writer.thread))
        abort(); /* a write inside a write would wait for itself */
    struct waiter waiter = {.write = {.cx = cx, .run = waiter_run, .done = waiter_done},
                            .data = data,
                            .run = run,
                            .lock = PTHREAD_MUTEX_INITIALIZER,
                            .wake = PTHREAD_COND_INITIALIZER};
    waiter.write.data = &waiter;
    if (!queue_put(&db->writer, &waiter.write))
        return false;
    pthread_mutex_lock(&waiter.lock);
    while (!waiter.told)
        pthread_cond_wait(&waiter.wake, &waiter.lock);
    pthread_mutex_unlock(&waiter.lock);
    pthread_mutex_destroy(&waiter.lock);
    pthread_cond_destroy(&waiter.wake);
    return waiter.ok;
}

struct later {
    struct db_write write;
    void *data;
    db_work *run;
    void (*done)(bool ok, void *data);
};

static bool later_run(struct cx *cx, void *data)
{
    struct later *later = data;
    return later->run(cx, later->data);
}

static void later_done(bool ok, void *data)
{
    struct later copy = *(struct later *)data;
    free(data); /* first: after `done` nothing of the caller may be touched */
    copy.done(ok, copy.data);
}

static void put_later(struct db *db, const struct later *wanted)
{
    struct later *later = db_alloc(sizeof *later);
    *later = *wanted;
    later->write.run = later_run;
    later->write.done = later_done;
    later->write.data = later;
    if (!queue_put(&db->writer, &later->write))
        later_done(false, later);
}

void db_write_later(struct db *db, struct cx *cx, db_work *run, void *data,
                    void (*done)(bool ok, void *data))
{
    put_later(db, &(struct later){.write = {.cx = cx}, .data = data, .run = run, .done = done});
}

void db_append_later(struct db *db, struct cx *cx, db_work *run, void *data,
                     void (*done)(bool ok, void *data))
{
    put_later(db,
              &(struct later){
                  .write = {.cx = cx, .appends = true}, .data = data, .run = run, .done = done});
}
