/* The table for millions of fees against the rule that answers one at a time: on the published
 * plans, at every edge of every band and at a million and a half random values. */
#include "base/test/check.h"

#include "base/curve.h"
#include "mod/rette/tariffe.h"

#include <string.h>

extern const char tariffe_2025_tsv[];

static struct arena arena;
static struct tariffe tariffe;

static int read_plans(void **state)
{
    (void)state;
    arena_init(&arena, 512 * 1024 * 1024);
    tariffe_read(&arena, tariffe_2025_tsv, strlen(tariffe_2025_tsv), NULL, DAY_NONE, &tariffe);
    assert_int_equal(tariffe.fault_count, 0);
    assert_int_equal(tariffe.count, 9);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static uint64_t chance = 42;

static int64_t below(int64_t bound)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (int64_t)(chance % (uint64_t)bound);
}

enum { ASKED = 150 * 1000, EDGES = 400 };
static int32_t asked[ASKED], due[ASKED];
static struct money isee[ASKED], fees[ASKED];
static struct day days[ASKED];

static int64_t by_rule(const struct piano *piano, int64_t cents, bool festivo)
{
    struct retta retta;
    const struct isee shown = {.tipo = ISEE_ORDINARIO,
                               .valore = MONEY(cents),
                               .sottoscritta = day_of(2025, 1, 1),
                               .scadenza = day_of(2025, 12, 31)};
    retta_compute(
        piano,
        &(struct retta_caso){.giorno = day_of(2025, 3, 10), .festivo = festivo, .isee = &shown},
        &retta);
    return retta.importo.cents;
}

static void try_values(const struct piano *piano, bool festivo, size_t count)
{
    const struct retta_table *table = retta_table_make(&arena, piano, 1, festivo);
    assert_non_null(table);
    for (size_t i = 0; i < count; i++) {
        isee[i] = MONEY(asked[i]);
        days[i] = day_of(2025, 3, 10);
    }
    retta_table_many(table, isee, days, fees, count);
    assert_true(retta_table_day(table, day_of(2025, 3, 10), asked, due, count));
    for (size_t i = 0; i < count; i++) {
        int64_t want = asked[i] < 0 ? INT64_MIN : by_rule(piano, asked[i], festivo);
        assert_int_equal(fees[i].cents, want);
        assert_int_equal(due[i], asked[i] < 0 ? CURVE_NONE : want);
    }
}

static void every_edge_of_every_band(void **state)
{
    (void)state;
    for (size_t p = 0; p < tariffe.count; p++) {
        const struct piano *piano = &tariffe.piani[p];
        size_t count = 0;
        asked[count++] = -1;
        asked[count++] = INT32_MAX;
        for (size_t i = 0; i < piano->fasce_count; i++)
            for (int by = -1; by <= 1; by++)
                asked[count++] = (int32_t)piano->fasce[i].da.cents + by;
        for (int by = -2; by <= 2; by++)
            asked[count++] = 2200000 + by;
        assert_in_range(count, 7, EDGES);
        try_values(piano, false, count);
        if (rate_ok(piano->festivo))
            try_values(piano, true, count);
    }
}

static void many_random_values(void **state)
{
    (void)state;
    for (size_t p = 0; p < tariffe.count; p++) {
        struct piano piano = tariffe.piani[p];
        for (size_t i = 0; i < ASKED; i++)
            asked[i] = (int32_t)below(p % 2 == 0 ? 2500000 : 7000000);
        try_values(&piano, false, ASKED);
    }
    struct piano line = tariffe.piani[tariffe.count - 1];
    line.festivo = RATE(1, 20);
    line.isee_tetto = MONEY(1903400);
    line.costo = MONEY(99999);
    try_values(&line, true, ASKED);
}

static void amounts_too_large_go_the_slow_way(void **state)
{
    (void)state;
    struct piano piano = tariffe.piani[tariffe.count - 1];
    piano.isee_max = MONEY(INT64_C(3000000000));
    const struct retta_table *table = retta_table_make(&arena, &piano, 1, false);
    assert_non_null(table);
    assert_false(retta_table_day(table, day_of(2025, 3, 10), asked, due, 1));
    isee[0] = MONEY(INT64_C(2999999999));
    days[0] = day_of(2025, 3, 10);
    retta_table_many(table, isee, days, fees, 1);
    assert_int_equal(fees[0].cents, by_rule(&piano, isee[0].cents, false));
}

static void a_day_without_a_plan_is_refused(void **state)
{
    (void)state;
    const struct retta_table *table = retta_table_make(&arena, &tariffe.piani[0], 1, false);
    assert_false(retta_table_day(table, day_of(2024, 12, 31), asked, due, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_edge_of_every_band),
        cmocka_unit_test(many_random_values),
        cmocka_unit_test(amounts_too_large_go_the_slow_way),
        cmocka_unit_test(a_day_without_a_plan_is_refused),
    };
    return cmocka_run_group_tests(tests, read_plans, close_arena);
}
