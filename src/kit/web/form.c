/* Which pairs a route takes, and what its handler and its page see of them. */
#include "kit/web/internal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

const struct web_form *decode_form(const struct web_route *route)
{
    if (route->handler == web_list_page) {
        const struct web_list *list = route->data;
        return list->filters;
    }
    return route->form;
}

static bool is_field(const struct web_form *form, const char *name)
{
    if (form == NULL)
        return false;
    for (const struct web_field *field = form->fields; field->at.name != NULL; field++)
        if (strcmp(field->at.name, name) == 0)
            return true;
    return false;
}

static bool is_among(const char *const *names, const char *name)
{
    for (; names != NULL && *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static bool bad(struct web_req *req, const char *why, const char *name)
{
    error_answer(req, 400,
                 arena_printf(&req->arena, "La richiesta non è valida: %s%s%s.", why,
                              name == NULL ? "" : " ", name == NULL ? "" : name));
    return false;
}

static bool only_known(struct web_req *req, const struct web_form *form, const char *const *extra)
{
    for (size_t i = 0; i < req->typed.count; i++) {
        const struct pair *pair = &req->typed.items[i];
        if (!is_field(form, pair->name) && !is_among(extra, pair->name))
            return bad(req, "campo sconosciuto", NULL);
    }
    return true;
}

bool decode_query(struct web_req *req)
{
    const char *why;
    if (!pairs_urlencoded(&req->arena, req->query, strlen(req->query), &req->typed, &why))
        return bad(req, why, NULL);
    bool list = req->route->handler == web_list_page;
    req->form = decode_form(req->route);
    if (!only_known(req, req->form, list ? list_names : NULL))
        return false;
    if (req->form == NULL)
        return true;
    req->object = decode_values(req, req->form, &req->typed);
    if (req->fault_count == 0 || list)
        return true;
    return bad(req, req->faults[0].text, req->faults[0].field);
}

static bool read_body(struct web_req *req)
{
    static const char *const plain = "application/x-www-form-urlencoded";
    static const char *const parts = "multipart/form-data;";
    const char *type = req->content_type;
    const char *why = "tipo del modulo";
    bool done = false;
    if (type == NULL)
        done = req->body_size == 0;
    else if (strncasecmp(type, plain, strlen(plain)) == 0)
        done = pairs_urlencoded(&req->arena, req->body, req->body_size, &req->typed, &why);
    else if ((req->route->flags & WEB_UPLOAD) != 0 && strncasecmp(type, parts, strlen(parts)) == 0)
        done = pairs_multipart(&req->arena, type, req->body, req->body_size, &req->typed, &why);
    return done || bad(req, why, NULL);
}

bool decode_body(struct web_req *req)
{
    static const char *const extra[] = {"csrf", NULL};
    if (*req->query != '\0')
        return bad(req, "parametri nell’indirizzo", NULL);
    req->form = req->route->form;
    return read_body(req) && only_known(req, req->form, extra);
}

void decode_again(struct web_req *req)
{
    const struct web_form *form = decode_form(req->route);
    size_t count = req->fault_count;
    req->form = form;
    req->object = form == NULL ? NULL : decode_values(req, form, &req->typed);
    if (req->fault_count > count) { /* its own parameters are not what the user is asked about */
        req->fault_count = count;
        req->object = NULL;
    }
}

/* ---- for handlers ------------------------------------------------------------------------- */

const void *web_form(const struct web_req *req)
{
    return req->object;
}

void web_fault(struct web_req *req, const char *field, const char *format, ...)
{
    if (req->fault_count == WEB_FAULTS)
        return;
    va_list args;
    va_start(args, format);
    req->faults[req->fault_count++] =
        (struct web_fault){field, arena_vprintf(&req->arena, format, args)};
    va_end(args);
}

bool web_faulty(const struct web_req *req)
{
    return req->fault_count > 0;
}

const char *web_typed(const struct web_req *req, const char *name)
{
    const struct pair *pair = pairs_find(&req->typed, name);
    return pair == NULL ? "" : pair->value;
}

void web_retype(struct web_req *req, const char *name, const char *value)
{
    if (pairs_find(&req->typed, name) != NULL) {
        pairs_replace(&req->typed, name, value);
        return;
    }
    struct pairs *typed = &req->typed;
    struct pair *items = ARENA_NEWS(&req->arena, struct pair, typed->count + 1);
    if (typed->count > 0)
        memcpy(items, typed->items, typed->count * sizeof *items);
    items[typed->count] = (struct pair){.name = name, .value = value};
    *typed = (struct pairs){items, typed->count + 1};
}

void web_faults_drop(struct web_req *req)
{
    req->fault_count = 0;
}

const struct web_file *web_file(const struct web_req *req, const char *field)
{
    const struct pair *pair = pairs_find(&req->typed, field);
    return pair == NULL ? NULL : pair->file;
}

void web_choices(struct web_req *req, const char *field, const struct web_choice *choices)
{
    if (req->choice_count < WEB_CHOICES)
        req->choices[req->choice_count++] = (struct dynamic_choices){field, choices};
}
