/* The published tables as definitions: what follows, what does not, and what is refused. */
#include "base/test/cases.h"
#include "mod/riparto/prospetto.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static const char *const noti[] = {"Ardesio", "Clusone", "Villa d'Ogna", NULL};

static struct quadro *table_of(const char *name, const char *const *known)
{
    char path[128];
    size_t size;
    const char *dove;
    snprintf(path, sizeof path, "src/mod/riparto/demo/%s", name);
    char *text = test_file(path, &size);
    struct definizione *def = ARENA_NEW(&arena, struct definizione);
    struct definizione_faults *faults = ARENA_NEW(&arena, struct definizione_faults);
    struct quadro *quadro = ARENA_NEW(&arena, struct quadro);
    definizione_read(&arena, arena_strndup(&arena, text, size), size, known, def, faults);
    free(text);
    if (faults->count > 0)
        fail_msg("%s:%ld: %s: %s", name, faults->items[0].line, faults->items[0].column,
                 faults->items[0].text);
    assert_int_equal(quadro_compute(&arena, def, quadro, &dove), RIPARTO_OK);
    return quadro;
}

/* Each expected line: "row|column|found|due", in order. */
static void check_scarti(const char *name, const char *const *want, size_t count)
{
    struct list scarti;
    char found[MONEY_TEXT], due[MONEY_TEXT];
    quadro_verify(&arena, table_of(name, NULL), &scarti);
    for (size_t i = 0; i < scarti.count; i++) {
        const struct scarto *s = LIST_ITEM(&scarti, struct scarto, i);
        const char *line =
            arena_printf(&arena, "%s|%s|%s|%s", s->riga, s->colonna,
                         money_machine(s->trovato, found), money_machine(s->dovuto, due));
        if (i >= count)
            fail_msg("%s: also %s", name, line);
        assert_string_equal(line, want[i]);
        assert_true(*s->perche != '\0');
    }
    assert_int_equal(scarti.count, count);
}

/* Every cell of the instalments is right, unions included. */
static void the_instalments_follow(void **state)
{
    (void)state;
    check_scarti("fondo_sociale_2025.tsv", NULL, 0);
    struct quadro *quadro = table_of("fondo_sociale_2025.tsv", NULL);
    assert_int_equal(quadro->def->righe_count, 17);
    assert_int_equal(quadro->totali[0].cents, 143003880);
    check_scarti("pal_2023.tsv", NULL, 0);
}

static void slips_are_found(void **state)
{
    (void)state;
    static const char *const sad[] = {"PREMOLO|mesi|2020.00|2030.00",
                                      "TOTALE|dovuto|240000.01|240000.00"};
    check_scarti("sad_2025.tsv", sad, 2);
    static const char *const costi[] = {
        "Kasko|dovuto|1802.00|1791.42", "Canone cloud|dovuto|20078.00|20078.09",
        "SUBTOTALE Personale|dovuto|37091.07|37091.06",
        "SUBTOTALE Informatica|dovuto|23378.51|23378.42", "TOTALE|dovuto|94544.15|94544.05"};
    check_scarti("costi_struttura_2024.tsv", costi, 5);
    static const char *const fsr[] = {"SADH|dovuto|14720.50|14727.23",
                                      "CSE|dovuto|36177.40|36177.48",
                                      "SAD|dovuto|22150.00|22106.48"};
    check_scarti("fsr_2024.tsv", fsr, 3);
}

static void both_margins_hold(void **state)
{
    (void)state;
    struct quadro *quadro = table_of("aree_2025.tsv", NULL);
    for (size_t k = 0; k < quadro->def->colonne_count; k++)
        assert_int_equal(quadro->totali[k].cents, quadro->def->colonne[k].totale.cents);
    for (size_t i = 0; i < quadro->def->righe_count; i++)
        assert_int_equal(quadro_due(quadro, i).cents, 3420 * quadro->def->righe[i].pesi[0] / 100);
}

