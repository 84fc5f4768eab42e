/* Rows of the editor without scripts, two plans compared, attestations about to expire. */
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

static bool attest(struct cx *cx, enum isee_tipo tipo, const char *protocollo, struct day dal)
{
    struct rette_faults faults = {.arena = cx->arena};
    struct isee isee = {.persona = maria,
                        .tipo = tipo,
                        .valore = MONEY(600000),
                        .protocollo = protocollo,
                        .sottoscritta = dal,
                        .scadenza = DAY_NONE};
    return isee_record(cx, &isee, &faults) && faults.count == 0;
}

static bool build(struct cx *cx, void *data)
{
    struct id *ambito = data;
    struct who who = *cx->who;
    if (!ambito_create(cx, "A1", "Valle Seriana Superiore", ambito))
        return false;
    who.ambito = who.ente = *ambito;
    struct cx inside = *cx;
    inside.who = &who;
    inside.today = day_of(2026, 2, 1);
    struct persona persona = {
        .cognome = "D’Amèlio", .nome = "Maria", .nascita = DAY_NONE, .morte = DAY_NONE};
    bool done = enti_demo(&inside) && rette_demo(&inside) && persona_save(&inside, &persona);
    maria = persona.id;
    done = done && attest(&inside, ISEE_ORDINARIO, "VECCHIA", day_of(2025, 2, 1)) &&
           attest(&inside, ISEE_SOCIOSANITARIO, "UNICA", day_of(2025, 3, 1)) &&
           attest(&inside, ISEE_ORDINARIO, "NUOVA", day_of(2026, 1, 20));
    cx->err = inside.err;
    return done;
}

static int start(void **state)
{
    (void)state;
    test_web_open(&t, &(struct test_web_parts){.schemas = schemas, .routes = tables});
    test_write(&t.db, build, &test_host()->who.ambito);
    t.db.who.ambito = test_host()->who.ambito;
    test_host()->who.ente = test_host()->who.ambito;
    test_host()->who.ruolo = RUOLO_UFFICIO_PIANO;
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_web_close(&t);
    return 0;
}

#define HEAD                                                                                       \
    "servizio=&variante=&nome=&unita=&atto=Delibera&tipo=fasce&dal=&al=&senza=massima&mostra=2"
#define ROWS                                                                                       \
    "&da_1=0&a_1=1.000,00&importo_1=1&quota_1=&da_2=1.000,01&a_2=2.000,00&importo_2=abc&quota_2="

static void press(const char *azione)
{
    test_post(&t, "/rette/nuovo", "/rette/nuovo",
              arena_printf(&t.db.arena, HEAD ROWS "&azione=%s", azione));
    assert_int_equal(t.status, 200); /* half a plan is no fault when a row is asked for */
    assert_has_not(t.body, "Errore:");
    assert_has(t.body, "value=\"abc\"");
    assert_has(t.body, "value=\"Delibera\"");
}

static void a_row_is_added_behind_the_last(void **state)
{
    (void)state;
    press("aggiungi");
    assert_has(t.body, "name=\"da_3\" value=\"2.000,01\"");
    assert_has(t.body, "name=\"mostra\" value=\"3\"");
    assert_has_not(t.body, "name=\"da_4\"");
}

static void a_row_is_put_in_between(void **state)
{
    (void)state;
    press("inserisci_1");
    assert_has(t.body, "name=\"da_2\" value=\"1.000,01\"");
    assert_has(t.body, "name=\"importo_2\" value=\"\"");
    assert_has(t.body, "name=\"importo_3\" value=\"abc\"");
}

static void a_row_is_taken_away(void **state)
{
    (void)state;
    press("togli_1");
    assert_has(t.body, "name=\"da_1\" value=\"1.000,01\"");
    assert_has(t.body, "name=\"importo_1\" value=\"abc\"");
    assert_has_not(t.body, "name=\"da_2\"");
}

static void an_unknown_button_changes_nothing(void **state)
{
    (void)state;
    static const char *const odd[] = {"togli_0", "togli_99", "inserisci_65", "togli_x", "vola"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        press(odd[i]);
        assert_has(t.body, "name=\"mostra\" value=\"2\"");
        assert_has(t.body, "name=\"importo_2\" value=\"abc\"");
    }
}

