/* What the address of a list says: its filters, order and page size, and the addresses that say it
 * otherwise. */
#include "kit/web/list.h"

#include <stdio.h>
#include <string.h>

/* `vista` only says that the address is not bare. */
const char *const list_names[] = {"ordine", "dopo", "formato", "righe", "vista", NULL};

/* The first is what a page has when nothing was chosen. */
static const char *const sizes[] = {"20", "50", "100"};
enum { SIZES = sizeof sizes / sizeof *sizes };

/* Only what is set: the address that is kept and sent around stays short. */
static const char *state_but(struct web_req *req, const char *name)
{
    const char *const but[] = {"dopo", "formato", "vista", name, NULL};
    struct pairs set = {ARENA_NEWS(&req->arena, struct pair, req->typed.count + 1), 0};
    for (size_t i = 0; i < req->typed.count; i++)
        if (*req->typed.items[i].value != '\0')
            set.items[set.count++] = req->typed.items[i];
    return pairs_text(&req->arena, &set, but);
}

const char *list_state(struct web_req *req)
{
    return state_but(req, NULL);
}

const char *list_href(struct web_req *req, const char *name, const char *value)
{
    struct buf buf;
    buf_init(&buf, &req->arena, 2 * GATE_TARGET);
    buf_text(&buf, req->path);
    const char *rest = state_but(req, name);
    if (*rest != '\0')
        buf_printf(&buf, "?%s", rest);
    if (value != NULL) {
        buf_printf(&buf, "%s%s=", *rest != '\0' ? "&" : "?", name);
        pairs_escape(&buf, value);
    } else if (*rest == '\0' && req->preset)
        buf_text(&buf, "?vista=tutte");
    return buf.data;
}

size_t list_size(const struct web_req *req)
{
    static const size_t rows[] = {20, 50, 100};
    const char *asked = web_typed(req, "righe");
    for (size_t i = 0; i < SIZES; i++)
        if (*asked == '\0' || strcmp(asked, sizes[i]) == 0)
            return rows[i];
    return 0;
}

void list_show_sizes(struct web_req *req, struct tv *to)
{
    const char *asked = web_typed(req, "righe");
    struct tv *list = tv_children(to, "sizes");
    for (size_t i = 0; i < SIZES; i++) {
        struct tv *item = tv_push(list);
        bool used = strcmp(*asked == '\0' ? sizes[0] : asked, sizes[i]) == 0;
        tv_lend(item, "label", sizes[i]);
        tv_text(item, "href", list_href(req, "righe", i == 0 ? NULL : sizes[i]));
        tv_bool(item, "selected", used);
    }
    tv_lend(to, "rows_max", *asked == '\0' ? sizes[0] : asked);
}

/* ---- filters --------------------------------------------------------------------------------- */

static const struct web_choice *choice_of(const struct web_choice *choice, const char *value)
{
    for (; choice != NULL && choice->value != NULL; choice++)
        if (strcmp(choice->value, value) == 0)
            return choice;
    return NULL;
}

bool list_check_choices(struct cx *cx, struct web_req *req, const struct web_list *list)
{
    if (list->choices == NULL)
        return true;
    if (!list->choices(cx, req))
        return false;
    if (req->fault_count > 0)
        return true;
    for (const struct web_field *field = list->filters->fields; field->at.name != NULL; field++) {
        const char *value = web_typed(req, field->at.name);
        bool late = field->input == INPUT_CHOICE && field->choices == NULL && *value != '\0';
        if (late && choice_of(form_choices(req, field), value) == NULL)
            web_fault(req, field->at.name, "Scelta non prevista.");
    }
    return true;
}

/* A filter that is set, in words, with the address that takes it away. */
static void show_chip(struct web_req *req, struct tv *to, const struct web_field *field)
{
    const char *value = web_typed(req, field->at.name);
    const struct web_choice *choice = choice_of(form_choices(req, field), value);
    tv_lend(to, "label", field->label);
    tv_lend(to, "value",
            choice != NULL                ? choice->label
            : field->input == INPUT_CHECK ? NULL
                                          : value);
    tv_text(to, "href", list_href(req, field->at.name, NULL));
}

