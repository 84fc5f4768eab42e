#include "kit/web/edge.h"

#include "kit/web/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/time.h>

struct head {
    struct web_req *req;
    struct gate_header headers[GATE_HEADERS + 1];
    size_t count;
    const char *end; /* of the line before */
};

/* libmicrohttpd would undo the escapes of the target before we see it. */
size_t edge_keep(void *cls, struct MHD_Connection *http, char *text)
{
    (void)cls, (void)http;
    return strlen(text);
}

void *edge_uri(void *cls, const char *uri, struct MHD_Connection *http)
{
    struct web_req *req = calloc(1, sizeof *req);
    if (req == NULL)
        return NULL;
    req->web = cls;
    req->http = http;
    req->res = (struct web_res){.req = req, .status = 200};
    req->target_at = uri;
    arena_init(&req->arena, WEB_ARENA);
    if (strlen(uri) <= GATE_TARGET)
        req->target = arena_strdup(&req->arena, uri);
    return req;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* libmicrohttpd parses in place: it writes NULs over the CR and LF (or the LF alone) that end a
 * line, and hands out pointers into that buffer. So the distance between the end of one line and
 * the start of the next tells what stood there: 2 is CR LF and nothing else. A folded line is
 * copied elsewhere, a NUL makes its line look shorter: both give another distance. */
static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                   size_t name_size, const char *value, size_t value_size)
{
    struct head *head = cls;
    (void)kind;
    if (head->count > GATE_HEADERS)
        return MHD_NO;
    if (value == NULL) {
        value = name + name_size;
        value_size = 0;
    }
    const char *gap = name + name_size + 1;
    bool framed = name - head->end == 2 && value >= gap - (value_size == 0);
    for (; framed && gap < value; gap++)
        framed = is_space(*gap);
    head->end = value + value_size;
    while (value_size > 0 && is_space(value[value_size - 1]))
        value_size--;
    head->headers[head->count++] = (struct gate_header){name, name_size, value, value_size, framed};
    return MHD_YES;
}

struct known {
    const char *name;
    size_t offset;
};
static const struct known knowns[] = {
    {"Host", offsetof(struct web_req, host)},
    {"Origin", offsetof(struct web_req, origin)},
    {"Sec-Fetch-Site", offsetof(struct web_req, fetch_site)},
    {"Content-Type", offsetof(struct web_req, content_type)},
    {"Cookie", offsetof(struct web_req, cookie)},
    {"Accept-Encoding", offsetof(struct web_req, accept_encoding)},
    {"If-None-Match", offsetof(struct web_req, if_none_match)},
    {"X-Forwarded-For", offsetof(struct web_req, forwarded)},
};

static void keep_known(struct web_req *req, const struct gate_header *header)
{
    for (size_t i = 0; i < sizeof knowns / sizeof *knowns; i++)
        if (header->name_size == strlen(knowns[i].name) &&
            strncasecmp(header->name, knowns[i].name, header->name_size) == 0)
            *(const char **)((char *)req + knowns[i].offset) =
                arena_strndup(&req->arena, header->value, header->value_size);
}

static bool pass_gate(struct web_req *req, const char *method, const char *version)
{
    struct head head = {.req = req, .end = version + strlen(version)};
    MHD_get_connection_values_n(req->http, MHD_HEADER_KIND, take_header, &head);
    const char *target_end = req->target == NULL ? NULL : req->target_at + strlen(req->target);
    /* The empty line: CR LF behind the CR LF of the last one. */
    static const char blank[4] = {0};
    bool framed = req->target_at == method + strlen(method) + 1 && version == target_end + 1 &&
                  head.count > 0 && memcmp(head.end, blank, sizeof blank) == 0;
    struct gate_head gate = {
        .method = method,
        .target = req->target == NULL ? "" : req->target,
        .version = version,
        .framed = framed,
        .headers = head.headers,
        .count = head.count,
    };
    enum gate_verdict verdict = req->target == NULL ? GATE_SIZE : gate_check(&gate, &req->length);
    if (verdict != GATE_OK) {
        fprintf(stderr, "zonale: %s request refused: %s\n", req->cx.request, gate_reason(verdict));
        return false;
    }
    for (size_t i = 0; i < head.count; i++)
        keep_known(req, &head.headers[i]);
    return true;
}

