/* Many at once: nothing acknowledged is missing, one that fails takes no other with it. */
#include "kit/db/db_impl.h"
#include "kit/db/test/support.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 16, EACH = 60 };

static const struct db_schema riga_schema = {
    "riga",
    "CREATE TABLE riga (id @ID PRIMARY KEY, chi @INT NOT NULL) @STRICT;"
    "CREATE TABLE conto (id @ID PRIMARY KEY, valore @INT NOT NULL) @STRICT;"
    "INSERT INTO conto (id, valore) VALUES (1, 0)",
    NULL};
static const struct db_schema *const schemas[] = {&riga_schema, NULL};

enum { ADD, COUNT, HAS, VALUE, VALUE_SET, WRONG };
static const struct db_sql sql[] = {
    [ADD] = {"riga_add", "INSERT INTO riga (id, chi) VALUES ($1, $2)"},
    [COUNT] = {"riga_count", "SELECT count(*) FROM riga"},
    [HAS] = {"riga_has", "SELECT count(*) FROM riga WHERE id = $1"},
    [VALUE] = {"conto_value", "SELECT valore FROM conto WHERE id = 1"},
    [VALUE_SET] = {"conto_set", "UPDATE conto SET valore = $1 WHERE id = 1"},
    [WRONG] = {"riga_wrong", "INSERT INTO riga (id, chi) VALUES ($1, NULL)"},
};

struct riga {
    int64_t id, chi;
};

static bool riga_add(struct cx *cx, void *data)
{
    const struct riga *riga = data;
    return db_do(cx, &sql[ADD], DB_ARGS(riga->id, riga->chi), NULL);
}

static bool riga_wrong(struct cx *cx, void *data)
{
    const struct riga *riga = data;
    struct riga other = {riga->id + 500000, 0};
    return riga_add(cx, &other) && db_do(cx, &sql[WRONG], DB_ARGS(riga->id), NULL);
}

static int64_t count(struct test_db *t, const struct db_sql *what)
{
    int64_t value;
    test_read(t);
    TEST_OK(&t->cx, db_int(&t->cx, what, DB_NO_ARGS, &value));
    test_read_end(t);
    return value;
}

struct worker {
    struct test_db *t;
    pthread_t thread;
    int64_t number;
    atomic_int *bad;
};

static bool one_round(struct worker *worker, struct cx *cx, int64_t i)
{
    struct riga riga = {worker->number * 1000 + i, worker->number};
    int64_t seen = 0;
    bool wrong = i % 10 == 3;
    err_clear(&cx->err);
    if (db_write(worker->t->db, cx, wrong ? riga_wrong : riga_add, &riga) == wrong)
        return false;
    if (wrong && cx->err.code != ERR_CONFLICT)
        return false;
    err_clear(&cx->err);
    bool ok = db_read_begin(worker->t->db, cx) && db_int(cx, &sql[HAS], DB_ARGS(riga.id), &seen);
    db_read_end(cx);
    return ok && seen == !wrong;
}

static void *work(void *data)
{
    struct worker *worker = data;
    struct cx cx;
    struct arena arena;
    struct chance chance;
    test_cx(worker->t, &cx, &arena, &chance, (uint64_t)worker->number);
    for (int64_t i = 0; i < EACH; i++)
        if (!one_round(worker, &cx, i)) {
            fprintf(stderr, "worker %d, round %d: %s\n", (int)worker->number, (int)i, cx.err.text);
            ++*worker->bad;
        }
    arena_release(&arena);
    return NULL;
}

static void test_many_at_once(void **state)
{
    (void)state;
    struct test_db t;
    struct worker workers[THREADS];
    atomic_int bad = 0;
    test_db_open(&t, schemas);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.t = &t, .number = i + 1, .bad = &bad};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(workers[i].thread, NULL);
    assert_int_equal(bad, 0);
    assert_int_equal(count(&t, &sql[COUNT]), THREADS * EACH * 9 / 10);
    assert_int_equal(t.db->writer.writes, THREADS * EACH * 9 / 10 + 1); /* and the schema */
    test_db_reopen(&t);
    assert_int_equal(count(&t, &sql[COUNT]), THREADS * EACH * 9 / 10);
    test_db_close(&t);
}

/* While the first write is slow the others wait, and then share one commit. */
struct gate {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int told, wanted;
    int failed;
};

static void gate_done(bool ok, void *data)
{
    struct gate *gate = data;
    pthread_mutex_lock(&gate->lock);
    gate->told++;
    gate->failed += !ok;
    pthread_cond_signal(&gate->wake);
    pthread_mutex_unlock(&gate->lock);
}

