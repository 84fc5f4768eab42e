/* Forms with versions, assessments that keep the version they were made with, thresholds. */
#include "mod/valutazioni/test/scene.h"

#include <string.h>

static struct test_db db;
static struct scene s;

static void open_scene(void)
{
    test_db_open(&db, scene_schemas);
    scene_build(&s, &db);
}

struct atto {
    struct valutazione v;
    const char *codice;
    const char *risposte; /* a digit an item, "." = not answered */
    enum valutazione_fault fault;
    const char *testo; /* of a form */
    int64_t prima;
    size_t guasti;
    struct scheda scheda;
    enum err_code errore; /* that is expected; the act keeps nothing then */
};

static bool expected(struct cx *cx, struct atto *a, bool done)
{
    if (done || a->errore == ERR_NONE || cx->err.code != a->errore)
        return done && a->errore == ERR_NONE;
    err_clear(&cx->err);
    return true;
}

static bool assess(struct cx *cx, void *data)
{
    struct atto *a = data;
    struct scheda scheda;
    struct risposte risposte = {{NULL}};
    for (size_t i = 0; a->risposte[i] != '\0'; i++)
        if (a->risposte[i] != '.')
            risposte.items[i] = arena_strndup(cx->arena, a->risposte + i, 1);
    if (!scheda_load(cx, a->codice, &scheda))
        return false;
    if (a->v.scheda_versione == 0)
        a->v.scheda_versione = scheda.versione;
    return expected(cx, a, valutazione_save(cx, &scheda, &risposte, &a->v, &a->fault));
}

static bool define(struct cx *cx, void *data)
{
    struct atto *a = data;
    struct scheda_faults *faults = ARENA_NEW(cx->arena, struct scheda_faults);
    bool done = scheda_save(cx, a->testo, a->prima, faults, &a->scheda);
    a->guasti = faults->count;
    return expected(cx, a, done);
}

static struct atto adl(const char *risposte, struct day giorno)
{
    struct atto a = {.v = {.cartella = s.cartella,
                           .presa = s.presa,
                           .giorno = giorno,
                           .riserbo = RISERVO_PARTICOLARE},
                     .codice = "adl",
                     .risposte = risposte};
    test_write(&db, assess, &a);
    return a;
}

static void score_on(const char *codice, struct day al, bool found, int64_t centesimi)
{
    struct valutazione_punteggio last;
    bool there;
    test_read(&db);
    TEST_OK(&db.cx, valutazione_ultima(&db.cx, s.persona, codice, al, &last, &there));
    assert_int_equal(there, found);
    if (found)
        assert_int_equal(last.centesimi, centesimi);
    test_read_end(&db);
}

/* ---- assessments ----------------------------------------------------------------------------- */

static void thresholds_look_at_the_last_complete_one(void **state)
{
    (void)state;
    open_scene();
    score_on("adl", day_of(2030, 1, 1), false, 0);
    assert_int_equal(adl("111111", day_of(2025, 1, 10)).fault, VALUTAZIONE_OK);
    assert_int_equal(adl("221111", day_of(2025, 3, 1)).fault, VALUTAZIONE_OK);
    assert_int_equal(adl("2222..", day_of(2025, 3, 10)).fault, VALUTAZIONE_OK);
    score_on("adl", day_of(2025, 1, 9), false, 0);
    score_on("adl", day_of(2025, 1, 10), true, 600);
    score_on("adl", day_of(2025, 2, 28), true, 600);
    score_on("adl", day_of(2030, 1, 1), true, 400); /* what is not answered is not zero */
    score_on("iadl", day_of(2030, 1, 1), false, 0);
    score_on("nessuna", day_of(2030, 1, 1), false, 0);
    test_db_close(&db);
}

static void what_is_kept_apart_gives_no_threshold(void **state)
{
    (void)state;
    open_scene();
    struct atto a = {.v = {.cartella = s.cartella,
                           .giorno = day_of(2025, 3, 1),
                           .riserbo = RISERVO_ANTIVIOLENZA},
                     .codice = "adl",
                     .risposte = "111111"};
    test_write(&db, assess, &a);
    score_on("adl", day_of(2030, 1, 1), false, 0);
    test_db_close(&db);
}

