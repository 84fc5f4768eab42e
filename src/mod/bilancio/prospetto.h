/* A budget as text: tab-separated, one line a cell (area, voce_spesa, fonte, importo), and the
 * bonds of the sources (fonte, area, voce). Pure: text in, a budget out, each fault with its line.
 * The item's amount is the sum of its cells, a source has what it gives. */
#ifndef ZONALE_MOD_BILANCIO_PROSPETTO_H
#define ZONALE_MOD_BILANCIO_PROSPETTO_H

#include "mod/bilancio/rules.h"

enum { PROSPETTO_FAULTS = 100, PROSPETTO_SIZE = 4 * 1024 * 1024 };

struct prospetto_faults {
    const char *items[PROSPETTO_FAULTS]; /* "bilancio.tsv, riga 3, importo: ..." */
    size_t count;
};

/* Ids are numbers given here: 1, 2, ... by order of appearance, each kind on its own. */
void prospetto_read(struct arena *arena, const char *name, const char *text, int64_t anno,
                    struct bilancio *bilancio, struct prospetto_faults *faults);
/* Adds the bonds to a budget read before. */
void prospetto_read_vincoli(struct arena *arena, const char *name, const char *text,
                            struct bilancio *bilancio, struct prospetto_faults *faults);
/* The lines of an amendment of this budget (voce, fonte, importo with its sign; no voce: what the
 * source has changes). */
void prospetto_read_variazione(struct arena *arena, const char *name, const char *text,
                               const struct bilancio *bilancio, struct variazione *lines,
                               struct prospetto_faults *faults);
/* Attributes of sources (fonte, natura, avanzo, atto, competenza, entro, rendiconto; empty: not
 * known) of a budget read before. */
void prospetto_read_fonti(struct arena *arena, const char *name, const char *text,
                          struct bilancio *bilancio, struct prospetto_faults *faults);

#endif
