/* The budget of a year: expense items (voci), in areas, paid by funding sources (fonti).
 *
 * Pure: a budget is a value; what does not hold in it is a list that names the invariant, the item
 * or source, and both figures. The amounts are those assigned for the year, changes included.
 */
#ifndef ZONALE_MOD_BILANCIO_RULES_H
#define ZONALE_MOD_BILANCIO_RULES_H

#include "base/field.h"

enum { AREE_MAX = 60, VOCI_MAX = 600, FONTI_MAX = 200, CELLE_MAX = 20000, VINCOLI_MAX = 2000 };

struct area {
    struct id id;
    const char *nome;
    int64_t ordine;
};

struct voce {
    struct id id;
    struct id area;
    const char *nome;
    int64_t ordine;
    struct money stanziato; /* assigned to the item for the year */
};

struct fonte {
    struct id id;
    const char *nome;
    bool vincolata; /* pays only for what a vincolo names */
    int64_t ordine;
    struct money disponibile; /* what it has for the year */
    const char *atto;         /* the act that assigned it; NULL: not stated */
    struct day entro;         /* to be spent or reported by; DAY_NONE: no date */
};

struct cella { /* what a source gives to an item */
    struct id voce;
    struct id fonte;
    struct money importo;
};

struct vincolo { /* a bound source may pay for a whole area, or for an item */
    struct id fonte;
    struct id area; /* ID_NONE where `voce` says it */
    struct id voce;
};

struct bilancio {
    int64_t anno;
    const char *stato; /* "approvato", "provvisorio" */
    const char *atto;
    struct area *aree;
    size_t aree_count;
    struct voce *voci; /* in the order of their areas */
    size_t voci_count;
    struct fonte *fonti;
    size_t fonti_count;
    struct cella *celle;
    size_t celle_count;
    struct vincolo *vincoli;
    size_t vincoli_count;
};

const struct area *bilancio_area(const struct bilancio *bilancio, struct id id);
const struct voce *bilancio_voce(const struct bilancio *bilancio, struct id id);
const struct fonte *bilancio_fonte(const struct bilancio *bilancio, struct id id);
/* MONEY_INVALID where the source gives nothing to the item: blank is not zero. */
struct money bilancio_cella(const struct bilancio *bilancio, struct id voce, struct id fonte);

/* ---- sums ------------------------------------------------------------------------------- */

struct money bilancio_sum_voce(const struct bilancio *bilancio, struct id voce);
struct money bilancio_sum_fonte(const struct bilancio *bilancio, struct id fonte);
struct money bilancio_sum_area(const struct bilancio *bilancio, struct id area); /* of its items */
struct money bilancio_entrate(const struct bilancio *bilancio); /* all that the sources have */
struct money bilancio_uscite(const struct bilancio *bilancio);  /* all that the items are given */
/* part x 100 / whole as hundredths: 12,34 is a percentage; MONEY_INVALID of nothing. */
struct money bilancio_quota(struct money part, struct money whole);

/* ---- invariants ------------------------------------------------------------------------- */

enum invariante {
    INV_VOCE,     /* each item = sum of its sources */
    INV_FONTE,    /* no source gives more than it has */
    INV_VINCOLO,  /* a bound source pays only for what it may */
    INV_PAREGGIO, /* what the sources have = what the items are given */
    INV_CELLA,    /* no cell below zero, none of an unknown item or source */
    INVARIANTI
};
const char *invariante_name(enum invariante invariante); /* "voce": command line, JSON */
const char *
invariante_title(enum invariante invariante); /* "ogni voce è la somma delle sue fonti" */

struct bilancio_fault {
    enum invariante invariante;
    struct id voce;       /* ID_NONE where it is not about an item */
    struct id fonte;      /* likewise */
    struct money trovato; /* the figure found */
    struct money dovuto;  /* the figure due */
    const char *text;     /* in words, with both figures */
};
enum { BILANCIO_FAULTS = 200 };
struct bilancio_faults {
    struct arena *arena;
    struct bilancio_fault items[BILANCIO_FAULTS]; /* those beyond are counted, not kept */
    size_t count;
};

/* Everything that does not hold, invariant by invariant. Nothing when the budget is sound. */
void bilancio_check(const struct bilancio *bilancio, struct bilancio_faults *faults);

/* ---- execution -------------------------------------------------------------------------- */

struct voce_stato {
    struct money stanziato;
    struct money impegnato;   /* costs known so far, paid or not */
    struct money speso;       /* liquidated */
    struct money disponibile; /* stanziato - impegnato; below zero when it has run over */
};
struct voce_stato voce_state(struct money stanziato, struct money impegnato, struct money speso);
/* speso x 100 / stanziato, to the hundredth; den 0 where nothing was assigned. */
struct rate voce_percent(const struct voce_stato *stato);

#endif