static void gate_wait(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    while (gate->told < gate->wanted)
        pthread_cond_wait(&gate->wake, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

struct later {
    struct gate *gate;
    struct riga riga;
    struct cx cx;
    struct arena arena;
    struct chance chance;
    db_work *run;
    bool ok;
};

static bool later_run(struct cx *cx, void *data)
{
    struct later *later = data;
    if (later->riga.id == 1)
        usleep(10000); /* the others are in the queue by then */
    return later->run(cx, &later->riga);
}

static void later_done(bool ok, void *data)
{
    struct later *later = data;
    later->ok = ok;
    gate_done(ok, later->gate);
}

static bool greedy(struct cx *cx, void *data)
{
    if (!riga_add(cx, data))
        return false;
    for (;;)
        arena_alloc(cx->arena, 64 << 20);
}

enum { GROUP = 40 };

static void later_all(struct test_db *t, struct later *laters, struct gate *gate,
                      db_work *(*choose)(int i))
{
    *gate = (struct gate){
        .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER, .wanted = GROUP};
    for (int i = 0; i < GROUP; i++) {
        struct later *later = &laters[i];
        later->gate = gate;
        later->run = choose(i);
        later->riga = (struct riga){i + 1, i};
        test_cx(t, &later->cx, &later->arena, &later->chance, (uint64_t)i);
        db_write_later(t->db, &later->cx, later_run, later, later_done);
    }
    gate_wait(gate);
}

static void release_all(struct later *laters)
{
    for (int i = 0; i < GROUP; i++)
        arena_release(&laters[i].arena);
}

static db_work *all_good(int i)
{
    (void)i;
    return riga_add;
}

static void test_group_commit(void **state)
{
    (void)state;
    struct test_db t;
    struct gate gate;
    struct later *laters = test_calloc(GROUP, sizeof *laters);
    test_db_open(&t, schemas);
    uint64_t before = t.db->writer.commits;
    later_all(&t, laters, &gate, all_good);
    assert_int_equal(gate.failed, 0);
    assert_int_equal(count(&t, &sql[COUNT]), GROUP);
    assert_true(t.db->writer.commits - before < GROUP / 2);
    release_all(laters);
    test_db_close(&t);
    test_free(laters);
}

static db_work *some_bad(int i)
{
    return i % 8 == 3 ? riga_wrong : i % 8 == 5 ? greedy : riga_add;
}

/* Broken constraints and used up arenas among good writes of the same group. */
static void test_one_bad_among_many(void **state)
{
    (void)state;
    struct test_db t;
    struct gate gate;
    struct later *laters = test_calloc(GROUP, sizeof *laters);
    test_db_open(&t, schemas);
    later_all(&t, laters, &gate, some_bad);
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(laters[i].ok, i % 8 != 3 && i % 8 != 5);
        assert_int_equal(laters[i].cx.err.code, i % 8 == 3   ? ERR_CONFLICT
                                                : i % 8 == 5 ? ERR_BUSY
                                                             : ERR_NONE);
    }
    assert_int_equal(count(&t, &sql[COUNT]), GROUP * 6 / 8);
    release_all(laters);
    test_db_close(&t);
    test_free(laters);
}

/* Rows until the disk is full. */
static bool flood(struct cx *cx, void *data)
{
    const struct riga *riga = data;
    for (int64_t i = 1; i <= 1000000; i++) {
        struct riga other = {riga->id * 10000000 + i, i};
        if (!riga_add(cx, &other))
            return false;
    }
    return true;
}

static bool little_room(struct cx *cx, void *data)
{
    (void)data;
    return sqlite3_exec(cx->db->handle, "PRAGMA max_page_count=40", NULL, NULL, NULL) == SQLITE_OK;
}

static db_work *some_flood(int i)
{
    return i % 8 == 3 ? flood : riga_add;
}

/* A full disk may roll the whole transaction back: the others of the group are written again. */
static void test_full_among_many(void **state)
{
    (void)state;
    if (test_kind() != DB_SQLITE)
        return; /* the other engine's disk cannot be made small */
    struct test_db t;
    struct gate gate;
    struct later *laters = test_calloc(GROUP, sizeof *laters);
    test_db_open(&t, schemas);
    test_write(&t, little_room, NULL);
    later_all(&t, laters, &gate, some_flood);
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(laters[i].ok, i % 8 != 3);
        assert_int_equal(laters[i].cx.err.code, i % 8 == 3 ? ERR_FULL : ERR_NONE);
    }
    assert_int_equal(count(&t, &sql[COUNT]), GROUP * 7 / 8);
    release_all(laters);
    test_db_close(&t);
    test_free(laters);
}

static bool increment(struct cx *cx, void *data)
{
    int64_t value;
    (void)data;
    return db_int(cx, &sql[VALUE], DB_NO_ARGS, &value) &&
           db_do(cx, &sql[VALUE_SET], DB_ARGS(value + 1), NULL);
}

