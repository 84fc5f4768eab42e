/* The funnel. Each function is one stretch of it; `true` goes on, `false` has answered or failed.
 */
#include "kit/web/internal.h"

#include <string.h>

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

/* A row of the register alone leaves the readers their snapshots; a session is read by the next
 * page. */
static void read_later(struct web_req *req)
{
    req->arena.escape = NULL;
    if (req->wants_touch)
        db_write_later(req->web->config.db, &req->cx, work_of_read, req, back);
    else
        db_append_later(req->web->config.db, &req->cx, work_of_read, req, back);
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
    answer_close(req);
    if (go)
        write_later(req, work_of_post);
    else
        back(false, req);
}

static void hand_over(struct web_req *req)
{
    answer_close(req);
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
    read_later(req);
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

/* A whole list as a file takes seconds: not on a thread that serves others. */
static bool is_long(const struct web_req *req)
{
    return !req->post && req->route->handler == web_list_page &&
           strstr(req->query, "formato=") != NULL;
}

static bool read_begin(struct web_req *req)
{
    struct db *db = req->web->config.db;
    return is_long(req) ? db_read_begin(db, &req->cx) : db_read_page(db, &req->cx);
}

static void answer_get(struct web_req *req)
{
    struct cx *cx = &req->cx;
    bool go = read_begin(req) && guard_session(req) && decode_query(req) && guard_scope(req) &&
              show_draft(req) && req->route->handler(cx, req, &req->res);
    if (go) {
        req->wants_audit = req->route->audit != AUDIT_NO;
        req->wants_touch = req->session != NULL &&
                           (req->session->notice != NULL ||
                            touched_due(req->web->touched, req->session->who.sessione, cx->now));
    } else {
        answer_refuse(req);
    }
    answer_draw(req);
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
    answer_refuse(req);
    answer_draw(req);
    finish(req);
}

static void run_long(void *data)
{
    struct web_req *req = data;
    jmp_buf escape;
    req->arena.escape = &escape;
    if (setjmp(escape) == 0)
        answer_get(req);
    else
        answer_memory(req);
    req->arena.escape = NULL;
    if (req->wants_audit || req->wants_touch)
        read_later(req);
    else
        back(true, req);
}

static void hand_to_worker(struct web_req *req)
{
    suspend(req, TASK_AUDIT);
    if (workers_add(req->web->workers, run_long, req))
        return;
    FAIL(&req->cx, ERR_BUSY, "too many slow requests");
    back(false, req);
}

void funnel_run(struct web_req *req)
{
    req->arena.escape = &req->escape;
    if (setjmp(req->escape) != 0) {
        answer_memory(req);
        req->phase = PHASE_READY;
        return;
    }
    if (req->post) {
        run_post(req);
    } else if (is_long(req)) {
        hand_to_worker(req);
    } else {
        answer_get(req);
        finish(req);
    }
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
    error_log(req, "a read", &err);
    if (err.code != ERR_FULL || req->res.kind == ANSWER_NONE)
        error_plain(req, error_status(err.code));
}

static void back_from_post(struct web_req *req)
{
    if (!req->kept || req->fault_count > 0)
        answer_refuse(req);
    answer_draw(req);
    if (req->wants_audit) /* refused by the writer: that is written down too */
        finish(req);
}

void funnel_back(struct web_req *req)
{
    req->phase = PHASE_READY;
    req->arena.escape = &req->escape;
    if (setjmp(req->escape) != 0) {
        answer_memory(req);
        return;
    }
    if (req->task == TASK_AUDIT)
        back_from_read(req);
    else
        back_from_post(req);
    req->arena.escape = NULL;
}
