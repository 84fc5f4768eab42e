#include "kit/db/test/support.h"

#include <string.h>

struct cosa {
    struct id id;
    int64_t numero;
    bool attivo;
    const char *nome;
    struct money importo;
    struct rate quota;
    struct day giorno;
    struct instant ora;
    struct minutes durata;
    struct bytes chiuso;
};
static const struct field cosa_fields[] = {FIELD(cosa, id),
                                           FIELD(cosa, numero),
                                           FIELD(cosa, attivo),
                                           FIELD(cosa, nome),
                                           FIELD(cosa, importo),
                                           FIELD(cosa, quota),
                                           FIELD(cosa, giorno),
                                           FIELD(cosa, ora),
                                           FIELD(cosa, durata),
                                           FIELD(cosa, chiuso),
                                           FIELD_END};

static const struct db_schema cosa_schema = {
    "cosa",
    "CREATE TABLE cosa (id @ID PRIMARY KEY, numero @INT, attivo @BOOL NOT NULL, nome @TEXT UNIQUE,"
    " importo @INT CHECK (importo < 100000000000), quota @TEXT, giorno @DAY, ora @TIME,"
    " durata @INT, chiuso @BLOB) @STRICT;"
    "CREATE TABLE parte (id @ID PRIMARY KEY, cosa @ID NOT NULL REFERENCES cosa (id)) @STRICT",
    NULL};
static const struct db_schema *const schemas[] = {&cosa_schema, NULL};

enum { ADD, LOAD, LIST, COUNT, BY_NAME, PART_ADD, WORSE, RENAME, SUM };
static const struct db_sql sql[] = {
    [ADD] = {"cosa_add", "INSERT INTO cosa (id, numero, attivo, nome, importo, quota, giorno, ora, "
                         "durata, chiuso) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"},
    [LOAD] = {"cosa_load", "SELECT chiuso, durata, ora, giorno, quota, importo, nome, attivo, "
                           "numero, id FROM cosa WHERE id = $1"},
    [LIST] = {"cosa_list", "SELECT id, numero, attivo, nome, importo, quota, giorno, ora, durata, "
                           "chiuso FROM cosa WHERE id > $2 AND numero >= $1 ORDER BY id"},
    [COUNT] = {"cosa_count", "SELECT count(*) FROM cosa"},
    [BY_NAME] = {"cosa_by_name", "SELECT id FROM cosa WHERE nome = $1 -- '@nothing' $9"},
    [PART_ADD] = {"parte_add", "INSERT INTO parte (id, cosa) VALUES ($1, $2)"},
    [WORSE] = {"cosa_worse", "SELECT id, nome AS altro FROM cosa"},
    [RENAME] = {"cosa_rename", "UPDATE cosa SET nome = $2 WHERE id = $1 RETURNING numero"},
    [SUM] = {"cosa_sum", "SELECT sum(importo) FROM cosa"},
};

static bool cosa_add(struct cx *cx, void *data)
{
    return db_do(cx, &sql[ADD], db_args_of(cx, cosa_fields, data), NULL);
}

static struct cosa cosa_of(int64_t id, const char *nome)
{
    struct cosa cosa;
    field_blank(cosa_fields, &cosa);
    cosa.id.n = id;
    cosa.nome = nome;
    cosa.numero = id;
    return cosa;
}

static struct cosa full(void)
{
    static const unsigned char bytes[] = {0, 255, '\'', '\\', 0};
    return (struct cosa){{INT64_MAX},
                         -5,
                         true,
                         "D’Amèlio 'N\\icolò' \"%s\" $1 @ID",
                         MONEY(-143003880),
                         {17, 94},
                         day_of(2025, 3, 10),
                         {INT64_C(1741593600123456)},
                         {150},
                         {bytes, sizeof bytes}};
}

static void assert_same(const struct cosa *a, const struct cosa *b)
{
    assert_int_equal(a->id.n, b->id.n);
    assert_int_equal(a->numero, b->numero);
    assert_int_equal(a->attivo, b->attivo);
    assert_string_equal(a->nome ? a->nome : "(null)", b->nome ? b->nome : "(null)");
    assert_int_equal(a->importo.cents, b->importo.cents);
    assert_int_equal(a->quota.num, b->quota.num);
    assert_int_equal(a->quota.den, b->quota.den);
    assert_int_equal(a->giorno.n, b->giorno.n);
    assert_int_equal(a->ora.us, b->ora.us);
    assert_int_equal(a->durata.n, b->durata.n);
    assert_int_equal(a->chiuso.size, b->chiuso.size);
    if (a->chiuso.size)
        assert_memory_equal(a->chiuso.data, b->chiuso.data, a->chiuso.size);
}

