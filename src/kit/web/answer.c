/* Ways out of the funnel: the page drawn, a failure, a refusal, the form shown again. */
#include "kit/web/internal.h"

#include <string.h>

enum { MEMORY_RESERVE = 256 * 1024 };

void answer_open(struct web_req *req)
{
    if (req->cx.db == NULL && !db_read_begin(req->web->config.db, &req->cx))
        error_log(req, "database", &req->cx.err);
}

void answer_close(struct web_req *req)
{
    if (req->cx.db != NULL)
        db_read_end(&req->cx);
}

void answer_memory(struct web_req *req)
{
    answer_close(req);
    req->cx.arena = &req->arena; /* an export may have lent another */
    req->arena.limit += MEMORY_RESERVE;
    error_log(req, "memory of the request exhausted", NULL);
    error_plain(req, 503);
}

/* Layout and drawing; the answer then is bytes. */
void answer_draw(struct web_req *req)
{
    if (req->res.kind == ANSWER_PAGE) {
        answer_open(req);
        err_clear(&req->cx.err);
        if (req->cx.db == NULL || !page_fill(req)) {
            error_log(req, "layout", &req->cx.err);
            error_plain(req, 503);
        }
    }
    answer_close(req);
    page_draw(req);
    respond_prepare(req);
}

static bool run_again(struct web_req *req, int status);

/* A failure: what was typed stays on the page where that can be. */
void answer_fail(struct web_req *req)
{
    struct err err = req->cx.err;
    int status = error_status(err.code);
    if (status >= 500)
        error_log(req, "failure", &err);
    err_clear(&req->cx.err);
    const char *text = err.code == ERR_INPUT ? err.text : NULL;
    if (req->post && req->route->again != NULL && !req->again && err.code != ERR_NOT_FOUND) {
        web_fault(req, NULL, "%s", text != NULL ? text : error_text(status));
        if (run_again(req, err.code == ERR_INPUT ? 422 : status))
            return;
    }
    error_answer(req, status, text);
}

/* Not answered and not failed: a refusal with its faults. */
void answer_refuse(struct web_req *req)
{
    if (req->cx.err.code != ERR_NONE) {
        answer_fail(req);
    } else if (req->res.kind == ANSWER_NONE) {
        if (req->fault_count == 0)
            FAIL(&req->cx, ERR_INTERNAL, "a handler said no without a reason");
        if (req->fault_count == 0 || req->route->again == NULL || !run_again(req, 422))
            answer_fail(req);
    }
}

/* ---- the page of the form, again ------------------------------------------------------------ */

static bool run_again(struct web_req *req, int status)
{
    const struct web_route *post = req->route;
    struct match match;
    const char *path = web_path(req, post->again);
    const char *query = strchr(path, '?');
    size_t size = query == NULL ? strlen(path) : (size_t)(query - path);
    if (!match_find(req->web->table, path, size, &match) || match.get == NULL)
        return false;
    answer_open(req);
    if (req->cx.db == NULL)
        return false;
    req->match = match;
    req->route = match.get;
    req->again = true;
    req->path = arena_strndup(&req->arena, path, size);
    req->again_form = post->form;
    req->res = (struct web_res){.req = req, .status = status};
    decode_again(req);
    bool shown =
        guard_session(req) && guard_scope(req) && match.get->handler(&req->cx, req, &req->res);
    if (shown && req->res.status == 200)
        req->res.status = status;
    if (shown && req->fault_count == 0 && req->res.status == status)
        req->res.status = 200; /* the page took them back: web_faults_drop */
    /* What a refused form shows (candidates, what another has saved) was read as well. */
    if (shown && match.get->audit != AUDIT_NO)
        req->wants_audit = true;
    return shown || req->res.kind != ANSWER_NONE;
}
