/* Break glass: who has no relation to a record reads it for an hour, says why, and others are told.
 * Never a record of violence, never with a conflict of interest, never to write or to export: that
 * is for authz_decide; here are the request, the notices and the review. */
#ifndef ZONALE_MOD_UTENTI_EMERGENZA_H
#define ZONALE_MOD_UTENTI_EMERGENZA_H

#include "mod/utenti/utenti.h"

struct emergenza {
    struct id id, utente;
    const char *intestazione; /* of the user */
    const char *oggetto_tipo;
    struct id oggetto;
    struct id ente; /* that answers for the object: its coordinators review */
    const char *motivo;
    const char *testo; /* sealed: in no list */
    struct instant inizio, fine, chiusa;
    const char *esito, *nota; /* of the review; nota sealed, in no list */
    struct instant riesaminata;
};
extern const struct field emergenza_fields[];
extern const struct web_choice emergenza_motivi[];
extern const struct web_choice emergenza_esiti[];

/* What is asked for: `ente` is the body that answers for the object, ID_NONE = the ambito. */
struct emergenza_chiesta {
    const char *oggetto_tipo;
    struct id oggetto, ente;
    const char *motivo, *testo;
};
/* Opens one for cx->who and tells the responsible workers and the coordinators of that body and of
 * the whole ambito (where there are none, the auditors), all or nothing. A refusal is in *rifiuto.
 * One that is open already is given back. */
MUST_USE bool emergenza_open(struct cx *cx, const struct emergenza_chiesta *chiesta, struct id *id,
                             struct utente_rifiuto *rifiuto);
/* Does cx->who coordinate that body, or the whole ambito? */
MUST_USE bool emergenza_coordina(struct cx *cx, struct id ente, bool *yes);
MUST_USE bool emergenza_load(struct cx *cx, struct id id, struct emergenza *emergenza);
MUST_USE bool emergenza_close(struct cx *cx, struct id id);
/* By somebody else than who asked, once. */
MUST_USE bool emergenza_review(struct cx *cx, struct id id, const char *esito, const char *nota,
                               struct utente_rifiuto *rifiuto);

struct emergenza_filtro {
    const char *stato; /* "attesa", "riesaminate" */
};
struct emergenza_chiave {
    struct instant inizio; /* 0 = from the newest */
    struct id id;
};
/* Those that cx->who reviews: of the bodies he coordinates; an auditor's are all of them. */
MUST_USE bool emergenza_list(struct cx *cx, const struct emergenza_filtro *filtro,
                             const struct emergenza_chiave *after, size_t limit, struct list *list);
/* Page of the object: "/cartelle/..."; NULL for a kind that cannot be opened so. */
const char *emergenza_href(struct cx *cx, const char *oggetto_tipo, struct id oggetto);

#endif
