#include "app/service.h"

#include "app/keyfit.h"
#include "app/remote.h"

#include "kit/embedded.h"
#include "kit/job/job.h"
#include "kit/sys/vault.h"
#include "mod/audit/audit.h"
#include "mod/utenti/utenti.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT_FIRST = 8080, PORT_TRIES = 100, THREADS_MIN = 2, THREADS_MAX = 8 };

struct service {
    struct tables tables;
    struct arena arena; /* of the configuration */
    int lock;
    struct vault *vault;
    struct db *db;
    struct tmpls *templates;
    struct web_host host;
    struct web *web;
    struct audit_keeper keeper;
    bool keeping;
    struct job_runner *jobs;
    struct remote *remote;
    const char *address;
};

/* ---- where to listen --------------------------------------------------------------------- */

static bool loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0 ||
           strcmp(address, "localhost") == 0;
}

static bool port_free(const char *address, int port)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool bound = false;

    if (fd < 0)
        return false;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (inet_pton(AF_INET, address, &name.sin_addr) == 1)
        bound = bind(fd, (const struct sockaddr *)&name, sizeof name) == 0;
    (void)close(fd);
    return bound;
}

/* Nobody asked for a port: the first free one. Somebody may take it before we do; then the start
 * fails and says so. */
static int choose_port(const char *address, int64_t asked, int64_t configured)
{
    if (asked != INT_NONE)
        return (int)asked;
    if (configured != INT_NONE)
        return (int)configured;
    for (int port = PORT_FIRST; port < PORT_FIRST + PORT_TRIES; port++)
        if (port_free(address, port))
            return port;
    return PORT_FIRST;
}

static int choose_threads(int64_t configured)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (configured != INT_NONE)
        return (int)configured;
    return processors < THREADS_MIN   ? THREADS_MIN
           : processors > THREADS_MAX ? THREADS_MAX
                                      : (int)processors;
}

/* ---- starting ---------------------------------------------------------------------------- */

static bool open_data(struct service *s, const struct place *place, struct err *err)
{
    struct chance chance = {0};
    struct arena arena;
    struct cx cx;
    bool done;

    if (!place_ready(place))
        return err_set(err, ERR_NOT_FOUND, "%s: qui non ci sono dati; crearli con “zonale init”",
                       place->folder);
    s->lock = place_lock(place, 1, err);
    if (s->lock < 0 || !vault_open(&s->vault, place->key, false, err) ||
        !db_open(&s->db, place->database, false, err))
        return false;
    arena_init(&arena, 64 << 20);
    cli_context(&cx, &arena, &chance);
    cx.vault = s->vault;
    done = db_migrate(s->db, &cx, s->tables.schemas) && key_fits(&cx, s->db, place->key);
    if (!done)
        (void)err_set(err, cx.err.code, "%s", cx.err.text);
    arena_release(&arena);
    return done;
}

static bool open_web(struct service *s, const struct place *place, const struct service_wish *wish,
                     struct err *err)
{
    const struct settings *set = &place->settings;
    const char *address = wish->address            ? wish->address
                          : set->indirizzo != NULL ? set->indirizzo
                                                   : "127.0.0.1";
    bool behind_tls = set->url_pubblico && strncmp(set->url_pubblico, "https://", 8) == 0;
    struct web_config config = {
        .address = arena_strdup(&s->arena, address),
        .port = choose_port(address, wish->port, set->porta),
        .threads = choose_threads(set->fili),
        .insecure_cookie = loopback(address) && !behind_tls,
        .public_url = set->url_pubblico ? arena_strdup(&s->arena, set->url_pubblico) : NULL,
        .db = s->db,
        .vault = s->vault,
        .templates = s->templates,
        .assets = embedded_assets,
        .routes = s->tables.routes,
        .host = &s->host,
    };

    if (!web_start(&s->web, &config, err))
        return false;
    s->address = arena_printf(&s->arena, "http://%s:%d/", address, web_port(s->web));
    return true;
}

static bool keep_audit(struct service *s, struct err *err)
{
    s->keeping = audit_keeper_start(&s->keeper, s->db, s->vault, err);
    return s->keeping;
}

static bool start_all(struct service *s, const struct place *place,
                      const struct cli_program *program, const struct service_wish *wish,
                      struct err *err)
{
    s->host = utenti_host;
    s->host.layout = menu_layout;
    return open_data(s, place, err) &&
           tmpls_load(&s->templates, embedded_templates, wish->pages, err) &&
           open_web(s, place, wish, err) && keep_audit(s, err) &&
           job_runner_start(&s->jobs, s->db, s->vault, s->tables.jobs, 1, err) &&
           remote_start(&s->remote, place, program, s->db, s->vault, err);
}

bool service_start(struct service **made, const struct place *place,
                   const struct cli_program *program, const struct service_wish *wish,
                   struct err *err)
{
    struct service *s = calloc(1, sizeof *s);

    if (s == NULL)
        return err_set(err, ERR_BUSY, "memoria esaurita");
    s->lock = -1;
    arena_init(&s->arena, 1 << 20);
    tables_gather(&s->tables);
    if (start_all(s, place, program, wish, err)) {
        *made = s;
        return true;
    }
    service_stop(s);
    return false;
}

const char *service_address(const struct service *service)
{
    return service->address;
}

void service_stop(struct service *s)
{
    if (s == NULL)
        return;
    if (s->web != NULL)
        web_stop(s->web);
    remote_stop(s->remote);
    if (s->jobs != NULL)
        job_runner_stop(s->jobs);
    if (s->keeping)
        audit_keeper_stop(&s->keeper);
    if (s->templates != NULL)
        tmpls_free(s->templates);
    db_close(s->db);
    if (s->vault != NULL)
        vault_close(s->vault);
    if (s->lock >= 0)
        (void)close(s->lock);
    arena_release(&s->arena);
    free(s);
}
