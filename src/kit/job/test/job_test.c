#include "kit/job/job_impl.h"

#include "kit/db/test/support.h"
#include "kit/sys/vault.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct db_schema effetto_schema = {
    "effetto", "CREATE TABLE effetto (id @ID PRIMARY KEY, passo @INT NOT NULL) @STRICT", NULL};
static const struct db_schema *const schemas[] = {&job_schema, &effetto_schema, NULL};

enum { EFFECT, EFFECTS, EXPIRE, CANCEL_ALL };
static const struct db_sql sql[] = {
    [EFFECT] = {"effetto_add", "INSERT INTO effetto (id, passo) VALUES ($1, $2)"},
    [EFFECTS] = {"effetto_count", "SELECT count(*) FROM effetto"},
    [EXPIRE] = {"job_expire", "UPDATE job SET run_after = $1 WHERE state = 'in_corso'"},
    [CANCEL_ALL] = {"job_cancel_all", "UPDATE job SET cancelled = 1"},
};

/* What the next run does, told through its parameters and this script. */
struct script {
    struct test_db *t;
    int stop_at; /* step before which something happens; -1 = nothing */
    enum { PLAIN, DIE, CANCEL, FAIL_BUSY, FAIL_INPUT, STOLEN, GREEDY } what;
    int runs;
};
static struct script *script; /* of the test that runs; there is one thread */

static bool effect(struct cx *cx, void *data)
{
    return db_do(cx, &sql[EFFECT], DB_ARGS(cx_id(cx), *(const int64_t *)data), NULL);
}

static bool sql_do(struct cx *cx, void *data)
{
    const struct db_sql *which = data;
    return which == &sql[EXPIRE] ? db_do(cx, which, DB_ARGS(cx->now), NULL)
                                 : db_do(cx, which, DB_NO_ARGS, NULL);
}

/* On another context, as another process would. */
static void aside(struct cx *cx, int which)
{
    struct cx other = *cx;
    union {
        const struct db_sql *in;
        void *out;
    } data = {.in = &sql[which]};
    other.db = NULL;
    assert_true(db_write(script->t->db, &other, sql_do, data.out));
}

static bool event(struct cx *cx)
{
    switch (script->what) {
    case CANCEL:
        aside(cx, CANCEL_ALL);
        return true;
    case FAIL_BUSY:
        return FAIL(cx, ERR_BUSY, "later");
    case FAIL_INPUT:
        return FAIL(cx, ERR_INPUT, "riga 7: manca il cognome");
    case GREEDY:
        for (;;)
            arena_alloc(cx->arena, 100 << 20);
    case PLAIN:
    case DIE:
    case STOLEN:
    default:
        return true;
    }
}

static const struct job_kind kind;
static const struct job_kind *const kinds[] = {&kind, NULL};

static bool run_other(struct cx *cx)
{
    struct cx other = *cx;
    struct arena arena;
    bool none;
    arena_init(&arena, 1 << 20);
    other.arena = &arena;
    other.db = NULL;
    script->what = PLAIN;
    aside(cx, EXPIRE);
    bool ok = job_run_one(script->t->db, &other, kinds, false, NULL, &none) && !none;
    arena_release(&arena);
    return ok;
}

/* Ten steps, each with one effect. */
static bool ten_steps(struct cx *cx, struct job *job)
{
    script->runs++;
    for (int64_t i = job_done(job); i < 10; i++) {
        if (i == script->stop_at && script->what == DIE) {
            script->what = PLAIN;
            return false; /* see die(): the row is put back as a dead runner leaves it */
        }
        if (i == script->stop_at && script->what == STOLEN && !run_other(cx))
            return false;
        if (i == script->stop_at && !event(cx))
            return false;
        if (!job_write(cx, job, effect, &i, i + 1, 10))
            return false;
    }
    job_result(job, arena_printf(cx->arena, "fatti dieci passi con %s", job_params(job)));
    return true;
}
static const struct job_kind kind = {"prova.dieci", "Dieci passi", ten_steps, 3};

struct queued {
    const char *key;
    struct id id;
};

static bool enqueue(struct cx *cx, void *data)
{
    struct queued *queued = data;
    return job_enqueue(cx, &kind, "{\"n\":1}", queued->key, &queued->id);
}

