/* SQL of forms and assessments. Used by this room only. */
#ifndef ZONALE_MOD_VALUTAZIONI_STORE_H
#define ZONALE_MOD_VALUTAZIONI_STORE_H

#include "kit/db/db.h"
#include "mod/valutazioni/valutazioni.h"

extern const struct db_registry valutazioni_registry;
extern const struct db_schema valutazioni_schema;

/* ---- forms (store.c) ------------------------------------------------------------------------- */

MUST_USE bool store_schede(struct cx *cx, struct list *list);
MUST_USE bool store_scheda(struct cx *cx, const char *codice, struct scheda *scheda, bool *found);
MUST_USE bool store_scheda_add(struct cx *cx, const struct scheda *scheda);
/* ERR_CONFLICT when it is no longer at `prima`. */
MUST_USE bool store_scheda_update(struct cx *cx, const struct scheda *scheda, int64_t prima);
MUST_USE bool store_scheda_versione(struct cx *cx, struct id scheda, int64_t versione,
                                    struct scheda_versione *row);
MUST_USE bool store_scheda_versione_add(struct cx *cx, struct id scheda, int64_t versione,
                                        const char *testo);
MUST_USE bool store_scheda_versioni(struct cx *cx, struct id scheda, struct list *list);

/* ---- assessments (store_valutazione.c) ---------------------------------------------------------
 */

/* Opened; struct valutazione. */
MUST_USE bool store_valutazioni(struct cx *cx, struct id cartella, struct list *list);
MUST_USE bool store_valutazione_versioni(struct cx *cx, struct id voce, struct list *list);
/* Of a person, with one form, complete, not kept apart, on `al` or before: the latest first. */
MUST_USE bool store_valutazioni_di(struct cx *cx, struct id persona, const char *codice,
                                   struct day al, struct list *list);
/* The version before it is no longer the last: ERR_CONFLICT when it was not. */
MUST_USE bool store_valutazione_add(struct cx *cx, const struct valutazione *valutazione);

struct valutazione_riga {
    struct id id, cartella, voce;
    const char *persona, *scheda;
    struct day giorno;
    bool completa;
    const char *stato; /* in words, by the list */
    const char *autore;
};
struct valutazione_pagina {
    struct id responsabile; /* whose records; ID_NONE = of all */
    struct id ente;         /* that has the records; ID_NONE = the whole ambito */
    struct id scheda;
    int completa; /* 1 yes, 0 no, -1 both */
    struct day dal, al;
    struct day dopo; /* the last row seen; DAY_NONE = first page */
    struct id dopo_id;
    size_t limit;
};
/* Those that are not kept apart, the latest first. */
MUST_USE bool store_valutazione_page(struct cx *cx, const struct valutazione_pagina *pagina,
                                     struct list *list);

enum {
    SQL_SCHEDE,
    SQL_SCHEDA,
    SQL_SCHEDA_ADD,
    SQL_SCHEDA_UPDATE,
    SQL_VERSIONE,
    SQL_VERSIONE_ADD,
    SQL_VERSIONI,
    SQL_VALUTAZIONI,
    SQL_VALUTAZIONE_VERSIONI,
    SQL_VALUTAZIONI_DI,
    SQL_VALUTAZIONE_ADD,
    SQL_VALUTAZIONE_OLD,
    SQL_COUNT
};
extern const struct db_sql valutazioni_sql[SQL_COUNT];

#endif
