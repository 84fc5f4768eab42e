/* What is kept among documents, as cases. */
#include "mod/cartella/rules.h"

#include "base/test/cases.h"

enum { LEAST = 15 };

static const char *const names[] = {
    [DOCUMENTO_OK] = "ok",     [DOCUMENTO_VUOTO] = "vuoto", [DOCUMENTO_GRANDE] = "grande",
    [DOCUMENTO_TIPO] = "tipo", [DOCUMENTO_NOME] = "nome",   [DOCUMENTO_FUTURO] = "futuro",
};

static const char *piece(struct arena *arena, char **text)
{
    char *at = *text;
    char *end = strchr(at, '|');
    if (end != NULL)
        *end = '\0';
    *text = end != NULL ? end + 1 : at + strlen(at);
    return text_clean(arena, at, false);
}

static void run(struct arena *arena, char *line, const char *want)
{
    char *at = line;
    struct documento_chiesto asked = {.oggi = day_of(2025, 6, 30)};
    asked.nome = piece(arena, &at);
    asked.tipo = piece(arena, &at);
    if (strcmp(asked.tipo, "-") == 0)
        asked.tipo = NULL;
    asked.dimensione = strtoll(piece(arena, &at), NULL, 10);
    assert_true(day_parse(piece(arena, &at), &asked.giorno));
    enum documento_fault fault = documento_check(&asked);
    if (strcmp(names[fault], want) != 0)
        fail_msg("%s: %s, wanted %s", asked.nome, names[fault], want);
}

static void test_cases(void **state)
{
    (void)state;
    cases_arrows("src/mod/cartella/test/documenti.cases", LEAST, run);
}

static void test_pieces(void **state)
{
    (void)state;
    assert_int_equal(documento_parti(1), 1);
    assert_int_equal(documento_parti(DOCUMENTO_PARTE), 1);
    assert_int_equal(documento_parti(DOCUMENTO_PARTE + 1), 2);
    assert_int_equal(documento_parti(DOCUMENTO_MASSIMO), 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
