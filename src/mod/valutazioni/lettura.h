/* What the parts of the reader of forms share: lettura.c (the lines), controllo.c (what
 * only the whole shows). */
#ifndef ZONALE_MOD_VALUTAZIONI_LETTURA_H
#define ZONALE_MOD_VALUTAZIONI_LETTURA_H

#include "base/csv.h"
#include "mod/valutazioni/rules.h"

struct lettura {
    struct arena *arena;
    struct scheda_regole *scheda;
    struct scheda_faults *faults;
    struct csv csv;
    struct csv_row row;
    long voci_line[SCHEDA_VOCI]; /* where each item and total stands, for what is found later */
    long totali_line[SCHEDA_TOTALI];
    bool detto[4]; /* scheda, titolo, fonte, intro: once each */
};

/* Always false. At the line being read, or at `line`. A literal % is doubled in `format`. */
bool scheda_fault(struct lettura *l, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool scheda_fault_at(struct lettura *l, long line, const char *column, const char *text);
/* Items without choices, totals without items, bands out of order, least and greatest score. */
void scheda_controlla(struct lettura *l);

#endif
