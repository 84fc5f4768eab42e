#include "kit/db/test/support.h"

#include "mod/bilancio/inside.h"
#include "mod/bilancio/store.h"

#include <string.h>

static const struct db_schema *const schemas[] = {&bilancio_schema, NULL};
static struct test_db t;

static bool demo(struct cx *cx, void *data)
{
    (void)data;
    return bilancio_read_2025(cx);
}

static int start(void **state)
{
    (void)state;
    test_db_open(&t, schemas);
    test_write(&t, demo, NULL);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_db_close(&t);
    return 0;
}

static struct bilancio loaded(int64_t anno)
{
    struct bilancio bilancio;
    bool found;
    test_read(&t);
    TEST_OK(&t.cx, bilancio_load(&t.cx, anno, &bilancio, &found));
    test_read_end(&t);
    assert_true(found);
    return bilancio;
}

static void statements_can_be_prepared(void **state)
{
    (void)state;
    const struct db_registry *const registries[] = {&bilancio_registry, NULL};
    test_read(&t);
    TEST_OK(&t.cx, db_prepare_all(&t.cx, registries));
    test_read_end(&t);
}

static void the_published_budget_comes_back(void **state)
{
    (void)state;
    struct bilancio bilancio = loaded(2025);
    struct bilancio_faults faults = {.arena = &t.arena};
    assert_int_equal(bilancio.celle_count, 130);
    assert_int_equal(bilancio.voci_count, 65);
    assert_int_equal(bilancio.fonti_count, 32);
    assert_int_equal(bilancio.vincoli_count, 18);
    assert_int_equal(bilancio_uscite(&bilancio).cents, 644935219);
    assert_string_equal(bilancio.aree[0].nome, "ANZIANI");
    assert_string_equal(bilancio.voci[0].nome, "FONDO SAD - ANZIANI");
    bilancio_check(&bilancio, &faults);
    assert_int_equal(faults.count, 0);
}

static bool carry(struct cx *cx, void *data)
{
    (void)data;
    return bilancio_carry(cx, 2025, 2026) && bilancio_carry(cx, 2025, 2026);
}

static void a_year_opens_with_the_amounts_of_another(void **state)
{
    (void)state;
    test_write(&t, demo, NULL);
    test_write(&t, carry, NULL);
    struct bilancio bilancio = loaded(2026);
    assert_string_equal(bilancio.stato, "provvisorio");
    assert_int_equal(bilancio.vincoli_count, 18);
    assert_int_equal(bilancio_uscite(&bilancio).cents, 644935219);
    struct list years;
    test_read(&t);
    TEST_OK(&t.cx, bilancio_years(&t.cx, &years));
    test_read_end(&t);
    assert_int_equal(years.count, 2);
    assert_int_equal(LIST_ITEM(&years, struct bilancio_anno, 0)->anno, 2026);
}

static bool save_again(struct cx *cx, void *data)
{
    struct bilancio_faults faults = {.arena = cx->arena};
    return bilancio_save(cx, data, &faults);
}

static void a_year_has_one_budget(void **state)
{
    (void)state;
    struct bilancio bilancio = loaded(2025);
    assert_int_equal(test_write_fails(&t, save_again, &bilancio), ERR_CONFLICT);
}

static bool save_broken(struct cx *cx, void *data)
{
    struct bilancio_faults *faults = data;
    struct bilancio bilancio;
    bool found;
    if (!bilancio_load(cx, 2025, &bilancio, &found))
        return false;
    bilancio.anno = 2030;
    bilancio.celle[0].importo.cents++;
    faults->arena = cx->arena;
    return bilancio_save(cx, &bilancio, faults);
}

static void a_budget_that_does_not_hold_is_not_written(void **state)
{
    (void)state;
    struct bilancio_faults faults = {.count = 0};
    struct bilancio bilancio;
    bool found;
    test_write(&t, save_broken, &faults);
    assert_int_equal(faults.count, 2);
    test_read(&t);
    TEST_OK(&t.cx, bilancio_load(&t.cx, 2030, &bilancio, &found));
    test_read_end(&t);
    assert_false(found);
}

/* ---- costs ------------------------------------------------------------------------------ */

static struct id item(int64_t anno, const char *nome)
{
    struct id id;
    bool found;
    test_read(&t);
    TEST_OK(&t.cx, voce_by_name(&t.cx, anno, nome, &id, &found));
    test_read_end(&t);
    assert_int_equal(found, id.n != 0);
    return id;
}

static bool spend(struct cx *cx, void *data)
{
    return spesa_save(cx, data);
}

static bool forget(struct cx *cx, void *data)
{
    const struct spesa *spesa = data;
    return spesa_delete(cx, spesa->causa_tipo, spesa->causa);
}

static struct voce_stato state_of(struct id voce)
{
    struct voce_stato stato;
    test_read(&t);
    TEST_OK(&t.cx, voce_stato(&t.cx, voce, 2025, &stato));
    test_read_end(&t);
    return stato;
}

