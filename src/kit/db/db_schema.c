/* Creating a database and bringing an older one up to date, in one transaction. */
#include "kit/db/db_impl.h"

#include <string.h>

static const char step_table[] = "CREATE TABLE schema_step (room @TEXT NOT NULL, step @TEXT NOT "
                                 "NULL, applied @TIME NOT NULL, PRIMARY KEY (room, step)) @STRICT";

enum { ROOM_KNOWN, STEP_KNOWN, STEP_ADD };
static const struct db_sql sql[] = {
    [ROOM_KNOWN] = {"schema_room", "SELECT count(*) FROM schema_step WHERE room = $1"},
    [STEP_KNOWN] = {"schema_step",
                    "SELECT count(*) FROM schema_step WHERE room = $1 AND step = $2"},
    [STEP_ADD] = {"schema_add",
                  "INSERT INTO schema_step (room, step, applied) VALUES ($1, $2, $3)"},
};
static const char MODEL[] = "model"; /* the row that says: this room is here */

static bool step_add(struct cx *cx, const char *room, const char *step)
{
    return db_do(cx, &sql[STEP_ADD], DB_ARGS(room, step, cx->now), NULL);
}

static bool room_error(struct cx *cx, const char *room, const char *step)
{
    struct err cause = cx->err;
    err_clear(&cx->err);
    return FAIL(cx, cause.code, "schema of %s, %s: %.300s", room, step, cause.text);
}

/* A new room: today's schema; its steps count as done. */
static bool room_create(struct cx *cx, const struct db_schema *schema)
{
    if (!db_conn_exec(cx, schema->model))
        return room_error(cx, schema->room, MODEL);
    const char *only = schema->only[cx->db->db->kind];
    if (only && !db_conn_exec(cx, only))
        return room_error(cx, schema->room, MODEL);
    if (!step_add(cx, schema->room, MODEL))
        return false;
    for (const struct db_change *change = schema->changes; change && change->name; change++)
        if (!step_add(cx, schema->room, change->name))
            return false;
    return true;
}

static bool room_update(struct cx *cx, const struct db_schema *schema)
{
    for (const struct db_change *change = schema->changes; change && change->name; change++) {
        int64_t known;
        if (!db_int(cx, &sql[STEP_KNOWN], DB_ARGS(schema->room, change->name), &known))
            return false;
        if (known)
            continue;
        if (!db_conn_exec(cx, change->sql))
            return room_error(cx, schema->room, change->name);
        if (!step_add(cx, schema->room, change->name))
            return false;
    }
    return true;
}

static bool migrate(struct cx *cx, void *data)
{
    const struct db_schema *const *schemas = data;
    const struct db_sql tables = {"schema_tables", cx->db->db->ops->tables};
    int64_t known;
    if (!db_int(cx, &tables, DB_NO_ARGS, &known))
        return false;
    if (!known && !db_conn_exec(cx, step_table))
        return false;
    for (; *schemas; schemas++) {
        if (!db_int(cx, &sql[ROOM_KNOWN], DB_ARGS((*schemas)->room), &known))
            return false;
        if (!(known ? room_update(cx, *schemas) : room_create(cx, *schemas)))
            return false;
    }
    const char *walls = cx->db->db->ops->walls;
    return walls == NULL || db_conn_exec(cx, walls);
}

bool db_migrate(struct db *db, struct cx *cx, const struct db_schema *const *schemas)
{
    /* the writer's cast away const: migrate() only reads */
    union {
        const struct db_schema *const *in;
        void *out;
    } data = {.in = schemas};
    return db_write(db, cx, migrate, data.out);
}
