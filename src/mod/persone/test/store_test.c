#include "mod/persone/store.h"

#include "kit/db/test/support.h"
#include "kit/sys/vault.h"
#include "mod/enti/store.h"
#include "mod/persone/sql.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&utenti_schema, &enti_schema, &persone_schema,
                                                  NULL};

struct fixture {
    struct test_db db;
    struct cx *cx;
};

static void start(struct fixture *f)
{
    test_db_open(&f->db, schemas);
    f->cx = &f->db.cx;
    test_vault(&f->db);
}

static void finish(struct fixture *f)
{
    test_db_close(&f->db);
}

static bool save(struct cx *cx, void *data)
{
    return persona_save(cx, data);
}

static struct persona person(const char *cognome, const char *nome)
{
    return (struct persona){
        .cognome = cognome, .nome = nome, .nascita = DAY_NONE, .morte = DAY_NONE};
}

static void add(struct fixture *f, struct persona persona)
{
    test_write(&f->db, save, &persona);
}

/* Names found, in order, parted by commas. */
static const char *found(struct fixture *f, const char *query, size_t max)
{
    struct list list;
    test_read(&f->db);
    TEST_OK(f->cx, persona_search(f->cx, query, max, &list));
    const char *said = "";
    LIST_EACH (&list, struct persona_trovata, row) {
        said = arena_printf(f->cx->arena, "%s%s%s %s", said, said[0] != '\0' ? ", " : "",
                            row->cognome, row->nome);
    }
    test_read_end(&f->db);
    return said;
}

static void test_save_and_load(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct persona saved = person("D’Amèlio", "Nicolò");
    saved.nascita = day_of(2003, 2, 28);
    saved.codfis = "DMLNCL03B28A383W";
    saved.telefono = "0346 12345";
    test_write(&f.db, save, &saved);
    assert_true(saved.id.n != 0);
    assert_int_equal(saved.numero, 1);
    struct persona loaded;
    test_read(&f.db);
    TEST_OK(f.cx, persona_load(f.cx, saved.id, &loaded));
    test_read_end(&f.db);
    assert_string_equal(loaded.cognome, "D’Amèlio");
    assert_string_equal(loaded.codfis, "DMLNCL03B28A383W");
    assert_int_equal(loaded.nascita.n, saved.nascita.n);
    assert_null(loaded.email);
    assert_false(day_known(loaded.morte));
    /* another ambito does not see it */
    f.db.who.ambito = (struct id){2};
    test_read(&f.db);
    assert_false(persona_load(f.cx, saved.id, &loaded));
    assert_int_equal(f.cx->err.code, ERR_NOT_FOUND);
    test_read_end(&f.db);
    err_clear(&f.cx->err);
    assert_string_equal(found(&f, "amelio", 10), "");
    finish(&f);
}

static void test_second_editor_is_told(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct persona first = person("Rossi", "Maria");
    test_write(&f.db, save, &first);
    struct persona second = first;
    first.telefono = "035 111";
    test_write(&f.db, save, &first);
    assert_int_equal(first.versione, 2);
    second.telefono = "035 222";
    assert_int_equal(test_write_fails(&f.db, save, &second), ERR_CONFLICT);
    struct persona now;
    test_read(&f.db);
    TEST_OK(f.cx, persona_load(f.cx, first.id, &now));
    test_read_end(&f.db);
    assert_string_equal(now.telefono, "035 111");
    finish(&f);
}

static void people(struct fixture *f)
{
    struct persona mario = person("Rossi", "Mario");
    mario.telefono = "+39 346 1234567";
    mario.codfis = "RSSMRA80A01F205X";
    add(f, mario);
    add(f, person("Rossini", "Anna"));
    add(f, person("Bianchi", "Rosa"));
    add(f, person("De Luca", "Anna Maria"));
    add(f, person("D’Amèlio", "Nicolò"));
    struct persona kept = person("Rossi", "Riservata");
    kept.riservata = true;
    add(f, kept);
}

