#include "mod/cartella/store.h"

#include "kit/db/test/support.h"
#include "mod/accesso/store.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/rette/store.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {
    &utenti_schema,   &enti_schema, &persone_schema, &accesso_schema, &rette_schema,
    &cartella_schema, NULL};

enum { WORKERS = 3 };

struct fixture {
    struct test_db db;
    struct cx *cx;
    struct id ambito;
    struct id clusone;
    struct id ardesio;
    struct id worker[WORKERS]; /* Anna, Bruno, Carla */
    struct persona persona;
};

static bool add_worker(struct cx *cx, struct fixture *f, size_t at, const char *nome)
{
    f->worker[at] = cx_id(cx);
    struct utente_riga row = {.id = f->worker[at],
                              .ambito = f->ambito,
                              .nome = nome,
                              .intestazione = nome,
                              .chiave = nome,
                              .attivo = true,
                              .password = "-",
                              .password_dal = cx->now,
                              .creato = cx->now};
    return utente_insert(cx, &row);
}

static bool add_comune(struct cx *cx, const char *nome, const char *istat, const char *belfiore,
                       struct id *id)
{
    struct ente ente = {
        .nome = nome, .codice = istat, .belfiore = belfiore, .tipo = "comune", .attivo = true};
    enum ente_fault fault;
    if (!ente_save(cx, &ente, &fault))
        return false;
    *id = ente.id;
    return true;
}

static bool prepare(struct cx *cx, void *data)
{
    struct fixture *f = data;
    if (!ambito_create(cx, "SER", "Ambito di prova", &f->ambito))
        return false;
    f->db.who.ambito = f->ambito;
    if (!add_comune(cx, "Clusone", "016077", "C800", &f->clusone) ||
        !add_comune(cx, "Ardesio", "016012", "A383", &f->ardesio) ||
        !add_worker(cx, f, 0, "anna") || !add_worker(cx, f, 1, "bruno") ||
        !add_worker(cx, f, 2, "carla"))
        return false;
    f->persona = (struct persona){.cognome = "Rossi",
                                  .nome = "Maria",
                                  .nascita = DAY_NONE,
                                  .morte = DAY_NONE,
                                  .comune = f->clusone};
    return persona_save(cx, &f->persona);
}

static void act_as(struct fixture *f, size_t worker, int role, struct id ente)
{
    f->db.who.utente = f->worker[worker];
    f->db.who.ruolo = role;
    f->db.who.ente = ente;
}

static void start(struct fixture *f)
{
    test_db_open(&f->db, schemas);
    f->cx = &f->db.cx;
    test_vault(&f->db);
    test_write(&f->db, prepare, f);
    act_as(f, 0, RUOLO_ASSISTENTE, f->clusone);
}

static void finish(struct fixture *f)
{
    test_db_close(&f->db);
}

/* ---- acts as writes ---------------------------------------------------------------------- */

static bool save_person(struct cx *cx, void *data)
{
    return persona_save(cx, data);
}

struct opening {
    struct presa_nuova nuova;
    struct id cartella;
};
static bool open_one(struct cx *cx, void *data)
{
    struct opening *o = data;
    return presa_open(cx, &o->nuova, &o->cartella);
}

static struct id open_case(struct fixture *f, struct id persona, struct id worker, int64_t riserbo)
{
    struct opening o = {.nuova = {.persona = persona,
                                  .ente = f->clusone,
                                  .responsabile = worker,
                                  .tipo_utente = "anziani",
                                  .riserbo = riserbo,
                                  .dal = day_of(2025, 3, 1),
                                  .motivo = "Segnalata dal medico."}};
    test_write(&f->db, open_one, &o);
    return o.cartella;
}

struct moving {
    struct id presa;
    int64_t versione;
    enum presa_stato to;
    struct day giorno;
    const char *motivo;
    enum mossa_fault fault;
};
static bool move_one(struct cx *cx, void *data)
{
    struct moving *m = data;
    return presa_move(cx, m->presa, m->versione, m->to, m->giorno, m->motivo, &m->fault);
}

struct giving {
    struct id presa;
    struct id utente;
};
static bool give_one(struct cx *cx, void *data)
{
    const struct giving *g = data;
    return presa_assign(cx, g->presa, g->utente, cx->today, "cambio di zona");
}

