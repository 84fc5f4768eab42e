/* Apportionment: who pays how much of a sum, exactly, and with what rounding.
 *
 * Everything here is pure. Amounts are whole cents; weights are whole numbers in a unit of the
 * caller's (persons, hundredths of an hour); shares are exact ratios. Whatever is rounded says how,
 * and what rounding loses is shown, never hidden.
 * Sources: the methods are those of the ambito's acts (budget and apportionment 2025); controlled
 * rounding is the classic problem of statistical tables (Cox and Ernst, 1982), solved here so that
 * the result is the nearest one and the only one.
 */
#ifndef ZONALE_MOD_RIPARTO_RULES_H
#define ZONALE_MOD_RIPARTO_RULES_H

#include "base/arena.h"
#include "base/money.h"

enum {
    RIPARTO_RIGHE = 4096,  /* payers of one table */
    RIPARTO_COLONNE = 64,  /* areas of one table */
    RIPARTO_CRITERI = 16,  /* criteria of one apportionment */
    RIPARTO_RATE = 24,     /* instalments of one year */
    RIPARTO_PESO_BIT = 40, /* a weight is less than 2 to this power */
};

enum riparto_esito {
    RIPARTO_OK,
    RIPARTO_VUOTO,      /* no payer, no criterion, or no column */
    RIPARTO_TROPPI,     /* more rows, columns or criteria than the limits */
    RIPARTO_NEGATIVO,   /* a weight or an amount below zero */
    RIPARTO_SENZA_PESO, /* a criterion whose weights are all zero */
    RIPARTO_QUOTE,      /* the criteria's shares do not add up to one */
    RIPARTO_SOMME,      /* rows and columns do not add up to the same total */
    RIPARTO_SMISURATO,  /* an amount or weight too large to be exact */
    RIPARTO_PERCENTO,   /* a share below zero or over one */
    RIPARTO_MESI,       /* months not between 1 and 12 */
    RIPARTO_TETTO,      /* an area has more than its cap */
    RIPARTO_ESITI
};

/* ---- one sum among payers ------------------------------------------------------------------ */

/* A column of weights and the share of the sum that goes by it. */
struct criterio {
    const char *nome; /* "over 65" */
    struct rate quota;
    const int64_t *pesi; /* one a payer, >= 0 */
};

enum arrotondamento {
    ARROTONDA_RIGA,  /* each row on its own: the rows may miss the sum by some steps */
    ARROTONDA_RESTI, /* largest remainder: the rows add up to the sum */
};

struct riparto {
    struct money importo;
    const struct criterio *criteri;
    size_t criteri_count;
    size_t righe;
    int64_t passo; /* cents: STEP_CENT, STEP_EURO, STEP_TEN_EURO */
    enum arrotondamento modo;
};

/* `righe` amounts into `dovuto`; `residuo` = sum of the rows less the sum apportioned: zero with
 * ARROTONDA_RESTI (where the sum is whole steps). A remainder that is the same goes to the earlier
 * row. `dove` (may be NULL) gets the index of the criterion that is at fault. */
enum riparto_esito riparto_compute(struct arena *arena, const struct riparto *riparto,
                                   struct money *dovuto, struct money *residuo, size_t *dove);

/* Quota per head: amount x persons, per row; overflow is RIPARTO_SMISURATO. */
enum riparto_esito riparto_pro_capite(struct money quota, const int64_t *abitanti, size_t righe,
                                      struct money *dovuto);

/* ---- instalments ---------------------------------------------------------------------------- */

/* All but the last are the share of the total, rounded to the cent; the last is what remains. Each
 * is parted into transfer (its share, to the whole euro) and invoice (the rest). */
struct rata {
    struct money totale, fattura, trasferimento;
};
enum riparto_esito rate_compute(struct money totale, const struct rate *quote, size_t count,
                                struct rate trasferimento, struct rata *rate);

/* ---- one amount from its own figures --------------------------------------------------------- */

/* `mesi` months (1-12) of a yearly amount, rounded to `passo` cents: how a budget for a part of the
 * year is made. */
enum riparto_esito mesi_compute(struct money anno, int64_t mesi, int64_t passo,
                                struct money *dovuto);

/* Hours a week (in hundredths) x weeks x hourly cost, plus VAT (0 = none). Rounded once, at the
 * end, to the cent. */
enum riparto_esito ore_compute(int64_t ore, int64_t settimane, struct money costo, struct rate iva,
                               struct money *dovuto);

/* Fixed part + quantity (in hundredths) x amount of one, rounded to the cent. */
enum riparto_esito unita_compute(struct money fisso, int64_t quantita, struct money importo,
                                 struct money *dovuto);

/* Cost x the share that is charged (a percentage, or a ratio such as 17 users of 94). */
enum riparto_esito costo_compute(struct money costo, struct rate quota, struct money *dovuto);

/* `parte` in hundredths of a percent of `totale`, rounded: 5560 is 55,60 %. 0 when the total is. */
int64_t riparto_percento(struct money parte, struct money totale);

/* Has an area more than `tetto` of the total? The cap itself is rounded to the cent: 5 % of
 * 350 526,94 is 17 526,35. `massimo` gets that amount. */
enum riparto_esito tetto_check(struct money parte, struct money totale, struct rate tetto,
                               struct money *massimo);

/* ---- a table between two margins ------------------------------------------------------------ */

/* The exact cell is row x column / total: the area's total shared as the payers' quotas are. */
struct margini {
    const struct money *righe;
    size_t righe_count;
    const struct money *colonne;
    size_t colonne_count;
};

/* Cells row by row: each row adds up to its margin, so does each column, each cell is its exact
 * value rounded down or up to the cent. Of all such tables the one with the smallest sum of squared
 * differences; of those that tie, the one that rounds up the earlier cells (rows, then columns). */
enum riparto_esito margini_round(struct arena *arena, const struct margini *margini,
                                 struct money *celle);

#endif
