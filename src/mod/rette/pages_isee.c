/* ISEE attestations of a person, and what a service would cost. */
#include "mod/rette/pages.h"

#include "kit/tmpl/message.h"
#include "kit/web/paper.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"

#include <string.h>

/* ---- forms ------------------------------------------------------------------------------ */

struct isee_modulo {
    const char *tipo;
    struct money valore;
    const char *protocollo;
    struct day sottoscritta;
    struct day scadenza;
};
static const struct web_choice tipi[] = {{"ordinario", "ISEE ordinario"},
                                         {"sociosanitario", "ISEE sociosanitario"},
                                         {"residenze", "ISEE sociosanitario residenze"},
                                         {"minorenni", "ISEE minorenni"},
                                         {"corrente", "ISEE corrente"},
                                         {NULL, NULL}};
static const struct web_field isee_fields[] = {
    {FIELD(isee_modulo, tipo), "Tipo di ISEE", INPUT_CHOICE, true, 0, 0, tipi, NULL},
    {FIELD(isee_modulo, valore), "Valore", INPUT_MONEY, true, 0, 1000000000, NULL,
     "Come sta sull’attestazione; zero è un valore"},
    {FIELD(isee_modulo, protocollo), "Protocollo INPS", INPUT_TEXT, true, 1, 60, NULL,
     "Per esempio INPS-ISEE-2025-01234567A-00"},
    {FIELD(isee_modulo, sottoscritta), "Sottoscritta il", INPUT_DAY, true, 0, 0, NULL,
     "Giorno della dichiarazione (DSU)"},
    {FIELD(isee_modulo, scadenza), "Scade il", INPUT_DAY, false, 0, 0, NULL,
     "Vuoto: il 31 dicembre; per un ISEE corrente, sei mesi"},
    WEB_FIELD_END,
};
const struct web_form isee_form = {"isee", isee_fields, sizeof(struct isee_modulo), 0};

