/* SQL of deadlines. Used by this room only; everything within cx->who->ambito. */
#ifndef ZONALE_MOD_SCADENZE_STORE_H
#define ZONALE_MOD_SCADENZE_STORE_H

#include "kit/db/db.h"
#include "mod/scadenze/scadenze.h"

extern const struct db_registry scadenze_registry;
extern const struct db_schema scadenze_schema;

MUST_USE bool scadenza_insert(struct cx *cx, struct scadenza *scadenza);
/* Day, state and the day it was closed. ERR_CONFLICT when it is no longer at its version. */
MUST_USE bool scadenza_update(struct cx *cx, const struct scadenza *scadenza);

struct passo_riga {
    struct id id;
    const char *azione;
    struct day da, a;
    struct instant quando;
    const char *chi;
    struct bytes chiuso;
    const char *motivo; /* not a column */
};
MUST_USE bool passo_insert(struct cx *cx, const struct scadenza *before,
                           const struct scadenza_passo *passo);
/* struct passo_riga, the last first */
MUST_USE bool passo_list(struct cx *cx, const struct scadenza *scadenza, struct list *list);

#endif