/* The address with order and page size, but no filter. */
static const char *clear_href(struct web_req *req, const struct web_list *list)
{
    struct pairs kept = {ARENA_NEWS(&req->arena, struct pair, req->typed.count + 1), 0}, all;
    for (size_t i = 0; i < req->typed.count; i++) {
        const char *name = req->typed.items[i].name;
        bool filter = false;
        for (const struct web_field *field = list->filters->fields; field->at.name != NULL; field++)
            filter = filter || strcmp(field->at.name, name) == 0;
        if (!filter)
            kept.items[kept.count++] = req->typed.items[i];
    }
    all = req->typed;
    req->typed = kept;
    const char *href = list_href(req, "dopo", NULL);
    req->typed = all;
    return href;
}

void list_show_filters(struct web_req *req, struct tv *to, const struct web_list *list)
{
    struct tv *chips = tv_children(to, "chips");
    bool filtered = false;
    tv_set(to, "filters", NULL);
    tv_text(to, "clear", NULL);
    if (list->filters != NULL) {
        for (const struct web_field *field = list->filters->fields; field->at.name != NULL; field++)
            if (*web_typed(req, field->at.name) != '\0') {
                show_chip(req, tv_push(chips), field);
                filtered = true;
            }
        web_form_show(req, to, "filters", list->filters, NULL);
        tv_text(to, "clear", clear_href(req, list));
    }
    tv_bool(to, "filtered", filtered);
    tv_text(to, "kept_sort", web_typed(req, "ordine"));
    tv_text(to, "kept_size", web_typed(req, "righe"));
}

/* ---- orders ---------------------------------------------------------------------------------- */

static bool sorts_by(const struct web_sort *sort, const struct web_column *column)
{
    return strcmp(sort->column != NULL ? sort->column : sort->name, column->name) == 0;
}

/* What a click on the heading asks for: the column's other order where it has two. */
static const struct web_sort *
next_sort(const struct web_list *list, const struct web_column *column, const struct web_sort *used)
{
    const struct web_sort *found = NULL;
    for (const struct web_sort *sort = list->sorts; sort->name != NULL; sort++)
        if (sorts_by(sort, column) && (found == NULL || found == used))
            found = sort;
    return found;
}

bool list_is_shown(const struct web_column *column)
{
    return !column->hidden && column->label != NULL;
}

void list_show_columns(struct web_req *req, struct tv *to, const struct web_list *list,
                       const struct web_sort *used)
{
    struct tv *columns = tv_children(to, "columns");
    for (const struct web_column *column = list->columns; column->name != NULL; column++) {
        if (!list_is_shown(column))
            continue;
        const struct web_sort *sort = next_sort(list, column, used);
        bool sorted = sorts_by(used, column);
        struct tv *item = tv_push(columns);
        tv_text(item, "name", column->name);
        tv_text(item, "label", column->label);
        tv_bool(item, "number", column->number);
        tv_bool(item, "sorted", sorted);
        tv_bool(item, "down", sorted && used->down);
        tv_text(item, "sort", sort == NULL ? NULL : list_href(req, "ordine", sort->name));
    }
}

void list_show_sorts(struct web_req *req, struct tv *to, const struct web_list *list,
                     const struct web_sort *used)
{
    struct tv *sorts = tv_children(to, "sorts");
    for (const struct web_sort *sort = list->sorts; sort->name != NULL; sort++) {
        struct tv *item = tv_push(sorts);
        tv_text(item, "name", sort->name);
        tv_text(item, "label", sort->label);
        tv_text(item, "href", list_href(req, "ordine", sort->name));
        tv_bool(item, "selected", sort == used);
    }
    tv_text(to, "sort", used->name);
    tv_bool(to, "orders", list->sorts[1].name != NULL);
}
