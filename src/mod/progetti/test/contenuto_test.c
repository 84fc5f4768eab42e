/* What a version says: checked, written and read again, compared. */
#include "mod/progetti/rules.h"

#include "base/buf.h"
#include "base/test/check.h"

#include <string.h>

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct contenuto sample(void)
{
    return (struct contenuto){
        .titolo = "Restare a casa",
        .bisogni = "Vive sola al secondo piano.\nLa figlia lavora.",
        .dal = day_of(2025, 1, 1),
        .al = day_of(2025, 6, 30),
        .obiettivi = {{.testo = "Alzarsi e lavarsi in sicurezza",
                       .indicatore = "Nessuna caduta in tre mesi",
                       .azioni = {{"Aiuto al mattino", "ente", "Cooperativa Primavera",
                                   day_of(2025, 2, 1), ID_NONE},
                                  {"Tiene il diario", "persona", NULL, day_of(2025, 6, 30),
                                   ID_NONE}},
                       .azioni_count = 2}},
        .obiettivi_count = 1,
        .costi = {{"Assistenza domiciliare",
                   MONEY(120000),
                   MONEY(20000),
                   "FONDO SAD - ANZIANI",
                   {{"ambito", MONEY(100000)}},
                   1}},
        .costi_count = 1,
        .fasi = {{"Avvio", day_of(2025, 1, 1), day_of(2025, 1, 31)}},
        .fasi_count = 1,
    };
}

static const struct day march[] = {{20162}}; /* 2025-03-15 */

static size_t faults_of(const struct contenuto *c, enum progetto_tipo tipo, const struct day *days,
                        size_t count)
{
    struct progetto_rifiuti faults = {.arena = &arena};
    contenuto_check(c, tipo, days, count, &faults);
    return faults.count;
}

static void test_the_whole(void **state)
{
    (void)state;
    struct contenuto c = sample();
    assert_int_equal(march[0].n, day_of(2025, 3, 15).n);
    assert_int_equal(faults_of(&c, TIPO_PAI, march, 1), 0);
    assert_int_equal(faults_of(&c, TIPO_PAI, march, 0), 1); /* no check at all */
    struct day outside[] = {day_of(2025, 7, 1)};
    assert_int_equal(faults_of(&c, TIPO_PAI, outside, 1), 1);
    c.obiettivi[0].azioni_count = 0;
    assert_int_equal(faults_of(&c, TIPO_PAI, march, 1), 1);
    c = sample();
    c.obiettivi_count = 0;
    assert_int_equal(faults_of(&c, TIPO_PAI, march, 1), 1);
    c = sample();
    c.costi[0].famiglia = MONEY(20001);
    assert_int_equal(faults_of(&c, TIPO_PAI, march, 1), 1);
    c = sample();
    c.al = day_of(2025, 5, 31); /* the action and nothing else is now outside */
    assert_int_equal(faults_of(&c, TIPO_PAI, march, 1), 1);
    c = sample();
    c.al = DAY_NONE;
    c.titolo = NULL;
    c.bisogni = "";
    assert_int_equal(faults_of(&c, TIPO_PAI, march, 1), 3);
    c = sample();
    c.fasi[0].al = day_of(2025, 7, 1);
    assert_int_equal(faults_of(&c, TIPO_PAI, march, 1), 1);
}

/* A pact: never more than ninety days from one check to the next. */
static void test_ninety_days(void **state)
{
    (void)state;
    struct contenuto c = sample();
    struct day start = c.dal;
    struct day days[] = {day_add(start, 90), day_add(start, 180)};
    assert_int_equal(faults_of(&c, TIPO_PATTO, days, 2), 0);
    days[0] = day_add(start, 91);
    assert_int_equal(faults_of(&c, TIPO_PATTO, days, 2), 1);
    assert_int_equal(faults_of(&c, TIPO_PAI, days, 2), 0);
    days[0] = day_add(start, 80);
    days[1] = day_add(start, 171);
    assert_int_equal(faults_of(&c, TIPO_PATTO, days, 2), 1);
    assert_int_equal(faults_of(&c, TIPO_PATTO, days, 1), 1); /* then nothing until the end */
}

