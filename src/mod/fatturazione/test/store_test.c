#include "mod/fatturazione/test/scena.h"

#include "mod/bilancio/bilancio.h"

#include <string.h>

static struct scena a;
static struct id person, other, sad, sad2, cse;
static const struct day march = {20148}, april = {20179}; /* 1 March, 1 April 2025 */

static int start(void **state)
{
    struct id record;
    (void)state;
    assert_int_equal(march.n, day_of(2025, 3, 1).n);
    assert_int_equal(april.n, day_of(2025, 4, 1).n);
    scena_open(&a);
    person = scena_person(&a, "Bianchi", MONEY(600000), &record);
    sad = scena_service(&a, record, a.s.sad, "feriale", march, 2888);
    cse = scena_service(&a, record, a.cse, "lineare", march, 90000);
    other = scena_person(&a, "Àlvarez", MONEY_INVALID, &record);
    sad2 = scena_service(&a, record, a.s.sad, "feriale", march, 2888);
    scena_log(&a, sad, march, "3:120 5:150 9:60"); /* the 9th is a Sunday */
    return 0;
}

static int finish(void **state)
{
    (void)state;
    scena_close(&a);
    return 0;
}

static struct id run_of(struct id servizio, struct day mese)
{
    struct fatturazione f;
    bool found;
    test_read(&a.t);
    TEST_OK(&a.t.cx, fatturazione_find(&a.t.cx, servizio, mese, &f, &found));
    test_read_end(&a.t);
    assert_true(found);
    return f.id;
}

#define SUM(what, id)                                                                              \
    scena_number(&a,                                                                               \
                 "SELECT CAST(coalesce(sum(" what "), 0) AS BIGINT) FROM "                         \
                 "addebito WHERE fatturazione = $1",                                               \
                 id)
#define PARTS(id)                                                                                  \
    scena_number(&a,                                                                               \
                 "SELECT CAST(coalesce(sum(importo), 0) AS BIGINT) FROM addebito_parte WHERE "     \
                 "fatturazione = $1",                                                              \
                 id)
#define COST(id)                                                                                   \
    scena_number(&a,                                                                               \
                 "SELECT CAST(coalesce(sum(importo), 0) AS BIGINT) FROM spesa WHERE causa = "      \
                 "$1 AND causa_tipo = 'fatturazione'",                                             \
                 id)
#define MONTHS(id)                                                                                 \
    scena_number(&a, "SELECT count(*) FROM spesa WHERE causa_tipo = 'mensile' AND ambito = $1", id)

static void statements_are_understood(void **state)
{
    (void)state;
    test_read(&a.t);
    TEST_OK(&a.t.cx, db_prepare_all(&a.t.cx, (const struct db_registry *const[]){
                                                 &fatturazione_registry, &carico_registry,
                                                 &registro_registry, &regola_registry,
                                                 &lista_registry, NULL}));
    test_read_end(&a.t);
}

/* 4,5 hours at 2,60 and one on a Sunday at 2,73; the other has no hours, and is named. */
static void a_month_is_tried(void **state)
{
    struct fatturazione f;
    (void)state;
    assert_null(scena_prova(&a, a.s.sad, march, &f));
    assert_int_equal(f.utenti, 1);
    assert_int_equal(f.retta.cents, 1170 + 273);
    assert_int_equal(f.costo.cents, 28880 / 2 + 1444);
    assert_int_equal(f.quota_ambito.cents, f.costo.cents - f.retta.cents);
    assert_int_equal(f.anomalie, 2); /* not checked; no hours */
    assert_int_equal(PARTS(f.id), f.retta.cents);
    assert_null(scena_prova(&a, a.s.sad, march, &f));
    assert_int_equal(SUM("retta", f.id), 1443);
    assert_string_equal(scena_prova(&a, a.s.sad, day_of(2025, 7, 1), &f),
                        "il mese non è ancora finito");
}

static void closing_wants_what_was_shown(void **state)
{
    struct id run = run_of(a.s.sad, march);
    struct fatturazione f;
    (void)state;
    scena_log(&a, sad, march, "3:120 5:150 9:60 10:60");
    assert_string_equal(scena_chiudi(&a, run),
                        "qualcosa è cambiato dopo la prova: rifai la prova e ricontrolla");
    assert_null(scena_prova(&a, a.s.sad, march, &f));
    assert_int_equal(MONTHS(a.s.ambito), 1);
    assert_null(scena_chiudi(&a, run));
    assert_string_equal(scena_chiudi(&a, run), "la fatturazione è già chiusa");
    assert_string_equal(scena_prova(&a, a.s.sad, march, &f),
                        "il mese è già chiuso: si corregge con un conguaglio");
    assert_int_equal(MONTHS(a.s.ambito), 0); /* one cost in the place of the months' */
    assert_int_equal(COST(run), SUM("quota_ambito", run));
}

struct meddling {
    int which;
    struct id run;
};

