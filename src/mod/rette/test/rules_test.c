#include "base/test/cases.h"

#include "mod/rette/rules.h"
#include "mod/rette/tariffe.h"

/* The demonstration plans, read once: the same file that `zonale demo` loads. */
static struct arena arena;
static struct tariffe published;

static int load(void **state)
{
    (void)state;
    size_t size;
    arena_init(&arena, 256 * 1024 * 1024);
    char *text = test_file("src/mod/rette/demo/tariffe_2025.tsv", &size);
    tariffe_read(&arena, text, size, NULL, DAY_NONE, &published);
    free(text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* ---- cases ------------------------------------------------------------------------------ */

/* The word after `name` in a line such as "isee 6000 giorno 2025-03-10"; NULL: not there. */
static const char *word_after(char *line, const char *name, char word[static 64])
{
    char *at = strstr(line, name);
    if (at == NULL)
        return NULL;
    return sscanf(at + strlen(name), " %63s", word) == 1 ? word : NULL;
}

static void one_fee(struct test_case *c)
{
    char servizio[64], variante[64], word[64];
    struct isee isee = {.tipo = ISEE_ORDINARIO};
    struct retta_caso caso = {.non_residente = strstr(c->lines[1], "non residente") != NULL};
    if (sscanf(c->lines[0], "%63s %63s", servizio, variante) != 2 ||
        word_after(c->lines[1], "giorno", word) == NULL || !day_parse(word, &caso.giorno)) {
        case_fail(c, "cannot be read");
        return;
    }
    isee.sottoscritta = day_of(day_civil(caso.giorno).year, 1, 1);
    if (word_after(c->lines[1], "firmato", word) != NULL && !day_parse(word, &isee.sottoscritta))
        case_fail(c, "firmato: %s", word);
    if (word_after(c->lines[1], "tipo", word) != NULL)
        isee.tipo = isee_tipo_parse(word);
    isee.scadenza = isee_expiry(isee.tipo, isee.sottoscritta);
    if (word_after(c->lines[1], "isee", word) != NULL) {
        if (!money_parse(word, &isee.valore))
            case_fail(c, "isee: %s", word);
        caso.isee = &isee;
    }
    const struct piano *piano =
        piano_at(published.piani, published.count, servizio, variante, caso.giorno, &caso.festivo);
    struct retta retta;
    char got[MONEY_TEXT] = "nessun piano";
    if (piano != NULL) {
        retta_compute(piano, &caso, &retta);
        retta_explain(&arena, piano, &retta);
        money_it(retta.importo, got);
    }
    char *want = c->lines[2], *because = strstr(want, " perché ");
    if (because != NULL)
        *because = '\0';
    if (strcmp(got, want) != 0)
        case_fail(c, "%s, should be %s", got, want);
    else if (because != NULL && (piano == NULL || strstr(retta_text(&arena, &retta),
                                                         because + strlen(" perché ")) == NULL))
        case_fail(c, "the reason is: %s", piano == NULL ? "" : retta_text(&arena, &retta));
}

static void fees_are_those_of_the_cases(void **state)
{
    (void)state;
    cases_run("src/mod/rette/test/retta.cases", 3, 100, one_fee);
}

/* "0-1000=0 1000,01-4500=1,30 4500,01-=2,60", a percentage with %: "0-=50%" */
static size_t bands_of(char *line, struct fascia *fasce)
{
    size_t count = 0;
    for (char *save, *word = strtok_r(line, " ", &save); word != NULL && count < FASCE_MAX;
         word = strtok_r(NULL, " ", &save)) {
        char from[40] = "", to[40] = "", fee[40] = "";
        if (sscanf(word, "%39[0-9.,]-%39[0-9.,]=%39s", from, to, fee) != 3)
            sscanf(word, "%39[0-9.,]-=%39s", from, fee);
        struct fascia *fascia = &fasce[count++];
        *fascia = (struct fascia){MONEY_INVALID, MONEY_INVALID, MONEY_INVALID, RATE(0, 0)};
        if (!money_parse(from, &fascia->da) || (*to != '\0' && !money_parse(to, &fascia->a)))
            return 0;
        bool share = strchr(fee, '%') != NULL;
        if (*fee != '-' &&
            !(share ? rate_parse(fee, &fascia->quota) : money_parse(fee, &fascia->importo)))
            return 0;
    }
    return count;
}

static void one_plan(struct test_case *c)
{
    struct fascia fasce[FASCE_MAX];
    struct piano piano;
    piano_blank(&piano);
    piano.servizio = "SAD";
    piano.variante = "feriale";
    piano.unita = "ora";
    piano.atto = "Delibera 1/2025";
    piano.validita.from = day_of(2025, 1, 1);
    piano.fasce = fasce;
    piano.fasce_count = bands_of(c->lines[1], fasce);
    struct rette_faults faults = {.arena = &arena};
    piano_check(&piano, &faults);
    const char *got = faults.count == 0 ? "in ordine" : faults.items[0].text;
    if (strcmp(got, c->lines[2]) != 0)
        case_fail(c, "%s: «%s», should be «%s»", c->lines[0], got, c->lines[2]);
}

static void faulty_bands_are_named(void **state)
{
    (void)state;
    cases_run("src/mod/rette/test/fasce.cases", 3, 10, one_plan);
}

/* ---- the published plans ------------------------------------------------------------------ */

static void published_plans_are_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < published.fault_count; i++)
        printf("# %zu %s: %s\n", published.faults[i].line, published.faults[i].column,
               published.faults[i].text);
    assert_int_equal(published.fault_count, 0);
    assert_int_equal(published.count, 9);
    assert_int_equal(published.lines, 48);
}