static void test_budget(void **state)
{
    (void)state;
    struct contenuto c = sample();
    c.costi[c.costi_count++] = (struct costo){.importo = MONEY(1), .famiglia = MONEY(1)};
    struct bilancio_di_progetto sums = contenuto_budget(&c);
    assert_int_equal(sums.totale.cents, 120001);
    assert_int_equal(sums.famiglia.cents, 20001);
    assert_int_equal(sums.pubblico.cents, 100000);
    c.costi[0].importo = MONEY_INVALID;
    assert_false(money_ok(contenuto_budget(&c).totale));
}

/* ---- as text -------------------------------------------------------------------------------- */

static uint64_t seed;
static size_t draw(size_t bound)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % bound;
}

/* Texts that try to break the lines. */
static const char *any_text(void)
{
    static const char *const texts[] = {NULL,         "a",   "perché\tno",     "riga\nriga\n",
                                        "\\n\\t\\",   "\\",  "costo\t1\t2",    "€ 1.000,00",
                                        "\nazione\t", "è\\", "\t\t\t\t\t\t\t", "fine"};
    return texts[draw(sizeof texts / sizeof *texts)];
}

static struct day any_day(void)
{
    return draw(4) == 0 ? DAY_NONE : day_add(day_of(2020, 1, 1), (int)draw(4000));
}

static struct money any_money(void)
{
    return draw(4) == 0 ? MONEY_INVALID : MONEY((int64_t)draw(1000000) - 1000);
}

static struct contenuto any_contenuto(void)
{
    struct contenuto c = {.titolo = any_text(), .bisogni = any_text()};
    c.dal = any_day();
    c.al = any_day();
    c.obiettivi_count = draw(OBIETTIVI_MAX + 1);
    for (size_t i = 0; i < c.obiettivi_count; i++) {
        struct obiettivo *o = &c.obiettivi[i];
        *o = (struct obiettivo){.testo = any_text(), .indicatore = any_text()};
        o->azioni_count = draw(AZIONI_MAX + 1);
        for (size_t j = 0; j < o->azioni_count; j++)
            o->azioni[j] = (struct azione){any_text(), any_text(), any_text(), any_day(),
                                           (struct id){(int64_t)draw(2) * 123456789}};
    }
    c.costi_count = draw(COSTI_MAX + 1);
    for (size_t i = 0; i < c.costi_count; i++) {
        struct costo *k = &c.costi[i];
        *k = (struct costo){any_text(), any_money(), any_money(), any_text(), {{NULL, {0}}}, 0};
        k->fonti_count = draw(COSTO_FONTI_MAX + 1);
        for (size_t j = 0; j < k->fonti_count; j++)
            k->fonti[j] = (struct costo_fonte){any_text(), any_money()};
    }
    c.fasi_count = draw(FASI_MAX + 1);
    for (size_t i = 0; i < c.fasi_count; i++)
        c.fasi[i] = (struct fase){any_text(), any_day(), any_day()};
    return c;
}

static void test_written_and_read(void **state)
{
    (void)state;
    for (seed = 1; seed < 2000; seed += 7) {
        uint64_t keep = seed;
        struct arena own;
        struct contenuto c = any_contenuto(), again;
        arena_init(&own, 64 << 20);
        const char *text = contenuto_write(&own, &c);
        assert_true(contenuto_read(&own, text, &again));
        assert_string_equal(contenuto_write(&own, &again), text);
        assert_int_equal(again.obiettivi_count, c.obiettivi_count);
        assert_int_equal(again.costi_count, c.costi_count);
        assert_int_equal(again.fasi_count, c.fasi_count);
        assert_int_equal(again.dal.n, c.dal.n);
        if (c.titolo != NULL)
            assert_string_equal(again.titolo, c.titolo);
        if (c.costi_count > 0)
            assert_int_equal(again.costi[0].importo.cents, c.costi[0].importo.cents);
        arena_release(&own);
        seed = keep;
    }
}

