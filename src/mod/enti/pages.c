/* One body: its page, and the form that makes or changes it. */
#include "mod/enti/pages.h"
#include "mod/enti/store.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* ---- page -------------------------------------------------------------------------------- */

static bool ente_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct ente ente;

    *facts = (struct web_facts){.sensitivity = RISERVO_PUBBLICO, .relation = RELAZIONE_AMBITO};
    facts->found = ente_load(cx, id, &ente);
    if (facts->found || cx->err.code != ERR_NOT_FOUND)
        return facts->found;
    err_clear(&cx->err);
    return true;
}

const struct web_object ente_object = {"ente", ente_facts};

static void pair(struct tv *pairs, const char *label, const char *text, const char *href)
{
    struct tv *item = tv_push(pairs);

    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", href);
}

static const char *ente_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];

    return arena_printf(cx->arena, "/enti/%s%s", id_text(id, text), tail);
}

static bool show_facts(struct cx *cx, struct tv *page, const struct ente *ente)
{
    struct tv *pairs = tv_children(page, "pairs");
    struct ente payer = {0};

    if (ente->paga_per.n != 0 && !ente_load(cx, ente->paga_per, &payer))
        return false;
    pair(pairs, "Tipo", ente_tipo_title(ente_tipo_parse(ente->tipo)), NULL);
    pair(pairs, strcmp(ente->tipo, "comune") == 0 ? "Codice ISTAT" : "Codice", ente->codice, NULL);
    if (ente->belfiore != NULL)
        pair(pairs, "Codice catastale", ente->belfiore, NULL);
    pair(pairs, "Sotto-ambito", ente->sotto_ambito, NULL);
    if (ente->paga_per.n != 0)
        pair(pairs, "Le sue quote le paga", payer.nome, ente_href(cx, payer.id, ""));
    pair(pairs, "Stato", ente->attivo ? "attivo" : "non più attivo", NULL);
    return true;
}

static bool show_population(struct cx *cx, struct tv *page, struct id ente)
{
    struct tv *years = tv_children(page, "popolazione");
    struct list list;

    if (!store_popolazione_list(cx, ente, &list))
        return false;
    LIST_EACH (&list, struct popolazione, figure) {
        struct tv *year = tv_push(years);

        tv_fields(year, popolazione_fields, figure);
        tv_printf(year, "anno", "%d", (int)figure->anno); /* 2023, not 2.023 */
    }
    tv_bool(page, "popolazione_nota", list.count > 0);
    return true;
}

static bool show_paid(struct cx *cx, struct tv *page, struct id ente)
{
    struct tv *paid = tv_children(page, "paga");
    struct list list;

    if (!store_ente_paid_by(cx, ente, &list))
        return false;
    LIST_EACH (&list, struct ente, other) {
        struct tv *item = tv_push(paid);

        tv_text(item, "nome", other->nome);
        tv_text(item, "href", ente_href(cx, other->id, ""));
    }
    tv_bool(page, "paga_altri", list.count > 0);
    return true;
}

static bool ente_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct ente ente;

    if (!ente_load(cx, web_id(req), &ente))
        return false;
    struct tv *page = web_page(res, "enti/scheda", ente.nome);
    web_crumb(res, "/enti", "Enti");
    web_crumb(res, NULL, ente.nome);
    tv_text(page, "modifica",
            web_may(cx, req, "enti.scrivi") ? ente_href(cx, ente.id, "/modifica") : NULL);
    return show_facts(cx, page, &ente) && show_population(cx, page, ente.id) &&
           show_paid(cx, page, ente.id);
}

/* ---- form -------------------------------------------------------------------------------- */

struct ente_modulo {
    const char *tipo, *codice, *belfiore, *nome, *sotto_ambito;
    const char *paga_per; /* id as text: the choices are known only at run time */
    bool attivo;
};

static const struct web_choice tipo_choices[] = {
    {"comune", "Comune"},
    {"unione", "Unione o comunità montana"},
    {"erogatore", "Erogatore"},
    {NULL, NULL},
};
static const struct web_field form_fields[] = {
    {FIELD(ente_modulo, nome), "Nome", INPUT_TEXT, true, 1, 120, NULL, NULL},
    {FIELD(ente_modulo, tipo), "Tipo", INPUT_CHOICE, true, 0, 0, tipo_choices, NULL},
    {FIELD(ente_modulo, codice), "Codice", INPUT_TEXT, true, 1, 20, NULL,
     "Di un comune le sei cifre dell’ISTAT"},
    {FIELD(ente_modulo, belfiore), "Codice catastale", INPUT_TEXT, false, 0, 4, NULL,
     "Solo di un comune: una lettera e tre cifre"},
    {FIELD(ente_modulo, sotto_ambito), "Sotto-ambito", INPUT_TEXT, false, 0, 100, NULL, NULL},
    {FIELD(ente_modulo, paga_per), "Chi paga le sue quote", INPUT_CHOICE, false, 0, 0, NULL,
     "Vuoto: paga per sé"},
    {FIELD(ente_modulo, attivo), "Attivo", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form ente_form = {"ente", form_fields, sizeof(struct ente_modulo), 0};

static bool form_page(struct cx *cx, struct web_req *req, struct web_res *res,
                      const struct ente_modulo *values, const char *title, const char *back)
{
    struct tv *page = web_page(res, "enti/modulo", title);
    const struct web_choice *payers;

    web_crumb(res, "/enti", "Enti");
    web_crumb(res, NULL, title);
    if (!ente_choices(cx, "unione", &payers))
        return false;
    web_choices(req, "paga_per", payers);
    tv_text(page, "annulla", back);
    web_form_show(req, page, "form", &ente_form, values);
    return true;
}

static bool nuovo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const struct ente_modulo fresh = {.tipo = "erogatore", .attivo = true};

    return form_page(cx, req, res, &fresh, "Ente nuovo", "/enti");
}

static bool modifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    char text[ID_TEXT];
    struct ente ente;

    if (!ente_load(cx, web_id(req), &ente))
        return false;
    const struct ente_modulo values = {
        .tipo = ente.tipo,
        .codice = ente.codice,
        .belfiore = ente.belfiore,
        .nome = ente.nome,
        .sotto_ambito = ente.sotto_ambito,
        .paga_per = ente.paga_per.n ? arena_strdup(cx->arena, id_text(ente.paga_per, text)) : NULL,
        .attivo = ente.attivo,
    };
    return form_page(cx, req, res, &values, arena_printf(cx->arena, "Modifica %s", ente.nome),
                     ente_href(cx, ente.id, ""));
}

