/* A published table against its rule: what was read, what does not follow. */
#ifndef ZONALE_MOD_RIPARTO_VERIFICA_H
#define ZONALE_MOD_RIPARTO_VERIFICA_H

#include "kit/cx.h"
#include "kit/doc/doc.h"
#include "mod/riparto/fonte.h"

struct verifica {
    struct fonte fonte;
    struct definizione_faults *faults; /* then there is nothing else */
    struct definizione *def;
    struct quadro *quadro;
    struct list scarti;
    size_t cifre; /* published figures that were checked */
};

/* Reads and checks what stands in verifica->fonte. `noti`: as for definizione_read. */
void verifica_run(struct arena *arena, const char *const *noti, struct verifica *verifica);
struct doc *verifica_paper(struct cx *cx, const struct verifica *verifica);

#endif
