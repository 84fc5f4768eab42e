/* Logging in, and the life of a session. */
#include "mod/utenti/test/bench.h"

#include "mod/audit/store.h"
#include "mod/utenti/statements.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- login ------------------------------------------------------------------------------ */

static void a_login_opens_a_session(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_OK);
    const struct web_session *session = bench_session(&bench, token);
    assert_non_null(session);
    assert_int_equal(session->who.utente.n, anna.n);
    assert_int_equal(session->who.ruolo, RUOLO_ASSISTENTE);
    assert_int_equal(session->who.ambito.n, 1);
    assert_int_equal(session->who.ente.n, 1);
    assert_string_equal(session->who.nome, "Anna Rossi");
    assert_int_equal(strlen(session->csrf), 43);
    assert_false(session->password_to_change);
    assert_string_not_equal(session->csrf, token);
    /* also with capitals and spaces around */
    assert_int_equal(bench_login(&bench, "  Anna.ROSSI ", BENCH_PASSWORD, "", &token), ACCESSO_OK);
    bench_close(&bench);
}

static void a_wrong_login_opens_nothing(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {{"anna.rossi", "cavallo batteria graffett"},
                                           {"anna.rossi", ""},
                                           {"bruno", BENCH_PASSWORD},
                                           {"", BENCH_PASSWORD},
                                           {"anna.rossi' OR '1'='1", BENCH_PASSWORD},
                                           {"anna.rossi\xc3\xa9", BENCH_PASSWORD}};
    struct bench bench;
    const char *token;
    bench_open(&bench);
    bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(bench_login(&bench, wrong[i][0], wrong[i][1], NULL, &token),
                         ACCESSO_WRONG);
        assert_null(token);
    }
    static const char *const no_token[] = {"", "x", "zonale", "../..", "'"};
    for (size_t i = 0; i < sizeof no_token / sizeof *no_token; i++)
        assert_null(bench_session(&bench, no_token[i]));
    bench_close(&bench);
}

static void failures_make_one_wait_and_no_more(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    for (int i = 0; i < 6; i++) {
        bench_later(&bench, 10);
        assert_int_equal(bench_login(&bench, "anna.rossi", "sbagliata", NULL, &token),
                         ACCESSO_WRONG);
    }
    /* after 6 failures: 4 seconds, also with the right password, also for who does not exist */
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_WAIT);
    bench_later(&bench, 3);
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_WAIT);
    bench_later(&bench, 1);
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_OK);
    /* and the count begins anew */
    assert_int_equal(bench_login(&bench, "anna.rossi", "sbagliata", NULL, &token), ACCESSO_WRONG);
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_OK);
    bench_close(&bench);
}

static void unknown_names_wait_like_known_ones(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    for (int i = 0; i < 5; i++)
        bench_login(&bench, "nessuno", "sbagliata", NULL, &token);
    assert_int_equal(bench_login(&bench, "nessuno", "sbagliata", NULL, &token), ACCESSO_WAIT);
    bench_close(&bench);
}

static void a_network_that_tries_many_names_waits(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    for (int i = 0; i < 21; i++)
        bench_login(&bench, arena_printf(&bench.t.arena, "nome%d", i), "x", NULL, &token);
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_WAIT);
    bench_later(&bench, 25 * 3600); /* forgotten after a day */
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_OK);
    bench_close(&bench);
}

/* Work of this thread, not time on the wall: the machine may be busy. */
static int64_t check_us(struct bench *bench, const char *nome)
{
    struct timespec a, b;
    struct accesso accesso;
    test_read(&bench->t);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
    TEST_OK(&bench->t.cx, accesso_check(&bench->t.cx, nome, "sbagliata", NULL, "r", &accesso));
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
    test_read_end(&bench->t);
    return (int64_t)(b.tv_sec - a.tv_sec) * 1000000 + (b.tv_nsec - a.tv_nsec) / 1000;
}

static void who_does_not_exist_costs_the_same(void **state)
{
    (void)state;
    struct bench bench;
    int64_t known = INT64_MAX, unknown = INT64_MAX;
    bench_open(&bench);
    bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    for (int i = 0; i < 4; i++) { /* the best of each: the machine is busy */
        int64_t us = check_us(&bench, "anna.rossi");
        known = us < known ? us : known;
        us = check_us(&bench, "bruno");
        unknown = us < unknown ? us : unknown;
    }
    print_message("# noto %lld us, ignoto %lld us\n", (long long)known, (long long)unknown);
    assert_true(unknown > 5000); /* Argon2id was run */
    assert_in_range(unknown * 100 / known, 50, 200);
    bench_close(&bench);
}

static int64_t register_rows(struct bench *bench, const char *esito)
{
    struct db_sql sql = {"conta", "SELECT count(*) FROM audit WHERE azione = 'entra' AND oggetto = "
                                  "'sessione' AND esito = $1"};
    int64_t count;
    test_read(&bench->t);
    TEST_OK(&bench->t.cx, db_int(&bench->t.cx, &sql, DB_ARGS(esito), &count));
    test_read_end(&bench->t);
    return count;
}

