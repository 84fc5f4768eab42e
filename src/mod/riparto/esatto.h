/* The exact value of a cell, before it was rounded, and how it was. Pure. */
#ifndef ZONALE_MOD_RIPARTO_ESATTO_H
#define ZONALE_MOD_RIPARTO_ESATTO_H

#include "mod/riparto/prospetto.h"

struct esatto {
    struct rate centesimi; /* den 0: too long to be written exactly */
    const char *regola;    /* how it is rounded, in words */
};
void quadro_exact(const struct quadro *quadro, size_t riga, size_t colonna, struct esatto *esatto);
/* "56.116,8634…": in euro, to six decimals; "…" where more follow. */
const char *exact_it(struct arena *arena, struct rate centesimi);
/* What rounding added or took: shown less exact, in cents. */
struct rate exact_residue(struct money importo, struct rate centesimi);
/* "1ª rata, fattura" for the column "rata1_fattura"; others as they are named. */
const char *colonna_title(struct arena *arena, const struct definizione *def, size_t colonna);

#endif
