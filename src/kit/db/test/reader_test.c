/* What readers see of what is written beside them, and that none reads for ever. */
#include "kit/db/db_impl.h"
#include "kit/db/test/support.h"

#include <semaphore.h>

static const struct db_schema riga_schema = {
    "riga", "CREATE TABLE riga (id @ID PRIMARY KEY, chi @INT NOT NULL) @STRICT", NULL};
static const struct db_schema *const schemas[] = {&riga_schema, NULL};

enum { ADD, COUNT, WRONG, ENDLESS };
static const struct db_sql sql[] = {
    [ADD] = {"riga_add", "INSERT INTO riga (id, chi) VALUES ($1, 1)"},
    [COUNT] = {"riga_count", "SELECT count(*) FROM riga"},
    [WRONG] = {"riga_wrong", "INSERT INTO riga (id, chi) VALUES ($1, NULL)"},
    [ENDLESS] = {"endless", "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i % 7 + 1 FROM n)"
                            " SELECT count(*) AS n FROM n"},
};

static bool add(struct cx *cx, void *data)
{
    return db_do(cx, &sql[ADD], DB_ARGS(*(const int64_t *)data), NULL);
}

static bool add_wrong(struct cx *cx, void *data)
{
    return db_do(cx, &sql[WRONG], DB_ARGS(*(const int64_t *)data), NULL);
}

struct append {
    struct cx cx;
    struct arena arena;
    struct chance chance;
    int64_t id;
    sem_t told;
    bool ok;
};

static bool append_run(struct cx *cx, void *data)
{
    return add(cx, &((struct append *)data)->id);
}

static bool append_wrong(struct cx *cx, void *data)
{
    return add_wrong(cx, &((struct append *)data)->id);
}

static void append_done(bool ok, void *data)
{
    struct append *append = data;
    append->ok = ok;
    sem_post(&append->told);
}

static void append_start(struct test_db *t, struct append *append, int64_t id, db_work *run)
{
    *append = (struct append){.id = id};
    test_cx(t, &append->cx, &append->arena, &append->chance, (uint64_t)id);
    sem_init(&append->told, 0, 0);
    db_append_later(t->db, &append->cx, run, append, append_done);
}

static bool append_end(struct append *append)
{
    sem_wait(&append->told);
    sem_destroy(&append->told);
    arena_release(&append->arena);
    return append->ok;
}

static int64_t rows(struct test_db *t)
{
    int64_t count = 0;
    TEST_OK(&t->cx, db_int(&t->cx, &sql[COUNT], DB_NO_ARGS, &count));
    return count;
}

static int64_t rows_of_page(struct test_db *t)
{
    TEST_OK(&t->cx, db_read_page(t->db, &t->cx));
    int64_t count = rows(t);
    db_read_end(&t->cx);
    return count;
}

static int64_t rows_of_read(struct test_db *t)
{
    TEST_OK(&t->cx, db_read_begin(t->db, &t->cx));
    int64_t count = rows(t);
    db_read_end(&t->cx);
    return count;
}

/* Over and over, so that a kept snapshot would be met. */
static void test_page_sees_what_was_told(void **state)
{
    struct test_db t;
    (void)state;
    test_db_open(&t, schemas);
    for (int64_t i = 1; i <= 50; i++) {
        test_write(&t, add, &i);
        assert_int_equal(rows_of_page(&t), i);
        assert_int_equal(rows_of_page(&t), i);
    }
    test_db_close(&t);
}

static void test_append_is_there_for_who_asks(void **state)
{
    struct test_db t;
    struct append append;
    (void)state;
    test_db_open(&t, schemas);
    for (int64_t i = 1; i <= 50; i++) {
        assert_in_range(rows_of_page(&t), 0, i - 1);
        append_start(&t, &append, i, append_run);
        assert_true(append_end(&append));
        TEST_OK(&t.cx, db_read_page(t.db, &t.cx));
        assert_in_range(rows(&t), i - 1, i); /* a page may miss the last one */
        TEST_OK(&t.cx, db_read_renew(&t.cx));
        assert_int_equal(rows(&t), i);
        db_read_end(&t.cx);
        assert_int_equal(rows_of_read(&t), i);
    }
    test_db_close(&t);
}

/* It has no savepoint: its neighbours are written all the same. */
static void test_append_that_fails_takes_no_other_with_it(void **state)
{
    enum { MANY = 40 };
    static struct append appends[MANY];
    struct test_db t;
    int64_t good = 0;
    (void)state;
    test_db_open(&t, schemas);
    for (int64_t i = 0; i < MANY; i++)
        append_start(&t, &appends[i], i + 1, i % 5 == 2 ? append_wrong : append_run);
    int64_t own = 1000;
    test_write(&t, add, &own);
    for (int64_t i = 0; i < MANY; i++) {
        bool ok = append_end(&appends[i]);
        assert_int_equal(ok, i % 5 != 2);
        if (!ok)
            assert_int_equal(appends[i].cx.err.code, ERR_CONFLICT);
        good += ok;
    }
    assert_int_equal(rows_of_read(&t), good + 1);
    test_db_close(&t);
}

/* The log starts anew, though readers keep their snapshots. */
static void test_log_stays_small(void **state)
{
    struct test_db t;
    struct append append;
    (void)state;
    if (test_kind() != DB_SQLITE)
        return;
    test_db_open(&t, schemas);
    int most = 0;
    for (int64_t i = 1; i <= 3000; i++) {
        (void)rows_of_page(&t);
        append_start(&t, &append, i * 7919 % 100003, append_run);
        assert_true(append_end(&append));
        if (t.db->writer.conn.wal_pages > most)
            most = t.db->writer.conn.wal_pages;
    }
    assert_in_range(most, 1, 1100);
    test_db_close(&t);
}

static void test_endless_read_is_stopped(void **state)
{
    struct test_db t;
    int64_t count;
    (void)state;
    test_db_open(&t, schemas);
    TEST_OK(&t.cx, db_read_open(t.db, &t.cx, false, 1));
    assert_false(db_int(&t.cx, &sql[ENDLESS], DB_NO_ARGS, &count));
    assert_int_equal(t.cx.err.code, ERR_BUSY);
    assert_string_equal(t.cx.err.text, "a statement took more than 1 seconds and was stopped");
    db_read_end(&t.cx);
    err_clear(&t.cx.err);
    assert_int_equal(rows_of_page(&t), 0); /* the connection is good for others */
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_sees_what_was_told),
        cmocka_unit_test(test_append_is_there_for_who_asks),
        cmocka_unit_test(test_append_that_fails_takes_no_other_with_it),
        cmocka_unit_test(test_log_stays_small),
        cmocka_unit_test(test_endless_read_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
