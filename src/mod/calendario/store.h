/* The SQL of this room. */
#ifndef ZONALE_MOD_CALENDARIO_STORE_H
#define ZONALE_MOD_CALENDARIO_STORE_H

#include "kit/db/db.h"

extern const struct db_registry calendario_registry;
extern const struct db_schema calendario_schema;

/* Of cx->who: replaces the one before. */
MUST_USE bool store_indirizzo_put(struct cx *cx, struct bytes impronta);
MUST_USE bool store_indirizzo_drop(struct cx *cx);
/* When that of cx->who was made; found false: there is none. */
MUST_USE bool store_indirizzo_made(struct cx *cx, struct instant *creato, bool *found);
/* Of any ambito: nobody has logged in yet. */
MUST_USE bool store_indirizzo_owner(struct cx *cx, struct bytes impronta, struct id *utente,
                                    bool *found);

#endif
