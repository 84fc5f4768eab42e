/* One's own account: sessions, role of the session, second factor, notices. */
#include "kit/sys/vault.h"
#include "mod/enti/enti.h"
#include "mod/utenti/pages.h"
#include "mod/utenti/statements.h"
#include "mod/utenti/totp.h"

#include <string.h>

/* ---- the page --------------------------------------------------------------------------- */

static const char *role_text(struct cx *cx, const struct incarico *incarico)
{
    struct ente ente;
    const char *title = authz_role_title(authz_role_parse(incarico->ruolo));
    if (ente_load(cx, incarico->ente, &ente))
        return arena_printf(cx->arena, "%s, %s", title, ente.nome);
    err_clear(&cx->err);
    return title;
}

static bool role_choices(struct cx *cx, struct tv *page, const struct web_choice **choices)
{
    struct list list;
    size_t count = 0;
    if (!incarico_now(cx, cx->who->utente, &list))
        return false;
    struct web_choice *made = ARENA_NEWS(cx->arena, struct web_choice, list.count + 1);
    LIST_EACH (&list, struct incarico, incarico) {
        char *id = arena_alloc(cx->arena, ID_TEXT);
        made[count++] = (struct web_choice){id_text(incarico->id, id), role_text(cx, incarico)};
    }
    tv_bool(page, "piu_incarichi", count > 1);
    *choices = made;
    return true;
}

struct incarico_switch {
    const char *incarico;
};
static const struct web_field switch_fields[] = {
    {FIELD(incarico_switch, incarico), "Lavora come", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    WEB_FIELD_END};
const struct web_form incarico_switch_form = {"incarico", switch_fields,
                                              sizeof(struct incarico_switch), 0};

static bool show_sessions(struct cx *cx, struct tv *page)
{
    struct list list;
    struct tv *sessions = tv_children(page, "sessioni");
    if (!sessione_list(cx, cx->who->utente, &list))
        return false;
    LIST_EACH (&list, struct sessione_riga, row) {
        struct tv *item = tv_push(sessions);
        tv_fields(item, sessione_riga_fields, row);
        tv_bool(item, "questa", row->id.n == cx->who->sessione.n);
    }
    tv_bool(page, "altre", list.count > 1);
    return true;
}

static void pair(struct tv *pairs, const char *label, const char *text)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", NULL);
}

bool profilo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct utente utente;
    const struct web_choice *roles;
    int64_t codes;
    if (!utente_load(cx, cx->who->utente, &utente) || !recupero_left(cx, utente.id, &codes))
        return false;
    struct tv *page = web_page(res, "utenti/profilo", "Il tuo profilo");
    web_crumb(res, NULL, "Profilo");
    struct tv *pairs = tv_children(page, "pairs");
    pair(pairs, "Nome", utente.intestazione);
    pair(pairs, "Nome utente", utente.nome);
    pair(pairs, "Posta elettronica", utente.email);
    tv_bool(page, "verifica", utente.totp_attivo);
    tv_int(page, "codici", codes);
    if (!show_sessions(cx, page) || !role_choices(cx, page, &roles))
        return false;
    web_choices(req, "incarico", roles);
    web_form_show(req, page, "form", &incarico_switch_form, NULL);
    return true;
}

bool sessione_close_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    web_audit_object(req, "sessione", web_id(req));
    web_notice(req, "L’accesso è stato chiuso.");
    web_redirect(res, "/profilo");
    return sessione_end(cx, cx->who->utente, web_id(req));
}

bool sessioni_close_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    web_notice(req, "Gli altri accessi sono stati chiusi.");
    web_redirect(res, "/profilo");
    return sessione_end_all(cx, cx->who->utente, cx->who->sessione);
}

/* Another of his roles: the session goes on with it, under a new token. */
bool incarico_switch_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct incarico_switch *form = web_form(req);
    struct list list;
    struct id want = ID_NONE;
    if (!incarico_now(cx, cx->who->utente, &list))
        return false;
    bool his = false;
    LIST_EACH (&list, struct incarico, incarico)
        his = his || (id_parse(form->incarico, &want) && incarico->id.n == want.n);
    if (!his) {
        web_fault(req, "incarico", "Scegli uno dei tuoi incarichi in vigore.");
        return false;
    }
    const char *token = vault_token(cx);
    web_audit_object(req, "incarico", want);
    web_cookie_session(res, token);
    web_redirect(res, "/");
    return db_do(cx, &utenti_sql[SQL_SESSIONE_ROLE],
                 DB_ARGS(cx->who->sessione, want, vault_token_hash(cx, token)), NULL);
}

/* ---- second factor ---------------------------------------------------------------------- */

