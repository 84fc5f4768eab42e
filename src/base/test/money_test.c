#include "base/test/check.h"

#include "base/money.h"

static int64_t cents_of(const char *text)
{
    struct money amount;
    return money_parse(text, &amount) ? amount.cents : INT64_MIN;
}

static void italian_text_comes_in(void **state)
{
    (void)state;
    assert_int_equal(cents_of("1.430.038,80"), 143003880);
    assert_int_equal(cents_of("€ 34,20"), 3420);
    assert_int_equal(cents_of("34,2 €"), 3420);
    assert_int_equal(cents_of("1430038.80"), 143003880);
    assert_int_equal(cents_of("1.500"), 150000);
    assert_int_equal(cents_of("1.5"), 150);
    assert_int_equal(cents_of("-0,01"), -1);
    assert_int_equal(cents_of("0"), 0);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",    "abc", "1,234", "1.43.00", "12,",   ",5",         "1 000",
        "--1", "1e5", "0x10",  "0.500",   "1,2,3", "1.2345.678", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(cents_of(bad[i]), INT64_MIN);
}

static void text_goes_out(void **state)
{
    (void)state;
    char text[MONEY_TEXT];
    assert_string_equal(money_it(MONEY(143003880), text), "1.430.038,80");
    assert_string_equal(money_it(MONEY(-5), text), "-0,05");
    assert_string_equal(money_it(MONEY(-100000), text), "-1.000,00");
    assert_string_equal(money_machine(MONEY(143003880), text), "1430038.80");
    assert_string_equal(money_it(MONEY_INVALID, text), "?");
}

/* SAD 2025: holiday = weekday + 5 %, published for all bands. */
static void rounding_is_half_away_from_zero(void **state)
{
    (void)state;
    static const int64_t weekday[] = {130, 260, 390, 540, 690, 870, 1060, 1250, 1450, 1500};
    static const int64_t holiday[] = {137, 273, 410, 567, 725, 914, 1113, 1313, 1523, 1575};
    for (size_t i = 0; i < sizeof weekday / sizeof *weekday; i++)
        assert_int_equal(money_share(MONEY(weekday[i]), RATE(105, 100), STEP_CENT).cents,
                         holiday[i]);
    assert_int_equal(money_share(MONEY(-1), RATE(1, 2), STEP_CENT).cents, -1);
    assert_int_equal(money_share(MONEY(5611686), RATE(7, 12), STEP_TEN_EURO).cents, 3273000);
    assert_int_equal(money_share(MONEY(3399138), RATE(32, 100), STEP_EURO).cents, 1087700);
}

static void overflow_is_sticky(void **state)
{
    (void)state;
    struct money big = MONEY(INT64_MAX);
    assert_false(money_ok(money_add(big, MONEY(1))));
    assert_false(money_ok(money_sub(money_add(big, MONEY(1)), MONEY(1))));
    assert_false(money_ok(money_times(big, 2)));
    assert_false(money_ok(money_share(big, RATE(3, 2), STEP_CENT)));
    assert_true(money_ok(money_share(big, RATE(1, 3), STEP_CENT)));
}

static void rates_are_exact(void **state)
{
    (void)state;
    char text[RATE_TEXT];
    struct rate rate;
    assert_true(rate_parse("21,06 %", &rate));
    assert_int_equal(rate.num, 1053);
    assert_int_equal(rate.den, 5000);
    assert_true(rate_parse("17/94", &rate));
    assert_int_equal(money_share(MONEY(11102000), rate, STEP_CENT).cents, 2007809);
    assert_string_equal(rate_machine(rate, text), "17/94");
    assert_true(rate_parse("0.20", &rate));
    assert_string_equal(rate_machine(rate, text), "0.2");
    assert_true(rate_parse("0.216", &rate)); /* three decimals, not two hundred and sixteen */
    assert_string_equal(rate_machine(rate, text), "0.216");
    assert_true(rate_parse("5144444444445131.403/4", &rate)); /* 21 digits as a decimal number */
    assert_string_equal(rate_machine(rate, text), "5144444444445131403/4000");
    assert_false(rate_parse("1.234,5", &rate));
    assert_false(rate_parse("1/0", &rate));
    assert_false(rate_parse("1/", &rate));
    struct rate sum = rate_add(rate_of(1, 3), rate_add(rate_of(1, 6), rate_of(1, 2)));
    assert_int_equal(rate_cmp(sum, RATE_ONE), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(italian_text_comes_in), cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(text_goes_out),         cmocka_unit_test(rounding_is_half_away_from_zero),
        cmocka_unit_test(overflow_is_sticky),    cmocka_unit_test(rates_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
