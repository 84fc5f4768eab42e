/* Contacts as a list with filters, and as counts without names. */
#include "mod/accesso/store.h"
#include "mod/accesso/view.h"
#include "mod/enti/enti.h"

#include <string.h>

/* ---- list ------------------------------------------------------------------------------- */

struct filtri {
    struct day dal;
    struct day al;
    const char *area;
    const char *esito;
    const char *canale;
    struct id ente;
    bool miei;
};

#define CHOICE(codice, testo) {codice, testo},
static const struct web_choice aree[] = {CONTATTO_AREE(CHOICE){NULL, NULL}};
static const struct web_choice esiti[] = {CONTATTO_ESITI(CHOICE){NULL, NULL}};
static const struct web_choice canali[] = {CONTATTO_CANALI(CHOICE){NULL, NULL}};

static const struct web_field filter_fields[] = {
    {FIELD(filtri, dal), "Dal", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(filtri, al), "Al", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(filtri, area), "Area", INPUT_CHOICE, false, 0, 0, aree, NULL},
    {FIELD(filtri, esito), "Esito", INPUT_CHOICE, false, 0, 0, esiti, NULL},
    {FIELD(filtri, canale), "Come", INPUT_CHOICE, false, 0, 0, canali, NULL},
    {FIELD(filtri, ente), "Sportello di", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(filtri, miei), "Solo i miei", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters_form = {"contatti", filter_fields, sizeof(struct filtri), 0};

/* The desk is a choice for who works for the whole ambito. */
static bool late_choices(struct cx *cx, struct web_req *req)
{
    static const struct web_choice none[] = {{NULL, NULL}};
    const struct web_choice *enti = none;
    struct id own;
    if (!contatto_scope(cx, &own) || (own.n == 0 && !ente_choices(cx, NULL, &enti)))
        return false;
    web_choices(req, "ente", enti);
    return true;
}

static bool list_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct filtri *f = want->filters;
    struct contatto_pagina page = {.dal = DAY_NONE, .al = DAY_NONE, .dopo = DAY_NONE};
    if (!contatto_scope(cx, &page.ente))
        return false;
    page.limit = want->limit;
    if (f != NULL) {
        page.dal = f->dal;
        page.al = f->al;
        page.area = f->area;
        page.esito = f->esito;
        page.canale = f->canale;
        if (page.ente.n == 0)
            page.ente = f->ente;
        page.utente = f->miei ? cx->who->utente : ID_NONE;
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
    return contatto_page(cx, &page, rows);
}

static const char *list_key(struct cx *cx, const char *sort, const void *object)
{
    const struct contatto_riga *row = object;
    char day[DAY_TEXT];
    char id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s %s", day_iso(row->giorno, day), id_text(row->id, id));
}

static const struct web_column columns[] = {
    {"giorno", "Giorno", "/contatti/{id}", false, false},
    {"nome", "Persona", NULL, false, false},
    {"canale", "Come", NULL, false, false},
    {"area", "Area", NULL, false, false},
    {"esito", "Esito", NULL, false, false},
    {"minuti", "Durata", NULL, true, false},
    {"chi", "Operatore", NULL, false, false},
    {"id", NULL, NULL, false, true},
    {"persona", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"giorno", "Dal più recente", NULL, true}, {NULL, NULL}};

const struct web_list contatti_lista = {
    .name = "contatti",
    .title = "Contatti",
    .intro = "Chi è venuto, ha telefonato o ha scritto. Senza nome: contatto anonimo.",
    .empty = "Non c’è ancora nessun contatto. Il primo si scrive con “Contatto nuovo”.",
    .create_href = "/contatti/nuovo",
    .create_label = "Contatto nuovo",
    .create_permission = "accesso.scrivi",
    .fields = contatto_riga_fields,
    .size = sizeof(struct contatto_riga),
    .columns = columns,
    .filters = &filters_form,
    .choices = late_choices,
    .sorts = sorts,
    .load = list_load,
    .key = list_key,
};

void contatti_show(struct tv *page, const struct list *list)
{
    struct tv *items = tv_children(page, "contatti");
    LIST_EACH (list, struct contatto_riga, row) {
        char id[ID_TEXT];
        struct tv *item = tv_push(items);
        tv_printf(item, "href", "/contatti/%s", id_text(row->id, id));
        tv_day(item, "giorno", row->giorno);
        tv_text(item, "nome", row->nome);
        tv_text(item, "canale", row->canale);
        tv_text(item, "area", row->area);
        tv_text(item, "esito", row->esito);
        tv_text(item, "chi", row->chi);
    }
    tv_bool(page, "contatti_noti", list->count > 0);
}

/* ---- counts ----------------------------------------------------------------------------- */

enum { ANNO_MINIMO = 2000, ANNO_MASSIMO = 2100, VOCI = 100 };

struct conteggi_query {
    int64_t anno;
};
static const struct web_field conteggi_fields[] = {
    {FIELD(conteggi_query, anno), "Anno", INPUT_INT, false, ANNO_MINIMO, ANNO_MASSIMO, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form contatti_conteggi_form = {"contatti_conteggi", conteggi_fields,
                                                sizeof(struct conteggi_query), 0};

static const struct {
    enum contatto_per per;
    const char *titolo;
    const struct parola *parole; /* NULL: months */
} tables[] = {
    {PER_MESE, "Per mese", NULL},
    {PER_AREA, "Per area di bisogno", contatto_aree},
    {PER_ESITO, "Per esito", contatto_esiti},
    {PER_CANALE, "Per modo", contatto_canali},
};

static const char *const months[] = {"gennaio",   "febbraio", "marzo",    "aprile",
                                     "maggio",    "giugno",   "luglio",   "agosto",
                                     "settembre", "ottobre",  "novembre", "dicembre"};

static const char *entry_label(const struct parola *parole, const char *entry)
{
    if (parole != NULL) {
        const char *text = parola_text(parole, entry);
        return text != NULL ? text : entry;
    }
    int month = strlen(entry) == 7 ? (entry[5] - '0') * 10 + (entry[6] - '0') : 0;
    return month >= 1 && month <= 12 ? months[month - 1] : entry;
}

static void table_show(struct cx *cx, struct tv *tables_tv, size_t which, const struct list *list)
{
    int64_t counts[VOCI];
    const char *texts[VOCI];
    size_t count = 0;
    struct tv *table = tv_push(tables_tv);
    struct tv *rows = tv_children(table, "righe");
    tv_text(table, "titolo", tables[which].titolo);
    LIST_EACH (list, struct contatto_conta, entry) {
        counts[count++] = entry->contatti;
    }
    tv_text(table, "totale", conteggi_text(cx->arena, counts, count, texts));
    for (size_t i = 0; i < count; i++) {
        const struct contatto_conta *entry = LIST_ITEM(list, struct contatto_conta, i);
        struct minutes minutes = {(int32_t)entry->minuti};
        char time[MINUTES_TEXT];
        struct tv *row = tv_push(rows);
        tv_text(row, "voce", entry_label(tables[which].parole, entry->voce));
        tv_text(row, "contatti", texts[i]);
        /* The minutes would tell what the count hides. */
        tv_text(row, "ore",
                conteggio_hidden(texts[i]) ? NULL
                                           : arena_strdup(cx->arena, minutes_it(minutes, time)));
    }
}

bool contatti_conteggi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct conteggi_query *query = web_form(req);
    int year = day_civil(cx->today).year;
    if (query != NULL && query->anno != INT_NONE)
        year = (int)query->anno;
    struct tv *page = web_page(res, "accesso/conteggi", "Contatti per area");
    web_crumb(res, NULL, "Contatti per area");
    tv_int(page, "anno", year);
    tv_printf(page, "anno_prima", "/contatti/conteggi?anno=%d", year - 1);
    tv_printf(page, "anno_dopo", "/contatti/conteggi?anno=%d", year + 1);
    struct tv *list = tv_children(page, "tabelle");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct list counts;
        if (!contatto_count(cx, tables[i].per, ID_NONE, year, &counts))
            return false;
        table_show(cx, list, i, &counts);
    }
    return true;
}
