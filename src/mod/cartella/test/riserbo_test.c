/* Who is kept apart: found by those who follow her, and by others not even by what is missing. */
#include "mod/cartella/store.h"

#include "mod/cartella/test/walk.h"
#include "mod/persone/store.h"
#include "mod/utenti/utenti.h"

#include <stdio.h>
#include <string.h>

static const char *carichi_of(struct walk *w)
{
    test_get(&w->web, "/carichi");
    assert_int_equal(w->web.status, 200);
    return w->web.body;
}

static struct id id_of(const char *href)
{
    struct id id;
    assert_true(id_parse(strrchr(href, '/') + 1, &id));
    return id;
}

static void keep_apart(struct walk *w, const char *maria, const char *versione)
{
    sends(w, text(w, maria, "/modifica"), text(w, MARIA "&riservata=1&versione=", versione));
}

static int64_t total_for(struct walk *w, struct id utente)
{
    int64_t total;
    w->web.db.who.utente = utente;
    test_read(&w->web.db);
    TEST_OK(&w->web.db.cx, persona_count(&w->web.db.cx, &total));
    test_read_end(&w->web.db);
    return total;
}

/* Her worker finds her by name, code, telephone and number, in the lists, in her household. */
static void test_found_by_her_worker(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    const char *luca = sends(&w, "/persone/nuova", "cognome=Bianchi&nome=Luca&versione=0");
    sends(&w, text(&w, luca, "/nucleo"), "chi=Rossi+Maria&parentela=coniuge&dal=01/01/2020");
    take_charge(&w, maria, "");
    keep_apart(&w, maria, "1");
    const char *pages[] = {"/cerca?q=mar+ros",       "/cerca?q=RSSMRA45M41C800M",
                           "/cerca?q=034612345",     "/cerca?q=1",
                           "/persone?cerca=rossi",   "/cartelle",
                           text(&w, luca, "/nucleo")};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        reads(&w, pages[i], "Maria");
    reads(&w, "/persone", "Rossi");
    refuses(&w, "/persone/nuova", MARIA "&versione=0", "stesso codice fiscale");
    assert_int_equal(total_for(&w, w.anna), 2);
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.clusone);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        gets(&w, pages[i], 200);
        assert_has_not(w.web.body, "Maria");
    }
    assert_int_equal(total_for(&w, w.bruno), 1);
    sends(&w, "/persone/nuova", MARIA "&versione=0"); /* for him she is new */
    finish(&w);
}

static bool join_team(struct cx *cx, void *data)
{
    const struct relazione *relation = data;
    struct id id;
    return relazione_save(cx, relation, &id);
}

/* The team finds her, reads her and may correct what is written of her. */
static void test_found_by_her_team(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    take_charge(&w, maria, "");
    keep_apart(&w, maria, "1");
    struct relazione team = {.ambito = w.ambito,
                             .utente = w.bruno,
                             .tipo = RELAZIONE_EQUIPE,
                             .oggetto_tipo = "persona",
                             .oggetto = id_of(maria),
                             .dal = day_of(2024, 1, 1),
                             .al = DAY_NONE};
    test_write(&w.web.db, join_team, &team);
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.clusone);
    reads(&w, "/cerca?q=mar+ros", "Rossi Maria");
    reads(&w, maria, "RSSMRA45M41C800M");
    reads(&w, text(&w, maria, "/modifica"), "Rossi");
    /* a conflict of interest ends it */
    team.tipo = RELAZIONE_CONFLITTO;
    test_write(&w.web.db, join_team, &team);
    gets(&w, maria, 404);
    reads(&w, "/cerca?q=mar+ros", "Nessuna persona");
    finish(&w);
}

static void counted(struct walk *w, struct id utente, struct id ente, const char *what, int64_t is)
{
    struct list counters;
    struct cartella_pagina all = {.ordine = CARTELLE_NOME, .ente = ente};
    int64_t total, sum = 0;
    w->web.db.who.utente = utente;
    test_read(&w->web.db);
    TEST_OK(&w->web.db.cx, cartella_total(&w->web.db.cx, &all, &total));
    TEST_OK(&w->web.db.cx, cartella_count(&w->web.db.cx, &counters));
    test_read_end(&w->web.db);
    LIST_EACH (&counters, struct cartella_conta, row)
        sum += row->quante;
    if (strcmp(what, "elenco") == 0)
        assert_int_equal(total, is);
    else
        assert_int_equal(sum, is);
}

/* The records of reserved people and those of violence are in no total and in no count of others.
 */
static void test_totals(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    take_charge(&w, maria, "");
    const char *luca = sends(&w, "/persone/nuova", "cognome=Bianchi&nome=Luca&versione=0");
    take_charge(&w, luca, "&antiviolenza=1");
    const char *rosa = sends(&w, "/persone/nuova", "cognome=Bruni&nome=Rosa&versione=0");
    take_charge(&w, rosa, "");
    counted(&w, w.bruno, w.clusone, "elenco", 2);
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    assert_has(carichi_of(&w), "data-label=\"Casi aperti\">2<");
    keep_apart(&w, maria, "1");
    counted(&w, w.bruno, w.clusone, "elenco", 1);
    counted(&w, w.bruno, ID_NONE, "elenco", 1);
    counted(&w, w.bruno, w.ardesio, "elenco", 0);
    counted(&w, w.anna, w.clusone, "elenco", 2);
    counted(&w, w.anna, ID_NONE, "conteggi", 1);
    assert_has(carichi_of(&w), "data-label=\"Casi aperti\">1<");
    finish(&w);
}

/* Who may keep somebody apart: who follows her, a coordinator, or who enters her and follows her
 * from then on. */
static void test_who_may_keep_apart(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    const char *edit = text(&w, maria, "/modifica");
    reads(&w, edit, "Rossi");
    assert_has_not(w.web.body, "name=\"riservata\"");
    refuses(&w, edit, MARIA "&riservata=1&versione=1", "Può tenerla riservata chi la segue");
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    reads(&w, edit, "name=\"riservata\"");
    sends(&w, edit, MARIA "&riservata=1&versione=1");
    assert_string_equal(w.web.location, maria); /* nobody followed her: now Carla does */
    reads(&w, maria, "riservata");
    act_as(&w, w.anna, RUOLO_ASSISTENTE, w.clusone);
    gets(&w, maria, 404);
    const char *luca =
        sends(&w, "/persone/nuova", "cognome=Bianchi&nome=Luca&riservata=1&versione=0");
    reads(&w, luca, "riservata");
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    gets(&w, luca, 404);
    act_as(&w, w.bruno, RUOLO_SPORTELLO, w.clusone);
    reads(&w, "/persone/nuova", "Cognome");
    assert_has_not(w.web.body, "name=\"riservata\"");
    refuses(&w, "/persone/nuova", "cognome=Verdi&nome=Ugo&riservata=1&versione=0",
            "Può tenerla riservata chi la segue");
    finish(&w);
}

/* A coordinator keeps apart whom another follows: he no longer sees her, and is not led to a page
 * that is not there. */
static void test_kept_apart_for_another(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    take_charge(&w, maria, "");
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    keep_apart(&w, maria, "1");
    assert_string_equal(w.web.location, "/persone");
    gets(&w, maria, 404);
    act_as(&w, w.anna, RUOLO_ASSISTENTE, w.clusone);
    reads(&w, maria, "riservata");
    finish(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found_by_her_worker),
        cmocka_unit_test(test_found_by_her_team),
        cmocka_unit_test(test_totals),
        cmocka_unit_test(test_who_may_keep_apart),
        cmocka_unit_test(test_kept_apart_for_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
