/* The pages of the room, through a real socket. */
#include "kit/web/test/support.h"

#include "mod/audit/store.h"
#include "mod/enti/enti.h"
#include "mod/enti/store.h"
#include "mod/persone/persone.h"
#include "mod/persone/store.h"
#include "mod/rette/inside.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&audit_schema,   &enti_schema,  &utenti_schema,
                                                  &persone_schema, &rette_schema, NULL};

static const struct web_route *const tables[] = {rette_routes, NULL};
static struct test_web t;
static struct id maria;

static bool build(struct cx *cx, void *data)
{
    struct id *ambito = data;
    struct who who = *cx->who;
    if (!ambito_create(cx, "A1", "Valle Seriana Superiore", ambito))
        return false;
    who.ambito = *ambito;
    struct cx inside = *cx;
    inside.who = &who;
    struct persona persona = {
        .cognome = "D’Amèlio", .nome = "Maria", .nascita = DAY_NONE, .morte = DAY_NONE};
    bool done = enti_demo(&inside) && rette_demo(&inside) && persona_save(&inside, &persona);
    maria = persona.id;
    cx->err = inside.err;
    return done;
}

static int start(void **state)
{
    (void)state;
    test_web_open(&t, &(struct test_web_parts){.schemas = schemas, .routes = tables});
    test_write(&t.db, build, &test_host()->who.ambito);
    t.db.who.ambito = test_host()->who.ambito;
    test_host()->who.ruolo = RUOLO_UFFICIO_PIANO;
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_web_close(&t);
    return 0;
}

/* "/rette/<id>" of the plan in force for a service's variant. */
static const char *plan_path(const char *servizio, const char *variante, const char *tail)
{
    static char path[200];
    struct piano piano;
    bool festivo, found;
    char id[ID_TEXT];
    test_read(&t.db);
    TEST_OK(&t.db.cx, piano_in_force(&t.db.cx, servizio, variante, day_of(2025, 3, 10), &piano,
                                     &festivo, &found));
    test_read_end(&t.db);
    assert_true(found);
    snprintf(path, sizeof path, "/rette/%s%s", id_text(piano.id, id), tail);
    return path;
}

static void plans_are_listed_and_filtered(void **state)
{
    (void)state;
    test_get(&t, "/rette");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "modulo formativo");
    test_get(&t, "/rette?servizio=SAD");
    assert_has(t.body, "feriale");
    assert_has_not(t.body, "modulo formativo");
    test_get(&t, "/rette?giorno=31/12/2024");
    assert_has(t.body, "Nessuna riga corrisponde");
}

static void a_plan_shows_its_bands(void **state)
{
    (void)state;
    test_get(&t, plan_path("SAD", "feriale", ""));
    assert_int_equal(t.status, 200);
    assert_has(t.body, "4.500,01");
    assert_has(t.body, ">2,73<");
    assert_has(t.body, "in vigore");
    assert_has(t.body, "Tariffe 2025");
    test_get(&t, plan_path("CSE", "lineare", ""));
    assert_has(t.body, "320,00 + (ISEE − 0,00) × (500,00 − 320,00) ÷ (22.000,00 − 0,00)");
}

static void a_trial_says_why(void **state)
{
    (void)state;
    test_get(&t,
             plan_path("SAD", "feriale", "?isee=6.000,00&giorno=10/03/2025&festivo=1&calcola=1"));
    assert_int_equal(t.status, 200);
    assert_has(t.body, "<strong>2,73 €</strong>");
    assert_has(t.body, "2,60 + 5 %");
    test_get(&t, plan_path("SAD", "feriale", "?giorno=10/03/2025&calcola=1"));
    assert_has(t.body, "<strong>15,00 €</strong>");
    test_get(&t, plan_path("CSE", "lineare", "?isee=7500&giorno=10/03/2025&calcola=1"));
    assert_has(t.body, "<strong>381,36 €</strong>");
}

/* What does not fit is said beside its field, and stays in it. */
static void a_bad_trial_is_said_beside_its_field(void **state)
{
    (void)state;
    test_get(&t, plan_path("SAD", "feriale", "?isee=tanto&giorno=32/13/2025&calcola=1"));
    assert_has(t.body, "Non è un importo");
    assert_has(t.body, "Non è una data");
    assert_has(t.body, "value=\"tanto\"");
    test_get(&t, plan_path("SAD", "feriale", "?isee=%3Cb%3E&calcola=1"));
    assert_has(t.body, "&lt;b&gt;");
    assert_has_not(t.body, "<b>");
    test_get(&t, plan_path("SAD", "feriale", "?altro=1"));
    assert_int_equal(t.status, 400);
}

