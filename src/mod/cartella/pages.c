/* The page of a record, and the rows of all routes of the room. */
#include "mod/cartella/view.h"

#include "kit/module.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"
#include "mod/utenti/utenti.h"

#include <string.h>

enum { NOTE_IN_PAGINA = 50 };

const char *cartella_href(struct cx *cx, struct id cartella)
{
    char id[ID_TEXT];
    return arena_printf(cx->arena, "/cartelle/%s", id_text(cartella, id));
}

bool cartella_head(struct cx *cx, struct web_req *req, struct web_res *res, struct tv *page,
                   const struct cartella *cartella, const char *here)
{
    const char *href = cartella_href(cx, cartella->id);
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, here != NULL ? href : NULL,
              arena_printf(cx->arena, "Cartella %lld", (long long)cartella->numero));
    if (here != NULL)
        web_crumb(res, NULL, here);
    tv_text(page, "cartella", href);
    return persona_header(cx, req, page, cartella->persona, "cartella");
}

bool diario_decide(struct cx *cx, const struct cartella *cartella, int64_t riserbo,
                   enum authz_action action, enum authz_answer *answer)
{
    struct web_facts facts;
    if (!cartella_object.facts(cx, cartella->id, &facts))
        return false;
    *answer = authz_decide((struct authz_question){
                               .role = (enum authz_role)cx->who->ruolo,
                               .relation = facts.relation,
                               .sensitivity = (enum authz_sensitivity)riserbo,
                               .purpose = FINE_CURA,
                               .action = action,
                           })
                  .answer;
    return true;
}

static bool facts_show(struct cx *cx, struct tv *page, const struct cartella *cartella)
{
    struct ente ente;
    const char *worker = "";
    if (!ente_load(cx, cartella->ente, &ente) ||
        (cartella->responsabile.n != 0 && !utente_label(cx, cartella->responsabile, &worker)))
        return false;
    tv_int(page, "numero", cartella->numero);
    tv_text(page, "stato", presa_stato_title(presa_stato_parse(cartella->stato)));
    tv_text(page, "ente", ente.nome);
    tv_text(page, "responsabile", worker[0] != '\0' ? worker : NULL);
    tv_day(page, "aperta", cartella->aperta);
    tv_day(page, "chiusa", cartella->chiusa);
    tv_bool(page, "antiviolenza", cartella->riserbo == RISERVO_ANTIVIOLENZA);
    return true;
}

static bool scheda_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    const char *name;
    char id[ID_TEXT];
    enum authz_answer writes;
    if (!cartella_load(cx, web_id(req), &cartella) || !persona_label(cx, cartella.persona, &name) ||
        !diario_decide(cx, &cartella, cartella.riserbo, AZIONE_CREA, &writes))
        return false;
    struct tv *page = web_page(res, "cartella/scheda", name);
    bool write = writes == AUTHZ_ALLOW && web_may(cx, req, "cartella.scrivi");
    if (!cartella_head(cx, req, res, page, &cartella, NULL) || !facts_show(cx, page, &cartella) ||
        !prese_show(cx, page, &cartella, write, write && web_may(cx, req, "cartella.coordina")) ||
        !documenti_show(cx, page, &cartella) || !diario_show(cx, page, &cartella, NOTE_IN_PAGINA))
        return false;
    const char *href = cartella_href(cx, cartella.id);
    tv_text(page, "nota_nuova", write ? arena_printf(cx->arena, "%s/diario/nuova", href) : NULL);
    tv_text(page, "documento_nuovo",
            write ? arena_printf(cx->arena, "%s/documenti/nuovo", href) : NULL);
    tv_text(
        page, "presa_nuova",
        write ? arena_printf(cx->arena, "/cartelle/nuova?persona=%s", id_text(cartella.persona, id))
              : NULL);
    tv_text(page, "valutazioni",
            web_may(cx, req, "valutazioni.leggi") ? arena_printf(cx->arena, "%s/valutazioni", href)
                                                  : NULL);
    tv_text(page, "prestazioni",
            web_may(cx, req, "prestazioni.leggi") ? arena_printf(cx->arena, "%s/prestazioni", href)
                                                  : NULL);
    tv_text(page, "scadenze",
            web_may(cx, req, "scadenze.leggi") ? arena_printf(cx->arena, "%s/scadenze", href)
                                               : NULL);
    tv_text(page, "progetti",
            web_may(cx, req, "progetti.leggi") ? arena_printf(cx->arena, "%s/progetti", href)
                                               : NULL);
    return accessi_link(cx, page, &cartella);
}

/* ---- routes ----------------------------------------------------------------------------- */

