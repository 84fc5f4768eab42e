/* Execution and forecast: readable cases, and sums that always hold. */
#include "base/test/cases.h"

#include <inttypes.h>

#include "mod/bilancio/rules.h"

static struct money amount(const char *text)
{
    struct money money = MONEY_INVALID;
    if (text == NULL || !money_parse_machine(text, &money))
        fail_msg("«%s» is no amount", text == NULL ? "" : text);
    return money;
}

static const char *said(struct arena *arena, const struct money *amounts, size_t count)
{
    const char *text = "";
    char it[MONEY_TEXT];
    for (size_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : " ", money_it(amounts[i], it));
    return text;
}

enum { WORDS = 12 };

static const char *of_state(struct arena *arena, char **word)
{
    struct voce_somma somma = {.impegni = amount(word[2]),
                               .impegni_servizi = amount(word[3]),
                               .liquidazioni = amount(word[4]),
                               .liquidazioni_servizi = amount(word[5]),
                               .mandati = amount(word[6]),
                               .spese = amount(word[7]),
                               .spese_liquidate = amount(word[8])};
    struct voce_stato stato = voce_state(amount(word[1]), &somma);
    return said(arena,
                (struct money[]){stato.impegnato, stato.liquidato, stato.pagato, stato.disponibile},
                4);
}

static struct day day(const char *text)
{
    struct day day = DAY_NONE;
    if (text != NULL && strcmp(text, "-") != 0 && !day_parse_iso(text, &day))
        fail_msg("«%s» is no day", text);
    return day;
}

static const char *of_cost(struct arena *arena, char **word)
{
    int64_t quantity, divisor;
    assert_int_equal(sscanf(word[1], "%" SCNd64 "/%" SCNd64, &quantity, &divisor), 2);
    struct attesa attesa = {.dal = day(word[4]),
                            .al = day(word[5]),
                            .quantita = quantity,
                            .divisore = divisor,
                            .ogni = word[2],
                            .costo = amount(word[3])};
    return said(arena, (struct money[]){attesa_cost(&attesa, day(word[6]), day(word[7]))}, 1);
}

static const char *of_forecast(struct arena *arena, char **word)
{
    char end[DAY_TEXT];
    struct voce voce = {.id = {1}, .stanziato = amount(word[1])};
    struct voce_somma somma = {.spese = amount(word[2])};
    struct attesa attesa = {.dal = day(word[6]),
                            .al = DAY_NONE,
                            .quantita = atoi(word[4]),
                            .divisore = 1,
                            .ogni = "settimana",
                            .costo = amount(word[5])};
    struct previsione p;
    previsione_compute(&voce, &somma, &attesa, 1, 2025, day(word[3]), &p);
    day_it(p.finisce, end);
    return arena_printf(arena, "%s %s", said(arena, (struct money[]){p.fine_anno, p.avanzo}, 2),
                        day_known(p.finisce) ? end : "-");
}

static const char *of_parts(struct arena *arena, char **word, size_t words)
{
    struct money weights[WORDS], parts[WORDS];
    size_t count = 0;
    for (size_t i = 2; i < words; i++)
        weights[count++] = amount(word[i]);
    money_spread(amount(word[1]), weights, count, parts);
    return said(arena, parts, count);
}

static void one_line(struct arena *arena, char *in, const char *out)
{
    char *word[WORDS] = {NULL}, *rest = NULL;
    size_t words = 0;
    for (char *w = strtok_r(in, " \t", &rest); w != NULL && words < WORDS;
         w = strtok_r(NULL, " \t", &rest))
        word[words++] = w;
    const char *got = strcmp(word[0], "stato") == 0        ? of_state(arena, word)
                      : strcmp(word[0], "costo") == 0      ? of_cost(arena, word)
                      : strcmp(word[0], "previsione") == 0 ? of_forecast(arena, word)
                                                           : of_parts(arena, word, words);
    if (strcmp(got, out) != 0)
        fail_msg("%s %s ...: %s, should be %s", word[0], word[1], got, out);
}

static void cases_hold(void **state)
{
    (void)state;
    cases_arrows("src/mod/bilancio/test/conto.cases", 25, one_line);
}

/* ---- sums that always hold ------------------------------------------------------------------ */

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static struct money any(uint64_t *seed, uint64_t most)
{
    return MONEY((int64_t)(next(seed) % most));
}

