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

/* An empty budget with room for all that a table may hold. */
void prospetto_blank(struct arena *arena, int64_t anno, struct bilancio *bilancio);
struct prospetto_riga {
    const char *area, *voce, *fonte;
    struct money importo;
};
/* Adds a cell, its area, item and source where they are new. NULL, or why it may not, with its
 * column. */
const char *prospetto_add(struct bilancio *bilancio, const struct prospetto_riga *riga,
                          const char **column);
/* A table from a spreadsheet or an office, with tabs or ; between cells: either a line for each
 * cell as below, or items x sources as the budget is exported (area, voce, a column for each
 * source, totale), where each total that is there must be that of its row. `versione`: the one that
 * the export names, INT_NONE when there is none. What is wrong is listed, the rest is read. */
void prospetto_read_table(struct arena *arena, const char *name, const char *text, size_t size,
                          int64_t anno, struct bilancio *bilancio, int64_t *versione,
                          struct prospetto_faults *faults);
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