static struct id start(struct test_db *t, struct script *next, const char *key)
{
    struct queued queued = {key, ID_NONE};
    test_db_open(t, schemas);
    next->t = t;
    script = next;
    test_write(t, enqueue, &queued);
    return queued.id;
}

static int64_t effects(struct test_db *t)
{
    int64_t value;
    test_read(t);
    TEST_OK(&t->cx, db_int(&t->cx, &sql[EFFECTS], DB_NO_ARGS, &value));
    test_read_end(t);
    return value;
}

static struct job_row row_of(struct test_db *t, struct id id)
{
    struct job_row row;
    test_read(t);
    TEST_OK(&t->cx, job_load(&t->cx, id, &row));
    test_read_end(t);
    return row;
}

static void run_all(struct test_db *t)
{
    err_clear(&t->cx.err);
    TEST_OK(&t->cx, job_run_waiting(t->db, &t->cx, kinds));
}

static void test_done(void **state)
{
    (void)state;
    struct test_db t;
    struct script plain = {.stop_at = -1};
    struct id id = start(&t, &plain, NULL);
    assert_string_equal(row_of(&t, id).state, "in_attesa");
    run_all(&t);
    struct job_row row = row_of(&t, id);
    assert_string_equal(row.state, "fatto");
    assert_string_equal(row.text, "fatti dieci passi con {\"n\":1}");
    assert_int_equal(row.done, 10);
    assert_int_equal(row.total, 10);
    assert_int_equal(effects(&t), 10);
    run_all(&t);
    assert_int_equal(plain.runs, 1);
    test_db_close(&t);
}

static void test_same_key_once(void **state)
{
    (void)state;
    struct test_db t;
    struct script plain = {.stop_at = -1};
    struct id id = start(&t, &plain, "mese-2025-03");
    struct queued again = {"mese-2025-03", ID_NONE}, other = {"mese-2025-04", ID_NONE};
    test_write(&t, enqueue, &again);
    test_write(&t, enqueue, &other);
    assert_int_equal(again.id.n, id.n);
    assert_int_not_equal(other.id.n, id.n);
    run_all(&t);
    assert_int_equal(effects(&t), 20);
    test_db_close(&t);
}

static void put_back(struct cx *cx)
{
    static const struct db_sql back = {
        "job_back", "UPDATE job SET state = 'in_corso', ended = NULL, text = NULL"};
    struct cx other = *cx;
    union {
        const struct db_sql *in;
        void *out;
    } data = {.in = &back};
    other.db = NULL;
    assert_true(db_write(script->t->db, &other, sql_do, data.out));
}

/* Killed after four steps: the row stays "in_corso" until the lease is over, then six more. */
static void test_killed_between_steps(void **state)
{
    (void)state;
    struct test_db t;
    struct script die = {.stop_at = 4, .what = DIE};
    struct id id = start(&t, &die, NULL);
    run_all(&t);
    put_back(&t.cx);
    assert_int_equal(effects(&t), 4);
    run_all(&t);
    assert_int_equal(die.runs, 1); /* the lease still holds */
    t.cx.now.us += (int64_t)(JOB_LEASE_S + 1) * 1000000;
    run_all(&t);
    assert_int_equal(die.runs, 2);
    assert_int_equal(effects(&t), 10);
    assert_string_equal(row_of(&t, id).state, "fatto");
    test_db_close(&t);
}

/* A runner that only slept comes back after another has taken its job: it can write no more. */
static void test_stolen(void **state)
{
    (void)state;
    struct test_db t;
    struct script stolen = {.stop_at = 4, .what = STOLEN};
    struct id id = start(&t, &stolen, NULL);
    run_all(&t);
    assert_int_equal(effects(&t), 10);
    assert_int_equal(stolen.runs, 2);
    struct job_row row = row_of(&t, id);
    assert_string_equal(row.state, "fatto");
    assert_int_equal(row.attempt, 2);
    test_db_close(&t);
}