static void test_broken_texts(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "",
        "altro\ta\tb\t2025-01-01\t2025-01-02\n",
        "progetto\ta\tb\tieri\t2025-01-02\n",
        "progetto\ta\tb\t2025-01-01\n",
        "progetto\ta\tb\t\t\nazione\ta\tb\tc\t\t\n", /* of no objective */
        "progetto\ta\tb\t\t\nfonte\tambito\t1.00\n",
        "progetto\ta\tb\t\t\ncosto\ta\tmille\t0\t\n",
        "progetto\ta\tb\t\t\nfase\ta\t\t\t\t\t\t\t\t\t\n",
        "progetto\ta\tb\t\t\nobiettivo\ta\tb\nazione\ta\tb\tc\t\tnon-un-id\n",
    };
    struct contenuto c;
    struct avanzamento a;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_false(contenuto_read(&arena, broken[i], &c));
    assert_false(avanzamento_read(&arena, "", &a));
    assert_false(avanzamento_read(&arena, "verifica\ta\tb\nesito\n", &a));
    struct buf many;
    buf_init(&many, &arena, 1 << 16);
    buf_text(&many, "progetto\ta\tb\t\t\n");
    for (int i = 0; i <= OBIETTIVI_MAX; i++)
        buf_text(&many, "obiettivo\ta\tb\n");
    assert_false(contenuto_read(&arena, many.data, &c));
}

/* ---- differences ---------------------------------------------------------------------------- */

/* What stayed and went is the earlier one, what stayed and came is the later one. */
static void test_differences(void **state)
{
    (void)state;
    struct progetto_differenza lines[2 * PROGETTO_RIGHE_MAX], self[2 * PROGETTO_RIGHE_MAX];
    struct contenuto one = sample(), two = sample();
    assert_int_equal(contenuto_diff(&arena, &one, &one, lines), 9);
    for (size_t i = 0; i < 9; i++)
        assert_int_equal(lines[i].segno, 0);
    two.obiettivi[1] = two.obiettivi[0];
    two.obiettivi[0] = (struct obiettivo){.testo = "Vedere gente"}; /* put before */
    two.obiettivi_count = 2;
    size_t count = contenuto_diff(&arena, &one, &two, lines);
    assert_int_equal(count, 10);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(lines[i].segno, strcmp(lines[i].testo, "Vedere gente") == 0 ? 1 : 0);
    for (seed = 3; seed < 300; seed += 5) {
        uint64_t keep = seed;
        struct arena own;
        arena_init(&own, 64 << 20);
        struct contenuto a = any_contenuto(), b = any_contenuto();
        size_t n = contenuto_diff(&own, &a, &b, lines), at = 0;
        size_t whole = contenuto_diff(&own, &b, &b, self);
        for (size_t i = 0; i < n; i++)
            if (lines[i].segno >= 0)
                assert_string_equal(lines[i].testo, self[at++].testo);
        assert_int_equal(at, whole);
        whole = contenuto_diff(&own, &a, &a, self);
        at = 0;
        for (size_t i = 0; i < n; i++)
            if (lines[i].segno <= 0)
                assert_string_equal(lines[i].testo, self[at++].testo);
        assert_int_equal(at, whole);
        arena_release(&own);
        seed = keep;
    }
}

/* ---- a check of the project ------------------------------------------------------------------ */

static void test_progress(void **state)
{
    (void)state;
    struct contenuto c = sample();
    struct avanzamento a = {.presenti = "la figlia", .testo = "Va\nmeglio\t"}, again;
    struct progetto_rifiuti faults = {.arena = &arena};
    struct day today = day_of(2025, 3, 10);
    assert_false(avanzamento_whole(&a, &c));
    a.esiti[0] = "in_parte";
    a.stati[0][1] = "fatta";
    assert_true(avanzamento_whole(&a, &c));
    assert_true(avanzamento_read(&arena, avanzamento_write(&arena, &a), &again));
    assert_string_equal(again.testo, a.testo);
    assert_string_equal(again.esiti[0], "in_parte");
    assert_null(again.esiti[1]);
    assert_null(again.stati[0][0]);
    assert_string_equal(again.stati[0][1], "fatta");
    avanzamento_check(&a, today, today, &faults);
    assert_int_equal(faults.count, 0);
    a.testo = "";
    avanzamento_check(&a, day_add(today, 1), today, &faults);
    assert_int_equal(faults.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_whole),    cmocka_unit_test(test_ninety_days),
        cmocka_unit_test(test_budget),       cmocka_unit_test(test_written_and_read),
        cmocka_unit_test(test_broken_texts), cmocka_unit_test(test_differences),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
