/* The statements that open and close transactions, prepared once for each connection: parsing them
 * anew costs more than running them. */
#include "kit/db/db_impl.h"

#include <sqlite3.h>
#include <string.h>

static const char *const texts[DB_FIXED] = {
    "BEGIN",    "BEGIN IMMEDIATE",     "SELECT 1 FROM sqlite_schema LIMIT 1", "COMMIT",
    "ROLLBACK", "SAVEPOINT scrittura", "RELEASE SAVEPOINT scrittura",
};

int db_sqlite_fixed(struct db_conn *conn, const char *sql)
{
    size_t at = 0;
    conn->deadline = INT64_MAX; /* a commit is not stopped half-way */
    while (at < DB_FIXED && strcmp(texts[at], sql) != 0)
        at++;
    if (at == DB_FIXED)
        return sqlite3_exec(conn->handle, sql, NULL, NULL, NULL);
    sqlite3_stmt *stmt = conn->fixed[at];
    if (!stmt) {
        int code =
            sqlite3_prepare_v3(conn->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
        if (code != SQLITE_OK)
            return code;
        conn->fixed[at] = stmt;
    }
    int code = sqlite3_step(stmt);
    int last = sqlite3_reset(stmt);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : last;
}

void db_sqlite_forget(struct db_conn *conn)
{
    for (size_t i = 0; i < DB_FIXED; i++) {
        sqlite3_finalize(conn->fixed[i]);
        conn->fixed[i] = NULL;
    }
}
