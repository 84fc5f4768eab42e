#include "base/test/cases.h"

#include "base/buf.h"
#include "mod/rette/tariffe.h"

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena, 512 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void read_text(const char *text, struct tariffe *out)
{
    tariffe_read(&arena, text, strlen(text), "Delibera 1/2025", day_of(2025, 1, 1), out);
}

/* A table written on one line: ";" ends a line, "|" parts cells. The heading is added. */
static void one_table(struct test_case *c)
{
    struct tariffe got;
    char *text =
        arena_printf(&arena, "servizio\tvariante\tisee_da\tisee_a\tpercentuale\timporto\tunita\n%s",
                     c->lines[1]);
    for (char *p = text; *p != '\0'; p++)
        *p = *p == '|' ? '\t' : *p == ';' ? '\n' : *p;
    read_text(text, &got);
    const char *said = got.fault_count == 0
                           ? arena_printf(&arena, "%zu piani", got.count)
                           : arena_printf(&arena, "riga %zu, %s: %s", got.faults[0].line,
                                          got.faults[0].column, got.faults[0].text);
    if (strcmp(said, c->lines[2]) != 0)
        case_fail(c, "%s: «%s», should be «%s»", c->lines[0], said, c->lines[2]);
}

static void a_bad_line_is_told_with_its_place(void **state)
{
    (void)state;
    cases_run("src/mod/rette/test/tariffe.cases", 3, 10, one_table);
}

static void a_bad_file_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "\n",
        "servizio\n",
        "servizio\tservizio\n",
        "\xff\xfe",
        "nome\tcognome\n1\t2\n",
        "servizio\tvariante\tisee_da\tisee_a\tpercentuale\timporto\tunita\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct tariffe got;
        read_text(bad[i], &got);
        assert_true(got.fault_count > 0);
        assert_int_equal(got.count, 0);
    }
}

/* Every cut and every changed byte of the published file is read without harm. */
static void a_damaged_file_does_no_harm(void **state)
{
    (void)state;
    size_t size;
    char *text = test_file("src/mod/rette/demo/tariffe_2025.tsv", &size);
    static const char hostile[] = {'\t', '\n', '-', '9', 'x', '\r'};
    for (size_t at = 0; at < size; at += 7) {
        struct arena one;
        struct tariffe got;
        arena_init(&one, 64 * 1024 * 1024);
        tariffe_read(&one, text, at, NULL, DAY_NONE, &got);
        char kept = text[at];
        text[at] = hostile[at % sizeof hostile];
        tariffe_read(&one, text, size, NULL, DAY_NONE, &got);
        text[at] = kept;
        assert_true(got.count <= PIANI_MAX);
        arena_release(&one);
    }
    free(text);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, &arena, 8 * 1024 * 1024);
    buf_text(&buf, "servizio\tvariante\tisee_da\tisee_a\tpercentuale\timporto\tunita\n");
    for (int i = 0; i < PIANI_MAX + 10; i++)
        buf_printf(&buf, "S%d\tv\tforfait\t\t\t1\tora\n", i);
    for (int i = 0; i < FASCE_MAX + 10; i++)
        buf_printf(&buf, "S0\tw\t%d\t%d.99\t\t1\tora\n", i, i);
    struct tariffe got;
    read_text(buf.data, &got);
    assert_int_equal(got.count, PIANI_MAX);
    assert_true(got.fault_count >= 10);
}

/* What is written is read back as the same plans. */
static void what_is_written_is_read_back(void **state)
{
    (void)state;
    size_t size;
    struct tariffe once, twice;
    char *text = test_file("src/mod/rette/demo/tariffe_2025.tsv", &size);
    tariffe_read(&arena, text, size, NULL, DAY_NONE, &once);
    free(text);
    struct piano *odd = &once.piani[0];
    odd->isee_tetto = MONEY(5000001);
    odd->costo = MONEY(9999);
    odd->importo_non_residenti = MONEY(0);
    odd->festivo = RATE(1, 3);
    odd->nome = "Nome\tcon tabulazione";
    odd->validita.to = day_of(2026, 1, 1);
    const char *written = tariffe_write(&arena, once.piani, once.count);
    tariffe_read(&arena, written, strlen(written), NULL, DAY_NONE, &twice);
    assert_int_equal(twice.fault_count, 0);
    assert_int_equal(twice.count, once.count);
    odd->nome = "Nome con tabulazione";
    for (size_t i = 0; i < once.count; i++)
        assert_true(piano_same(&once.piani[i], &twice.piani[i]));
}

/* The examples of the format's own page, with what it says comes of each. */
static void the_documented_examples_do_what_is_said(void **state)
{
    (void)state;
    static const char fence[] = "```tsv\n", done[] = "```\n";
    size_t size;
    int tried = 0;
    char *text = test_file("docs/formati/tariffe.md", &size);
    for (char *at = strstr(text, fence); at != NULL; at = strstr(at, fence)) {
        struct tariffe got;
        char *start = at + strlen(fence), *end = strstr(start, done);
        assert_non_null(end);
        tariffe_read(&arena, start, (size_t)(end - start), NULL, DAY_NONE, &got);
        const char *said =
            got.fault_count == 0
                ? arena_printf(&arena, "Letto: %zu piani\n", got.count)
                : arena_printf(&arena, "Errore: riga %zu, %s: %s\n", got.faults[0].line,
                               got.faults[0].column, got.faults[0].text);
        at = end + strlen(done);
        assert_string_equal(arena_strndup(&arena, at, strcspn(at, "\n") + 1), said);
        tried++;
    }
    assert_int_equal(tried, 4);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bad_line_is_told_with_its_place),
        cmocka_unit_test(a_bad_file_is_refused),
        cmocka_unit_test(a_damaged_file_does_no_harm),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(the_documented_examples_do_what_is_said),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
