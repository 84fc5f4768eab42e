/* The list of instalments, with filters and export. */
#include "mod/riparto/pages.h"

#include <string.h>

static const struct web_choice stati[] = {{"scadute", "Scadute e non pagate"},
                                          {"aperte", "Non pagate"},
                                          {"pagate", "Pagate"},
                                          {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(rata_filtro, pagante), "Ente che paga", INPUT_TEXT, false, 0, 120, NULL,
     "Come comincia il nome"},
    {FIELD(rata_filtro, anno), "Anno", INPUT_INT, false, PROSPETTO_ANNO_MIN, PROSPETTO_ANNO_MAX,
     NULL, NULL},
    {FIELD(rata_filtro, stato), "Stato", INPUT_CHOICE, false, 0, 0, stati, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"rate", filter_fields, sizeof(struct rata_filtro), 0};

static bool rate_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    static const struct rata_filtro none = {.anno = INT_NONE};
    struct list list;
    if (!store_rata_rows(cx, want->filters != NULL ? want->filters : &none, want->after,
                         want->limit, &list))
        return false;
    struct rata_vista *made = ARENA_NEWS(cx->arena, struct rata_vista, list.count + 1);
    for (size_t i = 0; i < list.count; i++)
        made[i] = rata_vista_of(LIST_ITEM(&list, const struct rata_riga, i), cx->today);
    *rows = (struct list){made, list.count, sizeof *made, list.clipped};
    return true;
}

static const char *rate_key(struct cx *cx, const char *sort, const void *object)
{
    const struct rata_vista *row = object;
    char day[DAY_TEXT], id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s|%s", day_iso(row->scadenza, day), id_text(row->id, id));
}

static const struct web_column columns[] = {
    {"pagante", "Ente che paga", "/riparti/rate/{id}", false, false},
    {"titolo", NULL, NULL, false, false},
    {"numero", "Rata", NULL, true, false},
    {"scadenza", "Scadenza", NULL, false, false},
    {"totale", "Dovuto", NULL, true, false},
    {"fattura", NULL, NULL, true, false},
    {"trasferimento", NULL, NULL, true, false},
    {"fatturato", "Fatturato", NULL, true, false},
    {"incassato", "Incassato", NULL, true, false},
    {"resto", "Resta", NULL, true, false},
    {"stato", "Stato", NULL, false, false},
    {"ritardo", "Giorni di ritardo", NULL, true, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"scadenza", "Per scadenza"}, {NULL, NULL}};

const struct web_list rate_lista = {
    .name = "rate",
    .title = "Rate",
    .intro = "Le rate dei prospetti approvati: dovuto, fatturato, incassato. Da ogni ente si apre "
             "il suo conto.",
    .empty = "Nessuna rata: entrano qui quando un prospetto che le prevede è approvato.",
    .fields = rata_vista_fields,
    .size = sizeof(struct rata_vista),
    .columns = columns,
    .filters = &filters,
    .sorts = sorts,
    .load = rate_load,
    .key = rate_key,
};