static struct spesa cost(struct id voce, int64_t causa, int64_t cents)
{
    return (struct spesa){.voce = voce,
                          .anno = 2025,
                          .giorno = day_of(2025, 3, 31),
                          .importo = MONEY(cents),
                          .causa_tipo = "prestazione",
                          .causa = {causa},
                          .descrizione = "SAD feriale, marzo 2025"};
}

static void a_cost_shows_beside_what_is_left(void **state)
{
    (void)state;
    struct id sad = item(2025, "FONDO SAD - ANZIANI");
    assert_int_equal(state_of(sad).stanziato.cents, 9800000);
    assert_int_equal(state_of(sad).disponibile.cents, 9800000);
    struct spesa spesa = cost(sad, 77, 32500);
    test_write(&t, spend, &spesa);
    struct id first = spesa.id;
    assert_int_equal(state_of(sad).disponibile.cents, 9767500);
    spesa.importo = MONEY(39000);
    spesa.liquidata = true;
    test_write(&t, spend, &spesa);
    assert_int_equal(spesa.id.n, first.n);
    struct spesa other = cost(sad, 78, 1000);
    test_write(&t, spend, &other);
    assert_int_equal(state_of(sad).impegnato.cents, 40000);
    assert_int_equal(state_of(sad).liquidato.cents, 39000);
    assert_int_equal(state_of(sad).disponibile.cents, 9760000);
    struct list somme;
    test_read(&t);
    TEST_OK(&t.cx, store_somme(&t.cx, 2025, DAY_MAX, &somme));
    test_read_end(&t);
    assert_int_equal(somme.count, 1);
    assert_int_equal(LIST_ITEM(&somme, struct voce_somma, 0)->quante, 2);
    test_write(&t, forget, &other);
    test_write(&t, forget, &other);
    assert_int_equal(state_of(sad).impegnato.cents, 39000);
}

static void an_item_can_run_over(void **state)
{
    (void)state;
    struct id sil = item(2025, "SIL");
    struct spesa spesa = cost(sil, 90, 5400001);
    test_write(&t, spend, &spesa);
    assert_int_equal(state_of(sil).disponibile.cents, -1);
    test_write(&t, forget, &spesa);
}

static void a_cost_needs_an_item_of_its_year(void **state)
{
    (void)state;
    struct spesa spesa = cost(item(2025, "SIL"), 91, 100);
    assert_int_equal(item(2019, "SIL").n, 0);
    assert_int_equal(item(2025, "NON C'È").n, 0);
    spesa.anno = 2019;
    assert_int_equal(test_write_fails(&t, spend, &spesa), ERR_INPUT);
    spesa.anno = 2025;
    spesa.voce = (struct id){12345};
    assert_int_equal(test_write_fails(&t, spend, &spesa), ERR_INPUT);
}

static void costs_page_by_key(void **state)
{
    (void)state;
    struct id sfa = item(2025, "SFA");
    for (int i = 0; i < 7; i++) {
        struct spesa spesa = cost(sfa, 200 + i, 100);
        spesa.giorno = day_add(spesa.giorno, i / 2);
        test_write(&t, spend, &spesa);
    }
    const char *after = NULL;
    size_t seen = 0;
    for (int page = 0; page < 10; page++) {
        struct list list;
        test_read(&t);
        TEST_OK(&t.cx, store_spesa_rows(&t.cx, sfa, 2025, after, 3, &list));
        test_read_end(&t);
        seen += list.count;
        if (list.count < 3)
            break;
        after = store_spesa_key(&t.cx, LIST_ITEM(&list, struct spesa, 2));
    }
    assert_int_equal(seen, 7);
}

static void another_ambito_is_another_world(void **state)
{
    (void)state;
    struct id ours = t.who.ambito, sad = item(2025, "FONDO SAD - ANZIANI");
    struct bilancio bilancio;
    struct voce_stato stato;
    bool found;
    t.who.ambito.n++;
    test_read(&t);
    TEST_OK(&t.cx, bilancio_load(&t.cx, 2025, &bilancio, &found));
    assert_false(found);
    assert_false(voce_stato(&t.cx, sad, 2025, &stato));
    assert_int_equal(t.cx.err.code, ERR_NOT_FOUND);
    err_clear(&t.cx.err);
    test_read_end(&t);
    struct spesa spesa = cost(sad, 77, 1);
    assert_int_equal(test_write_fails(&t, spend, &spesa), ERR_INPUT);
    t.who.ambito = ours;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_can_be_prepared),
        cmocka_unit_test(the_published_budget_comes_back),
        cmocka_unit_test(a_year_opens_with_the_amounts_of_another),
        cmocka_unit_test(a_year_has_one_budget),
        cmocka_unit_test(a_budget_that_does_not_hold_is_not_written),
        cmocka_unit_test(a_cost_shows_beside_what_is_left),
        cmocka_unit_test(an_item_can_run_over),
        cmocka_unit_test(a_cost_needs_an_item_of_its_year),
        cmocka_unit_test(costs_page_by_key),
        cmocka_unit_test(another_ambito_is_another_world),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
