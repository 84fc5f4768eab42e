/* What is a user's own: the second factor, drafts, saved views. */
#include "mod/utenti/test/bench.h"

#include "mod/utenti/statements.h"
#include "mod/utenti/totp.h"

#include <liboath/oath.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- second factor ---------------------------------------------------------------------- */

struct enrol {
    struct id utente;
    struct bytes sealed;
    const char *code;
};

static bool enrol(struct cx *cx, void *data)
{
    struct enrol *enrol = data;
    struct id ambito = {1};
    enrol->code = recupero_new(cx);
    return totp_new(cx, enrol->utente, ambito, &enrol->sealed) &&
           totp_set(cx, enrol->utente, enrol->sealed, true) &&
           recupero_insert(cx, ambito, enrol->utente,
                           recupero_index(cx, ambito, recupero_clean(cx, enrol->code)));
}

/* By the reference library, from the secret that the user would type. */
static const char *code_at(struct bench *bench, const struct enrol *enrol, int64_t seconds)
{
    struct vault_place place = {"utente", "totp_chiuso", enrol->utente, {1}};
    struct bytes secret;
    char *code = arena_alloc(&bench->t.arena, 7);
    TEST_OK(&bench->t.cx, vault_unseal(&bench->t.cx, NULL, &place, enrol->sealed, &secret));
    assert_int_equal(secret.size, 20);
    assert_int_equal(oath_totp_generate((const char *)secret.data, secret.size,
                                        (time_t)(bench->t.cx.now.us / 1000000 + seconds), 30, 0, 6,
                                        code),
                     OATH_OK);
    return code;
}

static void a_code_counts_once(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    struct enrol who = {.utente = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente")};
    test_write(&bench.t, enrol, &who);
    const char *p = BENCH_PASSWORD;
    assert_int_equal(bench_login(&bench, "anna.rossi", p, NULL, &token), ACCESSO_CODE);
    assert_int_equal(bench_login(&bench, "anna.rossi", p, "000000", &token), ACCESSO_REPLAY);
    assert_int_equal(bench_login(&bench, "anna.rossi", p, "abc", &token), ACCESSO_REPLAY);
    assert_null(token);
    const char *now = code_at(&bench, &who, 0);
    assert_int_equal(bench_login(&bench, "anna.rossi", p, now, &token), ACCESSO_OK);
    assert_non_null(bench_session(&bench, token));
    assert_int_equal(bench_login(&bench, "anna.rossi", p, now, &token), ACCESSO_REPLAY);
    /* nor one of a step before */
    assert_int_equal(bench_login(&bench, "anna.rossi", p, code_at(&bench, &who, -30), &token),
                     ACCESSO_REPLAY);
    bench_later(&bench, 60);
    assert_int_equal(bench_login(&bench, "anna.rossi", p, code_at(&bench, &who, 0), &token),
                     ACCESSO_OK);
    /* a wrong password is not helped by the code */
    bench_later(&bench, 60);
    assert_int_equal(bench_login(&bench, "anna.rossi", "x", code_at(&bench, &who, 0), &token),
                     ACCESSO_WRONG);
    bench_close(&bench);
}

static void a_recovery_code_counts_once(void **state)
{
    (void)state;
    struct bench bench;
    const char *token;
    bench_open(&bench);
    struct enrol who = {.utente = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente")};
    test_write(&bench.t, enrol, &who);
    assert_int_equal(strlen(who.code), 11);
    char typed[16];
    snprintf(typed, sizeof typed, " %.5s%s", who.code, who.code + 6); /* without the hyphen */
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, typed, &token), ACCESSO_OK);
    assert_int_equal(bench_login(&bench, "anna.rossi", BENCH_PASSWORD, who.code, &token),
                     ACCESSO_REPLAY);
    bench_close(&bench);
}

struct twice {
    struct accesso first, second;
    const char *tokens[2];
};

static bool keep_both(struct cx *cx, void *data)
{
    struct twice *twice = data;
    return accesso_keep(cx, &twice->first, &twice->tokens[0]) &&
           accesso_keep(cx, &twice->second, &twice->tokens[1]);
}

