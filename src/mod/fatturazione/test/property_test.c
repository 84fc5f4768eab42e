/* Random months, absences, ISEE, payers, closings and adjustments: no closed run ever changes, and
 * no cent is lost. */
#include "mod/fatturazione/test/scena.h"

#include <stdio.h>
#include <string.h>

enum { PEOPLE = 6, MONTHS = 4, STEPS = 240, RUNS = 2 * MONTHS };

static struct scena a;
static struct chance chance;
static struct id people[PEOPLE], sad[PEOPLE], cse[PEOPLE];
static struct {
    struct id id;
    uint64_t hash;
} closed[RUNS];
static size_t closed_count;

static uint64_t draw(uint64_t bound)
{
    struct cx cx = {.chance = &chance};
    return cx_random_below(&cx, bound);
}

static struct day month(uint64_t n)
{
    return day_of(2025, 2 + (int)n, 1);
}

static int start(void **state)
{
    (void)state;
    scena_open(&a);
    chance_seed(&chance, 20250310);
    for (int i = 0; i < PEOPLE; i++) {
        struct id record;
        people[i] = scena_person(&a, (const char *[]){"Bo", "Cè", "De", "Eu", "Fa", "Gi"}[i],
                                 i == 0 ? MONEY_INVALID : MONEY((int64_t)draw(2500000)), &record);
        sad[i] = scena_service(&a, record, a.s.sad, "feriale", day_of(2025, 2, 1 + i), 2888);
        cse[i] = scena_service(&a, record, a.cse, "lineare", day_of(2025, 1, 15), 90000 + i);
    }
    return 0;
}

static int finish(void **state)
{
    (void)state;
    scena_close(&a);
    return 0;
}

/* ---- what may not change ------------------------------------------------------------------- */

#define Q(sql, id) scena_number(&a, sql, id)

static void mix(uint64_t *hash, const char *text)
{
    for (; text != NULL && *text != '\0'; text++)
        *hash = (*hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
}

/* Every word of every line of a run. */
static uint64_t hash_of(struct id run)
{
    struct list lines;
    struct fatturazione f;
    uint64_t hash = 7;
    test_read(&a.t);
    TEST_OK(&a.t.cx, fatturazione_load(&a.t.cx, run, &f));
    TEST_OK(&a.t.cx, store_addebiti(&a.t.cx, run, NULL, ID_NONE, 1000, &lines));
    for (const struct field *field = fatturazione_fields; field->name != NULL; field++)
        mix(&hash, field_machine(&a.t.arena, field, &f));
    LIST_EACH (&lines, const struct addebito_riga, line)
        for (const struct field *field = addebito_riga_fields; field->name != NULL; field++)
            mix(&hash, field_machine(&a.t.arena, field, line));
    test_read_end(&a.t);
    return hash ^ (uint64_t)Q("SELECT CAST(coalesce(sum(importo * 7 + chi % 1000), 0) AS BIGINT) "
                              "FROM addebito_parte WHERE fatturazione = $1",
                              run);
}

static void nothing_is_lost(struct id run)
{
    int64_t total = Q("SELECT retta FROM fatturazione WHERE id = $1", run);
    assert_int_equal(total, Q("SELECT CAST(coalesce(sum(retta), 0) AS BIGINT) FROM addebito WHERE "
                              "fatturazione = $1",
                              run));
    assert_int_equal(total, Q("SELECT CAST(coalesce(sum(importo), 0) AS BIGINT) FROM "
                              "addebito_parte WHERE fatturazione = $1",
                              run));
    assert_int_equal(0, Q("SELECT count(*) FROM addebito a WHERE fatturazione = $1 AND retta <> "
                          "(SELECT CAST(coalesce(sum(importo), 0) AS BIGINT) FROM addebito_parte p "
                          "WHERE p.addebito = a.id)",
                          run));
    assert_int_equal(0, Q("SELECT count(*) FROM addebito WHERE fatturazione = $1 AND "
                          "retta + comune + quota_ambito <> costo AND retta <= costo AND "
                          "rettifica IS NULL",
                          run));
}

static void closed_ones_stay(void)
{
    for (size_t i = 0; i < closed_count; i++) {
        assert_int_equal(hash_of(closed[i].id), closed[i].hash);
        nothing_is_lost(closed[i].id);
    }
}

/* ---- steps --------------------------------------------------------------------------------- */

static void log_hours(void)
{
    int who = (int)draw(PEOPLE);
    struct day mese = month(draw(MONTHS));
    char text[200] = "";
    for (int day = 7; day <= 28; day += 1 + (int)draw(6)) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%d:%d ", day, 30 + 15 * (int)draw(9));
    }
    scena_log(&a, sad[who], mese, text);
}

static bool absent_quietly(struct cx *cx, void *data)
{
    struct fatturazione_fault fault = {0};
    return assenza_record(cx, data, &fault); /* one that overlaps is refused */
}

static void stay_away(void)
{
    struct day from = day_add(month(draw(MONTHS)), (int)draw(25));
    struct assenza absence = {.prestazione = cse[draw(PEOPLE)],
                              .dal = from,
                              .al = day_add(from, (int)draw(20)),
                              .annunciata = DAY_NONE};
    test_write(&a.t, absent_quietly, &absence);
}

