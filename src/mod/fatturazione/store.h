/* The SQL of this room, and the rows it fills. Used by this room only. */
#ifndef ZONALE_MOD_FATTURAZIONE_STORE_H
#define ZONALE_MOD_FATTURAZIONE_STORE_H

#include "kit/db/db.h"
#include "kit/sys/vault.h"

#include "mod/fatturazione/fatturazione.h"

extern const struct db_schema fatturazione_schema;
extern const struct db_registry fatturazione_registry, carico_registry, registro_registry,
    regola_registry, lista_registry;

/* ---- what a month is worked out from (store_carico.c): few queries, each for all people ---- */

struct carico_riga {
    struct id id, persona, comune;
    const char *variante, *chiave;
    struct day dal, al;
    int64_t previsti;
    struct money costo;
    const char *verifica; /* state of the month's hours; NULL = nothing was logged */
};
struct carico_giorno {
    struct id prestazione;
    struct day giorno;
    int64_t quantita;
};
struct carico_isee {
    struct id id, persona;
    const char *tipo, *protocollo;
    struct money valore;
    struct day sottoscritta, scadenza;
};
struct carico_store {
    struct list righe;   /* carico_riga, by id */
    struct list giorni;  /* carico_giorno, by prestazione and day */
    struct list isee;    /* carico_isee, by persona, the last signed first */
    struct list assenze; /* assenza, by prestazione: of the month and of CARICO_PRIMA days before */
    struct list periodi; /* periodo_salvato, by prestazione */
    struct list paganti; /* pagante, by persona: in force on the month's last day */
    struct list chiusure; /* chiusura, of the same days as the absences */
    struct list regole;   /* regola, in force on the month's first day */
    unsigned settimana;
};
enum { CARICO_PRIMA = 92, CARICO_GIORNI = 8000000, CARICO_ALTRI = 1000000 };
/* `persona` ID_NONE: all. */
MUST_USE bool store_carico(struct cx *cx, struct id servizio, const char *codice, struct day mese,
                           struct id persona, struct carico_store *carico);

/* ---- runs (store.c) ------------------------------------------------------------------------ */

struct parte {
    const char *chi_tipo; /* "persona", "ente" */
    struct id chi;
    struct money importo;
};
struct addebito {
    struct id id, fatturazione, rettifica, conguaglio, prestazione, persona;
    const char *chiave;
    struct id comune_ente;
    int64_t quantita;
    struct money lorda, retta, costo, comune, quota_ambito;
    const char *spiegazione;
};

struct anomalia {
    int64_t numero;
    struct id prestazione;
    const char *chiave, *tipo, *testo;
};
extern const struct field anomalia_fields[];

/* Id 0: a new one. Otherwise replaces a "prova"; ERR_CONFLICT when it is closed meanwhile. */
MUST_USE bool store_fatturazione_put(struct cx *cx, struct fatturazione *f, struct vault_key *key);
/* The key that seals the reasons of a run's lines. */
MUST_USE bool store_run_key(struct cx *cx, struct id fatturazione, struct vault_key *key);
MUST_USE bool store_reasons_open(struct cx *cx, const struct vault_key *key, struct id addebito,
                                 struct bytes sealed, const char **text);
MUST_USE bool store_fatturazione_close(struct cx *cx, const struct fatturazione *f);
MUST_USE bool store_fatturazione_clear(struct cx *cx, struct id id); /* its lines */
MUST_USE bool store_addebito_add(struct cx *cx, const struct vault_key *key,
                                 const struct addebito *a, const struct parte *parti, size_t count);
MUST_USE bool store_anomalia_add(struct cx *cx, struct id fatturazione, const struct anomalia *a);

/* Sums of what was billed for a closed run, adjustments included: of each service. */
struct fatturato {
    struct id prestazione, persona;
    const char *chiave;
    struct money retta, costo, comune, quota_ambito;
};
MUST_USE bool store_fatturato(struct cx *cx, struct id fatturazione, struct id persona,
                              struct list *list);
struct fatturato_parte {
    struct id prestazione;
    const char *chi_tipo;
    struct id chi;
    struct money importo;
};
MUST_USE bool store_fatturato_parti(struct cx *cx, struct id fatturazione, struct id persona,
                                    struct list *list);
