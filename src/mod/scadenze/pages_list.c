/* Deadlines as a list: by worker, team, body; with lights, filters, export. */
#include "mod/enti/enti.h"
#include "mod/scadenze/view.h"
#include "mod/utenti/utenti.h"

#include <string.h>

struct filtri {
    const char *luce;
    const char *tipo;
    struct day dal;
    struct day al;
    struct id ente;
    struct id responsabile;
    bool mie;
};
static const struct web_field filter_fields[] = {
    {FIELD(filtri, luce), "Quando", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, tipo), "Tipo", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, dal), "Dal", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(filtri, al), "Al", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(filtri, ente), "Ente", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, responsabile), "Responsabile", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, mie), "Solo le mie", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters_form = {"scadenze", filter_fields, sizeof(struct filtri), 0};

static const struct web_choice *light_choices(struct cx *cx)
{
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, LUCI + 1);
    for (int i = 0; i < LUCI; i++) {
        enum scadenza_luce luce = (enum scadenza_luce)(LUCI - 1 - i);
        choices[i] = (struct web_choice){scadenza_luce_name(luce), scadenza_luce_title(luce)};
    }
    return choices;
}

static bool late_choices(struct cx *cx, struct web_req *req)
{
    const struct web_choice *enti, *workers;
    if (!ente_choices(cx, NULL, &enti) || !utente_choices(cx, "assistente", &workers))
        return false;
    web_choices(req, "luce", light_choices(cx));
    web_choices(req, "tipo", scadenza_choices(cx, true));
    web_choices(req, "ente", enti);
    web_choices(req, "responsabile", workers);
    return true;
}

/* "2026-03-05 <id> <record>": what does not read so is the first page. */
static void page_after(struct cx *cx, const char *after, struct scadenza_pagina *page)
{
    char *day = arena_strdup(cx->arena, after);
    char *id = strchr(day, ' ');
    char *record = id != NULL ? strchr(id + 1, ' ') : NULL;
    if (record == NULL)
        return;
    *id++ = *record++ = '\0';
    if (!id_parse(id, &page->dopo_id) || !id_parse(record, &page->dopo_cartella) ||
        !day_parse_iso(day, &page->dopo))
        page->dopo = DAY_NONE;
}

/* The narrower of what the light says and what was typed. */
static void page_days(const struct cx *cx, const struct filtri *f, struct scadenza_pagina *page)
{
    struct day dal, al;
    enum scadenza_luce luce = scadenza_luce_parse(f->luce);
    page->dal = f->dal;
    page->al = f->al;
    if (luce == LUCI)
        return;
    scadenza_luce_days(luce, cx->today, &dal, &al);
    if (!day_known(page->dal) || day_cmp(dal, page->dal) > 0)
        page->dal = dal;
    if (!day_known(page->al) || day_cmp(al, page->al) < 0)
        page->al = al;
}

static bool list_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct filtri *f = want->filters;
    struct scadenza_pagina page = {.dal = DAY_NONE, .al = DAY_NONE, .dopo = DAY_NONE};
    page.limit = want->limit;
    if (f != NULL) {
        page_days(cx, f, &page);
        page.tipo = f->tipo;
        page.ente = f->ente;
        page.responsabile = f->mie ? cx->who->utente : f->responsabile;
    }
    if (want->after != NULL)
        page_after(cx, want->after, &page);
    return scadenza_page(cx, &page, rows);
}

static const char *list_key(struct cx *cx, const char *sort, const void *object)
{
    const struct scadenza_voce *row = object;
    char day[DAY_TEXT], id[ID_TEXT], record[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s %s %s", day_iso(row->giorno, day), id_text(row->id, id),
                        id_text(row->cartella, record));
}

static const struct web_column columns[] = {
    {"giorno", "Giorno", "/cartelle/{cartella}/scadenze", false, false},
    {"luce", "Quando", NULL, false, false},
    {"tipo", "Tipo", NULL, false, false},
    {"nome", "Persona", NULL, false, false},
    {"ente", "Ente", NULL, false, false},
    {"responsabile", "Responsabile", NULL, false, false},
    {"id", NULL, NULL, false, true},
    {"cartella", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"giorno", "Dalla più vicina", NULL, false}, {NULL, NULL}};

const struct web_list scadenze_elenco = {
    .name = "scadenze",
    .title = "Scadenze",
    .intro = "Che cosa scade nei casi che segui. Una scadenza nuova si scrive nella sua cartella.",
    .empty = "Nei casi che segui non scade nulla.",
    .fields = scadenza_voce_fields,
    .size = sizeof(struct scadenza_voce),
    .columns = columns,
    .filters = &filters_form,
    .choices = late_choices,
    .sorts = sorts,
    .load = list_load,
    .key = list_key,
};
