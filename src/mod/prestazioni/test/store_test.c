#include "mod/prestazioni/test/scene.h"

#include "mod/bilancio/bilancio.h"
#include "mod/prestazioni/store.h"
#include "mod/rette/rette.h"

#include <string.h>

static struct test_db t;
static struct scene s;
static const struct day march = {20148}; /* 1 March 2025 */

static int start(void **state)
{
    (void)state;
    assert_int_equal(march.n, day_of(2025, 3, 1).n);
    test_db_open(&t, scene_schemas);
    t.cx.today = day_of(2025, 3, 31);
    scene_build(&s, &t);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_db_close(&t);
    return 0;
}

/* ---- acts as writes ---------------------------------------------------------------------- */

struct act {
    struct prestazione p;
    struct griglia griglia;
    int64_t versione;
    struct day giorno;
    bool verificato;
    struct mensile_visto visto;
    struct prestazione_faults faults;
};

static bool add(struct cx *cx, void *data)
{
    struct act *act = data;
    act->faults = (struct prestazione_faults){.arena = cx->arena};
    return prestazione_add(cx, &act->p, &act->faults);
}

static bool end(struct cx *cx, void *data)
{
    struct act *act = data;
    act->faults = (struct prestazione_faults){.arena = cx->arena};
    return prestazione_end(cx, act->p.id, act->giorno, act->versione, &act->faults);
}

static bool log_month(struct cx *cx, void *data)
{
    struct act *act = data;
    act->faults = (struct prestazione_faults){.arena = cx->arena};
    return griglia_save(cx, act->p.id, &act->griglia, act->versione, &act->faults);
}

static bool check_month(struct cx *cx, void *data)
{
    struct act *act = data;
    act->faults = (struct prestazione_faults){.arena = cx->arena};
    return mensile_check(cx, act->p.id, act->griglia.mese, act->verificato, &act->visto,
                         &act->faults);
}

static bool again(struct cx *cx, void *data)
{
    struct act *act = data;
    act->faults = (struct prestazione_faults){.arena = cx->arena};
    return mensile_again(cx, act->p.id, act->griglia.mese, &act->faults);
}

static const char *first_fault(const struct act *act)
{
    return act->faults.count == 0 ? "" : act->faults.items[0].text;
}

static void done(db_work *work, struct act *act)
{
    test_write(&t, work, act);
    assert_string_equal(first_fault(act), "");
}

static void refused(db_work *work, struct act *act, const char *words)
{
    test_write(&t, work, act);
    assert_non_null(strstr(first_fault(act), words));
}

static struct act added(void)
{
    struct act act = {.p = scene_sad(&s), .griglia = {.mese = march}};
    done(add, &act);
    return act;
}

static struct mensile_riga_salvata bill(const struct act *act)
{
    struct mensile_riga_salvata riga;
    bool found;
    test_read(&t);
    TEST_OK(&t.cx, mensile_load(&t.cx, act->p.id, act->griglia.mese, &riga, &found));
    test_read_end(&t);
    assert_true(found);
    return riga;
}

/* As the page shows it now. */
static void look(struct act *act)
{
    struct mensile_riga_salvata riga = bill(act);
    act->visto = (struct mensile_visto){riga.versione, riga.quantita, riga.retta};
}

static struct voce_stato item(void)
{
    struct voce_stato stato;
    struct id voce;
    bool found;
    test_read(&t);
    TEST_OK(&t.cx, voce_by_name(&t.cx, 2025, "FONDO SAD - ANZIANI", &voce, &found));
    assert_true(found);
    TEST_OK(&t.cx, voce_stato(&t.cx, voce, 2025, &stato));
    test_read_end(&t);
    return stato;
}

/* ---- tests ------------------------------------------------------------------------------- */

static void a_service_is_added(void **state)
{
    (void)state;
    struct act act = added();
    struct prestazione p;
    test_read(&t);
    TEST_OK(&t.cx, prestazione_load(&t.cx, act.p.id, &p));
    assert_int_equal(p.persona.n, s.persona.n);
    assert_int_equal(p.ente.n, s.comune.n);
    assert_string_equal(p.variante, "feriale");
    assert_false(day_known(p.al));
    assert_int_equal(p.costo.cents, 2888);
    struct list list;
    TEST_OK(&t.cx, prestazione_of(&t.cx, s.cartella, march, &list));
    assert_int_equal(list.count, 1);
    assert_string_equal(LIST_ITEM(&list, struct prestazione_riga, 0)->persona, "D’Amèlio Nicolò");
    assert_string_equal(LIST_ITEM(&list, struct prestazione_riga, 0)->erogatore,
                        "Cooperativa Primavera");
    test_read_end(&t);
    struct act twin = {.p = scene_sad(&s)};
    refused(add, &twin, "c’è già dal 01/03/2025");
    twin.p.erogatore = s.altra; /* another provider may share the service */
    done(add, &twin);
    struct act early = {.p = scene_sad(&s)};
    early.p.dal = day_of(2025, 1, 1);
    early.p.al = day_of(2025, 1, 31);
    refused(add, &early, "la cartella è aperta dal 10/01/2025");
    struct act odd = {.p = scene_sad(&s)};
    odd.p.variante = "notturno";
    refused(add, &odd, "nessun piano tariffario");
}

