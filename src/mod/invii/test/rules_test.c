#include "mod/invii/rules.h"

#include "base/test/cases.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    [INVIO_OK] = "ok",       [INVIO_ENTE] = "ente",           [INVIO_TERMINE] = "termine",
    [INVIO_TESTO] = "testo", [INVIO_RISERVATA] = "riservata", [INVIO_MOSSA] = "mossa",
    [INVIO_LATO] = "lato"};
static const char *const sides[] = {
    [LATO_NESSUNO] = "nessuno", [LATO_MANDA] = "manda", [LATO_RICEVE] = "riceve"};

static const char *piece(struct arena *arena, char **text)
{
    char *at = *text;
    char *end = strchr(at, '|');
    if (end != NULL)
        *end = '\0';
    *text = end != NULL ? end + 1 : at + strlen(at);
    return text_clean(arena, at, false);
}

static void same(const char *what, enum invio_fault fault, const char *want)
{
    if (strcmp(names[fault], want) != 0)
        fail_msg("%s: %s, wanted %s", what, names[fault], want);
}

static void run_step(struct arena *arena, char *line, const char *want)
{
    char *at = line;
    const char *verb = piece(arena, &at), *stato = piece(arena, &at), *side = piece(arena, &at);
    const struct invio_mossa *mossa = NULL;
    int lato = 0;
    for (size_t i = 0; i < invio_mosse_count; i++)
        if (strcmp(invio_mosse[i].verbo, verb) == 0)
            mossa = &invio_mosse[i];
    assert_non_null(mossa);
    assert_non_null(invio_stato_title(stato));
    while (strcmp(sides[lato], side) != 0)
        assert_true(++lato <= LATO_RICEVE);
    same(verb, invio_mossa_check(mossa, stato, (enum invio_lato)lato, piece(arena, &at)), want);
}

static void test_steps(void **state)
{
    (void)state;
    cases_arrows("src/mod/invii/test/mosse.cases", 18, run_step);
}

static void run_new(struct arena *arena, char *line, const char *want)
{
    char *at = line;
    struct invio_chiesto c = {.termine = DAY_NONE, .oggi = day_of(2026, 11, 21)};
    c.da.n = atoi(piece(arena, &at));
    c.a.n = atoi(piece(arena, &at));
    const char *day = piece(arena, &at);
    if (day[0] != '\0')
        assert_true(day_parse(day, &c.termine));
    c.testo = piece(arena, &at);
    c.riservata = strcmp(piece(arena, &at), "sì") == 0;
    same(day, invio_check(&c), want);
}

static void test_new(void **state)
{
    (void)state;
    cases_arrows("src/mod/invii/test/invii.cases", 10, run_new);
}

static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < invio_mosse_count; i++) {
        assert_non_null(invio_stato_title(invio_mosse[i].da));
        assert_non_null(invio_stato_title(invio_mosse[i].a));
        assert_false(invio_closed(invio_mosse[i].da));
    }
    assert_true(invio_closed("rifiutato"));
    assert_true(invio_closed("ritirato"));
    assert_true(invio_closed("concluso"));
    assert_null(invio_stato_title("perso"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_new),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
