#include "mod/utenti/test/bench.h"

#include "mod/audit/audit.h"
#include "mod/enti/enti.h"

#include <stdio.h>
#include <unistd.h>

void bench_open(struct bench *bench)
{
    static const struct db_schema *schemas[4];
    schemas[0] = audit_module.schema;
    schemas[1] = utenti_module.schema;
    schemas[2] = enti_module.schema;
    test_db_open(&bench->t, schemas);
    test_vault(&bench->t);
    bench->t.who.nome = "Prova";
    bench->t.who.ruolo = RUOLO_AMMINISTRATORE;
}

void bench_close(struct bench *bench)
{
    test_db_close(&bench->t);
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
    if (!utente_create(cx, &creation->nuovo, &creation->id, &password, &rifiuto))
        return false;
    return rifiuto.testo == NULL || FAIL(cx, ERR_INPUT, "%s", rifiuto.testo);
}

struct id bench_user(struct bench *bench, const char *nome, const char *intestazione,
                     const char *ruolo)
{
    struct creation creation = {.nuovo = {.nome = nome,
                                          .intestazione = intestazione,
                                          .ruolo = ruolo,
                                          .ente = {1},
                                          .dal = DAY_NONE,
                                          .password = BENCH_PASSWORD,
                                          .keep = true}};
    test_write(&bench->t, create, &creation);
    return creation.id;
}

struct login {
    struct accesso accesso;
    const char *token;
};

static bool keep(struct cx *cx, void *data)
{
    struct login *login = data;
    return accesso_keep(cx, &login->accesso, &login->token);
}

enum accesso_esito bench_login(struct bench *bench, const char *nome, const char *password,
                               const char *codice, const char **token)
{
    struct login login = {.token = NULL};
    const struct who *outer = bench->t.cx.who;
    bench->t.cx.who = NULL;
    test_read(&bench->t);
    TEST_OK(&bench->t.cx,
            accesso_check(&bench->t.cx, nome, password, codice, "10.0.0.0/24", &login.accesso));
    test_read_end(&bench->t);
    test_write(&bench->t, keep, &login);
    bench->t.cx.who = outer;
    *token = login.token;
    return login.accesso.esito;
}

void bench_later(struct bench *bench, int64_t seconds)
{
    bench->t.cx.now.us += seconds * 1000000;
    bench->t.cx.today = instant_day(bench->t.cx.now);
}

const struct web_session *bench_session(struct bench *bench, const char *token)
{
    const struct web_session *session;
    test_read(&bench->t);
    TEST_OK(&bench->t.cx, utenti_host.session_load(&bench->t.cx, token, &session));
    test_read_end(&bench->t);
    return session;
}
