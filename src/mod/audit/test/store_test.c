#include "kit/db/test/support.h"
#include "kit/sys/vault.h"
#include "mod/audit/chain.h"
#include "mod/audit/checkpoint.h"
#include "mod/audit/store.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct db_schema *const schemas[] = {&audit_schema, NULL};

struct bench {
    struct test_db t;
    char key[256], points[300];
};

static void bench_open(struct bench *bench)
{
    test_db_open(&bench->t, schemas);
    snprintf(bench->key, sizeof bench->key, "%s/chiave", bench->t.folder);
    snprintf(bench->points, sizeof bench->points, "%s.registro", bench->key);
    TEST_OK(&bench->t.cx, vault_open(&bench->t.cx.vault, bench->key, true, &bench->t.cx.err));
    bench->t.who.nome = "Anna Rossi";
    bench->t.who.ruolo = RUOLO_ASSISTENTE;
}

static void bench_close(struct bench *bench)
{
    vault_close(bench->t.cx.vault);
    unlink(bench->key);
    unlink(bench->points);
    test_db_close(&bench->t);
}

static bool add(struct cx *cx, void *data)
{
    struct audit_row row = {.azione = "leggi",
                            .oggetto = "cartella",
                            .oggetto_id = {42},
                            .regola = "equipe",
                            .rotta = "GET /cartelle/{id}",
                            .dettaglio = data};
    return audit_append(cx, &row);
}

static void add_many(struct bench *bench, int count)
{
    for (int i = 0; i < count; i++) {
        bench->t.cx.now.us += 1000000;
        test_write(&bench->t, add, arena_printf(&bench->t.arena, "riga %d", i + 1));
    }
}

static struct audit_verdict verify(struct bench *bench)
{
    struct audit_verdict verdict;
    test_read(&bench->t);
    TEST_OK(&bench->t.cx, audit_verify(&bench->t.cx, &verdict, NULL, NULL));
    test_read_end(&bench->t);
    return verdict;
}

static void sign(struct bench *bench)
{
    test_read(&bench->t);
    TEST_OK(&bench->t.cx, audit_checkpoint(&bench->t.cx, true));
    test_read_end(&bench->t);
}

static void assert_broken(struct bench *bench, int64_t seq, const char *word)
{
    struct audit_verdict verdict = verify(bench);
    assert_non_null(verdict.motivo);
    if (verdict.guasta != seq || strstr(verdict.motivo, word) == NULL)
        fail_msg("riga %lld, %s; atteso %lld, %s", (long long)verdict.guasta, verdict.motivo,
                 (long long)seq, word);
}

/* ---- what the register does ------------------------------------------------------------- */

static void an_empty_register_is_sound(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct audit_verdict verdict = verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, 0);
    sign(&bench); /* nothing to sign */
    assert_int_not_equal(access(bench.points, F_OK), 0);
    bench_close(&bench);
}

static void rows_are_numbered_and_chained(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    add_many(&bench, 25);
    struct audit_verdict verdict = verify(&bench);
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
    return add(cx, data) && add(cx, data) && FAIL(cx, ERR_INPUT, "no");
}

static void what_is_rolled_back_leaves_no_gap(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    add_many(&bench, 2);
    assert_int_equal(test_write_fails(&bench.t, add_and_refuse, NULL), ERR_INPUT);
    err_clear(&bench.t.cx.err);
    add_many(&bench, 2);
    struct audit_verdict verdict = verify(&bench);
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
    struct audit_verdict verdict = verify(&bench);
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
    add_many(&bench, 30);
    bench.t.who.ambito.n = 2;
    bench.t.who.nome = "Bruno Bianchi";
    add_many(&bench, 5); /* of another ambito: never seen from here */
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
        TEST_OK(&cx, db_write(writer->bench->t.db, &cx, i % 7 == 3 ? add_and_refuse : add, NULL) ||
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
    struct audit_verdict verdict = verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, THREADS * (EACH - 7));
    bench_close(&bench);
}

/* Two servers on one database: each has its own writer. */
static void two_databases_handles_make_one_chain(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct db *other;
    TEST_OK(&bench.t.cx, db_open(&other, bench.t.where, false, &bench.t.cx.err));
    for (int i = 0; i < 20; i++)
        TEST_OK(&bench.t.cx, db_write(i % 2 ? other : bench.t.db, &bench.t.cx, add, NULL));
    db_close(other);
    struct audit_verdict verdict = verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.righe, 20);
    bench_close(&bench);
}

/* ---- tampering -------------------------------------------------------------------------- */

static bool run_sql(struct cx *cx, void *data)
{
    struct db_sql sql = {"manomissione", data};
    return db_do(cx, &sql, DB_NO_ARGS, NULL);
}

