/* The list: a provider sees the services entrusted to its body, a worker those of the own body, the
 * ambito's own people all. */
#include "mod/prestazioni/pages.h"

#include <string.h>

struct filtro {
    struct id servizio, erogatore;
    const char *quali;
};
static const struct web_choice quali[] = {{"tutte", "Anche quelle finite"}, {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(filtro, servizio), "Servizio", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtro, erogatore), "Erogatore", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtro, quali), "Quali", INPUT_CHOICE, false, 0, 0, quali, "Vuoto: quelle in corso"},
    WEB_FIELD_END,
};
static const struct web_form filters = {"prestazioni", filter_fields, sizeof(struct filtro), 0};

static bool late_choices(struct cx *cx, struct web_req *req)
{
    static const struct web_choice none[] = {{NULL, NULL}};
    const struct web_choice *servizi, *erogatori = none;
    if (!servizio_choices(cx, &servizi) ||
        (cx->who->ruolo != RUOLO_EROGATORE && !ente_choices(cx, "erogatore", &erogatori)))
        return false;
    web_choices(req, "servizio", servizi);
    web_choices(req, "erogatore", erogatori);
    return true;
}

struct voce_lista {
    struct id id;
    const char *persona, *servizio, *erogatore;
    struct day dal, al;
    const char *previste, *registrate;
    const char *chiave;
};
static const struct field fields[] = {FIELD(voce_lista, id),       FIELD(voce_lista, persona),
                                      FIELD(voce_lista, servizio), FIELD(voce_lista, erogatore),
                                      FIELD(voce_lista, dal),      FIELD(voce_lista, al),
                                      FIELD(voce_lista, previste), FIELD(voce_lista, registrate),
                                      FIELD(voce_lista, chiave),   FIELD_END};

bool prestazioni_scope(struct cx *cx, struct prestazioni_pagina *pagina)
{
    struct ente own;
    if (cx->who->ruolo == RUOLO_EROGATORE) {
        pagina->erogatore = cx->who->ente;
        return true;
    }
    if (!ente_load(cx, cx->who->ente, &own))
        return false;
    if (ente_tipo_parse(own.tipo) != TIPO_AMBITO)
        pagina->ente = own.id;
    return true;
}

/* What was chosen narrows the scope, never widens it. */
static void narrow(const struct filtro *filtro, struct prestazioni_pagina *pagina)
{
    pagina->attive = filtro->quali == NULL;
    pagina->servizio = filtro->servizio;
    if (pagina->erogatore.n == 0)
        pagina->da = filtro->erogatore;
}

/* "rossi maria|<id>" */
static bool after_read(struct cx *cx, const char *after, struct prestazioni_pagina *pagina)
{
    const char *bar = strrchr(after, '|');
    if (bar == NULL || !id_parse(bar + 1, &pagina->dopo_id))
        return FAIL(cx, ERR_INPUT, "l’elenco non comincia da qui");
    pagina->dopo = arena_strndup(cx->arena, after, (size_t)(bar - after));
    return true;
}

static struct voce_lista line_of(struct cx *cx, const struct prestazione_riga *riga,
                                 struct day mese)
{
    enum unita unita = unita_parse(riga->unita);
    int64_t expected = prestazione_expected(unita, riga->previsti, riga->dal, riga->al, mese);
    return (struct voce_lista){
        .id = riga->id,
        .persona = riga->persona,
        .servizio = arena_printf(cx->arena, "%s (%s)", riga->servizio,
                                 variante_words(cx->arena, riga->variante)),
        .erogatore = riga->erogatore,
        .dal = riga->dal,
        .al = riga->al,
        .previste = quantita_words(cx->arena, unita, expected),
        .registrate =
            quantita_words(cx->arena, unita, riga->quantita == INT_NONE ? 0 : riga->quantita),
        .chiave = riga->chiave,
    };
}

static bool load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    struct prestazioni_pagina pagina = {.mese = day_month_first(cx->today), .limit = want->limit};
    struct list found;
    if (!prestazioni_scope(cx, &pagina))
        return false;
    narrow(want->filters, &pagina);
    if ((want->after != NULL && !after_read(cx, want->after, &pagina)) ||
        !store_page(cx, &pagina, &found))
        return false;
    struct voce_lista *items = ARENA_NEWS(cx->arena, struct voce_lista, found.count + 1);
    for (size_t i = 0; i < found.count; i++)
        items[i] = line_of(cx, LIST_ITEM(&found, struct prestazione_riga, i), pagina.mese);
    *rows = (struct list){items, found.count, sizeof *items, found.clipped};
    return true;
}

static const char *key(struct cx *cx, const char *sort, const void *object)
{
    const struct voce_lista *row = object;
    char id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s|%s", row->chiave, id_text(row->id, id));
}

static const struct web_column columns[] = {
    {"persona", "Persona", "/prestazioni/{id}", false, false},
    {"servizio", "Servizio", NULL, false, false},
    {"erogatore", "Erogatore", NULL, false, false},
    {"dal", "Dal", NULL, false, false},
    {"al", "Al", NULL, false, false},
    {"previste", "Previste nel mese", NULL, true, false},
    {"registrate", "Registrate nel mese", NULL, true, false},
    {"id", NULL, NULL, false, true},
    {"chiave", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"persona", "Persona (A-Z)"}, {NULL, NULL}};

const struct web_list prestazioni_lista = {
    .name = "prestazioni",
    .title = "Prestazioni",
    .intro = "I servizi affidati o seguiti dal tuo ente, con quanto è previsto e registrato nel "
             "mese in corso.",
    .empty = "Nessuna prestazione in corso. Si aggiungono dalla cartella della persona.",
    .fields = fields,
    .size = sizeof(struct voce_lista),
    .columns = columns,
    .filters = &filters,
    .choices = late_choices,
    .sorts = sorts,
    .load = load,
    .key = key,
};