/* Somebody with another tool on the server: the program does not let a second of its own in. */
static void increments_by_hand(struct worker *worker)
{
    PGconn *conn = PQconnectdb(worker->t->where);
    for (int i = 0; i < 50;) {
        PGresult *result =
            PQexec(conn, "BEGIN ISOLATION LEVEL SERIALIZABLE; UPDATE conto SET valore = "
                         "valore + 1 WHERE id = 1; COMMIT");
        bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
        if (!done)
            PQclear(PQexec(conn, "ROLLBACK"));
        i += done;
    }
    PQfinish(conn);
}

static void *increments(void *data)
{
    struct worker *worker = data;
    struct cx cx;
    struct arena arena;
    struct chance chance;
    bool server = test_kind() == DB_POSTGRES;
    struct db *db = server ? worker->t->db : NULL;
    if (server && worker->number == 2) {
        increments_by_hand(worker);
        return NULL;
    }
    test_cx(worker->t, &cx, &arena, &chance, (uint64_t)worker->number);
    if (!server && !db_open(&db, worker->t->where, false, &cx.err))
        ++*worker->bad;
    for (int i = 0; db && i < 50; i++) {
        err_clear(&cx.err);
        if (!db_write(db, &cx, increment, NULL)) {
            fprintf(stderr, "%s\n", cx.err.text);
            ++*worker->bad;
        }
    }
    if (!server)
        db_close(db);
    arena_release(&arena);
    return NULL;
}

/* Two who write to one database: read, add one, write; none is lost. */
static void test_two_writers(void **state)
{
    (void)state;
    struct test_db t;
    struct worker workers[2];
    atomic_int bad = 0;
    test_db_open(&t, schemas);
    for (int i = 0; i < 2; i++) {
        workers[i] = (struct worker){.t = &t, .number = i + 1, .bad = &bad};
        pthread_create(&workers[i].thread, NULL, increments, &workers[i]);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(workers[i].thread, NULL);
    assert_int_equal(bad, 0);
    assert_int_equal(count(&t, &sql[VALUE]), 100);
    test_db_close(&t);
}

static void terminate_others(struct test_db *t)
{
    PGconn *conn = PQconnectdb(t->where);
    PQclear(PQexec(conn, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                         "current_database() AND pid <> pg_backend_pid()"));
    PQfinish(conn);
}

static bool cut_and_add(struct cx *cx, void *data)
{
    struct later *later = data;
    if (later->riga.chi++ == 0)
        terminate_others((struct test_db *)later->gate);
    return riga_add(cx, &later->riga);
}

/* Idle connections cut, then one in the middle of a write: both heal by themselves. */
static void test_connection_lost(void **state)
{
    (void)state;
    if (test_kind() != DB_POSTGRES)
        return; /* the other engine has no such thing */
    struct test_db t;
    test_db_open(&t, schemas);
    assert_int_equal(count(&t, &sql[COUNT]), 0);
    terminate_others(&t);
    struct riga riga = {1, 1};
    test_write(&t, riga_add, &riga);
    assert_int_equal(count(&t, &sql[COUNT]), 1);
    struct later later = {.gate = (struct gate *)(void *)&t, .riga = {2, 0}};
    test_write(&t, cut_and_add, &later);
    assert_int_equal(later.riga.chi, 2); /* run twice */
    assert_int_equal(count(&t, &sql[COUNT]), 2);
    test_db_close(&t);
}

/* A warning at COMMIT is how PostgreSQL says that the second server has not confirmed. */
static void test_commit_not_confirmed(void **state)
{
    (void)state;
    if (test_kind() != DB_POSTGRES)
        return; /* the other engine has no such thing */
    static const struct db_schema warn = {
        "avviso",
        "CREATE FUNCTION avvisa() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE WARNING ''waiting''; RETURN NULL; END';"
        "CREATE CONSTRAINT TRIGGER avviso AFTER INSERT ON riga DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION avvisa()",
        NULL};
    struct test_db t;
    test_db_open(&t, (const struct db_schema *const[]){&riga_schema, &warn, NULL});
    struct riga riga = {1, 1};
    assert_int_equal(test_write_fails(&t, riga_add, &riga), ERR_UNKNOWN);
    assert_int_equal(test_write_fails(&t, riga_add, &riga), ERR_CONFLICT); /* it was there */
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_at_once),         cmocka_unit_test(test_group_commit),
        cmocka_unit_test(test_one_bad_among_many),   cmocka_unit_test(test_full_among_many),
        cmocka_unit_test(test_two_writers),          cmocka_unit_test(test_connection_lost),
        cmocka_unit_test(test_commit_not_confirmed),
    };
    return cmocka_run_group_tests_name("kit/db writer", tests, NULL, NULL);
}
