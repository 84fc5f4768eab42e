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

/* How much of `path` the address of a menu item covers, in whole segments; 0 = it leads elsewhere.
 */
static size_t covers(const char *href, const char *path)
{
    size_t size = href == NULL ? 0 : strlen(href);
    if (size == 0 || strncmp(href, path, size) != 0)
        return 0;
    return path[size] == '\0' || (size > 1 && path[size] == '/') ? size : 0;
}

/* Tells which line of the menu this page stands under: the one that covers most of its path. */
static void mark_menu(const struct tv *menu, const char *path)
{
    struct tv *best = NULL, *best_group = NULL, *group, *item;
    size_t most = 0;
    for (size_t g = 0; (group = tv_item(menu, g)) != NULL; g++) {
        const struct tv *items = tv_get(group, "items");
        tv_bool(group, "current", false);
        for (size_t i = 0; (item = tv_item(items, i)) != NULL; i++) {
            size_t size = covers(tv_string(tv_get(item, "href")), path);
            tv_bool(item, "current", false);
            if (size > most) {
                most = size;
                best = item;
                best_group = group;
            }
        }
    }
    if (best != NULL) {
        tv_bool(best, "current", true);
        tv_bool(best_group, "current", true);
    }
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
    struct tv *layout = tv_child(page, "layout");
    if (!req->web->config.host->layout(&req->cx, req->session, layout))
        return false;
    const struct tv *menu = tv_get(layout, "menu");
    if (menu != NULL)
        mark_menu(menu, req->path);
    return true;
}

void page_draw(struct web_req *req)
{
    struct web_res *res = &req->res;
    struct err err = {0};
    struct buf out;
    if (res->kind != ANSWER_PAGE)
        return;
    buf_init(&out, &req->arena, WEB_PAGE);
    buf_reserve(&out, WEB_PAGE_USUAL + (req->part != NULL ? req->part->text.size : 0));
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
