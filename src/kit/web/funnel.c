/* The funnel. Each function is one stretch of it; `true` goes on, `false` has answered or failed.
 */
#include "kit/web/internal.h"

#include <stdio.h>
#include <string.h>

enum { MEMORY_RESERVE = 256 * 1024, DRAIN = 64 << 20 };

/* ---- ends ----------------------------------------------------------------------------------- */

static void open_read(struct web_req *req)
{
    if (req->cx.db == NULL && !db_read_begin(req->web->config.db, &req->cx))
        error_log(req, "database", &req->cx.err);
}

static void close_read(struct web_req *req)
{
    if (req->cx.db != NULL)
        db_read_end(&req->cx);
}

static void when_memory_ends(struct web_req *req)
{
    close_read(req);
    req->arena.limit += MEMORY_RESERVE;
    error_log(req, "memory of the request exhausted", NULL);
    error_plain(req, 503);
}

/* Layout and drawing; the answer then is bytes. */
static void draw(struct web_req *req)
{
    if (req->res.kind == ANSWER_PAGE) {
        open_read(req);
        err_clear(&req->cx.err);
        if (req->cx.db == NULL || !page_fill(req)) {
            error_log(req, "layout", &req->cx.err);
            error_plain(req, 503);
        }
    }
    close_read(req);
    page_draw(req);
    respond_prepare(req);
}

static bool run_again(struct web_req *req, int status);

