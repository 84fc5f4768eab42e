/* "/": where everybody arrives: what this user may open, by heading; and the page of help. */
#include "app/home.h"

#include "app/modules.h"
#include "mod/utenti/utenti.h"

static bool home_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    /* Whoever follows cases starts from his own day. */
    if (web_may(cx, req, "cartella.leggi")) {
        web_redirect(res, "/agenda");
        return true;
    }
    struct tv *page = web_page(res, "app/inizio", "Inizio");
    utente_menu(cx->who, modules, page);
    return true;
}

static bool help_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx, (void)req;
    web_page(res, "app/aiuto", "Aiuto");
    web_crumb(res, NULL, "Aiuto");
    return true;
}

/* clang-format off */
const struct web_route home_routes[] = {
    {WEB_GET, "/", home_page, "tutti", FINE_PROCEDIMENTO, AZIONE_ELENCA, AUDIT_NO,
     NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/aiuto", help_page, "tutti", FINE_PROCEDIMENTO, AZIONE_LEGGI, AUDIT_NO,
     NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */
