/* Referrals to another body: what a new one must say, and who may do what with it. Pure. */
#ifndef ZONALE_MOD_INVII_RULES_H
#define ZONALE_MOD_INVII_RULES_H

#include "base/field.h"

enum invio_lato { LATO_NESSUNO, LATO_MANDA, LATO_RICEVE }; /* on which side a body stands */

/* Every step that is allowed is a row. */
struct invio_mossa {
    const char *verbo;    /* "accetta": in the address */
    const char *da, *a;   /* states, as in the database */
    enum invio_lato lato; /* whose step it is */
    bool testo;           /* a reason, or an outcome, must be written */
    const char *titolo;   /* "Accetta l’invio" */
    const char *chiede;   /* label of what is written: "Motivo" */
    const char *notizia;  /* to the other side: "L’invio è stato accettato." */
};
extern const struct invio_mossa invio_mosse[];
extern const size_t invio_mosse_count;
const char *invio_stato_title(const char *stato); /* "Da accettare"; NULL: no such state */
extern const char *const invio_stati[];           /* ended by NULL */
/* Nothing more is awaited of it. */
bool invio_closed(const char *stato);

enum invio_fault {
    INVIO_OK,
    INVIO_ENTE,      /* to nobody, or to the body that sends it */
    INVIO_TERMINE,   /* no day to answer by, one that is past, or more than a year away */
    INVIO_TESTO,     /* nothing is asked; no reason; no outcome */
    INVIO_RISERVATA, /* the person is known to her team alone: no queue may show her */
    INVIO_MOSSA,     /* not a step from where it stands */
    INVIO_LATO,      /* a step of the other side */
};
struct invio_chiesto {
    struct id da, a;
    struct day termine, oggi;
    const char *testo;
    bool riservata;
};
enum invio_fault invio_check(const struct invio_chiesto *chiesto);
enum invio_fault invio_mossa_check(const struct invio_mossa *mossa, const char *stato,
                                   enum invio_lato lato, const char *testo);

#endif