static void test_search(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    people(&f);
    assert_string_equal(found(&f, "ros", 10), "Rossi Mario, Rossini Anna, Bianchi Rosa");
    assert_string_equal(found(&f, "ros", 2), "Rossi Mario, Rossini Anna");
    assert_string_equal(found(&f, "mario rossi", 10), "Rossi Mario");
    assert_string_equal(found(&f, "ma ro", 10), "Rossi Mario");
    assert_string_equal(found(&f, "luca mar", 10), "De Luca Anna Maria");
    assert_string_equal(found(&f, "deluca", 10), "De Luca Anna Maria");
    assert_string_equal(found(&f, "NICOLO amelio", 10), "D’Amèlio Nicolò");
    assert_string_equal(found(&f, "d'amelio", 10), "D’Amèlio Nicolò");
    assert_string_equal(found(&f, "rssmra80a01f205x", 10), "Rossi Mario");
    assert_string_equal(found(&f, "3461234", 10), "Rossi Mario");
    assert_string_equal(found(&f, "346 12", 10), "Rossi Mario");
    assert_string_equal(found(&f, "2", 10), "Rossini Anna");
    assert_string_equal(found(&f, "", 10), "");
    assert_string_equal(found(&f, "%", 10), "");
    assert_string_equal(found(&f, "ros % _", 10), "Rossi Mario, Rossini Anna, Bianchi Rosa");
    assert_string_equal(found(&f, "riservata", 10), "");
    assert_string_equal(found(&f, "6", 10), "");
    finish(&f);
}

/* A number typed into the name as well is one word, not a clash. */
static void test_telephone_in_the_name(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct persona maria = person("Rossi 3461234567", "Maria");
    maria.telefono = "346 1234567";
    test_write(&f.db, save, &maria);
    assert_string_equal(found(&f, "3461234", 10), "Rossi 3461234567 Maria");
    maria.telefono = "346 7654321";
    test_write(&f.db, save, &maria);
    assert_string_equal(found(&f, "3467654", 10), "Rossi 3461234567 Maria");
    finish(&f);
}

static void test_new_name_is_found_and_old_is_not(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct persona bride = person("Verdi", "Giulia");
    test_write(&f.db, save, &bride);
    bride.cognome = "Neri";
    test_write(&f.db, save, &bride);
    assert_string_equal(found(&f, "verdi", 10), "");
    assert_string_equal(found(&f, "giulia ner", 10), "Neri Giulia");
    finish(&f);
}

