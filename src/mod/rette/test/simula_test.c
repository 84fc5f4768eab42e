/* Two plans compared, and a plan tried on its users: by hand on the published plans, and what must
 * hold of every simulation. */
#include "base/test/check.h"

#include "mod/rette/tariffe.h"

#include <string.h>

extern const char tariffe_2025_tsv[];

static struct arena arena;
static struct tariffe tariffe;

static int read_plans(void **state)
{
    (void)state;
    arena_init(&arena, 256 * 1024 * 1024);
    tariffe_read(&arena, tariffe_2025_tsv, strlen(tariffe_2025_tsv), NULL, DAY_NONE, &tariffe);
    assert_int_equal(tariffe.fault_count, 0);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static const struct piano *published(const char *servizio, const char *variante)
{
    for (size_t i = 0; i < tariffe.count; i++)
        if (strcmp(tariffe.piani[i].servizio, servizio) == 0 &&
            strcmp(tariffe.piani[i].variante, variante) == 0)
            return &tariffe.piani[i];
    fail_msg("no plan %s %s", servizio, variante);
    return NULL;
}

/* Home care with two bands instead of ten: 5,00 up to 12.000,00, and 13,00 over it. */
static struct piano two_bands(void)
{
    struct fascia *fasce = ARENA_NEWS(&arena, struct fascia, 2);
    fasce[0] = (struct fascia){MONEY(0), MONEY(1200000), MONEY(500), RATE(0, 0)};
    fasce[1] = (struct fascia){MONEY(1200001), MONEY_INVALID, MONEY(1300), RATE(0, 0)};
    struct piano piano = *published("SAD", "feriale");
    piano.fasce = fasce;
    piano.fasce_count = 2;
    piano.importo_senza = MONEY(1400);
    piano.validita.from = day_of(2026, 1, 1);
    return piano;
}

/* ---- comparison ------------------------------------------------------------------------- */

static void stretches_are_cut_at_the_bounds_of_both(void **state)
{
    (void)state;
    struct confronto c;
    struct piano dopo = two_bands();
    piano_compare(published("SAD", "feriale"), &dopo, false, &c);
    assert_int_equal(c.count, 11); /* ten bands, one of them cut at 12.000,00 */
    assert_int_equal(c.tratti[5].da.cents, 1000001);
    assert_int_equal(c.tratti[5].a.cents, 1200000);
    assert_int_equal(c.tratti[5].prima[0].cents, 690);
    assert_int_equal(c.tratti[5].dopo[1].cents, 500);
    assert_int_equal(c.tratti[6].da.cents, 1200001);
    assert_int_equal(c.tratti[6].a.cents, 1350000);
    assert_int_equal(c.tratti[6].prima[1].cents, 690);
    assert_int_equal(c.tratti[6].dopo[0].cents, 1300);
    assert_false(money_ok(c.tratti[10].a));
    assert_int_equal(c.tratti[10].prima[0].cents, 1450);
    assert_int_equal(c.senza_prima.cents, 1500);
    assert_int_equal(c.senza_dopo.cents, 1400);
    piano_compare(published("SAD", "feriale"), &dopo, true, &c);
    assert_int_equal(c.tratti[1].prima[0].cents, 137);
    assert_int_equal(c.tratti[1].dopo[0].cents, 525);
}

static void a_line_is_told_at_both_ends(void **state)
{
    (void)state;
    struct confronto c;
    piano_compare(published("CDD", "lineare"), published("CSE", "lineare"), false, &c);
    assert_int_equal(c.count, 2);
    assert_int_equal(c.tratti[0].prima[0].cents, 22000);
    assert_int_equal(c.tratti[0].dopo[0].cents, 32000);
    assert_int_equal(c.tratti[0].a.cents, 2199999);
    assert_int_equal(c.tratti[0].prima[1].cents, 50000);
    assert_int_equal(c.tratti[1].da.cents, 2200000);
    assert_int_equal(c.tratti[1].dopo[0].cents, 50000);
}

/* All stretches together are all of the ISEE, and both plans keep their rule inside each. */
static void stretches_cover_everything(void **state)
{
    (void)state;
    for (size_t i = 0; i < tariffe.count; i++)
        for (size_t k = 0; k < tariffe.count; k++) {
            struct confronto c;
            const struct piano *prima = &tariffe.piani[i], *dopo = &tariffe.piani[k];
            piano_compare(prima, dopo, false, &c);
            int64_t next = 0;
            for (size_t t = 0; t < c.count; t++) {
                const struct confronto_tratto *tratto = &c.tratti[t];
                assert_int_equal(tratto->da.cents, next);
                assert_int_equal(money_ok(tratto->a), t + 1 < c.count);
                next = tratto->a.cents + 1;
                if (prima->tipo == PIANO_FASCE)
                    assert_int_equal(tratto->prima[0].cents, tratto->prima[1].cents);
                assert_int_equal(tratto->prima[0].cents, piano_fee(prima, tratto->da, false).cents);
            }
        }
}

static void a_percentage_needs_something_to_divide_by(void **state)
{
    (void)state;
    assert_int_equal(difference_percent(MONEY(130), MONEY(137)).cents, 538);
    assert_int_equal(difference_percent(MONEY(1000), MONEY(500)).cents, -5000);
    assert_false(money_ok(difference_percent(MONEY(0), MONEY(500))));
    assert_false(money_ok(difference_percent(MONEY(5), MONEY_INVALID)));
}

/* ---- what if ---------------------------------------------------------------------------- */

static struct isee shown(int64_t cents)
{
    return (struct isee){.tipo = ISEE_ORDINARIO,
                         .valore = MONEY(cents),
                         .sottoscritta = day_of(2025, 2, 1),
                         .scadenza = day_of(2025, 12, 31)};
}

/* Three hours a week each, 52 weeks: 156 hours. */
static void four_users_by_hand(void **state)
{
    (void)state;
    const struct isee isee[] = {shown(300000), shown(1100000), shown(2500000)};
    const struct simula_utente utenti[] = {{0, 1, 0, false, {9360, 0}},
                                           {1, 1, 1, false, {9360, 0}},
                                           {2, 1, 1, false, {9360, 600}},
                                           {3, 0, 0, false, {9360, 0}}};
    const struct simula_dati dati = {utenti, 4, isee, 2, 60, day_of(2025, 6, 1)};
    struct piano dopo = two_bands();
    struct simula_esito esito;
    simula_run(&arena, &dati, published("SAD", "feriale"), &dopo, &esito);
    assert_int_equal(esito.righe[0].prima.cents, 156 * 130);
    assert_int_equal(esito.righe[0].dopo.cents, 156 * 500);
    assert_int_equal(esito.righe[1].prima.cents, 156 * 690);
    assert_int_equal(esito.righe[2].prima.cents, 156 * 1450 + 10 * 1523);
    assert_int_equal(esito.righe[2].dopo.cents, 156 * 1300 + 10 * 1365);
    assert_int_equal(esito.righe[3].prima.cents, 156 * 1500);
    assert_int_equal(esito.righe[3].dopo.cents, 156 * 1400);
    assert_int_equal(esito.totale.utenti, 4);
    assert_int_equal(esito.totale.piu, 1);
    assert_int_equal(esito.totale.meno, 3);
    assert_int_equal(esito.fasce_count, 4);
    assert_int_equal(esito.fasce[0].utenti, 2);
    assert_int_equal(esito.fasce[2].utenti, 1);
    assert_string_equal(esito.fasce_nomi[1], "oltre 12.000,00 euro");
    assert_int_equal(esito.comuni[1].utenti, 2);
    assert_int_equal(esito.comuni[1].piu, 0);
    assert_int_equal(esito.scarti[6].utenti, 0);
    assert_int_equal(esito.scarti[7].utenti, 1); /* + 577,20 */
}

static uint64_t chance = 7;

static int64_t below(int64_t bound)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (int64_t)(chance % (uint64_t)bound);
}

