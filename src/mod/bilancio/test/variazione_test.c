/* Amendments of the published budget: what forbids them, and that no sequence of them creates or
 * loses a cent. */
#include "base/test/cases.h"

#include "mod/bilancio/prospetto.h"
#include "mod/bilancio/rules.h"

static struct arena arena;
static struct bilancio published;

static int load(void **state)
{
    (void)state;
    size_t size;
    struct prospetto_faults faults = {.count = 0};
    arena_init(&arena, 900 * 1024 * 1024);
    char *text = test_file("src/mod/bilancio/demo/bilancio_2025.tsv", &size);
    prospetto_read(&arena, "bilancio_2025.tsv", text, 2025, &published, &faults);
    free(text);
    text = test_file("src/mod/bilancio/demo/vincoli_2025.tsv", &size);
    prospetto_read_vincoli(&arena, "vincoli_2025.tsv", text, &published, &faults);
    free(text);
    assert_int_equal(faults.count, 0);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* Moves so much between two items, on one source. */
static struct variazione shift(struct variazione_riga *lines, const struct bilancio *b, size_t from,
                               size_t to, struct id fonte, int64_t cents)
{
    lines[0] = (struct variazione_riga){b->voci[from].id, fonte, MONEY(-cents)};
    lines[1] = (struct variazione_riga){b->voci[to].id, fonte, MONEY(cents)};
    return (struct variazione){.anno = 2025,
                               .numero = 1,
                               .giorno = day_of(2025, 5, 20),
                               .atto = "Assemblea, delibera 4",
                               .motivo = "Più ore",
                               .righe = lines,
                               .righe_count = 2};
}

static struct id fonte_named(const char *nome)
{
    for (size_t i = 0; i < published.fonti_count; i++)
        if (strcmp(published.fonti[i].nome, nome) == 0)
            return published.fonti[i].id;
    fail_msg("no source %s", nome);
    return ID_NONE;
}

static struct bilancio_faults checked(const struct variazione *v, struct day dopo)
{
    struct bilancio_faults faults = {.arena = &arena};
    variazione_check(&published, v, dopo, &faults);
    return faults;
}

#define FONDO "FONDO SOCIALE D'AMBITO (34,20 €/AB.)"

static void money_is_moved(void **state)
{
    (void)state;
    struct variazione_riga lines[3];
    struct bilancio after;
    struct variazione v = shift(lines, &published, 0, 1, fonte_named(FONDO), 640000);
    assert_int_equal(checked(&v, DAY_NONE).count, 0);
    bilancio_copy(&arena, &published, &after);
    assert_true(variazione_apply(&after, &v, 1));
    assert_int_equal(bilancio_uscite(&after).cents, 644935219);
    assert_int_equal(after.voci[0].stanziato.cents, 9160000);
    assert_int_equal(published.voci[0].stanziato.cents, 9800000); /* the old one stays */
    /* a cent more than the source gives to the item: a cell below zero */
    v = shift(lines, &published, 0, 1, fonte_named(FONDO), 640001);
    assert_int_equal(checked(&v, DAY_NONE).items[0].invariante, INV_CELLA);
}

static void each_line_a_cent_off_is_named(void **state)
{
    (void)state;
    struct variazione_riga lines[3];
    struct variazione v = shift(lines, &published, 0, 1, fonte_named(FONDO), 100);
    for (size_t i = 0; i < 2; i++) {
        lines[i].importo.cents++;
        struct bilancio_faults faults = checked(&v, DAY_NONE);
        lines[i].importo.cents--;
        assert_true(faults.count >= 1);
        assert_int_equal(faults.items[0].invariante, INV_VARIAZIONE);
        assert_non_null(
            strstr(faults.items[0].text, "le fonti cambiano di 0,00 euro, le voci di 0,01"));
    }
}

static void new_money_comes_with_its_source(void **state)
{
    (void)state;
    struct variazione_riga lines[3];
    struct id fondo = fonte_named(FONDO);
    struct variazione v = shift(lines, &published, 0, 1, fondo, 5);
    lines[0] = (struct variazione_riga){ID_NONE, fondo, MONEY(5)};
    assert_int_equal(checked(&v, DAY_NONE).count, 0);
    v.righe_count = 1; /* what comes in and goes nowhere */
    struct bilancio_faults faults = checked(&v, DAY_NONE);
    assert_int_equal(faults.count, 2);
    assert_int_equal(faults.items[1].invariante, INV_PAREGGIO);
    assert_non_null(strstr(faults.items[1].text, "avanzo di 0,05"));
}

static void a_bound_source_is_not_amended_out_of_its_bond(void **state)
{
    (void)state;
    struct variazione_riga lines[3];
    struct variazione v = shift(lines, &published, 4, 0, fonte_named("VOUCHER AUTISMO"), 100);
    for (size_t i = 0; i < published.voci_count; i++)
        if (strcmp(published.voci[i].nome, "STA") == 0)
            lines[0].voce = published.voci[i].id;
    struct bilancio_faults faults = checked(&v, DAY_NONE);
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.items[0].invariante, INV_VINCOLO);
}