struct writing {
    struct diario diario;
    enum diario_fault fault;
};
static bool write_one(struct cx *cx, void *data)
{
    struct writing *w = data;
    return diario_save(cx, &w->diario, &w->fault);
}

static struct presa_in_carico only_presa(struct fixture *f, struct id cartella)
{
    struct list prese;
    test_read(&f->db);
    TEST_OK(f->cx, presa_list(f->cx, cartella, &prese));
    test_read_end(&f->db);
    assert_int_equal(prese.count, 1);
    return *LIST_ITEM(&prese, struct presa_in_carico, 0);
}

static struct web_facts facts_of(struct fixture *f, struct id cartella)
{
    struct web_facts facts;
    test_read(&f->db);
    TEST_OK(f->cx, cartella_object.facts(f->cx, cartella, &facts));
    test_read_end(&f->db);
    return facts;
}

static struct cartella load(struct fixture *f, struct id id)
{
    struct cartella cartella;
    test_read(&f->db);
    TEST_OK(f->cx, cartella_load(f->cx, id, &cartella));
    test_read_end(&f->db);
    return cartella;
}

/* ---- tests ------------------------------------------------------------------------------ */

static void test_taking_charge(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct id id = open_case(&f, f.persona.id, f.worker[0], RISERVO_PARTICOLARE);
    struct cartella cartella = load(&f, id);
    assert_string_equal(cartella.stato, "accolta");
    assert_int_equal(cartella.numero, f.persona.numero);
    assert_int_equal(facts_of(&f, id).relation, RELAZIONE_RESPONSABILE);
    /* a second case of the same person stands in the same record */
    assert_int_equal(open_case(&f, f.persona.id, ID_NONE, RISERVO_PARTICOLARE).n, id.n);
    assert_string_equal(load(&f, id).stato, "accolta");
    /* colleague, coordinator, another municipality, another ambito */
    act_as(&f, 1, RUOLO_ASSISTENTE, f.clusone);
    assert_int_equal(facts_of(&f, id).relation, RELAZIONE_ENTE);
    act_as(&f, 1, RUOLO_COORDINATORE, f.clusone);
    assert_int_equal(facts_of(&f, id).relation, RELAZIONE_COORDINA);
    act_as(&f, 1, RUOLO_ASSISTENTE, f.ardesio);
    assert_int_equal(facts_of(&f, id).relation, RELAZIONE_AMBITO);
    f.db.who.ambito = (struct id){77};
    f.db.who.ente = ID_NONE;
    assert_false(facts_of(&f, id).found);
    finish(&f);
}

static void test_secret_record_is_not_there_for_others(void **state)
{
    (void)state;
    struct fixture f;
    struct id found_id;
    bool found;
    start(&f);
    struct id secret = open_case(&f, f.persona.id, f.worker[0], RISERVO_ANTIVIOLENZA);
    test_read(&f.db);
    TEST_OK(f.cx, cartella_of(f.cx, f.persona.id, &found_id, &found));
    assert_true(found);
    test_read_end(&f.db);
    act_as(&f, 1, RUOLO_COORDINATORE, f.clusone);
    test_read(&f.db);
    TEST_OK(f.cx, cartella_of(f.cx, f.persona.id, &found_id, &found));
    assert_false(found);
    struct cartella_pagina page = {.limit = 10};
    struct list list;
    TEST_OK(f.cx, cartella_page(f.cx, &page, &list));
    assert_int_equal(list.count, 0);
    TEST_OK(f.cx, cartella_count(f.cx, &list));
    assert_int_equal(list.count, 0);
    test_read_end(&f.db);
    /* whoever opens an ordinary one gets a record of its own */
    struct id other = open_case(&f, f.persona.id, f.worker[1], RISERVO_PARTICOLARE);
    assert_int_not_equal(other.n, secret.n);
    act_as(&f, 0, RUOLO_ASSISTENTE, f.clusone);
    page.responsabile = f.worker[0];
    test_read(&f.db);
    TEST_OK(f.cx, cartella_page(f.cx, &page, &list));
    assert_int_equal(list.count, 1);
    test_read_end(&f.db);
    finish(&f);
}

