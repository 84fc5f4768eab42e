/* The pages of the room, through a real socket. */
#include "kit/web/test/support.h"

#include "mod/bilancio/inside.h"
#include "mod/bilancio/store.h"
#include "mod/enti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&enti_schema, &bilancio_schema, NULL};
static const struct web_route *const tables[] = {bilancio_routes, NULL};
static struct test_web t;

static bool build(struct cx *cx, void *data)
{
    (void)data;
    return bilancio_read_2025(cx);
}

static int start(void **state)
{
    (void)state;
    test_web_open(&t, &(struct test_web_parts){.schemas = schemas, .routes = tables});
    test_host()->who.ruolo = RUOLO_UFFICIO_PIANO;
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_web_close(&t);
    return 0;
}

static struct id sad(void)
{
    struct id id;
    bool found;
    test_read(&t.db);
    TEST_OK(&t.db.cx, voce_by_name(&t.db.cx, 2025, "FONDO SAD - ANZIANI", &id, &found));
    test_read_end(&t.db);
    assert_true(found);
    return id;
}

static const char *sad_path(const char *tail)
{
    static char path[200];
    char id[ID_TEXT];
    snprintf(path, sizeof path, "/bilancio/voci/%s%s", id_text(sad(), id), tail);
    return path;
}

static void without_a_budget_it_says_so(void **state)
{
    (void)state;
    test_get(&t, "/bilancio");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "Non c’è ancora un bilancio");
    test_write(&t.db, build, NULL);
}

static void the_year_is_seen_at_a_glance(void **state)
{
    (void)state;
    test_get(&t, "/bilancio");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "<strong>6.449.352,19 €</strong>");
    assert_has(t.body, "FONDO SAD - ANZIANI");
    assert_has(t.body, "in ordine");
    test_get(&t, "/bilancio?anno=2019");
    assert_has(t.body, "Non c’è un bilancio per quell’anno");
    test_get(&t, "/bilancio?anno=abc");
    assert_int_equal(t.status, 400);
}

static void the_matrix_has_both_margins(void **state)
{
    (void)state;
    test_get(&t, "/bilancio/matrice?anno=2025");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "<strong>6.449.352,19</strong>");
    assert_has(t.body, "<strong>98.000,00</strong>");
    assert_has(t.body, "CIRC. 4 (saldo 30% 2024 e acconto 70% 2025)");
    assert_has(t.body, "BANDO &quot;SPRINT&quot;");
}

static void the_rules_are_listed(void **state)
{
    (void)state;
    test_get(&t, "/bilancio/verifica?anno=2025");
    assert_has(t.body, "entrate e uscite sono in pareggio");
    assert_has_not(t.body, "non vale");
}

static bool spend(struct cx *cx, void *data)
{
    struct spesa spesa = {.voce = *(struct id *)data,
                          .anno = 2025,
                          .giorno = day_of(2025, 3, 31),
                          .importo = MONEY(32500),
                          .causa_tipo = "prestazione",
                          .descrizione = "SAD feriale, marzo 2025, <12:30 ore>"};
    for (int64_t i = 1; i <= SPESE_PAGE + 2; i++) {
        spesa.causa.n = i;
        spesa.liquidata = i == 1;
        if (!spesa_save(cx, &spesa))
            return false;
    }
    return true;
}

static void an_item_opens_on_its_costs(void **state)
{
    (void)state;
    struct id voce = sad();
    test_get(&t, sad_path("?anno=2025"));
    assert_has(t.body, "Nessun costo ancora");
    test_write(&t.db, spend, &voce);
    test_get(&t, sad_path("?anno=2025"));
    assert_int_equal(t.status, 200);
    assert_has(t.body, "<strong>98.000,00 €</strong>");
    assert_has(t.body, "<strong>16.900,00 €</strong>");
    assert_has(t.body, "<strong>81.100,00 €</strong>");
    assert_has(t.body, "&lt;12:30 ore&gt;");
    assert_has(t.body, "/prestazioni/");
    char *next = strstr(t.body, "&amp;dopo=");
    assert_non_null(next);
    char key[60] = "";
    sscanf(next + strlen("&amp;dopo="), "%59[^\"]", key);
    char tail[120];
    snprintf(tail, sizeof tail, "?anno=2025&dopo=%s", key);
    for (char *bar = strchr(tail, '|'); bar != NULL; bar = NULL) {
        memmove(bar + 3, bar + 1, strlen(bar + 1) + 1);
        memcpy(bar, "%7C", 3);
    }
    test_get(&t, sad_path(tail));
    assert_int_equal(t.status, 200);
    assert_has(t.body, "« Primi");
    assert_has(t.body, ">liquidato<");
    test_get(&t, sad_path("?anno=2025&dopo=x"));
    assert_int_equal(t.status, 400);
    test_get(&t, sad_path("?anno=2019"));
    assert_int_equal(t.status, 404);
}

static void it_is_exported(void **state)
{
    (void)state;
    test_get(&t, "/bilancio/esporta?anno=2025&formato=xlsx");
    assert_int_equal(t.status, 200);
    assert_memory_equal(t.body, "PK", 2);
    test_get(&t, "/bilancio/esporta?anno=2025&formato=csv");
    assert_has(t.body, "FONDO SAD - ANZIANI");
    assert_has(t.body, "6449352,19");
    test_get(&t, "/bilancio/esporta?anno=2025&formato=pdf");
    assert_memory_equal(t.body, "%PDF-", 5);
    test_get(&t, "/bilancio/esporta?anno=2025&formato=exe");
    assert_int_equal(t.status, 400);
}

static void another_ambito_sees_nothing(void **state)
{
    (void)state;
    const char *path = sad_path("?anno=2025");
    test_host()->who.ambito.n++;
    test_get(&t, path);
    assert_int_equal(t.status, 404);
    test_get(&t, "/bilancio");
    assert_has(t.body, "Non c’è ancora un bilancio");
    test_host()->who.ambito.n--;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_budget_it_says_so),
        cmocka_unit_test(the_year_is_seen_at_a_glance),
        cmocka_unit_test(the_matrix_has_both_margins),
        cmocka_unit_test(the_rules_are_listed),
        cmocka_unit_test(an_item_opens_on_its_costs),
        cmocka_unit_test(it_is_exported),
        cmocka_unit_test(another_ambito_sees_nothing),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
