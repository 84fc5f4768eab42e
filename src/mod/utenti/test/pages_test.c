/* The pages of one's own account, walked through as a browser does. */
#include "mod/utenti/test/web.h"

#include <ctype.h>
#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define P "cavallo+batteria+graffetta"

/* ---- coming in -------------------------------------------------------------------------- */

static void without_login_one_is_sent_there(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    assert_string_equal(b.w.location, "/entra?dopo=%2Fprofilo");
    test_get(&b.w, b.w.location);
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "value=\"/profilo\"");
    assert_has(b.w.body, "autocomplete=\"current-password\"");
    assert_has_not(b.w.body, "/esci");
    web_bench_close(&b);
}

static void a_login_leads_where_one_wanted_to_go(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    test_post(&b.w, "/entra?dopo=%2Fprofilo", "/entra",
              "nome=anna.rossi&password=" P "&codice=&dopo=%2Fprofilo");
    assert_int_equal(b.w.status, 303);
    assert_string_equal(b.w.location, "/profilo");
    assert_has(test_header(&b.w, "Set-Cookie"), "HttpOnly");
    assert_has(test_header(&b.w, "Set-Cookie"), "SameSite");
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "Anna Rossi");
    assert_has(b.w.body, "127.0.0.0/24");
    test_get(&b.w, "/entra"); /* already inside */
    assert_int_equal(b.w.status, 303);
    web_bench_close(&b);
}

static void nobody_is_led_to_another_site(void **state)
{
    (void)state;
    static const char *const bad[] = {"https%3A%2F%2Fmale.example%2F", "%2F%2Fmale.example",
                                      "%2F%5Cmale.example", "javascript%3Aalert(1)"};
    struct bench_web b;
    char form[300];
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        b.w.cookies[0] = '\0';
        snprintf(form, sizeof form, "nome=anna.rossi&password=" P "&codice=&dopo=%s", bad[i]);
        test_post(&b.w, "/entra", "/entra", form);
        assert_int_equal(b.w.status, 303);
        assert_string_equal(b.w.location, "/");
    }
    web_bench_close(&b);
}

static void a_wrong_login_keeps_the_name_and_not_the_password(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    test_post(&b.w, "/entra", "/entra",
              "nome=anna.rossi&password=la+parola+segreta&codice=&dopo=%2Fprofilo");
    assert_int_equal(b.w.status, 422);
    assert_has(b.w.body, "Nome utente o password non corretti.");
    assert_has(b.w.body, "value=\"anna.rossi\"");
    assert_has(b.w.body, "value=\"/profilo\"");
    assert_has_not(b.w.body, "segreta");
    assert_int_equal(web_count(&b, "SELECT count(*) FROM tentativo"), 2);
    assert_int_equal(web_count(&b, "SELECT count(*) FROM audit WHERE esito = 'negato'"), 1);
    assert_int_equal(web_count(&b, "SELECT count(*) FROM sessione"), 0);
    web_bench_close(&b);
}

static void empty_and_hostile_logins_are_answered(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "nome=&password=&codice=&dopo=",
        "nome=%3Cscript%3E&password=x&codice=&dopo=",
        "nome=%27+OR+1%3D1--&password=%27&codice=%27&dopo=%27",
        "nome=%C3%A8%E2%80%99&password=%C3%A8&codice=&dopo=",
    };
    struct bench_web b;
    web_bench_open(&b);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        test_post(&b.w, "/entra", "/entra", forms[i]);
        assert_int_equal(b.w.status, 422);
        assert_has_not(b.w.body, "<script>x");
        assert_has_not(b.w.body, "value=\"<script>");
    }
    /* a field that is not in the form */
    test_post(&b.w, "/entra", "/entra", "nome=a&password=b&codice=&dopo=&ruolo=amministratore");
    assert_int_equal(b.w.status, 400);
    web_bench_close(&b);
}

static void a_login_needs_its_own_token(void **state)
{
    (void)state;
    struct bench_web b;
    static const char body[] = "csrf=x&nome=anna.rossi&password=" P "&codice=&dopo=";
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    test_post_raw(&b.w, "/entra", "application/x-www-form-urlencoded", body, sizeof body - 1);
    assert_int_equal(b.w.status, 403);
    web_bench_close(&b);
}