/* Two requests with one code, both checked before either is kept. */
static void one_code_opens_one_session_of_two(void **state)
{
    (void)state;
    struct bench bench;
    struct twice twice;
    bench_open(&bench);
    struct enrol who = {.utente = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente")};
    test_write(&bench.t, enrol, &who);
    const char *now = code_at(&bench, &who, 0);
    test_read(&bench.t);
    TEST_OK(&bench.t.cx,
            accesso_check(&bench.t.cx, "anna.rossi", BENCH_PASSWORD, now, "r", &twice.first));
    TEST_OK(&bench.t.cx,
            accesso_check(&bench.t.cx, "anna.rossi", BENCH_PASSWORD, now, "r", &twice.second));
    test_read_end(&bench.t);
    test_write(&bench.t, keep_both, &twice);
    assert_non_null(twice.tokens[0]);
    assert_null(twice.tokens[1]);
    assert_int_equal(twice.second.esito, ACCESSO_REPLAY);
    bench_close(&bench);
}

static void the_qr_code_is_drawn(void **state)
{
    (void)state;
    struct bench bench;
    const char *typed, *svg;
    bench_open(&bench);
    struct enrol who = {.utente = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente")};
    test_write(&bench.t, enrol, &who);
    TEST_OK(&bench.t.cx, totp_show(&bench.t.cx, who.utente, (struct id){1}, who.sealed,
                                   "anna.rossi", &typed, &svg));
    assert_int_equal(strlen(typed), 39); /* 32 letters in eight groups */
    assert_int_equal(strncmp(svg, "<svg ", 5), 0);
    assert_string_equal(svg + strlen(svg) - 6, "</svg>");
    bench_close(&bench);
}

/* ---- drafts ----------------------------------------------------------------------------- */

static bool save_draft(struct cx *cx, void *data)
{
    return utenti_host.draft_save(cx, "/cartelle/1/diario", data);
}

static void drafts_are_sealed_and_come_back(void **state)
{
    (void)state;
    struct bench bench;
    const char *back;
    char text[] = "testo=colloquio+con+la+madre";
    bench_open(&bench);
    bench.t.who.utente = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    struct cx *cx = &bench.t.cx;
    test_write(&bench.t, save_draft, text);
    test_read(&bench.t);
    TEST_OK(cx, utenti_host.draft_load(cx, "/cartelle/1/diario", &back));
    assert_string_equal(back, text);
    TEST_OK(cx, utenti_host.draft_load(cx, "/cartelle/2/diario", &back));
    assert_null(back);
    struct id anna = bench.t.who.utente;
    bench.t.who.utente = (struct id){99}; /* somebody else */
    TEST_OK(cx, utenti_host.draft_load(cx, "/cartelle/1/diario", &back));
    assert_null(back);
    test_read_end(&bench.t);
    bench.t.who.utente = anna;
    test_write(&bench.t, save_draft, NULL);
    test_read(&bench.t);
    TEST_OK(cx, utenti_host.draft_load(cx, "/cartelle/1/diario", &back));
    assert_null(back);
    test_read_end(&bench.t);
    bench_close(&bench);
}

static bool save_views(struct cx *cx, void *data)
{
    return utenti_host.draft_save(cx, "viste:persone", data);
}

static void old_drafts_go_and_saved_filters_stay(void **state)
{
    (void)state;
    struct bench bench;
    const char *back, *token;
    char text[] = "testo=colloquio";
    bench_open(&bench);
    bench.t.who.utente = bench_user(&bench, "anna.rossi", "Anna Rossi", "assistente");
    test_write(&bench.t, save_draft, text);
    test_write(&bench.t, save_views, text);
    bench_later(&bench, 15 * 86400);
    for (int i = 0; i < 2; i++) {
        test_read(&bench.t);
        TEST_OK(&bench.t.cx, utenti_host.draft_load(&bench.t.cx, "/cartelle/1/diario", &back));
        assert_null(back);
        TEST_OK(&bench.t.cx, utenti_host.draft_load(&bench.t.cx, "viste:persone", &back));
        assert_string_equal(back, text);
        test_read_end(&bench.t);
        bench_login(&bench, "anna.rossi", BENCH_PASSWORD, NULL, &token); /* cleans up */
    }
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_counts_once),
        cmocka_unit_test(a_recovery_code_counts_once),
        cmocka_unit_test(one_code_opens_one_session_of_two),
        cmocka_unit_test(the_qr_code_is_drawn),
        cmocka_unit_test(drafts_are_sealed_and_come_back),
        cmocka_unit_test(old_drafts_go_and_saved_filters_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
