/* Properties that hold for every plan, tried on plans made by chance from a fixed seed. */
#include "base/test/check.h"

#include "mod/rette/rules.h"

#include <string.h>

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena, 256 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static uint64_t chance = 20250101;

static int64_t below(int64_t bound)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (int64_t)(chance % (uint64_t)bound);
}

static void bands_by_chance(struct piano *piano)
{
    size_t count = 1 + (size_t)below(12);
    struct fascia *fasce = ARENA_NEWS(&arena, struct fascia, count);
    int64_t end = -1, fee = 0;
    for (size_t i = 0; i < count; i++) {
        fasce[i].da = MONEY(end + 1);
        end += 1 + below(500000);
        fee += below(500);
        fasce[i].a = i + 1 < count ? MONEY(end) : MONEY_INVALID;
        fasce[i].importo = MONEY(fee);
    }
    piano->tipo = PIANO_FASCE;
    piano->fasce = fasce;
    piano->fasce_count = count;
}

static struct piano plan_by_chance(void)
{
    struct piano piano;
    piano_blank(&piano);
    piano.servizio = "SAD";
    piano.variante = "feriale";
    piano.unita = "ora";
    piano.atto = "Delibera 1/2025";
    piano.validita.from = day_of(2025, 1, 1);
    piano.festivo = rate_of(below(30), 100);
    if (below(3) > 0) {
        bands_by_chance(&piano);
    } else {
        piano.tipo = PIANO_LINEARE;
        piano.isee_min = MONEY(below(1000000));
        piano.isee_max = MONEY(piano.isee_min.cents + 1 + below(3000000));
        piano.retta_min = MONEY(below(30000));
        piano.retta_max = MONEY(piano.retta_min.cents + below(50000));
    }
    if (below(4) == 0) {
        piano.costo = MONEY(10000000);
        piano.isee_tetto = MONEY(below(4000000));
    }
    return piano;
}

static struct retta fee_of(const struct piano *piano, int64_t isee_cents, bool festivo)
{
    static struct isee isee;
    isee = (struct isee){.valore = MONEY(isee_cents),
                         .sottoscritta = day_of(2025, 1, 1),
                         .scadenza = day_of(2025, 12, 31)};
    struct retta retta;
    retta_compute(
        piano,
        &(struct retta_caso){.giorno = day_of(2025, 5, 5), .festivo = festivo, .isee = &isee},
        &retta);
    return retta;
}

enum { PLANS = 400, ASKED = 60, ISEE_MOST = 6000000 };

/* More ISEE never means less to pay, on plans whose amounts do not fall; nothing is refused. */
static void a_fee_does_not_fall_as_isee_rises(void **state)
{
    (void)state;
    for (int i = 0; i < PLANS; i++) {
        struct piano piano = plan_by_chance();
        struct rette_faults faults = {.arena = &arena};
        piano_check(&piano, &faults);
        assert_int_equal(faults.count, 0);
        int64_t isee = 0, before = 0;
        for (int k = 0; k < ASKED; k++) {
            struct retta retta = fee_of(&piano, isee, false);
            assert_int_equal(retta.esito, RETTA_DOVUTA);
            assert_true(retta.importo.cents >= before);
            before = retta.importo.cents;
            isee += below(2 * ISEE_MOST / ASKED);
        }
    }
}

/* The holiday rate adds its share to the cent, and never more than half a cent off. */
static void a_holiday_adds_its_share(void **state)
{
    (void)state;
    for (int i = 0; i < PLANS; i++) {
        struct piano piano = plan_by_chance();
        int64_t isee = below(ISEE_MOST);
        int64_t plain = fee_of(&piano, isee, false).importo.cents;
        struct retta holiday = fee_of(&piano, isee, true);
        int64_t off = holiday.importo.cents * piano.festivo.den -
                      plain * (piano.festivo.den + piano.festivo.num);
        assert_true(2 * (off < 0 ? -off : off) <= piano.festivo.den);
        assert_int_equal(holiday.base.cents, plain);
    }
}