static void every_login_is_in_the_register(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    bench_login(&bench, "anna.rossi", "sbagliata", NULL, &token);
    bench_login(&bench, "la mia password segreta", "x", NULL, &token);
    bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token);
    assert_int_equal(register_rows(&bench, "negato"), 2);
    assert_int_equal(register_rows(&bench, "permesso"), 1);
    /* a password typed as a name is nowhere */
    static const char *const where[] = {
        "SELECT count(*) FROM audit WHERE chi LIKE '%segreta%' OR dettaglio LIKE '%segreta%'",
        "SELECT count(*) FROM tentativo WHERE chiave LIKE '%segreta%'"};
    for (size_t i = 0; i < 2; i++) {
        struct db_sql sql = {"cerca", where[i]};
        int64_t count;
        test_read(&bench.t);
        TEST_OK(&bench.t.cx, db_int(&bench.t.cx, &sql, DB_NO_ARGS, &count));
        test_read_end(&bench.t);
        assert_int_equal(count, 0);
    }
    struct audit_verdict verdict;
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, audit_verify(&bench.t.cx, &verdict, NULL, NULL));
    test_read_end(&bench.t);
    assert_null(verdict.motivo);
    bench_close(&bench);
}

/* ---- the life of a session -------------------------------------------------------------- */

static bool touch(struct cx *cx, void *data)
{
    return utenti_host.session_touch(cx, data);
}

static void sessions_end_when_idle_and_after_a_day_of_work(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token);
    bench_later(&bench, 30 * 60 - 1);
    assert_non_null(bench_session(&bench, token));
    bench_later(&bench, 1);
    assert_null(bench_session(&bench, token));

    bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token);
    for (int i = 0; i < 24; i++) { /* always busy: 9 hours and 36 minutes */
        bench_later(&bench, 24 * 60);
        const struct web_session *session = bench_session(&bench, token);
        assert_non_null(session);
        struct web_session copy = *session;
        test_write(&bench.t, touch, &copy);
    }
    bench_later(&bench, 24 * 60);
    assert_null(bench_session(&bench, token));
    bench_close(&bench);
}

static bool disable(struct cx *cx, void *data)
{
    struct utente_rifiuto rifiuto;
    return utente_disable(cx, *(struct id *)data, &rifiuto);
}

static bool enable(struct cx *cx, void *data)
{
    return utente_enable(cx, *(struct id *)data);
}

static void who_is_disabled_is_out_at_once(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token);
    test_write(&bench.t, disable, &anna);
    assert_null(bench_session(&bench, token));
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token),
                     ACCESSO_WRONG);
    test_write(&bench.t, enable, &anna);
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_OK);
    bench_close(&bench);
}

static bool end_role(struct cx *cx, void *data)
{
    struct list list;
    struct utente_rifiuto rifiuto;
    if (!incarico_list(cx, *(struct id *)data, &list))
        return false;
    struct incarico *incarico = list.items;
    return incarico_end(cx, incarico->id, cx->today, &rifiuto);
}

static void whose_role_has_ended_is_out(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    struct id anna = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token);
    test_write(&bench.t, end_role, &anna);
    assert_null(bench_session(&bench, token));
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token), ACCESSO_ROLE);
    bench_close(&bench);
}

static void tokens_are_not_in_the_database(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token);
    struct bytes hash = vault_token_hash(&bench.t.cx, token);
    struct db_sql sql = {"conta",
                         "SELECT count(*) FROM sessione WHERE impronta = $1 AND csrf <> $2"};
    int64_t count;
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, db_int(&bench.t.cx, &sql, DB_ARGS(hash, token), &count));
    test_read_end(&bench.t);
    assert_int_equal(count, 1);
    bench_close(&bench);
}

static void every_statement_is_understood(void **state)
{
    (void)state;
    struct bench bench;
    const struct db_registry *const registries[] = {&utenti_registry, NULL};
    bench_open(&bench);
    test_read(&bench.t);
    TEST_OK(&bench.t.cx, db_prepare_all(&bench.t.cx, registries));
    test_read_end(&bench.t);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_is_understood),
        cmocka_unit_test(a_login_opens_a_session),
        cmocka_unit_test(a_wrong_login_opens_nothing),
        cmocka_unit_test(failures_make_one_wait_and_no_more),
        cmocka_unit_test(unknown_names_wait_like_known_ones),
        cmocka_unit_test(a_network_that_tries_many_names_waits),
        cmocka_unit_test(who_does_not_exist_costs_the_same),
        cmocka_unit_test(every_login_is_in_the_register),
        cmocka_unit_test(sessions_end_when_idle_and_after_a_day_of_work),
        cmocka_unit_test(who_is_disabled_is_out_at_once),
        cmocka_unit_test(whose_role_has_ended_is_out),
        cmocka_unit_test(tokens_are_not_in_the_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