static bool pay_quietly(struct cx *cx, void *data)
{
    struct fatturazione_fault fault = {0};
    return pagante_record(cx, data, &fault);
}

static void share(void)
{
    uint64_t who = draw(PEOPLE);
    struct pagante payer = {.persona = people[who],
                            .chi_persona = people[(who + 1 + draw(PEOPLE - 1)) % PEOPLE],
                            .quota = rate_of(1 + (int64_t)draw(3), 7),
                            .dal = month(draw(MONTHS)),
                            .al = DAY_NONE};
    if (draw(2) == 0) {
        payer.chi_persona = ID_NONE;
        payer.chi_ente = a.s.comune;
    }
    test_write(&a.t, pay_quietly, &payer);
}

static void new_isee(void)
{
    scena_isee(&a, people[draw(PEOPLE)], MONEY((int64_t)draw(2500000)),
               day_add(month(draw(MONTHS)), (int)draw(28)));
}

static void bill(void)
{
    struct id servizio = draw(2) == 0 ? a.s.sad : a.cse;
    struct day mese = month(draw(MONTHS));
    struct fatturazione f;
    struct list list;
    if (scena_prova(&a, servizio, mese, &f) != NULL)
        return; /* closed already */
    nothing_is_lost(f.id);
    if (draw(3) == 0)
        return;
    assert_null(scena_chiudi(&a, f.id));
    closed[closed_count].id = f.id;
    closed[closed_count++].hash = hash_of(f.id);
    /* what was just closed is worked out again to the same amounts */
    test_read(&a.t);
    TEST_OK(&a.t.cx, differenze_of(&a.t.cx, f.id, ID_NONE, &list));
    test_read_end(&a.t);
    assert_int_equal(list.count, 0);
}

static void adjust(void)
{
    struct list list;
    if (closed_count == 0)
        return;
    struct id run = closed[draw(closed_count)].id;
    scena_conferma(&a, run, draw(3) == 0 ? people[draw(PEOPLE)] : ID_NONE);
    scena_conferma(&a, run, ID_NONE);
    test_read(&a.t);
    TEST_OK(&a.t.cx, differenze_of(&a.t.cx, run, ID_NONE, &list));
    test_read_end(&a.t);
    assert_int_equal(list.count, 0);
}

static void random_years(void **state)
{
    static void (*const steps[])(void) = {log_hours, log_hours, stay_away, share,
                                          new_isee,  bill,      adjust};
    (void)state;
    for (int i = 0; i < STEPS; i++) {
        steps[draw(sizeof steps / sizeof *steps)]();
        if (i % 5 == 0)
            closed_ones_stay();
    }
    closed_ones_stay();
    assert_true(closed_count >= 3);
    assert_true(Q("SELECT count(*) FROM conguaglio WHERE ambito = $1", a.s.ambito) > 5);
}

/* In the end, with all differences confirmed and billed, everything billed for a month is what the
 * month comes to: however it went. */
static void all_adds_up(void **state)
{
    struct id services[] = {a.s.sad, a.cse};
    struct fatturazione f, last;
    struct list list;
    (void)state;
    for (int s = 0; s < 2; s++) {
        for (uint64_t m = 0; m < MONTHS; m++)
            if (scena_prova(&a, services[s], month(m), &f) == NULL)
                assert_null(scena_chiudi(&a, f.id));
        for (uint64_t m = 0; m < MONTHS; m++) {
            bool found;
            test_read(&a.t);
            TEST_OK(&a.t.cx, fatturazione_find(&a.t.cx, services[s], month(m), &f, &found));
            test_read_end(&a.t);
            scena_conferma(&a, f.id, ID_NONE);
            test_read(&a.t);
            TEST_OK(&a.t.cx, differenze_of(&a.t.cx, f.id, ID_NONE, &list));
            test_read_end(&a.t);
            assert_int_equal(list.count, 0);
        }
        a.t.cx.today = day_of(2025, 7, 31);
        assert_null(scena_prova(&a, services[s], day_of(2025, 7, 1), &last));
        assert_null(scena_chiudi(&a, last.id));
        assert_int_equal(0, Q("SELECT count(*) FROM conguaglio WHERE servizio = $1 AND entra IS "
                              "NULL",
                              services[s]));
        /* the budget has what the closed runs say */
        assert_int_equal(Q("SELECT CAST(coalesce(sum(quota_ambito), 0) AS BIGINT) FROM "
                           "fatturazione WHERE servizio = $1 AND stato = 'chiusa'",
                           services[s]),
                         Q("SELECT CAST(coalesce(sum(importo), 0) AS BIGINT) FROM spesa WHERE "
                           "causa_tipo = 'fatturazione' AND causa IN (SELECT id FROM fatturazione "
                           "WHERE servizio = $1)",
                           services[s]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_years),
                                       cmocka_unit_test(all_adds_up)};
    return cmocka_run_group_tests(tests, start, finish);
}
