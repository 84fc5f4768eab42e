/* The first walk of a social worker, page by page, through the funnel: find or enter a person, log
 * a contact, take the case in charge, write in the diary; and what others get to see of it. */
#include "mod/cartella/store.h"

#include "mod/accesso/store.h"
#include "mod/audit/store.h"
#include "mod/cartella/test/walk.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/rette/rette.h"
#include "mod/rette/store.h"
#include "mod/utenti/emergenza.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void test_people(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    reads(&w, "/cerca?q=ross", "Nessuna persona trovata");
    reads(&w, "/persone", "nessuna persona");
    refuses(&w, "/persone/nuova", "cognome=&nome=Maria&codfis=RSSMRA45M41C800T&versione=0",
            "Cognome");
    const char *maria = enter_maria(&w);
    reads(&w, maria, "01/08/1945"); /* filled in from the codice fiscale */
    assert_has(w.web.body, "RSSMRA45M41C800M");
    reads(&w, "/cerca?q=mar+ros", "Rossi Maria");
    reads(&w, "/cerca?q=RSSMRA45M41C800M", "Rossi Maria");
    reads(&w, "/persone?cerca=rossi", "Rossi");
    reads(&w, "/persone", "Rossi");
    /* the same woman again: likely, and asked about */
    refuses(&w, "/persone/nuova", MARIA "&versione=0", "stesso codice fiscale");
    sends(&w, "/persone/nuova", MARIA "&versione=0&conferma=1");
    reads(&w, maria, "Forse è la stessa persona");
    gets(&w, "/persone/0000000000001", 404);
    gets(&w, "/persone/non-un-id", 404);
    gets(&w, "/cerca?q=a&q=b", 400);
    finish(&w);
}

static void test_two_editors_see_both_texts(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    const char *edit = text(&w, maria, "/modifica");
    reads(&w, edit, "name=\"versione\" value=\"1\"");
    sends(&w, edit, "cognome=Rossi&nome=Maria+Teresa&codfis=RSSMRA45M41C800M&versione=1");
    refuses(&w, edit, MARIA "&versione=1", "Un’altra persona ha salvato");
    assert_has(w.web.body, "name=\"versione\" value=\"2\"");
    finish(&w);
}

static void test_household(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    sends(&w, "/persone/nuova", "cognome=Bianchi&nome=Luca&versione=0");
    const char *nucleo = text(&w, maria, "/nucleo");
    reads(&w, nucleo, "non risulta nessun nucleo");
    refuses(&w, nucleo, "chi=nessuno&parentela=figlio&dal=01/01/2020", "Nessuna persona trovata");
    sends(&w, nucleo, "chi=Bianchi+Luca&parentela=figlio&dal=01/01/2020");
    reads(&w, nucleo, "Bianchi Luca");
    reads(&w, text(&w, nucleo, "?giorno=31/12/2019"), "non risulta nessun nucleo");
    refuses(&w, nucleo, "chi=Bianchi+Luca&parentela=figlio&dal=01/06/2020", "già in un nucleo");
    finish(&w);
}

static void test_contact(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    reads(&w, "/contatti/nuovo", "Registra il contatto");
    const char *today = today_text(&w);
    assert_has(w.web.body, today); /* it stands there already */
    sends(&w, "/contatti/nuovo",
          text(&w, "chi=&area=anziani&esito=informazione&canale=telefono&minuti=5&giorno=", today));
    /* half a name is asked about, never guessed */
    refuses(&w, "/contatti/nuovo",
            text(&w, "chi=ross&area=anziani&esito=informazione&canale=telefono&giorno=", today),
            "Scegli la persona");
    assert_has(w.web.body, "Rossi Maria");
    const char *to = sends(&w, "/contatti/nuovo",
                           text(&w,
                                "chi=RSSMRA45M41C800M&area=anziani&esito=appuntamento"
                                "&richiesta=Aiuto&canale=sportello&minuti=10&giorno=",
                                today));
    assert_string_equal(to, text(&w, maria, "/contatti"));
    reads(&w, to, "Appuntamento");
    reads(&w, "/contatti", "Rossi Maria");
    reads(&w, "/contatti?esito=appuntamento&miei=1", "Rossi Maria");
    reads(&w, "/agenda", "Rossi Maria");
    refuses(&w, "/contatti/nuovo",
            text(&w, "chi=&area=anziani&esito=cartella&canale=telefono&giorno=", today),
            "serve la persona");
    refuses(&w, "/contatti/nuovo",
            "chi=&area=anziani&esito=informazione&canale=telefono&giorno=01/01/2030",
            "non è ancora");
    reads(&w, "/contatti/conteggi", "meno di 5</td>");
    assert_has_not(w.web.body, "Rossi");
    /* the desk of another municipality does not see them */
    act_as(&w, w.bruno, RUOLO_SPORTELLO, w.ardesio);
    test_get(&w.web, "/contatti");
    assert_has_not(w.web.body, "Rossi");
    finish(&w);
}

