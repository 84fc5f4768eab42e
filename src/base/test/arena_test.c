#include "base/test/check.h"

#include "base/arena.h"

#include <string.h>

static void memory_is_zeroed_and_separate(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    char *a = arena_alloc(&arena, 10);
    char *b = arena_alloc(&arena, 40000); /* larger than a block */
    memset(a, 1, 10);
    for (size_t i = 0; i < 40000; i++)
        assert_int_equal(b[i], 0);
    assert_string_equal(arena_printf(&arena, "%d-%s", 7, "x"), "7-x");
    assert_string_equal(arena_strndup(&arena, "abcdef", 3), "abc");
    arena_release(&arena);
}

static void exhaustion_escapes(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1024);
    jmp_buf escape;
    volatile int escaped = 0;
    if (setjmp(escape) == 0) {
        arena.escape = &escape;
        arena_alloc(&arena, 2048);
    } else {
        escaped = 1;
    }
    assert_int_equal(escaped, 1);
    arena_release(&arena);
}

static void product_overflow_escapes(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1024);
    jmp_buf escape;
    volatile int escaped = 0;
    if (setjmp(escape) == 0) {
        arena.escape = &escape;
        arena_array(&arena, SIZE_MAX / 2, 4);
    } else {
        escaped = 1;
    }
    assert_int_equal(escaped, 1);
    arena_release(&arena);
}

static int order[3];
static int order_count;

static void note(void *data)
{
    order[order_count++] = *(int *)data;
}

static void hooks_run_last_first(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 4096);
    int one = 1, two = 2;
    order_count = 0;
    arena_hook(&arena, note, &one);
    arena_hook(&arena, note, &two);
    arena_release(&arena);
    assert_int_equal(order_count, 2);
    assert_int_equal(order[0], 2);
    assert_int_equal(order[1], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_separate),
        cmocka_unit_test(exhaustion_escapes),
        cmocka_unit_test(product_overflow_escapes),
        cmocka_unit_test(hooks_run_last_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
