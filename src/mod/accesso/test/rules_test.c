#include "mod/accesso/rules.h"

#include "base/test/cases.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 400, LIMIT = 1024 * 1024 };

static const char *const names[] = {
    [CONTATTO_OK] = "ok",           [CONTATTO_FUTURO] = "futuro", [CONTATTO_REMOTO] = "remoto",
    [CONTATTO_CANALE] = "canale",   [CONTATTO_AREA] = "area",     [CONTATTO_ESITO] = "esito",
    [CONTATTO_ANONIMO] = "anonimo", [CONTATTO_MINUTI] = "minuti"};

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
    struct contatto contatto = {.giorno = DAY_NONE, .minuti = MINUTES_NONE};
    char *at = line;
    contatto.canale = piece(arena, &at);
    contatto.area = piece(arena, &at);
    contatto.esito = piece(arena, &at);
    contatto.persona.n = strcmp(piece(arena, &at), "sì") == 0;
    const char *minutes = piece(arena, &at);
    if (minutes[0] != '\0')
        contatto.minuti.n = (int32_t)strtol(minutes, NULL, 10);
    const char *day = piece(arena, &at);
    if (day[0] != '\0')
        assert_true(day_parse(day, &contatto.giorno));
    enum contatto_fault fault = contatto_check(&contatto, day_of(2026, 11, 21));
    if (strcmp(names[fault], want) != 0)
        fail_msg("%s: %s, wanted %s", contatto.esito, names[fault], want);
}

static void test_cases(void **state)
{
    (void)state;
    cases_arrows("src/mod/accesso/test/contatto.cases", 13, run);
}

static void same_counts(const int64_t *counts, size_t size, const char *want)
{
    struct arena arena;
    const char *texts[8];
    char said[LINE] = "";
    arena_init(&arena, LIMIT);
    const char *total = conteggi_text(&arena, counts, size, texts);
    for (size_t i = 0; i < size; i++) {
        snprintf(said + strlen(said), sizeof said - strlen(said), "%s, ", texts[i]);
        assert_int_equal(conteggio_hidden(texts[i]), strpbrk(texts[i], "0123456789") == NULL ||
                                                         strcmp(texts[i], "meno di 5") == 0);
    }
    snprintf(said + strlen(said), sizeof said - strlen(said), "%s", total);
    assert_string_equal(said, want);
    arena_release(&arena);
}

static void test_small_counts_are_hidden(void **state)
{
    (void)state;
    same_counts((const int64_t[]){0, 5, 12}, 3, "0, 5, 12, 17");
    same_counts((const int64_t[]){1, 4, 12}, 3, "meno di 5, meno di 5, 12, almeno 12");
    /* A single hidden count would follow from another table's total: one more is withheld. */
    same_counts((const int64_t[]){10, 3, 0, 20}, 4, "riservato, meno di 5, 0, 20, almeno 20");
    same_counts((const int64_t[]){3}, 1, "meno di 5, almeno 0");
    same_counts(NULL, 0, "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_small_counts_are_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
