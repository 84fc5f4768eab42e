#include "kit/db/test/support.h"

#include <string.h>

struct line {
    const char *line;
};
static const struct field line_fields[] = {FIELD(line, line), FIELD_END};

static const struct db_sql sqlite_schema[] = {
    {"test_columns",
     "SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || "
     "coalesce(c.dflt_value, '-') || ' ' || c.pk AS line FROM sqlite_schema m, "
     "pragma_table_xinfo(m.name) c WHERE m.type IN ('table', 'view') AND m.name <> "
     "'schema_step' ORDER BY 1"},
    {"test_indexes", "SELECT m.name || ' ' || i.\"unique\" || ' ' || i.origin || ' ' || "
                     "coalesce(x.name, '?') || ' ' || x.desc || ' ' || x.seqno || ' ' || i.partial "
                     "AS line FROM sqlite_schema m, pragma_index_list(m.name) i, "
                     "pragma_index_xinfo(i.name) x WHERE m.type = 'table' AND m.name <> "
                     "'schema_step' AND x.key = 1 ORDER BY 1"},
    {"test_keys", "SELECT m.name || ' ' || f.\"from\" || ' ' || f.\"table\" || ' ' || "
                  "coalesce(f.\"to\", '-') || ' ' || f.on_delete || ' ' || f.on_update AS line "
                  "FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' "
                  "ORDER BY 1"},
    {"test_triggers", "SELECT name || ' ' || tbl_name || ' ' || sql AS line FROM sqlite_schema "
                      "WHERE type IN ('trigger', 'view') ORDER BY 1"},
};
static const struct db_sql postgres_schema[] = {
    {"test_columns", "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || "
                     "is_nullable || ' ' || coalesce(column_default, '-') || ' ' || "
                     "coalesce(collation_name, '-') AS line FROM information_schema.columns WHERE "
                     "table_schema = current_schema() AND table_name <> 'schema_step' ORDER BY 1"},
    {"test_indexes", "SELECT tablename || ' ' || indexdef AS line FROM pg_indexes WHERE schemaname "
                     "= current_schema() AND tablename <> 'schema_step' ORDER BY 1"},
    {"test_keys", "SELECT conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) AS line "
                  "FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND "
                  "conrelid <> 'schema_step'::regclass ORDER BY 1"},
    {"test_triggers",
     "SELECT pg_get_triggerdef(oid) AS line FROM pg_trigger WHERE NOT tgisinternal "
     "ORDER BY 1"},
};

const char *test_schema_text(struct test_db *test)
{
    const struct db_sql *sql = test_kind() == DB_SQLITE ? sqlite_schema : postgres_schema;
    const char *text = "";
    for (size_t i = 0; i < 4; i++) {
        struct list lines;
        TEST_OK(&test->cx, db_list(&test->cx, &sql[i], DB_NO_ARGS, line_fields, sizeof(struct line),
                                   5000, &lines));
        LIST_EACH (&lines, struct line, line) {
            text = arena_printf(&test->arena, "%s%s\n", text, line->line);
        }
    }
    return text;
}

enum { ROOMS_MAX = 32 };

static const char *schema_after(const struct db_schema *const *needs, const struct db_schema *first,
                                const struct db_schema *then, struct arena *arena)
{
    const struct db_schema *schemas[ROOMS_MAX + 2] = {NULL};
    struct test_db t;
    size_t count = 0;
    while (needs && needs[count] && count < ROOMS_MAX) {
        schemas[count] = needs[count];
        count++;
    }
    schemas[count] = first;
    test_db_open(&t, schemas);
    schemas[count] = then;
    TEST_OK(&t.cx, db_migrate(t.db, &t.cx, schemas));
    test_read(&t);
    const char *text = arena_strdup(arena, test_schema_text(&t));
    test_read_end(&t);
    test_db_close(&t);
    return text;
}

void test_schema_both_ways(const struct db_schema *const *needs, const struct db_schema *room,
                           const char *first)
{
    static const struct db_change none[] = {{NULL, NULL}};
    struct arena arena;
    arena_init(&arena, 16 << 20);
    struct db_schema old = {room->room, first, none};
    const char *today = schema_after(needs, room, room, &arena);
    const char *grown = schema_after(needs, &old, room, &arena);
    assert_true(strlen(today) > 0);
    assert_string_equal(today, grown);
    arena_release(&arena);
}
