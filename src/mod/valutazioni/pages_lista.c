/* Assessments as a list: of one's own cases, or of the bodies that one coordinates. */
#include "mod/valutazioni/pages.h"

#include "mod/enti/enti.h"
#include "mod/valutazioni/store.h"

#include <string.h>

struct filtri {
    const char *scheda;
    const char *stato;
    struct day dal, al;
};
static const struct web_choice stati[] = {
    {"completa", "Complete"}, {"incompleta", "Incomplete"}, {NULL, NULL}};
static const struct web_field filter_fields[] = {
    {FIELD(filtri, scheda), "Scheda", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, stato), "Stato", INPUT_CHOICE, false, 0, 0, stati, NULL},
    {FIELD(filtri, dal), "Dal", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(filtri, al), "Al", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"valutazioni", filter_fields, sizeof(struct filtri), 0};

static bool choices(struct cx *cx, struct web_req *req)
{
    struct list list;
    if (!scheda_list(cx, &list))
        return false;
    struct web_choice *items = ARENA_NEWS(cx->arena, struct web_choice, list.count + 1);
    size_t count = 0;
    LIST_EACH (&list, struct scheda, scheda)
        if (scheda->id.n != 0) /* the others were never used */
            items[count++] = (struct web_choice){scheda->codice, scheda->titolo};
    web_choices(req, "scheda", items);
    return true;
}

/* A social worker lists the cases that are hers, a coordinator those of his body. */
static bool scope(struct cx *cx, struct valutazione_pagina *pagina)
{
    struct ente own;
    if (cx->who->ruolo != RUOLO_COORDINATORE) {
        pagina->responsabile = cx->who->utente;
        return true;
    }
    if (!ente_load(cx, cx->who->ente, &own))
        return false;
    if (ente_tipo_parse(own.tipo) != TIPO_AMBITO)
        pagina->ente = own.id;
    return true;
}

static bool narrow(struct cx *cx, const struct filtri *f, struct valutazione_pagina *pagina)
{
    struct scheda scheda;
    pagina->dal = pagina->al = pagina->dopo = DAY_NONE;
    pagina->completa = -1;
    if (f == NULL)
        return true;
    pagina->dal = f->dal;
    pagina->al = f->al;
    if (f->stato != NULL)
        pagina->completa = strcmp(f->stato, "completa") == 0;
    if (f->scheda == NULL)
        return true;
    if (!scheda_load(cx, f->scheda, &scheda))
        return false;
    pagina->scheda = scheda.id;
    return true;
}

/* "2025-03-01|<id>" */
static bool after_read(struct cx *cx, const char *after, struct valutazione_pagina *pagina)
{
    const char *bar = strchr(after, '|');
    if (bar == NULL || !id_parse(bar + 1, &pagina->dopo_id) ||
        !day_parse_iso(arena_strndup(cx->arena, after, (size_t)(bar - after)), &pagina->dopo))
        return FAIL(cx, ERR_INPUT, "l’elenco non comincia da qui");
    return true;
}

static bool load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    struct valutazione_pagina pagina = {.limit = want->limit};
    if (!scope(cx, &pagina) || !narrow(cx, want->filters, &pagina) ||
        (want->after != NULL && !after_read(cx, want->after, &pagina)) ||
        !store_valutazione_page(cx, &pagina, rows))
        return false;
    LIST_EACH (rows, struct valutazione_riga, row)
        row->stato = row->completa ? "completa" : "incompleta";
    return true;
}

static const char *key(struct cx *cx, const char *sort, const void *object)
{
    const struct valutazione_riga *row = object;
    char day[DAY_TEXT], id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s|%s", day_iso(row->giorno, day), id_text(row->id, id));
}

static const struct field fields[] = {FIELD(valutazione_riga, id),
                                      FIELD(valutazione_riga, cartella),
                                      FIELD(valutazione_riga, voce),
                                      FIELD(valutazione_riga, giorno),
                                      FIELD(valutazione_riga, persona),
                                      FIELD(valutazione_riga, scheda),
                                      FIELD(valutazione_riga, stato),
                                      FIELD(valutazione_riga, autore),
                                      FIELD_END};
static const struct web_column columns[] = {
    {"persona", "Persona", "/cartelle/{cartella}/valutazioni/{voce}", false, false},
    {"scheda", "Scheda", NULL, false, false},
    {"giorno", "Giorno", NULL, false, false},
    {"stato", "Stato", NULL, false, false},
    {"autore", "Chi l’ha fatta", NULL, false, false},
    {"id", NULL, NULL, false, true},
    {"cartella", NULL, NULL, false, true},
    {"voce", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"giorno", "Giorno (dal più recente)", "giorno", true},
                                        {NULL, NULL, NULL, false}};

const struct web_list valutazioni_lista = {
    .name = "valutazioni",
    .title = "Valutazioni",
    .intro = "Quelle dei tuoi casi; chi coordina vede quelle del suo ente. I punteggi si leggono "
             "nella cartella.",
    .empty = "Nessuna valutazione: si comincia dalla cartella della persona.",
    .fields = fields,
    .size = sizeof(struct valutazione_riga),
    .columns = columns,
    .filters = &filters,
    .choices = choices,
    .sorts = sorts,
    .load = load,
    .key = key,
};
