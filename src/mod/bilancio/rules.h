/* The budget of a year: expense items (voci), in areas, paid by funding sources (fonti); the acts
 * that change it (variazioni), what is spent of it (scritture, costs of services), what is to come.
 *
 * Pure: a budget is a value; what does not hold in it is a list that names the invariant, the item
 * or source, and both figures. The amounts are those assigned for the year, changes included.
 */
#ifndef ZONALE_MOD_BILANCIO_RULES_H
#define ZONALE_MOD_BILANCIO_RULES_H

#include "base/field.h"

enum { AREE_MAX = 60, VOCI_MAX = 600, FONTI_MAX = 190, CELLE_MAX = 20000, VINCOLI_MAX = 2000 };
enum { RIGHE_MAX = 4000, VARIAZIONI_MAX = 400, SCRITTURE_MAX = 20000, ATTESE_MAX = 200000 };

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
    bool vincolata;     /* pays only for what a vincolo names */
    const char *natura; /* of the bond: "legge", "trasferimento"; NULL: not stated */
    int64_t avanzo;     /* the year that left it over; INT_NONE: it is no surplus */
    int64_t ordine;
    struct money disponibile; /* what it has for the year */
    const char *atto;         /* the act that assigned it; NULL: not stated */
    int64_t competenza;       /* the year it belongs to; INT_NONE: not stated */
    struct day entro;         /* to be spent by; DAY_NONE: no date */
    struct day rendiconto;    /* to be reported by; DAY_NONE: no date */
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
    const char *stato; /* "approvato", "provvisorio", "chiuso" */
    const char *atto;
    struct day giorno;           /* of that act; DAY_NONE: not stated */
    int64_t versione;            /* grows at each change */
    const char *consuntivo_atto; /* that closed the year; NULL: it is open */
    struct day consuntivo_giorno;
    struct area *aree;
    size_t aree_count;
    struct voce *voci; /* in the order of their areas */
    size_t voci_count;
    struct fonte *fonti;
    size_t fonti_count;
    struct cella *celle;
    size_t celle_count, celle_room; /* room: of a copy that amendments may add to */
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
    INV_VOCE,       /* each item = sum of its sources */
    INV_FONTE,      /* no source gives more than it has */
    INV_VINCOLO,    /* a bound source pays only for what it may */
    INV_PAREGGIO,   /* what the sources have = what the items are given */
    INV_CELLA,      /* no cell below zero, none of an unknown item or source */
    INV_VARIAZIONE, /* the lines of an amendment balance: what comes in is what goes out */
    INV_ATTO,       /* an amendment has act, day and reason, and follows those before it */
    INV_IMPEGNATO,  /* no item is taken below what is committed on it */
    INV_CONSUNTIVO, /* a closed year stays as it was closed */
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

