/* Projects of a record: versions, signatures, budget, checks. Front door.
 *
 * Everything is within cx->who->ambito. Who may see a project is decided by the funnel through
 * progetto_object: as to the record, at the narrower of the two sensitivities. The functions here
 * trust that the caller has been let in, except where they say otherwise. What people wrote lies
 * sealed by the key of the record.
 *
 * Each act takes the `versione` that its caller has seen (the lock, not the number of a version of
 * the project): ERR_CONFLICT when somebody else was faster. A refusal is a value, nothing is saved.
 */
#ifndef ZONALE_MOD_PROGETTI_PROGETTI_H
#define ZONALE_MOD_PROGETTI_PROGETTI_H

#include "kit/cx.h"
#include "kit/module.h"
#include "kit/web/web.h"
#include "mod/progetti/rules.h"

extern const struct module progetti_module;
extern const struct web_object progetto_object;

struct progetto {
    struct id id;
    int64_t versione; /* the lock */
    struct id cartella, persona, ente;
    const char *tipo;  /* progetto_tipo_name */
    int64_t riserbo;   /* enum authz_sensitivity */
    int64_t numero;    /* the version that is shown: progetto_corrente */
    const char *stato; /* progetto_stato_name */
    struct day dal, al;
    struct money totale, famiglia;
    struct day prossima; /* the next check; DAY_NONE = none is planned */
};
extern const struct field progetto_fields[];

MUST_USE bool progetto_load(struct cx *cx, struct id id, struct progetto *progetto);
/* Of a record, the latest first: struct progetto, at most PROGETTI_MAX. The caller decides on each
 * by its sensitivity (progetto_decide). */
enum { PROGETTI_MAX = 100 };
MUST_USE bool progetto_of(struct cx *cx, struct id cartella, struct list *list);
/* How cx->who may do that with this one. */
MUST_USE bool progetto_decide(struct cx *cx, struct id cartella, int64_t riserbo,
                              enum authz_action action, enum authz_answer *answer);

struct progetto_nuovo {
    struct id cartella;
    enum progetto_tipo tipo;
    int64_t riserbo;
    struct contenuto contenuto;
};
MUST_USE bool progetto_open(struct cx *cx, const struct progetto_nuovo *nuovo, struct id *id);

/* ---- versions ------------------------------------------------------------------------------- */

struct progetto_versione {
    struct id id, progetto;
    int64_t numero;
    const char *stato;
    struct instant scritta;
    struct id scritta_da;
    const char *scritta_da_nome;
    struct contenuto *contenuto; /* NULL in a list */
};
/* The latest first; at most PROGETTO_VERSIONI. */
MUST_USE bool versione_list(struct cx *cx, struct id progetto, struct list *list);
/* With what it says. ERR_NOT_FOUND. */
MUST_USE bool versione_load(struct cx *cx, const struct progetto *progetto, int64_t numero,
                            struct progetto_versione *versione);
/* The version in preparation says this from now on. PROGETTO_NON_PREVISTA: none is. */
MUST_USE bool versione_write(struct cx *cx, const struct progetto *progetto,
                             const struct contenuto *contenuto, enum progetto_guasto *guasto);
/* A further version, with what the one in course says. */
MUST_USE bool versione_new(struct cx *cx, const struct progetto *progetto,
                           enum progetto_guasto *guasto);
/* What still keeps a version from being signed. */
MUST_USE bool versione_check(struct cx *cx, const struct progetto *progetto,
                             const struct contenuto *contenuto, struct progetto_rifiuti *rifiuti);

struct progetto_spostamento {
    int64_t numero; /* of the version */
    enum progetto_stato a;
    struct day giorno;
    const char *motivo;
};
MUST_USE bool versione_move(struct cx *cx, const struct progetto *progetto,
                            const struct progetto_spostamento *mossa, enum progetto_guasto *guasto);

struct progetto_mossa_riga {
    struct id id;
    int64_t numero;
    const char *da, *a;
    struct day giorno;
    struct instant quando;
    struct id chi;
    const char *chi_nome;
    const char *motivo;
};
/* Of all versions, the latest first. */
MUST_USE bool progetto_mosse_list(struct cx *cx, const struct progetto *progetto,
                                  struct list *list);

/* ---- signatures ----------------------------------------------------------------------------- */

struct progetto_firma {
    struct id id;
    int64_t numero;
    const char *ruolo; /* firma_ruolo_name */
    const char *nome;
    struct day giorno;
    const char *modo; /* of FIRMA_MODI */
    struct instant quando;
    const char *chi_nome; /* who recorded it */
    bool annullata;
};
MUST_USE bool firma_list(struct cx *cx, const struct progetto *progetto, int64_t numero,
                         struct list *list);
/* Of the version that waits for signatures. */
MUST_USE bool firma_save(struct cx *cx, const struct progetto *progetto,
                         const struct progetto_firma *firma, struct progetto_rifiuti *rifiuti);
/* Who must sign depends on the person. */
MUST_USE bool firma_case(struct cx *cx, const struct progetto *progetto, struct firma_caso *caso);

/* ---- checks --------------------------------------------------------------------------------- */

struct progetto_verifica {
    struct id id;
    struct day prevista;
    struct day fatta; /* DAY_NONE: still to come */
    int64_t numero;   /* the version that was looked at */
    const char *chi_nome;
    struct avanzamento *avanzamento; /* NULL: still to come */
};
enum { VERIFICHE_MAX = 100 };
/* In the order of their planned days. */
MUST_USE bool verifica_list(struct cx *cx, const struct progetto *progetto, struct list *list);
MUST_USE bool verifica_plan(struct cx *cx, const struct progetto *progetto, struct day prevista,
                            struct progetto_rifiuti *rifiuti);
/* One that was not done may be called off. */
MUST_USE bool verifica_drop(struct cx *cx, const struct progetto *progetto, struct id verifica);
MUST_USE bool verifica_record(struct cx *cx, const struct progetto *progetto, struct id verifica,
                              struct day fatta, const struct avanzamento *avanzamento,
                              struct progetto_rifiuti *rifiuti);

/* ---- for the agenda ---------------------------------------------------------------------------
 */

/* Checks due in the period (both days included) of the projects that run in the open records of
 * which cx->who is responsible: in the order of days. */
struct progetto_scadenza {
    struct day giorno;
    struct id progetto, cartella;
    const char *persona; /* "Rossi Maria" */
    const char *tipo;    /* progetto_tipo_title */
};
enum { SCADENZE_PROGETTI_MAX = 2000 };
MUST_USE bool progetto_scadenze(struct cx *cx, struct day dal, struct day al, struct list *list);
/* The days alone (struct day each), for calendars that leave the house. */
MUST_USE bool progetto_verifiche_due(struct cx *cx, struct day dal, struct day al, size_t max,
                                     struct list *days);

#endif
