/* Two people made one, and taken apart again. */
#ifndef ZONALE_MOD_PERSONE_FUSIONE_H
#define ZONALE_MOD_PERSONE_FUSIONE_H

#include "mod/persone/persone.h"

/* `toglie` goes into `tiene`: what names it in any room names `tiene` from now on, but what would
 * stand there twice (the same attestation, a household lived in on the same days), which stays with
 * the hidden one. `altra`: the fields taken from it. The caller has asked the rights to both.
 * ERR_NOT_FOUND when one of them is not there (any more). */
MUST_USE bool persona_fuse(struct cx *cx, struct id tiene, struct id toglie,
                           const bool altra[static FUSIONE_CAMPI], struct id *fusione);
/* Takes it back: people, searches and rows are as they were; what was written since stays where it
 * is. A refusal (only the last merge of a person can go first): `reason`, a key of messages.it. */
MUST_USE bool persona_unfuse(struct cx *cx, struct id fusione, const char **reason);

struct fusione {
    struct id id;
    struct id tiene;
    struct id toglie;
    struct instant fatta;
    struct instant sciolta; /* 0 = it holds */
    const char *cognome;    /* of the one who went */
    const char *nome;
    int64_t numero;
    const char *chi;
};
MUST_USE bool fusione_load(struct cx *cx, struct id id, struct fusione *fusione);
/* Those into `tiene`, the latest first; also the ones taken back. */
MUST_USE bool fusione_list(struct cx *cx, struct id tiene, struct list *list);

/* "cartella.persona" and the others that a merge moves; ended by NULL. For the test that compares
 * them with the schema. */
extern const char *const persona_riferimenti[];

#endif
