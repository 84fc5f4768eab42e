#include "base/test/check.h"

#include "mod/prestazioni/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;

static FILE *cases(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/src/mod/prestazioni/test/%s", getenv("ZONALE_SOURCE"), name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    return file;
}

/* The next line that is neither empty nor a comment; NULL at the end. */
static char *line_of(FILE *file, char *line, int size)
{
    while (fgets(line, size, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '#' && line[0] != '\0')
            return line;
    }
    return NULL;
}

static struct money money_of(const char *text)
{
    struct money amount;
    if (strcmp(text, "-") == 0)
        return MONEY_INVALID;
    assert_true(money_parse(text, &amount));
    return amount;
}

static enum unita read_head(char *line, struct griglia *griglia, struct money *costo)
{
    char unita[16], mese[16], importo[24], first[24];
    assert_int_equal(sscanf(line, "%15s %15s %23s", unita, mese, importo), 3);
    snprintf(first, sizeof first, "%s-01", mese);
    *griglia = (struct griglia){.mese = DAY_NONE};
    assert_true(day_parse_iso(first, &griglia->mese));
    *costo = money_of(importo);
    return unita_parse(unita);
}

static void read_days(char *line, enum unita unita, struct griglia *griglia)
{
    char *rest = line, *cell;
    while (strcmp(line, "-") != 0 && (cell = strsep(&rest, " ")) != NULL) {
        char *text = strchr(cell, ':');
        assert_non_null(text);
        int day = atoi(cell);
        assert_in_range(day, 1, GIORNI_MESE);
        assert_true(quantita_parse(unita, text + 1, &griglia->quantita[day - 1]));
    }
}

static void read_prices(char *line, const struct griglia *griglia, struct prezzo *prezzi)
{
    char feriale[24], festivo[24];
    assert_int_equal(sscanf(line, "%23s %23s", feriale, festivo), 2);
    for (int i = 0; i < GIORNI_MESE; i++) {
        bool holiday = day_festivo(day_add(griglia->mese, i));
        prezzi[i] = (struct prezzo){money_of(holiday ? festivo : feriale), holiday, "Perché."};
    }
}

static const char *words(struct money amount)
{
    char text[MONEY_TEXT];
    return money_ok(amount) ? arena_strdup(&arena, money_it(amount, text)) : "-";
}

static void bills_hold(void **state)
{
    (void)state;
    FILE *file = cases("mesi.cases");
    char line[512], want[512];
    int ran = 0;
    while (line_of(file, line, sizeof line) != NULL) {
        struct griglia griglia;
        struct prezzo prezzi[GIORNI_MESE];
        struct money costo;
        struct mensile bill;
        enum unita unita = read_head(line, &griglia, &costo);
        char *head = arena_strdup(&arena, line);
        assert_non_null(line_of(file, line, sizeof line));
        read_days(line, unita, &griglia);
        assert_non_null(line_of(file, line, sizeof line));
        read_prices(line, &griglia, prezzi);
        assert_non_null(line_of(file, want, sizeof want));
        mensile_compute(&griglia, unita, prezzi, costo, &bill);
        const char *got =
            arena_printf(&arena, "%s | %s | %s | %s", quantita_words(&arena, unita, bill.quantita),
                         words(bill.retta), words(bill.costo), words(bill.spesa));
        if (strcmp(got, want) != 0)
            fail_msg("%s: %s, wanted %s", head, got, want);
        ran++;
    }
    fclose(file);
    assert_true(ran >= 14);
}

static void cells_hold(void **state)
{
    (void)state;
    FILE *file = cases("celle.cases");
    char line[256];
    int ran = 0;
    while (line_of(file, line, sizeof line) != NULL) {
        char *rest = line, *unita = strsep(&rest, "|"), *text = strsep(&rest, "|");
        int64_t quantita;
        bool ok = quantita_parse(unita_parse(unita), text, &quantita);
        const char *got = ok ? arena_printf(&arena, "%lld", (long long)quantita) : "no";
        if (strcmp(got, rest) != 0)
            fail_msg("%s \"%s\": %s, wanted %s", unita, text, got, rest);
        if (ok) { /* what is shown again is read as the same */
            int64_t again;
            assert_true(quantita_parse(
                unita_parse(unita), quantita_cell(&arena, unita_parse(unita), quantita), &again));
            assert_int_equal(again, quantita);
        }
        ran++;
    }
    fclose(file);
    assert_true(ran >= 25);
}

