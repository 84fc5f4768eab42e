/* What is recorded beside a service: absences, special periods, who pays; and the calendars. */
#include "mod/fatturazione/pages.h"

#include "kit/tmpl/message.h"
#include "mod/persone/persone.h"

#include <string.h>

/* ---- forms --------------------------------------------------------------------------------- */

struct assenza_modulo {
    struct day dal, al, annunciata;
    const char *motivo;
};
static const struct web_field assenza_fields_form[] = {
    {FIELD(assenza_modulo, dal), "Assente dal", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(assenza_modulo, al), "Assente fino al", INPUT_DAY, false, 0, 0, NULL,
     "Vuoto: un giorno solo"},
    {FIELD(assenza_modulo, annunciata), "Avvisato il", INPUT_DAY, false, 0, 0, NULL,
     "Il giorno in cui la famiglia ha avvisato"},
    {FIELD(assenza_modulo, motivo), "Motivo", INPUT_TEXT, false, 0, 100, NULL,
     "Senza notizie di salute"},
    WEB_FIELD_END,
};
const struct web_form assenza_form = {"assenza", assenza_fields_form, sizeof(struct assenza_modulo),
                                      0};

struct periodo_modulo {
    const char *nome;
    struct day inizio, fine, proroga;
};
static const struct web_field periodo_fields_form[] = {
    {FIELD(periodo_modulo, nome), "Tipo di periodo", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(periodo_modulo, inizio), "Primo giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(periodo_modulo, fine), "Ultimo giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(periodo_modulo, proroga), "Prorogato fino al", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form periodo_form = {"periodo", periodo_fields_form, sizeof(struct periodo_modulo),
                                      0};

struct pagante_modulo {
    const char *persona, *ente;
    struct rate quota;
    struct day da;
};
static const struct web_field pagante_fields_form[] = {
    {FIELD(pagante_modulo, persona), "Persona che paga", INPUT_TEXT, false, 0, 60, NULL,
     "Codice fiscale, o numero dell’anagrafica"},
    {FIELD(pagante_modulo, ente), "Oppure l’ente che paga", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(pagante_modulo, quota), "Quota", INPUT_RATE, true, 0, 0, NULL, "50 % oppure 1/2"},
    {FIELD(pagante_modulo, da), "Dal giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form pagante_form = {"pagante", pagante_fields_form, sizeof(struct pagante_modulo),
                                      0};

struct annulla_modulo {
    struct id riga;
};
static const struct web_field annulla_fields[] = {
    {FIELD(annulla_modulo, riga), "Riga", INPUT_ID, true, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form annulla_form = {"annulla", annulla_fields, sizeof(struct annulla_modulo), 0};

/* ---- page of a service --------------------------------------------------------------------- */

static const char *service_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/prestazioni/%s%s", id_text(id, text), tail);
}

static bool show_absences(struct cx *cx, struct tv *page, struct id prestazione)
{
    struct list rows;
    struct tv *list = tv_children(page, "assenze");
    if (!assenza_list(cx, prestazione, &rows))
        return false;
    LIST_EACH (&rows, const struct assenza, a) {
        struct tv *item = tv_push(list);
        tv_id(item, "id", a->id);
        tv_day(item, "dal", a->dal);
        tv_day(item, "al", a->al);
        tv_day(item, "annunciata", a->annunciata);
        tv_text(item, "motivo", a->motivo);
        tv_bool(item, "vale", !day_known(a->annullata));
    }
    tv_bool(page, "con_assenze", rows.count > 0);
    return true;
}

static bool show_periods(struct cx *cx, struct web_req *req, struct tv *page, struct id prestazione)
{
    struct list rows, names;
    struct tv *list = tv_children(page, "periodi");
    if (!periodo_list(cx, prestazione, &rows) || !periodo_nomi(cx, prestazione, &names))
        return false;
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, names.count + 1);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = *LIST_ITEM(&names, const char *, i);
        choices[i] = (struct web_choice){name, periodo_words(cx->arena, name)};
    }
    LIST_EACH (&rows, const struct periodo_salvato, p) {
        struct tv *item = tv_push(list);
        tv_id(item, "id", p->id);
        tv_text(item, "nome", periodo_words(cx->arena, p->nome));
        tv_day(item, "dal", p->dal);
        tv_day(item, "al", p->al);
        tv_day(item, "proroga", p->proroga);
        tv_bool(item, "vale", !day_known(p->annullato));
    }
    web_choices(req, "nome", choices);
    tv_bool(page, "con_periodi", rows.count > 0);
    return true;
}

static bool show_payers(struct cx *cx, struct web_req *req, struct tv *page, struct id persona)
{
    struct list rows;
    struct tv *list = tv_children(page, "paganti");
    const struct web_choice *bodies;
    char text[RATE_TEXT];
    if (!pagante_list(cx, persona, &rows) || !ente_choices(cx, NULL, &bodies))
        return false;
    LIST_EACH (&rows, const struct pagante, p) {
        struct tv *item = tv_push(list);
        struct ente ente;
        const char *name;
        if (p->chi_ente.n != 0 ? !ente_load(cx, p->chi_ente, &ente)
                               : !persona_label(cx, p->chi_persona, &name))
            return false;
        tv_id(item, "id", p->id);
        tv_text(item, "nome", p->chi_ente.n != 0 ? ente.nome : name);
        tv_text(item, "quota", rate_machine(p->quota, text));
        tv_day(item, "dal", p->dal);
        tv_day(item, "al", p->al);
        tv_bool(item, "paga", !day_known(p->al));
    }
    web_choices(req, "ente", bodies);
    tv_bool(page, "con_paganti", rows.count > 0);
    return true;
}

bool assenze_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct prestazione p;
    struct servizio servizio;
    const char *name;
    char id[ID_TEXT];
    if (!prestazione_load(cx, web_id(req), &p) || !servizio_load(cx, p.servizio, &servizio) ||
        !persona_label(cx, p.persona, &name))
        return false;
    struct tv *page =
        web_page(res, "fatturazione/assenze",
                 arena_printf(cx->arena, "Assenze e periodi: %s, %s", name, servizio.codice));
    web_crumb(res, "/prestazioni", "Prestazioni");
    web_crumb(res, service_href(cx, p.id, ""), name);
    web_crumb(res, NULL, "Assenze e periodi");
    bool decides = web_may(cx, req, "periodi.scrivi");
    tv_text(page, "assenza",
            web_may(cx, req, "assenze.scrivi") ? service_href(cx, p.id, "/assenze") : NULL);
    tv_text(page, "periodo", decides ? service_href(cx, p.id, "/periodi") : NULL);
    tv_text(page, "pagante", decides ? service_href(cx, p.id, "/paganti") : NULL);
    tv_bool(page, "decide", decides);
    tv_text(page, "conguagli",
            web_may(cx, req, "conguagli.leggi")
                ? arena_printf(cx->arena, "/persone/%s/conguagli", id_text(p.persona, id))
                : NULL);
    if (!show_absences(cx, page, p.id) || !show_periods(cx, req, page, p.id) ||
        (decides && !show_payers(cx, req, page, p.persona)))
        return false;
    if (!decides) {
        tv_children(page, "paganti");
        tv_bool(page, "con_paganti", false);
    }
    web_form_show(req, page, "form_assenza", &assenza_form, NULL);
    web_form_show(req, page, "form_periodo", &periodo_form, NULL);
    web_form_show(req, page, "form_pagante", &pagante_form, NULL);
    return true;
}

static bool back(struct cx *cx, struct web_req *req, struct web_res *res, const char *key)
{
    web_notice(req, "%s", message(key));
    web_redirect(res, "%s", service_href(cx, web_id(req), "/assenze"));
    return true;
}

bool assenza_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct assenza_modulo *form = web_form(req);
    struct fatturazione_fault fault = {0};
    struct assenza absence = {.prestazione = web_id(req),
                              .dal = form->dal,
                              .al = form->al,
                              .annunciata = form->annunciata,
                              .motivo = form->motivo};
    if (!assenza_record(cx, &absence, &fault) || fault_show(req, &fault))
        return false;
    return back(cx, req, res, "fatturazione.assenza");
}

