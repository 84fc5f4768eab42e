/* Running statements: rows to structs. */
#include "kit/db/db_impl.h"

#include <stdlib.h>
#include <string.h>

/* Which field each column fills. Names may come in any order; each exactly once. Found out once for
 * the fields, which are constant. */
static bool map_columns(struct cx *cx, struct db_stmt *stmt, const struct field *fields,
                        const char *name)
{
    size_t count = 0;
    if (stmt->mapped == fields)
        return true;
    while (fields[count].name)
        count++;
    stmt->mapped = NULL;
    bool seen[DB_MAX_COLUMNS] = {false};
    if (count > DB_MAX_COLUMNS)
        abort();
    for (int i = 0; i < stmt->columns; i++) {
        const char *column = stmt->conn->db->ops->column(stmt, i);
        const struct field *field = field_find(fields, column);
        if (!field)
            return FAIL(cx, ERR_INTERNAL, "%s: column \"%s\" has no field", name, column);
        if (seen[field - fields])
            return FAIL(cx, ERR_INTERNAL, "%s: column \"%s\" comes twice", name, column);
        stmt->map[i] = (int)(field - fields);
        seen[field - fields] = true;
    }
    for (size_t i = 0; i < count; i++)
        if (!seen[i])
            return FAIL(cx, ERR_INTERNAL, "%s: field \"%s\" has no column", name, fields[i].name);
    stmt->mapped = fields;
    return true;
}

static bool row_read(struct cx *cx, struct db_stmt *stmt, const struct field *fields, void *object)
{
    field_blank(fields, object);
    for (int i = 0; i < stmt->columns; i++) {
        const struct field *field = &fields[stmt->map[i]];
        struct db_cell cell = stmt->conn->db->ops->cell(stmt, i, field->type, cx->arena);
        if (!db_cell_set(cx, field, object, cell))
            return false;
    }
    return true;
}

static struct db_stmt *start_mapped(struct cx *cx, const struct db_sql *sql, struct db_args args,
                                    const struct field *fields, bool any_length)
{
    struct db_stmt *stmt =
        any_length ? db_stmt_start_long(cx, sql, args) : db_stmt_start(cx, sql, args);
    if (stmt && !map_columns(cx, stmt, fields, sql->name)) {
        db_stmt_stop(stmt);
        return NULL;
    }
    return stmt;
}

bool db_maybe(struct cx *cx, const struct db_sql *sql, struct db_args args,
              const struct field *fields, void *object, bool *found)
{
    *found = false;
    struct db_stmt *stmt = start_mapped(cx, sql, args, fields, false);
    if (!stmt)
        return false;
    enum db_step step = db_stmt_step(cx, stmt);
    bool ok = step != STEP_FAILED;
    if (step == STEP_ROW) {
        *found = true;
        ok = row_read(cx, stmt, fields, object);
        /* to the end: an INSERT ... RETURNING is done only then */
        if (ok) {
            step = db_stmt_step(cx, stmt);
            ok = step == STEP_DONE;
            if (step == STEP_ROW)
                FAIL(cx, ERR_INTERNAL, "%s: more than one row", sql->name);
        }
    }
    db_stmt_stop(stmt);
    return ok;
}

bool db_one(struct cx *cx, const struct db_sql *sql, struct db_args args,
            const struct field *fields, void *object)
{
    bool found;
    if (!db_maybe(cx, sql, args, fields, object, &found))
        return false;
    return found || FAIL(cx, ERR_NOT_FOUND, "%s: no row", sql->name);
}

/* Room for one more of `size` bytes, doubling. */
static void *list_more(struct arena *arena, struct list *list, size_t *room)
{
    if (list->count == *room) {
        size_t wider = *room ? *room * 2 : 16;
        char *items = arena_array(arena, wider, list->size);
        if (list->count)
            memcpy(items, list->items, list->count * list->size);
        list->items = items;
        *room = wider;
    }
    return (char *)list->items + list->count * list->size;
}

