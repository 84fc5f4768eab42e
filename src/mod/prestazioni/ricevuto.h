/* What a person and who lives with it have received, from anybody, by year. */
#ifndef ZONALE_MOD_PRESTAZIONI_RICEVUTO_H
#define ZONALE_MOD_PRESTAZIONI_RICEVUTO_H

#include "mod/prestazioni/prestazioni.h"

/* A month of a service, as its bill has it. */
struct ricevuto_mese {
    struct id prestazione;
    const char *nome, *servizio, *variante, *unita, *erogatore;
    struct day mese;
    int64_t quantita;
    struct money retta, costo, spesa; /* retta MONEY_INVALID: a day has no price */
};

/* A service in a year. */
struct ricevuto_anno {
    int anno;
    const struct ricevuto_mese *di; /* its names */
    int64_t quantita;
    struct money retta, costo, spesa; /* retta MONEY_INVALID: of some month it is not known */
};
enum { RICEVUTO_MESI = 5000 };

/* Of the household of today; of its other members only the services that cx->who may read, as if
 * the others were not there. struct ricevuto_anno, the latest year first, then by name. */
MUST_USE bool ricevuto_load(struct cx *cx, struct id persona, struct list *anni);
/* The same months added up; in the order in which years and services first appear. */
void ricevuto_add(struct arena *arena, const struct list *mesi, struct list *anni);

#endif