/* The day care of minors states both cost and percentages: they agree with the printed amounts. */
static void percentages_of_the_day_care_agree(void **state)
{
    (void)state;
    bool festivo;
    const struct piano *piano = piano_at(published.piani, published.count, "CDM", "giornaliera",
                                         day_of(2025, 3, 10), &festivo);
    assert_non_null(piano);
    for (size_t i = 0; i < piano->fasce_count; i++)
        assert_int_equal(money_share(piano->costo, piano->fasce[i].quota, STEP_CENT).cents,
                         piano->fasce[i].importo.cents);
}

/* ---- ISEE ------------------------------------------------------------------------------- */

static struct isee made(int64_t id, enum isee_tipo tipo, int year, int month)
{
    struct isee isee = {.id = {id}, .tipo = tipo, .sottoscritta = day_of(year, month, 1)};
    isee.scadenza = isee_expiry(tipo, isee.sottoscritta);
    return isee;
}

static int64_t chosen(const struct isee *list, size_t count, unsigned tipi, struct day day)
{
    const struct isee *isee = isee_choose(list, count, tipi, day);
    return isee == NULL ? 0 : isee->id.n;
}

static void the_right_isee_is_chosen(void **state)
{
    (void)state;
    const struct isee list[] = {
        made(1, ISEE_ORDINARIO, 2025, 1), made(2, ISEE_SOCIOSANITARIO, 2025, 1),
        made(3, ISEE_CORRENTE, 2025, 2),  made(4, ISEE_ORDINARIO, 2025, 9),
        made(5, ISEE_MINORENNI, 2024, 5),
    };
    unsigned all = ISEE_QUALSIASI, plain = ISEE_BIT(ISEE_ORDINARIO);
    assert_int_equal(chosen(list, 5, all, day_of(2025, 1, 15)), 2);
    assert_int_equal(chosen(list, 5, all, day_of(2025, 3, 1)), 3);
    assert_int_equal(chosen(list, 5, all, day_of(2025, 7, 31)), 3);
    assert_int_equal(chosen(list, 5, all, day_of(2025, 8, 1)), 2);
    assert_int_equal(chosen(list, 5, plain, day_of(2025, 8, 1)), 1);
    assert_int_equal(chosen(list, 5, plain, day_of(2025, 9, 1)), 4);
    assert_int_equal(chosen(list, 5, plain, day_of(2025, 12, 31)), 4);
    assert_int_equal(chosen(list, 5, plain, day_of(2026, 1, 1)), 0);
    assert_int_equal(chosen(list, 0, all, day_of(2025, 1, 15)), 0);
}

