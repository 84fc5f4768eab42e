#include "mod/valutazioni/test/scene.h"

#include "mod/accesso/store.h"
#include "mod/audit/store.h"
#include "mod/cartella/store.h"
#include "mod/enti/enti.h"
#include "mod/enti/store.h"
#include "mod/persone/persone.h"
#include "mod/persone/store.h"
#include "mod/rette/store.h"
#include "mod/utenti/store.h"
#include "mod/utenti/utenti.h"
#include "mod/valutazioni/store.h"

const struct db_schema *const scene_schemas[] = {
    &audit_schema,    &utenti_schema,      &enti_schema,
    &persone_schema,  &accesso_schema,     &rette_schema,
    &cartella_schema, &valutazioni_schema, NULL};

static bool add_user(struct cx *cx, struct scene *s, const char *nome, const char *shown,
                     const char *ruolo, struct id *id)
{
    const struct utente_nuovo nuovo = {.nome = nome,
                                       .intestazione = shown,
                                       .ruolo = ruolo,
                                       .ente = s->comune,
                                       .dal = day_of(2020, 1, 1),
                                       .password = "una frase lunga di prova",
                                       .hash = "nessuno",
                                       .keep = true};
    struct utente_rifiuto refusal = {0};
    const char *password;
    return utente_create(cx, &nuovo, id, &password, &refusal) && refusal.testo == NULL;
}

static bool build_case(struct cx *cx, struct scene *s)
{
    struct persona persona = {.cognome = "D’Amèlio",
                              .nome = "Nicolò",
                              .comune = s->comune,
                              .nascita = day_of(1940, 5, 17),
                              .morte = DAY_NONE};
    struct list prese;
    if (!persona_save(cx, &persona))
        return false;
    const struct presa_nuova nuova = {.persona = persona.id,
                                      .ente = s->comune,
                                      .responsabile = s->anna,
                                      .tipo_utente = "anziani",
                                      .riserbo = RISERVO_PARTICOLARE,
                                      .dal = day_of(2024, 1, 10),
                                      .motivo = "Richiesta della figlia"};
    s->persona = persona.id;
    if (!presa_open(cx, &nuova, &s->cartella) || !presa_list(cx, s->cartella, &prese))
        return false;
    s->presa = LIST_ITEM(&prese, struct presa_in_carico, 0)->id;
    return true;
}

static bool build(struct cx *cx, void *data)
{
    struct scene *s = data;
    struct ente comune = {.nome = "Clusone",
                          .codice = "016077",
                          .belfiore = "C800",
                          .tipo = "comune",
                          .attivo = true};
    enum ente_fault fault;
    if (!ambito_create(cx, "SER", "Ambito di prova", &s->ambito))
        return false;
    s->t->who.ambito = s->ambito;
    if (!ente_save(cx, &comune, &fault))
        return false;
    s->comune = comune.id;
    if (!add_user(cx, s, "anna.verdi", "Anna Verdi", "assistente", &s->anna) ||
        !add_user(cx, s, "bruno.neri", "Bruno Neri", "assistente", &s->bruno) ||
        !add_user(cx, s, "carla.blu", "Carla Blu", "coordinatore", &s->carla))
        return false;
    scene_as(s, s->anna, RUOLO_ASSISTENTE);
    return build_case(cx, s);
}

void scene_as(struct scene *s, struct id utente, int ruolo)
{
    s->t->who.utente = utente;
    s->t->who.ente = s->comune;
    s->t->who.ruolo = ruolo;
    test_host()->who = s->t->who;
}

void scene_build(struct scene *s, struct test_db *t)
{
    *s = (struct scene){.t = t};
    if (t->cx.vault == NULL)
        test_vault(t);
    test_write(t, build, s);
}
