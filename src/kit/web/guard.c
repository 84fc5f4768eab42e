/* Who asks, and may they: session > permission > CSRF > scope. */
#include "kit/web/internal.h"

#include <string.h>

enum { RECENT_MINUTES = 15 };

/* The value of a cookie; NULL when it is not there, or twice: then one of the two was planted. */
const char *guard_cookie(struct web_req *req, const char *name)
{
    const char *found = NULL;
    size_t length = strlen(name), size = 0;
    for (const char *text = req->cookie; text != NULL && *text != '\0';) {
        text += strspn(text, " ;");
        size_t part = strcspn(text, ";");
        if (part > length && text[length] == '=' && memcmp(text, name, length) == 0) {
            if (found != NULL)
                return NULL;
            found = text + length + 1;
            size = part - length - 1;
        }
        text += part;
    }
    if (found == NULL || size == 0 || size > 128)
        return NULL;
    return arena_strndup(&req->arena, found, size);
}

static const char *escaped(struct web_req *req, const char *text)
{
    struct buf buf;
    buf_init(&buf, &req->arena, 3 * GATE_TARGET);
    pairs_escape(&buf, text);
    return buf.data;
}

/* The page to come back to: of a POST the one that shows its form. */
static const char *way_back(struct web_req *req)
{
    if (!req->post)
        return req->target;
    return req->route->again == NULL ? "/" : web_path(req, req->route->again);
}

static bool send_to(struct web_req *req, const char *page)
{
    char key[WEB_MARK];
    const char *back = way_back(req);
    if ((req->route->flags & WEB_SCRIPT) != 0) {
        error_answer(req, 403, "La sessione è finita: entra di nuovo.");
        return false;
    }
    if (req->post && (req->route->flags & WEB_DRAFT) != 0 && pending_put(req, key)) {
        struct web_res *res = &req->res;
        res->cookies[res->cookie_count++] =
            (struct cookie){req->web->cookie_pending, arena_strdup(&req->arena, key), 1800};
    }
    if (strcmp(back, "/") == 0)
        web_redirect(&req->res, "%s", page);
    else
        web_redirect(&req->res, "%s?dopo=%s", page, escaped(req, back));
    return false;
}

static bool is_way_out(const struct web_route *route)
{
    return strcmp(route->path, WEB_PASSWORD) == 0 || strcmp(route->path, WEB_LOGOUT) == 0;
}

static bool check_permission(struct web_req *req)
{
    const struct web_route *route = req->route;
    if (strcmp(route->permission, "tutti") == 0 ||
        req->web->config.host->permitted(&req->session->who, route->permission))
        return true;
    error_answer(req, 404, NULL);
    return false;
}

static bool is_recent(const struct web_req *req)
{
    const int64_t most = INT64_C(60000000) * RECENT_MINUTES;
    return req->cx.now.us - req->session->login.us <= most;
}

bool guard_load(struct web_req *req)
{
    const char *token = guard_cookie(req, req->web->cookie_session);
    req->session = NULL;
    req->cx.who = NULL;
    if (token != NULL && !req->web->config.host->session_load(&req->cx, token, &req->session))
        return false;
    if (req->session != NULL)
        req->cx.who = &req->session->who;
    return true;
}

bool guard_session(struct web_req *req)
{
    const struct web_route *route = req->route;
    if (!guard_load(req))
        return false;
    if ((route->flags & WEB_PUBLIC) != 0)
        return true;
    if (req->session == NULL)
        return send_to(req, WEB_LOGIN);
    if (req->session->password_to_change && !is_way_out(route))
        return send_to(req, WEB_PASSWORD);
    if (!check_permission(req))
        return false;
    if ((route->flags & WEB_RECENT) != 0 && !is_recent(req))
        return send_to(req, WEB_CONFIRM);
    return true;
}

/* Whether a browser says that the form stands on another site. */
static bool is_foreign(const struct web_req *req)
{
    if (req->fetch_site != NULL && strcmp(req->fetch_site, "same-origin") != 0 &&
        strcmp(req->fetch_site, "none") != 0)
        return true;
    if (req->origin == NULL)
        return false;
    const char *url = req->web->config.public_url;
    if (url != NULL && strncmp(req->origin, url, strlen(req->origin)) == 0 &&
        (url[strlen(req->origin)] == '\0' || url[strlen(req->origin)] == '/'))
        return false;
    const char *host = strstr(req->origin, "://");
    return host == NULL || strcmp(host + 3, req->host) != 0;
}

bool guard_csrf(struct web_req *req)
{
    if ((req->route->flags & WEB_NO_CSRF) != 0)
        return true;
    const char *token = web_typed(req, "csrf");
    bool foreign = is_foreign(req);
    if (!foreign && token_check(req, token))
        return true;
    if (!foreign && req->session != NULL && req->route->again != NULL &&
        token_of_user(req->web, token, req->session->who.utente)) {
        web_fault(req, NULL, "Nel frattempo la sessione era cambiata: controlla e invia di nuovo.");
        return false;
    }
    error_answer(req, 403,
                 "Il modulo non viene da una pagina aperta in questa sessione. "
                 "Torna indietro, ricarica la pagina e invia di nuovo.");
    return false;
}

bool guard_scope(struct web_req *req)
{
    const struct web_route *route = req->route;
    req->facts = (struct web_facts){0};
    req->decision = (struct authz_decision){AUTHZ_ALLOW, "permesso"};
    if (route->object == NULL)
        return true;
    if (!route->object->facts(&req->cx, web_id(req), &req->facts))
        return false;
    struct authz_question question = {
        .role = req->session == NULL ? RUOLO_NESSUNO : (enum authz_role)req->session->who.ruolo,
        .relation = req->facts.relation,
        .sensitivity = req->facts.sensitivity,
        .purpose = route->purpose,
        .action = route->action,
    };
    req->decision = req->facts.found ? authz_decide(question)
                                     : (struct authz_decision){AUTHZ_DENY, "inesistente"};
    if (req->decision.answer != AUTHZ_DENY)
        return true;
    req->wants_audit = route->audit != AUDIT_NO; /* also of what does not exist: same time */
    error_answer(req, 404, NULL);
    return false;
}

bool guard_audit(struct web_req *req)
{
    const struct web_route *route = req->route;
    const struct web_audit_row row = {
        .route = route,
        .decision = req->decision,
        .relation = req->facts.relation,
        .object = req->audit_kind != NULL ? req->audit_kind
                  : route->object != NULL ? route->object->name
                                          : NULL,
        .object_id = req->audit_kind != NULL ? req->audit_id : web_id(req),
        .detail = req->audit_detail,
        .client = web_client(req),
    };
    return req->web->config.host->audit(&req->cx, &row);
}