struct verifica {
    const char *codice;
};
static const struct web_field verifica_fields[] = {
    {FIELD(verifica, codice), "Codice mostrato dal telefono", INPUT_TEXT, true, 6, 12, NULL,
     "Sei cifre: cambiano ogni 30 secondi"},
    WEB_FIELD_END};
const struct web_form verifica_form = {"verifica", verifica_fields, sizeof(struct verifica), 0};

bool verifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct credenziali who;
    const char *typed = NULL, *svg = NULL;
    if (!credenziali_of(cx, cx->who->utente, &who))
        return false;
    bool pending = !who.totp_attivo && who.totp_chiuso.data != NULL;
    if (pending && !totp_show(cx, who.id, who.ambito, who.totp_chiuso, who.nome, &typed, &svg))
        return false;
    struct tv *page = web_page(res, "utenti/verifica", "Verifica in due passaggi");
    web_crumb(res, "/profilo", "Profilo");
    web_crumb(res, NULL, "Verifica in due passaggi");
    tv_bool(page, "attiva", who.totp_attivo);
    tv_bool(page, "da_provare", pending);
    tv_text(page, "segreto", typed);
    tv_markup(page, "qr", svg != NULL ? svg : "");
    web_form_show(req, page, "form", &verifica_form, NULL);
    return true;
}

bool verifica_prepare_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct credenziali who;
    struct bytes sealed;
    if (!credenziali_of(cx, cx->who->utente, &who))
        return false;
    web_audit_object(req, "utente", who.id);
    web_redirect(res, "/profilo/verifica");
    return who.totp_attivo ||
           (totp_new(cx, who.id, who.ambito, &sealed) && totp_set(cx, who.id, sealed, false));
}

static bool codes_make(struct cx *cx, struct tv *page)
{
    struct tv *codes = tv_children(page, "codici");
    if (!recupero_clear(cx, cx->who->utente))
        return false;
    for (int i = 0; i < RECUPERO_CODES; i++) {
        const char *code = recupero_new(cx);
        tv_text(tv_push(codes), "codice", code);
        if (!recupero_insert(cx, cx->who->ambito, cx->who->utente,
                             recupero_index(cx, cx->who->ambito, recupero_clean(cx, code))))
            return false;
    }
    return true;
}

bool verifica_on_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct verifica *form = web_form(req);
    struct credenziali who;
    int64_t step = 0;
    bool fresh = false;
    if (!credenziali_of(cx, cx->who->utente, &who))
        return false;
    if (who.totp_attivo || who.totp_chiuso.data == NULL) {
        web_redirect(res, "/profilo/verifica");
        return true;
    }
    if (!totp_check(cx, who.id, who.ambito, who.totp_chiuso, form->codice, 0, &step))
        return false;
    if (step == 0) {
        web_fault(req, "codice",
                  "Il codice non è quello del telefono: controlla che la sua ora "
                  "sia giusta e riprova con il prossimo.");
        return false;
    }
    if (!totp_set(cx, who.id, who.totp_chiuso, true) || !totp_used(cx, who.id, step, &fresh) ||
        !sessione_end_all(cx, who.id, cx->who->sessione))
        return false;
    web_audit_object(req, "utente", who.id);
    web_audit_detail(req, "secondo fattore attivato");
    struct tv *page = web_page(res, "utenti/codici", "Codici di recupero");
    web_crumb(res, "/profilo", "Profilo");
    web_crumb(res, NULL, "Codici di recupero");
    return codes_make(cx, page);
}

bool verifica_off_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const struct bytes none = {NULL, 0};
    web_audit_object(req, "utente", cx->who->utente);
    web_audit_detail(req, "secondo fattore tolto");
    web_notice(req, "La verifica in due passaggi è stata tolta.");
    web_redirect(res, "/profilo");
    return totp_set(cx, cx->who->utente, none, false) && recupero_clear(cx, cx->who->utente);
}

/* ---- notices ---------------------------------------------------------------------------- */

bool avvisi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    enum { MOST = 200 };
    struct list list;
    (void)req;
    if (!avviso_list(cx, MOST, &list))
        return false;
    struct tv *page = web_page(res, "utenti/avvisi", "Avvisi");
    web_crumb(res, NULL, "Avvisi");
    struct tv *items = tv_children(page, "avvisi");
    LIST_EACH (&list, struct avviso, avviso) {
        struct tv *item = tv_push(items);
        tv_id(item, "id", avviso->id);
        tv_text(item, "testo", avviso->testo);
        tv_text(item, "href", avviso->href);
        tv_instant(item, "creato", avviso->creato);
    }
    tv_bool(page, "ce_ne", list.count > 0);
    return true;
}

bool avviso_read_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    web_redirect(res, "/avvisi");
    return avviso_read(cx, web_id(req));
}
