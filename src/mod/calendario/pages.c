/* One's own secret address, and what stands at it. */
#include "kit/module.h"
#include "mod/calendario/calendario.h"
#include "mod/calendario/store.h"
#include "mod/utenti/utenti.h"

#include <string.h>

#define ENDING ".ics"

static bool show(struct cx *cx, struct web_req *req, struct web_res *res, const char *chiave)
{
    struct instant made;
    bool found;
    if (!store_indirizzo_made(cx, &made, &found))
        return false;
    struct tv *page = web_page(res, "calendario/pagina", "Calendario");
    web_crumb(res, "/profilo", "Profilo");
    web_crumb(res, NULL, "Calendario");
    tv_bool(page, "attivo", found);
    tv_set(page, "creato", NULL);
    if (found)
        tv_instant(page, "creato", made);
    tv_text(page, "indirizzo",
            chiave == NULL
                ? NULL
                : arena_printf(cx->arena, "%s/calendario/%s" ENDING, web_site(req), chiave));
    return true;
}

static bool calendario_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    return show(cx, req, res, NULL);
}

/* No redirect: the address is in this answer and nowhere else. */
static bool calendario_new_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const char *chiave;
    web_audit_object(req, "calendario", cx->who->utente);
    return calendario_new(cx, &chiave) && show(cx, req, res, chiave);
}

static bool calendario_revoke_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    web_audit_object(req, "calendario", cx->who->utente);
    web_notice(req, "L’indirizzo del calendario non vale più.");
    web_redirect(res, "/calendario");
    return calendario_revoke(cx);
}

/* Who has the address has no session: he stands for its user, from here to the register. */
static bool calendario_read(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const char *segment = web_segment(req, "indirizzo");
    size_t size = strlen(segment), ending = strlen(ENDING);
    struct who *who = ARENA_NEW(cx->arena, struct who);
    struct bytes ics;
    bool found = false;
    if (size > ending && strcmp(segment + size - ending, ENDING) == 0 &&
        !calendario_who(cx, arena_strndup(cx->arena, segment, size - ending), who, &found))
        return false;
    if (!found || !utente_permitted(who, "calendario.leggi"))
        return FAIL(cx, ERR_NOT_FOUND, "no such calendar");
    cx->who = who;
    web_audit_object(req, "calendario", who->utente);
    if (!calendario_draw(cx, web_site(req), &ics))
        return false;
    web_bytes(res, "text/calendar; charset=utf-8", ics, NULL);
    return true;
}

/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/calendario", calendario_page, "calendario.leggi", FINE_CURA, AZIONE_LEGGI, AUDIT_NO},
    {WEB_POST, "/calendario", calendario_new_post, "calendario.leggi", FINE_CURA, AZIONE_CREA,
     AUDIT_WRITE, .flags = WEB_RECENT},
    {WEB_POST, "/calendario/revoca", calendario_revoke_post, "calendario.leggi", FINE_CURA,
     AZIONE_CHIUDI, AUDIT_WRITE},
    {WEB_GET, "/calendario/{indirizzo}", calendario_read, "pubblico", FINE_CURA, AZIONE_ELENCA,
     AUDIT_READ, .flags = WEB_PUBLIC},
    {.path = NULL}};
/* clang-format on */

const struct module calendario_module = {
    .name = "calendario",
    .schema = &calendario_schema,
    .registry = &calendario_registry,
    .routes = routes,
};