static void round_trip(struct test_db *t, struct cosa *in)
{
    struct cosa out;
    test_write(t, cosa_add, in);
    test_read(t);
    TEST_OK(&t->cx, db_one(&t->cx, &sql[LOAD], DB_ARGS(in->id), cosa_fields, &out));
    test_read_end(t);
    assert_same(in, &out);
    assert_int_equal(in->chiuso.data == NULL, out.chiuso.data == NULL);
}

static void test_types(void **state)
{
    (void)state;
    struct test_db t;
    test_db_open(&t, schemas);
    struct cosa cosa = full();
    round_trip(&t, &cosa);
    cosa = cosa_of(1, NULL);
    cosa.numero = INT_NONE;
    round_trip(&t, &cosa);
    cosa = cosa_of(2, "");
    cosa.chiuso = (struct bytes){(const unsigned char *)"", 0};
    cosa.giorno = DAY_MAX;
    cosa.importo = MONEY(0);
    cosa.durata.n = 0;
    round_trip(&t, &cosa);
    cosa = cosa_of(3, "giorno primo");
    cosa.giorno = DAY_MIN;
    cosa.numero = INT64_MAX;
    cosa.quota = RATE(1, 5);
    round_trip(&t, &cosa);
    test_db_close(&t);
}

static void test_rows(void **state)
{
    (void)state;
    struct test_db t;
    test_db_open(&t, schemas);
    for (int i = 1; i <= 30; i++) {
        struct cosa cosa = cosa_of(i, arena_printf(&t.arena, "cosa %d", i));
        cosa.importo = MONEY(i);
        test_write(&t, cosa_add, &cosa);
    }
    struct list list;
    struct cosa cosa;
    bool found;
    int64_t value;
    test_read(&t);
    TEST_OK(&t.cx, db_list(&t.cx, &sql[LIST], DB_ARGS(5, (struct id){3}), cosa_fields, sizeof cosa,
                           20, &list));
    assert_int_equal(list.count, 20);
    assert_true(list.clipped);
    assert_int_equal(LIST_ITEM(&list, struct cosa, 19)->id.n, 24);
    TEST_OK(&t.cx, db_list(&t.cx, &sql[LIST], DB_ARGS(1, (struct id){10}), cosa_fields, sizeof cosa,
                           20, &list));
    assert_int_equal(list.count, 20);
    assert_false(list.clipped);
    TEST_OK(&t.cx,
            db_maybe(&t.cx, &sql[LOAD], DB_ARGS((struct id){99}), cosa_fields, &cosa, &found));
    assert_false(found);
    TEST_OK(&t.cx, db_int(&t.cx, &sql[SUM], DB_NO_ARGS, &value));
    assert_int_equal(value, 465);
    TEST_OK(&t.cx, db_int(&t.cx, &sql[BY_NAME], DB_ARGS("cosa 7"), &value));
    assert_int_equal(value, 7);
    assert_false(db_one(&t.cx, &sql[LOAD], DB_ARGS((struct id){99}), cosa_fields, &cosa));
    assert_int_equal(t.cx.err.code, ERR_NOT_FOUND);
    err_clear(&t.cx.err);
    assert_false(db_list(&t.cx, &sql[WORSE], DB_NO_ARGS, cosa_fields, sizeof cosa, 9, &list));
    assert_int_equal(t.cx.err.code, ERR_INTERNAL);
    test_read_end(&t);
    test_db_close(&t);
}

static bool count_row(struct cx *cx, void *object, void *data)
{
    int64_t inner;
    const struct cosa *cosa = object;
    int64_t *seen = data;
    arena_alloc(cx->arena, 1 << 20); /* more than the arena of the test, if it were kept */
    if (!db_int(cx, &sql[BY_NAME], DB_ARGS(cosa->nome), &inner))
        return false;
    assert_int_equal(inner, cosa->id.n);
    return ++*seen < 500;
}

static bool many(struct cx *cx, void *data)
{
    (void)data;
    for (int i = 1; i <= 600; i++) {
        struct cosa cosa = cosa_of(i, arena_printf(cx->arena, "cosa %d", i));
        if (!cosa_add(cx, &cosa))
            return false;
    }
    return true;
}

