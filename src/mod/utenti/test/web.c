#include "mod/utenti/test/web.h"

#include "mod/audit/audit.h"
#include "mod/enti/enti.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int64_t *moved(void)
{
    static int64_t us;
    return &us;
}

static struct instant clock_now(void)
{
    return (struct instant){INT64_C(1741593600000000) + *moved()};
}

void web_later(int64_t seconds)
{
    *moved() += seconds * 1000000;
}

static bool record_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct id only;
    (void)cx;
    *facts = (struct web_facts){
        .relation = RELAZIONE_AMBITO, .sensitivity = RISERVO_PARTICOLARE, .ente = {5}};
    facts->found = id_parse("0000000000077", &only) && id.n == only.n;
    return true;
}
static const struct web_object record = {"cartella", record_facts};

static bool record_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)cx;
    (void)req;
    web_status(res, 204);
    return true;
}
static const struct web_route record_routes[] = {{WEB_GET, "/cartelle/{id}", record_page,
                                                  "cartella.leggi", FINE_CURA, AZIONE_LEGGI,
                                                  AUDIT_NO, &record},
                                                 {.path = NULL}};

void web_bench_open(struct bench_web *bench)
{
    static const struct db_schema *schemas[4];
    static const struct web_route *routes[4];
    memset(bench, 0, sizeof *bench);
    *moved() = 0;
    schemas[0] = audit_module.schema;
    schemas[1] = utenti_module.schema;
    schemas[2] = enti_module.schema;
    routes[0] = utenti_module.routes;
    routes[1] = audit_module.routes;
    routes[2] = record_routes;
    test_web_open(&bench->w, &(struct test_web_parts){.schemas = schemas,
                                                      .routes = routes,
                                                      .host = &utenti_host,
                                                      .sealed = true,
                                                      .clock = clock_now});
    bench->w.cookies[0] = '\0';
    bench->w.db.cx.now = clock_now();
    bench->w.db.who.nome = "Prova";
    bench->w.db.who.ruolo = RUOLO_AMMINISTRATORE;
}

void web_bench_close(struct bench_web *bench)
{
    test_web_close(&bench->w);
}

struct creation {
    struct utente_nuovo nuovo;
    struct id id;
};

static bool create(struct cx *cx, void *data)
{
    struct creation *creation = data;
    struct utente_rifiuto rifiuto;
    const char *password;
    return utente_create(cx, &creation->nuovo, &creation->id, &password, &rifiuto) &&
           (rifiuto.testo == NULL || FAIL(cx, ERR_INPUT, "%s", rifiuto.testo));
}

static struct id user(struct bench_web *bench, const char *nome, const char *intestazione,
                      const char *ruolo, bool keep, struct id ente)
{
    struct creation creation = {.nuovo = {.nome = nome,
                                          .intestazione = intestazione,
                                          .ruolo = ruolo,
                                          .ente = ente,
                                          .dal = DAY_NONE,
                                          .password = WEB_TEST_PASSWORD,
                                          .keep = keep}};
    test_write(&bench->w.db, create, &creation);
    return creation.id;
}

struct id web_user(struct bench_web *bench, const char *nome, const char *intestazione,
                   const char *ruolo, bool keep)
{
    return user(bench, nome, intestazione, ruolo, keep, (struct id){1});
}

struct id web_user_of(struct bench_web *bench, const char *nome, const char *intestazione,
                      const char *ruolo, struct id ente)
{
    return user(bench, nome, intestazione, ruolo, true, ente);
}

void web_login(struct bench_web *bench, const char *nome)
{
    char form[200];
    bench->w.cookies[0] = '\0';
    snprintf(form, sizeof form, "nome=%s&password=cavallo+batteria+graffetta&codice=&dopo=", nome);
    test_post(&bench->w, "/entra", "/entra", form);
    if (bench->w.status != 303)
        fail_msg("accesso di %s: %d %s", nome, bench->w.status, bench->w.body);
}

int64_t web_count(struct bench_web *bench, const char *text)
{
    struct db_sql sql = {"conta", text};
    int64_t count;
    test_read(&bench->w.db);
    TEST_OK(&bench->w.db.cx, db_int(&bench->w.db.cx, &sql, DB_NO_ARGS, &count));
    test_read_end(&bench->w.db);
    return count;
}
