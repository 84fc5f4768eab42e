/* The lists of the room: definitions, and instalments. */
#include "mod/riparto/pages.h"

#include <string.h>

static const struct web_choice stati[] = {
    {"bozza", "Bozza"}, {"approvato", "Approvato"}, {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(prospetto_filtro, titolo), "Titolo", INPUT_TEXT, false, 0, 60, NULL,
     "Come comincia: fondo sociale"},
    {FIELD(prospetto_filtro, anno), "Anno", INPUT_INT, false, PROSPETTO_ANNO_MIN,
     PROSPETTO_ANNO_MAX, NULL, NULL},
    {FIELD(prospetto_filtro, stato), "Stato", INPUT_CHOICE, false, 0, 0, stati, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"riparti", filter_fields, sizeof(struct prospetto_filtro),
                                        0};

static enum prospetto_ordine order_of(const char *sort)
{
    return sort != NULL && strcmp(sort, "titolo") == 0 ? PROSPETTI_PER_TITOLO : PROSPETTI_PER_ANNO;
}

static bool prospetti_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    static const struct prospetto_filtro none = {.anno = INT_NONE};
    if (!store_prospetto_rows(cx, want->filters != NULL ? want->filters : &none,
                              order_of(want->sort), want->after, want->limit, rows))
        return false;
    LIST_EACH (rows, struct prospetto, row)
        row->metodo = metodo_title(row->metodo);
    return true;
}

static const char *prospetti_key(struct cx *cx, const char *sort, const void *row)
{
    return store_prospetto_key(cx, order_of(sort), row);
}

static const struct web_column columns[] = {
    {"titolo", "Prospetto", "/riparti/{id}", false, false},
    {"anno", "Anno", NULL, true, false},
    {"metodo", "Metodo", NULL, false, false},
    {"stato", "Stato", NULL, false, false},
    {"atto", "Atto", NULL, false, false},
    {"versione", "Versione", NULL, true, false},
    {"totale", "Totale", NULL, true, false},
    {"approvato", NULL, NULL, false, false},
    {"residuo", NULL, NULL, false, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {
    {"anno", "I più recenti prima"}, {"titolo", "Titolo (A-Z)"}, {NULL, NULL}};

const struct web_list prospetti_lista = {
    .name = "riparti",
    .title = "Riparti",
    .intro = "Chi paga quanto di una somma comune: la regola, la tabella che ne segue, l’atto che "
             "l’ha approvata.",
    .empty = "Nessun prospetto ancora: il primo si scrive da un file o da un modello.",
    .create_href = "/riparti/nuovo",
    .create_label = "Prospetto nuovo",
    .create_permission = "riparto.scrivi",
    .fields = prospetto_fields,
    .size = sizeof(struct prospetto),
    .columns = columns,
    .filters = &filters,
    .sorts = sorts,
    .load = prospetti_load,
    .key = prospetti_key,
};
