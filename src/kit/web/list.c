/* A page of a list. */
#include "kit/web/list.h"

#include <string.h>

/* What a column asks of every row, found out once. */
enum { PLAN_CELLS = 32, PLAN_NAMES = 3 };
struct cell_plan {
    const struct web_column *column;
    const struct field *field;
    const char *before; /* of the link, up to its first {name} */
    const struct field *names[PLAN_NAMES];
    const char *behind[PLAN_NAMES];
    size_t count;
};

static const struct web_sort *find_sort(const struct web_list *list, const char *name)
{
    if (*name == '\0')
        return list->sorts;
    for (const struct web_sort *sort = list->sorts; sort->name != NULL; sort++)
        if (strcmp(sort->name, name) == 0)
            return sort;
    return NULL;
}

/* "/persone/{id}" with the values of a row put in. */
static const char *row_link(struct web_req *req, const struct cell_plan *plan, const void *row)
{
    struct buf buf;
    buf_init(&buf, &req->arena, GATE_TARGET);
    buf_text(&buf, plan->before);
    for (size_t i = 0; i < plan->count; i++) {
        pairs_escape(&buf, field_machine(&req->arena, plan->names[i], row));
        buf_text(&buf, plan->behind[i]);
    }
    return buf.data;
}

/* The link of a column cut at its names, once for all rows. */
static void plan_link(struct web_req *req, struct cell_plan *plan, const struct web_list *list)
{
    const char *text = plan->column->link;
    if (text == NULL)
        return;
    size_t plain = strcspn(text, "{");
    plan->before = arena_strndup(&req->arena, text, plain);
    for (text += plain; *text == '{' && plan->count < PLAN_NAMES; text += plain) {
        size_t size = strcspn(text, "}");
        const char *name = arena_strndup(&req->arena, text + 1, size - 1);
        text += size + (text[size] == '}');
        plain = strcspn(text, "{");
        plan->names[plan->count] = field_find(list->fields, name);
        plan->behind[plan->count++] = arena_strndup(&req->arena, text, plain);
    }
}

static size_t plan_cells(struct web_req *req, const struct web_list *list, struct cell_plan *plans)
{
    size_t count = 0;
    for (const struct web_column *column = list->columns; column->name != NULL; column++) {
        if (!list_is_shown(column) || count == PLAN_CELLS)
            continue;
        plans[count] =
            (struct cell_plan){.column = column, .field = field_find(list->fields, column->name)};
        plan_link(req, &plans[count++], list);
    }
    return count;
}

static void show_value(struct web_req *req, struct tv *cell, const struct cell_plan *plan,
                       const void *row)
{
    const struct field *field = plan->field;
    bool known = field_known(field, row);
    bool text = field->type == FIELD_TEXT; /* lies in the arena already */
    const char *shown = !known ? NULL
                        : text ? *(const char *const *)((const char *)row + field->offset)
                               : field_it(&req->arena, field, row);
    bool linked = plan->column->link != NULL && shown != NULL && *shown != '\0';
    tv_lend(cell, "text", shown);
    tv_lend(cell, "href", linked ? row_link(req, plan, row) : NULL);
}

/* The first column names the row, the others are its cells. */
static void show_row(struct web_req *req, struct tv *to, const struct cell_plan *plans,
                     size_t count, const void *row)
{
    struct tv *head = tv_child(to, "head"), *cells = tv_children(to, "cells");
    for (size_t i = 0; i < count; i++) {
        struct tv *cell = i == 0 ? head : tv_push(cells);
        show_value(req, cell, &plans[i], row);
        tv_lend(cell, "label", plans[i].column->label);
        tv_bool(cell, "number", plans[i].column->number);
    }
}

/* "1.234"; NULL when not known. */
static const char *grouped(struct web_req *req, int64_t count)
{
    char text[MONEY_TEXT];
    if (count == INT_NONE)
        return NULL;
    money_it(money_times(MONEY(100), count), text);
    return arena_strndup(&req->arena, text, strcspn(text, ","));
}

