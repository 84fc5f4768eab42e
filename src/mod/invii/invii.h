/* Referrals to another body, with a term, an answer and an outcome. Front door.
 *
 * Everything is within cx->who->ambito. A referral is seen by the two bodies it stands between, and
 * by who works for the whole ambito; of a person kept apart by nobody but who follows her. */
#ifndef ZONALE_MOD_INVII_INVII_H
#define ZONALE_MOD_INVII_INVII_H

#include "kit/web/web.h"
#include "mod/invii/rules.h"

extern const struct module invii_module;
extern const struct web_object invio_object;

struct invio {
    struct id id;
    struct id contatto; /* it came from */
    struct id persona;  /* ID_NONE = anonymous */
    struct id da, a;    /* bodies */
    const char *area;
    struct day giorno, termine; /* sent on, to be answered by */
    const char *stato;
    struct day chiuso;     /* DAY_NONE: something is still awaited */
    const char *richiesta; /* sealed in the database */
    int64_t versione;
    struct id creato_da;
};

/* Sends it for the body of the contact. A refusal is *fault, nothing is saved. */
MUST_USE bool invio_send(struct cx *cx, struct invio *invio, enum invio_fault *fault);
MUST_USE bool invio_load(struct cx *cx, struct id id, struct invio *invio);
/* On which side cx->who stands; who works for the whole ambito stands on that of his step. */
MUST_USE bool invio_side(struct cx *cx, const struct invio *invio, enum invio_lato *lato,
                         bool *tutti);
/* One step; the other side is told. ERR_CONFLICT when it is no longer at `versione`. */
MUST_USE bool invio_move(struct cx *cx, const struct invio *invio, const struct invio_mossa *mossa,
                         const char *testo, int64_t versione, enum invio_fault *fault);

#endif