static void test_each(void **state)
{
    (void)state;
    struct test_db t;
    test_db_open(&t, schemas);
    test_write(&t, many, NULL);
    int64_t seen = 0;
    test_read(&t);
    TEST_OK(&t.cx, db_each(&t.cx, &sql[LIST], DB_ARGS(1, ID_NONE.n), cosa_fields,
                           sizeof(struct cosa), count_row, &seen));
    test_read_end(&t);
    assert_int_equal(seen, 500);
    test_db_close(&t);
}

static bool part_add(struct cx *cx, void *data)
{
    (void)data;
    return db_do(cx, &sql[PART_ADD], DB_ARGS((struct id){1}, (struct id){77}), NULL);
}

/* Goes on after a failure, as a careless room might. */
static bool careless(struct cx *cx, void *data)
{
    struct cosa other = cosa_of(1000, "altra");
    if (!cosa_add(cx, data)) {
        err_clear(&cx->err);
        if (!cosa_add(cx, &other))
            err_clear(&cx->err);
    }
    return true;
}

static bool refuse(struct cx *cx, void *data)
{
    return cosa_add(cx, data) && false;
}

static void test_conflicts(void **state)
{
    (void)state;
    struct test_db t;
    test_db_open(&t, schemas);
    struct cosa cosa = cosa_of(1, "una");
    test_write(&t, cosa_add, &cosa);
    assert_int_equal(test_write_fails(&t, cosa_add, &cosa), ERR_CONFLICT);
    struct cosa same_name = cosa_of(2, "una");
    assert_int_equal(test_write_fails(&t, cosa_add, &same_name), ERR_CONFLICT);
    struct cosa rich = cosa_of(3, "ricca");
    rich.importo = MONEY(INT64_C(100000000000));
    assert_int_equal(test_write_fails(&t, cosa_add, &rich), ERR_CONFLICT);
    assert_int_equal(test_write_fails(&t, part_add, NULL), ERR_CONFLICT);
    assert_int_equal(test_write_fails(&t, careless, &cosa), ERR_INTERNAL);
    struct cosa refused = cosa_of(4, "rifiutata");
    assert_int_equal(test_write_fails(&t, refuse, &refused), ERR_NONE);
    int64_t value;
    test_read(&t);
    TEST_OK(&t.cx, db_int(&t.cx, &sql[COUNT], DB_NO_ARGS, &value));
    assert_int_equal(value, 1);
    test_read_end(&t);
    test_db_close(&t);
}

static void test_reader_does_not_write(void **state)
{
    (void)state;
    struct test_db t;
    test_db_open(&t, schemas);
    struct cosa cosa = cosa_of(1, "una");
    test_read(&t);
    assert_false(cosa_add(&t.cx, &cosa));
    test_read_end(&t);
    err_clear(&t.cx.err);
    test_db_close(&t);
}

static void test_snapshot(void **state)
{
    (void)state;
    struct test_db t;
    struct cx other;
    struct arena arena;
    struct chance chance;
    int64_t before, after;
    test_db_open(&t, schemas);
    test_cx(&t, &other, &arena, &chance, 2);
    assert_true(db_read_begin(t.db, &other));
    struct cosa cosa = cosa_of(1, "una");
    test_write(&t, cosa_add, &cosa);
    TEST_OK(&other, db_int(&other, &sql[COUNT], DB_NO_ARGS, &before));
    db_read_end(&other);
    assert_true(db_read_begin(t.db, &other));
    TEST_OK(&other, db_int(&other, &sql[COUNT], DB_NO_ARGS, &after));
    db_read_end(&other);
    assert_int_equal(before, 0);
    assert_int_equal(after, 1);
    arena_release(&arena);
    test_db_close(&t);
}

static bool change_and_return(struct cx *cx, void *data)
{
    (void)data;
    int64_t numero, changed;
    if (!db_int(cx, &sql[RENAME], DB_ARGS((struct id){1}, "nuova"), &numero) ||
        !db_do(cx, &sql[RENAME], DB_ARGS((struct id){1}, "nuovissima"), &changed))
        return false;
    assert_int_equal(numero, 1);
    assert_int_equal(changed, 1);
    return db_do(cx, &sql[RENAME], DB_ARGS((struct id){2}, "x"), &changed) && changed == 0;
}

