/* Start and stop. */
#include "kit/web/edge.h"
#include "kit/web/internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS = 1024,
    PER_ADDRESS = 64, /* of other machines; behind a proxy all come from this one */
    CONNECTION_MEMORY = 32 * 1024,
    SILENCE = 30, /* seconds */
    TABLES = 64,
    STOP_PATIENCE = 30, /* seconds before connections in transfer are cut */
};

/* ---- the health page ------------------------------------------------------------------------ */

/* The snapshot of the funnel was opened: the database reads. */
static bool health_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const char text[] = "bene\n";
    (void)cx, (void)req;
    web_bytes(res, "text/plain; charset=utf-8",
              (struct bytes){(const unsigned char *)text, sizeof text - 1}, NULL);
    return true;
}

const struct web_route server_routes[] = {
    {.method = WEB_GET,
     .path = "/salute",
     .handler = health_page,
     .permission = "pubblico",
     .purpose = FINE_GESTIONE,
     .action = AZIONE_LEGGI,
     .audit = AUDIT_NO,
     .flags = WEB_PUBLIC},
    {.path = NULL},
};

/* ---- assets --------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const struct web_asset *const *)a)->name,
                  (*(const struct web_asset *const *)b)->name);
}

static void sort_assets(struct web *web)
{
    size_t count = 0;
    for (const struct web_asset *a = web->config.assets; a != NULL && a->name != NULL; a++)
        count++;
    web->assets = ARENA_NEWS(&web->arena, const struct web_asset *, count + 1);
    for (size_t i = 0; i < count; i++)
        web->assets[i] = &web->config.assets[i];
    qsort(web->assets, count, sizeof *web->assets, by_name);
    web->asset_count = count;
}

const struct web_asset *asset_find(const struct web *web, const char *place)
{
    const char *dash = strchr(place, '-');
    if (dash == NULL)
        return NULL;
    const struct web_asset wanted = {.name = dash + 1}, *key = &wanted;
    const struct web_asset *const *found =
        bsearch(&key, web->assets, web->asset_count, sizeof *web->assets, by_name);
    if (found == NULL || strlen((*found)->hash) != (size_t)(dash - place) ||
        strncmp((*found)->hash, place, (size_t)(dash - place)) != 0)
        return NULL;
    return *found;
}

/* ---- listening ------------------------------------------------------------------------------ */

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un path;
};

static bool read_address(const struct web_config *config, union address *to, socklen_t *size,
                         struct err *err)
{
    const char *text = config->address;
    uint16_t port = htons((uint16_t)config->port);
    *to = (union address){0};
    if (*text == '/') {
        to->path.sun_family = AF_UNIX;
        *size = sizeof to->path;
        if (strlen(text) >= sizeof to->path.sun_path)
            return err_set(err, ERR_INPUT, "%s: path of the socket too long", text);
        strcpy(to->path.sun_path, text);
    } else if (inet_pton(AF_INET, text, &to->four.sin_addr) == 1) {
        to->four.sin_family = AF_INET;
        to->four.sin_port = port;
        *size = sizeof to->four;
    } else if (inet_pton(AF_INET6, text, &to->six.sin6_addr) == 1) {
        to->six.sin6_family = AF_INET6;
        to->six.sin6_port = port;
        *size = sizeof to->six;
    } else {
        return err_set(err, ERR_INPUT, "%s: not an address", text);
    }
    return true;
}

/* The socket of a server that is gone may lie there; the file of somebody else may not. */
static void clear_path(const char *path)
{
    struct stat found;
    if (lstat(path, &found) == 0 && S_ISSOCK(found.st_mode))
        unlink(path);
}

static int port_of(int socket_)
{
    union address bound;
    socklen_t size = sizeof bound;
    if (getsockname(socket_, &bound.any, &size) != 0)
        return 0;
    return bound.any.sa_family == AF_INET    ? ntohs(bound.four.sin_port)
           : bound.any.sa_family == AF_INET6 ? ntohs(bound.six.sin6_port)
                                             : 0;
}

static bool listen_at(struct web *web, struct err *err)
{
    union address to;
    socklen_t size;
    const int yes = 1;
    if (!read_address(&web->config, &to, &size, err))
        return false;
    if (to.any.sa_family == AF_UNIX)
        clear_path(web->config.address);
    web->socket = socket(to.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (web->socket < 0)
        return err_set(err, ERR_IO, "socket: %s", strerror(errno));
    if (to.any.sa_family != AF_UNIX)
        setsockopt(web->socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(web->socket, &to.any, size) != 0 || listen(web->socket, 511) != 0)
        return err_set(err, ERR_IO, "%s port %d: %s", web->config.address, web->config.port,
                       strerror(errno));
    web->port = port_of(web->socket);
    return true;
}

static bool is_loopback(const char *address)
{
    return *address == '/' || strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static bool start_daemon(struct web *web, struct err *err)
{
    unsigned threads = web->config.threads > 1 ? (unsigned)web->config.threads : 0;
    unsigned per_address = is_loopback(web->config.address) ? 0 : PER_ADDRESS;
    web->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, edge_request, web,
        MHD_OPTION_LISTEN_SOCKET, web->socket, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_URI_LOG_CALLBACK, edge_uri, web, MHD_OPTION_UNESCAPE_CALLBACK, edge_keep, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, edge_completed, web, MHD_OPTION_NOTIFY_CONNECTION, conn_notify,
        web, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)SILENCE, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_END);
    return web->daemon != NULL || err_set(err, ERR_IO, "libmicrohttpd did not start");
}

