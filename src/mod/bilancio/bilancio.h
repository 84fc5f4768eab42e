/* The budget: front door. Everything is within cx->who->ambito; what a budget is, and what must
 * hold in it, is in rules.h. */
#ifndef ZONALE_MOD_BILANCIO_BILANCIO_H
#define ZONALE_MOD_BILANCIO_BILANCIO_H

#include "kit/cx.h"
#include "kit/module.h"

#include "mod/bilancio/prospetto.h"
#include "mod/bilancio/rules.h"

extern const struct module bilancio_module;

/* ---- questions -------------------------------------------------------------------------- */

/* The whole budget of a year. found false: there is none. */
MUST_USE bool bilancio_load(struct cx *cx, int64_t anno, struct bilancio *bilancio, bool *found);
/* As it stood on a day: amendments of later days taken back; DAY_MIN: as it was first approved. */
MUST_USE bool bilancio_load_at(struct cx *cx, int64_t anno, struct day al,
                               struct bilancio *bilancio, bool *found);
/* Years that have a budget, the latest first: struct bilancio_anno. */
struct bilancio_anno {
    int64_t anno;
    const char *stato;
    const char *atto;
    struct day giorno;
    int64_t versione;
    const char *consuntivo_atto;
    struct day consuntivo_giorno;
};
MUST_USE bool bilancio_years(struct cx *cx, struct list *list);
/* An item that is given something in that year. */
MUST_USE bool voce_by_name(struct cx *cx, int64_t anno, const char *nome, struct id *id,
                           bool *found);
/* Given, committed, due, paid, left. ERR_NOT_FOUND: the item has nothing in that year. */
MUST_USE bool voce_stato(struct cx *cx, struct id voce, int64_t anno, struct voce_stato *stato);

/* ---- costs ------------------------------------------------------------------------------ */

/* A cost on an item, and what causes it: one cost for each cause. Names of people do not belong in
 * the description: who reads budgets sees counts and money. */
struct spesa {
    struct id id; /* given when it is saved */
    struct id voce;
    int64_t anno;
    struct day giorno;
    struct money importo;
    bool liquidata;         /* paid; until then it is a commitment */
    const char *causa_tipo; /* "prestazione" */
    struct id causa;
    const char *descrizione; /* "SAD feriale, marzo 2025, 12:30 ore" */
};
/* Adds the cost of a cause, or replaces it. A cost beyond what is left is kept all the same: it is
 * a fact, and the item's state shows it. ERR_INPUT: the item has nothing in that year. */
MUST_USE bool spesa_save(struct cx *cx, struct spesa *spesa);
/* The cause is gone. No such cost is no failure. */
MUST_USE bool spesa_delete(struct cx *cx, const char *causa_tipo, struct id causa);

/* ---- services at work --------------------------------------------------------------------- */

/* What a service will still cost, by its cause: one for each, replaced when it changes. The
 * forecast of the year reads it. */
MUST_USE bool attesa_save(struct cx *cx, const char *causa_tipo, struct id causa,
                          const struct attesa *attesa);
MUST_USE bool attesa_delete(struct cx *cx, const char *causa_tipo, struct id causa);

/* ---- acts: what does not hold is in `faults`, and nothing is written ----------------------- */

/* Writes a budget read from a table; its ids are replaced by those of the database, where items and
 * sources of the same name are already. Only for a year without a budget yet. */
MUST_USE bool bilancio_save(struct cx *cx, struct bilancio *bilancio,
                            struct bilancio_faults *faults);
/* Opens a year with the amounts of another, as provisional (D.Lgs. 267/2000 art. 163): nothing
 * happens where it has a budget already, or the other has none. */
MUST_USE bool bilancio_carry(struct cx *cx, int64_t from, int64_t to);
/* The published budget of 2025 with amendments, movements and the years after it; again: no
 * change. */
MUST_USE bool bilancio_demo(struct cx *cx);

#endif
