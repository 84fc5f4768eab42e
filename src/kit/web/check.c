/* Every row of every table is checked before the server listens. */
#include "kit/web/internal.h"

#include <stdio.h>
#include <string.h>

static bool wrong(struct err *err, const struct web_route *route, const char *what)
{
    return err_set(err, ERR_INTERNAL, "route %s \"%s\": %s",
                   route->method == WEB_GET ? "GET" : "POST", route->path, what);
}

static const enum field_type types[] = {
    [INPUT_TEXT] = FIELD_TEXT,   [INPUT_LINES] = FIELD_TEXT, [INPUT_SECRET] = FIELD_TEXT,
    [INPUT_CHOICE] = FIELD_NONE, [INPUT_CHECK] = FIELD_BOOL, [INPUT_DAY] = FIELD_DAY,
    [INPUT_MONEY] = FIELD_MONEY, [INPUT_INT] = FIELD_INT,    [INPUT_MINUTES] = FIELD_MINUTES,
    [INPUT_RATE] = FIELD_RATE,   [INPUT_ID] = FIELD_ID,      [INPUT_CODFIS] = FIELD_TEXT,
    [INPUT_FILE] = FIELD_BYTES,
};

static bool has_file(const struct web_form *form)
{
    for (const struct web_field *field = form->fields; field->at.name != NULL; field++)
        if (field->input == INPUT_FILE)
            return true;
    return false;
}

static bool check_form(const struct web_route *route, const struct web_form *form, struct err *err)
{
    if (form->fields == NULL || form->size == 0)
        return wrong(err, route, "form without fields or size");
    for (const struct web_field *field = form->fields; field->at.name != NULL; field++) {
        enum field_type type = types[field->input];
        if (type != FIELD_NONE && field->at.type != type)
            return wrong(err, route, "a field's input does not fit its type");
        if (field->label == NULL && field->input != INPUT_ID)
            return wrong(err, route, "a field without a label");
    }
    if (has_file(form) && (route->method != WEB_POST || (route->flags & WEB_UPLOAD) == 0))
        return wrong(err, route, "a file needs POST and WEB_UPLOAD");
    return true;
}

static bool check_permission(const struct web_route *route, struct err *err)
{
    if (route->permission == NULL || *route->permission == '\0')
        return wrong(err, route, "no permission");
    bool open = strcmp(route->permission, "pubblico") == 0;
    if (open != ((route->flags & WEB_PUBLIC) != 0))
        return wrong(err, route, "\"pubblico\" and WEB_PUBLIC go together");
    if (route->object != NULL && open)
        return wrong(err, route, "an object cannot be public");
    return true;
}

static bool check_get(const struct web_route *route, struct err *err)
{
    if (route->again != NULL || route->before != NULL || (route->flags & WEB_UPLOAD) != 0)
        return wrong(err, route, "again, before and WEB_UPLOAD are for POST");
    if (route->audit == AUDIT_WRITE)
        return wrong(err, route, "a GET writes nothing");
    return true;
}

static const struct web_route *again_of(struct web *web, const struct web_route *route,
                                        struct arena *arena)
{
    /* {names} stand for an id, so that any of them is matched. */
    struct buf buf;
    struct match match;
    buf_init(&buf, arena, 2 * GATE_PATH);
    for (const char *text = route->again; *text != '\0';) {
        size_t plain = strcspn(text, "{");
        buf_add(&buf, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        text += strcspn(text, "}");
        text += *text == '}';
        buf_text(&buf, "0000000000001");
    }
    return match_find(web->table, buf.data, buf.size, &match) ? match.get : NULL;
}

static bool check_names(const struct web_route *route, struct err *err)
{
    for (const char *text = strchr(route->again, '{'); text != NULL; text = strchr(text + 1, '{')) {
        size_t size = strcspn(text, "}") + 1;
        if (memmem(route->path, strlen(route->path), text, size) == NULL)
            return wrong(err, route, "again has a {name} that the path has not");
    }
    return true;
}

static bool check_post(struct web *web, const struct web_route *route, struct err *err)
{
    if ((route->before != NULL) != ((route->flags & WEB_SLOW) != 0))
        return wrong(err, route, "before and WEB_SLOW go together");
    if (route->audit == AUDIT_READ)
        return wrong(err, route, "a POST is written down with its effect");
    if (route->again == NULL)
        return (route->flags & WEB_DRAFT) == 0 || wrong(err, route, "a draft needs again");
    const struct web_route *get = again_of(web, route, &web->arena);
    if (get == NULL)
        return wrong(err, route, "again is no GET route");
    if ((route->flags & WEB_DRAFT) != 0 && !check_drafted(web, get)) {
        if (web->drafted_count == WEB_DRAFTED)
            return wrong(err, route, "too many forms with drafts");
        web->drafted[web->drafted_count++] = get;
    }
    return check_names(route, err);
}

/* Every {name} of a link, and every column, is a field of the rows. */
static bool check_list(const struct web_route *route, struct err *err)
{
    const struct web_list *list = route->data;
    if (list == NULL || list->sorts == NULL || list->sorts->name == NULL || list->load == NULL ||
        list->key == NULL)
        return wrong(err, route, "a list without its description");
    for (const struct web_column *column = list->columns; column->name != NULL; column++) {
        if (field_find(list->fields, column->name) == NULL)
            return wrong(err, route, "a column that the rows have not");
        for (const char *text = column->link; text != NULL; text = strchr(text + 1, '{')) {
            char name[64];
            if (*text == '{' &&
                (sscanf(text, "{%63[^}]}", name) != 1 || field_find(list->fields, name) == NULL))
                return wrong(err, route, "a link to a field that the rows have not");
        }
    }
    return true;
}

static bool check_route(struct web *web, const struct web_route *route, struct err *err)
{
    if (route->handler == NULL)
        return wrong(err, route, "no handler");
    if (!check_permission(route, err))
        return false;
    if (route->object != NULL && strstr(route->path, "{id}") == NULL)
        return wrong(err, route, "an object needs {id} in the path");
    if (route->handler == web_list_page && !check_list(route, err))
        return false;
    const struct web_form *form = decode_form(route);
    if (form != NULL && !check_form(route, form, err))
        return false;
    return route->method == WEB_GET ? check_get(route, err) : check_post(web, route, err);
}

bool check_drafted(const struct web *web, const struct web_route *get)
{
    for (size_t i = 0; i < web->drafted_count; i++)
        if (web->drafted[i] == get)
            return true;
    return false;
}

bool check_routes(struct web *web, const struct web_route *const *tables, struct err *err)
{
    for (; *tables != NULL; tables++)
        for (const struct web_route *route = *tables; route->path != NULL; route++)
            if (!check_route(web, route, err))
                return false;
    return true;
}
