#include "base/test/check.h"

#include "base/tsv.h"

#include <string.h>

struct table {
    struct arena arena;
    struct err err;
    struct tsv tsv;
};

static bool start(struct table *table, const char *text)
{
    memset(table, 0, sizeof *table);
    arena_init(&table->arena, 1 << 20);
    return tsv_start(&table->tsv, &table->arena, &table->err, "prova.tsv", text);
}

static void reads_rows(void **state)
{
    struct table t;

    (void)state;
    assert_true(start(&t, "\xEF\xBB\xBF"
                          "nome\tabitanti\timporto\n# una nota\n\nArdesio\t3313\t12.50\r\n"
                          "Onore\t\t\nCerete\t-1"));
    assert_true(tsv_next(&t.tsv));
    assert_string_equal(tsv_text(&t.tsv, "nome"), "Ardesio");
    assert_int_equal(tsv_int(&t.tsv, "abitanti"), 3313);
    assert_int_equal(tsv_money(&t.tsv, "importo").cents, 1250);
    assert_int_equal(t.tsv.line, 4);
    assert_true(tsv_next(&t.tsv));
    assert_int_equal(tsv_int(&t.tsv, "abitanti"), INT64_MIN);
    assert_false(money_ok(tsv_money(&t.tsv, "importo")));
    assert_true(tsv_next(&t.tsv));
    assert_int_equal(tsv_int(&t.tsv, "abitanti"), -1);
    assert_string_equal(tsv_text(&t.tsv, "importo"), "");
    assert_false(tsv_next(&t.tsv));
    assert_int_equal(t.err.code, ERR_NONE);
    arena_release(&t.arena);
}

static void complains_with_line_and_column(void **state)
{
    static const struct {
        const char *text, *column, *want;
    } cases[] = {
        {"", NULL, "prova.tsv, riga 0: la tabella è vuota"},
        {"a\n\xFF\n", NULL, "prova.tsv, riga 1: il file non è testo UTF-8"},
        {"a\n1\t2\n", NULL, "prova.tsv, riga 2: più celle che colonne"},
        {"a\nx\n", "a", "prova.tsv, riga 2, a: non è un numero intero"},
        {"a\n-\n", "a", "prova.tsv, riga 2, a: non è un numero intero"},
        {"a\n9999999999999999999\n", "a", "prova.tsv, riga 2, a: non è un numero intero"},
        {"a\n1\n", "b", "prova.tsv, riga 2, b: manca la colonna"},
    };
    struct table t;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (start(&t, cases[i].text) && tsv_next(&t.tsv) && cases[i].column)
            (void)tsv_int(&t.tsv, cases[i].column);
        assert_int_equal(t.err.code, ERR_INPUT);
        assert_string_equal(t.err.text, cases[i].want);
        arena_release(&t.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rows),
        cmocka_unit_test(complains_with_line_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
