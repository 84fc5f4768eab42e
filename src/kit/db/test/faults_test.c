/* The disk is full, the process dies, the file is another's: nothing acknowledged is lost. */
#include "kit/db/db_impl.h"
#include "kit/db/test/support.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct db_schema riga_schema = {
    "riga", "CREATE TABLE riga (id @ID PRIMARY KEY, testo @TEXT NOT NULL) @STRICT", NULL};
static const struct db_schema *const schemas[] = {&riga_schema, NULL};

enum { ADD, COUNT, HAS };
static const struct db_sql sql[] = {
    [ADD] = {"riga_add", "INSERT INTO riga (id, testo) VALUES ($1, $2)"},
    [COUNT] = {"riga_count", "SELECT count(*) FROM riga"},
    [HAS] = {"riga_has", "SELECT count(*) FROM riga WHERE id = $1"},
};

struct riga {
    int64_t id;
    const char *text;
};

static bool riga_add(struct cx *cx, void *data)
{
    const struct riga *riga = data;
    return db_do(cx, &sql[ADD], DB_ARGS(riga->id, riga->text), NULL);
}

static bool pages_max(struct cx *cx, void *data)
{
    char pragma[64];
    snprintf(pragma, sizeof pragma, "PRAGMA max_page_count=%d", *(const int *)data);
    return sqlite3_exec(cx->db->handle, pragma, NULL, NULL, NULL) == SQLITE_OK;
}

static int64_t count(struct test_db *t)
{
    int64_t value;
    test_read(t);
    TEST_OK(&t->cx, db_int(&t->cx, &sql[COUNT], DB_NO_ARGS, &value));
    test_read_end(t);
    return value;
}

static void test_disk_full(void **state)
{
    (void)state;
    if (test_kind() != DB_SQLITE)
        return; /* the other engine has no such thing */
    struct test_db t;
    char text[3000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    test_db_open(&t, schemas);
    int few = 40, many = 1000000;
    test_write(&t, pages_max, &few);
    int64_t saved = 0;
    int full = 0;
    for (int64_t i = 1; i <= 60; i++) {
        struct riga riga = {i, text};
        err_clear(&t.cx.err);
        bool ok = db_write(t.db, &t.cx, riga_add, &riga);
        saved += ok;
        full += !ok;
        if (!ok)
            assert_int_equal(t.cx.err.code, ERR_FULL);
    }
    assert_true(full > 10 && saved > 10);
    assert_int_equal(count(&t), saved); /* reading goes on */
    test_write(&t, pages_max, &many);
    struct riga riga = {1000, text};
    test_write(&t, riga_add, &riga);
    assert_int_equal(count(&t), saved + 1);
    test_db_close(&t);
}

/* ---- kill -9 ---------------------------------------------------------------------------- */

enum { KILL_THREADS = 4, KILL_IDS = 100000 };

struct child {
    struct test_db *t;
    struct db *db;
    int pipe;
    int64_t from;
};

static void *child_writes(void *data)
{
    struct child *child = data;
    struct cx cx;
    struct arena arena;
    struct chance chance;
    test_cx(child->t, &cx, &arena, &chance, (uint64_t)child->from);
    for (int64_t id = child->from; id < child->from + KILL_IDS; id++) {
        struct riga riga = {id, "scritta da chi sta per morire"};
        if (!db_write(child->db, &cx, riga_add, &riga))
            _exit(3);
        if (write(child->pipe, &id, sizeof id) != sizeof id) /* only now is it acknowledged */
            _exit(4);
    }
    return NULL;
}

static void child_main(struct test_db *t, int out, int round)
{
    struct child children[KILL_THREADS];
    pthread_t threads[KILL_THREADS];
    struct db *db;
    struct err err = {0};
    if (!db_open(&db, t->where, false, &err))
        _exit(2);
    for (int i = 0; i < KILL_THREADS; i++) {
        children[i] =
            (struct child){t, db, out, ((int64_t)round * KILL_THREADS + i) * KILL_IDS + 1};
        pthread_create(&threads[i], NULL, child_writes, &children[i]);
    }
    for (int i = 0; i < KILL_THREADS; i++)
        pthread_join(threads[i], NULL);
    _exit(0);
}

static void check_acknowledged(struct test_db *t, int in, int64_t *seen)
{
    int64_t id, has;
    test_read(t);
    while (read(in, &id, sizeof id) == sizeof id) {
        TEST_OK(&t->cx, db_int(&t->cx, &sql[HAS], DB_ARGS(id), &has));
        if (!has)
            fail_msg("row %lld was acknowledged and is gone", (long long)id);
        ++*seen;
    }
    const char *problems;
    TEST_OK(&t->cx, db_check(&t->cx, &problems));
    assert_null(problems);
    test_read_end(t);
}

static void kill_round(struct test_db *t, int round, int64_t *seen)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    db_close(t->db);
    t->db = NULL;
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child_main(t, ends[1], round);
    }
    close(ends[1]);
    usleep((useconds_t)(60000 + cx_random_below(&t->cx, 90000)));
    kill(pid, SIGKILL);
    int status;
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    err_clear(&t->cx.err);
    TEST_OK(&t->cx, db_open(&t->db, t->where, false, &t->cx.err));
    check_acknowledged(t, ends[0], seen);
    close(ends[0]);
}