MUST_USE bool store_conguaglio_add(struct cx *cx, struct id servizio, const struct differenza *d);
struct conguaglio {
    struct id id, fatturazione, servizio, prestazione, persona;
    struct money retta, costo, comune, quota_ambito;
    struct bytes sigillo; /* spiegazione, sealed */
    const char *spiegazione, *chiave;
    struct id comune_ente;
};
/* Confirmed and not yet in a closed run. */
MUST_USE bool store_conguagli(struct cx *cx, struct id servizio, struct list *list);
struct conguaglio_parte {
    struct id conguaglio;
    const char *chi_tipo;
    struct id chi;
    struct money importo;
};
MUST_USE bool store_conguagli_parti(struct cx *cx, struct id servizio, struct list *list);
/* Those that are lines of the run are in it for good. */
MUST_USE bool store_conguagli_enter(struct cx *cx, struct id fatturazione);
/* Services and months that a run bills: its lines, and those that its adjustments correct. */
struct fatturata {
    struct id prestazione;
    struct day mese;
};
MUST_USE bool store_fatturate(struct cx *cx, struct id fatturazione, struct list *list);
/* Closed runs with a line of that person, since a month: struct id. */
MUST_USE bool store_runs_of(struct cx *cx, struct id persona, struct day da, struct list *list);

/* ---- what is shown (store_list.c) ---------------------------------------------------------- */

struct fatturazione_riga {
    struct id id;
    const char *codice, *servizio;
    struct day mese;
    const char *stato;
    int64_t utenti, anomalie;
    struct money retta, costo, comune, quota_ambito;
};
extern const struct field fatturazione_riga_fields[];
enum { CORSE_MAX = 2000 };
struct fatturazioni_filtro {
    const char *codice, *stato; /* NULL: all */
    struct day mese;            /* DAY_NONE: all */
};
/* The latest month first; behind (mese, id) where `dopo` is known. */
MUST_USE bool store_runs_page(struct cx *cx, const struct fatturazioni_filtro *filtro,
                              struct day dopo, struct id dopo_id, size_t limit, struct list *list);
MUST_USE bool store_runs(struct cx *cx, struct list *list); /* the first CORSE_MAX */

/* In the place of the name of who is kept apart. */
#define PERSONA_RISERVATA "Persona riservata"

struct addebito_riga {
    struct id id, prestazione;
    const char *persona, *comune_nome, *chiave;
    struct day rettifica; /* month that an adjustment corrects; DAY_NONE = it is none */
    int64_t quantita;
    struct money lorda, retta, costo, comune, quota_ambito;
};
extern const struct field addebito_riga_fields[];
/* By name, behind (dopo, dopo_id); `dopo` NULL: from the first. */
MUST_USE bool store_addebiti(struct cx *cx, struct id fatturazione, const char *dopo,
                             struct id dopo_id, size_t limit, struct list *list);
/* With its reasons. */
MUST_USE bool store_addebito_load(struct cx *cx, struct id addebito, struct addebito *a);
/* The reasons of all lines of a run. */
struct addebito_perche {
    struct id id;
    struct bytes sigillo;
    const char *spiegazione;
};
MUST_USE bool store_perche(struct cx *cx, struct id fatturazione, struct list *list);
struct pagante_somma {
    const char *chi_tipo;
    struct id chi;
    const char *nome;
    struct money importo;
};
extern const struct field pagante_somma_fields[];
/* By payer, by name. */
MUST_USE bool store_paganti(struct cx *cx, struct id fatturazione, size_t limit, struct list *list);
MUST_USE bool store_parti(struct cx *cx, struct id addebito, struct list *list); /* pagante_somma */
struct comune_somma {
    struct id comune;
    const char *nome; /* NULL: not known */
    int64_t utenti;
    struct money retta, costo, comune_quota, quota_ambito;
};
extern const struct field comune_somma_fields[];
MUST_USE bool store_comuni(struct cx *cx, struct id fatturazione, struct list *list);
struct anomalia_riga {
    int64_t numero;
    struct id prestazione;
    const char *persona, *tipo, *testo;
};
extern const struct field anomalia_riga_fields[];
MUST_USE bool store_anomalie(struct cx *cx, struct id fatturazione, int64_t dopo, size_t limit,
                             struct list *list);

#endif