/* A failure: what was typed stays on the page where that can be. */
static void fail(struct web_req *req)
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
static void refuse(struct web_req *req)
{
    if (req->cx.err.code != ERR_NONE) {
        fail(req);
    } else if (req->res.kind == ANSWER_NONE) {
        if (req->fault_count == 0)
            FAIL(&req->cx, ERR_INTERNAL, "a handler said no without a reason");
        if (req->fault_count == 0 || req->route->again == NULL || !run_again(req, 422))
            fail(req);
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
    open_read(req);
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
    return shown || req->res.kind != ANSWER_NONE;
}

/* ---- what the writer does ------------------------------------------------------------------- */

static void back(bool ok, void *data)
{
    struct web_req *req = data;
    req->kept = ok;
    if (!ok && req->marked)
        marks_drop(req->web->marks, req->sent_mark);
    MHD_resume_connection(req->http);
}

static bool work_of_read(struct cx *cx, void *data)
{
    struct web_req *req = data;
    jmp_buf escape;
    req->arena.escape = &escape;
    if (setjmp(escape) != 0)
        return FAIL(cx, ERR_BUSY, "memory of the request exhausted");
    bool ok = (!req->wants_audit || guard_audit(req)) &&
              (!req->wants_touch || req->web->config.host->session_touch(cx, req->session));
    req->arena.escape = NULL;
    return ok;
}

/* The second of a double click gets the answer of the first. */
static bool answered_before(struct web_req *req)
{
    const char *location =
        *req->sent_mark == '\0' ? NULL : marks_find(req->web->marks, &req->arena, req->sent_mark);
    if (location != NULL)
        web_redirect(&req->res, "%s", location);
    return location != NULL;
}

static bool keep(struct cx *cx, struct web_req *req)
{
    const struct web_host *host = req->web->config.host;
    if (req->route->audit != AUDIT_NO && !guard_audit(req))
        return false;
    if (req->notice != NULL && req->session != NULL &&
        !host->notice_save(cx, req->session->who.sessione, req->notice))
        return false;
    if ((req->route->flags & WEB_DRAFT) != 0 && host->draft_save != NULL && req->session != NULL &&
        !host->draft_save(cx, web_path(req, req->route->again), NULL))
        return false;
    bool done = *req->sent_mark != '\0' && req->fault_count == 0;
    if (done && req->res.kind == ANSWER_REDIRECT) {
        marks_add(req->web->marks, req->sent_mark, req->res.location);
        req->marked = true;
    }
    return true;
}

static bool write_all(struct cx *cx, struct web_req *req)
{
    if (answered_before(req))
        return true;
    return guard_session(req) && guard_scope(req) && req->route->handler(cx, req, &req->res) &&
           keep(cx, req);
}

static bool work_of_post(struct cx *cx, void *data)
{
    struct web_req *req = data;
    jmp_buf escape;
    req->res = (struct web_res){.req = req, .status = 200};
    req->fault_count = 0;
    req->notice = req->audit_detail = req->audit_kind = NULL;
    req->arena.escape = &escape;
    if (setjmp(escape) != 0)
        return FAIL(cx, ERR_BUSY, "memory of the request exhausted");
    bool ok = write_all(cx, req);
    req->arena.escape = NULL;
    return ok;
}

static void write_later(struct web_req *req, db_work *work)
{
    req->arena.escape = NULL;
    db_write_later(req->web->config.db, &req->cx, work, req, back);
}

/* From here on the request belongs to another thread, until `back`. */
static void suspend(struct web_req *req, enum task task)
{
    req->phase = PHASE_WAITING;
    req->task = task;
    MHD_suspend_connection(req->http);
}

/* The slow part of a POST, on a worker: read-only, then on to the writer. */
static void run_before(void *data)
{
    struct web_req *req = data;
    jmp_buf escape;
    volatile bool go = false;
    req->arena.escape = &escape;
    if (setjmp(escape) == 0) {
        go = db_read_begin(req->web->config.db, &req->cx) &&
             req->route->before(&req->cx, req, &req->res) && req->fault_count == 0;
    } else {
        FAIL(&req->cx, ERR_BUSY, "memory of the request exhausted");
    }
    close_read(req);
    if (go)
        write_later(req, work_of_post);
    else
        back(false, req);
}

static void hand_over(struct web_req *req)
{
    close_read(req);
    suspend(req, TASK_POST);
    if (req->route->before == NULL) {
        write_later(req, work_of_post);
    } else if (!workers_add(req->web->workers, run_before, req)) {
        FAIL(&req->cx, ERR_BUSY, "too many slow requests");
        back(false, req);
    }
}

/* ---- GET and POST --------------------------------------------------------------------------- */

static void finish(struct web_req *req)
{
    if (!req->wants_audit && !req->wants_touch) {
        req->phase = PHASE_READY;
        return;
    }
    suspend(req, TASK_AUDIT);
    write_later(req, work_of_read);
}

static bool show_draft(struct web_req *req)
{
    if (req->session == NULL || !check_drafted(req->web, req->route))
        return true;
    const struct web_host *host = req->web->config.host;
    const char *path = req->path;
    const char *key = guard_cookie(req, req->web->cookie_pending), *text = NULL, *why;
    if (key != NULL)
        text = pending_take(req, key, path);
    if (text == NULL && host->draft_load != NULL && !host->draft_load(&req->cx, path, &text))
        return false;
    struct pairs typed;
    if (text != NULL && pairs_urlencoded(&req->arena, text, strlen(text), &typed, &why)) {
        req->typed = typed;
        req->restored = "È stato ripreso il testo non ancora inviato: controlla e invia.";
    }
    return true;
}

static void run_get(struct web_req *req)
{
    struct cx *cx = &req->cx;
    bool go = db_read_begin(req->web->config.db, cx) && guard_session(req) && decode_query(req) &&
              guard_scope(req) && show_draft(req) && req->route->handler(cx, req, &req->res);
    if (go) {
        req->wants_audit = req->route->audit != AUDIT_NO;
        req->wants_touch = req->session != NULL &&
                           (req->session->notice != NULL ||
                            touched_due(req->web->touched, req->session->who.sessione, cx->now));
    } else {
        refuse(req);
    }
    draw(req);
    finish(req);
}

static bool decode_post(struct web_req *req)
{
    if (req->form == NULL)
        return true;
    req->object = decode_values(req, req->form, &req->typed);
    return req->fault_count == 0;
}

static void run_post(struct web_req *req)
{
    bool go = db_read_begin(req->web->config.db, &req->cx) && decode_body(req) &&
              guard_session(req) && guard_csrf(req) && guard_scope(req) && decode_post(req);
    if (go) {
        hand_over(req);
        return;
    }
    refuse(req);
    draw(req);
    finish(req);
}

void funnel_run(struct web_req *req)
{
    req->arena.escape = &req->escape;
    if (setjmp(req->escape) != 0) {
        when_memory_ends(req);
        req->phase = PHASE_READY;
        return;
    }
    if (req->post)
        run_post(req);
    else
        run_get(req);
    if (req->phase != PHASE_WAITING)
        req->arena.escape = NULL;
}

/* A read of which no row could be written down is not answered, but for a full disk: then its
 * trace goes to the log, and reading goes on. */
static void back_from_read(struct web_req *req)
{
    if (req->kept)
        return;
    struct err err = req->cx.err;
    error_log(req, "audit of a read", &err);
    if (err.code != ERR_FULL)
        error_plain(req, error_status(err.code));
}

static void back_from_post(struct web_req *req)
{
    if (!req->kept || req->fault_count > 0)
        refuse(req);
    draw(req);
    if (req->wants_audit) /* refused by the writer: that is written down too */
        finish(req);
}

void funnel_back(struct web_req *req)
{
    req->phase = PHASE_READY;
    req->arena.escape = &req->escape;
    if (setjmp(req->escape) != 0) {
        when_memory_ends(req);
        return;
    }
    if (req->task == TASK_AUDIT)
        back_from_read(req);
    else
        back_from_post(req);
    req->arena.escape = NULL;
}

/* ---- the head ------------------------------------------------------------------------------- */

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
    open_read(req);
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
    close_read(req);
    return known;
}

/* What comes behind the head is thrown away; a browser reads no answer before it has sent all. */
static void answer_early(struct web_req *req)
{
    if (req->cx.err.code != ERR_NONE)
        fail(req);
    else if (req->session == NULL)
        load_session(req);
    draw(req);
    req->res.close = req->length > DRAIN;
    req->phase = req->length > 0 && !req->res.close ? PHASE_DRAIN : PHASE_READY;
}

void funnel_head(struct web_req *req, const char *method)
{
    req->arena.escape = &req->escape;
    if (setjmp(req->escape) != 0) {
        when_memory_ends(req);
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
