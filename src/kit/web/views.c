/* What users keep for themselves beside the rooms: drafts of forms and saved filters of lists. Both
 * are texts that the host stores by user and path. */
#include "kit/web/list.h"

#include <string.h>

enum { DRAFT = 60000, VIEWS = 30 };

static bool has_store(const struct web_req *req)
{
    const struct web_host *host = req->web->config.host;
    return host->draft_load != NULL && host->draft_save != NULL && req->session != NULL;
}

/* ---- drafts --------------------------------------------------------------------------------- */

struct bozza {
    const char *percorso, *testo;
};
static const struct web_field bozza_fields[] = {
    {.at = FIELD(bozza, percorso), .label = "Percorso", .required = true, .max = GATE_PATH},
    {.at = FIELD(bozza, testo), .label = "Testo", .input = INPUT_LINES, .max = DRAFT},
    WEB_FIELD_END,
};
static const struct web_form bozza_form = {"bozza", bozza_fields, sizeof(struct bozza), 3 * DRAFT};

static bool bozza_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct bozza *bozza = web_form(req);
    struct match match;
    bool known = match_find(req->web->table, bozza->percorso, strlen(bozza->percorso), &match) &&
                 match.get != NULL && check_drafted(req->web, match.get);
    if (!known || !has_store(req))
        return FAIL(cx, ERR_NOT_FOUND, "no drafts of that page");
    web_json(res, "{\"salvata\":true}\n");
    return req->web->config.host->draft_save(cx, bozza->percorso, bozza->testo);
}

/* ---- saved filters --------------------------------------------------------------------------- */

struct vista {
    const char *percorso, *etichetta, *filtri;
    bool togli;
};
static const struct web_field vista_fields[] = {
    {.at = FIELD(vista, percorso), .label = "Elenco", .required = true, .max = GATE_PATH},
    {.at = FIELD(vista, etichetta), .label = "Nome", .required = true, .max = 40},
    {.at = FIELD(vista, filtri), .label = "Filtri", .max = 2000},
    {.at = FIELD(vista, togli), .label = "Togli", .input = INPUT_CHECK},
    WEB_FIELD_END,
};
static const struct web_form vista_form = {"vista", vista_fields, sizeof(struct vista), 0};

static const char *place_of(struct cx *cx, const char *list)
{
    return arena_printf(cx->arena, "viste:%s", list);
}

static bool load(struct cx *cx, struct web_req *req, const char *list, struct pairs *views)
{
    const char *text = NULL, *why;
    *views = (struct pairs){0};
    if (!has_store(req))
        return true;
    if (!req->web->config.host->draft_load(cx, place_of(cx, list), &text))
        return false;
    if (text != NULL && !pairs_urlencoded(cx->arena, text, strlen(text), views, &why))
        *views = (struct pairs){0};
    return true;
}

bool views_show(struct cx *cx, struct web_req *req, struct tv *to, const char *name)
{
    struct pairs views;
    struct tv *list = tv_children(to, "views");
    tv_text(to, "filter_text", list_filters(req));
    if (!load(cx, req, name, &views))
        return false;
    for (size_t i = 0; i < views.count; i++) {
        struct tv *item = tv_push(list);
        tv_text(item, "label", views.items[i].name);
        tv_printf(item, "href", "%s?%s", req->path, views.items[i].value);
    }
    return true;
}

static const struct web_list *find_list(struct web_req *req, const char *path)
{
    struct match match;
    if (!match_find(req->web->table, path, strlen(path), &match) || match.get == NULL ||
        match.get->handler != web_list_page)
        return NULL;
    return match.get->data;
}

/* The filters as they were saved, without the one of the same name. */
static struct pairs without(struct cx *cx, const struct pairs *views, const char *label)
{
    struct pairs kept = {ARENA_NEWS(cx->arena, struct pair, views->count + 1), 0};
    for (size_t i = 0; i < views->count; i++)
        if (strcmp(views->items[i].name, label) != 0)
            kept.items[kept.count++] = views->items[i];
    return kept;
}

static bool vista_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const char *const none[] = {NULL};
    const struct vista *vista = web_form(req);
    const struct web_list *list = find_list(req, vista->percorso);
    struct pairs views, filters;
    const char *why;
    if (list == NULL || !has_store(req))
        return FAIL(cx, ERR_NOT_FOUND, "no such list");
    const char *text = vista->filtri == NULL ? "" : vista->filtri;
    if (!pairs_urlencoded(cx->arena, text, strlen(text), &filters, &why))
        return FAIL(cx, ERR_INPUT, "I filtri non sono validi: %s.", why);
    if (strlen(vista->etichetta) > PAIRS_NAME || !load(cx, req, list->name, &views))
        return cx->err.code == ERR_NONE ? FAIL(cx, ERR_INPUT, "Il nome è troppo lungo.") : false;
    views = without(cx, &views, vista->etichetta);
    if (!vista->togli && views.count >= VIEWS)
        return FAIL(cx, ERR_INPUT, "Si possono salvare al massimo %d filtri.", VIEWS);
    if (!vista->togli)
        views.items[views.count++] =
            (struct pair){vista->etichetta, pairs_text(cx->arena, &filters, none), NULL};
    web_redirect(res, "%s?%s", vista->percorso, vista->togli ? "" : text);
    web_notice(req, vista->togli ? "Filtro tolto." : "Filtri salvati.");
    return req->web->config.host->draft_save(
        cx, place_of(cx, list->name),
        views.count == 0 ? NULL : pairs_text(cx->arena, &views, none));
}

const struct web_route views_routes[] = {
    {WEB_POST, "/bozza", bozza_save, "tutti", FINE_CURA, AZIONE_MODIFICA, .form = &bozza_form,
     .flags = WEB_SCRIPT},
    {WEB_POST, "/viste", vista_save, "tutti", FINE_CURA, AZIONE_MODIFICA, .form = &vista_form},
    {.path = NULL},
};
