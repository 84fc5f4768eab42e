/* SQL of referrals. Used by this room only; everything within cx->who->ambito. */
#ifndef ZONALE_MOD_INVII_STORE_H
#define ZONALE_MOD_INVII_STORE_H

#include "kit/db/db.h"
#include "mod/invii/invii.h"

extern const struct db_registry invii_registry;
extern const struct db_schema invii_schema;

MUST_USE bool invio_insert(struct cx *cx, struct invio *invio);
/* To another state, with its words. ERR_CONFLICT when it is no longer at `versione`. */
MUST_USE bool invio_step(struct cx *cx, struct id id, int64_t versione, const char *stato,
                         const char *testo);
struct invio_passo {
    struct id id;
    const char *stato;
    struct instant quando;
    const char *chi;
    struct bytes chiuso;
    const char *testo; /* not a column */
};
/* struct invio_passo, the first one first */
MUST_USE bool invio_steps(struct cx *cx, struct id invio, struct list *list);
/* ID_NONE when cx->who works for the whole ambito. */
MUST_USE bool invio_body(struct cx *cx, struct id *ente);

struct invio_riga {
    struct id id;
    struct day termine;
    const char *stato; /* in words */
    const char *nome;  /* NULL = anonymous */
    const char *area;
    const char *da, *a;
    struct day giorno;
};
extern const struct field invio_riga_fields[];
struct invio_pagina {
    struct id riceve, manda; /* bodies; ID_NONE = any */
    const char *stato;       /* NULL = any */
    bool in_attesa;          /* only those of which something is awaited */
    bool in_ritardo;         /* only those past their term with no answer */
    struct day dopo;
    struct id dopo_id;
    size_t limit;
};
/* struct invio_riga, the nearest term first. */
MUST_USE bool invio_page(struct cx *cx, const struct invio_pagina *pagina, struct list *list);

#endif