/* A case: the text with | for line breaks and ; for tabs, then the first fault. */
static void one_fault(struct test_case *c)
{
    char *text = arena_printf(&arena, "%s", c->lines[0]);
    for (char *p = text; *p != '\0'; p++)
        *p = (char)(*p == '|' ? '\n' : *p == ';' ? '\t' : *p);
    struct definizione *def = ARENA_NEW(&arena, struct definizione);
    struct definizione_faults *faults = ARENA_NEW(&arena, struct definizione_faults);
    definizione_read(&arena, text, strlen(text), noti, def, faults);
    const char *found = faults->count == 0
                            ? "in ordine"
                            : arena_printf(&arena, "%ld: %s: %s", faults->items[0].line,
                                           faults->items[0].column, faults->items[0].text);
    if (strcmp(found, c->lines[1]) != 0)
        case_fail(c, "«%s», not «%s»", found, c->lines[1]);
}

static void faults_are_those_of_the_cases(void **state)
{
    (void)state;
    cases_run("src/mod/riparto/test/prospetto.cases", 2, 60, one_fault);
}

/* Social fund of the Region 2024: areas in percent of the whole, and the two that have a cap. */
static void areas_are_in_percent(void **state)
{
    (void)state;
    static const struct {
        const char *area;
        int64_t percent;
    } due[] = {{"Minori", 5560},
               {"Disabili", 2308},
               {"Anziani", 632},
               {"Altri interventi", 1000},
               {"Riserva", 500}};
    const struct quadro *quadro = table_of("fsr_2024.tsv", NULL);
    const struct definizione *def = quadro->def;
    struct money most, all = MONEY(0),
                       areas[5] = {MONEY(0), MONEY(0), MONEY(0), MONEY(0), MONEY(0)};
    assert_int_equal(quadro->gruppi_count, 5);
    for (size_t g = 0; g < 5; g++) {
        assert_string_equal(quadro->gruppi[g].nome, due[g].area);
        for (size_t i = 0; i < def->righe_count; i++)
            if (strcmp(def->righe[i].gruppo, due[g].area) == 0)
                areas[g] = money_add(areas[g], def->righe[i].pubblicato[0]);
        all = money_add(all, areas[g]);
    }
    assert_int_equal(all.cents, 35052694);
    for (size_t g = 0; g < 5; g++)
        assert_int_equal(riparto_percento(areas[g], all), due[g].percent);
    assert_int_equal(tetto_check(areas[3], all, RATE(1, 10), &most), RIPARTO_OK);
    assert_int_equal(tetto_check(areas[4], all, RATE(1, 20), &most), RIPARTO_OK);
    assert_int_equal(tetto_check(money_add(areas[4], MONEY(1)), all, RATE(1, 20), &most),
                     RIPARTO_TETTO);
}

/* Every example of the format's description is a definition that is read and computed. */
static void the_examples_of_the_format_run(void **state)
{
    (void)state;
    size_t size, count = 0;
    char *text = test_file("docs/formati/prospetto.md", &size);
    const char *start = strstr(text, "\n```\n");
    for (; start != NULL; start = strstr(start, "\n```\n")) {
        struct definizione *def = ARENA_NEW(&arena, struct definizione);
        struct definizione_faults *faults = ARENA_NEW(&arena, struct definizione_faults);
        struct quadro *quadro = ARENA_NEW(&arena, struct quadro);
        struct list scarti;
        const char *dove;
        start += 5;
        const char *end = strstr(start, "\n```");
        assert_non_null(end);
        definizione_read(&arena, start, (size_t)(end - start) + 1, NULL, def, faults);
        if (faults->count > 0)
            fail_msg("%.40s: %ld: %s: %s", start, faults->items[0].line, faults->items[0].column,
                     faults->items[0].text);
        assert_int_equal(quadro_compute(&arena, def, quadro, &dove), RIPARTO_OK);
        quadro_verify(&arena, quadro, &scarti);
        start = end + 4;
        count++;
    }
    free(text);
    assert_int_equal(count, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_instalments_follow, setup, teardown),
        cmocka_unit_test_setup_teardown(slips_are_found, setup, teardown),
        cmocka_unit_test_setup_teardown(both_margins_hold, setup, teardown),
        cmocka_unit_test_setup_teardown(areas_are_in_percent, setup, teardown),
        cmocka_unit_test_setup_teardown(the_examples_of_the_format_run, setup, teardown),
        cmocka_unit_test_setup_teardown(faults_are_those_of_the_cases, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
