/* Taking charge: the first presa in carico of a person, which opens the record, or a further one.
 */
#include "mod/cartella/view.h"

#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"
#include "mod/utenti/utenti.h"

#include <string.h>

#define CHOICE(name, title) {name, title},
const struct web_choice tipi_utente_choices[] = {TIPI_UTENTE(CHOICE){NULL, NULL}};

/* ---- opening ---------------------------------------------------------------------------- */

struct nuova_query {
    struct id persona;
};
static const struct web_field nuova_query_fields[] = {
    {FIELD(nuova_query, persona), "Persona", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form cartella_nuova_query = {"cartella_nuova", nuova_query_fields,
                                              sizeof(struct nuova_query), 0};

struct nuova_modulo {
    struct id persona;
    const char *tipo_utente;
    struct id ente;
    struct id responsabile;
    struct day dal;
    bool antiviolenza;
    const char *motivo;
};
static const struct web_field nuova_fields[] = {
    {FIELD(nuova_modulo, persona), "Persona", INPUT_ID, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, tipo_utente), "Tipo di utente", INPUT_CHOICE, true, 0, 0,
     tipi_utente_choices, NULL},
    {FIELD(nuova_modulo, ente), "Ente che segue il caso", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, responsabile), "Responsabile", INPUT_CHOICE, false, 0, 0, NULL,
     "Vuoto: il caso resta segnalato, in attesa di essere assegnato."},
    {FIELD(nuova_modulo, dal), "Dal", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, antiviolenza), "Caso di violenza", INPUT_CHECK, false, 0, 0, NULL,
     "La cartella esiste solo per l’équipe che la segue."},
    {FIELD(nuova_modulo, motivo), "Motivo e provenienza della segnalazione", INPUT_LINES, false, 0,
     2000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form cartella_nuova_form = {"presa_nuova", nuova_fields,
                                             sizeof(struct nuova_modulo), 0};

/* Bodies that may have a case: the ambito, its unions, its municipalities. */
static bool ente_follow_choices(struct cx *cx, const struct web_choice **choices)
{
    struct list enti;
    if (!ente_list(cx, NULL, &enti))
        return false;
    struct web_choice *all = ARENA_NEWS(cx->arena, struct web_choice, enti.count + 1);
    size_t count = 0;
    LIST_EACH (&enti, struct ente, ente) {
        if (!ente->attivo || strcmp(ente->tipo, "erogatore") == 0)
            continue;
        char *id = arena_alloc(cx->arena, ID_TEXT);
        all[count++] = (struct web_choice){id_text(ente->id, id), ente->nome};
    }
    *choices = all;
    return true;
}

static bool follow_choices(struct cx *cx, struct web_req *req)
{
    const struct web_choice *enti;
    const struct web_choice *workers;
    if (!ente_follow_choices(cx, &enti) || !utente_choices(cx, "assistente", &workers))
        return false;
    web_choices(req, "ente", enti);
    web_choices(req, "responsabile", workers);
    return true;
}

static struct id asked_person(const struct web_req *req)
{
    const struct nuova_query *query = web_faulty(req) ? NULL : web_form(req);
    struct id id = query != NULL ? query->persona : ID_NONE;
    if (id.n == 0 && !id_parse(web_typed(req, "persona"), &id))
        return ID_NONE;
    return id;
}

bool cartella_nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct persona persona;
    bool known;
    struct id id = asked_person(req);
    if (id.n == 0) { /* nobody chosen yet */
        web_redirect(res, "/cerca");
        return true;
    }
    if (!persona_known(cx, id, &persona, &known))
        return false;
    if (!known)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna persona");
    struct tv *page = web_page(res, "cartella/nuova", "Presa in carico");
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, NULL, "Presa in carico");
    if (!persona_header(cx, req, page, id, "cartella") || !follow_choices(cx, req))
        return false;
    struct nuova_modulo first = {
        .persona = id, .ente = cx->who->ente, .dal = cx->today, .tipo_utente = NULL};
    if (cx->who->ruolo == RUOLO_ASSISTENTE)
        first.responsabile = cx->who->utente;
    web_audit_object(req, "persona", id);
    web_form_show(req, page, "form", &cartella_nuova_form, &first);
    return true;
}

static bool nuova_refused(struct cx *cx, struct web_req *req, const struct nuova_modulo *form)
{
    if (tipo_utente_title(form->tipo_utente) == NULL)
        web_fault(req, "tipo_utente", "%s", message("cartella.tipo_utente"));
    if (day_cmp(form->dal, cx->today) > 0)
        web_fault(req, "dal", "%s", message("cartella.mossa_futuro"));
    if (form->antiviolenza && form->responsabile.n == 0)
        web_fault(req, "responsabile", "%s", message("cartella.antiviolenza_responsabile"));
    return web_faulty(req);
}

/* What comes back from a choice made just now: it must be one of those offered. */
static bool among(const struct web_choice *choices, struct id id)
{
    char text[ID_TEXT];
    id_text(id, text);
    for (; choices->value != NULL; choices++)
        if (strcmp(choices->value, text) == 0)
            return true;
    return false;
}

bool known_worker(struct cx *cx, struct web_req *req, struct id utente, bool *known)
{
    const struct web_choice *workers;
    if (!utente_choices(cx, "assistente", &workers))
        return false;
    *known = utente.n == 0 || among(workers, utente);
    if (!*known)
        web_fault(req, "responsabile", "%s", message("cartella.responsabile"));
    return true;
}

/* Who takes in charge somebody whose record is another's does not come to read it that way. */
static bool may_open(struct cx *cx, struct web_req *req, const struct presa_nuova *nuova)
{
    bool yes;
    if (!presa_may_open(cx, nuova, &yes))
        return false;
    if (!yes)
        web_fault(req, NULL, "%s", message("cartella.presa_altrui"));
    return yes;
}

bool cartella_nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nuova_modulo *form = web_form(req);
    const struct web_choice *enti;
    struct persona persona;
    struct id id;
    bool known;
    if (!persona_known(cx, form->persona, &persona, &known))
        return false;
    if (!known)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna persona");
    if (!known_worker(cx, req, form->responsabile, &known) || !ente_follow_choices(cx, &enti))
        return false;
    if (!among(enti, form->ente))
        web_fault(req, "ente", "%s", message("cartella.ente"));
    if (nuova_refused(cx, req, form))
        return false;
    struct presa_nuova nuova = {
        .persona = form->persona,
        .ente = form->ente,
        .responsabile = form->responsabile,
        .tipo_utente = form->tipo_utente,
        .riserbo = form->antiviolenza ? RISERVO_ANTIVIOLENZA : RISERVO_PARTICOLARE,
        .dal = form->dal,
        .motivo = form->motivo,
    };
    if (!may_open(cx, req, &nuova) || !presa_open(cx, &nuova, &id))
        return false;
    web_audit_object(req, "cartella", id);
    web_notice(req, "Presa in carico registrata.");
    /* Whoever has not got the case may not open it: the person's page is his. */
    char text[ID_TEXT];
    if (form->responsabile.n == cx->who->utente.n)
        web_redirect(res, "%s", cartella_href(cx, id));
    else
        web_redirect(res, "/persone/%s/cartella", id_text(form->persona, text));
    return true;
}
