/* Services of a record: what is agreed, what is delivered, what it costs and who pays.
 *
 * Pure: periods, days, quantities and prices are arguments. What a person pays for one unit comes
 * from the room of fees; here the units of a month are added up.
 *   quantity   minutes where the unit is the hour, units otherwise (days, meals, months)
 *   retta      share of the person: by lines of equal price, each rounded to the cent, half away
 *              from zero
 *   costo      quantity x unit cost agreed with the provider (VAT included)
 *   spesa      costo - retta, never under zero: what the ambito bears, and its budget item pays
 */
#ifndef ZONALE_MOD_PRESTAZIONI_RULES_H
#define ZONALE_MOD_PRESTAZIONI_RULES_H

#include "base/field.h"

enum unita { UNITA_ORA, UNITA_GIORNO, UNITA_PASTO, UNITA_MESE, UNITE };

const char *unita_name(enum unita unita); /* "ora": as the table of services has it */
enum unita unita_parse(const char *name); /* UNITE: no such unit */
/* "2:30 ore", "1 giorno", "3 pasti" */
const char *quantita_words(struct arena *arena, enum unita unita, int64_t quantita);
/* As typed in a cell of the month: "" is none; hours as minutes_parse reads them, at most 24;
 * units 0-9, "x" for one. False: it does not fit. */
MUST_USE bool quantita_parse(enum unita unita, const char *text, int64_t *quantita);
/* As the cell shows it again; "" for none. */
const char *quantita_cell(struct arena *arena, enum unita unita, int64_t quantita);

/* The week's quantity as typed: hours, or a number of units. False: it does not fit. */
MUST_USE bool previsti_parse(enum unita unita, const char *text, int64_t *previsti);

struct prestazione_fault {
    const char *field; /* of the form: "dal", "g7" */
    const char *text;  /* in the user's words */
};
enum { PRESTAZIONE_FAULTS = 40 };
struct prestazione_faults {
    struct arena *arena;
    struct prestazione_fault items[PRESTAZIONE_FAULTS]; /* those beyond are not kept */
    size_t count;
};
void prestazione_fault(struct prestazione_faults *faults, const char *field, const char *format,
                       ...) __attribute__((format(printf, 3, 4)));

/* ---- what is agreed ---------------------------------------------------------------------- */

/* What the rules must know of a service to be added, or changed. */
struct prestazione_proposta {
    struct day dal;
    struct day al; /* last day; DAY_NONE = open */
    enum unita unita;
    int64_t previsti; /* a week: minutes or units; a month where the unit is the month */
    struct money costo;
    bool cartella_aperta;
    struct day cartella_dal;
    bool variante_nota;      /* a plan of fees in force on `dal` has this variant */
    struct day doppione_dal; /* the same service by the same provider from; DAY_NONE = none */
    struct day erogata_fino; /* last day with a logged quantity; DAY_NONE = none */
};
void prestazione_check(const struct prestazione_proposta *p, struct prestazione_faults *faults);

/* Is the service in force on some day of the month? Months are named by their first day. */
bool prestazione_in_month(struct day dal, struct day al, struct day mese);
/* What is expected of that month: by the week's quantity and the days in force, rounded half away
 * from zero to whole minutes or units. */
int64_t prestazione_expected(enum unita unita, int64_t previsti, struct day dal, struct day al,
                             struct day mese);
/* A provider may log up to so many days after the end of a service. */
enum { EROGA_DOPO = 60 };

/* ---- what is delivered ------------------------------------------------------------------- */

enum { GIORNI_MESE = 31, MESE_TEXT = 32 };

/* "2025-03", as in addresses; the first of the month. */
MUST_USE bool mese_parse(const char *text, struct day *mese);
const char *mese_iso(struct day mese, char text[static MESE_TEXT]);   /* "2025-03" */
const char *mese_words(struct day mese, char text[static MESE_TEXT]); /* "marzo 2025" */

/* A month's grid: [0] is the first of the month. */
struct griglia {
    struct day mese;
    int64_t quantita[GIORNI_MESE];
};
int griglia_days(const struct griglia *griglia);
/* Days outside the period, in the future, or more than a day can hold. Fields are "g1"..."g31". */
void griglia_check(const struct griglia *griglia, enum unita unita, struct day dal, struct day al,
                   struct day today, struct prestazione_faults *faults);

enum mensile_stato {
    MENSILE_APERTO,     /* the provider writes */
    MENSILE_VERIFICATO, /* the worker has checked it: nothing changes any more */
    MENSILI
};
const char *mensile_stato_name(enum mensile_stato stato);  /* "aperto": database */
const char *mensile_stato_title(enum mensile_stato stato); /* "da verificare" */
enum mensile_stato mensile_stato_parse(const char *name);  /* MENSILI: no such state */

/* ---- what it costs ----------------------------------------------------------------------- */

/* Price of one unit on one day, as the room of fees says. */
struct prezzo {
    struct money unitaria; /* MONEY_INVALID: nobody can say */
    bool festivo;
    const char *perche; /* explanation; equal texts are one line of the bill */
};

struct mensile_riga {
    int64_t quantita;
    int giorni;
    bool festivo;
    struct money unitaria;
    struct money importo; /* MONEY_INVALID where there is no price */
    const char *perche;
};

struct mensile {
    enum unita unita;
    struct day mese;
    int64_t quantita;
    struct mensile_riga righe[GIORNI_MESE]; /* weekdays and holidays apart, in order of day */
    size_t righe_count;
    struct money retta; /* MONEY_INVALID: a day has no price */
    struct money costo;
    struct money spesa; /* with an unknown retta: the whole cost, until it is known */
};

/* `prezzi`: one for each day of the month; those of days without quantity are not looked at. */
void mensile_compute(const struct griglia *griglia, enum unita unita,
                     const struct prezzo prezzi[static GIORNI_MESE], struct money costo,
                     struct mensile *out);
/* The bill in words: its lines with their sums, then why each unit costs so much. */
const char *mensile_explain(struct arena *arena, const struct mensile *mensile);

#endif