/* The body that the form names as payer; a fault when there is none such. */
static bool payer_of(struct cx *cx, struct web_req *req, const char *text, struct id *payer)
{
    struct ente ente;

    *payer = ID_NONE;
    if (text == NULL)
        return true;
    if (id_parse(text, payer) && ente_load(cx, *payer, &ente))
        return true;
    if (cx->err.code == ERR_NONE || cx->err.code == ERR_NOT_FOUND) {
        err_clear(&cx->err);
        web_fault(req, "paga_per", "Scegliere un ente dell’elenco");
    }
    return false;
}

static bool code_free(struct cx *cx, struct web_req *req, const struct ente *ente)
{
    struct ente other;
    bool found;

    if (!ente_by_code(cx, ente->codice, &other, &found))
        return false;
    if (!found || other.id.n == ente->id.n)
        return true;
    web_fault(req, "codice", "Questo codice è già di %s", other.nome);
    return false;
}

static bool save_form(struct cx *cx, struct web_req *req, struct web_res *res, struct ente *ente)
{
    const struct ente_modulo *form = web_form(req);
    enum ente_fault fault = ENTE_OK;

    ente->tipo = form->tipo;
    ente->codice = form->codice;
    ente->belfiore = form->belfiore;
    ente->nome = form->nome;
    ente->sotto_ambito = form->sotto_ambito;
    ente->attivo = form->attivo;
    if (!payer_of(cx, req, form->paga_per, &ente->paga_per) || !code_free(cx, req, ente) ||
        !ente_save(cx, ente, &fault))
        return false;
    if (fault != ENTE_OK) {
        web_fault(req, ente_fault_field(fault), "%s", ente_fault_text(fault));
        return false;
    }
    web_audit_object(req, "ente", ente->id);
    web_notice(req, "%s è salvato.", ente->nome);
    web_redirect(res, "%s", ente_href(cx, ente->id, ""));
    return true;
}

static bool nuovo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct ente ente = {0};

    return save_form(cx, req, res, &ente);
}

static bool modifica_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct ente ente;

    if (!ente_load(cx, web_id(req), &ente))
        return false;
    if (ente_tipo_parse(ente.tipo) == TIPO_AMBITO) {
        web_fault(req, "tipo", "L’ambito non si cambia da qui");
        return false;
    }
    return save_form(cx, req, res, &ente);
}

/* ---- routes ------------------------------------------------------------------------------ */

/* Nothing here speaks of a person: the permission decides, the ambito is the scope. */
/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/enti", web_list_page, "enti.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA, AUDIT_NO,
     NULL, NULL, NULL, NULL, 0, &enti_lista},
    {WEB_GET, "/enti/nuovo", nuovo_page, "enti.scrivi", FINE_GESTIONE, AZIONE_CREA, AUDIT_NO,
     NULL, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/enti/nuovo", nuovo_save, "enti.scrivi", FINE_GESTIONE, AZIONE_CREA, AUDIT_WRITE,
     NULL, &ente_form, "/enti/nuovo", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/enti/{id}", ente_page, "enti.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI, AUDIT_NO,
     &ente_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/enti/{id}/modifica", modifica_page, "enti.scrivi", FINE_GESTIONE, AZIONE_MODIFICA,
     AUDIT_NO, NULL, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/enti/{id}/modifica", modifica_save, "enti.scrivi", FINE_GESTIONE, AZIONE_MODIFICA,
     AUDIT_WRITE, NULL, &ente_form, "/enti/{id}/modifica", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/servizi", web_list_page, "enti.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA, AUDIT_NO,
     NULL, NULL, NULL, NULL, 0, &servizi_lista},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Ambito", "Enti", "/enti", "enti.leggi", "it-pa"},
    {"Ambito", "Servizi", "/servizi", "enti.leggi", "it-settings"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module enti_module = {
    .name = "enti",
    .schema = &enti_schema,
    .registry = &enti_registry,
    .routes = routes,
    .commands = enti_commands,
    .menu = menu,
};
