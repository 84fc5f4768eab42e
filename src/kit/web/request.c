/* What handlers ask of the request. */
#include "kit/web/internal.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

const struct web_route *web_route(const struct web_req *req)
{
    return req->route;
}

const char *web_site(const struct web_req *req)
{
    const struct web_config *config = &req->web->config;
    struct arena *arena = req->cx.arena;
    if (config->public_url != NULL)
        return arena_strndup(arena, config->public_url,
                             strlen(config->public_url) -
                                 (config->public_url[strlen(config->public_url) - 1] == '/'));
    return arena_printf(arena, "%s://%s", config->insecure_cookie ? "http" : "https", req->host);
}

const char *web_query_text(const struct web_req *req)
{
    return req->query;
}

const struct web_session *web_session(const struct web_req *req)
{
    return req->session;
}

bool web_masked(const struct web_req *req)
{
    return req->decision.answer == AUTHZ_MASKED;
}

const struct web_object *web_object_named(const struct web_req *req, const char *name)
{
    for (const struct web_route *const *table = req->web->config.routes; *table != NULL; table++)
        for (const struct web_route *route = *table; route->path != NULL; route++)
            if (route->object != NULL && strcmp(route->object->name, name) == 0)
                return route->object;
    return NULL;
}

bool web_may(struct cx *cx, const struct web_req *req, const char *permission)
{
    return cx->who != NULL && req->web->config.host->permitted(cx->who, permission);
}

static const struct match_name *find_name(const struct web_req *req, const char *name, size_t size)
{
    for (size_t i = 0; i < req->match.count; i++)
        if (req->match.names[i].name_size == size &&
            memcmp(req->match.names[i].name, name, size) == 0)
            return &req->match.names[i];
    return NULL;
}

struct id web_id(const struct web_req *req)
{
    const struct match_name *found = find_name(req, "id", 2);
    return found == NULL ? ID_NONE : found->id;
}

const char *web_segment(const struct web_req *req, const char *name)
{
    const struct match_name *found = find_name(req, name, strlen(name));
    if (found == NULL)
        return NULL;
    struct arena *arena = req->cx.arena;
    return pairs_unescape(arena, found->text, found->size);
}

const char *web_path(struct web_req *req, const char *path)
{
    struct buf buf;
    buf_init(&buf, &req->arena, 2 * GATE_PATH);
    for (const char *text = path; *text != '\0';) {
        size_t plain = strcspn(text, "{");
        buf_add(&buf, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        size_t size = strcspn(text, "}");
        const struct match_name *found = find_name(req, text + 1, size - 1);
        if (found != NULL)
            buf_add(&buf, found->text, found->size);
        text += size + (text[size] == '}');
    }
    return buf.data;
}

void web_notice(struct web_req *req, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    req->notice = arena_vprintf(&req->arena, format, args);
    va_end(args);
}

void web_audit_object(struct web_req *req, const char *kind, struct id id)
{
    req->audit_kind = kind;
    req->audit_id = id;
}

void web_audit_detail(struct web_req *req, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    req->audit_detail = arena_vprintf(&req->arena, format, args);
    va_end(args);
}

void web_carry(struct web_req *req, void *data)
{
    req->carried = data;
}

void *web_carried(const struct web_req *req)
{
    return req->carried;
}

const char *web_after(const char *path)
{
    bool safe = path != NULL && path[0] == '/' && path[1] != '/' && path[1] != '\\' &&
                strlen(path) <= GATE_TARGET;
    for (const char *c = path; safe && *c != '\0'; c++)
        safe = (unsigned char)*c > 0x20 && (unsigned char)*c < 0x7f && *c != '\\';
    return safe ? path : "/";
}

/* ---- who is at the other end ---------------------------------------------------------------- */

static const char *truncated4(struct arena *arena, const struct in_addr *address)
{
    const unsigned char *b = (const unsigned char *)&address->s_addr;
    return arena_printf(arena, "%u.%u.%u.0/24", b[0], b[1], b[2]);
}

static const char *truncated6(struct arena *arena, const struct in6_addr *address)
{
    struct in6_addr net = *address;
    char text[INET6_ADDRSTRLEN];
    if (IN6_IS_ADDR_V4MAPPED(address))
        return truncated4(arena, (const struct in_addr *)(const void *)&address->s6_addr[12]);
    memset(&net.s6_addr[8], 0, 8);
    inet_ntop(AF_INET6, &net, text, sizeof text);
    return arena_printf(arena, "%s/64", text);
}

static const char *truncated_text(struct arena *arena, const char *text)
{
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, text, &four) == 1)
        return truncated4(arena, &four);
    if (inet_pton(AF_INET6, text, &six) == 1)
        return truncated6(arena, &six);
    return "";
}

static bool is_near(const struct sockaddr *address)
{
    if (address == NULL || address->sa_family == AF_UNIX)
        return true;
    if (address->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24 ==
               127;
    return address->sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

const char *request_client(const struct web_req *req)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(req->http, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info == NULL ? NULL : info->client_addr;
    struct arena *arena = req->cx.arena;
    /* Only a proxy on this machine is believed, and only what it added itself: the last one. */
    if (is_near(address) && req->forwarded != NULL) {
        const char *last = strrchr(req->forwarded, ',');
        last = last == NULL ? req->forwarded : last + 1;
        return truncated_text(arena, last + strspn(last, " "));
    }
    if (address != NULL && address->sa_family == AF_INET)
        return truncated4(arena, &((const struct sockaddr_in *)(const void *)address)->sin_addr);
    if (address != NULL && address->sa_family == AF_INET6)
        return truncated6(arena, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
    return "";
}

const char *web_client(const struct web_req *req)
{
    return req->client;
}