#define GOOD                                                                                       \
    "servizio=SAD&variante=feriale&unita=ora&atto=Delibera+9%2F2025&tipo=fasce&senza=massima"      \
    "&isee_ordinario=1&festivo=5+%25"

static void a_gap_is_said_beside_its_band(void **state)
{
    (void)state;
    test_post(&t, "/rette/nuovo", "/rette/nuovo",
              GOOD "&dal=01/07/2025&da_1=0&a_1=1.000,00&importo_1=0"
                   "&da_2=1.000,02&importo_2=3,33");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "vuoto fra le fasce 1 e 2");
    assert_has(t.body, "id=\"da_2-errore\"");
    assert_has(t.body, "value=\"1.000,02\"");
    assert_has(t.body, "value=\"3,33\"");
    assert_has(t.body, "value=\"Delibera 9/2025\"");
    test_post(&t, "/rette/nuovo", "/rette/nuovo",
              GOOD "&dal=01/07/2025&da_1=0&a_1=1.000,00&importo_1=0"
                   "&da_4=1.000,00&importo_4=3,33");
    assert_has(t.body, "fasce 1 e 2 sovrapposte");
    assert_has(t.body, "id=\"da_4-errore\"");
}

static void a_bad_percentage_is_said(void **state)
{
    (void)state;
    test_post(&t, "/rette/nuovo", "/rette/nuovo",
              GOOD "&dal=01/07/2025&da_1=0&quota_1=molto&costo=20");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "Non è una percentuale");
    assert_has(t.body, "value=\"molto\"");
}

/* From the form to the draft, to the checked plan, to the one in force. */
static void a_plan_goes_its_way(void **state)
{
    (void)state;
    char path[600], form[900];
    test_post(&t, "/rette/nuovo", "/rette/nuovo",
              GOOD "&dal=01/07/2025&bozza=1&da_1=0&a_1=1.000,00&importo_1=0"
                   "&da_2=1.000,02&importo_2=3,33");
    assert_int_equal(t.status, 303);
    snprintf(path, sizeof path, "%s", t.location);
    test_get(&t, path);
    assert_has(t.body, "bozza");
    assert_has(t.body, "vuoto fra le fasce 1 e 2");
    assert_has_not(t.body, "Metti in vigore");
    char edit[640], enact[640];
    snprintf(edit, sizeof edit, "%s/modifica", path);
    snprintf(enact, sizeof enact, "%s/vigore", path);
    test_post(&t, edit, edit,
              GOOD "&dal=01/07/2025&versione=1&da_1=0&a_1=1.000,00&importo_1=0"
                   "&da_2=1.000,01&importo_2=3,33");
    assert_int_equal(t.status, 303);
    test_get(&t, path);
    assert_has(t.body, "verificato");
    assert_has(t.body, "Metti in vigore");
    test_post(&t, path, enact, "versione=1");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "ha salvato modifiche");
    test_post(&t, path, enact, "versione=2");
    assert_int_equal(t.status, 303);
    test_get(&t, path);
    assert_has(t.body, "in vigore");
    snprintf(form, sizeof form, "%s?isee=6000&giorno=01/07/2025&calcola=1", path);
    test_get(&t, form);
    assert_has(t.body, "<strong>3,33 €</strong>");
    test_get(&t, plan_path("SAD", "feriale", "?isee=6000&giorno=10/03/2025&calcola=1"));
    assert_has(t.body, "<strong>2,60 €</strong>");
    test_post(&t, path, enact, "versione=3");
    assert_int_not_equal(t.status, 303);
}

static void a_version_starts_from_another(void **state)
{
    (void)state;
    test_get(&t, plan_path("SAD", "feriale", "/copia"));
    assert_int_equal(t.status, 200);
    assert_has(t.body, "action=\"/rette/nuovo\"");
    assert_has(t.body, "value=\"4.500,01\"");
    test_get(&t, plan_path("SAD", "feriale", "/modifica"));
    assert_int_equal(t.status, 400);
}

static void what_does_not_exist_is_not_found(void **state)
{
    (void)state;
    test_get(&t, "/rette/0000000000001");
    assert_int_equal(t.status, 404);
    test_get(&t, "/rette/x");
    assert_int_equal(t.status, 404);
    struct id ours = test_host()->who.ambito;
    const char *path = plan_path("SAD", "feriale", "");
    test_host()->who.ambito.n++;
    test_get(&t, path);
    assert_int_equal(t.status, 404);
    test_host()->who.ambito = ours;
}

/* ---- attestations ----------------------------------------------------------------------- */