/* Adds one, with its words. */
void bilancio_fault_add(struct bilancio_faults *faults, struct bilancio_fault what,
                        const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Everything that does not hold, invariant by invariant. Nothing when the budget is sound. */
void bilancio_check(const struct bilancio *bilancio, struct bilancio_faults *faults);

/* ---- amendments (rules_variazione.c) ------------------------------------------------------ */

struct variazione_riga {
    struct id voce; /* ID_NONE: the line changes what the source has */
    struct id fonte;
    struct money importo; /* signed */
};
struct variazione {
    struct id id;
    int64_t anno, numero; /* numero INT_NONE: a draft */
    struct day giorno;
    const char *atto, *motivo;
    struct variazione_riga *righe;
    size_t righe_count;
};
/* Room for the cells that amendments may add, all figures copied: the rest is shared. */
void bilancio_copy(struct arena *arena, const struct bilancio *from, struct bilancio *to);
/* Adds the lines to a copy (sign 1), or takes them back (-1). False: an item or a source of a line
 * is not there, or too many cells. */
MUST_USE bool variazione_apply(struct bilancio *bilancio, const struct variazione *variazione,
                               int sign);
/* What forbids it: its own lines, its act, its order (`dopo` = day of the one before, or DAY_NONE),
 * and all that would not hold behind it. */
void variazione_check(const struct bilancio *before, const struct variazione *variazione,
                      struct day dopo, struct bilancio_faults *faults);
/* The lines that lead from a budget to another of the same items and sources: cells first, in the
 * order of items and sources, then sources. */
void variazione_between(struct arena *arena, const struct bilancio *from, const struct bilancio *to,
                        struct variazione *lines);

/* ---- execution (rules_conto.c) ------------------------------------------------------------ */

struct voce_stato {
    struct money stanziato;
    struct money impegnato;   /* committed by acts, and costs of services beyond them */
    struct money liquidato;   /* found due */
    struct money pagato;      /* by warrants of payment */
    struct money disponibile; /* stanziato - impegnato; below zero when it has run over */
};
/* What was entered on an item, as summed up. The costs of services lie within the commitments that
 * are there for them (`servizi`); what they cost beyond counts by itself. */
struct voce_somma {
    struct id voce;
    struct money impegni, impegni_servizi;
    struct money liquidazioni, liquidazioni_servizi;
    struct money mandati;
    struct money spese, spese_liquidate; /* costs of services; of these, checked */
    int64_t quante;                      /* costs */
};
struct voce_stato voce_state(struct money stanziato, const struct voce_somma *somma);
/* liquidato x 100 / stanziato, to the hundredth; den 0 where nothing was assigned. */
struct rate voce_percent(const struct voce_stato *stato);

/* Commitment, then liquidation as part of it, then payment as part of that. Corrected by a movement
 * that reverses another, with the sign turned: nothing is ever changed or taken away. */
enum scrittura_tipo { SCR_IMPEGNO, SCR_LIQUIDAZIONE, SCR_MANDATO, SCRITTURA_TIPI };
const char *scrittura_tipo_name(enum scrittura_tipo tipo);  /* "impegno" */
enum scrittura_tipo scrittura_tipo_parse(const char *name); /* SCRITTURA_TIPI: none */

struct scrittura {
    struct id id;
    int64_t anno, numero;
    const char *tipo;
    struct id voce, fonte;   /* fonte ID_NONE: not attributed; parts have those of the whole */
    struct id padre, storna; /* what it is part of; what it reverses */
    bool servizi;            /* the costs of services of the item lie within it */
    struct day giorno;
    const char *atto, *descrizione;
    struct money importo; /* below zero: a reversal */
};
/* What must be known to let a movement in. */
struct scrittura_fatti {
    struct money libero; /* of the item, of the cell, of the whole it is part of, or reverses */
    const char *di;      /* in words: "la voce «SFA»" */
    struct day dal;      /* not before: day of the whole; DAY_NONE */
    struct day entro;    /* the source may be spent until; DAY_NONE */
    bool chiuso;         /* the year is closed: what is left is only settled and paid */
};
struct scrittura_fault {
    const char *field;
    const char *text;
};
enum { SCRITTURA_FAULTS = 8 };
struct scrittura_faults {
    struct arena *arena;
    struct scrittura_fault items[SCRITTURA_FAULTS];
    size_t count;
};
void scrittura_check(const struct scrittura *scrittura, const struct scrittura_fatti *fatti,
                     struct scrittura_faults *faults);

/* Parts in proportion to the weights, by largest remainder (ties: the first): they add up to the
 * whole exactly. All weights zero: everything on the first. The whole may be below zero. */
void money_spread(struct money whole, const struct money *weights, size_t count,
                  struct money *parts);

/* A source's statement: what it gives to each item and what became of it. */
struct conto_riga {
    struct id voce, fonte;
    struct money assegnato;
    struct money impegnato, liquidato, pagato;
    struct money stimato; /* of impegnato: not attributed by an act, shared out by what is free */
};
/* Of one item: a line for each of its sources. `atti`: commitments, liquidations, payments that
 * name each source, in the order of the lines. Lines have voce, fonte, assegnato. */
struct conto_atti {
    struct money impegnato, liquidato, pagato;
};
void conto_split(const struct voce_stato *stato, const struct conto_atti *atti,
                 struct conto_riga *righe, size_t count);

/* ---- what is to come (rules_previsione.c) -------------------------------------------------- */

/* A service at work: so much a week, or a month, at a price, from the first day not billed yet. */
struct attesa {
    struct id voce;
    struct day dal, al; /* both included; al DAY_NONE: it goes on */
    int64_t quantita;   /* a week or a month, in `divisore`-ths of a unit (minutes: 60) */
    int64_t divisore;
    const char *ogni;   /* "settimana", "mese" */
    struct money costo; /* of a unit */
};
/* What it costs from one day to another, both included; exact to the cent at the end. */
struct money attesa_cost(const struct attesa *attesa, struct day from, struct day to);

struct previsione {
    struct id voce;
    struct voce_stato oggi;
    struct money attese;    /* still to come until the end of the year */
    struct money fine_anno; /* what will have been committed */
    struct money avanzo;    /* stanziato - fine_anno; below zero: what is missing */
    struct day finisce;     /* the first day on which there is not enough; DAY_NONE: it lasts */
    int64_t servizi;        /* at work from `oggi` on */
};
/* `attese`: of this item only. From the day after `oggi`; nothing when that is beyond the year. */
void previsione_compute(const struct voce *voce, const struct voce_somma *somma,
                        const struct attesa *attese, size_t count, int64_t anno, struct day oggi,
                        struct previsione *previsione);

#endif