static void test_kill(void **state)
{
    (void)state;
    const char *wanted = getenv("ZONALE_ROUNDS");
    int rounds = wanted ? atoi(wanted) : 5;
    int64_t seen = 0;
    struct test_db t;
    test_db_open(&t, schemas);
    for (int i = 0; i < rounds; i++)
        kill_round(&t, i, &seen);
    print_message("# %d kills, %lld acknowledged rows found again\n", rounds, (long long)seen);
    assert_true(seen > rounds);
    assert_true(count(&t) >= seen);
    test_db_close(&t);
}

/* ---- backup ----------------------------------------------------------------------------- */

struct load {
    struct test_db *t;
    pthread_t thread;
    atomic_bool stop;
    atomic_long acknowledged;
};

static void *load_main(void *data)
{
    struct load *load = data;
    struct cx cx;
    struct arena arena;
    struct chance chance;
    test_cx(load->t, &cx, &arena, &chance, 7);
    for (int64_t id = 1000000; !load->stop; id++) {
        struct riga riga = {id, "scritta durante la copia"};
        if (db_write(load->t->db, &cx, riga_add, &riga))
            load->acknowledged++;
    }
    arena_release(&arena);
    return NULL;
}

static bool fill(struct cx *cx, void *data)
{
    (void)data;
    char text[800];
    memset(text, 'y', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (int64_t i = 1; i <= 5000; i++)
        if (!db_do(cx, &sql[ADD], DB_ARGS(i, (const char *)text), NULL))
            return false;
    return true;
}

static void see_percent(int percent, void *data)
{
    int *last = data;
    assert_in_range(percent, *last, 100);
    *last = percent;
}

static void check_copy(struct test_db *t, const char *path, int64_t at_least)
{
    struct db *copy;
    struct cx cx;
    struct arena arena;
    struct chance chance;
    const char *problems;
    int64_t rows;
    test_cx(t, &cx, &arena, &chance, 9);
    TEST_OK(&cx, db_open(&copy, path, false, &cx.err));
    TEST_OK(&cx, db_read_begin(copy, &cx));
    TEST_OK(&cx, db_int(&cx, &sql[COUNT], DB_NO_ARGS, &rows));
    TEST_OK(&cx, db_check(&cx, &problems));
    db_read_end(&cx);
    assert_null(problems);
    assert_true(rows >= at_least);
    db_close(copy);
    arena_release(&arena);
}

static void test_backup(void **state)
{
    (void)state;
    struct test_db t;
    test_db_open(&t, schemas);
    char path[300];
    snprintf(path, sizeof path, "%s/copia.db", t.folder);
    if (test_kind() != DB_SQLITE) {
        assert_false(db_backup(t.db, &t.cx, path, NULL, NULL));
        assert_int_equal(t.cx.err.code, ERR_INPUT);
        test_db_close(&t);
        return;
    }
    test_write(&t, fill, NULL);
    struct load load = {.t = &t};
    pthread_create(&load.thread, NULL, load_main, &load);
    for (int i = 0; i < 10; i++) {
        int last = 0;
        int64_t before = 5000 + load.acknowledged;
        TEST_OK(&t.cx, db_backup(t.db, &t.cx, path, see_percent, &last));
        assert_int_equal(last, 100);
        check_copy(&t, path, before);
    }
    load.stop = true;
    pthread_join(load.thread, NULL);
    assert_true(load.acknowledged > 0);
    assert_false(db_backup(t.db, &t.cx, "/non/esiste/copia.db", NULL, NULL));
    assert_int_equal(t.cx.err.code, ERR_IO);
    assert_int_equal(count(&t), 5000 + load.acknowledged);
    test_db_close(&t);
}

/* ---- what is refused -------------------------------------------------------------------- */

static void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static enum err_code open_code(const char *path, bool create)
{
    struct db *db;
    struct err err = {0};
    bool ok = db_open(&db, path, create, &err);
    db_close(db);
    return ok ? ERR_NONE : err.code;
}

static void test_refused(void **state)
{
    (void)state;
    if (test_kind() != DB_SQLITE)
        return; /* the other engine has no such thing */
    struct test_db t;
    struct err err = {0};
    char path[300];
    test_db_open(&t, schemas);
    assert_true(db_sqlite_version_ok(sqlite3_libversion_number(), &err));
    assert_true(db_sqlite_version_ok(3051003, &err));
    assert_false(db_sqlite_version_ok(3051002, &err));
    assert_non_null(strstr(err.text, "3.51.2"));

    snprintf(path, sizeof path, "%s/altro", t.folder);
    assert_int_equal(open_code(path, false), ERR_NOT_FOUND);
    write_file(path,
               "questo non è un database, ma un testo abbastanza lungo per un'intestazione "
               "di cento byte e più",
               90);
    assert_int_equal(open_code(path, true), ERR_INPUT);
    assert_int_equal(open_code(path, false), ERR_INPUT);
    unlink(path);
    sqlite3 *foreign;
    sqlite3_open(path, &foreign);
    sqlite3_exec(foreign, "CREATE TABLE altrui (x)", NULL, NULL, NULL);
    sqlite3_close(foreign);
    assert_int_equal(open_code(path, true), ERR_INPUT);
    unlink(path);
    write_file(path, "", 0); /* a creation that was cut short */
    assert_int_equal(open_code(path, false), ERR_INPUT);
    assert_int_equal(open_code(path, true), ERR_NONE);
    assert_int_equal(open_code(path, false), ERR_NONE);
    assert_int_equal(open_code("/non/esiste/zonale.db", true), ERR_NOT_FOUND);
    test_db_close(&t);
}

static int64_t pragma_of(struct test_db *t, const char *pragma)
{
    const struct db_sql ask = {"pragma", pragma};
    int64_t value;
    TEST_OK(&t->cx, db_int(&t->cx, &ask, DB_NO_ARGS, &value));
    return value;
}

static bool writer_settings(struct cx *cx, void *data)
{
    (void)cx;
    struct test_db *t = data;
    assert_int_equal(pragma_of(t, "PRAGMA synchronous"), 2);
    assert_int_equal(pragma_of(t, "PRAGMA foreign_keys"), 1);
    assert_int_equal(pragma_of(t, "PRAGMA trusted_schema"), 0);
    assert_int_equal(pragma_of(t, "PRAGMA secure_delete"), 1);
    return true;
}

static void test_settings(void **state)
{
    (void)state;
    if (test_kind() != DB_SQLITE)
        return; /* the other engine has no such thing */
    struct test_db t;
    test_db_open(&t, schemas);
    test_write(&t, writer_settings, &t);
    test_read(&t);
    assert_int_equal(pragma_of(&t, "PRAGMA wal_autocheckpoint"), 0);
    assert_int_equal(pragma_of(&t, "PRAGMA application_id"), DB_APPLICATION_ID);
    test_read_end(&t);
    test_db_close(&t);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disk_full), cmocka_unit_test(test_kill),
        cmocka_unit_test(test_backup),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_settings),
    };
    return cmocka_run_group_tests_name("kit/db faults", tests, NULL, NULL);
}
