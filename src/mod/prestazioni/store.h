/* The SQL of this room, and the rows it fills. Used by this room only. */
#ifndef ZONALE_MOD_PRESTAZIONI_STORE_H
#define ZONALE_MOD_PRESTAZIONI_STORE_H

#include "kit/db/db.h"
#include "mod/prestazioni/prestazioni.h"

extern const struct db_registry prestazioni_registry;
extern const struct db_schema prestazioni_schema;

/* All of them within cx->who->ambito. */
MUST_USE bool store_insert(struct cx *cx, const struct prestazione *p);
MUST_USE bool store_end(struct cx *cx, const struct prestazione *p); /* al; versione grows */
/* The first day of another service that is the same (record, service, variant, provider) and
 * shares a day with `p`; DAY_NONE: none. */
MUST_USE bool store_twin(struct cx *cx, const struct prestazione *p, struct day *dal);
/* Last day with a logged quantity; DAY_NONE: none. */
MUST_USE bool store_last_logged(struct cx *cx, struct id prestazione, struct day *giorno);
/* Unit cost of the latest service of that kind by that provider; MONEY_INVALID: none yet. */
MUST_USE bool store_last_cost(struct cx *cx, struct id servizio, struct money *costo);

/* What can be added today: services with a plan of fees in force. */
struct offerta {
    struct id servizio;
    const char *nome, *variante, *unita;
};
enum { OFFERTE_MAX = 300 };
MUST_USE bool store_offers(struct cx *cx, struct list *list);

MUST_USE bool store_log(struct cx *cx, struct id prestazione, const struct griglia *griglia);
MUST_USE bool store_bill_put(struct cx *cx, struct mensile_riga_salvata *riga);
/* ERR_CONFLICT when it is no longer at riga->versione. */
MUST_USE bool store_bill_state(struct cx *cx, const struct mensile_riga_salvata *riga,
                               enum mensile_stato stato);
/* *mensile ID_NONE: there is no such month. */
MUST_USE bool store_bill_billed(struct cx *cx, struct id prestazione, struct day mese,
                                struct id *mensile);

/* By the names of people, those behind `dopo`/`dopo_id`; of a provider, or (ID_NONE) of a body. */
struct prestazioni_pagina {
    struct id erogatore, ente; /* ID_NONE both: of the whole ambito */
    struct id servizio, da;    /* only of this service, only by this provider; ID_NONE = all */
    bool attive;               /* in force today */
    bool nel_mese;             /* in force on a day of `mese` */
    struct day mese;           /* of which the quantity is told */
    const char *dopo;          /* NULL: the first page */
    struct id dopo_id;
    size_t limit;
};
/* Whose services cx->who may list: of its provider, of its body, or all. */
MUST_USE bool prestazioni_scope(struct cx *cx, struct prestazioni_pagina *pagina);
MUST_USE bool store_page(struct cx *cx, const struct prestazioni_pagina *pagina, struct list *list);
void store_page_query(struct cx *cx, const struct prestazioni_pagina *pagina,
                      struct db_query *query);

/* Who is served on a day by a service's variants, by person. */
struct servito_riga {
    struct id persona, prestazione, comune, ente; /* comune: of residence, ID_NONE = not known */
    const char *variante;
    int64_t previsti;
    int64_t riserbo; /* of the record */
    bool riservata;  /* the person is kept apart */
};
struct utenti_di {
    struct id servizio;
    const char *variante, *festivo; /* festivo: that of holidays, or `variante` again */
    struct day giorno;
};
MUST_USE bool store_users(struct cx *cx, const struct utenti_di *di,
                          bool (*each)(struct cx *cx, void *riga, void *data), void *data);
void store_users_query(struct cx *cx, const struct utenti_di *di, struct db_query *q);
/* How many services of it are in force on the day: at least as many as users. */
MUST_USE bool store_users_count(struct cx *cx, const struct utenti_di *di, int64_t *count);

#endif