static void do_sql(struct bench *bench, const char *text)
{
    test_write(&bench->t, run_sql, arena_strdup(&bench->t.arena, text));
}

static void guards_stop_changes(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    add_many(&bench, 3);
    static const char *const texts[] = {"UPDATE audit SET chi = 'Altri' WHERE seq = 2",
                                        "DELETE FROM audit WHERE seq = 3",
                                        "DELETE FROM audit",
                                        "UPDATE audit_testa SET seq = 1",
                                        "UPDATE audit_testa SET seq = 9",
                                        "DELETE FROM audit_testa"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        test_write_fails(&bench.t, run_sql, arena_strdup(&bench.t.arena, texts[i]));
        err_clear(&bench.t.cx.err);
    }
    assert_null(verify(&bench).motivo);
    bench_close(&bench);
}

/* What a person with the file in hand does first. */
static void take_guards_away(struct bench *bench)
{
    static const char *const lite[] = {"DROP TRIGGER audit_no_update",
                                       "DROP TRIGGER audit_no_delete",
                                       "DROP TRIGGER audit_testa_avanti", NULL};
    static const char *const postgres[] = {"ALTER TABLE audit DISABLE TRIGGER ALL",
                                           "ALTER TABLE audit_testa DISABLE TRIGGER ALL", NULL};
    for (const char *const *text = test_kind() == DB_SQLITE ? lite : postgres; *text; text++)
        do_sql(bench, *text);
}

static void every_changed_column_is_found(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "quando = quando + 1", "ambito = 9",     "ambito = NULL",      "utente = 9",
        "sessione = 9",        "chi = 'Altri'",  "chi = NULL",         "chi = ''",
        "ruolo = 'sportello'", "relazione = ''", "fine = 'cura'",      "azione = 'elenca'",
        "oggetto = 'persona'", "oggetto_id = 7", "esito = 'negato'",   "regola = NULL",
        "rotta = NULL",        "rete = 'x'",     "dettaglio = 'riga'", "richiesta = 'x'"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct bench bench;
        bench_open(&bench);
        add_many(&bench, 4);
        take_guards_away(&bench);
        do_sql(&bench,
               arena_printf(&bench.t.arena, "UPDATE audit SET %s WHERE seq = 3", changes[i]));
        assert_broken(&bench, 3, "alterata");
        bench_close(&bench);
    }
}

static void rows_out_or_in_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *sql[3];
        int64_t seq;
        const char *word;
    } cases[] = {
        {{"DELETE FROM audit WHERE seq = 3"}, 3, "manca"},
        {{"DELETE FROM audit WHERE seq = 1"}, 1, "manca"},
        {{"DELETE FROM audit WHERE seq = 3", "UPDATE audit SET seq = seq - 1 WHERE seq > 3",
          "UPDATE audit_testa SET seq = 5"},
         3,
         "non segue"},
        {{"UPDATE audit SET seq = 99 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 3",
          "UPDATE audit SET seq = 3 WHERE seq = 99"},
         2,
         "non segue"},
        {{"DELETE FROM audit WHERE seq = 6"}, 6, "troncato"},
        {{"UPDATE audit_testa SET seq = 4"}, 7, "contatore"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench bench;
        bench_open(&bench);
        add_many(&bench, 6);
        take_guards_away(&bench);
        for (size_t j = 0; j < 3 && cases[i].sql[j] != NULL; j++)
            do_sql(&bench, cases[i].sql[j]);
        assert_broken(&bench, cases[i].seq, cases[i].word);
        bench_close(&bench);
    }
}

/* Cut off and the counter set back: only a signed checkpoint can tell. */
static void truncation_is_found_by_the_checkpoint(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    add_many(&bench, 6);
    sign(&bench);
    add_many(&bench, 2);
    struct audit_verdict verdict = verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.punti, 1);
    assert_int_equal(verdict.scoperte, 2);
    take_guards_away(&bench);
    do_sql(&bench, "DELETE FROM audit WHERE seq > 4");
    do_sql(&bench, "UPDATE audit_testa SET seq = 4");
    assert_broken(&bench, 5, "troncato");
    /* and such a head is never signed */
    test_read(&bench.t);
    assert_false(audit_checkpoint(&bench.t.cx, true));
    assert_non_null(strstr(bench.t.cx.err.text, "contraddice"));
    test_read_end(&bench.t);
    err_clear(&bench.t.cx.err);
    bench_close(&bench);
}

