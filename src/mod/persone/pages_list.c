/* Finding people: the search box of every page, and the list. */
#include "mod/enti/enti.h"
#include "mod/persone/store.h"
#include "mod/persone/view.h"

#include <stdlib.h>
#include <string.h>

enum { CERCA_MASSIMO = 40, LISTA_CERCA = 200 };

/* ---- search ----------------------------------------------------------------------------- */

struct cerca_modulo {
    const char *q;
};
static const struct web_field cerca_fields[] = {
    {FIELD(cerca_modulo, q), "Che cosa cerchi", INPUT_TEXT, false, 0, 100, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form persona_cerca_form = {"cerca", cerca_fields, sizeof(struct cerca_modulo), 0};

static void found_show(struct cx *cx, struct tv *page, const struct list *found)
{
    struct tv *list = tv_children(page, "trovate");
    LIST_EACH (found, struct persona_trovata, row) {
        char id[ID_TEXT];
        char day[DAY_TEXT];
        struct tv *item = tv_push(list);
        tv_printf(item, "href", "/persone/%s", id_text(row->id, id));
        tv_printf(item, "nome", "%s %s", row->cognome, row->nome);
        tv_day(item, "nascita", row->nascita);
        tv_text(item, "comune", row->comune_nome);
        tv_int(item, "numero", row->numero);
        tv_text(item, "dettaglio",
                arena_printf(cx->arena, "%s%s%s", day_it(row->nascita, day),
                             row->comune_nome != NULL ? " " : "",
                             row->comune_nome != NULL ? row->comune_nome : ""));
    }
}

bool persona_cerca_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct cerca_modulo *form = web_form(req);
    const char *q = form != NULL && form->q != NULL ? form->q : "";
    struct list found;
    if (!persona_search(cx, q, CERCA_MASSIMO, &found))
        return false;
    struct tv *page = web_page(res, "persone/cerca", "Cerca");
    web_crumb(res, NULL, "Cerca");
    tv_text(page, "q", q);
    tv_bool(page, "chiesto", q[0] != '\0');
    tv_bool(page, "trovate_note", found.count > 0);
    tv_text(page, "nuova", web_may(cx, req, "persone.scrivi") ? "/persone/nuova" : NULL);
    if (found.clipped)
        tv_printf(page, "quante", "Le prime %zu: scrivi qualche lettera in più", found.count);
    else
        tv_printf(page, "quante", found.count == 1 ? "Una persona" : "%zu persone", found.count);
    found_show(cx, page, &found);
    web_audit_detail(req, "ricerca: %zu risultati", found.count);
    return true;
}

/* ---- list ------------------------------------------------------------------------------- */

struct lista_filtri {
    const char *cerca;
    struct id comune;
};
static const struct web_field lista_filter_fields[] = {
    {FIELD(lista_filtri, cerca), "Cognome, nome, codice fiscale, telefono", INPUT_TEXT, false, 0,
     100, NULL, NULL},
    {FIELD(lista_filtri, comune), "Comune", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form lista_filters = {"persone", lista_filter_fields,
                                              sizeof(struct lista_filtri), 0};

static bool lista_choices(struct cx *cx, struct web_req *req)
{
    const struct web_choice *comuni;
    if (!ente_choices(cx, "comune", &comuni))
        return false;
    web_choices(req, "comune", comuni);
    return true;
}

static const char *lista_key(struct cx *cx, const char *sort, const void *object)
{
    const struct persona_trovata *row = object;
    char id[ID_TEXT];
    char day[DAY_TEXT];
    id_text(row->id, id);
    if (strcmp(sort, "numero") == 0)
        return arena_printf(cx->arena, "%lld", (long long)row->numero);
    if (strcmp(sort, "nascita") == 0)
        return arena_printf(cx->arena, "%s %s %s", id, day_iso(row->nascita, day), row->chiave);
    return arena_printf(cx->arena, "%s %s", id, row->chiave);
}

/* The key comes from the address: what does not read as one is the first page. */
static void lista_after(struct cx *cx, const char *after, struct persona_pagina *page)
{
    char *text = arena_strdup(cx->arena, after);
    if (page->ordine == ORDINE_NUMERO) {
        page->dopo = text;
        page->dopo_numero = strtoll(text, NULL, 10);
        return;
    }
    char *space = strchr(text, ' ');
    if (space == NULL)
        return;
    *space = '\0';
    if (!id_parse(text, &page->dopo_id))
        return;
    char *rest = space + 1;
    if (page->ordine == ORDINE_NASCITA) {
        space = strchr(rest, ' ');
        if (space == NULL)
            return;
        *space = '\0';
        if (!day_parse_iso(rest, &page->dopo_day))
            return;
        rest = space + 1;
    }
    page->dopo = rest;
}

static void keep_comune(struct list *rows, struct id comune)
{
    struct persona_trovata *items = rows->items;
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (items[i].comune.n == comune.n)
            items[kept++] = items[i];
    rows->count = kept;
}

/* A search has few rows and its own order: the page is cut behind the last row seen. */
static bool lista_search(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct lista_filtri *filters = want->filters;
    if (!persona_search(cx, filters->cerca, LISTA_CERCA, rows))
        return false;
    if (filters->comune.n != 0)
        keep_comune(rows, filters->comune);
    struct persona_trovata *items = rows->items;
    size_t first = 0;
    for (size_t i = 0; want->after != NULL && i < rows->count; i++)
        if (strcmp(lista_key(cx, want->sort, &items[i]), want->after) == 0)
            first = i + 1;
    size_t left = rows->count - first;
    *rows = (struct list){.items = items + first,
                          .count = left < want->limit ? left : want->limit,
                          .size = sizeof *items};
    return true;
}

static bool lista_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct lista_filtri *filters = want->filters;
    if (filters != NULL && filters->cerca != NULL)
        return lista_search(cx, want, rows);
    struct persona_pagina page = {.ordine = ORDINE_COGNOME, .limit = want->limit};
    if (filters != NULL)
        page.comune = filters->comune;
    if (strcmp(want->sort, "numero") == 0)
        page.ordine = ORDINE_NUMERO;
    else if (strcmp(want->sort, "nascita") == 0)
        page.ordine = ORDINE_NASCITA;
    if (want->after != NULL)
        lista_after(cx, want->after, &page);
    return persona_page(cx, &page, rows);
}

static bool lista_total(struct cx *cx, const void *filters, int64_t *total)
{
    const struct lista_filtri *f = filters;
    if (f != NULL && (f->cerca != NULL || f->comune.n != 0)) {
        *total = INT_NONE;
        return true;
    }
    return persona_count(cx, total);
}

static const struct web_column lista_columns[] = {
    {"cognome", "Cognome", "/persone/{id}", false, false},
    {"nome", "Nome", "/persone/{id}", false, false},
    {"nascita", "Data di nascita", NULL, false, false},
    {"comune_nome", "Comune", NULL, false, false},
    {"numero", "Numero", NULL, true, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort lista_sorts[] = {
    {"cognome", "Cognome (A-Z)"},
    {"numero", "Registrate per ultime", NULL, true},
    {"nascita", "Data di nascita, dai più anziani"},
    {NULL, NULL},
};
const struct web_list persona_lista = {
    .name = "persone",
    .title = "Persone",
    .intro = "Chi è conosciuto ai servizi dell’ambito.",
    .empty = "Non c’è ancora nessuna persona: si registrano una per una, o si importano.",
    .create_href = "/persone/nuova",
    .create_label = "Persona nuova",
    .create_permission = "persone.scrivi",
    .fields = persona_trovata_fields,
    .size = sizeof(struct persona_trovata),
    .columns = lista_columns,
    .filters = &lista_filters,
    .choices = lista_choices,
    .sorts = lista_sorts,
    .load = lista_load,
    .key = lista_key,
    .total = lista_total,
};
