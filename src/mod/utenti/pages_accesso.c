/* Coming in, going out, confirming and changing the password. */
#include "kit/sys/vault.h"
#include "mod/utenti/accesso.h"
#include "mod/utenti/pages.h"

#include <string.h>

/* ---- login ------------------------------------------------------------------------------ */

struct dopo {
    const char *dopo;
};
static const struct web_field dopo_fields[] = {
    {FIELD(dopo, dopo), "Pagina", INPUT_TEXT, false, 0, 1000, NULL, NULL}, WEB_FIELD_END};
const struct web_form dopo_form = {"dopo", dopo_fields, sizeof(struct dopo), 0};

struct entra {
    const char *nome, *password, *codice, *dopo;
};
static const struct web_field entra_fields[] = {
    {FIELD(entra, nome), "Nome utente", INPUT_TEXT, true, 0, 200, NULL, NULL},
    {FIELD(entra, password), "Password", INPUT_SECRET, true, 0, 1000, NULL, NULL},
    {FIELD(entra, codice), "Codice di verifica", INPUT_TEXT, false, 0, 40, NULL,
     "Solo se l’hai attivato: sei cifre dal telefono, o un codice di recupero"},
    {FIELD(entra, dopo), "Pagina", INPUT_TEXT, false, 0, 1000, NULL, NULL},
    WEB_FIELD_END};
const struct web_form entra_form = {"entra", entra_fields, sizeof(struct entra), 0};

bool entra_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx;
    if (web_session(req) != NULL && !web_faulty(req)) {
        web_redirect(res, "%s", web_after(web_typed(req, "dopo")));
        return true;
    }
    struct tv *page = web_page(res, "utenti/entra", "Accedi");
    web_form_show(req, page, "form", &entra_form, NULL);
    return true;
}

bool entra_check(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)res;
    const struct entra *entra = web_form(req);
    struct accesso *accesso = ARENA_NEW(cx->arena, struct accesso);
    web_carry(req, accesso);
    return accesso_check(cx, entra->nome, entra->password, entra->codice, web_client(req), accesso);
}

bool entra_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct entra *entra = web_form(req);
    struct accesso *accesso = web_carried(req);
    const char *token;
    if (!accesso_keep(cx, accesso, &token))
        return false;
    if (token == NULL) {
        bool code = accesso->esito == ACCESSO_CODE || accesso->esito == ACCESSO_REPLAY;
        web_fault(req, code ? "codice" : NULL, "%s", accesso_text(cx, accesso));
        return true; /* the failure is counted and written down */
    }
    web_cookie_session(res, token);
    web_redirect(res, "%s", web_after(entra->dopo));
    return true;
}

bool esci_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    web_audit_object(req, "sessione", cx->who->sessione);
    web_cookie_session(res, NULL);
    web_redirect(res, "%s", WEB_LOGIN);
    return sessione_end(cx, cx->who->utente, cx->who->sessione);
}

/* ---- the password again ----------------------------------------------------------------- */

/* Checks his password with the same waits as a login. The second factor is not asked again. */
static bool own_check(struct cx *cx, struct web_req *req, const char *password,
                      struct accesso **accesso)
{
    struct credenziali who;
    *accesso = ARENA_NEW(cx->arena, struct accesso);
    if (!credenziali_of(cx, cx->who->utente, &who) ||
        !accesso_check(cx, who.nome, password, NULL, web_client(req), *accesso))
        return false;
    if ((*accesso)->esito == ACCESSO_CODE)
        (*accesso)->esito = ACCESSO_OK;
    return true;
}

/* Counts the failure; the fault stands beside `field`. */
static bool own_wrong(struct cx *cx, struct web_req *req, struct accesso *accesso,
                      const char *field)
{
    const char *token;
    web_fault(req, field, "%s",
              accesso->esito == ACCESSO_WRONG ? "La password non è corretta."
                                              : accesso_text(cx, accesso));
    return accesso_keep(cx, accesso, &token);
}

/* The session goes on under a new token: an older copy of the cookie is worth nothing. */
static bool renew(struct cx *cx, struct web_res *res)
{
    const char *token = vault_token(cx);
    web_cookie_session(res, token);
    return sessione_confirm(cx, cx->who->sessione, vault_token_hash(cx, token));
}

