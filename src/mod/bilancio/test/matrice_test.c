/* The table of items by sources is kept as it was drawn: it must never be an older one, nor
 * another ambito's. */
#include "kit/web/test/support.h"

#include "mod/bilancio/inside.h"
#include "mod/enti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&enti_schema, &bilancio_schema, NULL};
static const struct web_route *const tables[] = {bilancio_routes, NULL};
static struct test_web t;
#define PAGE "/bilancio/matrice?anno=2025"

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
    test_write(&t.db, build, NULL);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_web_close(&t);
    return 0;
}

/* Twice: as it is drawn, and as it was kept. */
static void see(const char *text, const char *gone)
{
    for (int i = 0; i < 2; i++) {
        test_get(&t, PAGE);
        assert_int_equal(t.status, 200);
        if (text != NULL)
            assert_has(t.body, text);
        if (gone != NULL)
            assert_has_not(t.body, gone);
    }
}

static struct bilancio load(int64_t anno)
{
    struct bilancio b;
    bool found;
    test_read(&t.db);
    TEST_OK(&t.db.cx, bilancio_load(&t.db.cx, anno, &b, &found));
    test_read_end(&t.db);
    assert_true(found);
    return b;
}

static bool amend(struct cx *cx, void *data)
{
    const struct bilancio *b = data;
    const struct cella *cella = &b->celle[0];
    struct variazione_riga righe[] = {{ID_NONE, cella->fonte, MONEY(12345)},
                                      {cella->voce, cella->fonte, MONEY(12345)}};
    struct variazione lines = {.righe = righe, .righe_count = 2};
    struct variazione_salvata v = {.anno = 2025,
                                   .giorno = day_of(2025, 12, 30),
                                   .atto = "Assemblea 9",
                                   .motivo = "prova",
                                   .base = b->versione,
                                   .numero = INT_NONE};
    struct bilancio_faults faults = {.arena = cx->arena};
    return variazione_save(cx, &v, &lines) && variazione_approve(cx, &v, b->versione, &faults) &&
           faults.count == 0;
}

static void an_amendment_is_seen_at_once(void **state)
{
    (void)state;
    char was[MONEY_TEXT], is[MONEY_TEXT], total[MONEY_TEXT], cell[MONEY_TEXT + 8];
    struct bilancio b = load(2025);
    money_it(b.celle[0].importo, was);
    money_it(money_add(b.celle[0].importo, MONEY(12345)), is);
    snprintf(cell, sizeof cell, ">%s</a>", is);
    see("<strong>6.449.352,19</strong>", cell);
    test_write(&t.db, amend, &b);
    see(cell, "<strong>6.449.352,19</strong>");
    snprintf(cell, sizeof cell, "<strong>%s</strong>",
             money_it(money_add(bilancio_uscite(&b), MONEY(12345)), total));
    see(cell, NULL);
    test_get(&t, PAGE "&al=2025-12-29"); /* and the day before stands as it stood */
    assert_has(t.body, "<strong>6.449.352,19</strong>");
    see(cell, "<strong>6.449.352,19</strong>");
}

static bool add(struct cx *cx, void *data)
{
    (void)data;
    return bilancio_add_voce(cx, 2025, "ANZIANI", "CENTRO <NUOVO>") &&
           bilancio_add_fonte(cx, 2025, "LASCITO");
}

static void a_new_item_and_a_new_source_are_seen_at_once(void **state)
{
    (void)state;
    see(NULL, "CENTRO &lt;NUOVO&gt;");
    test_write(&t.db, add, NULL);
    see("CENTRO &lt;NUOVO&gt;", NULL);
    see(">LASCITO</a>", NULL);
    int64_t version = load(2025).versione;
    test_write(&t.db, add, NULL); /* again: nothing new, no new version */
    assert_int_equal(load(2025).versione, version);
}

static bool add_2026(struct cx *cx, void *data)
{
    (void)data;
    return bilancio_carry(cx, 2025, 2026);
}

/* The bond belongs to the source in all its years: set in one, seen in the others. */
static void a_bond_is_seen_in_every_year(void **state)
{
    (void)state;
    char path[100], page[120], id[ID_TEXT];
    struct bilancio b = load(2025);
    const struct fonte *free = NULL;
    for (size_t i = 0; i < b.fonti_count && free == NULL; i++)
        if (!b.fonti[i].vincolata && bilancio_sum_fonte(&b, b.fonti[i].id).cents == 0)
            free = &b.fonti[i];
    assert_non_null(free);
    test_write(&t.db, add_2026, NULL);
    test_get(&t, "/bilancio/matrice?anno=2026");
    assert_has(t.body, ">LASCITO</a></th>");
    snprintf(path, sizeof path, "/bilancio/fonti/%s", id_text(free->id, id));
    snprintf(page, sizeof page, "%s?anno=2025", path);
    see(">LASCITO</a></th>", NULL);
    test_post(&t, page, path, "anno=2025&vincolata=1");
    assert_int_equal(t.status, 303);
    see(">LASCITO</a> <span", NULL);
    test_get(&t, "/bilancio/matrice?anno=2026");
    assert_has(t.body, ">LASCITO</a> <span");
}

static void another_ambito_does_not_see_it(void **state)
{
    (void)state;
    see("FONDO SAD - ANZIANI", NULL);
    test_host()->who.ambito.n++;
    test_get(&t, PAGE);
    assert_has_not(t.body, "FONDO SAD - ANZIANI");
    test_host()->who.ambito.n--;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amendment_is_seen_at_once),
        cmocka_unit_test(a_new_item_and_a_new_source_are_seen_at_once),
        cmocka_unit_test(a_bond_is_seen_in_every_year),
        cmocka_unit_test(another_ambito_does_not_see_it),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
