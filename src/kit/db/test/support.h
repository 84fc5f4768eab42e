/* What tests of rooms with a store need: a fresh database and a call context.
 *
 *     struct test_db t;
 *     test_db_open(&t, schemas);           // engine of ZONALE_TEST_DB; sqlite when it is not set
 *     test_write(&t, work, data);          // asserts that it was committed
 *     test_read(&t); ... db_one(&t.cx, ...); test_read_end(&t);
 *     test_db_close(&t);                   // and everything is removed
 *
 * The chance is seeded and the clock stands at 2025-03-10 09:00 in Rome: the same ids every run.
 */
#ifndef ZONALE_KIT_DB_TEST_SUPPORT_H
#define ZONALE_KIT_DB_TEST_SUPPORT_H

#include "base/test/check.h"
#include "kit/db/db.h"
#include "kit/sys/vault.h"

struct test_db {
    struct db *db;
    struct cx cx;       /* no database open in it; who = the one below */
    struct who who;     /* ambito 1, utente 1, ente 1; change what you need */
    struct arena arena; /* 256 MiB at most */
    struct chance chance;
    char where[400];     /* for db_open */
    char folder[200];    /* an empty folder of this test, removed at the end */
    char base[64];       /* PostgreSQL: name of the database */
    struct vault *vault; /* of test_vault, closed at the end */
};

/* `schemas` NULL: nothing is created. Fails the test when something goes wrong. */
void test_db_open(struct test_db *test, const struct db_schema *const *schemas);
void test_db_close(struct test_db *test);
/* A vault with a new key in the folder; from then on cx.vault. */
void test_vault(struct test_db *test);
/* Closes and opens the same database again. */
void test_db_reopen(struct test_db *test);
/* Another context on the same database, for a thread: release its arena yourself. */
void test_cx(struct test_db *test, struct cx *cx, struct arena *arena, struct chance *chance,
             uint64_t seed);

void test_write(struct test_db *test, db_work *work, void *data);
/* The code with which it failed. */
enum err_code test_write_fails(struct test_db *test, db_work *work, void *data);
void test_read(struct test_db *test);
void test_read_end(struct test_db *test);
/* cx->err as text when `ok` is false. */
void test_ok(struct cx *cx, bool ok, const char *file, int line);
#define TEST_OK(cx, call) test_ok((cx), (call), __FILE__, __LINE__)

enum db_kind test_kind(void);

/* Tables, columns, keys and indexes as sorted lines: equal for equal schemas, however they came
 * about. Without the table of the steps. Call between test_read and test_read_end. */
const char *test_schema_text(struct test_db *test);
/* A room's model for a new database and `first` (its schema before every change) with the changes
 * must come to the same. */
void test_schema_both_ways(const struct db_schema *const *needs, const struct db_schema *room,
                           const char *first);

#endif
