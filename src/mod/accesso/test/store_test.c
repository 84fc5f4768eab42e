#include "mod/accesso/store.h"

#include "kit/db/test/support.h"
#include "kit/sys/vault.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&utenti_schema, &enti_schema, &persone_schema,
                                                  &accesso_schema, NULL};

struct fixture {
    struct test_db db;
    struct cx *cx;
    struct id clusone;
    struct id ardesio;
    struct persona persona;
};

static bool prepare(struct cx *cx, void *data)
{
    struct fixture *f = data;
    struct id ambito;
    struct ente clusone = {.nome = "Clusone",
                           .codice = "016077",
                           .belfiore = "C800",
                           .tipo = "comune",
                           .attivo = true};
    struct ente ardesio = {.nome = "Ardesio",
                           .codice = "016012",
                           .belfiore = "A383",
                           .tipo = "comune",
                           .attivo = true};
    enum ente_fault fault;
    if (!ambito_create(cx, "SER", "Ambito di prova", &ambito))
        return false;
    f->db.who.ambito = f->db.who.ente = ambito;
    if (!ente_save(cx, &clusone, &fault) || !ente_save(cx, &ardesio, &fault))
        return false;
    f->clusone = clusone.id;
    f->ardesio = ardesio.id;
    f->persona = (struct persona){.cognome = "Rossi",
                                  .nome = "Maria",
                                  .nascita = DAY_NONE,
                                  .morte = DAY_NONE,
                                  .comune = clusone.id};
    return persona_save(cx, &f->persona);
}

static void start(struct fixture *f)
{
    test_db_open(&f->db, schemas);
    f->cx = &f->db.cx;
    test_vault(&f->db);
    test_write(&f->db, prepare, f);
}

static void finish(struct fixture *f)
{
    test_db_close(&f->db);
}

static bool save(struct cx *cx, void *data)
{
    return contatto_save(cx, data);
}

static struct contatto contact(const struct fixture *f, int month, int day)
{
    return (struct contatto){
        .ente = f->clusone,
        .giorno = day_of(2025, month, day),
        .canale = "sportello",
        .area = "anziani",
        .esito = "informazione",
        .minuti = {15},
    };
}

static void test_what_was_asked_is_sealed(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct contatto saved = contact(&f, 3, 1);
    saved.persona = f.persona.id;
    saved.richiesta = "Chiede dell’assistenza a casa per la madre.";
    test_write(&f.db, save, &saved);
    struct contatto loaded;
    struct list of;
    test_read(&f.db);
    TEST_OK(f.cx, contatto_load(f.cx, saved.id, &loaded));
    assert_string_equal(loaded.richiesta, saved.richiesta);
    assert_int_equal(loaded.minuti.n, 15);
    TEST_OK(f.cx, contatto_of(f.cx, f.persona.id, 10, &of));
    assert_int_equal(of.count, 1);
    assert_string_equal(LIST_ITEM(&of, struct contatto_riga, 0)->area, "Anziani");
    assert_string_equal(LIST_ITEM(&of, struct contatto_riga, 0)->nome, "Rossi Maria");
    /* another ambito: not found */
    f.db.who.ambito = (struct id){99};
    assert_false(contatto_load(f.cx, saved.id, &loaded));
    assert_int_equal(f.cx->err.code, ERR_NOT_FOUND);
    test_read_end(&f.db);
    finish(&f);
}

static void test_list_filters_and_pages(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    for (int i = 1; i <= 9; i++) {
        struct contatto one = contact(&f, 2, i);
        one.ente = i % 3 == 0 ? f.ardesio : f.clusone;
        one.area = i % 2 == 0 ? "famiglia" : "anziani";
        test_write(&f.db, save, &one);
    }
    struct contatto_pagina page = {.dal = DAY_NONE, .al = DAY_NONE, .dopo = DAY_NONE, .limit = 4};
    struct list list;
    test_read(&f.db);
    TEST_OK(f.cx, contatto_page(f.cx, &page, &list));
    assert_int_equal(list.count, 4);
    const struct contatto_riga *last = LIST_ITEM(&list, struct contatto_riga, 3);
    assert_int_equal(last->giorno.n, day_of(2025, 2, 6).n);
    page.dopo = last->giorno;
    page.dopo_id = last->id;
    TEST_OK(f.cx, contatto_page(f.cx, &page, &list));
    assert_int_equal(LIST_ITEM(&list, struct contatto_riga, 0)->giorno.n, day_of(2025, 2, 5).n);
    struct contatto_pagina narrow = {.ente = f.ardesio,
                                     .area = "anziani",
                                     .dal = day_of(2025, 2, 4),
                                     .al = day_of(2025, 2, 9),
                                     .dopo = DAY_NONE,
                                     .limit = 10};
    TEST_OK(f.cx, contatto_page(f.cx, &narrow, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(LIST_ITEM(&list, struct contatto_riga, 0)->giorno.n, day_of(2025, 2, 9).n);
    test_read_end(&f.db);
    finish(&f);
}

static void test_counts(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    for (int i = 1; i <= 3; i++) {
        struct contatto one = contact(&f, i, 1);
        test_write(&f.db, save, &one);
    }
    struct contatto before = contact(&f, 1, 1);
    before.giorno = day_of(2024, 12, 31);
    test_write(&f.db, save, &before);
    struct list list;
    test_read(&f.db);
    TEST_OK(f.cx, contatto_count(f.cx, PER_MESE, ID_NONE, 2025, &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(LIST_ITEM(&list, struct contatto_conta, 1)->voce, "2025-02");
    TEST_OK(f.cx, contatto_count(f.cx, PER_AREA, f.clusone, 2025, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(LIST_ITEM(&list, struct contatto_conta, 0)->contatti, 3);
    assert_int_equal(LIST_ITEM(&list, struct contatto_conta, 0)->minuti, 45);
    TEST_OK(f.cx, contatto_count(f.cx, PER_ESITO, f.ardesio, 2025, &list));
    assert_int_equal(list.count, 0);
    test_read_end(&f.db);
    finish(&f);
}

static void test_no_page_sorts_or_scans(void **state)
{
    (void)state;
    struct fixture f;
    if (test_kind() == DB_POSTGRES)
        return; /* a handful of rows is scanned whatever the indexes */
    start(&f);
    struct contatto_pagina pages[] = {
        {.dal = DAY_NONE, .al = DAY_NONE, .dopo = DAY_NONE, .limit = 21},
        {.ente = {1}, .dal = DAY_NONE, .al = DAY_NONE, .dopo = DAY_NONE, .limit = 21},
        {.utente = {1}, .dal = DAY_NONE, .al = DAY_NONE, .dopo = {5}, .dopo_id = {1}, .limit = 21},
    };
    test_read(&f.db);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct db_query query;
        const char *plan;
        contatto_page_query(f.cx, &pages[i], &query);
        TEST_OK(f.cx, db_plan(f.cx, db_query_sql(&query), db_query_args(&query), &plan));
        if (strstr(plan, "SCAN c") != NULL || strstr(plan, "TEMP B-TREE") != NULL)
            fail_msg("page %zu: %s", i, plan);
    }
    test_read_end(&f.db);
    finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_asked_is_sealed),
        cmocka_unit_test(test_list_filters_and_pages),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_no_page_sorts_or_scans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