static void test_moves_keep_who_when_why(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct id id = open_case(&f, f.persona.id, f.worker[0], RISERVO_PARTICOLARE);
    struct presa_in_carico presa = only_presa(&f, id);
    struct moving m = {.presa = presa.id,
                       .versione = presa.versione,
                       .to = STATO_CONCLUSA,
                       .giorno = day_of(2025, 3, 5)};
    test_write(&f.db, move_one, &m);
    assert_int_equal(m.fault, MOSSA_MOTIVO);
    assert_string_equal(load(&f, id).stato, "accolta");
    m.motivo = "Trasloco in altra regione.";
    test_write(&f.db, move_one, &m);
    assert_int_equal(m.fault, MOSSA_OK);
    struct cartella closed = load(&f, id);
    assert_string_equal(closed.stato, "conclusa");
    assert_true(day_known(closed.chiusa));
    /* the same move again: somebody was faster */
    assert_int_equal(test_write_fails(&f.db, move_one, &m), ERR_CONFLICT);
    struct vault_key key;
    struct list moves;
    test_read(&f.db);
    TEST_OK(f.cx, cartella_key(f.cx, id, &key));
    TEST_OK(f.cx, mossa_list(f.cx, &key, id, &moves));
    assert_int_equal(moves.count, 2);
    const struct mossa_riga *last = LIST_ITEM(&moves, struct mossa_riga, 0);
    assert_string_equal(last->motivo, "Trasloco in altra regione.");
    assert_string_equal(last->da, "accolta");
    assert_string_equal(last->chi_nome, "anna");
    test_read_end(&f.db);
    /* who had the case has it until the end of the day, no longer tomorrow */
    assert_int_equal(facts_of(&f, id).relation, RELAZIONE_RESPONSABILE);
    f.cx->today = day_add(f.cx->today, 1);
    assert_int_equal(facts_of(&f, id).relation, RELAZIONE_ENTE);
    finish(&f);
}

static void test_giving_the_case(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct id id = open_case(&f, f.persona.id, f.worker[0], RISERVO_PARTICOLARE);
    struct giving give = {only_presa(&f, id).id, f.worker[1]};
    test_write(&f.db, give_one, &give);
    assert_int_equal(load(&f, id).responsabile.n, f.worker[1].n);
    assert_int_equal(facts_of(&f, id).relation, RELAZIONE_ENTE);
    act_as(&f, 1, RUOLO_ASSISTENTE, f.ardesio);
    assert_int_equal(facts_of(&f, id).relation, RELAZIONE_RESPONSABILE);
    finish(&f);
}

static void test_diary_is_never_overwritten(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct id id = open_case(&f, f.persona.id, f.worker[0], RISERVO_PARTICOLARE);
    struct writing first = {.diario = {.cartella = id,
                                       .giorno = day_of(2025, 3, 2),
                                       .tipo = "colloquio",
                                       .riserbo = RISERVO_PARTICOLARE,
                                       .presenti = "la figlia",
                                       .testo = "Vive sola. àèìòù €"}};
    test_write(&f.db, write_one, &first);
    assert_int_equal(first.fault, DIARIO_OK);
    struct writing again = first;
    again.diario.testo = "Vive con la figlia.";
    test_write(&f.db, write_one, &again);
    assert_int_equal(again.diario.versione, 2);
    /* a second hand that still has version 1 before it */
    struct writing late = first;
    late.diario.testo = "Altro.";
    assert_int_equal(test_write_fails(&f.db, write_one, &late), ERR_CONFLICT);
    /* the note of another record */
    struct writing wrong = again;
    wrong.diario.cartella = (struct id){12345};
    assert_int_equal(test_write_fails(&f.db, write_one, &wrong), ERR_NOT_FOUND);
    struct list list;
    test_read(&f.db);
    TEST_OK(f.cx, diario_list(f.cx, id, NULL, 10, &list));
    assert_int_equal(list.count, 1);
    assert_string_equal(LIST_ITEM(&list, struct diario, 0)->testo, "Vive con la figlia.");
    TEST_OK(f.cx, diario_versions(f.cx, first.diario.voce, &list));
    assert_int_equal(list.count, 2);
    const struct diario *old = LIST_ITEM(&list, struct diario, 1);
    assert_string_equal(old->testo, "Vive sola. àèìòù €");
    assert_string_equal(old->presenti, "la figlia");
    assert_string_equal(old->autore_nome, "anna");
    test_read_end(&f.db);
    finish(&f);
}