static void the_cookie_of_before_is_not_taken_over(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    strcpy(b.w.cookies, "zonale=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    test_post(&b.w, "/entra", "/entra", "nome=anna.rossi&password=" P "&codice=&dopo=");
    assert_int_equal(b.w.status, 303);
    assert_has_not(b.w.cookies, "zonale=AAAA");
    web_bench_close(&b);
}

static void going_out_ends_the_session_on_the_server(void **state)
{
    (void)state;
    struct bench_web b;
    char old[1024];
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    strcpy(old, b.w.cookies);
    test_post(&b.w, "/profilo", "/esci", "");
    assert_int_equal(b.w.status, 303);
    assert_string_equal(b.w.location, "/entra");
    strcpy(b.w.cookies, old); /* the thief's copy */
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    assert_int_equal(
        web_count(&b, "SELECT count(*) FROM audit WHERE rotta = 'POST /esci' AND chi = 'Anna "
                      "Rossi'"),
        1);
    web_bench_close(&b);
}

static void an_idle_session_ends(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    for (int i = 0; i < 5; i++) { /* each page pushes the limit */
        web_later(29 * 60);
        test_get(&b.w, "/profilo");
        assert_int_equal(b.w.status, 200);
    }
    web_later(31 * 60);
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    web_bench_close(&b);
}

/* ---- the password ----------------------------------------------------------------------- */

static void the_first_password_must_be_changed(void **state)
{
    (void)state;
    struct bench_web b;
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", false);
    web_login(&b, "anna.rossi");
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    char page[600];
    snprintf(page, sizeof page, "%s", b.w.location);
    assert_string_equal(page, "/password?dopo=%2Fprofilo");
    test_get(&b.w, page); /* it goes on to where he wanted to go */
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "name=\"dopo\" value=\"/profilo\"");
    static const struct {
        const char *form, *says;
    } bad[] = {
        {"attuale=" P "&nuova=corta&ripeti=corta", "Usa almeno 12 caratteri"},
        {"attuale=" P "&nuova=password2025&ripeti=password2025", "tra le password pi"},
        {"attuale=" P "&nuova=rossi+sul+monte&ripeti=rossi+sul+monte", "Contiene il tuo nome"},
        {"attuale=" P "&nuova=" P "&ripeti=" P, "stessa di prima"},
        {"attuale=" P "&nuova=tre+pecore+sul+monte&ripeti=tre+pecore+sul+mont", "Non è uguale"},
        {"attuale=sbagliata&nuova=tre+pecore+sul+monte&ripeti=tre+pecore+sul+monte",
         "La password non è corretta"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        test_post(&b.w, "/password", "/password", bad[i].form);
        assert_int_equal(b.w.status, 422);
        assert_has(b.w.body, bad[i].says);
        assert_has_not(b.w.body, "pecore");
    }
    test_post(&b.w, page, "/password",
              "attuale=" P "&nuova=tre+pecore+sul+monte&ripeti=tre+pecore+sul+monte"
              "&dopo=%2Fprofilo");
    assert_int_equal(b.w.status, 303);
    assert_string_equal(b.w.location, "/profilo");
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "La password è cambiata");
    b.w.cookies[0] = '\0';
    test_post(&b.w, "/entra", "/entra", "nome=anna.rossi&password=" P "&codice=&dopo=");
    assert_int_equal(b.w.status, 422);
    test_post(&b.w, "/entra", "/entra",
              "nome=anna.rossi&password=tre+pecore+sul+monte&codice=&dopo=");
    assert_int_equal(b.w.status, 303);
    web_bench_close(&b);
}

static void changing_the_password_closes_the_other_sessions(void **state)
{
    (void)state;
    struct bench_web b;
    char other[1024], before[1024];
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    strcpy(other, b.w.cookies);
    web_login(&b, "anna.rossi");
    strcpy(before, b.w.cookies);
    test_post(&b.w, "/password", "/password",
              "attuale=" P "&nuova=tre+pecore+sul+monte&ripeti=tre+pecore+sul+monte");
    assert_int_equal(b.w.status, 303);
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 200);
    strcpy(b.w.cookies, other);
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    strcpy(b.w.cookies, before); /* a copy of the own cookie, from before */
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    web_bench_close(&b);
}

/* ---- second factor ---------------------------------------------------------------------- */

/* The key as the page shows it, decoded by the reference library. */
static const char *code_of(struct bench_web *b, const char *key)
{
    char *secret, *code = arena_alloc(&b->w.db.arena, 7);
    size_t size;
    assert_int_equal(oath_base32_decode(key, strlen(key), &secret, &size), OATH_OK);
    assert_int_equal(
        oath_totp_generate(secret, size, (time_t)(b->w.db.cx.now.us / 1000000), 30, 0, 6, code),
        OATH_OK);
    free(secret);
    return code;
}

static const char *key_shown(struct bench_web *b)
{
    const char *at = strstr(b->w.body, "class=\"z-code\">");
    assert_non_null(at);
    at += strlen("class=\"z-code\">");
    return arena_strndup(&b->w.db.arena, at, strcspn(at, "<"));
}

