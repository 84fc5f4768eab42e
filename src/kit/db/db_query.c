/* Statements put together from constant pieces, and plans. */
#include "kit/db/db_impl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUERY_MAX = 16384 };

static void query_char(struct db_query *query, char c)
{
    if (query->size + 1 >= query->room) {
        size_t room = query->room ? query->room * 2 : 512;
        if (room > QUERY_MAX)
            abort();
        char *text = arena_alloc(query->cx->arena, room);
        if (query->size)
            memcpy(text, query->text, query->size);
        query->text = text;
        query->room = room;
    }
    query->text[query->size++] = c;
    query->text[query->size] = '\0';
}

void db_query_add_(struct db_query *query, const char *text, struct db_args args)
{
    if (query->count + args.count > DB_MAX_ARGS)
        abort();
    for (const char *at = text; *at;) {
        query_char(query, *at);
        if (*at++ != '$' || !isdigit((unsigned char)*at))
            continue;
        char *end, number[24];
        unsigned long place = strtoul(at, &end, 10);
        if (place < 1 || place > args.count)
            abort();
        snprintf(number, sizeof number, "%lu", place + query->count);
        for (const char *digit = number; *digit; digit++)
            query_char(query, *digit);
        at = end;
    }
    for (size_t i = 0; i < args.count; i++)
        query->args[query->count++] = args.items[i];
}

void db_query_start_(struct db_query *query, struct cx *cx, const char *name, const char *text,
                     struct db_args args)
{
    *query = (struct db_query){.cx = cx, .name = name};
    db_query_add_(query, text, args);
}

const struct db_sql *db_query_sql(struct db_query *query)
{
    query->sql = (struct db_sql){query->name, query->text};
    return &query->sql;
}

struct db_args db_query_args(const struct db_query *query)
{
    return (struct db_args){query->args, query->count};
}

bool db_plan(struct cx *cx, const struct db_sql *sql, struct db_args args, const char **plan)
{
    const struct db_ops *ops = cx->db->db->ops;
    struct db_sql explain = {"plan", arena_printf(cx->arena, "%s%s", ops->plan, sql->text)};
    struct db_stmt *stmt = db_stmt_start(cx, &explain, args);
    *plan = "";
    if (!stmt)
        return false;
    enum db_step step;
    while ((step = db_stmt_step(cx, stmt)) == STEP_ROW) {
        struct db_cell cell = ops->cell(stmt, ops->plan_column, FIELD_TEXT, cx->arena);
        *plan = arena_printf(cx->arena, "%s%.*s\n", *plan, (int)cell.size, cell.text);
    }
    db_stmt_stop(stmt);
    return step == STEP_DONE;
}
