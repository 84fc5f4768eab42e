/* What the citizen is given who asks who opened his record (art. 15 GDPR): roles and purposes, not
 * names of workers, as the court of justice has it (C-579/21). */
#ifndef ZONALE_MOD_CARTELLA_PAPERS_ACCESSI_H
#define ZONALE_MOD_CARTELLA_PAPERS_ACCESSI_H

#include "kit/doc/doc.h"
#include "mod/audit/audit.h"

struct accessi_foglio {
    const char *ente; /* that issues it */
    const char *persona;
    int64_t numero;
    struct instant scritto;
    const struct list *righe; /* of struct audit_row, newest first */
    bool altri;               /* there are older ones */
};
struct doc *accessi_foglio(struct arena *arena, const struct accessi_foglio *what);

#endif
