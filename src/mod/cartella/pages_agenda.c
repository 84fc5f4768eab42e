/* The start page of a social worker. */
#include "mod/accesso/accesso.h"
#include "mod/cartella/sql.h"
#include "mod/cartella/view.h"
#include "mod/utenti/utenti.h"

#include <string.h>

enum {
    CASI = 20,
    CONTATTI = 50,
    AVVISI = 20,
    BOZZE = 20,
    FATTI = 600,
    SCADENZE_GIORNI = 30,
    SCADENZE = 50,
    ATTESTAZIONI = 50
};

/* ---- agenda ----------------------------------------------------------------------------- */

struct bozza_riga {
    const char *percorso;
    struct instant quando;
};
static const struct field bozza_fields[] = {FIELD(bozza_riga, percorso), FIELD(bozza_riga, quando),
                                            FIELD_END};

static bool cases_show(struct cx *cx, struct tv *page)
{
    struct cartella_pagina mine = {.responsabile = cx->who->utente, .aperte = true, .limit = CASI};
    struct list rows;
    if (!cartella_page(cx, &mine, &rows))
        return false;
    struct tv *list = tv_children(page, "casi");
    LIST_EACH (&rows, struct cartella_riga, row) {
        struct tv *item = tv_push(list);
        tv_text(item, "href", cartella_href(cx, row->id));
        tv_text(item, "nome", row->nome);
        tv_text(item, "stato", row->stato);
        tv_text(item, "tipo_utente", row->tipo_utente);
        tv_day(item, "aperta", row->aperta);
    }
    tv_bool(page, "casi_noti", rows.count > 0);
    tv_text(page, "casi_altri", rows.count == CASI ? "/cartelle?mie=1" : NULL);
    return true;
}

static bool drafts_show(struct cx *cx, struct tv *page)
{
    struct list rows;
    if (!db_list(cx, &cartella_sql[BOZZA_LIST],
                 DB_ARGS(cx->who->ambito, cx->who->utente, (int64_t)BOZZE), bozza_fields,
                 sizeof(struct bozza_riga), BOZZE, &rows))
        return false;
    struct tv *list = tv_children(page, "bozze");
    LIST_EACH (&rows, struct bozza_riga, row) {
        struct tv *item = tv_push(list);
        bool note = strstr(row->percorso, "/diario/") != NULL;
        tv_text(item, "href", row->percorso);
        tv_text(item, "label", note ? "Nota di diario" : "Modulo non finito");
        tv_instant(item, "quando", row->quando);
    }
    tv_bool(page, "bozze_note", rows.count > 0);
    return true;
}

struct scadenza {
    struct id persona;
    const char *nome;
    struct day scadenza;
};
static const struct field scadenza_fields[] = {FIELD(scadenza, persona), FIELD(scadenza, nome),
                                               FIELD(scadenza, scadenza), FIELD_END};

bool isee_expiring(struct cx *cx, struct day dal, struct day al, size_t max, struct list *days)
{
    struct list rows;
    if (!db_list(cx, &cartella_sql[ISEE_IN_SCADENZA],
                 DB_ARGS(cx->who->ambito, cx->who->utente, dal, al, (int64_t)max), scadenza_fields,
                 sizeof(struct scadenza), max, &rows))
        return false;
    struct day *made = ARENA_NEWS(cx->arena, struct day, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++)
        made[i] = LIST_ITEM(&rows, struct scadenza, i)->scadenza;
    *days = (struct list){made, rows.count, sizeof *made, rows.clipped};
    return true;
}

/* Attestations about to end, and those that ended without a new one. */
static bool expiries_show(struct cx *cx, struct tv *page)
{
    struct list rows;
    if (!db_list(cx, &cartella_sql[ISEE_IN_SCADENZA],
                 DB_ARGS(cx->who->ambito, cx->who->utente, day_add(cx->today, -SCADENZE_GIORNI),
                         day_add(cx->today, SCADENZE_GIORNI), (int64_t)SCADENZE),
                 scadenza_fields, sizeof(struct scadenza), SCADENZE, &rows))
        return false;
    struct tv *list = tv_children(page, "scadenze");
    LIST_EACH (&rows, struct scadenza, row) {
        char id[ID_TEXT];
        struct tv *item = tv_push(list);
        tv_printf(item, "href", "/persone/%s/isee", id_text(row->persona, id));
        tv_text(item, "nome", row->nome);
        tv_day(item, "giorno", row->scadenza);
        tv_bool(item, "scaduto", day_cmp(row->scadenza, cx->today) < 0);
    }
    tv_bool(page, "scadenze_note", rows.count > 0);
    return true;
}

static bool contacts_show(struct cx *cx, struct tv *page)
{
    struct list rows;
    if (!contatto_mine(cx, cx->today, CONTATTI, &rows))
        return false;
    struct tv *list = tv_children(page, "contatti");
    LIST_EACH (&rows, struct contatto_riga, row) {
        char id[ID_TEXT];
        struct tv *item = tv_push(list);
        tv_printf(item, "href", "/contatti/%s", id_text(row->id, id));
        tv_text(item, "nome", row->nome != NULL ? row->nome : "Anonimo");
        tv_text(item, "esito", row->esito);
    }
    tv_bool(page, "contatti_noti", rows.count > 0);
    return true;
}

static bool notices_show(struct cx *cx, struct tv *page)
{
    struct list rows;
    if (!avviso_list(cx, AVVISI, &rows))
        return false;
    struct tv *list = tv_children(page, "avvisi");
    LIST_EACH (&rows, struct avviso, row) {
        struct tv *item = tv_push(list);
        tv_text(item, "testo", row->testo);
        tv_text(item, "href", row->href);
        tv_instant(item, "quando", row->creato);
    }
    tv_bool(page, "avvisi_noti", rows.count > 0);
    return true;
}

bool agenda_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct tv *page = web_page(res, "cartella/agenda", "Agenda");
    tv_day(page, "oggi", cx->today);
    tv_text(page, "contatto_nuovo", web_may(cx, req, "accesso.scrivi") ? "/contatti/nuovo" : NULL);
    tv_text(page, "calendario", web_may(cx, req, "calendario.leggi") ? "/calendario" : NULL);
    tv_text(page, "tutte_scadenze", web_may(cx, req, "scadenze.leggi") ? "/scadenze" : NULL);
    tv_text(page, "carichi", web_may(cx, req, "cartella.coordina") ? "/carichi" : NULL);
    return notices_show(cx, page) && cases_show(cx, page) && expiries_show(cx, page) &&
           drafts_show(cx, page) && contacts_show(cx, page);
}
