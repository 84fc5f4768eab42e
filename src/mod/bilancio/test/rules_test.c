#include "base/test/cases.h"

#include "base/buf.h"
#include "mod/bilancio/prospetto.h"
#include "mod/bilancio/rules.h"

static struct arena arena;
static struct bilancio published;
static struct prospetto_faults read_faults;

static int load(void **state)
{
    (void)state;
    size_t size;
    arena_init(&arena, 512 * 1024 * 1024);
    char *text = test_file("src/mod/bilancio/demo/bilancio_2025.tsv", &size);
    prospetto_read(&arena, "bilancio_2025.tsv", text, 2025, &published, &read_faults);
    free(text);
    text = test_file("src/mod/bilancio/demo/vincoli_2025.tsv", &size);
    prospetto_read_vincoli(&arena, "vincoli_2025.tsv", text, &published, &read_faults);
    free(text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void check(const struct bilancio *bilancio, struct bilancio_faults *faults)
{
    faults->arena = &arena;
    faults->count = 0;
    bilancio_check(bilancio, faults);
}

/* The fault of an invariant about an item or source; NULL: there is none. */
static const struct bilancio_fault *named(const struct bilancio_faults *faults,
                                          enum invariante invariante, struct id voce,
                                          struct id fonte)
{
    for (size_t i = 0; i < faults->count; i++)
        if (faults->items[i].invariante == invariante && faults->items[i].voce.n == voce.n &&
            faults->items[i].fonte.n == fonte.n)
            return &faults->items[i];
    return NULL;
}

static void the_published_budget_is_sound(void **state)
{
    (void)state;
    struct bilancio_faults faults;
    for (size_t i = 0; i < read_faults.count; i++)
        printf("# %s\n", read_faults.items[i]);
    assert_int_equal(read_faults.count, 0);
    assert_int_equal(published.aree_count, 5);
    assert_int_equal(published.voci_count, 65);
    assert_int_equal(published.fonti_count, 32);
    assert_int_equal(published.celle_count, 130);
    assert_int_equal(bilancio_uscite(&published).cents, 644935219);
    assert_int_equal(bilancio_entrate(&published).cents, 644935219);
    check(&published, &faults);
    assert_int_equal(faults.count, 0);
}

/* Item by item and source by source the margins add up to the same total. */
static void both_margins_meet(void **state)
{
    (void)state;
    struct money by_item = MONEY(0), by_source = MONEY(0), by_area = MONEY(0);
    for (size_t i = 0; i < published.voci_count; i++)
        by_item = money_add(by_item, bilancio_sum_voce(&published, published.voci[i].id));
    for (size_t i = 0; i < published.fonti_count; i++)
        by_source = money_add(by_source, bilancio_sum_fonte(&published, published.fonti[i].id));
    for (size_t i = 0; i < published.aree_count; i++)
        by_area = money_add(by_area, bilancio_sum_area(&published, published.aree[i].id));
    assert_int_equal(by_item.cents, 644935219);
    assert_int_equal(by_source.cents, 644935219);
    assert_int_equal(by_area.cents, 644935219);
}

/* Every one of the 130 cells, a cent up and a cent down: the item is always named, the source when
 * it gives more than it has, and nothing else is. */
static void one_cent_in_any_cell_is_named(void **state)
{
    (void)state;
    struct bilancio_faults faults;
    for (size_t i = 0; i < published.celle_count; i++) {
        struct cella *cella = &published.celle[i];
        for (int cents = -1; cents <= 1; cents += 2) {
            cella->importo.cents += cents;
            check(&published, &faults);
            cella->importo.cents -= cents;
            const struct bilancio_fault *item = named(&faults, INV_VOCE, cella->voce, ID_NONE);
            assert_non_null(item);
            assert_int_equal(item->trovato.cents - item->dovuto.cents, cents);
            assert_int_equal(named(&faults, INV_FONTE, ID_NONE, cella->fonte) != NULL, cents > 0);
            assert_int_equal(faults.count, cents > 0 ? 2 : 1);
        }
    }
    check(&published, &faults);
    assert_int_equal(faults.count, 0);
}

/* Every item and every source a cent off: item or source, and the balance with its right name. */
static void one_cent_in_any_margin_is_named(void **state)
{
    (void)state;
    struct bilancio_faults faults;
    for (size_t i = 0; i < published.voci_count; i++) {
        struct voce *voce = &published.voci[i];
        voce->stanziato.cents++;
        check(&published, &faults);
        voce->stanziato.cents--;
        assert_non_null(named(&faults, INV_VOCE, voce->id, ID_NONE));
        const struct bilancio_fault *balance = named(&faults, INV_PAREGGIO, ID_NONE, ID_NONE);
        assert_non_null(balance);
        assert_non_null(strstr(balance->text, "disavanzo di 0,01"));
    }
    for (size_t i = 0; i < published.fonti_count; i++) {
        struct fonte *fonte = &published.fonti[i];
        fonte->disponibile.cents++;
        check(&published, &faults);
        fonte->disponibile.cents--;
        assert_int_equal(faults.count, 1);
        assert_non_null(strstr(faults.items[0].text, "avanzo di 0,01"));
    }
}

/* A bound source moved to any item that it may not pay is named. */
static void a_bound_source_stays_where_it_may(void **state)
{
    (void)state;
    struct bilancio_faults faults;
    struct cella *cella = NULL;
    for (size_t i = 0; i < published.celle_count; i++)
        if (bilancio_fonte(&published, published.celle[i].fonte)->vincolata &&
            bilancio_voce(&published, published.celle[i].voce)->area.n == 1)
            cella = &published.celle[i];
    assert_non_null(cella);
    struct id home = cella->voce;
    size_t refused = 0;
    for (size_t i = 0; i < published.voci_count; i++) {
        cella->voce = published.voci[i].id;
        check(&published, &faults);
        refused += named(&faults, INV_VINCOLO, cella->voce, cella->fonte) != NULL;
    }
    cella->voce = home;
    assert_int_equal(refused, published.voci_count - 1);
}

static void a_cell_of_nothing_is_named(void **state)
{
    (void)state;
    struct bilancio_faults faults;
    struct cella kept = published.celle[7];
    published.celle[7].voce = (struct id){999999};
    check(&published, &faults);
    assert_non_null(named(&faults, INV_CELLA, (struct id){999999}, kept.fonte));
    published.celle[7] = kept;
    published.celle[7].importo = MONEY(-1);
    check(&published, &faults);
    assert_non_null(named(&faults, INV_CELLA, kept.voce, kept.fonte));
    published.celle[7] = kept;
}

/* More faults than can be kept are still counted. */
static void too_many_faults_are_counted(void **state)
{
    (void)state;
    struct bilancio_faults faults;
    for (size_t i = 0; i < published.celle_count; i++)
        published.celle[i].importo.cents = -published.celle[i].importo.cents;
    check(&published, &faults);
    for (size_t i = 0; i < published.celle_count; i++)
        published.celle[i].importo.cents = -published.celle[i].importo.cents;
    assert_int_equal(faults.count, 130 + 65);
}

static void an_item_has_its_share(void **state)
{
    (void)state;
    char text[RATE_TEXT];
    struct voce_stato stato = {.stanziato = MONEY(9800000), .liquidato = MONEY(490000)};
    assert_string_equal(rate_machine(voce_percent(&stato), text), "0.05");
    stato.stanziato = MONEY(0);
    assert_false(rate_ok(voce_percent(&stato)));
}

/* A table on one line: ";" ends a line, "|" parts cells. */
static void one_table(struct test_case *c)
{
    struct bilancio bilancio;
    struct prospetto_faults faults = {.count = 0};
    char *text = arena_printf(&arena, "area\tvoce_spesa\tfonte\timporto\n%s", c->lines[1]);
    for (char *p = text; *p != '\0'; p++)
        *p = *p == '|' ? '\t' : *p == ';' ? '\n' : *p;
    prospetto_read(&arena, "t", text, 2025, &bilancio, &faults);
    char sum[MONEY_TEXT];
    const char *said = faults.count > 0
                           ? faults.items[0]
                           : arena_printf(&arena, "%zu celle, %s", bilancio.celle_count,
                                          money_it(bilancio_uscite(&bilancio), sum));
    if (strcmp(said, c->lines[2]) != 0)
        case_fail(c, "%s: «%s», should be «%s»", c->lines[0], said, c->lines[2]);
}

static void a_bad_line_is_told_with_its_place(void **state)
{
    (void)state;
    cases_run("src/mod/bilancio/test/prospetto.cases", 3, 8, one_table);
}

static void all_bad_lines_are_told(void **state)
{
    (void)state;
    struct bilancio bilancio;
    struct prospetto_faults faults = {.count = 0};
    prospetto_read(&arena, "t",
                   "area\tvoce_spesa\tfonte\timporto\nA\tV\tF\tx\nA\tV\tF\t1\n\tV\tF\t1\n", 2025,
                   &bilancio, &faults);
    assert_int_equal(faults.count, 2);
    assert_int_equal(bilancio.celle_count, 1);
    struct buf buf;
    buf_init(&buf, &arena, 1024 * 1024);
    buf_text(&buf, "area\tvoce_spesa\tfonte\timporto\n");
    for (int i = 0; i < 1000; i++)
        buf_printf(&buf, "A\tV%d\tF\t1\n", i);
    faults.count = 0;
    prospetto_read(&arena, "t", buf.data, 2025, &bilancio, &faults);
    assert_int_equal(bilancio.voci_count, VOCI_MAX);
    assert_int_equal(faults.count, PROSPETTO_FAULTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_budget_is_sound),
        cmocka_unit_test(both_margins_meet),
        cmocka_unit_test(one_cent_in_any_cell_is_named),
        cmocka_unit_test(one_cent_in_any_margin_is_named),
        cmocka_unit_test(a_bound_source_stays_where_it_may),
        cmocka_unit_test(a_cell_of_nothing_is_named),
        cmocka_unit_test(too_many_faults_are_counted),
        cmocka_unit_test(an_item_has_its_share),
        cmocka_unit_test(a_bad_line_is_told_with_its_place),
        cmocka_unit_test(all_bad_lines_are_told),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
