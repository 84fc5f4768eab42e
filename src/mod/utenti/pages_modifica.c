/* Changing an account: its data, its roles, the end of its service; locking it, giving a new
 * password. Each act has a page of its own that says what follows, and carries the version of the
 * account that was seen. */
#include "mod/utenti/pages.h"

#include <stdlib.h>
#include <string.h>

/* ---- what they share -------------------------------------------------------------------- */

/* A refusal stands beside its field, or above the form. */
static bool refused(struct web_req *req, const struct utente_rifiuto *rifiuto)
{
    if (rifiuto->testo != NULL)
        web_fault(req, rifiuto->campo, "%s", rifiuto->testo);
    return rifiuto->testo != NULL;
}

/* The account of the path as the sender saw it; false: a failure, or somebody was first. */
static bool seen(struct cx *cx, struct web_req *req, int64_t versione, struct utente *utente)
{
    struct utente_rifiuto rifiuto;
    return utente_load(cx, web_id(req), utente) && utente_stale(cx, utente, versione, &rifiuto) &&
           !refused(req, &rifiuto);
}

static struct tv *page_of(struct web_res *res, struct cx *cx, const char *template,
                          const char *title, const struct utente *utente)
{
    const char *href = utente_href(cx, utente->id);
    struct tv *page = web_page(res, template, title);
    web_crumb(res, "/utenti", "Utenti");
    web_crumb(res, href, utente->intestazione);
    web_crumb(res, NULL, title);
    tv_text(page, "annulla", href);
    tv_text(page, "intestazione", utente->intestazione);
    tv_int(page, "versione", utente->versione);
    return page;
}

/* The role of the path, of the account of the path. */
static bool role_of(struct cx *cx, struct web_req *req, struct incarico *incarico)
{
    struct id id;
    if (!id_parse(web_segment(req, "incarico"), &id))
        return FAIL(cx, ERR_NOT_FOUND, "incarico");
    if (!incarico_load(cx, id, incarico))
        return false;
    return incarico->utente.n == web_id(req).n || FAIL(cx, ERR_NOT_FOUND, "incarico di un altro");
}

static void done(struct cx *cx, struct web_req *req, struct web_res *res, const char *text)
{
    web_notice(req, "%s", text);
    web_redirect(res, "%s", utente_href(cx, web_id(req)));
}

/* ---- acts that need a yes --------------------------------------------------------------- */

struct utente_atto {
    const char *title, *testo, *conferma;
    bool grave;
};
const struct utente_atto utente_atto_disattiva = {
    "Disattiva l’utente",
    "Non potrà più entrare e i suoi accessi aperti si "
    "chiudono subito. Ciò che ha scritto resta, con "
    "il suo nome; si può riattivare.",
    "Disattiva", true};
const struct utente_atto utente_atto_attiva = {
    "Riattiva l’utente", "Potrà di nuovo entrare con la sua password, se ha un incarico in vigore.",
    "Riattiva", false};
const struct utente_atto utente_atto_password = {
    "Password nuova",
    "La password di ora non vale più e i suoi accessi aperti si chiudono. Quella nuova si vede una "
    "volta sola, e al primo accesso si cambia.",
    "Dai una password nuova", false};
const struct utente_atto utente_atto_azzera = {
    "Password nuova senza i due passaggi",
    "Per chi ha perso il telefono: la verifica in due passaggi e i codici di recupero non valgono "
    "più, la password è nuova, gli accessi aperti si chiudono. Accertati che sia davvero lei o "
    "lui.",
    "Password nuova e togli i due passaggi", true};
const struct utente_atto utente_atto_chiudi = {
    "Fine dell’incarico",
    "Da oggi l’incarico non vale più e i suoi accessi aperti "
    "si chiudono. Resta scritto da quando a "
    "quando lo ha avuto.",
    "Fine da oggi", true};

struct atto_modulo {
    int64_t versione;
};
static const struct web_field atto_fields[] = {
    {FIELD(atto_modulo, versione), "Versione", INPUT_INT, false, 0, INT32_MAX, NULL, NULL},
    WEB_FIELD_END};
const struct web_form utente_atto_form = {"atto", atto_fields, sizeof(struct atto_modulo), 0};

static bool show_stakes(struct cx *cx, struct tv *page, struct id utente)
{
    struct list sessions;
    int64_t leads;
    if (!sessione_list(cx, utente, &sessions) || !utente_leads(cx, utente, &leads))
        return false;
    tv_int(page, "accessi", (int64_t)sessions.count);
    tv_int(page, "cartelle", leads);
    tv_bool(page, "responsabile", leads > 0);
    return true;
}

