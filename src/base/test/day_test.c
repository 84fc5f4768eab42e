#include "base/day.h"
#include "base/test/check.h"

static void test_civil_round_trip(void **state)
{
    (void)state;
    assert_int_equal(day_of(1970, 1, 1).n, 0);
    assert_int_equal(day_of(2000, 3, 1).n, 11017);
    int year = 1, month = 1, day = 1;
    for (struct day d = DAY_MIN; d.n <= DAY_MAX.n; d.n++) {
        struct civil c = day_civil(d);
        if (c.year != year || c.month != month || c.day != day) {
            fail_msg("%d: %d-%d-%d, due %d-%d-%d", d.n, c.year, c.month, c.day, year, month, day);
        }
        if (day_of(year, month, day).n != d.n) {
            fail_msg("%d-%d-%d", year, month, day);
        }
        if (!day_known(day_of(year, month, ++day))) {
            day = 1;
            if (++month == 13) {
                month = 1;
                year++;
            }
        }
    }
    assert_int_equal(year, 10000);
}

static void test_days_that_do_not_exist(void **state)
{
    (void)state;
    static const int bad[][3] = {{2025, 2, 29}, {1900, 2, 29}, {2024, 4, 31}, {0, 1, 1},
                                 {10000, 1, 1}, {2024, 0, 1},  {2024, 13, 1}, {2024, 1, 0}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(day_known(day_of(bad[i][0], bad[i][1], bad[i][2])));
    }
    assert_true(day_known(day_of(2000, 2, 29)));
    assert_false(day_known(day_add(DAY_MAX, 1)));
    assert_false(day_known(day_add(DAY_NONE, 1)));
    assert_int_equal(day_civil(DAY_NONE).year, 0);
}

static void test_parse(void **state)
{
    (void)state;
    static const char *const good[] = {"5/3/2026", "05/03/2026", "5.3.2026", "5-3-2026",
                                       "2026-03-05"};
    static const char *const bad[] = {"",           "5/3/26",   "31/02/2026", "5/3.2026",
                                      "5/3/2026x",  "2026-3-5", "2026/03/05", " 5/3/2026",
                                      "005/3/2026", "5//2026",  "-5/3/2026",  "5/3/20260",
                                      "2026-03-05T"};
    struct day day = DAY_NONE;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(day_parse(good[i], &day));
        assert_int_equal(day.n, day_of(2026, 3, 5).n);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (day_parse(bad[i], &day)) {
            fail_msg("accepted: %s", bad[i]);
        }
    }
    char text[DAY_TEXT];
    assert_string_equal(day_it(day_of(2026, 3, 5), text), "05/03/2026");
    assert_string_equal(day_iso(day_of(2026, 3, 5), text), "2026-03-05");
    assert_string_equal(day_it(DAY_NONE, text), "");
}

static void test_months_and_age(void **state)
{
    (void)state;
    assert_int_equal(day_add_months(day_of(2024, 1, 31), 1).n, day_of(2024, 2, 29).n);
    assert_int_equal(day_add_months(day_of(2024, 3, 31), -1).n, day_of(2024, 2, 29).n);
    assert_int_equal(day_add_months(day_of(2024, 12, 15), 1).n, day_of(2025, 1, 15).n);
    assert_false(day_known(day_add_months(day_of(9999, 12, 1), 1)));
    assert_false(day_known(day_add_months(day_of(1, 1, 1), -1)));
    assert_int_equal(day_month_last(day_of(2023, 2, 1)).n, day_of(2023, 2, 28).n);
    assert_int_equal(day_age(day_of(1950, 3, 6), day_of(2026, 3, 5)), 75);
    assert_int_equal(day_age(day_of(1950, 3, 5), day_of(2026, 3, 5)), 76);
    assert_int_equal(day_age(day_of(2004, 2, 29), day_of(2022, 2, 28)), 17);
}