struct conferma {
    const char *password, *dopo;
};
static const struct web_field conferma_fields[] = {
    {FIELD(conferma, password), "Password", INPUT_SECRET, true, 0, 1000, NULL, NULL},
    {FIELD(conferma, dopo), "Pagina", INPUT_TEXT, false, 0, 1000, NULL, NULL},
    WEB_FIELD_END};
const struct web_form conferma_form = {"conferma", conferma_fields, sizeof(struct conferma), 0};

bool conferma_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx;
    struct tv *page = web_page(res, "utenti/conferma", "Conferma la password");
    web_crumb(res, NULL, "Conferma la password");
    web_form_show(req, page, "form", &conferma_form, NULL);
    return true;
}

bool conferma_check(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)res;
    const struct conferma *conferma = web_form(req);
    struct accesso *accesso;
    if (!own_check(cx, req, conferma->password, &accesso))
        return false;
    web_carry(req, accesso);
    return true;
}

bool conferma_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct conferma *conferma = web_form(req);
    struct accesso *accesso = web_carried(req);
    if (accesso->esito != ACCESSO_OK)
        return own_wrong(cx, req, accesso, "password");
    web_redirect(res, "%s", web_after(conferma->dopo));
    return renew(cx, res);
}

/* ---- a new password --------------------------------------------------------------------- */

struct password {
    const char *attuale, *nuova, *ripeti, *dopo;
};
static const struct web_field password_fields[] = {
    {FIELD(password, attuale), "Password attuale", INPUT_SECRET, true, 0, 1000, NULL, NULL},
    {FIELD(password, nuova), "Password nuova", INPUT_SECRET, true, 0, 1000, NULL,
     "Almeno 12 caratteri. Una frase che ricordi va bene, anche con gli spazi; non deve contenere "
     "il tuo nome."},
    {FIELD(password, ripeti), "Ripeti la password nuova", INPUT_SECRET, true, 0, 1000, NULL, NULL},
    {FIELD(password, dopo), "Pagina", INPUT_TEXT, false, 0, 1000, NULL, NULL},
    WEB_FIELD_END};
const struct web_form password_form = {"password", password_fields, sizeof(struct password), 0};

struct password_carried {
    struct accesso *accesso;
    const char *hash;
};

bool password_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx;
    struct tv *page = web_page(res, "utenti/password", "Cambia la password");
    web_crumb(res, "/profilo", "Profilo");
    web_crumb(res, NULL, "Cambia la password");
    tv_bool(page, "prima_volta", web_session(req)->password_to_change);
    web_form_show(req, page, "form", &password_form, NULL);
    return true;
}

static void judge(struct cx *cx, struct web_req *req, const struct password *form,
                  const struct credenziali *who)
{
    const char *bad =
        password_fault_text(password_judge(cx->arena, form->nuova, who->nome, who->intestazione));
    if (bad != NULL)
        web_fault(req, "nuova", "%s", bad);
    else if (vault_equal(form->nuova, form->attuale))
        web_fault(req, "nuova", "È la stessa di prima: scegline un’altra.");
    if (!vault_equal(form->nuova, form->ripeti))
        web_fault(req, "ripeti", "Non è uguale alla password nuova.");
}

bool password_check_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)res;
    const struct password *form = web_form(req);
    struct password_carried *carried = ARENA_NEW(cx->arena, struct password_carried);
    struct credenziali who;
    if (!credenziali_of(cx, cx->who->utente, &who))
        return false;
    judge(cx, req, form, &who);
    if (web_faulty(req))
        return false;
    web_carry(req, carried);
    return own_check(cx, req, form->attuale, &carried->accesso) &&
           (carried->accesso->esito != ACCESSO_OK ||
            vault_password_hash(cx, form->nuova, &carried->hash));
}

bool password_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct password *form = web_form(req);
    struct password_carried *carried = web_carried(req);
    if (carried->accesso->esito != ACCESSO_OK)
        return own_wrong(cx, req, carried->accesso, "attuale");
    web_audit_object(req, "utente", cx->who->utente);
    web_notice(req, "La password è cambiata. Gli altri accessi aperti sono stati chiusi.");
    web_redirect(res, "%s", web_after(form->dopo));
    return password_set(cx, cx->who->utente, carried->hash, false) &&
           sessione_end_all(cx, cx->who->utente, cx->who->sessione) && renew(cx, res);
}
