#include "mod/prestazioni/test/scene.h"

#include "mod/accesso/store.h"
#include "mod/audit/store.h"
#include "mod/bilancio/bilancio.h"
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
#include "mod/utenti/utenti.h"

#include <string.h>

const struct db_schema *const scene_schemas[] = {
    &audit_schema, &enti_schema,     &utenti_schema,   &persone_schema,     &accesso_schema,
    &rette_schema, &bilancio_schema, &cartella_schema, &prestazioni_schema, NULL};

static bool build_bodies(struct cx *cx, struct scene *s)
{
    struct ente comune, coop = {.codice = "COOP1",
                                .nome = "Cooperativa Primavera",
                                .tipo = "erogatore",
                                .attivo = true};
    struct ente altra = {
        .codice = "COOP2", .nome = "Cooperativa Autunno", .tipo = "erogatore", .attivo = true};
    struct servizio servizio;
    enum ente_fault fault;
    bool found;
    if (!ambito_create(cx, "A1", "Valle Seriana Superiore", &s->ambito))
        return false;
    s->t->who.ambito = s->ambito;
    if (!enti_demo(cx) || !rette_demo(cx) || !bilancio_demo(cx) || !ente_save(cx, &coop, &fault) ||
        !ente_save(cx, &altra, &fault) || !ente_by_code(cx, "016077", &comune, &found) || !found)
        return false;
    s->coop = coop.id;
    s->altra = altra.id;
    s->comune = comune.id;
    if (!servizio_by_code(cx, "SAD", &servizio, &found) || !found)
        return false;
    s->sad = servizio.id;
    if (!servizio_by_code(cx, "SFA", &servizio, &found) || !found)
        return false;
    s->sfa = servizio.id;
    return true;
}

static bool build_worker(struct cx *cx, struct scene *s)
{
    const struct utente_nuovo nuovo = {.nome = "anna.rossi",
                                       .intestazione = "Anna Rossi",
                                       .ruolo = "assistente",
                                       .ente = s->comune,
                                       .dal = DAY_NONE,
                                       .password = "una frase lunga di prova",
                                       .hash = "nessuno",
                                       .keep = true};
    struct utente_rifiuto refusal = {0};
    const char *password;
    return utente_create(cx, &nuovo, &s->lavoratrice, &password, &refusal) && refusal.testo == NULL;
}

static bool build_case(struct cx *cx, struct scene *s)
{
    struct persona persona = {.cognome = "D’Amèlio",
                              .nome = "Nicolò",
                              .comune = s->comune,
                              .nascita = day_of(1940, 5, 17),
                              .morte = DAY_NONE};
    struct rette_faults faults = {.arena = cx->arena};
    if (!persona_save(cx, &persona))
        return false;
    s->persona = persona.id;
    struct isee isee = {.persona = persona.id,
                        .tipo = ISEE_ORDINARIO,
                        .valore = MONEY(600000),
                        .protocollo = "INPS-ISEE-2025-00000001A-00",
                        .sottoscritta = day_of(2025, 1, 15),
                        .scadenza = DAY_NONE};
    const struct presa_nuova presa = {.persona = persona.id,
                                      .ente = s->comune,
                                      .responsabile = s->lavoratrice,
                                      .tipo_utente = "anziani",
                                      .riserbo = RISERVO_PARTICOLARE,
                                      .dal = day_of(2025, 1, 10),
                                      .motivo = "Richiesta della figlia"};
    return isee_record(cx, &isee, &faults) && faults.count == 0 &&
           presa_open(cx, &presa, &s->cartella);
}

static bool build(struct cx *cx, void *data)
{
    struct scene *s = data;
    if (!build_bodies(cx, s) || !build_worker(cx, s))
        return false;
    scene_as_worker(s);
    return build_case(cx, s);
}

void scene_build(struct scene *s, struct test_db *t)
{
    *s = (struct scene){.t = t};
    if (t->cx.vault == NULL)
        test_vault(t);
    test_write(t, build, s);
}

void scene_web(struct scene *s, struct test_web *web, const struct test_web_parts *parts)
{
    struct test_web_parts sealed = *parts;
    sealed.sealed = true;
    test_web_open(web, &sealed);
    scene_build(s, &web->db);
    test_host()->who = web->db.who;
}

void scene_as_provider(struct scene *s, struct id ente)
{
    s->t->who.utente.n = 77;
    s->t->who.ente = ente;
    s->t->who.ruolo = RUOLO_EROGATORE;
}

void scene_as_worker(struct scene *s)
{
    s->t->who.utente = s->lavoratrice;
    s->t->who.ente = s->comune;
    s->t->who.ruolo = RUOLO_ASSISTENTE;
}

struct prestazione scene_sad(const struct scene *s)
{
    return (struct prestazione){.cartella = s->cartella,
                                .servizio = s->sad,
                                .erogatore = s->coop,
                                .variante = "feriale",
                                .dal = day_of(2025, 3, 1),
                                .al = DAY_NONE,
                                .previsti = 300,
                                .costo = MONEY(2888)};
}
