#include "kit/db/test/support.h"

#include "mod/enti/store.h"

#include <stdio.h>
#include <string.h>

static const struct db_schema *const schemas[] = {&enti_schema, NULL};

static bool fill(struct cx *cx, void *data)
{
    struct test_db *t = data;

    return ambito_create(cx, "VS", "Ambito Valle Seriana", &t->who.ambito) && enti_demo(cx);
}

static void open_filled(struct test_db *t)
{
    test_db_open(t, schemas);
    test_write(t, fill, t);
}

static void statements_are_prepared(void **state)
{
    static const struct db_registry *const registries[] = {&enti_registry, NULL};
    struct test_db t;

    (void)state;
    test_db_open(&t, schemas);
    test_read(&t);
    TEST_OK(&t.cx, db_prepare_all(&t.cx, registries));
    test_read_end(&t);
    test_db_close(&t);
}

static void demonstration_adds_up(void **state)
{
    struct test_db t;
    struct list list;
    struct popolazione figure;
    int64_t people = 0;
    bool found;

    (void)state;
    open_filled(&t);
    test_read(&t);
    TEST_OK(&t.cx, ente_list(&t.cx, "comune", &list));
    assert_int_equal(list.count, 24);
    LIST_EACH (&list, struct ente, ente) {
        TEST_OK(&t.cx, popolazione_at(&t.cx, ente->id, 2025, &figure, &found));
        assert_true(found);
        people += figure.abitanti;
    }
    assert_int_equal(people, 41814);
    TEST_OK(&t.cx, ente_list(&t.cx, "unione", &list));
    assert_int_equal(list.count, 2);
    TEST_OK(&t.cx, store_ente_paid_by(&t.cx, LIST_ITEM(&list, struct ente, 1)->id, &list));
    assert_int_equal(list.count, 5);
    assert_string_equal(LIST_ITEM(&list, struct ente, 0)->nome, "Cerete");
    TEST_OK(&t.cx,
            popolazione_at(&t.cx, LIST_ITEM(&list, struct ente, 0)->id, 2022, &figure, &found));
    assert_false(found);
    test_read_end(&t);
    test_db_close(&t);
}

static bool fill_again(struct cx *cx, void *data)
{
    (void)data;
    return enti_demo(cx);
}

static void import_twice_changes_nothing(void **state)
{
    struct test_db t;
    struct list list;

    (void)state;
    open_filled(&t);
    test_write(&t, fill_again, NULL);
    test_read(&t);
    TEST_OK(&t.cx, ente_list(&t.cx, NULL, &list));
    assert_int_equal(list.count, 1 + 2 + 24);
    TEST_OK(&t.cx, servizio_list(&t.cx, &list));
    assert_int_equal(list.count, 7);
    test_read_end(&t);
    test_db_close(&t);
}

struct attempt {
    char text[512];
    char why[480];
};

static bool import_text(struct cx *cx, void *data)
{
    struct attempt *attempt = data;
    bool done = enti_import(cx, "prova.tsv", attempt->text, 2024);

    snprintf(attempt->why, sizeof attempt->why, "%s", cx->err.text);
    return done;
}

static void bad_rows_are_named(void **state)
{
    static const char head[] =
        "istat\tbelfiore\tnome\tsotto_ambito\tpaga\tabitanti\tover65\tfamiglie\n";
    static const struct {
        const char *row, *want;
    } cases[] = {
        {"016077\tC800\tClusone\t\t\tmolti\t1\t1\n",
         "prova.tsv, riga 2, abitanti: non è un numero"},
        {"016077\tC800\tClusone\t\t\t5\t6\t1\n", "prova.tsv, riga 2, abitanti: mancano"},
        {"16077\tC800\tClusone\t\t\t5\t1\t1\n", "prova.tsv, riga 2, codice: Il codice ISTAT"},
        {"016077\tC8\tClusone\t\t\t5\t1\t1\n", "prova.tsv, riga 2, belfiore: Il codice catastale"},
        {"016077\tC800\t\t\t\t5\t1\t1\n", "prova.tsv, riga 2, nome: Il nome"},
    };
    struct test_db t;
    struct list list;

    (void)state;
    test_db_open(&t, schemas);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct attempt attempt;

        snprintf(attempt.text, sizeof attempt.text, "%s%s", head, cases[i].row);
        assert_int_equal(test_write_fails(&t, import_text, &attempt), ERR_INPUT);
        if (strncmp(attempt.why, cases[i].want, strlen(cases[i].want)) != 0)
            fail_msg("%s, wanted %s", attempt.why, cases[i].want);
    }
    test_read(&t);
    TEST_OK(&t.cx, ente_list(&t.cx, NULL, &list));
    assert_int_equal(list.count, 0);
    test_read_end(&t);
    test_db_close(&t);
}

