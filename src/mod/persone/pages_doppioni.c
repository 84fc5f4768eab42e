/* The queue of likely duplicates, as a list, and the search that fills it. */
#include "mod/persone/pages_doppioni.h"

#include "kit/tmpl/message.h"
#include "mod/persone/doppioni.h"
#include "mod/persone/view.h"

#include <stdlib.h>
#include <string.h>

/* ---- list --------------------------------------------------------------------------------- */

struct doppioni_filtri {
    const char *stato;
};
static const struct web_choice stati[] = {
    {"aperto", "Da guardare"}, {"diverse", "Non sono la stessa persona"}, {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(doppioni_filtri, stato), "Stato", INPUT_CHOICE, false, 0, 0, stati, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"doppioni", filter_fields, sizeof(struct doppioni_filtri),
                                        0};

static const char *lista_key(struct cx *cx, const char *sort, const void *object)
{
    const struct doppione *row = object;
    char a[ID_TEXT];
    char b[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s %s %lld", id_text(row->a, a), id_text(row->b, b),
                        (long long)row->punti);
}

/* The key comes from the address: what does not read as one is the first page. */
static void lista_after(struct cx *cx, const char *after, struct doppione_pagina *page)
{
    char *a = arena_strdup(cx->arena, after);
    char *b = strchr(a, ' ');
    char *points = b != NULL ? strchr(b + 1, ' ') : NULL;
    if (points == NULL)
        return;
    *b = *points = '\0';
    page->dopo_punti = strtoll(points + 1, NULL, 10);
    if (id_parse(a, &page->dopo_a) && id_parse(b + 1, &page->dopo_b))
        page->dopo = after;
}

static bool lista_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct doppioni_filtri *asked = want->filters;
    struct doppione_pagina page = {.stato = "aperto", .limit = want->limit};
    if (asked != NULL && asked->stato != NULL)
        page.stato = asked->stato;
    if (want->after != NULL)
        lista_after(cx, want->after, &page);
    if (!doppione_page(cx, &page, rows))
        return false;
    LIST_EACH (rows, struct doppione, row) {
        row->perche = persona_why(cx, (int)row->motivi);
    }
    return true;
}

static const struct web_column lista_columns[] = {
    {"nome_a", "Persona", "/persone/{a}/doppione/{b}", false, false},
    {"nascita_a", "Data di nascita", NULL, false, false},
    {"nome_b", "Forse la stessa", "/persone/{b}/doppione/{a}", false, false},
    {"nascita_b", "Nascita", NULL, false, false},
    {"perche", "Perché", NULL, false, false},
    {"punti", "Punti", NULL, true, false},
    {"a", NULL, NULL, false, true},
    {"b", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort lista_sorts[] = {{"punti", "Le più probabili", NULL, true},
                                              {NULL, NULL, NULL, false}};
const struct web_list doppioni_lista = {
    .name = "doppioni",
    .title = "Doppioni",
    .intro = "Persone registrate due volte, forse. Si confrontano, e si uniscono o si tengono "
             "distinte.",
    .empty = "Non c’è nessuna coppia da guardare. La ricerca guarda tutte le persone dell’ambito.",
    .create_href = "/persone/doppioni/cerca",
    .create_label = "Cerca i doppioni",
    .create_permission = "persone.unisci",
    .fields = doppione_fields,
    .size = sizeof(struct doppione),
    .columns = lista_columns,
    .filters = &filters,
    .sorts = lista_sorts,
    .load = lista_load,
    .key = lista_key,
};

/* ---- search ------------------------------------------------------------------------------- */

bool doppioni_cerca_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx;
    (void)req;
    web_page(res, "persone/doppioni", "Cerca i doppioni");
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, "/persone/doppioni", "Doppioni");
    web_crumb(res, NULL, "Cerca");
    return true;
}

bool doppioni_cerca_start(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct id job;
    char text[ID_TEXT];
    if (!job_enqueue(cx, &doppioni_kind, "{}", NULL, &job))
        return false;
    web_notice(req, "%s", message("persone.doppioni_in_corso"));
    web_redirect(res, "/lavori/%s", id_text(job, text));
    return true;
}
