/* A service's month worked out from what is recorded. Reads; writes nothing. */
#ifndef ZONALE_MOD_FATTURAZIONE_CALCOLO_H
#define ZONALE_MOD_FATTURAZIONE_CALCOLO_H

#include "mod/enti/enti.h"
#include "mod/fatturazione/store.h"

/* A person's service: what is due, why, and who pays. */
struct calcolo_riga {
    struct addebito addebito; /* without ids of its own */
    const struct parte *parti;
    size_t parti_count;
};

struct calcolo {
    struct calcolo_riga *righe; /* by id of the service; those that cannot be billed are not here */
    size_t count;
    struct anomalia *anomalie; /* by the same order */
    size_t anomalie_count;
};

/* `persona` ID_NONE: all people of the service. Lives in cx->arena. */
MUST_USE bool calcolo_run(struct cx *cx, const struct servizio *servizio, struct day mese,
                          struct id persona, struct calcolo *out);

enum anomalia_tipo {
    ANOMALIA_PIANO,    /* no plan in force: not billed */
    ANOMALIA_ORE,      /* nothing logged: not billed */
    ANOMALIA_ISEE,     /* no valid ISEE: billed as the plan says for it */
    ANOMALIA_VERIFICA, /* hours not checked yet: billed as they are */
    ANOMALIA_COMUNE,   /* no municipality known: billed as a resident */
    ANOMALIA_PARZIALE, /* in force only part of a month that is paid as a whole */
    ANOMALIE
};
const char *anomalia_name(enum anomalia_tipo tipo); /* "senza_isee": database */
const char *anomalia_title(const char *name);       /* "ISEE mancante" */
bool anomalia_blocks(const char *name);             /* the service is left out of the run */

#endif