static void add(struct simula_cifra *sum, const struct simula_cifra *cifra)
{
    sum->utenti += cifra->utenti;
    sum->piu += cifra->piu;
    sum->meno += cifra->meno;
    sum->prima = money_add(sum->prima, cifra->prima);
    sum->dopo = money_add(sum->dopo, cifra->dopo);
}

static void check_sum(const struct simula_esito *esito, const struct simula_cifra *parts,
                      size_t count)
{
    struct simula_cifra sum = {0};
    for (size_t i = 0; i < count; i++)
        add(&sum, &parts[i]);
    assert_int_equal(sum.utenti, esito->totale.utenti);
    assert_int_equal(sum.piu, esito->totale.piu);
    assert_int_equal(sum.meno, esito->totale.meno);
    assert_int_equal(sum.prima.cents, esito->totale.prima.cents);
    assert_int_equal(sum.dopo.cents, esito->totale.dopo.cents);
}

enum { USERS = 3000, PLACES = 24 };

static void no_cent_is_lost_between_the_tables(void **state)
{
    (void)state;
    static struct isee isee[USERS];
    static struct simula_utente utenti[USERS];
    for (size_t i = 0; i < USERS; i++) {
        isee[i] = shown(below(3000000));
        isee[i].tipo = (enum isee_tipo)below(ISEE_TIPI);
        if (below(10) == 0)
            isee[i].scadenza = day_of(2024, 12, 31);
        utenti[i] = (struct simula_utente){i,
                                           (size_t)below(2),
                                           (size_t)below(PLACES),
                                           below(20) == 0,
                                           {below(20000), below(3000)}};
    }
    const struct simula_dati dati = {utenti, USERS, isee, PLACES, 60, day_of(2025, 6, 1)};
    for (size_t p = 0; p < tariffe.count; p++) {
        struct simula_esito esito;
        simula_run(&arena, &dati, published("SAD", "feriale"), &tariffe.piani[p], &esito);
        assert_int_equal(esito.totale.utenti + esito.incalcolati, USERS);
        check_sum(&esito, esito.comuni, PLACES);
        check_sum(&esito, esito.fasce, esito.fasce_count);
        check_sum(&esito, esito.scarti, SIMULA_SCARTI);
    }
}