static struct instant now_of(const struct web *web)
{
    if (web->config.clock != NULL)
        return web->config.clock();
    struct timeval now;
    gettimeofday(&now, NULL);
    return (struct instant){(int64_t)now.tv_sec * 1000000 + now.tv_usec};
}

static void begin(struct web_req *req)
{
    struct web *web = req->web;
    struct instant now = now_of(web);
    req->counted = true;
    atomic_fetch_add(&web->under_way, 1);
    req->conn = conn_of(req->http);
    req->cx = (struct cx){
        .arena = &req->arena,
        .vault = web->config.vault,
        .chance = &req->chance,
        .now = now,
        .today = instant_day(now),
        .request = arena_printf(&req->arena, "%s-%llx", web->prefix,
                                (unsigned long long)atomic_fetch_add(&web->serial, 1)),
    };
}

static void begin_target(struct web_req *req)
{
    size_t size = strcspn(req->target, "?");
    req->path = arena_strndup(&req->arena, req->target, size);
    req->query = req->target[size] == '?' ? req->target + size + 1 : "";
    req->client = request_client(req);
}

static bool is_asset(struct web_req *req)
{
    static const char place[] = "/static/";
    if (strncmp(req->path, place, sizeof place - 1) != 0)
        return false;
    req->res.asset = asset_find(req->web, req->path + sizeof place - 1);
    if (req->res.asset == NULL)
        return false;
    req->res.kind = ANSWER_ASSET;
    return true;
}

static enum MHD_Result first(struct web_req *req, const char *method, const char *version)
{
    begin(req);
    if (!pass_gate(req, method, version)) {
        error_plain(req, 400);
        req->res.close = true;
        return respond(req);
    }
    begin_target(req);
    bool reads = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    if (atomic_load(&req->web->stopping)) {
        error_plain(req, 503);
        req->res.close = true;
        return respond(req);
    }
    if (reads && is_asset(req)) {
        req->phase = PHASE_READY;
        return MHD_YES;
    }
    funnel_head(req, method);
    conn_allow(req->conn, req->length);
    return req->phase == PHASE_READY && req->res.close ? respond(req) : MHD_YES;
}

static enum MHD_Result take_body(struct web_req *req, const char *upload, size_t *size)
{
    if (req->phase == PHASE_BODY) {
        if (*size > (size_t)req->length - req->body_size)
            return MHD_NO;
        memcpy(req->body + req->body_size, upload, *size);
        req->body_size += *size;
    }
    *size = 0;
    return MHD_YES;
}

enum MHD_Result edge_request(void *cls, struct MHD_Connection *http, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_size, void **context)
{
    struct web_req *req = *context;
    (void)cls, (void)http, (void)url;
    if (req == NULL)
        return MHD_NO;
    if (!req->counted)
        return first(req, method, version);
    if (*upload_size > 0)
        return take_body(req, upload, upload_size);
    if (req->phase == PHASE_BODY) {
        conn_free(req->conn);
        funnel_run(req);
        if (req->phase == PHASE_WAITING)
            return MHD_YES;
    } else if (req->phase == PHASE_WAITING) {
        funnel_back(req);
        if (req->phase == PHASE_WAITING)
            return MHD_YES;
    }
    return respond(req);
}

void edge_completed(void *cls, struct MHD_Connection *http, void **context,
                    enum MHD_RequestTerminationCode code)
{
    struct web_req *req = *context;
    struct web *web = cls;
    (void)http, (void)code;
    if (req == NULL)
        return;
    conn_rest(req->conn);
    bool counted = req->counted;
    arena_release(&req->arena);
    free(req);
    *context = NULL;
    if (counted)
        atomic_fetch_sub(&web->under_way, 1);
}
