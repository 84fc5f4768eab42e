/* One assessment, and the rows of all routes of the room. */
#include "mod/valutazioni/pages.h"

#include "kit/doc/doc.h"
#include "kit/module.h"
#include "kit/web/paper.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"
#include "mod/valutazioni/store.h"

#include <string.h>

/* ---- shared ------------------------------------------------------------------------------------
 */

const char *valutazioni_href(struct cx *cx, struct id cartella, const char *tail)
{
    char id[ID_TEXT];
    return arena_printf(cx->arena, "/cartelle/%s/valutazioni%s", id_text(cartella, id), tail);
}

bool valutazione_decide(struct cx *cx, const struct cartella *cartella, int64_t riserbo,
                        enum authz_action action, bool *yes)
{
    struct web_facts facts;
    if (!cartella_object.facts(cx, cartella->id, &facts))
        return false;
    *yes = authz_decide((struct authz_question){
                            .role = (enum authz_role)cx->who->ruolo,
                            .relation = facts.relation,
                            .sensitivity = (enum authz_sensitivity)riserbo,
                            .purpose = FINE_CURA,
                            .action = action,
                        })
               .answer == AUTHZ_ALLOW;
    return true;
}

bool valutazioni_head(struct cx *cx, struct web_req *req, struct web_res *res, struct tv *page,
                      const struct cartella *cartella, const char *here)
{
    char id[ID_TEXT];
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, arena_printf(cx->arena, "/cartelle/%s", id_text(cartella->id, id)),
              arena_printf(cx->arena, "Cartella %lld", (long long)cartella->numero));
    web_crumb(res, here != NULL ? valutazioni_href(cx, cartella->id, "") : NULL, "Valutazioni");
    if (here != NULL)
        web_crumb(res, NULL, here);
    tv_text(page, "valutazioni", valutazioni_href(cx, cartella->id, ""));
    return persona_header(cx, req, page, cartella->persona, "cartella");
}

bool valutazione_named(struct cx *cx, struct web_req *req, struct cartella *cartella,
                       struct list *versions)
{
    struct id voce;
    int64_t riserbo = 0;
    bool yes;
    if (!id_parse(web_segment(req, "voce"), &voce))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna valutazione");
    if (!cartella_load(cx, web_id(req), cartella) || !valutazione_versions(cx, voce, versions))
        return false;
    LIST_EACH (versions, struct valutazione_letta, letta) {
        if (letta->v.cartella.n != cartella->id.n)
            return FAIL(cx, ERR_NOT_FOUND, "nessuna valutazione");
        riserbo = letta->v.riserbo > riserbo ? letta->v.riserbo : riserbo;
    }
    if (versions->count == 0)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna valutazione");
    if (!valutazione_decide(cx, cartella, riserbo, AZIONE_LEGGI, &yes))
        return false;
    return yes || FAIL(cx, ERR_NOT_FOUND, "nessuna valutazione");
}

const char *riserbo_words(int64_t riserbo)
{
    return riserbo == RISERVO_ANTIVIOLENZA  ? "solo équipe"
           : riserbo == RISERVO_GIUDIZIARIO ? "giudiziaria"
                                            : NULL;
}

/* ---- one assessment
 * -------------------------------------------------------------------------------- */

static void totals_show(struct cx *cx, struct tv *page, const struct valutazione_letta *letta)
{
    struct tv *totals = tv_children(page, "totali");
    for (size_t i = 0; i < letta->regole->totali_count; i++) {
        const struct scheda_totale *totale = &letta->regole->totali[i];
        const struct punteggio *p = &letta->esito.totali[i];
        struct tv *item = tv_push(totals);
        char most[PUNTI_TEXT];
        bool known = p->centesimi != INT_NONE;
        tv_text(item, "titolo", totale->titolo);
        tv_text(item, "punti", punteggio_words(cx->arena, p));
        tv_bool(item, "noto", known);
        tv_text(item, "su",
                known ? arena_strdup(cx->arena, punti_it(totale->massimo, most)) : NULL);
        tv_text(item, "fascia", p->fascia);
    }
}

void esito_show(struct cx *cx, struct tv *page, const struct valutazione_letta *letta)
{
    const struct scheda_regole *r = letta->regole;
    struct tv *sections = tv_children(page, "sezioni"), *items = NULL;
    for (size_t i = 0; i < r->voci_count; i++) {
        if (i == 0 || r->voci[i].sezione != r->voci[i - 1].sezione) {
            struct tv *section = tv_push(sections);
            const char *name = r->sezioni[r->voci[i].sezione];
            tv_text(section, "nome", *name != '\0' ? name : "Domande");
            items = tv_children(section, "voci");
        }
        struct tv *item = tv_push(items);
        tv_text(item, "testo", r->voci[i].testo);
        tv_text(item, "risposta", risposta_words(cx->arena, &r->voci[i], letta->risposte.items[i]));
    }
    totals_show(cx, page, letta);
}

