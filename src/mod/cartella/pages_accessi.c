/* Who read the record: for who answers for it and who coordinates; and what an emergency shows. */
#include "mod/cartella/view.h"

#include "kit/web/paper.h"
#include "mod/audit/audit.h"
#include "mod/cartella/papers_accessi.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"

enum { ACCESSI = 200, FOGLIO = 2000 };

bool accessi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    if (!cartella_load(cx, web_id(req), &cartella))
        return false;
    struct tv *page = web_page(res, "cartella/accessi", "Chi ha letto la cartella");
    const char *href = arena_printf(cx->arena, "%s/accessi/foglio", cartella_href(cx, cartella.id));
    tv_text(page, "foglio", web_may(cx, req, "cartella.coordina") ? href : NULL);
    return cartella_head(cx, req, res, page, &cartella, "Chi l’ha letta") &&
           audit_show(cx, page, cartella.id, ACCESSI);
}

/* For the person, who asked: without the names of those who work here. */
bool accessi_foglio_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct ente ente;
    struct list rows;
    const char *name;
    if (web_masked(req))
        return FAIL(cx, ERR_NOT_FOUND, "no paper for who may not know");
    if (!cartella_load(cx, web_id(req), &cartella) || !persona_label(cx, cartella.persona, &name) ||
        !ente_load(cx, cx->who->ambito, &ente) || !audit_of(cx, cartella.id, FOGLIO, &rows))
        return false;
    const struct accessi_foglio what = {ente.nome, name,  cartella.numero,
                                        cx->now,   &rows, rows.count == FOGLIO};
    web_audit_detail(req, "foglio per la persona");
    return web_paper(cx, res, accessi_foglio(cx->arena, &what), DOC_PDF, "accessi-alla-cartella");
}

/* The same question that the funnel asks for that page, so that the link is never a dead end. */
bool accessi_link(struct cx *cx, struct tv *page, const struct cartella *cartella)
{
    struct web_facts facts;
    if (!cartella_object.facts(cx, cartella->id, &facts))
        return false;
    struct authz_question question = {
        .role = (enum authz_role)cx->who->ruolo,
        .relation = facts.relation,
        .sensitivity = facts.sensitivity,
        .purpose = FINE_CONTROLLO,
        .action = AZIONE_LEGGI,
    };
    bool may = authz_decide(question).answer != AUTHZ_DENY;
    tv_text(page, "accessi",
            may ? arena_printf(cx->arena, "%s/accessi", cartella_href(cx, cartella->id)) : NULL);
    tv_bool(page, "emergenza", facts.relation == RELAZIONE_EMERGENZA);
    return true;
}
