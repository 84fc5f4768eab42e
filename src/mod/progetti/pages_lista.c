/* Projects as a list, and those of one record. */
#include "mod/cartella/cartella.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"
#include "mod/progetti/view.h"

#include <string.h>

struct filtri {
    const char *tipo, *stato;
    struct day verifica_entro;
    bool miei, chiusi;
};
static const struct web_choice tipi[] = {
    {"individuale", "Progetto individuale"}, {"pai", "PAI"},
    {"patto", "Patto per l’inclusione"},     {"vita", "Progetto di vita"},
    {"quadro", "Progetto quadro"},           {NULL, NULL},
};
static const struct web_choice stati[] = {
    {"bozza", "In preparazione"},
    {"da_firmare", "Da firmare"},
    {"in_corso", "In corso"},
    {"sospeso", "Sospeso"},
    {"concluso", "Concluso"},
    {"annullato", "Annullato"},
    {NULL, NULL},
};
static const struct web_field filter_fields[] = {
    {FIELD(filtri, tipo), "Tipo di progetto", INPUT_CHOICE, false, 0, 0, tipi, NULL},
    {FIELD(filtri, stato), "Stato", INPUT_CHOICE, false, 0, 0, stati, NULL},
    {FIELD(filtri, verifica_entro), "Con una verifica entro il", INPUT_DAY, false, 0, 0, NULL,
     NULL},
    {FIELD(filtri, miei), "Solo i miei", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(filtri, chiusi), "Anche quelli chiusi", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form filters = {"progetti", filter_fields, sizeof(struct filtri), 0};

/* A worker sees those of the own body, the ambito's own people all. */
static bool scope(struct cx *cx, struct progetti_pagina *page)
{
    struct ente own;
    if (!ente_load(cx, cx->who->ente, &own))
        return false;
    if (ente_tipo_parse(own.tipo) != TIPO_AMBITO)
        page->ente = own.id;
    return true;
}

static bool load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    const struct filtri *f = want->filters;
    struct progetti_pagina page = {.tipo = f->tipo,
                                   .stato = f->stato,
                                   .aperti = !f->chiusi && f->stato == NULL,
                                   .verifica_entro = f->verifica_entro,
                                   .limit = want->limit};
    if (f->miei)
        page.responsabile = cx->who->utente;
    else if (!scope(cx, &page))
        return false;
    if (want->after != NULL) {
        const char *bar = strrchr(want->after, '|');
        if (bar == NULL || !id_parse(bar + 1, &page.dopo_id))
            return FAIL(cx, ERR_INPUT, "l’elenco non comincia da qui");
        page.dopo = arena_strndup(cx->arena, want->after, (size_t)(bar - want->after));
    }
    return progetti_page(cx, &page, rows);
}

static const char *key(struct cx *cx, const char *sort, const void *object)
{
    const struct progetto_riga *row = object;
    char id[ID_TEXT];
    (void)sort;
    return arena_printf(cx->arena, "%s|%s", row->chiave, id_text(row->id, id));
}

static const struct web_column columns[] = {
    {"persona", "Persona", "/progetti/{id}", false, false},
    {"tipo", "Tipo", NULL, false, false},
    {"stato", "Stato", NULL, false, false},
    {"dal", "Dal", NULL, false, false},
    {"al", "Al", NULL, false, false},
    {"prossima", "Prossima verifica", NULL, false, false},
    {"responsabile", "Responsabile", NULL, false, false},
    {"ente", NULL, NULL, false, false},
    {"totale", "Budget", NULL, true, false},
    {"famiglia", NULL, NULL, true, false},
    {"id", NULL, NULL, false, true},
    {"cartella", NULL, NULL, false, true},
    {"chiave", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"persona", "Persona (A-Z)"}, {NULL, NULL}};

const struct web_list progetti_lista = {
    .name = "progetti",
    .title = "Progetti",
    .intro = "I progetti e i patti del tuo ente. Ciascuno apre quelli dei casi che segue.",
    .empty = "Nessun progetto aperto. Si comincia dalla cartella della persona.",
    .fields = progetto_riga_fields,
    .size = sizeof(struct progetto_riga),
    .columns = columns,
    .filters = &filters,
    .sorts = sorts,
    .load = load,
    .key = key,
};

/* ---- those of a record -------------------------------------------------------------------------
 */

static bool line_show(struct cx *cx, struct tv *list, const struct progetto *p, bool *any)
{
    enum authz_answer answer;
    if (!progetto_decide(cx, p->cartella, p->riserbo, AZIONE_LEGGI, &answer))
        return false;
    if (answer == AUTHZ_DENY)
        return true;
    bool open = answer == AUTHZ_ALLOW;
    struct tv *item = tv_push(list);
    tv_text(item, "href", open ? progetto_href(cx, p->id, "") : NULL);
    tv_text(item, "tipo",
            open ? progetto_tipo_title(progetto_tipo_parse(p->tipo)) : "Progetto riservato");
    tv_text(item, "stato", open ? progetto_stato_title(progetto_stato_parse(p->stato)) : NULL);
    tv_day(item, "dal", open ? p->dal : DAY_NONE);
    tv_day(item, "al", open ? p->al : DAY_NONE);
    tv_day(item, "prossima", open ? p->prossima : DAY_NONE);
    tv_money(item, "totale", open ? p->totale : MONEY_INVALID);
    *any = true;
    return true;
}

bool cartella_progetti_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct list list;
    const char *name;
    char id[ID_TEXT];
    enum authz_answer writes;
    bool any = false;
    if (web_masked(req))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna cartella");
    if (!cartella_load(cx, web_id(req), &cartella) || !persona_label(cx, cartella.persona, &name) ||
        !progetto_of(cx, cartella.id, &list) ||
        !progetto_decide(cx, cartella.id, cartella.riserbo, AZIONE_CREA, &writes))
        return false;
    const char *href = arena_printf(cx->arena, "/cartelle/%s", id_text(cartella.id, id));
    struct tv *page = web_page(res, "progetti/cartella", "Progetti");
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, href, name);
    web_crumb(res, NULL, "Progetti");
    struct tv *lines = tv_children(page, "progetti");
    LIST_EACH (&list, struct progetto, p)
        if (!line_show(cx, lines, p, &any))
            return false;
    tv_bool(page, "alcuni", any);
    tv_text(page, "nuovo",
            writes == AUTHZ_ALLOW && !day_known(cartella.chiusa) &&
                    web_may(cx, req, "progetti.scrivi")
                ? arena_printf(cx->arena, "%s/progetti/nuovo", href)
                : NULL);
    return persona_header(cx, req, page, cartella.persona, "cartella");
}
