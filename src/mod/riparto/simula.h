/* Several tables side by side: how it is, and the hypotheses. */
#ifndef ZONALE_MOD_RIPARTO_SIMULA_H
#define ZONALE_MOD_RIPARTO_SIMULA_H

#include "kit/cx.h"
#include "kit/doc/doc.h"
#include "mod/riparto/ipotesi.h"

struct simula {
    const char *titolo;              /* of the definition that it starts from */
    const char *nomi[IPOTESI_MAX];   /* "Com’è", "Ipotesi 1" */
    const char *cambia[IPOTESI_MAX]; /* "quota 36,00; senza Cerete"; "" = as it is */
    const struct quadro *quadri[IPOTESI_MAX];
    size_t count;
    bool portati; /* areas were brought to what the payers then owe */
    struct list righe;
    struct ipotesi_riga totale;
};

/* One more, from a text and what changes of it (NULL = nothing). What is wrong is in `faults`, by
 * the name of what was to change, and nothing is added. */
void simula_add(struct arena *arena, struct simula *simula, struct bytes text,
                const struct ipotesi *ipotesi, struct definizione_faults *faults);
void simula_compare(struct arena *arena, struct simula *simula);
/* What changes, in words. */
const char *ipotesi_words(struct arena *arena, const struct ipotesi *ipotesi);

/* papers_simula.c: the paper; its figure alone, for a page. */
struct doc *simula_paper(struct cx *cx, const struct simula *simula);
struct doc *simula_figure(struct cx *cx, const struct simula *simula);

#endif