static void explanation_says_why(void **state)
{
    (void)state;
    struct griglia griglia = {.mese = day_of(2025, 3, 1)};
    struct prezzo prezzi[GIORNI_MESE];
    struct mensile bill;
    for (int i = 0; i < GIORNI_MESE; i++)
        prezzi[i] = (struct prezzo){MONEY(260), false, "Fascia 3."};
    prezzi[8] = (struct prezzo){MONEY(273), true, "Fascia 3, festivo."};
    griglia.quantita[2] = 270;
    griglia.quantita[8] = 90;
    mensile_compute(&griglia, UNITA_ORA, prezzi, MONEY(2888), &bill);
    assert_string_equal(mensile_explain(&arena, &bill),
                        "4:30 ore × 2,60 euro = 11,70 euro. Fascia 3.\n"
                        "1:30 ore in giorni festivi × 2,73 euro = 4,10 euro. Fascia 3, festivo.\n"
                        "Retta del mese: 15,80 euro.");
    prezzi[8].unitaria = MONEY_INVALID;
    mensile_compute(&griglia, UNITA_ORA, prezzi, MONEY(2888), &bill);
    assert_non_null(strstr(mensile_explain(&arena, &bill), "non si può calcolare"));
}

/* ---- what is agreed ---------------------------------------------------------------------- */

static struct prestazione_proposta sound(void)
{
    return (struct prestazione_proposta){.dal = day_of(2025, 3, 1),
                                         .al = DAY_NONE,
                                         .unita = UNITA_ORA,
                                         .previsti = 300,
                                         .costo = MONEY(2888),
                                         .cartella_aperta = true,
                                         .cartella_dal = day_of(2025, 1, 1),
                                         .variante_nota = true,
                                         .doppione_dal = DAY_NONE,
                                         .erogata_fino = DAY_NONE};
}

/* Field of the one fault; "ok" when there is none. */
static const char *fault_of(struct prestazione_proposta p)
{
    struct prestazione_faults faults = {.arena = &arena};
    prestazione_check(&p, &faults);
    if (faults.count == 0)
        return "ok";
    assert_int_equal(faults.count, 1);
    return faults.items[0].field != NULL ? faults.items[0].field : "-";
}

static void proposals_are_judged(void **state)
{
    (void)state;
    struct prestazione_proposta p = sound();
    assert_string_equal(fault_of(p), "ok");
    p.dal = DAY_NONE;
    assert_string_equal(fault_of(p), "dal");
    p = sound();
    p.al = day_of(2025, 2, 28);
    assert_string_equal(fault_of(p), "al");
    p.al = p.dal; /* one day is a period */
    assert_string_equal(fault_of(p), "ok");
    p = sound();
    p.cartella_aperta = false;
    assert_string_equal(fault_of(p), "-");
    p = sound();
    p.cartella_dal = day_of(2025, 3, 2);
    assert_string_equal(fault_of(p), "dal");
    p = sound();
    p.previsti = 0;
    assert_string_equal(fault_of(p), "previsti");
    p.previsti = 7 * 1440 + 1;
    assert_string_equal(fault_of(p), "previsti");
    p = sound();
    p.unita = UNITA_GIORNO;
    p.previsti = 8;
    assert_string_equal(fault_of(p), "previsti");
    p = sound();
    p.costo = MONEY_INVALID;
    assert_string_equal(fault_of(p), "costo");
    p.costo = MONEY(-1);
    assert_string_equal(fault_of(p), "costo");
    p = sound();
    p.variante_nota = false;
    assert_string_equal(fault_of(p), "variante");
    p = sound();
    p.doppione_dal = day_of(2025, 2, 1);
    assert_string_equal(fault_of(p), "dal");
    p = sound();
    p.erogata_fino = day_of(2025, 3, 20);
    p.al = day_of(2025, 3, 19);
    assert_string_equal(fault_of(p), "al");
    p.al = day_of(2025, 3, 20);
    assert_string_equal(fault_of(p), "ok");
    p.unita = UNITE;
    assert_string_equal(fault_of(p), "servizio");
}

