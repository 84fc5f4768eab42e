/* The papers of this room, as values: kit/doc draws them. */
#ifndef ZONALE_MOD_RIPARTO_PAPERS_H
#define ZONALE_MOD_RIPARTO_PAPERS_H

#include "kit/doc/doc.h"
#include "mod/riparto/riparto.h"

/* The table for a spreadsheet: what follows from the rule is a live formula wherever a spreadsheet
 * can compute it (largest remainders and two margins are values, their sums are formulas). */
struct doc *prospetto_sheet(struct cx *cx, const struct prospetto *prospetto,
                            const struct quadro *quadro);
/* The same to be read and filed. */
struct doc *prospetto_paper(struct cx *cx, const struct prospetto *prospetto,
                            const struct quadro *quadro);
/* A letter to each payer, each from a new page; `riga` SIZE_MAX = all of them. `capofila`: who
 * writes. */
struct doc *prospetto_letters(struct cx *cx, const char *capofila,
                              const struct prospetto *prospetto, const struct quadro *quadro,
                              size_t riga);
/* Reminders, one letter a payer and apportionment: before the due date or, `scadute`, after it. */
struct doc *sollecito_letters(struct cx *cx, const char *capofila, const struct list *rate,
                              bool scadute);
/* A letter has no subject: nobody is to be reminded. */
bool sollecito_any(struct cx *cx, const struct list *rate, bool scadute);

#endif