/* Names that a form shows are written down as read: those it asks about, the one it is about. */
static void test_names_in_forms_are_audited(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    int before = test_host()->audited;
    refuses(&w, "/contatti/nuovo",
            "chi=Rossi&area=anziani&esito=informazione&canale=telefono&giorno=01/03/2025",
            "Rossi Maria");
    assert_int_equal(test_host()->audited, before + 2); /* the empty form, the refused one */
    assert_string_equal(test_host()->last_detail, "ricerca: 1 risultati");
    reads(&w, text(&w, "/contatti/nuovo?persona=", strrchr(maria, '/') + 1), "Rossi Maria");
    assert_string_equal(test_host()->last_object, "persona");
    before = test_host()->audited;
    refuses(&w, "/persone/nuova", "cognome=Rossi&nome=Maria&versione=0", "Forse è già registrata");
    assert_int_equal(test_host()->audited, before + 2);
    assert_string_equal(test_host()->last_detail, "ricerca: 1 risultati");
    finish(&w);
}

static void test_case_and_diary(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    reads(&w, text(&w, maria, "/cartella"), "Nessuna cartella");
    const char *cartella = take_charge(&w, maria, "");
    reads(&w, cartella, "Accolta");
    assert_has(w.web.body, "Segnala il medico");
    gets(&w, text(&w, maria, "/cartella"), 303);
    /* a note, then its correction: both can be read */
    const char *nuova = text(&w, cartella, "/diario/nuova");
    refuses(&w, nuova,
            "giorno=10/03/2025&tipo=visita&presenti=&riserbo=particolare&testo=", "Testo");
    sends(&w, nuova,
          "giorno=09/03/2025&tipo=visita&presenti=la+figlia&riserbo=particolare"
          "&testo=Vive+sola+%3Cb%3E&versione=0");
    reads(&w, cartella, "Vive sola &lt;b&gt;");
    const char *at = strstr(w.web.body, text(&w, cartella, "/diario/"));
    at = strstr(at + 1, text(&w, cartella, "/diario/")); /* the first is the button */
    assert_non_null(at);
    char voce[200];
    snprintf(voce, sizeof voce, "%.*s", (int)strcspn(at, "\""), at);
    sends(&w, voce,
          "giorno=09/03/2025&tipo=visita&presenti=la+figlia&riserbo=particolare"
          "&testo=Vive+con+la+figlia&versione=1");
    reads(&w, voce, "Vive sola");
    assert_has(w.web.body, "Vive con la figlia");
    /* a second hand that still had the first version */
    refuses(&w, voce,
            "giorno=09/03/2025&tipo=visita&presenti=&riserbo=particolare&testo=Altro&versione=1",
            "ha corretto la nota");
    assert_has(w.web.body, "Vive con la figlia");
    assert_has(w.web.body, ">\nAltro</textarea>");
    reads(&w, text(&w, maria, "/storia"), "Vive con la figlia");
    reads(&w, "/agenda", "Rossi Maria");
    reads(&w, "/cartelle", "Rossi Maria");
    finish(&w);
}

static bool add_isee(struct cx *cx, void *data)
{
    struct isee isee = *(const struct isee *)data;
    struct rette_faults faults = {0};
    return isee_record(cx, &isee, &faults) && faults.count == 0;
}

/* An attestation that ends soon is on the agenda of whoever has the case, and of nobody else. */
static void test_isee_about_to_end(void **state)
{
    (void)state;
    struct walk w;
    struct id id;
    start(&w);
    const char *maria = enter_maria(&w);
    take_charge(&w, maria, "");
    assert_true(id_parse(strrchr(maria, '/') + 1, &id));
    struct instant now = {(int64_t)time(NULL) * 1000000};
    struct day today = instant_day(now);
    struct isee isee = {.persona = id,
                        .tipo = ISEE_ORDINARIO,
                        .valore = MONEY(600000),
                        .protocollo = "INPS-ISEE-2025-00000001A-00",
                        .sottoscritta = today,
                        .scadenza = today};
    w.web.db.cx.today = today;
    test_write(&w.web.db, add_isee, &isee);
    reads(&w, "/agenda", "ISEE in scadenza");
    reads(&w, text(&w, maria, "/storia"), "ISEE 6.000,00 €");
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.clusone);
    reads(&w, "/agenda", "I miei casi");
    assert_has_not(w.web.body, "ISEE in scadenza");
    finish(&w);
}