static void expected_follows_the_days(void **state)
{
    (void)state;
    struct day march = day_of(2025, 3, 1), open = DAY_NONE;
    /* five hours a week, 31 days: 22 h 8 min 34 s */
    assert_int_equal(prestazione_expected(UNITA_ORA, 300, day_of(2025, 1, 1), open, march), 1329);
    assert_int_equal(prestazione_expected(UNITA_ORA, 300, day_of(2025, 3, 25), open, march), 300);
    assert_int_equal(
        prestazione_expected(UNITA_ORA, 300, march, day_of(2025, 3, 14), day_of(2025, 3, 1)), 600);
    assert_int_equal(prestazione_expected(UNITA_ORA, 300, day_of(2025, 4, 1), open, march), 0);
    assert_int_equal(prestazione_expected(UNITA_MESE, 1, day_of(2025, 3, 31), open, march), 1);
    assert_false(prestazione_in_month(day_of(2025, 4, 1), open, DAY_NONE));
    assert_true(prestazione_in_month(day_of(2025, 3, 31), open, march));
    assert_false(prestazione_in_month(day_of(2025, 4, 1), open, march));
    assert_true(prestazione_in_month(day_of(2024, 4, 1), day_of(2025, 3, 1), march));
    assert_false(prestazione_in_month(day_of(2024, 4, 1), day_of(2025, 2, 28), march));
}

static size_t grid_faults(int day, int64_t quantita, const char **field)
{
    struct griglia griglia = {.mese = day_of(2025, 2, 1)};
    struct prestazione_faults faults = {.arena = &arena};
    griglia.quantita[day - 1] = quantita;
    griglia_check(&griglia, UNITA_ORA, day_of(2025, 2, 3), day_of(2025, 2, 26), day_of(2025, 2, 20),
                  &faults);
    *field = faults.count ? faults.items[0].field : NULL;
    return faults.count;
}

static void grid_keeps_within(void **state)
{
    (void)state;
    const char *field;
    assert_int_equal(grid_faults(2, 60, &field), 1); /* before the service */
    assert_string_equal(field, "g2");
    assert_int_equal(grid_faults(3, 60, &field), 0);
    assert_int_equal(grid_faults(20, 60, &field), 0); /* today */
    assert_int_equal(grid_faults(21, 60, &field), 1); /* tomorrow */
    assert_int_equal(grid_faults(27, 60, &field), 1); /* after the service */
    assert_int_equal(grid_faults(29, 60, &field), 1); /* no such day */
    assert_int_equal(grid_faults(10, 1441, &field), 1);
    assert_int_equal(grid_faults(10, -1, &field), 1);
    assert_int_equal(grid_faults(10, 0, &field), 0);
}

static void planned_is_read(void **state)
{
    (void)state;
    int64_t n;
    assert_true(previsti_parse(UNITA_ORA, "5", &n) && n == 300);
    assert_true(previsti_parse(UNITA_ORA, "2,5", &n) && n == 150);
    assert_true(previsti_parse(UNITA_GIORNO, "5", &n) && n == 5);
    assert_false(previsti_parse(UNITA_ORA, "molte", &n));
    assert_false(previsti_parse(UNITA_GIORNO, "1000", &n));
    assert_false(previsti_parse(UNITA_GIORNO, "2,5", &n));
    assert_false(previsti_parse(UNITA_GIORNO, "", &n));
}

static void months_have_names(void **state)
{
    (void)state;
    char text[MESE_TEXT];
    struct day mese;
    assert_true(mese_parse("2025-03", &mese));
    assert_int_equal(mese.n, day_of(2025, 3, 1).n);
    assert_string_equal(mese_iso(mese, text), "2025-03");
    assert_string_equal(mese_words(mese, text), "marzo 2025");
    static const char *const wrong[] = {"",           "2025",    "2025-13", "2025-00",
                                        "2025-3",     "25-03",   "2025/03", "marzo",
                                        "2025-03-01", "0000-01", "-025-03"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(mese_parse(wrong[i], &mese));
    assert_false(mese_parse(NULL, &mese));
}

static void names_come_back(void **state)
{
    (void)state;
    for (int i = 0; i < UNITE; i++)
        assert_int_equal(unita_parse(unita_name((enum unita)i)), i);
    for (int i = 0; i < MENSILI; i++)
        assert_int_equal(mensile_stato_parse(mensile_stato_name((enum mensile_stato)i)), i);
    assert_int_equal(unita_parse("litro"), UNITE);
    assert_int_equal(unita_parse(NULL), UNITE);
    assert_int_equal(mensile_stato_parse("chiuso"), MENSILI);
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 16 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bills_hold),
        cmocka_unit_test(cells_hold),
        cmocka_unit_test(explanation_says_why),
        cmocka_unit_test(proposals_are_judged),
        cmocka_unit_test(expected_follows_the_days),
        cmocka_unit_test(grid_keeps_within),
        cmocka_unit_test(names_come_back),
        cmocka_unit_test(months_have_names),
        cmocka_unit_test(planned_is_read),
    };
    return cmocka_run_group_tests_name("prestazioni/rules", tests, setup, teardown);
}
