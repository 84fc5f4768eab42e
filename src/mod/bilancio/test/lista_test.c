/* The list of movements with its filters, orders and export; new items and sources; what the page
 * Verifica says of a broken budget. */
#include "kit/web/test/support.h"

#include "mod/bilancio/inside.h"
#include "mod/bilancio/store_sql.h"
#include "mod/enti/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&enti_schema, &bilancio_schema, NULL};
static const struct web_route *const tables[] = {bilancio_routes, NULL};
static struct test_web t;
static struct bilancio b;
enum { ENTRIES = 60 };
#define LIST "/bilancio/scritture/elenco"

static bool build(struct cx *cx, void *data)
{
    bool found;
    (void)data;
    if (!bilancio_read_2025(cx) || !bilancio_load(cx, 2025, &b, &found) || !found)
        return false;
    for (int i = 0; i < ENTRIES; i++) {
        struct scrittura m = {.anno = 2025,
                              .tipo = scrittura_tipo_name(SCR_IMPEGNO),
                              .voce = b.celle[i % 2].voce,
                              .fonte = i % 3 == 0 ? b.celle[i % 2].fonte : ID_NONE,
                              .giorno = day_of(2025, 1 + i % 12, 10),
                              .atto = arena_printf(cx->arena, "Determina <%d>", i + 1),
                              .importo = MONEY(100 + i)};
        struct scrittura_faults faults = {.arena = cx->arena};
        if (!scrittura_save(cx, &m, &faults) || faults.count > 0)
            return false;
    }
    return true;
}

static int start(void **state)
{
    (void)state;
    test_web_open(&t, &(struct test_web_parts){.schemas = schemas, .routes = tables});
    test_host()->who.ruolo = RUOLO_UFFICIO_PIANO;
    test_write(&t.db, build, NULL);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_web_close(&t);
    return 0;
}

static size_t rows_of(const char *text)
{
    size_t count = 0;
    for (const char *p = text; (p = strstr(p, "<th scope=\"row\">")) != NULL; p++)
        count++;
    return count;
}

/* ---- the list --------------------------------------------------------------------------- */

static void get_filtered(const char *format, const char *value)
{
    char path[300];
    snprintf(path, sizeof path, "%s?%s%s", LIST, format, value);
    test_get(&t, path);
    assert_int_equal(t.status, 200);
}

static void the_list_is_filtered(void **state)
{
    (void)state;
    char id[ID_TEXT];
    get_filtered("anno=2025&righe=100", "");
    assert_int_equal(rows_of(t.body), ENTRIES);
    assert_has(t.body, "Determina &lt;60&gt;");
    get_filtered("anno=2024", "");
    assert_int_equal(rows_of(t.body), 0);
    get_filtered("righe=100&voce=", id_text(b.celle[0].voce, id));
    assert_int_equal(rows_of(t.body),
                     b.celle[0].voce.n == b.celle[1].voce.n ? ENTRIES : ENTRIES / 2);
    get_filtered("righe=100&tipo=", "mandato");
    assert_int_equal(rows_of(t.body), 0);
    get_filtered("righe=100&dal=2025-03-01&al=", "2025-03-31");
    assert_int_equal(rows_of(t.body), ENTRIES / 12);
    test_get(&t, LIST "?voce=nessuna");
    assert_int_equal(t.status, 422);
    test_get(&t, LIST "?tipo=furto");
    assert_int_equal(t.status, 422);
    test_get(&t, LIST "?dopo=x");
    assert_int_equal(t.status, 400);
    test_get(&t, LIST "?ordine=giorno&dopo=2025%7C1");
    assert_int_equal(t.status, 400);
}

/* Every row once, whatever the order. */
static void walk(const char *order)
{
    char path[400], seen[ENTRIES + 1] = "";
    size_t all = 0;
    snprintf(path, sizeof path, "%s?righe=20&ordine=%s", LIST, order);
    for (int pages = 0; pages < 10 && *path != '\0'; pages++) {
        test_get(&t, path);
        assert_int_equal(t.status, 200);
        for (const char *p = t.body; (p = strstr(p, "Determina &lt;")) != NULL; p++) {
            int number = 0;
            sscanf(p, "Determina &lt;%d", &number);
            assert_in_range(number, 1, ENTRIES);
            assert_int_equal(seen[number - 1]++, 0);
            all++;
        }
        char *next = strstr(t.body, "dopo=");
        char *start = next;
        while (start != NULL && start > t.body && *start != '"')
            start--;
        *path = '\0';
        if (next != NULL && strncmp(start + 1, "/bilancio", 9) == 0)
            for (size_t i = 0; *++start != '"' && i + 1 < sizeof path; path[++i] = '\0') {
                path[i] = *start;
                start += strncmp(start, "&amp;", 5) == 0 ? 4 : 0;
            }
    }
    assert_int_equal(all, ENTRIES);
}

static void each_row_is_on_one_page(void **state)
{
    (void)state;
    walk("numero");
    walk("giorno");
}

static void the_list_is_exported(void **state)
{
    (void)state;
    test_get(&t, LIST "?anno=2025&formato=csv");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "Determina <1>");
    assert_has(t.body, "Determina <60>");
    test_host()->refused = "bilancio.esporta";
    test_get(&t, LIST "?anno=2025");
    assert_int_equal(t.status, 200);
    assert_has_not(t.body, "formato=csv");
    test_get(&t, LIST "?anno=2025&formato=csv");
    assert_int_not_equal(t.status, 200);
    test_host()->refused = NULL;
}

