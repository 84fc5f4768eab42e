#include "mod/fatturazione/test/scena.h"

#include "mod/accesso/store.h"
#include "mod/audit/store.h"
#include "mod/bilancio/store.h"
#include "mod/cartella/cartella.h"
#include "mod/cartella/store.h"
#include "mod/enti/enti.h"
#include "mod/enti/store.h"
#include "mod/persone/persone.h"
#include "mod/persone/store.h"
#include "mod/prestazioni/store.h"
#include "mod/rette/rette.h"
#include "mod/rette/store.h"
#include "mod/utenti/store.h"

#include <stdio.h>
#include <stdlib.h>

const struct db_schema *const scena_schemas[] = {
    &audit_schema, &enti_schema,     &utenti_schema,   &persone_schema,     &accesso_schema,
    &rette_schema, &bilancio_schema, &cartella_schema, &prestazioni_schema, &fatturazione_schema,
    NULL};

static bool rules(struct cx *cx, void *data)
{
    struct scena *scena = data;
    struct servizio servizio;
    bool found;
    if (!fatturazione_demo(cx) || !servizio_by_code(cx, "CSE", &servizio, &found) || !found)
        return false;
    scena->cse = servizio.id;
    return true;
}

void scena_open(struct scena *scena)
{
    *scena = (struct scena){0};
    test_db_open(&scena->t, scena_schemas);
    scena->t.cx.today = day_of(2025, 6, 30);
    scene_build(&scena->s, &scena->t);
    test_write(&scena->t, rules, scena);
}

void scena_close(struct scena *scena)
{
    test_db_close(&scena->t);
}

/* ---- people and services ------------------------------------------------------------------- */

struct work {
    struct scena *scena;
    struct persona persona;
    struct isee isee;
    struct prestazione p;
    struct griglia griglia;
    struct assenza assenza;
    struct id cartella;
};

static bool new_person(struct cx *cx, void *data)
{
    struct work *w = data;
    const struct presa_nuova presa = {.ente = w->scena->s.comune,
                                      .responsabile = w->scena->s.lavoratrice,
                                      .tipo_utente = "anziani",
                                      .riserbo = RISERVO_PARTICOLARE,
                                      .dal = day_of(2025, 1, 10),
                                      .motivo = "Richiesta"};
    struct presa_nuova own = presa;
    if (!persona_save(cx, &w->persona))
        return false;
    own.persona = w->persona.id;
    return presa_open(cx, &own, &w->cartella);
}

static bool new_isee(struct cx *cx, void *data)
{
    struct work *w = data;
    struct rette_faults faults = {.arena = cx->arena};
    return isee_record(cx, &w->isee, &faults) && faults.count == 0;
}

void scena_isee(struct scena *scena, struct id persona, struct money valore, struct day firmato)
{
    static int serial;
    struct work w = {
        .scena = scena,
        .isee = {.persona = persona,
                 .tipo = ISEE_ORDINARIO,
                 .valore = valore,
                 .protocollo = arena_printf(&scena->t.arena, "INPS-ISEE-2025-%08dB-00", ++serial),
                 .sottoscritta = firmato,
                 .scadenza = DAY_NONE}};
    test_write(&scena->t, new_isee, &w);
}

struct id scena_person(struct scena *scena, const char *cognome, struct money isee,
                       struct id *cartella)
{
    struct work w = {.scena = scena,
                     .persona = {.cognome = cognome,
                                 .nome = "Maria",
                                 .comune = scena->s.comune,
                                 .nascita = day_of(1950, 2, 3),
                                 .morte = DAY_NONE}};
    test_write(&scena->t, new_person, &w);
    *cartella = w.cartella;
    if (money_ok(isee))
        scena_isee(scena, w.persona.id, isee, day_of(2025, 1, 15));
    return w.persona.id;
}

static bool new_service(struct cx *cx, void *data)
{
    struct work *w = data;
    struct prestazione_faults faults = {.arena = cx->arena};
    if (!prestazione_add(cx, &w->p, &faults))
        return false;
    return faults.count == 0 || FAIL(cx, ERR_INPUT, "%s", faults.items[0].text);
}