static void an_act_is_wanted_and_comes_in_order(void **state)
{
    (void)state;
    struct variazione_riga lines[3];
    struct variazione good = shift(lines, &published, 0, 1, fonte_named(FONDO), 100), v = good;
    v.atto = " ";
    assert_int_equal(checked(&v, DAY_NONE).items[0].invariante, INV_ATTO);
    v = good;
    v.motivo = NULL;
    assert_int_equal(checked(&v, DAY_NONE).count, 1);
    v = good;
    v.giorno = DAY_NONE;
    assert_int_equal(checked(&v, DAY_NONE).count, 1);
    v.giorno = day_of(2026, 1, 1);
    assert_int_equal(checked(&v, DAY_NONE).count, 1);
    assert_int_equal(checked(&good, day_of(2025, 5, 20)).count, 0);
    assert_int_equal(checked(&good, day_of(2025, 5, 21)).count, 1);
    published.stato = "chiuso";
    assert_int_equal(checked(&good, DAY_NONE).count, 1);
    published.stato = "approvato";
    v = good;
    v.righe_count = 0;
    assert_int_equal(checked(&v, DAY_NONE).items[0].invariante, INV_VARIAZIONE);
    lines[1].voce.n = 4242;
    assert_int_equal(checked(&good, DAY_NONE).count, 1);
}

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static bool same(const struct bilancio *a, const struct bilancio *b)
{
    struct variazione off;
    variazione_between(&arena, a, b, &off);
    return off.righe_count == 0;
}

/* Random amendments, those refused and those let in: the budget stays sound, its total is that of
 * the year plus what came in, and taking them back one by one leads to each state before. */
static void no_sequence_creates_or_loses_a_cent(void **state)
{
    (void)state;
    uint64_t seed = 2025;
    enum { STEPS = 400 };
    struct bilancio states[STEPS + 1];
    struct variazione kept[STEPS];
    size_t count = 0, refused = 0;
    int64_t total = 644935219;
    bilancio_copy(&arena, &published, &states[0]);
    for (int step = 0; step < STEPS * 3 && count < STEPS; step++) {
        const struct bilancio *now = &states[count];
        struct variazione_riga *lines = ARENA_NEWS(&arena, struct variazione_riga, 3);
        const struct cella *cella = &now->celle[next(&seed) % now->celle_count];
        int64_t cents = (int64_t)(next(&seed) % 300000);
        struct variazione v =
            shift(lines, now, 0, next(&seed) % now->voci_count, cella->fonte, cents);
        lines[0].voce = cella->voce;
        if (next(&seed) % 3 == 0) { /* or new money, or money that does not come */
            lines[0] = (struct variazione_riga){ID_NONE, cella->fonte, MONEY(cents - 100000)};
            lines[1] = (struct variazione_riga){cella->voce, cella->fonte, lines[0].importo};
        }
        struct bilancio_faults faults = {.arena = &arena};
        variazione_check(now, &v, DAY_NONE, &faults);
        if (faults.count > 0) {
            refused++;
            continue;
        }
        bilancio_copy(&arena, now, &states[count + 1]);
        assert_true(variazione_apply(&states[count + 1], &v, 1));
        total += lines[0].voce.n == 0 ? lines[0].importo.cents : 0;
        kept[count++] = v;
        assert_int_equal(bilancio_uscite(&states[count]).cents, total);
        assert_int_equal(bilancio_entrate(&states[count]).cents, total);
    }
    assert_true(count > 100 && refused > 100);
    struct bilancio back;
    bilancio_copy(&arena, &states[count], &back);
    for (size_t i = count; i > 0; i--) {
        assert_true(variazione_apply(&back, &kept[i - 1], -1));
        assert_true(same(&back, &states[i - 1]));
    }
    assert_true(same(&back, &published));
}

/* From any state to any other by the lines between them. */
static void the_lines_between_two_budgets_lead_there(void **state)
{
    (void)state;
    uint64_t seed = 3;
    struct bilancio to, walked;
    struct variazione lines;
    for (int round = 0; round < 200; round++) {
        bilancio_copy(&arena, &published, &to);
        for (int i = 0; i < 5; i++) {
            size_t at = next(&seed) % to.celle_count;
            int64_t cents = (int64_t)(next(&seed) % 5000);
            struct variazione_riga change = {to.celle[at].voce, to.celle[at].fonte, MONEY(cents)};
            struct variazione v = {.righe = &change, .righe_count = 1};
            assert_true(variazione_apply(&to, &v, 1));
            change.voce = ID_NONE;
            assert_true(variazione_apply(&to, &v, 1));
        }
        variazione_between(&arena, &published, &to, &lines);
        bilancio_copy(&arena, &published, &walked);
        assert_true(variazione_apply(&walked, &lines, 1));
        assert_true(same(&walked, &to));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_moved),
        cmocka_unit_test(each_line_a_cent_off_is_named),
        cmocka_unit_test(new_money_comes_with_its_source),
        cmocka_unit_test(a_bound_source_is_not_amended_out_of_its_bond),
        cmocka_unit_test(an_act_is_wanted_and_comes_in_order),
        cmocka_unit_test(no_sequence_creates_or_loses_a_cent),
        cmocka_unit_test(the_lines_between_two_budgets_lead_there),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