bool db_list(struct cx *cx, const struct db_sql *sql, struct db_args args,
             const struct field *fields, size_t size, size_t max, struct list *list)
{
    *list = (struct list){.size = size};
    struct db_stmt *stmt = start_mapped(cx, sql, args, fields, false);
    if (!stmt)
        return false;
    size_t room = 0;
    bool ok = true;
    enum db_step step;
    while (ok && (step = db_stmt_step(cx, stmt)) != STEP_DONE) {
        if (step == STEP_FAILED) {
            ok = false;
        } else if (list->count == max) {
            list->clipped = true;
            break;
        } else {
            ok = row_read(cx, stmt, fields, list_more(cx->arena, list, &room));
            list->count += ok;
        }
    }
    db_stmt_stop(stmt);
    return ok;
}

static void release_arena(void *arena)
{
    arena_release(arena);
}

/* Each row has an arena of its own; it hangs on the caller's, so that a jump out of `each` leaks
 * nothing. */
static bool each_row(struct cx *cx, struct db_stmt *stmt, const struct field *fields, size_t size,
                     bool (*each)(struct cx *cx, void *object, void *data), void *data)
{
    struct arena *outer = cx->arena;
    struct arena *inner = ARENA_NEW(outer, struct arena);
    void *object = arena_alloc(outer, size);
    arena_init(inner, outer->limit - outer->used);
    inner->escape = outer->escape;
    arena_hook(outer, release_arena, inner);
    enum db_step step;
    bool going = true;
    while (going && (step = db_stmt_step(cx, stmt)) == STEP_ROW) {
        cx->arena = inner;
        going = row_read(cx, stmt, fields, object) && each(cx, object, data);
        cx->arena = outer;
        arena_release(inner);
    }
    return cx->err.code == ERR_NONE;
}

bool db_each(struct cx *cx, const struct db_sql *sql, struct db_args args,
             const struct field *fields, size_t size,
             bool (*each)(struct cx *cx, void *object, void *data), void *data)
{
    struct db_stmt *stmt = start_mapped(cx, sql, args, fields, true);
    if (!stmt)
        return false;
    bool ok = each_row(cx, stmt, fields, size, each, data);
    db_stmt_stop(stmt);
    return ok;
}

static const struct field int_field[] = {{"value", FIELD_INT, 0}, FIELD_END};

bool db_int(struct cx *cx, const struct db_sql *sql, struct db_args args, int64_t *value)
{
    *value = INT_NONE;
    struct db_stmt *stmt = db_stmt_start(cx, sql, args);
    if (!stmt)
        return false;
    enum db_step step = db_stmt_step(cx, stmt);
    bool ok = step == STEP_ROW;
    if (step == STEP_DONE)
        FAIL(cx, ERR_NOT_FOUND, "%s: no row", sql->name);
    if (ok && stmt->columns != 1)
        ok = FAIL(cx, ERR_INTERNAL, "%s: one column was expected", sql->name);
    if (ok)
        ok = db_cell_set(cx, int_field, value,
                         stmt->conn->db->ops->cell(stmt, 0, FIELD_INT, cx->arena));
    if (ok)
        ok = db_stmt_step(cx, stmt) != STEP_FAILED;
    db_stmt_stop(stmt);
    return ok;
}

bool db_do(struct cx *cx, const struct db_sql *sql, struct db_args args, int64_t *changed)
{
    struct db_stmt *stmt = db_stmt_start(cx, sql, args);
    if (!stmt)
        return false;
    enum db_step step;
    do
        step = db_stmt_step(cx, stmt);
    while (step == STEP_ROW);
    if (step == STEP_DONE && changed)
        *changed = stmt->conn->db->ops->changed(stmt);
    db_stmt_stop(stmt);
    return step == STEP_DONE;
}

bool db_prepare_all(struct cx *cx, const struct db_registry *const *registries)
{
    for (; *registries; registries++)
        for (size_t i = 0; i < (*registries)->count; i++) {
            const struct db_sql *sql = &(*registries)->sql[i];
            struct err err = {0};
            if (!db_stmt_prepare(cx->db, sql, NULL, &err))
                return FAIL(cx, err.code, "%s: %s: %s", (*registries)->room, sql->name, err.text);
        }
    return true;
}
