/* What was changed, taken out, put in, cut off or signed by others is found. */
#include "mod/audit/chain.h"
#include "mod/audit/checkpoint.h"
#include "mod/audit/store.h"
#include "mod/audit/test/bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    bench_add_many(&bench, 3);
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
    assert_null(bench_verify(&bench).motivo);
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
        bench_add_many(&bench, 4);
        take_guards_away(&bench);
        do_sql(&bench,
               arena_printf(&bench.t.arena, "UPDATE audit SET %s WHERE seq = 3", changes[i]));
        bench_broken(&bench, 3, "alterata");
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
        bench_add_many(&bench, 6);
        take_guards_away(&bench);
        for (size_t j = 0; j < 3 && cases[i].sql[j] != NULL; j++)
            do_sql(&bench, cases[i].sql[j]);
        bench_broken(&bench, cases[i].seq, cases[i].word);
        bench_close(&bench);
    }
}

/* Cut off and the counter set back: only a signed checkpoint can tell. */
static void truncation_is_found_by_the_checkpoint(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    bench_add_many(&bench, 6);
    bench_sign(&bench);
    bench_add_many(&bench, 2);
    struct audit_verdict verdict = bench_verify(&bench);
    assert_null(verdict.motivo);
    assert_int_equal(verdict.punti, 1);
    assert_int_equal(verdict.scoperte, 2);
    take_guards_away(&bench);
    do_sql(&bench, "DELETE FROM audit WHERE seq > 4");
    do_sql(&bench, "UPDATE audit_testa SET seq = 4");
    bench_broken(&bench, 5, "troncato");
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
    bench_add_many(&bench, 6);
    bench_sign(&bench);
    take_guards_away(&bench);
    test_write(&bench.t, rechain, NULL);
    bench_broken(&bench, 6, "riscritto");
    unlink(bench.points); /* without its witness it cannot be told: said openly in the header */
    assert_null(bench_verify(&bench).motivo);
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
        bench_add_many(&bench, 3);
        bench_sign(&bench);
        assert_null(bench_verify(&bench).motivo);
        spoil(&bench, at);
        struct audit_verdict verdict = bench_verify(&bench);
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
    bench_add_many(&bench, 2);
    bench_sign(&bench);
    bench_sign(&bench); /* nothing new */
    bench_add_many(&bench, 2);
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
    assert_int_equal(bench_verify(&bench).punti, 2);
    bench_close(&bench);
}

static void the_keeper_signs_when_it_stops(void **state)
{
    (void)state;
    struct bench bench;
    struct audit_keeper keeper = {.started = false};
    bench_open(&bench);
    bench_add_many(&bench, 5);
    TEST_OK(&bench.t.cx,
            audit_keeper_start(&keeper, bench.t.db, bench.t.cx.vault, &bench.t.cx.err));
    audit_keeper_stop(&keeper);
    audit_keeper_stop(&keeper);
    struct audit_verdict verdict = bench_verify(&bench);
    assert_int_equal(verdict.punti, 1);
    assert_int_equal(verdict.scoperte, 0);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guards_stop_changes),
        cmocka_unit_test(every_changed_column_is_found),
        cmocka_unit_test(rows_out_or_in_are_found),
        cmocka_unit_test(truncation_is_found_by_the_checkpoint),
        cmocka_unit_test(a_chain_made_anew_is_found_by_the_checkpoint),
        cmocka_unit_test(a_forged_checkpoint_is_found),
        cmocka_unit_test(checkpoints_come_when_they_are_due),
        cmocka_unit_test(the_keeper_signs_when_it_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