static void list_pages_by_key(void **state)
{
    struct enti_filtro filter = {.tipo = "comune"};
    const char *after = NULL, *last = "";
    struct test_db t;
    struct list rows;
    size_t seen = 0;

    (void)state;
    open_filled(&t);
    test_read(&t);
    for (int page = 0; page < 6; page++) {
        char text[ID_TEXT];

        TEST_OK(&t.cx, store_ente_rows(&t.cx, &filter, after, 5, &rows));
        LIST_EACH (&rows, struct ente_riga, row) {
            assert_true(strcmp(row->chiave, last) > 0);
            last = row->chiave;
            after = arena_printf(&t.arena, "%s|%s", row->chiave, id_text(row->id, text));
            seen++;
        }
    }
    assert_int_equal(seen, 24);
    filter = (struct enti_filtro){.cerca = "VILL"};
    TEST_OK(&t.cx, store_ente_rows(&t.cx, &filter, NULL, 21, &rows));
    assert_int_equal(rows.count, 1);
    assert_string_equal(LIST_ITEM(&rows, struct ente_riga, 0)->nome, "Villa d'Ogna");
    assert_int_equal(LIST_ITEM(&rows, struct ente_riga, 0)->abitanti, 1779);
    filter = (struct enti_filtro){.sotto_ambito = "Valle di Scalve"};
    TEST_OK(&t.cx, store_ente_rows(&t.cx, &filter, NULL, 21, &rows));
    assert_int_equal(rows.count, 5);
    assert_false(store_ente_rows(&t.cx, &filter, "guasto", 21, &rows));
    err_clear(&t.cx.err);
    test_read_end(&t);
    test_db_close(&t);
}

static void another_ambito_sees_nothing(void **state)
{
    struct test_db t;
    struct list list;
    struct ente ente;
    struct id clusone;
    bool found;

    (void)state;
    open_filled(&t);
    test_read(&t);
    TEST_OK(&t.cx, ente_by_code(&t.cx, "016077", &ente, &found));
    assert_true(found);
    clusone = ente.id;
    t.who.ambito.n++;
    TEST_OK(&t.cx, ente_list(&t.cx, NULL, &list));
    assert_int_equal(list.count, 0);
    TEST_OK(&t.cx, ente_by_code(&t.cx, "016077", &ente, &found));
    assert_false(found);
    assert_false(ente_load(&t.cx, clusone, &ente));
    assert_int_equal(t.cx.err.code, ERR_NOT_FOUND);
    err_clear(&t.cx.err);
    test_read_end(&t);
    test_db_close(&t);
}

static bool pays_in_chain(struct cx *cx, void *data)
{
    enum ente_fault *fault = data;
    struct ente cerete, onore;
    bool found;

    if (!ente_by_code(cx, "016071", &cerete, &found) || !ente_by_code(cx, "016149", &onore, &found))
        return false;
    onore.paga_per = cerete.id;
    return ente_save(cx, &onore, fault);
}

static void nobody_pays_through_a_third(void **state)
{
    enum ente_fault fault = ENTE_OK;
    struct test_db t;

    (void)state;
    open_filled(&t);
    test_write(&t, pays_in_chain, &fault);
    assert_int_equal(fault, ENTE_PAGA_CATENA);
    test_db_close(&t);
}

static void lists_use_an_index(void **state)
{
    struct test_db t;
    const char *plan;

    (void)state;
    if (test_kind() != DB_SQLITE)
        return; /* PostgreSQL scans tables as small as these whatever indexes they have */
    test_db_open(&t, schemas);
    test_read(&t);
    for (size_t i = 0; i < enti_registry.count; i++) {
        const struct db_sql *sql = &enti_registry.sql[i];

        if (strncmp(sql->text, "SELECT", 6) != 0 || strcmp(sql->name, "ambito_first") == 0)
            continue;
        struct db_args args = DB_ARGS((int64_t)1, (int64_t)1, (int64_t)1);
        args.count = strstr(sql->text, "$3") ? 3 : 2;
        TEST_OK(&t.cx, db_plan(&t.cx, sql, args, &plan));
        if (strstr(plan, "SCAN") != NULL || strstr(plan, "TEMP B-TREE") != NULL)
            fail_msg("%s: %s", sql->name, plan);
    }
    test_read_end(&t);
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_are_prepared),
        cmocka_unit_test(demonstration_adds_up),
        cmocka_unit_test(import_twice_changes_nothing),
        cmocka_unit_test(bad_rows_are_named),
        cmocka_unit_test(list_pages_by_key),
        cmocka_unit_test(another_ambito_sees_nothing),
        cmocka_unit_test(nobody_pays_through_a_third),
        cmocka_unit_test(lists_use_an_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
