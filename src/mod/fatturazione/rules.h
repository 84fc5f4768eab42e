/* Billing of a month: from what a month of a service comes to, to what is due and who pays it.
 *
 * Pure. What a unit costs by ISEE is the room of fees' (lorda); what was delivered is the room of
 * services' (costo). Here the plan's own rules on absences, closures and special periods are
 * applied, and the amounts are split:
 *   retta    what the family pays, never under zero
 *   costo    what the provider is paid
 *   comune   share of costo - retta that the municipality of residence bears
 *   ambito   the rest of costo - retta
 * The rules of a service are rows of a table (struct regola), never branches on its name. Every
 * amount is rounded once, to the cent, half away from zero.
 */
#ifndef ZONALE_MOD_FATTURAZIONE_RULES_H
#define ZONALE_MOD_FATTURAZIONE_RULES_H

#include "base/field.h"

/* ---- rules of a plan ----------------------------------------------------------------------- */

enum regola_tipo {
    /* `importo` for each day of absence from the `da`-th to the `a`-th of the month */
    REGOLA_ASSENZA,
    /* more than `da` scheduled days of absence running: `quota` of the month, once; the days of
     * that run do not also count as single ones */
    REGOLA_ASSENZA_LUNGA,
    /* every scheduled day of the month absent, all announced before it begins: `quota` of it */
    REGOLA_ASSENZA_MESE,
    /* `quota` of the month for each scheduled day on which the service is closed */
    REGOLA_CHIUSURA,
    /* a period of its own (`nome`): free but for `importo` once, `non_residenti` for who comes from
     * outside; without an amount the ordinary fee is due. `giorni` at most, to be extended
     * `proroghe` times by as many */
    REGOLA_PERIODO,
    /* `quota` of what the fee leaves is borne by the municipality */
    REGOLA_COMUNE,
    REGOLA_TIPI
};

/* What an amount is taken off. From the cost: the family gets the same share of it as the fee has
 * in the cost, the ambito the rest. From the fee: the ambito then bears more. */
enum regola_base { SU_RETTA, SU_COSTO, REGOLA_BASI };

struct regola {
    struct id id;
    const char *servizio; /* "CSE" */
    const char *variante; /* NULL = all of the service */
    enum regola_tipo tipo;
    const char *nome; /* of a REGOLA_PERIODO: "valutazione" */
    enum regola_base base;
    int64_t da, a; /* a INT_NONE: no end */
    struct money importo, non_residenti;
    struct rate quota;
    int64_t giorni, proroghe; /* INT_NONE: no limit, none */
    struct period validita;
    const char *atto;
};

const char *regola_tipo_name(enum regola_tipo tipo);  /* "assenza_lunga": table, definition file */
enum regola_tipo regola_tipo_parse(const char *name); /* REGOLA_TIPI: no such kind */
const char *regola_base_name(enum regola_base base);  /* "costo" */
enum regola_base regola_base_parse(const char *name); /* REGOLA_BASI: no such base */
/* What is wrong with a rule, in the user's words; NULL = nothing. `campo` gets its column. */
const char *regola_check(const struct regola *regola, const char **campo);
/* What it says, for people: "Dal 1° al 10° giorno di assenza: 6,00 euro al giorno dal costo". */
const char *regola_words(struct arena *arena, const struct regola *regola);

/* ---- periods ------------------------------------------------------------------------------- */

/* Of a service of a person: an assessment, an urgent start, who lives outside the ambito. */
#define PERIODO_FUORI "non_residente"
struct periodo {
    const char *nome; /* of its rule, or PERIODO_FUORI */
    struct day dal;
    struct day al;      /* last day; DAY_NONE = open (PERIODO_FUORI only) */
    struct day proroga; /* last day once extended; DAY_NONE = it is not */
};
struct day periodo_end(const struct periodo *periodo); /* DAY_MAX where it is open */
/* "valutazione preventiva" */
const char *periodo_words(struct arena *arena, const char *nome);
/* `regola` NULL: the service has no such period. NULL = nothing is wrong. */
const char *periodo_check(struct arena *arena, const struct periodo *periodo,
                          const struct regola *regola, const char **campo);

/* ---- the month ----------------------------------------------------------------------------- */

/* Days of a month as bits: bit 0 is the first.
 * Those of [dal, al] (both included; al DAY_NONE = open) that lie in the month. */
uint32_t giorni_mask(struct day mese, struct day dal, struct day al);
/* The days of the month that fall on the weekdays of `settimana` (bit 0 = Monday). */
uint32_t giorni_weekdays(struct day mese, unsigned settimana);
int giorni_count(uint32_t giorni);

struct mensilita_caso {
    struct day mese;    /* its first day */
    struct money lorda; /* fee of the month before the rules; MONEY_INVALID = unknown */
    struct money costo; /* of what was delivered */
    bool non_residente; /* on the first day of the month */
    uint32_t forza;     /* days on which the service is in force */
    uint32_t previsti;  /* scheduled days, closed or not */
    uint32_t chiusi;    /* days on which the service is closed */
    uint32_t assenti;
    uint32_t annunciati;         /* absent, and announced before the month began */
    int corsa;                   /* scheduled days of absence running up to the eve of the month */
    const struct regola *regole; /* of the service and variant, in force on the month's first day */
    size_t regole_count;
    const struct periodo *periodi;
    size_t periodi_count;
};

/* Days that are paid by the price of a period, not by the fee. */
uint32_t mensilita_free(const struct mensilita_caso *caso);
/* Is the fee of a whole month replaced by that of a period? It is when one with a price of its own
 * begins in the month, or covers all the days in force. */
bool mensilita_month_free(const struct mensilita_caso *caso);

enum { MENSILITA_VOCI = 12 };
struct mensilita_voce {
    const char *testo;  /* why, with its numbers */
    struct money retta; /* added to the fee: negative where it is taken off */
    struct money costo; /* added to the cost */
};
struct mensilita {
    struct money lorda, retta, costo, comune, ambito; /* retta MONEY_INVALID: cannot be told */
    struct mensilita_voce voci[MENSILITA_VOCI];
    size_t voci_count;
};
void mensilita_compute(struct arena *arena, const struct mensilita_caso *caso,
                       struct mensilita *out);

/* ---- payers -------------------------------------------------------------------------------- */

enum { PAGANTI_MAX = 8 };
/* Splits an amount by shares, whose sum is at most one; the rest is the user's: parti[count].
 * The parts add up to the amount, to the cent; none has another sign than the amount. */
void pagante_split(struct money importo, const struct rate *quote, size_t count,
                   struct money parti[static PAGANTI_MAX + 1]);

#endif
