/* Deadlines counted by day, and the words that name nobody. */
#include "mod/calendario/rules.h"

#include "base/test/check.h"

static void words_count(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 1 << 16);
    assert_string_equal(calendario_words(&arena, SCADENZA_ISEE, 1), "Un ISEE in scadenza");
    assert_string_equal(calendario_words(&arena, SCADENZA_ISEE, 12), "12 ISEE in scadenza");
    assert_string_equal(calendario_words(&arena, SCADENZA_PRESTAZIONE, 2),
                        "2 prestazioni finiscono");
    arena_release(&arena);
}

static void equal_days_are_one(void **state)
{
    (void)state;
    struct day days[] = {{10}, {10}, {12}, {15}};
    struct list list = {days, 4, sizeof *days, false};
    struct calendario_giorno out[4];
    size_t count = calendario_tally(SCADENZA_ISEE, &list, out, 0, 4);
    assert_int_equal(count, 3);
    assert_int_equal(out[0].quante, 2);
    assert_int_equal(out[1].giorno.n, 12);
    /* the same day of another kind stays apart; what has no place is left out */
    struct day other[] = {{15}, {16}};
    list = (struct list){other, 2, sizeof *other, false};
    count = calendario_tally(SCADENZA_PRESTAZIONE, &list, out, count, 4);
    assert_int_equal(count, 4);
    assert_int_equal(out[2].quante, 1);
    assert_int_equal(out[3].tipo, SCADENZA_PRESTAZIONE);
    list.count = 0;
    assert_int_equal(calendario_tally(SCADENZA_ISEE, &list, out, 0, 4), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_count),
                                       cmocka_unit_test(equal_days_are_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
