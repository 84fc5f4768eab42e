/* Referrals as a queue: those received and those sent, the nearest term first. */
#include "mod/enti/enti.h"
#include "mod/invii/store.h"
#include "mod/invii/view.h"

#include <string.h>

struct filtri {
    const char *stato;
    struct id riceve;
    struct id manda;
    bool in_attesa;
    bool in_ritardo;
};
static const struct web_field filter_fields[] = {
    {FIELD(filtri, stato), "Stato", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, riceve), "A", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, manda), "Da", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, in_attesa), "Ancora aperti", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(filtri, in_ritardo), "Senza risposta oltre il termine", INPUT_CHECK, false, 0, 0, NULL,
     NULL},
    WEB_FIELD_END,
};
static const struct web_form filters_form = {"invii", filter_fields, sizeof(struct filtri), 0};

static bool late_choices(struct cx *cx, struct web_req *req)
{
    struct web_choice *stati = ARENA_NEWS(cx->arena, struct web_choice, invio_mosse_count * 2 + 1);
    const struct web_choice *enti;
    for (size_t i = 0; invio_stati[i] != NULL && i < invio_mosse_count * 2; i++)
        stati[i] = (struct web_choice){invio_stati[i], invio_stato_title(invio_stati[i])};
    if (!ente_choices(cx, NULL, &enti))
        return false;
    web_choices(req, "stato", stati);
    web_choices(req, "riceve", enti);
    web_choices(req, "manda", enti);
    return true;
}

static bool list_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct filtri *f = want->filters;
    struct invio_pagina page = {.dopo = DAY_NONE, .limit = want->limit};
    if (f != NULL) {
        page.stato = f->stato;
        page.riceve = f->riceve;
        page.manda = f->manda;
        page.in_attesa = f->in_attesa;
        page.in_ritardo = f->in_ritardo;
    }
    if (want->after != NULL) { /* "2026-03-05 <id>": what does not read so is the first page */
        char *day = arena_strdup(cx->arena, want->after);
        char *space = strchr(day, ' ');
        if (space != NULL) {
            *space = '\0';
            if (!id_parse(space + 1, &page.dopo_id) || !day_parse_iso(day, &page.dopo))
                page.dopo = DAY_NONE;
        }
    }
    return invio_page(cx, &page, rows);
}

static const char *list_key(struct cx *cx, const char *sort, const void *object)
{
    const struct invio_riga *row = object;
    char day[DAY_TEXT], id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s %s", day_iso(row->termine, day), id_text(row->id, id));
}

static const struct web_column columns[] = {
    {"termine", "Risposta entro il", "/invii/{id}", false, false},
    {"stato", "Stato", NULL, false, false},
    {"nome", "Persona", NULL, false, false},
    {"area", "Area", NULL, false, false},
    {"da", "Da", NULL, false, false},
    {"a", "A", NULL, false, false},
    {"giorno", "Inviato il", NULL, false, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"termine", "Dal termine più vicino", NULL, false},
                                        {NULL, NULL}};

const struct web_list invii_elenco = {
    .name = "invii",
    .title = "Invii",
    .intro = "Le persone che il tuo ente ha inviato ad altri, e quelle che ha ricevuto.",
    .empty = "Non c’è ancora nessun invio. Si invia dalla pagina di un contatto.",
    .fields = invio_riga_fields,
    .size = sizeof(struct invio_riga),
    .columns = columns,
    .filters = &filters_form,
    .choices = late_choices,
    .sorts = sorts,
    .load = list_load,
    .key = list_key,
};