static void test_query(void **state)
{
    (void)state;
    struct test_db t;
    test_db_open(&t, schemas);
    struct cosa cosa = cosa_of(1, "una");
    test_write(&t, cosa_add, &cosa);
    test_write(&t, change_and_return, NULL);
    struct db_query q;
    int64_t id;
    const char *plan;
    test_read(&t);
    db_query_start(&q, &t.cx, "cosa_cerca", "SELECT id FROM cosa WHERE numero = $1", DB_ARGS(1));
    db_query_add(&q, " AND nome >= $1 AND nome < $2", DB_ARGS("n", "o"));
    db_query_add(&q, " ORDER BY id LIMIT $1", DB_ARGS(10));
    assert_string_equal(db_query_sql(&q)->text, "SELECT id FROM cosa WHERE numero = $1 AND nome >= "
                                                "$2 AND nome < $3 ORDER BY id LIMIT $4");
    TEST_OK(&t.cx, db_int(&t.cx, db_query_sql(&q), db_query_args(&q), &id));
    assert_int_equal(id, 1);
    TEST_OK(&t.cx, db_plan(&t.cx, &sql[LOAD], DB_ARGS((struct id){1}), &plan));
    assert_non_null(strstr(plan, test_kind() == DB_SQLITE ? "SEARCH cosa USING INTEGER PRIMARY KEY"
                                                          : "cosa_pkey"));
    test_read_end(&t);
    test_db_close(&t);
}

static void test_statements(void **state)
{
    (void)state;
    struct test_db t;
    static const struct db_registry good = {"cosa", sql, sizeof sql / sizeof *sql};
    static const struct db_sql wrong[] = {{"cosa_wrong", "SELECT nulla FROM cosa"}};
    static const struct db_registry bad = {"cosa", wrong, 1};
    test_db_open(&t, schemas);
    test_read(&t);
    TEST_OK(&t.cx, db_prepare_all(&t.cx, (const struct db_registry *const[]){&good, NULL}));
    assert_false(db_prepare_all(&t.cx, (const struct db_registry *const[]){&bad, NULL}));
    assert_non_null(strstr(t.cx.err.text, "cosa_wrong"));
    test_read_end(&t);
    test_db_close(&t);
}

/* ---- the wall between ambiti ------------------------------------------------------------- */

static const struct db_schema muro_schema = {
    "muro", "CREATE TABLE muro (id @ID PRIMARY KEY, ambito @ID NOT NULL) @STRICT", NULL};
static const struct db_schema *const muro_schemas[] = {&muro_schema, NULL};
static const struct db_sql muro_add = {"muro_add", "INSERT INTO muro VALUES ($1, $2)"};
static const struct db_sql muro_count = {"muro_count", "SELECT count(*) FROM muro"};

static bool wall_add(struct cx *cx, void *data)
{
    const int64_t *row = data;
    return db_do(cx, &muro_add, DB_ARGS(row[0], row[1]), NULL);
}

static int64_t wall_seen(struct test_db *t, int64_t ambito)
{
    int64_t count;
    t->who.ambito.n = ambito;
    test_read(t);
    TEST_OK(&t->cx, db_int(&t->cx, &muro_count, DB_NO_ARGS, &count));
    test_read_end(t);
    return count;
}

/* A statement that forgot its ambito reads nothing of another's, and writes nothing there. */
static void test_wall(void **state)
{
    (void)state;
    struct test_db t;
    int64_t own[] = {10, 1}, other[] = {11, 2};
    test_db_open(&t, muro_schemas);
    if (test_kind() == DB_SQLITE) { /* one wall: the statements' own */
        test_db_close(&t);
        return;
    }
    test_write(&t, wall_add, own);
    assert_int_equal(test_write_fails(&t, wall_add, other), ERR_INTERNAL);
    t.who.ambito.n = 2;
    test_write(&t, wall_add, other);
    assert_int_equal(wall_seen(&t, 1), 1);
    assert_int_equal(wall_seen(&t, 3), 0);
    assert_int_equal(wall_seen(&t, 0), 2); /* nobody's: before a login */
    test_db_close(&t);
}

/* A second program on the same database is refused, wherever its data folder lies. */
static void test_only_one(void **state)
{
    (void)state;
    struct test_db t;
    struct db *second;
    struct err err = {0};
    test_db_open(&t, muro_schemas);
    if (test_kind() == DB_POSTGRES) {
        assert_false(db_open(&second, t.where, false, &err));
        assert_int_equal(err.code, ERR_BUSY);
        assert_non_null(strstr(err.text, "già usata da un altro Zonale"));
    }
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),    cmocka_unit_test(test_rows),
        cmocka_unit_test(test_each),     cmocka_unit_test(test_conflicts),
        cmocka_unit_test(test_snapshot), cmocka_unit_test(test_reader_does_not_write),
        cmocka_unit_test(test_query),    cmocka_unit_test(test_statements),
        cmocka_unit_test(test_wall),     cmocka_unit_test(test_only_one),
    };
    return cmocka_run_group_tests_name("kit/db", tests, NULL, NULL);
}
