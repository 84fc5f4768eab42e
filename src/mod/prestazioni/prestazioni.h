/* Services delivered to people: front door. Everything is within cx->who->ambito.
 *
 * A service of a record has a provider, a period, a planned quantity and a unit cost. The provider
 * logs what it delivered in a month's grid; each change works out the month's bill anew: the
 * person's fee by the plans in force on each day, the cost, and what the ambito bears, which is
 * entered on the budget item of the service. When the worker has checked a month, it stays.
 */
#ifndef ZONALE_MOD_PRESTAZIONI_PRESTAZIONI_H
#define ZONALE_MOD_PRESTAZIONI_PRESTAZIONI_H

#include "kit/cx.h"
#include "kit/module.h"
#include "kit/web/web.h"
#include "mod/prestazioni/rules.h"

extern const struct module prestazioni_module;

struct prestazione {
    struct id id, ambito;
    int64_t versione;
    struct id cartella, persona, ente, servizio, erogatore;
    const char *variante; /* of the fee plan: "feriale" */
    struct day dal, al;   /* al: last day; DAY_NONE = open */
    int64_t previsti;     /* a week: minutes or units; where the unit is the month, a month */
    struct money costo;   /* of a unit, VAT included */
};
extern const struct field prestazione_fields[];

MUST_USE bool prestazione_load(struct cx *cx, struct id id, struct prestazione *p);
/* Adds a service to a record: id, persona and ente are filled in. What the rule refuses is in
 * `faults`, and nothing is written. */
MUST_USE bool prestazione_add(struct cx *cx, struct prestazione *p,
                              struct prestazione_faults *faults);
/* Sets its last day (also a later one). ERR_CONFLICT when `versione` has moved on. */
MUST_USE bool prestazione_end(struct cx *cx, struct id id, struct day al, int64_t versione,
                              struct prestazione_faults *faults);

/* A line of a list. */
struct prestazione_riga {
    struct id id, cartella;
    const char *persona; /* "Rossi Maria" */
    const char *servizio, *variante, *unita, *erogatore;
    struct day dal, al;
    int64_t previsti;
    int64_t quantita; /* logged in the month asked for; INT_NONE = nothing */
    const char *chiave;
};
extern const struct field prestazione_riga_fields[];
/* Of a record, the latest first; at most PRESTAZIONI_MAX struct prestazione_riga. `mese`: of which
 * the quantity is told. */
enum { PRESTAZIONI_MAX = 200 };
MUST_USE bool prestazione_of(struct cx *cx, struct id cartella, struct day mese, struct list *list);

/* Last days (struct day each, in order) of services in the open records that cx->who has. */
MUST_USE bool prestazione_ending(struct cx *cx, struct day dal, struct day al, size_t max,
                                 struct list *days);

/* The bill of a month as it is kept. */
struct mensile_riga_salvata {
    struct id id, prestazione;
    struct day mese;
    int64_t versione;
    const char *stato; /* mensile_stato_name */
    int64_t quantita;
    struct money retta; /* MONEY_INVALID: a day has no price */
    struct money costo, spesa;
    const char *spiegazione; /* kept sealed; NULL in lists */
    struct instant scritto, verificato;
    struct id scritto_da, verificato_da;
    struct day fatturato; /* on which a bill with it was closed: DAY_NONE = none was */
};
extern const struct field mensile_fields[];
MUST_USE bool mensile_load(struct cx *cx, struct id prestazione, struct day mese,
                           struct mensile_riga_salvata *riga, bool *found);
/* All of a service, the latest month first; at most MESI_MAX. */
enum { MESI_MAX = 240 };
MUST_USE bool mensile_list(struct cx *cx, struct id prestazione, struct list *list);

MUST_USE bool griglia_load(struct cx *cx, struct id prestazione, struct day mese,
                           struct griglia *griglia);
/* What was delivered in a month takes the place of what was logged for it; bill and budget follow.
 * `versione` is that of the bill that was shown, 0 = none yet: ERR_CONFLICT when somebody else was
 * faster. A checked month is a fault. */
MUST_USE bool griglia_save(struct cx *cx, struct id prestazione, const struct griglia *griglia,
                           int64_t versione, struct prestazione_faults *faults);
/* What somebody had before him when he judged the month. */
struct mensile_visto {
    int64_t versione;
    int64_t quantita;
    struct money retta;
};
/* Checked, or open again. Where the month is no longer what was seen, a fault tells who changed it
 * and what. */
MUST_USE bool mensile_check(struct cx *cx, struct id prestazione, struct day mese, bool verificato,
                            const struct mensile_visto *visto, struct prestazione_faults *faults);
/* Works out the bill of an open month anew: after a new ISEE, or a new plan. */
MUST_USE bool mensile_again(struct cx *cx, struct id prestazione, struct day mese,
                            struct prestazione_faults *faults);

/* A closed bill has the month of a service: its cost is entered on the budget by that bill, and no
 * longer by the month. No such month is no failure. */
MUST_USE bool mensile_billed(struct cx *cx, struct id prestazione, struct day mese);

/* How cx->who stands to a service: its provider, or as to its record. */
extern const struct web_object prestazione_object;

#endif