static void no_order_scans_the_table(void **state)
{
    (void)state;
    const struct scrittura_filtro none = {.anno = INT_NONE, .dal = DAY_NONE, .al = DAY_NONE};
    const struct scrittura_filtro year = {.anno = 2025, .dal = DAY_NONE, .al = DAY_NONE};
    test_read(&t.db);
    for (int i = 0; i < 4; i++) {
        struct db_query q;
        const char *plan;
        TEST_OK(&t.db.cx, store_scrittura_query(&t.db.cx, i % 2 ? &year : &none,
                                                i / 2 ? SCRITTURE_PER_GIORNO : SCRITTURE_PER_NUMERO,
                                                NULL, 21, &q));
        TEST_OK(&t.db.cx, db_plan(&t.db.cx, db_query_sql(&q), db_query_args(&q), &plan));
        if (strcmp(getenv("ZONALE_TEST_DB"), "sqlite") == 0) {
            assert_has_not(plan, "SCAN s");
            assert_has_not(plan, "TEMP B-TREE");
        }
    }
    test_read_end(&t.db);
}

static void another_ambito_has_none(void **state)
{
    (void)state;
    test_host()->who.ambito.n++;
    get_filtered("anno=2025", "");
    assert_int_equal(rows_of(t.body), 0);
    test_host()->who.ambito.n--;
}

/* ---- a new item, a new source -------------------------------------------------------------- */

#define ADD "/bilancio/aggiungi?anno=2025"

static void an_item_and_a_source_are_added(void **state)
{
    (void)state;
    test_post(&t, ADD, "/bilancio/voci/nuova",
              "anno=2025&nome_voce=SPORTELLO+%3CAMICO%3E&area=ANZIANI");
    assert_int_equal(t.status, 303);
    test_post(&t, ADD, "/bilancio/voci/nuova", "anno=2025&nome_voce=ORTI&area_nuova=AGRICOLTURA");
    assert_int_equal(t.status, 303);
    test_post(&t, ADD, "/bilancio/fonti/nuova", "anno=2025&nome_fonte=LASCITO");
    assert_int_equal(t.status, 303);
    test_get(&t, "/bilancio/matrice?anno=2025");
    assert_has(t.body, "SPORTELLO &lt;AMICO&gt;");
    assert_has(t.body, "AGRICOLTURA: 0,00 €");
    assert_has(t.body, ">LASCITO</a>");
    test_get(&t, "/bilancio/verifica?anno=2025");
    assert_has_not(t.body, "non vale");
}

static void what_is_there_is_not_added_again(void **state)
{
    (void)state;
    test_post(&t, ADD, "/bilancio/voci/nuova",
              "anno=2025&nome_voce=FONDO+SAD+-+ANZIANI&area=ANZIANI");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "c’è già una voce");
    test_post(&t, ADD, "/bilancio/voci/nuova", "anno=2025&nome_voce=X&area=ANZIANI&area_nuova=Y");
    assert_int_equal(t.status, 422);
    test_post(&t, ADD, "/bilancio/voci/nuova", "anno=2025&nome_voce=X");
    assert_int_equal(t.status, 422);
    assert_has(t.body, "Voce o fonte nuova nel 2025");
    test_post(&t, ADD, "/bilancio/fonti/nuova", "anno=2025&nome_fonte=LASCITO");
    assert_int_equal(t.status, 422);
    test_post(&t, ADD, "/bilancio/fonti/nuova", "anno=2019&nome_fonte=LASCITO");
    assert_int_not_equal(t.status, 303);
}

/* ---- Verifica --------------------------------------------------------------------------- */

static bool break_cell(struct cx *cx, void *data)
{
    static const struct db_sql sql = {"prova_cella", "UPDATE cella SET importo = importo + 1"
                                                     " WHERE ambito = $1 AND anno = $2"
                                                     " AND voce = $3 AND fonte = $4"};
    (void)data;
    return db_do(cx, &sql,
                 DB_ARGS(cx->who->ambito, (int64_t)2025, b.celle[0].voce, b.celle[0].fonte), NULL);
}

static void a_broken_budget_names_what_does_not_hold(void **state)
{
    (void)state;
    char amount[MONEY_TEXT];
    const struct voce *voce = bilancio_voce(&b, b.celle[0].voce);
    test_write(&t.db, break_cell, NULL);
    test_get(&t, "/bilancio/verifica?anno=2025");
    assert_int_equal(t.status, 200);
    assert_has(t.body, "non vale");
    assert_has(t.body, voce->nome);
    assert_has(t.body, money_it(money_add(bilancio_sum_voce(&b, voce->id), MONEY(1)), amount));
    assert_has(t.body, money_it(voce->stanziato, amount));
    test_get(&t, "/bilancio?anno=2025");
    assert_has_not(t.body, "in ordine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_is_filtered),
        cmocka_unit_test(each_row_is_on_one_page),
        cmocka_unit_test(the_list_is_exported),
        cmocka_unit_test(no_order_scans_the_table),
        cmocka_unit_test(another_ambito_has_none),
        cmocka_unit_test(an_item_and_a_source_are_added),
        cmocka_unit_test(what_is_there_is_not_added_again),
        cmocka_unit_test(a_broken_budget_names_what_does_not_hold),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