static void the_second_factor_is_switched_on_and_asked(void **state)
{
    (void)state;
    struct bench_web b;
    char form[300];
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    test_post(&b.w, "/profilo/verifica", "/profilo/verifica", "");
    assert_int_equal(b.w.status, 303);
    test_get(&b.w, "/profilo/verifica");
    assert_has(b.w.body, "<svg ");
    const char *key = key_shown(&b);
    test_post(&b.w, "/profilo/verifica", "/profilo/verifica/attiva", "codice=000000");
    assert_int_equal(b.w.status, 422);
    snprintf(form, sizeof form, "codice=%s", code_of(&b, key));
    test_post(&b.w, "/profilo/verifica", "/profilo/verifica/attiva", form);
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "non saranno più mostrati");
    const char *recovery = key_shown(&b);
    assert_int_equal(strlen(recovery), 11);
    /* the key is not shown again */
    test_get(&b.w, "/profilo/verifica");
    assert_has_not(b.w.body, key);
    assert_has_not(b.w.body, "<svg xmlns");

    b.w.cookies[0] = '\0';
    test_post(&b.w, "/entra", "/entra", "nome=anna.rossi&password=" P "&codice=&dopo=");
    assert_int_equal(b.w.status, 422);
    assert_has(b.w.body, "Inserisci anche il codice");
    snprintf(form, sizeof form, "nome=anna.rossi&password=" P "&codice=%s&dopo=", code_of(&b, key));
    test_post(&b.w, "/entra", "/entra", form); /* the code that switched it on: used */
    assert_int_equal(b.w.status, 422);
    snprintf(form, sizeof form, "nome=anna.rossi&password=" P "&codice=%s&dopo=", recovery);
    test_post(&b.w, "/entra", "/entra", form);
    assert_int_equal(b.w.status, 303);
    test_get(&b.w, "/profilo");
    assert_has(b.w.body, "non ancora usati: 9");
    test_post(&b.w, "/profilo/verifica", "/profilo/verifica/togli", "");
    assert_int_equal(b.w.status, 303);
    web_login(&b, "anna.rossi");
    web_bench_close(&b);
}

static void what_is_delicate_asks_for_the_password_again(void **state)
{
    (void)state;
    struct bench_web b;
    char old[1024];
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_login(&b, "anna.rossi");
    web_later(16 * 60);
    test_get(&b.w, "/profilo/verifica");
    assert_int_equal(b.w.status, 303);
    assert_string_equal(b.w.location, "/conferma?dopo=%2Fprofilo%2Fverifica");
    test_post(&b.w, b.w.location, "/conferma", "password=sbagliata&dopo=%2Fprofilo%2Fverifica");
    assert_int_equal(b.w.status, 422);
    strcpy(old, b.w.cookies);
    test_post(&b.w, "/conferma", "/conferma", "password=" P "&dopo=%2Fprofilo%2Fverifica");
    assert_int_equal(b.w.status, 303);
    assert_string_equal(b.w.location, "/profilo/verifica");
    test_get(&b.w, "/profilo/verifica");
    assert_int_equal(b.w.status, 200);
    strcpy(b.w.cookies, old); /* a new token with the confirmation */
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    web_bench_close(&b);
}

/* ---- sessions --------------------------------------------------------------------------- */

static void other_sessions_are_closed_from_the_profile(void **state)
{
    (void)state;
    struct bench_web b;
    char first[1024], path[100];
    web_bench_open(&b);
    web_user(&b, "anna.rossi", "Anna Rossi", "assistente", true);
    web_user(&b, "bruno", "Bruno Bianchi", "assistente", true);
    web_login(&b, "anna.rossi");
    strcpy(first, b.w.cookies);
    web_later(1);
    web_login(&b, "anna.rossi");
    test_get(&b.w, "/profilo");
    const char *at = strstr(b.w.body, "/profilo/sessioni/");
    assert_non_null(at);
    snprintf(path, sizeof path, "%.*s", (int)strcspn(at, "\""), at);
    /* by somebody else: nothing happens */
    char mine[1024];
    strcpy(mine, b.w.cookies);
    web_login(&b, "bruno");
    test_post(&b.w, "/profilo", path, "");
    strcpy(b.w.cookies, first);
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 200);
    strcpy(b.w.cookies, mine);
    test_post(&b.w, "/profilo", path, "");
    assert_int_equal(b.w.status, 303);
    strcpy(b.w.cookies, first);
    test_get(&b.w, "/profilo");
    assert_int_equal(b.w.status, 303);
    web_bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_login_one_is_sent_there),
        cmocka_unit_test(a_login_leads_where_one_wanted_to_go),
        cmocka_unit_test(nobody_is_led_to_another_site),
        cmocka_unit_test(a_wrong_login_keeps_the_name_and_not_the_password),
        cmocka_unit_test(empty_and_hostile_logins_are_answered),
        cmocka_unit_test(a_login_needs_its_own_token),
        cmocka_unit_test(the_cookie_of_before_is_not_taken_over),
        cmocka_unit_test(going_out_ends_the_session_on_the_server),
        cmocka_unit_test(an_idle_session_ends),
        cmocka_unit_test(the_first_password_must_be_changed),
        cmocka_unit_test(changing_the_password_closes_the_other_sessions),
        cmocka_unit_test(the_second_factor_is_switched_on_and_asked),
        cmocka_unit_test(what_is_delicate_asks_for_the_password_again),
        cmocka_unit_test(other_sessions_are_closed_from_the_profile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