static const char *isee_path(const char *tail)
{
    static char paths[2][300]; /* a call may want two */
    static int turn;
    char *path = paths[turn ^= 1];
    char id[ID_TEXT];
    snprintf(path, sizeof *paths, "/persone/%s/isee%s", id_text(maria, id), tail);
    return path;
}

#define ATTESTATION                                                                                \
    "tipo=ordinario&valore=6.000,00&protocollo=INPS-ISEE-2025-01234567A-00&scadenza="

static void an_attestation_is_recorded(void **state)
{
    (void)state;
    test_host()->who.ruolo = RUOLO_ASSISTENTE;
    test_get(&t, isee_path(""));
    assert_int_equal(t.status, 200);
    assert_has(t.body, "Nessuna attestazione ISEE");
    test_post(&t, isee_path(""), isee_path(""), ATTESTATION "&sottoscritta=01/01/2999");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "non può essere sottoscritta nel futuro");
    assert_has(t.body, "value=\"6.000,00\"");
    test_post(&t, isee_path(""), isee_path(""), ATTESTATION "&sottoscritta=20/01/2025");
    assert_int_equal(t.status, 303);
    test_get(&t, isee_path(""));
    assert_has(t.body, "INPS-ISEE-2025-01234567A-00");
    assert_has(t.body, "31/12/2025");
    assert_has(t.body, ">scaduta<");
    test_post(&t, isee_path(""), isee_path(""), ATTESTATION "&sottoscritta=20/01/2025");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "già registrata");
}

static void a_person_sees_what_she_would_pay(void **state)
{
    (void)state;
    test_get(&t, isee_path("?servizio=SAD&variante=festivo&giorno=10/03/2025&calcola=1"));
    assert_int_equal(t.status, 200);
    assert_has(t.body, "<strong>2,73 €</strong>");
    assert_has(t.body, "valido fino al 31/12/2025");
    test_get(&t, isee_path("?servizio=SAD&variante=boh&giorno=10/03/2025&calcola=1"));
    assert_has(t.body, "Nessun piano di questo servizio");
    test_get(&t, isee_path("?servizio=&giorno=10/03/2025&calcola=1"));
    assert_int_equal(t.status, 200);
    test_get(&t, isee_path("/avviso?servizio=SAD&variante=festivo&giorno=2025-03-10&calcola=1"));
    assert_int_equal(t.status, 200);
    assert_memory_equal(t.body, "%PDF-", 5);
    test_get(&t, isee_path("/avviso?servizio=SAD&variante=boh&giorno=2025-03-10&calcola=1"));
    assert_int_equal(t.status, 404);
}

static void a_mistaken_one_is_annulled(void **state)
{
    (void)state;
    test_get(&t, isee_path(""));
    const char *at = strstr(t.body, "name=\"isee\" value=\"");
    assert_non_null(at);
    char form[80];
    snprintf(form, sizeof form, "isee=%.13s", at + strlen("name=\"isee\" value=\""));
    test_post(&t, isee_path(""), isee_path("/annulla"), form);
    assert_int_equal(t.status, 303);
    test_get(&t, isee_path(""));
    assert_has(t.body, ">annullata<");
    test_get(&t, isee_path("?servizio=SAD&variante=feriale&giorno=10/03/2025&calcola=1"));
    assert_has(t.body, "<strong>15,00 €</strong>");
}

/* Whoever may not see the person sees no amount of hers either. */
static void others_see_nothing(void **state)
{
    (void)state;
    test_host()->who.ruolo = RUOLO_UFFICIO_PIANO;
    test_get(&t, isee_path(""));
    assert_int_equal(t.status, 404);
    test_get(&t, isee_path("/avviso?servizio=SAD&variante=feriale&giorno=2025-03-10&calcola=1"));
    assert_int_equal(t.status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_are_listed_and_filtered),
        cmocka_unit_test(a_plan_shows_its_bands),
        cmocka_unit_test(a_trial_says_why),
        cmocka_unit_test(a_bad_trial_is_said_beside_its_field),
        cmocka_unit_test(a_gap_is_said_beside_its_band),
        cmocka_unit_test(a_bad_percentage_is_said),
        cmocka_unit_test(what_does_not_exist_is_not_found),
        cmocka_unit_test(a_version_starts_from_another),
        cmocka_unit_test(a_plan_goes_its_way),
        cmocka_unit_test(an_attestation_is_recorded),
        cmocka_unit_test(a_person_sees_what_she_would_pay),
        cmocka_unit_test(a_mistaken_one_is_annulled),
        cmocka_unit_test(others_see_nothing),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
