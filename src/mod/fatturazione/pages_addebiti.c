/* The lines of a run, with names; one line; the tables for the accounting office. */
#include "kit/web/paper.h"
#include "mod/fatturazione/calcolo.h"
#include "mod/fatturazione/pages.h"

#include "kit/tmpl/message.h"
#include "mod/persone/persone.h"

#include <string.h>

/* ---- its lines ----------------------------------------------------------------------------- */

struct addebiti_chiesti {
    const char *dopo;
    struct id da;
};
static const struct web_field addebiti_fields[] = {
    {FIELD(addebiti_chiesti, dopo), "Dopo", INPUT_TEXT, false, 0, 400, NULL, NULL},
    {FIELD(addebiti_chiesti, da), "Da", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form addebiti_query = {"addebiti", addebiti_fields,
                                        sizeof(struct addebiti_chiesti), 0};
enum { RIGHE = 50, ANOMALIE_MOSTRATE = 200, PAGANTI_MOSTRATI = 200 };

static const char *query_escape(struct arena *arena, const char *text)
{
    struct buf buf;
    buf_init(&buf, arena, 2000);
    for (; *text != '\0'; text++)
        buf_printf(&buf, "%%%02X", (unsigned char)*text);
    return buf.data != NULL ? buf.data : "";
}

static bool show_lines(struct cx *cx, struct tv *page, struct id run,
                       const struct addebiti_chiesti *asked)
{
    struct list lines;
    struct tv *list = tv_children(page, "righe");
    char id[ID_TEXT], month[MESE_TEXT];
    const char *next = NULL;
    bool later = asked != NULL && asked->dopo != NULL && asked->da.n != 0;
    if (!store_addebiti(cx, run, later ? asked->dopo : NULL, later ? asked->da : ID_NONE, RIGHE + 1,
                        &lines))
        return false;
    for (size_t i = 0; i < lines.count && i < RIGHE; i++) {
        const struct addebito_riga *a = LIST_ITEM(&lines, struct addebito_riga, i);
        struct tv *item = tv_push(list);
        tv_text(item, "persona", a->persona);
        tv_printf(item, "href", "/addebiti/%s", id_text(a->id, id));
        tv_text(item, "comune_nome", a->comune_nome);
        tv_text(item, "conguaglio",
                day_known(a->rettifica) ? arena_strdup(cx->arena, mese_words(a->rettifica, month))
                                        : NULL);
        tv_money(item, "lorda", a->lorda);
        tv_money(item, "retta", a->retta);
        tv_money(item, "costo", a->costo);
        tv_money(item, "comune", a->comune);
        tv_money(item, "ambito", a->quota_ambito);
        if (i + 1 == RIGHE && lines.count > RIGHE)
            next = arena_printf(cx->arena, "%s?dopo=%s&da=%s", corsa_href(cx, run, "/addebiti"),
                                query_escape(cx->arena, a->chiave), id_text(a->id, id));
    }
    tv_text(page, "altri", next);
    tv_text(page, "primi", later ? corsa_href(cx, run, "/addebiti") : NULL);
    tv_bool(page, "any", lines.count > 0);
    return true;
}

static bool show_named(struct cx *cx, const struct web_req *req, struct tv *page, struct id run)
{
    bool service = web_may(cx, req, "prestazioni.leggi");
    struct list payers, odd;
    struct tv *who = tv_children(page, "paganti"), *list = tv_children(page, "anomalie");
    char id[ID_TEXT];
    if (!store_paganti(cx, run, PAGANTI_MOSTRATI, &payers) ||
        !store_anomalie(cx, run, 0, ANOMALIE_MOSTRATE, &odd))
        return false;
    LIST_EACH (&odd, const struct anomalia_riga, a) {
        struct tv *item = tv_push(list);
        tv_text(item, "persona", a->persona);
        tv_text(item, "titolo", anomalia_title(a->tipo));
        tv_text(item, "testo", a->testo);
        tv_bool(item, "esclude", anomalia_blocks(a->tipo));
        tv_text(item, "href",
                service ? arena_printf(cx->arena, "/prestazioni/%s", id_text(a->prestazione, id))
                        : NULL);
    }
    LIST_EACH (&payers, const struct pagante_somma, p)
        if (strcmp(p->chi_tipo, "ente") == 0) {
            struct tv *item = tv_push(who);
            tv_text(item, "nome", p->nome);
            tv_money(item, "importo", p->importo);
        }
    tv_bool(page, "con_anomalie", odd.count > 0);
    return true;
}

bool addebiti_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct corsa_vista vista;
    if (!corsa_view(cx, web_id(req), &vista))
        return false;
    struct tv *page = web_page(res, "fatturazione/addebiti",
                               arena_printf(cx->arena, "Addebiti %s", vista.titolo));
    web_crumb(res, "/fatturazione", "Fatturazione");
    web_crumb(res, corsa_href(cx, vista.f.id, ""), vista.titolo);
    web_crumb(res, NULL, "Addebiti");
    return show_lines(cx, page, vista.f.id, web_form(req)) && show_named(cx, req, page, vista.f.id);
}

/* ---- one line ------------------------------------------------------------------------------ */

bool addebito_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct addebito a;
    struct corsa_vista vista;
    struct list parts;
    const char *name;
    char id[ID_TEXT];
    if (!store_addebito_load(cx, web_id(req), &a) || !corsa_view(cx, a.fatturazione, &vista) ||
        !persona_label(cx, a.persona, &name) || !store_parti(cx, a.id, &parts))
        return false;
    struct tv *page = web_page(res, "fatturazione/addebito",
                               arena_printf(cx->arena, "%s, %s", name, vista.titolo));
    web_crumb(res, "/fatturazione", "Fatturazione");
    web_crumb(res, corsa_href(cx, vista.f.id, ""), vista.titolo);
    web_crumb(res, corsa_href(cx, vista.f.id, "/addebiti"), "Addebiti");
    web_crumb(res, NULL, name);
    struct tv *pairs = tv_children(page, "pairs");
    fatto(pairs, "Retta intera", euro(cx, a.lorda), NULL);
    fatto(pairs, "Retta dovuta", euro(cx, a.retta), NULL);
    fatto(pairs, "Costo del servizio", euro(cx, a.costo), NULL);
    fatto(pairs, "A carico del comune", euro(cx, a.comune), NULL);
    fatto(pairs, "A carico dell’Ambito", euro(cx, a.quota_ambito), NULL);
    struct tv *who = tv_children(page, "paganti");
    LIST_EACH (&parts, const struct pagante_somma, p) {
        struct tv *item = tv_push(who);
        tv_text(item, "nome", p->nome);
        tv_money(item, "importo", p->importo);
    }
    tv_text(page, "spiegazione", a.spiegazione);
    tv_printf(page, "avviso", "/addebiti/%s/avviso", id_text(a.id, id));
    return true;
}