struct annulla_modulo {
    struct id isee;
};
static const struct web_field annulla_fields[] = {
    {FIELD(annulla_modulo, isee), "Attestazione", INPUT_ID, true, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form isee_annul_form = {"annulla", annulla_fields, sizeof(struct annulla_modulo),
                                         0};

struct domanda {
    const char *servizio;
    const char *variante;
    const char *giorno;
    bool calcola;
};
static const struct web_field domanda_fields[] = {
    {FIELD(domanda, servizio), "Servizio", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(domanda, variante), "Variante", INPUT_TEXT, false, 0, 40, NULL,
     "Per esempio feriale o festivo; vuoto se il piano è uno solo"},
    {FIELD(domanda, giorno), "Giorno", INPUT_TEXT, false, 0, 10, NULL, "Vuoto: oggi"},
    WEB_FIELD_END,
};
static const struct web_form domanda_form = {"domanda", domanda_fields, sizeof(struct domanda), 0};
static const struct web_field query_fields[] = {
    {FIELD(domanda, servizio), "Servizio", INPUT_TEXT, false, 0, 20, NULL, NULL},
    {FIELD(domanda, variante), "Variante", INPUT_TEXT, false, 0, 40, NULL, NULL},
    {FIELD(domanda, giorno), "Giorno", INPUT_TEXT, false, 0, 20, NULL, NULL},
    {FIELD(domanda, calcola), "Calcola", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form isee_query = {"domanda", query_fields, sizeof(struct domanda), 0};
const struct web_form avviso_query = {"avviso", query_fields, sizeof(struct domanda), 0};

/* ---- page ------------------------------------------------------------------------------- */

static const char *isee_href(struct cx *cx, struct id persona, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/persone/%s/isee%s", id_text(persona, text), tail);
}

struct isee_aspetto {
    const char *stato, *classe;
};

static struct isee_aspetto aspect_of(const struct isee_riga *riga, struct day today)
{
    if (day_known(riga->annullata))
        return (struct isee_aspetto){"annullata", "bg-secondary"};
    if (day_cmp(riga->scadenza, today) < 0)
        return (struct isee_aspetto){"scaduta", "bg-warning"};
    return (struct isee_aspetto){"valida", "bg-success"};
}

static bool show_attestations(struct cx *cx, struct tv *page, struct id persona)
{
    struct list rows;
    struct tv *list = tv_children(page, "attestazioni");
    if (!store_isee_rows(cx, persona, &rows))
        return false;
    LIST_EACH (&rows, struct isee_riga, riga) {
        struct tv *item = tv_push(list);
        struct isee_aspetto aspect = aspect_of(riga, cx->today);
        tv_id(item, "id", riga->id);
        tv_text(item, "tipo", isee_tipo_title(isee_tipo_parse(riga->tipo)));
        tv_money(item, "valore", riga->valore);
        tv_text(item, "protocollo", riga->protocollo);
        tv_day(item, "sottoscritta", riga->sottoscritta);
        tv_day(item, "scadenza", riga->scadenza);
        tv_text(item, "stato", aspect.stato);
        tv_text(item, "classe", aspect.classe);
        tv_text(item, "annulla",
                day_known(riga->annullata) ? NULL : isee_href(cx, persona, "/annulla"));
    }
    tv_bool(page, "any", rows.count > 0);
    return true;
}

/* *found false, without a fault: nothing was asked. */
static bool answer(struct cx *cx, struct web_req *req, const struct domanda *domanda,
                   struct retta *retta, struct day *giorno, bool *found)
{
    *giorno = cx->today;
    *found = false;
    if (domanda == NULL || !domanda->calcola || domanda->servizio == NULL)
        return true;
    if (domanda->giorno != NULL && !day_parse(domanda->giorno, giorno)) {
        web_fault(req, "giorno", "%s", message("rette.giorno"));
        return true;
    }
    if (!retta_unitaria(cx, domanda->servizio, domanda->variante, web_id(req), *giorno, retta,
                        found))
        return false;
    if (!*found)
        web_fault(req, "variante", "%s", message("rette.nessun_piano"));
    return true;
}

/* What the notice is asked for, as hidden fields of its button. */
static void show_avviso(struct cx *cx, struct tv *page, const struct domanda *domanda,
                        const struct retta *retta, struct day giorno, struct id persona)
{
    char day[DAY_TEXT];
    bool due = retta != NULL && retta->esito == RETTA_DOVUTA;
    tv_text(page, "avviso", due ? isee_href(cx, persona, "/avviso") : NULL);
    tv_text(page, "avviso_servizio", due ? domanda->servizio : NULL);
    tv_text(page, "avviso_variante", due ? domanda->variante : NULL);
    tv_text(page, "avviso_giorno", due ? arena_strdup(cx->arena, day_iso(giorno, day)) : NULL);
}

static bool show_question(struct cx *cx, struct web_req *req, struct tv *page)
{
    const struct domanda *domanda = web_form(req);
    struct list services;
    struct retta retta;
    struct day giorno;
    bool found;
    if (!servizio_list(cx, &services) || !answer(cx, req, domanda, &retta, &giorno, &found))
        return false;
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, services.count + 1);
    for (size_t i = 0; i < services.count; i++) {
        const struct servizio *servizio = LIST_ITEM(&services, struct servizio, i);
        choices[i] = (struct web_choice){servizio->codice, servizio->nome};
    }
    web_choices(req, "servizio", choices);
    retta_show(page, found ? &retta : NULL);
    show_avviso(cx, page, domanda, found ? &retta : NULL, giorno, web_id(req));
    web_form_show(req, page, "domanda", &domanda_form, domanda);
    return true;
}

bool isee_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const char *name;
    struct id persona = web_id(req);
    char id[ID_TEXT];
    if (!persona_label(cx, persona, &name))
        return false;
    struct tv *page = web_page(res, "rette/isee", arena_printf(cx->arena, "ISEE di %s", name));
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, arena_printf(cx->arena, "/persone/%s", id_text(persona, id)), name);
    web_crumb(res, NULL, "ISEE");
    if (!persona_header(cx, req, page, persona, "isee"))
        return false;
    tv_bool(page, "oscurata", web_masked(req));
    if (web_masked(req))
        return true;
    tv_bool(page, "scrive", web_may(cx, req, "isee.scrivi"));
    tv_text(page, "percorso", isee_href(cx, persona, ""));
    if (!show_attestations(cx, page, persona) || !show_question(cx, req, page))
        return false;
    web_form_show(req, page, "form", &isee_form, NULL);
    return true;
}

/* ---- acts ------------------------------------------------------------------------------- */

bool isee_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct isee_modulo *form = web_form(req);
    struct rette_faults faults = {.arena = cx->arena};
    struct isee isee = {.persona = web_id(req),
                        .tipo = isee_tipo_parse(form->tipo),
                        .valore = form->valore,
                        .protocollo = form->protocollo,
                        .sottoscritta = form->sottoscritta,
                        .scadenza = form->scadenza};
    if (!isee_record(cx, &isee, &faults))
        return false;
    for (size_t i = 0; i < faults.count; i++)
        web_fault(req, faults.items[i].field, "%s", faults.items[i].text);
    if (faults.count > 0)
        return false;
    web_notice(req, "%s", message("rette.isee_registrato"));
    web_redirect(res, "%s", isee_href(cx, isee.persona, ""));
    return true;
}

bool isee_annul_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct annulla_modulo *form = web_form(req);
    if (!isee_annul(cx, web_id(req), form->isee))
        return false;
    web_notice(req, "%s", message("rette.isee_annullato"));
    web_redirect(res, "%s", isee_href(cx, web_id(req), ""));
    return true;
}

/* ---- notice ----------------------------------------------------------------------------- */

bool avviso_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct domanda *domanda = web_form(req);
    struct retta retta;
    struct day giorno;
    struct piano piano;
    struct ente ambito;
    const char *name;
    bool found;
    if (!answer(cx, req, domanda, &retta, &giorno, &found))
        return false;
    if (!found || retta.esito != RETTA_DOVUTA || web_masked(req))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna retta da scrivere");
    if (!persona_label(cx, web_id(req), &name) || !retta_load_plan(cx, retta.piano, &piano) ||
        !ente_load(cx, cx->who->ambito, &ambito))
        return false;
    struct retta_avviso avviso = {
        .ente = ambito.nome,
        .persona = name,
        .servizio = piano.nome != NULL ? piano.nome : piano.servizio,
        .variante = retta.festivo ? "festivo" : piano.variante,
        .giorno = giorno,
        .scritto = cx->now,
        .retta = &retta,
    };
    return web_paper(cx, res, rette_avviso(cx->arena, &avviso), DOC_PDF, "avviso-retta");
}