static void corrections_leave_what_was_there(void **state)
{
    (void)state;
    open_scene();
    struct atto a = adl("11111.", day_of(2025, 1, 10)), again = a;
    struct list list;
    assert_false(a.v.completa);
    again.risposte = "111112";
    test_write(&db, assess, &again);
    assert_int_equal(again.v.versione, 2);
    assert_true(again.v.completa);
    test_write(&db, assess, &again); /* the same once more */
    assert_int_equal(again.fault, VALUTAZIONE_UGUALE);
    a.risposte = "222222"; /* somebody who still sees the first version */
    a.errore = ERR_CONFLICT;
    test_write(&db, assess, &a);
    test_read(&db);
    TEST_OK(&db.cx, valutazione_versions(&db.cx, again.v.voce, &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(LIST_ITEM(&list, struct valutazione_letta, 0)->esito.totali[0].centesimi, 500);
    assert_int_equal(LIST_ITEM(&list, struct valutazione_letta, 1)->esito.totali[0].mancano, 1);
    assert_string_equal(LIST_ITEM(&list, struct valutazione_letta, 1)->v.autore_nome, "Anna Verdi");
    TEST_OK(&db.cx, valutazione_list(&db.cx, s.cartella, "adl", &list));
    assert_int_equal(list.count, 1);
    test_read_end(&db);
    test_db_close(&db);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    open_scene();
    assert_int_equal(adl("......", day_of(2025, 1, 10)).fault, VALUTAZIONE_VUOTA);
    assert_int_equal(adl("111111", DAY_NONE).fault, VALUTAZIONE_FUTURO);
    assert_int_equal(adl("111111", day_of(9999, 1, 1)).fault, VALUTAZIONE_FUTURO);
    struct atto a = {.v = {.cartella = s.cartella,
                           .presa = s.cartella,
                           .giorno = day_of(2025, 3, 1),
                           .riserbo = RISERVO_PARTICOLARE},
                     .codice = "adl",
                     .risposte = "1"};
    test_write(&db, assess, &a);
    assert_int_equal(a.fault, VALUTAZIONE_PRESA);
    test_db_close(&db);
}

/* The database holds no answer that can be read. */
static void answers_are_sealed(void **state)
{
    (void)state;
    open_scene();
    adl("121212", day_of(2025, 1, 10));
    struct solo {
        struct bytes risposte;
    } row;
    static const struct field fields[] = {FIELD(solo, risposte), FIELD_END};
    static const struct db_sql sql = {"test_risposte", "SELECT risposte FROM valutazione"};
    test_read(&db);
    TEST_OK(&db.cx, db_one(&db.cx, &sql, DB_NO_ARGS, fields, &row));
    assert_null(memmem(row.risposte.data, row.risposte.size, "bagno", 5));
    test_read_end(&db);
    test_db_close(&db);
}

/* ---- forms ----------------------------------------------------------------------------------- */

#define PROVA "scheda\tprova\ntitolo\tProva\nvoce\ta\tDomanda\nscelta\t1\tSì\nscelta\t0\tNo\n"

static void an_office_adds_a_form(void **state)
{
    (void)state;
    open_scene();
    struct list list;
    struct atto a = {.testo = PROVA "totale\tt\tTotale\tsomma\n"};
    test_write(&db, define, &a);
    assert_int_equal(a.guasti, 0);
    assert_int_equal(a.scheda.versione, 1);
    a.errore = ERR_CONFLICT; /* the code is taken */
    test_write(&db, define, &a);
    struct atto wrong = {.testo = "scheda\tguasta\ntitolo\tGuasta\nvoce\ta\tDomanda\n"};
    test_write(&db, define, &wrong);
    assert_int_equal(wrong.guasti, 1);
    test_read(&db);
    TEST_OK(&db.cx, scheda_list(&db.cx, &list));
    assert_int_equal(list.count, 5);
    test_read_end(&db);
    test_db_close(&db);
}

/* An assessment keeps its version: the change of points does not reach it. */
static void changes_do_not_reach_what_was_assessed(void **state)
{
    (void)state;
    open_scene();
    struct list list;
    struct atto a = {.testo = PROVA "totale\tt\tTotale\tsomma\n"};
    test_write(&db, define, &a);
    struct atto one = {
        .v = {.cartella = s.cartella, .giorno = day_of(2025, 3, 1), .riserbo = RISERVO_PARTICOLARE},
        .codice = "prova",
        .risposte = "1"};
    test_write(&db, assess, &one);
    struct atto b = {.testo = "scheda\tprova\ntitolo\tProva nuova\nvoce\ta\tDomanda\n"
                              "scelta\t9\tSì\nscelta\t0\tNo\ntotale\tt\tTotale\tsomma\n",
                     .prima = 1};
    test_write(&db, define, &b);
    assert_int_equal(b.scheda.versione, 2);
    score_on("prova", day_of(2030, 1, 1), true, 100);
    struct atto two = one;
    two.risposte = "2"; /* a correction stays with the version too */
    test_write(&db, assess, &two);
    assert_int_equal(two.v.scheda_versione, 1);
    b.errore = ERR_CONFLICT; /* a change of what is no longer the last */
    test_write(&db, define, &b);
    test_read(&db);
    struct scheda scheda;
    TEST_OK(&db.cx, scheda_load(&db.cx, "prova", &scheda));
    assert_string_equal(scheda.titolo, "Prova nuova");
    TEST_OK(&db.cx, scheda_versions(&db.cx, &scheda, &list));
    assert_int_equal(list.count, 2);
    test_read_end(&db);
    test_db_close(&db);
}

/* The forms of the program can be changed too, and what was made with them stays. */
static void a_form_of_the_program_is_changed(void **state)
{
    (void)state;
    open_scene();
    adl("111111", day_of(2025, 1, 10));
    struct atto a = {.testo = "scheda\tadl\ntitolo\tADL nostra\nvoce\tbagno\tSi lava\n"
                              "scelta\t1\tSì\nscelta\t0\tNo\ntotale\ttotale\tADL\tsomma\n",
                     .prima = 1};
    test_write(&db, define, &a);
    assert_int_equal(a.scheda.versione, 2);
    score_on("adl", day_of(2030, 1, 1), true, 600);
    struct atto iadl = {.testo = "scheda\tiadl\ntitolo\tIADL nostra\ntesto\tnota\tNota\n",
                        .prima = 1}; /* never used here before */
    test_write(&db, define, &iadl);
    assert_int_equal(iadl.scheda.versione, 2);
    test_db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thresholds_look_at_the_last_complete_one),
        cmocka_unit_test(what_is_kept_apart_gives_no_threshold),
        cmocka_unit_test(corrections_leave_what_was_there),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(answers_are_sealed),
        cmocka_unit_test(an_office_adds_a_form),
        cmocka_unit_test(changes_do_not_reach_what_was_assessed),
        cmocka_unit_test(a_form_of_the_program_is_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