static void test_holidays(void **state)
{
    (void)state;
    static const int easter[][3] = {{2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5},
                                    {2038, 4, 25}, {1961, 4, 2},  {2008, 3, 23}};
    for (size_t i = 0; i < sizeof easter / sizeof *easter; i++) {
        struct day day = day_of(easter[i][0], easter[i][1], easter[i][2]);
        assert_int_equal(day_easter(easter[i][0]).n, day.n);
        assert_int_equal(day_weekday(day), SUNDAY);
        assert_true(day_festivo(day_add(day, 1)));
        assert_false(day_festivo(day_add(day, 2)));
    }
    assert_true(day_festivo(day_of(2025, 6, 2)));
    assert_false(day_festivo(day_of(2025, 3, 10)));
    assert_false(day_festivo(day_of(2025, 10, 4))); /* a Saturday; a holiday again since 2026 */
    assert_true(day_festivo(day_of(2027, 10, 4)));
    assert_int_equal(day_weekday(day_of(2026, 11, 21)), SATURDAY);
    assert_int_equal(day_weekday(DAY_MIN), MONDAY);
}

static void test_periods(void **state)
{
    (void)state;
    struct period march = {day_of(2026, 3, 1), day_of(2026, 4, 1)};
    struct period open = {day_of(2026, 3, 31), DAY_MAX};
    struct period april = {day_of(2026, 4, 1), day_of(2026, 5, 1)};
    struct period empty = {day_of(2026, 3, 5), day_of(2026, 3, 5)};
    assert_true(period_has(march, day_of(2026, 3, 31)));
    assert_false(period_has(march, day_of(2026, 4, 1)));
    assert_false(period_has(march, DAY_NONE));
    assert_true(period_overlaps(march, open));
    assert_false(period_overlaps(march, april));
    assert_false(period_overlaps(march, empty));
}

static void test_instants(void **state)
{
    (void)state;
    char text[INSTANT_TEXT];
    static const struct {
        int64_t second;
        const char *it, *iso;
    } cases[] = {
        {INT64_C(1772716020), "05/03/2026 14:07", "2026-03-05T13:07:00Z"},
        {INT64_C(1774745999), "29/03/2026 01:59", "2026-03-29T00:59:59Z"},
        {INT64_C(1774746000), "29/03/2026 03:00", "2026-03-29T01:00:00Z"},
        {INT64_C(1792889999), "25/10/2026 02:59", "2026-10-25T00:59:59Z"},
        {INT64_C(1792890000), "25/10/2026 02:00", "2026-10-25T01:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct instant at = {cases[i].second * 1000000};
        assert_string_equal(instant_it(at, text), cases[i].it);
        assert_string_equal(instant_iso(at, text), cases[i].iso);
    }
    struct instant late = {INT64_C(1782853200) * 1000000 + INT64_C(3600) * 1000000};
    assert_int_equal(instant_day(late).n, day_of(2026, 7, 1).n); /* 22:00Z = 00:00 in Rome */
    for (int n = day_of(2026, 1, 1).n; n < day_of(2027, 1, 1).n; n++) {
        struct day day = {n};
        assert_int_equal(instant_day(instant_of_day(day)).n, n);
        struct instant before = {instant_of_day(day).us - 1};
        assert_int_equal(instant_day(before).n, n - 1);
    }
    assert_false(day_known(instant_day((struct instant){0})));
}

static void test_minutes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int n;
    } good[] = {{"2,5", 150}, {"2:30", 150}, {"2h30", 150}, {"2", 120},  {"150m", 150},
                {"0:05", 5},  {"1.25", 75},  {"0,1", 6},    {"2h", 120}, {"0", 0}};
    static const char *const bad[] = {"",      "2:3", "2:60", "x",       "-1",   "2,",
                                      "2,555", "2h3", "1m2",  "9999999", "2 30", "2:"};
    struct minutes minutes = MINUTES_NONE;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!minutes_parse(good[i].text, &minutes) || minutes.n != good[i].n) {
            fail_msg("%s: %d", good[i].text, minutes.n);
        }
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (minutes_parse(bad[i], &minutes)) {
            fail_msg("accepted: %s", bad[i]);
        }
    }
    char text[MINUTES_TEXT];
    assert_string_equal(minutes_it((struct minutes){150}, text), "2:30");
    assert_string_equal(minutes_it((struct minutes){-5}, text), "-0:05");
    assert_string_equal(minutes_it(MINUTES_NONE, text), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_civil_round_trip),
        cmocka_unit_test(test_days_that_do_not_exist),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_months_and_age),
        cmocka_unit_test(test_holidays),
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_instants),
        cmocka_unit_test(test_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