static const char *plan_id(const char *servizio, const char *variante)
{
    struct piano piano;
    bool festivo, found;
    char id[ID_TEXT];
    test_read(&t.db);
    TEST_OK(&t.db.cx, piano_in_force(&t.db.cx, servizio, variante, day_of(2025, 3, 10), &piano,
                                     &festivo, &found));
    test_read_end(&t.db);
    return arena_strdup(&t.db.arena, id_text(piano.id, id));
}

static void two_plans_stand_beside_each_other(void **state)
{
    (void)state;
    const char *path = arena_printf(&t.db.arena, "/rette/confronto?prima=%s&dopo=%s",
                                    plan_id("CDD", "lineare"), plan_id("CSE", "lineare"));
    test_get(&t, path);
    assert_int_equal(t.status, 200);
    assert_has(t.body, "45,45");
    assert_has(t.body, "<svg");
    test_get(&t, arena_printf(&t.db.arena, "%s&formato=pdf", path));
    assert_int_equal(t.status, 200);
    assert_true(t.body_size > 1000 && memcmp(t.body, "%PDF", 4) == 0);
    test_get(&t, "/rette/confronto");
    assert_int_equal(t.status, 200);
    test_get(&t, "/rette/confronto?prima=x&dopo=y");
    assert_int_equal(t.status, 404);
}

static void a_plan_is_downloaded_as_a_table(void **state)
{
    (void)state;
    test_get(&t, arena_printf(&t.db.arena, "/rette/%s/tabella", plan_id("SAD", "feriale")));
    assert_int_equal(t.status, 200);
    assert_has(t.body, "SAD\tferiale\t1000.01\t4500.00\t9\t1.30\tora");
}

static void what_nothing_replaces_is_about_to_expire(void **state)
{
    (void)state;
    test_get(&t, "/isee/scadenze?dal=01/12/2025&entro=31/01/2026");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "UNICA");
    assert_has_not(t.body, "VECCHIA"); /* a newer ordinario is there */
    assert_has_not(t.body, "NUOVA");
    test_get(&t, "/isee/scadenze?dal=01/12/2025&entro=31/12/2026&tipo=ordinario");
    assert_has(t.body, "NUOVA");
    assert_has_not(t.body, "UNICA");
}

static void the_letter_is_a_pdf(void **state)
{
    (void)state;
    char id[ID_TEXT];
    test_host()->who.ruolo = RUOLO_ASSISTENTE;
    test_get(&t, arena_printf(&t.db.arena, "/persone/%s/isee/promemoria", id_text(maria, id)));
    assert_int_equal(t.status, 200);
    assert_true(t.body_size > 1000 && memcmp(t.body, "%PDF", 4) == 0);
}

static void lists_have_their_index(void **state)
{
    (void)state;
    struct db_query q[2];
    const char *plan;
    if (db_kind(t.db.db) != DB_SQLITE)
        return; /* PostgreSQL scans small tables whatever their indexes */
    const struct scadenze_filtro filtro = {.dal = day_of(2026, 1, 1),
                                           .entro = day_of(2026, 12, 31)};
    test_read(&t.db);
    store_isee_expiring_query(&t.db.cx, &filtro, &q[0]);
    db_query_add(&q[0], " ORDER BY i.scadenza, i.id LIMIT $1", DB_ARGS((int64_t)21));
    store_isee_valid_query(&t.db.cx, filtro.dal, &q[1]);
    for (size_t i = 0; i < 2; i++) {
        TEST_OK(&t.db.cx, db_plan(&t.db.cx, db_query_sql(&q[i]), db_query_args(&q[i]), &plan));
        if (strstr(plan, "SCAN") != NULL || (i == 0 && strstr(plan, "TEMP B-TREE") != NULL))
            fail_msg("%zu:\n%s", i, plan);
    }
    test_read_end(&t.db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_added_behind_the_last),
        cmocka_unit_test(a_row_is_put_in_between),
        cmocka_unit_test(a_row_is_taken_away),
        cmocka_unit_test(an_unknown_button_changes_nothing),
        cmocka_unit_test(two_plans_stand_beside_each_other),
        cmocka_unit_test(a_plan_is_downloaded_as_a_table),
        cmocka_unit_test(what_nothing_replaces_is_about_to_expire),
        cmocka_unit_test(the_letter_is_a_pdf),
        cmocka_unit_test(lists_have_their_index),
    };
    return cmocka_run_group_tests_name("rette/editor", tests, start, finish);
}