static void an_attestation_is_checked(void **state)
{
    (void)state;
    struct day today = day_of(2025, 6, 30);
    struct isee isee = made(1, ISEE_ORDINARIO, 2025, 1);
    isee.protocollo = "INPS-ISEE-2025-01234567A-00";
    struct rette_faults faults = {.arena = &arena};
    isee_check(&isee, today, &faults);
    assert_int_equal(faults.count, 0);
    isee.valore = MONEY(-1);
    isee.sottoscritta = day_of(2025, 7, 1);
    isee_check(&isee, today, &faults);
    assert_int_equal(faults.count, 2);
    assert_string_equal(faults.items[0].field, "valore");
    assert_string_equal(faults.items[1].field, "sottoscritta");
    struct isee late = made(2, ISEE_ORDINARIO, 2025, 1);
    late.protocollo = "P";
    late.scadenza = day_of(2026, 1, 1);
    isee_check(&late, today, &faults);
    assert_int_equal(faults.count, 3);
    assert_string_equal(faults.items[2].field, "scadenza");
}

static void kinds_have_names(void **state)
{
    (void)state;
    unsigned tipi;
    assert_true(isee_tipi_parse("ordinario,corrente", &tipi));
    assert_int_equal(tipi, ISEE_BIT(ISEE_ORDINARIO) | ISEE_BIT(ISEE_CORRENTE));
    assert_string_equal(isee_tipi_names(&arena, tipi), "ordinario,corrente");
    assert_true(isee_tipi_parse(isee_tipi_names(&arena, ISEE_QUALSIASI), &tipi));
    assert_int_equal(tipi, ISEE_QUALSIASI);
    static const char *const bad[] = {
        "",
        ",",
        "ordinario,",
        "ordinari",
        "ordinario,,corrente",
        "ordinario,ordinario,ordinario,ordinario,ordinario,ordinario"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(isee_tipi_parse(bad[i], &tipi));
}

/* ---- versions --------------------------------------------------------------------------- */

static void each_day_has_its_version(void **state)
{
    (void)state;
    struct piano two[2] = {published.piani[0], published.piani[0]};
    two[0].id.n = 1;
    two[1].id.n = 2;
    two[0].validita.to = two[1].validita.from = day_of(2025, 7, 1);
    bool festivo;
    struct rette_faults faults = {.arena = &arena};
    piani_check(two, 2, &faults);
    assert_int_equal(faults.count, 0);
    assert_int_equal(piano_at(two, 2, "SAD", "feriale", day_of(2025, 6, 30), &festivo)->id.n, 1);
    assert_int_equal(piano_at(two, 2, "SAD", "festivo", day_of(2025, 7, 1), &festivo)->id.n, 2);
    assert_true(festivo);
    assert_null(piano_at(two, 2, "SAD", "feriale", day_of(2024, 12, 31), &festivo));
    two[1].validita.from = day_of(2025, 6, 30);
    piani_check(two, 2, &faults);
    assert_int_equal(faults.count, 1);
    assert_non_null(strstr(faults.items[0].text, "01/01/2025"));
    assert_non_null(strstr(faults.items[0].text, "30/06/2025"));
}

static void a_refusal_is_a_value(void **state)
{
    (void)state;
    struct retta retta;
    const struct piano *sfa = &published.piani[1];
    const struct retta_caso early = {.giorno = day_of(2024, 1, 1)};
    retta_compute(sfa, &early, &retta);
    assert_int_equal(retta.esito, RETTA_FUORI_PERIODO);
    assert_false(money_ok(retta.importo));
    const struct retta_caso holiday = {.giorno = day_of(2025, 1, 6), .festivo = true};
    retta_compute(sfa, &holiday, &retta);
    assert_int_equal(retta.esito, RETTA_NON_FESTIVA);
    retta_explain(&arena, sfa, &retta);
    assert_int_equal(retta.righe, 1);
}

static void codes_read_as_words(void **state)
{
    (void)state;
    assert_string_equal(variante_words(&arena, "adulti_part_time"), "adulti part time");
    assert_string_equal(variante_words(&arena, "feriale"), "feriale");
    assert_string_equal(piano_words(&arena, "STA", NULL, "adulti_tempo_pieno"),
                        "STA, adulti tempo pieno");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_read_as_words),
        cmocka_unit_test(published_plans_are_sound),
        cmocka_unit_test(fees_are_those_of_the_cases),
        cmocka_unit_test(faulty_bands_are_named),
        cmocka_unit_test(percentages_of_the_day_care_agree),
        cmocka_unit_test(the_right_isee_is_chosen),
        cmocka_unit_test(an_attestation_is_checked),
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(each_day_has_its_version),
        cmocka_unit_test(a_refusal_is_a_value),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
