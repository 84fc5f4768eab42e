/* SQL of records, prese in carico and diary. Used by this room only. */
#ifndef ZONALE_MOD_CARTELLA_STORE_H
#define ZONALE_MOD_CARTELLA_STORE_H

#include "kit/db/db.h"
#include "mod/cartella/cartella.h"

extern const struct db_registry cartella_registry;
extern const struct db_schema cartella_schema;

/* ---- records and prese (store.c) ---------------------------------------------------------- */

MUST_USE bool cartella_insert(struct cx *cx, struct cartella *cartella, const char *chiave,
                              int64_t numero);
/* State, kind, responsible worker, end; keeps the counters right. */
MUST_USE bool cartella_update(struct cx *cx, const struct cartella *before,
                              const struct cartella *after);
MUST_USE bool presa_insert(struct cx *cx, const struct presa_in_carico *presa);
/* ERR_CONFLICT when it is no longer at presa->versione. */
MUST_USE bool presa_update(struct cx *cx, const struct presa_in_carico *presa);

struct mossa_riga {
    struct id id;
    struct id presa;
    const char *da;
    const char *a;
    struct day giorno;
    struct instant quando;
    struct id chi;
    const char *chi_nome;
    struct bytes chiuso; /* the reason, sealed */
    const char *motivo;  /* and open */
};
MUST_USE bool mossa_insert(struct cx *cx, const struct vault_key *key,
                           const struct mossa_riga *mossa);
/* Of all the prese of a record, the latest first. */
MUST_USE bool mossa_list(struct cx *cx, const struct vault_key *key, struct id cartella,
                         struct list *list);
MUST_USE bool mossa_last_day(struct cx *cx, struct id presa, struct day *day);

/* ---- diary (store_diario.c) ---------------------------------------------------------------- */

MUST_USE bool diario_last(struct cx *cx, struct id voce, struct diario *diario, bool *found);
MUST_USE bool diario_insert(struct cx *cx, const struct diario *diario);

/* ---- lists and counts (store_list.c) -------------------------------------------------------- */

struct cartella_riga {
    struct id id;
    int64_t numero;
    struct id persona;
    const char *nome; /* "Rossi Maria" */
    const char *chiave;
    const char *comune; /* name of the body that has the case */
    const char *stato;  /* in words after cartella_page */
    const char *tipo_utente;
    const char *responsabile; /* name of the worker */
    struct day aperta;
};
extern const struct field cartella_riga_fields[];

enum cartella_ordine { CARTELLE_NOME, CARTELLE_NUMERO };
struct cartella_pagina {
    enum cartella_ordine ordine;
    struct id ente; /* ID_NONE = the whole ambito */
    const char *stato;
    const char *tipo_utente;
    bool aperte;            /* only those that are not closed */
    struct id di;           /* of this worker; ID_NONE = of all */
    struct id responsabile; /* also the records that only the team may know of */
    const char *dopo;       /* key of the last row seen */
    struct id dopo_id;
    int64_t dopo_numero;
    size_t limit;
};
MUST_USE bool cartella_page(struct cx *cx, const struct cartella_pagina *pagina, struct list *list);
void cartella_page_query(struct cx *cx, const struct cartella_pagina *pagina,
                         struct db_query *query);

struct cartella_conta {
    struct id ente;
    const char *ente_nome;
    const char *stato;
    const char *tipo_utente;
    int64_t quante;
};
/* The counters: of the records that are no secret, of people who are none. */
MUST_USE bool cartella_count(struct cx *cx, struct list *list);
/* How many a list with these filters has in all, for cx->who. */
MUST_USE bool cartella_total(struct cx *cx, const struct cartella_pagina *pagina, int64_t *total);

struct carico {
    struct id utente;
    const char *nome;
    const char *stato;
    int64_t quante;
};
/* Open prese in carico by worker and state, of a body (ID_NONE = of the ambito); what only those
 * who follow a case may know of is counted for them alone. */
MUST_USE bool carico_list(struct cx *cx, struct id ente, struct list *list);

/* ID_NONE when the body of the session is the whole ambito. */
MUST_USE bool cartella_scope(struct cx *cx, struct id *ente);

#endif