static void test_cancel(void **state)
{
    (void)state;
    struct test_db t;
    struct script cancel = {.stop_at = 4, .what = CANCEL};
    struct id id = start(&t, &cancel, NULL);
    run_all(&t);
    assert_int_equal(effects(&t), 4);
    assert_string_equal(row_of(&t, id).state, "annullato");
    run_all(&t);
    assert_int_equal(cancel.runs, 1);
    test_db_close(&t);
}

static bool cancel_it(struct cx *cx, void *data)
{
    return job_cancel(cx, *(const struct id *)data);
}

static void test_cancel_waiting(void **state)
{
    (void)state;
    struct test_db t;
    struct script plain = {.stop_at = -1};
    struct id id = start(&t, &plain, NULL), nobody = {5};
    t.who.utente.n = 2; /* another user: as if it did not exist */
    assert_int_equal(test_write_fails(&t, cancel_it, &id), ERR_NOT_FOUND);
    t.who.utente.n = 1;
    t.who.ambito.n = 2;
    assert_int_equal(test_write_fails(&t, cancel_it, &id), ERR_NOT_FOUND);
    t.who.ambito.n = 1;
    assert_int_equal(test_write_fails(&t, cancel_it, &nobody), ERR_NOT_FOUND);
    test_write(&t, cancel_it, &id);
    test_write(&t, cancel_it, &id); /* twice is no harm */
    run_all(&t);
    assert_int_equal(effects(&t), 0);
    assert_string_equal(row_of(&t, id).state, "annullato");
    test_db_close(&t);
}

static void test_again(void **state)
{
    (void)state;
    struct test_db t;
    struct script busy = {.stop_at = 4, .what = FAIL_BUSY};
    struct id id = start(&t, &busy, NULL);
    for (int i = 1; i <= 5; i++) {
        run_all(&t);
        run_all(&t); /* at once: it must wait first */
        assert_int_equal(busy.runs, i < 3 ? i : 3);
        t.cx.now.us += (int64_t)3600 * 1000000;
    }
    struct job_row row = row_of(&t, id);
    assert_string_equal(row.state, "fallito");
    assert_int_equal(row.attempt, 3);
    assert_int_equal(effects(&t), 4);
    test_db_close(&t);
}

static void test_fails_for_good(void **state)
{
    (void)state;
    struct test_db t;
    struct script input = {.stop_at = 0, .what = FAIL_INPUT};
    struct id id = start(&t, &input, NULL);
    run_all(&t);
    struct job_row row = row_of(&t, id);
    assert_string_equal(row.state, "fallito");
    assert_string_equal(row.text, "riga 7: manca il cognome");
    struct script greedy = {.stop_at = 2, .what = GREEDY};
    test_db_close(&t);
    id = start(&t, &greedy, NULL);
    run_all(&t);
    assert_string_equal(row_of(&t, id).state, "fallito");
    assert_int_equal(effects(&t), 2);
    test_db_close(&t);
}

static void test_unknown_kind(void **state)
{
    (void)state;
    struct test_db t;
    struct script plain = {.stop_at = -1};
    struct id id = start(&t, &plain, NULL);
    TEST_OK(&t.cx, job_run_waiting(t.db, &t.cx, (const struct job_kind *const[]){NULL}));
    assert_string_equal(row_of(&t, id).state, "fallito");
    test_db_close(&t);
}

/* ---- the result file --------------------------------------------------------------------- */

static const char secret[] = "CANARINO: elenco delle persone";

static bool make_file(struct cx *cx, struct job *job)
{
    (void)cx;
    job_result(job, "Elenco pronto");
    job_result_file(job, "elenco.csv", "text/csv",
                    (struct bytes){(const unsigned char *)secret, sizeof secret - 1});
    return true;
}
static const struct job_kind file_kind = {"prova.file", "Elenco", make_file, 1};
static const struct job_kind *const file_kinds[] = {&file_kind, NULL};

static bool enqueue_file(struct cx *cx, void *data)
{
    return job_enqueue(cx, &file_kind, "{}", NULL, data);
}

