/* What the files of this room show to each other. */
#ifndef ZONALE_MOD_BILANCIO_INSIDE_H
#define ZONALE_MOD_BILANCIO_INSIDE_H

#include "kit/cli/cli.h"
#include "kit/doc/doc.h"
#include "kit/web/web.h"
#include "mod/bilancio/bilancio.h"
#include "mod/bilancio/store.h"

enum { ANNO_MIN = 1990, ANNO_MAX = 2200 };

extern const struct web_route bilancio_routes[];
extern const struct menu_item bilancio_menu[];
extern const struct cli_command bilancio_commands[];

/* The published budget of 2025; again: no change. */
MUST_USE bool bilancio_read_2025(struct cx *cx);

/* ---- amendments (variazioni.c) ------------------------------------------------------------ */

/* Keeps a draft: a new one without id, else the one of v->id, which must be of v->versione still
 * (ERR_CONFLICT: somebody else has saved it meanwhile). v->base = version of the budget it was
 * written on. Nothing is asked of a draft but items and sources that are in the budget. */
MUST_USE bool variazione_save(struct cx *cx, struct variazione_salvata *v,
                              const struct variazione *lines);
/* What forbids a draft, on the budget as it is now. */
MUST_USE bool variazione_try(struct cx *cx, const struct variazione_salvata *v,
                             struct variazione *lines, struct bilancio_faults *faults);
/* Makes it an amendment. `base`: version of the budget that who approves has seen; ERR_CONFLICT
 * when it has moved on. */
MUST_USE bool variazione_approve(struct cx *cx, struct variazione_salvata *v, int64_t base,
                                 struct bilancio_faults *faults);
/* Amendments since a version of the budget: struct variazione_salvata. */
MUST_USE bool variazione_since(struct cx *cx, int64_t anno, int64_t base, struct list *list);
/* "DISABILI, STA, da FNPS: +1.000,00" */
const char *variazione_riga_words(struct cx *cx, const struct bilancio *bilancio,
                                  const struct variazione_riga *riga);
/* A provisional year becomes approved by its act. */
MUST_USE bool bilancio_approve(struct cx *cx, int64_t anno, const char *atto, struct day giorno,
                               struct bilancio_faults *faults);
/* An item or a source, new to the year, with nothing yet. */
MUST_USE bool bilancio_add_voce(struct cx *cx, int64_t anno, const char *area, const char *voce);
MUST_USE bool bilancio_add_fonte(struct cx *cx, int64_t anno, const char *fonte);

/* ---- execution (conto.c) ------------------------------------------------------------------ */

/* Enters a movement: its number is given. What the rule refuses is in `faults`. Parts and reversals
 * take item, source and `servizi` from what they are part of, or reverse. */
MUST_USE bool scrittura_save(struct cx *cx, struct scrittura *m, struct scrittura_faults *faults);
/* Lines of every item and source: struct conto_riga, in the order of the budget. */
MUST_USE bool conto_load(struct cx *cx, const struct bilancio *b, struct day al,
                         struct list *righe);
/* Sum of the lines of a source. */
struct conto_riga conto_of_fonte(const struct list *righe, struct id fonte);
/* A line for each item, in the order of the budget: struct previsione. */
MUST_USE bool previsione_load(struct cx *cx, const struct bilancio *b, struct day oggi,
                              struct list *righe);
/* States of all items, in the order of the budget: struct voce_stato. */
MUST_USE bool stati_load(struct cx *cx, const struct bilancio *b, struct day al,
                         struct list *stati);
/* Closes a year by the act of its statement: from then on it is not amended nor committed, and what
 * is entered on it afterwards shows as a difference. */
MUST_USE bool bilancio_close(struct cx *cx, int64_t anno, const char *atto, struct day giorno,
                             struct bilancio_faults *faults);
/* What differs from the year as it was closed, as faults of INV_CONSUNTIVO. */
MUST_USE bool consuntivo_check(struct cx *cx, const struct bilancio *b,
                               struct bilancio_faults *faults);
/* All that does not hold in a year: the budget of today, each amendment on the one before, the
 * closed year. */
MUST_USE bool bilancio_check_all(struct cx *cx, const struct bilancio *b,
                                 struct bilancio_faults *faults);
/* Inhabitants of the municipalities in a year; INT_NONE: not known. */
MUST_USE bool abitanti(struct cx *cx, int64_t anno, int64_t *count);

/* ---- import (importa.c) ------------------------------------------------------------------- */

struct importazione {
    struct bilancio file; /* what could be read */
    int64_t versione;     /* of the budget that the file was taken from */
    struct prospetto_faults read;
    bool nuovo;              /* the year had no budget */
    struct variazione righe; /* else: what leads from its version to the file */
    struct bilancio *b;      /* names of the lines */
};
/* An XLSX, an ODS, or text. False: it cannot be read at all. */
MUST_USE bool importa_read(struct cx *cx, const char *name, struct bytes file, int64_t anno,
                           struct importazione *in);
/* Writes a new year, or finds the lines onto one that is there (items and sources that are new to
 * it are opened, with nothing). Nothing at all when a row is bad, unless `parziale`: then what was
 * left out stays as it is. `prova`: nothing is written. */
MUST_USE bool importa_apply(struct cx *cx, struct importazione *in, int64_t anno, bool prova,
                            bool parziale, struct bilancio_faults *faults);
/* As it stood when its version was this one. */
MUST_USE bool bilancio_load_version(struct cx *cx, int64_t anno, int64_t versione,
                                    struct bilancio *bilancio);

/* ---- papers (papers.c) -------------------------------------------------------------------- */

/* Items x sources for a spreadsheet, its sums as live formulas. */
struct doc *bilancio_matrix(struct cx *cx, const struct bilancio *bilancio);
/* The summary with each area's share, then a sheet for each area: to be read and signed. */
struct doc *bilancio_paper(struct cx *cx, const struct bilancio *bilancio);
/* What a source gives to each item and what became of it, to be reported; `righe` of conto_load. */
struct doc *rendiconto_paper(struct cx *cx, const struct bilancio *b, const struct fonte *fonte,
                             const struct list *righe);
/* Years side by side: areas and items, the first year on the left. */
enum { ANNI_CONFRONTO = 6 };
struct doc *anni_paper(struct cx *cx, const struct bilancio *anni, size_t count);

#endif
