#include "mod/cartella/test/walk.h"

#include "kit/module.h"
#include "mod/accesso/store.h"
#include "mod/audit/store.h"
#include "mod/cartella/store.h"
#include "mod/enti/store.h"
#include "mod/persone/store.h"
#include "mod/rette/store.h"
#include "mod/utenti/store.h"
#include "mod/valutazioni/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct db_schema *const schemas[] = {
    &audit_schema,    &utenti_schema,      &enti_schema,
    &persone_schema,  &accesso_schema,     &rette_schema,
    &cartella_schema, &valutazioni_schema, NULL};

static bool add_user(struct cx *cx, const struct walk *w, const char *nome, const char *shown,
                     const char *ruolo, struct id *id)
{
    *id = cx_id(cx);
    struct utente_riga row = {.id = *id,
                              .ambito = w->ambito,
                              .nome = nome,
                              .intestazione = shown,
                              .chiave = nome,
                              .attivo = true,
                              .password = "-",
                              .password_dal = cx->now,
                              .creato = cx->now};
    struct incarico incarico = {.utente = *id,
                                .ambito = w->ambito,
                                .ruolo = ruolo,
                                .ente = w->clusone,
                                .dal = day_of(2024, 1, 1),
                                .al = DAY_NONE};
    struct utente_rifiuto refusal = {0};
    return utente_insert(cx, &row) && incarico_save(cx, &incarico, &refusal) &&
           refusal.testo == NULL;
}

static bool add_comune(struct cx *cx, const char *nome, const char *istat, const char *belfiore,
                       struct id *id)
{
    struct ente ente = {
        .nome = nome, .codice = istat, .belfiore = belfiore, .tipo = "comune", .attivo = true};
    enum ente_fault fault;
    if (!ente_save(cx, &ente, &fault))
        return false;
    *id = ente.id;
    return true;
}

static bool prepare(struct cx *cx, void *data)
{
    struct walk *w = data;
    if (!ambito_create(cx, "SER", "Ambito di prova", &w->ambito))
        return false;
    w->web.db.who.ambito = w->ambito;
    return add_comune(cx, "Clusone", "016077", "C800", &w->clusone) &&
           add_comune(cx, "Ardesio", "016012", "A383", &w->ardesio) &&
           add_user(cx, w, "anna.verdi", "Anna Verdi", "assistente", &w->anna) &&
           add_user(cx, w, "bruno.neri", "Bruno Neri", "assistente", &w->bruno) &&
           add_user(cx, w, "carla.blu", "Carla Blu", "coordinatore", &w->carla);
}

void act_as(const struct walk *w, struct id utente, int role, struct id ente)
{
    struct who *who = &test_host()->who;
    who->ambito = w->ambito;
    who->utente = utente;
    who->ruolo = role;
    who->ente = ente;
}

void start(struct walk *w)
{
    static const struct web_route *tables[4];
    tables[0] = persone_module.routes;
    tables[1] = accesso_module.routes;
    tables[2] = cartella_module.routes;
    test_web_open(&w->web,
                  &(struct test_web_parts){.schemas = schemas, .routes = tables, .sealed = true});
    test_write(&w->web.db, prepare, w);
    act_as(w, w->anna, RUOLO_ASSISTENTE, w->clusone);
}

void finish(struct walk *w)
{
    test_web_close(&w->web);
}

void reads(struct walk *w, const char *path, const char *part)
{
    test_get(&w->web, path);
    if (w->web.status != 200)
        fail_msg("%s: %d\n%s", path, w->web.status, w->web.body);
    assert_has(w->web.body, part);
}

void gets(struct walk *w, const char *path, int status)
{
    test_get(&w->web, path);
    if (w->web.status != status)
        fail_msg("%s: %d, wanted %d\n%s", path, w->web.status, status, w->web.body);
}

const char *sends(struct walk *w, const char *page, const char *form)
{
    test_post(&w->web, page, page, form);
    if (w->web.status != 303)
        fail_msg("%s: %d\n%s", page, w->web.status, w->web.body);
    return arena_strdup(w->web.db.cx.arena, w->web.location);
}

void refuses(struct walk *w, const char *page, const char *form, const char *why)
{
    test_post(&w->web, page, page, form);
    if (w->web.status != 422)
        fail_msg("%s: %d, wanted 422\n%s", page, w->web.status, w->web.body);
    assert_has(w->web.body, why);
}

const char *text(struct walk *w, const char *format, const char *part)
{
    char made[600];
    snprintf(made, sizeof made, "%s%s", format, part);
    return arena_strdup(w->web.db.cx.arena, made);
}

const char *today_text(struct walk *w)
{
    char day[DAY_TEXT];
    struct instant now = {(int64_t)time(NULL) * 1000000};
    return text(w, "", day_it(instant_day(now), day));
}

const char *enter_maria(struct walk *w)
{
    return sends(w, "/persone/nuova", MARIA "&versione=0");
}

const char *take_charge(struct walk *w, const char *maria, const char *more)
{
    char id[ID_TEXT];
    char ente[ID_TEXT];
    char form[600];
    const char *persona = strrchr(maria, '/') + 1;
    snprintf(form, sizeof form,
             "persona=%s&tipo_utente=anziani&ente=%s&responsabile=%s&dal=10/03/2025"
             "&motivo=Segnala+il+medico%s",
             persona, id_text(w->clusone, ente), id_text(w->anna, id), more);
    test_post(&w->web, text(w, "/cartelle/nuova?persona=", persona), "/cartelle/nuova", form);
    if (w->web.status != 303)
        fail_msg("presa in carico: %d\n%s", w->web.status, w->web.body);
    return arena_strdup(w->web.db.cx.arena, w->web.location);
}
