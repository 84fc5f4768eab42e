#include "mod/scadenze/rules.h"

#include "base/test/cases.h"
#include "base/text.h"

#include <string.h>

static const char *const names[] = {
    [SCADENZA_OK] = "ok",         [SCADENZA_TIPO] = "tipo",       [SCADENZA_DA] = "da",
    [SCADENZA_FUTURO] = "futuro", [SCADENZA_LONTANA] = "lontana", [SCADENZA_MOTIVO] = "motivo",
    [SCADENZA_PRIMA] = "prima",   [SCADENZA_CHIUSA] = "chiusa"};

static const char *piece(struct arena *arena, char **text)
{
    char *at = *text;
    char *end = strchr(at, '|');
    if (end != NULL)
        *end = '\0';
    *text = end != NULL ? end + 1 : at + strlen(at);
    return text_clean(arena, at, false);
}

static struct day day_piece(struct arena *arena, char **text)
{
    struct day day = DAY_NONE;
    const char *typed = piece(arena, text);
    if (typed[0] != '\0')
        assert_true(day_parse(typed, &day));
    return day;
}

static struct day today(void)
{
    return day_of(2026, 11, 21);
}

static void run_new(struct arena *arena, char *line, const char *want)
{
    char *at = line, text[DAY_TEXT];
    const char *codice = piece(arena, &at);
    struct day da = day_piece(arena, &at), giorno = day_piece(arena, &at);
    enum scadenza_fault fault = scadenza_check(codice, da, giorno, today());
    const char *got = names[fault];
    if (fault == SCADENZA_OK) {
        const struct scadenza_tipo *tipo = scadenza_tipo_find(codice);
        got = day_iso(tipo->da != NULL ? scadenza_due(tipo, da) : giorno, text);
    }
    if (strcmp(got, want) != 0)
        fail_msg("%s: %s, wanted %s", codice, got, want);
}

static void test_days(void **state)
{
    (void)state;
    cases_arrows("src/mod/scadenze/test/scadenze.cases", 19, run_new);
}

static void run_step(struct arena *arena, char *line, const char *want)
{
    char *at = line;
    const char *name = piece(arena, &at);
    struct scadenza_passo_chiesto c = {.oggi = today()};
    while (strcmp(scadenza_azione_name(c.azione), name) != 0)
        assert_true(++c.azione < PASSI);
    c.aperta = strcmp(piece(arena, &at), "sì") == 0;
    c.da = day_piece(arena, &at);
    c.giorno = day_piece(arena, &at);
    c.nuovo = day_piece(arena, &at);
    c.motivo = piece(arena, &at);
    const char *got = names[scadenza_passo_check(&c)];
    if (strcmp(got, want) != 0)
        fail_msg("%s: %s, wanted %s", name, got, want);
}

static void test_steps(void **state)
{
    (void)state;
    cases_arrows("src/mod/scadenze/test/passi.cases", 17, run_step);
}

/* Each day has one light, and the days of that light hold it. */
static void test_lights(void **state)
{
    (void)state;
    static const struct {
        int left;
        enum scadenza_luce luce;
    } edges[] = {{-400, LUCE_SCADUTA}, {0, LUCE_SCADUTA}, {1, LUCE_QUINDICI}, {15, LUCE_QUINDICI},
                 {16, LUCE_TRENTA},    {30, LUCE_TRENTA}, {31, LUCE_LONTANA}, {4000, LUCE_LONTANA}};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        assert_int_equal(scadenza_luce_at(day_add(today(), edges[i].left), today()), edges[i].luce);
    for (int left = -50; left <= 50; left++) {
        struct day day = day_add(today(), left);
        for (int luce = 0; luce < LUCI; luce++) {
            struct day dal, al;
            scadenza_luce_days((enum scadenza_luce)luce, today(), &dal, &al);
            bool inside = day_cmp(day, dal) >= 0 && day_cmp(day, al) <= 0;
            assert_int_equal(inside, (int)scadenza_luce_at(day, today()) == luce);
        }
    }
    for (int luce = 0; luce < LUCI; luce++)
        assert_int_equal(scadenza_luce_parse(scadenza_luce_name((enum scadenza_luce)luce)), luce);
    assert_int_equal(scadenza_luce_parse("verde"), LUCI);
    assert_int_equal(scadenza_luce_parse(NULL), LUCI);
}

/* What opens by itself has a rule to count by, so it always has a day. */
static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; scadenza_tipi[i].codice != NULL; i++) {
        const struct scadenza_tipo *tipo = &scadenza_tipi[i];
        assert_ptr_equal(scadenza_tipo_find(tipo->codice), tipo);
        assert_int_equal(tipo->da != NULL, tipo->mesi + tipo->giorni > 0);
        if (tipo->poi == NULL)
            continue;
        const struct scadenza_tipo *next = scadenza_tipo_find(tipo->poi);
        assert_non_null(next);
        assert_non_null(next->da);
        assert_false(next->altrove);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_lights),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
