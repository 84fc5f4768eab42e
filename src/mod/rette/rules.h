/* Fees by ISEE: what a person pays for a unit of a service, and why.
 *
 * Everything here is pure: the plan, the day, the attestation are arguments; there is no clock and
 * no database. The same functions serve the page, the command line, the bill and the batch.
 *
 * A plan (piano) belongs to a service and a variant, is in force in a period and names the act that
 * approved it. The steps, always in this order:
 *   1. the basis: the amount for non-residents; the plan's own rule without a valid ISEE; the full
 *      cost over the ceiling; else the band, the line or the flat amount;
 *   2. the holiday rate on the basis, rounded to the cent, half away from zero.
 * Sources: DPCM 159/2013 (ISEE: kinds, art. 6-9; validity, art. 10); the plans are acts of the
 * ambito, here the published ones of 2025.
 */
#ifndef ZONALE_MOD_RETTE_RULES_H
#define ZONALE_MOD_RETTE_RULES_H

#include "base/field.h"

/* ---- ISEE ------------------------------------------------------------------------------- */

enum isee_tipo {
    ISEE_ORDINARIO,
    ISEE_SOCIOSANITARIO,
    ISEE_RESIDENZE, /* sociosanitario for residential services */
    ISEE_MINORENNI,
    ISEE_CORRENTE,
    ISEE_TIPI
};
#define ISEE_BIT(tipo) (1U << (tipo))
enum { ISEE_QUALSIASI = (1U << ISEE_TIPI) - 1 };

/* An attestation, as INPS gives it: the value is copied, never computed. */
struct isee {
    struct id id;
    struct id persona;
    enum isee_tipo tipo;
    struct money valore;     /* zero is a legal value */
    const char *protocollo;  /* of the DSU: "INPS-ISEE-2025-01234567A-00" */
    struct day sottoscritta; /* day on which the DSU was signed: valid from here */
    struct day scadenza;     /* last day on which it is valid */
};

const char *isee_tipo_name(enum isee_tipo tipo);  /* "ordinario": database, command line */
const char *isee_tipo_title(enum isee_tipo tipo); /* "ISEE ordinario" */
enum isee_tipo isee_tipo_parse(const char *name); /* ISEE_TIPI: no such kind */
/* "ordinario,corrente" to bits and back; false names no kind or an unknown one. */
MUST_USE bool isee_tipi_parse(const char *names, unsigned *tipi);
const char *isee_tipi_names(struct arena *arena, unsigned tipi);
/* The same for people: "ordinario, corrente". */
const char *isee_tipi_words(struct arena *arena, unsigned tipi);

/* Last day of validity: 31 December of the year of the DSU (DPCM 159/2013 art. 10). A corrente has
 * a term of its own; where the attestation does not tell it, six months (art. 9). */
struct day isee_expiry(enum isee_tipo tipo, struct day sottoscritta);
bool isee_valid(const struct isee *isee, struct day giorno);
/* The one to use for a service that accepts `tipi`: valid on the day; a corrente before the others
 * (it updates them), a specific kind before the ordinario, then the one signed last. NULL: none. */
const struct isee *isee_choose(const struct isee *list, size_t count, unsigned tipi,
                               struct day giorno);

