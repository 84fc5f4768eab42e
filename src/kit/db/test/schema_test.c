#include "kit/db/test/support.h"

#include <string.h>

static const char first[] =
    "CREATE TABLE albero (id @ID PRIMARY KEY, nome @TEXT NOT NULL UNIQUE) @STRICT;"
    "CREATE TABLE ramo (id @ID PRIMARY KEY, albero @ID NOT NULL REFERENCES albero (id)) @STRICT";
static const struct db_change changes[] = {
    {"0002_altezza", "ALTER TABLE albero ADD COLUMN altezza @INT;"
                     "CREATE INDEX albero_altezza ON albero (altezza, id)"},
    {"0003_foglia",
     "CREATE TABLE foglia (id @ID PRIMARY KEY, ramo @ID NOT NULL REFERENCES ramo (id)) @STRICT"},
    {NULL, NULL}};
static const struct db_schema albero = {
    "albero",
    "CREATE TABLE albero (id @ID PRIMARY KEY, nome @TEXT NOT NULL UNIQUE, altezza @INT) @STRICT;"
    "CREATE INDEX albero_altezza ON albero (altezza, id);"
    "CREATE TABLE ramo (id @ID PRIMARY KEY, albero @ID NOT NULL REFERENCES albero (id)) @STRICT;"
    "CREATE TABLE foglia (id @ID PRIMARY KEY, ramo @ID NOT NULL REFERENCES ramo (id)) @STRICT",
    changes};
static const struct db_schema *const schemas[] = {&albero, NULL};

static void test_both_ways(void **state)
{
    (void)state;
    test_schema_both_ways(NULL, &albero, first);
}

/* The comparison itself must see a difference. */
static void test_difference_is_seen(void **state)
{
    (void)state;
    static const struct db_change none[] = {{NULL, NULL}};
    static const struct db_schema old = {"albero", first, none};
    static const struct db_schema *const olds[] = {&old, NULL};
    struct test_db a, b;
    test_db_open(&a, olds);
    test_db_open(&b, schemas);
    test_read(&a);
    test_read(&b);
    assert_string_not_equal(test_schema_text(&a), test_schema_text(&b));
    test_read_end(&a);
    test_read_end(&b);
    test_db_close(&a);
    test_db_close(&b);
}

static void test_twice_and_after_reopening(void **state)
{
    (void)state;
    struct test_db t;
    test_db_open(&t, schemas);
    TEST_OK(&t.cx, db_migrate(t.db, &t.cx, schemas));
    test_db_reopen(&t);
    TEST_OK(&t.cx, db_migrate(t.db, &t.cx, schemas));
    test_db_close(&t);
}

/* A step that fails leaves nothing of the steps before it. */
static void test_all_or_nothing(void **state)
{
    (void)state;
    static const struct db_change bad[] = {
        {"0002_buona", "ALTER TABLE albero ADD COLUMN altezza @INT"},
        {"0003_guasta", "CREATE TABLE albero (id @ID)"},
        {NULL, NULL}};
    static const struct db_change none[] = {{NULL, NULL}};
    static const struct db_schema before = {"albero", first, none};
    static const struct db_schema after = {"albero", first, bad};
    static const struct db_schema *const befores[] = {&before, NULL}, *const afters[] = {&after,
                                                                                         NULL};
    struct test_db t;
    test_db_open(&t, befores);
    test_read(&t);
    const char *was = test_schema_text(&t);
    test_read_end(&t);
    assert_false(db_migrate(t.db, &t.cx, afters));
    assert_non_null(strstr(t.cx.err.text, "0003_guasta"));
    test_read(&t);
    assert_string_equal(was, test_schema_text(&t));
    test_read_end(&t);
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_ways),
        cmocka_unit_test(test_difference_is_seen),
        cmocka_unit_test(test_twice_and_after_reopening),
        cmocka_unit_test(test_all_or_nothing),
    };
    return cmocka_run_group_tests_name("kit/db schema", tests, NULL, NULL);
}
