/* What the layout finds under `layout` (kit/web/web.h): the room of users knows who is there, the
 * program knows the rooms. */
#include "app/modules.h"
#include "app/service.h"

#include "kit/tmpl/tmpl.h"
#include "mod/utenti/utenti.h"

bool menu_layout(struct cx *cx, const struct web_session *session, struct tv *layout)
{
    if (!utenti_host.layout(cx, session, layout))
        return false;
    if (session != NULL)
        utente_menu(&session->who, modules, layout);
    return true;
}