static void test_list_follows_names(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    static const char *const names[] = {"Zani", "Bianchi", "Neri"};
    for (size_t i = 0; i < 3; i++) {
        struct persona one = f.persona;
        one.id = ID_NONE;
        one.cognome = names[i];
        struct opening o = {.nuova = {.ente = i == 1 ? f.ardesio : f.clusone,
                                      .responsabile = f.worker[i],
                                      .tipo_utente = "famiglia",
                                      .riserbo = RISERVO_PARTICOLARE,
                                      .dal = day_of(2025, 3, 1)}};
        test_write(&f.db, save_person, &one);
        o.nuova.persona = one.id;
        test_write(&f.db, open_one, &o);
        if (i == 0) { /* a name that changes moves in the list */
            one.cognome = "Agnelli";
            test_write(&f.db, save_person, &one);
        }
    }
    struct cartella_pagina page = {.limit = 2};
    struct list list;
    int64_t total;
    test_read(&f.db);
    TEST_OK(f.cx, cartella_page(f.cx, &page, &list));
    assert_int_equal(list.count, 2);
    const struct cartella_riga *row = LIST_ITEM(&list, struct cartella_riga, 0);
    assert_string_equal(row->nome, "Agnelli Maria");
    assert_string_equal(row->stato, "Accolta");
    row = LIST_ITEM(&list, struct cartella_riga, 1);
    page.dopo = row->chiave;
    page.dopo_id = row->id;
    TEST_OK(f.cx, cartella_page(f.cx, &page, &list));
    assert_int_equal(list.count, 1);
    assert_string_equal(LIST_ITEM(&list, struct cartella_riga, 0)->nome, "Neri Maria");
    struct cartella_pagina body = {.ente = f.ardesio, .limit = 10};
    TEST_OK(f.cx, cartella_page(f.cx, &body, &list));
    assert_int_equal(list.count, 1);
    TEST_OK(f.cx, cartella_total(f.cx, &body, &total));
    assert_int_equal(total, 1);
    TEST_OK(f.cx, carico_list(f.cx, ID_NONE, &list));
    assert_int_equal(list.count, 3);
    TEST_OK(f.cx, carico_list(f.cx, f.ardesio, &list));
    assert_int_equal(list.count, 1);
    test_read_end(&f.db);
    finish(&f);
}

static void test_no_list_sorts_or_scans(void **state)
{
    (void)state;
    struct fixture f;
    if (test_kind() == DB_POSTGRES)
        return; /* a handful of rows is scanned whatever the indexes */
    start(&f);
    struct cartella_pagina pages[] = {
        {.limit = 21},
        {.ente = {1}, .limit = 21},
        {.stato = "accolta", .limit = 21},
        {.ente = {1}, .stato = "accolta", .limit = 21},
        {.responsabile = {1}, .limit = 21},
        {.ente = {1}, .di = {1}, .limit = 21},
        {.ordine = CARTELLE_NUMERO, .limit = 21},
        {.ente = {1}, .ordine = CARTELLE_NUMERO, .limit = 21},
        {.ente = {1}, .dopo = "rossi", .dopo_id = {5}, .limit = 21},
        {.ordine = CARTELLE_NUMERO, .dopo = "5", .dopo_numero = 5, .limit = 21},
    };
    test_read(&f.db);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct db_query query;
        const char *plan;
        cartella_page_query(f.cx, &pages[i], &query);
        TEST_OK(f.cx, db_plan(f.cx, db_query_sql(&query), db_query_args(&query), &plan));
        if (strstr(plan, "SCAN") != NULL || strstr(plan, "TEMP B-TREE") != NULL)
            fail_msg("page %zu: %s", i, plan);
    }
    test_read_end(&f.db);
    finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taking_charge),
        cmocka_unit_test(test_secret_record_is_not_there_for_others),
        cmocka_unit_test(test_moves_keep_who_when_why),
        cmocka_unit_test(test_giving_the_case),
        cmocka_unit_test(test_diary_is_never_overwritten),
        cmocka_unit_test(test_list_follows_names),
        cmocka_unit_test(test_no_list_sorts_or_scans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
