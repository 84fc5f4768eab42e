/* Who read the record: for who answers for it and who coordinates; and what an emergency shows. */
#include "mod/cartella/view.h"

#include "mod/audit/audit.h"

enum { ACCESSI = 200 };

bool accessi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    if (!cartella_load(cx, web_id(req), &cartella))
        return false;
    struct tv *page = web_page(res, "cartella/accessi", "Chi ha letto la cartella");
    return cartella_head(cx, req, res, page, &cartella, "Chi l’ha letta") &&
           audit_show(cx, page, cartella.id, ACCESSI);
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