/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/agenda", agenda_page, "cartella.leggi", FINE_CURA, AZIONE_ELENCA, AUDIT_READ, NULL,
     NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/carichi", carichi_page, "cartella.coordina", FINE_PROGRAMMAZIONE, AZIONE_ELENCA,
     AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/conteggi", conteggi_page, "statistiche.leggi", FINE_PROGRAMMAZIONE, AZIONE_ELENCA,
     AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle", web_list_page, "cartella.leggi", FINE_CURA, AZIONE_ELENCA, AUDIT_READ,
     NULL, NULL, NULL, NULL, 0, &cartelle_lista},
    {WEB_GET, "/cartelle/nuova", cartella_nuova_page, "cartella.apri", FINE_CURA, AZIONE_CREA,
     AUDIT_READ, NULL, &cartella_nuova_query, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/nuova", cartella_nuova_save, "cartella.apri", FINE_CURA, AZIONE_CREA,
     AUDIT_WRITE, NULL, &cartella_nuova_form, "/cartelle/nuova", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/cartelle/{id}", scheda_page, "cartella.leggi", FINE_CURA, AZIONE_LEGGI, AUDIT_READ,
     &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/accessi", accessi_page, "cartella.leggi", FINE_CONTROLLO, AZIONE_LEGGI,
     AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/accessi/foglio", accessi_foglio_page, "cartella.coordina",
     FINE_CONTROLLO, AZIONE_LEGGI, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/sposta/{presa}/{stato}", sposta_page, "cartella.scrivi", FINE_CURA,
     AZIONE_MODIFICA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/{id}/sposta/{presa}/{stato}", sposta_save, "cartella.scrivi", FINE_CURA,
     AZIONE_MODIFICA, AUDIT_WRITE, &cartella_object, &sposta_form,
     "/cartelle/{id}/sposta/{presa}/{stato}", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/cartelle/{id}/assegna/{presa}", assegna_page, "cartella.coordina", FINE_CURA,
     AZIONE_MODIFICA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/{id}/assegna/{presa}", assegna_save, "cartella.coordina", FINE_CURA,
     AZIONE_MODIFICA, AUDIT_WRITE, &cartella_object, &assegna_form,
     "/cartelle/{id}/assegna/{presa}", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/cartelle/{id}/diario/nuova", diario_nuova_page, "cartella.scrivi", FINE_CURA,
     AZIONE_CREA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/{id}/diario/nuova", diario_nuova_save, "cartella.scrivi", FINE_CURA,
     AZIONE_CREA, AUDIT_WRITE, &cartella_object, &diario_form, "/cartelle/{id}/diario/nuova", NULL,
     WEB_DRAFT, NULL},
    {WEB_GET, "/cartelle/{id}/diario/{voce}", diario_page, "cartella.leggi", FINE_CURA,
     AZIONE_LEGGI, AUDIT_READ, &cartella_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/{id}/diario/{voce}", diario_correct, "cartella.scrivi", FINE_CURA,
     AZIONE_MODIFICA, AUDIT_WRITE, &cartella_object, &diario_form, "/cartelle/{id}/diario/{voce}",
     NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/cartelle/{id}/documenti/nuovo", documento_nuovo_page, "cartella.scrivi", FINE_CURA,
     AZIONE_CREA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/cartelle/{id}/documenti/nuovo", documento_nuovo_save, "cartella.scrivi", FINE_CURA,
     AZIONE_CREA, AUDIT_WRITE, &cartella_object, &documento_form, "/cartelle/{id}/documenti/nuovo",
     NULL, WEB_UPLOAD, NULL},
    {WEB_GET, "/cartelle/{id}/documenti/{documento}", documento_page, "cartella.leggi", FINE_CURA,
     AZIONE_LEGGI, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/persone/{id}/cartella", persona_cartella_page, "cartella.leggi", FINE_CURA,
     AZIONE_LEGGI, AUDIT_READ, &persona_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/persone/{id}/storia", storia_page, "cartella.leggi", FINE_CURA, AZIONE_LEGGI,
     AUDIT_READ, &persona_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Oggi", "Agenda", "/agenda", "cartella.leggi", "it-calendar"},
    {"Persone", "Cartelle", "/cartelle", "cartella.leggi", "it-folder"},
    {"Numeri", "Carichi di lavoro", "/carichi", "cartella.coordina", "it-user"},
    {"Numeri", "Cartelle per stato", "/conteggi", "statistiche.leggi", "it-chart-line"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module cartella_module = {
    .name = "cartella",
    .schema = &cartella_schema,
    .registry = &cartella_registry,
    .routes = routes,
    .menu = menu,
};
