/* The head of a request has come: its route, and whether its body may. */
#include "kit/web/internal.h"

#include <string.h>

enum { DRAIN = 64 << 20 };

static bool find_route(struct web_req *req, const char *method)
{
    size_t size = strcspn(req->target, "?");
    req->head = strcmp(method, "HEAD") == 0;
    req->post = strcmp(method, "POST") == 0;
    if (!match_find(req->web->table, req->target, size, &req->match)) {
        error_answer(req, 404, NULL);
        return false;
    }
    bool get = req->head || strcmp(method, "GET") == 0;
    req->route = get ? req->match.get : req->post ? req->match.post : NULL;
    if (req->route != NULL)
        return true;
    error_answer(req, 405, NULL);
    req->res.allow = req->match.get == NULL    ? "POST"
                     : req->match.post == NULL ? "GET, HEAD"
                                               : "GET, HEAD, POST";
    return false;
}

/* An error on a path that nobody serves still stands in the layout of who is logged in. */
static void load_session(struct web_req *req)
{
    answer_open(req);
    if (req->cx.db != NULL && !guard_load(req))
        error_log(req, "session", &req->cx.err);
    err_clear(&req->cx.err);
}

static int64_t body_limit(const struct web_req *req)
{
    const struct web_form *form = req->route->form;
    return form != NULL && form->body_limit > 0 ? (int64_t)form->body_limit : WEB_BODY;
}

/* Room for a large body only for who is logged in. */
static bool check_length(struct web_req *req)
{
    if (req->length > body_limit(req)) {
        error_answer(req, 413, NULL);
        return false;
    }
    if (req->length <= WEB_BODY)
        return true;
    bool known = db_read_begin(req->web->config.db, &req->cx) && guard_session(req);
    answer_close(req);
    return known;
}

/* What comes behind the head is thrown away; a browser reads no answer before it has sent all. */
static void answer_early(struct web_req *req)
{
    if (req->cx.err.code != ERR_NONE)
        answer_fail(req);
    else if (req->session == NULL)
        load_session(req);
    answer_draw(req);
    req->res.close = req->length > DRAIN;
    req->phase = req->length > 0 && !req->res.close ? PHASE_DRAIN : PHASE_READY;
}

void funnel_head(struct web_req *req, const char *method)
{
    req->arena.escape = &req->escape;
    if (setjmp(req->escape) != 0) {
        answer_memory(req);
        req->phase = PHASE_READY;
        return;
    }
    if (find_route(req, method) && (!req->post || check_length(req))) {
        req->arena.limit += 3 * (size_t)req->length;
        req->body = arena_alloc(&req->arena, (size_t)req->length + 1);
        req->phase = PHASE_BODY;
    } else {
        answer_early(req);
    }
    req->arena.escape = NULL;
}
