/* A fee plan tried on all who use its service now: what the simulation of the room of fees needs.
 *
 * A year is 52 weeks of the planned quantity (12 months where the unit is the month). The ISEE are
 * those that are valid on the day of the simulation, also for a plan that begins later.
 */
#ifndef ZONALE_MOD_PRESTAZIONI_SIMULA_H
#define ZONALE_MOD_PRESTAZIONI_SIMULA_H

#include "kit/doc/doc.h"
#include "mod/prestazioni/prestazioni.h"
#include "mod/rette/rette.h"

enum { IPOTESI_MAX = 4, UTENTI_MAX = 200000 };

/* Who a user of the simulation is: for those who may know it. */
struct simula_chi {
    struct id persona, prestazione, ente;
    bool nascosto; /* kept apart: in the counts, never in a list */
};
struct simula_caricati {
    struct piano prima; /* in force on the day */
    struct simula_dati dati;
    const struct simula_chi *chi; /* one each user */
    const char **comuni;          /* dati.comuni names; the last: not known, or outside */
};
/* Those served by the service of `piano` and its variant. *found false: no plan of them is in force
 * on the day, so that there is nothing to compare with. */
MUST_USE bool simula_load(struct cx *cx, const struct piano *piano, struct day giorno,
                          struct simula_caricati *out, bool *found);

/* One or more plans on the same users. */
struct simula_doc {
    const char *ente;
    const struct simula_caricati *caricati;
    const struct piano *piani;
    const struct simula_esito *esiti; /* one each plan */
    size_t count;
    bool nascondi; /* small cells, for who may not know the people */
    struct instant scritto;
};
struct doc *simula_document(struct arena *arena, const struct simula_doc *what);

#endif