/* The walk: ISEE 6 000,00 is the third band, 2,60 on weekdays and 2,73 on Sundays. */
static void hours_become_fee_and_cost(void **state)
{
    (void)state;
    struct act act = added();
    assert_int_equal(item().impegnato.cents, 0);
    assert_int_equal(item().stanziato.cents, 9800000);
    act.griglia.quantita[2] = 120; /* Monday 3 */
    act.griglia.quantita[4] = 150;
    act.griglia.quantita[8] = 90; /* Sunday 9 */
    done(log_month, &act);
    struct mensile_riga_salvata riga = bill(&act);
    assert_int_equal(riga.quantita, 360);
    assert_int_equal(riga.retta.cents, 1170 + 410);
    assert_int_equal(riga.costo.cents, 17328);
    assert_int_equal(riga.spesa.cents, 15748);
    assert_string_equal(riga.stato, "aperto");
    assert_non_null(strstr(riga.spiegazione, "4:30 ore × 2,60 euro = 11,70 euro"));
    assert_non_null(strstr(riga.spiegazione, "1:30 ore in giorni festivi × 2,73 euro"));
    assert_non_null(strstr(riga.spiegazione, "Tariffe 2025"));
    assert_non_null(strstr(riga.spiegazione, "31/12/2025"));
    assert_int_equal(item().impegnato.cents, 15748);
    assert_int_equal(item().disponibile.cents, 9800000 - 15748);
    struct griglia griglia;
    test_read(&t);
    TEST_OK(&t.cx, griglia_load(&t.cx, act.p.id, day_of(2025, 3, 20), &griglia));
    test_read_end(&t);
    assert_memory_equal(griglia.quantita, act.griglia.quantita, sizeof griglia.quantita);
}

/* A correction takes the place of bill and cost; nothing is counted twice. */
static void corrections_replace(void **state)
{
    (void)state;
    struct act act = added();
    act.griglia.quantita[2] = 600;
    done(log_month, &act);
    assert_int_equal(test_write_fails(&t, log_month, &act), ERR_CONFLICT); /* version 0 is gone */
    act.versione = 1;
    act.griglia.quantita[2] = 60;
    done(log_month, &act);
    assert_int_equal(bill(&act).quantita, 60);
    assert_int_equal(item().impegnato.cents, 2888 - 260);
    act.versione = 2;
    act.griglia.quantita[2] = 0; /* all of it was a mistake */
    done(log_month, &act);
    assert_int_equal(bill(&act).retta.cents, 0);
    assert_int_equal(item().impegnato.cents, 0);
}

static void checked_months_stay(void **state)
{
    (void)state;
    struct act act = added();
    refused(check_month, &act, "niente da verificare");
    act.griglia.quantita[2] = 60;
    done(log_month, &act);
    act.verificato = true;
    look(&act);
    done(check_month, &act);
    assert_string_equal(bill(&act).stato, "verificato");
    assert_int_equal(bill(&act).verificato_da.n, s.lavoratrice.n);
    act.versione = 2;
    act.griglia.quantita[2] = 120;
    refused(log_month, &act, "già stato verificato");
    refused(again, &act, "già stato verificato");
    assert_int_equal(bill(&act).quantita, 60);
    act.verificato = false;
    look(&act);
    done(check_month, &act);
    act.versione = 3;
    done(log_month, &act);
    assert_int_equal(bill(&act).quantita, 120);
}

/* Who judges a month judges what he saw: told who changed it since, and what. */
static void judged_as_seen(void **state)
{
    (void)state;
    struct act act = added();
    act.griglia.quantita[2] = 60;
    done(log_month, &act);
    look(&act);
    act.versione = 1;
    act.griglia.quantita[2] = 150;
    done(log_month, &act); /* the provider, meanwhile */
    act.verificato = true;
    refused(check_month, &act, "2:30 ore invece di 1:00");
    assert_non_null(strstr(first_fault(&act), "6,50 invece di 2,60"));
    assert_string_equal(bill(&act).stato, "aperto");
    look(&act);
    done(check_month, &act);
    refused(check_month, &act, "lo ha già verificato"); /* the second of two */
    act.verificato = false;
    refused(check_month, &act, "lo ha già verificato");
    look(&act);
    done(check_month, &act);
    assert_string_equal(bill(&act).stato, "aperto");
}

