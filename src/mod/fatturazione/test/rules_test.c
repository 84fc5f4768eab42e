#include "base/test/cases.h"

#include "mod/fatturazione/regole.h"

#include <string.h>

static struct arena arena;
static struct regola *rules;
static size_t rules_count;

extern const char regole_2025_tsv[];

/* The rules of the demonstration, and one that it does not have. */
static int start(void **state)
{
    struct err err = {0};
    (void)state;
    arena_init(&arena, 64 << 20);
    assert_true(
        regole_read(&arena, &err, "regole_2025.tsv", regole_2025_tsv, &rules, &rules_count));
    rules[rules_count++] = (struct regola){.servizio = "COMUNE",
                                           .tipo = REGOLA_COMUNE,
                                           .da = INT_NONE,
                                           .a = INT_NONE,
                                           .importo = MONEY_INVALID,
                                           .non_residenti = MONEY_INVALID,
                                           .quota = {3, 10},
                                           .giorni = INT_NONE,
                                           .proroghe = INT_NONE,
                                           .validita = {{0}, DAY_MAX}};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static size_t rules_of(const char *servizio, struct regola *some)
{
    size_t count = 0;
    for (size_t i = 0; i < rules_count; i++)
        if (strcmp(rules[i].servizio, servizio) == 0)
            some[count++] = rules[i];
    return count;
}

/* ---- months -------------------------------------------------------------------------------- */

static struct money money_of(const char *text)
{
    struct money amount;
    if (strcmp(text, "?") == 0)
        return MONEY_INVALID;
    assert_true(money_parse(text, &amount));
    return amount;
}

/* "3,4,7-9" */
static uint32_t days_of(char *text)
{
    uint32_t mask = 0;
    char *rest = text, *part;
    while ((part = strsep(&rest, ",")) != NULL) {
        int from = 0, to = 0;
        if (sscanf(part, "%d-%d", &from, &to) == 1)
            to = from;
        assert_in_range(from, 1, 31);
        for (int i = from; i <= to; i++)
            mask |= UINT32_C(1) << (i - 1);
    }
    return mask;
}

static struct periodo period_of(char *text)
{
    struct periodo periodo = {.proroga = DAY_NONE};
    char *colon = strchr(text, ':'), *dots = strstr(text, "..");
    assert_non_null(colon);
    assert_non_null(dots);
    *colon = *dots = '\0';
    periodo.nome = text;
    assert_true(day_parse_iso(colon + 1, &periodo.dal));
    assert_true(day_parse_iso(dots + 2, &periodo.al));
    return periodo;
}

static void read_events(char *line, struct mensilita_caso *caso, struct periodo *periodo)
{
    char *rest = line, *word;
    while (strcmp(line, "-") != 0 && (word = strsep(&rest, " ")) != NULL) {
        char *value = strchr(word, '=');
        if (value != NULL)
            *value++ = '\0';
        if (strcmp(word, "assenti") == 0)
            caso->assenti = days_of(value);
        else if (strcmp(word, "annunciati") == 0)
            caso->annunciati = days_of(value);
        else if (strcmp(word, "chiusi") == 0)
            caso->chiusi = days_of(value);
        else if (strcmp(word, "corsa") == 0)
            caso->corsa = atoi(value);
        else if (strcmp(word, "fuori") == 0)
            caso->non_residente = true;
        else if (strcmp(word, "periodo") == 0)
            *periodo = period_of(value), caso->periodi_count = 1;
        else
            fail_msg("%s?", word);
    }
}

static const char *amount(struct money value)
{
    char text[MONEY_TEXT];
    return money_ok(value) ? arena_strdup(&arena, money_it(value, text)) : "?";
}

/* What the room's caller does: a month that a period pays has no fee of its own. */
static void run_month(struct test_case *c)
{
    char servizio[16], mese[16], lorda[24], costo[24], first[24];
    struct regola some[16];
    struct periodo periodo = {0};
    struct mensilita conto;
    assert_int_equal(sscanf(c->lines[0], "%15s %15s", servizio, mese), 2);
    assert_int_equal(sscanf(c->lines[1], "%23s %23s", lorda, costo), 2);
    snprintf(first, sizeof first, "%s-01", mese);
    struct mensilita_caso caso = {
        .lorda = money_of(lorda), .costo = money_of(costo), .regole = some};
    assert_true(day_parse_iso(first, &caso.mese));
    caso.regole_count = rules_of(servizio, some);
    caso.forza = giorni_mask(caso.mese, caso.mese, DAY_NONE);
    caso.previsti = giorni_weekdays(caso.mese, 0x1F);
    caso.periodi = &periodo;
    read_events(c->lines[2], &caso, &periodo);
    if (strcmp(servizio, "SAD") != 0 && mensilita_month_free(&caso))
        caso.lorda = MONEY(0);
    mensilita_compute(&arena, &caso, &conto);
    const char *found =
        arena_printf(&arena, "%s | %s | %s | %s", amount(conto.retta), amount(conto.costo),
                     amount(conto.comune), amount(conto.ambito));
    if (strcmp(found, c->lines[3]) != 0)
        case_fail(c, "%s, and not %s", found, c->lines[3]);
}

static void months(void **state)
{
    (void)state;
    cases_run("src/mod/fatturazione/test/conti.cases", 4, 25, run_month);
}

/* Each voice says what it did to the fee: together they lead from the first amount to the last. */
static void voices_add_up(void **state)
{
    struct regola some[16];
    (void)state;
    for (uint32_t absent = 1; absent < (1U << 28); absent = absent * 3 + 7) {
        struct mensilita conto;
        struct mensilita_caso caso = {.mese = day_of(2025, 3, 1),
                                      .lorda = MONEY(38136),
                                      .costo = MONEY(90000),
                                      .assenti = absent,
                                      .chiusi = absent >> 7 & 0x1111,
                                      .regole = some};
        caso.regole_count = rules_of("CSE", some);
        caso.forza = giorni_mask(caso.mese, caso.mese, DAY_NONE);
        caso.previsti = giorni_weekdays(caso.mese, 0x1F);
        mensilita_compute(&arena, &caso, &conto);
        struct money retta = conto.lorda, costo = caso.costo;
        for (size_t i = 0; i < conto.voci_count; i++) {
            retta = money_add(retta, conto.voci[i].retta);
            costo = money_add(costo, conto.voci[i].costo);
        }
        assert_int_equal(retta.cents, conto.retta.cents);
        assert_int_equal(costo.cents, conto.costo.cents);
        assert_int_equal(conto.retta.cents + conto.comune.cents + conto.ambito.cents,
                         conto.costo.cents);
        assert_true(conto.retta.cents >= 0);
    }
}

static void free_days(void **state)
{
    struct regola some[16];
    struct periodo periodi[2] = {
        {"valutazione_preventiva", day_of(2025, 3, 3), day_of(2025, 3, 17), DAY_NONE},
        {"urgente", day_of(2025, 3, 20), day_of(2025, 3, 25), DAY_NONE}};
    struct mensilita_caso caso = {.mese = day_of(2025, 3, 1),
                                  .regole = some,
                                  .regole_count = rules_of("SAD", some),
                                  .periodi = periodi,
                                  .periodi_count = 2};
    (void)state;
    assert_int_equal(mensilita_free(&caso), UINT32_C(0x1FFFC));
    caso.mese = day_of(2025, 4, 1);
    assert_int_equal(mensilita_free(&caso), 0);
}

/* ---- periods, definition file -------------------------------------------------------------- */

static void run_period(struct arena *in, char *line, const char *due)
{
    char servizio[16], nome[40], text[3][16];
    struct day days[3];
    const struct regola *regola = NULL;
    const char *campo = "";
    assert_int_equal(
        sscanf(line, "%15s %39s %15s %15s %15s", servizio, nome, text[0], text[1], text[2]), 5);
    for (int i = 0; i < 3; i++) {
        days[i] = DAY_NONE;
        assert_true(strcmp(text[i], "-") == 0 || day_parse_iso(text[i], &days[i]));
    }
    for (size_t i = 0; i < rules_count; i++)
        if (strcmp(rules[i].servizio, servizio) == 0 && rules[i].tipo == REGOLA_PERIODO &&
            strcmp(rules[i].nome, nome) == 0)
            regola = &rules[i];
    const struct periodo periodo = {nome, days[0], days[1], days[2]};
    const char *fault = periodo_check(in, &periodo, regola, &campo);
    assert_string_equal(fault != NULL ? arena_printf(in, "%s: %s", campo, fault) : "in ordine",
                        due);
}

static void periods(void **state)
{
    (void)state;
    cases_arrows("src/mod/fatturazione/test/periodi.cases", 10, run_period);
}

static void run_table(struct arena *in, char *line, const char *due)
{
    static const char head[] = "servizio|variante|regola|nome|base|da|a|importo|non_residenti|"
                               "quota|giorni|proroghe|dal|al|atto\n";
    struct regola *read;
    struct err err = {0};
    size_t count;
    char *text = arena_printf(in, "%s%s\n", head, line + strspn(line, " "));
    for (char *c = text; *c != '\0'; c++)
        if (*c == '|')
            *c = '\t';
    bool ok = regole_read(in, &err, "t", text, &read, &count);
    assert_string_equal(ok ? regola_words(in, &read[0]) : err.text, due);
}

static void tables(void **state)
{
    (void)state;
    cases_arrows("src/mod/fatturazione/test/regole.cases", 12, run_table);
}

/* ---- payers -------------------------------------------------------------------------------- */

static void payers(void **state)
{
    struct money parts[PAGANTI_MAX + 1];
    const struct rate halves[] = {{1, 2}, {1, 2}}, thirds[] = {{1, 3}, {1, 3}};
    (void)state;
    pagante_split(MONEY(1), halves, 2, parts);
    assert_int_equal(parts[0].cents, 1);
    assert_int_equal(parts[1].cents, 0);
    assert_int_equal(parts[2].cents, 0);
    pagante_split(MONEY(10000), thirds, 2, parts);
    assert_int_equal(parts[0].cents, 3333);
    assert_int_equal(parts[1].cents, 3334);
    assert_int_equal(parts[2].cents, 3333);
    for (int64_t cents = -2000; cents < 2000; cents++)
        for (int64_t num = 0; num <= 7; num++) {
            const struct rate some[] = {{num, 21}, {num, 14}, {1, 6}};
            int64_t sum = 0;
            pagante_split(MONEY(cents), some, 3, parts);
            for (int i = 0; i <= 3; i++) {
                sum += parts[i].cents;
                assert_true(parts[i].cents == 0 || (parts[i].cents > 0) == (cents > 0));
            }
            assert_int_equal(sum, cents);
        }
    pagante_split(MONEY(777), NULL, 0, parts);
    assert_int_equal(parts[0].cents, 777);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months),  cmocka_unit_test(voices_add_up), cmocka_unit_test(free_days),
        cmocka_unit_test(periods), cmocka_unit_test(tables),        cmocka_unit_test(payers),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
