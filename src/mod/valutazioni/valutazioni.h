/* Assessment forms and assessments. Front door.
 *
 * Everything is within cx->who->ambito. Who may open a record is decided by the funnel through
 * cartella_object; the functions here trust that the caller has been let in, except where they say
 * otherwise.
 */
#ifndef ZONALE_MOD_VALUTAZIONI_VALUTAZIONI_H
#define ZONALE_MOD_VALUTAZIONI_VALUTAZIONI_H

#include "kit/cx.h"
#include "mod/valutazioni/rules.h"

extern const struct module valutazioni_module;

/* ---- forms --------------------------------------------------------------------------------- */

struct scheda {
    struct id id; /* ID_NONE: as the program brings it, neither used nor changed here */
    const char *codice, *titolo;
    int64_t versione; /* the last one, from 1 */
    bool attiva;      /* offered for new assessments */
    struct instant modificata;
};
enum { SCHEDE = 100 };
/* Those of the ambito and those of the program, by title: struct scheda. */
MUST_USE bool scheda_list(struct cx *cx, struct list *list);
/* ERR_NOT_FOUND when there is no such form. */
MUST_USE bool scheda_load(struct cx *cx, const char *codice, struct scheda *scheda);
/* One version of it, read; `testo` (may be NULL) as it was written. */
MUST_USE bool scheda_version(struct cx *cx, const struct scheda *scheda, int64_t versione,
                             const struct scheda_regole **regole, const char **testo);

struct scheda_versione {
    struct id scheda;
    int64_t versione;
    const char *testo; /* NULL in lists */
    const char *chi;
    struct instant scritta;
};
/* The versions kept here, the last one first; none of a form that is still the program's. */
MUST_USE bool scheda_versions(struct cx *cx, const struct scheda *scheda, struct list *list);

/* A new version of the form whose code the text has; `prima` is the one that was changed, 0 for a
 * form that must not be there yet. What is wrong is in `faults`, and nothing is kept.
 * ERR_CONFLICT: somebody else has changed it in the meantime. */
MUST_USE bool scheda_save(struct cx *cx, const char *testo, int64_t prima,
                          struct scheda_faults *faults, struct scheda *scheda);
/* No longer offered, or offered again. */
MUST_USE bool scheda_offer(struct cx *cx, const char *codice, bool attiva);

/* ---- assessments ----------------------------------------------------------------------------- */

struct valutazione {
    struct id id;
    struct id cartella;
    struct id presa;
    struct id voce; /* the assessment; its versions share it */
    int64_t versione;
    struct id scheda;
    const char *codice, *titolo; /* of the form */
    int64_t scheda_versione;
    struct day giorno;
    int64_t riserbo;
    bool completa;
    struct id autore;
    const char *autore_nome;
    struct instant scritta;
    const char *testo; /* the answers, open: risposte_text */
};

/* With its form and what follows from it. */
struct valutazione_letta {
    struct valutazione v;
    const struct scheda_regole *regole;
    struct risposte risposte;
    struct esito esito;
};

enum valutazione_fault {
    VALUTAZIONE_OK,
    VALUTAZIONE_FUTURO, /* of a day that has not come */
    VALUTAZIONE_VUOTA,  /* nothing is answered */
    VALUTAZIONE_UGUALE, /* a correction that changes nothing */
    VALUTAZIONE_PRESA,  /* of another record */
};
/* cartella, presa, giorno, riserbo and (of a correction) voce and versione are the caller's; the
 * answers are checked already (risposta_check). A correction keeps the form's version of the one
 * before it. ERR_CONFLICT when somebody else has corrected it in the meantime. */
MUST_USE bool valutazione_save(struct cx *cx, const struct scheda *scheda,
                               const struct risposte *risposte, struct valutazione *valutazione,
                               enum valutazione_fault *fault);
enum { VALUTAZIONI = 200 };
/* Of a record, the last version of each, the latest first; `codice` NULL = of all forms: struct
 * valutazione_letta. All of them: the caller asks valutazione_decide which may be shown. */
MUST_USE bool valutazione_list(struct cx *cx, struct id cartella, const char *codice,
                               struct list *list);
/* All the versions of one, the last one first; none: the list is empty. */
MUST_USE bool valutazione_versions(struct cx *cx, struct id voce, struct list *list);

/* ---- thresholds ------------------------------------------------------------------------------ */

struct valutazione_punteggio {
    int64_t centesimi;  /* of the first total of the form: ADL 4 is 400, IADL 7,5 is 750 */
    const char *fascia; /* NULL */
    struct day giorno;
    struct id voce;
};
/* The score of the last complete assessment of a person with this form, on `al` or before; an
 * incomplete one is passed over, whatever its day. Not found is not zero: a threshold is then not
 * known. For requirements of measures (ADL <= 400, IADL <= 750): what is kept apart (court,
 * violence) is not looked at, and the caller shows no more than whether the threshold holds. */
MUST_USE bool valutazione_ultima(struct cx *cx, struct id persona, const char *codice,
                                 struct day al, struct valutazione_punteggio *punteggio,
                                 bool *found);

#endif