bool utente_atto_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct utente_atto *atto = web_route(req)->data;
    struct incarico incarico = {.ruolo = NULL};
    struct utente utente;
    if (!utente_load(cx, web_id(req), &utente) ||
        (atto == &utente_atto_chiudi && !role_of(cx, req, &incarico)))
        return false;
    struct tv *page = page_of(res, cx, "utenti/atto", atto->title, &utente);
    tv_text(page, "testo", atto->testo);
    tv_text(page, "conferma", atto->conferma);
    tv_bool(page, "grave", atto->grave);
    tv_text(page, "ruolo",
            incarico.ruolo != NULL ? authz_role_title(authz_role_parse(incarico.ruolo)) : NULL);
    web_form_show(req, page, "form", &utente_atto_form, NULL);
    return show_stakes(cx, page, utente.id);
}

bool utente_disable_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct atto_modulo *form = web_form(req);
    struct utente_rifiuto rifiuto;
    struct utente utente;
    if (!seen(cx, req, form->versione, &utente) || !utente_disable(cx, utente.id, &rifiuto) ||
        refused(req, &rifiuto))
        return false;
    web_audit_detail(req, "disattivato");
    done(cx, req, res, "L’utente è disattivato: i suoi accessi sono stati chiusi.");
    return true;
}

bool utente_enable_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct atto_modulo *form = web_form(req);
    struct utente utente;
    if (!seen(cx, req, form->versione, &utente) || !utente_enable(cx, utente.id))
        return false;
    web_audit_detail(req, "riattivato");
    done(cx, req, res, "L’utente è di nuovo attivo.");
    return true;
}

static bool reset(struct cx *cx, struct web_req *req, struct web_res *res, bool totp)
{
    const struct first_password *first = web_carried(req);
    const struct atto_modulo *form = web_form(req);
    struct utente utente;
    if (web_id(req).n == cx->who->utente.n) {
        web_fault(req, NULL, "La tua password e la tua verifica si cambiano nel tuo profilo.");
        return false;
    }
    if (!seen(cx, req, form->versione, &utente) || !utente_reset(cx, utente.id, first->hash, totp))
        return false;
    web_audit_detail(req, totp ? "password nuova, secondo fattore tolto" : "password nuova");
    utente_show_password(res, utente.nome, first->password, utente_href(cx, utente.id));
    return true;
}

bool utente_reset_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    return reset(cx, req, res, false);
}

bool utente_reset_all_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    return reset(cx, req, res, true);
}

bool incarico_end_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct atto_modulo *form = web_form(req);
    struct utente_rifiuto rifiuto;
    struct incarico incarico;
    struct utente utente;
    if (!role_of(cx, req, &incarico) || !seen(cx, req, form->versione, &utente) ||
        !incarico_end(cx, incarico.id, cx->today, &rifiuto) || refused(req, &rifiuto))
        return false;
    web_audit_detail(req, "fine dell’incarico %s", incarico.ruolo);
    done(cx, req, res, "L’incarico è finito.");
    return true;
}

/* ---- name and mail ---------------------------------------------------------------------- */

struct utente_dati {
    const char *intestazione, *email;
    int64_t versione;
};
static const struct web_field dati_fields[] = {
    {FIELD(utente_dati, intestazione), "Nome e cognome", INPUT_TEXT, true, 1, 120, NULL, NULL},
    {FIELD(utente_dati, email), "Posta elettronica", INPUT_TEXT, false, 0, 200, NULL, NULL},
    {FIELD(utente_dati, versione), "Versione", INPUT_INT, false, 0, INT32_MAX, NULL, NULL},
    WEB_FIELD_END};
const struct web_form utente_dati_form = {"utente", dati_fields, sizeof(struct utente_dati), 0};

static void differ(struct tv *rows, const char *label, const char *saved, const char *typed)
{
    if (saved == NULL)
        saved = "";
    if (strcmp(saved, typed) == 0)
        return;
    struct tv *row = tv_push(rows);
    tv_text(row, "campo", label);
    tv_text(row, "salvato", saved);
    tv_text(row, "scritto", typed);
}

/* Somebody saved meanwhile: what is there now beside what was typed. */
static void show_conflict(struct web_req *req, struct tv *page, const struct utente *utente)
{
    bool other =
        web_faulty(req) && strtoll(web_typed(req, "versione"), NULL, 10) != utente->versione;
    struct tv *rows = tv_children(page, "conflitto");
    if (other) {
        differ(rows, "Nome e cognome", utente->intestazione, web_typed(req, "intestazione"));
        differ(rows, "Posta elettronica", utente->email, web_typed(req, "email"));
    }
    tv_bool(page, "conflitto_noto", other && tv_item(rows, 0) != NULL);
}

bool utente_edit_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct utente utente;
    if (!utente_load(cx, web_id(req), &utente))
        return false;
    struct tv *page = page_of(res, cx, "utenti/dati", "Modifica i dati", &utente);
    tv_text(page, "nome", utente.nome);
    show_conflict(req, page, &utente);
    struct utente_dati now = {utente.intestazione, utente.email, utente.versione};
    web_form_show(req, page, "form", &utente_dati_form, &now);
    return true;
}

