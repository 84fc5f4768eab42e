/* Hypotheses: an apportionment with something changed, beside the one that is. Pure. */
#ifndef ZONALE_MOD_RIPARTO_IPOTESI_H
#define ZONALE_MOD_RIPARTO_IPOTESI_H

#include "mod/riparto/prospetto.h"

enum { IPOTESI_MAX = 8, IPOTESI_ESCONO = 64 };

/* What changes; what is NULL or MONEY_INVALID stays as it is. */
struct ipotesi {
    struct money quota;   /* a head */
    struct money importo; /* the sum */
    const char *pesi; /* shares in the order of the criteria: "30/70", "30 % 70 %", "3/10 7/10" */
    const char *arrotonda; /* "riga", "resti" */
    const char *passo;     /* "0,01", "1,00", "10,00" */
    const char *esce;      /* who leaves: "Cerete; Onore", by municipality or by payer */
};
bool ipotesi_any(const struct ipotesi *ipotesi);

/* The text of the definition with the changes. What cannot be changed so is a fault whose column
 * is the member's name; faults of the definition itself are found when the text is read. Figures
 * that were published go along and mean nothing any more. */
void ipotesi_apply(struct arena *arena, struct bytes text, const struct ipotesi *ipotesi,
                   struct bytes *changed, struct definizione_faults *faults);
/* Of a table between margins whose rows no longer add up to its columns: the columns, shared as
 * they were, add up to the rows. False where nothing had to be done. */
bool ipotesi_balance(struct arena *arena, struct definizione *def);

/* ---- side by side ------------------------------------------------------------------------------
 */

struct ipotesi_riga {
    const char *nome;
    struct money importi[IPOTESI_MAX];    /* zero where it does not pay */
    struct money differenze[IPOTESI_MAX]; /* less the first's */
    int64_t percenti[IPOTESI_MAX];        /* hundredths of the first; INT_NONE where that is zero */
};
/* Every payer of any of them, the largest difference (of any hypothesis) first; `totale` has the
 * sums. Elements struct ipotesi_riga. */
void ipotesi_compare(struct arena *arena, const struct quadro *const *quadri, size_t count,
                     struct list *righe, struct ipotesi_riga *totale);

#endif
