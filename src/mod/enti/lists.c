/* The two list pages: bodies and services. */
#include "mod/enti/pages.h"
#include "mod/enti/store.h"

#include <string.h>

/* ---- bodies ------------------------------------------------------------------------------ */

static const struct web_choice tipo_choices[] = {
    {"comune", "Comuni"},
    {"unione", "Unioni e comunità montane"},
    {"erogatore", "Erogatori"},
    {"ambito", "Ambito"},
    {NULL, NULL},
};
static const struct web_field filter_fields[] = {
    {FIELD(enti_filtro, cerca), "Nome", INPUT_TEXT, false, 0, 100, NULL,
     "Le prime lettere, anche senza accenti"},
    {FIELD(enti_filtro, tipo), "Tipo", INPUT_CHOICE, false, 0, 0, tipo_choices, NULL},
    {FIELD(enti_filtro, sotto_ambito), "Sotto-ambito", INPUT_TEXT, false, 0, 100, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"enti", filter_fields, sizeof(struct enti_filtro), 0};

static bool enti_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    static const struct enti_filtro none = {0};

    return store_ente_rows(cx, want->filters ? want->filters : &none, want->after, want->limit,
                           rows);
}

static const char *enti_key(struct cx *cx, const char *sort, const void *object)
{
    const struct ente_riga *row = object;
    char text[ID_TEXT];

    (void)sort;
    return arena_printf(cx->arena, "%s|%s", row->chiave, id_text(row->id, text));
}

static const struct web_column enti_columns[] = {
    {"nome", "Nome", "/enti/{id}", false, false},
    {"tipo", "Tipo", NULL, false, false},
    {"sotto_ambito", "Sotto-ambito", NULL, false, false},
    {"paga", "Paga per esso", NULL, false, false},
    {"abitanti", "Abitanti", NULL, true, false},
    {"over65", "Oltre 65 anni", NULL, true, false},
    {"codice", NULL, NULL, false, false},
    {"belfiore", NULL, NULL, false, false},
    {"attivo", NULL, NULL, false, false},
    {"id", NULL, NULL, false, true},
    {"chiave", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort by_name[] = {{"nome", "Nome (A-Z)"}, {NULL, NULL}};

const struct web_list enti_lista = {
    .name = "enti",
    .title = "Enti",
    .intro = "Comuni, unioni ed erogatori dell’ambito, con l’ultima popolazione nota.",
    .empty = "Non c’è ancora nessun ente: si aggiungono qui, o con “zonale enti importa”.",
    .create_href = "/enti/nuovo",
    .create_label = "Ente nuovo",
    .create_permission = "enti.scrivi",
    .fields = ente_riga_fields,
    .size = sizeof(struct ente_riga),
    .columns = enti_columns,
    .filters = &filters,
    .sorts = by_name,
    .load = enti_load,
    .key = enti_key,
};

/* ---- services ---------------------------------------------------------------------------- */

/* A handful: one page, cut behind the last one seen. */
static bool servizi_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    struct servizio *items;
    size_t first = 0;

    if (!servizio_list(cx, rows))
        return false;
    items = rows->items;
    while (want->after != NULL && first < rows->count &&
           strcmp(items[first].codice, want->after) <= 0)
        first++;
    rows->items = items + first;
    rows->count -= first;
    rows->count = rows->count < want->limit ? rows->count : want->limit;
    return true;
}

static const char *servizi_key(struct cx *cx, const char *sort, const void *object)
{
    const struct servizio *row = object;

    (void)cx;
    (void)sort;
    return row->codice;
}

static const struct web_column servizi_columns[] = {
    {"codice", "Codice", NULL, false, false},
    {"nome", "Servizio", NULL, false, false},
    {"unita", "Unità", NULL, false, false},
    {"area_bilancio", "Area del bilancio", NULL, false, false},
    {"voce_bilancio", "Voce di spesa", NULL, false, false},
    {"id", NULL, NULL, false, true},
    {"ambito", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort by_code[] = {{"codice", "Codice (A-Z)"}, {NULL, NULL}};

const struct web_list servizi_lista = {
    .name = "servizi",
    .title = "Servizi",
    .intro = "Che cosa offre l’ambito, come si conta e quale voce di bilancio lo paga.",
    .empty = "Nessun servizio: si caricano con “zonale servizi importa”.",
    .fields = servizio_fields,
    .size = sizeof(struct servizio),
    .columns = servizi_columns,
    .sorts = by_code,
    .load = servizi_load,
    .key = servizi_key,
};