static bool valutazione_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct list versions;
    bool writes;
    char id[ID_TEXT];
    if (!valutazione_named(cx, req, &cartella, &versions) ||
        !valutazione_decide(cx, &cartella, cartella.riserbo, AZIONE_MODIFICA, &writes))
        return false;
    const struct valutazione_letta *last = LIST_ITEM(&versions, struct valutazione_letta, 0);
    struct tv *page = web_page(res, "valutazioni/valutazione", last->v.titolo);
    const char *path = valutazioni_href(cx, cartella.id,
                                        arena_printf(cx->arena, "/%s", id_text(last->v.voce, id)));
    if (!valutazioni_head(cx, req, res, page, &cartella, last->v.titolo))
        return false;
    esito_show(cx, page, last);
    tv_day(page, "giorno", last->v.giorno);
    tv_text(page, "autore", last->v.autore_nome);
    tv_text(page, "riserbo", riserbo_words(last->v.riserbo));
    tv_int(page, "scheda_versione", last->v.scheda_versione);
    tv_bool(page, "corretta", versions.count > 1);
    tv_text(page, "pdf", arena_printf(cx->arena, "%s/pdf", path));
    tv_text(page, "correggi",
            writes && web_may(cx, req, "valutazioni.scrivi")
                ? arena_printf(cx->arena, "%s/correggi", path)
                : NULL);
    struct tv *list = tv_children(page, "versioni");
    LIST_EACH (&versions, struct valutazione_letta, letta) {
        struct tv *item = tv_push(list);
        tv_int(item, "versione", letta->v.versione);
        tv_instant(item, "scritta", letta->v.scritta);
        tv_text(item, "autore_versione", letta->v.autore_nome);
        esito_show(cx, item, letta);
    }
    return true;
}

static bool valutazione_pdf(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct list versions;
    struct ente ente;
    const char *name;
    if (!valutazione_named(cx, req, &cartella, &versions) ||
        !persona_label(cx, cartella.persona, &name) || !ente_load(cx, cartella.ente, &ente))
        return false;
    const struct valutazione_letta *last = LIST_ITEM(&versions, struct valutazione_letta, 0);
    return web_paper(cx, res, valutazione_paper(cx->arena, last, ente.nome, name), DOC_PDF,
                     "valutazione");
}

/* ---- routes
 * ---------------------------------------------------------------------------------------- */

/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/valutazioni", web_list_page, "valutazioni.leggi", FINE_CURA, AZIONE_ELENCA,
     AUDIT_READ, NULL, NULL, NULL, NULL, 0, &valutazioni_lista},
    {WEB_GET, "/cartelle/{id}/valutazioni", valutazioni_page, "valutazioni.leggi", FINE_CURA,
     AZIONE_LEGGI, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/valutazioni/nuova/{scheda}/{versione}", compila_page,
     "valutazioni.scrivi", FINE_CURA, AZIONE_CREA, AUDIT_READ, &cartella_object, NULL, NULL, NULL,
     WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/{id}/valutazioni/nuova/{scheda}/{versione}", compila_save,
     "valutazioni.scrivi", FINE_CURA, AZIONE_CREA, AUDIT_WRITE, &cartella_object, &compila_form,
     "/cartelle/{id}/valutazioni/nuova/{scheda}/{versione}", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/cartelle/{id}/valutazioni/{voce}", valutazione_page, "valutazioni.leggi", FINE_CURA,
     AZIONE_LEGGI, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/valutazioni/{voce}/pdf", valutazione_pdf, "valutazioni.leggi",
     FINE_CURA, AZIONE_LEGGI, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/valutazioni/{voce}/correggi", correggi_page, "valutazioni.scrivi",
     FINE_CURA, AZIONE_MODIFICA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/{id}/valutazioni/{voce}/correggi", correggi_save, "valutazioni.scrivi",
     FINE_CURA, AZIONE_MODIFICA, AUDIT_WRITE, &cartella_object, &compila_form,
     "/cartelle/{id}/valutazioni/{voce}/correggi", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/schede", schede_page, "schede.leggi", FINE_GESTIONE, AZIONE_ELENCA, AUDIT_NO, NULL,
     NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/schede/nuova", scheda_nuova_page, "schede.scrivi", FINE_GESTIONE, AZIONE_CREA,
     AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/schede/nuova", scheda_nuova_save, "schede.scrivi", FINE_GESTIONE, AZIONE_CREA,
     AUDIT_WRITE, NULL, &scheda_form, "/schede/nuova", NULL, WEB_UPLOAD, NULL},
    {WEB_GET, "/schede/{scheda}", scheda_page, "schede.leggi", FINE_GESTIONE, AZIONE_LEGGI,
     AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/schede/{scheda}/modifica", scheda_modifica_page, "schede.scrivi", FINE_GESTIONE,
     AZIONE_MODIFICA, AUDIT_NO, NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/schede/{scheda}/modifica", scheda_modifica_save, "schede.scrivi", FINE_GESTIONE,
     AZIONE_MODIFICA, AUDIT_WRITE, NULL, &scheda_form, "/schede/{scheda}/modifica", NULL,
     WEB_UPLOAD, NULL},
    {WEB_POST, "/schede/{scheda}/offri", offri_save, "schede.scrivi", FINE_GESTIONE,
     AZIONE_MODIFICA, AUDIT_WRITE, NULL, &offri_form, "/schede/{scheda}", NULL, 0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Persone", "Valutazioni", "/valutazioni", "valutazioni.leggi", "it-files"},
    {"Sistema", "Schede di valutazione", "/schede", "schede.leggi", "it-file"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module valutazioni_module = {
    .name = "valutazioni",
    .schema = &valutazioni_schema,
    .registry = &valutazioni_registry,
    .routes = routes,
    .menu = menu,
};