static void test_moves(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *cartella = take_charge(&w, enter_maria(&w), "");
    reads(&w, cartella, "Avvia la valutazione");
    const char *at = strstr(w.web.body, "/sposta/");
    assert_non_null(at);
    char presa[ID_TEXT];
    snprintf(presa, sizeof presa, "%.13s", at + strlen("/sposta/"));
    char path[300];
    snprintf(path, sizeof path, "%s/sposta/%s/in_valutazione", cartella, presa);
    reads(&w, path, "In valutazione");
    sends(&w, path, "giorno=10/03/2025&motivo=&versione=1");
    reads(&w, cartella, "Passa al progetto");
    snprintf(path, sizeof path, "%s/sposta/%s/conclusa", cartella, presa);
    refuses(&w, path, "giorno=10/03/2025&motivo=&versione=2", "Scrivi il motivo");
    refuses(&w, path, "giorno=10/03/2025&motivo=x&versione=1", "ha appena spostato");
    snprintf(path, sizeof path, "%s/sposta/%s/in_monitoraggio", cartella, presa);
    gets(&w, path, 404);
    snprintf(path, sizeof path, "%s/sposta/%s/conclusa", cartella, "0000000000001");
    gets(&w, path, 404);
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    reads(&w, "/carichi", "Anna Verdi");
    reads(&w, cartella, "Assegna");
    char id[ID_TEXT];
    char form[200];
    snprintf(path, sizeof path, "%s/assegna/%s", cartella, presa);
    snprintf(form, sizeof form, "responsabile=%s&dal=10/03/2025&motivo=", id_text(w.bruno, id));
    sends(&w, path, form);
    reads(&w, "/carichi", "Bruno Neri");
    finish(&w);
}

static void test_others(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    const char *cartella = take_charge(&w, maria, "");
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.clusone);
    gets(&w, cartella, 404); /* a colleague: as if it were not there */
    reads(&w, text(&w, maria, "/cartella"), "Apri in emergenza");
    assert_has(w.web.body, "Anna Verdi");
    act_as(&w, w.bruno, RUOLO_UFFICIO_PIANO, w.clusone);
    gets(&w, cartella, 404);
    gets(&w, maria, 404);
    reads(&w, "/conteggi", "meno di 5</td>");
    assert_has_not(w.web.body, "Rossi");
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.ardesio);
    test_host()->who.ambito = (struct id){99};
    gets(&w, cartella, 404);
    gets(&w, maria, 404);
    finish(&w);
}

static bool was_read(struct cx *cx, void *data)
{
    struct audit_row row = {.azione = "leggi",
                            .chi = "Curioso Curiosi",
                            .oggetto = "cartella",
                            .relazione = "emergenza"};
    return id_parse(data, &row.oggetto_id) && audit_append(cx, &row);
}

static bool breaks_glass(struct cx *cx, void *data)
{
    struct walk *w = data;
    const struct who *outer = cx->who;
    struct who bruno = *outer;
    struct utente_rifiuto refusal;
    struct id id;
    bruno.utente = w->bruno;
    cx->who = &bruno;
    struct emergenza_chiesta asked = {"cartella", w->ambito, w->clusone, "pericolo",
                                      "Il responsabile manca e la signora è caduta in casa"};
    bool ok = emergenza_open(cx, &asked, &id, &refusal);
    cx->who = outer;
    return ok && refusal.testo == NULL;
}

/* Who answers for the case, and who coordinates it, are told who read it. */
static void test_who_read_it(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    const char *cartella = take_charge(&w, maria, "");
    test_write(&w.web.db, was_read, arena_strdup(w.web.db.cx.arena, strrchr(cartella, '/') + 1));
    reads(&w, cartella, "Chi l’ha letta");
    reads(&w, text(&w, cartella, "/accessi"), "Curioso Curiosi");
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    reads(&w, text(&w, cartella, "/accessi"), "Curioso Curiosi");
    gets(&w, text(&w, cartella, "/accessi/foglio"), 200);
    assert_memory_equal(w.web.body, "%PDF-", 5);
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.clusone);
    gets(&w, text(&w, cartella, "/accessi"), 404);
    gets(&w, text(&w, cartella, "/accessi/foglio"), 404);
    finish(&w);
}

/* A colleague without a relation opens the record in an emergency: reads, and no more. */
static void test_emergency(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    const char *cartella = take_charge(&w, maria, "");
    struct walk target = w;
    assert_true(id_parse(strrchr(cartella, '/') + 1, &target.ambito)); /* the record opened */
    w.web.db.cx.now = (struct instant){(int64_t)time(NULL) * 1000000};
    test_write(&w.web.db, breaks_glass, &target);
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.ardesio);
    reads(&w, cartella, "Accesso d’emergenza");
    assert_has_not(w.web.body, "Nota di diario</a>");
    assert_has_not(w.web.body, "Chi l’ha letta");
    gets(&w, text(&w, cartella, "/diario/nuova"), 404);
    gets(&w, text(&w, cartella, "/accessi"), 404);
    finish(&w);
}

