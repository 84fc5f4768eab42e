#include "mod/cartella/rules.h"

#include "base/test/cases.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 400, LIMIT = 1024 * 1024, LEAST = 21 };

static const char *const names[] = {
    [MOSSA_OK] = "ok",           [MOSSA_NON_PREVISTA] = "non_prevista",
    [MOSSA_MOTIVO] = "motivo",   [MOSSA_RESPONSABILE] = "responsabile",
    [MOSSA_FUTURO] = "futuro",   [MOSSA_PRIMA] = "prima",
    [MOSSA_RIPRESA] = "ripresa",
};

static const char *piece(struct arena *arena, char **text, char mark)
{
    char *at = *text;
    char *end = strchr(at, mark);
    if (end != NULL)
        *end = '\0';
    *text = end != NULL ? end + 1 : at + strlen(at);
    return text_clean(arena, at, false);
}

static struct day day_of_text(const char *text)
{
    struct day day = DAY_NONE;
    if (text[0] != '\0')
        assert_true(day_parse(text, &day));
    return day;
}

static void run(struct arena *arena, char *line, const char *want)
{
    char *at = line;
    struct mossa_chiesta asked = {.oggi = day_of(2026, 11, 21)};
    asked.da = presa_stato_parse(piece(arena, &at, '>'));
    asked.a = presa_stato_parse(piece(arena, &at, '|'));
    asked.responsabile = strcmp(piece(arena, &at, '|'), "sì") == 0;
    asked.motivo = piece(arena, &at, '|');
    asked.giorno = day_of_text(piece(arena, &at, '|'));
    asked.ultima = day_of_text(piece(arena, &at, '|'));
    asked.sospesa_da = presa_stato_parse(piece(arena, &at, '|'));
    assert_true(asked.da != STATI && asked.a != STATI);
    enum mossa_fault fault = mossa_check(&asked);
    if (strcmp(names[fault], want) != 0)
        fail_msg("%s > %s: %s, wanted %s", presa_stato_name(asked.da), presa_stato_name(asked.a),
                 names[fault], want);
}

static void test_cases(void **state)
{
    (void)state;
    cases_arrows("src/mod/cartella/test/mosse.cases", LEAST, run);
}

/* The table itself: no move twice, none to itself, every state can be reached, every open state can
 * be left, and closing always asks why. */
static void test_the_table_of_moves(void **state)
{
    (void)state;
    bool reached[STATI] = {[STATO_SEGNALATA] = true};
    bool left[STATI] = {[STATO_TRASFERITA] = true};
    for (size_t i = 0; i < mosse_count; i++) {
        assert_int_not_equal(mosse[i].da, mosse[i].a);
        reached[mosse[i].a] = left[mosse[i].da] = true;
        if (presa_stato_closed(mosse[i].a))
            assert_true(mosse[i].motivo);
        for (size_t j = 0; j < i; j++)
            assert_false(mosse[j].da == mosse[i].da && mosse[j].a == mosse[i].a);
    }
    for (int i = 0; i < STATI; i++) {
        assert_true(reached[i]);
        assert_true(left[i]);
        assert_int_equal(presa_stato_parse(presa_stato_name((enum presa_stato)i)), i);
    }
}

/* The line of the manual for each state names the states that the table leads to, and no other. A
 * suspended case goes back to "lo stato in cui era". */
static void test_the_manual_shows_the_table(void **state)
{
    (void)state;
    size_t size;
    char *manual = test_file("docs/manuale/cartella.md", &size);
    for (int from = 0; from < STATI; from++) {
        char begin[60];
        bool to[STATI] = {false};
        bool any = false;
        for (size_t i = 0; i < mosse_count; i++)
            if ((int)mosse[i].da == from)
                any = to[mosse[i].a] = true;
        snprintf(begin, sizeof begin, "\n| %s | ", presa_stato_title((enum presa_stato)from));
        char *line = strstr(manual, begin);
        assert_true((line != NULL) == any);
        if (line == NULL)
            continue;
        line += strlen(begin);
        size_t length = strcspn(line, "\n");
        for (int i = 0; i < STATI; i++) {
            const char *named = strstr(line, presa_stato_title((enum presa_stato)i));
            bool back = from == STATO_SOSPESA && !presa_stato_closed((enum presa_stato)i);
            if ((named != NULL && named < line + length) != (to[i] && !back))
                fail_msg("the manual on %s > %s", begin + 3,
                         presa_stato_title((enum presa_stato)i));
        }
    }
    free(manual);
}

static void test_state_of_a_record(void **state)
{
    (void)state;
    enum presa_stato two[] = {STATO_CONCLUSA, STATO_ACCOLTA};
    enum presa_stato paused[] = {STATO_CONCLUSA, STATO_SOSPESA, STATO_RIFIUTATA};
    assert_int_equal(cartella_stato(two, 2), STATO_ACCOLTA);
    assert_int_equal(cartella_stato(paused, 3), STATO_SOSPESA);
    assert_int_equal(cartella_stato(NULL, 0), STATO_SEGNALATA);
}

static void test_diary(void **state)
{
    (void)state;
    struct day today = day_of(2026, 11, 21);
    struct diario_nota note = {
        .giorno = today, .tipo = "colloquio", .testo = "Viene con la figlia.", .riserbo = 3};
    assert_int_equal(diario_check(&note, NULL, today), DIARIO_OK);
    assert_int_equal(diario_check(&note, &note, today), DIARIO_UGUALE);
    struct diario_nota other = note;
    other.presenti = "la figlia";
    assert_int_equal(diario_check(&other, &note, today), DIARIO_OK);
    other = note;
    other.testo = "";
    assert_int_equal(diario_check(&other, NULL, today), DIARIO_VUOTO);
    other = note;
    other.tipo = "sogno";
    assert_int_equal(diario_check(&other, NULL, today), DIARIO_TIPO);
    other = note;
    other.giorno = day_add(today, 1);
    assert_int_equal(diario_check(&other, NULL, today), DIARIO_FUTURO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_the_table_of_moves),
        cmocka_unit_test(test_the_manual_shows_the_table),
        cmocka_unit_test(test_state_of_a_record),
        cmocka_unit_test(test_diary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
