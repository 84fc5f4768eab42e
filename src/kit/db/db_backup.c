/* A copy of a SQLite database that is being written, and the check of a database. */
#include "kit/db/db_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COPY_PAGES = 256, PROBLEMS_MAX = 100 };

struct copy {
    const char *path; /* of the copy while it is not yet checked */
    sqlite3 *to;
    void (*progress)(int percent, void *data);
    void *data;
};

static bool lite_fail(struct cx *cx, const struct copy *copy, int code)
{
    return FAIL(cx, (code & 0xff) == SQLITE_FULL ? ERR_FULL : ERR_IO, "%s: %s", copy->path,
                sqlite3_errstr(code));
}

static int percent_of(sqlite3_backup *backup)
{
    int total = sqlite3_backup_pagecount(backup);
    return total ? (int)(100LL * (total - sqlite3_backup_remaining(backup)) / total) : 100;
}

/* The source is a reader's snapshot: a writer that commits meanwhile does not start it again. */
static bool copy_pages(struct cx *cx, struct copy *copy)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy->to, "main", cx->db->handle, "main");
    if (!backup)
        return lite_fail(cx, copy, sqlite3_extended_errcode(copy->to));
    int code;
    do {
        code = sqlite3_backup_step(backup, COPY_PAGES);
        if (copy->progress)
            copy->progress(percent_of(backup), copy->data);
    } while (code == SQLITE_OK);
    int finished = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE && finished == SQLITE_OK)
        return true;
    return lite_fail(cx, copy, code == SQLITE_DONE ? finished : code);
}

static int see_line(void *data, int count, char **values, char **names)
{
    (void)names;
    bool *sound = data;
    *sound = count == 1 && values[0] && strcmp(values[0], "ok") == 0;
    return 0;
}

/* One file without a log beside it; then the check that every page is whole. */
static bool copy_check(struct cx *cx, struct copy *copy)
{
    bool sound = false;
    int code = sqlite3_exec(copy->to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(copy->to, "PRAGMA integrity_check(1)", see_line, &sound, NULL);
    if (code != SQLITE_OK)
        return lite_fail(cx, copy, code);
    return sound || FAIL(cx, ERR_IO, "%s: the copy is damaged", copy->path);
}

static bool copy_make(struct cx *cx, struct copy *copy)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE;
    int file = open(copy->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return FAIL(cx, errno == ENOSPC ? ERR_FULL : ERR_IO, "%s: %s", copy->path, strerror(errno));
    close(file);
    int code = sqlite3_open_v2(copy->path, &copy->to, flags, NULL);
    bool ok = code == SQLITE_OK ? copy_pages(cx, copy) && copy_check(cx, copy)
                                : lite_fail(cx, copy, code);
    sqlite3_close(copy->to);
    return ok;
}

static bool synced(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    bool ok = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return ok;
}

static bool copy_name(struct cx *cx, const struct copy *copy, const char *path)
{
    const char *folder = dirname(arena_strdup(cx->arena, path));
    if (synced(copy->path, O_RDWR) && rename(copy->path, path) == 0 &&
        synced(folder, O_RDONLY | O_DIRECTORY))
        return true;
    return FAIL(cx, errno == ENOSPC ? ERR_FULL : ERR_IO, "%s: %s", path, strerror(errno));
}

bool db_backup(struct db *db, struct cx *cx, const char *path,
               void (*progress)(int percent, void *data), void *data)
{
    if (db->kind != DB_SQLITE)
        return FAIL(
            cx, ERR_INPUT,
            "una base PostgreSQL si copia con i suoi strumenti: vedi il manuale, PostgreSQL");
    struct db_conn *outer = cx->db;
    struct copy copy = {.path = arena_printf(cx->arena, "%s.in-corso-%ld", path, (long)getpid()),
                        .progress = progress,
                        .data = data};
    cx->db = NULL;
    bool ok = db_read_begin(db, cx);
    if (ok) {
        ok = copy_make(cx, &copy);
        db_read_end(cx);
    }
    cx->db = outer;
    ok = ok && copy_name(cx, &copy, path);
    if (!ok)
        unlink(copy.path);
    return ok;
}

static bool check_lines(struct cx *cx, const char *pragma, const char *heading,
                        const char **problems)
{
    const struct db_sql sql = {"db_check", pragma};
    struct db_stmt *stmt = db_stmt_start(cx, &sql, DB_NO_ARGS);
    if (!stmt)
        return false;
    enum db_step step;
    int count = 0;
    while ((step = db_stmt_step(cx, stmt)) == STEP_ROW && count < PROBLEMS_MAX) {
        struct db_cell cell = cx->db->db->ops->cell(stmt, 0, FIELD_TEXT, cx->arena);
        if (cell.kind == CELL_TEXT && cell.size == 2 && memcmp(cell.text, "ok", 2) == 0)
            continue;
        *problems = arena_printf(cx->arena, "%s%s%.*s\n", *problems ? *problems : "", heading,
                                 (int)cell.size, cell.text ? cell.text : "");
        count++;
    }
    db_stmt_stop(stmt);
    return step != STEP_FAILED;
}

/* PostgreSQL keeps its own checksums and foreign keys; what can be asked of it is that its indexes
 * are valid. */
bool db_check(struct cx *cx, const char **problems)
{
    *problems = NULL;
    if (cx->db->db->kind == DB_SQLITE)
        return check_lines(cx, "PRAGMA integrity_check(100)", "", problems) &&
               check_lines(cx, "PRAGMA foreign_key_check", "foreign key: ", problems);
    return check_lines(cx,
                       "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid "
                       "ORDER BY 1 LIMIT 100",
                       "invalid index: ", problems) &&
           check_lines(cx,
                       "SELECT conname::text FROM pg_constraint WHERE NOT convalidated "
                       "ORDER BY 1 LIMIT 100",
                       "constraint not validated: ", problems);
}
