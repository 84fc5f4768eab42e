/* The list of movements, with filters and export. */
#include "mod/bilancio/pages.h"

#include <string.h>

static const struct web_choice tipi[] = {
    {"impegno", "Impegni"}, {"liquidazione", "Liquidazioni"}, {"mandato", "Mandati"}, {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(scrittura_filtro, anno), "Anno", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(scrittura_filtro, voce), "Voce", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(scrittura_filtro, fonte), "Fonte", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(scrittura_filtro, tipo), "Tipo", INPUT_CHOICE, false, 0, 0, tipi, NULL},
    {FIELD(scrittura_filtro, dal), "Atti dal", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(scrittura_filtro, al), "Atti fino al", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"scritture", filter_fields, sizeof(struct scrittura_filtro),
                                        0};

static const struct web_choice *choices_of(struct cx *cx, const struct list *names)
{
    char id[ID_TEXT];
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, names->count + 1);
    for (size_t i = 0; i < names->count; i++) {
        const struct bilancio_nome *name = LIST_ITEM(names, struct bilancio_nome, i);
        choices[i] =
            (struct web_choice){arena_strdup(cx->arena, id_text(name->id, id)), name->nome};
    }
    return choices;
}

static bool scritture_choices(struct cx *cx, struct web_req *req)
{
    struct list voci, fonti;
    if (!store_voce_names(cx, &voci) || !store_fonte_names(cx, &fonti))
        return false;
    web_choices(req, "voce", choices_of(cx, &voci));
    web_choices(req, "fonte", choices_of(cx, &fonti));
    return true;
}

static enum scrittura_ordine order_of(const char *sort)
{
    return sort != NULL && strcmp(sort, "giorno") == 0 ? SCRITTURE_PER_GIORNO
                                                       : SCRITTURE_PER_NUMERO;
}

static bool scritture_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct scrittura_filtro none = {.anno = INT_NONE, .dal = DAY_NONE, .al = DAY_NONE};
    if (!store_scrittura_rows(cx, want->filters != NULL ? want->filters : &none,
                              order_of(want->sort), want->after, want->limit, rows))
        return false;
    LIST_EACH (rows, struct scrittura_riga, row) {
        row->sigla =
            arena_printf(cx->arena, "%lld/%lld", (long long)row->numero, (long long)row->anno);
        if (row->storna.n != 0)
            row->tipo = arena_printf(cx->arena, "storno di %s", row->tipo);
    }
    return true;
}

static const char *scritture_key(struct cx *cx, const char *sort, const void *row)
{
    return store_scrittura_key(cx, order_of(sort), row);
}

static const struct field fields[] = {
    FIELD(scrittura_riga, sigla),   FIELD(scrittura_riga, anno), FIELD(scrittura_riga, numero),
    FIELD(scrittura_riga, giorno),  FIELD(scrittura_riga, tipo), FIELD(scrittura_riga, voce),
    FIELD(scrittura_riga, fonte),   FIELD(scrittura_riga, atto), FIELD(scrittura_riga, descrizione),
    FIELD(scrittura_riga, importo), FIELD(scrittura_riga, id),   FIELD_END};
static const struct web_column columns[] = {
    {"sigla", "N.", "/bilancio/scritture/{id}", false, false},
    {"anno", NULL, NULL, true, false},
    {"numero", NULL, NULL, true, false},
    {"giorno", "Giorno", NULL, false, false},
    {"tipo", "Tipo", NULL, false, false},
    {"voce", "Voce", NULL, false, false},
    {"fonte", "Fonte", NULL, false, false},
    {"atto", "Atto", NULL, false, false},
    {"descrizione", NULL, NULL, false, false},
    {"importo", "Importo", NULL, true, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"numero", "Le ultime registrate prima", "sigla", true},
                                        {"giorno", "Gli atti più recenti prima", "giorno", true},
                                        {NULL, NULL, NULL, false}};

const struct web_list scritture_lista = {
    .name = "scritture",
    .title = "Tutte le scritture",
    .intro = "Impegni, liquidazioni, mandati e storni di tutti gli anni, con il loro atto.",
    .empty =
        "Nessuna scrittura ancora: la prima è un impegno, dalla pagina Scritture del bilancio.",
    .create_href = "/bilancio/scritture",
    .create_label = "Impegno nuovo",
    .create_permission = "bilancio.contabilizza",
    .fields = fields,
    .size = sizeof(struct scrittura_riga),
    .columns = columns,
    .filters = &filters,
    .choices = scritture_choices,
    .sorts = sorts,
    .load = scritture_load,
    .key = scritture_key,
};