/* Whatever is attributed by acts, the lines of an item add up to its state, cent by cent. */
static void lines_by_source_add_up_to_the_item(void **state)
{
    (void)state;
    uint64_t seed = 7;
    enum { SOURCES = 30 };
    for (int round = 0; round < 5000; round++) {
        struct conto_riga lines[SOURCES];
        struct conto_atti acts[SOURCES];
        size_t count = 1 + next(&seed) % SOURCES;
        struct voce_stato s = {.stanziato = MONEY(0)};
        for (size_t i = 0; i < count; i++) {
            lines[i] = (struct conto_riga){.assegnato = any(&seed, 100000)};
            acts[i].impegnato = any(&seed, (uint64_t)lines[i].assegnato.cents + 1);
            acts[i].liquidato = any(&seed, (uint64_t)acts[i].impegnato.cents + 1);
            acts[i].pagato = any(&seed, (uint64_t)acts[i].liquidato.cents + 1);
            s.stanziato = money_add(s.stanziato, lines[i].assegnato);
            s.impegnato = money_add(s.impegnato, acts[i].impegnato);
            s.liquidato = money_add(s.liquidato, acts[i].liquidato);
            s.pagato = money_add(s.pagato, acts[i].pagato);
        }
        s.impegnato = money_add(s.impegnato, any(&seed, 50000));
        s.liquidato = money_add(s.liquidato, any(&seed, 20000));
        conto_split(&s, acts, lines, count);
        struct money a = MONEY(0), b = MONEY(0), c = MONEY(0);
        for (size_t i = 0; i < count; i++) {
            a = money_add(a, lines[i].impegnato);
            b = money_add(b, lines[i].liquidato);
            c = money_add(c, lines[i].pagato);
            assert_true(lines[i].impegnato.cents >= acts[i].impegnato.cents);
            assert_int_equal(lines[i].impegnato.cents,
                             acts[i].impegnato.cents + lines[i].stimato.cents);
        }
        assert_int_equal(a.cents, s.impegnato.cents);
        assert_int_equal(b.cents, s.liquidato.cents);
        assert_int_equal(c.cents, s.pagato.cents);
    }
}

/* Parts of a whole lose nothing, and each is within a cent of its exact share. */
static void parts_add_up_and_stay_near(void **state)
{
    (void)state;
    uint64_t seed = 11;
    enum { MOST = 40 };
    for (int round = 0; round < 5000; round++) {
        struct money weights[MOST], parts[MOST], whole = any(&seed, 1000000000), sum = MONEY(0);
        size_t count = 1 + next(&seed) % MOST;
        int64_t all = 0;
        for (size_t i = 0; i < count; i++) {
            weights[i] = next(&seed) % 4 == 0 ? MONEY(0) : any(&seed, 100000);
            all += weights[i].cents;
        }
        money_spread(whole, weights, count, parts);
        for (size_t i = 0; i < count; i++) {
            sum = money_add(sum, parts[i]);
            if (all > 0) {
                int64_t off = parts[i].cents * all - whole.cents * weights[i].cents;
                assert_true(off < all && off > -all);
            }
        }
        assert_int_equal(sum.cents, whole.cents);
    }
}

/* ---- movements ------------------------------------------------------------------------------ */

static size_t faults_of(const struct scrittura *m, const struct scrittura_fatti *fatti,
                        const char **first)
{
    static char said_first[200];
    struct arena arena;
    struct scrittura_faults faults = {.arena = &arena};
    arena_init(&arena, 1 << 20);
    scrittura_check(m, fatti, &faults);
    snprintf(said_first, sizeof said_first, "%s", faults.count > 0 ? faults.items[0].text : "");
    arena_release(&arena);
    *first = said_first;
    return faults.count;
}

static void a_movement_stays_within_what_it_is_part_of(void **state)
{
    (void)state;
    const char *first;
    struct scrittura m = {.anno = 2025,
                          .tipo = "impegno",
                          .voce = {1},
                          .giorno = day_of(2025, 3, 1),
                          .atto = "det. 1",
                          .importo = MONEY(10000)};
    struct scrittura_fatti fatti = {
        .libero = MONEY(10000), .di = "la voce «SFA»", .dal = DAY_NONE, .entro = DAY_NONE};
    assert_int_equal(faults_of(&m, &fatti, &first), 0);
    m.importo.cents++;
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    assert_string_equal(first, "la voce «SFA» ha liberi 100,00 euro, meno di 100,01");
    m.importo = MONEY(0);
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    m.importo = MONEY_INVALID;
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    m.importo = MONEY(1);
    m.atto = " ";
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    m.atto = "det. 1";
    m.giorno = day_of(2026, 1, 1);
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    m.giorno = day_of(2025, 7, 1);
    fatti.entro = day_of(2025, 6, 30);
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    assert_string_equal(first, "la fonte si può spendere solo fino al 30/06/2025");
    fatti.entro = DAY_NONE;
    fatti.dal = day_of(2025, 7, 2);
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    fatti.dal = DAY_NONE;
    fatti.chiuso = true;
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    m.tipo = "mandato"; /* what is left of a closed year is still paid, also later */
    m.giorno = day_of(2026, 2, 1);
    assert_int_equal(faults_of(&m, &fatti, &first), 0);
    m.storna = (struct id){5};
    m.importo = MONEY(10);
    assert_int_equal(faults_of(&m, &fatti, &first), 1);
    m.importo = MONEY(-10);
    assert_int_equal(faults_of(&m, &fatti, &first), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_hold),
        cmocka_unit_test(lines_by_source_add_up_to_the_item),
        cmocka_unit_test(parts_add_up_and_stay_near),
        cmocka_unit_test(a_movement_stays_within_what_it_is_part_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