static bool meddle(struct cx *cx, void *data)
{
    const struct meddling *m = data;
    static const struct db_sql statements[] = {
        {"meddle_1", "UPDATE addebito SET retta = retta + 1 WHERE fatturazione = $1"},
        {"meddle_2", "DELETE FROM addebito_parte WHERE fatturazione = $1"},
        {"meddle_3", "UPDATE fatturazione SET stato = 'prova' WHERE id = $1"},
        {"meddle_4", "DELETE FROM anomalia WHERE fatturazione = $1"},
    };
    return db_do(cx, &statements[m->which], DB_ARGS(m->run), NULL);
}

static void the_database_keeps_it_closed(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct meddling m = {i, run_of(a.s.sad, march)};
        assert_int_not_equal(test_write_fails(&a.t, meddle, &m), ERR_NONE);
    }
}

static size_t differences(struct id run, struct differenza *first)
{
    struct list list;
    test_read(&a.t);
    TEST_OK(&a.t.cx, differenze_of(&a.t.cx, run, ID_NONE, &list));
    test_read_end(&a.t);
    if (list.count > 0)
        *first = *LIST_ITEM(&list, struct differenza, 0);
    return list.count;
}

/* An ISEE signed in the middle of the month counts from that day: shown, confirmed, billed. */
static void a_new_isee_is_an_adjustment(void **state)
{
    struct id run = run_of(a.s.sad, march), next;
    struct differenza d;
    struct fatturazione f;
    (void)state;
    assert_int_equal(differences(run, &d), 0);
    scena_isee(&a, person, MONEY(90000), day_of(2025, 3, 5));
    assert_int_equal(differences(run, &d), 1);
    /* hours from the 5th on are free now: 2,5 + 1 + 1 on a Sunday */
    assert_int_equal(d.retta.cents, -(650 + 260 + 273));
    assert_int_equal(d.quota_ambito.cents, 650 + 260 + 273);
    assert_int_equal(d.prima.cents, 1703);
    assert_int_equal(scena_conferma(&a, run, ID_NONE), 1);
    assert_int_equal(differences(run, &d), 0);
    assert_int_equal(scena_conferma(&a, run, ID_NONE), 0);
    assert_int_equal(SUM("retta", run), 1703); /* the closed one is as it was */

    scena_log(&a, sad, april, "1:60");
    assert_null(scena_prova(&a, a.s.sad, april, &f));
    next = f.id;
    assert_int_equal(f.retta.cents, 0 - (650 + 260 + 273));
    assert_null(scena_chiudi(&a, next));
    assert_int_equal(SUM("retta", next), PARTS(next));
    assert_int_equal(COST(next), SUM("quota_ambito", next));
    assert_null(scena_prova(&a, a.s.sad, day_of(2025, 5, 1), &f));
    assert_int_equal(f.retta.cents, 0); /* billed once */
}

/* Who was left out of a closed month comes in by an adjustment as well. */
static void hours_that_come_late(void **state)
{
    struct id run = run_of(a.s.sad, march);
    struct differenza d;
    (void)state;
    scena_log(&a, sad2, march, "4:60");
    assert_int_equal(differences(run, &d), 1);
    assert_true(d.prestazione.n == sad2.n);
    assert_int_equal(d.retta.cents, 1500); /* without an ISEE */
    assert_int_equal(d.prima.cents, 0);
    assert_true(d.persona.n == other.n);
}

static bool shut(struct cx *cx, void *data)
{
    return chiusura_record(cx, a.cse, data);
}

static void absences_and_closures(void **state)
{
    struct chiusura closed = {day_of(2025, 3, 24), "Ponte"};
    struct fatturazione f;
    (void)state;
    /* the ISEE of the first of the month: 320 + 6000 x 180 / 22000 = 369,09 */
    assert_null(scena_prova(&a, a.cse, march, &f));
    assert_int_equal(f.retta.cents, 36909);
    scena_absent(&a, cse, day_of(2025, 3, 3), day_of(2025, 3, 3), DAY_NONE);
    assert_null(scena_prova(&a, a.cse, march, &f));
    assert_int_equal(f.retta.cents, 36909 - 246); /* 600 x 369,09 / 900 */
    assert_int_equal(f.costo.cents, 89400);
    test_write(&a.t, shut, &closed);
    assert_null(scena_prova(&a, a.cse, march, &f));
    assert_int_equal(f.retta.cents, 36909 - 246 - 1885); /* 369,09 x 12 / 235 = 18,8471 */
    assert_int_equal(f.costo.cents, 89400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_are_understood),
        cmocka_unit_test(a_month_is_tried),
        cmocka_unit_test(closing_wants_what_was_shown),
        cmocka_unit_test(the_database_keeps_it_closed),
        cmocka_unit_test(a_new_isee_is_an_adjustment),
        cmocka_unit_test(hours_that_come_late),
        cmocka_unit_test(absences_and_closures),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
