#include "base/test/check.h"
#include "base/tsv.h"
#include "mod/riparto/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 4 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static const char *read_case_file(const char *name)
{
    const char *root = getenv("ZONALE_SOURCE");
    char path[512];
    snprintf(path, sizeof path, "%s/src/mod/riparto/test/%s", root ? root : ".", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = arena_alloc(&arena, 65536);
    assert_in_range(fread(text, 1, 65535, file), 1, 65534);
    fclose(file);
    return text;
}

/* ---- instalments: every cell of the published table ----------------------------------------- */

static void check_rata(struct tsv *tsv, int number, const struct rata *rata)
{
    char column[40];
    static const char *const parts[] = {"totale", "fattura", "trasferimento"};
    struct money found[] = {rata->totale, rata->fattura, rata->trasferimento};
    for (int i = 0; i < 3; i++) {
        snprintf(column, sizeof column, "rata%d_%s", number, parts[i]);
        struct money due = tsv_money(tsv, column);
        if (due.cents != found[i].cents)
            fail_msg("line %d, %s: %lld, published %lld", tsv->line, column,
                     (long long)found[i].cents, (long long)due.cents);
    }
}

static void test_rate_2025(void **state)
{
    (void)state;
    const struct rate quote[] = {RATE(3, 10), RATE(3, 10), RATE(1, 4), RATE(3, 20)};
    struct tsv tsv;
    struct err err = {0};
    struct rata sum[4] = {0};
    int payers = 0;
    assert_true(tsv_start(&tsv, &arena, &err, "rate_2025.tsv", read_case_file("rate_2025.tsv")));
    while (tsv_next(&tsv)) {
        int64_t people = tsv_int(&tsv, "abitanti");
        struct money total = tsv_money(&tsv, "totale"), due;
        assert_int_equal(riparto_pro_capite(MONEY(3420), &people, 1, &due), RIPARTO_OK);
        assert_int_equal(due.cents, total.cents);
        struct rata rate[4];
        assert_int_equal(rate_compute(total, quote, 4, RATE(8, 25), rate), RIPARTO_OK);
        bool totals = payers == 17; /* the last row is the sum of the others */
        for (int i = 0; i < 4; i++) {
            check_rata(&tsv, i + 1, totals ? &sum[i] : &rate[i]);
            sum[i].totale = money_add(sum[i].totale, rate[i].totale);
            sum[i].fattura = money_add(sum[i].fattura, rate[i].fattura);
            sum[i].trasferimento = money_add(sum[i].trasferimento, rate[i].trasferimento);
        }
        payers++;
    }
    assert_int_equal(err.code, ERR_NONE);
    assert_int_equal(payers, 18);
}

static void test_rate_refusals(void **state)
{
    (void)state;
    struct rata rate[3];
    const struct rate short_of_one[] = {RATE(1, 3), RATE(1, 3)};
    const struct rate thirds[] = {RATE(1, 3), RATE(1, 3), RATE(1, 3)};
    const struct rate minus[] = {RATE(-1, 2), RATE(3, 2)};
    assert_int_equal(rate_compute(MONEY(100), short_of_one, 2, RATE(0, 1), rate), RIPARTO_QUOTE);
    assert_int_equal(rate_compute(MONEY(100), minus, 2, RATE(0, 1), rate), RIPARTO_QUOTE);
    assert_int_equal(rate_compute(MONEY(100), thirds, 3, RATE(4, 3), rate), RIPARTO_QUOTE);
    assert_int_equal(rate_compute(MONEY(100), thirds, 0, RATE(0, 1), rate), RIPARTO_VUOTO);
    assert_int_equal(rate_compute(MONEY(100), thirds, 3, RATE(0, 1), rate), RIPARTO_OK);
    assert_int_equal(rate[0].totale.cents + rate[1].totale.cents + rate[2].totale.cents, 100);
    assert_int_equal(rate[2].totale.cents, 34);
}

/* ---- SAD: two criteria, and what rounding each row loses ------------------------------------ */

struct sad {
    int64_t over65[32], hours[32];
    struct money published[32], months[32];
    size_t count;
};

static void load_sad(struct sad *sad)
{
    struct tsv tsv;
    struct err err = {0};
    *sad = (struct sad){0};
    assert_true(tsv_start(&tsv, &arena, &err, "sad_2025.tsv", read_case_file("sad_2025.tsv")));
    for (; tsv_next(&tsv); sad->count++) {
        sad->over65[sad->count] = tsv_int(&tsv, "over65");
        sad->hours[sad->count] = tsv_money(&tsv, "ore").cents; /* hundredths of an hour */
        sad->published[sad->count] = tsv_money(&tsv, "budget");
        sad->months[sad->count] = tsv_money(&tsv, "sette_mesi");
    }
    assert_int_equal(err.code, ERR_NONE);
    assert_int_equal(sad->count, 17);
}

static void test_sad_2025(void **state)
{
    (void)state;
    struct sad sad;
    load_sad(&sad);
    const struct criterio criteria[] = {{"over 65", RATE(1, 5), sad.over65},
                                        {"ore medie", RATE(4, 5), sad.hours}};
    struct riparto riparto = {MONEY(24000000), criteria, 2, sad.count, STEP_CENT, ARROTONDA_RIGA};
    struct money due[32], rest[32], residue;
    assert_int_equal(riparto_compute(&arena, &riparto, due, &residue, NULL), RIPARTO_OK);
    int checked = 0, slips = 0;
    for (size_t i = 0; i < sad.count; i++) {
        if (money_ok(sad.published[i])) {
            assert_int_equal(due[i].cents, sad.published[i].cents);
            int64_t months = money_share(due[i], RATE(7, 12), STEP_TEN_EURO).cents;
            if (months != sad.months[i].cents) { /* 2 026,63 was published as 2 020,00: a slip */
                assert_int_equal(months, 203000);
                assert_int_equal(sad.months[i].cents, 202000);
                slips++;
            }
            checked++;
        }
    }
    assert_int_equal(checked, 6);
    assert_int_equal(slips, 1);
    assert_int_equal(residue.cents, 1); /* the published column adds up to 240 000,01 */
    riparto.modo = ARROTONDA_RESTI;
    assert_int_equal(riparto_compute(&arena, &riparto, rest, &residue, NULL), RIPARTO_OK);
    assert_int_equal(residue.cents, 0);
    int64_t differences = 0;
    for (size_t i = 0; i < sad.count; i++)
        differences += rest[i].cents != due[i].cents;
    assert_int_equal(differences, 1);
}

/* ---- properties ----------------------------------------------------------------------------- */

static uint64_t seed = 7;

static int64_t below(int64_t bound)
{
    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (int64_t)((seed >> 33) % (uint64_t)bound);
}

static void test_remainders_add_up(void **state)
{
    (void)state;
    enum { ROWS = 60 };
    static const int64_t steps[] = {STEP_CENT, STEP_EURO, STEP_TEN_EURO};
    for (int round = 0; round < 2000; round++) {
        int64_t a[ROWS], b[ROWS];
        struct money due[ROWS], plain[ROWS], residue;
        size_t rows = (size_t)(1 + below(ROWS));
        for (size_t i = 0; i < rows; i++) {
            a[i] = below(3) ? below(1000000) : 0;
            b[i] = below(50);
        }
        a[0]++;
        b[rows - 1]++;
        int64_t part = 1 + below(99);
        const struct criterio criteria[] = {{"a", rate_of(part, 100), a},
                                            {"b", rate_of(100 - part, 100), b}};
        int64_t step = steps[below(3)];
        struct riparto riparto = {
            MONEY(below(1000000) * step), criteria, 2, rows, step, ARROTONDA_RESTI};
        assert_int_equal(riparto_compute(&arena, &riparto, due, &residue, NULL), RIPARTO_OK);
        assert_int_equal(residue.cents, 0);
        riparto.modo = ARROTONDA_RIGA;
        assert_int_equal(riparto_compute(&arena, &riparto, plain, &residue, NULL), RIPARTO_OK);
        int64_t sum = 0;
        for (size_t i = 0; i < rows; i++) {
            sum += due[i].cents;
            int64_t apart = due[i].cents - plain[i].cents;
            assert_true(apart >= -step && apart <= step);
            assert_int_equal(due[i].cents % step, 0);
        }
        assert_int_equal(sum, riparto.importo.cents);
        arena_release(&arena);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    const int64_t good[] = {1, 2}, zero[] = {0, 0}, minus[] = {1, -1};
    const int64_t huge[] = {INT64_C(1) << 41, 1};
    struct money due[2], residue;
    size_t where = 9;
    const struct {
        struct rate quota;
        const int64_t *weights;
        struct money amount;
        enum riparto_esito due;
    } cases[] = {
        {RATE(1, 2), good, MONEY(100), RIPARTO_OK},
        {RATE(1, 2), zero, MONEY(100), RIPARTO_SENZA_PESO},
        {RATE(1, 2), minus, MONEY(100), RIPARTO_NEGATIVO},
        {RATE(1, 2), huge, MONEY(100), RIPARTO_SMISURATO},
        {RATE(1, 2), good, MONEY(-1), RIPARTO_NEGATIVO},
        {RATE(1, 2), good, MONEY_INVALID, RIPARTO_SMISURATO},
        {RATE(1, 3), good, MONEY(100), RIPARTO_QUOTE},
        {RATE(0, 0), good, MONEY(100), RIPARTO_QUOTE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct criterio criteria[] = {{"primo", RATE(1, 2), good},
                                            {"secondo", cases[i].quota, cases[i].weights}};
        struct riparto riparto = {cases[i].amount, criteria, 2, 2, STEP_CENT, ARROTONDA_RESTI};
        assert_int_equal(riparto_compute(&arena, &riparto, due, &residue, &where), cases[i].due);
    }
    struct riparto none = {MONEY(1), NULL, 0, 2, STEP_CENT, ARROTONDA_RESTI};
    assert_int_equal(riparto_compute(&arena, &none, due, &residue, NULL), RIPARTO_VUOTO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rate_2025, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rate_refusals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sad_2025, setup, teardown),
        cmocka_unit_test_setup_teardown(test_remainders_add_up, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