static void test_similar(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    people(&f);
    struct persona asked = person("Mario", "Rossi");
    struct list list;
    test_read(&f.db);
    TEST_OK(f.cx, persona_similar(f.cx, &asked, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(LIST_ITEM(&list, struct persona_simile, 0)->perche, SIMILE_SCAMBIO);
    asked = person("Altra", "Persona");
    asked.codfis = "RSSMRA80A01F205X";
    TEST_OK(f.cx, persona_similar(f.cx, &asked, &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(LIST_ITEM(&list, struct persona_simile, 0)->perche, SIMILE_CODFIS);
    asked = person("Rossi", "Riservata");
    TEST_OK(f.cx, persona_similar(f.cx, &asked, &list));
    assert_int_equal(list.count, 0);
    test_read_end(&f.db);
    finish(&f);
}

struct join {
    struct componente componente;
    const char *reason;
};

static bool join(struct cx *cx, void *data)
{
    struct join *j = data;
    return nucleo_join(cx, &j->componente, &j->reason);
}

static bool leave(struct cx *cx, void *data)
{
    const struct componente *c = data;
    return nucleo_leave(cx, c->id, c->al);
}

static size_t living_with(struct fixture *f, struct id persona, struct day day)
{
    struct list list;
    test_read(&f->db);
    TEST_OK(f->cx, nucleo_at(f->cx, persona, day, &list));
    test_read_end(&f->db);
    return list.count;
}

static void test_household_on_a_date(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    struct persona mother = person("Rossi", "Maria");
    struct persona son = person("Verdi", "Luca");
    test_write(&f.db, save, &mother);
    test_write(&f.db, save, &son);
    struct join a = {{.persona = mother.id,
                      .parentela = "intestatario",
                      .dal = day_of(2000, 1, 1),
                      .al = DAY_NONE},
                     NULL};
    test_write(&f.db, join, &a);
    struct join b = {{.nucleo = a.componente.nucleo,
                      .persona = son.id,
                      .parentela = "figlio",
                      .dal = day_of(2010, 5, 1),
                      .al = DAY_NONE},
                     NULL};
    test_write(&f.db, join, &b);
    assert_null(b.reason);
    assert_int_equal(living_with(&f, mother.id, day_of(2009, 1, 1)), 1);
    assert_int_equal(living_with(&f, mother.id, day_of(2015, 1, 1)), 2);
    assert_int_equal(living_with(&f, son.id, day_of(2009, 1, 1)), 0);
    b.componente.al = day_of(2020, 1, 1);
    test_write(&f.db, leave, &b.componente);
    assert_int_equal(living_with(&f, mother.id, day_of(2020, 1, 1)), 1);
    struct join again = {{.persona = son.id,
                          .parentela = "intestatario",
                          .dal = day_of(2019, 12, 31),
                          .al = DAY_NONE},
                         NULL};
    test_write(&f.db, join, &again);
    assert_string_equal(again.reason, "persone.nucleo_altro");
    finish(&f);
}

struct correction {
    struct id id;
    struct componente right;
    bool never;
    const char *reason;
};

static bool correct(struct cx *cx, void *data)
{
    struct correction *c = data;
    return nucleo_correct(cx, c->id, c->never ? NULL : &c->right, &c->reason);
}

/* A correction speaks of the past too; what it corrects is kept, and holds no more. */
static void test_household_corrected(void **state)
{
    (void)state;
    struct fixture f;
    struct list facts;
    start(&f);
    struct persona maria = person("Rossi", "Maria");
    test_write(&f.db, save, &maria);
    struct join in = {{.persona = maria.id,
                       .parentela = "intestatario",
                       .dal = day_of(2010, 1, 1),
                       .al = DAY_NONE},
                      NULL};
    test_write(&f.db, join, &in);
    struct correction c = {.id = in.componente.id, .right = in.componente};
    c.right.dal = day_of(2005, 1, 1);
    test_write(&f.db, correct, &c);
    assert_null(c.reason);
    assert_int_equal(living_with(&f, maria.id, day_of(2006, 1, 1)), 1);
    assert_int_equal(test_write_fails(&f.db, correct, &c), ERR_NOT_FOUND);
    test_read(&f.db);
    TEST_OK(f.cx, nucleo_history(f.cx, maria.id, &facts));
    assert_int_equal(facts.count, 2);
    struct id now = LIST_ITEM(&facts, struct nucleo_fatto, 0)->id;
    if (LIST_ITEM(&facts, struct nucleo_fatto, 0)->corretto.us != 0)
        now = LIST_ITEM(&facts, struct nucleo_fatto, 1)->id;
    test_read_end(&f.db);
    c = (struct correction){.id = now, .right = c.right};
    c.right.al = day_of(2004, 1, 1);
    test_write(&f.db, correct, &c);
    assert_string_equal(c.reason, "persone.nucleo_date");
    c.never = true;
    test_write(&f.db, correct, &c);
    assert_int_equal(living_with(&f, maria.id, day_of(2012, 1, 1)), 0);
    finish(&f);
}

static void no_scan(struct fixture *f, const struct db_sql *statement, struct db_args args)
{
    const char *plan;
    TEST_OK(f->cx, db_plan(f->cx, statement, args, &plan));
    if (strstr(plan, "SCAN p") != NULL || strstr(plan, "Seq Scan on persona") != NULL)
        fail_msg("%s scans: %s", statement->name, plan);
    if (test_kind() == DB_SQLITE && strncmp(statement->name, "persona_page", 12) == 0 &&
        strstr(plan, "TEMP B-TREE") != NULL)
        fail_msg("%s sorts: %s", statement->name, plan);
}

static void test_plans(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    if (test_kind() == DB_POSTGRES) { /* a handful of rows is scanned whatever the indexes */
        finish(&f);
        return;
    }
    struct id ambito = {1}, user = {1};
    struct day day = f.cx->today;
    int64_t n = 20;
    test_read(&f.db);
    no_scan(&f, &persone_sql[SEARCH_CHIAVE], DB_ARGS(ambito, user, day, "ros", "rot", n));
    no_scan(&f, &persone_sql[SEARCH_CHIAVE2], DB_ARGS(ambito, user, day, "ros", "rot", n));
    no_scan(&f, &persone_sql[SEARCH_PAROLE],
            DB_ARGS(ambito, user, day, "ros", "rot", n, "%", "%", "%", "%", n));
    no_scan(&f, &persone_sql[PERSONA_COUNT], DB_ARGS(ambito, user, day));
    no_scan(&f, &persone_sql[SEARCH_COUNT], DB_ARGS(ambito, "ros", "rot", n));
    no_scan(&f, &persone_sql[SEARCH_NUMERO], DB_ARGS(ambito, user, day, n));
    struct persona_pagina pages[] = {
        {.ordine = ORDINE_COGNOME, .limit = 21},
        {.ordine = ORDINE_NUMERO, .limit = 21},
        {.ordine = ORDINE_NASCITA, .limit = 21},
        {.ordine = ORDINE_COGNOME, .comune = {5}, .limit = 21},
        {.ordine = ORDINE_COGNOME, .dopo = "rossi", .dopo_id = {9}, .limit = 21},
        {.ordine = ORDINE_NUMERO, .dopo = "9", .dopo_numero = 9, .limit = 21},
        {.ordine = ORDINE_NASCITA, .dopo = "rossi", .dopo_day = {9}, .limit = 21},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct db_query query;
        persona_page_query(f.cx, &pages[i], &query);
        no_scan(&f, db_query_sql(&query), db_query_args(&query));
    }
    test_read_end(&f.db);
    finish(&f);
}

static void test_list_pages_by_key(void **state)
{
    (void)state;
    struct fixture f;
    start(&f);
    people(&f);
    struct persona_pagina page = {.ordine = ORDINE_COGNOME, .limit = 3};
    struct list list;
    size_t seen = 0;
    test_read(&f.db);
    for (int i = 0; i < 4; i++) {
        TEST_OK(f.cx, persona_page(f.cx, &page, &list));
        seen += list.count;
        if (list.count == 0)
            break;
        const struct persona_trovata *last =
            LIST_ITEM(&list, struct persona_trovata, list.count - 1);
        page.dopo = last->chiave;
        page.dopo_id = last->id;
    }
    assert_int_equal(seen, 5); /* six people, one kept apart */
    int64_t count;
    TEST_OK(f.cx, persona_count(f.cx, &count));
    assert_int_equal(count, 5);
    test_read_end(&f.db);
    finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_save_and_load),
        cmocka_unit_test(test_second_editor_is_told),
        cmocka_unit_test(test_search),
        cmocka_unit_test(test_telephone_in_the_name),
        cmocka_unit_test(test_new_name_is_found_and_old_is_not),
        cmocka_unit_test(test_similar),
        cmocka_unit_test(test_household_on_a_date),
        cmocka_unit_test(test_household_corrected),
        cmocka_unit_test(test_plans),
        cmocka_unit_test(test_list_pages_by_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