/* ---- the parts ------------------------------------------------------------------------------ */

/* A form may outlive the server: with a vault, tags are the same after a restart. */
static void make_key(struct web *web)
{
    struct arena arena;
    arena_init(&arena, 64 * 1024);
    struct cx cx = {.arena = &arena, .vault = web->config.vault};
    randombytes_buf(web->key, sizeof web->key);
    if (web->config.vault != NULL) {
        struct bytes index = vault_index(&cx, (struct id){1}, "web", "moduli");
        crypto_generichash(web->key, sizeof web->key, index.data, index.size, NULL, 0);
    }
    arena_release(&arena);
}

static void make_names(struct web *web)
{
    bool plain = web->config.insecure_cookie;
    unsigned char chance[3];
    randombytes_buf(chance, sizeof chance);
    sodium_bin2hex(web->prefix, sizeof web->prefix, chance, sizeof chance);
    web->cookie_session = plain ? "zonale" : "__Host-zonale";
    web->cookie_form = plain ? "zonale-modulo" : "__Host-zonale-modulo";
    web->cookie_pending = plain ? "zonale-testo" : "__Host-zonale-testo";
    web->csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
               "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
               "base-uri 'none'; frame-ancestors 'none'";
}

static bool make_table(struct web *web, struct err *err)
{
    const struct web_route *tables[TABLES] = {server_routes, views_routes};
    size_t count = 2;
    for (const struct web_route *const *table = web->config.routes; *table != NULL; table++) {
        if (count == TABLES - 1)
            return err_set(err, ERR_INTERNAL, "too many tables of routes");
        tables[count++] = *table;
    }
    return match_build(&web->table, &web->arena, tables, err) && check_routes(web, tables, err);
}

static bool make_parts(struct web *web, struct err *err)
{
    web->marks = marks_new();
    web->pending = pending_new();
    web->zippers = zippers_new();
    web->touched = touched_new();
    web->kept = kept_new();
    if (web->marks == NULL || web->pending == NULL || web->zippers == NULL ||
        web->touched == NULL || web->kept == NULL)
        return err_set(err, ERR_IO, "no memory");
    return deadlines_start(&web->deadlines, err) && workers_start(&web->workers, err);
}

static void free_all(struct web *web)
{
    workers_stop(web->workers);
    deadlines_stop(web->deadlines);
    marks_free(web->marks);
    pending_free(web->pending);
    zippers_free(web->zippers);
    touched_free(web->touched);
    kept_free(web->kept);
    if (web->socket >= 0)
        close(web->socket);
    arena_release(&web->arena);
    free(web);
}

bool web_start(struct web **made, const struct web_config *config, struct err *err)
{
    enum { MEMORY = 8 << 20 };
    if (sodium_init() < 0)
        return err_set(err, ERR_INTERNAL, "libsodium did not start");
    struct web *web = calloc(1, sizeof *web);
    if (web == NULL)
        return err_set(err, ERR_IO, "no memory");
    web->config = *config;
    web->socket = -1;
    arena_init(&web->arena, MEMORY);
    make_key(web);
    make_names(web);
    sort_assets(web);
    if (!make_table(web, err) || !make_parts(web, err) || !listen_at(web, err) ||
        !start_daemon(web, err)) {
        free_all(web);
        return false;
    }
    *made = web;
    return true;
}

int web_port(const struct web *web)
{
    return web->port;
}

static void nap(void)
{
    const struct timespec nap = {0, 5000000};
    nanosleep(&nap, NULL);
}

void web_stop(struct web *web)
{
    atomic_store(&web->stopping, true);
    MHD_socket socket_ = MHD_quiesce_daemon(web->daemon);
    for (int naps = 0; atomic_load(&web->under_way) > 0; naps++) {
        if (naps == STOP_PATIENCE * 200)
            deadlines_end_all(web->deadlines);
        nap();
    }
    MHD_stop_daemon(web->daemon);
    web->socket = socket_;
    if (*web->config.address == '/')
        unlink(web->config.address);
    free_all(web);
}
