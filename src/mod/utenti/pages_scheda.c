/* One account: what it is, its roles, and a role more. */
#include "mod/enti/enti.h"
#include "mod/utenti/pages.h"

struct incarico_modulo {
    const char *ruolo, *ente;
    struct day dal, al;
};
static const struct web_field incarico_modulo_fields[] = {
    {FIELD(incarico_modulo, ruolo), "Ruolo", INPUT_CHOICE, true, 0, 0, ruolo_choices, NULL},
    {FIELD(incarico_modulo, ente), "Ente", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(incarico_modulo, dal), "Dal giorno", INPUT_DAY, false, 0, 0, NULL, "Vuoto: da oggi"},
    {FIELD(incarico_modulo, al), "Fino al giorno (escluso)", INPUT_DAY, false, 0, 0, NULL,
     "Vuoto: senza termine"},
    WEB_FIELD_END};
const struct web_form incarico_form = {"incarico", incarico_modulo_fields,
                                       sizeof(struct incarico_modulo), 0};

static bool show_roles(struct cx *cx, struct tv *page, struct id utente, bool gestisce)
{
    struct list list;
    struct ente ente;
    struct tv *rows = tv_children(page, "incarichi");
    if (!incarico_list(cx, utente, &list))
        return false;
    LIST_EACH (&list, struct incarico, incarico) {
        struct tv *row = tv_push(rows);
        bool open = !day_known(incarico->al) || day_cmp(incarico->al, cx->today) > 0;
        tv_fields(row, incarico_fields, incarico);
        tv_text(row, "ruolo", authz_role_title(authz_role_parse(incarico->ruolo)));
        tv_bool(row, "cambia", open && gestisce && utente.n != cx->who->utente.n);
        tv_text(row, "ente", ente_load(cx, incarico->ente, &ente) ? ente.nome : NULL);
        err_clear(&cx->err);
    }
    return true;
}

static void pair(struct tv *pairs, const char *label, const char *text)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", NULL);
}

/* "senza termine", the last day of his roles, or that he has none. */
static bool service_text(struct cx *cx, struct id utente, const char **text)
{
    struct list list;
    struct day end = DAY_NONE;
    bool any = false, open = false;
    char day[DAY_TEXT];
    if (!incarico_list(cx, utente, &list))
        return false;
    LIST_EACH (&list, struct incarico, incarico) {
        if (day_known(incarico->al) && day_cmp(incarico->al, cx->today) <= 0)
            continue;
        any = true;
        open = open || !day_known(incarico->al);
        if (day_known(incarico->al) && (!day_known(end) || day_cmp(incarico->al, end) > 0))
            end = incarico->al;
    }
    *text = !any   ? "nessun incarico in vigore"
            : open ? "senza termine"
                   : arena_printf(cx->arena, "fino al %s (escluso)", day_it(end, day));
    return true;
}

static bool changed_text(struct cx *cx, const struct utente *utente, const char **text)
{
    const char *chi;
    char when[INSTANT_TEXT];
    *text = "mai";
    if (utente->modificato.us == 0)
        return true;
    if (!utente_label(cx, utente->modificato_da, &chi))
        return false;
    *text = arena_printf(cx->arena, "%s, %s", instant_it(utente->modificato, when),
                         *chi != '\0' ? chi : "un comando sul server");
    return true;
}

static bool show_account(struct cx *cx, struct tv *page, const struct utente *utente)
{
    char when[INSTANT_TEXT];
    const char *service, *changed;
    if (!service_text(cx, utente->id, &service) || !changed_text(cx, utente, &changed))
        return false;
    struct tv *pairs = tv_children(page, "pairs");
    pair(pairs, "Nome utente", utente->nome);
    pair(pairs, "Posta elettronica", utente->email);
    pair(pairs, "Stato", utente->attivo ? "attivo" : "disattivato");
    pair(pairs, "In servizio", service);
    pair(pairs, "Verifica in due passaggi", utente->totp_attivo ? "attiva" : "non attiva");
    pair(pairs, "Ultimo accesso",
         utente->ultimo_accesso.us != 0 ? instant_it(utente->ultimo_accesso, when) : "mai");
    pair(pairs, "Ultima modifica", changed);
    tv_id(page, "id", utente->id);
    tv_bool(page, "altrui", utente->id.n != cx->who->utente.n);
    tv_bool(page, "attivo", utente->attivo);
    tv_bool(page, "totp", utente->totp_attivo);
    return true;
}

bool utente_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct utente utente;
    if (!utente_load(cx, web_id(req), &utente))
        return false;
    struct tv *page = web_page(res, "utenti/scheda", utente.intestazione);
    web_crumb(res, "/utenti", "Utenti");
    web_crumb(res, NULL, utente.intestazione);
    bool gestisce = web_may(cx, req, "utenti.gestisci");
    tv_bool(page, "gestisce", gestisce);
    if (!show_account(cx, page, &utente) || !show_roles(cx, page, utente.id, gestisce) ||
        !utente_body_choices(cx, req))
        return false;
    web_form_show(req, page, "form", &incarico_form, NULL);
    return true;
}

/* ---- roles ------------------------------------------------------------------------------ */

bool incarico_add_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct incarico_modulo *form = web_form(req);
    struct incarico incarico = {
        .utente = web_id(req), .ruolo = form->ruolo, .dal = form->dal, .al = form->al};
    struct utente_rifiuto rifiuto;
    if (incarico.utente.n == cx->who->utente.n) {
        web_fault(req, "ruolo",
                  "Non puoi dare un incarico a te stesso: lo fa un altro "
                  "amministratore.");
        return false;
    }
    if (!utente_body_of(cx, req, form->ente, &incarico.ente) ||
        !incarico_save(cx, &incarico, &rifiuto))
        return false;
    if (rifiuto.testo != NULL) {
        web_fault(req, rifiuto.campo, "%s", rifiuto.testo);
        return false;
    }
    web_audit_detail(req, "incarico %s", incarico.ruolo);
    web_notice(req, "L’incarico è registrato.");
    web_redirect(res, "%s", utente_href(cx, incarico.utente));
    return true;
}