static bool rechain(struct cx *cx, void *data)
{
    (void)data;
    static const struct db_sql load = {
        "rifai_leggi",
        "SELECT seq, quando, ambito, utente, sessione, chi, ruolo, relazione, fine, azione, "
        "oggetto, oggetto_id, esito, regola, rotta, dettaglio, rete, richiesta, prima, impronta "
        "FROM audit ORDER BY seq"};
    static const struct db_sql save = {
        "rifai", "UPDATE audit SET chi = $2, prima = $3, impronta = $4 WHERE seq = $1"};
    struct list list;
    struct bytes before = {NULL, 0};
    if (!db_list(cx, &load, DB_NO_ARGS, audit_fields, sizeof(struct audit_row), 100, &list))
        return false;
    LIST_EACH (&list, struct audit_row, row) {
        unsigned char *hash = arena_alloc(cx->arena, VAULT_HASH);
        if (row->seq == 3)
            row->chi = "Altri";
        if (before.data != NULL)
            row->prima = before;
        audit_hash(row, hash);
        before = (struct bytes){hash, VAULT_HASH};
        if (!db_do(cx, &save, DB_ARGS(row->seq, row->chi, row->prima, before), NULL))
            return false;
    }
    return true;
}

/* The whole chain made anew by someone who knows how. */
static void a_chain_made_anew_is_found_by_the_checkpoint(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    add_many(&bench, 6);
    sign(&bench);
    take_guards_away(&bench);
    test_write(&bench.t, rechain, NULL);
    assert_broken(&bench, 6, "riscritto");
    unlink(bench.points); /* without its witness it cannot be told: said openly in the header */
    assert_null(verify(&bench).motivo);
    bench_close(&bench);
}

static void spoil(struct bench *bench, off_t at)
{
    int fd = open(bench->points, O_RDWR);
    char c;
    assert_int_equal(pread(fd, &c, 1, at), 1);
    c = c == '1' ? '2' : '1';
    assert_int_equal(pwrite(fd, &c, 1, at), 1);
    close(fd);
}

static void a_forged_checkpoint_is_found(void **state)
{
    (void)state;
    for (off_t at = 18; at < 200; at += 13) {
        struct bench bench;
        bench_open(&bench);
        add_many(&bench, 3);
        sign(&bench);
        assert_null(verify(&bench).motivo);
        spoil(&bench, at);
        struct audit_verdict verdict = verify(&bench);
        assert_non_null(verdict.motivo);
        bench_close(&bench);
    }
}

static void checkpoints_come_when_they_are_due(void **state)
{
    (void)state;
    struct bench bench;
    struct list list;
    int64_t bad;
    bench_open(&bench);
    add_many(&bench, 2);
    sign(&bench);
    sign(&bench); /* nothing new */
    add_many(&bench, 2);
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, audit_checkpoint(&bench.t.cx, false)); /* too early */
    TEST_OK(&bench.t.cx, checkpoint_list(&bench.t.cx, &list, &bad));
    assert_int_equal(list.count, 1);
    bench.t.cx.now.us += INT64_C(11) * 60 * 1000000;
    TEST_OK(&bench.t.cx, audit_checkpoint(&bench.t.cx, false));
    TEST_OK(&bench.t.cx, checkpoint_list(&bench.t.cx, &list, &bad));
    assert_int_equal(list.count, 2);
    assert_int_equal(bad, 0);
    assert_int_equal(LIST_ITEM(&list, struct checkpoint, 1)->seq, 4);
    test_read_end(&bench.t);
    assert_int_equal(verify(&bench).punti, 2);
    bench_close(&bench);
}

static void the_keeper_signs_when_it_stops(void **state)
{
    (void)state;
    struct bench bench;
    struct audit_keeper keeper = {.started = false};
    bench_open(&bench);
    add_many(&bench, 5);
    TEST_OK(&bench.t.cx,
            audit_keeper_start(&keeper, bench.t.db, bench.t.cx.vault, &bench.t.cx.err));
    audit_keeper_stop(&keeper);
    audit_keeper_stop(&keeper);
    struct audit_verdict verdict = verify(&bench);
    assert_int_equal(verdict.punti, 1);
    assert_int_equal(verdict.scoperte, 0);
    bench_close(&bench);
}

/* ---- speed ------------------------------------------------------------------------------ */

static bool add_thousand(struct cx *cx, void *data)
{
    for (int i = 0; i < 1000; i++)
        if (!add(cx, data))
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
    assert_null(verify(&bench).motivo);
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
        cmocka_unit_test(guards_stop_changes),
        cmocka_unit_test(every_changed_column_is_found),
        cmocka_unit_test(rows_out_or_in_are_found),
        cmocka_unit_test(truncation_is_found_by_the_checkpoint),
        cmocka_unit_test(a_chain_made_anew_is_found_by_the_checkpoint),
        cmocka_unit_test(a_forged_checkpoint_is_found),
        cmocka_unit_test(checkpoints_come_when_they_are_due),
        cmocka_unit_test(the_keeper_signs_when_it_stops),
        cmocka_unit_test(rows_are_quick_to_add),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
