#include "base/csv.h"
#include "base/test/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 16 * 1024 * 1024 };

/* Rows as "a|b/c|d"; a fault as "!quote 3" with its line. */
static void reads(const char *text, size_t size, const char *want)
{
    static const char *const faults[] = {
        [CSV_QUOTE] = "quote", [CSV_LIMIT] = "limit", [CSV_NUL] = "nul"};
    struct arena arena;
    struct buf said;
    struct csv csv;
    struct csv_row row;
    enum csv_state state;
    arena_init(&arena, LIMIT);
    buf_init(&said, &arena, LIMIT);
    csv_open(&csv, text, size);
    while ((state = csv_next(&csv, &arena, &row)) != CSV_END) {
        if (said.size > 0)
            buf_char(&said, '/');
        if (state != CSV_ROW)
            buf_printf(&said, "!%s %ld", faults[state], row.line);
        for (size_t i = 0; state == CSV_ROW && i < row.count; i++)
            buf_printf(&said, "%s%s", i > 0 ? "|" : "", row.cells[i]);
    }
    assert_string_equal(said.data, want);
    arena_release(&arena);
}

#define READS(text, want) reads((text), sizeof(text) - 1, (want))

static void test_reading(void **state)
{
    (void)state;
    READS("", "");
    READS("\n\n ; ;\n", "");
    READS("a;b\n1;2\n", "a|b/1|2");
    READS("a,b\r\n1,2\r\n", "a|b/1|2");
    READS("a\tb\r1\t2", "a|b/1|2");
    READS("\xef\xbb\xbf"
          "a;b;c\n1; 2 ;\n",
          "a|b|c/1|2|");
    READS("a,b;c;d\n1,5;2;3", "a,b|c|d/1,5|2|3");
    READS("a;b\n\"x;y\";\"dice \"\"ciao\"\"\"\n", "a|b/x;y|dice \"ciao\"");
    READS("a;b\n\"due\nrighe\";2\n3;4", "a|b/due\nrighe|2/3|4");
    READS("a;b\n \"x\" ;y", "a|b/x|y");
    READS("a;b\n'+39 346;'=SUM(A1)\n'ndrangheta;x", "a|b/+39 346|=SUM(A1)/'ndrangheta|x");
}

static void test_windows(void **state)
{
    (void)state;
    READS("a;b\nNicol\xf2;\x80 5 \x93x\x94", "a|b/Nicolò|€ 5 “x”");
    READS("a;b\n\x81;x", "a|b/\xef\xbf\xbd|x");
}

static void test_faults(void **state)
{
    (void)state;
    READS("a;b\n\"x\"y;2\n3;4", "a|b/!quote 2/3|4");
    READS("a;b\n\"never closed\n3;4", "a|b/!quote 2");
    READS("a;b\n1;\0", "!nul 1");
    char many[2 * CSV_CELLS + 10];
    memset(many, ';', sizeof many);
    memcpy(many + sizeof many - 3, "\nx;", 3);
    reads(many, sizeof many, "!limit 1/x|");
}

static void test_long_cell(void **state)
{
    (void)state;
    size_t size = CSV_CELL + 100;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, 'x', size);
    memcpy(text + size - 5, "\na;b\n", 5);
    reads(text, size, "!limit 1/a|b");
    free(text);
}

static void test_what_is_written_reads_the_same(void **state)
{
    (void)state;
    static const char *const cells[] = {"semplice",
                                        "",
                                        "con;separatore",
                                        "con \"virgolette\"",
                                        "due\nrighe",
                                        "=1+1",
                                        "+39 346",
                                        "-5",
                                        "@x",
                                        "'ndrangheta",
                                        "è però"};
    enum { COUNT = sizeof cells / sizeof *cells };
    struct arena arena;
    struct buf buf;
    struct csv csv;
    struct csv_row row;
    arena_init(&arena, LIMIT);
    buf_init(&buf, &arena, LIMIT);
    for (size_t i = 0; i < COUNT; i++)
        csv_cell(&buf, ';', i == 0, cells[i]);
    csv_line(&buf);
    csv_open(&csv, buf.data, buf.size);
    assert_int_equal(csv_next(&csv, &arena, &row), CSV_ROW);
    assert_int_equal(row.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_string_equal(row.cells[i], cells[i]);
    assert_null(strstr(buf.data, ";=1"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_long_cell),
        cmocka_unit_test(test_what_is_written_reads_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