static void the_same_plan_changes_nothing(void **state)
{
    (void)state;
    const struct isee isee[] = {shown(300000)};
    const struct simula_utente utenti[] = {{0, 1, 0, false, {12, 0}}};
    const struct simula_dati dati = {utenti, 1, isee, 1, 1, day_of(2025, 6, 1)};
    struct simula_esito esito;
    const struct piano *cse = published("CSE", "lineare");
    simula_run(&arena, &dati, cse, cse, &esito);
    assert_int_equal(esito.totale.piu + esito.totale.meno, 0);
    assert_int_equal(esito.scarti[4].utenti, 1);
    assert_int_equal(esito.totale.prima.cents, 12 * 34455); /* 320 + 180 x 3/22 = 344,545.. */
    assert_int_equal(esito.totale.dopo.cents, esito.totale.prima.cents);
}

static void nobody_is_a_simulation_too(void **state)
{
    (void)state;
    const struct simula_dati dati = {NULL, 0, NULL, 1, 60, day_of(2025, 6, 1)};
    struct simula_esito esito;
    simula_run(&arena, &dati, published("SAD", "feriale"), published("SAD", "feriale"), &esito);
    assert_int_equal(esito.totale.utenti, 0);
    assert_int_equal(esito.totale.dopo.cents, 0);
}

/* ---- small cells ------------------------------------------------------------------------ */

static void a_small_cell_takes_another_with_it(void **state)
{
    (void)state;
    bool hidden[4];
    celle_hide((const int64_t[]){10, 0, 3, 7}, 4, hidden);
    assert_false(hidden[0] || hidden[1]);
    assert_true(hidden[2] && hidden[3]);
    celle_hide((const int64_t[]){10, 4, 1, 7}, 4, hidden);
    assert_true(!hidden[0] && hidden[1] && hidden[2] && !hidden[3]);
    celle_hide((const int64_t[]){10, 5, 0, 7}, 4, hidden);
    assert_false(hidden[0] || hidden[1] || hidden[2] || hidden[3]);
    celle_hide((const int64_t[]){2}, 1, hidden);
    assert_true(hidden[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stretches_are_cut_at_the_bounds_of_both),
        cmocka_unit_test(a_line_is_told_at_both_ends),
        cmocka_unit_test(stretches_cover_everything),
        cmocka_unit_test(a_percentage_needs_something_to_divide_by),
        cmocka_unit_test(four_users_by_hand),
        cmocka_unit_test(no_cent_is_lost_between_the_tables),
        cmocka_unit_test(the_same_plan_changes_nothing),
        cmocka_unit_test(nobody_is_a_simulation_too),
        cmocka_unit_test(a_small_cell_takes_another_with_it),
    };
    return cmocka_run_group_tests(tests, read_plans, close_arena);
}