struct id scena_service(struct scena *scena, struct id cartella, struct id servizio,
                        const char *variante, struct day dal, int64_t costo)
{
    struct work w = {.p = {.cartella = cartella,
                           .servizio = servizio,
                           .erogatore = scena->s.coop,
                           .variante = variante,
                           .dal = dal,
                           .al = DAY_NONE,
                           .previsti = servizio.n == scena->s.sad.n ? 300 : 1,
                           .costo = MONEY(costo)}};
    test_write(&scena->t, new_service, &w);
    return w.p.id;
}

static bool log_month(struct cx *cx, void *data)
{
    struct work *w = data;
    struct mensile_riga_salvata bill = {0};
    struct prestazione_faults faults = {.arena = cx->arena};
    bool found;
    if (!mensile_load(cx, w->p.id, w->griglia.mese, &bill, &found))
        return false;
    const struct mensile_visto seen = {bill.versione, bill.quantita, bill.retta};
    if (found && mensile_stato_parse(bill.stato) == MENSILE_VERIFICATO &&
        !mensile_check(cx, w->p.id, w->griglia.mese, false, &seen, &faults))
        return false;
    if (found && !mensile_load(cx, w->p.id, w->griglia.mese, &bill, &found))
        return false;
    if (!griglia_save(cx, w->p.id, &w->griglia, found ? bill.versione : 0, &faults))
        return false;
    return faults.count == 0 || FAIL(cx, ERR_INPUT, "%s", faults.items[0].text);
}

void scena_log(struct scena *scena, struct id prestazione, struct day mese, const char *days)
{
    struct work w = {.p = {.id = prestazione}, .griglia = {.mese = mese}};
    int day, quantity, used;
    for (; sscanf(days, "%d:%d%n", &day, &quantity, &used) == 2; days += used)
        w.griglia.quantita[day - 1] = quantity;
    test_write(&scena->t, log_month, &w);
}

static bool new_absence(struct cx *cx, void *data)
{
    struct work *w = data;
    struct fatturazione_fault fault = {0};
    if (!assenza_record(cx, &w->assenza, &fault))
        return false;
    return fault.testo == NULL || FAIL(cx, ERR_INPUT, "%s", fault.testo);
}

void scena_absent(struct scena *scena, struct id prestazione, struct day dal, struct day al,
                  struct day annunciata)
{
    struct work w = {
        .assenza = {.prestazione = prestazione, .dal = dal, .al = al, .annunciata = annunciata}};
    test_write(&scena->t, new_absence, &w);
}

/* ---- runs ---------------------------------------------------------------------------------- */

struct run {
    struct id servizio, fatturazione, persona;
    struct day mese;
    struct fatturazione *f;
    struct fatturazione_rifiuto no;
    size_t quante;
};

static bool try_it(struct cx *cx, void *data)
{
    struct run *run = data;
    return fatturazione_prova(cx, run->servizio, run->mese, run->f, &run->no);
}

static bool close_it(struct cx *cx, void *data)
{
    struct run *run = data;
    return fatturazione_chiudi(cx, run->fatturazione, &run->no);
}

static bool confirm_it(struct cx *cx, void *data)
{
    struct run *run = data;
    return differenze_conferma(cx, run->fatturazione, run->persona, &run->quante);
}

const char *scena_prova(struct scena *scena, struct id servizio, struct day mese,
                        struct fatturazione *f)
{
    struct run run = {.servizio = servizio, .mese = mese, .f = f};
    test_write(&scena->t, try_it, &run);
    return run.no.testo;
}

const char *scena_chiudi(struct scena *scena, struct id fatturazione)
{
    struct run run = {.fatturazione = fatturazione};
    test_write(&scena->t, close_it, &run);
    return run.no.testo;
}

size_t scena_conferma(struct scena *scena, struct id fatturazione, struct id persona)
{
    struct run run = {.fatturazione = fatturazione, .persona = persona};
    test_write(&scena->t, confirm_it, &run);
    return run.quante;
}

int64_t scena_number(struct scena *scena, const char *sql, struct id id)
{
    const struct db_sql statement = {arena_strdup(&scena->t.arena, sql), sql};
    int64_t value = INT_NONE;
    test_read(&scena->t);
    TEST_OK(&scena->t.cx, db_int(&scena->t.cx, &statement, DB_ARGS(id), &value));
    test_read_end(&scena->t);
    return value;
}
