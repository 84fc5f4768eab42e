#include "base/test/check.h"

#include "mod/enti/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    [ENTE_OK] = "ok",
    [ENTE_TIPO] = "tipo",
    [ENTE_NOME] = "nome",
    [ENTE_CODICE] = "codice",
    [ENTE_ISTAT] = "istat",
    [ENTE_BELFIORE] = "belfiore",
    [ENTE_PAGA_SE] = "paga-se",
    [ENTE_PAGA_CHI] = "paga-chi",
    [ENTE_PAGA_CATENA] = "paga-catena",
    [ENTE_PAGA_NON_SUO] = "paga-non-suo",
};

static const char *cell(char **rest)
{
    char *text = strsep(rest, "|");

    assert_non_null(text);
    text += strspn(text, " ");
    for (size_t size = strlen(text); size > 0 && text[size - 1] == ' '; size--)
        text[size - 1] = '\0';
    return strcmp(text, "-") == 0 ? NULL : text;
}

static void line_holds(char *line)
{
    char *rest = line;
    struct ente_proposto e = {.tipo = cell(&rest), .codice = cell(&rest)};

    e.belfiore = cell(&rest);
    e.nome = cell(&rest);
    const char *payer = cell(&rest), *want = cell(&rest);
    e.paid = payer != NULL;
    e.payer_is_itself = payer != NULL && strcmp(payer, "se stesso") == 0;
    e.payer_is_paid = payer != NULL && strcmp(payer, "comune pagato") == 0;
    e.payer_tipo = e.payer_is_itself || e.payer_is_paid ? "comune" : payer;
    enum ente_fault fault = ente_check(&e);
    if (strcmp(names[fault], want) != 0)
        fail_msg("%s %s: %s, wanted %s", e.codice, e.nome, names[fault], want);
    assert_true((fault == ENTE_OK) == (ente_fault_field(fault) == NULL));
}

static void cases_hold(void **state)
{
    char path[4096], line[1024];
    int ran = 0;

    (void)state;
    snprintf(path, sizeof path, "%s/src/mod/enti/test/enti.cases", getenv("ZONALE_SOURCE"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (; fgets(line, sizeof line, file) != NULL;) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        line_holds(line);
        ran++;
    }
    fclose(file);
    assert_true(ran >= 20);
}

static void long_names_are_refused(void **state)
{
    struct ente_proposto e = {.tipo = "erogatore", .codice = "X1"};
    char nome[242] = "";

    (void)state;
    for (int i = 0; i < 120; i++)
        strcat(nome, "è");
    e.nome = nome;
    assert_int_equal(ente_check(&e), ENTE_OK);
    strcat(nome, "x");
    assert_int_equal(ente_check(&e), ENTE_NOME);
}

static void tipi_go_there_and_back(void **state)
{
    (void)state;
    for (int tipo = 0; tipo < TIPI; tipo++)
        assert_int_equal(ente_tipo_parse(ente_tipo_name((enum ente_tipo)tipo)), tipo);
    assert_int_equal(ente_tipo_parse("provincia"), TIPI);
    assert_int_equal(ente_tipo_parse(NULL), TIPI);
    assert_true(servizio_unita_known("ora"));
    assert_false(servizio_unita_known("settimana"));
    assert_false(servizio_unita_known(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_hold),
        cmocka_unit_test(long_names_are_refused),
        cmocka_unit_test(tipi_go_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
