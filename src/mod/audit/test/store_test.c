/* The register as it is written and listed: numbers, chain, filters, several writers. */
#include "mod/audit/store.h"
#include "mod/audit/test/bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- what the register does ------------------------------------------------------------- */

static void an_empty_register_is_sound(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct audit_verdict verdict = bench_verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, 0);
    bench_sign(&bench); /* nothing to sign */
    assert_int_not_equal(access(bench.points, F_OK), 0);
    bench_close(&bench);
}

static void rows_are_numbered_and_chained(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    bench_add_many(&bench, 25);
    struct audit_verdict verdict = bench_verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, 25);
    assert_int_equal(verdict.scoperte, 25);
    struct list list;
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, audit_of(&bench.t.cx, (struct id){42}, 10, &list));
    assert_int_equal(list.count, 10);
    struct audit_row *newest = list.items;
    assert_int_equal(newest->seq, 25);
    assert_string_equal(newest->chi, "Anna Rossi");
    assert_string_equal(newest->ruolo, "assistente");
    assert_string_equal(newest->esito, "permesso");
    assert_string_equal(newest->dettaglio, "riga 25");
    test_read_end(&bench.t);
    bench_close(&bench);
}

static bool add_and_refuse(struct cx *cx, void *data)
{
    return bench_add(cx, data) && bench_add(cx, data) && FAIL(cx, ERR_INPUT, "no");
}

static void what_is_rolled_back_leaves_no_gap(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    bench_add_many(&bench, 2);
    assert_int_equal(test_write_fails(&bench.t, add_and_refuse, NULL), ERR_INPUT);
    err_clear(&bench.t.cx.err);
    bench_add_many(&bench, 2);
    struct audit_verdict verdict = bench_verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, 4);
    bench_close(&bench);
}

static bool add_hostile(struct cx *cx, void *data)
{
    struct audit_row row = {.azione = "leggi", .dettaglio = data, .oggetto = data, .rete = ""};
    return audit_append(cx, &row);
}

static void hostile_and_long_texts_are_kept_or_clipped(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    char *longest = arena_alloc(&bench.t.arena, 5001);
    for (size_t i = 0; i < 5000; i += 2)
        memcpy(longest + i, "è", 2);
    test_write(&bench.t, add_hostile, longest);
    test_write(&bench.t, add_hostile, arena_strdup(&bench.t.arena, "'; DROP TABLE audit; --\n<b>"));
    bench.t.cx.who = NULL; /* before login */
    test_write(&bench.t, add_hostile, arena_strdup(&bench.t.arena, ""));
    bench.t.cx.who = &bench.t.who;
    struct audit_verdict verdict = bench_verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, 3);
    bench_close(&bench);
}

static int64_t hits(struct bench *bench, struct registro_filtro filtro)
{
    struct list list;
    test_read(&bench->t);
    TEST_OK(&bench->t.cx,
            audit_list(&bench->t.cx, &filtro, &(struct audit_key){.seq = 0}, 100, &list));
    test_read_end(&bench->t);
    return (int64_t)list.count;
}

static void the_list_filters_and_pages(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    bench_add_many(&bench, 30);
    bench.t.who.ambito.n = 2;
    bench.t.who.nome = "Bruno Bianchi";
    bench_add_many(&bench, 5); /* of another ambito: never seen from here */
    bench.t.who.ambito.n = 1;
    struct registro_filtro all = {.dal = DAY_NONE, .al = DAY_NONE};
    struct registro_filtro filtro = all;
    assert_int_equal(hits(&bench, all), 30);
    filtro.chi = "Bruno Bianchi";
    assert_int_equal(hits(&bench, filtro), 0);
    filtro.chi = "Anna Rossi";
    assert_int_equal(hits(&bench, filtro), 30);
    filtro.oggetto.n = 43;
    assert_int_equal(hits(&bench, filtro), 0);
    filtro = all;
    filtro.azione = "esporta";
    assert_int_equal(hits(&bench, filtro), 0);
    filtro = all;
    filtro.dal = filtro.al = bench.t.cx.today;
    assert_int_equal(hits(&bench, filtro), 30);
    filtro.dal = day_add(bench.t.cx.today, 1);
    filtro.al = DAY_NONE;
    assert_int_equal(hits(&bench, filtro), 0);

    struct audit_key after = {.seq = 0};
    struct list list;
    int64_t last = 31;
    test_read(&bench.t);
    for (int page = 0; page < 3; page++) {
        TEST_OK(&bench.t.cx, audit_list(&bench.t.cx, &all, &after, 10, &list));
        assert_int_equal(list.count, 10);
        LIST_EACH (&list, struct audit_row, row)
            assert_int_equal(row->seq, --last);
        struct audit_row *end = LIST_ITEM(&list, struct audit_row, 9);
        after = (struct audit_key){end->quando, end->seq};
    }
    TEST_OK(&bench.t.cx, audit_list(&bench.t.cx, &all, &after, 10, &list));
    assert_int_equal(list.count, 0);
    test_read_end(&bench.t);
    bench_close(&bench);
}

