/* Both curves against the sums written one by one, at every edge and at random. */
#include "base/test/check.h"

#include "base/curve.h"

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena, 64 * 1024 * 1024);
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

enum { CURVES = 200, ASKED = 3000, ENDS = 70 };
static int32_t asked[ASKED], got[ASKED];

static void ask_at_random(int64_t most)
{
    for (size_t i = 0; i < ASKED; i++)
        asked[i] = (int32_t)below(most);
    asked[0] = -1;
    asked[1] = INT32_MIN;
    asked[2] = INT32_MAX;
    asked[3] = 0;
}

static void steps_are_those_of_a_search(void **state)
{
    (void)state;
    for (int curve = 0; curve < CURVES; curve++) {
        int32_t ends[ENDS];
        int64_t values[ENDS + 1];
        size_t count = (size_t)below(ENDS + 1);
        int32_t end = -1;
        for (size_t i = 0; i <= count; i++) {
            values[i] = below(i % 3 == 0 ? CURVE_MOST : 5000);
            if (i < count)
                ends[i] = end += 1 + (int32_t)below(100000);
        }
        struct curve_steps steps;
        assert_true(curve_steps_make(&arena, ends, values, count, &steps));
        ask_at_random(end + 100000);
        for (size_t i = 0; i < count; i++)
            for (int32_t by = -1; by <= 1; by++)
                asked[4 + 3 * i + (size_t)(by + 1)] = ends[i] + by;
        curve_steps_many(&steps, asked, got, ASKED);
        for (size_t i = 0; i < ASKED; i++) {
            size_t at = 0;
            while (at < count && asked[i] > ends[at])
                at++;
            assert_int_equal(got[i], asked[i] < 0 ? CURVE_NONE : values[at]);
        }
    }
}

static void steps_out_of_range_are_refused(void **state)
{
    (void)state;
    struct curve_steps steps;
    const int32_t ends[] = {5, 5};
    const int32_t fine[] = {5, 6};
    assert_false(curve_steps_make(&arena, ends, (const int64_t[]){1, 2, 3}, 2, &steps));
    assert_true(curve_steps_make(&arena, fine, (const int64_t[]){1, 2, 3}, 2, &steps));
    assert_false(curve_steps_make(&arena, fine, (const int64_t[]){1, -2, 3}, 2, &steps));
    assert_false(curve_steps_make(&arena, fine, (const int64_t[]){CURVE_MOST, 2, 3}, 2, &steps));
}

static int64_t half_up(int64_t num, int64_t den)
{
    return (2 * num + den) / (2 * den);
}

static int64_t along(int32_t x, const int64_t n[static 6])
{
    int64_t in = x < n[0] ? n[0] : x > n[1] ? n[1] : x;
    return half_up((n[2] + half_up((in - n[0]) * n[3], n[1] - n[0])) * n[4], n[5]);
}

/* Widths that are powers of two and products of small primes make many exact halves. */
static void a_line_is_that_of_the_divisions(void **state)
{
    (void)state;
    static const int64_t widths[] = {1, 2, 3, 4096, 1 << 21, 2200000, 1000000, 7};
    for (int curve = 0; curve < CURVES; curve++) {
        int64_t n[6] = {below(1000000), 0, below(100000), below(200000), 1, 1};
        n[1] = n[0] + (curve % 2 == 0 ? widths[curve / 2 % 8] : 1 + below(4000000));
        if (curve % 3 == 0) {
            n[5] = 1 + below(200);
            n[4] = n[5] + below(n[5]);
        }
        struct curve_line line;
        assert_true(curve_line_make(n[0], n[1], n[2], n[3], n[4], n[5], &line));
        ask_at_random(n[1] + n[1] / 3 + 10);
        for (int32_t by = 0; by < 5; by++) {
            asked[4 + by] = (int32_t)n[0] - 2 + by;
            asked[9 + by] = (int32_t)n[1] - 2 + by;
        }
        curve_line_many(&line, asked, got, ASKED);
        for (size_t i = 0; i < ASKED; i++)
            assert_int_equal(got[i], asked[i] < 0 ? CURVE_NONE : along(asked[i], n));
    }
}

static void a_line_too_large_to_be_exact_is_refused(void **state)
{
    (void)state;
    struct curve_line line;
    assert_true(curve_line_make(0, 2200000, 32000, 18000, 21, 20, &line));
    assert_false(curve_line_make(0, INT32_MAX, 32000, 18000, 1, 1, &line));
    assert_false(curve_line_make(0, 2000000000, 0, CURVE_MOST / 2 - 1, 1, 1, &line));
    assert_false(curve_line_make(5, 5, 0, 10, 1, 1, &line));
    assert_false(curve_line_make(0, 10, -1, 10, 1, 1, &line));
    assert_false(curve_line_make(0, 10, 0, 10, 3, 1, &line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_those_of_a_search),
        cmocka_unit_test(steps_out_of_range_are_refused),
        cmocka_unit_test(a_line_is_that_of_the_divisions),
        cmocka_unit_test(a_line_too_large_to_be_exact_is_refused),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