struct rette_fault {
    const char *field; /* of the form: "valore", "fascia_3" */
    const char *text;  /* in the user's words */
};
enum { RETTE_FAULTS = 32 };
struct rette_faults {
    struct arena *arena;
    struct rette_fault items[RETTE_FAULTS]; /* those beyond are not kept */
    size_t count;
};
void rette_fault(struct rette_faults *faults, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Is it an attestation that can be recorded on `today`? */
void isee_check(const struct isee *isee, struct day today, struct rette_faults *faults);

/* ---- plans ------------------------------------------------------------------------------ */

enum piano_tipo {
    PIANO_FASCE,   /* consecutive bands of ISEE */
    PIANO_LINEARE, /* y = m x + q between two ISEE */
    PIANO_FORFAIT, /* one amount */
    PIANO_TIPI
};

/* Who has no valid ISEE pays... */
enum piano_senza {
    SENZA_MASSIMA, /* the highest fee of the plan */
    SENZA_IMPORTO, /* an amount of its own */
    PIANO_SENZE
};

/* A band of ISEE, both ends included, to the cent. The amount counts where it is given: printed
 * tables are not always the percentage of the cost (18 % of 14,50 is 2,61, and 2,60 is due), and
 * the percentage then only describes it. */
struct fascia {
    struct money da;
    struct money a; /* MONEY_INVALID: open */
    struct money importo;
    struct rate quota; /* of the unit cost; den 0: none */
};

enum { FASCE_MAX = 64, PIANI_MAX = 512 };

struct piano {
    struct id id;
    const char *servizio; /* "SAD" */
    const char *variante; /* "feriale" */
    const char *nome;     /* "Assistenza domiciliare" ; NULL: the service's code is shown */
    const char *unita;    /* "ora", "giorno", "mese", "pasto" */
    const char *atto;     /* the act that approved it */
    struct period validita;
    enum piano_tipo tipo;
    const struct fascia *fasce; /* PIANO_FASCE */
    size_t fasce_count;
    struct money isee_min, isee_max;   /* PIANO_LINEARE */
    struct money retta_min, retta_max; /* PIANO_LINEARE */
    struct money forfait;              /* PIANO_FORFAIT */
    struct money costo;                /* of a unit; MONEY_INVALID: not stated */
    enum piano_senza senza;
    struct money importo_senza;         /* SENZA_IMPORTO */
    struct money importo_non_residenti; /* MONEY_INVALID: they pay as residents do */
    struct rate festivo;                /* added on holidays: 1/20; den 0: no such variant */
    struct money isee_tetto; /* over it the full cost is due; MONEY_INVALID: no ceiling */
    unsigned isee_ammessi;   /* ISEE_BIT of each kind accepted */
};

const char *piano_tipo_name(enum piano_tipo tipo);  /* "fasce" */
const char *piano_tipo_title(enum piano_tipo tipo); /* "a fasce di ISEE" */
enum piano_tipo piano_tipo_parse(const char *name); /* PIANO_TIPI: no such kind */
/* "all'ora", "al mese"; "" for a unit that is not one of the four. */
const char *unita_each(const char *unita);

/* The code of a variant as people read it: "adulti_part_time" is "adulti part time". */
const char *variante_words(struct arena *arena, const char *variante);
/* "Assistenza domiciliare, feriale": the service's name (its code where it has none) and the
 * variant, with spaces for its underscores. */
const char *piano_words(struct arena *arena, const char *servizio, const char *nome,
                        const char *variante);

/* A plan in which nothing is stated yet. */
void piano_blank(struct piano *piano);
/* All that keeps a plan from being put in force: gaps and overlaps name the two bands. */
void piano_check(const struct piano *piano, struct rette_faults *faults);
/* Amount of a band: its own, or the share of the unit cost. */
struct money fascia_amount(const struct piano *piano, const struct fascia *fascia);
/* "da 1.000,01 a 4.500,00 euro", "oltre 20.000,00 euro" */
const char *fascia_words(struct arena *arena, const struct fascia *fascia);

/* The plan for a service's variant on a day, out of all versions. `variante` NULL: the only one.
 * "festivo" falls on the "feriale" plan that states a holiday rate: *festivo tells. NULL: none. */
const struct piano *piano_at(const struct piano *piani, size_t count, const char *servizio,
                             const char *variante, struct day giorno, bool *festivo);
/* Two versions of one service and variant may not be in force on one day; names the first two. */
void piani_check(const struct piano *piani, size_t count, struct rette_faults *faults);
/* The version in force that gives way to `nuovo`: it was open, and ends the day before. NULL: none
 * has to. Any other version in force on a day of `nuovo` is a fault that names both. */
const struct piano *piano_predecessor(const struct piano *vigenti, size_t count,
                                      const struct piano *nuovo, struct rette_faults *faults);
/* Does a plan state what one in force states already? Ids do not count, nor does the end of the one
 * in force when the other is open: a later version may have ended it. */
bool piano_same(const struct piano *vigente, const struct piano *altro);

/* ---- the fee ---------------------------------------------------------------------------- */

struct retta_caso {
    struct day giorno;
    bool festivo;
    bool non_residente;
    const struct isee *isee; /* NULL: none shown */
};

enum retta_esito {
    RETTA_DOVUTA,
    RETTA_FUORI_PERIODO, /* the plan is not in force on that day */
    RETTA_NON_FESTIVA,   /* holiday asked of a plan without a holiday rate */
    RETTA_INCALCOLABILE, /* the plan has a fault: see piano_check */
};

/* Why the ISEE was used, or was not. */
enum retta_isee {
    RETTA_ISEE_USATO,
    RETTA_ISEE_NON_SERVE, /* non-resident, flat amount */
    RETTA_ISEE_ASSENTE,
    RETTA_ISEE_FUTURO, /* signed after the day */
    RETTA_ISEE_SCADUTO,
    RETTA_ISEE_NON_AMMESSO, /* of a kind that the service does not accept */
};

enum retta_base {
    BASE_FASCIA,
    BASE_LINEARE,
    BASE_LINEARE_MINIMA,
    BASE_LINEARE_MASSIMA,
    BASE_FORFAIT,
    BASE_NON_RESIDENTE,
    BASE_SENZA_IMPORTO,
    BASE_SENZA_MASSIMA,
    BASE_TETTO,
};

enum { RETTA_RIGHE = 8 };

struct retta {
    enum retta_esito esito;
    struct money importo; /* due for one unit; MONEY_INVALID unless RETTA_DOVUTA */
    const char *unita;
    struct id piano;
    /* how it came about */
    enum retta_base da;
    struct money base; /* before the holiday rate */
    int fascia;        /* of the plan, from 0; -1: no band */
    bool festivo;
    enum retta_isee uso;
    const struct isee *isee; /* that of the case */
    /* filled by retta_explain */
    const char *spiegazione[RETTA_RIGHE];
    size_t righe;
};

void retta_compute(const struct piano *piano, const struct retta_caso *caso, struct retta *out);
/* The reasons in Italian, for the person who pays: plan and act, ISEE and its expiry, band or
 * formula with its numbers, modifiers in order, the amount. */
void retta_explain(struct arena *arena, const struct piano *piano, struct retta *retta);
/* The lines as one text, parted by a space. */
const char *retta_text(struct arena *arena, const struct retta *retta);

/* ---- many at once ----------------------------------------------------------------------- */

/* All versions of one service and variant compiled for millions of questions: amounts with their
 * modifiers are worked out once, an answer is a search among sorted ends without branches. */
struct retta_table;

/* `piani` of one service and variant, checked; NULL when a plan is faulty or they overlap. */
const struct retta_table *retta_table_make(struct arena *arena, const struct piano *piani,
                                           size_t count, bool festivo);
/* The same amounts as retta_compute for a resident with a valid ISEE; MONEY_INVALID on a day
 * without a plan or for a negative ISEE. */
void retta_table_many(const struct retta_table *table, const struct money *isee,
                      const struct day *giorni, struct money *out, size_t count);
/* The same on one day, in cents that fit 32 bits: the quickest way. CURVE_NONE (-1) for a negative
 * ISEE. False: no plan is in force on that day, or its numbers are too large for this way. */
MUST_USE bool retta_table_day(const struct retta_table *table, struct day giorno,
                              const int32_t *isee, int32_t *out, size_t count);

/* ---- two plans beside each other --------------------------------------------------------- */

/* What a resident with a valid ISEE of an accepted kind pays; MONEY_INVALID: the plan has a fault,
 * or no holiday rate. */
struct money piano_fee(const struct piano *piano, struct money isee, bool festivo);
/* What is due without a valid ISEE; from who lives elsewhere. */
struct money piano_fee_without(const struct piano *piano, bool festivo);
struct money piano_fee_non_resident(const struct piano *piano, bool festivo);

/* A stretch of ISEE in which neither plan changes its rule. In bands the fee is the same at both of
 * its ends; on a line it is not. */
struct confronto_tratto {
    struct money da, a;             /* a: MONEY_INVALID: open, and then [1] is as [0] */
    struct money prima[2], dopo[2]; /* due at `da` and at `a` */
};
enum { TRATTI_MAX = 2 * (FASCE_MAX + 4) };
struct confronto {
    struct confronto_tratto tratti[TRATTI_MAX];
    size_t count;
    struct money senza_prima, senza_dopo; /* without a valid ISEE */
    struct money non_residenti_prima, non_residenti_dopo;
};
/* Both plans checked. Stretches are cut at the bounds of both. */
void piano_compare(const struct piano *prima, const struct piano *dopo, bool festivo,
                   struct confronto *out);
/* The difference in hundredths of a percent of `prima`, half away from zero; MONEY_INVALID when
 * there is nothing to divide by. */
struct money difference_percent(struct money prima, struct money dopo);

/* ---- what if ----------------------------------------------------------------------------- */

/* Who uses a service now, with the attestations that are valid on the day of the simulation. */
struct simula_utente {
    size_t isee, isee_count; /* from which of simula_dati.isee, and how many */
    size_t comune;           /* below simula_dati.comuni */
    bool non_residente;
    int64_t quantita[2]; /* of a year: on weekdays, on holidays */
};
struct simula_dati {
    const struct simula_utente *utenti;
    size_t count;
    const struct isee *isee;
    size_t comuni;
    int64_t per; /* quantities of one unit: 60 where the unit is the hour, told in minutes */
    struct day giorno;
};

/* Sums of some users, over a year. */
struct simula_cifra {
    int64_t utenti, piu, meno; /* of them: who pays more, who pays less */
    struct money prima, dopo;
};
/* What becomes of one user. `fascia`: index in simula_esito.fasce. */
struct simula_riga {
    struct money prima, dopo; /* of a year; MONEY_INVALID both: one of the plans has no such fee */
    size_t fascia;
};
/* By how much a year changes, in euro: up to -1000, -300, -100, less than nothing, nothing... */
enum { SIMULA_SCARTI = 9, SIMULA_FASCE = FASCE_MAX + 2 };
struct simula_esito {
    struct simula_cifra totale;
    int64_t incalcolati; /* in no sum */
    struct simula_cifra *comuni;
    struct simula_cifra fasce[SIMULA_FASCE]; /* of the new plan; then without ISEE, non-residents */
    const char *fasce_nomi[SIMULA_FASCE];
    size_t fasce_count;
    struct simula_cifra scarti[SIMULA_SCARTI];
    struct simula_riga *righe; /* one each user */
};
/* Both plans checked; the days of their validity do not count. A line is told in five slices. */
void simula_run(struct arena *arena, const struct simula_dati *dati, const struct piano *prima,
                const struct piano *dopo, struct simula_esito *out);
/* "da 100 a 300 euro in più" */
const char *simula_scarto_name(size_t scarto);

/* Cells so small that they would tell of single people, for who may not know them: those from 1 to
 * CELLA_PICCOLA - 1, and where that is only one, the smallest other, lest it follow from the sum.
 */
enum { CELLA_PICCOLA = 5 };
void celle_hide(const int64_t *counts, size_t count, bool *hidden);

#endif
