/* What the room gives to the funnel. */
#include "kit/sys/vault.h"
#include "mod/audit/audit.h"
#include "mod/enti/enti.h"
#include "mod/utenti/statements.h"
#include "mod/utenti/store_accesso.h"

#include <string.h>

static bool session_load(struct cx *cx, const char *token, const struct web_session **session)
{
    struct sessione_attiva row;
    bool found;
    *session = NULL;
    if (!sessione_load(cx, vault_token_hash(cx, token), &row, &found))
        return false;
    if (!found)
        return true;
    struct web_session *made = ARENA_NEW(cx->arena, struct web_session);
    *made = (struct web_session){
        .who = {.utente = row.utente,
                .ente = row.ente,
                .ambito = row.ambito,
                .ruolo = (int)authz_role_parse(row.ruolo),
                .nome = row.intestazione,
                .sessione = row.id},
        .csrf = row.csrf,
        .login = row.accesso,
        .password_to_change = row.da_cambiare,
        .notice = row.avviso,
    };
    *session = made;
    return true;
}

static bool session_touch(struct cx *cx, const struct web_session *session)
{
    return sessione_touch(cx, session->who.sessione);
}

/* ---- drafts ----------------------------------------------------------------------------- */

struct bozza {
    struct bytes testo;
};
static const struct field bozza_fields[] = {FIELD(bozza, testo), FIELD_END};

/* The path stands in the place of the column: a draft moved to another page does not open. */
static struct vault_place draft_place(const struct cx *cx, const char *path)
{
    return (struct vault_place){"bozza", path, cx->who->utente, cx->who->ambito};
}

enum { DRAFT_PATH = 2000 }; /* what a place holds */

static bool draft_save(struct cx *cx, const char *path, const char *form)
{
    struct bytes sealed;
    if (cx->who == NULL || strlen(path) > DRAFT_PATH)
        return true;
    if (form == NULL)
        return db_do(cx, &utenti_sql[SQL_BOZZA_DELETE], DB_ARGS(cx->who->utente, path), NULL);
    struct vault_place place = draft_place(cx, path);
    return vault_seal_text(cx, NULL, &place, form, &sealed) &&
           db_do(cx, &utenti_sql[SQL_BOZZA_SAVE],
                 DB_ARGS(cx->who->utente, path, cx->who->ambito, sealed, cx->now), NULL);
}

static bool draft_load(struct cx *cx, const char *path, const char **form)
{
    struct bozza row;
    bool found;
    *form = NULL;
    if (cx->who == NULL || strlen(path) > DRAFT_PATH)
        return true;
    struct instant oldest = {path[0] == '/' ? cx->now.us - DRAFT_AGE : 1};
    if (!db_maybe(cx, &utenti_sql[SQL_BOZZA_LOAD], DB_ARGS(cx->who->utente, path, oldest),
                  bozza_fields, &row, &found))
        return false;
    struct vault_place place = draft_place(cx, path);
    return !found || vault_unseal_text(cx, NULL, &place, row.testo, form);
}

/* ---- layout ----------------------------------------------------------------------------- */

static bool ente_name(struct cx *cx, struct id id, const char **name)
{
    struct ente ente;
    *name = "";
    if (id.n == 0)
        return true;
    if (!ente_load(cx, id, &ente)) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    *name = ente.nome;
    return true;
}

/* Before login the page still says whose it is: the first ambito, where there is one only. */
static bool ambito_name(struct cx *cx, const char **name)
{
    struct id id = ID_NONE;
    const struct who *outer = cx->who;
    if (outer != NULL)
        return ente_name(cx, outer->ambito, name);
    if (!ambito_first(cx, &id))
        return false;
    struct who nobody = {.ambito = id};
    cx->who = &nobody;
    bool ok = ente_name(cx, id, name);
    cx->who = outer;
    return ok;
}

/* From the day's work to the program's own; a line of another group would be in no menu, which a
 * test looks for. */
const char *const menu_groups[] = {"Oggi",      "Persone", "Numeri", "Ambito",
                                   "Controllo", "Sistema", NULL};

static bool layout(struct cx *cx, const struct web_session *session, struct tv *layout)
{
    const char *ambito, *ente;
    if (!ambito_name(cx, &ambito))
        return false;
    tv_text(layout, "ambito", ambito);
    tv_text(layout, "avviso", NULL);
    tv_text(layout, "utente", NULL);
    tv_bool(layout, "cerca", false);
    tv_children(layout, "menu");
    if (session == NULL)
        return true;
    if (!ente_name(cx, session->who.ente, &ente))
        return false;
    struct tv *utente = tv_child(layout, "utente");
    tv_text(utente, "nome", session->who.nome);
    tv_text(utente, "ruolo", authz_role_title((enum authz_role)session->who.ruolo));
    tv_text(utente, "ente", ente);
    tv_bool(layout, "cerca", utente_permitted(&session->who, "persone.leggi"));
    return true;
}

/* The lines of one group that this user may follow; the group appears with its first. */
static void menu_group(const struct who *who, const struct module *const *modules,
                       const char *group, struct tv *menu)
{
    struct tv *items = NULL;
    for (; *modules != NULL; modules++) {
        for (const struct menu_item *item = (*modules)->menu; item != NULL && item->label != NULL;
             item++) {
            if (strcmp(item->group, group) != 0 || !utente_permitted(who, item->permission))
                continue;
            if (items == NULL) {
                struct tv *head = tv_push(menu);
                tv_text(head, "label", group);
                items = tv_children(head, "items");
            }
            struct tv *line = tv_push(items);
            tv_text(line, "label", item->label);
            tv_text(line, "href", item->href);
            tv_text(line, "icon", item->icon);
        }
    }
}

void utente_menu(const struct who *who, const struct module *const *modules, struct tv *layout)
{
    struct tv *menu = tv_children(layout, "menu");
    for (const char *const *group = menu_groups; who != NULL && *group != NULL; group++)
        menu_group(who, modules, *group, menu);
}

const struct web_host utenti_host = {
    .session_load = session_load,
    .session_touch = session_touch,
    .notice_save = sessione_notice,
    .permitted = utente_permitted,
    .audit = audit_web,
    .draft_save = draft_save,
    .draft_load = draft_load,
    .layout = layout,
};