static void test_violence(void **state)
{
    (void)state;
    struct walk w;
    start(&w);
    const char *maria = enter_maria(&w);
    const char *cartella = take_charge(&w, maria, "&antiviolenza=1");
    reads(&w, cartella, "solo équipe");
    struct id others[] = {w.bruno, w.carla};
    int roles[] = {RUOLO_ASSISTENTE, RUOLO_COORDINATORE};
    for (size_t i = 0; i < 2; i++) {
        act_as(&w, others[i], roles[i], w.clusone);
        gets(&w, cartella, 404);
        reads(&w, text(&w, maria, "/cartella"), "Nessuna cartella");
        assert_has_not(w.web.body, "emergenza");
        test_get(&w.web, "/cartelle");
        assert_has_not(w.web.body, "Rossi");
        test_get(&w.web, "/conteggi");
        assert_has_not(w.web.body, "Accolta");
        reads(&w, text(&w, maria, "/storia"), "Linea del tempo");
        assert_has_not(w.web.body, "Presa in carico:");
    }
    act_as(&w, w.anna, RUOLO_ASSISTENTE, w.clusone);
    reads(&w, "/agenda", "Rossi Maria");
    finish(&w);
}

/* A colleague who takes in charge somebody whose case is another's does not get the diary by it. */
static void test_record_of_another(void **state)
{
    (void)state;
    struct walk w;
    char id[ID_TEXT], ente[ID_TEXT], form[400];
    start(&w);
    const char *maria = enter_maria(&w), *persona = strrchr(maria, '/') + 1;
    const char *cartella = take_charge(&w, maria, "");
    const char *page = text(&w, "/cartelle/nuova?persona=", persona);
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.clusone);
    snprintf(form, sizeof form,
             "persona=%s&tipo_utente=anziani&ente=%s&responsabile=%s&dal=10/03/2025&motivo=",
             persona, id_text(w.clusone, ente), id_text(w.bruno, id));
    test_post(&w.web, page, "/cartelle/nuova", form);
    assert_int_equal(w.web.status, 422);
    assert_has(w.web.body, "ha già una cartella");
    gets(&w, cartella, 404);
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    test_post(&w.web, page, "/cartelle/nuova", form);
    assert_int_equal(w.web.status, 303);
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.clusone);
    reads(&w, cartella, "Bruno Neri");
    finish(&w);
}

/* Whom only those who follow her may know: by no list, no household, no record, not by her
 * contacts. */
static void test_reserved_person(void **state)
{
    (void)state;
    struct walk w;
    char form[400];
    start(&w);
    const char *maria = enter_maria(&w);
    const char *cartella = take_charge(&w, maria, "");
    const char *luca = sends(&w, "/persone/nuova", "cognome=Bianchi&nome=Luca&versione=0");
    sends(&w, text(&w, luca, "/nucleo"), "chi=Rossi+Maria&parentela=coniuge&dal=01/01/2020");
    snprintf(form, sizeof form,
             "chi=RSSMRA45M41C800M&area=anziani&esito=informazione&canale=telefono&giorno=%s",
             today_text(&w));
    sends(&w, "/contatti/nuovo", form);
    sends(&w, text(&w, maria, "/modifica"), MARIA "&riservata=1&versione=1");
    reads(&w, cartella, "Rossi Maria");
    struct id others[] = {w.bruno, w.carla};
    int roles[] = {RUOLO_ASSISTENTE, RUOLO_COORDINATORE};
    const char *lists[] = {"/cartelle", "/contatti", "/persone", "/cerca?q=Rossi",
                           text(&w, luca, "/nucleo")};
    for (size_t i = 0; i < 2; i++) {
        act_as(&w, others[i], roles[i], w.clusone);
        gets(&w, maria, 404);
        gets(&w, cartella, 404);
        for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
            gets(&w, lists[l], 200);
            assert_has_not(w.web.body, "Rossi Maria");
            assert_has_not(w.web.body, strrchr(maria, '/') + 1);
        }
    }
    finish(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people),          cmocka_unit_test(test_two_editors_see_both_texts),
        cmocka_unit_test(test_household),       cmocka_unit_test(test_contact),
        cmocka_unit_test(test_case_and_diary),  cmocka_unit_test(test_isee_about_to_end),
        cmocka_unit_test(test_moves),           cmocka_unit_test(test_others),
        cmocka_unit_test(test_violence),        cmocka_unit_test(test_who_read_it),
        cmocka_unit_test(test_emergency),       cmocka_unit_test(test_record_of_another),
        cmocka_unit_test(test_reserved_person), cmocka_unit_test(test_names_in_forms_are_audited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