static bool sealed_reasons(struct cx *cx, void *data)
{
    static const struct field column[] = {{"spiegazione", FIELD_BYTES, 0}, FIELD_END};
    static const struct db_sql raw = {"raw", "SELECT spiegazione FROM mensile"};
    return db_one(cx, &raw, DB_NO_ARGS, column, data);
}

/* What explains the fee tells the ISEE: in the file it is not to be read. */
static void reasons_are_sealed(void **state)
{
    (void)state;
    struct act act = added();
    struct bytes kept;
    act.griglia.quantita[2] = 60;
    done(log_month, &act);
    assert_non_null(strstr(bill(&act).spiegazione, "INPS-ISEE"));
    test_read(&t);
    TEST_OK(&t.cx, sealed_reasons(&t.cx, &kept));
    test_read_end(&t);
    assert_true(kept.size > 0);
    assert_null(memmem(kept.data, kept.size, "ISEE", 4));
    assert_null(memmem(kept.data, kept.size, "6.000", 5));
}

static bool new_isee(struct cx *cx, void *data)
{
    (void)data;
    struct rette_faults faults = {.arena = cx->arena};
    struct isee isee = {.persona = s.persona,
                        .tipo = ISEE_ORDINARIO,
                        .valore = MONEY(100000),
                        .protocollo = "INPS-ISEE-2025-00000002B-00",
                        .sottoscritta = day_of(2025, 3, 5),
                        .scadenza = DAY_NONE};
    return isee_record(cx, &isee, &faults) && faults.count == 0;
}

/* Hours before the new ISEE keep the old price, those after it have the new one. */
static void a_new_isee_counts_from_its_day(void **state)
{
    (void)state;
    struct act act = added();
    act.griglia.quantita[3] = 60; /* Tuesday 4 */
    act.griglia.quantita[5] = 60; /* Thursday 6 */
    done(log_month, &act);
    assert_int_equal(bill(&act).retta.cents, 520);
    test_write(&t, new_isee, NULL);
    assert_int_equal(bill(&act).retta.cents, 520); /* nothing changes by itself */
    done(again, &act);
    assert_int_equal(bill(&act).retta.cents, 260);
    assert_int_equal(item().impegnato.cents, 5776 - 260);
}

/* Where the budget of that year is not there, hours and fee are kept and no cost is entered. */
static void a_year_without_budget_is_no_obstacle(void **state)
{
    (void)state;
    struct act act = {.p = scene_sad(&s), .griglia = {.mese = day_of(2031, 3, 1)}};
    done(add, &act);
    t.cx.today = day_of(2031, 3, 31);
    act.griglia.quantita[2] = 60;
    done(log_month, &act);
    assert_int_equal(bill(&act).costo.cents, 2888);
    assert_int_equal(bill(&act).quantita, 60);
    assert_int_equal(bill(&act).retta.cents, 1500); /* the ISEE has expired by then */
    assert_int_equal(item().impegnato.cents, 0);
    t.cx.today = day_of(2025, 3, 31);
}

static void the_end_respects_what_was_logged(void **state)
{
    (void)state;
    struct act act = added();
    act.griglia.quantita[19] = 60; /* the 20th */
    done(log_month, &act);
    act.versione = 1;
    act.giorno = day_of(2025, 3, 19);
    refused(end, &act, "registrate fino al 20/03/2025");
    act.giorno = day_of(2025, 3, 20);
    done(end, &act);
    assert_int_equal(test_write_fails(&t, end, &act), ERR_CONFLICT); /* version 1 is gone */
    struct act next = {.p = scene_sad(&s)};
    next.p.dal = day_of(2025, 3, 20);
    refused(add, &next, "c’è già");
    next.p.dal = day_of(2025, 3, 21);
    done(add, &next);
    act.versione = 1;
    act.griglia.quantita[20] = 60;
    refused(log_month, &act, "finisce il 20/03/2025");
}

static struct web_facts facts_of(struct id id)
{
    struct web_facts facts;
    test_read(&t);
    TEST_OK(&t.cx, prestazione_object.facts(&t.cx, id, &facts));
    test_read_end(&t);
    return facts;
}

