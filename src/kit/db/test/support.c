#include "kit/db/test/support.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TEST_ARENA = 256 << 20 };

enum db_kind test_kind(void)
{
    const char *engine = getenv("ZONALE_TEST_DB");
    return engine && strcmp(engine, "postgresql") == 0 ? DB_POSTGRES : DB_SQLITE;
}

void test_ok(struct cx *cx, bool ok, const char *file, int line)
{
    if (ok)
        return;
    fprintf(stderr, "%s:%d: error %d: %s\n", file, line, (int)cx->err.code, cx->err.text);
    fail();
}

/* A statement on the cluster's own database, outside of any transaction. */
static void cluster_do(const char *before, const char *name, const char *after)
{
    const char *cluster = getenv("ZONALE_TEST_PG");
    if (!cluster)
        fail_msg("ZONALE_TEST_PG is not set: run under script/with-postgres");
    char sql[300], where[400];
    snprintf(where, sizeof where, "%s dbname=postgres", cluster);
    snprintf(sql, sizeof sql, "%s %s %s", before, name, after);
    PGconn *conn = PQconnectdb(where);
    PGresult *result = PQexec(conn, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
}

static void place_sqlite(struct test_db *test)
{
    snprintf(test->where, sizeof test->where, "%s/zonale.db", test->folder);
}

static void place_postgres(struct test_db *test)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(test->base, sizeof test->base, "zt_%ld_%lx_%lx", (long)getpid(), (long)now.tv_sec,
             (long)now.tv_nsec);
    cluster_do("CREATE DATABASE", test->base, "TEMPLATE template0 ENCODING 'UTF8'");
    snprintf(test->where, sizeof test->where, "%s dbname=%s", getenv("ZONALE_TEST_PG"), test->base);
}

void test_cx(struct test_db *test, struct cx *cx, struct arena *arena, struct chance *chance,
             uint64_t seed)
{
    arena_init(arena, TEST_ARENA);
    *chance = (struct chance){0};
    chance_seed(chance, seed);
    struct day day = day_of(2025, 3, 10);
    struct instant now = {instant_of_day(day).us + (int64_t)9 * 3600 * 1000000};
    *cx = (struct cx){.arena = arena,
                      .who = &test->who,
                      .chance = chance,
                      .now = now,
                      .today = day,
                      .request = "prova"};
}

void test_db_open(struct test_db *test, const struct db_schema *const *schemas)
{
    *test = (struct test_db){
        .who = {.utente = {1}, .ente = {1}, .ambito = {1}, .nome = "Prova Utente"}};
    snprintf(test->folder, sizeof test->folder, "%s/zonale-prova-XXXXXX",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(test->folder));
    if (test_kind() == DB_POSTGRES)
        place_postgres(test);
    else
        place_sqlite(test);
    test_cx(test, &test->cx, &test->arena, &test->chance, 1);
    TEST_OK(&test->cx, db_open(&test->db, test->where, true, &test->cx.err));
    if (schemas)
        TEST_OK(&test->cx, db_migrate(test->db, &test->cx, schemas));
}

void test_vault(struct test_db *test)
{
    const char *key = arena_printf(&test->arena, "%s/chiave", test->folder);
    TEST_OK(&test->cx, vault_open(&test->vault, key, true, &test->cx.err));
    test->cx.vault = test->vault;
}

void test_db_reopen(struct test_db *test)
{
    db_close(test->db);
    TEST_OK(&test->cx, db_open(&test->db, test->where, false, &test->cx.err));
}

static int remove_one(const char *path, const struct stat *stat, int flag, struct FTW *ftw)
{
    (void)stat;
    (void)flag;
    (void)ftw;
    return remove(path);
}

void test_db_close(struct test_db *test)
{
    db_close(test->db);
    if (test->vault != NULL)
        vault_close(test->vault);
    arena_release(&test->arena);
    if (*test->base)
        cluster_do("DROP DATABASE IF EXISTS", test->base, "WITH (FORCE)");
    nftw(test->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void test_write(struct test_db *test, db_work *work, void *data)
{
    err_clear(&test->cx.err);
    TEST_OK(&test->cx, db_write(test->db, &test->cx, work, data));
}

enum err_code test_write_fails(struct test_db *test, db_work *work, void *data)
{
    err_clear(&test->cx.err);
    if (db_write(test->db, &test->cx, work, data))
        fail_msg("the write should have failed");
    enum err_code code = test->cx.err.code;
    err_clear(&test->cx.err);
    return code;
}

void test_read(struct test_db *test)
{
    err_clear(&test->cx.err);
    TEST_OK(&test->cx, db_read_begin(test->db, &test->cx));
}

void test_read_end(struct test_db *test)
{
    db_read_end(&test->cx);
}
