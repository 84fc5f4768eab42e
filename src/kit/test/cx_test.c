#include "base/test/check.h"
#include "kit/cx.h"

#include <string.h>

static void test_seeded_runs_repeat(void **state)
{
    (void)state;
    struct chance a, b;
    chance_seed(&a, 7);
    chance_seed(&b, 7);
    struct cx one = {.chance = &a, .now = {INT64_C(1763700000000000)}};
    struct cx two = {.chance = &b, .now = one.now};
    for (int i = 0; i < 100; i++) {
        assert_true(cx_id(&one).n == cx_id(&two).n);
        assert_true(cx_random_below(&one, 10) == cx_random_below(&two, 10));
    }
    chance_seed(&b, 8);
    unsigned char x[32], y[32];
    cx_random(&one, x, sizeof x);
    cx_random(&two, y, sizeof y);
    assert_memory_not_equal(x, y, sizeof x);
}

static void test_ids_grow(void **state)
{
    (void)state;
    struct chance chance = {0};
    struct cx cx = {.chance = &chance, .now = {INT64_C(1763700000000000)}};
    struct id last = ID_NONE;
    for (int i = 0; i < 10000; i++) {
        struct id id = cx_id(&cx);
        assert_true(id.n > last.n);
        last = id;
    }
    cx.now.us += 2000000;
    assert_true(cx_id(&cx).n >> 22 == cx.now.us / 1000);
}

static void test_below_is_even(void **state)
{
    (void)state;
    struct chance chance;
    chance_seed(&chance, 1);
    struct cx cx = {.chance = &chance};
    int hits[7] = {0};
    for (int i = 0; i < 70000; i++) {
        hits[cx_random_below(&cx, 7)]++;
    }
    for (int i = 0; i < 7; i++) {
        assert_in_range(hits[i], 9500, 10500);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_seeded_runs_repeat),
                                       cmocka_unit_test(test_ids_grow),
                                       cmocka_unit_test(test_below_is_even)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
