/* Monthly bills of a service: front door. Everything is within cx->who->ambito.
 *
 * A run works out a service's month: for each person what is due (retta), what the service cost,
 * what the municipality and the ambito bear, with the reasons; and who pays. It is tried ("prova")
 * as often as one likes, then closed. A closed run never changes, also in the database: what turns
 * out different later (an ISEE, an absence, an hour) is shown as a difference, and, once confirmed,
 * becomes an adjustment (conguaglio), a line of the service's next run.
 */
#ifndef ZONALE_MOD_FATTURAZIONE_FATTURAZIONE_H
#define ZONALE_MOD_FATTURAZIONE_FATTURAZIONE_H

#include "kit/cx.h"
#include "kit/module.h"
#include "mod/fatturazione/regole.h"
#include "mod/fatturazione/rules.h"

extern const struct module fatturazione_module;

enum { FATTURAZIONE_MAX = 200000, DIFFERENZE_MAX = FATTURAZIONE_MAX };

struct fatturazione {
    struct id id, servizio;
    struct day mese;
    int64_t versione;
    const char *stato; /* "prova", "chiusa" */
    int64_t impronta;  /* of all its lines */
    int64_t utenti;    /* lines of the month itself, without adjustments */
    int64_t anomalie;
    struct money retta, costo, comune, quota_ambito; /* adjustments included */
    struct instant fatta, chiusa;
    struct id fatta_da, chiusa_da;
};
extern const struct field fatturazione_fields[];
bool fatturazione_closed(const struct fatturazione *f);
MUST_USE bool fatturazione_load(struct cx *cx, struct id id, struct fatturazione *f);
MUST_USE bool fatturazione_find(struct cx *cx, struct id servizio, struct day mese,
                                struct fatturazione *f, bool *found);

/* What keeps a run from being made or closed, in the user's words; NULL: nothing. */
struct fatturazione_rifiuto {
    const char *testo;
};

/* Tries the month: works everything out and writes it as a "prova", in the place of the one before.
 * Not for a month that has not ended, nor for one that is closed. */
MUST_USE bool fatturazione_prova(struct cx *cx, struct id servizio, struct day mese,
                                 struct fatturazione *f, struct fatturazione_rifiuto *no);
/* Closes a tried one: works it out again, and refuses when a cent, a word or an anomaly differs
 * from what was shown. The ambito's part is entered on the budget item of the service. */
MUST_USE bool fatturazione_chiudi(struct cx *cx, struct id id, struct fatturazione_rifiuto *no);

/* ---- differences to closed runs ------------------------------------------------------------ */

struct differenza {
    struct id fatturazione, prestazione, persona;
    struct day mese;
    const char *chiave;
    const char *nome;                                /* "Rossi Maria" */
    struct money prima, dopo;                        /* retta */
    struct money retta, costo, comune, quota_ambito; /* to be added */
    const char *spiegazione;
    const struct parte *parti; /* by payer */
    size_t parti_count;
};
extern const struct field differenza_fields[];
/* Works a closed run out again, with the plans of its month, and lists what would be different now;
 * `persona` ID_NONE: of all. */
MUST_USE bool differenze_of(struct cx *cx, struct id fatturazione, struct id persona,
                            struct list *list);
/* Of one person, in all closed runs of the last `CONGUAGLI_MESI` months. */
enum { CONGUAGLI_MESI = 60 };
MUST_USE bool differenze_persona(struct cx *cx, struct id persona, struct list *list);
/* Makes adjustments of the differences that there are now (of `persona`, or of all). `quante`
 * receives how many. */
MUST_USE bool differenze_conferma(struct cx *cx, struct id fatturazione, struct id persona,
                                  size_t *quante);

/* ---- what is recorded ---------------------------------------------------------------------- */

struct assenza {
    struct id id, prestazione;
    struct day dal, al, annunciata, annullata;
    const char *motivo;
};
extern const struct field assenza_fields[];
struct periodo_salvato {
    struct id id, prestazione;
    const char *nome;
    struct day dal, al, proroga, annullato;
};
extern const struct field periodo_fields[];
struct chiusura {
    struct day giorno;
    const char *motivo;
};
extern const struct field chiusura_fields[];
struct pagante {
    struct id id, persona, chi_persona, chi_ente;
    struct rate quota;
    struct day dal, al;
};
extern const struct field pagante_fields[];

struct fatturazione_fault {
    const char *campo; /* NULL: of the whole */
    const char *testo; /* NULL: nothing is wrong */
};
/* A fault: nothing is written. */
MUST_USE bool assenza_record(struct cx *cx, struct assenza *assenza,
                             struct fatturazione_fault *fault);
MUST_USE bool assenza_annul(struct cx *cx, struct id prestazione, struct id assenza);
MUST_USE bool assenza_list(struct cx *cx, struct id prestazione, struct list *list);
MUST_USE bool periodo_record(struct cx *cx, struct periodo_salvato *periodo,
                             struct fatturazione_fault *fault);
MUST_USE bool periodo_annul(struct cx *cx, struct id prestazione, struct id periodo);
MUST_USE bool periodo_list(struct cx *cx, struct id prestazione, struct list *list);
/* Names of periods that the service's rules know on that day, and PERIODO_FUORI: const char *. */
MUST_USE bool periodo_nomi(struct cx *cx, struct id prestazione, struct list *list);
MUST_USE bool chiusura_record(struct cx *cx, struct id servizio, const struct chiusura *chiusura);
MUST_USE bool chiusura_remove(struct cx *cx, struct id servizio, struct day giorno);
MUST_USE bool chiusura_list(struct cx *cx, struct id servizio, struct day dal, struct day al,
                            struct list *list);
/* Bits from Monday; Monday to Friday where nothing is written. */
enum { SETTIMANA_LUN_VEN = 0x1F };
MUST_USE bool calendario_at(struct cx *cx, struct id servizio, unsigned *settimana);
MUST_USE bool calendario_save(struct cx *cx, struct id servizio, unsigned settimana);
MUST_USE bool pagante_record(struct cx *cx, struct pagante *pagante,
                             struct fatturazione_fault *fault);
MUST_USE bool pagante_end(struct cx *cx, struct id persona, struct id pagante, struct day al);
MUST_USE bool pagante_list(struct cx *cx, struct id persona, struct list *list);

/* Rules of a table, all or none; a rule that is there already changes nothing, a rule of the same
 * kind and name in force before ends the day before. */
MUST_USE bool regole_import(struct cx *cx, const struct regola *regole, size_t count,
                            size_t *nuove);
/* Of a service (NULL: all) in force on a day: struct regola. */
MUST_USE bool regola_list(struct cx *cx, const char *servizio, struct day giorno,
                          struct list *list);
/* The rules of the demonstration; again: no change. */
MUST_USE bool fatturazione_demo(struct cx *cx);

#endif
