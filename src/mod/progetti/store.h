/* SQL of projects. Used by this room only. */
#ifndef ZONALE_MOD_PROGETTI_STORE_H
#define ZONALE_MOD_PROGETTI_STORE_H

#include "kit/db/db.h"
#include "kit/sys/vault.h"
#include "mod/progetti/progetti.h"

extern const struct db_registry progetti_registry;
extern const struct db_schema progetti_schema;

/* ---- projects and versions --------------------------------------------------------------------
 */

MUST_USE bool progetti_insert(struct cx *cx, const struct progetto *progetto, const char *chiave);
/* Whatever may change, and the lock grows: ERR_CONFLICT when it is no longer at its versione. */
MUST_USE bool progetti_update(struct cx *cx, const struct progetto *progetto);
/* The day of the next check, from those that are planned. */
MUST_USE bool progetti_next_check(struct cx *cx, struct id progetto);
MUST_USE bool progetti_versione_insert(struct cx *cx, const struct vault_key *key,
                                       const struct progetto_versione *versione);
MUST_USE bool progetti_versione_write(struct cx *cx, const struct vault_key *key,
                                      const struct progetto_versione *versione);
MUST_USE bool progetti_versione_state(struct cx *cx, struct id versione, const char *stato);

/* ---- moves, signatures, checks ------------------------------------------------------------------
 */

MUST_USE bool progetti_mossa_insert(struct cx *cx, const struct vault_key *key, struct id progetto,
                                    const struct progetto_mossa_riga *mossa);
/* DAY_NONE: none yet. */
MUST_USE bool progetti_last_move(struct cx *cx, struct id progetto, struct day *giorno);
MUST_USE bool progetti_firma_insert(struct cx *cx, const struct vault_key *key, struct id progetto,
                                    const struct progetto_firma *firma);
/* Those of a version no longer count. */
MUST_USE bool progetti_firme_void(struct cx *cx, struct id progetto, int64_t numero);
MUST_USE bool progetti_verifica_insert(struct cx *cx, struct id progetto, struct day prevista);
MUST_USE bool progetti_verifica_drop(struct cx *cx, struct id progetto, struct id verifica,
                                     bool *dropped);
MUST_USE bool progetti_verifica_record(struct cx *cx, const struct vault_key *key,
                                       const struct progetto *progetto,
                                       const struct progetto_verifica *verifica, bool *recorded);

/* ---- list -------------------------------------------------------------------------------------
 */

struct progetto_riga {
    struct id id, cartella;
    const char *persona; /* "Rossi Maria" */
    const char *chiave;
    const char *tipo, *stato; /* in words after progetti_page */
    const char *ente, *responsabile;
    struct day dal, al, prossima;
    struct money totale, famiglia;
};
extern const struct field progetto_riga_fields[];
struct progetti_pagina {
    struct id ente; /* ID_NONE = the whole ambito */
    const char *tipo, *stato;
    bool aperti;
    struct id responsabile;    /* the own ones, also those that only the team may know of */
    struct day verifica_entro; /* DAY_NONE = all */
    const char *dopo;
    struct id dopo_id;
    size_t limit;
};
void progetti_page_query(struct cx *cx, const struct progetti_pagina *pagina,
                         struct db_query *query);
MUST_USE bool progetti_page(struct cx *cx, const struct progetti_pagina *pagina, struct list *list);

#endif