static void test_file(void **state)
{
    (void)state;
    struct test_db t;
    struct id id;
    char key[300];
    const char *name, *type;
    struct bytes bytes;
    test_db_open(&t, schemas);
    snprintf(key, sizeof key, "%s/chiave", t.folder);
    TEST_OK(&t.cx, vault_open(&t.cx.vault, key, true, &t.cx.err));
    test_write(&t, enqueue_file, &id);
    TEST_OK(&t.cx, job_run_waiting(t.db, &t.cx, file_kinds));
    assert_string_equal(row_of(&t, id).file_name, "elenco.csv");
    test_read(&t);
    TEST_OK(&t.cx, job_file(&t.cx, id, &name, &type, &bytes));
    assert_int_equal(bytes.size, sizeof secret - 1);
    assert_memory_equal(bytes.data, secret, bytes.size);
    assert_string_equal(type, "text/csv");
    t.who.utente.n = 2;
    assert_false(job_file(&t.cx, id, &name, &type, &bytes));
    assert_int_equal(t.cx.err.code, ERR_NOT_FOUND);
    err_clear(&t.cx.err);
    t.who.utente.n = 1;
    static const struct db_sql in_clear = {"job_clear", "SELECT count(*) FROM job WHERE file = $1"};
    int64_t clear;
    TEST_OK(&t.cx, db_int(&t.cx, &in_clear, DB_ARGS(bytes), &clear));
    assert_int_equal(clear, 0);
    test_read_end(&t);
    vault_close(t.cx.vault);
    test_db_close(&t);
}

/* ---- threads ----------------------------------------------------------------------------- */

static bool enqueue_many(struct cx *cx, void *data)
{
    struct id id;
    (void)data;
    cx->now = job_clock();
    for (int i = 0; i < 20; i++)
        if (!job_enqueue(cx, &kind, "{}", NULL, &id))
            return false;
    return true;
}

static bool all_ended(struct test_db *t)
{
    static const struct db_sql open_jobs = {"job_open",
                                            "SELECT count(*) FROM job WHERE state <> 'fatto'"};
    int64_t open;
    test_read(t);
    TEST_OK(&t->cx, db_int(&t->cx, &open_jobs, DB_NO_ARGS, &open));
    test_read_end(t);
    return open == 0;
}

static bool count_steps(struct cx *cx, struct job *job)
{
    for (int64_t i = job_done(job); i < 10; i++)
        if (!job_write(cx, job, effect, &i, i + 1, 10))
            return false;
    return true;
}

/* Four threads, stopped and started again in the middle. */
static void test_runner(void **state)
{
    (void)state;
    static const struct job_kind threaded = {"prova.dieci", "Dieci passi", count_steps, 3};
    static const struct job_kind *const list[] = {&threaded, NULL};
    struct test_db t;
    struct job_runner *runner;
    test_db_open(&t, schemas);
    test_write(&t, enqueue_many, NULL);
    int rounds = 0;
    do {
        TEST_OK(&t.cx, job_runner_start(&runner, t.db, NULL, list, 4, &t.cx.err));
        usleep(30000);
        job_runner_stop(runner);
    } while (!all_ended(&t) && ++rounds < 400);
    assert_true(all_ended(&t));
    assert_int_equal(effects(&t), 200);
    test_db_close(&t);
}

static void test_list(void **state)
{
    (void)state;
    struct test_db t;
    struct list list;
    test_db_open(&t, schemas);
    test_write(&t, enqueue_many, NULL);
    test_read(&t);
    TEST_OK(&t.cx, job_list(&t.cx, ID_NONE, 15, &list));
    assert_int_equal(list.count, 15);
    assert_true(list.clipped);
    struct id last = LIST_ITEM(&list, struct job_row, 14)->id;
    TEST_OK(&t.cx, job_list(&t.cx, last, 15, &list));
    assert_int_equal(list.count, 5);
    assert_true(LIST_ITEM(&list, struct job_row, 0)->id.n < last.n);
    TEST_OK(&t.cx, db_prepare_all(&t.cx, (const struct db_registry *const[]){&job_registry, NULL}));
    test_read_end(&t);
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_done),
        cmocka_unit_test(test_same_key_once),
        cmocka_unit_test(test_killed_between_steps),
        cmocka_unit_test(test_stolen),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_cancel_waiting),
        cmocka_unit_test(test_again),
        cmocka_unit_test(test_fails_for_good),
        cmocka_unit_test(test_unknown_kind),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_runner),
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests_name("kit/job", tests, NULL, NULL);
}
