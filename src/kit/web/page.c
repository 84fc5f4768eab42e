/* The page inside its layout. */
#include "kit/web/internal.h"

#include <string.h>

struct tv *web_page(struct web_res *res, const char *name, const char *title)
{
    res->kind = ANSWER_PAGE;
    res->template = name;
    res->title = title;
    res->page = tv_object(&res->req->arena);
    res->crumb_count = 0;
    return res->page;
}

void web_crumb(struct web_res *res, const char *href, const char *label)
{
    if (res->crumb_count < WEB_CRUMBS)
        res->crumbs[res->crumb_count++] = (struct crumb){href, label};
}

void web_status(struct web_res *res, int status)
{
    res->status = status;
}

void web_redirect(struct web_res *res, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    res->kind = ANSWER_REDIRECT;
    res->location = arena_vprintf(&res->req->arena, format, args);
    va_end(args);
}

void web_bytes(struct web_res *res, const char *type, struct bytes bytes, const char *attachment)
{
    res->kind = ANSWER_BYTES;
    res->type = type;
    res->body = bytes;
    res->attachment = attachment;
}

void web_json(struct web_res *res, const char *json)
{
    web_bytes(res, "application/json; charset=utf-8",
              (struct bytes){(const unsigned char *)json, strlen(json)}, NULL);
}

void web_cookie_session(struct web_res *res, const char *token)
{
    if (res->cookie_count < WEB_COOKIES)
        res->cookies[res->cookie_count++] =
            (struct cookie){res->req->web->config.insecure_cookie ? "zonale" : "__Host-zonale",
                            token == NULL ? "" : token, 0};
}

static const char *notice_of(const struct web_req *req)
{
    if (req->restored != NULL)
        return req->restored;
    return req->session == NULL ? NULL : req->session->notice;
}

bool page_fill(struct web_req *req)
{
    struct web_res *res = &req->res;
    if (res->kind != ANSWER_PAGE)
        return true;
    struct tv *page = res->page;
    tv_text(page, "title", res->title);
    tv_bool(page, "faulty", req->fault_count > 0);
    tv_text(page, "notice", notice_of(req));
    tv_text(page, "csrf", token_make(req));
    tv_text(page, "path", req->path);
    struct tv *crumbs = tv_children(page, "crumbs");
    for (size_t i = 0; i < res->crumb_count; i++) {
        struct tv *crumb = tv_push(crumbs);
        tv_text(crumb, "href", res->crumbs[i].href);
        tv_text(crumb, "label", res->crumbs[i].label);
    }
    return req->web->config.host->layout(&req->cx, req->session, tv_child(page, "layout"));
}

void page_draw(struct web_req *req)
{
    struct web_res *res = &req->res;
    struct err err = {0};
    struct buf out;
    if (res->kind != ANSWER_PAGE)
        return;
    buf_init(&out, &req->arena, WEB_PAGE);
    bool drawn = tmpl_render(req->web->config.templates, "layout/page", res->template, res->page,
                             &out, &err);
    if (!drawn || out.full) {
        error_log(req, "page", &err);
        error_plain(req, 500);
        return;
    }
    int status = res->status;
    web_bytes(res, "text/html; charset=utf-8",
              (struct bytes){(const unsigned char *)out.data, out.size}, NULL);
    res->status = status;
}