bool assenza_annulla(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct annulla_modulo *form = web_form(req);
    return assenza_annul(cx, web_id(req), form->riga) &&
           back(cx, req, res, "fatturazione.annullata");
}

bool periodo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct periodo_modulo *form = web_form(req);
    struct fatturazione_fault fault = {0};
    struct periodo_salvato period = {.prestazione = web_id(req),
                                     .nome = form->nome,
                                     .dal = form->inizio,
                                     .al = form->fine,
                                     .proroga = form->proroga};
    if (!periodo_record(cx, &period, &fault))
        return false;
    if (fault.testo != NULL && fault.campo != NULL) /* the form has its own names for the days */
        fault.campo = strcmp(fault.campo, "dal") == 0  ? "inizio"
                      : strcmp(fault.campo, "al") == 0 ? "fine"
                                                       : fault.campo;
    if (fault_show(req, &fault))
        return false;
    return back(cx, req, res, "fatturazione.periodo");
}

bool periodo_annulla(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct annulla_modulo *form = web_form(req);
    return periodo_annul(cx, web_id(req), form->riga) &&
           back(cx, req, res, "fatturazione.annullato");
}

/* One person and no other, or a body: not both, not neither. */
static bool payer_of(struct cx *cx, struct web_req *req, const struct pagante_modulo *form,
                     struct pagante *payer)
{
    struct list found = {.count = 0};
    struct ente ente;
    if ((form->persona == NULL) == (form->ente == NULL)) {
        web_fault(req, "persona", "%s", message("fatturazione.chi_paga"));
        return false;
    }
    if (form->ente != NULL) {
        if (id_parse(form->ente, &payer->chi_ente) && ente_load(cx, payer->chi_ente, &ente))
            return true;
        err_clear(&cx->err);
        web_fault(req, "ente", "%s", message("fatturazione.chi_paga"));
        return false;
    }
    if (persona_exact(cx->arena, form->persona) && !persona_search(cx, form->persona, 2, &found))
        return false;
    if (found.count != 1) {
        web_fault(req, "persona", "%s", message("fatturazione.persona"));
        return false;
    }
    payer->chi_persona = LIST_ITEM(&found, struct persona_trovata, 0)->id;
    return true;
}

bool pagante_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct pagante_modulo *form = web_form(req);
    struct fatturazione_fault fault = {0};
    struct prestazione p;
    if (!prestazione_load(cx, web_id(req), &p))
        return false;
    struct pagante payer = {
        .persona = p.persona, .quota = form->quota, .dal = form->da, .al = DAY_NONE};
    if (!payer_of(cx, req, form, &payer) || !pagante_record(cx, &payer, &fault))
        return false;
    if (fault.testo != NULL && fault.campo != NULL)
        fault.campo = strcmp(fault.campo, "dal") == 0   ? "da"
                      : strcmp(fault.campo, "chi") == 0 ? "persona"
                                                        : fault.campo;
    if (fault_show(req, &fault))
        return false;
    return back(cx, req, res, "fatturazione.pagante");
}

bool pagante_fine(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct annulla_modulo *form = web_form(req);
    struct prestazione p;
    if (!prestazione_load(cx, web_id(req), &p) ||
        !pagante_end(cx, p.persona, form->riga, cx->today))
        return false;
    return back(cx, req, res, "fatturazione.pagante_fine");
}