/* What the person reads ends with what the person pays, and says each number that counted. */
static void an_explanation_says_its_numbers(void **state)
{
    (void)state;
    for (int i = 0; i < PLANS; i++) {
        struct piano piano = plan_by_chance();
        int64_t isee = below(ISEE_MOST);
        struct retta retta = fee_of(&piano, isee, below(2) == 0);
        char amount[MONEY_TEXT], base[MONEY_TEXT], value[MONEY_TEXT];
        retta_explain(&arena, &piano, &retta);
        const char *text = retta_text(&arena, &retta);
        money_it(retta.importo, amount);
        const char *last = arena_printf(&arena, "Retta dovuta: %s euro all’ora.", amount);
        assert_string_equal(retta.spiegazione[retta.righe - 1], last);
        assert_non_null(strstr(text, money_it(retta.base, base)));
        assert_non_null(strstr(text, money_it(MONEY(isee), value)));
        assert_non_null(strstr(text, "31/12/2025"));
        assert_non_null(strstr(text, piano.atto));
    }
}

/* The compiled table answers as the rule does, at random and at the ends of each band. */
static void the_table_agrees_with_the_rule(void **state)
{
    (void)state;
    for (int i = 0; i < PLANS; i++) {
        struct piano piano = plan_by_chance();
        bool festivo = below(2) == 0;
        const struct retta_table *table = retta_table_make(&arena, &piano, 1, festivo);
        assert_non_null(table);
        struct money isee[ASKED], got[ASKED];
        struct day days[ASKED];
        for (size_t k = 0; k < ASKED; k++) {
            isee[k] = MONEY(below(ISEE_MOST));
            if (piano.tipo == PIANO_FASCE && k < piano.fasce_count * 2)
                isee[k] = MONEY(piano.fasce[k / 2].da.cents + (int64_t)(k % 2));
            days[k] = day_of(2025, 5, 5);
        }
        retta_table_many(table, isee, days, got, ASKED);
        for (size_t k = 0; k < ASKED; k++)
            assert_int_equal(got[k].cents, fee_of(&piano, isee[k].cents, festivo).importo.cents);
    }
}

static void the_table_knows_its_versions(void **state)
{
    (void)state;
    struct piano two[2] = {plan_by_chance(), plan_by_chance()};
    two[1].validita.from = two[0].validita.to = day_of(2026, 1, 1);
    two[1].validita.to = day_of(2027, 1, 1);
    two[0].tipo = two[1].tipo = PIANO_FORFAIT;
    two[0].forfait = MONEY(100);
    two[1].forfait = MONEY(200);
    two[0].isee_tetto = two[1].isee_tetto = MONEY_INVALID;
    struct piano turned[2] = {two[1], two[0]};
    const struct retta_table *table = retta_table_make(&arena, turned, 2, false);
    assert_non_null(table);
    const struct money isee[] = {MONEY(0), MONEY(5), MONEY(5), MONEY(5), MONEY(5), MONEY(-1)};
    const struct day days[] = {day_of(2025, 1, 1),   day_of(2025, 12, 31), day_of(2026, 1, 1),
                               day_of(2024, 12, 31), day_of(2027, 1, 1),   day_of(2025, 1, 1)};
    const int64_t want[] = {100, 100, 200, INT64_MIN, INT64_MIN, INT64_MIN};
    struct money got[6];
    retta_table_many(table, isee, days, got, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(got[i].cents, want[i]);
    two[1].validita.from = day_of(2025, 12, 31);
    assert_null(retta_table_make(&arena, two, 2, false));
    assert_null(retta_table_make(&arena, two, 0, false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fee_does_not_fall_as_isee_rises),
        cmocka_unit_test(a_holiday_adds_its_share),
        cmocka_unit_test(an_explanation_says_its_numbers),
        cmocka_unit_test(the_table_agrees_with_the_rule),
        cmocka_unit_test(the_table_knows_its_versions),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