static bool show_head(struct cx *cx, struct web_req *req, struct tv *to,
                      const struct web_list *list, const struct web_sort *sort)
{
    int64_t total = INT_NONE;
    if (list->total != NULL && req->fault_count == 0 && !list->total(cx, req->object, &total))
        return false;
    tv_text(to, "path", req->path);
    tv_text(to, "intro", list->intro);
    tv_text(to, "empty", list->empty);
    tv_text(to, "total", grouped(req, total));
    tv_set(to, "create", NULL);
    if (list->create_href != NULL && web_may(cx, req, list->create_permission)) {
        struct tv *create = tv_child(to, "create");
        tv_text(create, "href", list->create_href);
        tv_text(create, "label", list->create_label);
    }
    list_show_filters(req, to, list);
    list_show_sorts(req, to, list, sort);
    list_show_columns(req, to, list, sort);
    list_show_sizes(req, to);
    list_show_exports(cx, req, to);
    return true;
}

static void show_rows(struct cx *cx, struct web_req *req, struct tv *to,
                      const struct web_list *list, const struct web_sort *sort,
                      const struct list *rows)
{
    size_t page = list_size(req), count = rows->count < page ? rows->count : page;
    const char *after = web_typed(req, "dopo"), *next = NULL;
    struct tv *items = tv_children(to, "rows");
    struct cell_plan plans[PLAN_CELLS];
    size_t cells = plan_cells(req, list, plans);
    for (size_t i = 0; i < count; i++)
        show_row(req, tv_push(items), plans, cells, (const char *)rows->items + i * rows->size);
    if (rows->count > page)
        next = list_href(
            req, "dopo",
            list->key(cx, sort->name, (const char *)rows->items + (count - 1) * rows->size));
    tv_int(to, "count", (int64_t)count);
    tv_bool(to, "any", count > 0);
    tv_bool(to, "beyond", count == 0 && *after != '\0');
    tv_text(to, "next", next);
    tv_text(to, "first", *after == '\0' ? NULL : list_href(req, "ordine", sort->name));
}

static bool show_page(struct cx *cx, struct web_req *req, struct web_res *res,
                      const struct web_sort *sort, const struct pairs *views)
{
    const struct web_list *list = req->route->data;
    const char *after = web_typed(req, "dopo");
    struct list rows = {.size = list->size};
    const struct web_list_want want = {req->object, sort->name, *after == '\0' ? NULL : after,
                                       list_size(req) + 1};
    if (req->fault_count == 0 && !list->load(cx, &want, &rows))
        return false;
    struct tv *page = web_page(res, "kit/list", list->title);
    web_crumb(res, NULL, list->title);
    struct tv *to = tv_child(page, "list");
    if (!show_head(cx, req, to, list, sort))
        return false;
    views_show(req, to, views);
    show_rows(cx, req, to, list, sort, &rows);
    if (req->fault_count > 0)
        web_status(res, 422);
    return true;
}

bool web_list_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct web_list *list = req->route->data;
    const struct web_sort *sort = find_sort(list, web_typed(req, "ordine"));
    struct pairs views;
    if (sort == NULL)
        return FAIL(cx, ERR_INPUT, "L’ordine richiesto non esiste.");
    if (list_size(req) == 0)
        return FAIL(cx, ERR_INPUT, "Il numero di righe richiesto non è previsto.");
    if (!list_check_choices(cx, req, list))
        return false;
    if (*web_typed(req, "formato") != '\0')
        return list_export(cx, req, res, sort);
    if (!views_load(cx, req, list->name, &views))
        return false;
    const char *preset = views_preset(&views);
    req->preset = preset != NULL;
    if (preset != NULL && *req->query == '\0') {
        web_redirect(res, "%s?%s", req->path, preset);
        return true;
    }
    return show_page(cx, req, res, sort, &views);
}
