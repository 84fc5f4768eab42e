/* zonale serve: the process around a service. */
#include "app/commands.h"
#include "app/service.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* No core file and no tracing: the key is in our memory. No new rights by running others. */
static void harden(void)
{
    static const struct rlimit none = {0, 0};

    (void)umask(077);
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* What one request gives back serves the next: without this each page pays for its memory to be
 * mapped and cleared anew. */
static void keep_memory(void)
{
    enum { ARENAS = 4, KEPT = 8 << 20, LARGE = 4 << 20 };

    (void)mallopt(M_ARENA_MAX, ARENAS);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
    (void)mallopt(M_MMAP_THRESHOLD, LARGE);
}

/* Blocked in every thread, waited for in this one. SIGHUP ends a program that lost its terminal;
 * this one stays. */
static void signals_hold(sigset_t *held)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
    sigemptyset(held);
    sigaddset(held, SIGTERM);
    sigaddset(held, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, held, NULL);
}

/* From here a second signal ends the program at once. */
static void signals_free(const sigset_t *held)
{
    (void)pthread_sigmask(SIG_UNBLOCK, held, NULL);
}

static void announce(struct cli *cli, const struct service *service)
{
    if (cli_json(cli))
        fprintf(cli_out(cli), "{\"indirizzo\": \"%s\"}\n", service_address(service));
    else
        fprintf(cli_out(cli), "Zonale è in servizio: %s\n", service_address(service));
    (void)fflush(cli_out(cli));
}

int run_serve(struct cx *cx, struct cli *cli)
{
    struct service_wish wish = {
        .address = cli_text(cli, "indirizzo"), .port = INT_NONE, .pages = cli_text(cli, "pagine")};
    struct service *service = NULL;
    struct place place;
    sigset_t held;
    int signal_seen = 0;

    if (!cli_int(cli, "porta", &wish.port))
        return EXIT_USAGE;
    if (wish.port != INT_NONE && (wish.port < 0 || wish.port > 65535)) {
        (void)FAIL(cx, ERR_INPUT, "--porta: da 0 a 65535");
        return cli_fail(cx, cli);
    }
    harden();
    keep_memory();
    signals_hold(&held);
    if (!place_find(&place, cx->arena, cli_place(cli), &cx->err) ||
        !service_start(&service, &place, cli_program(cli), &wish, &cx->err))
        return cli_fail(cx, cli);
    announce(cli, service);
    (void)sigwait(&held, &signal_seen);
    fprintf(cli_err(cli), "Zonale si ferma: finisce ciò che è in corso.\n");
    signals_free(&held);
    service_stop(service);
    return EXIT_DONE;
}
