/* SQL of contacts. Used by this room only; everything within cx->who->ambito. */
#ifndef ZONALE_MOD_ACCESSO_STORE_H
#define ZONALE_MOD_ACCESSO_STORE_H

#include "kit/db/db.h"
#include "mod/accesso/accesso.h"

extern const struct db_registry accesso_registry;
extern const struct db_schema accesso_schema;

struct contatto_pagina {
    struct id ente; /* ID_NONE = all bodies of the ambito */
    struct day dal;
    struct day al; /* last day, included */
    const char *canale;
    const char *area;
    const char *esito;
    struct id utente;
    struct day dopo; /* of the last row seen; DAY_NONE = first page */
    struct id dopo_id;
    size_t limit;
};
/* struct contatto_riga, the latest first */
MUST_USE bool contatto_page(struct cx *cx, const struct contatto_pagina *pagina, struct list *list);
void contatto_page_query(struct cx *cx, const struct contatto_pagina *pagina,
                         struct db_query *query);

enum contatto_per { PER_MESE, PER_AREA, PER_ESITO, PER_CANALE, PER_MODI };
struct contatto_conta {
    const char *voce; /* "2026-03", "anziani" */
    int64_t contatti;
    int64_t minuti;
};
/* Of a year; struct contatto_conta, in the order of `voce`. */
MUST_USE bool contatto_count(struct cx *cx, enum contatto_per per, struct id ente, int year,
                             struct list *list);
/* ID_NONE when the body of the session is the whole ambito: it sees all. */
MUST_USE bool contatto_scope(struct cx *cx, struct id *ente);

#endif