static void a_provider_sees_only_its_own(void **state)
{
    (void)state;
    struct act act = added();
    assert_int_equal(facts_of(act.p.id).relation, RELAZIONE_RESPONSABILE);
    scene_as_provider(&s, s.coop);
    assert_int_equal(facts_of(act.p.id).relation, RELAZIONE_EROGA);
    assert_int_equal(facts_of(act.p.id).sensitivity, RISERVO_PERSONALE);
    scene_as_provider(&s, s.altra);
    assert_int_equal(facts_of(act.p.id).relation, RELAZIONE_NESSUNA);
    assert_false(facts_of((struct id){12345}).found);
    struct prestazioni_pagina pagina = {.erogatore = s.altra, .mese = march, .limit = 21};
    struct list list;
    test_read(&t);
    TEST_OK(&t.cx, store_page(&t.cx, &pagina, &list));
    assert_int_equal(list.count, 0);
    pagina.erogatore = s.coop;
    TEST_OK(&t.cx, store_page(&t.cx, &pagina, &list));
    assert_int_equal(list.count, 1);
    test_read_end(&t);
    scene_as_worker(&s);
    act.versione = 1;
    act.giorno = day_of(2025, 3, 10);
    done(end, &act);
    scene_as_provider(&s, s.coop);
    t.cx.today = day_of(2025, 5, 9);
    assert_int_equal(facts_of(act.p.id).relation, RELAZIONE_EROGA); /* sixty days to log */
    t.cx.today = day_of(2025, 5, 10);
    assert_int_equal(facts_of(act.p.id).relation, RELAZIONE_EROGAVA);
    t.cx.today = day_of(2025, 3, 31);
    struct id ambito = t.who.ambito;
    t.who.ambito.n = 2; /* another ambito: nothing exists */
    assert_false(facts_of(act.p.id).found);
    t.who.ambito = ambito;
    scene_as_worker(&s);
}

static void pages_follow_the_names(void **state)
{
    (void)state;
    struct prestazioni_pagina pagina = {.mese = march, .limit = 2};
    struct list list;
    size_t seen = 0;
    for (int i = 0; i < 5; i++) {
        struct act act = {.p = scene_sad(&s)};
        act.p.dal = day_of(2025, 3, 1 + 2 * i);
        act.p.al = act.p.dal;
        done(add, &act);
    }
    test_read(&t);
    do {
        TEST_OK(&t.cx, store_page(&t.cx, &pagina, &list));
        seen += list.count;
        if (list.count > 0) {
            struct prestazione_riga *last =
                LIST_ITEM(&list, struct prestazione_riga, list.count - 1);
            assert_true(last->id.n > pagina.dopo_id.n);
            pagina.dopo = last->chiave;
            pagina.dopo_id = last->id;
        }
    } while (list.count > 0 && seen < 100);
    test_read_end(&t);
    assert_int_equal(seen, 5);
}

/* No list scans its table. */
static void lists_have_their_index(void **state)
{
    (void)state;
    if (test_kind() != DB_SQLITE)
        return; /* PostgreSQL scans small tables whatever their indexes */
    struct prestazioni_pagina pages[] = {
        {.erogatore = s.coop, .mese = march, .limit = 21},
        {.ente = s.comune, .mese = march, .limit = 21, .dopo = "a", .dopo_id = {1}},
        {.ente = s.comune, .attive = true, .mese = march, .limit = 21},
        {.servizio = {1}, .mese = march, .limit = 21},
        {.ente = s.comune, .servizio = {1}, .da = s.coop, .mese = march, .limit = 21},
    };
    test_read(&t);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct db_query query;
        const char *plan;
        store_page_query(&t.cx, &pages[i], &query);
        TEST_OK(&t.cx, db_plan(&t.cx, db_query_sql(&query), db_query_args(&query), &plan));
        if (strstr(plan, "SCAN") != NULL || strstr(plan, "TEMP B-TREE") != NULL)
            fail_msg("%zu:\n%s", i, plan);
    }
    test_read_end(&t);
}

static void statements_are_sound(void **state)
{
    (void)state;
    test_read(&t);
    TEST_OK(&t.cx, db_prepare_all(
                       &t.cx, (const struct db_registry *const[]){&prestazioni_registry, NULL}));
    test_read_end(&t);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_service_is_added),
        TEST(hours_become_fee_and_cost),
        TEST(corrections_replace),
        TEST(checked_months_stay),
        TEST(judged_as_seen),
        TEST(reasons_are_sealed),
        TEST(a_new_isee_counts_from_its_day),
        TEST(a_year_without_budget_is_no_obstacle),
        TEST(the_end_respects_what_was_logged),
        TEST(a_provider_sees_only_its_own),
        TEST(pages_follow_the_names),
        TEST(lists_have_their_index),
        TEST(statements_are_sound),
    };
    return cmocka_run_group_tests_name("prestazioni/store", tests, NULL, NULL);
}
