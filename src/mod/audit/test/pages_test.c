/* The register as the auditor reads it. */
#include "mod/audit/audit.h"
#include "mod/utenti/test/web.h"

#include <stdio.h>
#include <string.h>

struct reads {
    int count;
    const char *chi;
};

static bool read_many(struct cx *cx, void *data)
{
    const struct reads *reads = data;
    for (int i = 0; i < reads->count; i++) {
        struct audit_row row = {.chi = reads->chi,
                                .ambito = {1},
                                .utente = {77},
                                .ruolo = "assistente",
                                .azione = i % 2 == 0 ? "leggi" : "modifica",
                                .oggetto = "cartella",
                                .oggetto_id = {1000 + i % 3},
                                .regola = "equipe"};
        if (!audit_append(cx, &row))
            return false;
    }
    return true;
}

static void bench_fill(struct bench_web *b)
{
    web_bench_open(b);
    web_user(b, "revisore", "Renata Visori", "revisore", true);
    web_user(b, "anna.rossi", "Anna Rossi", "assistente", true);
    test_write(&b->w.db, read_many, &(struct reads){60, "Élodie D’Amèlio <b>"});
}

static void the_auditor_finds_who_read_a_record(void **state)
{
    (void)state;
    struct bench_web b;
    bench_fill(&b);
    web_login(&b, "revisore");
    test_get(&b.w, "/registro");
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "Élodie D’Amèlio &lt;b&gt;");
    assert_has_not(b.w.body, "<b>");
    assert_has(b.w.body, "rel=\"next\"");
    char path[100], id[ID_TEXT];
    snprintf(path, sizeof path, "/registro?oggetto=%s&azione=modifica",
             id_text((struct id){1001}, id));
    test_get(&b.w, path);
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "10 in tutto");
    test_get(&b.w, "/registro?chi=Renata+Visori&azione=entra");
    assert_has(b.w.body, "1 in tutto");
    test_get(&b.w, "/registro?oggetto=non-un-codice");
    assert_int_equal(b.w.status, 200);
    assert_has(b.w.body, "Nessun risultato");
    test_get(&b.w, "/registro?dal=99%2F99%2F2025");
    assert_true(b.w.status == 422 || b.w.status == 400 || b.w.status == 200);
    test_get(&b.w, "/registro?esito=forse");
    assert_true(b.w.status == 422 || b.w.status == 400 || b.w.status == 200);
    web_bench_close(&b);
}

static void reading_the_register_is_in_the_register(void **state)
{
    (void)state;
    struct bench_web b;
    bench_fill(&b);
    web_login(&b, "revisore");
    test_get(&b.w, "/registro");
    assert_int_equal(
        web_count(&b, "SELECT count(*) FROM audit WHERE rotta = 'GET /registro' AND chi = 'Renata "
                      "Visori'"),
        1);
    web_bench_close(&b);
}

static void nobody_else_comes_in(void **state)
{
    (void)state;
    struct bench_web b;
    bench_fill(&b);
    web_user(&b, "capo", "Carla Capo", "amministratore", true);
    static const char *const who[] = {"anna.rossi", "capo"};
    for (size_t i = 0; i < 2; i++) {
        web_login(&b, who[i]);
        test_get(&b.w, "/registro");
        assert_int_equal(b.w.status, 404);
        assert_has_not(b.w.body, "Amèlio");
        test_get(&b.w, "/registro/verifica");
        assert_int_equal(b.w.status, 404);
    }
    web_bench_close(&b);
}

static void the_chain_is_verified_by_a_button(void **state)
{
    (void)state;
    struct bench_web b;
    bench_fill(&b);
    web_login(&b, "revisore");
    test_post(&b.w, "/registro/verifica", "/registro/verifica", "");
    assert_int_equal(b.w.status, 303);
    test_get(&b.w, "/registro/verifica");
    assert_has(b.w.body, "Integro");
    assert_has(b.w.body, "Renata Visori");
    web_bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_auditor_finds_who_read_a_record),
        cmocka_unit_test(reading_the_register_is_in_the_register),
        cmocka_unit_test(nobody_else_comes_in),
        cmocka_unit_test(the_chain_is_verified_by_a_button),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