bool utente_edit_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct utente_dati *form = web_form(req);
    struct utente_rifiuto rifiuto;
    struct utente utente;
    if (!seen(cx, req, form->versione, &utente) ||
        !utente_change(cx, utente.id, form->intestazione, form->email, &rifiuto) ||
        refused(req, &rifiuto))
        return false;
    web_audit_detail(req, "%s, %s: ora %s, %s", utente.intestazione,
                     utente.email != NULL ? utente.email : "-", form->intestazione,
                     form->email != NULL && *form->email != '\0' ? form->email : "-");
    done(cx, req, res, "I dati dell’utente sono salvati.");
    return true;
}

/* ---- the end of his service ------------------------------------------------------------- */

struct utente_fine {
    struct day giorno;
    int64_t versione;
};
static const struct web_field fine_fields[] = {
    {FIELD(utente_fine, giorno), "Non entra più dal giorno", INPUT_DAY, true, 0, 0, NULL,
     "Il giorno dopo l’ultimo di servizio"},
    {FIELD(utente_fine, versione), "Versione", INPUT_INT, false, 0, INT32_MAX, NULL, NULL},
    WEB_FIELD_END};
const struct web_form utente_fine_form = {"fine", fine_fields, sizeof(struct utente_fine), 0};

bool utente_leave_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct utente utente;
    if (!utente_load(cx, web_id(req), &utente))
        return false;
    struct tv *page = page_of(res, cx, "utenti/fine", "Fine del servizio", &utente);
    struct utente_fine first = {day_add(cx->today, 1), utente.versione};
    web_form_show(req, page, "form", &utente_fine_form, &first);
    return show_stakes(cx, page, utente.id);
}

bool utente_leave_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct utente_fine *form = web_form(req);
    struct utente_rifiuto rifiuto;
    struct utente utente;
    char day[DAY_TEXT];
    if (!seen(cx, req, form->versione, &utente) ||
        !utente_leave(cx, utente.id, form->giorno, &rifiuto) || refused(req, &rifiuto))
        return false;
    web_audit_detail(req, "fine del servizio, dal %s", day_it(form->giorno, day));
    done(cx, req, res,
         arena_printf(cx->arena, "Fine del servizio registrata: non entra più dal %s.",
                      day_it(form->giorno, day)));
    return true;
}

/* ---- a role ------------------------------------------------------------------------------ */

struct incarico_cambio_modulo {
    const char *ruolo, *ente;
    struct day dal, al;
    int64_t versione;
};
static const struct web_field cambio_fields[] = {
    {FIELD(incarico_cambio_modulo, ruolo), "Ruolo", INPUT_CHOICE, true, 0, 0, ruolo_choices, NULL},
    {FIELD(incarico_cambio_modulo, ente), "Ente", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(incarico_cambio_modulo, dal), "Il cambio vale dal giorno", INPUT_DAY, false, 0, 0, NULL,
     "Vuoto: da oggi. Fino ad allora vale quello di prima, che resta scritto"},
    {FIELD(incarico_cambio_modulo, al), "Fino al giorno (escluso)", INPUT_DAY, false, 0, 0, NULL,
     "Vuoto: senza termine"},
    {FIELD(incarico_cambio_modulo, versione), "Versione", INPUT_INT, false, 0, INT32_MAX, NULL,
     NULL},
    WEB_FIELD_END};
const struct web_form incarico_cambio_form = {"incarico", cambio_fields,
                                              sizeof(struct incarico_cambio_modulo), 0};

bool incarico_edit_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct incarico incarico;
    struct utente utente;
    char *ente = arena_alloc(cx->arena, ID_TEXT);
    if (!role_of(cx, req, &incarico) || !utente_load(cx, incarico.utente, &utente) ||
        !utente_body_choices(cx, req))
        return false;
    struct tv *page = page_of(res, cx, "utenti/incarico", "Modifica l’incarico", &utente);
    struct incarico_cambio_modulo now = {.ruolo = incarico.ruolo,
                                         .ente = id_text(incarico.ente, ente),
                                         .dal = DAY_NONE,
                                         .al = incarico.al,
                                         .versione = utente.versione};
    tv_day(page, "dal", incarico.dal);
    web_form_show(req, page, "form", &incarico_cambio_form, &now);
    return true;
}

bool incarico_edit_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct incarico_cambio_modulo *form = web_form(req);
    struct incarico_cambio cambio = {.ruolo = form->ruolo, .dal = form->dal, .al = form->al};
    struct utente_rifiuto rifiuto;
    struct incarico incarico;
    struct utente utente;
    char al[DAY_TEXT];
    if (!role_of(cx, req, &incarico) || !seen(cx, req, form->versione, &utente) ||
        !utente_body_of(cx, req, form->ente, &cambio.ente) ||
        !incarico_change(cx, incarico.id, &cambio, &rifiuto) || refused(req, &rifiuto))
        return false;
    web_audit_detail(req, "incarico %s: ora %s, ente %s, fino al %s", incarico.ruolo, form->ruolo,
                     form->ente, day_known(form->al) ? day_it(form->al, al) : "-");
    done(cx, req, res, "L’incarico è cambiato.");
    return true;
}