bool addebito_avviso_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct doc *doc;
    return avviso_doc(cx, web_id(req), &doc) &&
           web_paper(cx, res, doc, DOC_PDF, "avviso-pagamento");
}

/* ---- for the accounting office ------------------------------------------------------------- */

struct esporta_chiesto {
    const char *formato;
};
static const struct web_field esporta_fields[] = {
    {FIELD(esporta_chiesto, formato), "Formato", INPUT_TEXT, true, 1, 8, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form addebiti_formato = {"esporta", esporta_fields, sizeof(struct esporta_chiesto),
                                          0};

bool addebiti_esporta(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct esporta_chiesto *asked = web_form(req);
    enum doc_format format;
    struct doc *doc;
    struct corsa_vista vista;
    char month[MESE_TEXT];
    if (asked == NULL || !doc_format_parse(asked->formato, &format) || format == DOC_HTML)
        return FAIL(cx, ERR_INPUT, "%s", message("fatturazione.formato"));
    bool list = format == DOC_CSV || format == DOC_JSON;
    if (!corsa_view(cx, web_id(req), &vista) || !contabile_doc(cx, vista.f.id, list, &doc))
        return false;
    web_audit_detail(req, "%s, %s", vista.titolo, asked->formato);
    return web_paper(cx, res, doc, format,
                     arena_printf(cx->arena, "fatturazione-%s-%s", vista.servizio.codice,
                                  mese_iso(vista.f.mese, month)));
}
