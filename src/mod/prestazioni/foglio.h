/* The month of many people at once: a sheet with a row for each service, a column for each day.
 *
 * Each row is kept for itself: what is wrong in one, or was changed by somebody else meanwhile,
 * does not hold the others back. A row that says what is kept already is not written again.
 */
#ifndef ZONALE_MOD_PRESTAZIONI_FOGLIO_H
#define ZONALE_MOD_PRESTAZIONI_FOGLIO_H

#include "mod/prestazioni/prestazioni.h"

enum { FOGLIO_RIGHE = 20, FOGLIO_TUTTE = 4000 };

struct foglio_riga {
    struct prestazione p;
    enum unita unita;
    const char *nome, *servizio, *erogatore; /* "SAD (feriale)" */
    struct griglia griglia;
    int64_t versione; /* of the month; 0 = nothing is logged yet */
    bool verificato;
    struct id chi; /* who wrote it last, and when */
    struct instant quando;
};

/* Which rows: those of cx->who in force in the month, by the names of people. */
struct foglio_scelta {
    struct day mese;
    struct id servizio; /* ID_NONE = all */
    struct id dopo;     /* the last row seen; ID_NONE = from the first */
    size_t limit;
};
/* struct prestazione_riga. ERR_NOT_FOUND: `dopo` is no service. */
MUST_USE bool foglio_list(struct cx *cx, const struct foglio_scelta *scelta, struct list *list);

/* found false: no such service, or not one whose hours cx->who may write. */
MUST_USE bool foglio_load(struct cx *cx, struct id prestazione, struct day mese,
                          struct foglio_riga *riga, bool *found);
/* A day on which something may be logged. */
bool foglio_open(const struct foglio_riga *riga, int giorno, struct day today);

enum foglio_esito {
    FOGLIO_UGUALE,    /* nothing to write */
    FOGLIO_SALVATA,   /* written; in a trial: it would be */
    FOGLIO_RIFIUTATA, /* faults "g1"... or of the row say why */
    FOGLIO_CAMBIATA,  /* somebody was faster: the fault says who, when and how much */
};
struct foglio_dato {
    struct griglia griglia;
    int64_t versione; /* that was seen; INT_NONE = whichever there is */
    bool prova;       /* only judged */
};
/* `riga` as foglio_load gave it in this transaction. */
MUST_USE bool foglio_save(struct cx *cx, const struct foglio_riga *riga,
                          const struct foglio_dato *dato, enum foglio_esito *esito,
                          struct prestazione_faults *faults);

#endif
