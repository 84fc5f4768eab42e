/* The answer as HTTP. */
#include "kit/web/internal.h"

#include <stdio.h>
#include <string.h>

enum { GZIP_FROM = 1024, HEADER = 2048 };

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        fprintf(stderr, "zonale: header %s not sent\n", name);
}

static void add_security(const struct web *web, struct MHD_Response *response)
{
    add(response, "Content-Security-Policy", web->csp);
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "X-Frame-Options", "DENY");
    add(response, "Referrer-Policy", "same-origin");
    add(response, "Cross-Origin-Opener-Policy", "same-origin");
    add(response, "Cross-Origin-Resource-Policy", "same-origin");
    add(response, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
    if (!web->config.insecure_cookie)
        add(response, "Strict-Transport-Security", "max-age=31536000");
}

static void add_cookies(const struct web_req *req, struct MHD_Response *response)
{
    const struct web_res *res = &req->res;
    const char *secure = req->web->config.insecure_cookie ? "" : "; Secure";
    for (size_t i = 0; i < res->cookie_count; i++) {
        const struct cookie *cookie = &res->cookies[i];
        char text[HEADER], age[32] = "";
        int seconds = *cookie->value == '\0' ? 0 : cookie->seconds;
        if (seconds > 0 || *cookie->value == '\0')
            snprintf(age, sizeof age, "; Max-Age=%d", seconds);
        snprintf(text, sizeof text, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", cookie->name,
                 cookie->value, secure, age);
        add(response, "Set-Cookie", text);
    }
}

/* RFC 6266: a plain name for old clients, the true one escaped. */
static const char *disposition_of(struct web_req *req)
{
    struct buf buf;
    buf_init(&buf, &req->arena, HEADER);
    buf_text(&buf, "attachment; filename=\"");
    for (const char *c = req->res.attachment; *c != '\0'; c++)
        buf_char(&buf, *c >= 0x20 && *c < 0x7f && *c != '"' && *c != '\\' ? *c : '_');
    buf_text(&buf, "\"; filename*=UTF-8''");
    pairs_escape(&buf, req->res.attachment);
    return buf.data;
}

static bool accepts_gzip(const struct web_req *req)
{
    return req->accept_encoding != NULL && strstr(req->accept_encoding, "gzip") != NULL &&
           strstr(req->accept_encoding, "gzip;q=0") == NULL;
}

static bool is_textual(const char *type)
{
    return strncmp(type, "text/", 5) == 0 || strncmp(type, "application/json", 16) == 0 ||
           strcmp(type, "image/svg+xml") == 0;
}

void respond_prepare(struct web_req *req)
{
    struct web_res *res = &req->res;
    if (res->kind != ANSWER_BYTES)
        return;
    if (res->attachment != NULL)
        res->disposition = disposition_of(req);
    if (!res->gzipped && res->body.size > GZIP_FROM && accepts_gzip(req) && !req->head &&
        is_textual(res->type))
        res->gzipped = zip_bytes(req->web->zippers, &req->arena, res->body, req->part, &res->body);
}

static struct MHD_Response *body_of(const struct web_res *res)
{
    /* The bytes live in the request's arena (or in the program), longer than the response. */
    return MHD_create_response_from_buffer(res->body.size, (void *)(uintptr_t)res->body.data,
                                           MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *make_bytes(struct web_req *req)
{
    struct web_res *res = &req->res;
    struct MHD_Response *response = body_of(res);
    if (response == NULL)
        return NULL;
    add_security(req->web, response);
    add(response, "Content-Type", res->type);
    add(response, "Cache-Control", "no-store");
    if (is_textual(res->type))
        add(response, "Vary", "Accept-Encoding");
    if (res->gzipped)
        add(response, "Content-Encoding", "gzip");
    if (res->disposition != NULL)
        add(response, "Content-Disposition", res->disposition);
    return response;
}

static struct MHD_Response *make_redirect(struct web_req *req)
{
    struct MHD_Response *response = body_of(&req->res);
    if (response == NULL)
        return NULL;
    req->res.status = 303;
    add_security(req->web, response);
    add(response, "Location", req->res.location);
    add(response, "Cache-Control", "no-store");
    return response;
}

static bool has_etag(const struct web_req *req, const char *etag)
{
    return req->if_none_match != NULL && strstr(req->if_none_match, etag) != NULL;
}

/* The name holds the hash of the content: it never changes. */
static struct MHD_Response *make_asset(struct web_req *req)
{
    struct web_res *res = &req->res;
    const struct web_asset *asset = res->asset;
    bool gzip = asset->gzip != NULL && accepts_gzip(req);
    char etag[96];
    snprintf(etag, sizeof etag, "\"%s%s\"", asset->hash, gzip ? "-gz" : "");
    if (has_etag(req, etag))
        res->status = 304;
    else
        res->body = gzip ? (struct bytes){asset->gzip, asset->gzip_size}
                         : (struct bytes){asset->data, asset->size};
    struct MHD_Response *response = body_of(res);
    if (response == NULL)
        return NULL;
    add_security(req->web, response);
    add(response, "Cache-Control", "public, max-age=31536000, immutable");
    add(response, "ETag", etag);
    add(response, "Vary", "Accept-Encoding");
    if (res->status == 200) {
        add(response, "Content-Type", asset->type);
        if (gzip)
            add(response, "Content-Encoding", "gzip");
    }
    return response;
}

enum MHD_Result respond(struct web_req *req)
{
    struct web_res *res = &req->res;
    struct MHD_Response *response;
    if (res->kind == ANSWER_ASSET)
        response = make_asset(req);
    else if (res->kind == ANSWER_REDIRECT)
        response = make_redirect(req);
    else
        response = make_bytes(req);
    if (response == NULL)
        return MHD_NO;
    add_cookies(req, response);
    if (res->allow != NULL)
        add(response, "Allow", res->allow);
    if (res->retry > 0) {
        char seconds[16];
        snprintf(seconds, sizeof seconds, "%d", res->retry);
        add(response, "Retry-After", seconds);
    }
    if (res->close || atomic_load(&req->web->stopping))
        add(response, "Connection", "close");
    conn_allow(req->conn, (int64_t)res->body.size);
    enum MHD_Result queued = MHD_queue_response(req->http, (unsigned)res->status, response);
    MHD_destroy_response(response);
    req->phase = PHASE_SENT;
    return queued;
}
