/* What users keep for themselves beside the rooms: drafts of forms and saved views of lists. Both
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

/* ---- saved views ------------------------------------------------------------------------------
 */

struct vista {
    const char *percorso, *etichetta, *filtri, *predefinita;
    bool togli;
};
static const struct web_choice predefinita_choices[] = {{"si", "Sì"}, {"no", "No"}, {NULL, NULL}};
static const struct web_field vista_fields[] = {
    {.at = FIELD(vista, percorso), .label = "Elenco", .required = true, .max = GATE_PATH},
    {.at = FIELD(vista, etichetta), .label = "Nome", .required = true, .max = 40},
    {.at = FIELD(vista, filtri), .label = "Filtri", .max = 2000},
    {.at = FIELD(vista, predefinita),
     .label = "Predefinita",
     .input = INPUT_CHOICE,
     .choices = predefinita_choices},
    {.at = FIELD(vista, togli), .label = "Togli", .input = INPUT_CHECK},
    WEB_FIELD_END,
};
static const struct web_form vista_form = {"vista", vista_fields, sizeof(struct vista), 0};

/* Among the views by name: which of them the bare address opens. No view has this name. */
#define PRESET "*"
static const char *const nothing[] = {NULL};

static const char *place_of(struct cx *cx, const char *list)
{
    return arena_printf(cx->arena, "viste:%s", list);
}

bool views_load(struct cx *cx, struct web_req *req, const char *list, struct pairs *views)
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

static const char *value_of(const struct pairs *views, const char *name)
{
    const struct pair *pair = pairs_find(views, name);
    return pair == NULL ? NULL : pair->value;
}

const char *views_preset(const struct pairs *views)
{
    const char *label = value_of(views, PRESET);
    const char *query = label == NULL ? NULL : value_of(views, label);
    return query == NULL || *query == '\0' ? NULL : query;
}

void views_show(struct web_req *req, struct tv *to, const struct pairs *views)
{
    const char *preset = value_of(views, PRESET), *now = list_state(req);
    struct tv *list = tv_children(to, "views");
    bool any = false;
    tv_text(to, "view_text", now);
    for (size_t i = 0; i < views->count; i++) {
        const struct pair *view = &views->items[i];
        if (strcmp(view->name, PRESET) == 0)
            continue;
        struct tv *item = tv_push(list);
        tv_text(item, "label", view->name);
        tv_printf(item, "href", "%s?%s", req->path, view->value);
        tv_bool(item, "selected", strcmp(view->value, now) == 0);
        tv_bool(item, "preset", preset != NULL && strcmp(view->name, preset) == 0);
        any = true;
    }
    tv_bool(to, "viewed", any);
}

static const struct web_list *find_list(struct web_req *req, const char *path)
{
    struct match match;
    if (!match_find(req->web->table, path, strlen(path), &match) || match.get == NULL ||
        match.get->handler != web_list_page)
        return NULL;
    return match.get->data;
}

/* The views without the one of that name, with room for two more. */
static struct pairs without(struct cx *cx, const struct pairs *views, const char *label)
{
    struct pairs kept = {ARENA_NEWS(cx->arena, struct pair, views->count + 2), 0};
    for (size_t i = 0; i < views->count; i++)
        if (strcmp(views->items[i].name, label) != 0)
            kept.items[kept.count++] = views->items[i];
    return kept;
}

static void add(struct pairs *views, const char *name, const char *value)
{
    views->items[views->count++] = (struct pair){name, value, NULL};
}

/* The view of a new name, or that name with other filters. */
static bool put_view(struct cx *cx, const struct vista *vista, struct pairs *views)
{
    const char *text = vista->filtri == NULL ? "" : vista->filtri, *why;
    struct pairs filters;
    if (!pairs_urlencoded(cx->arena, text, strlen(text), &filters, &why))
        return FAIL(cx, ERR_INPUT, "I filtri non sono validi: %s.", why);
    if (strlen(vista->etichetta) > PAIRS_NAME)
        return FAIL(cx, ERR_INPUT, "Il nome è troppo lungo.");
    if (strcmp(vista->etichetta, PRESET) == 0)
        return FAIL(cx, ERR_INPUT, "Scegli un nome con delle lettere.");
    *views = without(cx, views, vista->etichetta);
    if (views->count >= VIEWS)
        return FAIL(cx, ERR_INPUT, "Si possono salvare al massimo %d viste.", VIEWS - 1);
    add(views, vista->etichetta, pairs_text(cx->arena, &filters, nothing));
    return true;
}

static void drop_view(struct cx *cx, const char *label, struct pairs *views)
{
    const char *preset = value_of(views, PRESET);
    if (preset != NULL && strcmp(preset, label) == 0)
        *views = without(cx, views, PRESET);
    *views = without(cx, views, label);
}

static bool preset_view(struct cx *cx, const struct vista *vista, struct pairs *views)
{
    if (value_of(views, vista->etichetta) == NULL || strcmp(vista->etichetta, PRESET) == 0)
        return FAIL(cx, ERR_NOT_FOUND, "no such view");
    *views = without(cx, views, PRESET);
    if (strcmp(vista->predefinita, "si") == 0)
        add(views, PRESET, vista->etichetta);
    return true;
}

static bool vista_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct vista *vista = web_form(req);
    const struct web_list *list = find_list(req, vista->percorso);
    struct pairs views;
    if (list == NULL || !has_store(req))
        return FAIL(cx, ERR_NOT_FOUND, "no such list");
    if (!views_load(cx, req, list->name, &views))
        return false;
    if (vista->predefinita != NULL && !preset_view(cx, vista, &views))
        return false;
    if (vista->predefinita == NULL && !vista->togli && !put_view(cx, vista, &views))
        return false;
    if (vista->predefinita == NULL && vista->togli)
        drop_view(cx, vista->etichetta, &views);
    const char *open = vista->togli ? NULL : value_of(&views, vista->etichetta);
    web_redirect(res, "%s?%s", vista->percorso,
                 open == NULL || *open == '\0' ? "vista=tutte" : open);
    web_notice(req, "%s",
               vista->togli                 ? "Vista tolta."
               : vista->predefinita == NULL ? "Vista salvata."
               : *vista->predefinita == 's' ? "L’elenco si aprirà con questa vista."
                                            : "L’elenco si aprirà senza viste.");
    return req->web->config.host->draft_save(
        cx, place_of(cx, list->name),
        views.count == 0 ? NULL : pairs_text(cx->arena, &views, nothing));
}

const struct web_route views_routes[] = {
    {WEB_POST, "/bozza", bozza_save, "tutti", FINE_CURA, AZIONE_MODIFICA, .form = &bozza_form,
     .flags = WEB_SCRIPT},
    {WEB_POST, "/viste", vista_save, "tutti", FINE_CURA, AZIONE_MODIFICA, .form = &vista_form},
    {.path = NULL},
};