static void every_list_has_its_index(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    static const char *const texts[] = {
        "SELECT seq FROM audit WHERE ambito = $1 ORDER BY quando DESC, seq DESC LIMIT 10",
        "SELECT seq FROM audit WHERE ambito = $1 AND chi = 'a' ORDER BY quando DESC, seq DESC "
        "LIMIT 10",
        "SELECT seq FROM audit WHERE ambito = $1 AND oggetto_id = 5 ORDER BY quando DESC, seq "
        "DESC LIMIT 10",
        "SELECT seq FROM audit WHERE ambito = $1 AND (quando, seq) < (5, 5) ORDER BY quando DESC, "
        "seq DESC LIMIT 10",
    };
    test_read(&bench.t);
    for (size_t i = 0; test_kind() == DB_SQLITE && i < sizeof texts / sizeof *texts; i++) {
        struct db_sql sql = {"piano", texts[i]};
        const char *plan;
        TEST_OK(&bench.t.cx, db_plan(&bench.t.cx, &sql, DB_ARGS((int64_t)1), &plan));
        assert_non_null(strstr(plan, "USING "));
        assert_null(strstr(plan, "TEMP B-TREE"));
    }
    const struct db_registry *const registries[] = {&audit_registry, NULL};
    TEST_OK(&bench.t.cx, db_prepare_all(&bench.t.cx, registries));
    test_read_end(&bench.t);
    bench_close(&bench);
}

/* ---- two writers ------------------------------------------------------------------------ */

enum { THREADS = 4, EACH = 50 };

struct writer {
    struct bench *bench;
    uint64_t seed;
};

static void *write_rows(void *data)
{
    struct writer *writer = data;
    struct arena arena;
    struct chance chance;
    struct cx cx;
    test_cx(&writer->bench->t, &cx, &arena, &chance, writer->seed);
    for (int i = 0; i < EACH; i++)
        TEST_OK(&cx,
                db_write(writer->bench->t.db, &cx, i % 7 == 3 ? add_and_refuse : bench_add, NULL) ||
                    (i % 7 == 3 && cx.err.code == ERR_INPUT));
    arena_release(&arena);
    return NULL;
}

static void many_threads_make_one_chain(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    pthread_t threads[THREADS];
    struct writer writers[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        writers[i] = (struct writer){&bench, i + 10};
        pthread_create(&threads[i], NULL, write_rows, &writers[i]);
    }
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    struct audit_verdict verdict = bench_verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, THREADS * (EACH - 7));
    bench_close(&bench);
}

/* Two programs on one file, each with its own writer; PostgreSQL's lets no second one in. */
static void two_databases_handles_make_one_chain(void **state)
{
    (void)state;
    struct bench bench;
    struct db *other;
    if (test_kind() == DB_POSTGRES)
        return;
    bench_open(&bench);
    TEST_OK(&bench.t.cx, db_open(&other, bench.t.where, false, &bench.t.cx.err));
    for (int i = 0; i < 20; i++)
        TEST_OK(&bench.t.cx, db_write(i % 2 ? other : bench.t.db, &bench.t.cx, bench_add, NULL));
    db_close(other);
    struct audit_verdict verdict = bench_verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, 20);
    bench_close(&bench);
}

/* ---- speed ------------------------------------------------------------------------------ */

static bool add_thousand(struct cx *cx, void *data)
{
    for (int i = 0; i < 1000; i++)
        if (!bench_add(cx, data))
            return false;
    return true;
}

static void rows_are_quick_to_add(void **state)
{
    (void)state;
    struct bench bench;
    struct timespec a, b;
    bench_open(&bench);
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (int i = 0; i < 5; i++)
        test_write(&bench.t, add_thousand, arena_strdup(&bench.t.arena, "veloce"));
    clock_gettime(CLOCK_MONOTONIC, &b);
    int64_t ms = (int64_t)(b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000;
    print_message("# 5000 righe in %lld ms\n", (long long)ms);
    assert_true(ms < 20000); /* sanitizers and a busy machine: an order of magnitude only */
    assert_null(bench_verify(&bench).motivo);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_register_is_sound),
        cmocka_unit_test(rows_are_numbered_and_chained),
        cmocka_unit_test(what_is_rolled_back_leaves_no_gap),
        cmocka_unit_test(hostile_and_long_texts_are_kept_or_clipped),
        cmocka_unit_test(the_list_filters_and_pages),
        cmocka_unit_test(every_list_has_its_index),
        cmocka_unit_test(many_threads_make_one_chain),
        cmocka_unit_test(two_databases_handles_make_one_chain),
        cmocka_unit_test(rows_are_quick_to_add),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
